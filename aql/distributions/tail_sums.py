"""Sums of a distribution's tail, a run of consecutive counts, at many qualities at once.

The smaller tail of a distribution is its first term times a power series in the odds. The odds are relative to those at a
pivot, a quality at which neither tail is small, so they are at most 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aql.distributions.blocks import BLOCK, in_blocks

if TYPE_CHECKING:
    from aql.distributions._arrays import Floats
    from aql.distributions.blocks import OfFloats

__all__ = ["Run", "Series", "around", "products", "shortened", "weighted_sum"]

# A series ends after a term this small compared with the sum so far.
_NEGLIGIBLE = 1e-19
_WIDEST = 24
# In a grid with more rows, rows that cannot change the sum are left out.
_FEW_ROWS = 6
# Below this logarithm, a probability is 0 as a float.
_LEAST = -750.0
# The common linear algebra libraries use a single thread for matrix products of up to this many multiplications.
_ONE_THREAD = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Consecutive counts in `n` items, from `k` up or down, each with a weight.

    ``weights[j]`` is the weight of the count at distance j from `k`. ``coefficients[j]`` is that weight times the
    probability of the count, relative to that of `k`, at a pivot. The weights are used for a finite lot, the coefficients
    for a process.
    """

    n: int
    k: int
    coefficients: tuple[float, ...]
    weights: tuple[float, ...] = ()


def shortened(coefficients: Floats) -> tuple[float, ...]:
    """Return the coefficients of a tail sum without the last ones, which cannot change it.

    Examples
    --------
    >>> shortened(np.array([1.0, 0.5, 0.25, 1e-30]))
    (1.0, 0.5, 0.25)
    """
    large = coefficients > _NEGLIGIBLE * np.cumsum(coefficients)
    return tuple(coefficients[: np.flatnonzero(large)[-1] + 1].tolist())


def products(ratios: Floats) -> Floats:
    """Return 1 and the cumulative products of the ratios of consecutive terms of a tail sum.

    Examples
    --------
    >>> products(np.array([2.0, 3.0]))
    array([1., 2., 6.])
    """
    found = np.ones(ratios.size + 1)
    np.cumprod(ratios, out=found[1:])
    return found


def around(middle: int, term: float, ratios: Floats) -> Floats:
    """Return the terms of tail sums: probabilities of all counts from 0 on, from that of `middle` and their ratios.

    Examples
    --------
    >>> around(1, 0.5, np.array([2.0, 0.5]))
    array([0.25, 0.5 , 0.25])
    """
    with np.errstate(under="ignore"):
        down, up = products(1.0 / ratios[:middle][::-1])[:0:-1], products(ratios[middle:])
        return term * np.concatenate([down, up])


class Series:
    """Power series with positive coefficients, summed at arrays of values from 0 to about 1.

    A series is split into rows, each about as long as the square root of the longest series, so that its sum takes one
    matrix product and a few additions. All series share the powers of an array, and all arrays share the memory.

    Examples
    --------
    >>> series = Series([[1.0, 2.0, 3.0], [1.0]])
    >>> series.sum(0, np.array([0.5, 1.0])).tolist(), series.sum(1, np.array([0.5])).tolist()
    ([2.75, 6.0], [1.0])
    """

    def __init__(self, coefficients: Sequence[Sequence[float]]) -> None:
        width = min(max(round(math.sqrt(max(map(len, coefficients), default=1))), 2), _WIDEST)
        self.grids = [np.zeros((-(-len(one) // width), width)) for one in coefficients]
        for grid, one in zip(self.grids, coefficients, strict=True):
            grid.ravel()[: len(one)] = one
        self.log_sums = [math.log(grid.sum()) for grid in self.grids]
        self._powers = np.empty((width + 1, BLOCK))
        self._rows = np.empty((max(map(len, self.grids), default=1), BLOCK))
        self._x: Floats | None = None

    def sum(self, place: int, x: Floats) -> Floats:
        """Sum a series at the values of one block; the next call overwrites the result."""
        grid, powers = self.grids[place], self._powers[:, : x.size]
        width = grid.shape[1]
        if x is not self._x:
            self._x = x
            powers[0] = 1.0
            for k in range(1, width + 1):
                np.multiply(powers[k - 1], x, out=powers[k])
        most = float(x.max(initial=0.0)) if len(grid) > _FEW_ROWS else 1.0
        if most < 1:
            large = grid.max(axis=1) * most ** (width * np.arange(len(grid))) >= _NEGLIGIBLE * grid[0, 0]
            grid = grid[: np.flatnonzero(large)[-1] + 1]
        rows = self._rows[: len(grid), : x.size]
        # More threads would compete with other programs for the cores.
        columns = max(_ONE_THREAD // grid.size, 1)
        for start in range(0, x.size, columns):
            part = slice(start, start + columns)
            np.matmul(grid, powers[:width, part], out=rows[:, part])
        total: Floats = rows[-1]
        for row in rows[-2::-1]:
            total *= powers[width]
            total += row
        return total


def weighted_sum(
    runs: Sequence[Run], prepared: Callable[[Floats], tuple[Floats, Callable[[Run, float], Floats]]]
) -> OfFloats:
    """Return a function of an array of qualities: the weighted sum of tails, which are runs of counts.

    Parameters
    ----------
    runs : sequence of Run
        The counts and their coefficients.
    prepared : function
        Takes an array of qualities and returns two values. The first is the ratio of consecutive probabilities,
        relative to that at the pivot. The second is a function of a run and a limit, which returns the logarithm of the
        probability of the first count of the run; it may be less accurate below the limit.
    """
    made: list[Series] = []

    def block(values: Floats) -> Floats:
        if not made:
            made.append(Series([run.coefficients for run in runs]))
        (series,) = made
        ratio, log_term = prepared(values)
        total = np.zeros_like(ratio)
        for place, run in enumerate(runs):
            least = _LEAST - series.log_sums[place]
            log = log_term(run, least)
            if log.min(initial=0.0) > least:
                total += series.sum(place, ratio) * np.exp(log)
            else:
                # Far from the pivot, most probabilities are 0.
                here = np.flatnonzero(~(log < least))
                total[here] += series.sum(place, ratio[here]) * np.exp(log[here])
        return total

    def array(values: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore", under="ignore", over="ignore"):
            return in_blocks(block, values)

    return array
