"""Notes of a report: what a reader has to know about the edition, its cells and the trade's practice."""

from __future__ import annotations

from collections.abc import Iterator

from aql.scoring.verdict import LineResult, Verdict
from aql.standards.editions import edition
from aql.standards.iso2859_1.lookup import Lookup

__all__ = ["notes"]


def notes(verdict: Verdict) -> Iterator[str]:
    """Yield the notes of a report, each a sentence or two.

    Parameters
    ----------
    verdict : Verdict
        The verdict.

    Yields
    ------
    str
        The standing of the edition, once, with the lines whose cells it leaves unchanged; what the verdict notes;
        second readings of cells; the practices of the trade behind plans that no table prints.
    """
    yield from _standing(verdict)
    yield from verdict.notes
    for line in verdict.lines:
        if line.lookup is not None:
            yield from _second_readings(line, line.lookup)
            if line.practice:
                yield _practice(line, line.lookup)


def _standing(verdict: Verdict) -> Iterator[str]:
    """What a lookup says of its edition: the edition's part once, the cell's part with the lines it holds for."""
    of_cells: dict[str, dict[str, list[str]]] = {}
    for line in verdict.lines:
        found = line.lookup
        if found is None:
            continue
        book = edition(found.standard)
        known = of_cells.setdefault(book.status, {})
        _, of_edition, cell = found.explain().rpartition(book.status.rstrip("."))
        if of_edition and cell.strip("; .") and not found.practice:
            known.setdefault(cell.strip("; ."), []).append(line.name)
    for status, known in of_cells.items():
        said = [f"{', '.join(names)}: {cell}." for cell, names in known.items()]
        yield " ".join([status, *said])


def _second_readings(line: LineResult, found: Lookup) -> Iterator[str]:
    for cell in found.trace:
        if cell.second_reading:
            where = f"table {cell.table}, letter {cell.letter}, AQL {cell.aql}"
            yield f"{line.name}: {where} is read as {cell.second_reading} elsewhere; the plan above is what the table here holds."


def _practice(line: LineResult, found: Lookup) -> str:
    if found.practice:
        return (
            f'{line.name}: AQL 0, "not allowed", is no column of the tables. By the practice of the trade the sample is '
            f"that of a code letter and one nonconformity rejects, wherever it is found."
        )
    return (
        f"{line.name}: the sample size of the letter entered stands with the numbers of letter {found.plan_letter}. "
        "That is a practice of the trade, and no plan of the standard."
    )
