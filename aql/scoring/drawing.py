"""The drawing of a lot as a record: which items and cartons were drawn, with what seed, and what was replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, PlainSerializer

from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.inspection.commitments import commitment
from aql.inspection.drawing import Pick
from aql.inspection.lot import Lot
from aql.inspection.packing import packing_of
from aql.inspection.replacing import next_carton, next_item
from aql.inspection.seeded_stream import Seed
from aql.markup import Shown, as_html, in_words
from aql.scoring.sku_protection import SkuProtection
from aql.types import CartonRule, CountedOf, DrawnBy
from aql.words import in_brief, plural, short_repr

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Drawing", "LineSample", "Replacement"]

_AsLot = Annotated[Lot, PlainSerializer(Lot.to_dict)]


@dataclass(frozen=True, slots=True)
class LineSample:
    """The sample of a decision line.

    Attributes
    ----------
    line : str
        Name of the class, term or limit.
    of : "items" or "cartons"
        What is drawn.
    totals : tuple of int
        Items, or cartons, drawn up to and including each stage: the line inspects numbers 1 to this.
    """

    line: str
    of: CountedOf
    totals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A replacement of an item or carton that could not be drawn.

    Attributes
    ----------
    of : "items" or "cartons"
        What was replaced.
    drawn : Pick
        What the seed drew.
    by : Pick
        What was drawn instead, with the same number.
    reason : str
        Why.
    """

    of: CountedOf
    drawn: Pick
    by: Pick
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Drawing(JsonValue, Shown):
    """What to open and what to take from a lot, repeatable from its seed.

    Attributes
    ----------
    order : str
        Id of the order.
    lot : Lot
        The lot, with its cartons.
    seed : int
        The seed.
    by : "cartons" or "items"
        Whether items come evenly from some cartons, or from all items alike.
    rule : "sqrt", "sqrt+1" or "all"
        How many cartons the contract opens.
    samples : tuple of LineSample
        The sample of each decision line.
    items : tuple of Pick
        The items of all stages, in the order of their numbers.
    cartons : tuple of Pick
        The cartons for terms whose items are cartons, with their own numbers.
    protection : tuple of SkuProtection
        What the samples say about each SKU; empty if the lot has only one.
    replaced : tuple of Replacement
        What could not be drawn, in the order of the replacements.
    nonce : str or None
        The nonce of the commitment to the seed, if there was one.

    Examples
    --------
    >>> from aql import Contract, draw
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> lot = {"id": "L1", "size": 480, "carton": [{"numbers": "1-40", "units": 12}]}
    >>> drawing = draw(contract, lot, seed=20260117)
    >>> drawing
    <Drawing PO-1 L1: 50 items from 7 cartons, seed 20260117>
    >>> drawing.items[:2]
    (<Pick 1: carton 12, piece 2>, <Pick 2: carton 26, piece 1>)
    """

    order: str
    lot: _AsLot
    seed: int
    by: DrawnBy
    rule: CartonRule
    samples: tuple[LineSample, ...]
    items: tuple[Pick, ...]
    cartons: tuple[Pick, ...] = ()
    protection: tuple[SkuProtection, ...] = ()
    replaced: tuple[Replacement, ...] = ()
    nonce: str | None = None
    schema_: Annotated[Literal["aql.drawing/1"], Field(alias="schema")] = field(
        default="aql.drawing/1", repr=False
    )

    def __post_init__(self) -> None:
        packings = packing_of(self.lot)
        for place, pick in enumerate(self.items, start=1):
            packing = packings.get(pick.sku)
            if pick.number != place or packing is None or not packing.holds(pick.carton, pick.piece):
                raise DomainError(f"item {place} must be in the lot, got {pick}", code="contradiction")

    @property
    def stages(self) -> int:
        """Number of stages of the plan with the most."""
        return max(len(sample.totals) for sample in self.samples)

    @property
    def commitment(self) -> str | None:
        """The commitment to the seed, if there is a nonce; see `aql.inspection.commitment`."""
        return None if self.nonce is None else commitment(self.seed, self.nonce)

    def item(self, number: int) -> Pick:
        """Return the item with that number; raise DomainError if there is none."""
        return _numbered(self.items, number, "item")

    def in_carton_order(self, stage: int = 1) -> tuple[Pick, ...]:
        """Return the items of a stage by carton and piece, which is the order of the pick list."""
        return tuple(
            sorted(
                (pick for pick in self.items if pick.stage == stage),
                key=lambda pick: (pick.carton or 0, pick.sku, pick.piece or 0),
            )
        )

    def open_cartons(self, stage: int = 1, sku: str | None = None) -> tuple[int, ...]:
        """Return the cartons to open at a stage, in ascending order; of one SKU if it is named."""
        found = {
            pick.carton
            for pick in self.items
            if pick.stage == stage and pick.carton is not None and (sku is None or sku == pick.sku)
        }
        return tuple(sorted(found))

    def replace(self, number: int, *, reason: str, of: CountedOf = "items") -> Drawing:
        """Return the drawing with an item or a whole carton replaced by the next of the same random order.

        Parameters
        ----------
        number : int
            Number of the item, or of the carton among the cartons drawn.
        reason : str
            Why it cannot be drawn; it is recorded.
        of : "items" or "cartons"
            What is replaced.

        Raises
        ------
        DomainError
            If there is no such number, no reason, or nothing left of the same SKU.

        Examples
        --------
        >>> from aql import Contract, draw
        >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
        >>> drawing = draw(contract, {"id": "L1", "size": 480}, seed=20260117)
        >>> drawing.item(1), drawing.replace(1, reason="shown to the client").item(1)
        (<Pick 1: piece 169>, <Pick 1: piece 451>)
        """
        _check_reason(reason)
        if of == "items":
            return _replaced_item(self, self.item(number), reason)
        return _replaced_carton(self, _numbered(self.cartons, number, "carton"), reason)

    def replace_carton(self, carton: int, *, reason: str) -> Drawing:
        """Return the drawing without a carton that cannot be opened: all that was drawn of it is replaced.

        By cartons, the next carton in the order of the stage that is not open takes its place.

        Parameters
        ----------
        carton : int
            Number of the carton in the lot.
        reason : str
            Why it cannot be opened; it is recorded.

        Raises
        ------
        DomainError
            If nothing was drawn from it, no reason is stated, or nothing is left of the same SKU.
        """
        _check_reason(reason)
        inside = [pick for pick in self.items if pick.carton == carton]
        whole = [pick for pick in self.cartons if pick.carton == carton]
        if not inside and not whole:
            raise DomainError(f"carton must be one of the cartons drawn, got {carton}", value=carton)
        found = self
        instead: dict[int, int | None] = {}
        for pick in inside:
            prefer = instead.get(pick.stage)
            found = _replaced_item(found, pick, reason, closed=frozenset({carton}), prefer=prefer)
            instead[pick.stage] = found.item(pick.number).carton
        for pick in whole:
            found = _replaced_carton(found, pick, reason)
        return found

    def explain(self, *, language: str | None = None) -> str:
        """Return in plain sentences what is drawn, how, and how to repeat it.

        `language` is ``"en"``, the default, or ``"zh"`` for simplified Chinese.
        """
        return in_words(self, language=language)

    def to_html(self, *, language: str | None = None) -> str:
        """Return it as the block of HTML that a notebook shows, in English or in the language named."""
        return as_html(self, language=language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per item drawn, as a pandas frame: number, stage, carton, piece, SKU and whether it is packed."""
        import pandas as pd

        rows = [
            (one.number, one.stage, one.carton, one.piece, one.sku or None, one.packed) for one in self.items
        ]
        frame = pd.DataFrame(rows, columns=["item", "stage", "carton", "piece", "sku", "packed"])
        return frame.astype({"carton": "Int64", "piece": "Int64"})

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        cartons = len({pick.carton for pick in self.items if pick.carton is not None})
        source = f" from {plural(cartons, 'carton')}" if cartons else ""
        whole = f", {plural(len(self.cartons), 'whole carton')}" if self.cartons else ""
        text = f"{plural(len(self.items), 'item')}{source}{whole}, seed {self.seed}"
        return in_brief("Drawing", f"{self.order} {self.lot.id}: {text}")


def _numbered(picks: tuple[Pick, ...], number: int, noun: str) -> Pick:
    for pick in picks:
        if pick.number == number:
            return pick
    raise DomainError(
        f"number must be that of one of the {plural(len(picks), noun)} drawn, got {short_repr(number)}",
        value=number,
    )


_MOST_REPLACED = 500_000  # replacements, times the items of the sample: each looks at all of them


def _check_reason(reason: object) -> None:
    if not isinstance(reason, str) or not reason.strip():
        raise DomainError(f"reason must be text, got {short_repr(reason)}", value=reason)


def _seed(drawing: Drawing) -> Seed:
    return Seed(drawing.seed, drawing.order, drawing.lot.id)


def _gone(drawing: Drawing) -> Iterator[Replacement]:
    """The items that were replaced."""
    return (one for one in drawing.replaced if one.of == "items")


def _replaced_item(
    drawing: Drawing,
    pick: Pick,
    reason: str,
    *,
    closed: frozenset[int] = frozenset(),
    prefer: int | None = None,
) -> Drawing:
    if (len(drawing.replaced) + 1) * len(drawing.items) > _MOST_REPLACED:
        most = _MOST_REPLACED // len(drawing.items)
        raise DomainError(
            f"at most {most} items of a sample of {len(drawing.items)} can be replaced",
            todo="Draw again with another seed",
            most=most,
        )
    by = next_item(
        drawing.lot,
        pick,
        _seed(drawing),
        by=drawing.by,
        taken={one.place for one in drawing.items} | {one.drawn.place for one in _gone(drawing)},
        closed=closed,
        open_={one.carton or 0 for one in drawing.items if one.stage == pick.stage},
        prefer=prefer,
    )
    items = tuple(by if one.number == pick.number else one for one in drawing.items)
    record = Replacement("items", pick, by, reason.strip())
    return replace(drawing, items=items, replaced=(*drawing.replaced, record))


def _replaced_carton(drawing: Drawing, pick: Pick, reason: str) -> Drawing:
    gone = [one.drawn for one in drawing.replaced if one.of == "cartons"]
    taken = {one.carton or 0 for one in (*drawing.cartons, *gone)}
    by = next_carton(drawing.lot, pick, _seed(drawing), taken=taken)
    cartons = tuple(by if one.number == pick.number else one for one in drawing.cartons)
    record = Replacement("cartons", pick, by, reason.strip())
    return replace(drawing, cartons=cartons, replaced=(*drawing.replaced, record))
