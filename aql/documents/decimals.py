"""Decimal numbers as text, read exactly; sums, products and multiples without rounding errors."""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction

__all__ = [
    "LONGEST_NUMBER",
    "exact_decimal",
    "exact_product",
    "exact_sum",
    "number_problem",
    "plain_zero",
    "rounded",
    "significant_digits",
]

LONGEST_NUMBER = 60
"""The longest text of a number, and the largest exponent. [characters]"""


def exact_decimal(text: str) -> Decimal | None:
    """Return the exact decimal number in `text`, or None; 0 has no sign.

    Examples
    --------
    >>> exact_decimal("120.10"), exact_decimal("1,5"), exact_decimal("NaN")
    (Decimal('120.10'), None, None)
    """
    if len(text) > LONGEST_NUMBER or not text.isascii() or "_" in text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    small = number.is_finite() and abs(number.adjusted()) <= LONGEST_NUMBER
    return plain_zero(number) if small else None


def exact_number(value: object) -> Decimal | None:
    """Return an exact number or its text as a decimal number; None if it is not one, as a float is not.

    Examples
    --------
    >>> exact_number("1.50"), exact_number(2), exact_number(0.1)
    (Decimal('1.50'), Decimal('2'), None)
    """
    if isinstance(value, str):
        return exact_decimal(value)
    if type(value) is int:
        return Decimal(value) if abs(value) < 10**LONGEST_NUMBER else None
    return exact_decimal(str(value)) if isinstance(value, Decimal) else None


def plain_zero(number: Decimal) -> Decimal:
    """Return a decimal number, -0 without its sign, so that equal numbers are written alike.

    Examples
    --------
    >>> plain_zero(Decimal("-0.0")), plain_zero(Decimal("-1"))
    (Decimal('0.0'), Decimal('-1'))
    """
    return number or number.copy_abs()


def significant_digits(number: Decimal) -> int:
    """Return the number of significant digits of a float or decimal number, without trailing zeros.

    Examples
    --------
    >>> significant_digits(Decimal("0.0120")), significant_digits(Decimal("0"))
    (2, 1)
    """
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return len(digits) or 1


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
