"""Inspection errors, compared with an enumeration of every pattern of items and errors."""

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache, partial
from itertools import combinations, product
from math import comb
from typing import Any, cast

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import MultiplePlan, SinglePlan
from aql.errors import DomainError
from aql.plans.inspection_error import Inspector
from aql.plans.operating_characteristic import pa, pr, slope
from aql.plans.outgoing_quality import aoq
from aql.plans.plan import on_lot
from aql.plans.quality_levels import quality_at
from aql.plans.sample_number import asn
from aql.plans.stage_probabilities import stage_probabilities
from aql.plans.total_inspection import ati
from aql.types import ProcessModel
from tests.profiles import examples

AnyPlan = SinglePlan | MultiplePlan

SMALL: list[AnyPlan] = [
    SinglePlan(3, 0),
    SinglePlan(4, 1),
    SinglePlan(3, 0, 2),
    MultiplePlan((2, 2), (0, 1), (2, 2)),
    MultiplePlan((1, 1, 2), (None, 0, 2), (2, 2, 3)),
]
every_plan = pytest.mark.parametrize("plan", SMALL, ids=repr)

ERRORS = [
    (Fraction(0), Fraction(0)),
    (Fraction(1, 5), Fraction(0)),
    (Fraction(0), Fraction(1, 10)),
    (Fraction(1, 4), Fraction(1, 20)),
    (Fraction(1), Fraction(1, 3)),
    (Fraction(2, 3), Fraction(1)),
]
every_error = pytest.mark.parametrize(("miss", "false_alarm"), ERRORS)


def ends(plan: AnyPlan, called: tuple[int, ...]) -> tuple[bool, int]:
    """Whether the plan accepts, and after how many items, given what the inspector calls each item."""
    for number, stage in enumerate(plan.stages, start=1):
        count = sum(called[: stage.total])
        if count >= stage.re:
            return False, stage.total
        if number == len(plan.stages) or (stage.ac is not None and count <= stage.ac):
            return True, stage.total
    raise AssertionError


def patterns(
    bad: tuple[int, ...], miss: Fraction, alarm: Fraction
) -> Iterator[tuple[tuple[int, ...], Fraction]]:
    """Everything the inspector may call these items, and how probable it is."""
    for called in product((0, 1), repeat=len(bad)):
        weight = Fraction(1)
        for is_bad, call in zip(bad, called, strict=True):
            chance = 1 - miss if is_bad else alarm
            weight *= chance if call else 1 - chance
        if weight:
            yield called, weight


@cache
def of_process(plan: AnyPlan, p: Fraction, miss: Fraction, alarm: Fraction) -> tuple[Fraction, Fraction]:
    """Probability of acceptance, and the average sample number."""
    accepted = items = Fraction(0)
    for bad in product((0, 1), repeat=plan.total):
        is_so = p ** sum(bad) * (1 - p) ** (plan.total - sum(bad))
        for called, weight in patterns(bad, miss, alarm):
            yes, drawn = ends(plan, called)
            accepted += is_so * weight * yes
            items += is_so * weight * drawn
    return accepted, items


@cache
def of_lot(
    plan: AnyPlan, size: int, number: int, miss: Fraction, alarm: Fraction
) -> tuple[Fraction, Fraction]:
    """The same of a lot, all orders of which are equally likely."""
    accepted = items = Fraction(0)
    for places in combinations(range(size), number):
        bad = tuple(int(place in places) for place in range(size))[: plan.total]
        for called, weight in patterns(bad, miss, alarm):
            yes, drawn = ends(plan, called)
            accepted += weight * yes / comb(size, number)
            items += weight * drawn / comb(size, number)
    return accepted, items


# Against every pattern --------------------------------------------------------------------------------------------


@every_plan
@every_error
def test_a_process_is_the_sum_over_every_pattern(
    plan: AnyPlan, miss: Fraction, false_alarm: Fraction
) -> None:
    inspector = Inspector(float(miss), float(false_alarm))
    for p in (Fraction(0), Fraction(1, 10), Fraction(2, 5), Fraction(1)):
        accepted, items = of_process(plan, p, miss, false_alarm)
        assert pa(plan, float(p), inspector=inspector) == pytest.approx(float(accepted), rel=1e-12, abs=1e-30)
        assert pr(plan, float(p), inspector=inspector) == pytest.approx(
            float(1 - accepted), rel=1e-12, abs=1e-30
        )
        assert asn(plan, float(p), inspector=inspector) == pytest.approx(float(items), rel=1e-12)


