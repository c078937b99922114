"""Reads the rows of a recording back from the entries of its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from aql.errors import AqlError, DomainError, LogError
from aql.inspection.header import InspectionHeader
from aql.inspection.log import LogRow
from aql.inspection.log_sources import read_log
from aql.words import short_repr

__all__ = ["item_number", "naming_line", "object_of", "row_of", "rows_of"]


def item_number(item: object, header: InspectionHeader) -> int:
    """Return the number of an item, given by its number or its name in the header.

    Raises
    ------
    DomainError
        If there is no such item.
    """
    names = header.inspection.item_numbers()
    if isinstance(item, str) and item in names:
        return names[item]
    size = header.lot.size
    if isinstance(item, bool) or not isinstance(item, int) or not 1 <= item <= size:
        allowed = "a name in the header" if names else f"a number from 1 to {size}"
        raise DomainError(f"item must be {allowed}, got {short_repr(item)}", value=item)
    return item


def row_of(cells: Mapping[str, object], header: InspectionHeader) -> LogRow:
    """Return a row from its cells, with the number of its item; errors are those of a log.

    An item with its carton, SKU, photograph or note, and without a finding, is OK.
    """
    if cells.keys() == {"item"}:
        return LogRow(item=cast("int", cells["item"]))
    says = {"term", "class", "value"} & cells.keys()
    (row,) = _parsed([cells if says else {**cells, "value": "OK"}], header)
    return row


def rows_of(
    entries: Mapping[int, Mapping[str, object]], header: InspectionHeader, path: Path
) -> dict[int, LogRow]:
    """Return the row of each entry that records one; all are read at once, which is several times faster.

    Raises
    ------
    AqlError
        If an entry has no valid row; it names the line.
    """
    found: dict[int, LogRow] = {}
    cells: dict[int, Mapping[str, object]] = {}
    for number, entry in entries.items():
        with naming_line(number, path):
            own = object_of(entry["record"], "a record")
            item = item_number(own.get("item"), header)
            if own.keys() == {"item"}:
                found[number] = LogRow(item=item)
            else:
                cells[number] = own
    try:
        found.update(zip(cells, _parsed(list(cells.values()), header), strict=True))
    except LogError as error:
        first = error.problems[0]
        with naming_line(list(cells)[(first.row or 1) - 1], path):
            raise ValueError(str(first)) from error
    return found


def object_of(value: object, what: str) -> Mapping[str, object]:
    """Return a value that must be a JSON object; raise TypeError if it is not."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{what} must be a JSON object")
    return value


@contextmanager
def naming_line(number: int, path: Path) -> Iterator[None]:
    """Name the line of an entry that is not an event of the recording."""
    try:
        yield
    except (AqlError, TypeError, KeyError, ValueError) as error:
        raise AqlError(
            f"line {number + 1} of {str(path)!r} must be an event of this recording: {error}",
            todo="Restore the file from a copy; nothing in it was changed",
            code="bad-file",
            file=str(path),
            row=number + 1,
        ) from error


def _parsed(rows: Sequence[Mapping[str, object]], header: InspectionHeader) -> tuple[LogRow, ...]:
    """Rows from their cells, which say more than that an item was inspected."""
    visit = header.inspection.model_copy(update={"inspected": header.lot.size, "items": ()})
    numbered = header.model_copy(update={"inspection": visit})
    return read_log(numbered, None, findings=None, rows=[dict(one) for one in rows])
