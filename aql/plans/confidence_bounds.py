"""What an inspection says about this lot, and about the process it came from: exact bounds with a confidence."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from aql.plans.acceptance.curve import accepted, rejected
from aql.plans.outcomes import (
    Law,
    Side,
    exact_acceptance,
    found_words,
    law_of,
    outcome,
    percent,
    shortened,
    tail_of,
    whole,
)
from aql.plans.plan import Plan
from aql.plans.stage import Steps, steps_of
from aql.plans.whole_lot import on_lot

__all__ = [
    "LotBound",
    "ProcessBound",
    "lot_quality_bound",
    "process_bound",
    "staged_lot_bound",
    "staged_process_bound",
]

# A chance this close to the limit, relative to it, is compared as a fraction of whole numbers.
_CLOSE = 1e-9
# Lots of how many qualities a plan of several stages is tried on together.
_AT_ONCE = 32
# No process is better.
_BEST = 1e-300


@dataclass(frozen=True, slots=True)
class LotBound:
    """Bounds on the number nonconforming in a lot, those found included.

    Attributes
    ----------
    d, n, lot_size : int
        Nonconforming items found, items inspected, items in the lot.
    lower, upper : int
        The bounds. On the side that no confidence was asked for, what is certain: `d` items were found, and
        ``n - d`` items conform.
    confidence : float
        Confidence of the statement. [1]
    side : "upper", "lower" or "two-sided"
        Which bound it is for; two-sided bounds share it equally.
    stage : int or None
        Stage at which a plan of several stages decided.
    """

    d: int
    n: int
    lot_size: int
    lower: int
    upper: int
    confidence: float
    side: Side
    stage: int | None = None

    @property
    def lower_fraction(self) -> float:
        """Lower bound on the fraction nonconforming of the lot."""
        return self.lower / self.lot_size

    @property
    def upper_fraction(self) -> float:
        """Upper bound on the fraction nonconforming of the lot."""
        return self.upper / self.lot_size

    def explain(self) -> str:
        """Say in two sentences what the inspection says about the lot."""
        if self.n == self.lot_size:
            return f"The whole lot was inspected. {found_words(self.d, self.n)}"
        low, high = (f"{one} ({100 * one / self.lot_size:.2f} %)" for one in (self.lower, self.upper))
        included = ", those found included" if self.d else ""
        return (
            f"{found_words(self.d, self.n, self.stage)} With {percent(self.confidence)} confidence, "
            f"{_between(low, high, self.side)} of the {self.lot_size} items in the lot do not conform{included}."
        )


@dataclass(frozen=True, slots=True)
class ProcessBound:
    """Bounds on the quality of the process that made the items.

    Attributes
    ----------
    d, n : int
        Nonconforming items, or nonconformities, found on the items inspected.
    lower, upper : float
        The bounds: fraction nonconforming [1] with the binomial model, nonconformities per item with the Poisson
        model. On the side that no confidence was asked for, 0, and 1 or infinity.
    confidence : float
        Confidence of the statement. [1]
    side : "upper", "lower" or "two-sided"
        Which bound it is for; two-sided bounds share it equally.
    model : "binomial" or "poisson"
        The law.
    stage : int or None
        Stage at which a plan of several stages decided.
    """

    d: int
    n: int
    lower: float
    upper: float
    confidence: float
    side: Side
    model: Law = "binomial"
    stage: int | None = None

    def explain(self) -> str:
        """Say in two sentences what the inspection says about the process."""
        items = self.model == "binomial"
        low, high = (f"{100 * bound:.4g}" for bound in (self.lower, self.upper))
        return (
            f"{found_words(self.d, self.n, self.stage, items=items)} With {percent(self.confidence)} confidence, the "
            f"process makes {_between(low, high, self.side)} "
            f"{'nonconforming items' if items else 'nonconformities'} in 100 items."
        )


def _between(low: str, high: str, side: Side) -> str:
    return {"upper": f"at most {high}", "lower": f"at least {low}", "two-sided": f"{low} to {high}"}[side]


def lot_quality_bound(
    d: int, n: int, lot_size: int, *, confidence: float = 0.95, side: Side = "upper"
) -> LotBound:
    r"""Bound the number nonconforming in this lot after a single random sample.

    Parameters
    ----------
    d : int
        Nonconforming items found; they count as part of the lot.
    n : int
        Items inspected, 1 or more.
    lot_size : int
        Items in the lot.
    confidence : float
        Confidence, between 0 and 1. [1; 0.95 is 95 %]
    side : {"upper", "lower", "two-sided"}

    Returns
    -------
    LotBound
        Whole numbers.

    Raises
    ------
    DomainError
        If a number is not possible.

    Notes
    -----
    The upper bound is the largest D with :math:`P(X \le d \mid D) > \alpha`, the lower bound the smallest with
    :math:`P(X \ge d \mid D) > \alpha`, where X is hypergeometric and :math:`\alpha` is 1 less the confidence, half
    of that for each bound of a two-sided statement: the way of Clopper and Pearson [1]_ on a finite lot [2]_. So
    the statement is true in at least that share of all random samples, whatever the lot holds. Chances that come
    close to :math:`\alpha` are compared as fractions of whole numbers, `confidence` being the decimal as written.

    References
    ----------
    .. [1] C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the
       binomial", Biometrika 26 (1934) 404-413.
    .. [2] H. S. Konijn, Statistical Theory of Sample Survey Design and Analysis, North-Holland, 1973.

    Examples
    --------
    >>> bound = lot_quality_bound(d=5, n=80, lot_size=1200)
    >>> bound.upper, round(bound.upper_fraction, 4)
    (149, 0.1242)
    >>> print(lot_quality_bound(0, 125, 3000).explain())
    All 125 items inspected conform. With 95 % confidence, at most 69 (2.30 %) of the 3000 items in the lot do not
    conform.
    """
    size = whole(lot_size, "lot_size", 1)
    items = whole(n, "n", 1, size, f"a sample of a lot of {size} has 1 to {size} items")
    found = whole(d, "d", 0, items, f"{items} items show 0 to {items} nonconforming")
    return _lot_bound(((items, items, found, found + 1),), found, size, confidence, side, None)


def staged_lot_bound(
    plan: Plan, *, stage: int, d: int, lot_size: int, confidence: float = 0.95, side: Side = "upper"
) -> LotBound:
    r"""Bound the number nonconforming in this lot after a plan of several stages has decided.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan, carried out on the lot as in `aql.plans.whole_lot.on_lot`; every stage that was begun was completed.
    stage : int
        Stage at which it decided, from 1.
    d : int
        Nonconforming items found up to the end of that stage.
    lot_size, confidence, side
        As in `lot_quality_bound`.

    Returns
    -------
    LotBound
        Whole numbers.

    Raises
    ------
    DomainError
        If a number is not possible, or the plan does not decide on it.

    Notes
    -----
    Outcomes are put in the order of Jennison and Turnbull [1]_, from the best to the worst lot: accepted at stage
    1, at stage 2, and so on to the last; rejected at the last stage, and so on back to stage 1; at one stage by the
    count. "As good as observed, or better" is then acceptance before that stage or at most `d` at it, whose
    probability is that of acceptance by a shorter plan and falls as the lot gets worse; it takes the place of
    :math:`P(X \le d)` in `lot_quality_bound`. Jennison and Turnbull do so for the binomial law; nothing in it
    depends on the law but that monotony, which the hypergeometric law has too. What is certain (`d` items do not
    conform, the others inspected do) limits the bounds.

    References
    ----------
    .. [1] C. Jennison and B. W. Turnbull, "Confidence intervals for a binomial parameter following a multistage test
       with application to MIL-STD 105D and medical trials", Technometrics 25 (1983) 49-58.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> plan = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    >>> staged_lot_bound(plan, stage=1, d=2, lot_size=1200).upper
    142
    """
    size = whole(lot_size, "lot_size", 1)
    done = on_lot(plan, size)
    at, found = outcome(done, stage, d, items=True)
    return _lot_bound(shortened(steps_of(done), at, found), found, size, confidence, side, at)


def process_bound(
    d: int, n: int, *, model: str = "binomial", confidence: float = 0.95, side: Side = "upper"
) -> ProcessBound:
    r"""Bound the quality of the process after a single sample.

    Parameters
    ----------
    d : int
        Nonconforming items found; nonconformities with the Poisson model.
    n : int
        Items inspected, 1 or more.
    model : {"binomial", "poisson"}
        The law.
    confidence, side
        As in `lot_quality_bound`.

    Returns
    -------
    ProcessBound
        Fractions nonconforming, or nonconformities per item.

    Raises
    ------
    DomainError
        If a number is not possible.

    Notes
    -----
    The quality at which :math:`P(X \le d)`, for a lower bound :math:`P(X \ge d)`, is 1 less the confidence (half of
    that for two sides): Clopper and Pearson's bounds for the binomial law, Garwood's [1]_ for the Poisson law.

    References
    ----------
    .. [1] F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936) 437-442.

    Examples
    --------
    >>> round(process_bound(0, 80).upper, 6), round(1 - 0.05 ** (1 / 80), 6)
    (0.036754, 0.036754)
    >>> print(process_bound(25, 100, model="poisson", side="two-sided").explain())
    25 nonconformities were found on the 100 items inspected. With 95 % confidence, the process makes 16.18 to
    36.9 nonconformities in 100 items.
    """
    law = law_of(model)
    items = whole(n, "n", 1)
    allowed = f"{items} items show 0 to {items} nonconforming"
    found = whole(d, "d", 0, items, allowed) if law == "binomial" else whole(d, "d", 0)
    return _process_bound(((items, items, found, found + 1),), found, law, confidence, side, None)


def staged_process_bound(
    plan: Plan,
    *,
    stage: int,
    d: int,
    model: str = "binomial",
    confidence: float = 0.95,
    side: Side = "upper",
) -> ProcessBound:
    """Bound the quality of the process after a plan of several stages has decided.

    Parameters are those of `staged_lot_bound` and `process_bound`, and so is the order of the outcomes.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> plan = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    >>> round(staged_process_bound(plan, stage=1, d=2).upper, 4), round(process_bound(2, 50).upper, 4)
    (0.1206, 0.1206)
    """
    law = law_of(model)
    at, found = outcome(plan, stage, d, items=law == "binomial")
    return _process_bound(shortened(steps_of(plan), at, found), found, law, confidence, side, at)


def _lot_bound(steps: Steps, d: int, size: int, confidence: Any, side: Any, stage: int | None) -> LotBound:
    level, tail = tail_of(confidence, side)
    n, stages = steps[-1][1], len(steps)
    lower, upper = d, size - (n - d)
    if side != "upper" and d:
        fewer = shortened(steps, stages, d - 1)
        # The last lot that is too good for what was found is one below the bound.
        lower = 1 + _last(lambda bad: _good(fewer, size, bad, tail, part=1), d - 1, upper - 1, stages)
    if side != "lower":
        upper = _last(lambda bad: _good(steps, size, bad, tail, part=0), d, upper, stages)
    return LotBound(d, n, size, lower, upper, level, side, stage)


def _last(holds: Callable[[Sequence[int]], list[bool]], low: int, high: int, stages: int) -> int:
    """The last number up to `high` that holds, given that those which hold come first; `low` if none above it does."""
    at_once = 1 if stages == 1 else _AT_ONCE
    while low < high:
        step = max((high - low) // (at_once + 1), 1)
        tried = range(low + step, high + 1, step)[:at_once]
        good = sum(holds(tried))
        high = tried[good] - 1 if good < len(tried) else high
        low = tried[good - 1] if good else low
    return low


def _good(steps: Steps, size: int, bad: Sequence[int], tail: Fraction, *, part: int) -> list[bool]:
    """Whether lots are accepted with a probability above the tail (part 0), or rejected with one not above it (part 1)."""
    limit = float(tail)
    chances = [(accepted, rejected)[part](steps, float(one), "hypergeometric", size) for one in bad]
    above = [
        exact_acceptance(steps, size, one)[part] > tail
        if abs(chance - limit) < _CLOSE * limit
        else chance > limit
        for one, chance in zip(bad, chances, strict=True)
    ]
    return [one is (part == 0) for one in above]


def _process_bound(
    steps: Steps, d: int, model: Law, confidence: Any, side: Any, stage: int | None
) -> ProcessBound:
    level, tail = tail_of(confidence, side)
    limit, most = float(tail), 1.0 if model == "binomial" else math.inf
    lower, upper = 0.0, most
    if side != "lower" and not (model == "binomial" and accepted(steps, 1.0, model) > limit):
        upper = _crossing(lambda p: accepted(steps, p, model) > limit, most)
    if side != "upper" and d:
        fewer = shortened(steps, len(steps), d - 1)
        lower = _crossing(lambda p: rejected(fewer, p, model) <= limit, most)
    return ProcessBound(d, steps[-1][1], lower, upper, level, side, model, stage)


def _crossing(too_good: Callable[[float], bool], most: float) -> float:
    """The quality at which processes stop being too good."""
    low, high = _BEST, most
    if high == math.inf:
        high = 1.0
        while too_good(high):
            high *= 2
    while True:
        middle = math.sqrt(low * high) if high > 4 * low else (low + high) / 2
        if not low < middle < high:
            return high
        low, high = (middle, high) if too_good(middle) else (low, middle)
