"""The exact form of what is written, the ends of what is read, and the words of what is refused."""

import hashlib
import json
import math
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

import aql
from aql.assurance import RuleSet
from aql.contract.contract import Contract
from aql.documents.decimals import exact_decimal
from aql.documents.fields import decimal_text
from aql.documents.files import read_bytes
from aql.documents.floats import FloatText, TakenNumber, taken_number
from aql.documents.input_limits import InputLimits, over_limit
from aql.documents.json_values import JsonFloat, JsonFraction
from aql.documents.loading import parse_text
from aql.documents.spreadsheet import is_number
from aql.errors import AqlError, DomainError

SMALL = {"schema": "aql.contract/1", "order": {"id": "Ä"}, "classes": [{"name": "m", "aql": 2.5}]}


def test_a_document_is_written_as_it_came_without_what_is_empty() -> None:
    contract = Contract.load({**SMALL, "order": {"id": "Ä", "product": None}})
    assert contract.to_dict() == SMALL
    assert tomllib.loads(contract.to_toml()) == SMALL
    assert contract.to_json() == json.dumps(SMALL, indent=2, ensure_ascii=False)


def test_a_checksum_is_that_of_the_sorted_content_with_all_defaults() -> None:
    """A stored checksum must be found again by every later version."""
    content = (
        '{"classes":[{"aql":"2.5","name":"m"}],"inspection":{"cartons":"sqrt","counting":"items","level":"II",'
        '"sample":"per-class","sampling":"single","severity":"normal","standard":"ISO 2859-1:1999",'
        '"switching":"per-class"},"limits":[],"order":{"id":"Ä"},"schema":"aql.contract/1","terms":[]}'
    )
    assert Contract.load(SMALL).checksum == hashlib.sha256(content.encode()).hexdigest()


def test_a_value_is_written_by_pydantic_as_by_the_library() -> None:
    verdict = aql.score(*aql.examples.tablet_order())
    assert TypeAdapter(aql.Verdict).dump_python(verdict, mode="json") == verdict.to_dict()
    assert verdict.to_json() == json.dumps(verdict.to_dict(), indent=2, ensure_ascii=False)
    for kind, value, written in (
        (JsonFloat, 0.5, 0.5),
        (JsonFloat, math.inf, "Infinity"),
        (JsonFraction, "1/3", "1/3"),
    ):
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        assert adapter.dump_python(adapter.validate_python(value), mode="json") == written


def test_a_binary_float_keeps_its_width() -> None:
    header = {"contract": "A", "lot": {"id": "1", "size": 9}}
    for value, bits in ((0.1, 64), ("0.1", None)):
        found = aql.Inspection.load(header, findings=[{"item": 1, "term": "a", "value": value}])
        assert aql.Inspection.from_json(found.to_json()) == found
        assert found.rows[0].float_bits == bits
    assert (FloatText("0.1").bits, FloatText("0.1", 32).bits) == (64, 32)
    assert taken_number("0.10000000149011612", 32) == TakenNumber(Decimal("0.10000000149011612"), 32)
    assert taken_number("0.10000000149011612", 64) == TakenNumber(Decimal("0.1"), 32)
    assert taken_number("1e59", None) == TakenNumber(Decimal("1e59"))
    assert TakenNumber(Decimal(1), 32).residue(Decimal(0)) == Decimal("1e-6")
    assert TakenNumber(Decimal(1), 64).residue(Decimal(-20)) == Decimal("2e-8")


def test_numbers_of_the_greatest_length_are_read() -> None:
    assert exact_decimal("1" * 60) == Decimal("1" * 60)
    with pytest.raises(DomainError, match="as text of at most 60 characters, got '1"):
        decimal_text("1" * 61)


@pytest.mark.parametrize(
    ("value", "meant"), [(0.0, "0.0"), (0.5, "0.5"), (-0.5, None), ("0,5", "0.5"), ("-0,5", None)]
)
def test_a_number_that_is_not_exact_text_suggests_its_text(value: object, meant: str | None) -> None:
    with pytest.raises(DomainError) as caught:
        decimal_text(value)
    assert caught.value.suggestion == meant


@pytest.mark.parametrize(
    ("value", "held"),
    [("1e299", True), ("1e300", False), ("1e-299", True), ("1e-300", False), ("0e999", True)],
)
def test_a_spreadsheet_holds_exponents_below_300(value: str, held: bool) -> None:
    assert is_number(Decimal(value)) == held


def test_a_limit_names_the_place_if_it_is_known() -> None:
    limits = InputLimits(rows=10)
    for place in ("", "line 12"):
        said = f"'log.csv' must have at most 10 rows, but has more{' at line 12' if place else ''}. If that is intended"
        assert str(over_limit("log.csv", "rows", limits, place=place)).startswith(said)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('a = "x', True),
        ('a = "' + "x" * 495, True),
        ('a = "' + "x" * 496, False),
        ('a = "x"\nb = "y\n', True),
        ('a = ["x", "y', True),
        ('a = "x\\"', False),
        ('a = "x" "', False),
        ("a = 'x", False),
    ],
)
def test_a_missing_quotation_mark_is_told_in_lines_of_up_to_500_characters(text: str, hint: bool) -> None:
    with pytest.raises(AqlError) as caught:
        parse_text(text, ".toml", "a document")
    assert ("A quotation mark is missing" in str(caught.value)) == hint


def test_a_text_is_measured_before_it_is_read() -> None:
    for ending, text in ((".json", "[" * 40 + "]" * 40), (".toml", f"a = {'[' * 40}{']' * 40}")):
        with pytest.raises(AqlError) as caught:
            parse_text(text, ending, "a document")
        assert caught.value.code == "too-deep"


def test_an_unknown_key_is_told_the_known_ones_of_its_table() -> None:
    verdict = aql.score(*aql.examples.tablet_order()).to_dict()
    assert isinstance(verdict["evidence"], dict)
    term = {"id": "t", "class": "m", "text": "x", "measure": {"answer": "yes", "most": 3}}
    for load, data, says in (
        (
            aql.Verdict.from_dict,
            {**verdict, "zzz": 1},
            "zzz: unknown key; the known keys are agreed, breaches,",
        ),
        (
            aql.Verdict.from_dict,
            {**verdict, "evidence": {**verdict["evidence"], "zzz": 1}},
            "evidence.zzz: unknown key",
        ),
        (
            Contract.load,
            {**SMALL, "terms": [term]},
            r"measure.most \(t\): unknown key; the known keys are answer",
        ),
    ):
        with pytest.raises(AqlError, match=says):
            load(data)


def test_the_only_word_allowed_is_not_suggested_again() -> None:
    with pytest.raises(
        AqlError,
        match=r"schema: must be \"aql.rules/1\", got 'aql.rules/11'\. Load it with the version of aql that wrote it$",
    ):
        RuleSet.from_dict({"schema": "aql.rules/11", "name": "x", "title": "x"})


def test_a_limit_is_the_largest_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert read_bytes(path, limits=InputLimits(file_bytes=5)) == b"12345"
    with pytest.raises(AqlError, match="file_bytes=") as caught:
        read_bytes(path, limits=InputLimits(file_bytes=4))
    assert caught.value.code == "too-large"
    verdict = aql.score(*aql.examples.tablet_order())
    with pytest.raises(AqlError, match="'the Verdict' must have at most 10 keys"):
        aql.Verdict.from_dict(verdict.to_dict(), limits=InputLimits(values=10))
