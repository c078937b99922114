"""The form of stage probabilities; their values are tested in test_laws.py and acceptance/."""

import pytest

from aql import MultiplePlan, SinglePlan
from aql.plans.stage_probabilities import stage_probabilities

SEVEN = MultiplePlan((20,) * 7, (None, 0, 1, 2, 3, 5, 6), (3, 4, 5, 6, 7, 8, 9))
MANY = MultiplePlan((5,) * 30, (None,) * 29 + (30,), (31,) * 30)


def test_numbers_are_written_stage_by_stage() -> None:
    found = stage_probabilities(SinglePlan(80, 2), 0.05)
    assert repr(found) == "<StageProbabilities of 1 stage: accept 0.231, reject 0.769>"


def test_arrays_by_their_shape() -> None:
    found = stage_probabilities(SEVEN, [[0.01, 0.05]])
    assert repr(found) == "<StageProbabilities of 7 stages, each of shape (1, 2)>"


@pytest.mark.parametrize("plan", [SEVEN, MANY])
def test_never_more_than_a_line(plan: MultiplePlan) -> None:
    assert len(repr(stage_probabilities(plan, 1e-5))) <= 120
    assert len(repr(stage_probabilities(plan, 0.1))) <= 120
