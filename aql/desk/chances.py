"""The chance that a decision line will still accept, from what it has shown and what is left of its sample."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from aql.distributions import beta_binomial, binomial, poisson
from aql.plans.plan import Plan
from aql.plans.stage import Steps, steps_of
from aql.types import Counting

__all__ = ["Rest", "still_accepts", "still_accepts_by_evidence"]

# Jeffreys' prior: a beta distribution for a fraction nonconforming, a gamma distribution for nonconformities per item.
_PRIOR = 0.5

Terms = Callable[[int, int, int, int], list[float]]
"""Probabilities of 0, 1, ... in the items of a stage. Arguments: those items, the largest number needed, what the rest has
shown before, and the items of the rest before."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The part of a plan that is still to be inspected.

    Attributes
    ----------
    steps : tuple of (int, int, int, int)
        For every stage: items left in it, items left up to its end, and how many more accept (negative: none) or reject.
    """

    steps: Steps

    @classmethod
    def of(cls, plan: Plan, left: Sequence[int], found: Sequence[int]) -> Rest:
        """Return what is left of a plan.

        Parameters
        ----------
        plan : SinglePlan or MultiplePlan
            The plan.
        left : sequence of int
            Items still to be inspected up to the end of each stage. [items]
        found : sequence of int
            Count so far among the items up to the end of each stage.

        Examples
        --------
        >>> from aql import SinglePlan
        >>> Rest.of(SinglePlan(80, 5), [30], [2]).steps
        ((30, 30, 3, 4),)
        """
        before = [0, *left]
        return cls(
            tuple(
                (left[place] - before[place], left[place], ac - found[place], re - found[place])
                for place, (_, _, ac, re) in enumerate(steps_of(plan))
            )
        )

    def for_a_common_drawing(self) -> Steps | None:
        """Return the steps that have items and can accept, which ends where it must reject; None if nothing can accept."""
        steps: list[tuple[int, int, int, int]] = []
        for n, total, ac, re in self.steps:
            if n == 0 and steps:
                # Every item of this stage has been inspected: it decides what the stage before leaves open.
                before = steps.pop()
                accept = max(before[2], min(before[3] - 1, ac))
                steps.append((before[0], before[1], accept, max(min(before[3], re), accept + 1)))
            elif re <= 0:
                break
            elif n:
                steps.append((n, total, max(ac, -1), re))
        while steps and steps[-1][2] < 0:
            steps.pop()
        if not steps:
            return None
        n, total, ac, _ = steps[-1]
        return (*steps[:-1], (n, total, ac, ac + 1))


def still_accepts(rest: Rest, quality: float, *, counting: Counting) -> float:
    """Return the probability that the rest of a sample accepts, at a quality.

    Parameters
    ----------
    rest : Rest
        What is still to be inspected.
    quality : float
        Fraction nonconforming [1] or, if nonconformities are counted, nonconformities per item.
    counting : "items" or "nonconformities"
        What is counted: the binomial or the Poisson distribution applies.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> rest = Rest.of(SinglePlan(80, 5), [30], [2])
    >>> round(still_accepts(rest, 0.025, counting="items"), 6), round(SinglePlan(30, 3).pa(0.025), 6)
    (0.993632, 0.993632)
    """

    def terms(n: int, most: int, _shown: int, _drawn: int) -> list[float]:
        k = np.arange(most + 1.0)
        return list(binomial.pmf(k, n, quality) if counting == "items" else poisson.pmf(k, n * quality))

    return _accepted(rest.steps, terms)


def still_accepts_by_evidence(rest: Rest, found: int, inspected: int, *, counting: Counting) -> float | None:
    """Return the probability that the rest of a sample accepts, given only what was found so far.

    No quality is assumed: it has the posterior distribution from Jeffreys' prior and the items inspected, a beta
    distribution, or a gamma distribution if nonconformities are counted. None if no item was inspected.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> rest = Rest.of(SinglePlan(80, 5), [30], [2])
    >>> round(still_accepts_by_evidence(rest, 2, 50, counting="items"), 6)
    0.903144
    """
    if inspected == 0:
        return None

    def terms(n: int, most: int, shown: int, drawn: int) -> list[float]:
        seen, items = found + shown, inspected + drawn
        k = np.arange(most + 1.0)
        if counting == "items":
            return list(beta_binomial.pmf(k, n, _PRIOR + seen, _PRIOR + items - seen))
        return [_negative_binomial(int(one), _PRIOR + seen, n / (items + n)) for one in k]

    return _accepted(rest.steps, terms)


def _accepted(steps: Steps, terms: Terms) -> float:
    """Carry the counts through the stages, and sum the probability of those that accept."""
    counts, drawn, accepted = {0: 1.0}, 0, 0.0
    for n, total, ac, re in steps:
        after: defaultdict[int, float] = defaultdict(float)
        for shown, weight in counts.items():
            most = re - 1 - shown if n else min(re - 1 - shown, 0)
            for more, chance in enumerate(terms(n, most, shown, drawn) if most >= 0 else []):
                after[shown + more] += weight * chance
        accepted += math.fsum(weight for shown, weight in after.items() if shown <= ac)
        counts, drawn = {shown: weight for shown, weight in after.items() if shown > ac}, total
    return min(accepted, 1.0)


def _negative_binomial(k: int, shape: float, share: float) -> float:
    """Probability of a Poisson count whose mean has a gamma distribution."""
    if share == 0:
        return float(k == 0)
    ways = math.lgamma(shape + k) - math.lgamma(shape) - math.lgamma(k + 1)
    return math.exp(ways + shape * math.log1p(-share) + k * math.log(share))
