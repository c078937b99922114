"""The outcomes of a lot: each count that accepts belongs to one of them, and what has one outcome is one range."""

from itertools import pairwise

import pytest

from aql import MultiplePlan, SinglePlan
from aql.plans.plan import Plan
from aql.scheme import switching_rules
from aql.scheme.lot_outcomes import PlanInForce, accepting_counts, kinds, outcome_that_matters
from aql.scheme.outcome import Outcome, Sampled
from aql.types import Severity, Standard

PLANS: list[tuple[Plan, Severity, int | None]] = [
    (SinglePlan(80, 5), "normal", 3),
    (SinglePlan(80, 5), "normal", 4),
    (SinglePlan(80, 5), "tightened", 3),
    (SinglePlan(32, 2, 5), "reduced", None),
    (MultiplePlan((50, 50), (2, 6), (5, 7)), "normal", 3),
    (MultiplePlan((13, 13, 13), (None, 1, 2), (2, 3, 3)), "normal", 1),
    (MultiplePlan((13, 13), (0, 1), (2, 4)), "reduced", None),
]


@pytest.mark.parametrize("edition", ["ISO 2859-1:1999", "MIL-STD-105E"])
@pytest.mark.parametrize(("plan", "severity", "tighter"), PLANS)
def test_each_accepting_count_has_one_outcome(
    plan: Plan, severity: Severity, tighter: int | None, edition: Standard
) -> None:
    rules = switching_rules(edition)
    force = PlanInForce(severity, plan, plan, tighter, "2.5")
    *accepted, rejected = kinds(rules, force)
    assert (rejected.outcome.accepted, rejected.ranges) == (False, ())
    left = set()
    for stage, low, high, gap, total in accepting_counts(plan):
        for count in range(low, high + 1):
            having = [
                kind
                for kind in accepted
                if any(at == stage and first <= count <= last for at, first, last in kind.ranges)
            ]
            sampled = Sampled(True, stage + 1, count, total, gap)
            assert [kind.outcome for kind in having] == [outcome_that_matters(rules, force, sampled)]
            left.add((stage, count))
    counted = sum(last - first + 1 for kind in accepted for _, first, last in kind.ranges)
    assert counted == len(left)
    for kind in accepted:
        assert all((at, last + 1) != (to, first) for (at, _, last), (to, first, _) in pairwise(kind.ranges))
        assert kind.whole == (len(accepted) == 1)


def test_an_outcome_says_no_more_than_it_was_told() -> None:
    assert Outcome(True) == Outcome(True, 0, False, 0, 0, "", True, True)
