"""What replaces an item or carton that cannot be drawn: the next of the same random order."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from aql.errors import DomainError
from aql.inspection.drawing import (
    Pick,
    Piece,
    cartons_in_order,
    export_cartons_in_order,
    items_in_order,
    pick_of,
    pieces_in_order,
)
from aql.inspection.lot import Lot
from aql.inspection.packing import export_cartons, packing_of, sku_of
from aql.inspection.seeded_stream import Seed
from aql.types import DrawnBy

__all__ = ["next_carton", "next_item"]


def next_item(
    lot: Lot,
    pick: Pick,
    seed: Seed,
    *,
    by: DrawnBy,
    taken: AbstractSet[Piece],
    closed: AbstractSet[int] = frozenset(),
    open_: AbstractSet[int] = frozenset(),
    prefer: int | None = None,
) -> Pick:
    """Return the item replacing one that cannot be drawn; it has the same number and SKU.

    Parameters
    ----------
    lot, seed, by
        As in `draw_items`.
    pick : Pick
        The item that cannot be drawn.
    taken : set of Piece
        Items that were drawn or could not be.
    closed : set of int
        Cartons that cannot be opened.
    open_ : set of int
        Cartons that are open already.
    prefer : int, optional
        Carton to take the item from if it holds one; defaults to that of the item.

    Returns
    -------
    Pick
        By items: the next of the order of the SKU. By cartons: the next of the same carton; if there is none, of the
        next carton in the order of the stage that is not open; if all are open, of the first that still holds one.

    Raises
    ------
    DomainError
        If no item of the SKU is left.
    """
    packings = packing_of(lot)
    packing = packings[pick.sku]

    def candidates() -> Iterator[Piece]:
        if by == "items":
            yield from items_in_order(seed, pick.sku, packing)
            return
        in_order = [
            carton for carton in cartons_in_order(seed, pick.stage, pick.sku, packing) if carton not in closed
        ]
        same = [one for one in (prefer, pick.carton) if one in in_order]
        unopened = [carton for carton in in_order if carton not in open_]
        for carton in [*same, *unopened, *in_order]:
            yield from pieces_in_order(seed, pick.sku, carton, packing)

    for piece in candidates():
        if piece not in taken and piece[1] not in closed:
            return pick_of(pick.number, pick.stage, piece, packings)
    of_sku = f" of SKU {pick.sku}" if pick.sku else ""
    raise DomainError(f"item {pick.number} cannot be replaced: no item{of_sku} is left", value=pick.number)


def next_carton(lot: Lot, pick: Pick, seed: Seed, *, taken: AbstractSet[int]) -> Pick:
    """Return the carton replacing a whole one that cannot be drawn: the next of the order not taken.

    Raises
    ------
    DomainError
        If no carton is left.
    """
    for carton in export_cartons_in_order(seed, export_cartons(lot)):
        if carton not in taken:
            return Pick(pick.number, pick.stage, carton, None, sku_of(lot, carton))
    raise DomainError(f"carton {pick.carton} cannot be replaced: no carton is left", value=pick.carton)
