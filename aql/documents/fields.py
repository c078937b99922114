"""Types of the values in documents (exact numbers, dates, names, files, checksums), each checked when it is read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer, SerializationInfo, WithJsonSchema

from aql.checks import LARGEST_LOT, decimal_comma
from aql.documents.decimals import LONGEST_NUMBER, exact_decimal, plain_zero
from aql.errors import DomainError
from aql.words import as_printed, short_repr

__all__ = [
    "Count",
    "DecimalText",
    "FileName",
    "IsoDate",
    "Name",
    "Number",
    "Positive",
    "Sha256",
    "Text",
    "decimal_text",
]


def decimal_text(value: object) -> Decimal:
    """Return the exact number in a field of decimal text, or raise an error that says what to write."""
    if isinstance(value, Decimal) and value.is_finite():
        return plain_zero(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    number = exact_decimal(value.strip()) if isinstance(value, str) else None
    if number is None:
        allowed = "must be an exact decimal number as text"
        if isinstance(value, str) and len(value.strip()) > LONGEST_NUMBER:
            allowed += f" of at most {LONGEST_NUMBER} characters"
        with_unit = _WITH_UNIT.fullmatch(value.strip()) if isinstance(value, str) else None
        if with_unit is None:
            raise _refused(allowed, value, _meant(value))
        amount, unit = with_unit.groups()
        raise DomainError(
            f"{allowed}, got {short_repr(value)}",
            todo=f'Write "{amount}", and unit = "{unit}" in the same table',
            value=value,
            suggestion=amount,
        )
    return number


_WITH_UNIT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([^\W\d_]\S*|[%°]\S*)")
"""A number and its unit in one text, such as 520 g."""


def _number(value: object) -> Decimal:
    number = None
    if isinstance(value, Decimal):
        number = plain_zero(value) if value.is_finite() else None
    elif isinstance(value, int) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, (str, float)):
        number = exact_decimal(str(value).strip())
    if number is None or number < 0:
        raise _refused(
            "must be a number, 0 or more", value, _meant(value) if isinstance(value, str) else None
        )
    return number


def _meant(value: object) -> str | None:
    """The decimal text that a float, or a text with a decimal comma, probably means, or None."""
    text = (
        decimal_comma(value) if isinstance(value, str) else str(value) if isinstance(value, float) else None
    )
    number = exact_decimal(text or "")
    return None if number is None or number < 0 else text


def _refused(allowed: str, value: object, suggestion: str | None = None) -> DomainError:
    return DomainError(
        f"{allowed}, got {short_repr(value)}",
        todo="" if suggestion is None else f'Write "{suggestion}"',
        value=value,
        suggestion=suggestion,
    )


def _iso_date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise _refused("must be a date such as 2026-12-15", value if isinstance(value, str) else str(value))
    return day


def _file_name(value: object) -> str:
    parts = str(value).replace("\\", "/").split("/")
    if (
        not isinstance(value, str)
        or not value.strip()
        or ".." in parts
        or value[0] in "/\\"
        or ":" in parts[0]
    ):
        raise _refused("must be a file in the folder of the document or a subfolder", value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _refused("must be text", value)
    return value.strip()


def _name(value: object) -> str:
    if not isinstance(value, str) or not value or value != value.strip() or not all(map(_prints, value)):
        raise _refused("must be a name on one line, without leading or trailing blanks", value)
    return as_printed(value)


def _prints(sign: str) -> bool:
    """Whether a sign is printable, or a space of any width."""
    return sign.isprintable() or unicodedata.category(sign) == "Zs"


def _sha256(value: object) -> str:
    if not isinstance(value, str) or len(value) != 64 or set(value.lower()) - set("0123456789abcdef"):
        raise DomainError(
            f"must be a SHA-256 of 64 hexadecimal digits, got {short_repr(value, most=80)}",
            todo="Use what 'aql hash FILE' prints",
            value=value,
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


# Patterns of JSON schemas; "(?![\\s\\S])" is the end of the text, which "$" is not before a line break in Python.
_END = r"(?![\s\S])"
_DIGITS = rf"(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?{_END}"
_DECIMAL = {"type": ["string", "integer"], "pattern": rf"^[+-]?{_DIGITS}", "maxLength": LONGEST_NUMBER}
_NUMBER = {
    "type": ["number", "string"],
    "minimum": 0,
    "pattern": rf"^\+?{_DIGITS}",
    "maxLength": LONGEST_NUMBER,
}
_DAY = {
    "type": "string",
    "format": "date",
    "pattern": rf"^\d{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]){_END}",
}
_TEXT = {"type": "string", "pattern": r"\S"}
_NAME = {
    "type": "string",
    "pattern": rf"^\S([^\u0000-\u001f\u007f]*[^\s\u0000-\u001f\u007f])?{_END}",
}
_FILE_NAME = {
    "type": "string",
    "pattern": r"^(?![\\/])(?![^\\/]*:)(?!([\s\S]*[\\/])?\.\.([\\/]|(?![\s\S])))[\s\S]*\S",
}
_SHA256 = {"type": "string", "pattern": rf"^[0-9a-fA-F]{{64}}{_END}"}

DecimalText = Annotated[
    Decimal,
    BeforeValidator(decimal_text),
    PlainSerializer(_written, return_type=str),
    WithJsonSchema(_DECIMAL),
]
"""An exact decimal number, written as text."""

Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    PlainSerializer(_shortest, return_type=int | float | str),
    WithJsonSchema(_NUMBER),
]
"""A short number such as an AQL, written as a number."""

Count = Annotated[int, Field(strict=True, ge=0, le=LARGEST_LOT)]
"""A number of items, cartons or lots."""

Positive = Annotated[int, Field(strict=True, ge=1, le=LARGEST_LOT)]
"""A number of items, cartons or lots, 1 or more."""

IsoDate = Annotated[date, BeforeValidator(_iso_date), WithJsonSchema(_DAY)]
"""A calendar date."""

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(_TEXT)]
"""Nonempty text."""

Name = Annotated[str, BeforeValidator(_name), WithJsonSchema(_NAME)]
"""A name: text on one line, without leading or trailing blanks; names that print alike are equal."""

FileName = Annotated[str, BeforeValidator(_file_name), WithJsonSchema(_FILE_NAME)]
"""A file in the folder of the document or a subfolder."""

Sha256 = Annotated[str, BeforeValidator(_sha256), WithJsonSchema(_SHA256)]
"""A SHA-256 checksum, 64 hexadecimal digits."""
