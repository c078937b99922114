"""Exact confidence bounds for the quality of a lot, or of the process that made it, after an inspection."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aql.checks import LARGEST_LOT, choice, share, whole_number
from aql.checks import lot_size as checked_lot_size
from aql.documents.json_values import JsonFloat, JsonValue
from aql.errors import DomainError
from aql.markup.shown import in_words
from aql.plans.acceptance import curve
from aql.plans.crossing import crossing, last_whole
from aql.plans.largest_plans import LARGEST_RE, checked_size, computed_steps
from aql.plans.outcome_order import as_good, exact_chances, outcome
from aql.plans.stage import Staged, Steps, check_plan, stages_on_lot
from aql.types import PROCESS_MODELS, SIDES, ProcessModel, Side
from aql.words import percent

__all__ = [
    "LotBound",
    "ProcessBound",
    "lot_quality_bound",
    "process_bound",
    "staged_lot_bound",
    "staged_process_bound",
    "tail_of",
]

Confidence = float | Decimal | Fraction

# A probability this close to the limit (relative to it) is computed as an exact fraction before comparing.
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True, repr=False)
class LotBound(JsonValue):
    """Bounds for the number nonconforming in a lot, including those found.

    Attributes
    ----------
    d, n, lot_size : int
        Nonconforming items found, items inspected, lot size.
    lower, upper : int
        The bounds. For a one-sided bound, the other one is what is certain: `d` items do not conform, and ``n - d``
        items conform.
    confidence : float
        Confidence level. [1]
    side : "upper", "lower" or "two-sided"
        The bound with that confidence; two-sided bounds share the rest equally.
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

    def __post_init__(self) -> None:
        """Check the fields, which also come from JSON."""
        size = checked_lot_size(self.lot_size)
        n = whole_number(self.n, "n", least=1, most=size)
        d = whole_number(self.d, "d", most=n)
        upper = whole_number(self.upper, "upper", least=d, most=size - (n - d))
        whole_number(self.lower, "lower", least=d, most=upper)
        tail_of(self.confidence, self.side)

    @property
    def lower_fraction(self) -> float:
        """Lower bound for the fraction nonconforming in the lot."""
        return self.lower / self.lot_size

    @property
    def upper_fraction(self) -> float:
        """Upper bound for the fraction nonconforming in the lot."""
        return self.upper / self.lot_size

    def explain(self) -> str:
        """Return in two sentences what the inspection shows about the lot."""
        return in_words(self)

    def __repr__(self) -> str:
        low, high = self.lower, self.upper
        return f"<LotBound {_span(low, high, self.side)} of {self.lot_size} at {percent(self.confidence)}: {self.d} of {self.n} found>"


@dataclass(frozen=True, slots=True, repr=False)
class ProcessBound(JsonValue):
    """Bounds for the quality of the process that made the items.

    Attributes
    ----------
    d, n : int
        Nonconforming items, or nonconformities, found, and items inspected.
    lower, upper : float
        The bounds: fraction nonconforming [1] with the binomial model, nonconformities per item with the Poisson
        model. For a one-sided bound, the other one is 0, or 1 or infinity.
    confidence : float
        Confidence level. [1]
    side : "upper", "lower" or "two-sided"
        The bound with that confidence; two-sided bounds share the rest equally.
    model : "binomial" or "poisson"
        The model.
    stage : int or None
        Stage at which a plan of several stages decided.
    """

    d: int
    n: int
    lower: float
    upper: JsonFloat
    confidence: float
    side: Side
    model: ProcessModel = "binomial"
    stage: int | None = None

    def __post_init__(self) -> None:
        """Check the fields, which also come from JSON."""
        n = whole_number(self.n, "n", least=1)
        law = choice(self.model, "model", PROCESS_MODELS)
        whole_number(self.d, "d", most=n if law == "binomial" else math.inf)
        if not 0 <= self.lower <= self.upper <= (1 if law == "binomial" else math.inf):
            raise DomainError(f"the bounds must be in order, got {self.lower} to {self.upper}")
        tail_of(self.confidence, self.side)

    def explain(self) -> str:
        """Return in two sentences what the inspection shows about the process."""
        return in_words(self)

    def __repr__(self) -> str:
        low, high = (f"{bound:.6g}" for bound in (self.lower, self.upper))
        return f"<ProcessBound {_span(low, high, self.side)} at {percent(self.confidence)}: {self.d} found, n {self.n}, {self.model}>"


