"""Sample size code letters."""

from __future__ import annotations

from hypothesis import strategies as st

from aql import tables
from aql.standards.editions import DEFAULT_STANDARD, edition
from aql.types import Standard

__all__ = ["code_letters", "printed_letters"]


def code_letters(standard: Standard = DEFAULT_STANDARD) -> st.SearchStrategy[str]:
    """Strategy for code letters for lookups; they shrink to A.

    Parameters
    ----------
    standard : str
        Edition, one of `aql.STANDARDS`.

    Returns
    -------
    SearchStrategy of str
        The letters of the tables, except row S, which is reached only by an arrow.

    Raises
    ------
    DomainError
        If there is no such edition.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(code_letters(), lambda letter: letter > "H")
    'J'
    """
    return st.sampled_from(printed_letters(standard))


def printed_letters(standard: Standard) -> tuple[str, ...]:
    """Return the code letters that strategies draw from, from the smallest sample to the largest."""
    return tables.master_table(edition(standard).folder, "single_normal").letters