@every_plan
@every_error
def test_a_lot_is_the_sum_over_every_pattern(plan: AnyPlan, miss: Fraction, false_alarm: Fraction) -> None:
    inspector = Inspector(float(miss), float(false_alarm))
    for size in (3, 6):
        done = on_lot(plan, size)
        how: dict[str, Any] = {"model": "hypergeometric", "lot_size": size}
        exact = [of_lot(done, size, bad, miss, false_alarm) for bad in range(size + 1)]
        accepted, items = ([float(one[part]) for one in exact] for part in (0, 1))
        rejected = [float(1 - one[0]) for one in exact]
        how["nonconforming"] = list(range(size + 1))
        assert pa(plan, inspector=inspector, **how) == pytest.approx(accepted, rel=1e-12, abs=1e-30)
        assert pr(plan, inspector=inspector, **how) == pytest.approx(rejected, rel=1e-12, abs=1e-30)
        assert asn(plan, inspector=inspector, **how) == pytest.approx(items, rel=1e-12)


@pytest.mark.parametrize(("rate", "miss", "alarm"), [(0.3, 0.25, 0.0), (0.1, 0.5, 0.05), (0.0, 0.0, 0.2)])
def test_nonconformities_are_thinned_and_false_ones_added(rate: float, miss: float, alarm: float) -> None:
    n, c = 4, 1
    with mpmath.workdps(30):

        def poisson(mean: mpmath.mpf, k: int) -> mpmath.mpf:
            return mpmath.exp(-mean) * mean**k / mpmath.factorial(k)

        exact = mpmath.mpf(0)
        for true in range(80):
            for seen in range(min(true, c) + 1):
                ways = (
                    mpmath.binomial(true, seen)
                    * mpmath.mpf(1 - miss) ** seen
                    * mpmath.mpf(miss) ** (true - seen)
                )
                exact += (
                    poisson(n * mpmath.mpf(rate), true)
                    * ways
                    * sum(poisson(n * mpmath.mpf(alarm), k) for k in range(c - seen + 1))
                )
    found = pa(SinglePlan(n, c), rate, inspector=Inspector(miss, alarm), model="poisson")
    assert found == pytest.approx(float(exact), rel=1e-12)
    per_hundred = pa(
        SinglePlan(n, c), 100 * rate, inspector=Inspector(miss, alarm), model="poisson", unit="100 items"
    )
    assert per_hundred == pytest.approx(found, rel=1e-12)


# Laws -------------------------------------------------------------------------------------------------------------

plans = st.sampled_from(
    [
        SinglePlan(80, 2),
        SinglePlan(125, 7),
        MultiplePlan((50, 50), (2, 6), (5, 7)),
        MultiplePlan((20, 20, 20), (None, 1, 3), (2, 3, 4)),
    ]
)
fractions = st.floats(0, 0.5)


@given(plan=plans, p=fractions)
def test_who_never_errs_changes_nothing(plan: AnyPlan, p: float) -> None:
    assert pa(plan, p, inspector=Inspector()) == pa(plan, p)
    assert pr(plan, p, inspector=Inspector()) == pr(plan, p)
    assert asn(plan, p, inspector=Inspector()) == asn(plan, p)
    assert aoq(plan, p, inspector=Inspector(), lot_size=3000) == pytest.approx(
        aoq(plan, p, lot_size=3000), rel=1e-12
    )
    # Replacements are inspected too.
    assert ati(plan, p, inspector=Inspector(), lot_size=3000) == pytest.approx(
        ati(plan, p, lot_size=3000) / (1 - p), rel=1e-12
    )
    bad = int(600 * p)
    lot: dict[str, Any] = {"model": "hypergeometric", "lot_size": 600, "nonconforming": bad}
    assert pa(plan, **lot, inspector=Inspector()) == pytest.approx(pa(plan, **lot), rel=1e-14)
    assert asn(plan, **lot, inspector=Inspector(), inspection="curtailed") == pytest.approx(
        asn(plan, **lot, inspection="curtailed"), rel=1e-14
    )


