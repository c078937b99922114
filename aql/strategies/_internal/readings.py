"""Readings that conform to a term and readings that do not, including those at the limits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from aql.contract.colour import Colour
from aql.contract.contract import Contract
from aql.contract.measures import Allowed, Answer, Equals, Measured
from aql.contract.terms import Term

__all__ = ["conforming", "conforming_to_all", "has_shared_counts", "nonconforming", "nonconforming_to_one"]

_EXACT = Context(prec=200)
_ZERO, _ONE, _QUARTER = Decimal(0), Decimal(1), Decimal("0.25")
_COLOUR_STEP = Decimal("0.0001")
_OPPOSITE = {"yes": "no", "no": "yes"}


class _Limits(NamedTuple):
    """Smallest and largest conforming value, the step between values, and whether readings are rounded."""

    low: Decimal | None
    high: Decimal | None
    step: Decimal
    rounds: bool = False


def conforming(term: Term) -> tuple[str, ...]:
    """Return the conforming readings that strategies draw from, simplest first.

    Parameters
    ----------
    term : Term
        A term with readings, or a mark, in a contract whose check finds no error.

    Returns
    -------
    tuple of str
        One or more readings.

    Examples
    --------
    >>> width = {"unit": "mm", "nominal": "246", "plus": "1", "minus": "1"}
    >>> conforming(Term.from_dict({"id": "width", "text": "Width", "measure": width}))
    ('245', '246', '247')
    """
    measure = term.measure
    if isinstance(measure, Allowed):
        return measure.allowed
    if isinstance(measure, Equals):
        return (measure.equals,)
    if isinstance(measure, Answer):
        return (measure.answer,)
    if isinstance(measure, Measured | Colour):
        return _texts(_inside(_limits(term, measure)))
    return ("yes",)


def nonconforming(term: Term) -> tuple[str, ...]:
    """Return the nonconforming readings that strategies draw from, nearest to a limit first.

    Examples
    --------
    >>> width = {"unit": "mm", "nominal": "246", "plus": "1", "minus": "1"}
    >>> nonconforming(Term.from_dict({"id": "width", "text": "Width", "measure": width}))
    ('244', '248', '234', '258')
    """
    measure = term.measure
    if isinstance(measure, Allowed | Equals):
        taken = measure.allowed if isinstance(measure, Allowed) else (measure.equals,)
        return (f"{max(taken, key=len)}x",)
    if isinstance(measure, Answer):
        return (_OPPOSITE[measure.answer],)
    if isinstance(measure, Measured | Colour):
        # A colour difference is never below 0.
        return _texts(_outside(_limits(term, measure), only_above=isinstance(measure, Colour)))
    return ("no",)


def _limits(term: Term, measure: Measured | Colour) -> _Limits:
    guard, step = term.guard or _ZERO, term.rounding
    if isinstance(measure, Colour):
        step = step or _COLOUR_STEP
        return _Limits(_ZERO, _multiple(_EXACT.subtract(measure.max or _ZERO, guard), step, up=False), step)
    low = None if measure.lower is None else _EXACT.add(measure.lower, guard)
    high = None if measure.upper is None else _EXACT.subtract(measure.upper, guard)
    if step is None:
        exponents = [_exponent(limit) for limit in (low, high) if limit is not None]
        return _Limits(low, high, _ONE.scaleb(min(0, *exponents), _EXACT))
    return _Limits(
        None if low is None else _multiple(low, step, up=True),
        None if high is None else _multiple(high, step, up=False),
        step,
        rounds=True,
    )


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _multiple(value: Decimal, step: Decimal, *, up: bool) -> Decimal:
    """Return the nearest multiple of a step at or above the value, or at or below it."""
    quotient = Fraction(value) / Fraction(step)
    whole = -(-quotient // 1) if up else quotient // 1
    return _EXACT.multiply(Decimal(int(whole)), step)


def _inside(limits: _Limits) -> Iterator[Decimal]:
    low, high, step, rounds = limits
    if low is not None:
        yield low
        if high is None or _EXACT.add(low, step) <= high:
            yield _EXACT.add(low, step)
    if high is not None:
        yield high
        if low is None:
            yield _EXACT.subtract(high, step)
    # A reading outside the limits conforms if it is rounded to a limit.
    if rounds and low is not None:
        yield _EXACT.subtract(low, _EXACT.multiply(step, _QUARTER))
    if rounds and high is not None:
        yield _EXACT.add(high, _EXACT.multiply(step, _QUARTER))


def _outside(limits: _Limits, *, only_above: bool) -> Iterator[Decimal]:
    for steps in (1, 11):
        away = _EXACT.multiply(limits.step, Decimal(steps))
        if limits.low is not None and not only_above:
            yield _EXACT.subtract(limits.low, away)
        if limits.high is not None:
            yield _EXACT.add(limits.high, away)


def _texts(values: Iterator[Decimal]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{value:f}" for value in values))


def has_shared_counts(contract: Contract) -> bool:
    """Whether a finding can count in several lines: in a limit, or as a reading that two terms judge."""
    return bool(contract.limits) or any(term.reading_of is not None for term in contract.terms)


def conforming_to_all(contract: Contract, term: Term) -> tuple[str, ...]:
    """Return the readings of a term that conform to it and to the terms that judge its readings, if there are any."""
    judges = [one for one in contract.terms if one.reading_of == term.id]
    good = conforming(term)
    return tuple(text for text in good if all(one.judged(text).conforms for one in judges)) or good


def nonconforming_to_one(contract: Contract, term: Term) -> tuple[str, ...]:
    """Return the readings that do not conform to a term, first those that conform to the terms that judge its readings."""
    judges = [one for one in contract.terms if one.reading_of == term.id]
    bad = nonconforming(term)
    return tuple(sorted(bad, key=lambda text: sum(not one.judged(text).conforms for one in judges)))
