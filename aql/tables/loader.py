"""The strict loader of the tables: any invalid cell raises an error with file and line.

Tables are read when they are first needed, and are read-only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import cast, get_args

from aql.tables import files
from aql.tables.files import bad_table, column_count, read_table
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
from aql.words import either

__all__ = ["code_letters", "disputed_cells", "editions", "limit_numbers", "master_table", "whole"]


@cache
def editions() -> Editions:
    """Load ``editions.toml``: the editions, their other names, and standards that are not offered."""
    path = files.tables_dir() / "editions.toml"
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
    if not (files.tables_dir() / file).is_file():
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
