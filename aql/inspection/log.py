"""The log: rows of findings, checked for what needs no contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aql.checks import nearest
from aql.errors import Problem
from aql.inspection.log_cells import COLUMNS, RawLog, problem_at
from aql.words import in_brief, listed

__all__ = ["LogRow", "canonical", "parse_rows"]

_LONGEST_COUNT = 12


@dataclass(frozen=True, slots=True, repr=False)
class LogRow:
    """One row of a log.

    Attributes
    ----------
    item : int or None
        Number of the item in the order drawn.
    term, class_ : str
        Term and class; one of them at least is filled.
    value, unit : str
        The reading and its unit, as text.
    count : int or None
        Nonconforming items or nonconformities, already classified.
    note : str
        Anything else.
    file : str
        File, or what the rows are called, for messages; it does not take part in comparisons.
    number : int or None
        Row of that file, in the same way.
    """

    item: int | None = None
    term: str = ""
    class_: str = ""
    value: str = ""
    unit: str = ""
    count: int | None = None
    note: str = ""
    file: str = field(default="", compare=False)
    number: int | None = field(default=None, compare=False)

    def key(self) -> tuple[int, str, str, str, str, int, str]:
        """Return what the row says, in a form that sorts."""
        item = -1 if self.item is None else self.item
        count = -1 if self.count is None else self.count
        return item, self.term, self.class_, self.value, self.unit, count, self.note

    @property
    def place(self) -> str:
        """File and row, for messages; "" where the row comes from neither."""
        return self.file if self.number is None else f"{self.file}, row {self.number}"

    def problem(
        self, message: str, *, column: str = "", code: str = "bad-value", nearest: str | None = None
    ) -> Problem:
        """Return a problem of this row with its place."""
        return problem_at(self.file, self.number, message, column=column, code=code, nearest=nearest)

    def to_dict(self) -> dict[str, int | str]:
        """Return what the row says by column, without its empty cells."""
        cells = {
            "item": self.item,
            "term": self.term,
            "class": self.class_,
            "value": self.value,
            "unit": self.unit,
            "count": self.count,
            "note": self.note,
        }
        return {name: cell for name, cell in cells.items() if cell is not None and cell != ""}

    def __repr__(self) -> str:
        return in_brief("LogRow", ", ".join(f"{name} {value}" for name, value in self.to_dict().items()))


def parse_rows(raw: RawLog, *, lot: str) -> tuple[list[LogRow], list[Problem]]:
    """Turn text cells into rows; everything that is wrong comes back beside them.

    Parameters
    ----------
    raw : RawLog
        The cells.
    lot : str
        The lot that the header names; another one in a row is a problem.

    Returns
    -------
    list of LogRow, list of Problem
        The rows that could be read, and what is wrong.
    """
    problems = list(_column_problems(raw))
    if problems:
        return [], problems
    rows: list[LogRow] = []
    problems = list(raw.misfits)
    for number, cells in raw.rows:
        row = dict(zip(raw.columns, cells, strict=True))
        found = list(_row_problems(row, raw.name, number, lot))
        problems += found
        if not found:
            rows.append(
                LogRow(
                    item=int(row["item"]) if row.get("item") else None,
                    term=row.get("term", ""),
                    class_=row.get("class", ""),
                    value=row.get("value", ""),
                    unit=row.get("unit", ""),
                    count=int(row["count"]) if row.get("count") else None,
                    note=row.get("note", ""),
                    file=raw.name,
                    number=number,
                )
            )
    return rows, problems


def _column_problems(raw: RawLog) -> Iterator[Problem]:
    for place, column in enumerate(raw.columns, start=1):
        if column not in COLUMNS:
            yield _unknown_column(raw, place, column)
        elif raw.columns.index(column) != place - 1:
            message = f"{column!r} is there twice. Keep one of the two columns"
            yield problem_at(raw.name, None, message, column=str(place), code="two-columns")
    if raw.columns and not {"term", "class"} & set(raw.columns):
        message = "there is no column term and no column class. Add one: it says what was found"
        yield problem_at(raw.name, None, message, code="no-column")


def _unknown_column(raw: RawLog, place: int, column: str) -> Problem:
    """The problem of a column that no log has, with what was probably meant."""
    close = nearest(column, COLUMNS)
    sign = next((sign for sign in ";\t|," if len(raw.columns) == 1 and sign in column), None)
    hint = f"Did you mean {close!r}?" if close else "Rename it, or put it in note"
    if sign is not None:
        named = "'tab'" if sign == "\t" else repr(sign)
        hint = f"If {named} separates the cells, declare delimiter = {named} under [findings]"
    elif not column:
        hint = "Name the column, or remove it"
    message = f"must be {listed(COLUMNS, last='or')}, got {column!r}. {hint}"
    return problem_at(raw.name, None, message, column=str(place), code="unknown-column", nearest=close)


def _row_problems(row: dict[str, str], file: str, number: int, lot: str) -> Iterator[Problem]:
    named = row.get("lot", "")
    if named and named != lot:
        message = f"must be {lot!r}, the lot of the header, or empty, got {named!r}"
        yield problem_at(file, number, message, column="lot", code="other-lot")
    if not row.get("term") and not row.get("class"):
        message = "the row has neither a term nor a class. Fill in one of them"
        yield problem_at(file, number, message, code="no-term")
    for column, least in (("item", 1), ("count", 0)):
        text = row.get(column, "")
        if text and not (
            text.isascii() and text.isdigit() and len(text) <= _LONGEST_COUNT and int(text) >= least
        ):
            message = f"must be a whole number, {least} or more, got {text!r}"
            yield problem_at(file, number, message, column=column)


def canonical(rows: Iterable[LogRow]) -> list[list[str | int]]:
    """Return what the rows say, in an order that does not depend on theirs."""
    return sorted(list(row.key()) for row in rows)
