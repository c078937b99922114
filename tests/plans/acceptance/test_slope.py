"""The slope of the operating characteristic, compared with that of the exact curve."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import strategies
from aql.plans.acceptance.slope import slopes
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.stage import steps_of
from aql.types import ProcessModel
from tests.oracles import exact_probability as exact

STEP = Fraction(1, 10**30)


def exact_slope(plan: SinglePlan | MultiplePlan, model: ProcessModel, quality: float) -> float:
    """The rise of the exact curve over so short a step that its bend adds nothing."""
    ends = []
    for place in (Fraction(quality) - STEP, Fraction(quality) + STEP):
        law = exact.binomial(place) if model == "binomial" else exact.poisson(place)
        ends.append(sum(exact.walk(exact.plan_of(plan), law).accepted))
    rise = ends[1] - ends[0]
    return float(rise * STEP.denominator) / 2


@pytest.mark.parametrize("model", ["binomial", "poisson"])
@given(plan=strategies.plans(max_stages=4, max_n=20, max_step=3), quality=st.floats(0.001, 0.9))
def test_it_is_the_slope_of_the_exact_curve(
    plan: SinglePlan | MultiplePlan, quality: float, model: ProcessModel
) -> None:
    found = slopes(steps_of(plan), np.array([quality, np.nan]), model)
    assert found[0] == pytest.approx(exact_slope(plan, model, quality), rel=1e-10, abs=1e-13)
    assert np.isnan(found[1])


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("plan", "model", "quality"),
    [
        # Stages whose numbers are far apart.
        (MultiplePlan((10, 2000), (1, 4), (3, 5)), "binomial", 0.0005),
        (MultiplePlan((10, 2000), (1, 4), (3, 5)), "binomial", 0.1),
        (MultiplePlan((4, 900), (2, 2), (5, 5)), "poisson", 0.3),
        # One more nonconforming item in a stage that rejects on the first.
        (MultiplePlan((13, 13), (None, 0), (1, 1)), "binomial", 0.03),
        (MultiplePlan((13, 13, 13), (0, 0, 1), (2, 2, 2)), "binomial", 0.03),
        (MultiplePlan((13, 13, 13), (None, None, 0), (1, 1, 1)), "poisson", 0.03),
        # Stages of one item.
        (MultiplePlan((1, 1, 1), (None, None, 0), (1, 1, 1)), "binomial", 0.3),
        (MultiplePlan((1, 5), (None, 1), (2, 2)), "binomial", 0.3),
    ],
)
def test_unusual_plans(plan: MultiplePlan, model: ProcessModel, quality: float) -> None:
    found = slopes(steps_of(plan), np.array([quality]), model)[0]
    assert found == pytest.approx(exact_slope(plan, model, quality), rel=1e-10)


@pytest.mark.parametrize("model", ["binomial", "poisson"])
def test_the_best_process(model: ProcessModel) -> None:
    """At 0, only plans that reject on the first nonconforming item react to it."""
    values = np.array([0.0])
    assert slopes(steps_of(SinglePlan(80, 0)), values, model) == -80
    assert slopes(steps_of(SinglePlan(80, 1)), values, model) == 0
    assert slopes(steps_of(MultiplePlan((10, 20), (None, 0), (1, 1))), values, model) == -30
    assert slopes(steps_of(MultiplePlan((10, 20), (0, 1), (2, 2))), values, model) == 0


def test_the_worst_process() -> None:
    values = np.array([1.0])
    assert slopes(steps_of(SinglePlan(3, 2)), values, "binomial") == -3
    assert slopes(steps_of(SinglePlan(3, 3)), values, "binomial") == 0
    assert slopes(steps_of(MultiplePlan((2, 2), (0, 3), (3, 4))), values, "binomial") == -4
