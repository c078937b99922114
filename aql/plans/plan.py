"""Sampling plans as values: sample sizes, acceptance and rejection numbers; and a plan as applied to a whole lot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from typing import TypeVar, cast

from aql.checks import LARGEST_LOT, whole_number
from aql.checks import lot_size as checked_lot_size
from aql.documents.json_values import JsonFraction
from aql.errors import DomainError
from aql.markup.shown import Shown
from aql.plans import (
    decide,
    operating_characteristic,
    outgoing_quality,
    quality_levels,
    risks,
    sample_number,
    stage_probabilities,
    total_inspection,
)
from aql.plans.stage import Stage, check_plan, stages_on_lot
from aql.words import listed, short_repr

__all__ = ["FractionalPlan", "MultiplePlan", "Plan", "SinglePlan", "on_lot", "plan_in_short"]

Item = TypeVar("Item")

_LONGEST = 120  # characters of a repr


class _Plan(Shown):
    """The properties of all plans; every method is the function of the same name, with the plan as first argument."""

    __slots__ = ()

    decide = decide.decide
    pa = operating_characteristic.pa
    pr = operating_characteristic.pr
    slope = operating_characteristic.slope
    stage_probabilities = stage_probabilities.stage_probabilities
    asn = sample_number.asn
    aoq = outgoing_quality.aoq
    aoql = outgoing_quality.aoql
    ati = total_inspection.ati
    afi = total_inspection.afi
    quality_at = quality_levels.quality_at
    crq = quality_levels.crq
    indifference_quality = quality_levels.indifference_quality
    producer_risk = risks.producer_risk
    consumer_risk = risks.consumer_risk
    discrimination_ratio = quality_levels.discrimination_ratio


@dataclass(frozen=True, slots=True, init=False, repr=False)
class SinglePlan(_Plan):
    """Inspect `n` items; accept the lot on `ac` or fewer nonconforming, reject on `re` or more.

    Parameters
    ----------
    n : int
        Sample size, 1 or more. [items]
    ac : int
        Acceptance number, 0 or more; it can exceed `n` if nonconformities are counted.
    re : int, optional
        Rejection number; defaults to ``ac + 1``. A larger one leaves a gap, as in reduced inspection of MIL-STD-105E: a
        count in the gap accepts the lot and ends reduced inspection.

    Raises
    ------
    DomainError
        If a number is not whole, or is outside its range.

    Examples
    --------
    >>> SinglePlan(n=80, ac=5)
    SinglePlan(n=80, ac=5)
    >>> SinglePlan(80, 5).re
    6
    """

    n: int
    ac: int
    re: int

    def __init__(self, n: int, ac: int, re: int | None = None) -> None:
        size = whole_number(n, "n", least=1, most=LARGEST_LOT)
        accept = whole_number(ac, "ac", most=LARGEST_LOT)
        reject = accept + 1 if re is None else whole_number(re, "re", most=LARGEST_LOT + 1)
        if reject <= accept:
            raise DomainError(f"re must be above ac, got re {reject} with ac {accept}", ac=accept, re=reject)
        object.__setattr__(self, "n", size)
        object.__setattr__(self, "ac", accept)
        object.__setattr__(self, "re", reject)

    def __post_init__(self) -> None:
        """Check the fields, because pydantic sets them without calling ``__init__`` when it reads a plan from JSON."""
        SinglePlan.__init__(self, self.n, self.ac, self.re)

    @property
    def total(self) -> int:
        """Items in all samples."""
        return self.n

    @property
    def final_ac(self) -> int:
        """Acceptance number of the last stage."""
        return self.ac

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The only stage of the plan."""
        return (Stage(self.n, self.n, self.ac, self.re),)

    def __repr__(self) -> str:
        gap = "" if self.re == self.ac + 1 else f", re={self.re}"
        return f"SinglePlan(n={self.n}, ac={self.ac}{gap})"


