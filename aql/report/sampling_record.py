"""How the sample was drawn: cartons opened by SKU, the seed, what was replaced, and the pick list."""

from __future__ import annotations

from dataclasses import dataclass

from aql.display.drawing import (
    by_carton,
    carton_in_words,
    how_drawn,
    lines_in_words,
    pieces_in_words,
    replacements,
    whole_cartons,
)
from aql.errors import AqlError, DomainError
from aql.scoring.drawing import Drawing
from aql.scoring.verdict import Verdict
from aql.words import ranges, short_repr

__all__ = ["OpenedCartons", "SamplingRecord", "sampling_record"]

_ALL = 10**9


@dataclass(frozen=True, slots=True)
class OpenedCartons:
    """Cartons opened of an SKU at a stage, and how many items were taken from them."""

    stage: int
    sku: str
    cartons: str
    number: int
    items: int


@dataclass(frozen=True, slots=True)
class SamplingRecord:
    """What a report says of a drawing; a row of the pick list is stage, carton, SKU and pieces with their item numbers."""

    how: str
    lines: tuple[str, ...]
    stages: int
    opened: tuple[OpenedCartons, ...]
    picks: tuple[tuple[int, str, str, str], ...]


def sampling_record(drawing: Drawing | None, verdict: Verdict) -> SamplingRecord | None:
    """Return the record of a drawing for the report of a verdict; None without one.

    Raises
    ------
    DomainError
        If `drawing` is not a Drawing.
    AqlError
        If it is of another order or lot.
    """
    if drawing is None:
        return None
    if not isinstance(drawing, Drawing):
        raise DomainError(
            f"drawing must be an aql.Drawing, got {short_repr(drawing)}",
            todo="Make one with aql.draw",
            value=drawing,
        )
    drawn, scored = (
        (drawing.order, drawing.lot.id, drawing.lot.size),
        (verdict.order, verdict.lot, verdict.lot_size),
    )
    if drawn != scored:
        (order, lot, size), (own, of_lot, of_size) = drawn, scored
        raise AqlError(
            f"the drawing must be that of order {own}, lot {of_lot} of {of_size} items, "
            f"got order {order}, lot {lot} of {size} items",
            code="other-lot",
            value=lot,
        )
    whole = (whole_cartons(drawing),) if drawing.cartons else ()
    stages = sorted({pick.stage for pick in drawing.items})
    return SamplingRecord(
        how=how_drawn(drawing),
        lines=(*lines_in_words(drawing), *whole, *replacements(drawing)),
        stages=len(stages),
        opened=tuple(one for stage in stages for one in _opened(drawing, stage)),
        picks=tuple(row for stage in stages for row in _picks(drawing, stage)),
    )


def _opened(drawing: Drawing, stage: int) -> list[OpenedCartons]:
    rows = []
    for sku in dict.fromkeys(pick.sku for pick in drawing.in_carton_order(stage)):
        cartons = drawing.open_cartons(stage, sku)
        taken = sum(pick.sku == sku for pick in drawing.in_carton_order(stage))
        rows.append(
            OpenedCartons(stage, sku, ranges(cartons, most=_ALL) if cartons else "—", len(cartons), taken)
        )
    return rows


def _picks(drawing: Drawing, stage: int) -> list[tuple[int, str, str, str]]:
    return [
        (stage, carton_in_words(carton, picks) or "—", sku, pieces_in_words(picks))
        for carton, sku, picks in by_carton(drawing, stage)
    ]
