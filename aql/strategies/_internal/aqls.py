"""AQLs, as the columns of the tables print them."""

from __future__ import annotations

from hypothesis import strategies as st

from aql import tables
from aql.checks import choice
from aql.standards.arguments import NOT_ALLOWED, over_ten
from aql.standards.editions import DEFAULT_STANDARD, edition
from aql.types import COUNTINGS, Counting, Standard

__all__ = ["aqls", "printed_aqls"]

_FIRST = "2.5"  # what people write first, in an example as in a contract


def aqls(
    standard: Standard = DEFAULT_STANDARD, *, counting: Counting | None = None, not_allowed: bool = False
) -> st.SearchStrategy[str]:
    """AQL columns of a standard as they are printed, such as ``"2.5"``; they shrink to that one.

    Parameters
    ----------
    standard : str
        Edition, one of `aql.STANDARDS`; of an edition that is verified in part, the verified columns.
    counting : {"items", "nonconformities"}, optional
        What is counted; with items no AQL is above 10.
    not_allowed : bool
        Also draw ``"0"``, "not allowed", where the edition offers it.

    Returns
    -------
    SearchStrategy of str
        What `aql.lookup` takes as ``aql``.

    Raises
    ------
    DomainError
        If the edition or the counting is not known.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(aqls(), lambda text: True)
    '2.5'
    """
    columns = printed_aqls(standard)
    if counting is not None and choice(counting, "counting", COUNTINGS) == "items":
        columns = tuple(column for column in columns if not over_ten(column))
    # An edition that is verified in part has no verified samples for AQL 0.
    offered = not_allowed and edition(standard).aql_range is None
    return st.sampled_from((*columns, NOT_ALLOWED) if offered else columns)


def printed_aqls(standard: Standard) -> tuple[str, ...]:
    """Return the columns of an edition that may be used, the commonest first."""
    book = edition(standard)
    columns = book.verified_aqls(tables.master_table(book.folder, "single_normal").aqls)
    return tuple(sorted(columns, key=lambda column: column != _FIRST))
