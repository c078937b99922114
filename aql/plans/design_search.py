r"""The search for a single plan: the smallest that meets two points, and the nearest within a cap on n.

For an acceptance number c the consumer's point asks for a sample of at least n(c), and for a sample n the producer's
point asks for an acceptance number of at least c(n); neither ever falls. The smallest plan is where the two meet
first: going up from any c that is not beyond it, the first c whose n(c) meets the producer's point too.

Where to start follows from the lemma of Neyman and Pearson [1]_. Inspecting one item after the other until the
(c + 1)-th nonconforming one tells more, the larger c is. So if n(c) - 1 and n(c) items, taken in turn so often each
that the consumer's risk is the allowed one, leave the producer's too large, no smaller c is any better; and such a c
is found by bisection. Likewise n items tell more, the larger n is, and where an item has several nonconformities
there are fewer n than c to go through.

.. [1] E. L. Lehmann and J. P. Romano, Testing Statistical Hypotheses, 4th ed., Springer, 2022, chapter 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from scipy.special import gammainc, gammainccinv, ndtri

from aql.plans.design_demands import Demand, Point
from aql.plans.design_risks import (
    CLEAR,
    TRUSTED_COUNT,
    consumer_met,
    producer_met,
    quick_risks,
    ratios,
    tilted,
)
from aql.plans.values import SinglePlan

__all__ = ["first", "nearest", "smallest", "smallest_sample"]

# More than any sample that is searched can hold.
_LARGEST_COUNT = 2**53
# An inverse of scipy is good to this much.
_ROUGH = 1e-3


def smallest(demand: Demand) -> SinglePlan | None:
    """The smallest plan that meets both points; None where its sample would be beyond what is searched.

    Examples
    --------
    >>> from aql.plans.design_demands import demand_of
    >>> smallest(demand_of((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item"))
    SinglePlan(n=132, ac=3)
    """
    if demand.model == "binomial" and demand.prq.quality >= 0.5:
        # Counting the conforming items instead, of which there are fewer, the two sides change places.
        mirrored = smallest(Demand(demand.model, _mirrored(demand.crq), _mirrored(demand.prq), None))
        return mirrored and SinglePlan(n=mirrored.n, ac=mirrored.n - 1 - mirrored.ac)
    several = demand.model == "poisson" and demand.crq.quality > 1
    return _smallest_by_sample(demand) if several else _smallest_by_count(demand)


def _mirrored(point: Point) -> Point:
    return Point(1 - point.quality, point.risk, point.text)


def _smallest_by_count(demand: Demand) -> SinglePlan | None:
    def near(c: int) -> bool:
        n = smallest_sample(demand, c)
        if n >= demand.most or producer_met(demand, n, c):
            return True
        if not producer_met(demand, n - 1, c):
            return False
        if demand.model == "poisson":
            # Part of an item can be inspected here, so the plan between the two samples is one of them.
            mean = float(gammainccinv(c + 1.0, demand.crq.risk)) * demand.prq.quality / demand.crq.quality
            return c >= TRUSTED_COUNT or float(gammainc(c + 1.0, mean)) < (1 + _ROUGH) * demand.prq.risk
        under, over = quick_risks(demand, n - 1, c), quick_risks(demand, n, c)
        return _mixed(under[1], over[1], demand.crq.limit, under[0], over[0]) < (1 + CLEAR) * demand.prq.limit

    most = demand.most if demand.lot_size is None else int(demand.prq.quality)
    c = first(near, _likely_count(demand, _likely_size(demand)), -1, most)
    while True:
        n = smallest_sample(demand, c)
        if demand.lot_size is None and n >= demand.most:
            return None
        if producer_met(demand, n, c):
            return SinglePlan(n=n, ac=c)
        c += 1


def _smallest_by_sample(demand: Demand) -> SinglePlan | None:
    def count(n: int) -> int:
        return first(lambda c: producer_met(demand, n, c), _likely_count(demand, n), -1, _LARGEST_COUNT)

    def near(n: int) -> bool:
        c = count(n)
        if consumer_met(demand, n, c):
            return True
        if not consumer_met(demand, n, c - 1):
            return False
        under, over = quick_risks(demand, n, c - 1), quick_risks(demand, n, c)
        return _mixed(under[0], over[0], demand.prq.limit, under[1], over[1]) < (1 + CLEAR) * demand.crq.limit

    n = first(near, _bounded(_likely_size(demand), demand.most), 0, demand.most)
    while True:
        c = count(n)
        if n >= demand.most:
            return None
        if consumer_met(demand, n, c):
            return SinglePlan(n=n, ac=c)
        n += 1


def _mixed(under: float, over: float, limit: float, other_under: float, other_over: float) -> float:
    """The other risk of two plans in turn, so often each that the one risk is the allowed one; 0 if too close."""
    if under - over <= CLEAR * limit:
        return 0.0
    return other_under + (other_over - other_under) * (under - limit) / (under - over)


def nearest(demand: Demand, max_n: int) -> SinglePlan:
    """The plan of at most `max_n` items whose larger ratio of risk to allowed risk is the smallest.

    Of equally good plans the one with the smallest sample, then with the smallest acceptance number; a plan that
    cannot reject is none.

    Examples
    --------
    >>> from aql.plans.design_demands import demand_of
    >>> nearest(demand_of((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item"), 100)
    SinglePlan(n=100, ac=2)
    """
    counted = demand.model == "poisson"
    # From this count on the consumer's side is the worse one in every sample, and best in the largest.
    c = first(
        lambda count: not tilted(demand, max_n, count),
        _likely_count(demand, max_n),
        -1,
        _LARGEST_COUNT if counted else max_n,
    )
    best = (max(ratios(demand, max_n, c)), max_n, c) if counted or c < max_n else (math.inf, 0, 0)
    n = max_n
    while c > 0:
        # Below it both sides are equal between two samples; what they share there bounds every smaller count.
        c -= 1
        n = _balance(demand, c, n)
        under, over = ratios(demand, n - 1, c), ratios(demand, n, c)
        if max(under[0], over[1]) >= best[0]:
            break
        best = min(best, (max(over), n, c))
        if n - 1 > (0 if counted else c):
            best = min(best, (max(under), n - 1, c))
    return SinglePlan(n=best[1], ac=best[2])


def _balance(demand: Demand, c: int, most: int) -> int:
    """Smallest sample in which the producer's side is the worse one."""
    return first(lambda n: tilted(demand, n, c), min(_likely_sample(demand, c), most), 0, most)


def smallest_sample(demand: Demand, c: int) -> int:
    """Smallest n with which an acceptance number meets the consumer's point, or the largest that is searched."""
    low = 0 if demand.model == "poisson" else min(c, demand.most - 1)
    return first(lambda n: consumer_met(demand, n, c), _likely_sample(demand, c), low, demand.most)


def first(test: Callable[[int], bool], guess: int, low: int, high: int) -> int:
    """Smallest whole number above `low` and up to `high` that passes a test which larger ones pass too.

    `low` is taken to fail and `high` to pass. The closer the guess, the fewer the tests.

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


def _likely_sample(demand: Demand, c: int) -> int:
    """About `smallest_sample`: for the wait until the (c + 1)-th nonconforming item, a gamma law of its variance."""
    mean = float(gammainccinv(c + 1.0, demand.crq.risk))
    share = demand.crq.quality / (demand.lot_size or 1)
    if demand.model == "poisson":
        return _bounded(mean / share, demand.most)
    n = (c + 1 + math.sqrt(1 - share) * (mean - c - 1)) / share - 0.5
    if demand.lot_size is not None:
        # Without putting back: the same at Wise's fraction, which depends on the sample.
        for _ in range(2):
            left = max(demand.lot_size - (n - 1) / 2, 1.0)
            there = min(max((demand.crq.quality - c / 2) / left, share), 1.0)
            n = (c + 1 + math.sqrt(1 - there) * (mean - c - 1)) / there - 0.5
    return _bounded(n, demand.most)


def _likely_size(demand: Demand) -> float:
    """About the sample of the smallest plan, from the normal law."""
    scale = demand.lot_size or 1
    good, poor = demand.prq.quality / scale, demand.crq.quality / scale
    both = (good, poor) if demand.model == "poisson" else (good * (1 - good), poor * (1 - poor))
    left, right = -float(ndtri(demand.prq.risk)), -float(ndtri(demand.crq.risk))
    size = (max(left * math.sqrt(both[0]) + right * math.sqrt(both[1]), 0.0) / (poor - good)) ** 2
    return size if demand.lot_size is None else size / (1 + size / scale)


def _likely_count(demand: Demand, n: float) -> int:
    """About the acceptance number with which a sample meets the producer's point, from the normal law."""
    good = demand.prq.quality / (demand.lot_size or 1)
    spread = n * good if demand.model == "poisson" else n * good * (1 - good)
    if demand.lot_size is not None:
        spread *= 1 - n / (demand.lot_size + 1)
    score = -float(ndtri(demand.prq.risk))
    return _bounded(n * good + score * math.sqrt(spread) + (score * score - 1) / 6 - 0.5, _LARGEST_COUNT)


def _bounded(value: float, most: int) -> int:
    return math.ceil(min(max(value, 0.0), most))
