"""What a wide sheet is made of: its rows, its columns, and which of its cells are to be filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import tomli_w

from aql.contract.contract import Contract
from aql.contract.measures import Allowed, Answer
from aql.inspection.log_columns import plain_name
from aql.languages import language, say
from aql.report.sheet_columns import SheetColumn, sheet_columns
from aql.scoring.decision_line import Line

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
        for number, _ in self.rows():
            yield tuple(
                number if column.meaning == "item" and number is not None else "" for column in self.columns
            )


def wide_sheet(contract: Contract, lines: tuple[Line, ...], *, lot: str, size: int, stage: int) -> WideSheet:
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

    Raises
    ------
    AqlError
        If a term has the name of another column.
    """
    columns = sheet_columns(contract, lines, stage)
    of_cartons = [one.items for one in columns if one.term is not None and one.term.of == "cartons"]
    of_items = [one.items for one in columns if one.term is None or one.term.of == "items"]
    answers = () if language() == "en" else (say("conforming"), say("nonconforming"))
    return WideSheet(
        contract, lot, size, lines, columns, stage, _together(of_items), _together(of_cartons), answers
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
    return [_pair(key, value) for key, value in how.items()]


def _pair(key: str, value: object) -> str:
    """A key of TOML with its value on one line."""
    name, _, text = (
        tomli_w.dumps({key: "" if isinstance(value, (list, dict)) else value}).strip().partition(" = ")
    )
    if isinstance(value, list):
        text = f"[{', '.join(_pair('a', one).removeprefix('a = ') for one in value)}]"
    elif isinstance(value, dict):
        text = f"{{ {', '.join(_pair(key, one) for key, one in value.items())} }}"
    return f"{name} = {text}"
