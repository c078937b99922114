"""A log as text cells, the common form of every source: what a cell may hold, and its conversion to text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from numbers import Integral, Real
from typing import SupportsFloat

from aql.codes import ErrorCode
from aql.documents.decimals import LONGEST_NUMBER
from aql.documents.floats import FloatBits, FloatText
from aql.documents.input_limits import InputLimits, over_limit
from aql.errors import Problem
from aql.words import short_repr

__all__ = [
    "COLUMNS",
    "LARGEST_COUNT",
    "RawLog",
    "cell_problem",
    "cell_text",
    "check_size",
    "problem_at",
    "whole_number",
]

COLUMNS = (
    "lot",
    "stage",
    "item",
    "term",
    "class",
    "value",
    "unit",
    "count",
    "carton",
    "sku",
    "photo",
    "note",
)
"""Columns that a log may have."""


@dataclass(frozen=True, slots=True)
class RawLog:
    """A log as text: its name, columns and numbered rows, and the problems of rows with too many or too few cells.

    `letters` has the letter of each column of a workbook, so that messages can name its cells.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    misfits: tuple[Problem, ...] = ()
    letters: tuple[str, ...] = ()


def cell_text(value: object, decimal: str, *, bits: FloatBits | None = None) -> str:
    """Write a cell of a log as it would appear in a CSV file with this decimal mark.

    Parameters
    ----------
    value : object
        The cell.
    decimal : str
        Decimal mark.
    bits : {32, 64}, optional
        Width of the binary floats in its column; defaults to that of the value.

    Returns
    -------
    str
        The text; a `FloatText` if the cell is a binary float.

    Examples
    --------
    >>> cell_text(57.0, "."), cell_text(0.1, ","), cell_text(None, "."), cell_text(True, ".")
    ('57', '0,1', '', 'yes')
    """
    if type(value) is str or type(value) is int:
        return str(value).strip()
    if value is None:
        return ""
    if type(value) is float:
        text = _printed(value, bits)
        if not _NOT_PLAIN.intersection(text):
            return FloatText(text.removesuffix(".0").replace(".", decimal), bits or 64)
    if type(value).__name__ in {"NAType", "NaTType"}:
        return ""
    if type(value).__name__ in {"bool", "bool_"}:
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, FloatText):
        return value
    if isinstance(value, (str, bytes)) or not isinstance(value, SupportsFloat):
        return str(value).strip()
    bits = bits or _FLOAT_BITS.get(type(value).__name__)
    number = value if isinstance(value, Decimal) else Decimal(_printed(value, bits))
    if number.is_nan():
        return ""
    whole = number.is_finite() and number == number.to_integral_value()
    text = f"{number:f}".partition(".")[0] if whole else f"{number:f}".replace(".", decimal)
    return text if bits is None or not number.is_finite() else FloatText(text, bits)


_NOT_PLAIN = frozenset("en")
"""Letters in the text of a float that has an exponent, is infinite or no number."""

_FLOAT_BITS: dict[str, FloatBits] = {
    "float": 64,
    "float64": 64,
    "longdouble": 64,
    "float32": 32,
    "float16": 32,
}
"""Width of a float by the name of its type; 16-bit floats are taken as 32-bit floats are."""


def _printed(value: SupportsFloat, bits: FloatBits | None) -> str:
    """The shortest text of a number; a 32-bit float may have been widened to 64 bits by its frame."""
    wide = bits == 32 and type(value).__name__ in {"float", "float64"}
    return str(_float_32()(value)) if wide else str(value)


@cache
def _float_32() -> type:
    """The 32-bit float of numpy, whose text is the shortest."""
    import numpy as np

    return np.float32


def problem_at(
    file: str,
    row: int | None,
    message: str,
    *,
    column: str = "",
    letter: str = "",
    code: ErrorCode = "bad-value",
    nearest: str | None = None,
) -> Problem:
    """Return a problem of a log with the location of its cell; `letter` is that of its column in a workbook.

    Examples
    --------
    >>> str(problem_at("log.csv", 3, "must be 1 or more, got 0", column="item"))
    'log.csv, row 3, column item: must be 1 or more, got 0'
    >>> str(problem_at("log.xlsx", 3, "must be 1 or more, got 0", column="item", letter="A"))
    'log.xlsx, cell A3, column item: must be 1 or more, got 0'
    """
    place = f"cell {letter}{row}" if letter else f"row {row}"
    where = file if row is None else f"{file}, {place}"
    if column:
        where += f", column {column}"
    return Problem(
        where,
        message,
        code=code,
        file=file,
        row=row,
        column=column or None,
        nearest=nearest,
        suggestion=nearest,
    )


_LARGEST = 10**LONGEST_NUMBER


def cell_problem(value: object, limits: InputLimits) -> str:
    """Return what is wrong with the value of a cell, or "" if it is text, a number, a date, yes or no, or empty.

    Examples
    --------
    >>> cell_problem([1, 2], InputLimits()), cell_problem(2.5, InputLimits())
    ('must be a single value, got a list', '')
    """
    if value is None or type(value) is float:
        return ""
    if isinstance(value, str):
        return _text_problem(value, limits)
    if type(value).__name__ in _OTHER_KINDS:
        return ""
    if isinstance(value, Decimal):
        many = value.is_finite() and max(len(value.as_tuple().digits), abs(value.adjusted())) > LONGEST_NUMBER
    elif isinstance(value, Integral):
        many = not -_LARGEST < int(value) < _LARGEST
    elif isinstance(value, (date, time, timedelta)):
        return ""
    elif _is_float(value):
        many = False
    elif isinstance(value, (Mapping, list, tuple, set)):
        return f"must be a single value, got a {type(value).__name__}"
    else:
        return f"must be text, a number or a date, got {short_repr(value)}"
    return f"must be a number of at most {LONGEST_NUMBER} digits, got a longer one" if many else ""


_OTHER_KINDS = frozenset({"NAType", "NaTType", "bool", "bool_"})


def _is_float(value: object) -> bool:
    """Whether a value is a float of Python or NumPy; a `Fraction` is not, as it may have no decimal text."""
    return isinstance(value, float) or (isinstance(value, Real) and hasattr(value, "dtype"))


def _text_problem(text: str, limits: InputLimits) -> str:
    if len(text) > limits.text_length:
        return f"must have at most {limits.text_length} characters, got {len(text)}"
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            return f"must be valid Unicode; character {error.start + 1} is half of a pair"
    return ""


def check_size(name: str, rows: int, columns: int, limits: InputLimits) -> None:
    """Check the size of a log; raise the error of the limit that it is beyond."""
    for limit, number in (("rows", rows), ("columns", columns), ("cells", rows * columns)):
        if number > getattr(limits, limit):
            raise over_limit(name, limit, limits)


_LONGEST_COUNT = 12


def whole_number(text: str) -> int | None:
    """Return the whole number in a cell, or None; "7.0" is 7, as pandas writes a column that has empty cells."""
    whole = _WHOLE.fullmatch(text)
    return int(whole[1]) if whole else None


_WHOLE = re.compile(rf"([0-9]{{1,{_LONGEST_COUNT}}})(\.0+)?")

LARGEST_COUNT = 10**_LONGEST_COUNT - 1
"""The largest number in the columns item, count and stage."""
