"""Bounds on a lot and on a process: exact, as narrow as possible, and true with the stated confidence."""

import json
import math
import pickle
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import comb
from typing import Any, cast

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import MultiplePlan, SinglePlan
from aql.errors import DomainError
from aql.plans.confidence_bounds import (
    LotBound,
    ProcessBound,
    lot_quality_bound,
    process_bound,
    staged_lot_bound,
    staged_process_bound,
)
from aql.plans.plan import on_lot
from aql.types import ProcessModel, Side
from tests.oracles.exact_probability import Law, binomial, poisson, relative_error
from tests.profiles import examples, exhaustive

AnyPlan = SinglePlan | MultiplePlan
SIDES: tuple[Side, ...] = ("upper", "lower", "two-sided")
LEVELS = (Fraction(1, 2), Fraction(4, 5), Fraction(9, 10), Fraction(19, 20), Fraction(99, 100))
every_side = pytest.mark.parametrize("side", SIDES)


# A single sample of a finite lot ----------------------------------------------------------------------------------


def chances(n: int, size: int, bad: int) -> list[Fraction]:
    """Probabilities of 0 to n nonconforming in the sample, by counting samples."""
    return [Fraction(comb(bad, k) * comb(size - bad, n - k), comb(size, n)) for k in range(n + 1)]


@cache
def single_bounds(n: int, size: int, tail: Fraction) -> list[tuple[int, int]]:
    """By the definition, for every count: the first lot and the last that are not too improbable."""
    laws = [chances(n, size, bad) for bad in range(size + 1)]
    return [
        (
            next(bad for bad, law in enumerate(laws) if sum(law[d:]) > tail),
            max(bad for bad, law in enumerate(laws) if sum(law[: d + 1]) > tail),
        )
        for d in range(n + 1)
    ]


@pytest.mark.parametrize("confidence", LEVELS)
@pytest.mark.parametrize("size", [1, 2, 5, 8, 11, exhaustive(20)])
def test_a_lot_has_the_bounds_of_the_definition(size: int, confidence: Fraction) -> None:
    for n in range(1, size + 1):
        for d in range(n + 1):
            one, two = (single_bounds(n, size, (1 - confidence) / share)[d] for share in (1, 2))
            certain = (d, size - n + d)
            found = [lot_quality_bound(d, n, size, confidence=float(confidence), side=side) for side in SIDES]
            assert [(bound.lower, bound.upper) for bound in found] == [
                (certain[0], one[1]),
                (one[0], certain[1]),
                two,
            ]


@every_side
@pytest.mark.parametrize(("n", "size"), [(4, 9), (10, 13), (19, 20), (6, 40)])
def test_the_statement_is_true_as_often_as_it_says_whatever_the_lot(n: int, size: int, side: Side) -> None:
    for level in (0.8, 0.95):
        bounds = [lot_quality_bound(d, n, size, confidence=level, side=side) for d in range(n + 1)]
        for bad in range(size + 1):
            covered = sum(
                chance
                for chance, bound in zip(chances(n, size, bad), bounds, strict=True)
                if bound.lower <= bad <= bound.upper
            )
            assert covered >= Fraction(repr(level))


@given(data=st.data(), size=st.integers(2, 60), confidence=st.sampled_from(LEVELS))
def test_a_bound_one_less_would_not_be_true_often_enough(
    data: st.DataObject, size: int, confidence: Fraction
) -> None:
    n = data.draw(st.integers(1, size - 1))
    d = data.draw(st.integers(0, n))
    upper = lot_quality_bound(d, n, size, confidence=float(confidence)).upper
    lower = lot_quality_bound(d, n, size, confidence=float(confidence), side="lower").lower
    # The bounds cannot be narrower: at this quality, counts beyond d have less than the stated confidence.
    assert upper == d or sum(chances(n, size, upper)[d + 1 :]) < confidence
    assert lower == d or sum(chances(n, size, lower)[:d]) < confidence