@dataclass(frozen=True, slots=True, init=False, repr=False)
class MultiplePlan(_Plan):
    """A plan of two or more stages, including double sampling.

    Parameters
    ----------
    n : iterable of int
        Items drawn at each stage, each 1 or more. [items]
    ac : iterable of int or None
        Cumulative acceptance numbers, non-decreasing; None if acceptance is not permitted at a stage. The last one must
        be a number.
    re : iterable of int
        Cumulative rejection numbers, non-decreasing, each above its `ac`.

    Raises
    ------
    DomainError
        If the lengths differ, or a number is not whole or is outside its range.

    Examples
    --------
    >>> plan = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    >>> plan.total
    100
    >>> MultiplePlan(n=[13, 13], ac=[None, 1], re=[2, 2])
    MultiplePlan(n=(13, 13), ac=(None, 1), re=(2, 2))
    """

    n: tuple[int, ...]
    ac: tuple[int | None, ...]
    re: tuple[int, ...]

    def __init__(self, n: Iterable[int], ac: Iterable[int | None], re: Iterable[int]) -> None:
        most = LARGEST_LOT
        sizes = tuple(whole_number(value, "n", least=1, most=most) for value in _sequence(n, "n"))
        accept = tuple(
            None if one is None else whole_number(one, "ac", most=most) for one in _sequence(ac, "ac")
        )
        reject = tuple(whole_number(value, "re", least=1, most=most + 1) for value in _sequence(re, "re"))
        if not len(sizes) == len(accept) == len(reject) >= 2:
            raise DomainError(
                "n, ac and re must have the same length, 2 or more, got "
                f"{listed([len(sizes), len(accept), len(reject)])}",
                todo="Use SinglePlan for one stage" if len(sizes) == 1 else "",
            )
        for name, numbers in (("ac", [one for one in accept if one is not None]), ("re", list(reject))):
            if numbers != sorted(numbers):
                raise DomainError(
                    f"{name} must be cumulative and never decrease, got {accept if name == 'ac' else reject}",
                    ac=accept,
                    re=reject,
                )
        if accept[-1] is None:
            raise DomainError(f"ac must end with a number, got {accept}", ac=accept, re=reject)
        if any(low is not None and low >= high for low, high in zip(accept, reject, strict=True)):
            raise DomainError(
                f"each ac must be below its re, got ac {accept} with re {reject}", ac=accept, re=reject
            )
        object.__setattr__(self, "n", sizes)
        object.__setattr__(self, "ac", accept)
        object.__setattr__(self, "re", reject)

    def __post_init__(self) -> None:
        """Check the fields, because pydantic sets them without calling ``__init__`` when it reads a plan from JSON."""
        MultiplePlan.__init__(self, self.n, self.ac, self.re)

    @property
    def total(self) -> int:
        """Items in all samples."""
        return sum(self.n)

    @property
    def final_ac(self) -> int:
        """Acceptance number of the last stage."""
        return cast(int, self.ac[-1])

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in order, with cumulative numbers."""
        return tuple(map(Stage, self.n, accumulate(self.n), self.ac, self.re))

    def __repr__(self) -> str:
        same = f"({self.n[0]},) * {len(self.n)}" if len(set(self.n)) == 1 else str(self.n)
        for n in (str(self.n), same):
            text = f"MultiplePlan(n={n}, ac={self.ac}, re={self.re})"
            if len(text) <= _LONGEST:
                return text
        checksum = sha256(f"{self.n}{self.ac}{self.re}".encode()).hexdigest()[:12]
        few, many = min(self.n), max(self.n)
        return (
            f"<MultiplePlan of {len(self.n)} stages, n {few} to {many}, last Ac {self.final_ac}, "
            f"numbers with checksum {checksum}>"
        )


@dataclass(frozen=True, slots=True)
class FractionalPlan:
    """A single plan with a fractional acceptance number, which accepts depending on the previous lots.

    It cannot decide on a lot alone; the rules for the previous lots belong to the switching rules.

    Attributes
    ----------
    n : int
        Sample size. [items]
    ac : Fraction
        Acceptance number between 0 and 1: 1/5, 1/3 or 1/2.
    """

    n: int
    ac: JsonFraction


Plan = SinglePlan | MultiplePlan


def plan_in_short(plan: Plan) -> str:
    """Return a short name for a plan, as in the legend of a plot.

    Examples
    --------
    >>> plan_in_short(SinglePlan(n=80, ac=5)), plan_in_short(SinglePlan(n=13, ac=1, re=3))
    ('n 80, Ac 5', 'n 13, Ac 1, Re 3')
    >>> plan_in_short(MultiplePlan(n=(50, 50), ac=(None, 6), re=(5, 7)))
    'n 50 + 50, Ac # 6, Re 5 7'
    >>> plan_in_short(MultiplePlan(n=(5, 5, 5), ac=(0, 1, 2), re=(2, 3, 3)))
    'n 3 × 5, last Ac 2'
    """
    if isinstance(plan, SinglePlan):
        gap = "" if plan.re == plan.ac + 1 else f", Re {plan.re}"
        return f"n {plan.n}, Ac {plan.ac}{gap}"
    sizes = " + ".join(map(str, plan.n))
    if len(plan.n) > 2:
        sizes = f"{len(plan.n)} × {plan.n[0]}" if len(set(plan.n)) == 1 else sizes
        return f"n {sizes}, last Ac {plan.final_ac}"
    accept = " ".join("#" if ac is None else str(ac) for ac in plan.ac)
    return f"n {sizes}, Ac {accept}, Re {' '.join(map(str, plan.re))}"


def _sequence(values: Iterable[Item], name: str) -> tuple[Item, ...]:
    try:
        return tuple(values)
    except TypeError:
        raise DomainError(
            f"{name} must be a sequence of ints, got {short_repr(values)}",
            todo="Use SinglePlan for one stage",
            value=values,
        ) from None


def on_lot(plan: Plan, lot_size: int) -> Plan:
    """Return the plan as applied to a whole lot, whose size limits the samples.

    If the sample is at least as large as the lot, every item is inspected; Ac and Re are unchanged. In a plan of several
    stages, the stage that reaches the lot size is the last: it inspects the remaining items and decides by the final
    acceptance and rejection numbers.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    lot_size : int
        Lot size, 1 or more. [items]

    Returns
    -------
    SinglePlan or MultiplePlan
        The same plan if it fits the lot; a single plan if the first stage already takes the whole lot.

    Examples
    --------
    >>> on_lot(SinglePlan(n=13, ac=1), 10)
    SinglePlan(n=10, ac=1)
    >>> on_lot(MultiplePlan(n=(20, 20, 20), ac=(None, 1, 3), re=(2, 3, 4)), 50)
    MultiplePlan(n=(20, 20, 10), ac=(None, 1, 3), re=(2, 3, 4))
    >>> on_lot(MultiplePlan(n=(20, 20, 20), ac=(None, 1, 3), re=(2, 3, 4)), 40)
    MultiplePlan(n=(20, 20), ac=(None, 3), re=(2, 4))
    """
    check_plan(plan)
    size = checked_lot_size(lot_size)
    if plan.total <= size:
        return plan
    stages = stages_on_lot(plan.stages, size)
    if len(stages) == 1:
        return SinglePlan(n=size, ac=plan.final_ac, re=stages[0].re)
    return MultiplePlan(*zip(*((stage.n, stage.ac, stage.re) for stage in stages), strict=True))
