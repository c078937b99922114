r"""The search for a single plan: the smallest that meets two points, and the nearest within a cap on n.

For an acceptance number c the consumer's point asks for a sample of at least n(c), and for a sample n the producer's
point asks for an acceptance number of at least c(n); neither ever falls. The smallest plan is where the two meet
first, and going from one to the other, n(c), c(n(c)) and so on, from any c that is not beyond it, arrives there.

Where to start follows from the lemma of Neyman and Pearson [1]_. Inspecting one item after the other until the
(c + 1)-th nonconforming one tells more, the larger c is. So if with n(c) - 1 items, one too few for the consumer,
the producer's risk is already too large, no smaller c is any better, and such a c is found by bisection.

.. [1] E. L. Lehmann and J. P. Romano, Testing Statistical Hypotheses, 4th ed., Springer, 2022, chapter 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from scipy.special import bdtr, bdtrc, gammainc, gammaincc, gammainccinv, ndtri

from aql.plans.design_demands import Demand
from aql.plans.tails import binomial_tails, hypergeometric_tails, poisson_tails
from aql.plans.values import SinglePlan

__all__ = ["consumer_met", "first", "nearest", "producer_met", "risks", "smallest", "smallest_sample"]

# Up to this sample (binomial) and count (Poisson) the functions of scipy are off by 5e-9 at most, measured against
# the exact tails from 1 down to 1e-290; beyond, by as much as 2 percent. Where they are not to be trusted, and closer
# to a decision than `_CLEAR`, the exact tails are asked.
_TRUSTED_SAMPLE, _TRUSTED_COUNT = 10**6, 10**5
_CLEAR = 1e-6


def smallest(demand: Demand) -> SinglePlan | None:
    """The smallest plan that meets both points; None where its sample would be beyond what is searched.

    Examples
    --------
    >>> from aql.plans.design_demands import demand_of
    >>> smallest(demand_of((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item"))
    SinglePlan(n=132, ac=3)
    """
    most = demand.most

    def near(c: int) -> bool:
        n = smallest_sample(demand, c)
        return n >= most or producer_met(demand, n - 1, c)

    last = _largest_count(demand)
    c = first(near, _likely_count(demand), -1, last)
    while True:
        n = smallest_sample(demand, c)
        if n >= most and not consumer_met(demand, n, c):
            return None
        if producer_met(demand, n, c):
            return SinglePlan(n=n, ac=c)
        c += 1
        if demand.model == "poisson":  # in the others every count more asks for a larger sample
            c = first(lambda count, n=n: producer_met(demand, n, count), c, c - 1, last)  # type: ignore[misc]


def nearest(demand: Demand, max_n: int) -> SinglePlan:
    """The plan of at most `max_n` items whose larger ratio of risk to allowed risk is the smallest.

    Of equally good plans the one with the smallest sample, then with the smallest acceptance number.

    Examples
    --------
    >>> from aql.plans.design_demands import demand_of
    >>> nearest(demand_of((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item"), 100)
    SinglePlan(n=100, ac=2)
    """

    def tilted(n: int, c: int) -> bool:
        """Whether the producer's point is missed by more, or met by less, than the consumer's."""
        left, right = _lost(demand, n, c) / demand.prq.risk, _taken(demand, n, c) / demand.crq.risk
        if not abs(left - right) > _CLEAR * (left + right):
            left, right = _ratios(demand, n, c)
        return left >= right

    # From this count on the consumer's side is the worse one in every sample, and best in the largest.
    c = first(lambda count: not tilted(max_n, count), _likely_count(demand), -1, _largest_count(demand))
    best = (max(_ratios(demand, max_n, c)), max_n, c)
    n = max_n
    while c > 0:
        # Below it both are balanced between two samples; what they share bounds every smaller count.
        c -= 1
        n = first(lambda size, c=c: tilted(size, c), min(n, smallest_sample(demand, c)), 0, n)  # type: ignore[misc]
        under, over = _ratios(demand, n - 1, c), _ratios(demand, n, c)
        if max(under[0], over[1]) > best[0]:
            break
        best = min(best, (max(over), n, c))
        if n > 1:
            best = min(best, (max(under), n - 1, c))
    return SinglePlan(n=best[1], ac=best[2])


def producer_met(demand: Demand, n: int, c: int) -> bool:
    """Whether the plan rejects lots of the producer's quality rarely enough."""
    guess, limit = _lost(demand, n, c), demand.prq.limit
    if guess < (1 - _CLEAR) * limit or guess > (1 + _CLEAR) * limit:
        return guess < limit
    return risks(demand, n, c)[0] <= limit


def consumer_met(demand: Demand, n: int, c: int) -> bool:
    """Whether the plan accepts lots of the consumer's quality rarely enough."""
    guess, limit = _taken(demand, n, c), demand.crq.limit
    if guess < (1 - _CLEAR) * limit or guess > (1 + _CLEAR) * limit:
        return guess < limit
    return risks(demand, n, c)[1] <= limit


def smallest_sample(demand: Demand, c: int) -> int:
    """Smallest n with which an acceptance number meets the consumer's point, or the largest that is searched."""
    low = 0 if demand.model == "poisson" else min(c, demand.most - 1)
    return first(lambda n: consumer_met(demand, n, c), _likely_sample(demand, c), low, demand.most)


def risks(demand: Demand, n: int, c: int) -> tuple[float, float]:
    """Producer's and consumer's risk of a plan, exact."""
    good, poor = demand.prq.quality, demand.crq.quality
    if demand.lot_size is not None:
        rejected = hypergeometric_tails(n, c, int(good), demand.lot_size)[1]
        return rejected, hypergeometric_tails(n, c, int(poor), demand.lot_size)[0]
    if demand.model == "binomial":
        return binomial_tails(n, c, good)[1], binomial_tails(n, c, poor)[0]
    return poisson_tails(n * good, c)[1], poisson_tails(n * poor, c)[0]


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


def _lost(demand: Demand, n: int, c: int) -> float:
    """Producer's risk as scipy has it; NaN where it is not trusted."""
    if demand.model == "binomial" and n <= _TRUSTED_SAMPLE:
        return float(bdtrc(c, n, demand.prq.quality)) if c < n else 0.0
    if demand.model == "poisson" and c <= _TRUSTED_COUNT:
        return float(gammainc(c + 1.0, n * demand.prq.quality))
    return math.nan


def _taken(demand: Demand, n: int, c: int) -> float:
    """Consumer's risk as scipy has it; NaN where it is not trusted."""
    if demand.model == "binomial" and n <= _TRUSTED_SAMPLE:
        return float(bdtr(c, n, demand.crq.quality)) if c < n else 1.0
    if demand.model == "poisson" and c <= _TRUSTED_COUNT:
        return float(gammaincc(c + 1.0, n * demand.crq.quality))
    return math.nan


def _ratios(demand: Demand, n: int, c: int) -> tuple[float, float]:
    lost, taken = risks(demand, n, c)
    return lost / demand.prq.risk, taken / demand.crq.risk


def _largest_count(demand: Demand) -> int:
    """An acceptance number that is large enough: with it a finite lot's producer is never refused."""
    return demand.most if demand.lot_size is None else int(demand.prq.quality)


def _likely_sample(demand: Demand, c: int) -> int:
    """About `smallest_sample`: of the wait for the (c + 1)-th nonconforming item, a gamma law of its variance."""
    mean = float(gammainccinv(c + 1.0, demand.crq.risk))
    poor = demand.crq.quality
    if demand.model == "poisson":
        return _bounded(mean / poor, demand.most)
    size = demand.lot_size
    if size is None:
        return _bounded((c + 1 + math.sqrt(1 - poor) * (mean - c - 1)) / poor - 0.5, demand.most)
    # Without putting back: Wise's fraction, at half of the sample.
    share = poor / size
    for _ in range(2):
        n = (c + 1 + math.sqrt(1 - share) * (mean - c - 1)) / share - 0.5
        share = min(max((poor - c / 2) / max(size - (n - 1) / 2, 1.0), poor / size), 1.0)
    return _bounded((c + 1 + math.sqrt(1 - share) * (mean - c - 1)) / share - 0.5, size)


def _likely_count(demand: Demand) -> int:
    """About the acceptance number of the smallest plan, from the normal law."""
    scale = 1 if demand.lot_size is None else demand.lot_size
    good, poor = demand.prq.quality / scale, demand.crq.quality / scale
    rest = (1.0, 1.0) if demand.model == "poisson" else (1 - good, 1 - poor)
    spread, wide = math.sqrt(good * rest[0]), math.sqrt(poor * rest[1])
    left, right = -float(ndtri(demand.prq.risk)), -float(ndtri(demand.crq.risk))
    root = max((left * spread + right * wide) / (poor - good), 0.0)
    if demand.lot_size is not None:
        root = math.sqrt(root * root / (1 + root * root / scale))
    return _bounded(root * (root * good + left * spread) - 0.5, demand.most)


def _bounded(value: float, most: int) -> int:
    return math.ceil(min(max(value, 0.0), most))
