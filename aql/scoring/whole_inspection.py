"""The whole inspection: how likely a lot passes every class of its contract."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from aql.contract.contract import Contract
from aql.distributions import binomial, hypergeometric
from aql.errors import DomainError
from aql.plans.operating_characteristic import pa
from aql.plans.plan import Plan, SinglePlan
from aql.plans.quality import lot_size_of
from aql.plans.quality import qualities as quality_of
from aql.plans.stage import Steps, steps_of
from aql.scoring.decision_lines import Line, decision_lines

__all__ = ["class_pas", "whole_inspection_pa"]

# In place of the count of a class that has accepted and whose count matters no more.
_DONE = -1
# Shares that add up to 1 may do so with this much of rounding.
_ROUNDING = 1e-12

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


@dataclass(frozen=True, slots=True)
class _Case:
    """A contract on a lot, checked: the plans of its classes and their qualities; the same of the terms apart."""

    names: tuple[str, ...]
    plans: tuple[Plan, ...]
    values: tuple[float, ...]
    apart: tuple[tuple[Plan, float], ...]
    model: str
    lot_size: int

    def pa(self, plan: Plan, value: float) -> float:
        """Probability that one line accepts."""
        if self.model == "hypergeometric":
            return float(pa(plan, nonconforming=value, model=self.model, lot_size=self.lot_size))
        return float(pa(plan, value, model=self.model))


def whole_inspection_pa(
    contract: Contract,
    lot_size: int,
    qualities: Mapping[str, float],
    *,
    exclusive: bool = False,
    model: str = "binomial",
) -> float:
    r"""Probability that a lot passes every class of a contract.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error, with its convention for samples and its way of counting.
    lot_size : int
        Items in the lot.
    qualities : mapping of str to float
        For every class its quality: fraction nonconforming [1], or nonconformities per item with the Poisson model,
        by what counts in the class. A term with a line of its own does not; it takes part when it is given a quality
        too, and is left out otherwise.
    exclusive : bool
        False: an item can be nonconforming in several classes, independently. True: an item is nonconforming in one
        class or good, and the qualities are the shares of the items by their worst class.
    model : {"binomial", "hypergeometric", "poisson"}
        The law: a process; this lot (a share times the lot size is a whole number); nonconformities of a process.

    Returns
    -------
    float
        Probability of acceptance.

    Raises
    ------
    DomainError
        If a quality is missing, unknown or not possible, or the model does not go with the contract.

    Notes
    -----
    The samples lie within each other: items 1 to n of the common drawing are the sample of a class with n items.
    Where items are counted, an item counts once, in the most serious of its classes whose sample holds it. So a
    lesser class is counted on what the more serious ones leave, and accepts more often than by itself. The
    counts are carried from one sample size, or end of a stage, to the next; a sample of several stages holds the
    items of all of them. Where nonconformities are counted every class counts for itself, and the result is the
    product of `class_pas`.

    AQL 0 counts on every item inspected: as many as the largest sample of a class has, all stages included. Terms
    with a line of their own count by themselves, so they multiply the result. What is judged once for the lot
    (quantity, shares, dates) is left out.

    In a finite lot whose classes overlap (hypergeometric, not exclusive, items counted) every class but the least
    serious must have a single plan.

    Examples
    --------
    >>> contract = Contract.load(
    ...     {
    ...         "order": {"id": "PO-1"},
    ...         "classes": [{"name": "major", "aql": 2.5}, {"name": "minor", "aql": 4.0}],
    ...     }
    ... )
    >>> quality = {"major": 0.05, "minor": 0.08}
    >>> round(whole_inspection_pa(contract, 3000, quality), 6)
    0.452268
    >>> round(whole_inspection_pa(contract, 3000, quality, exclusive=True), 6)
    0.405512
    """
    case = _checked(contract, lot_size, qualities, model)
    by_items = contract.inspection.counting == "items"
    if exclusive:
        _exclusive(case, by_items=by_items)
    product = math.prod(case.pa(plan, value) for plan, value in case.apart)
    if any(math.isnan(value) for value in case.values) or math.isnan(product):
        return math.nan
    if not by_items:
        return product * math.prod(map(case.pa, case.plans, case.values))
    return product * min(_together(case, exclusive=exclusive), 1.0)


def class_pas(
    contract: Contract, lot_size: int, qualities: Mapping[str, float], *, model: str = "binomial"
) -> dict[str, float]:
    """Probability that a lot passes each class of a contract, every class counted for itself.

    Parameters and errors are those of `whole_inspection_pa`; the terms' own lines are left out.

    Returns
    -------
    dict of str to float
        By class, the most serious first.

    Examples
    --------
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> {name: round(chance, 4) for name, chance in class_pas(contract, 1200, {"major": 0.05}).items()}
    {'major': 0.7892}
    """
    case = _checked(contract, lot_size, qualities, model)
    return dict(zip(case.names, map(case.pa, case.plans, case.values), strict=True))


def _checked(contract: Contract, lot_size: Any, given: Mapping[str, float], model: str) -> _Case:
    size = lot_size_of(lot_size)
    lines = decision_lines(contract, size)
    classes = [line for line in lines if line.kind == "class"]
    own = {line.name: line for line in lines if line.kind == "term"}
    names = [line.name for line in classes]
    missing = [name for name in names if name not in given]
    unknown = [name for name in given if name not in names and name not in own]
    if missing or unknown:
        raise DomainError(
            f"no quality of {', '.join(missing)}" if missing else f"a quality of {', '.join(unknown)}",
            f"a quality is given for every class ({', '.join(names)})"
            + (f", and may be for the terms {', '.join(own)}" if own else ""),
            "Give 0 for a class in which nothing is nonconforming" if missing else "Leave it out",
            missing=missing,
            unknown=unknown,
        )
    if model == "poisson" and contract.inspection.counting == "items":
        raise DomainError(
            "model 'poisson' with a contract that counts items",
            "it goes with counting of nonconformities",
            'Use model="binomial" or model="hypergeometric"',
        )
    # A term that is a class too by its name is the class.
    apart = [line for name, line in own.items() if name in given and name not in names]
    values = {line.name: _value(line, given[line.name], model, size) for line in (*classes, *apart)}
    drawn = max((line.lot_plan.total for line in classes), default=0)
    return _Case(
        tuple(names),
        tuple(SinglePlan(drawn, 0) if line.not_allowed else line.lot_plan for line in classes),
        tuple(values[name] for name in names),
        tuple((line.lot_plan, values[line.name]) for line in apart),
        model,
        size,
    )


def _value(line: Line, quality: Any, model: str, size: int) -> float:
    """The quality of a line, or its number nonconforming in a finite lot."""
    found = quality_of(quality, model=model, lot_size=size if model == "hypergeometric" else None)
    if not found.scalar:
        raise DomainError(
            f"the quality of {line.name} is an array",
            "the whole inspection takes one number a class",
            "Call it once for each",
            value=quality,
        )
    return float(found.values)


def _exclusive(case: _Case, *, by_items: bool) -> None:
    if not by_items:
        raise DomainError(
            "exclusive classes with a contract that counts nonconformities",
            "every nonconformity counts in its own class",
            "Leave exclusive out",
        )
    total = math.fsum(case.values) / (case.lot_size if case.model == "hypergeometric" else 1)
    if total > 1 + _ROUNDING:
        raise DomainError(
            f"exclusive classes with {total:.6g} of the items",
            "their shares add up to 1 at most",
            "Give every item the share of its worst class",
            value=total,
        )


def _together(case: _Case, *, exclusive: bool) -> float:
    """Probability that all classes accept, items being counted once."""
    plans = [steps_of(plan) for plan in case.plans]
    overlapping = case.model == "hypergeometric" and not exclusive
    if overlapping and any(len(steps) > 1 for steps in plans[:-1]):
        raise DomainError(
            "a finite lot whose classes overlap, with a plan of several stages",
            "the more serious classes have single plans there",
            'Use exclusive=True or model="binomial"',
        )
    totals = tuple(steps[-1][1] for steps in plans)
    draw = (_finite if case.model == "hypergeometric" else _process)(case, exclusive=exclusive)
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


def _process(case: _Case, *, exclusive: bool) -> Draw:
    """Items of a process: each is what it is by itself."""
    values = case.values

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


def _finite(case: _Case, *, exclusive: bool) -> Draw:
    """Items of this lot, which are not put back."""
    size, bad = case.lot_size, [int(value) for value in case.values]

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