def test_a_chance_of_exactly_the_limit_is_too_improbable() -> None:
    # One nonconforming item among 20 hides from a sample of 19 in one case of 20; written as 0.95, not as its float.
    assert 1 - 0.95 > 1 / 20
    assert lot_quality_bound(0, 19, 20).upper == 0
    assert lot_quality_bound(0, 19, 20, confidence=0.951).upper == 1
    assert lot_quality_bound(0, 950_000, 1_000_000).upper == 0
    assert lot_quality_bound(0, 1, 1_000_000).upper == 949_999
    assert lot_quality_bound(1, 1, 1_000_000, side="lower").lower == 50_001
    assert lot_quality_bound(0, 500_000, 1_000_000, confidence=0.5).upper == 0
    assert lot_quality_bound(0, 19, 20, confidence=cast(float, Decimal("0.95"))).upper == 0
    assert lot_quality_bound(0, 19, 20, confidence=cast(float, Fraction(19, 20))).upper == 0


def samples(draw: st.DrawFn) -> tuple[int, int, int]:
    size = draw(st.integers(1, 3000))
    n = draw(st.integers(1, min(size, 400)))
    return draw(st.integers(0, n)), n, size


found_samples = st.composite(samples)()
levels = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.999])


@given(sample=found_samples, confidence=levels)
def test_good_and_nonconforming_items_change_places(sample: tuple[int, int, int], confidence: float) -> None:
    d, n, size = sample
    here = lot_quality_bound(d, n, size, confidence=confidence, side="two-sided")
    there = lot_quality_bound(n - d, n, size, confidence=confidence, side="two-sided")
    assert (here.lower, here.upper) == (size - there.upper, size - there.lower)


@given(sample=found_samples, confidence=levels, side=st.sampled_from(SIDES))
def test_more_found_never_speaks_for_a_better_lot(
    sample: tuple[int, int, int], confidence: float, side: Side
) -> None:
    d, n, size = sample
    here = lot_quality_bound(d, n, size, confidence=confidence, side=side)
    assert d <= here.lower <= here.upper <= size - n + d
    if d < n:
        worse = lot_quality_bound(d + 1, n, size, confidence=confidence, side=side)
        assert (here.lower, here.upper) <= (worse.lower, worse.upper)
        assert here.upper <= worse.upper
    if n < size:
        good = lot_quality_bound(d, n + 1, size, confidence=confidence, side=side)
        bad = lot_quality_bound(d + 1, n + 1, size, confidence=confidence, side=side)
        assert good.lower <= here.lower <= bad.lower
        assert good.upper <= here.upper <= bad.upper


@given(sample=found_samples)
def test_more_confidence_says_less(sample: tuple[int, int, int]) -> None:
    bounds = [lot_quality_bound(*sample, confidence=level, side="two-sided") for level in (0.8, 0.95, 0.99)]
    assert [one.lower for one in bounds] == sorted((one.lower for one in bounds), reverse=True)
    assert [one.upper for one in bounds] == sorted(one.upper for one in bounds)


@pytest.mark.parametrize(("d", "n"), [(0, 50), (3, 125), (20, 80)])
def test_a_large_lot_is_as_its_process(d: int, n: int) -> None:
    lot = lot_quality_bound(d, n, 10**9, side="two-sided")
    process = process_bound(d, n, side="two-sided")
    assert lot.lower_fraction == pytest.approx(process.lower, rel=1e-4, abs=1e-8)
    assert lot.upper_fraction == pytest.approx(process.upper, rel=1e-4)


def test_large_numbers_meet_the_definition() -> None:
    bound = lot_quality_bound(5000, 100_000, 10_000_000, side="two-sided")

    def tails(bad: int) -> tuple[mpmath.mpf, mpmath.mpf]:
        """Probabilities of at most and at least 5000 of 100 000."""
        with mpmath.workdps(30):
            size, n, d = 10_000_000, 100_000, 5000

            def choose(a: int, b: int) -> mpmath.mpf:
                return mpmath.loggamma(a + 1) - mpmath.loggamma(b + 1) - mpmath.loggamma(a - b + 1)

            first = mpmath.exp(choose(bad, d) + choose(size - bad, n - d) - choose(size, n))
            below = above = term = first
            for k in range(d, d - 700, -1):
                term *= mpmath.mpf(k * (size - bad - n + k)) / ((bad - k + 1) * (n - k + 1))
                below += term
            term = first
            for k in range(d, d + 700):
                term *= mpmath.mpf((bad - k) * (n - k)) / ((k + 1) * (size - bad - n + k + 1))
                above += term
            return below, above

    assert tails(bound.upper)[0] > 0.025 >= tails(bound.upper + 1)[0]
    assert tails(bound.lower)[1] > 0.025 >= tails(bound.lower - 1)[1]


