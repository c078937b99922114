"""The states of a streak of accepted lots on normal inspection under limit numbers, found many at a time.

They are those that `step` leads to, without what cannot matter (`limit_windows`), as rows of small whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from aql.scheme.limit_windows import limits_of_totals, one_sample_size, window_of, windows
from aql.scheme.lot_outcomes import PlanInForce, kinds
from aql.scheme.rules import Rules

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    After = Callable[[Rows, int], tuple[Rows, NDArray[np.bool_]]]

__all__ = ["MOST_STATES", "streak_states"]

MOST_STATES = 1_000_000
"""States up to which a chain is computed exactly."""


@lru_cache(maxsize=16)
def streak_states(rules: Rules, normal: PlanInForce) -> tuple[NDArray[np.int32], ...] | None:
    """Return, for each accepting outcome, the place of the state that follows each state of a streak.

    Parameters
    ----------
    rules : Rules
        Switching rules with limit numbers.
    normal : PlanInForce
        The plan on normal inspection.

    Returns
    -------
    tuple of ndarray, or None
        One array per outcome of `kinds`, with one place per state. The empty streak is the first state; the place after
        the last stands for reduced inspection. None if there are more than a million states, or if the number of lots
        that count depends on their samples.

    Examples
    --------
    >>> from aql import Scheme
    >>> scheme = Scheme.lookup(letter="J", aql=1.0, standard="MIL-STD-105E")
    >>> [to.shape for to in streak_states(scheme.rules, scheme.forces[0])]
    [(1618,), (1618,), (1618,)]
    """
    outcomes = len(kinds(rules, normal)) - 1
    if windows(rules, normal) > MOST_STATES:
        return None
    if one_sample_size(normal):
        after, start, base = _one_size(*window_of(rules, normal), outcomes - 1)
    else:
        after, start, base = _several_sizes(rules, normal)
    return _explored(after, start, base, outcomes)


def _explored(after: After, start: Rows, base: int, outcomes: int) -> tuple[NDArray[np.int32], ...]:
    """Explore the rows of numbers below `base` that can be reached from the start; a row is kept as one number."""
    import numpy as np

    radix = base ** np.arange(start.size, dtype=np.int64)
    known = new = np.array([start @ radix])
    while new.size:
        rows = new[:, None] // radix % base
        found = []
        for outcome in range(outcomes):
            later, switched = after(rows, outcome)
            found.append(np.unique((later @ radix)[~switched]))
        new = np.setdiff1d(np.unique(np.concatenate(found)), known, assume_unique=True)
        known = np.union1d(known, new)
    rows = known[:, None] // radix % base
    first = int(np.searchsorted(known, start @ radix))
    following = []
    for outcome in range(outcomes):
        later, switched = after(rows, outcome)
        to = np.where(switched, known.size, np.searchsorted(known, later @ radix))
        # The start changes places with the row that has the smallest number.
        to = np.where(to == first, 0, np.where(to == 0, first, to)).astype(np.int32)
        to[[0, first]] = to[[first, 0]]
        following.append(to)
    return tuple(following)


def _one_size(lots: int, limit: int, most: int) -> tuple[After, Rows, int]:
    """Rows of the sums of the newest 1, 2, ... counts; limit + 1 for a larger sum, or fewer lots than that.

    Sums from which the switch is due whatever comes are 0, together with the shorter ones.
    """
    import numpy as np

    places = np.arange(1, lots)
    due = limit - (lots - places) * most

    def after(sums: Rows, count: int) -> tuple[Rows, NDArray[np.bool_]]:
        later = np.empty_like(sums)
        later[:, 0] = count
        later[:, 1:] = sums[:, :-1] + count
        np.minimum(later, limit + 1, out=later)
        soon = later <= due
        reached = np.where(soon.any(axis=1), lots - 1 - np.argmax(soon[:, ::-1], axis=1), 0)
        later[places <= reached[:, None]] = 0
        return later, sums[:, -1] + count <= limit

    return after, np.full(lots - 1, limit + 1, dtype=np.int64), limit + 2


def _several_sizes(rules: Rules, normal: PlanInForce) -> tuple[After, Rows, int]:
    """Rows of the newest outcomes, counted from 1; 0 for a lot that is too old to matter, or for none."""
    import numpy as np

    some = kinds(rules, normal)[:-1]
    unit, limits = limits_of_totals(rules, normal)
    lots = rules.reduced_lots
    limit = np.array(limits, dtype=np.int64)
    within = np.maximum.accumulate(limit)
    found = np.array([0, *(kind.outcome.found for kind in some)])
    size = np.array([0, *(kind.outcome.inspected // unit for kind in some)])
    ahead = np.arange(lots - 1, 0, -1) * normal.on_lot.total // unit

    def after(newest: Rows, outcome: int) -> tuple[Rows, NDArray[np.bool_]]:
        later = np.empty_like(newest)
        later[:, 0] = outcome + 1
        later[:, 1:] = newest[:, :-1]
        totals = np.cumsum(size[later], axis=1)
        room = np.minimum(totals + ahead, limit.size - 1)
        later[np.cumsum(found[later], axis=1) > within[room]] = 0
        inspected = np.minimum(size[newest].sum(axis=1) + size[outcome + 1], limit.size - 1)
        count = found[newest].sum(axis=1) + found[outcome + 1]
        return later, (newest[:, -1] > 0) & (count <= limit[inspected])

    return after, np.zeros(lots - 1, dtype=np.int64), len(some) + 1
