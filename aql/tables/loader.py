"""The strict loader of the tables: every cell parses, or the load raises and names file and line.

The tables are sourced documents: comment lines with the provenance, then one row for every printed cell. They
stand in ``tables/`` of the project and inside the package once it is installed. Nothing is read before it is
asked for, and what is read is read-only.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from aql.errors import TableError

__all__ = [
    "Band",
    "LimitNumber",
    "MasterTable",
    "PrintedCell",
    "Provenance",
    "code_letters",
    "disputed_cells",
    "edition_records",
    "limit_numbers",
    "master_table",
    "tables_checksum",
    "tables_dir",
]

Mark = Literal["plan", "down", "up", "single", "double", "blank"]
Row = tuple[int, dict[str, str]]

_HEADER_KEYS = ("standard", "edition", "table", "title", "evidence", "adoptions")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a table comes from and how far it can be trusted: the head of its file.

    Attributes
    ----------
    standard, edition, table, title : str
        The printed table.
    evidence : str
        How its numbers were checked.
    adoptions : str
        Standards that print the same table.
    file : str
        The file below ``tables/``.
    sha256 : str
        Checksum of that file.
    """

    standard: str
    edition: str
    table: str
    title: str
    evidence: str
    adoptions: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the table of code letters: lots of `first` to `last` items (None: and over) at a level."""

    first: int
    last: int | None
    level: str
    letter: str


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One printed cell: its mark and, where it holds a plan, sample sizes and numbers by stage.

    `ac` is None at a stage that does not permit acceptance; it is text (``"1/3"``) in the fractional tables,
    whose `re` is None.
    """

    mark: Mark
    n: tuple[int, ...] = ()
    ac: tuple[int | str | None, ...] = ()
    re: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class MasterTable:
    """A master table: its provenance, its letters and AQLs in printed order, and its cells.

    `sample_sizes` is the letter's own sample size; empty for double and multiple tables, which print theirs in
    the cells.
    """

    provenance: Provenance
    letters: tuple[str, ...]
    aqls: tuple[str, ...]
    cells: Mapping[tuple[str, str], PrintedCell]
    sample_sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LimitNumber:
    """One cell of the limit numbers, for samples of `first` to `last` items together (None: and over).

    `mark` is ``"number"``; ``"star"`` where more than ten lots are needed; ``"blank"`` where nothing is printed.
    """

    first: int
    last: int | None
    aql: str
    mark: Literal["number", "star", "blank"]
    limit: int | None


@cache
def tables_dir() -> Path:
    """Folder of the tables: inside the installed package, or beside it in a checkout.

    Returns
    -------
    Path
        The folder that holds ``editions.toml``.

    Raises
    ------
    TableError
        If neither place holds it.

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
    raise TableError(
        "the tables were not found",
        "looked in " + " and ".join(str(place) for place in places),
        "Install aql-sampling again",
    )


@cache
def tables_checksum() -> str:
    """SHA-256 over the names and contents of all files of the tables.

    Returns
    -------
    str
        64 hexadecimal digits; the same in a checkout and in an installed package.

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


@cache
def edition_records() -> tuple[Mapping[str, Any], ...]:
    """The records of ``editions.toml``, in order."""
    path = tables_dir() / "editions.toml"
    return tuple(MappingProxyType(record) for record in tomllib.loads(path.read_text("utf-8"))["edition"])


@cache
def code_letters(folder: str) -> tuple[Provenance, tuple[Band, ...]]:
    """The table of code letters of an edition's folder: every level covers 2 and over without a gap."""
    file = f"{folder}/code_letters.csv"
    provenance, rows = _read(file, ("lot_min", "lot_max", "level", "letter"))
    bands: list[Band] = []
    reached: dict[str, int | None] = {}
    for line, row in rows:
        first = _whole(file, line, "lot_min", row)
        last = _whole(file, line, "lot_max", row) if row["lot_max"] else None
        expected = reached.get(row["level"], 1)
        if expected is None or first != expected + 1 or (last is not None and last < first):
            raise _bad(file, line, f"band {first} to {last}", "bands of a level follow each other from 2")
        if len(row["letter"]) != 1 or row["letter"] not in "ABCDEFGHJKLMNPQR":
            raise _bad(file, line, f"letter {row['letter']!r}", "one letter A to R without I and O")
        reached[row["level"]] = last
        bands.append(Band(first, last, row["level"], row["letter"]))
    if any(last is not None for last in reached.values()):
        raise _bad(file, 0, "a level has no open last band", "the last band is open")
    return provenance, tuple(bands)