# Printed bounds on finite lots.

# R package ExactCIone 1.0.5, README: 95 %, one-sided, n = 50, N = 2000, found 0, 1, ... 50.
UPPER = """114 181 239 293 345 395 443 491 537 583 628 672 716 759 802 844 886 927 968 1009 1049 1089 1128 1167 1206 1244
1282 1320 1357 1394 1431 1467 1503 1538 1573 1607 1642 1675 1708 1741 1772 1803 1834 1863 1891 1918 1943 1966 1985 1997
2000"""
LOWER = """0 3 15 34 57 82 109 137 166 197 228 259 292 325 358 393 427 462 497 533 569 606 643 680 718 756 794 833 872 911
951 991 1032 1073 1114 1156 1198 1241 1284 1328 1372 1417 1463 1509 1557 1605 1655 1707 1761 1819 1886"""


def test_the_printed_bounds_of_exactcione() -> None:
    assert [lot_quality_bound(d, 50, 2000).upper for d in range(51)] == [int(one) for one in UPPER.split()]
    assert [lot_quality_bound(d, 50, 2000, side="lower").lower for d in range(51)] == [
        int(one) for one in LOWER.split()
    ]


def test_the_printed_interval_of_samplingbook_is_one_wider_on_either_side() -> None:
    # R package samplingbook 1.2.4, README: Sprop(m = 45, n = 100, N = 300) prints [110, 161]; its code steps back
    # from the first number that is no longer excluded to the last one that is.
    bound = lot_quality_bound(45, 100, 300, side="two-sided")
    assert (bound.lower - 1, bound.upper + 1) == (110, 161)
    assert sum(chances(100, 300, 161)[:46]) < 0.025 < sum(chances(100, 300, 160)[:46])
    assert sum(chances(100, 300, 110)[45:]) < 0.025 < sum(chances(100, 300, 111)[45:])


# A plan of several stages on a finite lot -------------------------------------------------------------------------

Outcome = tuple[int, int, bool]
"""Stage, count, and whether the plan accepted."""

STAGED: list[tuple[AnyPlan, int]] = [
    (MultiplePlan((2, 2), (0, 1), (2, 2)), 6),
    (MultiplePlan((3, 3), (0, 2), (3, 3)), 9),
    (MultiplePlan((2, 2, 3), (None, 1, 3), (2, 3, 4)), 9),
    (MultiplePlan((2, 3, 3), (0, 1, 2), (2, 4, 6)), 8),
    (MultiplePlan((4, 4), (1, 3), (3, 4)), 6),  # the second stage reaches the lot
    (SinglePlan(4, 1, 3), 8),
]


def ends_in(plan: AnyPlan, bad_items: frozenset[int]) -> Outcome:
    """Walk through the items of a lot in the order drawn."""
    for number, stage in enumerate(plan.stages, start=1):
        count = sum(item < stage.total for item in bad_items)
        if count >= stage.re:
            return number, count, False
        if number == len(plan.stages) or (stage.ac is not None and count <= stage.ac):
            return number, count, True
    raise AssertionError


@cache
def outcomes(plan: AnyPlan, size: int) -> list[dict[Outcome, Fraction]]:
    """For every number nonconforming, the probability of every outcome, by listing all orders."""
    found: list[dict[Outcome, Fraction]] = []
    for bad in range(size + 1):
        law: dict[Outcome, Fraction] = {}
        for items in combinations(range(size), bad):
            end = ends_in(plan, frozenset(items))
            law[end] = law.get(end, Fraction(0)) + Fraction(1, comb(size, bad))
        found.append(law)
    return found


