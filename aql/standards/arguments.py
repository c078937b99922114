"""The friendly layer of the lookups: what people write, turned once into what the tables are keyed by."""

from __future__ import annotations

import difflib
from bisect import bisect
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from operator import index
from typing import Any

from aql.errors import DomainError

__all__ = [
    "LEVELS",
    "NOT_ALLOWED",
    "SAMPLINGS",
    "SEVERITIES",
    "SMALLEST_LOT",
    "aql_column",
    "choice",
    "lot_size_number",
    "nearest",
    "over_ten",
]

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
SEVERITIES = ("normal", "tightened", "reduced")
SAMPLINGS = ("single", "double", "multiple")
COUNTINGS = ("items", "nonconformities")

NOT_ALLOWED = "0"
"""The AQL of the trade's "not allowed": no column of a table."""

SMALLEST_LOT = 2
_PER_HUNDRED_ABOVE = 10


def nearest(text: Any, words: Iterable[str]) -> str | None:
    """The word that `text` was probably meant to be, or None.

    Examples
    --------
    >>> nearest("tigthened", ("normal", "tightened"))
    'tightened'
    """
    choices = tuple(words)
    same = {_bare(word): word for word in reversed(choices)}
    if _bare(text) in same:
        return same[_bare(text)]
    found = difflib.get_close_matches(str(text), choices, n=1)
    return found[0] if found else None


def _bare(text: Any) -> str:
    return "".join(sign for sign in str(text).casefold() if sign.isalnum())


def choice(value: Any, what: str, choices: Sequence[str]) -> str:
    """Return `value` if it is one of `choices`; raise an error that suggests the nearest otherwise.

    Examples
    --------
    >>> choice("II", "level", LEVELS)
    'II'
    """
    if isinstance(value, str) and value in choices:
        return value
    close = nearest(value, choices)
    raise DomainError(
        f"{what} {value!r} is not known",
        f"a {what} is one of " + ", ".join(choices),
        f"Did you mean {close!r}?" if close else f"Use one of these {len(choices)}",
        value=value,
    )


def lot_size_number(value: Any) -> int:
    """Return a lot size as an int; whole floats are taken, anything else raises.

    Examples
    --------
    >>> lot_size_number(1200)
    1200
    """
    number: int | None = None
    if not isinstance(value, str) and not _is_bool(value):
        try:
            number = index(value)
        except TypeError:
            number = _whole_float(value)
    if number is None:
        raise DomainError(
            f"lot size {value!r} is no whole number of items",
            "a lot size is a whole number, 2 or more",
            "Give the number of items in the lot as an integer",
            value=value,
        )
    if number < SMALLEST_LOT:
        raise DomainError(
            f"lot size {number} is too small",
            "the tables begin at lots of 2 items",
            "Inspect the item itself" if number == 1 else "Give the number of items in the lot",
            value=value,
        )
    return number


def _is_bool(value: Any) -> bool:
    return type(value).__name__ in {"bool", "bool_"}


def _whole_float(value: Any) -> int | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return int(number) if number.is_integer() else None


@cache
def _columns(aqls: tuple[str, ...]) -> dict[Any, str]:
    keys: dict[Any, str] = {0: NOT_ALLOWED, "0": NOT_ALLOWED}
    for text in aqls:
        keys[text] = keys[float(text)] = keys[Decimal(text)] = text
    return keys


def aql_column(value: Any, aqls: tuple[str, ...], *, standard: str) -> str:
    """Return the column of `aqls` that `value` is exactly, or "0" for an AQL of zero.

    Parameters
    ----------
    value : str, int, float, Decimal or numpy number
        The AQL. Text is read as a decimal number with a point.
    aqls : tuple of str
        The columns, as printed, rising.
    standard : str
        Name of the edition, for the error.

    Raises
    ------
    DomainError
        If it is not exactly a column; the error names the neighbours.

    Examples
    --------
    >>> aql_column(4, ("2.5", "4.0"), standard="ISO 2859-1:1999")
    '4.0'
    """
    columns = _columns(aqls)
    try:
        found = columns.get(value)
    except TypeError:
        found = None
    if found is not None and not _is_bool(value):
        return found
    number = _aql_number(value)
    column = columns.get(number)
    if column is not None:
        return column
    place = bisect([Decimal(text) for text in aqls], number)
    around = aqls[max(place - 1, 0) : place + 1]
    names = (
        f"the nearest are {around[0]} and {around[1]}" if len(around) > 1 else f"the nearest is {around[0]}"
    )
    raise DomainError(
        f"AQL {value} is not a column of {standard}",
        names,
        f"Use {'one of them' if len(around) > 1 else 'it'}, or build SinglePlan(n=..., ac=...) yourself",
        value=value,
        nearest=around,
    )


def _aql_number(value: Any) -> Decimal:
    reason = "an AQL is a positive number such as 2.5, or 0 for not allowed"
    number = None
    if not _is_bool(value):
        try:
            number = Decimal(value.strip() if isinstance(value, str) else str(value))
        except (InvalidOperation, ValueError):
            number = None
    if number is None:
        comma = isinstance(value, str) and "," in value
        todo = f"Write it with a decimal point: {value.replace(',', '.')!r}" if comma else "Give a number"
        raise DomainError(f"AQL {value!r} is no number", reason, todo, value=value)
    if not number.is_finite() or number < 0:
        raise DomainError(
            f"AQL {value} is not possible", reason, "Give one of the standard's AQLs", value=value
        )
    return number


def over_ten(aql: str) -> bool:
    """True where the AQL only means nonconformities per 100 items."""
    return Decimal(aql) > _PER_HUNDRED_ABOVE
