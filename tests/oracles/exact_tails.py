"""Terms and tails of the distributions of counts, in exact fractions or with 60 digits; shares nothing with the package."""

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Any

import mpmath

__all__ = [
    "LEAST",
    "WITHIN",
    "binomial",
    "binomial_60",
    "close",
    "hypergeometric",
    "hypergeometric_60",
    "poisson_60",
]

WITHIN = 1e-12
LEAST = 1e-290

Three = tuple[Any, Any, Any]
"""A probability of a count, of at most it, and of more."""


def close(got: float, wanted: Any) -> bool:
    """Right to twelve digits; below 1e-290 as small as it should be; 0 and 1 exactly where they are."""
    if wanted in {0, 1}:
        return bool(got == wanted)
    with mpmath.workdps(60):
        exact = mpmath.mpf(wanted.numerator) / wanted.denominator if isinstance(wanted, Fraction) else wanted
        if exact < LEAST:
            return 0 <= got < 1.1 * LEAST
        return bool(abs(got / exact - 1) <= WITHIN)


def binomial(k: int, n: int, p: float) -> Three:
    bad, whole = p.as_integer_ratio()
    terms = [comb(n, j) * bad**j * (whole - bad) ** (n - j) for j in range(n + 1)]
    with mpmath.workdps(60):
        here = terms[k] if 0 <= k <= n else 0
        return tuple(mpmath.mpf(part) / whole**n for part in (here, sum(terms[: k + 1]), sum(terms[k + 1 :])))


def hypergeometric(k: int, n: int, bad: int, lot_size: int) -> Three:
    terms = [Fraction(comb(bad, j) * comb(lot_size - bad, n - j), comb(lot_size, n)) for j in range(n + 1)]
    return (terms[k] if 0 <= k <= n else Fraction(0)), sum(terms[: k + 1]), sum(terms[k + 1 :])


def binomial_60(k: int, n: int, p: float) -> Three:
    with mpmath.workdps(60):
        bad, good = mpmath.mpf(p), 1 - mpmath.mpf(p)
        term = mpmath.binomial(n, k) * bad**k * good ** (n - k)
        return _summed(
            term, lambda j: j * good / ((n - j + 1) * bad), lambda j: (n - j) * bad / ((j + 1) * good), k
        )


def poisson_60(k: int, mean: float) -> Three:
    with mpmath.workdps(60):
        exact = mpmath.mpf(mean)
        term = mpmath.exp(-exact) * exact**k / mpmath.factorial(k)
        return _summed(term, lambda j: j / exact, lambda j: exact / (j + 1), k)


def hypergeometric_60(k: int, n: int, bad: int, lot_size: int) -> Three:
    good = lot_size - bad
    with mpmath.workdps(60):
        term = mpmath.binomial(bad, k) * mpmath.binomial(good, n - k) / mpmath.binomial(lot_size, n)
        return _summed(
            term,
            lambda j: mpmath.mpf(j * (good - n + j)) / ((bad - j + 1) * (n - j + 1)),
            lambda j: mpmath.mpf((bad - j) * (n - j)) / ((j + 1) * (good - n + j + 1)),
            k,
        )


def _summed(term: Any, down: Callable[[int], Any], up: Callable[[int], Any], k: int) -> Three:
    """From the term at `k` and the factors to the term below and above, to the last digit."""
    return term, _series(term, down, k, -1), _series(term * up(k), up, k + 1, 1)


def _series(term: Any, factor: Callable[[int], Any], k: int, step: int) -> Any:
    total = mpmath.mpf(0)
    while term > total * mpmath.mpf(10) ** -58:
        total += term
        term *= factor(k)
        k += step
    return total
