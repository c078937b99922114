"""Where the items of a lot are: by SKU, carton and piece, found by their place in the lot without a list of all items."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from aql.errors import DomainError
from aql.inspection.lot import Lot

__all__ = ["Packing", "Run", "export_cartons", "packing_of", "sku_of", "skus_of"]


@dataclass(frozen=True, slots=True)
class Run:
    """Cartons with consecutive numbers that hold the same number of items; number 0 for a lot without cartons."""

    first: int
    count: int
    units: int
    packed: bool


@dataclass(frozen=True)
class Packing:
    """Cartons in ascending order, whose items are numbered through, carton by carton.

    Attributes
    ----------
    runs : tuple of Run
        The cartons; for a lot that lists none, one run of number 0 that holds all items.
    """

    runs: tuple[Run, ...]

    @cached_property
    def _items_before(self) -> list[int]:
        return [0, *accumulate(run.count * run.units for run in self.runs)]

    @cached_property
    def _cartons_before(self) -> list[int]:
        return [0, *accumulate(run.count for run in self.runs)]

    @cached_property
    def _firsts(self) -> list[int]:
        return [run.first for run in self.runs]

    @property
    def items(self) -> int:
        """Number of items."""
        return self._items_before[-1]

    @property
    def cartons(self) -> int:
        """Number of cartons."""
        return self._cartons_before[-1]

    def item(self, place: int) -> tuple[int, int]:
        """Return carton and piece of an item by its place, which counts from 0; pieces count from 1."""
        at = bisect_right(self._items_before, place) - 1
        carton, piece = divmod(place - self._items_before[at], self.runs[at].units)
        return self.runs[at].first + carton, piece + 1

    def carton(self, place: int) -> int:
        """Return the number of a carton by its place, which counts from 0."""
        at = bisect_right(self._cartons_before, place) - 1
        return self.runs[at].first + place - self._cartons_before[at]

    def holds(self, carton: int | None, piece: int | None) -> bool:
        """Return whether it has a piece of a carton, or a piece of no carton if it lists none."""
        if not self.runs or (carton is None and self.runs[0].first):
            return False
        run = self.run_of(carton or 0)
        return 0 <= (carton or 0) - run.first < run.count and 1 <= (piece or 0) <= run.units

    def run_of(self, carton: int) -> Run:
        """Return the run that holds a carton of this packing."""
        return self.runs[bisect_right(self._firsts, carton) - 1]


def packing_of(lot: Lot) -> dict[str, Packing]:
    """Return the packing of each SKU, in the order of the lot; of the SKU "" if the lot states none.

    Raises
    ------
    DomainError
        If the lot lists SKUs and cartons, but not which SKU is in which carton.

    Examples
    --------
    >>> lot = Lot.from_dict(
    ...     {
    ...         "id": "L1",
    ...         "size": 70,
    ...         "carton": [{"numbers": "1-5", "units": 12}, {"numbers": 6, "units": 10}],
    ...     }
    ... )
    >>> packing_of(lot)[""].item(12), packing_of(lot)[""].item(69)
    ((2, 1), (6, 10))
    """
    if not lot.carton:
        parts = {one.sku: one.quantity for one in lot.skus} or {"": lot.size}
        return {sku: Packing((Run(0, 1, quantity, True),)) for sku, quantity in parts.items()}
    if len(lot.skus) > 1 and lot.carton[0].sku is None:
        raise DomainError("each [[lot.carton]] must state its sku, because the lot lists several", value=None)
    names = [one.sku for one in lot.skus] or list(dict.fromkeys(one.sku or "" for one in lot.carton))
    found: dict[str, list[Run]] = {name: [] for name in names}
    for one in lot.carton:
        sku = one.sku or names[0]
        found[sku] += [Run(first, last - first + 1, one.units, one.packed) for first, last in one.numbers]
    return {sku: Packing(tuple(sorted(runs, key=lambda run: run.first))) for sku, runs in found.items()}


def export_cartons(lot: Lot) -> Packing:
    """Return how a lot is packed in export cartons; if it lists none, they are numbered from 1."""
    if not lot.carton:
        return Packing((Run(1, lot.cartons or 0, 1, True),))
    runs = [
        Run(first, last - first + 1, one.units, True)
        for one in lot.carton
        if one.packed
        for first, last in one.numbers
    ]
    return Packing(tuple(sorted(runs, key=lambda run: run.first)))


def sku_of(lot: Lot, carton: int) -> str:
    """Return the SKU that is packed in a carton; "" if the lot does not state it."""
    return skus_of(lot, [carton])[0]


def skus_of(lot: Lot, cartons: Iterable[int]) -> list[str]:
    """Return the SKU that is packed in each of some cartons; "" if the lot does not state it."""
    runs = sorted((first, last, one.sku or "") for one in lot.carton for first, last in one.numbers)
    firsts = [first for first, _, _ in runs]
    found = []
    for carton in cartons:
        at = bisect_right(firsts, carton) - 1
        found.append(runs[at][2] if at >= 0 and carton <= runs[at][1] else "")
    return found