@examples(40)
@given(plan=plans, p=fractions, one=fractions, two=fractions, other=st.floats(0, 0.2))
def test_missing_more_accepts_more_and_false_alarms_reject(
    plan: AnyPlan, p: float, one: float, two: float, other: float
) -> None:
    less, more = sorted((one, two))
    ways: list[dict[str, Any]] = [
        {"p": p},
        {"nonconforming": int(300 * p), "model": "hypergeometric", "lot_size": 300},
    ]
    for quality in ways:
        careful, careless = (pa(plan, inspector=Inspector(miss, other), **quality) for miss in (less, more))
        assert careless >= careful * (1 - 1e-11)
        calm, nervous = (pa(plan, inspector=Inspector(other, alarm), **quality) for alarm in (less, more))
        assert nervous <= calm * (1 + 1e-11)


@examples(40)
@given(plan=plans, share=st.floats(0, 0.3), miss=fractions, alarm=st.floats(0, 0.1))
def test_accepted_and_rejected_make_up_the_whole(
    plan: AnyPlan, share: float, miss: float, alarm: float
) -> None:
    lot: dict[str, Any] = {"model": "hypergeometric", "lot_size": 400, "nonconforming": int(400 * share)}
    inspector = Inspector(miss, alarm)
    both = pa(plan, inspector=inspector, **lot) + pr(plan, inspector=inspector, **lot)
    assert both == pytest.approx(1, rel=1e-12)


def test_a_large_lot_is_as_its_process() -> None:
    plan, inspector = MultiplePlan((50, 50), (2, 6), (5, 7)), Inspector(0.3, 0.01)
    lot = pa(plan, 0.05, inspector=inspector, model="hypergeometric", lot_size=1_000_000)
    assert lot == pytest.approx(pa(plan, 0.05, inspector=inspector), rel=2e-4)


def test_small_probabilities_keep_their_digits() -> None:
    # Half of all items look nonconforming; the first term of the sum over the lot is far below the others.
    size, bad, plan, inspector = 200, 100, SinglePlan(100, 3), Inspector(0.5, 0.5)
    exact = sum(
        Fraction(comb(size, called), 2**size)
        * Fraction(sum(comb(called, k) * comb(size - called, 100 - k) for k in range(4)), comb(size, 100))
        for called in range(size + 1)
    )
    found = pa(plan, inspector=inspector, model="hypergeometric", lot_size=size, nonconforming=bad)
    assert float(exact) < 1e-24
    assert found == pytest.approx(float(exact), rel=1e-11, abs=0)


@every_plan
@every_error
def test_stages_of_a_lot_are_the_sum_over_every_pattern(
    plan: AnyPlan, miss: Fraction, false_alarm: Fraction
) -> None:
    size, inspector = 6, Inspector(float(miss), float(false_alarm))
    done = on_lot(plan, size)
    found = stage_probabilities(
        plan,
        nonconforming=range(size + 1),
        model="hypergeometric",
        lot_size=size,
        inspector=inspector,
    )
    for bad in range(size + 1):
        accepted, items = of_lot(done, size, bad, miss, false_alarm)
        assert sum(one[bad] for one in found.accept) == pytest.approx(float(accepted), rel=1e-12, abs=1e-30)
        assert sum(one[bad] for one in found.reject) == pytest.approx(
            float(1 - accepted), rel=1e-12, abs=1e-30
        )
        drawn = sum(stage.n * one[bad] for stage, one in zip(done.stages, found.reach, strict=True))
        assert drawn == pytest.approx(float(items), rel=1e-12)


# Outgoing quality -------------------------------------------------------------------------------------------------