def _span(low: object, high: object, side: Side) -> str:
    return {"upper": f"at most {high}", "lower": f"at least {low}", "two-sided": f"{low} to {high}"}[side]


def lot_quality_bound(
    d: int, n: int, lot_size: int, *, confidence: Confidence = 0.95, side: Side = "upper"
) -> LotBound:
    r"""Confidence bound for the number nonconforming in a lot after a single random sample.

    Parameters
    ----------
    d : int
        Nonconforming items found; they count as part of the lot.
    n : int
        Items inspected, 1 or more.
    lot_size : int
        Lot size. [items]
    confidence : float, Decimal or Fraction
        Confidence level, above 0 and below 1. [1; 0.95 is 95 %]
    side : {"upper", "lower", "two-sided"}
        Which bound to compute.

    Returns
    -------
    LotBound
        The bounds, whole numbers of items.

    Raises
    ------
    DomainError
        If an argument is invalid.

    Notes
    -----
    The upper bound is the largest D with :math:`P(X \le d \mid D) > \alpha`, the lower bound the smallest D with
    :math:`P(X \ge d \mid D) > \alpha`, where X is hypergeometric and :math:`\alpha` is 1 minus the confidence, or half
    of that for two-sided bounds. This is the method of Clopper and Pearson [1]_ for a finite lot [2]_, so the bounds are
    correct with at least the stated confidence, whatever the quality of the lot. Probabilities close to :math:`\alpha`
    are compared as exact fractions, with `confidence` taken as the decimal number that was written.

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
    size = checked_lot_size(lot_size)
    items = whole_number(n, "n", least=1, most=size)
    found = whole_number(d, "d", most=items)
    checked_size(found, "d", LARGEST_RE)
    return _lot_bound(((items, items, found, found + 1),), found, size, confidence, side, None)


def staged_lot_bound(
    plan: Staged, *, stage: int, d: int, lot_size: int, confidence: Confidence = 0.95, side: Side = "upper"
) -> LotBound:
    r"""Confidence bound for the number nonconforming in a lot after the decision of a plan of several stages.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan, applied to the lot as in `aql.plans.on_lot`, without curtailment.
    stage : int
        Stage at which it decided, counted from 1.
    d : int
        Nonconforming items found up to the end of that stage.
    lot_size, confidence, side
        As in `lot_quality_bound`.

    Returns
    -------
    LotBound
        The bounds, whole numbers of items.

    Raises
    ------
    DomainError
        If an argument is invalid, or the plan does not decide with that count.

    Notes
    -----
    Outcomes are ordered as by Jennison and Turnbull [1]_, from the best lot to the worst: accepted at stage 1, at stage
    2, and so on to the last; rejected at the last stage, and so on back to stage 1; within a stage by the count. "As
    good as observed, or better" then means acceptance at an earlier stage, or at most `d` at this stage. Its probability
    is that of acceptance by a shorter plan and decreases as the lot gets worse; it replaces :math:`P(X \le d)` in
    `lot_quality_bound`. Jennison and Turnbull use the binomial model, but need only that the probability decreases,
    which is also true of the hypergeometric model. What is certain (`d` items do not conform, the others inspected do)
    limits the bounds.

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
    check_plan(plan)
    size = checked_lot_size(lot_size)
    at, found = outcome(stages_on_lot(plan.stages, size), stage, d, items=True)
    return _lot_bound(as_good(computed_steps(plan, size), at, found), found, size, confidence, side, at)


def process_bound(
    d: int, n: int, *, model: ProcessModel = "binomial", confidence: Confidence = 0.95, side: Side = "upper"
) -> ProcessBound:
    r"""Confidence bound for the quality of the process after a single sample.

    Parameters
    ----------
    d : int
        Nonconforming items found; nonconformities with the Poisson model.
    n : int
        Items inspected, 1 or more.
    model : {"binomial", "poisson"}
        The model.
    confidence, side
        As in `lot_quality_bound`.

    Returns
    -------
    ProcessBound
        The bounds, fractions nonconforming or nonconformities per item.

    Raises
    ------
    DomainError
        If an argument is invalid.

    Notes
    -----
    The upper bound is the quality at which :math:`P(X \le d)` is 1 minus the confidence (half of that if two-sided); for
    the lower bound it is :math:`P(X \ge d)`. With the binomial model these are the bounds of Clopper and Pearson, with
    the Poisson model those of Garwood [1]_.

    References
    ----------
    .. [1] F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936) 437-442.

    Examples
    --------
    >>> round(process_bound(0, 80).upper, 6), round(1 - 0.05 ** (1 / 80), 6)
    (0.036754, 0.036754)
    >>> print(process_bound(25, 100, model="poisson", side="two-sided").explain())
    25 nonconformities were found on the 100 items inspected. With 95 % confidence, the process makes 16.18 to
    36.9 nonconformities per 100 items.
    """
    law = choice(model, "model", PROCESS_MODELS)
    items = whole_number(n, "n", least=1, most=LARGEST_LOT)
    found = whole_number(d, "d", most=items if law == "binomial" else math.inf)
    checked_size(found, "d", LARGEST_RE)
    return _process_bound(((items, items, found, found + 1),), found, law, confidence, side, None)


