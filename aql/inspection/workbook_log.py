"""Reads a log from a sheet of a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from zipfile import ZipFile

from aql.codes import ErrorCode
from aql.documents.files import foreign_errors, in_quotes
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.spreadsheet import load_openpyxl
from aql.errors import AqlError, LogError, Problem
from aql.inspection.findings_source import FindingsSource
from aql.inspection.header_row import header_place
from aql.inspection.log_cells import RawLog, cell_problem, cell_text, problem_at
from aql.inspection.log_columns import column_names
from aql.inspection.sheet_cells import SheetCells, column_letters, read_cells
from aql.inspection.workbook_package import check_package
from aql.inspection.workbook_parts import workbook_parts
from aql.words import listed, short_repr

__all__ = ["read_workbook"]


def read_workbook(
    data: bytes, how: FindingsSource, called: str, limits: InputLimits = DEFAULT_LIMITS
) -> RawLog:
    """Read a log from a sheet of a workbook into text cells.

    Parameters
    ----------
    data : bytes
        Content of the file.
    how : FindingsSource
        Its sheet; defaults to the sheet ``Log``, or to the only sheet.
    called : str
        Name of the file in error messages.
    limits : InputLimits
        How large it may be.

    Raises
    ------
    AqlError
        If it is not a workbook, is beyond a limit, or has no such sheet.
    LogError
        If its cells cannot be read.
    """
    load_openpyxl()
    with foreign_errors(
        lambda reason: AqlError(
            f"findings file {in_quotes(called)} is not a workbook: {reason}", code="bad-file", file=called
        )
    ):
        check_package(data, called, limits)
        with ZipFile(io.BytesIO(data)) as archive:
            parts = workbook_parts(archive)
            sheet = _sheet(list(parts.sheets), how, called)
            with archive.open(parts.sheets[sheet]) as file:
                cells = read_cells(file, parts)
    problems = list(_problems(cells, how, called, limits))
    if problems:
        raise LogError(called, problems)
    return _table(cells.rows, how, called, sheet)


def _problems(cells: SheetCells, how: FindingsSource, called: str, limits: InputLimits) -> Iterator[Problem]:
    """What is wrong with single cells, in the order of the sheet."""
    wrong: dict[tuple[int, int], tuple[str, ErrorCode]] = dict.fromkeys(
        cells.uncomputed,
        ("contains a formula without a value. Save the workbook in a spreadsheet program", "no-value"),
    )
    for row, values in cells.rows.items():
        for column, value in values.items():
            if message := cell_problem(value, limits):
                wrong[row, column] = (message, "bad-value")
    for (row, column), (message, code) in sorted(wrong.items()):
        if row >= (how.header_row or 0):
            where = f"{called}, cell {column_letters(column)}{row}"
            yield Problem(where, message, code=code, file=called, row=row)


def _sheet(names: list[str], how: FindingsSource, called: str) -> str:
    """The sheet named in the header, or the default."""
    if how.sheet is None and len(names) > 1 and "Log" not in names:
        raise AqlError(
            f"the header must name a sheet of workbook {called!r}: {listed(names, last='or')}",
            todo='Write sheet = "..." under [findings]',
            code="no-sheet",
            file=called,
        )
    sheet = how.sheet or ("Log" if "Log" in names else names[0])
    if sheet not in names:
        raise AqlError(
            f"the sheet of {called!r} must be {listed(names, last='or')}, got {short_repr(sheet)}",
            code="no-sheet",
            file=called,
        )
    return sheet


def _table(
    values: Mapping[int, Mapping[int, object]], how: FindingsSource, called: str, sheet: str
) -> RawLog:
    """The rows below the one that names the columns, without empty columns."""
    last = max((column for cells in values.values() for column in cells), default=0)
    filled = []
    for number in sorted(values):
        own = values[number]
        cells = [cell_text(own.get(column), how.decimal) for column in range(1, last + 1)]
        if any(cells):
            filled.append((number, cells))
    if not filled:
        problem = Problem(f"{called}, sheet {sheet}", "the sheet is empty", code="no-columns", file=called)
        raise LogError(called, [problem])
    place = header_place(filled, how, called)
    names, rest = filled[place][1], filled[place + 1 :]
    width = max(at for at, name in enumerate(names, start=1) if name)
    columns = column_names(names[:width])
    over = [number for number, cells in rest if any(cells[width:])]
    if over:
        message = "a cell is in a column without a name. Name the column, or clear the cell"
        raise LogError(called, [problem_at(called, number, message, code="bad-row") for number in over])
    kept = [at for at in range(width) if columns[at] or any(cells[at] for _, cells in rest)]
    return RawLog(
        called,
        tuple(columns[at] for at in kept),
        tuple((number, tuple(cells[at] for at in kept)) for number, cells in rest),
        letters=tuple(column_letters(at + 1) for at in kept),
    )
