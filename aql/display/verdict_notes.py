"""Notes on a verdict: what a reader must know besides the counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aql.display.decision_lines import found_in_words, named_items
from aql.display.lookup import cell_in_successor
from aql.standards.editions import edition

if TYPE_CHECKING:
    from aql.scoring.line_result import LineResult
    from aql.scoring.verdict import Verdict

__all__ = ["cell_notes", "edition_notes", "verdict_notes"]


def verdict_notes(verdict: Verdict) -> tuple[str, ...]:
    """Return the notes on a verdict, each a sentence.

    Parameters
    ----------
    verdict : Verdict
        The verdict.

    Returns
    -------
    tuple of str
        Sample sizes that still differ, notes on lines, findings that do not count, findings that no term covers, and a
        lot larger than its order.

    Examples
    --------
    >>> from aql import examples, score
    >>> print(*verdict_notes(score(*examples.tablet_order())))
    1 nonconforming item was found that no term covers; it counts, but is not grounds for a claim.
    """
    return tuple(_notes(verdict))


def _notes(verdict: Verdict) -> Iterator[str]:
    yield from _differing_samples(verdict)
    for line in verdict.lines:
        if line.reinstates_normal:
            yield f"{line.name}: the count lies between Ac and Re; the lot is accepted and normal inspection is due."
        found = line.lookup
        if found is not None and found.disputed:
            readings = [cell.second_reading for cell in found.trace if cell.second_reading]
            yield f"{line.name}: the table cell has a second reading: {'; '.join(readings)}."
        if found is not None and found.per_hundred_items:
            yield f"{line.name}: AQL {found.aql} means nonconformities per 100 items."
    yield from _taken(verdict)
    for read in verdict.readings:
        if read.not_applicable:
            yield f"{read.term}: not applicable on {named_items(read.not_applicable)}."
    yield from _outside(verdict)
    if verdict.unlisted:
        what = found_in_words(verdict.unlisted, verdict.counting)
        was, counts, is_not = (
            ("was", "it counts", "is not") if verdict.unlisted == 1 else ("were", "they count", "are not")
        )
        yield f"{what} {was} found that no term covers; {counts}, but {is_not} grounds for a claim."
    size, ordered = verdict.lot_size, verdict.ordered
    if ordered is not None and size > ordered:
        yield f"The lot of {size} is larger than the {ordered} ordered; the sample sizes are those for {size}."


def _differing_samples(verdict: Verdict) -> Iterator[str]:
    """A note if the classes should all take the largest sample but their sample sizes still differ."""
    if verdict.clause.sample != "largest":
        return
    looked_up = [line for line in verdict.classes if line.origin == "table"]
    sizes = sorted({line.plan.total for line in looked_up})
    if len(sizes) > 1:
        letter = looked_up[0].common_letter
        at = f" at letter {letter}" if letter else ", one of them from row S"
        differ = " and ".join(map(str, sizes))
        yield f"Samples: the sample sizes still differ ({differ}){at}, so each class keeps its own plan."


def _taken(verdict: Verdict) -> Iterator[str]:
    """Say which readings were taken as another number than the one shown."""
    for read in verdict.readings:
        items: dict[str, list[int]] = {}
        for one in read.readings:
            if one.taken_otherwise:
                items.setdefault(f"{one.text} taken as {one.number:f}", []).append(one.item)
        shown = [f"{taken} ({named_items(numbers)})" for taken, numbers in items.items()]
        if shown:
            more = f"; {len(shown) - _MOST_TAKEN} more" if len(shown) > _MOST_TAKEN else ""
            yield f"{read.term}: {', '.join(shown[:_MOST_TAKEN])}{more}; a binary float is taken at 15 digits."


_MOST_TAKEN = 6


def _outside(verdict: Verdict) -> Iterator[str]:
    outside = [one.item for one in verdict.outside]
    if len(outside) == 1:
        yield f"1 finding is outside the sample of its class or term and does not count: {named_items(outside)}."
    elif outside:
        yield (
            f"{len(outside)} findings are outside the samples of their classes or terms and do not count: "
            f"{named_items(outside)}."
        )


def edition_notes(verdict: Verdict) -> Iterator[str]:
    """Yield the status of each edition with what is known of the cells used in the edition that replaced it."""
    yield from dict.fromkeys(
        line.lookup.note for line in verdict.lines if line.lookup is not None and line.lookup.note
    )
    of_cells: dict[str, dict[str, list[str]]] = {}
    for line in verdict.lines:
        if line.lookup is not None:
            known = of_cells.setdefault(edition(line.lookup.standard).status, {})
            cell = cell_in_successor(line.lookup)
            if cell:
                known.setdefault(cell, []).append(line.name)
    for status, known in of_cells.items():
        yield " ".join([status, *(f"{', '.join(names)}: {cell}." for cell, names in known.items())])


def cell_notes(verdict: Verdict) -> Iterator[str]:
    """Yield the second readings of cells, and the trade practice behind plans that are not in a table."""
    for line in verdict.lines:
        for cell in line.lookup.trace if line.lookup is not None else ():
            if cell.second_reading:
                where = f"table {cell.table}, letter {cell.letter}, AQL {cell.aql}"
                yield (
                    f"{line.name}: another source reads {where} as {cell.second_reading}; the plan above is that of the "
                    "table used here."
                )
        if line.practice:
            yield f"{line.name}: {_practice(line)}"


def _practice(line: LineResult) -> str:
    if line.lookup is not None and line.lookup.letter is None:
        return (
            "a lot of one item has no code letter. By trade practice, the item is inspected and one nonconformity rejects "
            "the lot."
        )
    if line.not_allowed:
        return (
            'AQL 0, "not allowed", is not a column of the tables. By trade practice, the sample size is that of the '
            "code letter, and one nonconformity rejects the lot, whichever item it is on."
        )
    letter = line.lookup.plan_letter if line.lookup is not None else ""
    return (
        f"the sample size is that of the lot's letter, with Ac and Re of letter {letter}. "
        "This is trade practice, not a plan of the standard."
    )
