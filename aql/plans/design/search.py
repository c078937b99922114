r"""The search for the smallest single plan that meets two points.

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

from collections.abc import Callable

from scipy.special import gammainc, gammainccinv

from aql.plans.design.demands import Demand, Point
from aql.plans.design.guesses import LARGEST_COUNT, bounded, likely_count, likely_sample, likely_size
from aql.plans.design.risks import CLEAR, TRUSTED_COUNT, consumer_met, producer_met, quick_risks
from aql.plans.plan import SinglePlan

__all__ = ["first", "smallest", "smallest_sample"]

# An inverse of scipy is good to this much.
_ROUGH = 1e-3


def smallest(demand: Demand) -> SinglePlan | None:
    """The smallest plan that meets both points; None where its sample would be beyond what is searched.

    Examples
    --------
    >>> from aql.plans.design.demands import demand_of
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
    c = first(near, likely_count(demand, likely_size(demand)), -1, most)
    while True:
        n = smallest_sample(demand, c)
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
    """The other risk of two plans in turn, so often each that the one risk is the allowed one; 0 if too close."""
    if under - over <= CLEAR * limit:
        return 0.0
    return other_under + (other_over - other_under) * (under - limit) / (under - over)


def smallest_sample(demand: Demand, c: int) -> int:
    """Smallest n with which an acceptance number meets the consumer's point, or the largest that is searched."""
    low = 0 if demand.model == "poisson" else min(c, demand.most - 1)
    return first(lambda n: consumer_met(demand, n, c), likely_sample(demand, c), low, demand.most)


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