@every_error
def test_what_leaves_is_counted_place_by_place(miss: Fraction, false_alarm: Fraction) -> None:
    # A lot of 4: every item of the process is good or bad, and called so or not; what is called bad in the sample, or
    # anywhere in a rejected lot, gives its place to the first item that passes.
    size, p = 4, Fraction(3, 10)
    plans: list[AnyPlan] = [SinglePlan(2, 0), MultiplePlan((1, 1), (None, 1), (2, 2)), SinglePlan(4, 1)]
    passes = p * miss + (1 - p) * (1 - false_alarm)
    inspector = Inspector(float(miss), float(false_alarm))
    if not passes:
        return
    bad_that_passed = p * miss / passes
    for plan in plans:
        left = inspections = Fraction(0)
        for bad in product((0, 1), repeat=size):
            is_so = p ** sum(bad) * (1 - p) ** (size - sum(bad))
            for called, weight in patterns(bad, miss, false_alarm):
                yes, drawn = ends(plan, called)
                looked_at = drawn if yes else size
                replaced = sum(called[:looked_at])
                stay = sum(b for place, b in enumerate(bad) if place >= looked_at or not called[place])
                left += is_so * weight * (stay + replaced * bad_that_passed)
                inspections += is_so * weight * (looked_at + replaced / passes)
        assert aoq(plan, float(p), inspector=inspector, lot_size=size) == pytest.approx(
            float(left / size), rel=1e-12
        )
        assert ati(plan, float(p), inspector=inspector, lot_size=size) == pytest.approx(
            float(inspections), rel=1e-12
        )


@given(p=st.floats(0.001, 0.3), miss=fractions, alarm=st.floats(0, 0.1))
def test_a_single_plan_has_the_usual_formula(p: float, miss: float, alarm: float) -> None:
    # (n p m + p (N - n)(1 - p') Pa + p (N - n)(1 - Pa) m) / (N (1 - p')), and (n + (1 - Pa)(N - n)) / (1 - p').
    n, size, plan = 50, 2000, SinglePlan(50, 2)
    seen = p * (1 - miss) + (1 - p) * alarm
    accepted = pa(plan, seen)
    out = n * p * miss + p * (size - n) * ((1 - seen) * accepted + (1 - accepted) * miss)
    inspector = Inspector(miss, alarm)
    assert aoq(plan, p, inspector=inspector, lot_size=size) == pytest.approx(
        out / (size * (1 - seen)), rel=1e-10
    )
    assert ati(plan, p, inspector=inspector, lot_size=size) == pytest.approx(
        (n + (1 - accepted) * (size - n)) / (1 - seen), rel=1e-10
    )


def test_printed_outgoing_quality_without_errors() -> None:
    # SAS/QC, AOQ2('rep', 120, 0, 2, 1, 13, 13, 0.18).
    plan = MultiplePlan((13, 13), (0, 1), (2, 2))
    assert aoq(plan, 0.18, inspector=Inspector(), lot_size=120) == pytest.approx(0.0144743043, abs=5e-11)


def test_what_is_never_seen_is_delivered() -> None:
    blind = Inspector(miss=1.0)
    assert aoq(SinglePlan(50, 0), [0.0, 0.05, 0.3], inspector=blind, lot_size=1000) == pytest.approx(
        [0, 0.05, 0.3], rel=1e-14
    )
    assert pa(SinglePlan(50, 0), 0.3, inspector=blind) == 1


# Shapes and values ------------------------------------------------------------------------------------------------


def test_shape_in_is_shape_out() -> None:
    plan, inspector = SinglePlan(13, 1), Inspector(0.1, 0.01)
    grid = np.array([[0.0, 0.5, math.nan]])
    lot: dict[str, Any] = {"model": "hypergeometric", "lot_size": 20}
    for ask, how in (
        (pa, {}),
        (pa, lot),
        (pr, lot),
        (asn, lot),
        (aoq, {"lot_size": 20}),
        (ati, {"lot_size": 20}),
    ):
        call = partial(cast(Callable[..., Any], ask), plan, inspector=inspector, **how)
        found = call(grid)
        assert found.shape == (1, 3)
        assert np.isnan(found).tolist() == [[False, False, True]]
        assert isinstance(call(0.5), float)
        assert call(0.5) == pytest.approx(found[0, 1], rel=1e-13)
        assert math.isnan(call(math.nan))
    assert pa(plan, [], inspector=inspector, **lot).shape == (0,)


def test_an_inspector_is_a_value() -> None:
    one = Inspector(miss=0.2)
    assert one == Inspector(0.2, 0.0) == eval(repr(one))
    assert hash(one) == hash(Inspector(0.2))
    assert one.apparent([0.0, 0.5, 1.0]).tolist() == pytest.approx([0, 0.4, 0.8])
    assert Inspector(0.5, 0.25).apparent(2.0, model="poisson") == 1.25
    assert Inspector(0.1, 1.0).apparent(0.1) <= 1


