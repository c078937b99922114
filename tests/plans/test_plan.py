"""Plans as values: what they may hold, and what they say of themselves."""

import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import AqlError, MultiplePlan, SinglePlan
from aql.plans.plan import FractionalPlan, Stage
from aql.plans.whole_lot import on_lot
from aql.strategies import plans


def message(make: Any, *args: Any) -> str:
    with pytest.raises(AqlError) as caught:
        make(*args)
    return str(caught.value)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((0, 0), "n 0 is not allowed; n is a whole number, 1 or more. Give a whole number."),
        ((2.5, 0), "n 2.5 is not allowed; n is a whole number, 1 or more. Give a whole number."),
        ((True, 0), "n True is not allowed; n is a whole number, 1 or more. Give a whole number."),
        ((5, -1), "ac -1 is not allowed; ac is a whole number, 0 or more. Give a whole number."),
        ((5, None), "ac None is not allowed; ac is a whole number, 0 or more. Give a whole number."),
        ((5, 2, 2), "re 2 with ac 2; re is above ac. Leave re out for 3, or give a larger one."),
        ((5, 2, "3"), "re '3' is not allowed; re is a whole number, 0 or more. Give a whole number."),
    ],
    ids=str,
)
def test_a_single_plan_that_cannot_be(args: Any, expected: str) -> None:
    assert message(SinglePlan, *args) == expected


SHAPE = "a plan of several stages has two or more of each, equally many. Give one of each for every stage; SinglePlan is the plan of one stage."
ORDER = "both are cumulative and never fall, each ac is below its re, and the last ac is a number. Give cumulative numbers, None for a stage without acceptance."


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (((5,), (0,), (1,)), f"1 sample sizes, 1 acceptance and 1 rejection numbers; {SHAPE}"),
        (((5, 5), (0,), (1, 2)), f"2 sample sizes, 1 acceptance and 2 rejection numbers; {SHAPE}"),
        (((5, 5), (1, 0), (2, 2)), f"ac (1, 0) with re (2, 2); {ORDER}"),
        (((5, 5), (0, 1), (3, 2)), f"ac (0, 1) with re (3, 2); {ORDER}"),
        (((5, 5), (2, 2), (2, 3)), f"ac (2, 2) with re (2, 3); {ORDER}"),
        (((5, 5), (0, None), (2, 3)), f"ac (0, None) with re (2, 3); {ORDER}"),
        ((5, 0, 1), "n 5 is no sequence; a plan of several stages takes one number for each stage. Give a tuple; SinglePlan is the plan of one stage."),
        (((5, 0), (0, 1), (2, 2)), "n 0 is not allowed; n is a whole number, 1 or more. Give a whole number."),
    ],
    ids=str,
)  # fmt: skip
def test_a_plan_of_several_stages_that_cannot_be(args: Any, expected: str) -> None:
    assert message(MultiplePlan, *args) == expected


PLANS = [SinglePlan(80, 5), SinglePlan(32, 1, 4), SinglePlan(2, 5), MultiplePlan((13, 13), (None, 1), (2, 2))]


@pytest.mark.parametrize("plan", PLANS, ids=repr)
def test_plans_are_values(plan: SinglePlan | MultiplePlan) -> None:
    again = eval(repr(plan), {"SinglePlan": SinglePlan, "MultiplePlan": MultiplePlan})
    assert again == plan
    assert hash(again) == hash(plan)
    assert pickle.loads(pickle.dumps(plan)) == plan
    with pytest.raises(AttributeError):
        plan.n = 3  # type: ignore[misc]


def test_numpy_numbers_become_plain_ones() -> None:
    n: Any = np.int64(80)
    ac: Any = np.int32(5)
    plan = SinglePlan(n, ac)
    assert (type(plan.n), type(plan.ac), type(plan.re)) == (int, int, int)
    assert plan == SinglePlan(80, 5)


def test_stages_are_cumulative() -> None:
    assert SinglePlan(80, 5).stages == (Stage(80, 80, 5, 6),)
    plan = MultiplePlan(n=[20, 30], ac=[None, 3], re=[2, 4])
    assert plan.stages == (Stage(20, 20, None, 2), Stage(30, 50, 3, 4))
    assert (plan.total, plan.final_ac) == (50, 3)
    assert FractionalPlan(50, Fraction(1, 3)).ac == Fraction(1, 3)


@given(plan=plans(max_n=30), lot=st.integers(1, 200))
def test_on_a_lot_no_plan_takes_more_than_the_lot(plan: SinglePlan | MultiplePlan, lot: int) -> None:
    """Rule 10: earlier stages stay, the stage that reaches the lot is the last and takes what remains."""
    fitted = on_lot(plan, lot)
    assert fitted.total == min(plan.total, lot)
    assert (fitted.final_ac, fitted.stages[-1].re) == (plan.final_ac, plan.stages[-1].re)
    assert fitted.stages[:-1] == plan.stages[: len(fitted.stages) - 1]
    assert (fitted == plan) == (plan.total <= lot)
