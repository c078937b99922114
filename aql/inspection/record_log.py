"""Reads a log from records: rows of plain values by column, as from JSON or a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, islice
from typing import cast

from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits, over_limit
from aql.errors import LogError
from aql.inspection.findings_source import FindingsSource
from aql.inspection.log_cells import RawLog, cell_problem, cell_text, check_size, problem_at
from aql.inspection.log_columns import column_names
from aql.words import short_repr

__all__ = ["read_records"]


def read_records(
    records: Iterable[Mapping[str, object]],
    name: str,
    how: FindingsSource,
    *,
    limits: InputLimits = DEFAULT_LIMITS,
) -> RawLog:
    """Read a log from records, each a mapping of column to value, into text cells; rows are numbered from 1.

    Raises
    ------
    AqlError
        If they are beyond a limit.
    LogError
        If a cell is neither text, a number, a date, yes or no, nor empty.
    """
    listed = list(islice(records, limits.rows + 1))
    keys = tuple(islice(dict.fromkeys(key for record in listed for key in record), limits.columns + 1))
    check_size(name, len(listed), len(keys), limits)
    if any(len(str(key)) > limits.text_length for key in keys):
        raise over_limit(name, "text_length", limits)
    problems = (
        problem_at(name, number, message, column=column if isinstance(column, str) else "")
        for number, record in enumerate(listed, start=1)
        for column, cell in cast(Mapping[object, object], record).items()
        if (message := cell_problem(cell, limits) or _column_problem(column))
    )
    if (first := next(problems, None)) is not None:
        raise LogError(name, chain([first], problems))
    rows = [
        (number, tuple(cell_text(record.get(key), how.decimal) for key in keys))
        for number, record in enumerate(listed, start=1)
    ]
    return RawLog(name, column_names(keys), tuple(row for row in rows if any(row[1])))


def _column_problem(column: object) -> str:
    return "" if isinstance(column, str) else f"the name of a column must be text, got {short_repr(column)}"
