"""AQL columns of the tables, as printed."""

from __future__ import annotations

from hypothesis import strategies as st

from aql import tables
from aql.checks import choice
from aql.standards.arguments import NOT_ALLOWED, over_ten
from aql.standards.editions import DEFAULT_STANDARD, edition
from aql.types import COUNTINGS, Counting, Standard

__all__ = ["aqls", "printed_aqls"]

_FIRST = "2.5"  # the most common AQL, and thus the simplest example


def aqls(
    standard: Standard = DEFAULT_STANDARD, *, counting: Counting | None = None, not_allowed: bool = False
) -> st.SearchStrategy[str]:
    """Strategy for AQL columns of a standard as printed, such as ``"2.5"``; they shrink to that one.

    Parameters
    ----------
    standard : str
        Edition, one of `aql.STANDARDS`; if it is only partly verified, only verified columns are drawn.
    counting : {"items", "nonconformities"}, optional
        What is counted; with items, no AQL is above 10.
    not_allowed : bool
        Also draw ``"0"``, "not allowed", if the edition permits it.

    Returns
    -------
    SearchStrategy of str
        Values for the argument ``aql`` of `aql.lookup`.

    Raises
    ------
    DomainError
        If `standard` or `counting` is unknown.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(aqls(), lambda text: True)
    '2.5'
    """
    columns = printed_aqls(standard)
    if counting is not None and choice(counting, "counting", COUNTINGS) == "items":
        columns = tuple(column for column in columns if not over_ten(column))
    # A partly verified edition has no verified samples for AQL 0.
    offered = not_allowed and edition(standard).aql_range is None
    return st.sampled_from((*columns, NOT_ALLOWED) if offered else columns)


def printed_aqls(standard: Standard) -> tuple[str, ...]:
    """Return the AQL columns that strategies draw from, most common first."""
    book = edition(standard)
    columns = book.verified_aqls(tables.master_table(book.folder, "single_normal").aqls)
    return tuple(sorted(columns, key=lambda column: column != _FIRST))
