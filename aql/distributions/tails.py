r"""Both tails of the binomial, Poisson and hypergeometric laws at one point, without compiling a plan.

Of the two sides that a count cuts a law into, the smaller is summed and the other is its complement. A sum is one
term at the edge (`aql.distributions.terms`) times a series of positive ratios, to the last digit, so a side of 1e-290 is as
good as one of 0.1: the relative error is below 1e-12.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from aql.distributions.terms import Floats, deviance, exact_off, excess

__all__ = ["binomial_tails", "hypergeometric_tails", "poisson_tails"]

# The median of a binomial or Poisson law lies about 0.7 above the largest count below it.
_MEDIAN = 0.7
# A series ends where its next term is this small beside the sum.
_NEGLIGIBLE = 1e-20
_FIRST_BLOCK, _LARGEST_BLOCK = 64, 65536
# Of a finite lot the smaller side is not known beforehand; above this a sum was the larger one.
_LARGER = 0.75


def binomial_tails(n: int, c: int, p: float) -> tuple[float, float]:
    """Probabilities of at most and of more than `c` nonconforming among `n` items.

    Parameters
    ----------
    n : int
        Items. [items]
    c : int
        Count that cuts the law; below 0 or above `n` one side is empty.
    p : float
        Fraction nonconforming, in [0, 1]. [1]

    Returns
    -------
    tuple of two floats
        The lower and the upper tail, each with a relative error below 1e-12.

    Examples
    --------
    >>> binomial_tails(2, 0, 0.5)
    (0.25, 0.75)
    >>> print("%.6g" % binomial_tails(80, 2, 1e-9)[1])
    8.216e-23
    """
    if c < 0 or c >= n or p in {0.0, 1.0}:
        return _certain(c >= n or (c >= 0 and p == 0))
    rest = 1.0 - p
    if (n + 0.4) * p > c + _MEDIAN:
        odds = rest / p
        lower = _binomial_term(n, c, p) * _series(c, lambda j: (c - j) * odds / (n - c + 1 + j))
        return lower, 1.0 - lower
    odds, k = p / rest, c + 1
    upper = _binomial_term(n, k, p) * _series(n - k, lambda j: (n - k - j) * odds / (k + 1 + j))
    return 1.0 - upper, upper


def poisson_tails(mean: float, c: int) -> tuple[float, float]:
    """Probabilities of at most and of more than `c` nonconformities where `mean` are expected.

    Parameters
    ----------
    mean : float
        Number expected, 0 or more.
    c : int
        Count that cuts the law; below 0 the lower side is empty.

    Returns
    -------
    tuple of two floats
        The lower and the upper tail, each with a relative error below 1e-12.

    Examples
    --------
    >>> print("%.12f %.12f" % poisson_tails(1.0, 0))
    0.367879441171 0.632120558829
    """
    if c < 0 or mean == 0:
        return _certain(c >= 0)
    if mean > c + _MEDIAN:
        lower = _poisson_term(mean, c) * _series(c, lambda j: (c - j) / mean)
        return lower, 1.0 - lower
    k = c + 1
    # The ratios fall below 1/2 within `k` steps; a thousand more halvings are beyond any digit.
    upper = _poisson_term(mean, k) * _series(k + 1000, lambda j: mean / (k + 1 + j))
    return 1.0 - upper, upper


def hypergeometric_tails(n: int, c: int, bad: int, lot_size: int) -> tuple[float, float]:
    """Probabilities of at most and of more than `c` nonconforming in a sample of a finite lot.

    Parameters
    ----------
    n : int
        Sample size, at most the lot's. [items]
    c : int
        Count that cuts the law.
    bad : int
        Nonconforming items in the lot. [items]
    lot_size : int
        Lot size. [items]

    Returns
    -------
    tuple of two floats
        The lower and the upper tail, each with a relative error below 1e-12.

    Examples
    --------
    >>> print("%.10f" % hypergeometric_tails(20, 1, 22, 120)[0])
    0.0762970752
    """
    good = lot_size - bad
    if c < max(n - good, 0) or c >= min(n, bad):
        return _certain(c >= min(n, bad))
    if (n + 0.4) * bad > (c + _MEDIAN) * lot_size:
        lower = _finite_lower(n, c, bad, lot_size)
        upper = 1.0 - lower if lower < _LARGER else _finite_upper(n, c, bad, lot_size)
        return (lower, upper) if lower < _LARGER else (1.0 - upper, upper)
    upper = _finite_upper(n, c, bad, lot_size)
    lower = 1.0 - upper if upper < _LARGER else _finite_lower(n, c, bad, lot_size)
    return (lower, upper) if upper < _LARGER else (lower, 1.0 - lower)


def _certain(accepted: bool) -> tuple[float, float]:
    return (1.0, 0.0) if accepted else (0.0, 1.0)


def _series(steps: int, ratios: Callable[[Floats], Floats]) -> float:
    """Sum 1 + r0 + r0 r1 + ... over `steps` ratios, as far as it matters."""
    total = last = 1.0
    start, width = 0, _FIRST_BLOCK
    while start < steps and last > _NEGLIGIBLE * total:
        stop = min(start + width, steps)
        products = np.cumprod(ratios(np.arange(start, stop, dtype=float)))
        total += last * float(products.sum())
        last *= float(products[-1])
        start, width = stop, min(4 * width, _LARGEST_BLOCK)
    return total


def _binomial_term(n: int, k: int, p: float) -> float:
    if k == 0:
        return math.exp(n * math.log1p(-p))
    if k == n:
        return float(p**n)
    off = float(exact_off(n, k, p))
    log = excess(n) - excess(k) - excess(n - k)
    return math.exp(log - deviance(k, n * p, off) - deviance(n - k, n * (1.0 - p), -off))


def _poisson_term(mean: float, k: int) -> float:
    return math.exp(-excess(k) - deviance(k, mean, mean - k))


def _finite_term(n: int, k: int, bad: int, lot_size: int) -> float:
    good, rest = lot_size - bad, lot_size - n
    off = (bad * n - k * lot_size) / lot_size
    log = excess(n) + excess(rest) - excess(lot_size) + excess(bad) + excess(good)
    for count, of, part, away in (
        (k, bad, n, off),
        (bad - k, bad, rest, -off),
        (n - k, good, n, -off),
        (good - (n - k), good, rest, off),
    ):
        log -= excess(count) + deviance(count, of * part / lot_size, away)
    return math.exp(log)


def _finite_lower(n: int, c: int, bad: int, lot_size: int) -> float:
    spare = lot_size - bad - n + c
    steps = c - max(0, n - lot_size + bad)
    term = _finite_term(n, c, bad, lot_size)
    return term * _series(steps, lambda j: ((c - j) * (spare - j)) / ((bad - c + 1 + j) * (n - c + 1 + j)))


def _finite_upper(n: int, c: int, bad: int, lot_size: int) -> float:
    k = c + 1
    spare = lot_size - bad - n + k
    steps = min(n, bad) - k
    term = _finite_term(n, k, bad, lot_size)
    return term * _series(steps, lambda j: ((bad - k - j) * (n - k - j)) / ((k + 1 + j) * (spare + 1 + j)))
