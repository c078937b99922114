"""Designs zero acceptance plans: the smallest sample that accepts a limiting quality rarely enough."""

from __future__ import annotations

from aql.checks import share
from aql.errors import DomainError
from aql.plans.design.demands import Demand, Point, quality_of, setting_of
from aql.plans.design.risks import consumer_met
from aql.plans.design.search import smallest_sample
from aql.plans.plan import SinglePlan
from aql.types import DesignUnit, Model

__all__ = ["smallest_zero_acceptance", "zero_acceptance"]


def zero_acceptance(
    *,
    lq: float,
    beta: float,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: DesignUnit = "item",
) -> SinglePlan:
    r"""Smallest plan with acceptance number 0 that accepts a limiting quality with at most a given probability.

    Parameters
    ----------
    lq : float
        Limiting quality, above 0: a fraction nonconforming, or a quality according to `unit` and `model`, as in `design`.
    beta : float
        Largest probability of accepting such a lot: :math:`P_a(lq) \le \beta`. [1]
    model : {"binomial", "hypergeometric", "poisson"}
        The model, as in `design`.
    lot_size : int, optional
        Lot size of the hypergeometric model. [items]
    unit : {"item", "100 items", "lot"}
        Unit of the quality, as in `design`.

    Returns
    -------
    SinglePlan
        The plan. The producer's risk is not limited.

    Raises
    ------
    DomainError
        If an argument is invalid, or the sample would be larger than 10^7 items.

    Notes
    -----
    With the binomial model, n is the smallest whole number with :math:`(1 - lq)^n \le \beta` [1]_.

    References
    ----------
    .. [1] E. G. Schilling and D. V. Neubauer, Acceptance Sampling in Quality Control, 3rd ed., CRC Press, 2017.

    Examples
    --------
    >>> zero_acceptance(lq=0.05, beta=0.10)
    SinglePlan(n=45, ac=0)
    >>> zero_acceptance(lq=6, beta=0.10, model="hypergeometric", lot_size=120, unit="lot")
    SinglePlan(n=38, ac=0)
    """
    size = setting_of(model, lot_size, unit)
    quality, text = quality_of(lq, "lq", model=model, lot_size=size, unit=unit)
    point = Point(quality, share(beta, "beta", ends=False), text)
    if quality == 0:
        raise DomainError(
            f"lq must be above 0, got {text}: every plan accepts lots without nonconforming items",
            side="consumer",
        )
    return smallest_zero_acceptance(Demand(model, point, point, size))


def smallest_zero_acceptance(demand: Demand) -> SinglePlan:
    """Return the smallest plan with acceptance number 0 that meets the consumer's point."""
    n = smallest_sample(demand, 0)
    if n >= demand.most and not consumer_met(demand, n, 0):
        raise DomainError(
            f"Pa({demand.crq.text}) <= {demand.crq.risk!r} with Ac 0 requires more than {demand.most} items",
            todo="Use a worse quality or a larger risk",
            side="consumer",
            nearest=SinglePlan(n=demand.most, ac=0),
        )
    return SinglePlan(n=n, ac=0)
