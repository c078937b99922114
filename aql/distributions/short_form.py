"""Long power series with positive coefficients, as the sums of tails are, in a form with few coefficients.

A sum of hundreds of terms ``c[j] * r**j`` is large near ``r = 1`` and close to its first term elsewhere. Divided by
``1 / (1 - r + e r)``, where ``e`` is a few times ``c[0] / sum(c)``, it varies little, and as a function of
``x = (1 - r - e r) / (1 - r + e r)`` it is a polynomial of degree 24 to within 1e-14.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aql.distributions._arrays import Floats

__all__ = ["ShortForm", "short_form"]

# The degree of the polynomials; a series must be twice as long to be worth replacing.
_DEGREE = 24
_LONG = 2 * _DEGREE
# The scale of the change of variable, times the sum of a series relative to its first term; found by trying.
_SCALE = 6.0
# Largest relative error; each unit of the sum of a series adds a rounding error of its own.
_ERROR, _ROUNDING = 1e-14, 2e-16


class ShortForm:
    """The coefficients of the polynomials in ``x``, and the change of variable."""

    def __init__(self, edge: float, polynomials: list[Floats]) -> None:
        self.edge, self.polynomials = edge, polynomials

    def variable(self, r: Floats) -> tuple[Floats, Floats]:
        """Return ``x``, and the factor of the polynomials."""
        factor = (self.edge - 1.0) * r
        factor += 1.0
        np.divide(1.0, factor, out=factor)
        x = (-1.0 - self.edge) * r
        x += 1.0
        x *= factor
        return x, factor


@lru_cache(maxsize=128)
def short_form(series: tuple[tuple[float, ...], ...]) -> ShortForm | None:
    """Return the short form of several series, or None if they are short or the form would not be accurate.

    Examples
    --------
    >>> short_form(((1.0, 0.5),)) is None
    True
    >>> gaussian = tuple(0.999 ** (j * j) for j in range(250))
    >>> form = short_form((gaussian,))
    >>> x, factor = form.variable(np.array([0.5, 1.0]))
    >>> found = factor * np.polynomial.polynomial.polyval(x, form.polynomials[0])
    >>> np.allclose(found, [sum(c / 2**j for j, c in enumerate(gaussian)), sum(gaussian)], rtol=1e-14)
    True
    """
    if max(map(len, series), default=0) < _LONG:
        return None
    arrays = [np.array(one) for one in series]
    largest = max(float(one.sum() / one.max()) for one in arrays)
    form = ShortForm(min(_SCALE / largest, 1.0), [])
    fitted, powers, interpolation, basis = _fitting()
    for one in arrays:
        values = _divided(one, fitted, form.edge)
        polynomial = basis @ (interpolation @ values[: _DEGREE + 1])
        error = np.abs(polynomial @ powers - values[_DEGREE + 1 :])
        if not (error <= (_ERROR + _ROUNDING * largest) * values[_DEGREE + 1 :]).all():
            return None
        form.polynomials.append(polynomial)
    return form


@cache
def _fitting() -> tuple[Floats, ...]:
    """Return what the fit needs, the same for every series.

    Values of ``x`` to interpolate between and then to check at, the powers of the latter, the matrix that makes Chebyshev
    coefficients of the values of a polynomial, and the one that makes coefficients of powers of these.
    """
    nodes, checked = _nodes(_DEGREE + 1), _nodes(_DEGREE + 10)
    cosines = np.polynomial.chebyshev.chebvander(nodes, _DEGREE).T * (2 / (_DEGREE + 1))
    cosines[0] /= 2
    powers = [np.polynomial.chebyshev.cheb2poly(row) for row in np.eye(_DEGREE + 1)]
    basis = np.array([np.pad(one, (0, _DEGREE + 1 - one.size)) for one in powers])
    vandermonde = np.vander(checked, _DEGREE + 1, increasing=True)
    values = np.concatenate([nodes, checked])
    return tuple(np.asarray(one, dtype=float) for one in (values, vandermonde.T, cosines, basis.T))


def _nodes(count: int) -> Floats:
    """Chebyshev's nodes between -1 and 1."""
    return np.asarray(np.cos(np.pi * (np.arange(count) + 0.5) / count))


def _divided(coefficients: Floats, x: Floats, edge: float) -> Floats:
    """Sum of a series at the values that belong to `x`, divided by the factor of the short form."""
    r = (1.0 - x) / (1.0 - x + edge * (1.0 + x))
    total = np.zeros_like(r)
    for coefficient in coefficients[::-1]:
        total *= r
        total += coefficient
    return total * (1.0 + (edge - 1.0) * r)