def in_order(laws: list[dict[Outcome, Fraction]]) -> list[Outcome]:
    """The order of Jennison and Turnbull: acceptances by stage, then rejections by stage backwards."""
    every = {outcome for law in laws for outcome in law}

    def rank(outcome: Outcome) -> tuple[int, int, int]:
        stage, count, accepted = outcome
        return (0, stage, count) if accepted else (1, -stage, count)

    return sorted(every, key=rank)


def on_small_lots() -> list[tuple[AnyPlan, AnyPlan, int]]:
    return [(plan, on_lot(plan, size), size) for plan, size in STAGED]


@every_side
@pytest.mark.parametrize("confidence", LEVELS)
def test_staged_bounds_are_those_of_the_order(confidence: Fraction, side: Side) -> None:
    tail = (1 - confidence) / (2 if side == "two-sided" else 1)
    for plan, done, size in on_small_lots():
        laws = outcomes(done, size)
        order = in_order(laws)
        for place, (stage, d, _) in enumerate(order):
            n = done.stages[stage - 1].total
            certain = range(d, size - n + d + 1)
            as_good = [sum(law.get(one, 0) for one in order[: place + 1]) for law in laws]
            as_bad = [sum(law.get(one, 0) for one in order[place:]) for law in laws]
            assert as_good == sorted(as_good, reverse=True)
            assert as_bad == sorted(as_bad)
            upper = max((bad for bad in certain if as_good[bad] > tail), default=d)
            lower = min((bad for bad in certain if as_bad[bad] > tail), default=certain[-1])
            bound = staged_lot_bound(
                plan, stage=stage, d=d, lot_size=size, confidence=float(confidence), side=side
            )
            assert (bound.n, bound.stage) == (n, stage)
            assert bound.upper == (certain[-1] if side == "lower" else upper)
            assert bound.lower == (d if side == "upper" else lower)


@every_side
@pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
def test_staged_statements_are_true_as_often_as_they_say(level: float, side: Side) -> None:
    for plan, done, size in on_small_lots():
        laws = outcomes(done, size)
        bounds = {
            (stage, d, yes): staged_lot_bound(
                plan, stage=stage, d=d, lot_size=size, confidence=level, side=side
            )
            for stage, d, yes in in_order(laws)
        }
        for bad, law in enumerate(laws):
            covered = sum(
                chance for end, chance in law.items() if bounds[end].lower <= bad <= bounds[end].upper
            )
            assert covered >= Fraction(repr(level))


@given(sample=found_samples, first=st.integers(1, 50), side=st.sampled_from(SIDES))
def test_a_first_stage_that_never_decides_changes_nothing(
    sample: tuple[int, int, int], first: int, side: Side
) -> None:
    d, n, size = sample
    if first >= n:
        return
    plan = MultiplePlan((first, n - first), (None, d), (n + 1, n + 2))
    here = staged_lot_bound(plan, stage=2, d=d, lot_size=size, side=side)
    there = lot_quality_bound(d, n, size, side=side)
    assert (here.lower, here.upper, here.d, here.n) == (there.lower, there.upper, there.d, there.n)


def test_a_single_plan_is_a_plan_of_one_stage() -> None:
    plan = SinglePlan(80, 5)
    for d in (0, 5, 6, 80):
        one, two = staged_lot_bound(plan, stage=1, d=d, lot_size=1200), lot_quality_bound(d, 80, 1200)
        assert (one.lower, one.upper) == (two.lower, two.upper)


def test_what_is_certain_limits_a_staged_bound() -> None:
    # A lot of 120 that holds 45 rarely shows 1 among the first 50; but 45 were found.
    plan = MultiplePlan((50, 50), (0, 6), (2, 7))
    bound = staged_lot_bound(plan, stage=2, d=45, lot_size=120)
    assert (bound.lower, bound.upper) == (45, 45)
    assert staged_lot_bound(plan, stage=2, d=45, lot_size=1200).upper == 107


# A process --------------------------------------------------------------------------------------------------------

MODELS = ("binomial", "poisson")
LAWS: dict[str, Callable[[float], Law]] = {"binomial": binomial, "poisson": poisson}


