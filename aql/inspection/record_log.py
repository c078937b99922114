"""Reads a log from records: rows of plain values by column, as from JSON or a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aql.errors import LogError
from aql.inspection.header import FindingsSource
from aql.inspection.log_cells import RawLog, cell_text, column_names, problem_at

__all__ = ["read_records"]


def read_records(records: Iterable[Mapping[str, object]], name: str, how: FindingsSource) -> RawLog:
    """Read records, each a mapping of column to value, into text cells; rows are numbered from 1.

    Raises
    ------
    LogError
        If a cell is a list or a mapping.
    """
    listed = list(records)
    problems = [
        problem_at(name, number, f"must be a single value, got a {type(cell).__name__}", column=str(column))
        for number, record in enumerate(listed, start=1)
        for column, cell in record.items()
        if isinstance(cell, (dict, list, tuple, set))
    ]
    if problems:
        raise LogError(name, problems)
    keys = tuple(dict.fromkeys(key for record in listed for key in record))
    rows = [
        (number, tuple(cell_text(record.get(key), how.decimal) for key in keys))
        for number, record in enumerate(listed, start=1)
    ]
    return RawLog(name, column_names(keys), tuple(row for row in rows if any(row[1])))
