"""What a reading says of a term, and the exact arithmetic that judges it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

__all__ = ["Judgement", "exact_sum", "rounded"]

# Wide enough that sums and products of the longest numbers a document can hold are exact.
_EXACT = Context(prec=400)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reading says.

    Attributes
    ----------
    conforms : bool
        Whether the reading meets what was agreed.
    found : str
        The reading as compared, with its unit.
    difference : Decimal or None
        How far beyond the limit: negative below a minimum, positive above a maximum; None where nothing is
        measured or the reading conforms. [the measure's unit]
    compared : Decimal or None
        The number that was compared with the limits; None where nothing is measured. [the measure's unit]
    """

    conforms: bool
    found: str
    difference: Decimal | None = None
    compared: Decimal | None = None


def exact_sum(left: Decimal, right: Decimal, sign: int = 1) -> Decimal:
    """Return ``left + right``, or ``left - right`` where `sign` is negative, without rounding."""
    return _EXACT.add(left, right) if sign > 0 else _EXACT.subtract(left, right)


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Round to the nearest multiple of `step`, halves to the even multiple, exactly.

    Examples
    --------
    >>> rounded(Decimal("0.25"), Decimal("0.1")), rounded(Decimal("12.5"), Decimal("5"))
    (Decimal('0.2'), Decimal('10'))
    """
    return _EXACT.multiply(Decimal(round(Fraction(value) / Fraction(step))), step)
