"""Strategies for plans: every form is drawn, and a contract may state every plan."""

from collections.abc import Callable

import pytest
from hypothesis import given

import aql
from aql.contract.terms import PlanSpec
from aql.strategies import multiple_plans, plans, single_plans
from aql.strategies._internal.stated_plans import stated
from tests.strategies.reaching import reached, simplest

AnyPlan = aql.SinglePlan | aql.MultiplePlan


def test_single_plans_reach_every_form_in_300_draws() -> None:
    seen, zero, above = reached(
        single_plans(),
        lambda plan: plan.re > plan.ac + 1,
        lambda plan: plan.ac == 0,
        lambda plan: plan.ac > plan.n,
    )
    assert set(seen) == set(zero) == set(above) == {True, False}


def test_multiple_plans_reach_every_form_in_30_tests_of_10_draws() -> None:
    stages, closed, gaps = reached(
        multiple_plans(),
        lambda plan: len(plan.n),
        lambda plan: plan.ac.count(None),
        lambda plan: plan.re[-1] > plan.final_ac + 1,
        draws=10,
        tests=30,
    )
    assert set(stages) == set(range(2, 8))
    assert {0, 1, 2} <= set(closed)
    assert set(gaps) == {True, False}


@given(plan=plans())
def test_a_contract_may_state_the_plan(plan: AnyPlan) -> None:
    assert PlanSpec.from_dict(stated(plan)).plan() == plan


@given(plan=plans(max_stages=3, max_n=9, max_step=1))
def test_plans_stay_within_their_limits(plan: AnyPlan) -> None:
    assert len(plan.stages) <= 3
    assert all(stage.n <= 9 for stage in plan.stages)
    assert plan.final_ac <= 3


def test_no_gap_where_none_is_wanted() -> None:
    (seen,) = reached(single_plans(gaps=False, max_ac=3), lambda plan: (plan.re - plan.ac, plan.ac))
    assert set(seen) == {(1, 0), (1, 1), (1, 2), (1, 3)}


def test_they_shrink_to_one_item() -> None:
    assert simplest(single_plans()) == aql.SinglePlan(1, 0)
    assert simplest(plans()) == aql.SinglePlan(1, 0)
    assert simplest(plans(max_stages=1)) == aql.SinglePlan(1, 0)
    assert simplest(multiple_plans()) == aql.MultiplePlan((1, 1), (0, 0), (1, 1))
    # What a person would write down of a property that fails where acceptance is not permitted at first.
    assert simplest(multiple_plans(), lambda plan: plan.ac[0] is None) == aql.MultiplePlan(
        (1, 1), (None, 0), (1, 1)
    )


@pytest.mark.parametrize(
    ("strategy", "message"),
    [
        (lambda: single_plans(max_n=0), "max_n must be a whole number, 1 or more, got 0."),
        (lambda: single_plans(max_ac=-1), "max_ac must be a whole number, 0 or more, got -1."),
        (lambda: plans(max_n=0), "max_n must be a whole number, 1 or more, got 0."),
        (lambda: plans(max_stages=0), "max_stages must be a whole number, 1 or more, got 0."),
        (lambda: plans(max_step=-1), "max_step must be a whole number, 0 or more, got -1."),
        (lambda: multiple_plans(min_stages=1), "min_stages must be a whole number, 2 or more, got 1."),
        (
            lambda: multiple_plans(min_stages=4, max_stages=3),
            "max_stages must be a whole number, 4 or more, got 3.",
        ),
    ],
    ids=["n", "ac", "n of any", "stages of any", "step", "fewest stages", "most stages"],
)
def test_impossible_limits_are_refused(strategy: Callable[[], object], message: str) -> None:
    with pytest.raises(aql.DomainError) as raised:
        strategy()
    assert str(raised.value) == message


def test_the_smallest_sample_allowed_is_one_item() -> None:
    assert simplest(plans(max_n=1)).n in (1, (1,))