@cache
def master_table(folder: str, name: str) -> MasterTable:
    """A master table by the name of its file, such as ``single_normal``."""
    file = f"{folder}/{name}.csv"
    kind = name.partition("_")[0]
    if kind in {"single", "fractional"}:
        columns: tuple[str, ...] = ("letter", "n", "aql", "cell", "ac", "re")
        stages = 0
    elif kind == "double":
        columns = ("letter", "aql", "cell", "n1", "n2", "ac1", "re1", "ac2", "re2")
        stages = 2
    else:
        stages = (_column_count(file) - 4) // 2
        pairs = [f"{what}{stage}" for stage in range(1, stages + 1) for what in ("ac", "re")]
        columns = ("letter", "aql", "cell", "n_stage", *pairs)
    provenance, rows = _read(file, columns)
    cells: dict[tuple[str, str], PrintedCell] = {}
    sizes: dict[str, int] = {}
    for line, row in rows:
        key = row["letter"], row["aql"]
        if key in cells:
            raise _bad(file, line, f"a second cell {key[0]}, {key[1]}", "every cell stands once")
        cells[key] = _cell(file, line, row, kind=kind, stages=stages)
        if "n" in row and sizes.setdefault(row["letter"], _whole(file, line, "n", row)) != int(row["n"]):
            raise _bad(file, line, f"n {row['n']}", f"letter {row['letter']} has n {sizes[row['letter']]}")
    letters = tuple(dict.fromkeys(letter for letter, _ in cells))
    aqls = tuple(dict.fromkeys(aql for _, aql in cells))
    if list(cells) != [(letter, aql) for letter in letters for aql in aqls]:
        raise _bad(file, 0, "the rows are no full grid", "every letter has a row for every AQL, in order")
    return MasterTable(provenance, letters, aqls, MappingProxyType(cells), MappingProxyType(sizes))


@cache
def disputed_cells(folder: str) -> Mapping[tuple[str, str, str], str]:
    """Second readings of an edition's cells, keyed by table file, letter and AQL.

    A letter that is a phrase ("all Ac=1 cells") stands for every plan of the table that it describes.
    """
    file = f"{folder}/disputed_cells.csv"
    if not (tables_dir() / file).is_file():
        return MappingProxyType({})
    _, rows = _read(file, ("table", "letter", "aql", "value_here", "other_reading", "other_source"))
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
                raise _bad(file, line, f"cell {key[0]}, {key[1]}", f"a cell of {row['table']}")
            readings[(row["table"], *key)] = reading
    return MappingProxyType(readings)


@cache
def limit_numbers(folder: str) -> tuple[Provenance, tuple[LimitNumber, ...]]:
    """The limit numbers for reduced inspection; unverified, as their provenance says."""
    file = f"{folder}/limit_numbers.csv"
    provenance, rows = _read(file, ("units_min", "units_max", "aql", "cell", "limit"))
    found = []
    for line, row in rows:
        mark = row["cell"]
        if mark not in {"number", "star", "blank"} or (mark == "number") != bool(row["limit"]):
            raise _bad(
                file, line, f"cell {mark!r} with limit {row['limit']!r}", "number with a limit, star or blank"
            )
        last = _whole(file, line, "units_max", row) if row["units_max"] else None
        limit = _whole(file, line, "limit", row) if row["limit"] else None
        first = _whole(file, line, "units_min", row)
        found.append(LimitNumber(first, last, row["aql"], cast(Any, mark), limit))
    return provenance, tuple(found)


