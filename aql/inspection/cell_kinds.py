"""What a cell of a log may hold, and how many cells a log may have, whatever it is read from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from numbers import Integral, Real

from aql.documents.decimals import LONGEST_NUMBER
from aql.documents.input_limits import InputLimits, over_limit
from aql.words import short_repr

__all__ = ["cell_problem", "check_size", "whole_number"]

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
