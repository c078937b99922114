"""The Poisson distribution: number of nonconformities, given the number expected."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, overload

from aql.distributions._arrays import all_numbers, each, floats
from aql.distributions._saddle_point import deviance, deviance_array, excess, excess_array

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aql.distributions._arrays import Array, Floats
    from aql.distributions.blocks import Probability
    from aql.distributions.tail_sums import Run

__all__ = ["cdf", "counts", "pmf", "sf", "weighted"]

# Below this count, a plain product of powers is accurate.
_FEW = 60
# At the mean k + 0.7, at most k is about as likely as more than k.
_COUNT = 0.7
# Larger means, infinity included, are replaced by this one.
_LARGEST = 1e300
# A series ends when the next term is this small compared with the sum.
_NEGLIGIBLE = 1e-18


@overload
def pmf(k: float, mean: float) -> float: ...
@overload
def pmf(k: Array | float, mean: Array) -> Floats: ...
@overload
def pmf(k: Array, mean: float) -> Floats: ...
def pmf(k: Any, mean: Any) -> Any:
    r"""Poisson probability of `k` nonconformities.

    Parameters
    ----------
    k : int or array of int
        Count; a count below 0 has probability 0.
    mean : float or array of float
        Expected number, 0 or more.

    Returns
    -------
    float, or ndarray of float64 of the common shape
        :math:`e^{-m} m^k / k!` with m the mean, with a relative error below 1e-12 down to 1e-290; NaN where an argument
        is NaN.

    Examples
    --------
    >>> round(pmf(1, 1.0), 6)
    0.367879
    >>> import numpy as np
    >>> pmf(np.array([-1, 0, 1]), 1.0).round(6)
    array([0.      , 0.367879, 0.367879])
    """
    if all_numbers(k, mean):
        if math.isnan(k + mean):
            return math.nan
        return _term(int(k), mean) if k >= 0 else 0.0
    return _one_count(k, mean) if all_numbers(k) else _array(*floats(k, mean))


@overload
def cdf(k: float, mean: float) -> float: ...
@overload
def cdf(k: Array | float, mean: Array) -> Floats: ...
@overload
def cdf(k: Array, mean: float) -> Floats: ...
def cdf(k: Any, mean: Any) -> Any:
    """Poisson probability of at most `k` nonconformities.

    Parameters, return value and accuracy are those of `pmf`. An array of means with one `k` is fast.

    Examples
    --------
    >>> print("%.12f" % cdf(0, 1.0))
    0.367879441171
    """
    return _tails(k, mean)[0] if all_numbers(k, mean) else _side(k, mean, wanted=0)


@overload
def sf(k: float, mean: float) -> float: ...
@overload
def sf(k: Array | float, mean: Array) -> Floats: ...
@overload
def sf(k: Array, mean: float) -> Floats: ...
def sf(k: Any, mean: Any) -> Any:
    """Poisson probability of more than `k` nonconformities, computed directly rather than as ``1 - cdf``.

    Parameters, return value and accuracy are those of `pmf`. An array of means with one `k` is fast.

    Examples
    --------
    >>> print("%.4g" % sf(2, 1e-9))
    1.667e-28
    """
    return _tails(k, mean)[1] if all_numbers(k, mean) else _side(k, mean, wanted=1)


def counts(last: int, mean: float) -> Floats:
    """Return the Poisson probabilities of 0 to `last` nonconformities.

    Accuracy is that of `pmf`; probabilities below 1e-300 are 0 or inaccurate.

    Examples
    --------
    >>> counts(2, 1.0).round(6)
    array([0.367879, 0.367879, 0.18394 ])
    """
    import numpy as np

    from aql.distributions.tail_sums import around

    middle = min(int(mean), last)
    return around(middle, _saddle_point(middle, mean), mean / np.arange(1.0, last + 1))


def weighted(runs: Sequence[Run], pivot: float, *, falling: bool) -> Probability:
    """Return a function of the nonconformities per item: the weighted sum of the Poisson probabilities of runs of counts.

    Parameters
    ----------
    runs : sequence of Run
        Runs that all go down (`falling`) or all go up.
    pivot : float
        Nonconformities per item, above 0, for which the coefficients of the runs were computed.
    falling : bool
        Whether the counts go down. If they do, use the function from the pivot upwards; otherwise, up to the pivot.

    Returns
    -------
    function
        Takes a float and returns a float, or takes an array and returns an array.

    Examples
    --------
    >>> from aql.distributions.tail_sums import Run
    >>> round(weighted([Run(1, 1, (1.0, 1.0))], 1.0, falling=True)(1.0), 12) == round(cdf(1, 1.0), 12)
    True
    """
    from aql.distributions.tail_sums import weighted_sum

    def number(rate: float) -> float:
        ratio, total = pivot / rate if falling else rate / pivot, 0.0
        for run in runs:
            series = 0.0
            for coefficient in reversed(run.coefficients):
                series = series * ratio + coefficient
            total += series * _term(run.k, run.n * rate)
        return total

    def prepared(rate: Floats) -> tuple[Floats, Callable[[Run, float], Floats]]:
        import numpy as np

        log = np.log(rate)
        ratio = pivot / rate if falling else rate / pivot
        return ratio, lambda run, least: _log_term(run.k, run.n * rate, log + math.log(run.n), least)

    array = weighted_sum(runs, prepared)
    return lambda rate: number(rate) if isinstance(rate, float) else array(rate)


# Numbers -------------------------------------------------------------------------------------------------------


def _term(k: int, mean: float) -> float:
    """`pmf` of a possible count."""
    if mean in {0.0, math.inf}:
        return float(mean == k == 0)
    if k < _FEW:
        return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
    return _saddle_point(k, mean)


def _saddle_point(k: int, mean: float) -> float:
    """`pmf` of a possible count, accurate for large means."""
    return math.exp(-excess(k) - deviance(k, mean, mean - k))


def _tails(k: float, mean: float) -> tuple[float, float]:
    if math.isnan(k + mean):
        return math.nan, math.nan
    if k < 0 or mean in {0.0, math.inf}:
        return (1.0, 0.0) if k >= 0 and mean == 0 else (0.0, 1.0)
    if k == 0:
        return math.exp(-mean), -math.expm1(-mean)
    k = int(k)
    if mean > k + _COUNT:
        total = term = _term(k, mean)
        for j in range(k, 0, -1):
            term *= j / mean
            total += term
            if term <= _NEGLIGIBLE * total:
                break
        return total, 1.0 - total
    k += 1
    total = term = _term(k, mean)
    while term > _NEGLIGIBLE * total:
        k += 1
        term *= mean / k
        total += term
    return 1.0 - total, total


# Arrays --------------------------------------------------------------------------------------------------------


def _array(k: Floats, mean: Floats) -> Floats:
    """`pmf` of arrays of one shape."""
    import numpy as np

    possible, mean = np.maximum(k, 0), np.minimum(mean, _LARGEST)
    log = -excess_array(possible) - deviance_array(possible, mean, mean - possible)
    return np.where((possible == k) | np.isnan(log), np.exp(log), 0.0)


def _one_count(k: float, mean: Any) -> Floats:
    """`pmf` of one count at an array of means."""
    import numpy as np

    from aql.distributions.blocks import in_blocks

    values = np.asarray(np.minimum(mean, _LARGEST))
    if k < 0:
        return 0.0 * values
    with np.errstate(divide="ignore", invalid="ignore", under="ignore"):
        return in_blocks(lambda part: np.exp(_log_term(int(k), part, np.log(part))), values)


def _log_term(k: int, mean: Floats, log_mean: Floats, least: float = -math.inf) -> Floats:
    """Logarithm of `pmf` at an array of means, from their logarithms; less accurate below `least`."""
    import numpy as np

    if k == 0:
        return -mean
    log = k * log_mean
    log -= mean
    log -= math.lgamma(k + 1)
    if k >= _FEW and (log > least).any():
        here = np.flatnonzero(log > least)
        log[here] = -excess(k) - deviance_array(k, mean[here], mean[here] - k)
    return log


def _side(k: Any, mean: Any, *, wanted: int) -> Floats:
    """`cdf` (0) or `sf` (1) of arrays."""
    import numpy as np

    from aql.distributions.blocks import one_side

    if not all_numbers(k):
        return each(lambda *one: _tails(*one)[wanted], k, mean)
    values = np.asarray(np.minimum(mean, _LARGEST))
    if k < 0:
        return np.where(np.isnan(values), values, float(wanted))
    if k == 0:
        return np.asarray(np.exp(-values) if wanted == 0 else -np.expm1(-values))
    pivot, lower, upper = _runs(int(k))
    return one_side(
        values,
        pivot,
        weighted([lower], pivot, falling=True),
        weighted([upper], pivot, falling=False),
        wanted=wanted,
    )


@lru_cache(maxsize=64)
def _runs(k: int) -> tuple[float, Run, Run]:
    """A mean at which neither tail is small, and the runs of the counts up to `k` and above it."""
    import numpy as np

    from aql.distributions.power_series import products, shortened
    from aql.distributions.tail_sums import Run

    pivot = k + _COUNT
    far = int(14 * math.sqrt(pivot)) + 80
    lower = Run(1, k, shortened(products((k - np.arange(min(k, far), dtype=float)) / pivot)))
    upper = Run(1, k + 1, shortened(products(pivot / (k + 2 + np.arange(far, dtype=float)))))
    return pivot, lower, upper
