"""Designs the smallest single plan for two risks, or the best one with a limited sample size."""

from __future__ import annotations

import math
from typing import Any, cast

from aql.checks import flag, whole_number
from aql.distributions import hypergeometric
from aql.errors import DomainError
from aql.plans.design.demands import Demand, demand_of
from aql.plans.design.guesses import likely_size
from aql.plans.design.nearest import nearest_plan
from aql.plans.design.risks import risks
from aql.plans.design.search import first, smallest
from aql.plans.design.zero import smallest_zero_acceptance
from aql.plans.plan import SinglePlan
from aql.types import DesignUnit, Model

__all__ = ["checked_demand", "design", "too_close"]


def design(
    *,
    prq: tuple[float, float],
    crq: tuple[float, float],
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: DesignUnit = "item",
    max_n: int | None = None,
    best: bool = False,
) -> SinglePlan:
    r"""Smallest single plan that meets a producer's and a consumer's risk.

    Parameters
    ----------
    prq : (float, float)
        Producer's risk quality, and the largest probability of rejecting such a lot: :math:`P_r(p_1) \le \alpha`.
    crq : (float, float)
        Consumer's risk quality, worse than that of `prq`, and the largest probability of accepting such a lot:
        :math:`P_a(p_2) \le \beta`.
    model : {"binomial", "hypergeometric", "poisson"}
        ``"binomial"``: qualities are fractions nonconforming of a process (Type B). ``"hypergeometric"``: of one lot of
        `lot_size` items (Type A). ``"poisson"``: qualities are nonconformities per item.
    lot_size : int, optional
        Lot size of the hypergeometric model. [items]
    unit : {"item", "100 items", "lot"}
        ``"100 items"``: qualities of the Poisson model are nonconformities per 100 items. ``"lot"``: qualities of the
        hypergeometric model are numbers nonconforming in the lot; with ``"item"``, they are fractions that must mean
        whole numbers of items.
    max_n : int, optional
        Largest sample allowed. [items]
    best : bool
        What to do if no plan of at most `max_n` items meets both risks. False: raise an error. True: return the plan of
        at most `max_n` items for which the larger of :math:`P_r(p_1)/\alpha` and :math:`P_a(p_2)/\beta` is smallest (if
        several are equal to 12 digits, the one with the smallest sample, then the smallest acceptance number).

    Returns
    -------
    SinglePlan
        The plan with the smallest sample that meets both risks, and of these (several only with the Poisson model) the
        one with the smallest acceptance number, and thus the smallest consumer's risk.

    Raises
    ------
    DomainError
        If the quality of `prq` is not better than that of `crq`, no plan of at most `max_n` (or 10^7) items meets both
        risks, or an argument is invalid. `side` says which risk cannot be met, and `nearest` is the plan that comes
        nearest.

    Notes
    -----
    The result is what an exhaustive search would find. A risk counts as met if it exceeds its limit by a relative
    difference of at most 1e-12, the accuracy of the probabilities. The method is that of [1]_ and [2]_.

    References
    ----------
    .. [1] W. C. Guenther, Use of the Binomial, Hypergeometric and Poisson Tables to Obtain Sampling Plans, Journal
       of Quality Technology 1 (1969), 105-109.
    .. [2] E. G. Schilling and D. V. Neubauer, Acceptance Sampling in Quality Control, 3rd ed., CRC Press, 2017.

    Examples
    --------
    >>> design(prq=(0.01, 0.05), crq=(0.05, 0.10))
    SinglePlan(n=132, ac=3)
    >>> design(prq=(2, 0.05), crq=(20, 0.10), model="hypergeometric", lot_size=200, unit="lot")
    SinglePlan(n=35, ac=1)
    >>> design(prq=(1, 0.05), crq=(5, 0.10), model="poisson", unit="100 items")
    SinglePlan(n=134, ac=3)
    >>> design(prq=(0.01, 0.05), crq=(0.05, 0.10), max_n=100, best=True)
    SinglePlan(n=95, ac=2)
    """
    demand = checked_demand(prq, crq, model=model, lot_size=lot_size, unit=unit)
    flag(best, "best")
    most = None if max_n is None else whole_number(max_n, "max_n", least=1)
    plan = smallest(demand)
    if plan is not None and (most is None or plan.n <= most):
        return plan
    if most is not None and best:
        return nearest_plan(demand, min(most, demand.most))
    raise too_close(demand) if plan is None else _capped(demand, plan, cast(int, most))


