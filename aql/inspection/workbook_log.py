"""Reads a log from a sheet of a workbook."""

from __future__ import annotations

import io

from aql.documents.files import foreign_errors, in_quotes
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.spreadsheet import load_openpyxl
from aql.errors import AqlError, LogError, Problem
from aql.inspection.cell_kinds import cell_problem
from aql.inspection.findings_source import FindingsSource
from aql.inspection.header_row import header_place
from aql.inspection.log_cells import RawLog, cell_text, problem_at
from aql.inspection.log_columns import column_names
from aql.inspection.workbook_package import check_package
from aql.words import listed

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
    openpyxl = load_openpyxl()
    with foreign_errors(
        lambda reason: AqlError(
            f"findings file {in_quotes(called)} is not a workbook: {reason}", code="bad-file", file=called
        )
    ):
        check_package(data, called, limits)
        values = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        sheet = _sheet([page.title for page in values.worksheets], how, called)
        formulas = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)[sheet]
    rows: list[tuple[int, list[object]]] = []
    problems: list[Problem] = []
    for number, cells in enumerate(values[sheet].iter_rows(), start=1):
        for cell in cells if number >= (how.header_row or 0) else ():
            if cell.value is None and formulas[cell.coordinate].data_type == "f":
                message = "contains a formula without a value. Save the workbook in a spreadsheet program"
                problems.append(
                    Problem(
                        f"{called}, cell {cell.coordinate}", message, code="no-value", file=called, row=number
                    )
                )
            elif wrong := cell_problem(cell.value, limits):
                where = f"{called}, cell {cell.coordinate}"
                problems.append(Problem(where, wrong, code="bad-value", file=called, row=number))
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
    """The rows below the one that names the columns, without empty columns."""
    from openpyxl.utils import get_column_letter

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
    kept = [at for at in range(width) if columns[at] or any(cells[at] for _, cells in rest)]
    return RawLog(
        called,
        tuple(columns[at] for at in kept),
        tuple((number, tuple(cells[at] for at in kept)) for number, cells in rest),
        letters=tuple(get_column_letter(at + 1) for at in kept),
    )
