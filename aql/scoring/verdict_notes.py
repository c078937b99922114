"""What a reader must know of a verdict besides the counts, as facts; `aql.display` makes the sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from aql.contract.contract import InspectionClause
from aql.inspection.header import Visit
from aql.scoring.by_sku import SkuResult
from aql.scoring.defects import Defect
from aql.scoring.line_result import LineResult
from aql.scoring.readings import TermReadings
from aql.scoring.reasons import Reason, reason
from aql.types import CountedOf

__all__ = ["item_notes", "line_notes", "lot_notes", "reading_notes"]


def line_notes(lines: Sequence[LineResult], clause: InspectionClause) -> Iterator[Reason]:
    """Yield notes on the samples, counts and table cells of the decision lines."""
    yield from _differing_samples(lines, clause)
    for line in lines:
        if line.reinstates_normal:
            yield reason("normal-due", line.name)
        found = line.lookup
        if found is not None and found.disputed:
            readings = tuple(cell.second_reading for cell in found.trace if cell.second_reading)
            yield reason("second-reading", line.name, readings=readings)
        if found is not None and found.per_hundred_items:
            yield reason("per-hundred-items", line.name, aql=found.aql)


def _differing_samples(lines: Sequence[LineResult], clause: InspectionClause) -> Iterator[Reason]:
    """A note if the classes should all take the largest sample but their sample sizes still differ."""
    if clause.sample != "largest":
        return
    looked_up = [line for line in lines if line.kind == "class" and line.origin == "table"]
    sizes = tuple(sorted({line.plan.total for line in looked_up}))
    if len(sizes) > 1:
        yield reason("samples-differ", sizes=sizes, letter=looked_up[0].common_letter)


def reading_notes(
    readings: Sequence[TermReadings], counted_of: Callable[[str], CountedOf]
) -> Iterator[Reason]:
    """Yield which readings were taken as another number than the one shown, and where a term does not apply."""
    for read in readings:
        taken: dict[tuple[str, str], list[int]] = {}
        for one in read.readings:
            if one.taken_otherwise:
                taken.setdefault((one.text, f"{one.number:f}"), []).append(one.item)
        if taken:
            yield reason(
                "taken-as",
                read.term,
                texts=tuple(text for text, _ in taken),
                numbers=tuple(number for _, number in taken),
                items=tuple(map(tuple, taken.values())),
                **_cartons(counted_of(read.term)),
            )
    for read in readings:
        if read.not_applicable:
            of = _cartons(counted_of(read.term))
            yield reason("not-applicable", read.term, items=read.not_applicable, **of)


def _cartons(of: CountedOf) -> dict[str, str]:
    """The fact that numbers are of cartons; items are what a reader expects."""
    return {} if of == "items" else {"of": of}


def item_notes(visit: Visit, defects: Sequence[Defect], skus: Sequence[SkuResult]) -> Iterator[Reason]:
    """Yield the names of the items with defects, if the header names items, and what was found on each SKU."""
    items = tuple(sorted({one.item for one in defects}))
    if visit.items and items:
        yield reason("item-names", items=items, names=tuple(map(visit.item_name, items)))
    for one in skus:
        if one.found:
            lines, numbers = zip(*one.found, strict=True)
            yield reason("found-on-sku", sku=one.sku, lines=tuple(lines), numbers=tuple(numbers))


def lot_notes(
    clause: InspectionClause,
    *,
    outside: Mapping[CountedOf, Sequence[int]],
    unlisted: int,
    lot_size: int,
    ordered: int | None,
) -> Iterator[Reason]:
    """Yield notes on findings that do not count or that no term covers, and on the size of the lot."""
    for of, numbers in outside.items():
        if numbers:
            yield reason("outside-samples", items=tuple(numbers), **_cartons(of))
    if unlisted:
        yield reason("unlisted", counting=clause.counting, found=unlisted)
    if ordered is not None and lot_size > ordered:
        yield reason("lot-above-order", lot_size=lot_size, ordered=ordered)