def checked_demand(prq: object, crq: object, *, model: Model, lot_size: object, unit: DesignUnit) -> Demand:
    """Check that a single plan can meet two points; return them, or raise an error with the nearest plan.

    Examples
    --------
    >>> checked_demand((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item").most
    10000000
    """
    try:
        demand = demand_of(prq, crq, model=model, lot_size=lot_size, unit=unit)
    except DomainError as error:
        raise _with_whole_numbers(error, prq, crq, lot_size) from None
    good, poor = demand.prq, demand.crq
    if good.quality < poor.quality:
        return demand
    if poor.quality == 0:
        raise DomainError(
            f"crq quality must be above 0, got {poor.text}: every plan accepts lots without nonconforming items",
            side="consumer",
        )
    plan = smallest_zero_acceptance(Demand(demand.model, poor, poor, demand.lot_size))
    raise DomainError(
        f"prq quality must be better than crq quality, got {good.text} and {poor.text}",
        todo=f"{plan!r} meets the consumer's risk, and the producer's risk up to quality {_kept(demand, plan.n, unit)}",
        side="producer",
        nearest=plan,
    )


def _kept(demand: Demand, n: int, unit: DesignUnit) -> str:
    """Worst quality at which the plan with `n` and Ac 0 meets the producer's risk."""
    risk = demand.prq.risk
    if demand.lot_size is not None:
        size, limit = demand.lot_size, demand.prq.limit
        over = first(lambda bad: hypergeometric.sf(0, n, bad, size) > limit, int(risk * size / n), 0, size)
        return f"{over - 1} of {size}"
    if demand.model == "poisson":
        return f"{-math.log1p(-risk) / n * (100 if unit == '100 items' else 1):.6g}"
    return f"{-math.expm1(math.log1p(-risk) / n):.6g}"


def _with_whole_numbers(error: DomainError, prq: object, crq: object, lot_size: object) -> DomainError:
    """Add the plan for nearby whole numbers to the error that fractions do not mean whole numbers of items."""
    if error.nearest is None or not isinstance(lot_size, int):
        return error
    # Use the stricter numbers if they differ from each other, otherwise the less strict ones.
    good, poor = (_fraction(pair) * lot_size for pair in (prq, crq))
    if not 0 <= good < poor <= lot_size:
        return error
    low, high = math.ceil(good), math.floor(poor)
    small = ""
    if low >= high:
        low, high = math.floor(good), math.ceil(poor)
        small = f"; a lot of {lot_size} has no two whole numbers in between"
    setting: dict[str, Any] = {"model": "hypergeometric", "lot_size": lot_size, "unit": "lot"}
    plan = design(prq=(low, prq[1]), crq=(high, crq[1]), **setting)  # type: ignore[index]
    todo = f"{error.todo}; with {low} and {high} the plan is {plan!r}{small}"
    return DomainError(error.problem, todo=todo, **error.facts, plan=plan)


def _fraction(pair: object) -> float:
    try:
        return float(pair[0])  # type: ignore[index]
    except (TypeError, ValueError, LookupError):
        return math.nan


def too_close(demand: Demand) -> DomainError:
    """Return the error that a single plan for two points requires a larger sample than can be searched.

    Examples
    --------
    >>> from aql.plans.design.demands import demand_of
    >>> demand = demand_of((0.05, 0.2), (0.0500001, 0.05), model="binomial", lot_size=None, unit="item")
    >>> too_close(demand).side
    'both'
    """
    return DomainError(
        f"{demand} require about {likely_size(demand):.2g} items, but a sample can have at most {demand.most}",
        todo="Use qualities that are further apart, larger risks, or max_n with best=True",
        side="both",
    )


def _capped(demand: Demand, plan: SinglePlan, cap: int) -> DomainError:
    """The error that `max_n` is too small, with the nearest plan."""
    near = nearest_plan(demand, cap)
    lost, taken = risks(demand, near.n, near.ac)
    missed = [
        side
        for side, risk, limit in (("producer", lost, demand.prq.limit), ("consumer", taken, demand.crq.limit))
        if risk > limit
    ]
    side = missed[0] if len(missed) == 1 else "both"
    sides = "both risks" if side == "both" else f"the {side}'s risk"
    return DomainError(
        f"max_n must be {plan.n} or more for {demand}, got {cap}: the smallest plan is {plan!r}; the nearest with at most "
        f"{cap} items, {near!r}, has Pr {lost:.4g} and Pa {taken:.4g}, which exceeds {sides}",
        todo="For the nearest, use best=True",
        side=side,
        nearest=near,
        smallest=plan,
    )