def as_good(plan: AnyPlan, stage: int, d: int, law: Law) -> Any:
    """Probability of an outcome as good as d at a stage, or better, from the definition."""
    total: Any = 0
    open_ways: dict[int, Any] = {0: 1}
    drawn = 0
    for number, one in enumerate(plan.stages[:stage], start=1):
        top = d if number == stage else one.re - 1
        onward: dict[int, Any] = {}
        for before, share in open_ways.items():
            for k, chance in enumerate(law(drawn, before, one.n, top - before) if before <= top else ()):
                if number == stage or (one.ac is not None and before + k <= one.ac):
                    total += share * chance
                else:
                    onward[before + k] = onward.get(before + k, 0) + share * chance
        drawn += one.n
        open_ways = onward
    return total


@pytest.mark.parametrize("model", MODELS)
@examples(40)
@given(n=st.integers(1, 60), share=st.floats(0, 1), confidence=levels)
def test_at_the_bound_of_a_process_the_chance_is_the_limit(
    model: ProcessModel, n: int, share: float, confidence: float
) -> None:
    d = round(share * n)
    bound = process_bound(d, n, model=model, confidence=confidence, side="two-sided")
    tail = (1 - Fraction(repr(confidence))) / 2
    plan, law = SinglePlan(n, d), LAWS[model]
    if bound.upper < 1 or model == "poisson":
        assert relative_error(float(as_good(plan, 1, d, law(bound.upper))), tail) < 1e-11
    else:
        assert d == n
    if d:
        assert relative_error(float(1 - as_good(plan, 1, d - 1, law(bound.lower))), tail) < 1e-11
    else:
        assert bound.lower == 0


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("plan", "stage", "d"),
    [
        (MultiplePlan((50, 50), (2, 6), (5, 7)), 1, 2),
        (MultiplePlan((50, 50), (2, 6), (5, 7)), 1, 7),
        (MultiplePlan((50, 50), (2, 6), (5, 7)), 2, 3),
        (MultiplePlan((50, 50), (2, 6), (5, 7)), 2, 9),
        (MultiplePlan((20, 20, 20), (None, 1, 3), (2, 3, 4)), 2, 0),
        (MultiplePlan((20, 20, 20), (None, 1, 3), (2, 3, 4)), 3, 3),
        (MultiplePlan((3, 3), (0, 2), (3, 3)), 2, 4),
    ],
)
def test_at_the_bound_of_a_staged_outcome_the_chance_is_the_limit(
    plan: MultiplePlan, stage: int, d: int, model: ProcessModel
) -> None:
    bound = staged_process_bound(plan, stage=stage, d=d, model=model, side="two-sided")
    law = LAWS[model]
    assert relative_error(float(as_good(plan, stage, d, law(bound.upper))), Fraction(1, 40)) < 1e-11
    if d:
        assert (
            relative_error(float(1 - as_good(plan, stage, d - 1, law(bound.lower))), Fraction(1, 40)) < 1e-11
        )
    else:
        assert bound.lower == 0
    assert (bound.n, bound.stage) == (plan.stages[stage - 1].total, stage)


def test_an_outcome_that_the_worst_process_can_show_has_no_upper_bound() -> None:
    assert process_bound(5, 5).upper == 1
    plan = MultiplePlan((2, 2), (None, 3), (3, 4))
    assert staged_process_bound(plan, stage=2, d=4).upper == 1


def test_one_sided_bounds_leave_the_other_side_open() -> None:
    assert (process_bound(3, 50, side="lower").upper, process_bound(3, 50, side="upper").lower) == (1, 0)
    assert process_bound(3, 50, side="lower", model="poisson").upper == math.inf


