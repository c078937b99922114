"""Qualities at given risks, and risks at given qualities, for anything with probabilities of acceptance and rejection."""

from __future__ import annotations

import math
from typing import Unpack, overload

from aql.checks import choice, share
from aql.checks import lot_size as checked_lot_size
from aql.errors import DomainError
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT, alike, numbers, series_in
from aql.plans.crossing import crossing, last_whole_above
from aql.plans.inspection_error import Inspector
from aql.plans.protocols import Accepting, Law
from aql.plans.quality import parse_quality
from aql.plans.stage import check_plan
from aql.types import MODELS, Model, Unit
from aql.words import short_repr

__all__ = [
    "crq",
    "discrimination_ratio",
    "indifference_quality",
    "quality_at",
]


@overload
def quality_at(plan: Accepting, pa: Number, **law: Unpack[Law]) -> float: ...
@overload
def quality_at(plan: Accepting, pa: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
@overload
def quality_at(plan: Accepting, pa: Numbers, **law: Unpack[Law]) -> Floats: ...
@overload
def quality_at(plan: Accepting, *, pr: Number, **law: Unpack[Law]) -> float: ...
@overload
def quality_at(plan: Accepting, *, pr: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
@overload
def quality_at(plan: Accepting, *, pr: Numbers, **law: Unpack[Law]) -> Floats: ...
def quality_at(
    plan: Accepting,
    pa: Number | Numbers | SeriesLike | None = None,
    *,
    pr: Number | Numbers | SeriesLike | None = None,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    r"""Quality level that a plan accepts, or rejects, with a given probability.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    pa : number, array_like of numbers, or Series
        Probability of acceptance, above 0 and below 1.
    pr : number, array_like of numbers, or Series
        Probability of rejection, instead of `pa`; for risks too small to be written as 1 - pa.
    model, lot_size, unit, inspector
        As in `aql.plans.pa`; with an inspector, the result is the true quality.

    Returns
    -------
    float, ndarray of float64, or Series
        The quality, in the type and shape of the probability. In a finite lot, the largest fraction nonconforming that
        is accepted with at least that probability.

    Raises
    ------
    DomainError
        If both or neither of `pa` and `pr` are given, or one is not between 0 and 1. If no quality has that probability:
        because the plan rejects nothing, or because of an inspector whose false alarms reject perfect lots more often or
        whose misses accept the worst lots more often. If an inspector cannot distinguish nonconforming from conforming
        items.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> from aql.plans import Inspector
    >>> plan = SinglePlan(n=80, ac=2)
    >>> print(quality_at(plan, [0.95, 0.5, 0.1]).round(5))
    [0.0103  0.03329 0.06516]
    >>> round(quality_at(plan, 0.1, inspector=Inspector(miss=0.1)), 5)
    0.0724
    """
    check_plan(plan, "pa")
    if pa is None and pr is not None:
        asked, name = pr, "pr"
    elif pa is not None and pr is None:
        asked, name = pa, "pa"
    else:
        raise DomainError(f"pass either pa or pr, got {'neither' if pa is None else 'both'}")
    law: Law = {"model": choice(model, "model", MODELS), "unit": unit, "inspector": inspector}
    if model == "hypergeometric":
        law["lot_size"] = checked_lot_size(lot_size)
    else:
        parse_quality(0.0, model=model, lot_size=lot_size, unit=unit)
    if inspector is not None:
        inspector.told_apart(model)
    targets = numbers(asked, name)
    if isinstance(targets, float):
        return _quality(plan, targets, name, law)
    import numpy as np

    found = np.array([_quality(plan, one, name, law) for one in targets.ravel().tolist()])
    return alike(found.reshape(targets.shape), series_in(asked))


def _quality(plan: Accepting, target: float, name: str, law: Law) -> float:
    """The quality at one probability."""
    if math.isnan(target):
        return target
    if not 0 < target < 1:
        raise DomainError(f"{name} must be above 0 and below 1, got {short_repr(target)}", value=target)
    size = law.get("lot_size")
    if size is not None:
        return _quality_of_lot(plan, target, name, law, size)

    def excess(p: float) -> float:
        chance = plan.pa(p, **law) if name == "pa" else plan.pr(p, **law)
        above = math.log(chance / target) if chance > 0 else -math.inf
        return above if name == "pa" else -above

    fractions = law["model"] == "binomial"
    if excess(0.0) < 0 or (fractions and excess(1.0) > 0):
        raise _none(plan, target, name, law)
    return crossing(excess, 1.0 if fractions else math.inf)


def _quality_of_lot(plan: Accepting, target: float, name: str, law: Law, size: int) -> float:
    """The largest fraction nonconforming of a lot that is accepted, or not rejected, with a probability."""

    def excess(bad: int) -> float:
        chance = plan.pa(bad / size, **law) if name == "pa" else plan.pr(bad / size, **law)
        above = chance - target
        # Nearly a straight line of the number of nonconforming items, with the sign of the difference.
        line = math.copysign(max(abs(_logit(chance) - _logit(target)), 1e-300), above) if above else 0.0
        return line if name == "pa" else -line

    if excess(0) < 0:
        raise _none(plan, target, name, law)
    return last_whole_above(excess, 0, size) / size


def _logit(chance: float) -> float:
    """The logarithm of the odds, within bounds for the chances 0 and 1."""
    return math.log(max(chance, 1e-300)) - math.log(max(1 - chance, 1e-17))


def _none(plan: Accepting, target: float, name: str, law: Law) -> DomainError:
    """The error for a probability that no quality has."""
    chance = plan.pa if name == "pa" else plan.pr
    best, worst = chance(0.0, **law), float(name == "pr") if law["model"] == "poisson" else chance(1.0, **law)
    if best == worst:
        return DomainError(
            f"plan must reject some lots to have a quality at a probability, got {plan!r}", value=plan
        )
    low, high = sorted((best, worst))
    return DomainError(
        f"{name} must be between {low:.6g} and {high:.6g}, its values at the {'worst' if name == 'pa' else 'best'} and "
        f"the {'best' if name == 'pa' else 'worst'} quality, got {target!r}",
        value=target,
        best=best,
        worst=worst,
    )


@overload
def crq(plan: Accepting, beta: Number = ..., **law: Unpack[Law]) -> float: ...
@overload
def crq(plan: Accepting, beta: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
@overload
def crq(plan: Accepting, beta: Numbers, **law: Unpack[Law]) -> Floats: ...
def crq(
    plan: Accepting,
    beta: Number | Numbers | SeriesLike = 0.10,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Consumer's risk quality: the level accepted with probability `beta`; keywords as in `aql.plans.quality_at`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(crq(SinglePlan(n=80, ac=2)), 5)
    0.06516
    """
    return quality_at(plan, beta, model=model, lot_size=lot_size, unit=unit, inspector=inspector)


def indifference_quality(
    plan: Accepting,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float:
    """Indifference quality level: accepted as often as rejected; keywords as in `aql.plans.quality_at`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(indifference_quality(SinglePlan(n=80, ac=2)), 5)
    0.03329
    """
    return quality_at(plan, 0.5, model=model, lot_size=lot_size, unit=unit, inspector=inspector)


def discrimination_ratio(
    plan: Accepting,
    alpha: float = 0.05,
    beta: float = 0.10,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float:
    """Discrimination ratio: the quality level at consumer's risk `beta` divided by that at producer's risk `alpha`.

    Both risks are single numbers above 0 and below 1. Keywords as in `aql.plans.quality_at`.

    Raises
    ------
    DomainError
        As `aql.plans.quality_at`; also if only a perfect lot is rejected with probability `alpha` or less.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(discrimination_ratio(SinglePlan(n=80, ac=2)), 2)
    6.33
    """
    law: Law = {"model": model, "lot_size": lot_size, "unit": unit, "inspector": inspector}
    alpha, beta = share(alpha, "alpha", ends=False), share(beta, "beta", ends=False)
    good = quality_at(plan, pr=alpha, **law)
    if good == 0:
        raise DomainError(
            f"alpha must allow at least one nonconforming item in the lot, got {alpha}: the quality to divide by would be 0",
            todo="Use a larger alpha or lot",
            value=alpha,
        )
    return quality_at(plan, beta, **law) / good
