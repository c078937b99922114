"""Measures, orders and covers as drawn: what they promise, and where they begin."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.contract.terms import Term
from aql.standards.editions import DEFAULT_STANDARD
from aql.strategies._internal import classes, contracts, terms
from aql.strategies._internal.contract_limits import contract_limits
from aql.strategies._internal.measures import colour_limits, limits, read_texts
from aql.strategies._internal.names import names
from aql.strategies._internal.orders import covers, orders
from aql.strategies._internal.readings import conforming, nonconforming
from aql.types import STANDARDS
from tests.strategies.reaching import reached, simplest

Table = dict[str, Any]


def as_term(parts: Table) -> Term:
    return Term.from_dict({"id": "width", "text": "Width"} | parts)


@given(parts=limits() | colour_limits())
def test_a_rounded_reading_conforms_to_every_limit(parts: Table) -> None:
    one = as_term(parts)
    assert all(one.judged(text).conforms for text in conforming(one))
    assert not any(one.judged(text).conforms for text in nonconforming(one))
    if "rounding" in parts:
        multiples = [text for text in conforming(one) if Decimal(text) % Decimal(parts["rounding"]) == 0]
        assert multiples, "the smallest conforming value is a multiple of the step"


ALL = {"inspect": "all"}
JUDGED = {"id": "w", "class": "major", "measure": {"min": "3", "unit": "g"}}
JUDGE = {"id": "limit", "text": "The same reading", "measure": JUDGED["measure"], "reading_of": "w"}
COLOUR = {"unit": "dE2000", "reference": "Lab(0, 0, 0)", "illuminant": "D50", "observer": "2", "max": "0.0"}
PACKING = {
    "id": "packing",
    "text": "Share packed for export",
    "kind": "packed-share",
    "measure": {"min": "0.01"},
}
MADE = {"unit": "items", "min": "0"}


def of_the_lot(**how: bool) -> st.SearchStrategy[Table]:
    return terms._lot_terms(9, **{"has_packed_share": True, **how})


@pytest.mark.parametrize(
    ("strategy", "word", "parts"),
    [
        (limits(), "", {"measure": {"unit": "mm", "min": "0"}}),
        (limits(), "max", {"measure": {"unit": "mm", "max": "0"}}),
        (limits(), "nominal", {"measure": {"unit": "mm", "nominal": "0", "plus": "0", "minus": "0"}}),
        (limits(), "guard", {"measure": {"unit": "mm", "min": "-1"}, "guard": "1"}),
        (limits(), "%", {"measure": {"unit": "mm", "nominal": "100", "plus": "0.0%", "minus": "0.0%"}}),
        (colour_limits(), "", {"measure": COLOUR}),
        (colour_limits(), "guard", {"measure": COLOUR | {"max": "0.1"}, "guard": "0.1"}),
        (read_texts["yes-no"], "", {"answer": "yes"}),
        (read_texts["allowed"], "", {"allowed": ["S"]}),
        (read_texts["text"], "", {"equals": "4006381333931"}),
        (classes._minimums(small=True), "", {"letter": "B"}),
        (classes._minimums(small=False), "'n'", {"n": 2}),
        (classes._judged_by(DEFAULT_STANDARD, "items", by_tables=False), "'all', 'ac", ALL | {"ac": 0}),
        (terms._own_lines(DEFAULT_STANDARD, "items", by_tables=False, by_level=False), "", {"sample": 1}),
        (
            terms._own_lines(DEFAULT_STANDARD, "items", by_tables=False, by_level=False),
            "sample': 1, 'ac",
            {"sample": 1, "ac": 0},
        ),
        (terms._judging(JUDGED), "", JUDGE),
        (terms._judging(JUDGED), "sample", JUDGE | {"sample": 1}),
        (of_the_lot(has_packed_share=False), "packed-share", PACKING),
        (
            of_the_lot(),
            "min",
            {"id": "quantity", "text": "Whole quantity produced", "kind": "quantity", "measure": MADE},
        ),
        (
            of_the_lot(),
            "seal",
            {
                "id": "artwork",
                "text": "Artwork as in the sealed sample",
                "kind": "reference",
                "reference": {"seal": "S-1"},
            },
        ),
        (orders(), "", {"id": "PO-1", "quantity": 1000, "shipment_date": "2026-12-15"}),
        (covers({"quantity": 2, "unit_price": "1.50"}), "", {"rules": "2017", "type": "pre-shipment"}),
        (
            covers({"quantity": 2, "unit_price": "1.50"}),
            "limit",
            {"rules": "2017", "type": "pre-shipment", "limit": "3.00"},
        ),
        (
            covers({"quantity": 2}),
            "initial",
            {"rules": "2017", "type": "pre-shipment", "initial_payment": "0"},
        ),
    ],
)
def test_the_simplest_example_of_each_part(
    strategy: st.SearchStrategy[Table], word: str, parts: Table
) -> None:
    assert simplest(strategy, lambda one: word in str(one)) == parts


def test_a_lot_term_states_no_more_than_was_ordered() -> None:
    (least,) = reached(
        of_the_lot(),
        lambda one: int(one.get("measure", {}).get("min", 0)) if one["kind"] == "quantity" else 0,
    )
    assert set(least) <= set(range(10))
    assert {0, 9} <= set(least)


def test_every_cover_is_drawn_and_its_limit_is_not_below_the_order_total() -> None:
    rules, limit, initial = reached(
        covers({"quantity": 3, "unit_price": "2.50"}),
        lambda one: (one["rules"], one.get("type")),
        lambda one: "limit" in one,
        lambda one: one.get("initial_payment"),
        draws=100,
    )
    assert set(rules) == {("2017", "pre-shipment"), ("2017", "post-delivery"), ("current", None)}
    assert set(limit) == {True, False}
    assert set(initial) == {None, "0"}
    (least,) = reached(
        covers({"quantity": 3, "unit_price": "2.50"}), lambda one: Decimal(one.get("limit", "7.5")), draws=100
    )
    assert min(least) == Decimal("7.5")


@pytest.mark.parametrize(
    ("measure", "more", "can"),
    [
        ({"min": "1"}, {}, True),
        ({"max": "1"}, {}, True),
        ({"nominal": "1", "plus": "1", "minus": "1"}, {}, False),
        ({"max": "1", "illuminant": "D50"}, {}, False),
        ({"min": "1"}, {"rounding": "1"}, False),
        ({"min": "1"}, {"of": "cartons"}, False),
        ({"min": "1"}, {"reading_of": "w"}, False),
        ({"min": "1"}, {"class": None}, False),
        ({"answer": "yes"}, {}, False),
        ({}, {}, False),
    ],
    ids=str,
)
def test_a_term_that_a_second_one_can_judge_has_plain_limits(measure: Table, more: Table, can: bool) -> None:
    given: Table = {"class": "major", "measure": measure} | more
    term = {key: value for key, value in given.items() if value is not None}
    assert terms._can_be_judged_twice(term) is can


@given(
    wider=terms._judging({"id": "w", "class": "major", "measure": {"min": "3", "max": "5.5", "unit": "g"}})
)
def test_the_term_that_judges_has_wider_limits_by_whole_numbers(wider: Table) -> None:
    measure = wider["measure"]
    below, above = 3 - Decimal(measure["min"]), Decimal(measure["max"]) - Decimal("5.5")
    assert below == above >= 0
    assert below == int(below)
    assert measure["unit"] == "g"


def test_orders_begin_with_one_item_on_the_first_day_at_no_price() -> None:
    keys = {"id", "quantity", "shipment_date", "unit_price", "currency"}
    assert simplest(orders(), lambda one: set(one) == keys) == {
        "id": "PO-1",
        "quantity": 1,
        "shipment_date": "2000-01-01",
        "unit_price": "0.00",
        "currency": "USD",
    }


def test_the_edition_that_is_entered_by_letter_is_drawn_less_often_than_the_others() -> None:
    (standards,) = reached(contracts._STANDARDS, lambda one: one, draws=100, tests=2)
    assert set(standards) == set(STANDARDS)
    by_letter = standards.pop("ISO 2859-1:2026")
    assert by_letter < min(standards.values())


def test_a_packed_share_is_from_1_to_100_percent() -> None:
    (shares,) = reached(contracts._SHARES, lambda one: one, draws=400)
    numbers = [one for one in shares if one is not None]
    assert None in shares
    assert (min(numbers), max(numbers)) == (0.01, 1.0)


def test_a_second_term_of_a_name_is_numbered_2() -> None:
    two = simplest(contracts.contract_documents(), lambda one: len(one["terms"]) == 2)
    assert [one["id"] for one in two["terms"]] == ["scratch", "scratch 2"]


def test_a_limit_can_be_on_one_class() -> None:
    strategy = contract_limits(
        classes=[{"name": "major"}, {"name": "minor"}],
        terms=[{"id": "drop", "class": "major", "of": "cartons"}, {"id": "seal"}],
        standard=DEFAULT_STANDARD,
        counting="items",
        by_tables=False,
    )
    first = {"name": "total", "of": ["major"], "plan": {"n": 1, "ac": 0}}
    assert simplest(strategy) == [first]
    numbers, members, weighted = reached(
        strategy,
        len,
        lambda limits: frozenset(name for one in limits for name in one["of"]),
        lambda limits: any("weights" in one for one in limits),
        draws=60,
    )
    assert set(numbers) == {1, 2}
    assert frozenset().union(*members) == {"major", "minor"}, "neither cartons nor terms of the lot"
    assert set(weighted) == {True, False}


def test_names_have_one_to_seven_characters() -> None:
    lengths, firsts = reached(names(), len, lambda name: name[0].isalpha(), draws=150)
    assert (min(lengths), max(lengths)) == (1, 7)
    assert set(firsts) == {True}


def test_a_share_of_the_packing_is_from_1_to_100_percent() -> None:
    (shares,) = reached(
        of_the_lot(has_packed_share=False),
        lambda one: Decimal(one["measure"]["min"]) if one["kind"] == "packed-share" else None,
        draws=250,
    )
    numbers = [one for one in shares if one is not None]
    assert min(numbers) == Decimal("0.01")
    assert Decimal("0.9") < max(numbers) <= 1


def test_a_contract_has_up_to_three_classes_and_four_terms() -> None:
    drawn_classes, drawn_terms, more = reached(
        contracts.contract_documents(),
        lambda one: len(one["classes"]),
        lambda one: len(one["terms"]),
        lambda one: any("minimum" in each for each in one["classes"]),
        draws=20,
        tests=3,
    )
    assert (min(drawn_classes), max(drawn_classes)) == (1, 3)
    assert (min(drawn_terms), max(drawn_terms)) == (1, 4)
    assert set(more) == {True, False}
