"""Qualities and slopes of a plan when the inspector errs: the true quality behind what the inspector sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aql.errors import DomainError
from aql.plans.inspection_error import Inspector, imperfect_pa, imperfect_pr
from aql.plans.operating_characteristic import pa as perfect_pa
from aql.plans.quality import lot_size_of
from aql.plans.quality_levels import quality_at
from aql.plans.quality_levels import slope as perfect_slope
from aql.plans.stage_probabilities import StageProbabilities, stage_probabilities

if TYPE_CHECKING:
    from aql.plans.plan import Plan

__all__ = ["imperfect_quality_at", "imperfect_slope", "imperfect_stage_probabilities"]

_LOST = 1e-9


def imperfect_quality_at(
    plan: Plan,
    pa: Any,
    inspector: Inspector,
    *,
    pr: Any = None,
    model: str = "binomial",
    lot_size: int | None = None,
    unit: str = "item",
) -> Any:
    r"""True quality that a plan accepts with a given probability when the inspector errs.

    With ``pa=0.10`` the consumer's risk quality, with ``pa=0.5`` the indifference quality, with ``pr=0.05`` the
    producer's risk quality.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    pa, pr : array_like of float
        Probability of acceptance, above 0 and below 1; None with `pr`, the probability of rejection, in its place.
    inspector : Inspector
        How often the inspector errs.
    model, lot_size, unit
        As in `aql.plans.operating_characteristic.pa`.

    Returns
    -------
    float, or ndarray of float64
        The quality, of the shape of the probability. In a finite lot, the largest fraction nonconforming that is
        accepted with at least that probability.

    Raises
    ------
    DomainError
        As `aql.plans.quality_levels.quality_at`; if no quality is accepted with that probability, because false alarms reject
        perfect lots more often or missed items let the worst ones pass more often; if ``miss + false_alarm`` is 1 or
        more, so that good items look no better than others.

    Notes
    -----
    The quality :math:`p'` that the inspector would have to see is that of `aql.plans.quality_levels.quality_at`; the true one is
    :math:`p = (p' - f)/(1 - m - f)`, with nonconformities :math:`(p' - f)/(1 - m)` [1]_.

    References
    ----------
    .. [1] R. D. Collins, K. E. Case and G. K. Bennett, "The effects of inspection error on single sampling inspection
       plans", Int. J. Prod. Res. 11 (1973) 289-298.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> plan = SinglePlan(n=80, ac=5)
    >>> round(plan.crq(), 4), round(imperfect_quality_at(plan, 0.10, Inspector(miss=0.1)), 4)
    (0.1128, 0.1254)
    """
    told = _told(inspector, model)
    if model == "hypergeometric":
        return _of_a_lot(plan, pa, pr, inspector, lot_size_of(lot_size))
    scale = 100.0 if unit == "100 items" else 1.0
    seen = np.asarray(quality_at(plan, pa, pr=pr, model=model, lot_size=lot_size, unit=unit)) / scale
    true = (seen - inspector.false_alarm) / told
    best, worst = 0.0, 1.0 if model == "binomial" else np.inf
    # The digits lost in subtracting the false alarms are no reason to refuse a perfect process.
    true = np.where(np.abs(true) < _LOST * inspector.false_alarm, 0.0, true)
    if ((true < best) | (true > worst)).any():
        low, high = (
            float(perfect_pa(plan, inspector.apparent(one, model=model), model=model))
            for one in (best, min(worst, 1.0))
        )
        raise _none_so(inspector, pa, pr, low, high if model == "binomial" else 0.0)
    return float(true) * scale if true.ndim == 0 else true * scale


def imperfect_slope(plan: Plan, p: Any, inspector: Inspector, *, model: str = "binomial") -> Any:
    """Slope of the operating characteristic against the true quality when the inspector errs.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p : array_like of float
        True quality, as in `aql.plans.operating_characteristic.pa`.
    inspector : Inspector
        How often the inspector errs.
    model : {"binomial", "poisson"}
        The law.

    Returns
    -------
    float, or ndarray of float64
        dPa/dp, of the shape of the quality.

    Raises
    ------
    DomainError
        As `aql.plans.quality_levels.slope`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> plan = SinglePlan(n=80, ac=5)
    >>> round(plan.slope(0.05), 3), round(imperfect_slope(plan, 0.05, Inspector(miss=0.1)), 3)
    (-12.659, -9.921)
    """
    told = 1.0 - inspector.miss - (inspector.false_alarm if model == "binomial" else 0.0)
    return perfect_slope(plan, inspector.apparent(p, model=model), model=model) * told


def imperfect_stage_probabilities(
    plan: Plan, p: Any, inspector: Inspector, *, model: str = "binomial"
) -> StageProbabilities:
    """Probability that each stage is reached, accepts and rejects when the inspector errs.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p : array_like of float
        True quality, as in `aql.plans.operating_characteristic.pa`.
    inspector : Inspector
        How often the inspector errs.
    model : {"binomial", "poisson"}
        The law.

    Returns
    -------
    StageProbabilities
        As `aql.plans.stage_probabilities.stage_probabilities`.

    Raises
    ------
    DomainError
        As `aql.plans.stage_probabilities.stage_probabilities`.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> plan = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    >>> found = imperfect_stage_probabilities(plan, 0.05, Inspector(miss=0.2))
    >>> round(found.reach[1], 4)
    0.2743
    """
    return stage_probabilities(plan, inspector.apparent(p, model=model), model=model)


def _told(inspector: Inspector, model: str) -> float:
    """By how much a nonconforming item looks worse than a good one."""
    told = 1.0 - inspector.miss - (0.0 if model == "poisson" else inspector.false_alarm)
    if told <= 0:
        raise DomainError(
            f"{inspector!r}",
            "a nonconforming item has to be called nonconforming more often than a good one",
            "Give an inspector whose miss and false_alarm add up to less than 1",
            inspector=inspector,
        )
    return told


def _none_so(inspector: Inspector, pa: Any, pr: Any, best: float, worst: float) -> DomainError:
    asked = f"pa {pa!r}" if pa is not None else f"pr {pr!r}"
    return DomainError(
        f"{asked} with {inspector!r}",
        f"this plan accepts a perfect process with probability {best:.6g} and the worst one with {worst:.6g}",
        "Ask for a probability between these",
        inspector=inspector,
        best=best,
        worst=worst,
    )


def _of_a_lot(plan: Plan, pa: Any, pr: Any, inspector: Inspector, size: int) -> Any:
    # The perfect inspector's call checks the probability.
    quality_at(plan, pa, pr=pr, model="hypergeometric", lot_size=size)
    values = np.asarray(pa if pa is not None else pr, dtype=float)
    lot: dict[str, Any] = {"model": "hypergeometric", "lot_size": size}

    def solved(target: float) -> float:
        def good_enough(bad: int) -> bool:
            if pa is not None:
                return bool(imperfect_pa(plan, None, inspector, nonconforming=bad, **lot) >= target)
            return bool(imperfect_pr(plan, None, inspector, nonconforming=bad, **lot) <= target)

        if np.isnan(target):
            return target
        low, high = 0, size
        if good_enough(high):
            return 1.0
        if not good_enough(low):
            best, worst = (
                float(imperfect_pa(plan, None, inspector, nonconforming=bad, **lot)) for bad in (0, size)
            )
            raise _none_so(inspector, pa, pr, best, worst)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if good_enough(middle) else (low, middle)
        return low / size

    found = np.array([solved(one) for one in values.ravel().tolist()]).reshape(values.shape)
    return float(found) if values.ndim == 0 else found
