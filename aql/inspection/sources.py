"""Reading findings from files and frames into plain text cells, each with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from aql.errors import AqlError, LogError, MissingExtraError, Problem
from aql.inspection.header import FindingsSource
from aql.spreadsheet import load_openpyxl, unguarded

__all__ = ["COLUMNS", "RawLog", "read_file", "read_frame", "read_records"]

COLUMNS = ("lot", "item", "term", "class", "value", "unit", "count", "note")
"""Columns a log may have."""


@dataclass(frozen=True, slots=True)
class RawLog:
    """A log as text: its name, its columns, and its rows with their numbers."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_file(path: Path, how: FindingsSource) -> RawLog:
    """Read a findings file by its ending: CSV or text, Parquet, or a workbook.

    Parameters
    ----------
    path : Path
        The file.
    how : FindingsSource
        Delimiter, decimal mark, encoding and sheet.

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
    if not path.is_file():
        raise AqlError(
            f"findings file {path.name!r} does not exist", "", "Check its name in [findings]", file=path.name
        )
    kind = path.suffix.lower()
    if kind in {".csv", ".txt", ".tsv"}:
        return _read_csv(path, how)
    if kind == ".parquet":
        return _read_parquet(path, how)
    if kind == ".xlsx":
        return _read_workbook(path, how)
    raise AqlError(
        f"findings file {path.name!r} is of a kind that is not read",
        "findings stand in a .csv, .tsv, .txt, .parquet or .xlsx file",
        "Save them as one of these",
        file=path.name,
    )


def _read_csv(path: Path, how: FindingsSource) -> RawLog:
    data = path.read_bytes()
    try:
        text = data.decode(how.encoding)
    except UnicodeDecodeError as error:
        found = f"byte {data[error.start]:#04x} at place {error.start} is not {how.encoding}; declare the encoding"
        raise LogError(
            path.name, [Problem(path.name, f'{found}, as encoding = "cp1252" under [findings]')]
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
        problem = Problem(f"{path.name}, row {start}", f"the text is no CSV: {error}. Check its quotes")
        raise LogError(path.name, [problem]) from None
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        raise LogError(path.name, [Problem(path.name, "the file is empty; its first row names the columns")])
    _, names = filled[0]
    while names and not names[-1]:
        names = names[:-1]
    columns = tuple(name.casefold() for name in names)
    problems: list[Problem] = []
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in filled[1:]:
        extra = [cell for cell in cells[len(columns) :] if cell]
        if len(cells) < len(columns) or extra:
            problems.append(
                Problem(
                    f"{path.name}, row {number}",
                    f"{len(cells)} cells under {len(columns)} columns; every row has a cell for every column. "
                    "Quote a cell that holds the delimiter",
                )
            )
        rows.append((number, tuple(unguarded(cell) for cell in cells[: len(columns)])))
    if problems:
        raise LogError(path.name, problems)
    return RawLog(path.name, columns, tuple(rows))


def _read_parquet(path: Path, how: FindingsSource) -> RawLog:
    try:
        from pyarrow import parquet
    except ImportError:
        raise MissingExtraError("reading Parquet needs pyarrow", "parquet") from None
    return read_frame(parquet.read_table(path), path.name, how)


def _read_workbook(path: Path, how: FindingsSource) -> RawLog:
    openpyxl = load_openpyxl()
    values = openpyxl.load_workbook(path, data_only=True)
    if how.sheet is None and len(values.sheetnames) > 1 and "Log" not in values.sheetnames:
        raise AqlError(
            f"workbook {path.name!r} has sheets {', '.join(values.sheetnames)}",
            "the findings stand in one of them",
            'Name it in [findings], as sheet = "Log"',
            file=path.name,
        )
    sheet = how.sheet or ("Log" if "Log" in values.sheetnames else values.sheetnames[0])
    if sheet not in values.sheetnames:
        raise AqlError(
            f"workbook {path.name!r} has no sheet {sheet!r}",
            f"it has {', '.join(values.sheetnames)}",
            "Name one of them in [findings]",
            file=path.name,
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
                problems.append(Problem(f"{path.name}, cell {cell.coordinate}", problem))
        rows.append((number, [cell.value for cell in cells]))
    if problems:
        raise LogError(path.name, problems)
    texts = [(number, [_text(value, how.decimal) for value in values]) for number, values in rows]
    filled = [(number, values) for number, values in texts if any(values)]
    if not filled:
        raise LogError(path.name, [Problem(f"{path.name}, sheet {sheet}", "the sheet is empty")])
    width = max(place for place, name in enumerate(filled[0][1], start=1) if name)
    columns = tuple(name.casefold() for name in filled[0][1][:width])
    over = [number for number, values in filled[1:] if any(values[width:])]
    if over:
        problem = "a cell stands beyond the named columns. Name its column, or clear it"
        raise LogError(path.name, [Problem(f"{path.name}, row {number}", problem) for number in over])
    return RawLog(path.name, columns, tuple((number, tuple(values[:width])) for number, values in filled[1:]))


def read_frame(frame: Any, name: str, how: FindingsSource) -> RawLog:
    """Read findings from any frame that narwhals knows (pandas, polars, pyarrow, ...); rows count from 1."""
    import narwhals.stable.v2 as nw

    eager = nw.from_native(frame)
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
    columns = tuple(dict.fromkeys(str(key) for record in listed for key in record))
    rows = [
        (number, tuple(_text(record.get(column), how.decimal) for column in columns))
        for number, record in enumerate(listed, start=1)
    ]
    return RawLog("findings", columns, tuple(row for row in rows if any(row[1])))


def _text(value: Any, decimal: str) -> str:
    """The text of a cell as it would stand in a CSV file with this decimal mark."""
    if value is None or value != value or type(value).__name__ in {"NAType", "NaTType"}:  # noqa: PLR0124
        return ""
    if type(value).__name__ in {"bool", "bool_"}:
        return "yes" if value else "no"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", decimal)
    if not isinstance(value, (str, bytes)) and hasattr(value, "__float__"):
        number = Decimal(str(value))
        whole = number.is_finite() and number == number.to_integral_value()
        return (f"{number.quantize(Decimal(1)):f}" if whole else f"{number:f}").replace(".", decimal)
    return str(value).strip()


def paths_of(how: FindingsSource, folder: Path | None) -> Iterator[Path]:
    """The findings files of a header, each checked to stand inside the header's folder."""
    home = (folder or Path()).resolve()
    for name in how.file:
        path = (home / name).resolve()
        if not path.is_relative_to(home):
            raise AqlError(
                f"findings file {name!r} leads out of the header's folder",
                "findings stand in that folder or below it",
                "Copy the file there",
                file=name,
            )
        yield path
