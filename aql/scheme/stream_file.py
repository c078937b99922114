"""Reads series of lots from a CSV file, with one row per lot."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from aql.checks import nearest
from aql.documents.csv_text import csv_rows
from aql.documents.files import checked_path, read_bytes, utf8_text
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.errors import MOST_PROBLEMS, DocumentError, DomainError, Problem
from aql.scheme.lot import LotRecord
from aql.scheme.outcome import Found
from aql.types import SEVERITIES
from aql.words import either, listed, short_repr

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


def read_streams(
    path: str | os.PathLike[str], *, delimiter: str = ",", limits: InputLimits = DEFAULT_LIMITS
) -> dict[str, list[LotRecord]]:
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
    limits : InputLimits
        How large the file may be.

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
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "stream.csv"
    ...     _ = file.write_text("lot,found,steady\nA,0,yes\nB,7,no\n")
    ...     lots = read_streams(file)[""]
    >>> [(lot.id, lot.found, lot.steady) for lot in lots]
    [('A', 0, True), ('B', 7, False)]
    """
    file = checked_path(path, "the file of lots")
    if len(str(delimiter)) != 1 or str(delimiter) in '"\r\n\0':
        raise DomainError(
            f"delimiter must be a single character, got {short_repr(delimiter)}", value=delimiter
        )

    def told(line: int, reason: str) -> DocumentError:
        return DocumentError(file.name, [_problem(file.name, line, reason)])

    text = utf8_text(read_bytes(file, limits=limits), file)
    rows = list(csv_rows(text, delimiter, file.name, limits, told))
    names = [name.casefold() for name in rows[0][1]] if rows else []
    problems = _bad_columns(file.name, names)
    if problems:
        raise DocumentError(file.name, problems)
    streams: dict[str, list[LotRecord]] = {}
    for number, cells in rows[1:]:
        if len(problems) > MOST_PROBLEMS:
            break
        if len(cells) != len(names):
            message = f"must have {len(names)} cells, one per column, got {len(cells)}"
            problems.append(_problem(file.name, number, message))
            continue
        given = {name: cell for name, cell in zip(names, cells, strict=True) if cell}
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
        if _is_whole(given["lot_size"]):
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
    if not parts or not all(map(_is_whole, parts)):
        return None
    counts = tuple(map(int, parts))
    return counts[0] if len(counts) == 1 else counts


def _is_whole(text: str) -> bool:
    """Whether a text is a whole number that a lot can have."""
    return len(text) <= _LONGEST_NUMBER and text.isascii() and text.isdigit()


_LONGEST_NUMBER = 16
