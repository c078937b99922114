"""The limit numbers for reduced inspection: the most that may be found in the samples of the preceding lots."""

from __future__ import annotations

from functools import cache

from aql import tables
from aql.errors import DomainError
from aql.words import short_repr

__all__ = ["items_needed", "limit_number", "within_limit"]

Samples = tuple[tuple[int, int], ...]


@cache
def _rows(folder: str, aql: str) -> tuple[tables.LimitNumber, ...]:
    rows = tuple(row for row in tables.limit_numbers(folder)[1] if row.aql == aql)
    if not rows:
        raise DomainError(f"aql must be a column of the limit numbers, got {short_repr(aql)}", value=aql)
    return rows


def limit_number(folder: str, aql: str, inspected: int) -> int | None:
    """Return the limit number for a number of items inspected; None if the table wants more lots.

    Parameters
    ----------
    folder : str
        Folder of the table.
    aql : str
        AQL column.
    inspected : int
        Items in the samples of the preceding lots.

    Returns
    -------
    int or None
        The limit number; -1 where nothing is printed, so that no total is within it.

    Examples
    --------
    >>> limit_number("mil_std_105e", "2.5", 200), limit_number("mil_std_105e", "2.5", 80)
    (2, None)
    """
    for row in _rows(folder, aql):
        if row.first <= inspected and (row.last is None or inspected <= row.last):
            return row.limit if row.mark == "number" else (None if row.mark == "star" else -1)
    return None


@cache
def items_needed(folder: str, aql: str) -> int:
    """Return the number of items inspected from which on the table has limit numbers and wants no more lots.

    Examples
    --------
    >>> items_needed("mil_std_105e", "2.5"), items_needed("mil_std_105e", "25")
    (130, 20)
    """
    rows = _rows(folder, aql)
    ends = [row.last + 1 for row in rows if row.mark == "star" and row.last is not None]
    return max([rows[0].first, *ends])


def within_limit(folder: str, aql: str, lots: int, samples: Samples) -> tuple[bool, Samples]:
    """Return whether the preceding lots are within the limit number, and those that still matter for later lots.

    Parameters
    ----------
    folder, aql : str
        Table and column.
    lots : int
        The number of lots that count; more where the table has a star.
    samples : tuple of (int, int)
        Number found and items inspected in the preceding accepted lots, the last lot at the end.
    """
    found = inspected = 0
    for place, (count, size) in enumerate(reversed(samples), start=1):
        found, inspected = found + count, inspected + size
        if place >= lots:
            limit = limit_number(folder, aql, inspected)
            if limit is not None:
                return found <= limit, samples[-place:]
    return False, samples
