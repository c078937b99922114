"""The lot submitted for inspection: its quantities, its SKUs and its cartons."""

from __future__ import annotations

from pydantic import model_validator

from aql.checks import nearest
from aql.documents.document import Document
from aql.documents.fields import Count, IsoDate, Name, Positive
from aql.errors import DomainError
from aql.inspection.cartons import Cartons, twice
from aql.words import listed

__all__ = ["Lot", "Sku"]


class Sku(Document):
    """A part of the lot with its own stock-keeping unit (SKU)."""

    sku: Name
    quantity: Positive


class Lot(Document):
    """The lot submitted for inspection.

    Attributes
    ----------
    id : str
        Id of the lot.
    size : int
        Lot size. [items]
    produced, packed : int
        Items produced, and items packed for export. [items]
    cartons : int
        Number of export cartons.
    shipped_on : date
        Date of shipment; None if not shipped yet.
    skus : tuple of Sku
        Parts of the lot by SKU; their quantities add up to the lot size.
    carton : tuple of Cartons
        The cartons, ``[[lot.carton]]`` in a document; their items add up to the lot size.
    """

    id: Name
    size: Positive
    produced: Count | None = None
    packed: Count | None = None
    cartons: Count | None = None
    shipped_on: IsoDate | None = None
    skus: tuple[Sku, ...] = ()
    carton: tuple[Cartons, ...] = ()

    @property
    def carton_count(self) -> int | None:
        """Number of export cartons, as stated or as listed; None if neither is."""
        if self.cartons is None and self.carton:
            return sum(one.count for one in self.carton if one.packed)
        return self.cartons

    @model_validator(mode="after")
    def _adds_up(self) -> Lot:
        total = sum(sku.quantity for sku in self.skus)
        if self.skus and total != self.size:
            raise DomainError(
                f"skus must add up to {self.size}, the size of the lot, got {total}", value=total
            )
        if self.produced is not None and self.packed is not None and self.packed > self.produced:
            raise DomainError(
                f"packed must be at most {self.produced}, the number produced, got {self.packed}",
                value=self.packed,
            )
        if self.carton:
            _check_cartons(self)
        return self


def _check_cartons(lot: Lot) -> None:
    """Check that cartons are listed once, and that what they hold agrees with the rest of the lot."""
    again = twice(sorted(span for one in lot.carton for span in one.numbers))
    if again is not None:
        raise DomainError(f"carton must list each carton once, got carton {again} twice", value=again)
    packed = [one for one in lot.carton if one.packed]
    for what, stated, as_in, found in (
        ("items in all cartons", lot.size, "the size of the lot", sum(one.items for one in lot.carton)),
        ("items in packed cartons", lot.packed, "as under packed", sum(one.items for one in packed)),
        ("packed cartons", lot.cartons, "as under cartons", sum(one.count for one in packed)),
    ):
        if stated is not None and stated != found:
            raise DomainError(f"{what} must add up to {stated}, {as_in}, got {found}", value=found)
    _check_skus(lot)


def _check_skus(lot: Lot) -> None:
    """Check that all cartons state an SKU or none, and that their items agree with the SKUs of the lot."""
    held: dict[str | None, int] = {}
    for one in lot.carton:
        held[one.sku] = held.get(one.sku, 0) + one.items
    if None in held and len(held) > 1:
        where = next(one for one in lot.carton if one.sku is None)
        raise DomainError(
            f"carton must state sku everywhere or nowhere, got none for carton {where.numbers[0][0]}",
            value=None,
        )
    stated = {one.sku: one.quantity for one in lot.skus}
    if len(stated) < len(lot.skus):
        raise DomainError("skus must name each SKU once if cartons are listed", value=None)
    for sku, items in held.items() if lot.skus else ():
        if sku is not None and sku not in stated:
            close = nearest(sku, stated)
            raise DomainError(
                f"sku of a carton must be {listed(stated, last='or', most=10)}, the SKUs of the lot, got {sku!r}",
                todo="" if close is None else f"Did you mean {close!r}?",
                value=sku,
                nearest=close,
            )
        if sku is not None and stated[sku] != items:
            raise DomainError(
                f"items in cartons of SKU {sku} must add up to {stated[sku]}, as under skus, got {items}",
                value=items,
            )
