"""The operating characteristic of a plan: how likely it accepts or rejects a lot of a given quality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aql.plans.acceptance.curve import accepted, rejected
from aql.plans.quality import Qualities, by_blocks, qualities
from aql.plans.stage import steps_of

if TYPE_CHECKING:
    from aql.plans.plan import Plan

__all__ = ["pa", "pr"]


def pa(
    plan: Plan,
    p: Any = None,
    *,
    model: str = "binomial",
    lot_size: int | None = None,
    nonconforming: Any = None,
    unit: str = "item",
) -> Any:
    r"""Probability that a plan accepts a lot.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p : array_like of float, any shape
        Quality: fraction nonconforming [1] with the binomial and hypergeometric models; nonconformities per item, or
        per 100 items with ``unit="100 items"``, with the Poisson model.
    model : {"binomial", "hypergeometric", "poisson"}
        ``"binomial"``: a series of lots from a process (Type B). ``"hypergeometric"``: this lot, of `lot_size` items
        (Type A); samples that reach the lot are dealt with as in `aql.plans.whole_lot.on_lot`. ``"poisson"``:
        nonconformities.
    lot_size : int, optional
        Lot size of the hypergeometric model. [items]
    nonconforming : array_like of int, optional
        Number nonconforming in the lot, in place of `p`, with the hypergeometric model.
    unit : {"item", "100 items"}
        What nonconformities are counted per, with the Poisson model.

    Returns
    -------
    float, or ndarray of float64
        Same shape as the quality; NaN where it is NaN. The relative error is below 1e-12 down to 1e-290.

    Raises
    ------
    DomainError
        If a quality is not possible, or an argument does not go with the model.

    Notes
    -----
    A plan accepts at its last stage on every count below its rejection number, a gap above Ac included.

    References
    ----------
    .. [1] E. G. Schilling and D. V. Neubauer, Acceptance Sampling in Quality Control, 3rd ed., CRC Press, 2017.

    Examples
    --------
    >>> from aql import MultiplePlan, SinglePlan
    >>> print(pa(SinglePlan(n=80, ac=2), [0.0, 0.01, 0.05]).round(4))
    [1.     0.9534 0.2306]
    >>> round(pa(SinglePlan(n=20, ac=1), nonconforming=22, model="hypergeometric", lot_size=120), 10)
    0.0762970752
    """
    given = qualities(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return _probability(accepted, plan, given)


def pr(
    plan: Plan,
    p: Any = None,
    *,
    model: str = "binomial",
    lot_size: int | None = None,
    nonconforming: Any = None,
    unit: str = "item",
) -> Any:
    """Probability that a plan rejects a lot: the complement of `pa`, accurate by itself.

    Parameters, return value and errors are those of `pa`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> print(pr(SinglePlan(n=80, ac=2), 1e-9))
    8.215999...e-23
    """
    given = qualities(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return _probability(rejected, plan, given)


def _probability(side: Any, plan: Plan, given: Qualities) -> Any:
    steps = steps_of(plan, given.lot_size)
    if given.scalar:
        return side(steps, float(given.values), given.model, given.lot_size)
    return by_blocks(lambda some: side(steps, some.values, given.model, given.lot_size), given)
