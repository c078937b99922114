"""Documents that are deep, wide, long or no text at all get their own error, before a parser spends time on them."""

from collections.abc import Callable
from typing import Any

import pytest

import aql
from aql.documents import InputLimits
from aql.documents.text_size import check_text
from tests.attack.hostile_files import HEADER, told

CONTRACT = aql.Contract
MANY = 20_000


@pytest.mark.parametrize(
    ("ending", "text", "code"),
    [
        (".toml", ".".join(["a"] * MANY) + " = 1", "too-deep"),
        (".toml", " . ".join(['"a.b"'] * MANY) + " = 1", "too-deep"),
        (".toml", f"[{'.'.join(['a'] * MANY)}]", "too-deep"),
        (".toml", "a = " + "[" * MANY, "too-deep"),
        (".toml", "a = " + "{ a = " * MANY, "too-deep"),
        (".json", "[" * MANY, "too-deep"),
        (".json", '{"a":' * MANY, "too-deep"),
        (".json", "{" + ",".join('"k": 1' for _ in range(MANY)) + "}", "bad-syntax"),
        (".json", '{"a": ' + "1" * 5000 + "}", "too-long"),
        (".json", '{"a": ' + "1" * 400 + "}", "too-long"),
        (".toml", "a = " + "1" * 5000, "too-long"),
        (".toml", "a = 1." + "1" * 5000, "too-long"),
        (".toml", "a = 0x" + "f" * 5000, "bad-value"),
        (".json", '{"a": "' + "x" * 100_001 + '"}', "too-long"),
        (".json", r'{"order": {"id": "\ud800"}}', "bad-value"),
        (".json", r'{"\ud800": 1}', "bad-value"),
        (".toml", 'a = "\ud800"', "bad-value"),
        (".json", "2", "bad-syntax"),
        (".json", '{"a": NaN}', "unknown-key"),
        (".toml", "]" * MANY, "bad-syntax"),
        (".toml", '"""' * MANY + "\\", "bad-syntax"),
        (".toml", "'\n" * MANY, "bad-syntax"),
        (".toml", "a = b" + " " * MANY + '"', "bad-syntax"),
        (".json", '{"a": "' + '\\"' * MANY, "bad-syntax"),
    ],
)
def test_a_hostile_text_is_told(ending: str, text: str, code: str) -> None:
    told(code, lambda: (CONTRACT.from_toml if ending == ".toml" else CONTRACT.from_json)(text))


@pytest.mark.parametrize("values", ["[" + ",".join(["1"] * 50) + "]", "[" + ",".join(["{}"] * 30) + "]"])
def test_values_are_counted_before_they_are_read(values: str) -> None:
    few = InputLimits(values=50)
    told("too-many-values", lambda: CONTRACT.from_json(f'{{"order": {values}}}', limits=few))
    told("too-many-values", lambda: CONTRACT.from_toml(f"order = {values}", limits=few))


def test_lines_are_counted_too() -> None:
    told("too-many-values", lambda: CONTRACT.from_toml("a\n" * 60, limits=InputLimits(values=50)))


@pytest.mark.parametrize(
    "text",
    [
        'a = "[[[[ {{{{ ....=,,,,"',
        "a = '[[[[ {{{{ ....=,,,,'",
        '# [[[[ {{{{ ....=,,,,\na = "\\"[[[[[[[["',
        'a = """\n[[[[ "quoted" [[[[ \\""" [[[["""',
        'a = """[[[["""""\nb = "]"',
        "a = '''[[[[ 'quoted' [[[['''''",
        '"a.b.c.d.e.f.g".h = [[1.5, 2.5], [3.5]]',
    ],
)
def test_signs_inside_strings_and_comments_do_not_count(text: str) -> None:
    check_text(text, ".toml", "the document", InputLimits(depth=3, values=8))


def test_the_same_in_json() -> None:
    check_text(r'{"a": "[[[[ \" {{{{ ::::,,,,"}', ".json", "the document", InputLimits(depth=1, values=2))


def nested(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"a": value}
    return value


def cyclic() -> dict[str, Any]:
    value: dict[str, Any] = {}
    value["a"] = [value]
    return value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (nested(5000), "too-deep"),
        (cyclic(), "too-deep"),
        ({"order": [1] * 250_001}, "too-many-values"),
        ({"order": {"id": "x" * 100_001}}, "too-long"),
        ({"order": {"id": "a", "quantity": 10**5000}}, "bad-value"),
        ({1: 2}, "bad-value"),
        ({"x" * 100_001: 2}, "bad-value"),
        ({"order": {"id": b"a"}}, "bad-value"),
        ({"order": {"id": object()}}, "bad-value"),
        ({"order": {"id": ["a"]}}, "bad-value"),
    ],
)
@pytest.mark.parametrize(
    "read",
    [CONTRACT.load, CONTRACT.from_dict, lambda data: aql.Inspection.load(data, findings=[])],
    ids=["load", "from_dict", "inspection"],
)
def test_hostile_values_are_told(data: dict[str, Any], code: str, read: Callable[[Any], object]) -> None:
    if code == "bad-value" and read not in {CONTRACT.load, CONTRACT.from_dict}:
        code = "bad-document"
    told(code, lambda: read(data))


