"""The judgement of a reading, and the exact arithmetic behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from aql.documents.decimals import exact_decimal
from aql.documents.floats import significant_digits

__all__ = ["Judgement", "exact_product", "exact_sum", "number_problem", "rounded"]

_MOST_DIGITS = 28

# Enough digits to make sums and products of the longest numbers in a document exact.
_EXACT = Context(prec=400)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement of a reading.

    Attributes
    ----------
    conforms : bool
        Whether the reading meets the term.
    found : str
        The value that was compared, with its unit.
    difference : Decimal or None
        How far the reading is beyond the limit: negative below a minimum, positive above a maximum; None if it conforms
        or nothing is measured. [the measure's unit]
    compared : Decimal or None
        The number that was compared with the limits; None if nothing is measured. [the measure's unit]
    too_near : Decimal or None
        The limit that a binary float is too near to be told from it; the reading is then not judged, and `conforms` is
        False. [the measure's unit]
    """

    conforms: bool
    found: str
    difference: Decimal | None = None
    compared: Decimal | None = None
    too_near: Decimal | None = None


def number_problem(text: str) -> str | None:
    """Say what is wrong with the text of a number, or return None.

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
    """Return ``left + right``, or ``left - right`` if `sign` is negative, without rounding."""
    return _EXACT.add(left, right) if sign > 0 else _EXACT.subtract(left, right)


def exact_product(*factors: Decimal) -> Decimal:
    """Return the product of numbers without rounding and without zeros at its end."""
    product = Decimal(1)
    for factor in factors:
        product = _EXACT.multiply(product, factor)
    return _EXACT.normalize(product)


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Round exactly to the nearest multiple of `step`; halfway cases go to the even multiple.

    Examples
    --------
    >>> rounded(Decimal("0.25"), Decimal("0.1")), rounded(Decimal("12.5"), Decimal("5"))
    (Decimal('0.2'), Decimal('10'))
    """
    return _EXACT.multiply(Decimal(round(Fraction(value) / Fraction(step))), step)
