"""The log compared with the contract: every error that `score` raises, with its exact message."""

import itertools
from typing import Any

import pytest

import aql
from tests.scoring.builders import (
    Values,
    cls,
    contract,
    counted,
    lot_term,
    measured,
    problems,
    readings,
    seen,
    single,
    term,
    unlisted,
    verdict,
)

AGREED = contract(
    [cls("critical", aql=0), cls("major", plan=single(10, 1)), cls("minor", plan=single(20, 2))],
    [
        term("burst", "critical"),
        term("dent"),
        measured("width", nominal="246", plus="1", minus="1"),
        term("starts", measure={"answer": "yes"}),
        term("shade", "minor", measure={"unit": "dE2000", "reference": "Lab(50, 0, 0)", "max": "1"}),
        term("scratch", "minor"),
        term("drop", "minor", sample=5),
        lot_term("shipping-mark", "mark"),
        lot_term("quantity", "quantity"),
    ],
)
NAMES = "burst, dent, width, starts, shade, scratch, drop, shipping-mark and quantity"


def faults(
    rows: Any, inspected: int | Values | None = 30, agreed: aql.Contract = AGREED, **parts: Any
) -> list[str]:
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, rows, inspected=inspected, **parts)
    return problems(raised.value)


def row(**cells: Any) -> list[Values]:
    return [{("class" if key == "class_" else key): cell for key, cell in cells.items()}]


# Names.


@pytest.mark.parametrize(
    ("name", "nearest"), [("scrach", "scratch"), ("Width", "width"), ("shipping mark", "shipping-mark")]
)
def test_an_unknown_term_is_an_error_with_the_nearest_one(name: str, nearest: str) -> None:
    assert faults(row(item=1, term=name)) == [
        f"findings, row 1, column term: must be a term of the contract, got {name!r}. Did you mean {nearest!r}?"
    ]


def test_one_wrong_name_in_many_rows_is_one_sentence() -> None:
    rows = [one for item in range(1, 21) for one in row(item=item, term="scrach")]
    with pytest.raises(aql.LogError) as raised:
        verdict(AGREED, rows, inspected=30)
    assert [problem.where for problem in raised.value.problems] == [
        f"findings, row {number}, column term" for number in range(1, 21)
    ]
    assert str(raised.value) == (
        "the log has 1 problem:\n  findings, rows 1 to 20, column term: must be a term of the contract, got 'scrach'. "
        "Did you mean 'scratch'?"
    )


def test_an_unknown_term_without_a_near_one_is_an_error_with_all_of_them() -> None:
    assert faults(row(item=1, term="xyz")) == [
        f"findings, row 1, column term: must be a term of the contract, got 'xyz'. The contract has {NAMES}"
    ]


def test_a_contract_without_terms_knows_none() -> None:
    assert faults(row(item=1, term="dent"), agreed=contract()) == [
        "findings, row 1, column term: must be a term of the contract, got 'dent'. The contract has none"
    ]


def test_an_unknown_class_is_an_error_with_the_nearest_one() -> None:
    assert faults([*row(item=1, class_="mayor"), *row(item=1, term="dent", class_="xyz")]) == [
        "findings, row 1, column class: must be a class of the contract, got 'mayor'. Did you mean 'major'?",
        "findings, row 2, column class: must be a class of the contract, got 'xyz'. The contract has critical, major and minor",
    ]


def test_term_and_class_are_both_named_where_both_are_unknown() -> None:
    assert faults(row(item=1, term="scrach", class_="mayor")) == [
        "findings, row 1, column term: must be a term of the contract, got 'scrach'. Did you mean 'scratch'?",
        "findings, row 1, column class: must be a class of the contract, got 'mayor'. Did you mean 'major'?",
    ]


def test_a_class_that_differs_from_the_terms_is_an_error() -> None:
    assert faults(row(item=1, term="dent", class_="minor")) == [
        ("findings, row 1, column class: must be 'major', the class of 'dent', or empty, got 'minor'")
    ]


def test_a_header_of_another_contract_is_an_error() -> None:
    assert faults([], contract="PO-2") == ["contract: must be 'PO-1', the order of the contract, got 'PO-2'"]


# Units and values.


