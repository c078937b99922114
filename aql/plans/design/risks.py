"""Whether a single plan meets a point: by a quick value of its risk, and by the exact tails near a decision."""

from __future__ import annotations

import math

from scipy.special import bdtr, bdtrc, betainc, betaincc, gammainc, gammaincc

from aql.distributions import binomial, hypergeometric, poisson
from aql.distributions._saddle_point import deviance
from aql.plans.design.demands import Demand, Point

__all__ = [
    "CLEAR",
    "TRUSTED_COUNT",
    "consumer_met",
    "producer_met",
    "quick_risks",
    "ratios",
    "risks",
    "tilted",
]

# Measured against the exact tails from 1 down to 1e-290: bdtr is off by 5e-9 at most up to this sample, betainc by 5e-8
# up to 2e9 and takes three times as long; gammainc by 1e-10 up to this count, its expansion by 3e-9 from there on.
_TRUSTED_SAMPLE, TRUSTED_COUNT = 10**6, 10**5
# Closer to a decision than this, the exact tails are asked.
CLEAR = 1e-6


def producer_met(demand: Demand, n: int, c: int) -> bool:
    """Whether the plan rejects lots of the producer's quality rarely enough."""
    guess, limit = _quick(demand, n, c, demand.prq, rejected=True), demand.prq.limit
    if guess < (1 - CLEAR) * limit or guess > (1 + CLEAR) * limit:
        return guess < limit
    return risks(demand, n, c)[0] <= limit


def consumer_met(demand: Demand, n: int, c: int) -> bool:
    """Whether the plan accepts lots of the consumer's quality rarely enough."""
    guess, limit = _quick(demand, n, c, demand.crq, rejected=False), demand.crq.limit
    if guess < (1 - CLEAR) * limit or guess > (1 + CLEAR) * limit:
        return guess < limit
    return risks(demand, n, c)[1] <= limit


def quick_risks(demand: Demand, n: int, c: int) -> tuple[float, float]:
    """`risks` to eight digits."""
    lost = _quick(demand, n, c, demand.prq, rejected=True)
    return (
        risks(demand, n, c) if math.isnan(lost) else (lost, _quick(demand, n, c, demand.crq, rejected=False))
    )


def tilted(demand: Demand, n: int, c: int) -> bool:
    """Whether the producer's risk is at least as large as the consumer's, each relative to what is allowed."""
    lost, taken = quick_risks(demand, n, c)
    lost, taken = lost / demand.prq.risk, taken / demand.crq.risk
    if abs(lost - taken) <= CLEAR * (lost + taken):
        lost, taken = ratios(demand, n, c)
    return lost >= taken


def ratios(demand: Demand, n: int, c: int) -> tuple[float, float]:
    """Producer's and consumer's risk of a plan, each relative to what is allowed."""
    lost, taken = risks(demand, n, c)
    return lost / demand.prq.risk, taken / demand.crq.risk


def risks(demand: Demand, n: int, c: int) -> tuple[float, float]:
    """Producer's and consumer's risk of a plan, with a relative error below 1e-12.

    Examples
    --------
    >>> from aql.plans.design.demands import demand_of
    >>> demand = demand_of((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item")
    >>> print("%.6f %.6f" % risks(demand, 132, 3))
    0.044253 0.099228
    """
    return _exact(demand, n, c, demand.prq)[1], _exact(demand, n, c, demand.crq)[0]


def _exact(demand: Demand, n: int, c: int, point: Point) -> tuple[float, float]:
    if demand.lot_size is not None:
        return hypergeometric.tails(c, n, point.quality, demand.lot_size)
    if demand.model == "binomial":
        return binomial.tails(c, n, point.quality)
    return poisson.tails(c, n * point.quality)


def _quick(demand: Demand, n: int, c: int, point: Point, *, rejected: bool) -> float:
    """One of the tails to eight digits; NaN where only the exact tails have them."""
    if c < 0 or (c >= n and demand.model != "poisson"):
        return float(rejected == (c < 0))
    if demand.model == "poisson":
        if c >= TRUSTED_COUNT:
            return _large_poisson(n * point.quality, c, rejected=rejected)
        return float((gammainc if rejected else gammaincc)(c + 1.0, n * point.quality))
    if demand.model == "hypergeometric":
        return math.nan
    if n > _TRUSTED_SAMPLE:
        return float((betainc if rejected else betaincc)(c + 1.0, n - c, point.quality))
    return float((bdtrc if rejected else bdtr)(c, n, point.quality))


def _large_poisson(mean: float, c: int, *, rejected: bool) -> float:
    """The incomplete gamma functions of a large count, by their uniform expansion, DLMF 8.12 [1]_.

    .. [1] NIST Digital Library of Mathematical Functions, https://dlmf.nist.gov/8.12.
    """
    a = c + 1
    off = mean - a
    half = deviance(a, mean, off)
    root = math.copysign(math.sqrt(half), off)
    step = a / off - math.sqrt(a / 2) / root if abs(off) > 1e-7 * a else -1 / 3
    more = math.exp(-half) / math.sqrt(2 * math.pi * a) * step
    return math.erfc(-root) / 2 - more if rejected else math.erfc(root) / 2 + more
