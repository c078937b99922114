"""The types that a type checker infers in users' programs; `mypy` checks these lines, and they also run."""

from typing import Literal, assert_type

import aql
from aql.plans.plan import FractionalPlan
from aql.standards.iso2859_1.lookup import FractionalLookup, Lookup


def test_a_looked_up_plan_has_properties() -> None:
    found = aql.lookup(1200, aql=2.5)
    assert_type(found, Lookup)
    assert_type(found.plan, aql.SinglePlan | aql.MultiplePlan)
    assert_type(found.lot_plan, aql.SinglePlan | aql.MultiplePlan)
    assert found.plan.total == 80
    assert round(found.plan.pa(0.025), 4) == 0.9848


def test_a_fractional_lookup_is_told_apart() -> None:
    found = aql.lookup(letter="C", aql="4.0", fractional=True)
    assert_type(found, Lookup | FractionalLookup)
    assert isinstance(found, FractionalLookup)
    assert_type(found.plan, FractionalPlan)
    assert found.lot_plan == found.plan
    # Where the table prints a whole number, the plan is like any other.
    assert isinstance(aql.lookup(letter="C", aql="1.5", fractional=True), Lookup)


def test_a_decision_is_one_of_four_words() -> None:
    verdict = aql.score(*aql.examples.tablet_order())
    assert_type(verdict.decision, Literal["accept", "reject", "continue", "hold"])
    assert verdict.decision == "reject"
