"""The beta-binomial distribution: nonconforming items among `n`, if the fraction nonconforming has a beta distribution."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from aql.distributions._arrays import all_numbers

if TYPE_CHECKING:
    from aql.distributions._arrays import Array, Floats

__all__ = ["cdf", "pmf", "sf", "table"]

# Probabilities below this fraction of the largest lack full precision and are left out.
_SMALLEST = 1e-305
_PMF, _CDF, _SF = 0, 1, 2


@overload
def pmf(k: float, n: int, a: float, b: float) -> float: ...
@overload
def pmf(k: Array, n: int, a: float, b: float) -> Floats: ...
def pmf(k: Any, n: Any, a: Any, b: Any) -> Any:
    r"""Beta-binomial probability of `k` nonconforming among `n` items.

    Parameters
    ----------
    k : int or array of int
        Count; an impossible count has probability 0.
    n : int
        Items, 0 or more. [items]
    a, b : float
        Parameters of the beta distribution, above 0.

    Returns
    -------
    float, or ndarray of float64 of the shape of `k`
        :math:`\binom{n}{k} B(a + k, b + n - k) / B(a, b)`, with a relative error below 1e-12; NaN where `k` is NaN. The
        whole distribution is computed, so the time grows with `n`; many values of `k` take little longer than one.

    Examples
    --------
    >>> pmf(0, 3, 1.0, 1.0), pmf(np.arange(5), 3, 1.0, 1.0)
    (0.25, array([0.25, 0.25, 0.25, 0.25, 0.  ]))
    """
    return _at(_PMF, k, n, a, b)


@overload
def cdf(k: float, n: int, a: float, b: float) -> float: ...
@overload
def cdf(k: Array, n: int, a: float, b: float) -> Floats: ...
def cdf(k: Any, n: Any, a: Any, b: Any) -> Any:
    """Beta-binomial probability of at most `k` nonconforming among `n` items.

    Parameters, return value and accuracy are those of `pmf`.

    Examples
    --------
    >>> cdf(1, 3, 1.0, 1.0)
    0.5
    """
    return _at(_CDF, k, n, a, b)


@overload
def sf(k: float, n: int, a: float, b: float) -> float: ...
@overload
def sf(k: Array, n: int, a: float, b: float) -> Floats: ...
def sf(k: Any, n: Any, a: Any, b: Any) -> Any:
    """Beta-binomial probability of more than `k` nonconforming among `n` items, summed directly rather than as ``1 - cdf``.

    Parameters, return value and accuracy are those of `pmf`.

    Examples
    --------
    >>> sf(2, 3, 1.0, 1.0)
    0.25
    """
    return _at(_SF, k, n, a, b)


@lru_cache(maxsize=8)
def table(n: int, a: float, b: float) -> tuple[int, Floats, Floats, Floats]:
    """Return the whole beta-binomial distribution.

    Parameters
    ----------
    n, a, b
        As in `pmf`, but single numbers.

    Returns
    -------
    int, ndarray, ndarray, ndarray
        First count with a significant probability, and `pmf`, `cdf` and `sf` from there on; read-only.

    Examples
    --------
    >>> table(3, 1.0, 1.0)[2]
    array([0.25, 0.5 , 0.75, 1.  ])
    """
    first, chances = _law(n, a, b)
    below = np.minimum(np.cumsum(chances), 1.0)
    above = np.zeros_like(chances)
    above[:-1] = np.minimum(np.cumsum(chances[:0:-1])[::-1], 1.0)
    for part in (chances, below, above):
        part.flags.writeable = False
    return first, chances, below, above


def _at(which: int, k: Any, n: Any, a: Any, b: Any) -> Any:
    first, *parts = table(n, a, b)
    values = parts[which]
    place = np.asarray(k, dtype=float) - first
    inside = np.clip(np.nan_to_num(place), 0, values.size - 1).astype(np.intp)
    before, after = float(which == _SF), float(which == _CDF)
    all_ = np.where(place < 0, before, np.where(place >= values.size, after, values[inside]))
    all_ = np.where(np.isnan(place), math.nan, all_)
    return float(all_) if all_numbers(k) else all_


def _law(n: int, a: float, b: float) -> tuple[int, Floats]:
    """First count with a significant probability, and the probabilities from there on."""
    # The mode, from which products of ratios give the counts below and above.
    top = 0
    if a > 1 and (b > 1 or a > b):
        top = n if b <= 1 else min(int((n + 1) * (a - 1) / (a + b - 2)), n)
    k = np.arange(n, dtype=float)
    rest = (n - 1) - k
    up, down = a + k, b + rest
    ratio = (n - k) * up / ((k + 1) * down)
    # The rounding errors of the two sums have the same sign over long ranges of counts, so they are corrected.
    drift = np.concatenate([[0.0], np.cumsum(_lost(a, k, up) / up - _lost(b, rest, down) / down)])
    weights = np.exp(drift - drift[top])
    with np.errstate(under="ignore"):
        weights[top + 1 :] *= np.cumprod(ratio[top:])
        weights[:top] *= np.cumprod(1.0 / ratio[:top][::-1])[::-1]
    kept = np.flatnonzero(weights > _SMALLEST * weights.max())
    weights = weights[kept[0] : kept[-1] + 1]
    return int(kept[0]), weights / weights.sum()


def _lost(part: float, numbers: Floats, total: Floats) -> Floats:
    """The rounding error of a sum."""
    other = total - numbers
    return np.asarray((part - other) + (numbers - (total - other)))
