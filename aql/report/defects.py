"""The defects of a lot, by line and term: on which items, what was found, and where each counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.inspection.inspection import Inspection
from aql.report.readings import with_unit
from aql.scoring.decision_lines import Line
from aql.scoring.observations import Defect, Observations, observe
from aql.scoring.verdict import LineResult, Outside, Verdict

__all__ = ["DefectEntry", "LineDefects", "TermDefects", "line_defects"]


@dataclass(frozen=True, slots=True)
class DefectEntry:
    """One defect on one item.

    Attributes
    ----------
    item : int
        The item.
    found, note : str
        The reading, and what was noted.
    difference : str
        How far beyond the limit, with its unit.
    times : int
        Nonconformities of this kind on the item.
    counts_in : str
        The line it counts in, or why it does not count.
    counts : bool
        Whether it counts.
    """

    item: int
    found: str
    note: str
    difference: str
    times: int
    counts_in: str
    counts: bool


@dataclass(frozen=True, slots=True)
class TermDefects:
    """The defects of one term, or of none; `counted` are those that the log gives without items."""

    name: str
    text: str
    line: str
    entries: tuple[DefectEntry, ...]
    counted: int


@dataclass(frozen=True, slots=True)
class LineDefects:
    """The defects of one decision line, term by term, with what became of it; `owner` is the class of a term's own."""

    result: LineResult
    owner: str
    terms: tuple[TermDefects, ...]


def line_defects(verdict: Verdict, contract: Contract, inspection: Inspection) -> tuple[LineDefects, ...]:
    """List the defects of an inspection by line and term.

    Parameters
    ----------
    verdict : Verdict
        The verdict.
    contract : Contract
        The contract it rests on.
    inspection : Inspection
        The inspection it rests on.

    Returns
    -------
    tuple of LineDefects
        The lines in which something was found: the classes, the most serious first, each followed by its terms with a
        line of their own. Within a class stand its terms in the order of the contract, then what no term lists.
    """
    seen = observe(contract, inspection, [_line(line) for line in verdict.lines])
    notes = {(row.item, row.term): row.note for row in inspection.rows if row.value}
    found = []
    for result in _classes_with_their_terms(verdict):
        is_class = result.kind == "class"
        listed: list[Term | None] = [
            term
            for term in contract.terms
            if not term.for_the_lot
            and ((term.class_ == result.name and not term.own_line) if is_class else term.id == result.name)
        ]
        if is_class:
            listed.append(None)
        groups = [_term(term, result.name, verdict, seen, notes) for term in listed]
        filled = tuple(group for group in groups if group.entries or group.counted)
        if filled:
            found.append(LineDefects(result, "" if is_class else result.class_name, filled))
    return tuple(found)


def _classes_with_their_terms(verdict: Verdict) -> Iterator[LineResult]:
    for one in verdict.classes:
        yield one
        yield from (term for term in verdict.terms if term.class_name == one.name)


def _line(result: LineResult) -> Line:
    """The decision line behind a result."""
    return Line(
        result.name,
        result.kind,
        result.class_name,
        result.plan,
        result.lot_plan,
        result.basis,
        result.lookup,
        result.practice,
        not_allowed=result.lookup is not None and result.lookup.practice,
    )


def _term(
    term: Term | None,
    line: str,
    verdict: Verdict,
    seen: Observations,
    notes: dict[tuple[int | None, str], str],
) -> TermDefects:
    name = term.id if term is not None else ""
    mine = [one for one in seen.defects if one.line == line and one.term == name]
    entries = tuple(
        _entry(one, term, verdict, notes) for one in sorted(mine, key=lambda one: (one.item, one.found))
    )
    counted = sum(number for what, number in seen.counts.get(line, ()) if what == name)
    return TermDefects(name, term.text if term is not None else "", line, entries, counted)


def _entry(
    one: Defect, term: Term | None, verdict: Verdict, notes: dict[tuple[int | None, str], str]
) -> DefectEntry:
    read = term is not None and term.is_read
    difference = "" if one.difference is None else f"{one.difference:+f}"
    place, counts = _counts_in(one, verdict)
    return DefectEntry(
        item=one.item,
        found=one.found if read else "",
        note=notes.get((one.item, one.term), "") if read else one.found,
        difference=with_unit(difference, term),
        times=one.times,
        counts_in=place,
        counts=counts,
    )


def _counts_in(one: Defect, verdict: Verdict) -> tuple[str, bool]:
    """The line in which a defect counts, or why it does not; an item counts once, in the most serious class."""
    mine = next(line for line in verdict.lines if line.name == one.line)
    outside = Outside(one.item, one.line, one.term, one.found) in verdict.outside
    if outside:
        beyond = one.item > mine.lot_plan.total
        return "outside the sample" if beyond else "beyond the stage that was reached", False
    lines = (
        (mine,) if mine.kind == "term" or verdict.counting == "nonconformities" else (mine, *verdict.classes)
    )
    counted = next((line.name for line in lines if one.item in line.items), None)
    return (counted, True) if counted is not None else ("beyond the stage that was reached", False)
