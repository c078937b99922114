"""Producer's and consumer's risk: the probability of a wrong decision at a quality."""

from __future__ import annotations

from typing import Unpack, overload

from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector
from aql.plans.protocols import Accepting, Law
from aql.plans.stage import check_plan
from aql.types import Model, Unit

__all__ = ["consumer_risk", "producer_risk"]


@overload
def producer_risk(plan: Accepting, aql: Number, **law: Unpack[Law]) -> float: ...


@overload
def producer_risk(plan: Accepting, aql: SeriesT, **law: Unpack[Law]) -> SeriesT: ...


@overload
def producer_risk(plan: Accepting, aql: Numbers, **law: Unpack[Law]) -> Floats: ...


def producer_risk(
    plan: Accepting,
    aql: Number | Numbers | SeriesLike,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Producer's risk: probability that a lot at a quality level, the AQL, is rejected; keywords as in `aql.plans.pa`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(producer_risk(SinglePlan(n=80, ac=2), 0.01), 4)
    0.0466
    """
    check_plan(plan, "pr")
    return plan.pr(aql, model=model, lot_size=lot_size, unit=unit, inspector=inspector)


@overload
def consumer_risk(plan: Accepting, lq: Number, **law: Unpack[Law]) -> float: ...


@overload
def consumer_risk(plan: Accepting, lq: SeriesT, **law: Unpack[Law]) -> SeriesT: ...


@overload
def consumer_risk(plan: Accepting, lq: Numbers, **law: Unpack[Law]) -> Floats: ...


def consumer_risk(
    plan: Accepting,
    lq: Number | Numbers | SeriesLike,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Consumer's risk: probability that a lot at the limiting quality level is accepted; keywords as in `aql.plans.pa`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(consumer_risk(SinglePlan(n=80, ac=2), 0.065), 3)
    0.101
    """
    check_plan(plan, "pa")
    return plan.pa(lq, model=model, lot_size=lot_size, unit=unit, inspector=inspector)
