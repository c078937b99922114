"""The plans as values: how many items to inspect, and when to accept or reject the lot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from operator import index
from typing import Any, cast

from aql.documents.json_values import JsonFraction
from aql.errors import DomainError
from aql.plans.properties import Properties

__all__ = ["FractionalPlan", "MultiplePlan", "Plan", "SinglePlan", "Stage", "plan_in_short"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a plan, in cumulative terms.

    Attributes
    ----------
    n : int
        Items drawn at this stage. [items]
    total : int
        Items drawn so far, this stage included. [items]
    ac : int or None
        Accept at this stage on `ac` or fewer; None where acceptance is not permitted yet.
    re : int
        Reject at this stage on `re` or more.
    """

    n: int
    total: int
    ac: int | None
    re: int


@dataclass(frozen=True, slots=True, init=False, repr=False)
class SinglePlan(Properties):
    """Inspect `n` items; accept the lot on `ac` or fewer nonconforming, reject on `re` or more.

    Parameters
    ----------
    n : int
        Sample size, 1 or more. [items]
    ac : int
        Acceptance number, 0 or more; it may exceed `n` where nonconformities are counted.
    re : int, optional
        Rejection number; ``ac + 1`` unless said. A larger one leaves a gap, as reduced inspection of
        MIL-STD-105E has: a count in the gap accepts the lot and ends reduced inspection.

    Raises
    ------
    DomainError
        If a number is no whole number, or lies outside what is said above.

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
        size = _whole(n, "n", least=1)
        accept = _whole(ac, "ac", least=0)
        reject = accept + 1 if re is None else _whole(re, "re", least=0)
        if reject <= accept:
            raise DomainError(
                f"re {reject} with ac {accept}",
                "re is above ac",
                f"Leave re out for {accept + 1}, or give a larger one",
                ac=accept,
                re=reject,
            )
        object.__setattr__(self, "n", size)
        object.__setattr__(self, "ac", accept)
        object.__setattr__(self, "re", reject)

    @property
    def total(self) -> int:
        """Items inspected when the plan runs to its end."""
        return self.n

    @property
    def final_ac(self) -> int:
        """Acceptance number of the last stage."""
        return self.ac

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The one stage of the plan."""
        return (Stage(self.n, self.n, self.ac, self.re),)

    # IPython takes the nearest of this and `__repr__`, so it stands beside it.
    _repr_pretty_ = Properties._repr_pretty_

    def __repr__(self) -> str:
        gap = "" if self.re == self.ac + 1 else f", re={self.re}"
        return f"SinglePlan(n={self.n}, ac={self.ac}{gap})"


@dataclass(frozen=True, slots=True, init=False, repr=False)
class MultiplePlan(Properties):
    """A plan of two or more stages, double sampling included.

    Parameters
    ----------
    n : iterable of int
        Items drawn at each stage, each 1 or more. [items]
    ac : iterable of int or None
        Cumulative acceptance numbers, non-decreasing; None where acceptance is not permitted. The last is a
        number.
    re : iterable of int
        Cumulative rejection numbers, non-decreasing, each above its `ac`.

    Raises
    ------
    DomainError
        If the three differ in length, or a number lies outside what is said above.

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
        sizes = tuple(_whole(value, "n", least=1) for value in _items(n, "n"))
        accept = tuple(None if value is None else _whole(value, "ac", least=0) for value in _items(ac, "ac"))
        reject = tuple(_whole(value, "re", least=1) for value in _items(re, "re"))
        if not len(sizes) == len(accept) == len(reject) >= 2:
            raise DomainError(
                f"{len(sizes)} sample sizes, {len(accept)} acceptance and {len(reject)} rejection numbers",
                "a plan of several stages has two or more of each, equally many",
                "Give one of each for every stage; SinglePlan is the plan of one stage",
            )
        numbers = [value for value in accept if value is not None]
        apart = all(low is None or low < high for low, high in zip(accept, reject, strict=True))
        if accept[-1] is None or numbers != sorted(numbers) or list(reject) != sorted(reject) or not apart:
            raise DomainError(
                f"ac {accept} with re {reject}",
                "both are cumulative and never fall, each ac is below its re, and the last ac is a number",
                "Give cumulative numbers, None for a stage without acceptance",
                ac=accept,
                re=reject,
            )
        object.__setattr__(self, "n", sizes)
        object.__setattr__(self, "ac", accept)
        object.__setattr__(self, "re", reject)

    @property
    def total(self) -> int:
        """Items inspected when the plan runs to its last stage."""
        return sum(self.n)

    @property
    def final_ac(self) -> int:
        """Acceptance number of the last stage."""
        return cast(int, self.ac[-1])

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in order, in cumulative terms."""
        return tuple(map(Stage, self.n, accumulate(self.n), self.ac, self.re))

    # IPython takes the nearest of this and `__repr__`, so it stands beside it.
    _repr_pretty_ = Properties._repr_pretty_

    def __repr__(self) -> str:
        return f"MultiplePlan(n={self.n}, ac={self.ac}, re={self.re})"


@dataclass(frozen=True, slots=True)
class FractionalPlan:
    """A single plan whose acceptance number is a fraction: what it accepts depends on the lots before.

    It decides no lot by itself; the rules for its history belong to the switching rules.

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
    """Name a plan in a few signs, as the legend of a picture does.

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


def _items(values: Iterable[Any], name: str) -> tuple[Any, ...]:
    try:
        return tuple(values)
    except TypeError:
        raise DomainError(
            f"{name} {values!r} is no sequence",
            "a plan of several stages takes one number for each stage",
            "Give a tuple; SinglePlan is the plan of one stage",
            value=values,
        ) from None


def _whole(value: Any, name: str, *, least: int) -> int:
    try:
        number = None if isinstance(value, bool) else index(value)
    except TypeError:
        number = None
    if number is None or number < least:
        raise DomainError(
            f"{name} {value!r} is not allowed",
            f"{name} is a whole number, {least} or more",
            "Give a whole number",
            value=value,
        )
    return number
