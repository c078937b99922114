"""The defects section of the report: defects by line and term, each with where it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aql.contract.terms import Term
from aql.languages import marked, say
from aql.report.units import with_unit
from aql.scoring.defects import Defect
from aql.scoring.line_result import LineResult
from aql.scoring.verdict import Verdict
from aql.types import NotCounted

__all__ = ["DefectEntry", "LineDefects", "TermDefects", "line_defects"]

_NOT_COUNTED: dict[NotCounted, str] = {
    "outside-sample": marked("outside the sample"),
    "later-sample": marked("beyond the stage reached"),
    "taken": marked("beyond the stage reached"),
}


@dataclass(frozen=True, slots=True)
class DefectEntry:
    """A defect on an item, how far it is beyond the limit (with unit), and why it does not count ("" if it counts)."""

    defect: Defect
    difference: str
    not_counted: str


@dataclass(frozen=True, slots=True)
class TermDefects:
    """The defects of one term, or those that no term covers; `counted` is their count without item numbers."""

    name: str
    text: str
    entries: tuple[DefectEntry, ...]
    counted: int


@dataclass(frozen=True, slots=True)
class LineDefects:
    """The defects of one decision line by term, with the result of the line; `owner` is the class of a term's line."""

    result: LineResult
    owner: str
    terms: tuple[TermDefects, ...]


def line_defects(verdict: Verdict) -> tuple[LineDefects, ...]:
    """Return the defects in the report, by decision line and term.

    Parameters
    ----------
    verdict : Verdict
        The verdict.

    Returns
    -------
    tuple of LineDefects
        The lines with defects: the classes, most serious first, each followed by its terms with their own plans. Within
        a line, terms are in the order of the contract, and defects that no term covers come last.
    """
    found = []
    defects: dict[tuple[str, str], list[Defect]] = {}
    for one in verdict.defects:
        defects.setdefault((one.line, one.term), []).append(one)
    counted = Counter[tuple[str, str]]()
    for count in verdict.counts:
        counted[count.line, count.term] += count.number
    for line in _classes_with_their_terms(verdict):
        groups = []
        for term in (*verdict.agreed, None):
            key = (line.name, "" if term is None else term.id)
            groups.append(_term_defects(term, defects.get(key, ()), counted[key]))
        filled = tuple(group for group in groups if group.entries or group.counted)
        if filled:
            found.append(LineDefects(line, line.class_name if line.kind == "term" else "", filled))
    return tuple(found)


def _classes_with_their_terms(verdict: Verdict) -> Iterator[LineResult]:
    for one in verdict.classes:
        yield one
        yield from (term for term in verdict.terms if term.class_name == one.name)


def _term_defects(term: Term | None, mine: Iterable[Defect], counted: int) -> TermDefects:
    """The defects of a term in a line, or those that no term covers if `term` is None."""
    name = term.id if term is not None else ""
    entries = tuple(
        DefectEntry(
            one,
            with_unit(one.difference, term),
            "" if one.not_counted is None else say(_NOT_COUNTED[one.not_counted]),
        )
        for one in mine
    )
    return TermDefects(name, term.text if term is not None else "", entries, counted)