def staged_process_bound(
    plan: Staged,
    *,
    stage: int,
    d: int,
    model: ProcessModel = "binomial",
    confidence: Confidence = 0.95,
    side: Side = "upper",
) -> ProcessBound:
    """Confidence bound for the quality of the process after the decision of a plan of several stages.

    The parameters are those of `staged_lot_bound` and `process_bound`, and the outcomes are ordered as in
    `staged_lot_bound`.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> plan = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    >>> round(staged_process_bound(plan, stage=1, d=2).upper, 4), round(process_bound(2, 50).upper, 4)
    (0.1206, 0.1206)
    """
    check_plan(plan)
    law = choice(model, "model", PROCESS_MODELS)
    at, found = outcome(plan.stages, stage, d, items=law == "binomial")
    return _process_bound(as_good(computed_steps(plan), at, found), found, law, confidence, side, at)


def _lot_bound(
    steps: Steps, d: int, size: int, confidence: Confidence, side: Side, stage: int | None
) -> LotBound:
    level, tail = tail_of(confidence, side)
    n = steps[-1][1]
    lower, upper = d, size - (n - d)
    if side != "upper" and d:
        fewer = as_good(steps, len(steps), d - 1)
        # The bound is one above the worst lot that is too good for the observed outcome.
        lower = 1 + last_whole(lambda bad: not _above(fewer, size, bad, tail, part=1), d - 1, upper - 1)
    if side != "lower":
        upper = last_whole(lambda bad: _above(steps, size, bad, tail, part=0), d, upper)
    return LotBound(d, n, size, lower, upper, level, side, stage)


def _above(steps: Steps, size: int, bad: int, tail: Fraction, *, part: int) -> bool:
    """Whether the probability that a lot is accepted (part 0) or rejected (part 1) is above the tail."""
    limit = float(tail)
    chance = (curve.rejected if part else curve.accepted)(steps, float(bad), "hypergeometric", size)
    if abs(chance - limit) < _CLOSE * limit:
        return exact_chances(steps, size, bad)[part] > tail
    return chance > limit


def _process_bound(
    steps: Steps, d: int, model: ProcessModel, confidence: Confidence, side: Side, stage: int | None
) -> ProcessBound:
    level, tail = tail_of(confidence, side)
    limit, most = float(tail), 1.0 if model == "binomial" else math.inf

    def above(chance: float) -> float:
        return math.log(chance / limit) if chance > 0 else -math.inf

    lower, upper = 0.0, most
    if side != "lower" and not (model == "binomial" and curve.accepted(steps, 1.0, model) > limit):
        upper = crossing(lambda p: above(curve.accepted(steps, p, model)), most)
    if side != "upper" and d:
        fewer = as_good(steps, len(steps), d - 1)
        lower = crossing(lambda p: -above(curve.rejected(fewer, p, model)), most)
    return ProcessBound(d, steps[-1][1], lower, upper, level, side, model, stage)


def tail_of(confidence: Confidence, side: Side, name: str = "confidence") -> tuple[float, Fraction]:
    """Return the confidence of a bound as a float, and the exact tail probability from the decimal as written.

    Examples
    --------
    >>> tail_of(0.95, "two-sided")
    (0.95, Fraction(1, 40))
    """
    choice(side, "side", SIDES)
    finite = isinstance(confidence, Decimal) and confidence.is_finite()
    plain = float(confidence) if finite else confidence
    level = share(plain, name, ends=False)
    exact = Fraction(confidence) if isinstance(confidence, Decimal | Fraction) else Fraction(repr(level))
    return level, (1 - exact) / (2 if side == "two-sided" else 1)
