"""A method of a plan is one line that passes the plan to its function."""

from inspect import Parameter, signature
from typing import Any

import pytest

from aql import MultiplePlan, SinglePlan
from aql.plans import operating_characteristic as operating
from aql.plans import outgoing_quality as outgoing
from aql.plans import quality_levels as risk
from aql.plans import stage_probabilities as stages

PLAN = MultiplePlan((50, 50), (2, 6), (5, 7))

CALLS: list[tuple[str, Any, tuple[Any, ...], dict[str, Any]]] = [
    ("pa", operating.pa, (0.03,), {"model": "poisson"}),
    ("pr", operating.pr, (0.03,), {"model": "hypergeometric", "lot_size": 1000}),
    ("asn", stages.asn, (0.03,), {"inspection": "semi"}),
    ("aoq", outgoing.aoq, (0.03,), {"lot_size": 1000, "found": "removed"}),
    ("aoql", outgoing.aoql, (), {"lot_size": 1000}),
    ("ati", outgoing.ati, (0.03,), {"lot_size": 1000}),
    ("afi", outgoing.afi, (0.03,), {"lot_size": 1000}),
    ("quality_at", risk.quality_at, (0.5,), {}),
    ("producer_risk", risk.producer_risk, (0.025,), {}),
    ("consumer_risk", risk.consumer_risk, (0.1,), {}),
    ("crq", risk.crq, (0.05,), {}),
    ("indifference_quality", risk.indifference_quality, (), {"model": "poisson"}),
    ("discrimination_ratio", risk.discrimination_ratio, (0.02, 0.2), {}),
    ("slope", risk.slope, (0.03,), {}),
]


@pytest.mark.parametrize(("name", "function", "args", "how"), CALLS, ids=[call[0] for call in CALLS])
@pytest.mark.parametrize("plan", [SinglePlan(80, 5), PLAN], ids=["single", "double"])
def test_a_method_is_its_function(
    plan: Any, name: str, function: Any, args: Any, how: dict[str, Any]
) -> None:
    assert getattr(plan, name)(*args, **how) == function(plan, *args, **how)


def test_stage_probabilities_is_its_function() -> None:
    mine, other = PLAN.stage_probabilities(0.03), stages.stage_probabilities(PLAN, 0.03)
    assert (mine.reach, mine.accept, mine.reject) == (other.reach, other.accept, other.reject)


@pytest.mark.parametrize(
    ("name", "function"),
    [*((call[0], call[1]) for call in CALLS), ("stage_probabilities", stages.stage_probabilities)],
)
def test_a_method_says_what_its_function_takes(name: str, function: Any) -> None:
    theirs = list(signature(function).parameters.values())[1:]
    mine = list(signature(getattr(SinglePlan, name)).parameters.values())[1:]
    if all(one.kind is not Parameter.VAR_KEYWORD for one in theirs):
        assert mine == theirs
    assert all(one.kind is not Parameter.VAR_KEYWORD for one in mine)
