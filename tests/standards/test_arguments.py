"""Arguments of a lookup: bad ones raise a clear error, and good ones are converted exactly once."""

import json
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql import tables, types

AQLS = "0.010 0.015 0.025 0.040 0.065 0.10 0.15 0.25 0.40 0.65 1.0 1.5 2.5 4.0 6.5 10 15 25 40 65 100".split()


def message(**asked: Any) -> str:
    with pytest.raises(aql.DomainError) as caught:
        aql.lookup(**asked)
    return str(caught.value)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "0."),
        (-5, "-5."),
        (2.5, "2.5."),
        (float("nan"), "nan."),
        (float("inf"), "inf."),
        ("1200", "'1200'."),
        (True, "True."),
        (np.True_, f"{np.True_!r}."),
        ([], "[]."),
        (object, f"{object!r}."),
    ],
)
def test_a_lot_size_that_cannot_be(size: Any, expected: str) -> None:
    assert message(lot_size=size, aql=2.5) == f"lot_size must be a whole number, 1 or more, got {expected}"


@pytest.mark.parametrize(
    "size",
    [1200, 1200.0, np.int64(1200), np.float64(1200), Decimal(1200)],
    ids=["int", "float", "int64", "float64", "Decimal"],
)
def test_whole_numbers_of_any_type_are_lot_sizes(size: Any) -> None:
    found = aql.lookup(size, aql=2.5)
    assert found.lot_size == 1200
    assert type(found.lot_size) is int


ISO = "ISO 2859-1:1999"
OTHER = "For another plan, build SinglePlan(n=..., ac=...)."


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.2, f"AQL 1.2 is not a column of {ISO}; the nearest are 1.0 and 1.5. {OTHER}"),
        (3, f"AQL 3 is not a column of {ISO}; the nearest are 2.5 and 4.0. {OTHER}"),
        (2.4999, f"AQL 2.4999 is not a column of {ISO}; the nearest are 1.5 and 2.5. {OTHER}"),
        (0.001, f"AQL 0.001 is not a column of {ISO}; the nearest is 0.010. {OTHER}"),
        (2000, f"AQL 2000 is not a column of {ISO}; the nearest is 1000. {OTHER}"),
        ("2,5", "aql must be a number such as 2.5, got '2,5'. Write \"2.5\"."),
        ("1,000,5", "aql must be a number such as 2.5, got '1,000,5'."),
        ("high", "aql must be a number such as 2.5, got 'high'."),
        (True, "aql must be a number such as 2.5, got True."),
        (np.True_, f"aql must be a number such as 2.5, got {np.True_!r}."),
        (None, "aql must be a number such as 2.5, got None."),
        (-1, "aql must be 0 or more, got -1."),
        (float("-inf"), "aql must be a number such as 2.5, got -inf."),
        (float("nan"), "aql must be a number such as 2.5, got nan."),
        (Decimal("sNaN"), "aql must be a number such as 2.5, got Decimal('sNaN')."),
    ],
)
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


LEVELS = 'level must be "S-1", "S-2", "S-3", "S-4", "I", "II" or "III", got'
STANDARDS = 'standard must be "ISO 2859-1:1999", "ISO 2859-1:2026", "ANSI/ASQ Z1.4" or "MIL-STD-105E", got'
LETTERS = f'letter must be {", ".join(f"{chr(34)}{one}{chr(34)}" for one in "ABCDEFGHJKLMNPQ")} or "R", got'
FRACTIONAL = f"fractional plans require single sampling of {ISO}, got"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"level": "ii"}, f"{LEVELS} 'ii'. Did you mean \"II\"?"),
        ({"level": "s1"}, f"{LEVELS} 's1'. Did you mean \"S-1\"?"),
        ({"level": "IV"}, f"{LEVELS} 'IV'."),
        ({"level": 2}, f"{LEVELS} 2. Did you mean \"II\"?"),
        ({"level": "special"}, f"{LEVELS} 'special'."),
        ({"severity": "strict"}, "severity must be \"normal\", \"tightened\" or \"reduced\", got 'strict'."),
        ({"severity": "tigthened"}, "severity must be \"normal\", \"tightened\" or \"reduced\", got 'tigthened'. Did you mean \"tightened\"?"),
        ({"sampling": "sequential"}, "sampling must be \"single\", \"double\" or \"multiple\", got 'sequential'."),
        ({"counting": "defects"}, "counting must be \"items\" or \"nonconformities\", got 'defects'."),


        ({"standard": ""}, f"{STANDARDS} ''."),
        ({"standard": None}, f"{STANDARDS} None."),
        ({"standard": []}, f"{STANDARDS} []."),
        ({"letter": "I"}, f"{LETTERS} 'I'."),
        ({"letter": "O"}, f"{LETTERS} 'O'."),
        ({"letter": "j"}, f"{LETTERS} 'j'. Did you mean \"J\"?"),
        ({"letter": "S", "severity": "tightened"}, "letter must not be 'S': row S is reached only by an arrow of tightened inspection. Use letter=\"R\"."),
        ({"aql": 15, "counting": "items"}, "AQL 15 requires counting nonconformities, because it means nonconformities per 100 items. Use counting=\"nonconformities\", or an AQL up to 10."),
        ({"lot_size": None}, "pass either lot_size or letter. For example, lookup(1200, aql=2.5) or lookup(letter=\"J\", aql=2.5)."),
        ({"fractional": True, "sampling": "double"}, f"{FRACTIONAL} double sampling of {ISO}."),
        ({"fractional": True, "standard": "MIL-STD-105E"}, f"{FRACTIONAL} single sampling of MIL-STD-105E."),
    ],
)  # fmt: skip
def test_every_other_bad_argument(asked: dict[str, Any], expected: str) -> None:
    assert message(**({"lot_size": 1200, "aql": 2.5} | asked)) == expected


