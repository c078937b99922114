"""The Poisson law: how many nonconformities there are where a number of them is expected."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, overload

from aql.distributions._arrays import all_numbers, each, floats
from aql.distributions._saddle_point import deviance, deviance_array, excess, excess_array

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aql.distributions._arrays import Array, Floats
    from aql.distributions.runs import Run

__all__ = ["cdf", "counts", "pmf", "sf", "tails", "weighted"]

# Up to this count, a plain product of powers loses nothing.
_FEW = 60
# The mean at which at most k are about as likely as more: k + 0.7.
_COUNT = 0.7
# A series ends where its next term is this small compared with the sum.
_NEGLIGIBLE = 1e-18


@overload
def pmf(k: float, mean: float) -> float: ...
@overload
def pmf(k: Array | float, mean: Array) -> Floats: ...
@overload
def pmf(k: Array, mean: float) -> Floats: ...
def pmf(k: Any, mean: Any) -> Any:
    r"""Probability of `k` nonconformities.

    Parameters
    ----------
    k : int or array of int
        Count; one below 0 has probability 0.
    mean : float or array of float
        Number expected, 0 or more.

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
    return _array(*floats(k, mean))


@overload
def cdf(k: float, mean: float) -> float: ...
@overload
def cdf(k: Array | float, mean: Array) -> Floats: ...
@overload
def cdf(k: Array, mean: float) -> Floats: ...
def cdf(k: Any, mean: Any) -> Any:
    """Probability of at most `k` nonconformities.

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
    """Probability of more than `k` nonconformities, computed directly rather than as ``1 - cdf``.

    Parameters, return value and accuracy are those of `pmf`. An array of means with one `k` is fast.

    Examples
    --------
    >>> print("%.4g" % sf(2, 1e-9))
    1.667e-28
    """
    return _tails(k, mean)[1] if all_numbers(k, mean) else _side(k, mean, wanted=1)


@overload
def tails(k: float, mean: float) -> tuple[float, float]: ...
@overload
def tails(k: Array | float, mean: Array) -> tuple[Floats, Floats]: ...
@overload
def tails(k: Array, mean: float) -> tuple[Floats, Floats]: ...
def tails(k: Any, mean: Any) -> Any:
    """Return `cdf` and `sf`: the smaller is summed, the larger is its complement.

    Examples
    --------
    >>> print("%.12f %.12f" % tails(0, 1.0))
    0.367879441171 0.632120558829
    """
    if all_numbers(k, mean):
        return _tails(k, mean)
    return _side(k, mean, wanted=0), _side(k, mean, wanted=1)


def counts(last: int, mean: float) -> Floats:
    """Return the probabilities of 0 to `last` nonconformities.

    Accuracy is that of `pmf`; a probability below 1e-300 is 0 or has lost its last digits.

    Examples
    --------
    >>> counts(2, 1.0).round(6)
    array([0.367879, 0.367879, 0.18394 ])
    """
    import numpy as np

    from aql.distributions.runs import around

    middle = min(int(mean), last)
    return around(middle, _saddle_point(middle, mean), mean / np.arange(1.0, last + 1))


@overload
def weighted(runs: Sequence[Run], rate: float, pivot: float, *, falling: bool) -> float: ...
@overload
def weighted(runs: Sequence[Run], rate: Floats, pivot: float, *, falling: bool) -> Floats: ...
def weighted(runs: Sequence[Run], rate: Any, pivot: float, *, falling: bool) -> Any:
    """Sum the weighted probabilities of several runs of counts.

    Parameters
    ----------
    runs : sequence of Run
        Each goes down from its first count with `falling`, and up without.
    rate : float or array of float
        Nonconformities per item, from `pivot` on with `falling`, and up to it without.
    pivot : float
        Nonconformities per item that the runs' coefficients belong to, above 0.
    falling : bool
        Which way the counts go.

    Returns
    -------
    float, or ndarray of float64 of the shape of `rate`

    Examples
    --------
    >>> from aql.distributions.runs import Run
    >>> round(weighted([Run(1, 1, (1.0, 1.0))], 1.0, 1.0, falling=True), 12) == round(cdf(1, 1.0), 12)
    True
    """
    if not isinstance(rate, float):
        return _weighted_array(runs, rate, pivot, falling)
    ratio, total = pivot / rate if falling else rate / pivot, 0.0
    for run in runs:
        series = 0.0
        for coefficient in reversed(run.coefficients):
            series = series * ratio + coefficient
        total += series * _term(run.k, run.n * rate)
    return total


# Numbers -------------------------------------------------------------------------------------------------------


def _term(k: int, mean: float) -> float:
    """`pmf` of a possible count."""
    if mean == 0:
        return float(k == 0)
    if k < _FEW:
        return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
    return _saddle_point(k, mean)


def _saddle_point(k: int, mean: float) -> float:
    """`pmf` of a possible count, to the last digits where it is not tiny."""
    return math.exp(-excess(k) - deviance(k, mean, mean - k))


def _tails(k: float, mean: float) -> tuple[float, float]:
    if math.isnan(k + mean):
        return math.nan, math.nan
    if k < 0 or mean == 0:
        return (0.0, 1.0) if k < 0 else (1.0, 0.0)
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

    possible = np.maximum(k, 0)
    log = -excess_array(possible) - deviance_array(possible, mean, mean - possible)
    return np.where((possible == k) | np.isnan(log), np.exp(log), 0.0)


def _log_term(k: int, mean: Floats, log_mean: Floats, least: float) -> Floats:
    """Logarithm of `pmf` at an array of means, given their logarithms; rounded where it is below `least`."""
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

    from aql.distributions.runs import Run, one_side, products, shortened

    if not all_numbers(k):
        return each(lambda *one: _tails(*one)[wanted], k, mean)
    values = np.asarray(mean, dtype=float)
    if k < 0:
        return np.where(np.isnan(values), values, float(wanted))
    if k == 0:
        return np.asarray(np.exp(-values) if wanted == 0 else -np.expm1(-values))
    pivot = k + _COUNT
    far = int(14 * math.sqrt(pivot)) + 80
    lower = Run(1, k, shortened(products((k - np.arange(min(k, far), dtype=float)) / pivot)))
    upper = Run(1, k + 1, shortened(products(pivot / (k + 2 + np.arange(far, dtype=float)))))
    return one_side(
        values,
        pivot,
        lambda high: weighted([lower], high, pivot, falling=True),
        lambda low: weighted([upper], low, pivot, falling=False),
        wanted=wanted,
    )


def _weighted_array(runs: Sequence[Run], rate: Floats, pivot: float, falling: bool) -> Floats:
    import numpy as np

    from aql.distributions.runs import in_blocks, sum_of_runs

    def summed(part: Floats) -> Floats:
        log = np.log(part)
        ratio = pivot / part if falling else part / pivot
        return sum_of_runs(
            runs,
            ratio,
            lambda run, least: _log_term(run.k, run.n * part, log + math.log(run.n), least),
        )

    with np.errstate(divide="ignore", invalid="ignore", under="ignore", over="ignore"):
        return in_blocks(summed, rate)
