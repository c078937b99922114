"""Numbers and dates as they are written in the current language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from aql.languages.catalogue import language

__all__ = ["day", "number", "numeral", "weekday"]

_LOCALES = {"zh": "zh_Hans_CN"}


def day(value: date) -> str:
    """Write a date in a language.

    Examples
    --------
    >>> day(date(2026, 12, 10))
    '10 December 2026'
    """
    if language() == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    from babel.dates import format_date

    return format_date(value, "long", locale=_locale())


_MONTHS = "January February March April May June July August September October November December".split()


def weekday(value: date) -> str:
    """Write a date with its weekday.

    Examples
    --------
    >>> weekday(date(2026, 6, 4))
    'Thursday 4 June 2026'
    """
    if language() == "en":
        return f"{_DAYS[value.weekday()]} {day(value)}"
    from babel.dates import format_date

    return format_date(value, "full", locale=_locale())


_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def number(value: int) -> str:
    """Write a count in a language, with thousands separated.

    Examples
    --------
    >>> number(3000)
    '3,000'
    """
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_locale())


def numeral(value: Decimal | int) -> str:
    """Write a number in a language exactly as it is: without exponent and separators, with its decimal mark.

    Examples
    --------
    >>> numeral(Decimal("245.690"))
    '245.690'
    """
    return f"{value:f}".replace(".", _decimal_mark(language()))


@cache
def _decimal_mark(name: str) -> str:
    if name == "en":  # without Babel, because sentences of a verdict are made here
        return "."
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(name)


def _locale() -> str:
    return _LOCALES.get(language(), language())
