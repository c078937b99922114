r"""The search for the smallest single plan that meets two points.

With an acceptance number c, the consumer's point requires a sample of at least n(c); with a sample n, the producer's
point requires an acceptance number of at least c(n). Neither function decreases. The smallest plan is where they first
meet: going up from any c that is not too large, it is the first c whose n(c) also meets the producer's point.

The start of the search follows from the Neyman-Pearson lemma [1]_. Inspecting item by item until the (c + 1)-th
nonconforming one gives more information, the larger c is. Consider a random choice between n(c) - 1 and n(c) items for
which the consumer's risk is exactly the allowed one. If its producer's risk is too large, no smaller c is any better;
the largest such c is found by bisection. Likewise, a larger n gives more information; if an item can have several
nonconformities, there are fewer values of n than of c to try.

.. [1] E. L. Lehmann and J. P. Romano, Testing Statistical Hypotheses, 4th ed., Springer, 2022, chapter 3.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from scipy.special import gammainc, gammainccinv

from aql.plans.design.demands import Demand, Point
from aql.plans.design.guesses import LARGEST_COUNT, bounded, likely_count, likely_sample, likely_size
from aql.plans.design.risks import CLEAR, TRUSTED_COUNT, consumer_met, producer_met, quick_risks
from aql.plans.plan import SinglePlan

__all__ = ["first", "smallest", "smallest_sample"]

# Relative accuracy of inverse functions of scipy.
_ROUGH = 1e-3


def smallest(demand: Demand) -> SinglePlan | None:
    """Search for the smallest plan that meets both points; None if its sample exceeds the limit of the search.

    Examples
    --------
    >>> from aql.plans.design.demands import demand_of
    >>> smallest(demand_of((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item"))
    SinglePlan(n=132, ac=3)
    """
    if demand.model == "binomial" and demand.prq.quality >= 0.5:
        # There are fewer conforming items to count than nonconforming ones; counting them swaps the two points.
        mirrored = smallest(Demand(demand.model, _mirrored(demand.crq), _mirrored(demand.prq), None))
        return mirrored and SinglePlan(n=mirrored.n, ac=mirrored.n - 1 - mirrored.ac)
    several = demand.model == "poisson" and demand.crq.quality > 1
    return _smallest_by_sample(demand) if several else _smallest_by_count(demand)


def _mirrored(point: Point) -> Point:
    return Point(1 - point.quality, point.risk, point.text)


def _smallest_by_count(demand: Demand) -> SinglePlan | None:
    # The error of the last guess, which is a good estimate of the error of the next.
    off = 0

    @cache
    def sample(c: int) -> int:
        nonlocal off
        n = smallest_sample(demand, c, off)
        off = n - likely_sample(demand, c)
        return n

    def near(c: int) -> bool:
        n = sample(c)
        if n >= demand.most or producer_met(demand, n, c):
            return True
        if not producer_met(demand, n - 1, c):
            return False
        if demand.model == "poisson":
            # With nonconformities, n can be treated as a real number, which gives the plan between the two samples.
            mean = float(gammainccinv(c + 1.0, demand.crq.risk)) * demand.prq.quality / demand.crq.quality
            return c >= TRUSTED_COUNT or float(gammainc(c + 1.0, mean)) < (1 + _ROUGH) * demand.prq.risk
        under, over = quick_risks(demand, n - 1, c), quick_risks(demand, n, c)
        return _mixed(under[1], over[1], demand.crq.limit, under[0], over[0]) < (1 + CLEAR) * demand.prq.limit

    most = demand.most if demand.lot_size is None else int(demand.prq.quality)
    c = first(near, likely_count(demand, likely_size(demand)), -1, most)
    while True:
        n = sample(c)
        if demand.lot_size is None and n >= demand.most:
            return None
        if producer_met(demand, n, c):
            return SinglePlan(n=n, ac=c)
        c += 1


def _smallest_by_sample(demand: Demand) -> SinglePlan | None:
    def count(n: int) -> int:
        return first(lambda c: producer_met(demand, n, c), likely_count(demand, n), -1, LARGEST_COUNT)

    def near(n: int) -> bool:
        c = count(n)
        if consumer_met(demand, n, c):
            return True
        if not consumer_met(demand, n, c - 1):
            return False
        under, over = quick_risks(demand, n, c - 1), quick_risks(demand, n, c)
        return _mixed(under[0], over[0], demand.prq.limit, under[1], over[1]) < (1 + CLEAR) * demand.crq.limit

    n = first(near, bounded(likely_size(demand), demand.most), 0, demand.most)
    while True:
        c = count(n)
        if n >= demand.most:
            return None
        if consumer_met(demand, n, c):
            return SinglePlan(n=n, ac=c)
        n += 1


def _mixed(under: float, over: float, limit: float, other_under: float, other_over: float) -> float:
    """The other risk of a random choice between two plans for which the one risk is at its limit; 0 if too close."""
    if under - over <= CLEAR * limit:
        return 0.0
    return other_under + (other_over - other_under) * (under - limit) / (under - over)


def smallest_sample(demand: Demand, c: int, off: int = 0) -> int:
    """Search for the smallest n with which an acceptance number meets the consumer's point, or return the limit.

    `off` corrects the usual first guess.
    """
    low = 0 if demand.model == "poisson" else min(c, demand.most - 1)
    return first(lambda n: consumer_met(demand, n, c), likely_sample(demand, c) + off, low, demand.most)


def first(test: Callable[[int], bool], guess: int, low: int, high: int) -> int:
    """Search for the smallest whole number from `low` + 1 to `high` that passes a test that all larger ones pass, too.

    `low` is assumed to fail and `high` to pass. A closer guess needs fewer tests.

    Examples
    --------
    >>> first(lambda x: x * x > 200, 13, 0, 100)
    15
    """
    guess = min(max(guess, low + 1), high)
    step = 1
    if guess == high or test(guess):
        high = guess
        while high - step > low:
            if not test(high - step):
                low = high - step
                break
            high -= step
            step *= 2
    else:
        low = guess
        while low + step < high:
            if test(low + step):
                high = low + step
                break
            low += step
            step *= 2
    while high - low > 1:
        middle = (low + high) // 2
        if test(middle):
            high = middle
        else:
            low = middle
    return high
