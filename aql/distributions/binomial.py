"""The binomial distribution: nonconforming items among `n`, each nonconforming with the same probability."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, overload

from aql.distributions._arrays import all_numbers, each, floats
from aql.distributions._saddle_point import (
    deviance,
    deviance_array,
    excess,
    excess_array,
    log_choose,
    mean_less_count,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aql.distributions._arrays import Array, Floats
    from aql.distributions.blocks import Probability
    from aql.distributions.tail_sums import Run

__all__ = ["cdf", "counts", "pmf", "sf", "weighted"]

# Below this logarithm of the number of combinations, a plain product of powers is accurate.
_PLAIN = 250.0
# At the fraction (k + 0.7) / (n + 0.4), at most k of n is about as likely as more than k.
_COUNT, _ITEMS = 0.7, 0.4
# A series ends when the next term is this small compared with the sum.
_NEGLIGIBLE = 1e-18


@overload
def pmf(k: float, n: float, p: float) -> float: ...
@overload
def pmf(k: Array | float, n: Array | float, p: Array) -> Floats: ...
@overload
def pmf(k: Array, n: Array | float, p: float) -> Floats: ...
def pmf(k: Any, n: Any, p: Any) -> Any:
    r"""Binomial probability of `k` nonconforming among `n` items.

    Parameters
    ----------
    k : int or array of int
        Count; an impossible count has probability 0.
    n : int or array of int
        Items, 0 or more. [items]
    p : float or array of float
        Fraction nonconforming, in [0, 1]. [1]

    Returns
    -------
    float, or ndarray of float64 of the common shape
        :math:`\binom{n}{k} p^k (1-p)^{n-k}`, with a relative error below 1e-12 down to 1e-290; NaN where an argument
        is NaN.

    Examples
    --------
    >>> pmf(1, 2, 0.5)
    0.5
    >>> import numpy as np
    >>> pmf(np.arange(4), 2, 0.5)
    array([0.25, 0.5 , 0.25, 0.  ])
    """
    if all_numbers(k, n, p):
        if math.isnan(k + p):
            return math.nan
        return _number(int(k), int(n), p) if 0 <= k <= n else 0.0
    return _one_count(k, n, p) if all_numbers(k, n) else _array(*floats(k, n, p))


@overload
def cdf(k: float, n: float, p: float) -> float: ...
@overload
def cdf(k: Array | float, n: Array | float, p: Array) -> Floats: ...
@overload
def cdf(k: Array, n: Array | float, p: float) -> Floats: ...
def cdf(k: Any, n: Any, p: Any) -> Any:
    """Binomial probability of at most `k` nonconforming among `n` items.

    Parameters, return value and accuracy are those of `pmf`. An array of `p` with one `k` and one `n` is fast.

    Examples
    --------
    >>> cdf(0, 2, 0.5)
    0.25
    """
    return _tails(k, n, p)[0] if all_numbers(k, n, p) else _side(k, n, p, wanted=0)


@overload
def sf(k: float, n: float, p: float) -> float: ...
@overload
def sf(k: Array | float, n: Array | float, p: Array) -> Floats: ...
@overload
def sf(k: Array, n: Array | float, p: float) -> Floats: ...
def sf(k: Any, n: Any, p: Any) -> Any:
    """Binomial probability of more than `k` nonconforming among `n` items, computed directly rather than as ``1 - cdf``.

    Parameters, return value and accuracy are those of `pmf`. An array of `p` with one `k` and one `n` is fast.

    Examples
    --------
    >>> print("%.6g" % sf(2, 80, 1e-9))
    8.216e-23
    """
    return _tails(k, n, p)[1] if all_numbers(k, n, p) else _side(k, n, p, wanted=1)


def counts(last: int, n: int, p: float) -> Floats:
    """Return the binomial probabilities of 0 to `last` nonconforming among `n` items; `last` must be at most `n`.

    Accuracy is that of `pmf`; probabilities below 1e-300 are 0 or inaccurate.

    Examples
    --------
    >>> counts(2, 2, 0.5)
    array([0.25, 0.5 , 0.25])
    """
    import numpy as np

    from aql.distributions.tail_sums import around

    if p in {0, 1}:
        return np.where(np.arange(last + 1) == n * p, 1.0, 0.0)
    k, middle = np.arange(last, dtype=float), min(int((n + 1) * p), last)
    return around(middle, _saddle_point(middle, n, p), (n - k) / (k + 1) * (p / (1.0 - p)))


def weighted(runs: Sequence[Run], pivot: float, *, falling: bool) -> Probability:
    """Return a function of the fraction nonconforming: the weighted sum of the binomial probabilities of runs of counts.

    Parameters
    ----------
    runs : sequence of Run
        Runs that all go down (`falling`) or all go up.
    pivot : float
        Fraction nonconforming, above 0 and below 1, for which the coefficients of the runs were computed.
    falling : bool
        Whether the counts go down. If they do, use the function from the pivot upwards; otherwise, up to the pivot.

    Returns
    -------
    function
        Takes a float and returns a float, or takes an array and returns an array.

    Examples
    --------
    >>> from aql.distributions.tail_sums import Run
    >>> weighted([Run(2, 1, (1.0, 0.5))], 0.5, falling=True)(0.5), cdf(1, 2, 0.5)
    (0.75, 0.75)
    """
    from aql.distributions.tail_sums import weighted_sum

    at_pivot = pivot / (1.0 - pivot) if falling else (1.0 - pivot) / pivot

    def number(p: float) -> float:
        if p in {0.0, 1.0}:
            return sum((run.coefficients[0] for run in runs if run.k == run.n * p), 0.0)
        log, log_rest = math.log(p), math.log1p(-p)
        ratio = at_pivot * ((1.0 - p) / p if falling else p / (1.0 - p))
        total = 0.0
        for run in runs:
            series = 0.0
            for coefficient in reversed(run.coefficients):
                series = series * ratio + coefficient
            total += series * _term(run.k, run.n, p, log, log_rest)
        return total

    def prepared(p: Floats) -> tuple[Floats, Callable[[Run, float], Floats]]:
        import numpy as np

        log, log_rest = np.log(p), np.log1p(-p)
        ratio = (1.0 - p) / p if falling else p / (1.0 - p)
        ratio *= at_pivot
        return ratio, lambda run, least: _log_term(run.k, run.n, p, log, log_rest, least)

    array = weighted_sum(runs, prepared)
    return lambda p: number(p) if isinstance(p, float) else array(p)


# Numbers -------------------------------------------------------------------------------------------------------


def _number(k: int, n: int, p: float) -> float:
    """`pmf` of a possible count."""
    return float(k == n * p) if p in {0, 1} else _term(k, n, p, math.log(p), math.log1p(-p))


def _term(k: int, n: int, p: float, log: float, log_rest: float) -> float:
    """`pmf` of a possible count, from the logarithms of `p` and ``1 - p``."""
    choices = log_choose(n, k)
    if choices < _PLAIN:
        return math.exp(choices + k * log + (n - k) * log_rest)
    return _saddle_point(k, n, p)


def _saddle_point(k: int, n: int, p: float) -> float:
    """`pmf` of a possible count, accurate for large `n`."""
    off = mean_less_count(n, p, k)
    alone = excess(n) - excess(k) - excess(n - k)
    return math.exp(alone - deviance(k, n * p, off) - deviance(n - k, n * (1.0 - p), -off))


def _tails(k: float, n: float, p: float) -> tuple[float, float]:
    if math.isnan(k + p):
        return math.nan, math.nan
    if k < 0 or k >= n or p in {0, 1}:
        return (1.0, 0.0) if k >= n or (k >= 0 and p == 0) else (0.0, 1.0)
    k, n, rest = int(k), int(n), 1.0 - p
    if k == 0:
        log = n * math.log1p(-p)
        return math.exp(log), -math.expm1(log)
    if (n + _ITEMS) * p > k + _COUNT:
        odds = rest / p
        total = term = _number(k, n, p)
        for j in range(k, 0, -1):
            term *= j * odds / (n + 1 - j)
            total += term
            if term <= _NEGLIGIBLE * total:
                break
        return total, 1.0 - total
    odds = p / rest
    total = term = _number(k + 1, n, p)
    for j in range(k + 1, n):
        term *= (n - j) * odds / (j + 1)
        total += term
        if term <= _NEGLIGIBLE * total:
            break
    return 1.0 - total, total


# Arrays --------------------------------------------------------------------------------------------------------


def _array(k: Floats, n: Floats, p: Floats) -> Floats:
    """`pmf` of arrays of one shape."""
    import numpy as np

    possible = np.clip(k, 0, n)
    off, rest = mean_less_count(n, p, possible), n - possible
    log = excess_array(n) - excess_array(possible) - excess_array(rest)
    log -= deviance_array(possible, n * p, off)
    log -= deviance_array(rest, n * (1.0 - p), -off)
    return np.where((possible == k) | np.isnan(log), np.exp(log), 0.0)


def _one_count(k: float, n: float, p: Any) -> Floats:
    """`pmf` of one count at an array of `p`."""
    import numpy as np

    from aql.distributions.blocks import in_blocks

    values = np.asarray(p, dtype=float)
    if not 0 <= k <= n:
        return 0.0 * values

    def block(part: Floats) -> Floats:
        chance = np.exp(_log_term(int(k), int(n), part, np.log(part), np.log1p(-part)))
        return np.where((part == 0) | (part == 1), part * n == k, chance)

    with np.errstate(divide="ignore", invalid="ignore", under="ignore"):
        return in_blocks(block, values)


def _log_term(k: int, n: int, p: Floats, log_p: Floats, log_rest: Floats, least: float = -math.inf) -> Floats:
    """Logarithm of `pmf` at an array of `p`, from the logarithms of `p` and ``1 - p``; less accurate below `least`."""
    import numpy as np

    if k in {0, n}:
        return n * (log_rest if k == 0 else log_p)
    choices = log_choose(n, k)
    log = k * log_p
    log += (n - k) * log_rest
    log += choices
    if choices >= _PLAIN and (log > least).any():
        here = np.flatnonzero(log > least)
        p = p[here]
        off = mean_less_count(n, p, k)
        deviances = deviance_array(k, n * p, off)
        deviances += deviance_array(n - k, n * (1.0 - p), -off)
        log[here] = (excess(n) - excess(k) - excess(n - k)) - deviances
    return log


def _side(k: Any, n: Any, p: Any, *, wanted: int) -> Floats:
    """`cdf` (0) or `sf` (1) of arrays."""
    import numpy as np

    from aql.distributions.blocks import one_side

    if not all_numbers(k, n):
        return each(lambda *one: _tails(*one)[wanted], k, n, p)
    values = np.asarray(p, dtype=float)
    if k < 0 or k >= n:
        return np.where(np.isnan(values), values, float((k >= n) == (wanted == 0)))
    if k == 0:
        with np.errstate(divide="ignore"):
            log = np.asarray(np.log1p(-values))
        log *= n
        np.exp(log, out=log) if wanted == 0 else np.negative(np.expm1(log, out=log), out=log)
        return log
    pivot, lower, upper = _runs(int(k), int(n))
    return one_side(
        values,
        pivot,
        weighted([lower], pivot, falling=True),
        weighted([upper], pivot, falling=False),
        wanted=wanted,
    )


@lru_cache(maxsize=64)
def _runs(k: int, n: int) -> tuple[float, Run, Run]:
    """A quality at which neither tail is small, and the runs of the counts up to `k` and above it."""
    import numpy as np

    from aql.distributions.power_series import products, shortened
    from aql.distributions.tail_sums import Run

    pivot = (k + _COUNT) / (n + _ITEMS)
    odds = pivot / (1.0 - pivot)
    far = int(14 * math.sqrt(n * pivot * (1 - pivot))) + 80
    down = np.arange(min(k, far), dtype=float)
    up = np.arange(min(n - k - 1, far), dtype=float)
    lower = Run(n, k, shortened(products((k - down) / (n - k + 1 + down) / odds)))
    upper = Run(n, k + 1, shortened(products((n - k - 1 - up) / (k + 2 + up) * odds)))
    return pivot, lower, upper
