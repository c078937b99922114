"""The log: rows of findings, checked for what needs no contract."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aql.errors import Problem
from aql.inspection.log_files import COLUMNS, RawLog

__all__ = ["LogRow", "parse_rows"]

_LONGEST_COUNT = 12


@dataclass(frozen=True, slots=True)
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
    place : str
        File and row, for messages; it does not take part in comparisons.
    """

    item: int | None = None
    term: str = ""
    class_: str = ""
    value: str = ""
    unit: str = ""
    count: int | None = None
    note: str = ""
    place: str = field(default="", compare=False)

    def key(self) -> tuple[int, str, str, str, str, int, str]:
        """Return what the row says, in a form that sorts."""
        item = -1 if self.item is None else self.item
        count = -1 if self.count is None else self.count
        return item, self.term, self.class_, self.value, self.unit, count, self.note


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
    problems = list(_columns(raw))
    if problems:
        return [], problems
    rows: list[LogRow] = []
    problems = list(raw.misfits)
    for number, cells in raw.rows:
        row = dict(zip(raw.columns, cells, strict=True))
        place = f"{raw.name}, row {number}"
        wrong = list(_wrong(row, place, lot))
        problems += wrong
        if not wrong:
            rows.append(
                LogRow(
                    item=int(row["item"]) if row.get("item") else None,
                    term=row.get("term", ""),
                    class_=row.get("class", ""),
                    value=row.get("value", ""),
                    unit=row.get("unit", ""),
                    count=int(row["count"]) if row.get("count") else None,
                    note=row.get("note", ""),
                    place=place,
                )
            )
    return rows, problems


def _columns(raw: RawLog) -> Iterator[Problem]:
    known = ", ".join(COLUMNS)
    for place, column in enumerate(raw.columns, start=1):
        if column in COLUMNS:
            if raw.columns.index(column) != place - 1:
                yield Problem(f"{raw.name}, column {place}", f"{column!r} stands twice. Keep one of them")
            continue
        close = difflib.get_close_matches(column, COLUMNS, n=1)
        todo = f"Did you mean {close[0]!r}?" if close else "Rename it, or put it into note"
        sign = next((sign for sign in ";\t|," if len(raw.columns) == 1 and sign in column), None)
        if sign is not None:
            named = "'tab'" if sign == "\t" else repr(sign)
            todo = f"If the cells are divided by {named}, declare delimiter = {named} under [findings]"
        if not column:
            problem = f"the column has no name; columns are {known}. Name it, or take it out"
            yield Problem(f"{raw.name}, column {place}", problem)
            continue
        yield Problem(
            f"{raw.name}, column {place}",
            f"{column!r} is no column of a log; columns are {known}. {todo}",
        )
    if raw.columns and not {"term", "class"} & set(raw.columns):
        yield Problem(
            raw.name, "there is neither a column term nor a column class; one of them says what was found"
        )


def _wrong(row: dict[str, str], place: str, lot: str) -> Iterator[Problem]:
    said = row.get("lot", "")
    if said and said != lot:
        yield Problem(
            f"{place}, column lot", f"{said!r} is not the lot of the header, {lot!r}. Take the row out"
        )
    if not row.get("term") and not row.get("class"):
        yield Problem(place, "the row names neither a term nor a class. Fill one of them")
    for column, least in (("item", 1), ("count", 0)):
        text = row.get(column, "")
        if text and not (
            text.isascii() and text.isdigit() and len(text) <= _LONGEST_COUNT and int(text) >= least
        ):
            yield Problem(
                f"{place}, column {column}",
                f"{text!r} is not possible; it is a whole number, {least} or more. Correct it",
            )


def canonical(rows: Iterable[LogRow]) -> list[list[str | int]]:
    """What the rows say, in an order that does not depend on theirs."""
    return sorted(list(row.key()) for row in rows)
