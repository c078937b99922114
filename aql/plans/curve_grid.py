"""Qualities at which to draw a curve: from 0 to a quality at which hardly any lots are accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.checks import choice, whole_number
from aql.plans.arrays import Floats
from aql.plans.protocols import Accepting, Law
from aql.plans.quality_levels import quality_at
from aql.types import PROCESS_MODELS, ProcessModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


__all__ = ["checked_points", "curve_end", "evenly", "oc_points", "whole_numbers"]

# A curve ends where this share of lots is accepted; to leave room for text, at least at this multiple of the CRQ.
_DOWN, _BETA, _ROOM = 0.01, 0.10, 1.6
_MOST_POINTS = 1_000_000


def curve_end(plan: Accepting, law: Law, *, room: bool = False) -> float | None:
    """Quality at which a curve ends; None if even the worst lots are accepted too often for that.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> curve_end(SinglePlan(n=80, ac=2), {})
    0.1009548...
    """
    fractions, size = law.get("model") != "poisson", law.get("lot_size")
    if fractions and plan.pa(1.0, **law) > _DOWN:
        return None
    end = quality_at(plan, _DOWN, **law)
    if room:
        end = max(end, _ROOM * quality_at(plan, _BETA, **law))
    if size is not None:
        # In a lot, the first quality that is accepted less often has one more nonconforming item.
        end += 1 / size
    return min(end, 1.0) if fractions else end


def evenly(end: float, points: int, lot_size: int | None = None) -> Floats:
    """Return a grid of evenly spaced qualities for a curve; in a lot, only fractions that are whole items.

    Examples
    --------
    >>> evenly(0.4, 3), evenly(0.4, 3, lot_size=5)
    (array([0. , 0.2, 0.4]), array([0. , 0.2, 0.4]))
    """
    import numpy as np

    count = checked_points(points)
    if lot_size is None:
        return np.linspace(0.0, end, count)
    return whole_numbers(0, round(end * lot_size), count) / lot_size


def checked_points(points: int) -> int:
    """Return the number of points of a curve; raise DomainError if it is not 2 to a million."""
    return whole_number(points, "points", least=2, most=_MOST_POINTS)


def whole_numbers(first: int, last: int, points: int) -> NDArray[np.int64]:
    """Return a grid of whole numbers for a curve: all from the first to the last, or `points`, evenly spaced.

    Examples
    --------
    >>> whole_numbers(0, 3, 100), whole_numbers(0, 100, 3)
    (array([0, 1, 2, 3]), array([  0,  50, 100]))
    """
    import numpy as np

    return np.unique(np.rint(np.linspace(first, last, min(last - first + 1, points))).astype(np.int64))


def oc_points(
    plan: Accepting, *, model: ProcessModel = "binomial", points: int = 41
) -> tuple[tuple[float, float], ...]:
    """Return the grid of a small OC curve: points from quality 0 to where one lot in a hundred is accepted.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    model : {"binomial", "poisson"}
        The model.
    points : int
        Number of points, 2 or more, evenly spaced.

    Returns
    -------
    tuple of (float, float)
        Quality and probability of acceptance. For a plan that rejects nothing, the qualities extend to 1.

    Raises
    ------
    DomainError
        If `model` or `points` is invalid.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> curve = oc_points(SinglePlan(n=52, ac=3))
    >>> curve[0], round(curve[-1][0], 3), round(curve[-1][1], 3)
    ((0.0, 1.0), 0.18, 0.01)
    """
    law: Law = {"model": choice(model, "model", PROCESS_MODELS)}
    end = curve_end(plan, law)
    qualities = evenly(1.0 if end is None else end, points)
    return tuple(zip(qualities.tolist(), plan.pa(qualities, **law).tolist(), strict=True))
