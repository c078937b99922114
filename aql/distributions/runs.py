"""Runs of counts, and how the sum of their probabilities is computed for many qualities at once.

The smaller side of a law is one term at its edge times a power series of the odds, relative to those at a pivot where
neither side is small; they are at most 1. Cut into rows of about the square root of its length, a series takes a matrix
product and a few additions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

import numpy as np

if TYPE_CHECKING:
    from aql.distributions._arrays import Floats

    OfFloat = Callable[[float], float]
    OfFloats = Callable[[Floats], Floats]

__all__ = [
    "Run",
    "around",
    "in_blocks",
    "once_each",
    "one_side",
    "power_series",
    "products",
    "shortened",
    "sum_of_runs",
]

# So many values are worked on at a time that their intermediate arrays stay in the processor's cache.
_BLOCK = 4096
# What follows a term this small compared with the sum so far is left out.
_NEGLIGIBLE = 1e-19
_WIDEST = 24
# The logarithm of a probability that is 0 as a float.
_LEAST = -750.0
# Products of matrices up to this many multiplications are made in one thread by the common libraries.
_ONE_THREAD = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Counts of `n` items from `k` on, up or down, each with a weight.

    ``weights[j]`` belongs to the count j away from `k`, and ``coefficients[j]`` is that weight times the probability of
    the count at a pivot, relative to that of `k`. The weights are used in a finite lot, the coefficients in a process.
    """

    n: int
    k: int
    coefficients: tuple[float, ...]
    weights: tuple[float, ...] = ()


def shortened(coefficients: Floats) -> tuple[float, ...]:
    """Return the coefficients of a run without those of far counts that cannot change its sum.

    Examples
    --------
    >>> shortened(np.array([1.0, 0.5, 0.25, 1e-30]))
    (1.0, 0.5, 0.25)
    """
    large = coefficients > _NEGLIGIBLE * np.cumsum(coefficients)
    return tuple(coefficients[: np.flatnonzero(large)[-1] + 1].tolist())


def products(ratios: Floats) -> Floats:
    """Return the products of none, one, two and more of the ratios.

    Examples
    --------
    >>> products(np.array([2.0, 3.0]))
    array([1., 2., 6.])
    """
    found = np.ones(ratios.size + 1)
    np.cumprod(ratios, out=found[1:])
    return found


def around(middle: int, term: float, ratios: Floats) -> Floats:
    """Return the probabilities of all counts from 0 on, given one of them and the ratio of each to the one before.

    Examples
    --------
    >>> around(1, 0.5, np.array([2.0, 0.5]))
    array([0.25, 0.5 , 0.25])
    """
    with np.errstate(under="ignore"):
        down, up = products(1.0 / ratios[:middle][::-1])[:0:-1], products(ratios[middle:])
        return term * np.concatenate([down, up])


