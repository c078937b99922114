"""Exact arithmetic with the numbers of contracts and readings: sums, products and multiples, without rounding errors."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from aql.documents.decimals import exact_decimal, significant_digits

__all__ = ["exact_product", "exact_sum", "number_problem", "rounded"]

_MOST_DIGITS = 28

# Enough digits to make sums and products of the longest numbers in a document exact.
_EXACT = Context(prec=400)


def number_problem(text: str) -> str | None:
    """Say why a text is not an exact number that can be judged, or return None.

    Examples
    --------
    >>> number_problem("3,5"), number_problem("3.5")
    ('must be a decimal number such as 3012.5', None)
    """
    number = exact_decimal(text)
    if number is None:
        return "must be a decimal number such as 3012.5"
    if significant_digits(number) > _MOST_DIGITS:
        return f"must have at most {_MOST_DIGITS} significant digits"
    return None


def exact_sum(left: Decimal, right: Decimal, sign: int = 1) -> Decimal:
    """Return the exact ``left + right``, or ``left - right`` if `sign` is negative."""
    return _EXACT.add(left, right) if sign > 0 else _EXACT.subtract(left, right)


def exact_product(*factors: Decimal) -> Decimal:
    """Return the exact product of numbers, without zeros at its end."""
    product = Decimal(1)
    for factor in factors:
        product = _EXACT.multiply(product, factor)
    return _EXACT.normalize(product)


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Round a number exactly to the nearest multiple of `step`; halfway cases go to the even multiple.

    Examples
    --------
    >>> rounded(Decimal("0.25"), Decimal("0.1")), rounded(Decimal("12.5"), Decimal("5"))
    (Decimal('0.2'), Decimal('10'))
    """
    return _EXACT.multiply(Decimal(round(Fraction(value) / Fraction(step))), step)
