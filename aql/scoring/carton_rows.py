"""Rows about cartons: their number in the order drawn is in the column of items, or in that of cartons."""

from __future__ import annotations

from dataclasses import replace

from aql.errors import Problem
from aql.inspection.log import LogRow
from aql.inspection.log_cells import whole_number

__all__ = ["carton_row"]


def carton_row(row: LogRow, *, items_are_named: bool) -> LogRow | Problem:
    """Return a row of a term of cartons with the number of the carton as its item, or what is wrong with it.

    Parameters
    ----------
    row : LogRow
        The row.
    items_are_named : bool
        Whether the header names the items, so that the column of items cannot have the number of a carton.

    Examples
    --------
    >>> carton_row(LogRow(carton="2", term="drop", value="yes"), items_are_named=True)
    <LogRow item 2, term drop, value yes, carton 2>
    """
    if items_are_named and row.item is not None:
        message = (
            f"must be empty, because {row.term!r} is of cartons and the header names items. "
            "Put the number of the carton, in the order drawn, in the column carton"
        )
        return row.problem(message, column="item")
    if row.item is not None or row.count is not None or not row.carton:
        return row
    number = whole_number(row.carton)
    if number is None or number < 1:
        message = (
            f"must be the number of the carton in the order drawn, or in the column item, got {row.carton!r}"
        )
        return row.problem(message, column="carton")
    return replace(row, item=number)