def power_series(coefficients: Sequence[float], x: Floats) -> Floats:
    """Sum a series with positive coefficients, for values of at least 0 and about 1 at most.

    Examples
    --------
    >>> power_series([1.0, 2.0, 3.0], np.array([0.5, 1.0]))
    array([2.75, 6.  ])
    """
    size = len(coefficients)
    width = min(max(round(math.sqrt(size)), 2), _WIDEST)
    grid = np.zeros((-(-size // width), width))
    grid.ravel()[:size] = coefficients
    most = float(x.max(initial=0.0))
    if most < 1:
        large = grid.max(axis=1) * most ** (width * np.arange(grid.shape[0])) >= _NEGLIGIBLE * grid[0, 0]
        grid = grid[: np.flatnonzero(large)[-1] + 1]
    powers = np.empty((width + 1, x.size))
    powers[0] = 1.0
    for k in range(1, width + 1):
        np.multiply(powers[k - 1], x, out=powers[k])
    rows = np.empty((grid.shape[0], x.size))
    # A second thread would wait for a core that others use.
    columns = max(_ONE_THREAD // grid.size, 1)
    for start in range(0, x.size, columns):
        part = slice(start, start + columns)
        np.matmul(grid, powers[:width, part], out=rows[:, part])
    total: Floats = rows[-1]
    for row in rows[-2::-1]:
        total *= powers[width]
        total += row
    return total


def sum_of_runs(runs: Sequence[Run], ratio: Floats, log_term: Callable[[Run, float], Floats]) -> Floats:
    """Sum the weighted probabilities of several runs of counts.

    Parameters
    ----------
    runs : sequence of Run
        The counts and their weights.
    ratio : ndarray
        What a term is multiplied by from one count to the next, relative to that at the pivot.
    log_term : function
        Logarithm of the probability of the first count of a run; it needs its last digits only where it is larger than
        the second argument.

    Returns
    -------
    ndarray
        Of the shape of `ratio`.
    """
    total = np.zeros_like(ratio)
    for run in runs:
        least = _LEAST - math.log(sum(run.coefficients))
        log = log_term(run, least)
        # Far from the pivot most probabilities are 0.
        here = np.flatnonzero(~(log < least))
        if here.size == log.size:
            total += power_series(run.coefficients, ratio) * np.exp(log)
        elif here.size:
            total[here] += power_series(run.coefficients, ratio[here]) * np.exp(log[here])
    return total


@overload
def one_side(
    values: float, pivot: float, lower: OfFloat, upper: OfFloat, *, wanted: int, larger: float = ...
) -> float: ...
@overload
def one_side(
    values: Floats, pivot: float, lower: OfFloats, upper: OfFloats, *, wanted: int, larger: float = ...
) -> Floats: ...
def one_side(values: Any, pivot: float, lower: Any, upper: Any, *, wanted: int, larger: float = 1.0) -> Any:
    """Return one of two complementary probabilities: `lower` is computed from the pivot on, `upper` below it.

    Parameters
    ----------
    values : float or ndarray
        Where the probability is wanted.
    pivot : float
        Value from which on `lower` is the smaller one.
    lower, upper : function
        Each of the two probabilities on its side.
    wanted : int
        0 for the lower one, 1 for the upper one.
    larger : float
        Where the one that was computed is above this, the other is computed too, to be right when it is small.

    Examples
    --------
    >>> one_side(np.array([0.2, 0.7]), 0.5, lambda high: 1 - high, lambda low: low, wanted=0)
    array([0.8, 0.3])
    """
    if isinstance(values, float):
        number = int(values < pivot)
        near = (lower, upper)[number](values)
        if near > larger:
            number = 1 - number
            near = (lower, upper)[number](values)
        return near if number == wanted else 1.0 - near
    flat = np.ascontiguousarray(values).ravel()
    found = np.empty_like(flat)
    for start in range(0, flat.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        below = flat[block] < pivot
        for number, (computed, other) in enumerate(((lower, upper), (upper, lower))):
            side = np.flatnonzero(below == number)
            if side.size == 0:
                continue
            part = block if side.size == below.size else start + side
            near = computed(flat[part])
            value = near if number == wanted else 1.0 - near
            large = near > larger
            if large.any():
                small = other(flat[part][large])
                value[large] = 1.0 - small if number == wanted else small
            found[part] = value
    return found.reshape(values.shape)


def in_blocks(computed: OfFloats, values: Floats) -> Floats:
    """Return what is computed of every value, some at a time.

    Examples
    --------
    >>> in_blocks(np.sqrt, np.array([[4.0], [9.0]]))
    array([[2.],
           [3.]])
    """
    flat = np.ascontiguousarray(values).ravel()
    if flat.size <= _BLOCK:
        return computed(flat).reshape(values.shape)
    found = np.empty_like(flat)
    for start in range(0, flat.size, _BLOCK):
        found[start : start + _BLOCK] = computed(flat[start : start + _BLOCK])
    return found.reshape(values.shape)


def once_each(computed: OfFloats, counts: Floats, most: int) -> Floats:
    """Return what is computed, of all counts from 0 to `most` where there are more values than those; NaN passes through.

    Examples
    --------
    >>> once_each(lambda counts: counts + 0.5, np.array([2.0, 0.0, 2.0, np.nan]), 2)
    array([2.5, 0.5, 2.5, nan])
    """
    if counts.size <= most:
        return computed(counts)
    missing = np.isnan(counts)
    found = np.asarray(computed(np.arange(most + 1.0))[np.where(missing, 0, counts).astype(np.intp)])
    found[missing] = np.nan
    return found
