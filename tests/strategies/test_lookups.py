"""Lookups: every table is used, by letter and by lot size."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given

import aql
from aql.plans.plan import FractionalPlan
from aql.strategies import lookups
from tests.oracles import naive_tables as oracle
from tests.strategies.reaching import reached, simplest

BY_LETTER_ONLY = "ISO 2859-1:2026"
ENTERED = tuple(standard for standard in aql.STANDARDS if standard != BY_LETTER_ONLY)


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
        *product([BY_LETTER_ONLY], oracle.SEVERITIES, ["single"]),
    }
    assert set(levels) == {None, *oracle.LEVELS}
    assert set(letters) == set(oracle.LETTERS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("standard", "MIL-STD-105E"),
        ("standard", BY_LETTER_ONLY),
        ("severity", "reduced"),
        ("sampling", "multiple"),
    ],
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
    assert found.letter is not None
    walked = oracle.resolve(folder, found.sampling, found.severity, found.letter, found.aql)
    plan: Any = found.plan
    stages = tuple((one.n, one.ac, one.re) for one in plan.stages)
    assert stages == tuple(zip(walked.plan.n, walked.plan.ac, walked.plan.re, strict=True))
    assert found.plan_letter == walked.letter


def test_they_shrink_to_what_is_written_first() -> None:
    found = simplest(lookups())
    assert (found.standard, found.letter, found.aql) == ("ISO 2859-1:1999", "A", "2.5")
    assert (found.severity, found.sampling, found.lot_size) == ("normal", "single", None)
    assert simplest(lookups(), lambda one: one.lot_size is not None).lot_size == 2
    tightened = simplest(lookups(), lambda one: one.severity == "tightened")
    assert (tightened.standard, tightened.letter, tightened.sampling) == ("ISO 2859-1:1999", "A", "single")


def test_an_argument_that_is_not_known_is_refused() -> None:
    with pytest.raises(aql.DomainError) as raised:
        lookups(by="size")  # type: ignore[call-overload]
    assert str(raised.value) == 'by must be "letter" or "lot", got \'size\'.'


@pytest.mark.parametrize(
    ("asked", "what"),
    [({"by": "lot"}, "A lookup with a lot size"), ({"sampling": "double"}, "Double sampling")],
)
def test_what_a_standard_does_not_offer_is_refused(asked: Any, what: str) -> None:
    with pytest.raises(aql.DomainError) as raised:
        lookups(**(asked | {"standard": BY_LETTER_ONLY}))
    assert str(raised.value).startswith(f"{what} ")
    assert BY_LETTER_ONLY in str(raised.value)
