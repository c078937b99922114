"""The ratio of a hypergeometric tail to its first term, interpolated between lots.

As a function of the nonconforming items in the lot, this ratio is smooth. In the angle ``asin(sqrt(D / N))`` the count has
the same standard deviation everywhere, so pieces of equal width can share one degree.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from aql.distributions._arrays import Floats

__all__ = ["TailRatio", "sum_of_tail"]

# Sums are interpolated from this standard deviation of the count and this number of lots on.
_LONG, _MANY = 8.0, 10_000

# Chebyshev polynomials of this degree on pieces two standard deviations wide have a relative error of about 1e-14.
_DEGREE = 20
_WIDTH = 2.0
# Pieces from the middle of the distribution into the tail; farther away, a tail is too small to matter.
_PIECES = 24


def sum_of_tail(
    summed: Callable[..., Floats],
    terms: Callable[..., Floats],
    k: int,
    n: int,
    lot_size: int,
    falling: bool,
    lots: int,
) -> Callable[[Floats], Floats]:
    """Return a function of the nonconforming items of lots: the sum of a tail, interpolated if it takes long.

    Parameters
    ----------
    summed : function
        Sums the tail of an array of lots from its first probability, or from ``first=``.
    terms : function
        Computes the first probabilities.
    k, n, lot_size, falling
        See `TailRatio`.
    lots : int
        How many lots will be asked for.
    """

    def directly(bad: Floats) -> Floats:
        return summed(k, n, bad, lot_size, falling)

    share = (k + 0.5) / (n + 1)
    if lots < _MANY or n * share * (1 - share) * (1 - n / lot_size) < _LONG**2:
        return directly
    ratio = TailRatio(
        lambda bad: summed(k, n, bad, lot_size, falling, first=1.0), k, n, lot_size, falling=falling
    )

    def interpolated(bad: Floats) -> Floats:
        found, known = ratio(bad)
        found *= terms(k, n, bad, lot_size)
        if not known.all():
            found[~known] = directly(bad[~known])
        return found

    return interpolated


class TailRatio:
    """Ratio of the tail of `k` and the counts below it (`falling`) or above it to the probability of `k`.

    Parameters
    ----------
    ratio : function
        Computes the ratio for an array of nonconforming items in the lot, which need not be whole numbers.
    k, n, lot_size : int
        First count of the tail, items drawn and items in the lot. [items]
    falling : bool
        Whether the tail holds the counts below `k`; it then becomes smaller as more items are nonconforming.
    """

    def __init__(
        self,
        ratio: Callable[[Floats], Floats],
        k: int,
        n: int,
        lot_size: int,
        *,
        falling: bool,
    ) -> None:
        self._lot_size = lot_size
        self._width = _WIDTH * math.sqrt((1 - n / lot_size) / n) / 2
        middle, reach = math.asin(math.sqrt((k + 0.5) / (n + 1))), _PIECES * self._width
        if falling:
            first = middle - self._width
            last = min(middle + reach, math.asin(math.sqrt((lot_size - n + k) / lot_size)))
        else:
            first = max(middle - reach, math.asin(math.sqrt(k / lot_size)))
            last = middle + self._width
        self._first, self._count = first, math.ceil((last - first) / self._width)
        nodes = np.cos(np.pi * (np.arange(_DEGREE + 1) + 0.5) / (_DEGREE + 1))
        angles = first + self._width * (np.arange(self._count)[:, None] + (nodes + 1) / 2)
        at_nodes = ratio(lot_size * np.sin(angles.ravel()) ** 2).reshape(angles.shape)
        cosines = np.cos(np.outer(np.arange(_DEGREE + 1), np.arccos(nodes)))
        self._coefficients = cosines @ at_nodes.T * (2 / (_DEGREE + 1))
        self._coefficients[0] /= 2

    def __call__(self, bad: Floats) -> tuple[Floats, NDArray[np.bool]]:
        """Return the ratios, and where they are known: not outside the pieces."""
        place = (np.arcsin(np.sqrt(bad / self._lot_size)) - self._first) / self._width
        known = (place >= 0) & (place <= self._count)
        piece = np.clip(place.astype(np.intp), 0, self._count - 1)
        x = 4 * (place - piece) - 2
        # Clenshaw's recurrence.
        above, sums = np.zeros_like(x), self._coefficients[_DEGREE][piece]
        for row in self._coefficients[_DEGREE - 1 : 0 : -1]:
            above, sums = sums, row[piece] + x * sums - above
        found: Floats = self._coefficients[0][piece] + 0.5 * x * sums - above
        return found, known