def _cell(file: str, line: int, row: Mapping[str, str], *, kind: str, stages: int) -> PrintedCell:
    mark = row["cell"]
    if mark not in get_args(Mark):
        raise _bad(file, line, f"cell {mark!r}", "one of " + ", ".join(get_args(Mark)))
    numbers = [name for name in row if name[:2] in {"ac", "re"}]
    if mark != "plan":
        filled = [name for name in numbers if row[name]]
        if filled:
            raise _bad(file, line, f"{filled[0]} {row[filled[0]]!r}", f"nothing beside the mark {mark}")
        return PrintedCell(cast(Mark, mark))
    if kind == "fractional" and "/" in row["ac"]:
        return PrintedCell("plan", (_whole(file, line, "n", row),), (row["ac"],), (None,))
    if stages == 0:
        n: tuple[int, ...] = (_whole(file, line, "n", row),)
    elif kind == "double":
        n = (_whole(file, line, "n1", row), _whole(file, line, "n2", row))
    else:
        n = (_whole(file, line, "n_stage", row),) * stages
    ends = [""] if stages == 0 else [str(stage) for stage in range(1, stages + 1)]
    ac = tuple(None if row[f"ac{end}"] == "#" else _whole(file, line, f"ac{end}", row) for end in ends)
    re = tuple(_whole(file, line, f"re{end}", row) for end in ends)
    accepting = [number for number in ac if number is not None]
    rising = accepting == sorted(accepting) and list(re) == sorted(re)
    apart = all(number is None or number < reject for number, reject in zip(ac, re, strict=True))
    if ac[-1] is None or not rising or not apart or min(n) < 1:
        raise _bad(
            file, line, f"plan n {n}, Ac {ac}, Re {re}", "Ac below Re, both rising, the last Ac a number"
        )
    return PrintedCell("plan", n, ac, re)


def _column_count(file: str) -> int:
    return next((len(line.split(",")) for line in _lines(file) if not line.startswith("#")), 0)


def _lines(file: str) -> Iterator[str]:
    try:
        yield from (tables_dir() / file).read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        raise TableError(f"tables/{file} is missing", "", "Install aql-sampling again", file=file) from error


def _read(file: str, columns: tuple[str, ...]) -> tuple[Provenance, list[Row]]:
    lines = list(_lines(file))
    head: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.startswith("#"):
            break
        key, colon, text = line[1:].partition(":")
        if not colon or not text.strip():
            raise _bad(file, number, line, "a header line '# key: text'")
        head[key.strip()] = text.strip()
    if tuple(head) != _HEADER_KEYS:
        raise _bad(file, 1, "header " + ", ".join(head), "the header lines " + ", ".join(_HEADER_KEYS))
    start = len(head)
    names = tuple(lines[start].split(",")) if len(lines) > start else ()
    if names != columns:
        raise _bad(file, start + 1, "columns " + ",".join(names), ",".join(columns))
    rows: list[Row] = []
    for number, values in enumerate(csv.reader(lines[start + 1 :]), start=start + 2):
        if len(values) != len(columns):
            raise _bad(file, number, f"{len(values)} values", f"{len(columns)} columns")
        rows.append((number, dict(zip(columns, values, strict=True))))
    checksum = hashlib.sha256((tables_dir() / file).read_bytes()).hexdigest()
    return Provenance(**head, file=file, sha256=checksum), rows


def _whole(file: str, line: int, column: str, row: Mapping[str, str]) -> int:
    text = row[column]
    if not (text.isascii() and text.isdigit()):
        raise _bad(file, line, f"{column} {text!r}", "a whole number")
    return int(text)


def _bad(file: str, line: int, came: str, allowed: str) -> TableError:
    place = f"tables/{file}, line {line}" if line else f"tables/{file}"
    todo = "Restore the file from the project, or correct it with a source"
    return TableError(f"{place}: {came}", f"allowed is {allowed}", todo, file=file, line=line)
