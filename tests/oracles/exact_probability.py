"""Properties of a plan, computed from the definition alone in exact fractions or with 400 digits.

It shares nothing with the package and takes no shortcut. It follows a plan stage by stage: a cumulative count of Re or
more rejects, one of Ac or fewer accepts, any other continues; the last stage accepts every count below Re. The share
rejected is the share that reached the stage minus the shares that accept and continue. With 400 digits, this subtraction
leaves more than 60 digits of a probability of 1e-290.

A law answers one question: with `drawn` items drawn and `found` found so far, how likely are 0, 1, ... `upto` among the
next `n` items? A float stands for exactly its value.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from math import comb
from typing import Any, NamedTuple, Protocol

import mpmath

from tests.oracles.naive_tables import Plan, carried_out

__all__ = [
    "Law",
    "Plan",
    "Walk",
    "asn",
    "binomial",
    "delivered",
    "hypergeometric",
    "many_digits",
    "pa",
    "plan_of",
    "poisson",
    "pr",
    "relative_error",
    "walk",
]

Number = Any
"""A Fraction, or a number of `many_digits`."""

Law = Callable[[int, int, int, int], Sequence[Number]]

many_digits = mpmath.MPContext()
many_digits.dps = 400


class Staged(Protocol):
    """Anything that lists its stages."""

    @property
    def stages(self) -> Sequence[Any]: ...


class Walk(NamedTuple):
    """For every stage: the probability to reach it, to be accepted at it, and to be rejected at it."""

    reached: tuple[Number, ...]
    accepted: tuple[Number, ...]
    rejected: tuple[Number, ...]


def plan_of(plan: Staged, lot_size: int | None = None) -> Plan:
    """The plan as three tuples; with a lot size, as it is carried out on the lot."""
    stages = plan.stages
    read = Plan(
        tuple(one.n for one in stages), tuple(one.ac for one in stages), tuple(one.re for one in stages)
    )
    return read if lot_size is None else carried_out(read, lot_size)


# Laws ----------------------------------------------------------------------------------------------------------


def exactly(value: float | Fraction) -> Number:
    """A Fraction as it is; a float as the very number that it is, with many digits."""
    return value if isinstance(value, Fraction) else many_digits.mpf(value)


def binomial(p: float | Fraction) -> Law:
    """Items nonconforming independently, each with probability `p`; exact where `p` is a Fraction."""
    bad = exactly(p)
    good = 1 - bad

    @cache
    def chances(n: int, upto: int) -> tuple[Number, ...]:
        if good == 0:
            return tuple(0 * bad + (k == n) for k in range(upto + 1))
        terms = [good**n]
        for k in range(upto):
            terms.append(terms[-1] * (n - k) * bad / ((k + 1) * good))
        return tuple(terms)

    return lambda _drawn, _found, n, upto: chances(n, upto)


def poisson(rate: float | Fraction) -> Law:
    """Nonconformities, `rate` an item on average."""
    exact = Fraction(rate)
    each = many_digits.mpf(exact.numerator) / exact.denominator

    @cache
    def chances(n: int, upto: int) -> tuple[Number, ...]:
        terms = [many_digits.exp(-n * each)]
        for k in range(upto):
            terms.append(terms[-1] * n * each / (k + 1))
        return tuple(terms)

    return lambda _drawn, _found, n, upto: chances(n, upto)


def hypergeometric(lot_size: int, nonconforming: int, *, exact: bool = True) -> Law:
    """Items of a lot, drawn without putting them back; Fractions, or many digits if not `exact`."""

    @cache
    def chances(drawn: int, found: int, n: int, upto: int) -> tuple[Number, ...]:
        bad = nonconforming - found
        good = lot_size - drawn - bad
        least, most = max(0, n - good), min(n, bad, upto)
        terms = [Fraction(0) if exact else many_digits.mpf(0)] * (upto + 1)
        if least > most:
            return tuple(terms)
        ways, all_ways = comb(bad, least) * comb(good, n - least), comb(good + bad, n)
        if exact:
            for k in range(least, most + 1):
                terms[k] = Fraction(ways, all_ways)
                ways = ways * (bad - k) * (n - k) // ((k + 1) * (good - n + k + 1))
            return tuple(terms)
        share = many_digits.mpf(ways) / many_digits.mpf(all_ways)
        for k in range(least, most + 1):
            terms[k] = share
            share = share * ((bad - k) * (n - k)) / ((k + 1) * (good - n + k + 1))
        return tuple(terms)

    return chances


# A plan --------------------------------------------------------------------------------------------------------


def walk(plan: Plan, law: Law) -> Walk:
    """Go through the stages of a plan."""
    reached, accepted, rejected = [], [], []
    open_ways: dict[int, Number] = {0: 1}
    drawn = 0
    for place, (n, ac, re) in enumerate(zip(*plan, strict=True)):
        here = sum(open_ways.values())
        below: dict[int, Number] = {}
        for before, share in open_ways.items():
            chances = law(drawn, before, n, re - 1 - before)
            for k, chance in enumerate(chances):
                below[before + k] = below.get(before + k, 0) + share * chance
        drawn += n
        last = place == len(plan.n) - 1
        yes = {count for count in below if last or (ac is not None and count <= ac)}
        reached.append(here)
        accepted.append(sum(below[count] for count in sorted(yes)))
        rejected.append(here - sum(below.values()))
        open_ways = {count: share for count, share in below.items() if count not in yes}
    return Walk(tuple(reached), tuple(accepted), tuple(rejected))


def pa(plan: Plan, law: Law) -> Number:
    """Probability of acceptance."""
    return sum(walk(plan, law).accepted)


def pr(plan: Plan, law: Law) -> Number:
    """Probability of rejection."""
    return sum(walk(plan, law).rejected)


def asn(plan: Plan, law: Law, inspection: str = "full") -> Number:
    """Average number of items inspected.

    ``"full"``: every sample that is drawn is inspected to its end. ``"semi"``: from the second sample on, inspection
    stops at the item with which the count reaches Re. ``"curtailed"``: in the first sample as well.

    An item is inspected if the inspection has not stopped before it, so the average is the sum, over all items, of the
    probability that it has not.
    """
    total: Number = 0
    open_ways: dict[int, Number] = {0: 1}
    drawn = 0
    for place, (n, ac, re) in enumerate(zip(*plan, strict=True)):
        stops = inspection == "curtailed" or (inspection == "semi" and place > 0)
        onward: dict[int, Number] = {}
        for before, share in open_ways.items():
            room = re - 1 - before
            if stops:
                total += share * sum(sum(law(drawn, before, item, room)) for item in range(n))
            else:
                total += share * n
            for k, chance in enumerate(law(drawn, before, n, room)):
                if ac is None or before + k > ac:
                    onward[before + k] = onward.get(before + k, 0) + share * chance
        drawn += n
        open_ways = onward
    return total


def delivered(plan: Plan, lot_size: int, nonconforming: int) -> Fraction:
    """Nonconforming items of a lot that are delivered on average, as a fraction of the lot.

    What is found in the sample of an accepted lot is replaced by good items, and a rejected lot is screened.
    """
    law = hypergeometric(lot_size, nonconforming)
    left = Fraction(0)
    open_ways: dict[int, Fraction] = {0: Fraction(1)}
    drawn = 0
    for place, (n, ac, re) in enumerate(zip(*plan, strict=True)):
        onward: dict[int, Fraction] = {}
        for before, share in open_ways.items():
            for count, chance in enumerate(law(drawn, before, n, re - 1 - before), start=before):
                if place == len(plan.n) - 1 or (ac is not None and count <= ac):
                    left += share * chance * (nonconforming - count)
                else:
                    onward[count] = onward.get(count, Fraction(0)) + share * chance
        drawn += n
        open_ways = onward
    return left / lot_size


# Comparing -----------------------------------------------------------------------------------------------------


def relative_error(got: float, exact: Number) -> float:
    """How far a float is from the exact number, relative to it; 0 where both are 0."""
    if exact == 0:
        return 0.0 if got == 0 else float("inf")
    if isinstance(exact, Fraction):
        exact = many_digits.mpf(exact.numerator) / many_digits.mpf(exact.denominator)
    return float(abs(many_digits.mpf(got) / exact - 1))
