"""The CSV files of the tables: where they are, their header with the provenance, and their rows.

The files are in ``tables/`` of the project; the installed package contains them.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from aql.errors import TableError
from aql.tables.printed import Provenance
from aql.words import listed, plural

__all__ = [
    "Row",
    "bad_table",
    "column_count",
    "read_table",
    "tables_checksum",
    "tables_dir",
]

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
