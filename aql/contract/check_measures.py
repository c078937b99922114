"""The check of a term's measure: its limits have a unit, can be met, and agree with the text of the term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from aql.contract.colour import Colour, lab_triple
from aql.contract.findings import Finding
from aql.contract.measures import Measured
from aql.contract.terms import Term
from aql.contract.tolerance import Percent, tolerance_amount
from aql.documents.decimals import exact_decimal

__all__ = ["LIMIT_EXAMPLE", "check_measure"]

_THIN = r"[ ,\u00a0\u2009\u202f]"
_SIGN = r"[+\-\u2212\u2013]?"
_NUMBER = rf"({_SIGN}\d{{1,3}}(?:{_THIN}\d{{3}}){{1,10}}(?:\.\d++)?|{_SIGN}\d++(?:\.\d++)?)"
_DASHES = str.maketrans("\u2212\u2013", "--")

LIMIT_EXAMPLE = 'measure = { unit = "...", min = "..." }'


def check_measure(term: Term, path: str) -> Iterator[Finding]:
    """Yield problems with the measure of a term, its rounding and its guard."""
    if isinstance(term.measure, Measured):
        yield from _limits(term, term.measure, path)
    if isinstance(term.measure, Colour):
        yield from _colour(term, term.measure, path)
    yield from _rounding(term, path)


def _limits(term: Term, measure: Measured, path: str) -> Iterator[Finding]:
    path = f"{path}.measure"
    low, high = measure.lower, measure.upper
    if measure.unit is None and term.kind not in {"quantity", "packed-share"}:
        yield Finding(
            "error",
            "no-unit",
            f"{path}.unit",
            f"The limits of {term.id!r} have no unit.",
            'Add unit = "mm", or unit = "1" for a plain number.',
        )
    tolerances = measure.plus is not None or measure.minus is not None
    if measure.nominal is not None and (measure.min is not None or measure.max is not None):
        yield Finding(
            "error",
            "two-kinds-of-limit",
            path,
            "The measure has both nominal and min or max.",
            "Keep nominal with plus and minus, or min and max.",
        )
    elif tolerances and measure.nominal is None:
        yield Finding(
            "error",
            "no-nominal",
            path,
            "Plus and minus need a nominal value.",
            'Add nominal = "...", or write min and max.',
        )
    elif measure.nominal is not None and (measure.plus is None or measure.minus is None):
        absent = [name for name in ("plus", "minus") if getattr(measure, name) is None]
        written = [f'{name} = "1"' for name in absent]
        yield Finding(
            "error",
            "no-tolerance",
            path,
            f"The nominal value has no {' and no '.join(absent)}.",
            f'Add {" and ".join(written)}; "0" allows nothing on that side of the nominal value.',
        )
    elif any(_has_minus(one) for one in (measure.plus, measure.minus)):
        yield Finding(
            "error",
            "bad-tolerance",
            path,
            "Plus and minus must be 0 or more.",
            'Write minus = "1" for 1 below the nominal value.',
        )
    elif low is None and high is None:
        yield Finding(
            "error", "unmeasurable", path, "The measure has no limit.", 'Add min = "..." or max = "...".'
        )
    elif low is not None and high is not None:
        yield from _range(term, low, high, path)
    yield from _text_and_limits(term, measure, path)


def _has_minus(tolerance: Decimal | Percent | None) -> bool:
    """Whether a tolerance is below 0; a percentage may be one of a nominal value of 0."""
    number = tolerance.percent if isinstance(tolerance, Percent) else tolerance
    return number is not None and number < 0


def _amounts(measure: Measured) -> list[Decimal]:
    """Plus and minus in the unit of the nominal value, if there is one."""
    if measure.nominal is None:
        return []
    tolerances = [one for one in (measure.plus, measure.minus) if one is not None]
    return [tolerance_amount(one, measure.nominal) for one in tolerances]


def _range(term: Term, low: Decimal, high: Decimal, path: str) -> Iterator[Finding]:
    guard, step = term.guard or Decimal(0), term.rounding
    if low > high:
        problem = f"The minimum {low:f} is above the maximum {high:f}, so nothing can conform."
        yield Finding("error", "empty-range", path, problem, "Swap min and max, or correct them.")
    elif low + guard > high - guard:
        problem = f"With a guard of {guard:f} on both sides, no value from {low:f} to {high:f} conforms."
        yield Finding("error", "empty-range", path, problem, "Write a smaller guard.")
    elif (
        step is not None
        and step > 0
        and -(-Fraction(low + guard) // Fraction(step)) * Fraction(step) > high - guard
    ):
        problem = (
            f"There is no multiple of {step:f} from {low:f} to {high:f}, so no rounded reading conforms."
        )
        yield Finding("error", "empty-range", path, problem, "Write a smaller rounding step.")


def _text_and_limits(term: Term, measure: Measured, path: str) -> Iterator[Finding]:
    numbers = _numbers_in(term.text, measure.unit) if measure.unit and measure.unit != "1" else ()
    stated = [measure.min, measure.max, measure.nominal, *_amounts(measure)]
    said = {abs(number) for number in numbers}
    limits = {limit for limit in (*stated, measure.lower, measure.upper) if limit is not None}
    limits |= {-amount for amount in _amounts(measure)}
    # If nothing below 0 is allowed, a dash before a number belongs to a range: "246 -248 mm".
    dash = measure.lower is not None and measure.lower >= 0
    strange = [number for number in numbers if number not in limits and not (dash and -number in limits)]
    # If the text has all the limits, another number is a condition of the test: "measured 10 mm below the head".
    strange = [] if {abs(limit) for limit in stated if limit} <= said else strange
    if strange and not (measure.nominal is None and (measure.plus or measure.minus)):
        yield Finding(
            "warning",
            "text-contradicts-measure",
            path,
            f"The text says {strange[0]:f} {measure.unit}, but the measure does not.",
            "Make the text and the measure agree.",
        )


def _colour(term: Term, measure: Colour, path: str) -> Iterator[Finding]:
    path = f"{path}.measure"
    if measure.reference is None or lab_triple(measure.reference) is None:
        problem = "The term has no colour to compare with."
        if measure.reference is not None:
            problem = f"The colour must be Lab values, got {measure.reference!r}."
        yield Finding(
            "error",
            "no-colour",
            f"{path}.reference",
            problem,
            'Add the colour: reference = "Lab(20.5, 0.1, -0.4)".',
        )
    if measure.max is None or measure.max < 0:
        yield Finding(
            "error",
            "unmeasurable",
            f"{path}.max",
            "The limit of the colour difference must be 0 or more.",
            'Add max = "2.0".',
        )
    elif term.guard is not None and term.guard > measure.max:
        problem = f"With a guard of {term.guard:f}, no difference up to {measure.max:f} conforms."
        yield Finding("error", "empty-range", f"{path}.max", problem, "Write a smaller guard.")
    missing = [name for name in ("illuminant", "observer") if getattr(measure, name) is None]
    if missing:
        yield Finding(
            "warning",
            "no-illuminant",
            path,
            f"The colour has no {' and no '.join(missing)}, and Lab values depend on both.",
            'Add illuminant = "D50" and observer = "2", or those that you measure with.',
        )


def _rounding(term: Term, path: str) -> Iterator[Finding]:
    if term.rounding is not None and term.rounding <= Decimal(0):
        yield Finding(
            "error",
            "bad-rounding",
            f"{path}.rounding",
            "The rounding step must be above 0.",
            'Write rounding = "0.1".',
        )
    if term.guard is not None and term.guard < Decimal(0):
        yield Finding(
            "error", "bad-guard", f"{path}.guard", "A guard must be 0 or more.", 'Write guard = "0.2".'
        )
    numeric = isinstance(term.measure, (Measured, Colour)) and not term.for_the_lot
    if (term.rounding is not None or term.guard is not None) and not numeric:
        yield Finding(
            "error",
            "bad-rounding",
            path,
            "Rounding and guard require numeric readings.",
            "Leave them out, or add a measure.",
        )


def _numbers_in(text: str, unit: str) -> tuple[Decimal, ...]:
    """Return the numbers with this unit in a text.

    Examples
    --------
    >>> _numbers_in("Width 246 mm, plus or minus 1 mm, two screws", "mm")
    (Decimal('246'), Decimal('1'))
    """
    matches = re.finditer(rf"(?<![\w.,]){_NUMBER}\s*+{re.escape(unit)}(?!\w)", text)
    texts = [re.sub(_THIN, "", match[1]).translate(_DASHES) for match in matches]
    return tuple(found for found in map(exact_decimal, texts) if found is not None)
