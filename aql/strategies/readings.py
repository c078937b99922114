"""Readings that conform to a term, and readings that do not, those on the edge included."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction

from aql.contract.measures import Allowed, Answer, Colour, Equals, Measured
from aql.contract.terms import Term

__all__ = ["conforming", "nonconforming"]

_EXACT = Context(prec=200)
_ZERO, _ONE, _QUARTER = Decimal(0), Decimal(1), Decimal("0.25")
_COLOUR_DIGITS = Decimal("0.0001")
_SIDES: dict[str, tuple[str, str]] = {"yes": ("yes", "no"), "no": ("no", "yes")}


def conforming(term: Term) -> tuple[str, ...]:
    """Readings that conform, the plainest first.

    Parameters
    ----------
    term : Term
        A term that is read, or a mark of the lot, in a contract whose check finds no error.

    Returns
    -------
    tuple of str
        One or more.

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
        return (_SIDES[measure.answer][0],)
    if isinstance(measure, Measured | Colour):
        return _texts(_inside(*_limits(term, measure)))
    return ("yes",)


def nonconforming(term: Term) -> tuple[str, ...]:
    """Readings that do not conform, those nearest to the limit first; arguments as in `conforming`.

    Examples
    --------
    >>> width = {"unit": "mm", "nominal": "246", "plus": "1", "minus": "1"}
    >>> nonconforming(Term.from_dict({"id": "width", "text": "Width", "measure": width}))
    ('244', '248', '234', '258')
    """
    measure = term.measure
    if isinstance(measure, Allowed | Equals):
        taken = measure.allowed if isinstance(measure, Allowed) else (measure.equals,)
        return (next(name for name in _others(taken[0]) if name not in taken),)
    if isinstance(measure, Answer):
        return (_SIDES[measure.answer][1],)
    if isinstance(measure, Measured | Colour):
        return _texts(_outside(*_limits(term, measure)))
    return ("no",)


def _others(name: str) -> Iterator[str]:
    while True:
        name = f"{name}x"
        yield name


def _limits(term: Term, measure: Measured | Colour) -> tuple[Decimal | None, Decimal | None, Decimal, bool]:
    """Smallest and largest conforming value that can stand in a log, the step between them, and whether one rounds."""
    guard, step = term.guard or _ZERO, term.rounding
    if isinstance(measure, Colour):
        # A difference is rounded to this many digits before it is compared, and none is below 0.
        step = step or _COLOUR_DIGITS
        low, high = _ZERO, _EXACT.subtract(measure.max or _ZERO, guard)
        return low, _multiple(high, step, up=False), step, False
    low_or_none = None if measure.lower is None else _EXACT.add(measure.lower, guard)
    high_or_none = None if measure.upper is None else _EXACT.subtract(measure.upper, guard)
    if step is None:
        exponents = [_exponent(one) for one in (low_or_none, high_or_none) if one is not None]
        return low_or_none, high_or_none, _ONE.scaleb(min(0, *exponents), _EXACT), False
    return (
        None if low_or_none is None else _multiple(low_or_none, step, up=True),
        None if high_or_none is None else _multiple(high_or_none, step, up=False),
        step,
        True,
    )


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _multiple(value: Decimal, step: Decimal, *, up: bool) -> Decimal:
    quotient = Fraction(value) / Fraction(step)
    whole = -(-quotient // 1) if up else quotient // 1
    return _EXACT.multiply(Decimal(int(whole)), step)


def _inside(low: Decimal | None, high: Decimal | None, step: Decimal, rounds: bool) -> Iterator[Decimal]:
    if low is not None and high is not None:
        yield low
        if _EXACT.add(low, step) <= high:
            yield _EXACT.add(low, step)
        yield high
    elif low is not None:
        yield from (low, _EXACT.add(low, step))
    elif high is not None:
        yield from (high, _EXACT.subtract(high, step))
    # What lies outside and is rounded to the limit conforms.
    if rounds and low is not None:
        yield _EXACT.subtract(low, _EXACT.multiply(step, _QUARTER))
    if rounds and high is not None:
        yield _EXACT.add(high, _EXACT.multiply(step, _QUARTER))


def _outside(low: Decimal | None, high: Decimal | None, step: Decimal, rounds: bool) -> Iterator[Decimal]:
    # No colour difference is below 0, so there is nothing below the smallest that conforms.
    colour = low == 0 and not rounds and step == _COLOUR_DIGITS
    for times in (1, 11):
        away = _EXACT.multiply(step, Decimal(times))
        if low is not None and not colour:
            yield _EXACT.subtract(low, away)
        if high is not None:
            yield _EXACT.add(high, away)


def _texts(values: Iterator[Decimal]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{value:f}" for value in values))
