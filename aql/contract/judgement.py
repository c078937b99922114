"""The judgement of a reading, and the exact arithmetic behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

__all__ = ["Judgement", "exact_sum", "rounded"]

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
    """

    conforms: bool
    found: str
    difference: Decimal | None = None
    compared: Decimal | None = None


def exact_sum(left: Decimal, right: Decimal, sign: int = 1) -> Decimal:
    """Return ``left + right``, or ``left - right`` if `sign` is negative, without rounding."""
    return _EXACT.add(left, right) if sign > 0 else _EXACT.subtract(left, right)


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Round exactly to the nearest multiple of `step`; halfway cases go to the even multiple.

    Examples
    --------
    >>> rounded(Decimal("0.25"), Decimal("0.1")), rounded(Decimal("12.5"), Decimal("5"))
    (Decimal('0.2'), Decimal('10'))
    """
    return _EXACT.multiply(Decimal(round(Fraction(value) / Fraction(step))), step)
