"""Probability that every class of an inspection accepts when all classes share one drawing and an item counts once.

The samples are nested, so the counts of all classes are carried from one sample size, or end of a stage, to the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from aql.distributions import binomial, hypergeometric
from aql.errors import DomainError
from aql.plans.plan import Plan
from aql.plans.stage import Steps, steps_of

__all__ = ["all_accept", "all_steps_accept"]

# Replaces the count of a class that has accepted: its later counts no longer matter.
_DONE = -1

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """The items of the drawing between two consecutive sample sizes, and the sample size of every class."""

    begin: int
    end: int
    totals: tuple[int, ...]

    def holds(self, place: int) -> bool:
        """Whether the sample of a class contains these items."""
        return self.totals[place] >= self.end


Draw = Callable[[_Part, int, Counts, int, int], list[float]]
"""Probabilities that 0, 1, ... items count in a class. Arguments: the part of the drawing, the class, the counts so far,
the items of the part that no more serious class has taken, and the largest number needed."""


def all_accept(
    plans: Sequence[Plan], values: Sequence[float], *, lot_size: int | None, exclusive: bool
) -> float:
    """Probability that every class accepts in a common drawing, where an item counts once, in its most serious class.

    Parameters
    ----------
    plans : sequence of Plan
        The plans of the classes, most serious first.
    values : sequence of float
        Their qualities: fraction nonconforming of a process, or number nonconforming in a finite lot.
    lot_size : int or None
        Number of items in a finite lot; None for a process.
    exclusive : bool
        Whether an item can be nonconforming in at most one class.

    Raises
    ------
    DomainError
        If classes can overlap in a finite lot and any class except the least serious has a plan of several stages.
    """
    steps_of_all = [steps_of(plan) for plan in plans]
    overlapping = lot_size is not None and not exclusive
    if overlapping and any(len(steps) > 1 for steps in steps_of_all[:-1]):
        raise DomainError(
            "in a finite lot whose classes overlap, every class except the least serious must have a single plan",
            todo='Use exclusive=True or model="binomial"',
        )
    draw = (
        _process(values, exclusive=exclusive)
        if lot_size is None
        else _finite(values, lot_size, exclusive=exclusive)
    )
    return _carried(steps_of_all, draw, overlapping=overlapping)


def all_steps_accept(steps_of_all: Sequence[Steps], values: Sequence[float]) -> float:
    """Probability that every class accepts items of a process, each of which is nonconforming in at most one class.

    Parameters
    ----------
    steps_of_all : sequence of steps
        The stages of each class, most serious first; a stage may have no items.
    values : sequence of float
        Fractions nonconforming.
    """
    return _carried(list(steps_of_all), _process(values, exclusive=True), overlapping=False)


def _carried(plans: list[Steps], draw: Draw, *, overlapping: bool) -> float:
    """Carry the counts through the drawing; the probability left at the end is that of acceptance."""
    totals = tuple(steps[-1][1] for steps in plans)
    states: dict[Counts, float] = {(0,) * len(plans): 1.0}
    begin = 0
    for end in sorted({step[1] for steps in plans for step in steps}):
        states = _drawn(states, plans, _Part(begin, end, totals), draw)
        for place, steps in enumerate(plans):
            # Where classes overlap in a lot, later parts need to know how many items each class has taken, so its
            # count is kept after it accepts.
            if not overlapping or place == len(plans) - 1:
                states = _decided(states, place, steps, end)
        begin = end
    return sum(states.values())


def _drawn(states: dict[Counts, float], plans: list[Steps], part: _Part, draw: Draw) -> dict[Counts, float]:
    """Add a part of the drawing to the counts, and drop counts that reject."""
    open_: dict[tuple[Counts, int], float] = {
        (counts, part.end - part.begin): weight for counts, weight in states.items()
    }
    for place, steps in enumerate(plans):
        if not part.holds(place):
            continue
        re = next(step[3] for step in steps if step[1] >= part.end)
        further: defaultdict[tuple[Counts, int], float] = defaultdict(float)
        for (counts, left), weight in open_.items():
            before = counts[place]
            if before == _DONE:
                further[counts, left] += weight
                continue
            for found, chance in enumerate(draw(part, place, counts, left, re - 1)[: max(re - before, 0)]):
                if chance > 0:
                    after = (*counts[:place], before + found, *counts[place + 1 :])
                    further[after, left - found] += weight * chance
        open_ = further
    reached: defaultdict[Counts, float] = defaultdict(float)
    for (counts, _), weight in open_.items():
        reached[counts] += weight
    return reached


def _decided(states: dict[Counts, float], place: int, steps: Steps, end: int) -> dict[Counts, float]:
    """Mark a class as done where it accepts at the end of a stage."""
    ac = next((step[2] for step in steps if step[1] == end), None)
    if ac is None:
        return states
    after: defaultdict[Counts, float] = defaultdict(float)
    for counts, weight in states.items():
        done = counts[place] <= ac
        after[(*counts[:place], _DONE, *counts[place + 1 :]) if done else counts] += weight
    return after


def _process(values: Sequence[float], *, exclusive: bool) -> Draw:
    """Draw items from a process: they are independent of one another."""

    @cache
    def terms(left: int, share: float, most: int) -> list[float]:
        if left == 0 or share == 0:
            return [1.0]
        if share == 1:
            return [0.0] * left + [1.0]
        return list(binomial.counts(min(left, most), left, share).tolist())

    def draw(part: _Part, place: int, counts: Counts, left: int, most: int) -> list[float]:
        # Condition on the item not being taken by a class that still counts: either it is in no more serious class
        # (free), or it is in one that has accepted (done).
        free, done = 1.0, 0.0
        for other in range(place):
            if part.holds(other):
                taken = values[other] * (1.0 if exclusive else free)
                free = free - taken if exclusive else free * (1.0 - values[other])
                done += taken if counts[other] == _DONE else 0.0
        own, rest = values[place] * (1.0 if exclusive else free), free + done
        return terms(left, own / rest if own < rest else 1.0, most)

    return draw


def _finite(values: Sequence[float], size: int, *, exclusive: bool) -> Draw:
    """Draw items from a finite lot without replacement."""
    bad = [int(value) for value in values]

    @cache
    def terms(left: int, pool: int, own: int, most: int) -> list[float]:
        return list(hypergeometric.counts(min(left, most), left, own, pool).tolist())

    def draw(part: _Part, place: int, counts: Counts, left: int, most: int) -> list[float]:
        if left == 0:
            return [1.0]
        taken = part.end - part.begin - left
        if exclusive:
            # The rest of the lot, without the remaining items of the more serious classes that still count: the items
            # left are in none of these.
            looked = [other for other in range(place) if part.holds(other) and counts[other] != _DONE]
            pool = size - part.begin - taken - sum(bad[other] - counts[other] for other in looked)
        else:
            # The items whose state in this class is unknown: those not drawn yet, and those drawn but taken by a more
            # serious class.
            pool = size - part.begin - taken + sum(counts[:place])
        return terms(left, pool, bad[place] - counts[place], most)

    return draw