# What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        *(
            (
                lambda value=value: Inspector(miss=value),
                f"miss must be from 0 to 1, got {value!r}."
                + ("" if value != 1.1 else " Write 0.011 for 1.1 %."),
            )
            for value in (-0.1, 1.1, math.nan, "0.2", None)
        ),
        (lambda: Inspector(0.1, 2), "false_alarm must be from 0 to 1, got 2. Write 0.02 for 2 %."),
        (
            lambda: aoq(SinglePlan(5, 0), [0.1, 1.0], inspector=Inspector(), lot_size=100),
            "inspector must pass some items, got Inspector(miss=0.0, false_alarm=0.0) with p 1.",
        ),
        (
            lambda: ati(SinglePlan(5, 0), 0.1, inspector=Inspector(0.0, 1.0), lot_size=100),
            "inspector must pass some items, got Inspector(miss=0.0, false_alarm=1.0) with p 0.1.",
        ),
        (
            lambda: aoq(SinglePlan(5, 0), 0.1, inspector=Inspector(0.1), model="poisson"),
            "model must be \"binomial\" with an inspector, got 'poisson'.",
        ),
        (
            lambda: aoq(SinglePlan(5, 0), 0.1, inspector=Inspector(0.1), lot_size=100, found="removed"),
            "found must be \"replaced\" with an inspector, got 'removed'.",
        ),
        (
            lambda: pa(SinglePlan(5, 0), 1.5, inspector=Inspector(0.1)),
            "p must be from 0 to 1, got 1.5. Write 0.015 for 1.5 %.",
        ),
        (
            lambda: pa(SinglePlan(5, 0), 0.1, inspector=Inspector(0.1), lot_size=100),
            'lot_size requires model="hypergeometric", got lot_size=100 with model="binomial".',
        ),
    ],
)
def test_what_is_refused_says_what_is_allowed(call: Callable[[], object], message: str) -> None:
    with pytest.raises(DomainError) as caught:
        call()
    assert str(caught.value) == message


# Qualities, slopes and stages: inverses and derivatives of the curve with errors ------------------------------------

SINGLE, DOUBLE = SinglePlan(80, 5), MultiplePlan((50, 50), (2, 6), (5, 7))
LOT: dict[str, Any] = {"model": "hypergeometric", "lot_size": 300}


def accepted(p: float) -> str:
    """Probability that the single plan accepts, as a message writes it."""
    return f"{sum(comb(80, k) * p**k * (1 - p) ** (80 - k) for k in range(6)):.6g}"


inspectors = st.builds(Inspector, miss=st.floats(0, 0.6), false_alarm=st.floats(0, 0.004))


@given(inspector=inspectors, target=st.floats(0.02, 0.9), model=st.sampled_from(["binomial", "poisson"]))
def test_the_quality_found_is_accepted_so_often(
    inspector: Inspector, target: float, model: ProcessModel
) -> None:
    found = quality_at(DOUBLE, target, inspector=inspector, model=model)
    assert pa(DOUBLE, found, inspector=inspector, model=model) == pytest.approx(target, rel=1e-9)
    again = quality_at(DOUBLE, inspector=inspector, pr=1 - target, model=model)
    assert again == pytest.approx(found, rel=1e-9)


@given(inspector=inspectors, target=st.floats(0.02, 0.9))
def test_in_a_lot_it_is_the_largest_number_accepted_so_often(inspector: Inspector, target: float) -> None:
    bad = round(quality_at(SINGLE, target, inspector=inspector, **LOT) * 300)
    accepted = pa(SINGLE, inspector=inspector, nonconforming=[bad, min(bad + 1, 300)], **LOT)
    assert accepted[0] >= target
    assert bad == 300 or accepted[1] < target
    rejected = quality_at(SINGLE, inspector=inspector, pr=1 - target, **LOT) * 300
    assert pr(SINGLE, inspector=inspector, nonconforming=round(rejected), **LOT) <= 1 - target


