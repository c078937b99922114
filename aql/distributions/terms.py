"""Terms of the binomial, Poisson and hypergeometric laws, accurate far into the tail.

The logarithm of a term is made of two kinds of pieces: `excess`, which depends on one count alone, and `deviance`,
which grows as a count departs from its mean. Each is computed without cancellation, the deviance from the exact
difference of count and mean, so that a term of 1e-290 is as good as one of 0.1.
"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Floats",
    "binomial_terms",
    "deviance",
    "deviance_array",
    "exact_off",
    "excess",
    "excess_array",
    "log_choose",
    "poisson_terms",
]

Floats = NDArray[np.float64]

# log1p(e) = 2 artanh(s) with s = e / (2 + e); 22 terms reach the last digit for -0.5 < e < 1.
_ARTANH = tuple(1.0 / (2 * k + 3) for k in range(22))
# Stirling's series of log(x!), enough from x = 16 on.
_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
_SERIES_FROM = 16
_EXACT_CHOOSE = 60


@cache
def _first_excesses() -> tuple[float, ...]:
    with localcontext() as context:
        context.prec = 40
        rest = [
            float(Decimal(math.factorial(x)).ln() - x * Decimal(x).ln() + x) for x in range(1, _SERIES_FROM)
        ]
    return (0.0, *rest)


def excess(x: int) -> float:
    """Return ``log(x!) - x log x + x``: what the leading terms of Stirling's formula leave out.

    Examples
    --------
    >>> excess(0), round(excess(5), 12)
    (0.0, 1.740302180612)
    """
    if x < _SERIES_FROM:
        return _first_excesses()[x]
    square, total = 1.0 / (float(x) * x), 0.0
    for coefficient in reversed(_STIRLING):
        total = total * square + coefficient
    return total / x + 0.5 * math.log(2 * math.pi * x)


def excess_array(x: Floats) -> Floats:
    """Return `excess` of an array of whole numbers."""
    big = np.maximum(x, _SERIES_FROM)
    square = 1.0 / (big * big)
    total = np.full_like(big, _STIRLING[-1])
    for coefficient in reversed(_STIRLING[:-1]):
        total *= square
        total += coefficient
    total /= big
    total += 0.5 * np.log(2 * math.pi * big)
    small = x < _SERIES_FROM
    total[small] = np.array(_first_excesses())[x[small].astype(np.intp)]
    return total


def deviance(x: float, mean: float, off: float) -> float:
    """Return ``x log(x / mean) + mean - x`` for a count and its mean, given ``off = mean - x`` exactly.

    Examples
    --------
    >>> deviance(5, 5, 0), deviance(0, 2.5, 2.5)
    (0.0, 2.5)
    """
    if x == 0:
        return off
    if mean <= 0:
        return math.inf
    e = off / x
    if not -0.5 < e < 1.0:
        return off - x * math.log(mean / x)
    s = e / (2.0 + e)
    square, total = s * s, 0.0
    for coefficient in reversed(_ARTANH):
        total = total * square + coefficient
    return x * s * (e - 2.0 * square * total)


def deviance_array(x: Floats | float, mean: Floats, off: Floats) -> Floats:
    """Return `deviance` of arrays."""
    with np.errstate(divide="ignore", invalid="ignore"):
        e = off / x
        far = ~((e > -0.5) & (e < 1.0))
        s = e / (2.0 + e)
        square = s * s
        total = np.full_like(e, _ARTANH[-1])
        for coefficient in reversed(_ARTANH[:-1]):
            total *= square
            total += coefficient
        total *= square
        total *= -2.0
        total += e
        total *= s
        total *= x
        if far.any():
            here = np.broadcast_to(np.asarray(x, dtype=float), e.shape)[far]
            direct = off[far] - here * np.log(mean[far] / here)
            total[far] = np.where(here == 0, off[far], np.where(mean[far] > 0, direct, np.inf))
    return total


def log_choose(n: int, k: int) -> float:
    """Logarithm of the number of ways to choose `k` of `n`; for weights whose size matters more than their digits.

    Examples
    --------
    >>> round(log_choose(10, 3), 12) == round(math.log(120), 12)
    True
    """
    if min(k, n - k) < _EXACT_CHOOSE:
        return math.log(math.comb(n, k))
    size = k * math.log(n / k) + (n - k) * math.log(n / (n - k))
    return size + excess(n) - excess(k) - excess(n - k)


def binomial_terms(n: int, last: int, p: float) -> Floats:
    """Probabilities of 0 to `last` nonconforming among `n` items, at most `n`; ``0 < p < 1``.

    Examples
    --------
    >>> binomial_terms(2, 5, 0.5)
    array([0.25, 0.5 , 0.25])
    """
    last = min(n, last)
    k = np.arange(last + 1, dtype=float)
    off = exact_off(n, k, p)
    rest = n - k
    log = excess(n) - excess_array(k) - excess_array(rest)
    log -= deviance_array(k, np.full_like(k, n * p), off)
    log -= deviance_array(rest, np.full_like(k, n * (1 - p)), -off)
    log[0] = n * math.log1p(-p)
    if last == n:
        log[n] = n * math.log(p)
    return np.exp(log)


def poisson_terms(n: int, last: int, rate: float) -> Floats:
    """Probabilities of 0 to `last` nonconformities on `n` items at `rate` a piece; ``rate > 0``.

    Examples
    --------
    >>> poisson_terms(1, 1, 1.0).round(6)
    array([0.367879, 0.367879])
    """
    mean = n * rate
    k = np.arange(last + 1, dtype=float)
    log = -excess_array(k) - deviance_array(k, np.full_like(k, mean), mean - k)
    return np.exp(log)


def exact_off(n: int, k: Floats | int, p: Floats | float) -> Floats:
    """Return ``n p - k`` with one rounding: p is cut in two so that each product is exact.

    Examples
    --------
    >>> exact_off(10, 1, np.array([0.1, 0.2]))
    array([5.55111512e-17, 1.00000000e+00])
    """
    scaled = 134217729.0 * p
    high = scaled - (scaled - p)
    return np.asarray((n * high - k) + n * (p - high))
