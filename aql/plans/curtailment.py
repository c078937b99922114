"""Curtailed inspection: how many items are inspected where a sample ends as soon as its rejection number is reached."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aql.plans.acceptance.curve import acceptance_arrays, edge_of
from aql.plans.acceptance.finite_lot import finite_acceptance_arrays, hypergeometric_term
from aql.plans.acceptance.paths import states

if TYPE_CHECKING:
    from aql.distributions.terms import Floats
    from aql.plans.acceptance.paths import Steps
    from aql.plans.quality import Qualities

__all__ = ["curtailed", "items_until"]

# Bernoulli numbers B2, B4, ... over (2k)!: the corrections of the formula of Euler and Maclaurin.
_CORRECTIONS = (
    1 / 12,
    -1 / 720,
    1 / 30240,
    -1 / 1209600,
    1 / 47900160,
    -691 / 1307674368000,
    1 / 74724249600,
    -3617 / 10670622842880000,
    43867 / 5109094217170944000,
    -174611 / 802857662698291200000,
)
# Up to this many nonconformities an item the corrections fall fast enough; above it few items are inspected anyway.
_SPARSE = 0.5
_NEGLIGIBLE = 1e-18


def curtailed(steps: Steps, place: int, given: Qualities) -> Floats:
    """Items inspected at a stage that stops at its rejection number, the stages before having gone on."""
    n, _, _, re = steps[place]
    total = np.zeros(given.values.shape)
    for found, probability in _states(steps, place, given):
        total = total + probability * _until(n, re - found, steps[place][1] - n, found, given)
    return total


def _states(steps: Steps, place: int, given: Qualities) -> list[tuple[int, Floats]]:
    """Counts with which a stage can begin, and how likely each is."""
    if place == 0:
        return [(0, np.where(np.isnan(given.values), np.nan, 1.0))]
    model = "poisson" if given.model == "poisson" else "binomial"
    low, shares = states(steps, model)[place]
    before = steps[place - 1][1]
    found = []
    for count, share in enumerate(shares.tolist(), start=low):
        if given.lot_size is not None:
            counts = np.full(given.values.shape, float(count))
            law = hypergeometric_term(counts, before, given.lot_size, given.values)
        else:
            law = edge_of(model, before, count, given.values)
        found.append((count, share * law))
    return found


def _until(n: int, m: int, before: int, found: int, given: Qualities) -> Floats:
    """Items inspected of `n` when inspection stops at the m-th nonconforming one."""
    values = given.values
    if given.model == "poisson":
        return items_until(n, m, values)
    if m > n:
        return np.full(values.shape, float(n))
    short: Steps = ((n, n, m - 1, m),)
    longer: Steps = ((n + 1, n + 1, m, m + 1),)
    if given.lot_size is not None:
        size = given.lot_size - before
        bad = np.clip(values - found, 0.0, size)
        few, _ = finite_acceptance_arrays(short, size, bad)
        _, many = finite_acceptance_arrays(longer, size + 1, bad + 1)
        return n * few + m * (size + 1) / (bad + 1) * many
    few, _ = acceptance_arrays(short, values, "binomial")
    _, many = acceptance_arrays(longer, values, "binomial")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(
            values > 0, n * few + m * (many / values), np.where(np.isnan(values), np.nan, float(n))
        )


def items_until(n: int, m: int, rate: Floats) -> Floats:
    r"""Items inspected of `n`, on average, when inspection stops after the one that shows the m-th nonconformity.

    Parameters
    ----------
    n : int
        Items that there are. [items]
    m : int
        Nonconformities that end inspection, 1 or more.
    rate : ndarray of float
        Nonconformities per item.

    Returns
    -------
    ndarray of float64
        :math:`\sum_{t=0}^{n-1} P(X_t < m)`, of the shape of `rate`; NaN where it is NaN. [items]

    Notes
    -----
    Where nonconformities are rare the sum is its integral, a gamma law, with the corrections of the formula of Euler
    and Maclaurin [1]_; elsewhere it is short.

    References
    ----------
    .. [1] NIST Digital Library of Mathematical Functions, https://dlmf.nist.gov/2.10.

    Examples
    --------
    >>> items_until(3, 1, np.array([0.0, 1.0])).round(6)
    array([3.      , 1.503215])
    """
    total = np.full(rate.shape, np.nan)
    rare = np.flatnonzero(rate <= _SPARSE)
    often = np.flatnonzero(rate > _SPARSE)
    if rare.size:
        total.flat[rare] = _integrated(n, m, rate.ravel()[rare])
    if often.size:
        total.flat[often] = _added(n, m, rate.ravel()[often])
    return total


def _added(n: int, m: int, rate: Floats) -> Floats:
    from scipy.special import gammaincc

    total = np.ones_like(rate)
    for t in range(1, n):
        part = gammaincc(m, rate * t)
        total += part
        if part.max() < _NEGLIGIBLE:
            break
    return total


def _integrated(n: int, m: int, rate: Floats) -> Floats:
    from scipy.special import gammainc, gammaincc

    mean = n * rate
    last = gammaincc(m, mean)
    with np.errstate(divide="ignore", invalid="ignore"):
        waited = np.where(rate > 0, m * (gammainc(m + 1, mean) / rate), 0.0)
    total = n * last + waited + (1.0 - last) / 2
    fastest = float(rate.max())
    orders = [
        order
        for order in range(1, len(_CORRECTIONS) + 1)
        if (fastest / math.pi) ** (2 * order - 1) > _NEGLIGIBLE
    ]
    if orders:
        # Derivatives of P(X < m) by the mean are differences of the terms before the m-th.
        terms = _terms(m - 1, 2 * orders[-1] - 1, mean)
        power, square = rate.copy(), rate * rate
        for order in orders:
            odd = 2 * order - 1
            rise = sum(
                (-1) ** (odd - 1 - i) * math.comb(odd - 1, i) * terms[i] for i in range(min(odd, len(terms)))
            )
            begin = (-1) ** (odd - m) * math.comb(odd - 1, m - 1) if odd >= m else 0
            total -= _CORRECTIONS[order - 1] * power * (rise - begin)
            power = power * square
    return np.asarray(total)


def _terms(count: int, most: int, mean: Floats) -> list[Floats]:
    """Poisson probabilities of `count` and of the counts below it, `most` at the most."""
    low = max(count - most + 1, 0)
    with np.errstate(divide="ignore"):
        term = np.exp((low * np.log(mean) if low else 0.0) - mean - math.lgamma(low + 1))
    found = [term]
    for k in range(low + 1, count + 1):
        term = term * mean / k
        found.append(term)
    return found[::-1]
