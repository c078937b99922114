"""Working days, kept apart from calendar days."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from typing import cast

from aql.checks import day, instance, whole_number
from aql.errors import DomainError, MissingExtraError
from aql.words import short_repr

__all__ = ["after_working_days", "holidays_of"]

_SATURDAY = 5
_LENGTH_OF_CODE = 2
_MOST_DAYS = 10_000


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
    wanted = "the two-letter code of a country with a holiday calendar"
    try:
        if len(instance(country, str, "calendar", wanted)) == _LENGTH_OF_CODE:
            return cast("Container[date]", holidays.country_holidays(country))
    except (NotImplementedError, KeyError):
        pass
    raise DomainError(f"calendar must be {wanted}, got {short_repr(country)}", value=country)


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

    Raises
    ------
    DomainError
        If an argument has the wrong type, or the day is after the year 9999.

    Examples
    --------
    >>> after_working_days(date(2026, 6, 5), 2)
    datetime.date(2026, 6, 9)
    """
    found = day(start, "start")
    left = whole_number(days, "days", most=_MOST_DAYS)
    try:
        start in closed  # noqa: B015 - raises for what cannot contain a day
    except (TypeError, ValueError) as error:
        raise DomainError(
            f"closed must be a container of days, got {short_repr(closed)}", value=closed
        ) from error
    try:
        while left > 0:
            found += timedelta(days=1)
            if found.weekday() < _SATURDAY and found not in closed:
                left -= 1
    except OverflowError:
        raise DomainError(f"{days} working days after {start} must be before the year 10000") from None
    return found
