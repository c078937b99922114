"""The qualities at which a curve is drawn: from 0 to where it has fallen to nearly 0."""

from itertools import pairwise
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import MultiplePlan, SinglePlan, strategies
from aql.errors import DomainError
from aql.plans.curve_grid import curve_end, evenly, oc_points, whole_numbers
from aql.plans.protocols import Law
from aql.types import PROCESS_MODELS, ProcessModel

AnyPlan = SinglePlan | MultiplePlan
every_model = pytest.mark.parametrize("model", PROCESS_MODELS)


def plans() -> st.SearchStrategy[AnyPlan]:
    """Plans of one to four stages."""
    return strategies.plans(max_stages=4, max_n=60, max_step=4)


@every_model
@given(plan=plans())
def test_a_curve_falls_from_1_to_about_one_in_a_hundred(plan: AnyPlan, model: ProcessModel) -> None:
    points = oc_points(plan, model=model)
    assert points[0] == (0.0, 1.0)
    assert all(left[0] < right[0] and left[1] >= right[1] - 1e-11 for left, right in pairwise(points))
    end, pa = points[-1]
    assert abs(pa - 0.01) < 0.0005 or (model == "binomial" and end == 1 and pa > 0.01)
    assert [pa for _, pa in points] == pytest.approx([plan.pa(p, model=model) for p, _ in points], rel=1e-12)
    assert len(points) == 41


@given(plan=plans(), lot_size=st.integers(1, 300))
def test_the_curve_of_a_lot_ends_one_item_after_one_in_a_hundred(plan: AnyPlan, lot_size: int) -> None:
    law: Law = {"model": "hypergeometric", "lot_size": lot_size}
    end = curve_end(plan, law)
    if end is None:
        assert plan.pa(1.0, **law) > 0.01
    else:
        assert end == 1 or plan.pa(round(end * lot_size) / lot_size, **law) <= 0.01
        assert plan.pa(round(end * lot_size - 1) / lot_size, **law) >= 0.01


@given(last=st.integers(0, 500), points=st.integers(2, 60))
def test_whole_numbers_are_all_or_so_many(last: int, points: int) -> None:
    found = whole_numbers(0, last, points)
    assert (found[0], found[-1]) == (0, last)
    assert len(found) == min(last + 1, points)
    if last:
        np.testing.assert_array_equal(found / last, evenly(1.0, points, last))


def test_another_model_is_refused() -> None:
    with pytest.raises(DomainError) as caught:
        oc_points(SinglePlan(5, 0), model=cast(ProcessModel, "normal"))
    assert str(caught.value) == 'model must be "binomial" or "poisson", got \'normal\'.'


@pytest.mark.parametrize("points", [1, 0, -3])
def test_a_curve_needs_two_points(points: int) -> None:
    with pytest.raises(DomainError) as caught:
        oc_points(SinglePlan(5, 0), points=points)
    assert str(caught.value) == f"points must be a whole number, 2 to 1000000, got {points}."


def test_room_for_text_is_at_least_1_6_times_the_quality_of_one_in_ten() -> None:
    plan = SinglePlan(80, 2)
    end = curve_end(plan, {}, room=True)
    assert end == pytest.approx(1.6 * plan.crq(), rel=1e-12)
    steep = SinglePlan(5, 0)
    assert curve_end(steep, {}, room=True) == curve_end(steep, {}) == pytest.approx(steep.quality_at(0.01))
