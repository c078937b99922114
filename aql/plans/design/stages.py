r"""Evaluates all double plans with one pair of sample sizes at once, for the search in `aql.plans.design.double`.

Given s nonconforming items among the n1 + n2 drawn, all ways to divide them between the two samples are equally likely,
whatever the quality. Let W(c, s) be the probability that at most c of them are in the first sample. The plan with Ac1,
Re1 and Ac2 then accepts with probability

.. math:: P(X_1 \le Ac_1) + \sum_{s \le Ac_2} P(S = s)\,[W(Re_1 - 1, s) - W(Ac_1, s)]

and rejects with P(X1 >= Re1) plus the same sum over s > Ac2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aql.distributions import binomial, hypergeometric, poisson
from aql.plans.design.demands import Demand

if TYPE_CHECKING:
    from aql.distributions import Floats

__all__ = ["Candidate", "candidates"]

# The sums are accurate to 1e-8; if a risk is this close to its limit, it is computed separately.
_CLEAR = 1e-6


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A double plan that meets, or may meet, both risks.

    Attributes
    ----------
    size : float
        Average sample number.
    ac2, ac1, re1 : int
        Acceptance and rejection numbers; the last rejection number is ``ac2 + 1``.
    sure : bool
        False if a risk is so close to its limit that it must be computed accurately.
    """

    size: float
    ac2: int
    ac1: int
    re1: int
    sure: bool


def candidates(
    demand: Demand, n: int, times: int, where: float, *, top: int, free: bool, below: float
) -> list[Candidate]:
    """Return plans whose two stages have samples `n` and ``times * n``, smallest average sample number first.

    `where` is the quality for the average sample number, and plans with one of `below` or more are left out. `top` is a
    count that good lots practically never exceed in both samples. With `free`, the first rejection number can be smaller
    than the last. Only the first of the plans that certainly meet both risks are returned.

    Examples
    --------
    >>> from aql.plans.design.demands import demand_of
    >>> demand = demand_of((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item")
    >>> candidates(demand, 88, 1, 0.01, top=20, free=False, below=150.0)
    [Candidate(size=107.18..., ac2=4, ac1=1, re1=5, sure=True)]
    """
    total = (1 + times) * n
    first_poor = np.cumsum(_terms(demand, n, top, demand.crq.quality))
    # Exclude acceptance numbers with which the first sample alone accepts too many poor lots.
    rows = int(np.searchsorted(first_poor, demand.crq.limit * (1 + _CLEAR), side="right"))
    if rows == 0:
        return []
    first_here = np.cumsum(_terms(demand, n, top, where))
    both_good = _terms(demand, total, top, demand.prq.quality)
    both_poor = _terms(demand, total, top, demand.crq.quality)
    if not free:
        late = 1.0 - _spread(demand, n, times, top, rows)
        taken = first_poor[:rows, None] + np.cumsum(late * both_poor, axis=1)
        sizes = n * (1 + times * (first_here - first_here[:rows, None]))
        sizes[np.tri(rows, top + 1, dtype=bool)] = np.inf
        found = _chosen(demand, _beyond(late * both_good), taken, sizes, below)
        return sorted(Candidate(size, ac2, ac1, ac2 + 1, sure) for size, ac1, ac2, sure in found)
    first_good = _beyond(_terms(demand, n, top, demand.prq.quality))
    least = int(np.argmax(first_good <= demand.prq.limit * (1 + _CLEAR)))
    widest = n * (1 + times * (first_here - first_here[min(rows, top) - 1]))
    spread = _spread(demand, n, times, top, int(np.searchsorted(widest, below)))
    listed = []
    for ac1 in range(min(rows, top)):
        # One row per largest count that continues, one column per Ac2.
        low = max(ac1 + 1, least)
        sizes = n * (1 + times * (first_here[low : len(spread)] - first_here[ac1]))
        high = low + int(np.searchsorted(sizes, below))
        if low >= high:
            continue
        between = np.maximum(spread[low:high] - spread[ac1], 0.0)
        taken = first_poor[ac1] + np.cumsum(between * both_poor, axis=1)
        lost = first_good[low:high, None] + _beyond(between * both_good)
        early = np.tri(high - low, top + 1, low - 1, dtype=bool)
        found = _chosen(demand, lost, taken, np.where(early, np.inf, sizes[: high - low, None]), below)
        listed += [Candidate(size, ac2, ac1, low + place + 1, sure) for size, place, ac2, sure in found]
    return sorted(listed)


def _chosen(
    demand: Demand, lost: Floats, taken: Floats, sizes: Floats, below: float
) -> list[tuple[float, int, int, bool]]:
    """Average sample number and indices of the plans that meet both risks and may be the smallest."""
    alpha, beta = demand.prq.limit, demand.crq.limit
    perhaps = (lost <= alpha * (1 + _CLEAR)) & (taken <= beta * (1 + _CLEAR)) & (sizes < below)
    sure = perhaps & (lost <= alpha * (1 - _CLEAR)) & (taken <= beta * (1 - _CLEAR))
    if sure.any():
        perhaps &= sizes <= sizes[sure].min() * (1 + _CLEAR)
    return [(float(sizes[i, j]), int(i), int(j), bool(sure[i, j])) for i, j in np.argwhere(perhaps)]


def _beyond(terms: Floats) -> Floats:
    """For each term, the sum of all later terms."""
    sums = np.zeros_like(terms)
    sums[..., :-1] = np.cumsum(terms[..., :0:-1], axis=-1)[..., ::-1]
    return sums


def _terms(demand: Demand, n: int, last: int, quality: float) -> Floats:
    """Probabilities of 0 to `last` nonconforming among `n` items."""
    if demand.model == "poisson":
        return poisson.counts(last, n * quality)
    terms = np.zeros(last + 1)
    most = min(last, n)
    if demand.lot_size is None:
        terms[: most + 1] = binomial.counts(most, n, quality)
    else:
        terms[: most + 1] = hypergeometric.counts(most, n, int(quality), demand.lot_size)
    return terms


def _spread(demand: Demand, n: int, times: int, last: int, rows: int) -> Floats:
    """Probability that at most c of s nonconforming items are in the first sample: one row per c, one column per s."""
    c, s = np.arange(rows)[:, None], np.arange(last + 1)
    first, second, both = (_log_ways(demand, items, last) for items in (n, times * n, (1 + times) * n))
    with np.errstate(invalid="ignore"):
        chances = np.exp(first[c] + second[np.maximum(s - c, 0)] - both)
    chances[(s < c) | np.isneginf(both)] = 0.0
    spread: Floats = np.minimum(np.cumsum(chances, axis=0), 1.0)
    return spread


def _log_ways(demand: Demand, n: int, last: int) -> Floats:
    """Logarithms of the numbers of ways to find 0 to `last` on `n` items, or of the equivalent for nonconformities."""
    k = np.arange(last)
    ways = np.zeros(last + 1)
    with np.errstate(divide="ignore"):
        ratios = np.log((np.maximum(n - k, 0) if demand.model != "poisson" else n) / (k + 1))
    np.cumsum(ratios, out=ways[1:])
    return ways
