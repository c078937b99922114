"""The common drawing of an inspection: how likely every class accepts, where an item counts once.

The counts of all classes are carried from one sample size, or end of a stage, to the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from aql.distributions import binomial, hypergeometric
from aql.errors import DomainError
from aql.plans.plan import Plan
from aql.plans.stage import Steps, steps_of

__all__ = ["all_accept"]

# In place of the count of a class that has accepted: its further count does not matter.
_DONE = -1

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the common drawing between two sample sizes: its items, and the sample of every class."""

    begin: int
    end: int
    totals: tuple[int, ...]

    def holds(self, place: int) -> bool:
        """Whether the items are in the sample of a class."""
        return self.totals[place] >= self.end


Draw = Callable[[_Part, int, Counts, int, int], list[float]]
"""Probabilities of 0, 1, ... items that count in a class: the part of the drawing, the class, the counts so far, the
items of the part that the more serious classes leave, and the largest number asked for."""


def all_accept(
    plans: Sequence[Plan], values: Sequence[float], *, lot_size: int | None, exclusive: bool
) -> float:
    """Probability that every class accepts, where an item counts once, in the most serious of its classes.

    Parameters
    ----------
    plans : sequence of Plan
        The plans of the classes, the most serious first.
    values : sequence of float
        Their qualities: fraction nonconforming of a process, or the number nonconforming in a finite lot.
    lot_size : int or None
        Items in a finite lot; None for a process.
    exclusive : bool
        Whether an item is nonconforming in one class at most.

    Raises
    ------
    DomainError
        If the classes of a finite lot overlap and a class but the least serious has a plan of several stages.
    """
    steps_of_all = [steps_of(plan) for plan in plans]
    overlapping = lot_size is not None and not exclusive
    if overlapping and any(len(steps) > 1 for steps in steps_of_all[:-1]):
        raise DomainError(
            "the more serious classes must have single plans in a finite lot whose classes overlap",
            todo='Use exclusive=True or model="binomial"',
        )
    totals = tuple(steps[-1][1] for steps in steps_of_all)
    draw = (
        _process(values, exclusive=exclusive)
        if lot_size is None
        else _finite(values, lot_size, exclusive=exclusive)
    )
    return _carried(steps_of_all, totals, draw, overlapping=overlapping)


def _carried(plans: list[Steps], totals: Counts, draw: Draw, *, overlapping: bool) -> float:
    """Carry the counts through the common drawing; what is left accepts."""
    states: dict[Counts, float] = {(0,) * len(plans): 1.0}
    begin = 0
    for end in sorted({step[1] for steps in plans for step in steps}):
        states = _drawn(states, plans, _Part(begin, end, totals), draw)
        for place, steps in enumerate(plans):
            # The numbers that a class took from the lesser ones are needed where the lot's classes overlap.
            if not overlapping or place == len(plans) - 1:
                states = _decided(states, place, steps, end)
        begin = end
    return sum(states.values())


def _drawn(states: dict[Counts, float], plans: list[Steps], part: _Part, draw: Draw) -> dict[Counts, float]:
    """Draw a part of the sample; counts that will reject are dropped."""
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
            for found, chance in enumerate(draw(part, place, counts, left, re - 1)[: re - before]):
                if chance > 0:
                    after = (*counts[:place], before + found, *counts[place + 1 :])
                    further[after, left - found] += weight * chance
        open_ = further
    reached: defaultdict[Counts, float] = defaultdict(float)
    for (counts, _), weight in open_.items():
        reached[counts] += weight
    return reached


def _decided(states: dict[Counts, float], place: int, steps: Steps, end: int) -> dict[Counts, float]:
    """Let a class accept at the end of a stage."""
    ac = next((step[2] for step in steps if step[1] == end), None)
    if ac is None:
        return states
    after: defaultdict[Counts, float] = defaultdict(float)
    for counts, weight in states.items():
        done = counts[place] <= ac
        after[(*counts[:place], _DONE, *counts[place + 1 :]) if done else counts] += weight
    return after


def _process(values: Sequence[float], *, exclusive: bool) -> Draw:
    """Items of a process: each is what it is by itself."""

    @cache
    def terms(left: int, share: float, most: int) -> list[float]:
        if left == 0 or share == 0:
            return [1.0]
        if share == 1:
            return [0.0] * left + [1.0]
        return list(binomial.pmf(np.arange(min(left, most) + 1.0), left, share).tolist())

    def draw(part: _Part, place: int, counts: Counts, left: int, most: int) -> list[float]:
        # Of an item in no class that is still counted: it is in none of the more serious ones, or in one that is done.
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
    """Items of this lot, which are not put back."""
    bad = [int(value) for value in values]

    @cache
    def terms(left: int, pool: int, own: int, most: int) -> list[float]:
        return list(hypergeometric.pmf(np.arange(min(left, most) + 1.0), left, own, pool).tolist())

    def draw(part: _Part, place: int, counts: Counts, left: int, most: int) -> list[float]:
        if left == 0:
            return [1.0]
        taken = part.end - part.begin - left
        if exclusive:
            # What is left of the lot, without the items of the more serious classes that were looked for.
            looked = [other for other in range(place) if part.holds(other) and counts[other] != _DONE]
            pool = size - part.begin - taken - sum(bad[other] - counts[other] for other in looked)
        else:
            # The items that were not yet looked at for this class: those before and not taken by a more serious one were.
            pool = size - part.begin - taken + sum(counts[:place])
        return terms(left, pool, bad[place] - counts[place], most)

    return draw
