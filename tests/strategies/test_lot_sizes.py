"""Lot sizes: the ends of every range are drawn, and sizes between them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.strategies import lot_sizes
from aql.types import LEVELS, Level
from tests.oracles import naive_tables as oracle
from tests.strategies.reaching import reached, simplest


@pytest.mark.parametrize("level", LEVELS)
def test_every_band_edge_is_reached_in_300_draws(level: Level) -> None:
    """First lot of every band, and the last of every band that has one."""
    (seen,) = reached(lot_sizes(level), int, draws=300)
    bands = [band for band in oracle.bands("iso_2859_1_1999") if band.level == level]
    edges = {band.first for band in bands} | {band.last for band in bands if band.last is not None}
    assert edges <= set(seen)
    assert sum(seen[size] for size in seen if size not in edges) >= 50


@given(low=st.integers(2, 2000), more=st.integers(0, 2000), data=st.data())
def test_they_stay_within_their_limits(low: int, more: int, data: st.DataObject) -> None:
    assert low <= data.draw(lot_sizes(min_size=low, max_size=low + more)) <= low + more


def test_they_shrink_to_the_smallest() -> None:
    assert simplest(lot_sizes()) == 2
    assert simplest(lot_sizes(min_size=7)) == 7


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"min_size": 1}, "min_size must be a whole number, 2 or more, got 1."),
        ({"min_size": 50, "max_size": 49}, "max_size must be a whole number, 50 or more, got 49."),
        ({"level": "V"}, 'level must be "S-1", "S-2", "S-3", "S-4", "I", "II" or "III", got \'V\'.'),
    ],
    ids=["smallest", "largest", "level"],
)
def test_impossible_arguments_are_refused(asked: Any, message: str) -> None:
    with pytest.raises(aql.DomainError) as raised:
        lot_sizes(**asked)
    assert str(raised.value) == message
