"""What an inspection by a plan can end with: the order of its outcomes, and what is said about them."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from operator import index
from typing import Any, Literal, cast

from aql.errors import DomainError
from aql.plans.plan import Plan
from aql.plans.stage import Steps, steps_of

__all__ = [
    "Law",
    "Side",
    "exact_acceptance",
    "found_words",
    "law_of",
    "outcome",
    "percent",
    "shortened",
    "tail_of",
    "whole",
]

Side = Literal["upper", "lower", "two-sided"]
Law = Literal["binomial", "poisson"]
SIDES = ("upper", "lower", "two-sided")


def shortened(steps: Steps, stage: int, d: int) -> Steps:
    """Return the plan up to a stage, at which `d` or fewer accept and more reject.

    It accepts exactly the outcomes that are as good as `d` found at that stage, or better.

    Examples
    --------
    >>> shortened(((50, 50, 2, 5), (50, 100, 6, 7)), 2, 4)
    ((50, 50, 2, 5), (50, 100, 4, 5))
    """
    n, total, _, _ = steps[stage - 1]
    return (*steps[: stage - 1], (n, total, d, d + 1))


def exact_acceptance(steps: Steps, lot_size: int, bad: int) -> tuple[Fraction, Fraction]:
    """Return the probabilities that a lot is accepted and rejected as fractions of whole numbers.

    Examples
    --------
    >>> exact_acceptance(((19, 19, 0, 1),), 20, 1)
    (Fraction(1, 20), Fraction(19, 20))
    """
    if len(steps) == 1 and steps[0][0] < min(bad, lot_size - bad):
        # The law is the same when the sample and the nonconforming items change places.
        steps, bad = ((bad, bad, *steps[0][2:]),), steps[0][0]
    ways, alive = 0, {0: 1}
    for n, total, ac, re in steps:
        reached: dict[int, int] = {}
        for before, weight in alive.items():
            for count in range(before, min(before + n, bad, re - 1) + 1):
                reached[count] = reached.get(count, 0) + weight * math.comb(n, count - before)
        ways += sum(weight * math.comb(lot_size - total, bad - k) for k, weight in reached.items() if k <= ac)
        alive = {k: weight for k, weight in reached.items() if k > ac}
    accepted = Fraction(ways, math.comb(lot_size, bad))
    return accepted, 1 - accepted


def outcome(plan: Plan, stage: Any, d: Any, *, items: bool) -> tuple[int, int]:
    """Check that a plan can decide at a stage with a count; with `items` a sample shows no more than its items.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> outcome(MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7)), 2, 6, items=True)
    (2, 6)
    """
    stages = plan.stages
    at = whole(stage, "stage", 1, len(stages), f"{plan!r} has the stages 1 to {len(stages)}")
    found = whole(d, "d", 0)
    low, high = 0, 0.0
    for number, (n, _, ac, re) in enumerate(steps_of(plan)[:at], start=1):
        high += n if items else math.inf
        if number < at:
            low, high = max(low, ac + 1), min(high, re - 1)
            high = high if low <= high else -math.inf
    if not low <= found <= high:
        possible = f"of {low} to {high:.0f}" if items else f"of {low} or more"
        raise DomainError(
            f"{found} found up to the end of stage {at}",
            f"{plan!r} ends that stage with a count {possible}"
            if low <= high
            else f"{plan!r} never comes to that stage",
            "Give the stage that decided, and the count of all items up to its end",
            d=found,
            stage=at,
        )
    here = stages[at - 1]
    if at < len(stages) and found < here.re and (here.ac is None or found > here.ac):
        raise DomainError(
            f"{found} found up to the end of stage {at}",
            f"{plan!r} goes on with that count",
            f"Draw stage {at + 1}, and give the count after it",
            d=found,
            stage=at,
        )
    return at, found


def tail_of(confidence: Any, side: Any) -> tuple[float, Fraction]:
    """Return the confidence as a float, and what it leaves to each bound; the decimal as written counts.

    Examples
    --------
    >>> tail_of(0.95, "two-sided")
    (0.95, Fraction(1, 40))
    """
    if side not in SIDES:
        raise DomainError(
            f"side {side!r} is not known",
            "a side is one of " + ", ".join(SIDES),
            "Use one of them",
            value=side,
        )
    try:
        level = float(confidence)
        exact = Fraction(repr(level)) if isinstance(confidence, float) else Fraction(confidence)
    except (TypeError, ValueError, OverflowError):
        level, exact = math.nan, Fraction(0)
    if isinstance(confidence, str) or not 0 < exact < 1:
        raise DomainError(
            f"confidence {confidence!r} is not possible",
            "a confidence lies between 0 and 1",
            "Write 0.95 for 95 %",
            value=confidence,
        )
    return level, (1 - exact) / (2 if side == "two-sided" else 1)


def law_of(model: Any) -> Law:
    """Return the law of a process.

    Examples
    --------
    >>> law_of("poisson")
    'poisson'
    """
    if model not in {"binomial", "poisson"}:
        raise DomainError(
            f"model {model!r} for a process",
            "a process is binomial or poisson",
            "Use one of them, or lot_quality_bound for a finite lot",
            value=model,
        )
    return cast(Law, model)


def whole(value: Any, name: str, least: int, most: float = math.inf, allowed: str = "") -> int:
    """Return a whole number between two others.

    Examples
    --------
    >>> whole(5, "d", 0)
    5
    """
    try:
        number = None if isinstance(value, bool) else index(value)
    except TypeError:
        number = None
    if number is None or not least <= number <= most:
        raise DomainError(
            f"{name} {value!r} is not possible",
            allowed or f"{name} is a whole number, {least} or more",
            "Give such a number",
            value=value,
        )
    return number


def found_words(d: int, n: int, stage: int | None = None, *, items: bool = True) -> str:
    """Say what was found on the items inspected.

    Examples
    --------
    >>> found_words(1, 80)
    '1 of the 80 items inspected does not conform.'
    """
    if items and not d:
        text = f"All {n} items inspected conform"
    elif items:
        text = f"{d} of the {n} items inspected {'does' if d == 1 else 'do'} not conform"
    else:
        noun = "nonconformity was" if d == 1 else "nonconformities were"
        text = f"{d or 'No'} {noun} found on the {n} items inspected"
    return f"{text}." if stage is None else f"{text}; the plan decided at stage {stage}."


def percent(share: float) -> str:
    """Write a share as percent, with its own digits.

    Examples
    --------
    >>> percent(0.95), percent(0.9), percent(0.999)
    ('95 %', '90 %', '99.9 %')
    """
    text = f"{100 * Decimal(repr(share)):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + " %"
