"""Where a search for a plan begins: close guesses; how close matters to its time, never to its result."""

from __future__ import annotations

import math

from scipy.special import gammainccinv, ndtri

from aql.plans.design.demands import Demand

__all__ = ["LARGEST_COUNT", "bounded", "likely_count", "likely_sample", "likely_size"]

# More than any sample that is searched can hold.
LARGEST_COUNT = 2**53


def likely_sample(demand: Demand, c: int) -> int:
    """About the smallest sample for the consumer's point: for the wait until the (c + 1)-th nonconforming item, a gamma law of its variance."""
    mean = float(gammainccinv(c + 1.0, demand.crq.risk))
    share = demand.crq.quality / (demand.lot_size or 1)
    if demand.model == "poisson":
        return bounded(mean / share, demand.most)
    n = (c + 1 + math.sqrt(1 - share) * (mean - c - 1)) / share - 0.5
    if demand.lot_size is not None:
        # Without putting back: the same at Wise's fraction, which depends on the sample.
        for _ in range(2):
            left = max(demand.lot_size - (n - 1) / 2, 1.0)
            there = min(max((demand.crq.quality - c / 2) / left, share), 1.0)
            n = (c + 1 + math.sqrt(1 - there) * (mean - c - 1)) / there - 0.5
    return bounded(n, demand.most)


def likely_size(demand: Demand) -> float:
    """About the sample of the smallest plan, from the normal law."""
    scale = demand.lot_size or 1
    good, poor = demand.prq.quality / scale, demand.crq.quality / scale
    both = (good, poor) if demand.model == "poisson" else (good * (1 - good), poor * (1 - poor))
    left, right = -float(ndtri(demand.prq.risk)), -float(ndtri(demand.crq.risk))
    size = (max(left * math.sqrt(both[0]) + right * math.sqrt(both[1]), 0.0) / (poor - good)) ** 2
    return size if demand.lot_size is None else size / (1 + size / scale)


def likely_count(demand: Demand, n: float) -> int:
    """About the acceptance number with which a sample meets the producer's point, from the normal law."""
    good = demand.prq.quality / (demand.lot_size or 1)
    spread = n * good if demand.model == "poisson" else n * good * (1 - good)
    if demand.lot_size is not None:
        spread *= 1 - n / (demand.lot_size + 1)
    score = -float(ndtri(demand.prq.risk))
    return bounded(n * good + score * math.sqrt(spread) + (score * score - 1) / 6 - 0.5, LARGEST_COUNT)


def bounded(value: float, most: int) -> int:
    """A guess as a whole number of 0 to `most`."""
    return math.ceil(min(max(value, 0.0), most))
