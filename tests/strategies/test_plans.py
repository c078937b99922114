"""Strategies for plans: every form is drawn, and a contract may state every plan."""

from collections.abc import Callable
from itertools import pairwise

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


def test_single_plans_go_to_the_ends_of_their_ranges() -> None:
    n, ac, gap = reached(
        single_plans(), lambda plan: plan.n, lambda plan: plan.ac, lambda plan: plan.re - plan.ac - 1, tests=2
    )
    for seen, least, most in ((n, 1, 500), (ac, 0, 20), (gap, 0, 4)):
        assert (min(seen), max(seen)) == (least, most)
    assert gap[0] > sum(gap.values()) / 3, "half of the steps are 0"


def increases(plan: aql.MultiplePlan) -> list[int]:
    """By how much the acceptance numbers rise, from the first stage that can accept on."""
    acs = [ac for ac in plan.ac if ac is not None]
    return [after - before for before, after in pairwise(acs)]


def test_multiple_plans_go_to_the_ends_of_their_ranges() -> None:
    stages, n, rise, gap = reached(
        multiple_plans(),
        lambda plan: len(plan.n),
        lambda plan: max(plan.n),
        lambda plan: max(increases(plan), default=0),
        lambda plan: plan.re[0] - (plan.ac[0] or 0) - 1,
    )
    assert (min(stages), max(stages)) == (2, 7)
    assert max(n) == 500
    assert (min(rise), max(rise)) == (0, 4)
    assert min(gap) == 0
    (small,) = reached(
        multiple_plans(min_stages=3, max_stages=4, max_n=1, max_step=1),
        lambda plan: (len(plan.n), set(plan.n) == {1}, max(increases(plan), default=0) <= 1),
        draws=100,
    )
    assert set(small) == {(3, True, True), (4, True, True)}


def test_all_but_the_last_stage_may_be_unable_to_accept() -> None:
    (closed,) = reached(multiple_plans(max_stages=3), lambda plan: (len(plan.n), plan.ac.count(None)))
    assert set(closed) == {(2, 0), (2, 1), (3, 0), (3, 1), (3, 2)}


def test_plans_have_up_to_the_stages_and_steps_asked_for() -> None:
    stages, ac = reached(
        plans(max_stages=3, max_n=9, max_step=3),
        lambda plan: len(plan.stages),
        lambda plan: plan.ac if isinstance(plan, aql.SinglePlan) else 0,
    )
    assert set(stages) == {1, 2, 3}
    assert (min(ac), max(ac)) == (0, 6), "twice the largest step"
    (default,) = reached(plans(), lambda plan: len(plan.stages))
    assert set(default) == set(range(1, 8))
    assert simplest(multiple_plans(max_n=1, max_step=0)) == aql.MultiplePlan((1, 1), (0, 0), (1, 1))


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
