"""The rows of a log, with every check that needs no contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aql.checks import nearest
from aql.codes import ErrorCode
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
        Item number, in the order drawn.
    term, class_ : str
        Term and class; at least one is filled in.
    value, unit : str
        The reading and its unit, as text.
    count : int or None
        Number of nonconforming items or nonconformities, already classified.
    note : str
        Anything else.
    file : str
        File, or another name of the rows, for messages; ignored in comparisons.
    number : int or None
        Row in that file, for messages; ignored in comparisons.
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
        """Return the contents of the row as a sort key."""
        item = -1 if self.item is None else self.item
        count = -1 if self.count is None else self.count
        return item, self.term, self.class_, self.value, self.unit, count, self.note

    @property
    def place(self) -> str:
        """File and row, for messages; "" if the row is not from a file."""
        return self.file if self.number is None else f"{self.file}, row {self.number}"

    def problem(
        self, message: str, *, column: str = "", code: ErrorCode = "bad-value", nearest: str | None = None
    ) -> Problem:
        """Return a problem located in this row."""
        return problem_at(self.file, self.number, message, column=column, code=code, nearest=nearest)

    def to_dict(self) -> dict[str, int | str]:
        """Return the row by column, without its empty cells."""
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
    """Convert text cells to rows; return the rows and every problem.

    Parameters
    ----------
    raw : RawLog
        The cells.
    lot : str
        Id of the lot in the header; a row with another lot is a problem.

    Returns
    -------
    list of LogRow, list of Problem
        The valid rows, and the problems of the others.
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
            message = f"{column!r} appears twice. Keep one of the two"
            yield problem_at(raw.name, None, message, column=str(place), code="two-columns")
    if raw.columns and not {"term", "class"} & set(raw.columns):
        message = "there is no column term or class. Add one to say what was found"
        yield problem_at(raw.name, None, message, code="no-column")


def _unknown_column(raw: RawLog, place: int, column: str) -> Problem:
    """The problem of an unknown column, with the column or delimiter that was probably meant."""
    close = nearest(column, COLUMNS)
    sign = next((sign for sign in ";\t|," if len(raw.columns) == 1 and sign in column), None)
    hint = f"Did you mean {close!r}?" if close else "Rename it, or move its contents to note"
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
    """Return the contents of the rows, sorted."""
    return sorted(list(row.key()) for row in rows)
