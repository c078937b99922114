"""Reading findings from files and frames into plain text cells, each with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from aql.documents.spreadsheet import load_openpyxl, unguarded
from aql.errors import AqlError, LogError, MissingExtraError, Problem
from aql.inspection.header import FindingsSource

__all__ = ["COLUMNS", "RawLog", "read_file", "read_frame", "read_records"]

COLUMNS = ("lot", "item", "term", "class", "value", "unit", "count", "note")
"""Columns a log may have."""


@dataclass(frozen=True, slots=True)
class RawLog:
    """A log as text: its name, its columns, its rows with their numbers, and the rows of a wrong width."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    misfits: tuple[Problem, ...] = ()


def read_file(path: Path, how: FindingsSource, *, name: str | None = None) -> RawLog:
    """Read a findings file by its ending: CSV or text, Parquet, or a workbook.

    Parameters
    ----------
    path : Path
        The file.
    how : FindingsSource
        Delimiter, decimal mark, encoding and sheet.
    name : str, optional
        Name for the errors; the file's own unless said.

    Returns
    -------
    RawLog
        The cells as text, stripped of blanks at their ends.

    Raises
    ------
    AqlError
        If the file is missing or of another kind.
    LogError
        If its text cannot be read.
    """
    called = name or path.name
    if not path.is_file():
        raise AqlError(
            f"findings file {called!r} does not exist", "", "Check its name in [findings]", file=called
        )
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise AqlError(
            f"findings file {called!r} is of a kind that is not read",
            "findings stand in a .csv, .tsv, .txt, .parquet or .xlsx file",
            "Save them as one of these",
            file=called,
        )
    return reader(path, how, called)


def _unreadable(called: str, kind: str, error: Exception) -> AqlError:
    what = f"findings file {called!r} is no {kind}: {error}"
    return AqlError(what.rstrip("."), "", "Save it again from the program that made it", file=called)


