"""Reads series of lots from a CSV file, with one row per lot."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aql.checks import nearest
from aql.documents.reading import read_bytes, utf8_text
from aql.errors import DocumentError, Problem
from aql.scheme.lot import LotRecord
from aql.scheme.outcome import Found
from aql.types import SEVERITIES
from aql.words import either, listed

__all__ = ["COLUMNS", "read_streams"]

COLUMNS = (
    "stream",
    "lot",
    "date",
    "lot_size",
    "found",
    "severity",
    "steady",
    "authority",
    "resubmitted",
    "resume",
)
_WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def read_streams(path: str | os.PathLike[str], *, delimiter: str = ",") -> dict[str, list[LotRecord]]:
    r"""Read series of lots from a CSV file, the stream file.

    Parameters
    ----------
    path : str or path
        The file, in UTF-8, with one row per lot in the order of inspection. Columns: ``found``, the number found (for a
        plan of several stages, the cumulative numbers, such as ``3 5``); and any of ``stream``, ``lot`` (its name),
        ``date`` (2026-12-10), ``lot_size``, ``severity`` (to be compared), ``steady``, ``authority``, ``resubmitted`` and
        ``resume`` (yes or no). An empty cell is as if the column were not there.
    delimiter : str
        The delimiter.

    Returns
    -------
    dict of str to list of LotRecord
        The lots of each series; without a column ``stream``, the name is "".

    Raises
    ------
    DocumentError
        If a column or a cell is invalid; it lists every problem with its row.
    AqlError
        If the file cannot be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "stream.csv"
    ...     _ = file.write_text("lot,found,steady\nA,0,yes\nB,7,no\n")
    ...     lots = read_streams(file)[""]
    >>> [(lot.id, lot.found, lot.steady) for lot in lots]
    [('A', 0, True), ('B', 7, False)]
    """
    file = Path(path)
    lines = utf8_text(read_bytes(file), file).splitlines()
    rows = list(csv.reader(lines, delimiter=delimiter))
    names = [name.strip().casefold() for name in rows[0]] if rows else []
    problems = _bad_columns(file.name, names)
    if problems:
        raise DocumentError(file.name, problems)
    streams: dict[str, list[LotRecord]] = {}
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            message = f"must have {len(names)} cells, one per column, got {len(cells)}"
            problems.append(_problem(file.name, number, message))
            continue
        given = {name: cell.strip() for name, cell in zip(names, cells, strict=True) if cell.strip()}
        lot = _lot(file.name, number, given, problems)
        streams.setdefault(given.get("stream", ""), []).append(lot)
    if not streams and not problems:
        problems.append(Problem(file.name, "must have one or more lots", code="no-value", file=file.name))
    if problems:
        raise DocumentError(file.name, problems)
    return streams


def _bad_columns(file: str, names: list[str]) -> list[Problem]:
    """What is wrong with the names of the columns."""
    problems = []
    for name in names:
        if name not in COLUMNS:
            close = nearest(name, COLUMNS)
            hint = f'. Did you mean "{close}"?' if close else ""
            message = f"the columns must be among {listed(COLUMNS)}, got {name!r}{hint}"
            problems.append(
                Problem(file, message, code="unknown-column", file=file, column=name, nearest=close)
            )
        elif names.count(name) > 1:
            problems.append(Problem(file, f"column {name} appears twice", code="two-columns", file=file))
    if "found" not in names:
        problems.append(Problem(file, "must have a column found", code="no-column", file=file))
    return problems


def _problem(file: str, row: int, message: str, column: str = "") -> Problem:
    where = f"{file}, row {row}" + (f", column {column}" if column else "")
    return Problem(where, message, code="bad-value", file=file, row=row, column=column or None)


def _lot(file: str, row: int, given: Mapping[str, str], problems: list[Problem]) -> LotRecord:
    """The lot of a row; what is wrong with it is added to the problems."""
    values: dict[str, Any] = {"found": 0, "id": given.get("lot", "")}

    def bad(column: str, allowed: str) -> None:
        problems.append(_problem(file, row, f"must be {allowed}, got {given.get(column, '')!r}", column))

    found = _counts(given.get("found", ""))
    if found is None:
        bad("found", "a number, or one per stage such as 3 5")
    else:
        values["found"] = found
    if "lot_size" in given:
        if given["lot_size"].isascii() and given["lot_size"].isdigit():
            values["lot_size"] = int(given["lot_size"])
        else:
            bad("lot_size", "a whole number")
    if "date" in given:
        from datetime import date

        try:
            values["order"] = date.fromisoformat(given["date"])
        except ValueError:
            bad("date", "a date such as 2026-12-10")
    if "severity" in given:
        if given["severity"] in SEVERITIES:
            values["severity"] = given["severity"]
        else:
            bad("severity", either(SEVERITIES))
    for name in ("steady", "authority", "resubmitted", "resume"):
        if name in given:
            word = _WORDS.get(given[name].casefold())
            if word is None:
                bad(name, "yes or no")
            else:
                values[name] = word
    return LotRecord(**values)


def _counts(text: str) -> Found | None:
    """The number found, or the numbers by stage; None if the text is neither."""
    parts = text.split()
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    counts = tuple(map(int, parts))
    return counts[0] if len(counts) == 1 else counts
