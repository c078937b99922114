"""The random orders that a drawing takes from, each with its own stream: items, cartons, and the pieces of a carton."""

from __future__ import annotations

from collections.abc import Iterator

from aql.inspection.packing import Packing
from aql.inspection.seeded_stream import Seed, random_order

__all__ = ["Piece", "cartons_in_order", "export_cartons_in_order", "items_in_order", "pieces_in_order"]

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
