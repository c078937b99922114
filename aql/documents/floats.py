"""Numbers that came as binary floats: the text of a float, and the decimal number that it is taken as.

A program that computes 256.21 - 56.21 gets 199.99999999999997, and means 200. A float is therefore taken at 15
significant digits, as spreadsheets show it; a 32-bit float is taken as its shortest text.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Self, TypeAlias

from aql.documents.decimals import exact_decimal, significant_digits

__all__ = ["FloatBits", "FloatText", "TakenNumber", "shortest_32_bit", "taken_number"]

FloatBits: TypeAlias = Literal[32, 64]
"""Width of a binary float. [bits]"""

_FLOAT_DIGITS = 15
_RESIDUE: dict[FloatBits, Decimal] = {64: Decimal("1e-9"), 32: Decimal("1e-6")}


class FloatText(str):
    """The text of a number that came as a binary float of that width."""

    __slots__ = ("bits",)
    bits: FloatBits

    def __new__(cls, text: str, bits: FloatBits = 64) -> Self:
        """Return the text with its width."""
        made = super().__new__(cls, text)
        made.bits = bits
        return made


@dataclass(frozen=True, slots=True)
class TakenNumber:
    """The number that a reading is taken as, and the width of the binary float it came as (None for decimal text)."""

    value: Decimal
    bits: FloatBits | None = None

    def residue(self, limit: Decimal) -> Decimal:
        """Return how near to a limit the number is too near to be told from it: 0 for decimal text.

        Examples
        --------
        >>> TakenNumber(Decimal("199.9999999999"), 64).residue(Decimal(200))
        Decimal('2.00E-7')
        """
        return Decimal(0) if self.bits is None else _RESIDUE[self.bits] * max(Decimal(1), abs(limit))


def taken_number(text: str, bits: FloatBits | None = None) -> TakenNumber | None:
    """Return the number that the text of a float is taken as; None if it is not a number.

    Parameters
    ----------
    text : str
        The reading, with a decimal point.
    bits : {32, 64}, optional
        Width of the binary float that the reading came as; None if it came as text.

    Returns
    -------
    TakenNumber or None
        Decimal text is exact. A binary float is taken at 15 significant digits, a 32-bit float at its shortest text.
        Text of 16 or more digits that is exactly what a program prints for a float is taken as that float.

    Examples
    --------
    >>> taken_number("199.99999999999997").value, taken_number("199.9999999999").value
    (Decimal('200'), Decimal('199.9999999999'))
    >>> taken_number("0.10000000149011612")
    TakenNumber(value=Decimal('0.1'), bits=32)
    """
    number = exact_decimal(text)
    if number is None or bits == 32 or significant_digits(number) <= _FLOAT_DIGITS:
        return None if number is None else TakenNumber(number, bits)
    nearest = float(number)
    if bits is None and not _is_printed(number, nearest):
        return TakenNumber(number)
    short = shortest_32_bit(nearest)
    if short is not None:
        return TakenNumber(Decimal(short), 32)
    return TakenNumber(Decimal(f"{nearest:.{_FLOAT_DIGITS}g}"), 64)


def _is_printed(number: Decimal, nearest: float) -> bool:
    """Whether a program prints the float as this number, in its shortest form or with that many digits."""
    return number in (Decimal(repr(nearest)), Decimal(f"{nearest:.{significant_digits(number)}g}"))


def shortest_32_bit(number: float) -> str | None:
    """Return the shortest text of a 32-bit float that was widened to 64 bits; None if the number is another.

    Examples
    --------
    >>> shortest_32_bit(0.10000000149011612), shortest_32_bit(0.1)
    ('0.1', None)
    """
    try:
        if _unpacked(_packed(number))[0] != number:
            return None
    except OverflowError:
        return None
    for form in ("%.6g", "%.7g", "%.8g"):  # a text of fewer digits is the same in 6 digits
        text = form % number
        if _unpacked(_packed(float(text)))[0] == number:
            return text
    return f"{number:.9g}"


_packed, _unpacked = struct.Struct("f").pack, struct.Struct("f").unpack
