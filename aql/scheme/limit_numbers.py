"""The limit numbers for reduced inspection: the most that may be found in the samples of the preceding lots.

What of the preceding lots can still matter, and in how many ways, follows from the rule.
Reduced inspection needs a window of lots, all accepted, in which no more is found in all than the limit number. For each
number of lots ahead, one number matters: how much may still be found in them. It is the limit number less the sum of the
newest counts, those that are still in the window by then. Two histories with the same such numbers have the same future.
They have it as well if they differ only

- in counts so old that no window with them can be within the limit, or
- in lots ahead that are not reached, because even with every count at its Ac the switch is due before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import accumulate, islice
from math import gcd, inf

from aql import tables
from aql.errors import DomainError
from aql.scheme.lot_outcomes import PlanInForce, kinds
from aql.scheme.rules import Rules
from aql.words import short_repr

__all__ = [
    "Samples",
    "items_needed",
    "limit_number",
    "limits_of_totals",
    "lumped",
    "one_sample_size",
    "window_of",
    "windows",
    "within_limit",
]


@cache
def _rows(folder: str, aql: str) -> tuple[tables.LimitNumber, ...]:
    rows = tuple(row for row in tables.limit_numbers(folder)[1] if row.aql == aql)
    if not rows:
        raise DomainError(f"aql must be a column of the limit numbers, got {short_repr(aql)}", value=aql)
    return rows


def limit_number(folder: str, aql: str, inspected: int) -> int | None:
    """Return the limit number for a number of items inspected; None if the table wants more lots.

    Parameters
    ----------
    folder : str
        Folder of the table.
    aql : str
        AQL column.
    inspected : int
        Items in the samples of the preceding lots.

    Returns
    -------
    int or None
        The limit number; -1 where nothing is printed, so that no total is within it.

    Examples
    --------
    >>> limit_number("mil_std_105e", "2.5", 200), limit_number("mil_std_105e", "2.5", 80)
    (2, None)
    """
    for row in _rows(folder, aql):
        if row.first <= inspected and (row.last is None or inspected <= row.last):
            return row.limit if row.mark == "number" else (None if row.mark == "star" else -1)
    return None


@cache
def items_needed(folder: str, aql: str) -> int:
    """Return the number of items inspected from which on the table has limit numbers and wants no more lots.

    Examples
    --------
    >>> items_needed("mil_std_105e", "2.5"), items_needed("mil_std_105e", "25")
    (130, 20)
    """
    rows = _rows(folder, aql)
    ends = [row.last + 1 for row in rows if row.mark == "star" and row.last is not None]
    return max([rows[0].first, *ends])


def within_limit(folder: str, aql: str, lots: int, samples: Samples) -> tuple[bool, Samples]:
    """Return whether the preceding lots are within the limit number, and those that still matter for later lots.

    Parameters
    ----------
    folder, aql : str
        Table and column.
    lots : int
        The number of lots that count; more where the table has a star.
    samples : tuple of (int, int)
        Number found and items inspected in the preceding accepted lots, the last lot at the end.
    """
    found = inspected = 0
    for place, (count, size) in enumerate(reversed(samples), start=1):
        found, inspected = found + count, inspected + size
        if place >= lots:
            limit = limit_number(folder, aql, inspected)
            if limit is not None:
                return found <= limit, samples[-place:]
    return False, samples


Samples = tuple[tuple[int, int], ...]


def one_sample_size(normal: PlanInForce) -> bool:
    """Return whether every accepted lot in the window of a limit number has the same number of items inspected."""
    return len({stage.total for stage in normal.on_lot.stages}) == 1


def window_of(rules: Rules, normal: PlanInForce) -> tuple[int, int]:
    """Return the window of a limit number, in lots, and the number itself, for a plan with one sample size.

    Examples
    --------
    >>> from aql import Scheme
    >>> scheme = Scheme.lookup(letter="J", aql=2.5, standard="MIL-STD-105E")
    >>> window_of(scheme.rules, scheme.forces[0])
    (10, 14)
    """
    n, lots = normal.on_lot.total, rules.reduced_lots
    limit = limit_number(rules.limit_table, normal.limits, lots * n)
    while limit is None:
        lots += 1
        limit = limit_number(rules.limit_table, normal.limits, lots * n)
    return lots, limit


@lru_cache(maxsize=64)
def windows(rules: Rules, normal: PlanInForce) -> float:
    """Return how many different windows of accepted lots a limit number can have, without exploring them.

    It is infinite if the number of lots that count depends on the items inspected in them.

    Examples
    --------
    >>> from aql import Scheme
    >>> scheme = Scheme.lookup(letter="J", aql=1.0, standard="MIL-STD-105E")
    >>> windows(scheme.rules, scheme.forces[0])
    1618
    """
    return _windows(rules, normal) if one_sample_size(normal) else _staged_windows(rules, normal)


def _windows(rules: Rules, normal: PlanInForce) -> int:
    """The number of histories for a plan with one sample size, by what is left for the lots ahead."""
    lots, limit = window_of(rules, normal)
    if limit < 0:
        return 1
    most = normal.on_lot.final_ac

    @cache
    def ways(ahead: int, left: int) -> int:
        """Histories with what is `left` for that many lots ahead; -1 if the switch cannot come by then."""
        if ahead == lots - 1:
            return 1
        ahead += 1
        found = 0
        due = False
        for later in range(-1, limit + 1) if left < 0 else range(left, min(left + most, limit) + 1):
            if later >= ahead * most:
                due = True
            elif later < 0 or limit - later <= (lots - ahead) * most:
                found += ways(ahead, later)
        return found + due

    return ways(0, -1)


def _staged_windows(rules: Rules, normal: PlanInForce) -> float:
    """The number of histories for a plan with several sample sizes, from the newest lot back."""
    unit, limits = limits_of_totals(rules, normal)
    if limits is None:
        return inf
    some = [(kind.outcome.found, kind.outcome.inspected // unit) for kind in kinds(rules, normal)[:-1]]
    lots, most = rules.reduced_lots, normal.on_lot.total // unit
    within = list(accumulate(limits, max))
    found = 1
    now = {(0, 0): 1}
    for ahead in range(lots - 1, 0, -1):
        before, now = now, {}
        for (count, size), ways in before.items():
            for one, items in some:
                to = count + one, size + items
                if to[0] <= within[min(to[1] + ahead * most, len(within) - 1)]:
                    now[to] = now.get(to, 0) + ways
        found += sum(now.values())
    return found


def lumped(rules: Rules, normal: PlanInForce) -> Callable[[Samples], Samples]:
    """Return a function that makes of the samples in a window the simplest ones with the same future."""
    if not rules.limit_numbers:
        return lambda samples: ((0, 0),) * min(len(samples), rules.reduced_lots)
    if not one_sample_size(normal):
        return _staged(rules, normal)
    lots, limit = window_of(rules, normal)
    n, most = normal.on_lot.total, normal.on_lot.final_ac

    def lump(samples: Samples) -> Samples:
        counts = _within(limit, (count for count, _ in islice(reversed(samples), lots - 1)))
        total = sum(counts)
        for place, count in enumerate(counts):
            # The newest counts from here on: is the switch due by the time that all older ones have left the window?
            newest = len(counts) - place
            if total <= limit - (lots - newest) * most:
                kept = counts[:place]
                if kept:
                    kept[-1] += total
                return tuple((one, n) for one in [*kept, *[0] * newest])
            total -= count
        return tuple((one, n) for one in counts)

    return lump


def _within(limit: int, newest_first: Iterable[int]) -> list[int]:
    """The newest counts, oldest first, without those with which the limit is exceeded."""
    kept: list[int] = []
    total = 0
    for count in newest_first:
        total += count
        if total > limit:
            break
        kept.append(count)
    kept.reverse()
    return kept


def limits_of_totals(rules: Rules, normal: PlanInForce) -> tuple[int, list[int] | None]:
    """Return the unit of the items inspected in a window of lots, and the limit number for each multiple of it.

    The limit is -1 for fewer items than these lots have, and None if the table wants more lots for some total.

    Examples
    --------
    >>> from aql import Scheme
    >>> scheme = Scheme.lookup(letter="F", aql=4.0, sampling="double", standard="MIL-STD-105E")
    >>> unit, limits = limits_of_totals(scheme.rules, scheme.forces[0])
    >>> unit, limits[10:]
    (13, [2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4])
    """
    sizes = [kind.outcome.inspected for kind in kinds(rules, normal)[:-1]]
    unit, lots = gcd(*sizes), rules.reduced_lots
    found: list[int] = [-1] * (lots * min(sizes) // unit)
    for inspected in range(lots * min(sizes), lots * max(sizes) + 1, unit):
        limit = limit_number(rules.limit_table, normal.limits, inspected)
        if limit is None:
            return unit, None
        found.append(limit)
    return unit, found


def _staged(rules: Rules, normal: PlanInForce) -> Callable[[Samples], Samples]:
    """Drop the samples with which the limit is exceeded, however many items the lots ahead have."""
    unit, limits = limits_of_totals(rules, normal)
    if limits is None:
        return lambda samples: samples
    lots, most = rules.reduced_lots, normal.on_lot.total
    within = list(accumulate(limits, max))

    def lump(samples: Samples) -> Samples:
        found = inspected = 0
        newest = samples[max(len(samples) - lots + 1, 0) :]
        for place, (count, size) in enumerate(reversed(newest)):
            found, inspected = found + count, inspected + size
            if found > within[min((inspected + (lots - 1 - place) * most) // unit, len(within) - 1)]:
                return newest[len(newest) - place :]
        return newest

    return lump
