"""Reads a log from a sheet of a workbook."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

from aql.documents.spreadsheet import load_openpyxl
from aql.errors import AqlError, LogError, Problem
from aql.inspection.header import FindingsSource
from aql.inspection.header_row import header_place
from aql.inspection.log_cells import RawLog, cell_text, column_names, problem_at
from aql.words import listed

__all__ = ["read_workbook"]


def read_workbook(path: Path, how: FindingsSource, called: str) -> RawLog:
    """Read a sheet of a workbook into text cells.

    Parameters
    ----------
    path : Path
        The file.
    how : FindingsSource
        Its sheet; defaults to the sheet ``Log``, or to the only sheet.
    called : str
        Name of the file in error messages.

    Raises
    ------
    AqlError
        If it is not a workbook, or has no such sheet.
    LogError
        If its cells cannot be read.
    """
    openpyxl = load_openpyxl()
    try:
        values = openpyxl.load_workbook(path, data_only=True)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise AqlError(
            f"findings file {called!r} is not a workbook: {str(error).rstrip('.')}",
            code="bad-file",
            file=called,
        ) from None
    sheet = _sheet(values.sheetnames, how, called)
    formulas = openpyxl.load_workbook(path)[sheet]
    rows: list[tuple[int, list[object]]] = []
    problems: list[Problem] = []
    for number, cells in enumerate(values[sheet].iter_rows(), start=1):
        for cell in cells:
            if cell.value is None and formulas[cell.coordinate].data_type == "f":
                message = "contains a formula without a value. Save the workbook in a spreadsheet program"
                problems.append(
                    Problem(
                        f"{called}, cell {cell.coordinate}", message, code="no-value", file=called, row=number
                    )
                )
        rows.append((number, [cell.value for cell in cells]))
    if problems:
        raise LogError(called, problems)
    return _table(rows, how, called, sheet)


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
            f"the sheet of {called!r} must be {listed(names, last='or')}, got {sheet!r}",
            code="no-sheet",
            file=called,
        )
    return sheet


def _table(rows: list[tuple[int, list[object]]], how: FindingsSource, called: str, sheet: str) -> RawLog:
    """The rows below the one that names the columns."""
    texts = [(number, [cell_text(value, how.decimal) for value in values]) for number, values in rows]
    filled = [(number, cells) for number, cells in texts if any(cells)]
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
    return RawLog(called, columns, tuple((number, tuple(cells[:width])) for number, cells in rest))