@pytest.mark.parametrize(
    ("name", "value", "unit", "allowed"),
    [
        ("width", "246", "cm", "'mm', the unit of 'width'"),
        ("shade", "0.5", "dE76", "'dE2000', the unit of 'shade'"),
        ("starts", "yes", "mm", "empty, as 'starts' has no unit"),
        ("dent", "", "mm", "empty, as 'dent' has no unit"),
    ],
)
def test_a_unit_that_differs_is_an_error(name: str, value: str, unit: str, allowed: str) -> None:
    assert faults(row(item=1, term=name, value=value, unit=unit)) == [
        f"findings, row 1, column unit: must be {allowed}, got {unit!r}"
    ]


def test_an_unlisted_defect_has_no_unit() -> None:
    assert faults(row(item=1, class_="major", unit="mm")) == [
        "findings, row 1, column unit: must be empty, as 'major' has no unit, got 'mm'"
    ]


NO_NUMBER = "must be a decimal number such as 3012.5"


@pytest.mark.parametrize(
    "value", ["wide", "246 mm", "1_000", "NaN", "Infinity", "٢٤٦", "246.", "1e99", "0" * 61, "--1"]
)
def test_a_reading_that_is_no_number_is_an_error(value: str) -> None:
    if value == "246.":
        assert verdict(AGREED, row(item=1, term="width", value=value), inspected=30).breaches == ()
        return
    assert faults(row(item=1, term="width", value=value)) == [
        f"findings, row 1, column value: {NO_NUMBER}, got {value!r}"
    ]


def test_a_comma_without_a_declaration_is_an_error() -> None:
    assert faults([*row(item=1, term="width", value="246,5"), *row(item=1, term="shade", value="0,5")]) == [
        f"findings, row {number}, column value: must have a decimal point unless the header declares "
        f'decimal = ",", got {value!r}'
        for number, value in ((1, "246,5"), (2, "0,5"))
    ]


def test_a_point_beside_declared_commas_is_an_error() -> None:
    """Otherwise 1.234 would be 1234 for one engineer and 1.234 for another."""
    assert faults(row(item=1, term="width", value="246.5"), findings={"decimal": ","}) == [
        (
            "findings, row 1, column value: must have a decimal comma because the header declares "
            "decimal = \",\", got '246.5'"
        )
    ]


def test_a_colour_with_commas_between_its_numbers_is_told_how_to_write_it() -> None:
    """These commas are not decimal commas, so declaring decimal commas would not help."""
    for value in ("50.1, 0.2, -0.3", "Lab(50.1, 0.2, -0.3)"):
        assert faults(row(item=1, term="shade", value=value)) == [
            (
                "findings, row 1, column value: must be three numbers L a b separated by spaces, "
                f"or a difference of 0 or more, got {value!r}"
            )
        ]


@pytest.mark.parametrize("value", ["ja", "2", "j", "good"])
def test_an_answer_is_yes_or_no(value: str) -> None:
    assert faults(row(item=1, term="starts", value=value)) == [
        f'findings, row 1, column value: must be "yes" or "no", unless the header declares it under answers, got {value!r}'
    ]


def test_a_comma_in_a_text_is_a_comma() -> None:
    """Only numbers have decimal marks."""
    one = term("size", measure={"allowed": ["1,5", "2.5"]})
    agreed = contract(cls(plan=single(2, 0)), [one])
    for mark in (".", ","):
        found = verdict(agreed, readings("size", ["1,5", "2.5"]), inspected=2, findings={"decimal": mark})
        assert found.decision == "accept"


def test_a_value_beside_a_defect_that_is_seen_is_an_error() -> None:
    told = 'must be empty, "OK" or "NG" for a defect found by eye'
    todo = "Put the number found in count, and anything else in note"
    assert faults([*row(item=1, term="scratch", value="7"), *row(item=1, class_="minor", value="no")]) == [
        f"findings, row 1, column value: {told}, got '7'. {todo}",
        f"findings, row 2, column value: {told}, got 'no'. {todo}",
    ]


def test_an_item_beyond_the_number_inspected_is_an_error_for_defects_and_readings() -> None:
    told = "must be at most 30, the number inspected for"
    rows = [
        *seen("scratch", 31),
        *readings("width", ["246"], first=32),
        *unlisted("major", 33),
        *seen("drop", 34),
    ]
    assert faults(rows) == [
        f"findings, row {number}, column item: {told} {name}, got {item}"
        for number, item, name in ((1, 31, "minor"), (2, 32, "major"), (3, 33, "major"), (4, 34, "drop"))
    ]


