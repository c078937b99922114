"""``st.from_type`` draws the values that `aql` exports, once `aql.strategies` is imported."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.strategies import Flawed, SimulatedLot
from tests.profiles import examples
from tests.strategies.reaching import reached, simplest

# A desk is an open file, and scores are frames of the kind that came; neither is a value to draw.
PUBLIC = sorted(
    (
        value
        for value in (getattr(aql, name) for name in dir(aql))
        if isinstance(value, type) and not issubclass(value, (Exception, aql.Desk, aql.Scores))
    ),
    key=lambda value: value.__name__,
)


@examples(15)
@given(data=st.data())
@pytest.mark.parametrize("kind", [*PUBLIC, Flawed, SimulatedLot])
def test_every_public_value_is_drawn(kind: Any, data: st.DataObject) -> None:
    assert type(data.draw(st.from_type(kind))) is kind


def test_a_check_finds_nothing_or_something() -> None:
    (seen,) = reached(st.from_type(aql.Findings), len, draws=20, tests=3)
    assert set(seen) == {0, 1, 2, 3}


def test_a_flawed_contract_has_its_flaw() -> None:
    (seen,) = reached(st.from_type(Flawed), lambda one: one.is_all_of(aql.check(one.contract)), draws=15)
    assert set(seen) == {True}


def test_arguments_are_drawn_by_annotation() -> None:
    def cost(plan: aql.SinglePlan, price: int) -> int:
        return plan.n * price

    assert simplest(st.builds(cost, price=st.just(7))) == 7
