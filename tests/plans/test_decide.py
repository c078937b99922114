"""What a plan decides from a count: by Ac and Re of the stage reached."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.scoring import deciding
from aql.strategies import plans

DOUBLE = aql.MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))


@pytest.mark.parametrize(
    ("plan", "found", "decision"),
    [
        (aql.SinglePlan(80, 5), 5, "accept"),
        (aql.SinglePlan(80, 5), 6, "reject"),
        (aql.SinglePlan(80, 5), (6,), "reject"),
        (aql.SinglePlan(32, 2, 5), 4, "accept"),
        (DOUBLE, 2, "accept"),
        (DOUBLE, 3, "continue"),
        (DOUBLE, [4], "continue"),
        (DOUBLE, 5, "reject"),
        (DOUBLE, (3, 6), "accept"),
        (DOUBLE, (4, 7), "reject"),
        (aql.MultiplePlan((5, 5), (None, 1), (2, 4)), 0, "continue"),
        (aql.MultiplePlan((5, 5), (None, 1), (2, 4)), (0, 3), "accept"),
    ],
)
def test_examples(plan: Any, found: Any, decision: str) -> None:
    assert plan.decide(found) == decision


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (-1, "found at stage 1 must be a whole number, 0 or more, got -1."),
        ((3, 2), "found at stage 2 must be a whole number, 3 or more, got 2."),
        ((2, 3), "found must end at stage 1, which decides, got 2 stages."),
        ((), "found must have 1 to 2 counts, got 0."),
        ((3, 4, 5), "found must have 1 to 2 counts, got 3."),
        ("3", "found at stage 1 must be a whole number, 0 or more, got '3'."),
    ],
)
def test_what_is_no_count_is_refused(found: Any, message: str) -> None:
    with pytest.raises(aql.DomainError) as raised:
        DOUBLE.decide(found)
    assert str(raised.value) == message


@given(plan=plans(max_stages=4, max_n=9), data=st.data())
def test_scoring_decides_as_the_plan_does(
    plan: aql.SinglePlan | aql.MultiplePlan, data: st.DataObject
) -> None:
    counts: list[int] = []
    decision = "continue"
    while decision == "continue":
        counts.append(data.draw(st.integers(counts[-1] if counts else 0, plan.stages[-1].re)))
        decision = plan.decide(counts)
        stage = plan.stages[len(counts) - 1]
        known = [(number, number) for number in counts] + [(counts[-1], counts[-1])] * (
            len(plan.stages) - len(counts)
        )
        assert deciding.decide_line(plan, known, inspected=stage.total, once=False).decision == decision