def test_an_item_of_a_line_that_was_not_inspected_at_all_is_an_error() -> None:
    assert faults(seen("dent", 1), {"major": 0, "minor": 20, "critical": 1, "drop": 5}) == [
        "findings, row 1, column item: must be at most 0, the number inspected for major, got 1"
    ]


def test_an_item_beyond_the_lot_is_an_error_where_the_number_inspected_is_not_stated() -> None:
    assert faults(seen("dent", 1001), {"minor": 20}) == [
        "findings, row 1, column item: must be at most 1000, the size of the lot, got 1001"
    ]


def test_an_item_and_term_read_twice_is_an_error_even_where_both_agree() -> None:
    assert faults([*readings("width", ["246", "246"]), *readings("width", ["246"])]) == [
        "findings, row 3: item 1 has two readings of 'width'. Keep one"
    ]


def test_a_bad_reading_is_named_before_the_one_that_repeats_it() -> None:
    rows = [*row(item=1, term="width", value="x"), *row(item=1, term="width", value="246")]
    assert [fault.split(": ")[0] for fault in faults(rows)] == [
        "findings, row 1, column value",
        "findings, row 2",
    ]


def test_one_item_may_be_read_for_several_terms() -> None:
    rows = [*readings("width", ["246"]), *readings("starts", ["yes"]), *readings("shade", ["0.5"])]
    assert verdict(AGREED, rows, inspected=30).breaches == ()


# Counts.


def test_a_count_with_a_reading_is_an_error() -> None:
    assert faults(
        [*row(term="width", value="246", count=1), *row(item=1, term="width", value="246", count=1)]
    ) == [
        "findings, row 1: the row has both a reading and a count. Keep one of them",
        "findings, row 2, column count: must be empty in a row with a reading, got 1",
    ]


def test_a_row_without_item_and_count_is_an_error() -> None:
    assert faults(
        [*row(term="width", value="246"), *row(term="dent"), *row(class_="minor", note="scratched")]
    ) == [
        "findings, row 1: the reading has no item. Fill in the item",
        "findings, row 2: the row has neither an item nor a count. Fill in the item or a count",
        "findings, row 3: the row has neither an item nor a count. Fill in the item or a count",
    ]


def test_a_count_above_the_number_inspected_is_an_error() -> None:
    for rows in (counted(31, term="dent"), counted(31, class_="minor"), counted(31, term="drop")):
        name = rows[0]["class"] or ("drop" if rows[0]["term"] == "drop" else "major")
        assert faults(rows) == [
            (
                "findings, row 1, column count: must be at most 30 nonconforming items, the number inspected for "
                f"{name}, got 31"
            )
        ]


def test_a_count_is_within_the_lot_where_the_number_inspected_is_not_stated() -> None:
    agreed = contract(cls(plan=single(10, 9)), [term("dent")])
    assert faults(counted(7, term="dent"), None, agreed, size=6) == [
        "findings, row 1, column count: must be at most 6 nonconforming items, the size of the lot, got 7"
    ]


def test_the_items_of_all_classes_together_are_among_those_inspected() -> None:
    """Each item once, in its most serious class: one major and thirty minor are 31 items."""
    assert faults([*counted(1, class_="major"), *counted(30, class_="minor")]) == [
        (
            "findings, row 2, column count: the classes have 31 nonconforming items together, but only 30 were "
            "inspected. Count each item once, in its most serious class"
        )
    ]
    rows = [*counted(1, class_="major"), *counted(29, class_="minor")]
    assert verdict(AGREED, rows, inspected=30).decision == "reject"


MIXED = "findings, row {}, column item: major also has rows with items. Give the items here too, or only counts for major"


