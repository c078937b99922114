"""The hypergeometric distribution: nonconforming items in a sample drawn from a finite lot without replacement."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, overload

from aql.distributions._arrays import all_numbers, each, floats
from aql.distributions._saddle_point import deviance, deviance_array, excess, excess_array

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aql.distributions._arrays import Array, Floats
    from aql.distributions.blocks import Probability
    from aql.distributions.tail_sums import Run

__all__ = ["BLOCK", "cdf", "counts", "pmf", "sf", "weighted"]

# If the fraction (k + 0.7) / (n + 0.4) of a lot is nonconforming, at most k of n is about as likely as more than k.
_COUNT, _ITEMS = 0.7, 0.4
# In a small lot the side that was summed can be the larger one; above this value it certainly is.
_LARGER = 0.75
# A series ends when the next term is this small compared with the sum.
_NEGLIGIBLE = 1e-18
# In arrays, this is checked only once in this number of terms.
_OFTEN = 8
BLOCK = 10_000
"""Lots per block."""


@overload
def pmf(k: float, n: float, bad: float, lot_size: float) -> float: ...
@overload
def pmf(k: Array | float, n: Array | float, bad: Array, lot_size: Array | float) -> Floats: ...
@overload
def pmf(k: Array, n: Array | float, bad: float, lot_size: Array | float) -> Floats: ...
def pmf(k: Any, n: Any, bad: Any, lot_size: Any) -> Any:
    r"""Hypergeometric probability of `k` nonconforming items in a sample of a lot.

    Parameters
    ----------
    k : int or array of int
        Count; an impossible count has probability 0.
    n : int or array of int
        Items drawn, 0 to `lot_size`. [items]
    bad : int or array of int
        Nonconforming items in the lot, D, 0 to `lot_size`. [items]
    lot_size : int or array of int
        Items in the lot, N. [items]

    Returns
    -------
    float, or ndarray of float64 of the common shape
        :math:`\binom{D}{k} \binom{N-D}{n-k} / \binom{N}{n}`, with a relative error below 1e-12 down to 1e-290; NaN
        where an argument is NaN.

    Examples
    --------
    >>> round(pmf(1, 2, 2, 4), 12)
    0.666666666667
    >>> import numpy as np
    >>> pmf(1, 2, np.array([0.0, 2.0]), 4).round(12)
    array([0.        , 0.66666667])
    """
    if all_numbers(k, n, bad, lot_size):
        if math.isnan(k + bad):
            return math.nan
        least, most = max(0, n - (lot_size - bad)), min(n, bad)
        if least < most:
            return _term(int(k), int(n), int(bad), int(lot_size)) if least <= k <= most else 0.0
        return float(k == least)
    return _array(k, n, bad, lot_size)


@overload
def cdf(k: float, n: float, bad: float, lot_size: float) -> float: ...
@overload
def cdf(k: Array | float, n: Array | float, bad: Array, lot_size: Array | float) -> Floats: ...
@overload
def cdf(k: Array, n: Array | float, bad: float, lot_size: Array | float) -> Floats: ...
def cdf(k: Any, n: Any, bad: Any, lot_size: Any) -> Any:
    """Hypergeometric probability of at most `k` nonconforming items in a sample of a lot.

    Parameters, return value and accuracy are those of `pmf`. An array of `bad` is fast if the others are single numbers.

    Examples
    --------
    >>> print("%.10f" % cdf(1, 20, 22, 120))
    0.0762970752
    """
    if all_numbers(k, n, bad, lot_size):
        return _tails(k, n, bad, lot_size)[0]
    return _side(k, n, bad, lot_size, wanted=0)


@overload
def sf(k: float, n: float, bad: float, lot_size: float) -> float: ...
@overload
def sf(k: Array | float, n: Array | float, bad: Array, lot_size: Array | float) -> Floats: ...
@overload
def sf(k: Array, n: Array | float, bad: float, lot_size: Array | float) -> Floats: ...
def sf(k: Any, n: Any, bad: Any, lot_size: Any) -> Any:
    """Hypergeometric probability of more than `k` nonconforming items in a sample of a lot, computed directly rather than as ``1 - cdf``.

    Parameters, return value and accuracy are those of `pmf`. An array of `bad` is fast if the others are single numbers.

    Examples
    --------
    >>> print("%.6g" % sf(1, 20, 2, 1_000_000))
    3.8e-10
    """
    if all_numbers(k, n, bad, lot_size):
        return _tails(k, n, bad, lot_size)[1]
    return _side(k, n, bad, lot_size, wanted=1)


def counts(last: int, n: int, bad: int, lot_size: int) -> Floats:
    """Return the hypergeometric probabilities of 0 to `last` nonconforming items in a sample of a lot.

    Accuracy is that of `pmf`; probabilities below 1e-300 are 0 or inaccurate.

    Examples
    --------
    >>> counts(3, 2, 2, 4).round(12)
    array([0.16666667, 0.66666667, 0.16666667, 0.        ])
    """
    import numpy as np

    from aql.distributions.tail_sums import around

    found, spare = np.zeros(last + 1), lot_size - bad - n
    least, most = max(0, -spare), min(n, bad, last)
    if least <= most:
        k, middle = np.arange(least, most, dtype=float), (n + 1) * (bad + 1) // (lot_size + 2)
        middle = min(max(middle, least), most)
        ratios = (bad - k) * (n - k) / ((k + 1) * (spare + k + 1))
        found[least : most + 1] = around(middle - least, pmf(middle, n, bad, lot_size), ratios)
    return found


def weighted(runs: Sequence[Run], lot_size: int, *, falling: bool) -> Probability:
    """Return a function of the lot's nonconforming items: the weighted sum of the hypergeometric probabilities of runs of counts.

    Parameters
    ----------
    runs : sequence of Run
        Runs that all go down (`falling`) or all go up. Counts that are impossible in a lot add nothing.
    lot_size : int
        Items in the lot. [items]
    falling : bool
        Whether the counts go down.

    Returns
    -------
    function
        Takes a float and returns a float, or takes an array and returns an array.

    Examples
    --------
    >>> from aql.distributions.tail_sums import Run
    >>> summed = weighted([Run(20, 1, (), weights=(1.0, 1.0))], 120, falling=True)
    >>> round(summed(22.0), 10) == round(cdf(1, 20, 22, 120), 10)
    True
    """
    from aql.distributions.blocks import in_blocks

    def number(bad: float) -> float:
        if math.isnan(bad):
            return bad
        return sum((_weighted(run, int(bad), lot_size, falling) for run in runs), 0.0)

    def block(bad: Floats) -> Floats:
        return _weighted_array(runs, bad, lot_size, falling)

    return lambda bad: number(bad) if isinstance(bad, float) else in_blocks(block, bad, BLOCK)


# Numbers -------------------------------------------------------------------------------------------------------


def _term(k: int, n: int, bad: int, lot_size: int) -> float:
    """`pmf` of a possible count."""
    good, rest = lot_size - bad, lot_size - n
    off = (bad * n - k * lot_size) / lot_size
    return math.exp(
        (excess(n) + excess(rest) + excess(bad) + excess(good) - excess(lot_size))
        - (excess(k) + excess(n - k) + excess(bad - k) + excess(rest - bad + k))
        - deviance(k, bad * n / lot_size, off)
        - deviance(n - k, good * n / lot_size, -off)
        - deviance(bad - k, bad * rest / lot_size, -off)
        - deviance(rest - bad + k, good * rest / lot_size, off)
    )


def _tails(k: float, n: float, bad: float, lot_size: float) -> tuple[float, float]:
    if math.isnan(k + bad):
        return math.nan, math.nan
    k, n, bad, lot_size = int(k), int(n), int(bad), int(lot_size)
    if k < max(n - (lot_size - bad), 0):
        return 0.0, 1.0
    if k >= min(n, bad):
        return 1.0, 0.0
    likely_more = (n + _ITEMS) * bad > (k + _COUNT) * lot_size
    for lower in (likely_more, not likely_more):
        near = _lower(k, n, bad, lot_size) if lower else _upper(k + 1, n, bad, lot_size)
        if near < _LARGER:
            break
    return (near, 1.0 - near) if lower else (1.0 - near, near)


def _lower(k: int, n: int, bad: int, lot_size: int) -> float:
    """Sum of the probabilities of `k` and the counts below it."""
    spare, above_bad, above_n = lot_size - bad - n, bad + 1, n + 1
    total = term = _term(k, n, bad, lot_size)
    for j in range(k, 0, -1):
        term *= j * (spare + j) / ((above_bad - j) * (above_n - j))
        total += term
        if term <= _NEGLIGIBLE * total:
            break
    return total


def _upper(k: int, n: int, bad: int, lot_size: int) -> float:
    """Sum of the probabilities of `k` and the counts above it."""
    spare = lot_size - bad - n + 1
    total = term = _term(k, n, bad, lot_size)
    for j in range(k, min(n, bad)):
        term *= (bad - j) * (n - j) / ((j + 1) * (spare + j))
        total += term
        if term <= _NEGLIGIBLE * total:
            break
    return total


def _weighted(run: Run, bad: int, lot_size: int, falling: bool) -> float:
    n, spare = run.n, lot_size - bad - run.n
    k = min(run.k, bad) if falling else max(run.k, -spare)
    if not max(0, -spare) <= k <= min(n, bad):
        return 0.0
    total, term, weights = 0.0, _term(k, n, bad, lot_size), run.weights[abs(k - run.k) :]
    if falling:
        above_bad, above_n = bad + 1, n + 1
        for j, weight in zip(range(k, -1, -1), weights, strict=False):
            total += weight * term
            term *= j * (spare + j) / ((above_bad - j) * (above_n - j))
    else:
        spare += 1
        for j, weight in zip(range(k, min(n, bad) + 1), weights, strict=False):
            total += weight * term
            term *= (bad - j) * (n - j) / ((j + 1) * (spare + j))
    return total


# Arrays --------------------------------------------------------------------------------------------------------


def _array(*values: Any) -> Floats:
    """`pmf` of arrays."""
    import numpy as np

    *counts, size = values
    # From no items, none are drawn; a lot of one item gives the same without a division by 0.
    values = (*counts, size if all_numbers(size) and size else np.maximum(size, 1))
    k, n, bad, lot_size = arrays = floats(*values)
    least, most = np.maximum(n - (lot_size - bad), 0), np.minimum(n, bad)
    possible, certain = (k >= least) & (k <= most), least == most
    found = np.asarray(0.0 * (k + bad))
    found[possible] = _terms(
        *(one if all_numbers(one) else all_[possible] for one, all_ in zip(values, arrays, strict=True))
    )
    found[possible & certain] = 1.0
    return found


def _terms(k: Any, n: Any, bad: Any, lot_size: Any) -> Floats:
    """`pmf` of possible counts; some of the arguments are arrays."""
    import numpy as np

    good, rest = lot_size - bad, lot_size - n
    off = (bad * n - k * lot_size) / lot_size
    log: Floats = np.zeros_like(off)
    for count, of, items, away in (
        (k, bad, n, off),
        (rest - bad + k, good, rest, off),
        (n - k, good, n, -off),
        (bad - k, bad, rest, -off),
    ):
        log -= deviance_array(count, of * (items / lot_size), away)
        log -= _excess(count)
    for count in (n, rest, bad, good):
        log += _excess(count)
    log -= _excess(lot_size)
    return np.exp(log, out=log)


def _excess(x: Any) -> Any:
    return excess(int(x)) if all_numbers(x) else excess_array(x)


def _side(k: Any, n: Any, bad: Any, lot_size: Any, *, wanted: int) -> Floats:
    """`cdf` (0) or `sf` (1) of arrays."""
    import numpy as np

    from aql.distributions._tail_ratio import sum_of_tail
    from aql.distributions.blocks import once_each, one_side

    if not all_numbers(k, n, lot_size):
        return each(lambda *one: _tails(*one)[wanted], k, n, bad, lot_size)
    values = np.asarray(bad, dtype=float)
    if k < 0 or k >= n:
        return np.where(np.isnan(values), values, float((k >= n) == (wanted == 0)))

    pivot = (k + _COUNT) / (n + _ITEMS) * lot_size
    sums = [
        sum_of_tail(_summed, _terms, k + 1 - down, n, lot_size, down == 1, values.size) for down in (0, 1)
    ]

    def computed(bad: Floats, falling: bool, certain: Floats) -> Floats:
        found = np.where(np.isnan(bad), bad, certain)
        here = np.flatnonzero((bad > k) & (lot_size - bad >= n - k))
        found[here] = sums[falling](bad[here])
        return found

    def side(bad: Floats) -> Floats:
        return one_side(
            bad,
            pivot,
            # A lot with at most k nonconforming items cannot show more than k; one with few good items always does.
            lambda bad: computed(bad, True, bad <= k),
            lambda bad: computed(bad, False, bad > k),
            wanted=wanted,
            larger=_LARGER,
            block=BLOCK,
        )

    return once_each(side, values, lot_size)


def _summed(
    k: int,
    n: int,
    bad: Floats,
    lot_size: int,
    falling: bool,
    weights: Sequence[float] | None = None,
    first: float | None = None,
) -> Floats:
    """Sum, weighted if `weights` are given, of `k` and the counts below or above it; every lot must allow `k`.

    `first` replaces the probability of `k`.
    """
    import numpy as np

    term = _terms(k, n, bad, lot_size) if first is None else np.full_like(bad, first)
    total = term * (1.0 if weights is None else weights[0])
    found, places, spare = total, np.arange(bad.size), lot_size - n - bad
    steps = k if falling else n - k
    for j in range(1, steps + 1 if weights is None else len(weights)):
        if falling:
            term *= ((k + 1 - j) / (n - k + j)) * (spare + (k + 1 - j))
            term /= bad - (k - j)
        else:
            term *= ((n - k + 1 - j) / (k + j)) * (bad - (k + j - 1))
            term /= spare + (k + j)
        total += term if weights is None else weights[j] * term
        if j % _OFTEN == 0:
            more = term > (_NEGLIGIBLE * total if weights is None else 0.0)
            count = np.count_nonzero(more)
            if count == 0:
                break
            if count < more.size / 2:
                # Most sums are complete; continue with the others only.
                found[places] = total
                bad, spare, term, total = (one[more] for one in (bad, spare, term, total))
                places = places[more]
    found[places] = total
    return found


def _weighted_array(runs: Sequence[Run], bad: Floats, lot_size: int, falling: bool) -> Floats:
    import numpy as np

    total = np.where(np.isnan(bad), bad, 0.0)
    for run in runs:
        shown = (bad >= run.k) & (lot_size - bad >= run.n - run.k)
        here = np.flatnonzero(shown)
        total[here] += _summed(run.k, run.n, bad[here], lot_size, falling, run.weights)
        # The few lots in which the first count is impossible.
        for other in np.unique(bad[~shown & ~np.isnan(bad)]):
            total[bad == other] += _weighted(run, int(other), lot_size, falling)
    return total
