"""The columns of a wide sheet: what each is called, what it stands for, and the items that need it."""

from __future__ import annotations

from dataclasses import dataclass

from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.display.decision_lines import line_name
from aql.errors import AqlError
from aql.inspection.findings_source import IGNORED
from aql.inspection.log_cells import COLUMNS
from aql.inspection.log_columns import plain_name
from aql.languages import marked, say
from aql.scoring.decision_line import Line
from aql.words import listed

__all__ = ["SheetColumn", "sheet_columns", "stage_span"]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a wide sheet.

    Attributes
    ----------
    name : str
        Its heading.
    meaning : str
        What it stands for: a column of the log, the id of a term, or a class.
    agreed : str
        What was agreed, to read while filling it in.
    term : Term or None
        The term, if it is that of one.
    of_class : str
        The class, if it counts defects that no term lists.
    counted : bool
        Whether its cells are the number found.
    items : range
        The items, or cartons, that need it; empty if each item may have it.
    """

    name: str
    meaning: str
    agreed: str = ""
    term: Term | None = None
    of_class: str = ""
    counted: bool = False
    items: range = range(0)

    @property
    def is_found(self) -> bool:
        """Whether its cells say what was found on an item."""
        return self.term is not None or bool(self.of_class) or self.meaning == "value"


def stage_span(line: Line, stage: int) -> range:
    """Return the items of a stage of a line, none if the line has no such stage."""
    stages = line.lot_plan.stages
    if stage > len(stages):
        return range(0)
    one = stages[stage - 1]
    return range(one.total - one.n + 1, one.total + 1)


def sheet_columns(contract: Contract, lines: tuple[Line, ...], stage: int) -> tuple[SheetColumn, ...]:
    """Return the columns of the wide sheet of a stage, in the current language.

    Raises
    ------
    AqlError
        If a term is called like another column.
    """
    spans = {line.name: stage_span(line, stage) for line in lines}
    counted = contract.inspection.counting == "nonconformities"
    terms = [
        SheetColumn(
            term.id,
            term.id,
            _agreed(term),
            term,
            counted=counted and term.tested_as == "visual",
            items=spans[term.id if term.own_line else term.class_ or ""],
        )
        for term in contract.terms
        if term.reading_of is None and (term.is_read or term.tested_as == "visual")
    ]
    answers = [
        SheetColumn(term.id, term.id, _agreed(term), term)
        for term in contract.terms
        if stage == 1 and term.tested_as in {"mark", "reference"}
    ]
    classes = [
        SheetColumn(
            say("other {line}", line=line_name(line.name)),
            line.name,
            say("number of defects that no term lists"),
            of_class=line.name,
            counted=True,
            items=spans[line.name],
        )
        for line in lines
        if line.kind == "class"
    ]
    columns = (
        SheetColumn(say(_NAMES["item"]), "item"),
        SheetColumn(say(_NAMES["carton"]), "carton"),
        SheetColumn(say(_NAMES["sku"]), "sku"),
        *terms,
        *classes,
        *answers,
        SheetColumn(say(_NAMES["value"]), "value", say("OK if nothing was found by eye")),
        SheetColumn(say(_NAMES["note"]), "note"),
    )
    _differ(columns)
    return columns


_NAMES = {
    "item": marked("item"),
    "carton": marked("carton"),
    "sku": marked("sku"),
    "value": marked("result"),
    "note": marked("note"),
}
"""Headings of columns of the log."""


def _agreed(term: Term) -> str:
    """The class of a term and what was agreed, in words."""
    wanted = term.text if term.tested_as == "visual" else term.agreed()
    if term.of == "cartons":
        wanted = say("{agreed} (of cartons)", agreed=wanted)
    if term.for_the_lot:
        wanted = say("{agreed} (once, in the last row)", agreed=wanted)
    return say("{line}: {agreed}", line=line_name(term.class_), agreed=wanted) if term.class_ else wanted


def _differ(columns: tuple[SheetColumn, ...]) -> None:
    """Raise if two columns have the same name, or a term is called like a column of the log."""
    taken = {plain_name(name) for name in (*COLUMNS, IGNORED)}
    taken |= {plain_name(one.name) for one in columns if one.term is None}
    taken |= {plain_name(one.meaning) for one in columns if one.term is None}
    same = [one.meaning for one in columns if one.term is not None and plain_name(one.meaning) in taken]
    if same:
        raise AqlError(
            f"a wide sheet cannot have a column for {listed(map(repr, same))}, the name of another column",
            todo="Write the sheet in the long form",
            code="two-columns",
        )
