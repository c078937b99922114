"""Bad input to a lookup gets its own clear error, and what people write is turned exactly once."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql

AQLS = "0.010 0.015 0.025 0.040 0.065 0.10 0.15 0.25 0.40 0.65 1.0 1.5 2.5 4.0 6.5 10 15 25 40 65 100".split()


def message(**asked: Any) -> str:
    with pytest.raises(aql.DomainError) as caught:
        aql.lookup(**asked)
    return str(caught.value)


NO_NUMBER = "is no whole number of items; a lot size is a whole number, 2 or more. Give the number of items in the lot as an integer."


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (
            0,
            "lot size 0 is too small; the tables begin at lots of 2 items. Give the number of items in the lot.",
        ),
        (1, "lot size 1 is too small; the tables begin at lots of 2 items. Inspect the item itself."),
        (
            -5,
            "lot size -5 is too small; the tables begin at lots of 2 items. Give the number of items in the lot.",
        ),
        (2.5, f"lot size 2.5 {NO_NUMBER}"),
        (float("nan"), f"lot size nan {NO_NUMBER}"),
        (float("inf"), f"lot size inf {NO_NUMBER}"),
        ("1200", f"lot size '1200' {NO_NUMBER}"),
        (True, f"lot size True {NO_NUMBER}"),
        (np.True_, f"lot size {np.True_!r} {NO_NUMBER}"),
        ([], f"lot size [] {NO_NUMBER}"),
    ],
)
def test_a_lot_size_that_cannot_be(size: Any, expected: str) -> None:
    assert message(lot_size=size, aql=2.5) == expected


@pytest.mark.parametrize("size", [1200, 1200.0, np.int64(1200), np.float64(1200), Decimal(1200)], ids=repr)
def test_whole_numbers_of_any_type_are_lot_sizes(size: Any) -> None:
    found = aql.lookup(size, aql=2.5)
    assert found.lot_size == 1200
    assert type(found.lot_size) is int


NUMBER = "an AQL is a positive number such as 2.5, or 0 for not allowed"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.2, "AQL 1.2 is not a column of ISO 2859-1:1999; the nearest are 1.0 and 1.5. Use one of them, or build SinglePlan(n=..., ac=...) yourself."),
        (3, "AQL 3 is not a column of ISO 2859-1:1999; the nearest are 2.5 and 4.0. Use one of them, or build SinglePlan(n=..., ac=...) yourself."),
        (2.4999, "AQL 2.4999 is not a column of ISO 2859-1:1999; the nearest are 1.5 and 2.5. Use one of them, or build SinglePlan(n=..., ac=...) yourself."),
        (0.001, "AQL 0.001 is not a column of ISO 2859-1:1999; the nearest is 0.010. Use it, or build SinglePlan(n=..., ac=...) yourself."),
        (2000, "AQL 2000 is not a column of ISO 2859-1:1999; the nearest is 1000. Use it, or build SinglePlan(n=..., ac=...) yourself."),
        ("2,5", f"AQL '2,5' is no number; {NUMBER}. Write it with a decimal point: '2.5'."),
        ("high", f"AQL 'high' is no number; {NUMBER}. Give a number."),
        (True, f"AQL True is no number; {NUMBER}. Give a number."),
        (np.True_, f"AQL {np.True_!r} is no number; {NUMBER}. Give a number."),
        (None, f"AQL None is no number; {NUMBER}. Give a number."),
        (-1, f"AQL -1 is not possible; {NUMBER}. Give one of the standard's AQLs."),
        (float("nan"), f"AQL nan is not possible; {NUMBER}. Give one of the standard's AQLs."),
        (Decimal("sNaN"), f"AQL sNaN is not possible; {NUMBER}. Give one of the standard's AQLs."),
    ],
)  # fmt: skip
def test_an_aql_that_cannot_be(value: Any, expected: str) -> None:
    assert message(lot_size=1200, aql=value) == expected


@pytest.mark.parametrize("text", AQLS)
def test_a_column_may_be_written_in_many_ways(text: str) -> None:
    number = float(text)
    forms: list[Any] = [
        text,
        f" {text} ",
        Decimal(text),
        number,
        np.float64(number),
        np.array(number),
        text + "0",
    ]
    if "." not in text:
        forms = [text, Decimal(text), number, int(text), np.int64(int(text))]
    assert {aql.lookup(1200, aql=form).aql for form in forms} == {text}


@given(st.decimals(min_value="0.0001", max_value=2000, places=4))
def test_only_exact_columns_are_taken(value: Decimal) -> None:
    columns = {Decimal(text) for text in [*AQLS, "150", "250", "400", "650", "1000"]}
    if value in columns:
        assert Decimal(aql.lookup(1200, aql=value).aql) == value
    else:
        assert "is not a column" in message(lot_size=1200, aql=value)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"level": "ii"}, "level 'ii' is not known; a level is one of S-1, S-2, S-3, S-4, I, II, III. Did you mean 'II'?"),
        ({"level": 2}, "level 2 is not known; a level is one of S-1, S-2, S-3, S-4, I, II, III. Use one of these 7."),
        ({"level": "special"}, "level 'special' is not known; a level is one of S-1, S-2, S-3, S-4, I, II, III. Use one of these 7."),
        ({"severity": "strict"}, "severity 'strict' is not known; a severity is one of normal, tightened, reduced. Use one of these 3."),
        ({"sampling": "sequential"}, "sampling 'sequential' is not known; a sampling is one of single, double, multiple. Use one of these 3."),
        ({"counting": "defects"}, "counting 'defects' is not known; a counting is one of items, nonconformities. Use one of these 2."),
        ({"standard": "ISO 2859"}, "standard 'ISO 2859' is not known; the standards are 'ISO 2859-1:1999', 'ISO 2859-1:2026', 'ANSI/ASQ Z1.4', 'MIL-STD-105E'. Use 'ISO 2859-1:1999'."),
        ({"standard": None}, "standard None is not known; the standards are 'ISO 2859-1:1999', 'ISO 2859-1:2026', 'ANSI/ASQ Z1.4', 'MIL-STD-105E'. Use 'ISO 2859-1:1999'."),
        ({"standard": []}, "standard [] is not known; the standards are 'ISO 2859-1:1999', 'ISO 2859-1:2026', 'ANSI/ASQ Z1.4', 'MIL-STD-105E'. Use 'ISO 2859-1:1999'."),
        ({"letter": "I"}, "letter 'I' is not known; a letter is one of A, B, C, D, E, F, G, H, J, K, L, M, N, P, Q, R. Use one of these 16."),
        ({"letter": "O"}, "letter 'O' is not known; a letter is one of A, B, C, D, E, F, G, H, J, K, L, M, N, P, Q, R. Use one of these 16."),
        ({"letter": "j"}, "letter 'j' is not known; a letter is one of A, B, C, D, E, F, G, H, J, K, L, M, N, P, Q, R. Did you mean 'J'?"),
        ({"letter": "S", "severity": "tightened"}, "row S cannot be entered; it is reached only through the arrow of tightened inspection that leads to it. Enter at letter=\"R\"."),
        ({"aql": 15, "counting": "items"}, "AQL 15 with counting of items; an AQL above 10 only means nonconformities per 100 items. Use counting=\"nonconformities\", or an AQL up to 10."),
        ({"lot_size": None}, "neither a lot size nor a letter was given; a lookup is entered by one of them. Give a lot size, as in lookup(1200, aql=2.5), or letter=\"J\"."),
        ({"fractional": True, "sampling": "double"}, "fractional plans for double sampling of ISO 2859-1:1999; they are offered for single sampling of ISO 2859-1:1999, unverified. Leave fractional out."),
        ({"fractional": True, "standard": "MIL-STD-105E"}, "fractional plans for single sampling of MIL-STD-105E; they are offered for single sampling of ISO 2859-1:1999, unverified. Leave fractional out."),
    ],
)  # fmt: skip
def test_every_other_bad_argument(asked: dict[str, Any], expected: str) -> None:
    assert message(**({"lot_size": 1200, "aql": 2.5} | asked)) == expected


KNOWN_OF_2026 = (
    "of ISO 2859-1:2026 only the single sampling plans for AQL 0.010 to 6.5 have been compared with the 1999 tables: "
    "720 of 720 cells agree. Ask by letter for what has been checked, or use 'ISO 2859-1:1999'."
)


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"lot_size": 1200, "aql": 2.5}, "The table of code letters"),
        ({"lot_size": 1200, "letter": "J", "aql": 2.5}, "A lookup with a lot size"),
        ({"letter": "J", "aql": 2.5, "sampling": "double"}, "Double sampling"),
        ({"letter": "J", "aql": 10}, "AQL 10"),
        ({"letter": "J", "aql": 0}, "AQL 0"),
        (
            {"letter": "R", "aql": 0.025, "severity": "tightened"},
            "Row S, to which the arrow from R at AQL 0.025 leads,",
        ),
    ],
)
def test_what_is_not_checked_of_2026_is_refused(asked: dict[str, Any], what: str) -> None:
    """Rule 12: by letter only, single sampling, AQL 0.010 to 6.5, paths to S excluded."""
    expected = f"{what} of ISO 2859-1:2026 has not been checked; {KNOWN_OF_2026}"
    assert message(standard="ISO 2859-1:2026", **asked) == expected


def test_code_letters_of_2026_are_refused() -> None:
    with pytest.raises(
        aql.DomainError, match="The table of code letters of ISO 2859-1:2026 has not been checked"
    ):
        aql.code_letter([100, 200], standard="ISO 2859-1:2026")


@pytest.mark.parametrize(
    "sizes",
    [[8, 9, 3201], (8, 9, 3201), np.array([8, 9, 3201]), pd.Series([8.0, 9.0, 3201.0]), np.array([8, 9, 3201], dtype=object)],
    ids=["list", "tuple", "array", "series", "objects"],
)  # fmt: skip
def test_arrays_of_lot_sizes_give_arrays_of_letters(sizes: Any) -> None:
    assert aql.code_letter(sizes).tolist() == ["A", "B", "L"]


def test_shape_in_is_shape_out() -> None:
    assert aql.code_letter(np.array([[8, 9], [26, 51]])).tolist() == [["A", "B"], ["D", "E"]]
    assert aql.code_letter(np.array([])).shape == (0,)
    assert aql.code_letter(np.array(8)) == "A"
    found = aql.lookup_many([[8, 9], [26, 51]], aql=4.0)
    assert found.n.shape == found.letter.shape == found.inspect_all.shape == (2, 2)
    assert list(found.to_frame().columns) == ["letter", "plan_letter", "n", "ac", "re", "inspect_all"]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([5, 1, 7], "lot size 1 at place 1 is not possible; a lot size is a whole number, 2 or more. Mend it, or leave the lot out."),
        ([5.0, 7.5], "lot size 7.5 at place 1 is not possible; a lot size is a whole number, 2 or more. Mend it, or leave the lot out."),
        ([5.0, float("nan")], "lot size nan at place 1 is not possible; a lot size is a whole number, 2 or more. Mend it, or leave the lot out."),
        (np.array([5, 2**63], dtype=np.uint64), "lot size 9223372036854775808 at place 1 is not possible; a lot size is a whole number, 2 or more. Mend it, or leave the lot out."),
        (["5", "6"], "lot sizes of type <U1; lot sizes are whole numbers, 2 or more. Give the numbers of items as integers."),
        ([True, False], "lot sizes of type bool; lot sizes are whole numbers, 2 or more. Give the numbers of items as integers."),
        (np.array([5, None], dtype=object), f"lot size None {NO_NUMBER}"),
    ],
)  # fmt: skip
def test_bad_lot_sizes_of_an_array(sizes: Any, expected: str) -> None:
    with pytest.raises(aql.DomainError) as caught:
        aql.lookup_many(sizes, aql=2.5)
    assert str(caught.value) == expected


def test_an_above_ten_aql_is_marked() -> None:
    """Rule 12: an AQL above 10 is returned marked as per 100 items."""
    assert aql.lookup(1200, aql=15).per_hundred_items
    assert aql.lookup(1200, aql=15, counting="nonconformities").per_hundred_items
    assert not aql.lookup(1200, aql=10, counting="items").per_hundred_items
