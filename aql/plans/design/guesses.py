"""Starting guesses for the search for a plan; their accuracy affects only the time of the search, not its result."""

from __future__ import annotations

import math

from scipy.special import gammainccinv, ndtri

from aql.plans.design.demands import Demand

__all__ = ["LARGEST_COUNT", "bounded", "likely_count", "likely_sample", "likely_size"]

# Larger than any count in the search.
LARGEST_COUNT = 2**53


def likely_sample(demand: Demand, c: int) -> int:
    """Guess of the smallest sample for the consumer's point.

    The number of items up to the (c + 1)-th nonconforming one is approximated by a gamma distribution with its variance.
    """
    mean = float(gammainccinv(c + 1.0, demand.crq.risk))
    share = demand.crq.quality / (demand.lot_size or 1)
    if demand.model == "poisson":
        return bounded(mean / share, demand.most)
    n = (c + 1 + math.sqrt(1 - share) * (mean - c - 1)) / share - 0.5
    if demand.lot_size is not None:
        # For a finite lot, use Wise's approximation: a binomial fraction that depends on the sample.
        for _ in range(2):
            left = max(demand.lot_size - (n - 1) / 2, 1.0)
            there = min(max((demand.crq.quality - c / 2) / left, share), 1.0)
            n = (c + 1 + math.sqrt(1 - there) * (mean - c - 1)) / there - 0.5
    return bounded(n, demand.most)


def likely_size(demand: Demand) -> float:
    """Guess of the sample size of the smallest plan, from a normal approximation."""
    scale = demand.lot_size or 1
    good, poor = demand.prq.quality / scale, demand.crq.quality / scale
    both = (good, poor) if demand.model == "poisson" else (good * (1 - good), poor * (1 - poor))
    left, right = -float(ndtri(demand.prq.risk)), -float(ndtri(demand.crq.risk))
    size = (max(left * math.sqrt(both[0]) + right * math.sqrt(both[1]), 0.0) / (poor - good)) ** 2
    return size if demand.lot_size is None else size / (1 + size / scale)


def likely_count(demand: Demand, n: float) -> int:
    """Guess of the acceptance number that meets the producer's point, from a normal approximation."""
    good = demand.prq.quality / (demand.lot_size or 1)
    spread = n * good if demand.model == "poisson" else n * good * (1 - good)
    if demand.lot_size is not None:
        spread *= 1 - n / (demand.lot_size + 1)
    score = -float(ndtri(demand.prq.risk))
    return bounded(n * good + score * math.sqrt(spread) + (score * score - 1) / 6 - 0.5, LARGEST_COUNT)


def bounded(value: float, most: int) -> int:
    """Return a guess as a whole number from 0 to `most`."""
    return math.ceil(min(max(value, 0.0), most))
