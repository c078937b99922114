"""Probabilities that one sample contains exactly, at most, or more than a number of nonconforming items."""

from __future__ import annotations

from aql.distributions import binomial, hypergeometric, poisson
from aql.plans.arrays import Values

__all__ = ["at_most", "exactly", "more_than"]


def exactly(count: int, n: int, values: Values, model: str, lot_size: int | None) -> Values:
    """Probability of exactly `count` in one sample; the other arguments are those of `accepted` in `curve`.

    Examples
    --------
    >>> exactly(0, 2, 0.5, "binomial", None)
    0.25
    """
    if lot_size is not None:
        return hypergeometric.pmf(count, n, values, lot_size)
    return poisson.pmf(count, _mean(n, values)) if model == "poisson" else binomial.pmf(count, n, values)


def at_most(count: int, n: int, values: Values, model: str, lot_size: int | None) -> Values:
    """Probability of at most `count` in one sample; arguments as in `exactly`.

    Examples
    --------
    >>> at_most(0, 2, 0.5, "binomial", None)
    0.25
    """
    if lot_size is not None:
        return hypergeometric.cdf(count, n, values, lot_size)
    return poisson.cdf(count, _mean(n, values)) if model == "poisson" else binomial.cdf(count, n, values)


def more_than(count: int, n: int, values: Values, model: str, lot_size: int | None) -> Values:
    """Probability of more than `count` in one sample; arguments as in `exactly`.

    Examples
    --------
    >>> more_than(0, 2, 0.5, "binomial", None)
    0.75
    """
    if lot_size is not None:
        return hypergeometric.sf(count, n, values, lot_size)
    return poisson.sf(count, _mean(n, values)) if model == "poisson" else binomial.sf(count, n, values)


def _mean(n: int, rate: Values) -> Values:
    """Expected number of nonconformities; infinite if too large for a float."""
    if isinstance(rate, float):
        return n * rate
    import numpy as np

    with np.errstate(over="ignore"):
        return n * rate
