"""Qualities and risks are inverse readings of the same curve."""

import math
from fractions import Fraction
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aql import AqlError, MultiplePlan, SinglePlan
from aql.plans.quality_levels import crq, discrimination_ratio, indifference_quality, quality_at
from aql.plans.risks import consumer_risk, producer_risk
from aql.types import ProcessModel
from tests.oracles import exact_probability as exact

PLANS: list[SinglePlan | MultiplePlan] = [
    SinglePlan(80, 2),
    SinglePlan(80, 0),
    SinglePlan(32, 1, 4),
    SinglePlan(3, 2),
    MultiplePlan((50, 50), (2, 6), (5, 7)),
    MultiplePlan((13,) * 5, (None, 0, 0, 1, 3), (2, 3, 3, 4, 4)),
]
plans = st.sampled_from(PLANS)
models = st.sampled_from(["binomial", "poisson"])


@given(plan=plans, model=models, target=st.floats(0.001, 0.999))
def test_the_quality_has_the_probability_it_was_asked_for(
    plan: SinglePlan | MultiplePlan, model: ProcessModel, target: float
) -> None:
    quality = quality_at(plan, target, model=model)
    assert plan.pa(quality, model=model) == pytest.approx(target, rel=1e-9)
    assert plan.pr(quality_at(plan, pr=target, model=model), model=model) == pytest.approx(target, rel=1e-9)


@given(plan=plans, model=models, risk=st.floats(-250, -3).map(lambda power: 10**power))
def test_tiny_risks_of_the_producer_have_a_quality(
    plan: SinglePlan | MultiplePlan, model: ProcessModel, risk: float
) -> None:
    quality = quality_at(plan, pr=risk, model=model)
    assert plan.pr(quality, model=model) == pytest.approx(risk, rel=1e-9)


@given(plan=plans, target=st.floats(0.01, 0.99), lot_size=st.integers(1, 300))
@example(plan=SinglePlan(80, 0), target=1 / 3, lot_size=240)
def test_in_a_lot_it_is_the_largest_quality_accepted_so_often(
    plan: SinglePlan | MultiplePlan, target: float, lot_size: int
) -> None:
    """By exact fractions. Where a probability is the target to 12 digits, either quality is right."""
    how: dict[str, Any] = {"model": "hypergeometric", "lot_size": lot_size}
    read = exact.plan_of(plan, lot_size)
    below, above = (Fraction(target) * (1 + sign * Fraction(1, 10**12)) for sign in (-1, 1))

    bad = round(quality_at(plan, target, **how) * lot_size)
    assert quality_at(plan, target, **how) == bad / lot_size
    assert exact.pa(read, exact.hypergeometric(lot_size, bad)) >= below
    assert bad == lot_size or exact.pa(read, exact.hypergeometric(lot_size, bad + 1)) < above

    bad = round(quality_at(plan, pr=target, **how) * lot_size)
    assert quality_at(plan, pr=target, **how) == bad / lot_size
    assert exact.pr(read, exact.hypergeometric(lot_size, bad)) <= above
    assert bad == lot_size or exact.pr(read, exact.hypergeometric(lot_size, bad + 1)) > below


def test_per_hundred_items_is_a_hundred_times_as_much() -> None:
    per_item = quality_at(PLANS[0], 0.5, model="poisson")
    assert quality_at(PLANS[0], 0.5, model="poisson", unit="100 items") == pytest.approx(100 * per_item)


def test_shapes_and_nan_pass_through() -> None:
    found = quality_at(PLANS[0], [[0.9, math.nan], [0.5, 0.1]])
    assert found.shape == (2, 2)
    assert math.isnan(found[0, 1])


class Halves:
    """What accepts by one plan or by another, each as often: it has no stages, but qualities and risks."""

    def __init__(self, one: SinglePlan, other: SinglePlan) -> None:
        self.plans = one, other

    def pa(self, p: Any, **law: Any) -> Any:
        return sum(plan.pa(p, **law) for plan in self.plans) / 2

    def pr(self, p: Any, **law: Any) -> Any:
        return sum(plan.pr(p, **law) for plan in self.plans) / 2


@given(target=st.floats(0.01, 0.99), model=models)
def test_all_that_is_needed_is_a_probability_of_acceptance_and_one_of_rejection(
    target: float, model: ProcessModel
) -> None:
    halves = Halves(SinglePlan(80, 2), SinglePlan(13, 0))
    assert halves.pa(quality_at(halves, target, model=model), model=model) == pytest.approx(target, rel=1e-9)
    assert halves.pr(quality_at(halves, pr=target, model=model), model=model) == pytest.approx(
        target, rel=1e-9
    )
    assert crq(halves, target) == quality_at(halves, target)
    assert consumer_risk(halves, 0.1) == halves.pa(0.1)
    assert producer_risk(halves, 0.01) == halves.pr(0.01)
    lot = quality_at(halves, target, model="hypergeometric", lot_size=120)
    assert halves.pa(lot, model="hypergeometric", lot_size=120) >= target


def test_names_for_often_asked_qualities() -> None:
    plan = PLANS[0]
    assert crq(plan) == quality_at(plan, 0.10)
    assert indifference_quality(plan) == quality_at(plan, 0.5)
    assert discrimination_ratio(plan) == quality_at(plan, 0.10) / quality_at(plan, pr=0.05)


def test_a_plan_that_rejects_only_at_the_very_end_has_its_quality_there() -> None:
    assert 0.999 < quality_at(SinglePlan(3000, 2999), 1e-3) <= 1


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (
            lambda: quality_at(SinglePlan(3, 5), 0.5),
            "plan must reject some lots to have a quality at a probability, got SinglePlan(n=3, ac=5).",
        ),
        (lambda: cast(Any, quality_at)(PLANS[0]), "pass either pa or pr, got neither."),
        (
            lambda: cast(Any, discrimination_ratio)(PLANS[0], [], [0.01, 0.05]),
            "alpha must be above 0 and below 1, got [].",
        ),
        (
            lambda: cast(Any, discrimination_ratio)(PLANS[0], 0.05, [0.01, 0.05]),
            "beta must be above 0 and below 1, got [0.01, 0.05].",
        ),
        (
            lambda: discrimination_ratio(SinglePlan(5, 0), model="hypergeometric", lot_size=10),
            (
                "alpha must allow at least one nonconforming item in the lot, got 0.05: the quality to divide by would "
                "be 0. Use a larger alpha or lot."
            ),
        ),
        (lambda: cast(Any, quality_at)(PLANS[0], 0.5, pr=0.5), "pass either pa or pr, got both."),
        (lambda: quality_at(PLANS[0], [0.5, 1.0]), "pa must be above 0 and below 1, got 1.0."),
        (lambda: quality_at(PLANS[0], pr=0), "pr must be above 0 and below 1, got 0.0."),
        (
            lambda: quality_at(PLANS[0], 0.5, lot_size=100),
            'lot_size requires model="hypergeometric", got lot_size=100 with model="binomial".',
        ),
    ],
)
def test_what_has_no_answer(work: Any, expected: str) -> None:
    with pytest.raises(AqlError) as caught:
        work()
    assert str(caught.value) == expected


def test_a_lot_that_is_always_accepted_may_be_all_nonconforming() -> None:
    assert quality_at(SinglePlan(3, 5), 0.5, model="hypergeometric", lot_size=10) == 1.0
