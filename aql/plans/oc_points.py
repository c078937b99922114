"""Points of an operating characteristic, chosen so that a picture of it says something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.errors import DomainError
from aql.plans.operating_characteristic import pa
from aql.plans.quality_levels import quality_at

if TYPE_CHECKING:
    from aql.plans.plan import Plan

__all__ = ["oc_points"]

_END = 0.01


def oc_points(plan: Plan, *, model: str = "binomial", points: int = 41) -> tuple[tuple[float, float], ...]:
    """Points of the operating characteristic, from quality 0 to where one lot in a hundred is accepted.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    model : {"binomial", "poisson"}
        The law.
    points : int
        How many, 2 or more, evenly spaced.

    Returns
    -------
    tuple of (float, float)
        Quality and probability of acceptance; a plan that rejects nothing is drawn up to quality 1.

    Raises
    ------
    DomainError
        For another model or fewer points.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> curve = oc_points(SinglePlan(n=52, ac=3))
    >>> curve[0], round(curve[-1][0], 3), round(curve[-1][1], 3)
    ((0.0, 1.0), 0.18, 0.01)
    """
    if points < 2:
        raise DomainError(
            f"{points} points make no curve", "a curve has 2 or more", "Leave points out", value=points
        )
    if model not in {"binomial", "poisson"}:
        raise DomainError(
            f"model {model!r} has no curve", "a curve is binomial or poisson", "Use one", value=model
        )
    never_falls = model == "binomial" and pa(plan, 1.0) > _END
    end = 1.0 if never_falls else quality_at(plan, _END, model=model)
    qualities = [end * place / (points - 1) for place in range(points)]
    return tuple(zip(qualities, pa(plan, qualities, model=model).tolist(), strict=True))