def test_a_document_with_many_problems_describes_a_thousand_and_counts_the_rest() -> None:
    error = told("bad-document", lambda: CONTRACT.from_dict({f"k{i}": 1 for i in range(5000)}))
    assert isinstance(error, aql.DocumentError)
    assert error.problems[-1].message == "4001 more values are invalid"
    assert str(error).count("\n") == 21
    assert str(error).endswith("and 981 more.") or str(error).endswith("and 981 more")


@pytest.mark.parametrize(
    ("number", "last"),
    [(1000, "unknown key"), (1001, "1 more value is invalid"), (1002, "2 more values are invalid")],
)
def test_a_thousand_problems_are_all_described(number: int, last: str) -> None:
    error = told("bad-document", lambda: CONTRACT.from_dict({f"k{i}": 1 for i in range(number - 1)}))
    assert isinstance(error, aql.DocumentError)  # the order is missing, too
    assert error.problems[-1].message.startswith(last)
    assert len(error.problems) == min(number, 1001)


@pytest.mark.parametrize("text", ["2", "[]", "null", '"x"', "{}", '{"schema": 5}', ""])
def test_a_stored_verdict_that_is_none_is_told(text: str) -> None:
    with pytest.raises(aql.AqlError):
        aql.Verdict.from_json(text)
    with pytest.raises(aql.AqlError):
        aql.ClaimAssessment.from_json(text)
    with pytest.raises(aql.AqlError):
        aql.Inspection.from_json(text)


def test_an_honest_document_meets_no_limit() -> None:
    terms = [{"id": f"t{i}", "class": "major", "text": f"Part {i} is missing"} for i in range(2000)]
    data = {"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}], "terms": terms}
    assert len(CONTRACT.from_json(CONTRACT.from_dict(data).to_json()).terms) == 2000


def test_zero_has_no_sign() -> None:
    def limit(text: str) -> aql.Contract:
        term = {"id": "t", "class": "major", "text": "Bow of at least 0 mm"}
        return CONTRACT.load(
            {"order": {"id": "a"}, "terms": [term | {"measure": {"unit": "mm", "min": text}}]}
        )

    assert limit("-0").checksum == limit("0").checksum
    assert "-0" not in limit("-0").to_json()


@pytest.mark.parametrize("limit", ["depth", "values", "rows", "file_bytes", "photos"])
@pytest.mark.parametrize("value", [0, -1, 2.5, "9", True, None])
def test_a_limit_is_a_whole_number_of_1_or_more(limit: str, value: Any) -> None:
    with pytest.raises(aql.DomainError, match=limit):
        InputLimits(**{limit: value})


def test_a_larger_limit_lets_a_deep_document_in() -> None:
    data = {**HEADER, "x": nested(40)}
    told("too-deep", lambda: aql.Inspection.load(data, findings=[]))
    told("unknown-key", lambda: aql.Inspection.load(data, findings=[], limits=InputLimits(depth=60)))


def test_readings_missing_in_a_lot_without_end_are_told() -> None:
    measure = {"unit": "mm", "min": "5"}
    term = {"id": "w", "class": "m", "text": "Width", "inspect": "all", "ac": 0, "measure": measure}
    agreed = CONTRACT.load({"order": {"id": "PO-1"}, "classes": [{"name": "m", "aql": 2.5}], "terms": [term]})
    lot = {"id": "L", "size": 2**53}
    header = {"contract": "PO-1", "lot": lot, "inspection": {"inspected": 2**53}}
    told("bad-value", lambda: aql.score(agreed, aql.Inspection.load(header, findings=[])))


def test_terms_and_lines_have_limits() -> None:
    term = {"id": "a", "class": "m", "text": "Dent", "kind": "visual"}
    data: dict[str, Any] = {
        "order": {"id": "PO-1"},
        "classes": [{"name": "m", "aql": 2.5}],
        "terms": [term],
    }
    one = InputLimits(terms=1, lines=1)
    assert CONTRACT.load(data, limits=one).terms
    for more in (
        {"terms": [term, term | {"id": "b"}]},
        {"classes": [*data["classes"], {"name": "n", "aql": 1}]},
    ):
        told("too-many-values", lambda more=more: CONTRACT.load(data | more, limits=one))  # type: ignore[misc]
    told(
        "too-many-values",
        lambda: CONTRACT.load(data | {"terms": [term | {"id": f"t{i}"} for i in range(2001)]}),
    )
    told(
        "too-many-values",
        lambda: CONTRACT.load(data | {"classes": [{"name": f"c{i}", "aql": 2.5} for i in range(201)]}),
    )


def test_a_skip_lot_chain_without_end_is_told() -> None:
    skipping = aql.skip_lot(aql.SinglePlan(80, 2), f=0.25, i=10**9)
    told("too-many-states", lambda: skipping.pa(0.01))