def test_rows_with_and_without_items_in_one_line_are_an_error() -> None:
    rows = [*counted(1, term="dent"), *seen("scratch", 1), *readings("width", ["246"]), *seen("drop", 1)]
    assert faults(rows) == [MIXED.format(1)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_mixed_rows_are_an_error_in_any_order(order: tuple[int, ...]) -> None:
    """The rows that are named are those to change: the counts."""
    rows = [*counted(1, term="dent"), *seen("dent", 4), *counted(1, class_="major")]
    found = faults([rows[place] for place in order])
    assert found == [MIXED.format(place + 1) for place in range(3) if order[place] != 1]


def test_a_class_counted_twice_over_is_an_error() -> None:
    rows = [*row(term="dent", class_="major", count=1), *row(class_="major", count=1)]
    assert faults(rows) == [
        (
            "findings, row 2, column term: major also has counts by term, which may be of the same items. "
            "Count major by term only, or as a class only"
        )
    ]


# Terms of the lot.


def test_answers_that_contradict_are_an_error() -> None:
    rows = [*row(term="shipping-mark", value="yes"), *row(term="shipping-mark", value="no")]
    assert faults(rows) == ["findings, row 2: 'shipping-mark' has two different answers. Keep one"]


@pytest.mark.parametrize("value", ["good", "2", "wahr"])
def test_the_answer_for_the_lot_is_yes_or_no(value: str) -> None:
    assert faults(row(term="shipping-mark", value=value)) == [
        f'findings, row 1, column value: must be "yes" or "no", unless the header declares it under answers, got {value!r}'
    ]


@pytest.mark.parametrize("cells", [{"item": 1}, {"count": 1}, {"item": 1, "count": 1}, {"item": 9999}])
def test_a_term_of_the_lot_has_no_item_and_no_count(cells: Values) -> None:
    assert faults(row(term="shipping-mark", value="yes", **cells)) == [
        "findings, row 1: 'shipping-mark' is judged once for the lot. Leave item and count empty"
    ]


@pytest.mark.parametrize("cells", [{}, {"value": "3000"}, {"item": 1}, {"count": 3000}])
def test_what_the_header_says_is_not_said_in_the_log(cells: Values) -> None:
    assert faults(row(term="quantity", **cells)) == [
        "findings, row 1: 'quantity' is judged from the header of the inspection. Remove the row"
    ]


def test_a_mark_has_no_unit() -> None:
    assert faults(row(term="shipping-mark", value="yes", unit="mm")) == [
        "findings, row 1, column unit: must be empty, as 'shipping-mark' has no unit, got 'mm'"
    ]


# The table of inspected items.


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("mayor", "is not a class or term of the contract. Did you mean 'major'?"),
        ("xyz", "is not a class or term of the contract. The contract has critical, major, minor and drop"),
        ("dent", "does not have its own sample; critical, major, minor and drop do"),
        ("quantity", "does not have its own sample; critical, major, minor and drop do"),
    ],
)
def test_the_table_of_inspected_items_names_lines_only(name: str, why: str) -> None:
    assert faults([], {"major": 10, name: 5}) == [f"inspection.inspected: {name!r} {why}"]


# The contract itself.


def test_a_contract_with_an_error_is_named_before_the_log_is_read() -> None:
    agreed = contract([cls("major", plan=single(10, 0)), cls("major", plan=single(10, 0))])
    with pytest.raises(aql.DocumentError) as raised:
        verdict(agreed, row(item=1, term="unknown"), inspected=10)
    assert not isinstance(raised.value, aql.LogError)
    assert [problem.path for problem in raised.value.problems] == ["classes[1].name"]


def test_every_fault_carries_its_place_and_its_sentence_as_attributes() -> None:
    with pytest.raises(aql.LogError) as raised:
        verdict(AGREED, row(item=1, term="scrach"), inspected=30)
    (problem,) = raised.value.problems
    assert problem.where == "findings, row 1, column term"
    assert problem.message == "must be a term of the contract, got 'scrach'. Did you mean 'scratch'?"
    assert problem.to_dict() == {
        "where": problem.where,
        "message": problem.message,
        "code": "unknown-term",
        "file": "findings",
        "row": 1,
        "column": "term",
        "nearest": "scratch",
        "suggestion": "scratch",
    }
    assert str(raised.value) == f"the log has 1 problem:\n  {problem.where}: {problem.message}"
    assert isinstance(raised.value, aql.DocumentError)
    assert isinstance(raised.value, aql.AqlError)
    assert isinstance(raised.value, ValueError)
