"""Arguments of the lookups: converts lot sizes and AQLs as people write them to the keys of the tables."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from operator import index

from aql.checks import LARGEST_LOT, decimal_comma, is_bool
from aql.documents.decimals import exact_decimal
from aql.errors import DomainError
from aql.types import AqlColumn, LotSize
from aql.words import listed, short_repr

__all__ = [
    "NOT_ALLOWED",
    "SMALLEST_LOT",
    "aql_column",
    "lot_size_number",
    "over_ten",
]

NOT_ALLOWED = "0"
"""The AQL that means "not allowed": trade practice, not a column of a table."""

SMALLEST_LOT = 2
"""Smallest lot with a code letter. [items]"""

_PER_HUNDRED_ABOVE = 10


def lot_size_number(value: LotSize, *, name: str = "lot_size", least: int = SMALLEST_LOT) -> int:
    """Return the argument for a lot size, `least` or more, as an int; a float or Decimal must have a whole value.

    Examples
    --------
    >>> lot_size_number(1200)
    1200
    """
    number = _whole(value)
    if number is None or not least <= number <= LARGEST_LOT:
        above = number is not None and number > LARGEST_LOT
        size = f"{least} to 2**53 (about 9 quadrillion)" if above else f"{least} or more"
        raise DomainError(
            f"{name} must be a whole number, {size}, got {short_repr(value)}",
            todo="A lot of one item has no code letter" if number == 1 else "",
            code="bad-lot-size",
            value=value,
        )
    return number


def _whole(value: LotSize) -> int | None:
    # Old releases of NumPy take an array with one value for a number.
    if isinstance(value, str) or is_bool(value) or bool(getattr(value, "ndim", 0)):
        return None
    try:
        return index(value)  # type: ignore[arg-type]
    except TypeError:
        pass
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return int(number) if number.is_integer() else None


@cache
def _columns(aqls: tuple[str, ...]) -> dict[object, str]:
    keys: dict[object, str] = {0: NOT_ALLOWED, "0": NOT_ALLOWED}
    for text in aqls:
        keys[text] = keys[float(text)] = keys[Decimal(text)] = text
    return keys


def aql_column(value: AqlColumn, aqls: tuple[str, ...], *, standard: str) -> str:
    """Return the column of `aqls` that the argument for an AQL means, or "0" for an AQL of zero.

    Parameters
    ----------
    value : str, int, float, Decimal or numpy number
        The AQL. Text is read as a decimal number with a point.
    aqls : tuple of str
        The columns as printed, in ascending order.
    standard : str
        Name of the edition, for the error message.

    Raises
    ------
    DomainError
        If no column equals it; the error names the nearest ones.

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
    if found is not None and not is_bool(value):
        return found
    number = _aql_number(value, columns)
    column = columns.get(number)
    if column is not None:
        return column
    place = bisect([Decimal(text) for text in aqls], number)
    around = aqls[max(place - 1, 0) : place + 1]
    raise DomainError(
        f"AQL {value if isinstance(value, (str, Decimal)) else short_repr(value)} is not a column of {standard}; "
        f"the nearest {'is' if len(around) == 1 else 'are'} {listed(around)}",
        todo="For another plan, build SinglePlan(n=..., ac=...)",
        code="unknown-aql",
        value=value,
        nearest=around,
    )


def _aql_number(value: AqlColumn, columns: Mapping[object, str]) -> Decimal:
    """The AQL as a number; the error for a text with a decimal comma suggests the column it means."""
    number = None if is_bool(value) else _decimal(value)
    if number is not None and number >= 0:
        return number
    point = decimal_comma(value) if isinstance(value, str) else None
    meant = columns.get(_decimal(point or ""))
    allowed = "a number such as 2.5" if number is None else "0 or more"
    raise DomainError(
        f"aql must be {allowed}, got {short_repr(value)}",
        todo="" if meant is None else f'Write "{meant}"',
        code="bad-aql",
        value=value,
        suggestion=meant,
    )


def _decimal(value: object) -> Decimal | None:
    """The finite number in a text or number, or None."""
    try:
        number = Decimal(str(value).strip())
    except (InvalidOperation, ValueError, RecursionError):  # such as an int of 5000 digits, which has no text
        return None
    return number if number.is_finite() else None


def over_ten(aql: object) -> bool:
    """Whether the argument for an AQL can only mean nonconformities per 100 items."""
    number = exact_decimal(aql) if isinstance(aql, str) else None
    if number is None:
        raise DomainError(f"aql must be the text of a number, got {short_repr(aql)}", value=aql)
    return number > _PER_HUNDRED_ABOVE
