"""The kinds of values a document holds: exact numbers, dates, names, files and checksums, each checked as it is read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, SerializationInfo, WithJsonSchema

__all__ = ["DecimalText", "FileName", "IsoDate", "Name", "Number", "Sha256", "Text", "exact_decimal"]

_LONGEST_NUMBER = 60


def exact_decimal(text: str) -> Decimal | None:
    """The decimal number that `text` writes out, or None.

    Examples
    --------
    >>> exact_decimal("120.10"), exact_decimal("1,5"), exact_decimal("NaN")
    (Decimal('120.10'), None, None)
    """
    if len(text) > _LONGEST_NUMBER or not text.isascii() or "_" in text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    small = number.is_finite() and abs(number.adjusted()) <= _LONGEST_NUMBER
    return number if small else None


def _decimal_text(value: Any) -> Decimal:
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    number = exact_decimal(value.strip()) if isinstance(value, str) else None
    if number is None:
        written = f'Write it as text with a decimal point, "{str(value).replace(",", ".")}"'
        raise ValueError(
            f"{value!r} is no exact decimal number; a number that decides a verdict is decimal text. {written}"
        )
    return number


def _number(value: Any) -> Decimal:
    if isinstance(value, float) and not isinstance(value, bool):
        value = str(value)
    number = None
    if isinstance(value, Decimal):
        number = value if value.is_finite() else None
    elif isinstance(value, int) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, str):
        number = exact_decimal(value.strip())
    if number is None or number < 0:
        point = exact_decimal(value.strip().replace(",", ".")) if isinstance(value, str) else None
        comma = number is None and point is not None and point >= 0
        written = f"with a point, {point}" if comma else "as 2.5 or 4.0"
        raise ValueError(f"{value!r} is not possible; a number of 0 or more is allowed. Write it {written}")
    return number


def _iso_date(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        day = date.fromisoformat(value)
        if day.isoformat() == value:
            return day
    except (TypeError, ValueError):
        pass
    raise ValueError(
        f"{str(value)!r} is no date; a date is a day of the calendar as 2026-12-15. Write year-month-day"
    )


def _file_name(value: Any) -> str:
    parts = str(value).replace("\\", "/").split("/")
    if (
        not isinstance(value, str)
        or not value.strip()
        or ".." in parts
        or value[0] in "/\\"
        or ":" in parts[0]
    ):
        raise ValueError(
            f"{value!r} leaves the document's folder; a file stands in that folder or below it. "
            "Move the file there and give its name"
        )
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is no text; text with something in it is needed. Write it in quotes")
    return value.strip()


def _name(value: Any) -> str:
    if not isinstance(value, str) or not value or value != value.strip() or not value.isprintable():
        raise ValueError(
            f"{value!r} is no name; a name is text on one line without blanks at its ends. Write it in quotes"
        )
    return value


def _sha256(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 64 or set(value.lower()) - set("0123456789abcdef"):
        raise ValueError(
            f"{value!r} is no SHA-256; it has 64 hexadecimal digits. Take what 'sha256sum FILE' prints"
        )
    return value.lower()


def _written(value: Decimal, info: SerializationInfo) -> str:
    return f"{value.normalize():f}" if info.context else str(value)


def _shortest(value: Decimal, info: SerializationInfo) -> int | float | str:
    if info.context:
        return f"{value.normalize():f}"
    return (
        int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else float(value)
    )


DecimalText = Annotated[
    Decimal,
    BeforeValidator(_decimal_text),
    PlainSerializer(_written, return_type=str),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"}),
]
"""An exact decimal number, written as text."""

Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    PlainSerializer(_shortest, return_type=int | float | str),
    WithJsonSchema({"type": ["number", "string"]}),
]
"""A short number such as an AQL, written as a number."""

IsoDate = Annotated[date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})]
"""A day of the calendar."""

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": "string", "minLength": 1})]
"""Text with something in it."""

Name = Annotated[str, BeforeValidator(_name), WithJsonSchema({"type": "string", "minLength": 1})]
"""A name: text on one line, without blanks at its ends."""

FileName = Annotated[str, BeforeValidator(_file_name), WithJsonSchema({"type": "string", "minLength": 1})]
"""A file in the document's folder or below it."""

Sha256 = Annotated[
    str, BeforeValidator(_sha256), WithJsonSchema({"type": "string", "pattern": "^[0-9a-fA-F]{64}$"})
]
"""A SHA-256 checksum, 64 hexadecimal digits."""
