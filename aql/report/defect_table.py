"""The table of defects: one row per defect, a column per class, then totals, Ac and Re."""

from __future__ import annotations

from dataclasses import dataclass

from aql.display.decision_lines import DECISION_TONES
from aql.report.defects import LineDefects, TermDefects
from aql.scoring.line_result import LineResult
from aql.scoring.verdict import Verdict

__all__ = ["ClassColumn", "DefectRow", "DefectTable", "defect_table"]


@dataclass(frozen=True, slots=True)
class ClassColumn:
    """A class: its result, the tone of its decision, its AQL and the level of its plan."""

    line: LineResult
    tone: str
    aql: str
    level: str


@dataclass(frozen=True, slots=True)
class DefectRow:
    """A defect: the term or what was noted, the column of its class, how often it was found, and its own line, if any."""

    name: str
    text: str
    column: int
    found: int
    own: LineResult | None = None


@dataclass(frozen=True, slots=True)
class DefectTable:
    """The table: its columns, the defects that classes count, those of terms with their own plans, and classes without any."""

    columns: tuple[ClassColumn, ...]
    rows: tuple[DefectRow, ...]
    own: tuple[DefectRow, ...]
    none: tuple[str, ...]


def defect_table(verdict: Verdict, found: tuple[LineDefects, ...]) -> DefectTable:
    """Return the table of defects of a report.

    Parameters
    ----------
    verdict : Verdict
        The verdict.
    found : tuple of LineDefects
        Its defects by line and term, from `line_defects`.

    Returns
    -------
    DefectTable
        A row is a term, or the note of a defect that no term covers. Its number is that of the items with the defect, or
        of the nonconformities, whether or not they count; an item with several defects counts once.
    """
    places = {one.name: place for place, one in enumerate(verdict.classes)}
    rows = [
        _row(verdict, line, group, places)
        for line in found
        for whole in line.terms
        for group in ([whole] if whole.name else _by_note(whole))
    ]
    return DefectTable(
        columns=tuple(
            ClassColumn(one, DECISION_TONES[one.decision], _aql(one), _level(one, verdict))
            for one in verdict.classes
        ),
        rows=tuple(one for one in rows if one.own is None),
        own=tuple(one for one in rows if one.own is not None),
        none=tuple(one.name for one in verdict.classes if one.at_most == 0 and not _any(one, rows, places)),
    )


def _row(verdict: Verdict, line: LineDefects, group: TermDefects, places: dict[str, int]) -> DefectRow:
    by_items = verdict.counting == "items"
    defects = [entry.defect for entry in group.entries]
    seen = len({one.item for one in defects}) if by_items else sum(one.times for one in defects)
    own = line.result if line.result.kind == "term" else None
    place = places[line.owner or line.result.name]
    return DefectRow(group.name, group.text, place, seen + group.counted, own)


def _by_note(group: TermDefects) -> list[TermDefects]:
    """The defects that no term covers, apart by what was noted of them."""
    notes = dict.fromkeys(entry.defect.note for entry in group.entries)
    rows = [
        TermDefects("", note, tuple(one for one in group.entries if one.defect.note == note), 0)
        for note in notes
    ]
    return [*rows, TermDefects("", "", (), group.counted)] if group.counted else rows


def _any(line: LineResult, rows: list[DefectRow], places: dict[str, int]) -> bool:
    return any(one.column == places[line.name] for one in rows)


def _aql(line: LineResult) -> str:
    return "—" if line.lookup is None else "0" if line.not_allowed else line.lookup.aql


def _level(line: LineResult, verdict: Verdict) -> str:
    return "—" if line.lookup is None else line.lookup.level or verdict.clause.level