# Printed bounds on a process: model, found, n, confidence, side, lower, upper, to how many digits.
Printed = tuple[str, str, int, int, float, Side, float, float, float]
PRINTED: list[Printed] = [
    ("R, binom.test(9, 24)", "binomial", 9, 24, 0.95, "two-sided", 0.1879929, 0.5940636, 5e-8),
    ("R, binom.test(1, 1497)", "binomial", 1, 1497, 0.90, "two-sided", 3.426347e-05, 3.164954e-03, 5e-10),
    *(
        # Printed as bounds of 95 %; the same page prints 0.01020614 for d = 1 as the end of an interval.
        ("ExactCIone 1.0.5, WbinoCI_lower, n 5", "binomial", d, 5, 0.975, "lower", low, 1.0, 5e-9)
        for d, low in enumerate((0.0, 0.005050763, 0.052744951, 0.146632800, 0.283582064))
    ),
    *(
        ("ExactCIone 1.0.5, WpoisCI_upper", "poisson", d, 1, 0.95, "upper", 0.0, high, 5e-7)
        for d, high in enumerate((2.995732, 4.743865, 6.295794, 7.753657))
    ),
    *(
        ("ExactCIone 1.0.5, WpoisCI_lower", "poisson", d, 1, 0.95, "lower", low, math.inf, 5e-8)
        for d, low in enumerate((0.0, 0.05129329, 0.35536151, 0.81769145))
    ),
    ("GraphPad QuickCalcs, 25 counted", "poisson", 25, 1, 0.90, "two-sided", 17.38, 34.92, 5e-3),
    ("GraphPad QuickCalcs, 25 counted", "poisson", 25, 1, 0.95, "two-sided", 16.18, 36.90, 5e-3),
    ("GraphPad QuickCalcs, 25 counted", "poisson", 25, 1, 0.99, "two-sided", 14.00, 41.00, 5e-3),
    ("epitools, pois.exact(0)", "poisson", 0, 1, 0.95, "two-sided", 0.0, 3.689, 5e-4),
]


@pytest.mark.parametrize(("source", "model", "d", "n", "level", "side", "low", "high", "within"), PRINTED)
def test_printed_bounds_of_processes(
    source: str,
    model: ProcessModel,
    d: int,
    n: int,
    level: float,
    side: Side,
    low: float,
    high: float,
    within: float,
) -> None:
    bound = process_bound(d, n, model=model, confidence=level, side=side)
    assert (bound.lower, bound.upper) == pytest.approx((low, high), rel=0, abs=within), source


@given(n=st.integers(1, 300), confidence=levels)
def test_nothing_found_has_a_bound_in_closed_form(n: int, confidence: float) -> None:
    tail = 1 - Fraction(repr(confidence))
    log = math.log(tail)
    assert process_bound(0, n, confidence=confidence).upper == pytest.approx(-math.expm1(log / n), rel=1e-12)
    rate = process_bound(0, n, confidence=confidence, model="poisson").upper
    assert rate == pytest.approx(-log / n, rel=1e-12)


# Values and words -------------------------------------------------------------------------------------------------


def test_bounds_are_values() -> None:
    lot = lot_quality_bound(d=5, n=80, lot_size=1200)
    assert lot == LotBound(5, 80, 1200, 5, 149, 0.95, "upper")
    assert pickle.loads(pickle.dumps(lot)) == lot
    assert repr(lot) == "<LotBound at most 149 of 1200 at 95 %: 5 of 80 found>"
    assert hash(lot) == hash(lot_quality_bound(np.int64(5), np.int32(80), 1200))  # type: ignore[arg-type]
    process = staged_process_bound(SinglePlan(80, 5), stage=1, d=5)
    assert (
        pickle.loads(pickle.dumps(process))
        == process
        == ProcessBound(5, 80, 0.0, process.upper, 0.95, "upper", "binomial", 1)
    )


