"""Reads a log from a CSV file, with the delimiter and encoding declared in the header; nothing is guessed."""

from __future__ import annotations

import re

from aql.documents.csv_text import csv_rows
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.spreadsheet import unguarded
from aql.errors import MOST_PROBLEMS, LogError
from aql.inspection.file_kinds import check_encoding
from aql.inspection.findings_source import FindingsSource
from aql.inspection.header_row import header_place
from aql.inspection.log_cells import RawLog, problem_at
from aql.inspection.log_columns import column_names
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

    def told(line: int, reason: str) -> LogError:
        return LogError(called, [problem_at(called, line, reason, code="bad-csv")])

    filled = list(csv_rows(text, how.delimiter, called, limits, told))
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
