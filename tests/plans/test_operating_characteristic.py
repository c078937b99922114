"""The slope of the operating characteristic; its values are tested in acceptance/ and test_laws.py."""

import math
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import AqlError, MultiplePlan, SinglePlan
from aql.plans.operating_characteristic import slope
from aql.types import ProcessModel

plans = st.sampled_from(
    [
        SinglePlan(80, 2),
        SinglePlan(80, 0),
        SinglePlan(32, 1, 4),
        SinglePlan(3, 2),
        MultiplePlan((50, 50), (2, 6), (5, 7)),
        MultiplePlan((13,) * 5, (None, 0, 0, 1, 3), (2, 3, 3, 4, 4)),
    ]
)
models: st.SearchStrategy[ProcessModel] = st.sampled_from(["binomial", "poisson"])


@given(plan=plans, model=models, p=st.floats(0.001, 0.9))
def test_the_slope_is_that_of_the_curve(
    plan: SinglePlan | MultiplePlan, model: ProcessModel, p: float
) -> None:
    step = 1e-6 * p
    rise = (plan.pa(p + step, model=model) - plan.pa(p - step, model=model)) / (2 * step)
    assert slope(plan, p, model=model) == pytest.approx(rise, rel=1e-4, abs=1e-7)


@pytest.mark.parametrize(
    ("plan", "p", "expected"),
    [
        (SinglePlan(80, 0), 0.0, -80.0),
        (SinglePlan(80, 2), 0.0, 0.0),
        (SinglePlan(3, 2), 1.0, -3.0),
        (SinglePlan(80, 2), 1.0, 0.0),
        (SinglePlan(3, 5), 0.5, 0.0),
    ],
)
def test_the_slope_at_the_ends(plan: SinglePlan, p: float, expected: float) -> None:
    assert slope(plan, p) == expected


def test_per_hundred_items_it_is_a_hundredth() -> None:
    plan = SinglePlan(80, 2)
    assert slope(plan, 3.0, model="poisson", unit="100 items") == pytest.approx(
        slope(plan, 0.03, model="poisson") / 100
    )


def test_shapes_and_nan_pass_through() -> None:
    assert math.isnan(slope(SinglePlan(80, 2), math.nan))
    assert slope(SinglePlan(80, 2), [0.01, 0.02]).shape == (2,)


def test_a_lot_has_no_slope() -> None:
    with pytest.raises(AqlError) as caught:
        slope(SinglePlan(80, 2), 0.1, model=cast(ProcessModel, "hypergeometric"))
    assert str(caught.value) == 'model must be "binomial" or "poisson", got \'hypergeometric\'.'