@pytest.mark.parametrize(
    "bound",
    [
        lot_quality_bound(5, 80, 1200),
        staged_lot_bound(SinglePlan(80, 5), stage=1, d=5, lot_size=10**9, side="two-sided"),
        process_bound(25, 100, model="poisson", side="two-sided"),
        process_bound(5, 80, model="poisson", side="lower"),
        process_bound(5, 80, confidence=0.123456789012),
    ],
    ids=repr,
)
def test_bounds_are_a_line_and_go_through_json(bound: LotBound | ProcessBound) -> None:
    assert len(repr(bound)) <= 120
    assert type(bound).from_json(bound.to_json()) == bound
    json.dumps(bound.to_dict(), allow_nan=False)


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        (
            lot_quality_bound(5, 80, 1200),
            (
                "5 of the 80 items inspected do not conform. With 95 % confidence, at most 149 (12.42 %) of the 1200 items "
                "in the lot do not conform, including those found."
            ),
        ),
        (
            lot_quality_bound(1, 80, 1200, side="lower", confidence=0.9),
            (
                "1 of the 80 items inspected does not conform. With 90 % confidence, at least 2 (0.17 %) of the 1200 items "
                "in the lot do not conform, including those found."
            ),
        ),
        (
            lot_quality_bound(0, 80, 1200, side="two-sided", confidence=0.999),
            (
                "All 80 items inspected conform. With 99.9 % confidence, 0 (0.00 %) to 105 (8.75 %) of the 1200 items in "
                "the lot do not conform."
            ),
        ),
        (
            lot_quality_bound(2, 30, 30),
            "The whole lot was inspected. 2 of the 30 items inspected do not conform.",
        ),
        (
            staged_lot_bound(MultiplePlan((50, 50), (2, 6), (5, 7)), stage=2, d=6, lot_size=1200),
            (
                "6 of the 100 items inspected do not conform; the plan decided at stage 2. With 95 % confidence, at most "
                "149 (12.42 %) of the 1200 items in the lot do not conform, including those found."
            ),
        ),
        (
            process_bound(5, 80),
            (
                "5 of the 80 items inspected do not conform. With 95 % confidence, the process makes at most 12.69 "
                "nonconforming items per 100 items."
            ),
        ),
        (
            process_bound(1, 80, model="poisson", side="lower"),
            (
                "1 nonconformity was found on the 80 items inspected. With 95 % confidence, the process makes at least "
                "0.06412 nonconformities per 100 items."
            ),
        ),
        (
            process_bound(0, 80, model="poisson", side="two-sided"),
            (
                "No nonconformities were found on the 80 items inspected. With 95 % confidence, the process makes 0 to "
                "4.611 nonconformities per 100 items."
            ),
        ),
    ],
)
def test_a_bound_says_what_it_means(bound: LotBound | ProcessBound, said: str) -> None:
    assert bound.explain() == said


# What is refused --------------------------------------------------------------------------------------------------

PLAN = MultiplePlan((50, 50), (2, 6), (5, 7))
WRITTEN = "MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))"
CLOSED = MultiplePlan((2, 2, 2), (1, 1, 1), (2, 3, 3))


