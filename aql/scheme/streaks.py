"""Chains with limit numbers that are too large for elimination: one streak of accepted lots, followed lot by lot.

Only what a streak does needs the many states (`streak_shares`). It is summed lot by lot, until the same share of what is
left ends with every lot; the rest is geometric.

Every lot not accepted empties the window of a limit number, so a run on normal inspection is a row of streaks of accepted
lots. A streak ends in reduced inspection, with probability s, or in a lot not accepted. The second of two such lots within
the window of tightened inspection ends the run. A streak that follows a lot not accepted therefore ends in tightened
inspection with probability t = (1 - P)(1 + P + ...), a sum with one term for each lot of the window but one. With l the
mean length of a streak, the run has on average l / (s + t) lots after its first lot not accepted, and l more before it.
Nothing is subtracted.

The states of a streak are those that `step` leads to, without what cannot matter (`limit_numbers`), as rows of small whole
numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from aql.plans.arrays import Floats
from aql.scheme.chain import MOST_STATES, Chain, Forces
from aql.scheme.limit_numbers import limits_of_totals, one_sample_size, window_of, windows
from aql.scheme.lot_outcomes import Kind, PlanInForce, kinds
from aql.scheme.rules import Rules

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    After = Callable[[Rows, int], tuple[Rows, NDArray[np.bool_]]]

__all__ = ["Streak", "Streaks", "by_quality", "streak_shares", "streak_states", "streaks_of"]

# A streak is followed until the share of it that ends in reduced inspection changes by no more than this, for
# as many lots as a window has.
_SAME, _MOST_LOTS = 1e-13, 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Streaks:
    """The chain of a scheme with limit numbers, solved by following a streak of accepted lots.

    Attributes
    ----------
    chain : Chain
        The outcomes of each severity; its states are not listed.
    states : int
        Number of states of a streak.
    rules : Rules
        The switching rules.
    """

    chain: Chain
    states: int
    rules: Rules
    # For each count, the state that follows; one after the last is reduced inspection.
    _following: tuple[NDArray[np.int32], ...] = field(repr=False)
    method: ClassVar[Literal["iterated"]] = "iterated"

    def shares(self, chances: list[Any]) -> list[Any]:
        """Return the share of lots on normal, tightened and reduced inspection, from the chances of all kinds."""
        return self.shares_and_error(chances)[:3]

    def shares_and_error(self, chances: list[Any]) -> list[Any]:
        """Return the three shares and the residual.

        The residual is what a last change of the share of a streak that ends in reduced inspection could still make to
        the probability that it does, relative to that probability.
        """
        return by_quality(chances, self._at)

    def _at(self, chances: Floats) -> tuple[float, ...]:
        """The shares and the residual at one quality."""
        counts = len(self._following)
        streak, off = self._streak(chances[:counts], float(chances[counts]))
        return *streak_shares(self.rules, self.chain.kinds, chances, streak), off

    def _streak(self, good: Floats, bad: float) -> tuple[Streak, float]:
        """What a streak does, and the residual."""
        import numpy as np

        weights = np.zeros(self.states)
        weights[0] = 1.0
        switched = length = early = share = 0.0
        same = 0
        for lot in range(_MOST_LOTS):
            alive = float(weights.sum())
            length += alive
            if lot < self.rules.tightened_window - 1:
                early += alive
            after = np.zeros(self.states + 1)
            for chance, to in zip(good.tolist(), self._following, strict=True):
                if chance > 0:
                    after += np.bincount(to, weights=weights * chance, minlength=self.states + 1)
            gain = float(after[-1])
            switched += gain
            weights = after[:-1]
            left = float(weights.sum())
            before, share = share, gain / alive
            if left <= 0:
                break
            change = abs(share - before)
            same = same + 1 if change <= _SAME * share else 0
            rest = left / (bad + share) if bad + share > 0 else 0.0
            settled = same >= self.rules.reduced_lots or left <= 1e-17 * switched
            if share > 0 and settled and lot > self.rules.tightened_window:
                return Streak(switched + share * rest, length + rest, early), change * rest / switched
            if left < 1e-300:
                break
        return Streak(switched, length, early), 0.0


def by_quality(chances: list[Any], work: Any) -> list[Any]:
    """Return what `work` makes of the chances of all kinds at each quality; NaN where the quality is NaN.

    Numbers give a list of numbers, arrays a list of arrays.
    """
    import numpy as np

    columns = np.stack([np.atleast_1d(np.asarray(one, dtype=float)) for one in chances]).T
    found = [(float("nan"),) * 4 if np.isnan(column).any() else work(column) for column in columns]
    return list(found[0]) if isinstance(chances[0], float) else list(np.array(found).T)


def streaks_of(rules: Rules, forces: Forces) -> Streaks | None:
    """Return the chain of a scheme as streaks; None if it has too many states or ends a run on normal in another way."""
    following = streak_states(rules, forces[0])
    if following is None or rules.tightened_rejected != 2:
        return None
    chain = Chain((), tuple(kinds(rules, force) for force in forces), ())
    return Streaks(chain, following[0].size, rules, following)


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


_FOREVER = 1e280


@dataclass(frozen=True, slots=True)
class Streak:
    """What a streak of accepted lots on normal inspection does.

    Attributes
    ----------
    switched : float
        Probability that it ends in reduced inspection.
    length : float
        Mean number of lots, the lot not accepted at its end included.
    early : float
        Mean number of these lots among the first ones, one less than the window of tightened inspection.
    """

    switched: float
    length: float
    early: float


def streak_shares(
    rules: Rules, kinds: tuple[tuple[Kind, ...], ...], chances: Floats, streak: Streak
) -> tuple[float, float, float]:
    """Return the share of lots on normal, tightened and reduced inspection.

    Parameters
    ----------
    rules : Rules
        Switching rules with limit numbers; 2 lots not accepted lead to tightened inspection.
    kinds : tuple of tuple of Kind
        The outcomes of a lot on the three severities.
    chances : ndarray
        Their probabilities, one after the other.
    streak : Streak
        What a streak of accepted lots does.
    """
    normal, tightened = len(kinds[0]), len(kinds[1])
    bad = float(chances[normal - 1])
    to_reduced, to_tightened = streak.switched, bad * streak.early
    ends = to_reduced + to_tightened
    # A run that begins with an empty window, and one that begins after a lot not accepted on reduced inspection.
    first_bad = bad * streak.length
    lengths = streak.length * (1.0 + first_bad / ends), streak.length / ends
    reduced = to_reduced * (1.0 + first_bad / ends), to_reduced / ends
    stay, by_rejection, by_gap = _reduced(kinds[2], chances[normal + tightened :])
    again = 0.0
    if not rules.fresh_window and by_rejection > 0:
        again = reduced[0] * by_rejection * ends / (to_tightened + to_reduced * by_gap)
    lots = (
        lengths[0] + again * lengths[1],
        (first_bad + again) * to_tightened / ends * _tightened(rules, kinds[1], chances[normal:]),
        (reduced[0] + again * reduced[1]) * stay,
    )
    total = sum(lots)
    return lots[0] / total, lots[1] / total, lots[2] / total


def _tightened(rules: Rules, kinds: tuple[Kind, ...], chances: Floats) -> float:
    """Mean length of a run on tightened inspection: the sum of the powers of 1 / P."""
    accepted = float(chances[: len(kinds) - 1].sum())
    power, total = 1.0, 0.0
    for _ in range(rules.normal_accepted):
        if accepted <= 1e-50:
            return _FOREVER
        power /= accepted
        total += power
    return total


def _reduced(kinds: tuple[Kind, ...], chances: Floats) -> tuple[float, float, float]:
    """Mean length of a run on reduced inspection, and how it ends: with a lot not accepted, or with a count in the gap."""
    rejected = float(chances[len(kinds) - 1])
    gap = sum(float(chance) for kind, chance in zip(kinds, chances, strict=True) if kind.outcome.gap)
    leaving = rejected + gap
    if leaving <= 0:
        return _FOREVER, 0.0, 0.0
    return min(1.0 / leaving, _FOREVER), rejected / leaving, gap / leaving
