"""The smallest single plan for two risks, or the best one where the sample is capped."""

from __future__ import annotations

import math
from typing import Any, NoReturn

from aql.errors import DomainError
from aql.plans.design_demands import Demand, DesignUnit, demand_of, whole
from aql.plans.design_risks import risks
from aql.plans.design_search import first, nearest, smallest, smallest_sample
from aql.plans.qualities import Model
from aql.plans.tails import hypergeometric_tails
from aql.plans.values import SinglePlan

__all__ = ["checked_demand", "design"]


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
        ``"binomial"``: qualities are fractions nonconforming of a process (Type B). ``"hypergeometric"``: of this
        lot of `lot_size` items (Type A). ``"poisson"``: qualities are nonconformities per item.
    lot_size : int, optional
        Lot size of the hypergeometric model. [items]
    unit : {"item", "100 items", "lot"}
        ``"100 items"``: the qualities of the Poisson model are nonconformities per 100 items. ``"lot"``: those of
        the hypergeometric model are numbers nonconforming in the lot; fractions of it, ``"item"``, must make
        whole numbers.
    max_n : int, optional
        Largest sample that is allowed. [items]
    best : bool
        What to do where no plan of at most `max_n` items meets both risks: raise, or with True return the plan of
        at most `max_n` items for which the larger of :math:`P_r(p_1)/\alpha` and :math:`P_a(p_2)/\beta` is the
        smallest (of equal ones the smallest sample, then the smallest acceptance number).

    Returns
    -------
    SinglePlan
        The plan with the smallest sample, and for that sample the smallest acceptance number that meets both, so
        the smallest consumer's risk. More than one can only meet both in the Poisson model.

    Raises
    ------
    DomainError
        If the quality of `prq` is not better than that of `crq`, if no plan of `max_n` (or of 10^8) items meets
        both risks, or a value is not possible. `side` says which risk cannot be met, and `nearest` is the plan
        that comes nearest.

    Notes
    -----
    The search is exact in both numbers: the result equals the one of trying every plan. A risk that is met to
    within 1e-12 of itself, the accuracy of the probabilities, is met. The idea is that of [1]_ and [2]_.

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
    SinglePlan(n=100, ac=2)
    """
    demand = checked_demand(prq, crq, model=model, lot_size=lot_size, unit=unit)
    most = None if max_n is None else whole(max_n, "max_n")
    plan = smallest(demand)
    if plan is not None and (most is None or plan.n <= most):
        return plan
    if most is not None and best:
        return nearest(demand, min(most, demand.most))
    _raise_capped(demand, plan, most)


def checked_demand(prq: Any, crq: Any, *, model: str, lot_size: Any, unit: str) -> Demand:
    """Return a demand that can be met, or raise with what comes nearest to it.

    Examples
    --------
    >>> checked_demand((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item").most
    100000000
    """
    try:
        demand = demand_of(prq, crq, model=model, lot_size=lot_size, unit=unit)
    except DomainError as error:
        if "nearest" in error.facts:
            _raise_not_whole(error, prq, crq, lot_size)
        raise
    good, poor = demand.prq, demand.crq
    if good.quality < poor.quality:
        return demand
    if poor.quality == 0:
        raise DomainError(
            f"crq quality {poor.text}",
            f"every plan accepts lots without nonconforming items, so the consumer's risk {poor.risk!r} cannot be met",
            "Give a crq quality above 0",
            side="consumer",
        )
    n = smallest_sample(demand, 0)
    plan = SinglePlan(n=n, ac=0)
    raise DomainError(
        f"prq quality {good.text} is not better than crq quality {poor.text}",
        f"worse quality is never accepted more often, so with Pa({poor.text}) <= {poor.risk!r} the producer's risk "
        f"{good.risk!r} cannot be met",
        f"Give a prq quality below that of crq; {plan!r} keeps the consumer's side, and the producer's up to quality "
        + _kept(demand, n, unit),
        side="producer",
        nearest=plan,
    )


def _kept(demand: Demand, n: int, unit: str) -> str:
    """Worst quality at which the plan of `n` and Ac 0 keeps the producer's risk."""
    risk = demand.prq.risk
    if demand.lot_size is not None:
        size, limit = demand.lot_size, demand.prq.limit
        over = first(
            lambda bad: hypergeometric_tails(n, 0, bad, size)[1] > limit, int(risk * size / n), 0, size
        )
        return f"{over - 1} of {size}"
    if demand.model == "poisson":
        return f"{-math.log1p(-risk) / n * (100 if unit == '100 items' else 1):.6g}"
    return f"{-math.expm1(math.log1p(-risk) / n):.6g}"


def _raise_not_whole(error: DomainError, prq: Any, crq: Any, lot_size: Any) -> NoReturn:
    """Name the plan for whole numbers of nonconforming items beside the error that they are none."""
    good, poor = (float(pair[0]) * lot_size for pair in (prq, crq))
    inner = (math.ceil(good), math.floor(poor))
    pairs = (inner, (math.floor(good), math.ceil(poor)))
    low, high = next((pair for pair in pairs if pair[0] < pair[1] <= lot_size), (0, 0))
    if low == high:
        raise error
    plan = design(
        prq=(low, prq[1]), crq=(high, crq[1]), model="hypergeometric", lot_size=lot_size, unit="lot"
    )
    small = (
        ""
        if (low, high) == inner
        else f", as a lot of {lot_size} is too small for whole numbers between them"
    )
    raise DomainError(
        error.came,
        error.allowed,
        f'{error.todo}; unit="lot" with prq {low} and crq {high} gives {plan!r}{small}',
        **{**error.facts, "plan": plan},
    )


def _raise_capped(demand: Demand, plan: SinglePlan | None, most: int | None) -> NoReturn:
    """Say that no plan of so few items meets both risks, and which comes nearest."""
    cap = min(demand.most, most or demand.most)
    near = nearest(demand, cap)
    lost, taken = risks(demand, near.n, near.ac)
    missed = [
        side
        for side, risk, limit in (("producer", lost, demand.prq.limit), ("consumer", taken, demand.crq.limit))
        if risk > limit
    ]
    side = missed[0] if len(missed) == 1 else "both"
    todo = "Take qualities further apart, or larger risks" if plan is None else f"Raise max_n to {plan.n}"
    raise DomainError(
        f"{cap} items are too few for {demand}",
        ("" if plan is None else f"the smallest plan for both is {plan!r}, and ")
        + f"the nearest of at most {cap} items is {near!r} with Pr {lost:.4g} and Pa {taken:.4g}, which misses "
        + ("both sides" if side == "both" else f"the {side}'s side"),
        f"{todo}, or take the nearest with max_n={cap} and best=True",
        side=side,
        nearest=near,
        smallest=plan,
    )