KNOWN_OF_2026 = (
    "of ISO 2859-1:2026 only the single sampling plans for AQL 0.010 to 6.5 have been compared with the 1999 tables, "
    'and agree. Look up a checked part by letter, or use "ISO 2859-1:1999".'
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


def test_a_series_of_lot_sizes_gives_a_series_of_letters() -> None:
    sizes = pd.Series([8, 3201], index=["a", "b"], name="size")
    expected = pd.Series(["A", "L"], index=["a", "b"], name="size", dtype=object)
    pd.testing.assert_series_equal(aql.code_letter(sizes), expected, check_dtype=False)
    of_polars = aql.code_letter(pl.Series("size", [8, 3201]))
    assert (of_polars.name, of_polars.to_list()) == ("size", ["A", "L"])


def test_shape_in_is_shape_out() -> None:
    assert aql.code_letter(np.array([[8, 9], [26, 51]])).tolist() == [["A", "B"], ["D", "E"]]
    assert aql.code_letter(np.array([])).shape == (0,)
    assert aql.code_letter(np.array(8)) == "A"
    found = aql.lookup_many([[8, 9], [26, 51]], aql=4.0)
    assert found.n.shape == found.letter.shape == found.inspect_all.shape == (2, 2)
    assert list(found.to_frame().columns) == [
        "letter",
        "plan_letter",
        "n",
        "ac",
        "re",
        "inspect_all",
        "practice",
    ]


WHOLE = "must be a whole number, 1 or more, got"


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([5, 0, 7], f"lot_sizes[1] {WHOLE} 0."),
        ([5.0, 7.5], f"lot_sizes[1] {WHOLE} 7.5."),
        ([5.0, float("nan")], f"lot_sizes[1] {WHOLE} nan."),
        (
            np.array([5, 2**63], dtype=np.uint64),
            "lot_sizes[1] must be a whole number, 1 to 2**53 (about 9 quadrillion), got 9223372036854775808.",
        ),
        (["5", "6"], "lot sizes must be whole numbers, 1 or more, got <U1."),
        ([True, False], "lot sizes must be whole numbers, 1 or more, got bool."),
        (np.array([5, None], dtype=object), f"lot_sizes[1] {WHOLE} None."),
    ],
)
def test_bad_lot_sizes_of_an_array(sizes: Any, expected: str) -> None:
    with pytest.raises(aql.DomainError) as caught:
        aql.lookup_many(sizes, aql=2.5)
    assert str(caught.value) == expected


def test_an_above_ten_aql_is_marked() -> None:
    """Rule 12: an AQL above 10 is returned marked as per 100 items."""
    assert aql.lookup(1200, aql=15).per_hundred_items
    assert aql.lookup(1200, aql=15, counting="nonconformities").per_hundred_items
    assert not aql.lookup(1200, aql=10, counting="items").per_hundred_items


@pytest.mark.parametrize(
    ("asked", "code", "facts"),
    [
        ({"aql": 1.2}, "unknown-aql", {"value": 1.2, "nearest": ("1.0", "1.5")}),
        ({"aql": "2,5"}, "bad-aql", {"value": "2,5", "suggestion": "2.5"}),
        ({"aql": 15, "counting": "items"}, "aql-needs-nonconformities", {"value": 15}),
        ({"lot_size": 0}, "bad-lot-size", {"value": 0}),
        ({"level": "ii"}, "unknown-word", {"value": "ii", "nearest": "II", "suggestion": "II"}),
        ({"standard": "ISO 2859-1:2026"}, "unverified", {"standard": "ISO 2859-1:2026"}),
    ],
)
def test_the_facts_of_an_error(asked: dict[str, Any], code: str, facts: dict[str, object]) -> None:
    with pytest.raises(aql.DomainError) as caught:
        aql.lookup(**({"lot_size": 1200, "aql": 2.5} | asked))
    assert (caught.value.code, caught.value.facts) == (code, facts)
    assert json.loads(json.dumps(caught.value.to_dict()))["code"] == code


def test_the_words_of_the_types_are_those_of_the_tables() -> None:
    """The editions are a table; the type checker needs their names in code."""
    assert tuple(record["name"] for record in tables.editions()["edition"]) == types.STANDARDS
    for folder in ("iso_2859_1_1999", "mil_std_105e"):
        assert {band.level for band in tables.code_letters(folder)[1]} == set(types.LEVELS)
