"""Reads a log from a CSV file, with the delimiter and encoding declared in the header; nothing is guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits, over_limit
from aql.documents.spreadsheet import unguarded
from aql.errors import MOST_PROBLEMS, LogError
from aql.inspection.cell_kinds import check_size
from aql.inspection.file_kinds import check_encoding
from aql.inspection.header import FindingsSource
from aql.inspection.header_row import header_place
from aql.inspection.log_cells import RawLog, column_names, problem_at
from aql.words import plural

__all__ = ["read_csv"]


def read_csv(data: bytes, how: FindingsSource, called: str, limits: InputLimits = DEFAULT_LIMITS) -> RawLog:
    """Read a log from a CSV file into text cells; a row has the number of its line in the file.

    Parameters
    ----------
    data : bytes
        Content of the file.
    how : FindingsSource
        Its delimiter and encoding.
    called : str
        Name of the file in error messages.
    limits : InputLimits
        How many rows and cells it may have, and how long a cell may be.

    Raises
    ------
    AqlError
        If it is beyond a limit.
    LogError
        If the text cannot be read.
    """
    text = _without_separator(_text(data, how, called), how, called)
    if len(text) > limits.log_length:
        raise over_limit(called, "log_length", limits)
    filled = list(_filled_lines(text, how, called, limits))
    if not filled:
        problem = problem_at(
            called, None, "the file is empty; its first row must name the columns", code="no-columns"
        )
        raise LogError(called, [problem])
    place = header_place(filled, how, called)
    _, names = filled[place]
    while not names[-1]:
        names = names[:-1]
    columns = column_names(names)
    misfits = []
    rows = []
    width, has_guards = len(columns), "'" in text
    for number, cells in filled[place + 1 :]:
        if len(cells) < width or any(cells[width:]):
            message = _misfit(len(cells), width, how.delimiter)
            misfits.append(problem_at(called, number, message, code="bad-row"))
            if len(misfits) > MOST_PROBLEMS:
                break
        else:
            own = cells[:width]
            rows.append((number, tuple(map(unguarded, own)) if has_guards else own))
    return RawLog(called, columns, tuple(rows), tuple(misfits))


def _text(data: bytes, how: FindingsSource, called: str) -> str:
    check_encoding(data, how.encoding, called)
    try:
        return data.decode(how.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        byte = f"byte {data[error.start]:#04x} at position {error.start} is not valid {how.encoding}"
        example = "gb18030" if how.encoding == "cp1252" else "cp1252"
        message = f'{byte}. Declare the encoding, such as encoding = "{example}", under [findings]'
        raise LogError(called, [problem_at(called, None, message, code="bad-encoding")]) from None


def _filled_lines(
    text: str, how: FindingsSource, called: str, limits: InputLimits
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of the text that are not empty, each with the number of its first line."""
    # A line feed, a carriage return or both end a line.
    for line in io.StringIO(text, newline=""):
        if len(line) > limits.cells and line.count(how.delimiter) > limits.cells:  # before they become cells
            raise over_limit(called, "columns", limits)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=how.delimiter, strict=True)
    start, cells_in_all = 1, 0
    try:
        for number, cells in enumerate(reader, start=1):
            cells_in_all += len(cells)
            if number > limits.rows or len(cells) > limits.columns:
                check_size(called, number, len(cells), limits)
            if cells_in_all > limits.cells:
                raise over_limit(called, "cells", limits, place=f"row {start}")
            if max(map(len, cells), default=0) > limits.text_length:
                raise over_limit(called, "text_length", limits, place=f"row {start}")
            stripped = tuple(map(str.strip, cells))
            if any(stripped):
                yield start, stripped
            start = reader.line_num + 1
    except csv.Error as error:
        if "field larger than field limit" in str(error):
            raise over_limit(called, "text_length", limits, place=f"row {start}") from error
        problem = problem_at(called, start, f"not valid CSV: {error}. Check the quotes", code="bad-csv")
        raise LogError(called, [problem]) from error


_SEPARATOR = re.compile(r'"?sep=(.)"?\r?(?=\n|$)', re.IGNORECASE)


def _without_separator(text: str, how: FindingsSource, called: str) -> str:
    """The text without a first line such as ``sep=;``, which names the delimiter for a spreadsheet program."""
    line = _SEPARATOR.match(text)
    if line is None:
        return text
    if line[1] != how.delimiter:
        sign = "tab" if line[1] == "\t" else line[1]
        message = f'says that {sign!r} separates the cells. Write delimiter = "{sign}" under [findings]'
        raise LogError(called, [problem_at(called, 1, message, code="bad-csv")])
    return text[line.end() :]


def _misfit(cells: int, columns: int, delimiter: str) -> str:
    """What is wrong with a row that has too many or too few cells, and how to fix it."""
    message = f"must have {plural(columns, 'cell')}, one per column, got {cells}"
    if cells > columns:
        return f"{message}. Quote cells that contain the delimiter"
    missing = columns - cells
    what = repr(delimiter * missing)
    if delimiter == "\t":
        what = "a tab" if missing == 1 else f"{missing} tabs"
    last = "cell is" if missing == 1 else f"{missing} cells are"
    return f"{message}. Add {what} at the end if the last {last} empty"
