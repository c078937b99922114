"""Tolerances of a nominal value: an amount in its unit, or a percentage of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator, SerializationInfo, WithJsonSchema

from aql.documents.decimals import LONGEST_NUMBER, exact_decimal, exact_product
from aql.documents.fields import decimal_text

__all__ = ["Percent", "Tolerance", "tolerance_amount"]


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage of the nominal value, such as 5 for ``"5%"``."""

    percent: Decimal


def tolerance_amount(tolerance: Decimal | Percent, nominal: Decimal) -> Decimal:
    """Return the tolerance of a nominal value as an exact amount in its unit.

    Examples
    --------
    >>> tolerance_amount(Percent(Decimal(5)), Decimal(520)), tolerance_amount(Decimal("26"), Decimal(520))
    (Decimal('26'), Decimal('26'))
    """
    if isinstance(tolerance, Decimal):
        return tolerance
    return exact_product(abs(nominal), tolerance.percent, Decimal("0.01"))


def _tolerance(value: object) -> Decimal | Percent:
    if isinstance(value, Percent):
        return value
    text = value.strip() if isinstance(value, str) else ""
    number = exact_decimal(text.removesuffix("%").strip()) if text.endswith("%") else None
    return decimal_text(value) if number is None else Percent(number)


def _written(value: Decimal | Percent, info: SerializationInfo) -> str:
    number, sign = (value.percent, "%") if isinstance(value, Percent) else (value, "")
    return (f"{number.normalize():f}" if info.context else str(number)) + sign


Tolerance = Annotated[
    Decimal | Percent,
    PlainValidator(_tolerance),
    PlainSerializer(_written, return_type=str),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": rf"^(?=[^%]{{1,{LONGEST_NUMBER}}}%?$)[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?(\s*%)?$",
        }
    ),
]
"""A tolerance as decimal text, or as a percentage such as ``"5%"``."""
