"""The parts of the logarithm of a probability, each computed without cancellation.

Stirling's formula gives two kinds of parts: `excess`, which depends only on one count, and `deviance`, which grows with
the distance of a count from its mean. The deviance is computed from the exact difference between count and mean, so a
probability of 1e-290 is as accurate as one of 0.1 [1]_.

.. [1] C. Loader, "Fast and accurate computation of binomial probabilities", 2000.
"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from aql.distributions._arrays import Floats

__all__ = ["deviance", "deviance_array", "excess", "excess_array", "log_choose", "mean_less_count"]

Number = TypeVar("Number", float, "Floats")

# Stirling's series of log(x!): right to the last digit from 16 on; from 100 on, three terms are enough.
_STIRLING = (1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12)
_STIRLING_FROM, _STIRLING_SHORT, _SHORT_FROM = 16, _STIRLING[-3:], 100
# artanh(s) = s + s^3 (1/3 + s^2/5 + s^4/7 + ...): 17 terms are right to the last digit for s up to 1/3, 6 up to 1/30.
_ARTANH = tuple(1.0 / (2 * k + 3) for k in reversed(range(17)))
_ARTANH_NEAR, _NEAR = _ARTANH[-6:], 1 / 900
# Splits a float into two halves of 26 bits.
_SPLIT = 134217729.0
_FEW = 60
# Up to this difference from the mean, the cancellation in the plain formula stays below 1e-14.
_CLOSE = 40.0


@lru_cache(maxsize=4096)
def excess(x: int) -> float:
    """Part of a saddle-point form: ``log(x!) - x log x + x``, the rest after the leading terms of Stirling's formula.

    Examples
    --------
    >>> excess(0), round(excess(5), 12)
    (0.0, 1.740302180612)
    """
    if x < _STIRLING_FROM:
        return _first_excesses()[x]
    inverse = 1.0 / x
    square, total = inverse * inverse, 0.0
    for coefficient in _STIRLING if x < _SHORT_FROM else _STIRLING_SHORT:
        total = total * square + coefficient
    return total * inverse + 0.5 * math.log(2 * math.pi * x)


def excess_array(x: Floats) -> Floats:
    """Part of a saddle-point form: `excess` of an array of whole numbers; NaN stays NaN."""
    import numpy as np

    big = np.maximum(x, _STIRLING_FROM)
    terms = _STIRLING if (x < _SHORT_FROM).any() else _STIRLING_SHORT
    inverse = 1.0 / big
    square = inverse * inverse
    total = np.full_like(big, terms[0])
    for coefficient in terms[1:]:
        total *= square
        total += coefficient
    total *= inverse
    total += 0.5 * np.log(2 * math.pi * big)
    small = x < _STIRLING_FROM
    if small.any():
        total[small] = np.array(_first_excesses())[x[small].astype(np.intp)]
    return total


@cache
def _first_excesses() -> tuple[float, ...]:
    with localcontext() as context:
        context.prec = 40
        numbers = [(Decimal(math.factorial(x)), Decimal(x)) for x in range(1, _STIRLING_FROM)]
        return (0.0, *(float(factorial.ln() - x * x.ln() + x) for factorial, x in numbers))


def deviance(x: float, mean: float, off: float) -> float:
    """Part of a saddle-point form: ``x log(x / mean) + mean - x``, from the exact ``off = mean - x``.

    Examples
    --------
    >>> deviance(5, 5, 0), deviance(0, 2.5, 2.5)
    (0.0, 2.5)
    """
    if x == 0:
        return off
    e = off / x
    if not -0.5 < e < 1.0:
        return off + x * math.log(x / mean) if mean > 0 else math.inf
    if -_CLOSE < off < _CLOSE:
        return off - x * math.log1p(e)
    # log(1 + e) = 2 artanh(s)
    s = e / (2.0 + e)
    square, total = s * s, 0.0
    for coefficient in _ARTANH if square > _NEAR else _ARTANH_NEAR:
        total = total * square + coefficient
    return x * s * (e - 2.0 * square * total)


def deviance_array(x: Floats | float, mean: Floats, off: Floats) -> Floats:
    """Part of a saddle-point form: `deviance` of arrays; NaN stays NaN."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        e = off / x
        near = (e > -0.5) & (e < 1.0)
        if near.all():
            return x * _one_deviance(e)
        found, far = np.empty_like(e), ~near
        x, mean, off = (np.broadcast_to(part, e.shape) for part in (x, mean, off))
        found[near] = x[near] * _one_deviance(e[near])
        here, away = x[far], off[far]
        found[far] = np.where(here == 0, away, away + here * np.log(here / mean[far]))
    return found


def _one_deviance(e: Floats) -> Floats:
    """Return ``e - log(1 + e)`` for values between -1/2 and 1."""
    import numpy as np

    s = e / (2.0 + e)
    square = s * s
    most = float(square.max(initial=1e-9))
    terms = _ARTANH[-int(2 - 39 / math.log(most)) :] if most < 1 / 9 else _ARTANH
    total = np.full_like(e, terms[0])
    for coefficient in terms[1:]:
        total *= square
        total += coefficient
    total *= square
    total *= -2.0
    total += e
    total *= s
    return total


def mean_less_count(n: Number | float, p: Number, k: Number | float) -> Number:
    """Part of a saddle-point form: ``n p - k`` with a single rounding, as both products of a split `p` are exact.

    Examples
    --------
    >>> mean_less_count(10, 0.1, 1)
    5.551115123125783e-17
    """
    scaled = _SPLIT * p
    high = scaled - (scaled - p)
    return (n * high - k) + n * (p - high)


@lru_cache(maxsize=4096)
def log_choose(n: int, k: int) -> float:
    """Saddle-point form of the logarithm of the number of ways to choose `k` of `n`.

    Examples
    --------
    >>> round(log_choose(10, 3), 12) == round(math.log(120), 12)
    True
    """
    if min(k, n - k) < _FEW:
        return math.log(math.comb(n, k))
    size = k * math.log(n / k) + (n - k) * math.log1p(k / (n - k))
    return size + excess(n) - excess(k) - excess(n - k)
