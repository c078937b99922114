"""Plans as values: valid numbers, representations and methods."""

import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from aql import AqlError, MultiplePlan, SinglePlan
from aql.checks import LARGEST_LOT
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
from aql.plans.plan import FractionalPlan, on_lot
from aql.plans.stage import Stage, steps_of
from aql.strategies import plans


def message(make: Any, *args: Any) -> str:
    with pytest.raises(AqlError) as caught:
        make(*args)
    return str(caught.value)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((0, 0), "n must be a whole number, 1 or more, got 0."),
        ((2.5, 0), "n must be a whole number, 1 or more, got 2.5."),
        ((True, 0), "n must be a whole number, 1 or more, got True."),
        ((5, -1), "ac must be a whole number, 0 or more, got -1."),
        ((5, None), "ac must be a whole number, 0 or more, got None."),
        ((5, 2, 2), "re must be above ac, got re 2 with ac 2."),
        ((5, 2, "3"), "re must be a whole number, 0 or more, got '3'."),
    ],
    ids=str,
)
def test_a_single_plan_that_cannot_be(args: Any, expected: str) -> None:
    assert message(SinglePlan, *args) == expected


LENGTHS = "n, ac and re must have the same length, 2 or more, got"


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (((5,), (0,), (1,)), f"{LENGTHS} 1, 1 and 1. Use SinglePlan for one stage."),
        (((5, 5), (0,), (1, 2)), f"{LENGTHS} 2, 1 and 2."),
        (((5, 5), (1, 0), (2, 2)), "ac must be cumulative and never decrease, got (1, 0)."),
        (((5, 5), (0, 1), (3, 2)), "re must be cumulative and never decrease, got (3, 2)."),
        (((5, 5), (2, 2), (2, 3)), "each ac must be below its re, got ac (2, 2) with re (2, 3)."),
        (((5, 5), (0, None), (2, 3)), "ac must end with a number, got (0, None)."),
        ((5, 0, 1), "n must be a sequence of ints, got 5. Use SinglePlan for one stage."),
        (((5, 0), (0, 1), (2, 2)), "n must be a whole number, 1 or more, got 0."),
    ],
    ids=str,
)
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


@given(plan=plans(max_n=30), lot=st.none() | st.integers(1, 200))
def test_the_steps_are_those_of_the_plan_as_carried_out(
    plan: SinglePlan | MultiplePlan, lot: int | None
) -> None:
    stages = (plan if lot is None else on_lot(plan, lot)).stages
    steps = steps_of(plan, lot)
    assert [(n, total) for n, total, _, _ in steps] == [(one.n, one.total) for one in stages]
    assert [re for *_, re in steps] == [one.re for one in stages]
    accepting = [-1 if one.ac is None else one.ac for one in stages[:-1]]
    assert [ac for _, _, ac, _ in steps] == [*accepting, stages[-1].re - 1]


# Methods ----------------------------------------------------------------------------------------------------------

FUNCTIONS: list[Any] = [
    operating_characteristic.pa,
    operating_characteristic.pr,
    operating_characteristic.slope,
    stage_probabilities.stage_probabilities,
    sample_number.asn,
    outgoing_quality.aoq,
    outgoing_quality.aoql,
    total_inspection.ati,
    total_inspection.afi,
    quality_levels.quality_at,
    quality_levels.crq,
    quality_levels.indifference_quality,
    risks.producer_risk,
    risks.consumer_risk,
    quality_levels.discrimination_ratio,
    decide.decide,
]


@pytest.mark.parametrize("function", FUNCTIONS, ids=[one.__name__ for one in FUNCTIONS])
@pytest.mark.parametrize("kind", [SinglePlan, MultiplePlan])
def test_a_method_is_the_function_of_its_name(kind: type, function: Any) -> None:
    assert getattr(kind, function.__name__) is function


def test_every_method_is_such_a_function() -> None:
    methods = {
        name for name in dir(SinglePlan) if not name.startswith("_") and callable(getattr(SinglePlan, name))
    }
    assert methods == {one.__name__ for one in FUNCTIONS}


def test_a_repr_is_a_line_and_makes_the_plan_again_where_that_fits() -> None:
    seven = MultiplePlan((20,) * 7, (None, 0, 1, 2, 3, 5, 6), (3, 4, 5, 6, 7, 8, 9))
    assert eval(repr(seven)) == seven
    many = MultiplePlan(range(101, 131), (None,) * 29 + (30,), (31,) * 30)
    other = MultiplePlan(range(101, 131), (None,) * 29 + (30,), (30,) + (31,) * 29)
    assert repr(many).startswith(
        "<MultiplePlan of 30 stages, n 101 to 130, last Ac 30, numbers with checksum "
    )
    assert repr(many) != repr(other)
    large = MultiplePlan((315,) * 7, (None, *range(100, 106)), range(110, 117))
    assert repr(large) == (
        "MultiplePlan(n=(315,) * 7, ac=(None, 100, 101, 102, 103, 104, 105), re=(110, 111, 112, 113, 114, 115, 116))"
    )
    assert eval(repr(large)) == large
    assert max(len(repr(plan)) for plan in (many, large)) <= 120


def test_the_largest_numbers_of_a_plan() -> None:
    """A sample may be a whole lot of the largest size, and a plan that never rejects has an Re one above it."""
    most = LARGEST_LOT
    plan = MultiplePlan((1, most - 1), (0, most), (most + 1, most + 1))
    assert plan.stages[-1].re == most + 1
    for args, name in (
        (((1, most + 1), (0, 0), (1, 1)), "n"),
        (((1, 1), (0, most + 1), (most + 1, most + 1)), "ac"),
        (((1, 1), (0, 0), (1, most + 2)), "re"),
    ):
        assert message(MultiplePlan, *args).startswith(f"{name} must be a whole number, ")


@pytest.mark.parametrize(
    ("plan", "text", "message"),
    [
        (SinglePlan, '{"n": 80, "ac": 5, "re": 5}', "re must be above ac, got re 5 with ac 5"),
        (MultiplePlan, '{"n": [50, 50], "ac": [2, 1], "re": [5, 7]}', "ac must be cumulative"),
    ],
)
def test_a_plan_that_pydantic_reads_is_checked(plan: type, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TypeAdapter(plan).validate_json(text)
