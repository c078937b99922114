"""The exact form of what is written, the ends of what is read, and the words of what is refused."""

import hashlib
import json
import math
import struct
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

import aql
from aql.assurance import RuleSet
from aql.contract.contract import Contract
from aql.documents.csv_text import csv_rows
from aql.documents.decimals import exact_decimal
from aql.documents.fields import decimal_text
from aql.documents.files import in_quotes, read_bytes, utf8_text
from aql.documents.floats import FloatText, TakenNumber, shortest_32_bit, taken_number
from aql.documents.input_limits import InputLimits, over_limit
from aql.documents.json_values import JsonFloat, JsonFraction
from aql.documents.loading import parse_text
from aql.documents.spreadsheet import is_number
from aql.documents.text_size import check_text
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


@pytest.mark.parametrize(
    ("text", "ending"),
    [("\nb = 2\nc = [[[1]]]\nd = 4", ".toml"), ('{"a": 1,\n"b": 2,\n"c": [[1]]}', ".json")],
)
def test_the_line_that_is_too_deep_is_named(text: str, ending: str) -> None:
    with pytest.raises(AqlError, match="at line 3") as caught:
        check_text(text, ending, "a document", InputLimits(depth=2))
    assert caught.value.code == "too-deep"
    check_text(text, ending, "a document", InputLimits(depth=3))
    with pytest.raises(AqlError, match="at line 2") as caught:
        check_text(text, ending, "a document", InputLimits(values=2))
    assert caught.value.code == "too-many-values"


def test_what_follows_a_closed_bracket_is_measured_too() -> None:
    for text in ("a = [1]\nb = [[[1]]]\n", "a = {b = 1}\nc = [[[1]]]\n"):
        with pytest.raises(AqlError, match="at line 2"):
            check_text(text, ".toml", "a document", InputLimits(depth=2))
    check_text("a = 1]\nb = [[[1]]]\n", ".toml", "a document", InputLimits(depth=2))  # the parser tells it


def cells_of(text: str, **limits: int) -> list[tuple[int, tuple[str, ...]]]:
    def told(line: int, reason: str) -> AqlError:
        return AqlError(f"line {line}: {reason}")

    return list(csv_rows(text, ",", "log.csv", InputLimits(**limits), told))


def test_the_cells_of_a_csv_file_are_counted_to_the_last() -> None:
    text = "a,b\n\n1,2\n"
    rows = [(1, ("a", "b")), (3, ("1", "2"))]
    for limits in ({"cells": 4}, {"columns": 2}, {"rows": 3}, {"text_length": 1}, {"log_length": len(text)}):
        assert cells_of(text, **limits) == rows
    for limits, place in (
        ({"cells": 3}, " at row 3"),
        ({"columns": 1}, " at row 1"),
        ({"rows": 2}, " at row 3"),
        ({"log_length": len(text) - 1}, ""),
    ):
        with pytest.raises(AqlError, match=f"but has more{place}|characters"):
            cells_of(text, **limits)
    with pytest.raises(AqlError, match="at row 3"):
        cells_of("a\n\nlong\n", text_length=3)
    with pytest.raises(AqlError, match="must have at most 3 columns, but has more at row 1"):
        cells_of("a,b,c,d\n", cells=3, columns=3)
    with pytest.raises(AqlError, match=r"line 2: not valid CSV: .*Check the quotes"):
        cells_of('a\n"b" c\n')


def test_a_path_is_shown_whole_up_to_400_characters() -> None:
    for length in (399, 400):
        assert in_quotes("x" * length) == repr("x" * length)
    assert in_quotes("a" * 200 + "b" * 201) == repr("a" * 80 + "..." + "b" * 80)


def test_bytes_that_are_no_text_name_their_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    for source, file in ((path, str(path)), ("standard input", None)):
        with pytest.raises(AqlError, match="got byte 0xff in line 3") as caught:
            utf8_text(b"a\n\n\xff", source)
        assert caught.value.file == file


@given(number=st.floats(width=32, allow_nan=False, allow_infinity=False))
@example(number=115527.0859375)  # needs nine digits
@example(number=16777216.0)
def test_a_32_bit_float_reads_back_from_its_shortest_text(number: float) -> None:
    text = shortest_32_bit(number)
    assert text is not None
    assert struct.unpack("f", struct.pack("f", float(text)))[0] == number
    digits = len(text.partition("e")[0].replace(".", "").replace("-", "").lstrip("0"))
    assert digits <= 9
    for fewer in range(6, digits):
        assert struct.unpack("f", struct.pack("f", float(f"{number:.{fewer}g}")))[0] != number
