"""What a wide sheet is made of: its rows, its columns, and which of its cells are to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from aql.contract.contract import Contract
from aql.contract.measures import Allowed, Answer
from aql.documents.inline_toml import inline_toml
from aql.errors import DomainError
from aql.inspection.drawing import Pick
from aql.inspection.log_columns import plain_name
from aql.languages import language, say
from aql.report.sheet_columns import SheetColumn, sheet_columns
from aql.scoring.decision_line import Line
from aql.scoring.drawing import Drawing

__all__ = ["NOT_APPLICABLE", "WideSheet", "wide_findings", "wide_sheet"]

NOT_APPLICABLE = "N/A"
"""What is written for a term that does not apply to an item."""


@dataclass(frozen=True, slots=True)
class WideSheet:
    """What a wide sheet is made of.

    Attributes
    ----------
    contract : Contract
        What was agreed.
    lot : str
        Id of the lot.
    size : int
        Lot size. [items]
    lines : tuple of Line
        The decision lines of the contract for the lot.
    columns : tuple of SheetColumn
        The columns.
    stage : int
        The stage of a double or multiple plan.
    items, cartons : range
        The items and the cartons of the stage.
    answers : tuple of str
        The words for a conforming and a nonconforming answer, where they are not those of the log; else empty.
    picks : mapping of (bool, int) to Pick
        What was drawn, by whether it is a carton, and its number; empty if that is not known.
    """

    contract: Contract
    lot: str
    size: int
    lines: tuple[Line, ...]
    columns: tuple[SheetColumn, ...]
    stage: int
    items: range
    cartons: range
    answers: tuple[str, ...] = ()
    picks: Mapping[tuple[bool, int], Pick] = field(default_factory=dict)

    @property
    def shown_lines(self) -> tuple[Line, ...]:
        """The lines that have the stage."""
        return tuple(line for line in self.lines if self.stage <= len(line.lot_plan.stages))

    @property
    def header_row(self) -> int:
        """The row that names the columns, the same in every stage: below title, tally, an empty row and what was agreed."""
        return len(self.lines) + 5

    @property
    def has_answers(self) -> bool:
        """Whether the last row asks for answers about the lot."""
        return any(one.term is not None and one.term.for_the_lot for one in self.columns)

    def rows(self) -> list[tuple[int | None, bool]]:
        """Return the number of each row, None for that of the lot, and whether it is of a carton."""
        rows: list[tuple[int | None, bool]] = [(item, False) for item in self.items]
        rows += [(carton, True) for carton in self.cartons]
        return [*rows, (None, False)] if self.has_answers else rows

    def needs(self, column: SheetColumn, number: int | None, of_carton: bool) -> bool:
        """Whether a row has something to fill in in a column."""
        term = column.term
        if number is None or (term is not None and term.for_the_lot):
            return (number is None and term is not None and term.for_the_lot) or column.meaning == "note"
        if of_carton:
            of_cartons = term is not None and term.of == "cartons" and number in column.items
            return of_cartons or column.meaning in {"item", "carton", "note"}
        if term is not None and term.of == "cartons":
            return False
        return number in column.items or not (column.term or column.of_class)

    def choices(self, column: SheetColumn) -> tuple[str, ...]:
        """Return what can be chosen in a column; empty if anything can be written."""
        term = column.term
        yes_no = self.answers or ("yes", "no")
        ok_ng = self.answers or ("OK", "NG")
        if column.meaning == "value":
            return ok_ng[:1]
        if term is None or column.counted:
            return ()
        words: tuple[str, ...] = ()
        if term.tested_as == "visual":
            words = ok_ng
        elif isinstance(term.measure, Answer) or (term.for_the_lot and term.measure is None):
            words = yes_no
        elif isinstance(term.measure, Allowed):
            words = term.measure.allowed
        return (*words, NOT_APPLICABLE) if words and term.not_applicable else words

    def cells(self) -> Iterator[tuple[int | str, ...]]:
        """Yield the rows as cells, all empty but the numbers of items and cartons."""
        for number, of_carton in self.rows():
            yield tuple(self.entry(column, number, of_carton) for column in self.columns)

    def entry(self, column: SheetColumn, number: int | None, of_carton: bool) -> int | str:
        """Return what a cell already has: the number of the item, and where it was drawn from; else ""."""
        if number is None:
            return ""
        if column.meaning == "item":
            return number
        pick = self.picks.get((of_carton, number))
        if pick is None or column.meaning not in {"carton", "sku"}:
            return ""
        return pick.sku if column.meaning == "sku" else "" if pick.carton is None else str(pick.carton)


def wide_sheet(
    contract: Contract,
    lines: tuple[Line, ...],
    *,
    lot: str,
    size: int,
    stage: int,
    drawing: Drawing | None = None,
) -> WideSheet:
    """Return the wide sheet of a stage in the current language.

    Parameters
    ----------
    contract : Contract
        What was agreed.
    lines : tuple of Line
        Its decision lines for the lot.
    lot : str
        Id of the lot.
    size : int
        Lot size. [items]
    stage : int
        The stage of a double or multiple plan.
    drawing : Drawing, optional
        How the sample was drawn; carton and SKU of each item are then filled in.

    Raises
    ------
    AqlError
        If a term has the name of another column, or the drawing has too few items.
    """
    columns = sheet_columns(contract, lines, stage)
    of_cartons = [one.items for one in columns if one.term is not None and one.term.of == "cartons"]
    of_items = [one.items for one in columns if one.term is None or one.term.of == "items"]
    answers = () if language() == "en" else (say("conforming"), say("nonconforming"))
    items, cartons = _together(of_items), _together(of_cartons)
    picks: dict[tuple[bool, int], Pick] = {}
    if drawing is not None:
        picks |= {(False, one.number): one for one in drawing.items}
        picks |= {(True, one.number): one for one in drawing.cartons}
        _check_picks(drawing, items, cartons)
    return WideSheet(contract, lot, size, lines, columns, stage, items, cartons, answers, picks)


def _check_picks(drawing: Drawing, items: range, cartons: range) -> None:
    """Raise if a drawing has fewer items or cartons than the sheet needs."""
    for needed, drawn, what in ((items, drawing.items, "items"), (cartons, drawing.cartons, "cartons")):
        if needed and needed[-1] > len(drawn):
            raise DomainError(
                f"the drawing must have the {needed[-1]} {what} that the sheet needs, got {len(drawn)}",
                todo="Draw the sample of this contract and lot with aql.draw",
                value=len(drawn),
            )


def _together(spans: list[range]) -> range:
    """The items from the first to the last of several samples."""
    filled = [span for span in spans if span]
    return range(min(one.start for one in filled), max(one.stop for one in filled)) if filled else range(0)


def wide_findings(sheet: WideSheet, *, workbook: bool) -> list[str]:
    """Return the lines under ``[findings]`` that say how a wide sheet is read."""
    mapped = {
        one.name: one.meaning
        for one in sheet.columns
        if one.term is None and plain_name(one.name) != one.meaning
    }
    counts = [one.meaning for one in sheet.columns if one.counted and one.term is not None]
    classes = [one.meaning for one in sheet.columns if one.of_class]
    how: dict[str, object] = {"wide": True}
    if workbook:
        how["header_row"] = sheet.header_row
    how |= {key: names for key, names in (("counts", counts), ("classes", classes)) if names}
    if mapped:
        how["columns"] = mapped
    if sheet.answers:
        conforming, nonconforming = sheet.answers
        how["answers"] = {"conforming": [conforming], "nonconforming": [nonconforming]}
    return [inline_toml(key, value) for key, value in how.items()]
