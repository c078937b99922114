"""Whether a single plan meets a point: from an approximate risk, or from the exact one if it is close to the limit."""

from __future__ import annotations

import math

from scipy.special import betainc, betaincc, gammainc, gammaincc

from aql.plans.acceptance.one_sample import at_most, more_than
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

# Compared with the exact tails, the errors of the scipy functions are at most 1e-10: betainc for samples up to 10^7,
# gammainc for counts up to this one.
TRUSTED_COUNT = 10**5
# If a risk is this close to its limit, the exact tails decide.
CLEAR = 1e-6


def producer_met(demand: Demand, n: int, c: int) -> bool:
    """Whether a plan meets the producer's risk: rejects lots of the producer's quality rarely enough."""
    return _met(demand, n, c, demand.prq, rejected=True)


def consumer_met(demand: Demand, n: int, c: int) -> bool:
    """Whether a plan meets the consumer's risk: accepts lots of the consumer's quality rarely enough."""
    return _met(demand, n, c, demand.crq, rejected=False)


def _met(demand: Demand, n: int, c: int, point: Point, *, rejected: bool) -> bool:
    guess, limit = _quick(demand, n, c, point, rejected=rejected), point.limit
    if guess < (1 - CLEAR) * limit or guess > (1 + CLEAR) * limit:
        return guess < limit
    return _exact(demand, n, c, point, rejected=rejected) <= limit


def quick_risks(demand: Demand, n: int, c: int) -> tuple[float, float]:
    """Producer's and consumer's risk of a plan to ten digits, faster than `risks`."""
    lost = _quick(demand, n, c, demand.prq, rejected=True)
    return (
        risks(demand, n, c) if math.isnan(lost) else (lost, _quick(demand, n, c, demand.crq, rejected=False))
    )


def tilted(demand: Demand, n: int, c: int) -> bool:
    """Whether the producer's risk is at least as large as the consumer's, each divided by the allowed risk."""
    lost, taken = quick_risks(demand, n, c)
    lost, taken = lost / demand.prq.risk, taken / demand.crq.risk
    if abs(lost - taken) <= CLEAR * (lost + taken):
        lost, taken = ratios(demand, n, c)
    return lost >= taken


def ratios(demand: Demand, n: int, c: int) -> tuple[float, float]:
    """Producer's and consumer's risk of a plan, each divided by the allowed risk."""
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
    return _exact(demand, n, c, demand.prq, rejected=True), _exact(demand, n, c, demand.crq, rejected=False)


def _exact(demand: Demand, n: int, c: int, point: Point, *, rejected: bool) -> float:
    side = more_than if rejected else at_most
    return side(c, n, float(point.quality), demand.model, demand.lot_size)


def _quick(demand: Demand, n: int, c: int, point: Point, *, rejected: bool) -> float:
    """One of the tails to ten digits; NaN if only the exact tails are that accurate."""
    if c < 0 or (c >= n and demand.model != "poisson"):
        return float(rejected == (c < 0))
    if demand.model == "binomial":
        return float((betainc if rejected else betaincc)(c + 1.0, n - c, point.quality))
    if demand.model == "poisson" and c < TRUSTED_COUNT:
        return float((gammainc if rejected else gammaincc)(c + 1.0, n * point.quality))
    return math.nan
