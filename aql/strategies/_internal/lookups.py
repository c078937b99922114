"""Lookups from every table of every standard."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Literal, overload

from hypothesis import strategies as st

from aql.checks import choice
from aql.errors import DomainError
from aql.standards.editions import DEFAULT_STANDARD, edition
from aql.standards.iso2859_1.lookup import FractionalLookup, Lookup, lookup
from aql.strategies._internal.aqls import aqls
from aql.strategies._internal.code_letters import code_letters, printed_letters
from aql.strategies._internal.lot_sizes import lot_sizes
from aql.types import (
    ENTRIES,
    LEVELS,
    SAMPLINGS,
    SEVERITIES,
    STANDARDS,
    Entry,
    Sampling,
    Severity,
    Standard,
)

__all__ = ["lookups"]


@overload
def lookups(
    *,
    standard: Standard | None = ...,
    severity: Severity | None = ...,
    sampling: Sampling | None = ...,
    by: Entry | None = ...,
    not_allowed: bool = ...,
    fractional: Literal[False] = ...,
) -> st.SearchStrategy[Lookup]: ...


@overload
def lookups(
    *,
    standard: Standard | None = ...,
    severity: Severity | None = ...,
    sampling: Sampling | None = ...,
    by: Entry | None = ...,
    not_allowed: bool = ...,
    fractional: bool,
) -> st.SearchStrategy[Lookup | FractionalLookup]: ...


def lookups(
    *,
    standard: Standard | None = None,
    severity: Severity | None = None,
    sampling: Sampling | None = None,
    by: Entry | None = None,
    not_allowed: bool = False,
    fractional: bool = False,
) -> st.SearchStrategy[Lookup] | st.SearchStrategy[Lookup | FractionalLookup]:
    """Strategy for lookups from every table of every standard, by letter or by lot size.

    Parameters
    ----------
    standard, severity, sampling : str, optional
        Draw only these.
    by : {"letter", "lot"}, optional
        Look up by letter (with or without a lot size) or by lot size and level; defaults to both.
    not_allowed : bool
        Also draw AQL 0.
    fractional : bool
        Also draw plans with fractional acceptance numbers (single sampling of ISO 2859-1:1999, unverified).

    Returns
    -------
    SearchStrategy of Lookup, with `fractional` of FractionalLookup too
        They shrink to letter A, AQL 2.5, normal inspection, single sampling.

    Raises
    ------
    DomainError
        If an argument is unknown, or the standard does not have it.

    Examples
    --------
    >>> from hypothesis import find
    >>> found = find(lookups(), lambda one: one.plan_letter != one.letter)
    >>> found.letter, found.severity, found.sampling
    ('A', 'normal', 'single')
    """
    if severity is not None:
        choice(severity, "severity", SEVERITIES)
    standards = st.sampled_from(_standards(standard, sampling, by))
    return _lookups(standards, severity, sampling, by, not_allowed=not_allowed, fractional=fractional)


def _standards(
    standard: Standard | None, sampling: Sampling | None, by: Entry | None
) -> tuple[Standard, ...]:
    """Return the standards that have this type of sampling and can be entered in this way."""
    if by is not None:
        choice(by, "by", ENTRIES)
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
        what = "A lookup with a lot size" if by == "lot" else f"{str(sampling).capitalize()} sampling"
        raise edition(names[0]).unverified(what)
    return found


@st.composite
def _lookups(
    draw: st.DrawFn,
    standards: st.SearchStrategy[Standard],
    severity: Severity | None,
    sampling: Sampling | None,
    by: Entry | None,
    *,
    not_allowed: bool,
    fractional: bool,
) -> Lookup | FractionalLookup:
    standard = draw(standards)
    book = edition(standard)
    # Draw the same for every edition; otherwise the one with the fewest draws would count as the simplest.
    drawn_sampling = draw(_SAMPLINGS) if sampling is None else sampling
    asked: dict[str, Any] = {
        "standard": standard,
        "severity": draw(_SEVERITIES) if severity is None else severity,
        "sampling": drawn_sampling if drawn_sampling in book.samplings else book.samplings[0],
    }
    has_fractions = fractional and standard == DEFAULT_STANDARD and asked["sampling"] == "single"
    asked["fractional"] = has_fractions and draw(st.booleans())
    asked["aql"] = draw(aqls(standard, not_allowed=not_allowed))
    by_lot = draw(st.booleans()) if by is None else by == "lot"
    level = draw(_LEVELS)
    lot_size = draw(lot_sizes(level, standard=standard)) if by_lot else draw(_lot_size_or_none(standard))
    look: Callable[..., Lookup | FractionalLookup] = lookup
    if book.letter_only:
        letter = draw(_verified_letters(standard, asked["severity"], asked["aql"]))
        return look(letter=letter, **asked)
    if by_lot:
        return look(lot_size, level=level, **asked)
    return look(lot_size, letter=draw(code_letters(standard)), **asked)


_SEVERITIES, _SAMPLINGS = st.sampled_from(SEVERITIES), st.sampled_from(SAMPLINGS)
_LEVELS = st.sampled_from(sorted(LEVELS, key=lambda level: level != "II"))


@cache
def _lot_size_or_none(standard: Standard) -> st.SearchStrategy[int | None]:
    return st.none() | lot_sizes(standard=standard)


@cache
def _verified_letters(standard: Standard, severity: Severity, aql: str) -> st.SearchStrategy[str]:
    """Letters whose arrows lead only to verified cells of the edition."""

    def is_verified(letter: str) -> bool:
        try:
            lookup(letter=letter, aql=aql, severity=severity, standard=standard)
        except DomainError:
            return False
        return True

    return st.sampled_from([letter for letter in printed_letters(standard) if is_verified(letter)])