def test_an_inspector_who_never_errs_changes_no_quality() -> None:
    for how in ({}, {"model": "poisson"}, LOT):
        shares = np.array([[0.9, 0.5], [0.1, np.nan]])
        np.testing.assert_allclose(
            quality_at(SINGLE, shares, inspector=Inspector(), **how),
            SINGLE.quality_at(shares, **how),
            rtol=1e-14,
        )
    assert slope(SINGLE, 0.05, inspector=Inspector()) == SINGLE.slope(0.05)


def test_qualities_per_100_items() -> None:
    inspector = Inspector(miss=0.1, false_alarm=0.001)
    each = quality_at(SINGLE, [0.9, 0.1], inspector=inspector, model="poisson")
    hundred = quality_at(SINGLE, [0.9, 0.1], inspector=inspector, model="poisson", unit="100 items")
    np.testing.assert_allclose(hundred, 100 * each, rtol=1e-12)


@given(inspector=inspectors, p=st.floats(0.01, 0.3), model=st.sampled_from(["binomial", "poisson"]))
def test_the_slope_is_the_change_of_the_curve(inspector: Inspector, p: float, model: ProcessModel) -> None:
    h = 1e-6
    low, high = pa(SINGLE, [p - h, p + h], inspector=inspector, model=model)
    assert slope(SINGLE, p, inspector=inspector, model=model) == pytest.approx(
        (high - low) / (2 * h), rel=1e-4, abs=1e-8
    )


@given(inspector=inspectors, p=st.floats(0, 0.3))
def test_stages_add_up(inspector: Inspector, p: float) -> None:
    found = stage_probabilities(DOUBLE, p, inspector=inspector)
    assert sum(found.accept) == pytest.approx(pa(DOUBLE, p, inspector=inspector), rel=1e-12)
    assert sum(found.reject) == pytest.approx(pr(DOUBLE, p, inspector=inspector), rel=1e-12, abs=1e-300)
    assert 50 + 50 * found.reach[1] == pytest.approx(asn(DOUBLE, p, inspector=inspector), rel=1e-12)


def test_a_perfect_process_is_found_where_only_false_alarms_reject() -> None:
    inspector = Inspector(false_alarm=0.02)
    at_best = pa(SINGLE, 0.0, inspector=inspector)
    assert quality_at(SINGLE, at_best, inspector=inspector) == pytest.approx(0, abs=1e-16)


@pytest.mark.parametrize(
    ("target", "inspector", "how", "said"),
    [
        (
            0.95,
            Inspector(false_alarm=0.1),
            {},
            f"pa must be between 0 and {accepted(0.1)}, its values at the worst and the best quality, got 0.95.",
        ),
        (
            0.01,
            Inspector(miss=0.95),
            {},
            f"pa must be between {accepted(0.05)} and 1, its values at the worst and the best quality, got 0.01.",
        ),
        (
            0.95,
            Inspector(miss=0.5, false_alarm=0.5),
            {},
            (
                "miss + false_alarm must be below 1 to distinguish nonconforming from conforming "
                "items, got Inspector(miss=0.5, false_alarm=0.5)."
            ),
        ),
        (
            0.95,
            Inspector(miss=1.0),
            {"model": "poisson"},
            (
                "miss must be below 1 to distinguish nonconforming from conforming "
                "items, got Inspector(miss=1.0, false_alarm=0.0)."
            ),
        ),
        (
            0.99999,
            Inspector(false_alarm=0.1),
            {"model": "poisson"},
            "pa must be between 0 and 0.191236, its values at the worst and the best quality, got 0.99999.",
        ),
    ],
)
def test_what_no_quality_has_is_refused(
    target: float, inspector: Inspector, how: dict[str, Any], said: str
) -> None:
    with pytest.raises(DomainError) as caught:
        quality_at(SINGLE, target, inspector=inspector, **how)
    assert str(caught.value) == said


def test_a_lot_that_no_number_suits_is_refused() -> None:
    with pytest.raises(
        DomainError,
        match=r"^pr must be between 0.\d+ and 1, its values at the best and the worst quality, got 0.01.$",
    ):
        quality_at(SINGLE, inspector=Inspector(false_alarm=0.1), pr=0.01, **LOT)
    assert quality_at(SINGLE, 0.5, inspector=Inspector(miss=0.96), **LOT) == 1.0
