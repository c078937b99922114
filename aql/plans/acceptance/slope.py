"""The slope of the operating characteristic (Type B), from the ends of a compiled plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aql.distributions import binomial, poisson
from aql.plans.acceptance.ends import Ends, compiled

if TYPE_CHECKING:
    from aql.distributions import Floats
    from aql.plans.stage import Steps


__all__ = ["slopes"]


def slopes(steps: Steps, values: Floats, model: str) -> Floats:
    """Return the slopes dPa/dp at a one-dimensional array of checked qualities.

    Examples
    --------
    >>> slopes(((80, 80, 0, 1),), np.array([0.0, 1.0]), "binomial")
    array([-80.,   0.])
    """
    code = compiled(steps, model == "poisson")
    if code.always:
        return 0.0 * values
    term = _poisson_term if model == "poisson" else _binomial_term
    found = []
    for value in values.tolist():
        falling = not value < code.pivot
        ends = code.accept if falling else code.reject
        change = sum((term(one, value, code.pivot, falling) for one in ends), 0.0)
        found.append(value if math.isnan(value) else change if falling else -change)
    return np.array(found)


def _binomial_term(ends: Ends, p: float, pivot: float, falling: bool) -> float:
    """Derivative of the probability of the ends of one stage."""
    n, rest = ends.n, 1.0 - p
    if p == 0:
        return n * ends.weights[0] * (ends.k == 1)
    if p == 1:
        return -n * ends.weights[0] * (ends.k == n - 1)
    ratio = (p / rest) / (pivot / (1.0 - pivot))
    series = _series(ends, n * p, 1.0 / ratio if falling else ratio, falling)
    return series * binomial.pmf(ends.k, n, p) / (p * rest)


def _poisson_term(ends: Ends, rate: float, pivot: float, falling: bool) -> float:
    """Derivative of the probability of the ends of one stage."""
    n = ends.n
    if rate == 0:
        return n * ends.weights[0] * (ends.k == 1)
    series = _series(ends, n * rate, pivot / rate if falling else rate / pivot, falling)
    return series * poisson.pmf(ends.k, n * rate) / rate


def _series(ends: Ends, mean: float, ratio: float, falling: bool) -> float:
    """Weighted sum of the distances of counts from the mean; near the edge all have the same sign, so little cancels."""
    step, total = -1 if falling else 1, 0.0
    for j in range(len(ends.coefficients) - 1, -1, -1):
        total = total * ratio + ends.coefficients[j] * (ends.k + step * j - mean)
    return total