def _read_csv(path: Path, how: FindingsSource, called: str) -> RawLog:
    data = path.read_bytes()
    try:
        text = data.decode(how.encoding)
    except UnicodeDecodeError as error:
        found = f"byte {data[error.start]:#04x} at place {error.start} is not {how.encoding}; declare the encoding"
        raise LogError(
            called, [Problem(called, f'{found}, as encoding = "cp1252" under [findings]')]
        ) from None
    reader = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=how.delimiter, strict=True
    )
    lines: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            lines.append((start, [cell.strip() for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as error:
        problem = Problem(f"{called}, row {start}", f"the text is no CSV: {error}. Check its quotes")
        raise LogError(called, [problem]) from None
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        raise LogError(called, [Problem(called, "the file is empty; its first row names the columns")])
    _, names = filled[0]
    while names and not names[-1]:
        names = names[:-1]
    columns = tuple(name.casefold() for name in names)
    misfits: list[Problem] = []
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in filled[1:]:
        extra = [cell for cell in cells[len(columns) :] if cell]
        if len(cells) < len(columns) or extra:
            what = _misfit(len(cells), len(columns), how.delimiter)
            misfits.append(Problem(f"{called}, row {number}", what))
        else:
            rows.append((number, tuple(unguarded(cell) for cell in cells[: len(columns)])))
    return RawLog(called, columns, tuple(rows), tuple(misfits))


def _misfit(cells: int, columns: int, delimiter: str) -> str:
    came = f"{cells} {'cell' if cells == 1 else 'cells'} under {columns} columns"
    if cells > columns:
        return f"{came}; every row has a cell for every column. Quote a cell that holds the delimiter"
    missing = columns - cells
    what = repr(delimiter * missing)
    if delimiter == "\t":
        what = "a tab" if missing == 1 else f"{missing} tabs"
    last, it = ("cell is", "it is") if missing == 1 else (f"{missing} cells are", "they are")
    return f"{came}; the last {last} missing. Add {what} at the end of the row where {it} empty"


def _read_parquet(path: Path, how: FindingsSource, called: str) -> RawLog:
    try:
        from pyarrow import parquet
    except ImportError:
        raise MissingExtraError("reading Parquet needs pyarrow", "parquet") from None
    try:
        table = parquet.read_table(path)
    except (OSError, ValueError) as error:
        raise _unreadable(called, "Parquet file", error) from None
    return read_frame(table, called, how)


def _read_workbook(path: Path, how: FindingsSource, called: str) -> RawLog:
    openpyxl = load_openpyxl()
    try:
        values = openpyxl.load_workbook(path, data_only=True)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise _unreadable(called, "workbook", error) from None
    if how.sheet is None and len(values.sheetnames) > 1 and "Log" not in values.sheetnames:
        raise AqlError(
            f"workbook {called!r} has sheets {', '.join(values.sheetnames)}",
            "the findings stand in one of them",
            'Name it in [findings], as sheet = "Log"',
            file=called,
        )
    sheet = how.sheet or ("Log" if "Log" in values.sheetnames else values.sheetnames[0])
    if sheet not in values.sheetnames:
        raise AqlError(
            f"workbook {called!r} has no sheet {sheet!r}",
            f"it has {', '.join(values.sheetnames)}",
            "Name one of them in [findings]",
            file=called,
        )
    formulas = openpyxl.load_workbook(path)[sheet]
    rows: list[tuple[int, list[Any]]] = []
    problems: list[Problem] = []
    for number, cells in enumerate(values[sheet].iter_rows(), start=1):
        for cell in cells:
            if cell.value is None and formulas[cell.coordinate].data_type == "f":
                problem = (
                    "holds a formula that was never computed. Save the workbook in a spreadsheet program"
                )
                problems.append(Problem(f"{called}, cell {cell.coordinate}", problem))
        rows.append((number, [cell.value for cell in cells]))
    if problems:
        raise LogError(called, problems)
    texts = [(number, [_text(value, how.decimal) for value in values]) for number, values in rows]
    filled = [(number, values) for number, values in texts if any(values)]
    if not filled:
        raise LogError(called, [Problem(f"{called}, sheet {sheet}", "the sheet is empty")])
    width = max(place for place, name in enumerate(filled[0][1], start=1) if name)
    columns = tuple(name.casefold() for name in filled[0][1][:width])
    over = [number for number, values in filled[1:] if any(values[width:])]
    if over:
        problem = "a cell stands beyond the named columns. Name its column, or clear it"
        raise LogError(called, [Problem(f"{called}, row {number}", problem) for number in over])
    return RawLog(called, columns, tuple((number, tuple(values[:width])) for number, values in filled[1:]))


_READERS: dict[str, Callable[[Path, FindingsSource, str], RawLog]] = {
    ".csv": _read_csv,
    ".txt": _read_csv,
    ".tsv": _read_csv,
    ".parquet": _read_parquet,
    ".xlsx": _read_workbook,
}


def read_frame(frame: Any, name: str, how: FindingsSource) -> RawLog:
    """Read findings from any frame that narwhals knows (pandas, polars, pyarrow, ...); rows count from 1."""
    import narwhals.stable.v2 as nw
    from narwhals.exceptions import DuplicateError

    try:
        eager = nw.from_native(frame)
    except DuplicateError:
        names = [str(column).strip().casefold() for column in frame.columns]
        return RawLog(name, tuple(names), ())
    if isinstance(eager, nw.LazyFrame):
        eager = eager.collect()
    columns = tuple(str(column).strip().casefold() for column in eager.columns)
    cells = (tuple(_text(value, how.decimal) for value in row) for row in eager.rows())
    return RawLog(
        name, columns, tuple((number, row) for number, row in enumerate(cells, start=1) if any(row))
    )


def read_records(records: Iterable[Mapping[str, Any]], how: FindingsSource) -> RawLog:
    """Read findings from mappings of column to value; rows count from 1."""
    listed = list(records)
    keys = tuple(dict.fromkeys(key for record in listed for key in record))
    columns = tuple(str(key).strip().casefold() for key in keys)
    rows = [
        (number, tuple(_text(record.get(key), how.decimal) for key in keys))
        for number, record in enumerate(listed, start=1)
    ]
    return RawLog("findings", columns, tuple(row for row in rows if any(row[1])))


def _text(value: Any, decimal: str) -> str:
    """The text of a cell as it would stand in a CSV file with this decimal mark."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return ""
    if type(value).__name__ in {"bool", "bool_"}:
        return "yes" if value else "no"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (str, bytes)) or not hasattr(value, "__float__"):
        return str(value).strip()
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if number.is_nan():
        return ""
    whole = number.is_finite() and number == number.to_integral_value()
    return (f"{number.quantize(Decimal(1)):f}" if whole else f"{number:f}").replace(".", decimal)


def paths_of(how: FindingsSource, folder: Path | None) -> Iterator[tuple[Path, str]]:
    """The findings files of a header, each inside the header's folder and named once."""
    home = (folder or Path()).resolve()
    seen: set[Path] = set()
    for name in how.file:
        path = (home / name).resolve()
        if not path.is_relative_to(home):
            raise AqlError(
                f"findings file {name!r} leads out of the header's folder",
                "findings stand in that folder or below it",
                "Copy the file there",
                file=name,
            )
        if path in seen:
            raise AqlError(
                f"findings file {name!r} is named twice",
                "every defect in it would count twice",
                "Name it once in [findings]",
                file=name,
            )
        seen.add(path)
        yield path, name
