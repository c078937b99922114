"""Qualities and risks read off the operating characteristic, in both directions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from aql.errors import DomainError
from aql.plans.acceptance.curve import accepted, rejected
from aql.plans.acceptance.ends import compiled
from aql.plans.acceptance.slope import slopes
from aql.plans.operating_characteristic import pa, pr
from aql.plans.quality import lot_size_of, qualities, shaped
from aql.plans.stage import steps_of

if TYPE_CHECKING:
    from aql.plans.plan import Plan

__all__ = [
    "consumer_risk",
    "crq",
    "discrimination_ratio",
    "indifference_quality",
    "producer_risk",
    "quality_at",
    "slope",
]


def quality_at(
    plan: Plan,
    pa: Any = None,
    *,
    pr: Any = None,
    model: str = "binomial",
    lot_size: int | None = None,
    unit: str = "item",
) -> Any:
    """Quality that a plan accepts with a given probability.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    pa : array_like of float
        Probability of acceptance, above 0 and below 1.
    pr : array_like of float
        Probability of rejection, in place of `pa`; for risks too small to be written as 1 - pa.
    model, lot_size, unit
        As in `aql.plans.operating_characteristic.pa`.

    Returns
    -------
    float, or ndarray of float64
        The quality. In a finite lot, the largest fraction nonconforming that is accepted with at least that
        probability.

    Raises
    ------
    DomainError
        If both or neither of `pa` and `pr` are given, or one is not between 0 and 1; if the plan rejects nothing.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> print(np.round(quality_at(SinglePlan(n=80, ac=2), [0.95, 0.5, 0.1]), 5))
    [0.0103  0.03329 0.06516]
    """
    if (pa is None) == (pr is None):
        raise DomainError(
            "both pa and pr" if pa is not None else "neither pa nor pr", "one is needed", "Give one"
        )
    values = np.asarray(pa if pa is not None else pr, dtype=float)
    if not ((values > 0) & (values < 1) | np.isnan(values)).all():
        raise DomainError(
            f"probability {values.tolist()}",
            "a probability that some quality has lies above 0 and below 1",
            "Give such a probability",
            value=values,
        )
    flat = [
        math.nan
        if math.isnan(one)
        else _solve(plan, one, accepting=pa is not None, model=model, lot_size=lot_size)
        for one in values.ravel().tolist()
    ]
    found = np.array(flat).reshape(values.shape) * (100.0 if unit == "100 items" else 1.0)
    if model != "hypergeometric":
        qualities(0.0, model=model, lot_size=lot_size, unit=unit)
    return float(found) if values.ndim == 0 else found


def _solve(plan: Plan, target: float, *, accepting: bool, model: str, lot_size: int | None) -> float:
    if model == "hypergeometric":
        return _solve_finite(plan, target, accepting=accepting, lot_size=lot_size_of(lot_size))
    steps = steps_of(plan)
    code = compiled(steps, model == "poisson")
    if code.always:
        raise DomainError(
            f"{plan!r} rejects no lot", "a quality needs a plan that can reject", "Give a smaller ac"
        )

    def too_good(quality: float) -> bool:
        if accepting:
            return accepted(steps, quality, model) > target
        return rejected(steps, quality, model) < target

    high, top = code.pivot, 1.0 if model == "binomial" else math.inf
    while too_good(high):
        high = (high + top) / 2 if math.isfinite(top) else 2 * high
        if high == top:
            return top
    low = high / 2
    while low > 0 and not too_good(low):
        low, high = low / 2, low
    for _ in range(200):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        low, high = (middle, high) if too_good(middle) else (low, middle)
    return low if too_good(high) else high


def _solve_finite(plan: Plan, target: float, *, accepting: bool, lot_size: int) -> float:
    steps = steps_of(plan, lot_size)

    def good_enough(bad: int) -> bool:
        if accepting:
            return accepted(steps, float(bad), "hypergeometric", lot_size) >= target
        return rejected(steps, float(bad), "hypergeometric", lot_size) <= target

    low, high = 0, lot_size
    if good_enough(high):
        return 1.0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if good_enough(middle) else (low, middle)
    return low / lot_size


def producer_risk(plan: Plan, aql: Any, **model: Any) -> Any:
    """Probability that a lot at the acceptance quality limit is rejected; keywords as in `aql.plans.operating_characteristic.pa`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(producer_risk(SinglePlan(n=80, ac=2), 0.01), 4)
    0.0466
    """
    return pr(plan, aql, **model)


def consumer_risk(plan: Plan, lq: Any, **model: Any) -> Any:
    """Probability that a lot at the limiting quality is accepted; keywords as in `aql.plans.operating_characteristic.pa`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(consumer_risk(SinglePlan(n=80, ac=2), 0.065), 3)
    0.101
    """
    return pa(plan, lq, **model)


def crq(plan: Plan, beta: Any = 0.10, **model: Any) -> Any:
    """Consumer's risk quality: the quality accepted with probability `beta`; keywords as in `quality_at`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(crq(SinglePlan(n=80, ac=2)), 5)
    0.06516
    """
    return quality_at(plan, beta, **model)


def indifference_quality(plan: Plan, **model: Any) -> Any:
    """Quality that is accepted as often as it is rejected; keywords as in `quality_at`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(indifference_quality(SinglePlan(n=80, ac=2)), 5)
    0.03329
    """
    return quality_at(plan, 0.5, **model)


def discrimination_ratio(plan: Plan, alpha: float = 0.05, beta: float = 0.10, **model: Any) -> float:
    """Operating ratio: the quality at consumer's risk `beta` over that at producer's risk `alpha`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(discrimination_ratio(SinglePlan(n=80, ac=2)), 2)
    6.33
    """
    return float(quality_at(plan, beta, **model) / quality_at(plan, pr=alpha, **model))


def slope(plan: Plan, p: Any, *, model: str = "binomial", unit: str = "item") -> Any:
    """Slope of the operating characteristic, dPa/dp, at a quality.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p : array_like of float
        Quality, as in `aql.plans.operating_characteristic.pa`.
    model : {"binomial", "poisson"}
        A finite lot has no slope.
    unit : {"item", "100 items"}
        What nonconformities are counted per, with the Poisson model.

    Returns
    -------
    float, or ndarray of float64
        Change of the probability for a change of the quality of 1 in its unit; 0 or negative.

    Raises
    ------
    DomainError
        As `aql.plans.operating_characteristic.pa`; for the hypergeometric model.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(slope(SinglePlan(n=80, ac=2), 0.03), 4)
    -21.2543
    """
    if model == "hypergeometric":
        raise DomainError(
            "slope with the hypergeometric model",
            "a finite lot has no quality between its whole numbers",
            "Use binomial",
        )
    given = qualities(p, model=model, unit=unit)
    steps = steps_of(plan)
    scale = 0.01 if unit == "100 items" else 1.0
    found = slopes(steps, np.atleast_1d(given.values).ravel(), given.model)
    return shaped(scale * found.reshape(given.values.shape), given)
