"""Strategies over the tables: they reach every row and column, and shrink to the first."""

from itertools import product
from typing import Any

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

import aql
from aql.plans.plan import FractionalPlan
from aql.strategies import aqls, code_letters, lookups, lot_sizes
from tests.oracles import naive_tables as oracle
from tests.strategies.reaching import reached

NEW = "ISO 2859-1:2026"
ENTERED = tuple(one for one in aql.STANDARDS if one != NEW)


def test_every_letter_is_reached_in_100_draws() -> None:
    (seen,) = reached(code_letters(), str, draws=100)
    assert set(seen) == set(oracle.LETTERS)


def test_every_column_is_reached_in_200_draws() -> None:
    (seen,) = reached(aqls(not_allowed=True), str, draws=200)
    assert set(seen) == {*oracle.AQLS, "0"}


def test_the_columns_are_those_that_may_be_used() -> None:
    items = oracle.AQLS[: oracle.AQLS.index("10") + 1]
    checked = oracle.AQLS[: oracle.AQLS.index("6.5") + 1]
    assert set(reached(aqls(counting="items"), str)[0]) == set(items)
    assert set(reached(aqls(counting="nonconformities"), str)[0]) == set(oracle.AQLS)
    assert set(reached(aqls(NEW), str)[0]) == set(checked)


@pytest.mark.parametrize("level", oracle.LEVELS)
def test_every_band_edge_is_reached_in_300_draws(level: str) -> None:
    """First lot of every band, and the last of every band that has one."""
    (seen,) = reached(lot_sizes(level), int, draws=300)
    bands = [band for band in oracle.bands("iso_2859_1_1999") if band.level == level]
    edges = {band.first for band in bands} | {band.last for band in bands if band.last is not None}
    assert edges <= set(seen)
    assert sum(seen[size] for size in seen if size not in edges) >= 50


@given(low=st.integers(2, 2000), more=st.integers(0, 2000), data=st.data())
def test_lot_sizes_stay_within_their_limits(low: int, more: int, data: st.DataObject) -> None:
    assert low <= data.draw(lot_sizes(min_size=low, max_size=low + more)) <= low + more


def test_every_table_is_reached_in_400_draws() -> None:
    """Standard, severity and sampling type together, each by letter and by lot size where it can be."""
    (seen, levels, letters) = reached(
        lookups(),
        lambda one: (one.standard, one.severity, one.sampling),
        lambda one: one.level,
        lambda one: one.letter,
        draws=400,
    )
    assert set(seen) == {
        *product(ENTERED, oracle.SEVERITIES, oracle.SAMPLINGS),
        *product([NEW], oracle.SEVERITIES, ["single"]),
    }
    assert set(levels) == {None, *oracle.LEVELS}
    assert set(letters) == set(oracle.LETTERS)


@pytest.mark.parametrize(
    ("name", "value"),
    [("standard", "MIL-STD-105E"), ("standard", NEW), ("severity", "reduced"), ("sampling", "multiple")],
)
def test_what_is_asked_for_is_drawn(name: str, value: str) -> None:
    asked: Any = {name: value}
    (seen,) = reached(lookups(**asked), lambda one: getattr(one, name), draws=30)
    assert set(seen) == {value}


def test_a_way_to_enter_is_kept() -> None:
    (by_lot,) = reached(lookups(by="lot"), lambda one: (one.lot_size is None, one.level is None), draws=60)
    assert set(by_lot) == {(False, False)}
    (by_letter,) = reached(lookups(by="letter"), lambda one: (one.lot_size is None, one.level), draws=60)
    assert set(by_letter) == {(False, None), (True, None)}


def test_practice_and_fractions_are_drawn_when_asked_for() -> None:
    (not_allowed,) = reached(lookups(not_allowed=True), lambda one: one.practice, draws=300)
    assert set(not_allowed) == {True, False}
    fractions = lookups(standard="ISO 2859-1:1999", sampling="single", fractional=True)
    (kinds,) = reached(fractions, lambda one: isinstance(one.plan, FractionalPlan), draws=300)
    assert set(kinds) == {True, False}


@given(found=lookups())
def test_a_second_reader_of_the_tables_finds_the_same_plan(found: aql.Lookup) -> None:
    folder = oracle.FOLDER[found.standard]
    walked = oracle.resolve(folder, found.sampling, found.severity, found.letter, found.aql)
    plan: Any = found.plan
    stages = tuple((one.n, one.ac, one.re) for one in plan.stages)
    assert stages == tuple(zip(walked.plan.n, walked.plan.ac, walked.plan.re, strict=True))
    assert found.plan_letter == walked.letter


def test_they_shrink_to_what_is_written_first() -> None:
    assert find(code_letters(), lambda _: True) == "A"
    assert find(lot_sizes(), lambda _: True) == 2
    assert find(aqls(), lambda _: True) == "2.5"
    found = find(lookups(), lambda _: True)
    assert (found.standard, found.letter, found.aql) == ("ISO 2859-1:1999", "A", "2.5")
    assert (found.severity, found.sampling, found.lot_size) == ("normal", "single", None)
    assert find(lookups(), lambda one: one.lot_size is not None).lot_size == 2
    tightened = find(lookups(), lambda one: one.severity == "tightened")
    assert (tightened.standard, tightened.letter, tightened.sampling) == ("ISO 2859-1:1999", "A", "single")


@pytest.mark.parametrize(
    ("strategy", "message"),
    [
        (
            lambda: lot_sizes(min_size=1),
            (
                "lot sizes from 1 to 1000000; a lot has 2 items or more, and the largest is no smaller than the "
                "smallest. Correct min_size or max_size."
            ),
        ),
        (
            lambda: aqls(counting="item"),
            "counting 'item' is not known; a counting is one of items, nonconformities. Did you mean 'items'?",
        ),
        (
            lambda: lookups(by="size"),
            "way to enter 'size' is not known; a way to enter is one of letter, lot. Use one of these 2.",
        ),
    ],
    ids=["size", "counting", "entry"],
)
def test_an_argument_that_is_not_known_is_refused(strategy: Any, message: str) -> None:
    with pytest.raises(aql.DomainError) as raised:
        strategy()
    assert str(raised.value) == message
