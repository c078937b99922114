"""The plan that comes nearest to two points with a limited sample size.

A plan is measured by the larger of its two risks, each divided by the allowed risk. If n or c is fixed, one risk
increases and the other decreases with the other number, so the best plan is one of the two next to the crossing. By the
lemma in `aql.plans.design.search`, the risks at the crossing decrease as the fixed number grows. The search therefore
starts at the largest fixed number, and ends once this bound is no better than a plan already found.
"""

from __future__ import annotations

import math

from aql.plans.design.demands import Demand
from aql.plans.design.guesses import LARGEST_COUNT, likely_count, likely_sample
from aql.plans.design.risks import ratios, tilted
from aql.plans.design.search import first
from aql.plans.plan import SinglePlan

__all__ = ["nearest_plan"]

# Measures this close to each other are equal.
_SAME = 1e-12

_Found = tuple[float, int, int]


def nearest_plan(demand: Demand, max_n: int) -> SinglePlan:
    """Return the plan nearest to two points: of at most `max_n` items, with the smallest ratio of risk to allowed risk.

    If several are equally good, it is the one with the smallest sample, then with the smallest acceptance number. Plans
    that cannot reject are excluded.

    Examples
    --------
    >>> from aql.plans.design.demands import demand_of
    >>> nearest_plan(demand_of((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item"), 100)
    SinglePlan(n=95, ac=2)
    """
    several = demand.model == "poisson" and demand.crq.quality > 1
    _, n, c = _by_sample(demand, max_n) if several else _by_count(demand, max_n)
    return SinglePlan(n=n, ac=c)


def _by_count(demand: Demand, max_n: int) -> _Found:
    counted = demand.model == "poisson"
    # From this count on, the consumer's risk is the larger one in every sample, and smallest in the largest sample.
    c = _crossing(demand, max_n)
    best = (max(ratios(demand, max_n, c)), max_n, c) if counted or c < max_n else (math.inf, max_n, c)
    n = max_n
    while c > 0:
        c -= 1
        n = first(lambda size, c=c: tilted(demand, size, c), min(likely_sample(demand, c), n), 0, n)  # type: ignore[misc]
        under, over = ratios(demand, n - 1, c), ratios(demand, n, c)
        if max(under[0], over[1]) > best[0] * (1 + _SAME):
            break
        best = _better(best, (max(over), n, c))
        if n - 1 > (0 if counted else c):
            best = _better(best, (max(under), n - 1, c))
    return best


def _by_sample(demand: Demand, max_n: int) -> _Found:
    best = (math.inf, max_n, 0)
    for n in range(max_n, 0, -1):
        c = _crossing(demand, n)
        over = ratios(demand, n, c)
        best = _better(best, (max(over), n, c))
        if c > 0:
            under = ratios(demand, n, c - 1)
            best = _better(best, (max(under), n, c - 1))
            if max(over[0], under[1]) > best[0] * (1 + _SAME):
                break
    return best


def _better(left: _Found, right: _Found) -> _Found:
    """The plan with the smaller measure; if they are equal, the smaller plan."""
    if abs(left[0] - right[0]) <= _SAME * min(left[0], right[0]):
        return (min(left[0], right[0]), *min(left[1:], right[1:]))
    return min(left, right)


def _crossing(demand: Demand, n: int) -> int:
    """Smallest acceptance number for which the consumer's risk, relative to the allowed one, is the larger."""
    high = LARGEST_COUNT if demand.model == "poisson" else n
    return first(lambda c: not tilted(demand, n, c), likely_count(demand, n), -1, high)
