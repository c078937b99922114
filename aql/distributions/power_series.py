"""Power series with positive coefficients, summed at arrays of values from 0 to about 1."""

from __future__ import annotations

import math
import threading
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aql.distributions.blocks import BLOCK
from aql.distributions.short_form import short_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aql.distributions._arrays import Floats

__all__ = ["Series", "products", "shortened"]

_WIDEST = 24
# The short form holds up to here; at the pivot, a rounding error can make a ratio larger than 1.
_MOST = 1.0 + 1e-9
# The common linear algebra libraries use a single thread for matrix products of up to this many multiplications.
_ONE_THREAD = 200_000


class Series:
    """Power series with positive coefficients, summed at arrays of values from 0 to about 1.

    Long series are summed in their short form. All arrays share the memory.

    Examples
    --------
    >>> series = Series(((1.0, 2.0, 3.0), (1.0,)))
    >>> series.sum(0, np.array([0.5, 1.0])).tolist(), series.sum(1, np.array([0.5])).tolist()
    ([2.75, 6.0], [1.0])
    """

    def __init__(self, coefficients: tuple[tuple[float, ...], ...]) -> None:
        self.log_sums = [math.log(math.fsum(one)) for one in coefficients]
        self._coefficients = coefficients
        self._form = short_form(coefficients)
        self._short = _Polynomials(self._form.polynomials) if self._form else None
        self._r: Floats | None = None

    def sum(self, place: int, r: Floats) -> Floats:
        """Sum a series at the values of one block; the next call overwrites the result."""
        if self._form is None or self._short is None or r.max(initial=0.0) > _MOST:
            return self._long.sum(place, r)
        if r is not self._r:
            self._r = r
            self._x, self._factor = self._form.variable(r)
        total = self._short.sum(place, self._x)
        total *= self._factor
        return total

    @cached_property
    def _long(self) -> _Polynomials:
        return _Polynomials(self._coefficients)


class _Memory(threading.local):
    """The powers of the last array, and the rows of a polynomial; new memory for each call would be slower."""

    def __init__(self) -> None:
        self.x: Floats | None = None
        self.width = 0
        self.powers = np.empty((_WIDEST + 1, BLOCK))
        self.rows = np.empty((_WIDEST, BLOCK))


_MEMORY = _Memory()


class _Polynomials:
    """Polynomials evaluated at arrays of values between -1 and 1.

    A polynomial is split into rows, each about as long as the square root of the longest, so that its value takes one
    matrix product and a few additions. All polynomials share the powers of an array.
    """

    def __init__(self, coefficients: Sequence[Sequence[float] | Floats]) -> None:
        width = min(max(round(math.sqrt(max(map(len, coefficients), default=1))), 2), _WIDEST)
        self._grids = [np.zeros((-(-len(one) // width), width)) for one in coefficients]
        for grid, one in zip(self._grids, coefficients, strict=True):
            grid.ravel()[: len(one)] = one
        self._most_rows = max(map(len, self._grids), default=1)

    def sum(self, place: int, x: Floats) -> Floats:
        """Evaluate a polynomial at the values of one block; the next call overwrites the result."""
        grid, memory = self._grids[place], _MEMORY
        powers, width = memory.powers[:, : x.size], grid.shape[1]
        if x is not memory.x or width > memory.width:
            memory.x, memory.width = x, width
            powers[0], powers[1] = 1.0, x
            for k in range(2, width + 1):
                np.multiply(powers[k - 1], x, out=powers[k])
        if self._most_rows > len(memory.rows):
            memory.rows = np.empty((self._most_rows, BLOCK))
        rows = memory.rows[: len(grid), : x.size]
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


# A series ends after a term this small compared with the sum so far.
_NEGLIGIBLE = 1e-19


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
