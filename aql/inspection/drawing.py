"""Draws items and cartons of a lot, stage by stage, from a seed; it knows sample sizes, not the contract behind them.

Items, cartons and the pieces of a carton each have a random order with its own stream.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice, pairwise

from aql.errors import DomainError
from aql.inspection.allocation import cartons_to_open, evenly, in_proportion
from aql.inspection.lot import Lot
from aql.inspection.packing import Packing, export_cartons, packing_of, skus_of
from aql.inspection.seeded_stream import Seed, random_order
from aql.types import CartonRule, DrawnBy
from aql.words import in_brief

__all__ = [
    "Pick",
    "Piece",
    "cartons_in_order",
    "draw_cartons",
    "draw_items",
    "export_cartons_in_order",
    "items_in_order",
    "pick_of",
    "pieces_in_order",
]


@dataclass(frozen=True, slots=True, repr=False)
class Pick:
    """An item or a carton that was drawn.

    Attributes
    ----------
    number : int
        Its number in the order of drawing, which is its item number in the log.
    stage : int
        The stage of the plan that it is drawn for, counted from 1.
    carton : int or None
        Number of the carton; None if the lot lists no cartons.
    piece : int or None
        The item in the carton, counted from 1; in the SKU or the lot if no cartons are listed; None for a whole carton.
    sku : str
        The SKU; "" if the lot states none.
    packed : bool
        Whether the carton is packed.
    """

    number: int
    stage: int
    carton: int | None
    piece: int | None
    sku: str = ""
    packed: bool = True

    @property
    def place(self) -> Piece:
        """SKU, carton and piece, with 0 for what is missing."""
        return self.sku, self.carton or 0, self.piece or 0

    def __repr__(self) -> str:
        where = [f"carton {self.carton}"] if self.carton is not None else []
        where += [f"piece {self.piece}"] if self.piece is not None else []
        where += [self.sku] if self.sku else []
        return in_brief("Pick", f"{self.number}: {', '.join(where)}")


def draw_items(
    lot: Lot, totals: Sequence[int], seed: Seed, *, by: DrawnBy, rule: CartonRule
) -> tuple[Pick, ...]:
    """Draw items of a lot without replacement.

    Parameters
    ----------
    lot : Lot
        The lot.
    totals : sequence of int
        Items drawn up to and including each stage, in ascending order. [items]
    seed : Seed
        The seed, with order and lot.
    by : "cartons" or "items"
        Open cartons by the rule and spread the items evenly over them; or draw from all items alike.
    rule : "sqrt", "sqrt+1" or "all"
        How many cartons are opened at each stage.

    Returns
    -------
    tuple of Pick
        The items in the order of their numbers, which are in random order within each stage.

    Raises
    ------
    DomainError
        If there are more items to draw than the lot has or than 100 000, or it lists several SKUs but not the SKU of each carton.

    Examples
    --------
    >>> lot = Lot.from_dict({"id": "L1", "size": 60, "carton": [{"numbers": "1-5", "units": 12}]})
    >>> picks = draw_items(lot, [6], Seed(20260117, "PO-1", "L1"), by="cartons", rule="sqrt")
    >>> [(pick.number, pick.carton, pick.piece) for pick in picks]
    [(1, 2, 4), (2, 2, 8), (3, 5, 12), (4, 4, 7), (5, 4, 5), (6, 5, 3)]
    """
    _check_number(totals[-1] if totals else 0)
    packings = packing_of(lot)
    names = list(packings)
    picks: list[Pick] = []
    for stage, n in enumerate(_increments(totals), start=1):
        drawn = Counter(pick.sku for pick in picks)
        left = {sku: packings[sku].items - drawn[sku] for sku in names}
        first = [names[at] for at in random_order(seed.stream("ties", stage), len(names))]
        shares = in_proportion(n, left, first)
        taken = {pick.place for pick in picks}
        if by == "cartons":
            found = list(_from_cartons(packings, shares, taken, seed, stage=stage, rule=rule))
        else:
            found = list(_from_all(packings, shares, taken, seed))
        order = random_order(seed.stream("numbers", stage), len(found))
        picks += [
            pick_of(number, stage, found[at], packings)
            for number, at in enumerate(order, start=len(picks) + 1)
        ]
    return tuple(picks)


def draw_cartons(lot: Lot, totals: Sequence[int], seed: Seed) -> tuple[Pick, ...]:
    """Draw export cartons without replacement, for terms whose items are cartons; parameters are those of `draw_items`.

    Raises
    ------
    DomainError
        If there are more cartons to draw than the lot has.

    Examples
    --------
    >>> lot = Lot.from_dict({"id": "L1", "size": 60, "carton": [{"numbers": "1-5", "units": 12}]})
    >>> [pick.carton for pick in draw_cartons(lot, [3], Seed(20260117, "PO-1", "L1"))]
    [5, 2, 3]
    """
    packing = export_cartons(lot)
    if totals and totals[-1] > packing.cartons:
        raise DomainError(
            f"the sample must be at most the {packing.cartons} export cartons of the lot, got {totals[-1]}",
            value=totals[-1],
        )
    _check_number(totals[-1] if totals else 0)
    stages = [stage for stage, n in enumerate(_increments(totals), start=1) for _ in range(n)]
    order = list(islice(export_cartons_in_order(seed, packing), len(stages)))
    skus = skus_of(lot, order)
    return tuple(
        Pick(number, stage, carton, None, sku)
        for number, (stage, carton, sku) in enumerate(zip(stages, order, skus, strict=True), start=1)
    )


def pick_of(number: int, stage: int, piece: Piece, packings: dict[str, Packing]) -> Pick:
    """Return an item as the drawing picked it."""
    sku, carton, place = piece
    return Pick(number, stage, carton or None, place, sku, packings[sku].run_of(carton).packed)


_MOST_DRAWN = 100_000


def _check_number(items: int) -> None:
    if items > _MOST_DRAWN:
        raise DomainError(
            f"a drawing must have at most {_MOST_DRAWN} items, got {items}",
            todo="Inspect every item, or agree on a smaller plan",
            value=items,
        )


def _increments(totals: Iterable[int]) -> list[int]:
    """The items of each stage, from the totals."""
    return [after - before for before, after in pairwise([0, *totals])]


def _from_all(
    packings: dict[str, Packing], shares: dict[str, int], taken: AbstractSet[Piece], seed: Seed
) -> Iterator[Piece]:
    """The share of each SKU, from all of its items alike."""
    for sku, n in shares.items():
        left = (piece for piece in items_in_order(seed, sku, packings[sku]) if piece not in taken)
        yield from islice(left, n)


def _from_cartons(
    packings: dict[str, Packing],
    shares: dict[str, int],
    taken: AbstractSet[Piece],
    seed: Seed,
    *,
    stage: int,
    rule: CartonRule,
) -> Iterator[Piece]:
    """The share of each SKU, evenly from cartons in random order; more cartons than the rule says if they hold too few."""
    used = Counter((sku, carton) for sku, carton, _ in taken)
    for sku, number in _to_open(packings, shares, used, rule).items():
        packing, n = packings[sku], shares[sku]
        held: dict[int, int] = {}
        for carton in cartons_in_order(seed, stage, sku, packing):
            if len(held) >= number and sum(held.values()) >= n:
                break
            units = packing.run_of(carton).units - used[sku, carton]
            if units:
                held[carton] = units
        for carton, share in zip(held, evenly(n, list(held.values())), strict=True):
            order = pieces_in_order(seed, sku, carton, packing)
            yield from islice((piece for piece in order if piece not in taken), share)


def _to_open(
    packings: dict[str, Packing],
    shares: dict[str, int],
    used: Mapping[tuple[str, int], int],
    rule: CartonRule,
) -> dict[str, int]:
    """How many cartons to open of each SKU: in proportion to its cartons, at least one, at most one per item."""
    number = cartons_to_open(rule, sum(packing.cartons for packing in packings.values()))
    empty = Counter(sku for (sku, carton), n in used.items() if n == packings[sku].run_of(carton).units)
    left = {sku: packings[sku].cartons - empty[sku] for sku, n in shares.items() if n}
    number = min(max(number, len(left)), sum(left.values()))
    return {sku: min(cartons, shares[sku]) for sku, cartons in in_proportion(number, left).items()}


Piece = tuple[str, int, int]
"""An item of the lot: its SKU, carton and number in the carton; carton 0 if the lot lists no cartons."""


def items_in_order(seed: Seed, sku: str, packing: Packing) -> Iterator[Piece]:
    """Yield all items of a SKU in their drawing order, which is random and the same for every stage."""
    for place in random_order(seed.stream("items", sku), packing.items):
        yield (sku, *packing.item(place))


def cartons_in_order(seed: Seed, stage: int, sku: str, packing: Packing) -> Iterator[int]:
    """Yield the cartons of a SKU in their drawing order, which is random and another one for each stage."""
    return map(packing.carton, random_order(seed.stream("cartons", stage, sku), packing.cartons))


def pieces_in_order(seed: Seed, sku: str, carton: int, packing: Packing) -> Iterator[Piece]:
    """Yield all items of a carton in their drawing order, which is random and the same for every stage."""
    for place in random_order(seed.stream("pieces", carton), packing.run_of(carton).units):
        yield sku, carton, place + 1


def export_cartons_in_order(seed: Seed, packing: Packing) -> Iterator[int]:
    """Yield the export cartons of the lot in their drawing order, for terms whose items are cartons."""
    return map(packing.carton, random_order(seed.stream("whole cartons"), packing.cartons))
