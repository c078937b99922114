"""Curtailed inspection: average number of items if a sample stops as soon as its rejection number is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aql.distributions import binomial, hypergeometric
from aql.plans.acceptance.shares import begun
from aql.plans.largest_plans import checked_size

if TYPE_CHECKING:
    from aql.distributions import Floats
    from aql.plans.stage import Steps

__all__ = ["curtailed_items", "items_until"]

# Number of probabilities that are added up at a time.
_AT_ONCE = 1_000_000
# Each item takes about 0.1 microseconds for every quality.
_MOST_ITEMS = 10**7


def curtailed_items(steps: Steps, place: int, values: Floats, model: str, lot_size: int | None) -> Floats:
    """Average items inspected at a stage that stops at its rejection number, counting 0 if the stage is not reached.

    Examples
    --------
    >>> curtailed_items(((2, 2, 0, 1),), 0, np.array([0.0, 1.0]), "binomial", None)
    array([2., 1.])
    """
    n, drawn, _, re = steps[place]
    total = np.zeros(values.shape)
    for found, probability in begun(steps, place, values, model, lot_size):
        total = total + probability * _until(n, re - found, drawn - n, found, values, model, lot_size)
    return total


def _until(
    n: int, m: int, before: int, found: int, values: Floats, model: str, lot_size: int | None
) -> Floats:
    """Average items inspected of `n` if inspection stops at the m-th nonconforming item."""
    if model == "poisson":
        return items_until(n, m, values)
    if m > n:
        return np.full(values.shape, float(n))
    if lot_size is not None:
        size = lot_size - before
        bad = np.clip(values - found, 0.0, size)
        few, many = hypergeometric.cdf(m - 1, n, bad, size), hypergeometric.sf(m, n + 1, bad + 1, size + 1)
        return n * few + m * (size + 1) / (bad + 1) * many
    few, many = binomial.cdf(m - 1, n, values), binomial.sf(m, n + 1, values)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(
            values > 0, n * few + m * (many / values), np.where(np.isnan(values), np.nan, float(n))
        )


def items_until(n: int, m: int, rate: Floats) -> Floats:
    r"""Average items inspected of `n` if inspection is curtailed at the item with the m-th nonconformity.

    Parameters
    ----------
    n : int
        Items available. [items]
    m : int
        Number of nonconformities that ends inspection, 1 or more.
    rate : ndarray of float
        Nonconformities per item.

    Returns
    -------
    ndarray of float64
        :math:`\sum_{t=0}^{n-1} P(X_t < m)`, in the shape of `rate`; NaN where `rate` is NaN. [items]

    Notes
    -----
    :math:`P(X_t < m)` is the regularized upper incomplete gamma function :math:`Q(m, t \cdot rate)`.

    Examples
    --------
    >>> items_until(3, 1, np.array([0.0, 1.0])).round(6)
    array([3.      , 1.503215])
    """
    from scipy.special import gammaincc

    checked_size(n, "n", _MOST_ITEMS, "curtailed samples of nonconformities")
    total = np.zeros(rate.shape)
    width = max(_AT_ONCE // max(rate.size, 1), 1)
    with np.errstate(over="ignore"):
        for start in range(0, n, width):
            before = np.arange(start, min(start + width, n), dtype=float)
            total += gammaincc(m, rate[..., None] * before).sum(axis=-1)
    return total
