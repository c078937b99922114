"""Working days, kept apart from calendar days."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from typing import cast

from aql.errors import DomainError, MissingExtraError

__all__ = ["after_working_days", "holidays_of"]

_SATURDAY = 5


def holidays_of(country: str) -> Container[date]:
    """Return the public holidays of a country, which are not working days (extra ``claims``).

    Parameters
    ----------
    country : str
        Two-letter ISO 3166 code.

    Raises
    ------
    DomainError
        If there is no calendar for it.
    MissingExtraError
        If the holiday calendar is not installed.

    Examples
    --------
    >>> date(2026, 10, 1) in holidays_of("CN")
    True
    """
    try:
        import holidays
    except ImportError:
        raise MissingExtraError("working days of a country need the package holidays", "claims") from None
    try:
        return cast("Container[date]", holidays.country_holidays(country))
    except (NotImplementedError, KeyError, TypeError):
        raise DomainError(
            f"calendar must be the two-letter code of a country with a holiday calendar, got {country!r}",
            value=country,
        ) from None


def after_working_days(start: date, days: int, closed: Container[date] = ()) -> date:
    """Return the day that comes a number of working days after a day.

    Parameters
    ----------
    start : date
        The day before the counting.
    days : int
        Number of working days.
    closed : container of date
        Public holidays; Saturdays and Sundays are never counted.

    Examples
    --------
    >>> after_working_days(date(2026, 6, 5), 2)
    datetime.date(2026, 6, 9)
    """
    day = start
    left = days
    while left > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in closed:
            left -= 1
    return day
