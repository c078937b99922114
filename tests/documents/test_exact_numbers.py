"""Exact numbers: how long they may be, sums and products without rounding, and which number a float is taken as."""

from decimal import Decimal
from typing import Any

import pytest

from aql.documents.decimals import (
    exact_number,
    exact_product,
    exact_sum,
    number_problem,
    rounded,
    significant_digits,
)
from aql.documents.floats import TakenNumber, taken_number
from aql.documents.spreadsheet import is_number


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (10**60 - 1, Decimal(10**60 - 1)),
        (1 - 10**60, Decimal(1 - 10**60)),
        (10**60, None),
        (-(10**60), None),
        (Decimal("1e60"), Decimal("1e60")),
        (Decimal("1e61"), None),
        ("1e-60", Decimal("1e-60")),
        ("1e-61", None),
        ("-0", Decimal(0)),
        (0.5, None),
        (True, None),
        (None, None),
    ],
)
def test_an_exact_number_has_an_exponent_of_at_most_60(value: Any, number: Decimal | None) -> None:
    assert exact_number(value) == number


@pytest.mark.parametrize(
    ("text", "digits", "is_fine"),
    [
        ("1" * 28, 28, True),
        ("1" * 29, 29, False),
        ("0." + "0" * 20 + "1" * 28, 28, True),
        ("1" * 28 + "0" * 20, 28, True),
        ("1." + "0" * 27 + "1", 29, False),
        ("0", 1, True),
    ],
)
def test_a_number_that_is_judged_has_at_most_28_digits(text: str, digits: int, is_fine: bool) -> None:
    assert significant_digits(Decimal(text)) == digits
    assert number_problem(text) == (None if is_fine else "must have at most 28 significant digits")


def test_sums_and_products_are_exact() -> None:
    large, small = Decimal("1e60"), Decimal("1e-60")
    assert exact_sum(exact_sum(large, small), large, -1) == small
    assert str(exact_product(Decimal("1.50"), Decimal("0.2"))) == "0.3"
    assert exact_product(large, large, small, small) == 1
    assert exact_product() == 1


@pytest.mark.parametrize(
    ("value", "step", "result"),
    [("0.25", "0.1", "0.2"), ("0.35", "0.1", "0.4"), ("-0.25", "0.1", "-0.2"), ("0.26", "0.05", "0.25"), ("7", "3", "6")],
)  # fmt: skip
def test_halfway_cases_are_rounded_to_even(value: str, step: str, result: str) -> None:
    assert rounded(Decimal(value), Decimal(step)) == Decimal(result)


NOT_PRINTED = "0.1000000000000001234"  # no program prints a float like this


@pytest.mark.parametrize(
    ("text", "bits", "number"),
    [
        (NOT_PRINTED, None, TakenNumber(Decimal(NOT_PRINTED))),
        (NOT_PRINTED, 64, TakenNumber(Decimal("0.1"), 64)),
        ("0.30000000000000004", None, TakenNumber(Decimal("0.3"), 64)),
        ("0.3000000000000000444", None, TakenNumber(Decimal("0.3"), 64)),
        ("0.123456789012345", None, TakenNumber(Decimal("0.123456789012345"))),
        ("0.123456789012345", 64, TakenNumber(Decimal("0.123456789012345"), 64)),
        ("1,5", None, None),
        ("1,5", 64, None),
    ],
)
def test_a_float_is_taken_at_15_digits_and_other_text_as_it_is(
    text: str, bits: Any, number: TakenNumber | None
) -> None:
    assert taken_number(text, bits) == number


@pytest.mark.parametrize(("value", "held"), [
    ("1" * 15, True), ("1" * 16, False), ("0." + "1" * 15, True), ("NaN", False), ("Infinity", False),
])  # fmt: skip
def test_a_spreadsheet_holds_15_digits(value: str, held: bool) -> None:
    assert is_number(Decimal(value)) == held
    if value.isdigit():
        assert is_number(int(value)) == held
        assert is_number(-int(value)) == held