@pytest.mark.parametrize(
    ("call", "message", "facts"),
    [
        (
            lambda: lot_quality_bound(3, 2, 10),
            "d must be a whole number, 0 to 2, got 3.",
            {"value": 3},
        ),
        (
            lambda: lot_quality_bound(-1, 2, 10),
            "d must be a whole number, 0 to 2, got -1.",
            {"value": -1},
        ),
        (
            lambda: lot_quality_bound(0, 11, 10),
            "n must be a whole number, 1 to 10, got 11.",
            {"value": 11},
        ),
        (
            lambda: lot_quality_bound(0, 0, 10),
            "n must be a whole number, 1 to 10, got 0.",
            {"value": 0},
        ),
        (
            lambda: lot_quality_bound(0, 1, 0),
            "lot_size must be a whole number, 1 or more, got 0.",
            {"value": 0},
        ),
        (
            lambda: lot_quality_bound(cast(int, 1.0), 5, 10),
            "d must be a whole number, 0 to 5, got 1.0.",
            {"value": 1.0},
        ),
        (
            lambda: lot_quality_bound(True, 5, 10),
            "d must be a whole number, 0 to 5, got True.",
            {"value": True},
        ),
        *(
            (
                lambda level=level: lot_quality_bound(0, 5, 10, confidence=level),
                f"confidence must be above 0 and below 1, got {level!r}."
                + (" Write 0.95 for 95 %." if level == 95 else ""),
                {"value": level},
            )
            for level in (0, 1, 95, -0.5, "0.95", None, math.inf)
        ),
        (
            lambda: lot_quality_bound(0, 5, 10, confidence=Decimal("Infinity")),
            "confidence must be above 0 and below 1, got Decimal('Infinity').",
            {"value": math.inf},
        ),
        (
            lambda: lot_quality_bound(0, 5, 10, side=cast(Side, "both")),
            'side must be "upper", "lower" or "two-sided", got \'both\'.',
            {"value": "both", "nearest": None, "suggestion": None},
        ),
        (
            lambda: process_bound(0, 5, model=cast(ProcessModel, "hypergeometric")),
            'model must be "binomial" or "poisson", got \'hypergeometric\'.',
            {"value": "hypergeometric", "nearest": None, "suggestion": None},
        ),
        (
            lambda: process_bound(6, 5),
            "d must be a whole number, 0 to 5, got 6.",
            {"value": 6},
        ),
        (
            lambda: process_bound(0, 0, model="poisson"),
            "n must be a whole number, 1 or more, got 0.",
            {"value": 0},
        ),
        (
            lambda: process_bound(-1, 5, model="poisson"),
            "d must be a whole number, 0 or more, got -1.",
            {"value": -1},
        ),
        (
            lambda: staged_lot_bound(PLAN, stage=3, d=2, lot_size=1200),
            "stage must be a whole number, 1 to 2, got 3.",
            {"value": 3},
        ),
        (
            lambda: staged_lot_bound(PLAN, stage=1, d=3, lot_size=1200),
            (
                "d must decide at stage 1, got 3, with which the plan continues. "
                "Draw stage 2 and pass the count after it."
            ),
            {"d": 3, "stage": 1},
        ),
        (
            lambda: staged_lot_bound(PLAN, stage=2, d=2, lot_size=1200),
            ("d must be 3 to 54 at the end of stage 2, got 2. Count all items up to the end of that stage."),
            {"d": 2, "stage": 2},
        ),
        (
            lambda: staged_process_bound(PLAN, stage=2, d=55),
            ("d must be 3 to 54 at the end of stage 2, got 55. Count all items up to the end of that stage."),
            {"d": 55, "stage": 2},
        ),
        (
            lambda: staged_process_bound(PLAN, stage=2, d=2, model="poisson"),
            (
                "d must be 3 or more at the end of stage 2, got 2. "
                "Count all items up to the end of that stage."
            ),
            {"d": 2, "stage": 2},
        ),
        (
            lambda: staged_lot_bound(CLOSED, stage=2, d=2, lot_size=10),
            "stage must be a stage that the plan can reach, got 2.",
            {"d": 2, "stage": 2},
        ),
        (
            lambda: staged_lot_bound(PLAN, stage=2, d=3, lot_size=40),
            "stage must be a whole number, 1 to 1, got 2.",
            {"value": 2},
        ),
    ],
)
def test_what_is_refused_says_what_is_allowed(
    call: Callable[[], object], message: str, facts: dict[str, Any]
) -> None:
    with pytest.raises(DomainError) as caught:
        call()
    assert str(caught.value) == message
    assert caught.value.facts == facts


@pytest.mark.parametrize(
    "changed",
    [
        {"n": 0},
        {"n": 1201},
        {"d": -1},
        {"d": 81},
        {"upper": 4},
        {"upper": 1200 - 75 + 1},
        {"lower": 4},
        {"lower": 150},
        {"confidence": 0},
        {"confidence": 1.5},
        {"side": "both"},
    ],
    ids=str,
)
def test_a_bound_of_a_lot_checks_its_fields(changed: dict[str, Any]) -> None:
    """5 of 80 in a lot of 1200 do not conform, so 5 to 1200 - 75 in the lot do not."""
    kept = LotBound(5, 80, 1200, 5, 149, 0.95, "upper")
    assert replace(kept, upper=1200 - 75).upper == 1125
    with pytest.raises(DomainError):
        replace(kept, **changed)


@pytest.mark.parametrize(
    "call",
    [
        lambda plan: staged_lot_bound(plan, stage=1, d=0, lot_size=100),
        lambda plan: staged_process_bound(plan, stage=1, d=0),
    ],
    ids=["lot", "process"],
)
def test_a_staged_bound_needs_a_plan(call: Callable[[Any], object]) -> None:
    with pytest.raises(DomainError, match=r"plan must be a plan, such as SinglePlan\(n=80, ac=5\), got 0.05"):
        call(0.05)
