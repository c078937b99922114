"""Each limit of a document is the largest that is read, in its text and in its plain values."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from aql.documents.input_limits import InputLimits
from aql.documents.text_size import check_text, check_values
from aql.errors import AqlError, DocumentError


@pytest.mark.parametrize(
    ("text", "ending", "limit", "most"),
    [
        ("a = 1\n", ".toml", "document_length", 6),
        ("a = 1\nb = 2\n", ".toml", "values", 4),
        ("a.b.c = 1", ".toml", "values", 2),
        ("a = [1.5, 2.5]", ".toml", "values", 3),
        ("a = 1\n\n\n  \n", ".toml", "values", 2),
        ("a.b.c = 1", ".toml", "depth", 3),
        ("[a.b.c.d]\ne.f = 1.5", ".toml", "depth", 4),
        ("a = [[{b = 1}]]", ".toml", "depth", 3),
        ("a = [1]\nb = [2]\nc = {d = 1}", ".toml", "depth", 1),
        ('{"a": [1.5, {}]}', ".json", "depth", 3),
        ('{"a": [1, 2]}', ".json", "values", 3),
        ('{"a": 1}', ".json", "document_length", 8),
    ],
)  # fmt: skip
def test_the_size_of_a_text(text: str, ending: str, limit: str, most: int) -> None:
    check_text(text, ending, "a document", InputLimits(**{limit: most}))
    if most > 1:
        with pytest.raises(AqlError, match=f"at most {most - 1} ") as raised:
            check_text(text, ending, "a document", InputLimits(**{limit: most - 1}))
        assert raised.value.facts["limit"] == limit


@pytest.mark.parametrize(
    ("ending", "text"), [(".toml", "a = %s"), (".toml", "a = [1.%s]"), (".json", '{"a": %s}')]
)
def test_a_number_in_a_text_has_at_most_60_digits(ending: str, text: str) -> None:
    check_text(text % ("1" * 60), ending, "a document", InputLimits())
    for digits in (61, 62, 500):
        with pytest.raises(DocumentError, match=f"a number must have at most 60 digits, got {digits} digits"):
            check_text(text % ("1" * digits), ending, "a document", InputLimits())


@pytest.mark.parametrize(
    ("data", "limit", "most", "place"),
    [
        ({"a": {"b": {"c": 1}}}, "depth", 3, "a.b"),
        ({"a": [[1], {"b": ()}]}, "depth", 4, r"a\[1\].b"),
        ({"a": [1, 2], "b": 1}, "values", 4, "a"),
        ({"a": ["xxxxx"]}, "text_length", 5, r"a\[0\]"),
        ({"a": {"b": "ééééé"}}, "text_length", 5, "a.b"),
    ],
)
def test_the_size_of_plain_values(data: dict[str, Any], limit: str, most: int, place: str) -> None:
    check_values(data, "a document", InputLimits(**{limit: most}))
    with pytest.raises(AqlError, match=f"at most {most - 1} .* at {place}") as raised:
        check_values(data, "a document", InputLimits(**{limit: most - 1}))
    assert raised.value.facts["limit"] == limit


LONG = 10**60 - 1
LONGER = "must have at most 60 digits, got a longer number"


@pytest.mark.parametrize(
    "value",
    [LONG, -LONG, Decimal(LONG), Decimal("1e60"), Decimal("1e-60"), Decimal("NaN"), Decimal("-Infinity"), True, 1.5,
     date(2026, 1, 1), None, "é", b"x", object()],
)  # fmt: skip
def test_a_value_that_is_short_enough(value: object) -> None:
    """What it may be is for the field to say."""
    check_values({"a": [value]}, "a document", InputLimits(text_length=5))
    check_values({"aaaaa": value, "ééééé": value}, "a document", InputLimits(text_length=5))


@pytest.mark.parametrize(
    ("data", "path", "says"),
    [
        ({"a": [LONG + 1]}, "a[0]", LONGER),
        ({"a": {"b": -LONG - 1}}, "a.b", LONGER),
        ({"a": Decimal(LONG * 10 + 1)}, "a", LONGER),
        ({"a": Decimal("1e61")}, "a", LONGER),
        ({"a": Decimal("1e-61")}, "a", LONGER),
        ({"a": pd.NaT}, "a", "must be a date, got NaT"),
        ({"a": "é\ud800"}, "a", "must be valid Unicode; character 2 is half of a pair"),
        ({"a": {"é\ud800": 1}}, "a", "a key must be valid Unicode; character 2 is half of a pair"),
        ({"a": {"éééééé": 1}}, "a", "a key must have at most 5 characters"),
        ({"a": {"xxxxxx": 1}}, "a", "a key must have at most 5 characters"),
        ({"a": [{5: 1}]}, "a[0]", "a key must be text, got a value of type int"),
    ],
)
def test_a_value_or_key_that_cannot_be(data: dict[str, Any], path: str, says: str) -> None:
    with pytest.raises(DocumentError) as raised:
        check_values(data, "a document", InputLimits(text_length=5))
    assert [(one.path, one.message) for one in raised.value.problems] == [(path, says)]


def test_all_values_that_cannot_be_are_told_at_once() -> None:
    data: dict[Any, object] = {1: 2, "a": LONG + 1, "b": [LONG + 1, 5, "\ud800"]}
    with pytest.raises(DocumentError) as raised:
        check_values(data, "a document", InputLimits())
    assert [one.path for one in raised.value.problems] == ["", "a", "b[0]", "b[2]"]
