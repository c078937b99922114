"""Strategies over the standards' tables: code letters, lot sizes, AQLs and lookups."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Literal, overload

from hypothesis import strategies as st

from aql import tables
from aql.errors import DomainError
from aql.standards.arguments import LEVELS, NOT_ALLOWED, SAMPLINGS, SEVERITIES, SMALLEST_LOT, choice, over_ten
from aql.standards.editions import DEFAULT_STANDARD, STANDARDS, edition
from aql.standards.iso2859_1.code_letters import letter_bands
from aql.standards.iso2859_1.lookup import FractionalLookup, Lookup, lookup

__all__ = ["aqls", "code_letters", "columns_of", "lookups", "lot_sizes"]

MOST_ITEMS = 1_000_000
# What people write first, in an example as in a contract.
_FIRST_LEVELS = ("II", *(level for level in LEVELS if level != "II"))
_FIRST_AQL = "2.5"


def code_letters(standard: str = DEFAULT_STANDARD) -> st.SearchStrategy[str]:
    """Code letters that a lookup can be entered at; they shrink to A.

    Parameters
    ----------
    standard : str
        Edition, one of `aql.STANDARDS`.

    Returns
    -------
    SearchStrategy of str
        The letters of the tables, row S excluded: it is reached by an arrow only.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(code_letters(), lambda letter: letter > "H")
    'J'
    """
    return st.sampled_from(_letters(standard))


def lot_sizes(
    level: str | None = None,
    *,
    standard: str = DEFAULT_STANDARD,
    min_size: int = SMALLEST_LOT,
    max_size: int = MOST_ITEMS,
) -> st.SearchStrategy[int]:
    """Lot sizes, about half of them the first or the last of a band of the table of code letters.

    Parameters
    ----------
    level : str, optional
        Inspection level whose bands count; the bands of every level unless said.
    standard : str
        Edition, one of `aql.STANDARDS`.
    min_size, max_size : int
        Smallest and largest lot. [items]

    Returns
    -------
    SearchStrategy of int
        Lot sizes; they shrink to the smallest. [items]

    Raises
    ------
    DomainError
        If `min_size` is below 2 or above `max_size`.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(lot_sizes(), lambda size: size > 1200)
    1201
    """
    if not SMALLEST_LOT <= min_size <= max_size:
        raise DomainError(
            f"lot sizes from {min_size} to {max_size}",
            f"a lot has {SMALLEST_LOT} items or more, and the largest is no smaller than the smallest",
            "Correct min_size or max_size",
        )
    edges = [size for size in _edges(standard, level) if min_size <= size <= max_size]
    whole = st.integers(min_size, max_size)
    return whole | st.sampled_from(edges) if edges else whole


def aqls(
    standard: str = DEFAULT_STANDARD, *, counting: str | None = None, not_allowed: bool = False
) -> st.SearchStrategy[str]:
    """AQL columns of a standard as they are printed, such as ``"2.5"``; they shrink to that one.

    Parameters
    ----------
    standard : str
        Edition, one of `aql.STANDARDS`; of an edition that is checked in part, the checked columns.
    counting : {"items", "nonconformities"}, optional
        What is counted; with items no AQL is above 10.
    not_allowed : bool
        Draw ``"0"``, "not allowed", too, where the edition offers it.

    Returns
    -------
    SearchStrategy of str
        What `aql.lookup` takes as ``aql``.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(aqls(), lambda text: True)
    '2.5'
    """
    columns = columns_of(standard)
    if counting is not None:
        choice(counting, "counting", ("items", "nonconformities"))
    if counting == "items":
        columns = tuple(column for column in columns if not over_ten(column))
    # Of an edition that is checked in part, the samples of AQL 0 are not.
    offered = not_allowed and edition(standard).aql_range is None
    return st.sampled_from((*columns, NOT_ALLOWED) if offered else columns)


@overload
def lookups(
    *,
    standard: str | None = ...,
    severity: str | None = ...,
    sampling: str | None = ...,
    by: str | None = ...,
    not_allowed: bool = ...,
    fractional: Literal[False] = ...,
) -> st.SearchStrategy[Lookup]: ...


@overload
def lookups(
    *,
    standard: str | None = ...,
    severity: str | None = ...,
    sampling: str | None = ...,
    by: str | None = ...,
    not_allowed: bool = ...,
    fractional: bool,
) -> st.SearchStrategy[Lookup | FractionalLookup]: ...


def lookups(
    *,
    standard: str | None = None,
    severity: str | None = None,
    sampling: str | None = None,
    by: str | None = None,
    not_allowed: bool = False,
    fractional: bool = False,
) -> st.SearchStrategy[Lookup] | st.SearchStrategy[Lookup | FractionalLookup]:
    """Lookups from every table of every standard, by letter or by lot size.

    Parameters
    ----------
    standard, severity, sampling : str, optional
        Draw only these.
    by : {"letter", "lot"}, optional
        Whether a lookup is entered by letter, with a lot size or without, or by lot size and level.
    not_allowed : bool
        Draw AQL 0 too.
    fractional : bool
        Draw plans with fractional acceptance numbers too (single sampling of ISO 2859-1:1999, unverified).

    Returns
    -------
    SearchStrategy of Lookup, with `fractional` of FractionalLookup too
        They shrink to letter A, AQL 2.5, normal inspection, single sampling.

    Raises
    ------
    DomainError
        If an argument is not known, or the standard does not offer what is asked for.

    Examples
    --------
    >>> from hypothesis import find
    >>> found = find(lookups(), lambda one: one.plan_letter != one.letter)
    >>> found.letter, found.severity, found.sampling
    ('A', 'normal', 'single')
    """
    if severity is not None:
        choice(severity, "severity", SEVERITIES)
    books = st.sampled_from(_standards(standard, sampling, by))
    return _lookups(books, severity, sampling, by, not_allowed=not_allowed, fractional=fractional)


@st.composite
def _lookups(
    draw: st.DrawFn,
    books: st.SearchStrategy[str],
    severity: str | None,
    sampling: str | None,
    by: str | None,
    *,
    not_allowed: bool,
    fractional: bool,
) -> Lookup | FractionalLookup:
    book = draw(books)
    one = edition(book)
    # Every edition draws the same, or the one that needs the fewest draws would be the simplest.
    kind = draw(_SAMPLINGS_DRAWN) if sampling is None else sampling
    asked: dict[str, Any] = {
        "standard": book,
        "severity": draw(_SEVERITIES_DRAWN) if severity is None else severity,
        "sampling": kind if kind in one.samplings else one.samplings[0],
    }
    fractions = fractional and book == DEFAULT_STANDARD and asked["sampling"] == "single"
    asked["fractional"] = fractions and draw(st.booleans())
    asked["aql"] = draw(aqls(book, not_allowed=not_allowed))
    by_lot = draw(st.booleans()) if by is None else by == "lot"
    level = draw(_LEVELS_DRAWN)
    lot_size = draw(lot_sizes(level, standard=book)) if by_lot else draw(_any_lot_or_none(book))
    look: Callable[..., Lookup | FractionalLookup] = lookup
    if one.letter_only:
        letter = draw(_checked_letters(book, asked["severity"], asked["aql"]))
        return look(letter=letter, **asked)
    if by_lot:
        return look(lot_size, level=level, **asked)
    return look(lot_size, letter=draw(code_letters(book)), **asked)


_SEVERITIES_DRAWN, _SAMPLINGS_DRAWN = st.sampled_from(SEVERITIES), st.sampled_from(SAMPLINGS)
_LEVELS_DRAWN = st.sampled_from(_FIRST_LEVELS)


@cache
def _any_lot_or_none(standard: str) -> st.SearchStrategy[int | None]:
    return st.none() | lot_sizes(standard=standard)


def _standards(standard: str | None, sampling: str | None, by: str | None) -> tuple[str, ...]:
    """The standards that offer what is asked for."""
    if by is not None:
        choice(by, "way to enter", ("letter", "lot"))
    if sampling is not None:
        choice(sampling, "sampling", SAMPLINGS)
    names = STANDARDS if standard is None else (edition(standard).name,)
    found = tuple(
        name
        for name in names
        if (sampling is None or sampling in edition(name).samplings)
        and not (by == "lot" and edition(name).letter_only)
    )
    if not found:
        raise edition(standard).unverified("What is asked for")
    return found


def columns_of(standard: str) -> tuple[str, ...]:
    """The AQL columns of a standard that may be used, the commonest first."""
    book = edition(standard)
    columns = book.verified_aqls(tables.master_table(book.folder, "single_normal").aqls)
    return tuple(sorted(columns, key=lambda column: column != _FIRST_AQL))


def _letters(standard: str) -> tuple[str, ...]:
    return tables.master_table(edition(standard).folder, "single_normal").letters


@cache
def _edges(standard: str, level: str | None) -> tuple[int, ...]:
    """First lot size of every band and the last of the band before it, rising."""
    levels = LEVELS if level is None else (choice(level, "level", LEVELS),)
    firsts = {first for one in levels for first in letter_bands(edition(standard).folder, one)[0]}
    return tuple(sorted(firsts | {first - 1 for first in firsts if first > SMALLEST_LOT}))


@cache
def _checked_letters(standard: str, severity: str, aql: str) -> st.SearchStrategy[str]:
    """The letters from which no arrow leads to a cell that has not been checked of the edition."""

    def checked(letter: str) -> bool:
        try:
            lookup(letter=letter, aql=aql, severity=severity, standard=standard)
        except DomainError:
            return False
        return True

    return st.sampled_from([letter for letter in _letters(standard) if checked(letter)])
