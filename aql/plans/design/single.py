"""The smallest single plan for two risks, or the best one where the sample is capped."""

from __future__ import annotations

import math
from typing import Any, cast

from aql.checks import whole_number
from aql.distributions import hypergeometric
from aql.errors import DomainError
from aql.plans.design.demands import Demand, demand_of
from aql.plans.design.guesses import likely_size
from aql.plans.design.nearest import nearest
from aql.plans.design.risks import risks
from aql.plans.design.search import first, smallest
from aql.plans.design.zero import zero_acceptance
from aql.plans.plan import SinglePlan
from aql.types import DesignUnit, Model

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
        smallest (of equal ones, to 12 digits, the smallest sample, then the smallest acceptance number).

    Returns
    -------
    SinglePlan
        The plan with the smallest sample, and for that sample the smallest acceptance number that meets both, so
        the smallest consumer's risk. More than one can only meet both in the Poisson model.

    Raises
    ------
    DomainError
        If the quality of `prq` is not better than that of `crq`, if no plan of `max_n` (or of 10^9) items meets
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
    SinglePlan(n=95, ac=2)
    """
    demand = checked_demand(prq, crq, model=model, lot_size=lot_size, unit=unit)
    most = None if max_n is None else whole_number(max_n, "max_n", least=1)
    plan = smallest(demand)
    if plan is not None and (most is None or plan.n <= most):
        return plan
    if most is not None and best:
        return nearest(demand, min(most, demand.most))
    raise _too_close(demand) if plan is None else _capped(demand, plan, cast(int, most))


def checked_demand(prq: Any, crq: Any, *, model: Model, lot_size: Any, unit: DesignUnit) -> Demand:
    """Return a demand that can be met, or raise with what comes nearest to it.

    Examples
    --------
    >>> checked_demand((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item").most
    1000000000
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
            f"crq quality must be above 0, got {poor.text}: every plan accepts lots without nonconforming items, so the "
            f"consumer's risk {poor.risk!r} cannot be met",
            side="consumer",
        )
    plan = zero_acceptance(lq=crq[0], beta=crq[1], model=model, lot_size=lot_size, unit=unit)
    raise DomainError(
        f"prq quality must be below crq quality, got {good.text} and {poor.text}: worse quality is never accepted more "
        f"often, so with Pa({poor.text}) <= {poor.risk!r} a producer's risk below {1 - poor.risk:.6g} cannot be met",
        todo=f"{plan!r} keeps the consumer's side, and the producer's up to quality {_kept(demand, plan.n, unit)}",
        side="producer",
        nearest=plan,
    )


def _kept(demand: Demand, n: int, unit: str) -> str:
    """Worst quality at which the plan of `n` and Ac 0 keeps the producer's risk."""
    risk = demand.prq.risk
    if demand.lot_size is not None:
        size, limit = demand.lot_size, demand.prq.limit
        over = first(lambda bad: hypergeometric.sf(0, n, bad, size) > limit, int(risk * size / n), 0, size)
        return f"{over - 1} of {size}"
    if demand.model == "poisson":
        return f"{-math.log1p(-risk) / n * (100 if unit == '100 items' else 1):.6g}"
    return f"{-math.expm1(math.log1p(-risk) / n):.6g}"


def _with_whole_numbers(error: DomainError, prq: Any, crq: Any, lot_size: Any) -> DomainError:
    """To the error that fractions make no whole numbers, add the plan for numbers that are."""
    if error.code != "not-whole":
        return error
    # The stricter numbers if they differ, and otherwise the others.
    good, poor = (_real(pair) * lot_size for pair in (prq, crq))
    if not 0 <= good < poor <= lot_size:
        return error
    low, high = math.ceil(good), math.floor(poor)
    small = ""
    if low >= high:
        low, high = math.floor(good), math.ceil(poor)
        small = f", as a lot of {lot_size} has no two whole numbers between them"
    plan = design(
        prq=(low, prq[1]), crq=(high, crq[1]), model="hypergeometric", lot_size=lot_size, unit="lot"
    )
    return DomainError(
        error.problem,
        todo=f"{error.todo}; with {low} and {high} the plan is {plan!r}{small}",
        **error.facts,
        plan=plan,
    )


def _real(pair: Any) -> float:
    try:
        return float(pair[0])
    except (TypeError, ValueError, LookupError):
        return math.nan


def _too_close(demand: Demand) -> DomainError:
    return DomainError(
        f"{demand} need about {likely_size(demand):.2g} items, but a sample has at most {demand.most}",
        todo="Take qualities further apart or larger risks, or max_n with best=True",
        side="both",
    )


def _capped(demand: Demand, plan: SinglePlan, cap: int) -> DomainError:
    """No plan of so few items meets both risks; which comes nearest."""
    near = nearest(demand, cap)
    lost, taken = risks(demand, near.n, near.ac)
    missed = [
        side
        for side, risk, limit in (("producer", lost, demand.prq.limit), ("consumer", taken, demand.crq.limit))
        if risk > limit
    ]
    side = missed[0] if len(missed) == 1 else "both"
    sides = "both sides" if side == "both" else f"the {side}'s side"
    return DomainError(
        f"{cap} items are too few for {demand}; the smallest plan for both is {plan!r}, and the nearest of at most {cap} items is {near!r} with Pr "
        f"{lost:.4g} and Pa {taken:.4g}, which misses {sides}",
        todo=f"Raise max_n to {plan.n}, or take the nearest with best=True",
        side=side,
        nearest=near,
        smallest=plan,
    )
