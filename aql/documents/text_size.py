"""Bounds the size of TOML and JSON text before a parser sees it, and of plain values before they are validated.

The text is split into strings, comments and signs in one pass, so the cost grows with its length alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from aql.documents.decimals import LONGEST_NUMBER
from aql.documents.input_limits import InputLimits, check_limits, over_limit
from aql.errors import DocumentError, Problem

__all__ = ["check_text", "check_values"]

# A match is what comes before a sign, and the sign. Possessive quantifiers (*+) never give back what they took, and the
# last match ends at the end of the text, so that no text is read twice. No part of a repeated group fails after it has
# looked further: Python 3.11 before 3.11.5 does not go back then.
_TOML = re.compile(
    r"""
    (?: \#[^\n]*+
      | "{3} (?: [^"\\]++ | \\. | "[^"\\] | ""[^"\\] | "\\. | ""\\. )*+ (?: "{3,5} | "{0,2}\\?\Z )
      | '{3} (?: [^']++ | '[^'] | ''[^'] )*+ (?: '{3,5} | '{0,2}\Z )
      | " (?: [^"\\\n]++ | \\. )*+ "?
      | ' [^'\n]*+ '?
      | [^\#"'\[\]{}=,.\n\d]++
    )*+
    (?: (?P<number> \d[\d_]*+ ) | (?P<sign> [\[\]{}=,.] | \n\s*+ ) | \Z )
    """,
    re.VERBOSE | re.DOTALL,
)
_JSON = re.compile(
    r"""
    (?: " (?: [^"\\]++ | \\. )*+ "?
      | [^"\[\]{},\d]++
    )*+
    (?: (?P<number> \d[\d_]*+ ) | (?P<sign> [\[\]{},] ) | \Z )
    """,
    re.VERBOSE | re.DOTALL,
)


def check_text(text: str, ending: str, source: str, limits: InputLimits) -> None:
    """Check the size of TOML or JSON text: its length, depth, number of values and length of numbers.

    Parameters
    ----------
    text : str
        The text; it need not be valid.
    ending : {".toml", ".json"}
        Its format.
    source : str
        Name of the document in messages.
    limits : InputLimits
        The limits.

    Raises
    ------
    AqlError
        If it is beyond a limit.
    DocumentError
        If a number is too long to be read exactly.
    """
    check_limits(limits)
    if len(text) > limits.document_length:
        raise over_limit(source, "document_length", limits)
    depth = values = parts = 0
    for token in (_TOML if ending == ".toml" else _JSON).finditer(text):
        sign = token["sign"]
        if sign is None:
            digits = len(token["number"] or "")
            if digits <= LONGEST_NUMBER:
                continue
            message = f"a number must have at most {LONGEST_NUMBER} digits, got {digits} digits"
            raise DocumentError(source, [Problem("", message, code="too-long")])
        if sign in {"]", "}"}:
            depth -= 1
            if depth < 0:  # the parser says what is wrong there
                return
            continue
        parts = parts + 1 if sign == "." else 0
        values += parts != 1  # the first may be a decimal point
        if sign in {"[", "{"}:
            depth += 1
        if depth > limits.depth or parts >= limits.depth:
            raise over_limit(source, "depth", limits, place=_line(text, token.start("sign")))
        if values > limits.values:
            raise over_limit(source, "values", limits, place=_line(text, token.start("sign")))


def _line(text: str, place: int) -> str:
    return f"line {text.count(chr(10), 0, place) + 1}"


def check_values(data: Mapping[str, object], source: str, limits: InputLimits) -> None:
    """Check the size of plain values and of their texts, which must be ordinary ones.

    Raises
    ------
    AqlError
        If they are beyond a limit.
    DocumentError
        If a text is not valid Unicode, a number is too long, or a key is not text.
    """
    check_limits(limits)
    problems: list[Problem] = []
    waiting: list[tuple[str, object, int]] = [("", data, 0)]
    values = 0
    while waiting:
        path, table, depth = waiting.pop()
        keyed = isinstance(table, Mapping)
        pairs = table.items() if isinstance(table, Mapping) else enumerate(table)  # type: ignore[arg-type]
        values += len(table)  # type: ignore[arg-type]
        if depth >= limits.depth:
            raise over_limit(source, "depth", limits, place=path)
        if values > limits.values:
            raise over_limit(source, "values", limits, place=path)
        for key, one in pairs:
            if keyed and (wrong := _key_problem(key, limits)):
                problems.append(Problem(path, f"a key {wrong}", "bad-value", path=path))
                continue
            if type(one) in _PLAIN or _is_short(one, limits):
                continue
            inside = (f"{path}.{key}" if path else str(key)) if keyed else f"{path}[{key}]"
            if isinstance(one, (Mapping, list, tuple)):
                waiting.append((inside, one, depth + 1))
            elif isinstance(one, str) and len(one) > limits.text_length:
                raise over_limit(source, "text_length", limits, place=inside)
            elif wrong := _value_problem(one):
                problems.append(Problem(inside, wrong, "bad-value", path=inside))
    if problems:
        raise DocumentError(source, problems)


_PLAIN = frozenset({bool, float, date, datetime, time, type(None)})
_LARGEST = 10**LONGEST_NUMBER


def _is_short(value: object, limits: InputLimits) -> bool:
    """Whether a value is text or a number that needs no closer look, as nearly all are."""
    if type(value) is str:
        return len(value) <= limits.text_length and value.isascii()
    return type(value) is int and -_LARGEST < value < _LARGEST


def _key_problem(key: object, limits: InputLimits) -> str:
    if not isinstance(key, str):
        return f"must be text, got a value of type {type(key).__name__}"
    if len(key) > limits.text_length:
        return f"must have at most {limits.text_length} characters"
    return _value_problem(key)


def _value_problem(value: object) -> str:
    """What is wrong with a single value; "" if nothing that matters here is."""
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            return f"must be valid Unicode; character {error.start + 1} is half of a pair"
    if isinstance(value, date) and str(value) == "NaT":  # what pandas has for no date
        return "must be a date, got NaT"
    if isinstance(value, int) and not -_LARGEST < value < _LARGEST:
        return f"must have at most {LONGEST_NUMBER} digits, got a longer number"
    if isinstance(value, Decimal) and value.is_finite():
        digits, exponent = len(value.as_tuple().digits), value.adjusted()
        if max(digits, abs(exponent)) > LONGEST_NUMBER:
            return f"must have at most {LONGEST_NUMBER} digits, got a longer number"
    return ""
