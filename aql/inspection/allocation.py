"""Divides a sample: over SKUs in proportion, and over cartons evenly."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from aql.errors import DomainError
from aql.types import CartonRule

__all__ = ["cartons_to_open", "evenly", "in_proportion"]


def in_proportion(n: int, quantities: Mapping[str, int], first: Sequence[str] = ()) -> dict[str, int]:
    """Divide a sample in proportion to quantities, by largest remainder, at least one each where the sample allows.

    Parameters
    ----------
    n : int
        Sample size, at most the sum of the quantities. [items]
    quantities : mapping of str to int
        Quantity of each part.
    first : sequence of str
        Which part comes first if remainders are equal; defaults to the order of the quantities.

    Returns
    -------
    dict of str to int
        Sample of each part, at most its quantity.

    Raises
    ------
    DomainError
        If the sample is larger than the quantities together.

    Notes
    -----
    If there are at least as many items as parts, each part whose exact share is below 1 gets 1, and the rest is divided
    again over the other parts until no share is below 1. Then each gets the whole part of its share, and the largest
    remainders get one more.

    Examples
    --------
    >>> in_proportion(125, {"BLK-64": 2000, "BLK-128": 990, "RED-64": 10})
    {'BLK-64': 83, 'BLK-128': 41, 'RED-64': 1}
    """
    total = sum(quantities.values())
    if n > total:
        raise DomainError(f"the sample must be at most the {total} items that there are, got {n}", value=n)
    parts = {name: quantity for name, quantity in quantities.items() if quantity}
    ones: list[str] = []
    while n >= len(parts) > 0:
        small = [name for name, quantity in parts.items() if n * quantity < total]
        if not small:
            break
        ones += small
        n, total = n - len(small), total - sum(parts.pop(name) for name in small)
    place = {name: at for at, name in enumerate(first or quantities)}
    found = dict.fromkeys(quantities, 0) | dict.fromkeys(ones, 1)
    for name, quantity in parts.items():
        found[name] = n * quantity // total
    by_remainder = sorted(parts, key=lambda name: (-(n * parts[name] % total), place[name]))
    for name in by_remainder[: n - sum(found[name] for name in parts)]:
        found[name] += 1
    return found


def evenly(n: int, capacities: Sequence[int]) -> list[int]:
    """Divide a sample evenly over cartons: their numbers differ by at most one, unless a carton holds fewer.

    What remains goes to the first cartons that hold more.

    Examples
    --------
    >>> evenly(10, [20, 20, 2, 20])
    [3, 3, 2, 2]
    """
    if n > sum(capacities):
        raise DomainError(
            f"the sample must be at most the {sum(capacities)} items in the cartons, got {n}", value=n
        )
    each, left, open_ = 0, n, len(capacities)
    for capacity in sorted(capacities):
        if (capacity - each) * open_ > left:
            break
        left -= (capacity - each) * open_
        each, open_ = capacity, open_ - 1
    more, left = divmod(left, open_) if open_ else (0, 0)
    found = []
    for capacity in capacities:
        extra = capacity > each + more and left > 0
        left -= extra
        found.append(min(capacity, each + more) + extra)
    return found


def cartons_to_open(rule: CartonRule, cartons: int) -> int:
    """Return how many cartons a rule opens: the square root of their number rounded up, one more, or all.

    Examples
    --------
    >>> [cartons_to_open(rule, 150) for rule in ("sqrt", "sqrt+1", "all")]
    [13, 14, 150]
    """
    if rule == "all" or cartons == 0:
        return cartons
    root = math.isqrt(cartons - 1) + 1
    return min(cartons, root + 1) if rule == "sqrt+1" else root
