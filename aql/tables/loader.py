"""The strict loader of the tables: any invalid cell raises an error with file and line.

The CSV files are in ``tables/`` of the project; the installed package contains them. Each begins with its provenance.
Tables are read when they are first needed, and are read-only.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import cast, get_args

from aql.errors import TableError
from aql.tables.printed import (
    Band,
    Editions,
    LimitMark,
    LimitNumber,
    Mark,
    MasterTable,
    PrintedCell,
    Provenance,
)
from aql.types import Level
from aql.words import either, listed, plural

__all__ = [
    "Row",
    "bad_table",
    "code_letters",
    "column_count",
    "disputed_cells",
    "editions",
    "limit_numbers",
    "master_table",
    "read_table",
    "tables_checksum",
    "tables_dir",
    "whole",
]


@cache
def editions() -> Editions:
    """Load ``editions.toml``: the editions, their other names, and standards that are not offered."""
    path = tables_dir() / "editions.toml"
    return cast(Editions, tomllib.loads(path.read_text("utf-8")))


@cache
def code_letters(folder: str) -> tuple[Provenance, tuple[Band, ...]]:
    """Load the table of code letters of a folder; every level must cover all lot sizes from 2 without gaps."""
    file = f"{folder}/code_letters.csv"
    provenance, rows = read_table(file, ("lot_min", "lot_max", "level", "letter"))
    bands: list[Band] = []
    reached: dict[str, int | None] = {}
    for line, row in rows:
        first = whole(file, line, "lot_min", row)
        last = whole(file, line, "lot_max", row) if row["lot_max"] else None
        level = cast(Level, row["level"])
        expected = reached.get(level, 1)
        if expected is None or first != expected + 1 or (last is not None and last < first):
            raise bad_table(
                file, line, f"the bands of a level must start at 2 and have no gaps, got {first} to {last}"
            )
        if len(row["letter"]) != 1 or row["letter"] not in "ABCDEFGHJKLMNPQR":
            raise bad_table(
                file, line, f"letter must be A to R without I and O, got {row['letter']!r}", "letter"
            )
        reached[level] = last
        bands.append(Band(first, last, level, row["letter"]))
    if any(last is not None for last in reached.values()):
        raise bad_table(file, 0, "the last band of a level must have no upper end")
    return provenance, tuple(bands)


@cache
def master_table(folder: str, name: str) -> MasterTable:
    """Load a master table by its file name, such as ``single_normal``."""
    file = f"{folder}/{name}.csv"
    kind = name.partition("_")[0]
    if kind in {"single", "fractional"}:
        columns: tuple[str, ...] = ("letter", "n", "aql", "cell", "ac", "re")
        stages = 0
    elif kind == "double":
        columns = ("letter", "aql", "cell", "n1", "n2", "ac1", "re1", "ac2", "re2")
        stages = 2
    else:
        stages = (column_count(file) - 4) // 2
        pairs = [f"{what}{stage}" for stage in range(1, stages + 1) for what in ("ac", "re")]
        columns = ("letter", "aql", "cell", "n_stage", *pairs)
    provenance, rows = read_table(file, columns)
    cells: dict[tuple[str, str], PrintedCell] = {}
    sizes: dict[str, int] = {}
    for line, row in rows:
        key = row["letter"], row["aql"]
        if key in cells:
            raise bad_table(file, line, f"cell {key[0]}, {key[1]} appears twice")
        cells[key] = _cell(file, line, row, kind=kind, stages=stages)
        if "n" in row and sizes.setdefault(row["letter"], whole(file, line, "n", row)) != int(row["n"]):
            said = f"n of letter {row['letter']} must be {sizes[row['letter']]}, got {row['n']}"
            raise bad_table(file, line, said, "n")
    letters = tuple(dict.fromkeys(letter for letter, _ in cells))
    aqls = tuple(dict.fromkeys(aql for _, aql in cells))
    if list(cells) != [(letter, aql) for letter in letters for aql in aqls]:
        raise bad_table(file, 0, "every letter must have a row for every AQL, in order")
    return MasterTable(provenance, letters, aqls, MappingProxyType(cells), MappingProxyType(sizes))


@cache
def disputed_cells(folder: str) -> Mapping[tuple[str, str, str], str]:
    """Load the second readings of an edition's cells, keyed by table file, letter and AQL.

    Instead of a letter, the phrase "all Ac=1 cells" means every plan of the table with that acceptance number.
    """
    file = f"{folder}/disputed_cells.csv"
    if not (tables_dir() / file).is_file():
        return MappingProxyType({})
    _, rows = read_table(file, ("table", "letter", "aql", "value_here", "other_reading", "other_source"))
    readings: dict[tuple[str, str, str], str] = {}
    for line, row in rows:
        table = master_table(folder, row["table"])
        reading = f"{row['other_reading']} ({row['other_source']})"
        if row["letter"] == "all Ac=1 cells" and row["aql"] == "all":
            keys = [key for key, cell in table.cells.items() if cell.mark == "plan" and cell.ac[-1] == 1]
        else:
            keys = [(row["letter"], row["aql"])]
        for key in keys:
            if key not in table.cells:
                raise bad_table(file, line, f"{row['table']} has no cell {key[0]}, {key[1]}")
            readings[(row["table"], *key)] = reading
    return MappingProxyType(readings)


@cache
def limit_numbers(folder: str) -> tuple[Provenance, tuple[LimitNumber, ...]]:
    """Load the limit numbers for reduced inspection; they are unverified according to their provenance."""
    file = f"{folder}/limit_numbers.csv"
    provenance, rows = read_table(file, ("units_min", "units_max", "aql", "cell", "limit"))
    found = []
    for line, row in rows:
        mark = row["cell"]
        if mark not in {"number", "star", "blank"} or (mark == "number") != bool(row["limit"]):
            said = f"cell must be a number with a limit, star or blank, got {mark!r} with {row['limit']!r}"
            raise bad_table(file, line, said, "cell")
        last = whole(file, line, "units_max", row) if row["units_max"] else None
        limit = whole(file, line, "limit", row) if row["limit"] else None
        first = whole(file, line, "units_min", row)
        found.append(LimitNumber(first, last, row["aql"], cast(LimitMark, mark), limit))
    return provenance, tuple(found)


def _cell(file: str, line: int, row: Mapping[str, str], *, kind: str, stages: int) -> PrintedCell:
    mark = row["cell"]
    if mark not in get_args(Mark):
        raise bad_table(file, line, f"cell must be {either(get_args(Mark))}, got {mark!r}", "cell")
    numbers = [name for name in row if name[:2] in {"ac", "re"}]
    if mark != "plan":
        filled = [name for name in numbers if row[name]]
        if filled:
            said = f"{filled[0]} must be empty in a row with the mark {mark}, got {row[filled[0]]!r}"
            raise bad_table(file, line, said, filled[0])
        return PrintedCell(cast(Mark, mark))
    if kind == "fractional" and "/" in row["ac"]:
        return PrintedCell("plan", (whole(file, line, "n", row),), (row["ac"],), (None,))
    if stages == 0:
        n: tuple[int, ...] = (whole(file, line, "n", row),)
    elif kind == "double":
        n = (whole(file, line, "n1", row), whole(file, line, "n2", row))
    else:
        n = (whole(file, line, "n_stage", row),) * stages
    ends = [""] if stages == 0 else [str(stage) for stage in range(1, stages + 1)]
    ac = tuple(None if row[f"ac{end}"] == "#" else whole(file, line, f"ac{end}", row) for end in ends)
    re = tuple(whole(file, line, f"re{end}", row) for end in ends)
    accepting = [number for number in ac if number is not None]
    rising = accepting == sorted(accepting) and list(re) == sorted(re)
    apart = all(number is None or number < reject for number, reject in zip(ac, re, strict=True))
    if ac[-1] is None or not rising or not apart or min(n) < 1:
        said = "Ac must be below Re, neither may decrease, and the last Ac must be a number"
        raise bad_table(file, line, f"{said}, got n {n}, Ac {ac}, Re {re}")
    return PrintedCell("plan", n, ac, re)


def whole(file: str, line: int, column: str, row: Mapping[str, str]) -> int:
    """Return the whole number in a column of a row of a table file."""
    text = row[column]
    if not (text.isascii() and text.isdigit()):
        raise bad_table(file, line, f"{column} must be a whole number, got {text!r}", column)
    return int(text)


Row = tuple[int, dict[str, str]]
"""A line number of a file, and the values in that line by column."""

_HEADER_KEYS = ("standard", "edition", "table", "title", "evidence", "adoptions")


@cache
def tables_dir() -> Path:
    """Folder of the table files: inside the installed package, or next to the package in a checkout.

    Returns
    -------
    Path
        The folder that contains ``editions.toml``.

    Raises
    ------
    TableError
        If the folder is in neither place.

    Examples
    --------
    >>> (tables_dir() / "editions.toml").is_file()
    True
    """
    package = Path(__file__).parents[1]
    return _first_folder((package / "_tables", package.parent / "tables"))


def _first_folder(places: tuple[Path, ...]) -> Path:
    for place in places:
        if (place / "editions.toml").is_file():
            return place
    raise TableError(f"there are no tables in {listed(places, last='or')}", todo="Reinstall aql-sampling")


@cache
def tables_checksum() -> str:
    """Return the SHA-256 of the names and contents of all table files.

    Returns
    -------
    str
        64 hexadecimal digits, identical in a checkout and in an installed package.

    Examples
    --------
    >>> len(tables_checksum())
    64
    """
    folder = tables_dir()
    digest = hashlib.sha256()
    files = [path for path in folder.rglob("*") if path.suffix in {".csv", ".toml"}]
    for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def column_count(file: str) -> int:
    """Return the number of columns of a table file."""
    return next((len(line.split(",")) for line in _lines(file) if not line.startswith("#")), 0)


def _lines(file: str) -> Iterator[str]:
    try:
        yield from (tables_dir() / file).read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        raise TableError(f"tables/{file} is missing", todo="Reinstall aql-sampling", file=file) from error


def read_table(file: str, columns: tuple[str, ...]) -> tuple[Provenance, list[Row]]:
    """Return the provenance and the rows of a table file, whose columns must be exactly `columns`."""
    lines = list(_lines(file))
    head: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.startswith("#"):
            break
        key, colon, text = line[1:].partition(":")
        if not colon or not text.strip():
            raise bad_table(file, number, f"a header line must be '# key: text', got {line!r}")
        head[key.strip()] = text.strip()
    if tuple(head) != _HEADER_KEYS:
        raise bad_table(
            file, 1, f"the header must have {listed(_HEADER_KEYS)}, got {', '.join(head) or 'nothing'}"
        )
    start = len(head)
    names = tuple(lines[start].split(",")) if len(lines) > start else ()
    if names != columns:
        raise bad_table(file, start + 1, f"the columns must be {','.join(columns)}, got {','.join(names)}")
    rows: list[Row] = []
    for number, values in enumerate(csv.reader(lines[start + 1 :]), start=start + 2):
        if len(values) != len(columns):
            raise bad_table(
                file, number, f"a row must have {plural(len(columns), 'value')}, got {len(values)}"
            )
        rows.append((number, dict(zip(columns, values, strict=True))))
    checksum = hashlib.sha256((tables_dir() / file).read_bytes()).hexdigest()
    return Provenance(**head, file=file, sha256=checksum), rows


def bad_table(file: str, line: int, problem: str, column: str | None = None) -> TableError:
    """Return the error for a line of a table file."""
    place = f"tables/{file}, line {line}" if line else f"tables/{file}"
    todo = "Restore the file from the project, or correct it with a source"
    return TableError(f"{place}: {problem}", todo=todo, file=file, row=line or None, column=column)
