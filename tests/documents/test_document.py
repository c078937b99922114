"""Documents: exact round trips; all errors at once, each with its path and a helpful message."""

import json
import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.assurance import ClaimFacts
from aql.documents.decimals import exact_decimal
from aql.documents.loading import load_document
from aql.inspection.header import InspectionHeader

BASE: dict[str, Any] = {
    "schema": "aql.contract/1",
    "order": {"id": "PO-1", "quantity": 3000, "shipment_date": date(2026, 12, 15)},
    "classes": [{"name": "major", "aql": 2.5}],
    "terms": [{"id": "width", "class": "major", "text": "Width", "measure": {"unit": "mm", "min": "1.50"}}],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The base document with one value changed; the path is keys and numbers with dots."""
    data: dict[str, Any] = json.loads(json.dumps(BASE, default=str))
    here: Any = data
    keys = [int(key) if key.isdigit() else key for key in path.split(".")]
    for key in keys[:-1]:
        here = here.setdefault(key, {}) if isinstance(here, dict) else here[key]
    here[keys[-1]] = value
    return data


def problems(data: dict[str, Any]) -> list[str]:
    with pytest.raises(aql.DocumentError) as caught:
        aql.Contract.load(data)
    return [f"{one.path or one.where}: {one.message}" for one in caught.value.problems]


DECIMAL = "must be an exact decimal number as text, got"
NAME = "must be a name on one line, without leading or trailing blanks, got"
INSIDE = "must be a file in the folder of the document or a subfolder, got"
LEVEL = '"S-1", "S-2", "S-3", "S-4", "I", "II" or "III"'


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("order.id", 7, f"order.id: {NAME} 7"),
        ("order.id", " x", f"order.id: {NAME} ' x'"),
        ("order.quantity", True, "order.quantity: must be a whole number, got True"),
        ("order.quantity", 0, "order.quantity: must be 1 or more, got 0"),
        ("order.quantity", -1, "order.quantity: must be 1 or more, got -1"),
        ("order.quantity", "3000", "order.quantity: must be a whole number, got '3000'. Write 3000 without quotation marks"),
        ("order.quantity", "3 000", "order.quantity: must be a whole number, got '3 000'"),
        ("order.currency", "usd", "order.currency: must be three capital letters such as USD, got 'usd'"),
        ("order.shipment_date", "2026-02-30", "order.shipment_date: must be a date such as 2026-12-15, got '2026-02-30'"),
        ("order.shipment_date", datetime(2026, 2, 3), "order.shipment_date: must be a date such as 2026-12-15, got '2026-02-03 00:00:00'"),  # noqa: DTZ001
        ("order.unit_price", 41.5, f'order.unit_price: {DECIMAL} 41.5. Write "41.5"'),
        ("order.unit_price", "41,5", f'order.unit_price: {DECIMAL} \'41,5\'. Write "41.5"'),
        ("order.unit_price", True, f"order.unit_price: {DECIMAL} True"),
        ("order.unit_price", "1.000,5", f"order.unit_price: {DECIMAL} '1.000,5'"),
        ("order.unit_prize", "1", "order.unit_prize: unknown key. Did you mean \"unit_price\"?"),
        ("order", 5, "order: must be a table of keys, got 5"),
        ("classes", {}, "classes: must be a list, got {}. Write [[classes]] in TOML, or a list in JSON"),
        ("classes", "major", "classes: must be a list, got 'major'"),
        ("classes.0.aql", -1, "classes[0].aql: must be a number, 0 or more, got -1"),
        ("classes.0.aql", "2,5", "classes[0].aql: must be a number, 0 or more, got '2,5'. Write \"2.5\""),
        ("classes.0.aql", float("nan"), "classes[0].aql: must be a number, 0 or more, got nan"),
        (
            "classes.0.zzz",
            1,
            "classes[0].zzz: unknown key; the known keys are ac, aql, inspect, minimum, name and plan",
        ),
        ("classes.0.plan", {"n": 5}, "classes[0].plan.ac: required key is missing"),
        ("classes.0.plan", {"n": 5, "ac": -1}, "classes[0].plan.ac: must be 0 or more, got -1"),
        ("classes.0.plan", {"n": "5", "ac": 1}, "classes[0].plan.n: must be a whole number, got '5'. Write 5 without quotation marks"),
        ("classes.0.plan", {"n": [5, "x"], "ac": [0, 1], "re": [2, 2]}, "classes[0].plan.n[1]: must be a whole number, got 'x'"),
        ("classes.0.plan", {"n": [5, 5], "ac": 3}, "classes[0].plan: n, ac and re must be numbers, or lists of equal length; re can be left out only with numbers"),
        ("inspection.level", "2", f"inspection.level: must be {LEVEL}, got '2'. Did you mean \"II\"?"),
        ("inspection.level", "s1", f"inspection.level: must be {LEVEL}, got 's1'. Did you mean \"S-1\"?"),
        ("inspection.severity", "strict", "inspection.severity: must be \"normal\", \"tightened\" or \"reduced\", got 'strict'"),
        ("terms.0.text", "  ", "terms[0].text: must be text, got '  '"),
        ("terms.0.measure.unti", "mm", "terms[0].measure.unti: unknown key. Did you mean \"unit\"?"),
        ("terms.0.measure.min", 1.5, f'terms[0].measure.min: {DECIMAL} 1.5. Write "1.5"'),
        ("terms.0.measure", {"allowed": []}, "terms[0].measure.allowed: must have at least one value, got []"),
        ("terms.0.measure", {"unit": "dE76", "max": "1"}, "terms[0].measure.unit: must be \"dE2000\", got 'dE76'"),
        ("terms.0.reference", {"file": "../a.jpg", "sha256": "0" * 64}, f"terms[0].reference.file: {INSIDE} '../a.jpg'"),
        ("terms.0.reference", {"file": "C:/a.jpg", "sha256": "0" * 64}, f"terms[0].reference.file: {INSIDE} 'C:/a.jpg'"),
        ("terms.0.reference", {"file": "a.jpg", "sha256": "abc"}, "terms[0].reference.sha256: must be a SHA-256 of 64 hexadecimal digits, got 'abc'. Use what 'aql hash FILE' prints"),
    ],
)  # fmt: skip
def test_every_problem_has_its_path_and_its_sentence(path: str, value: Any, expected: str) -> None:
    assert problems(changed(path, value)) == [expected]


def test_all_problems_come_at_once() -> None:
    data = changed("order.id", 5)
    data["terms"].append({"id": "x"})
    data["extra"] = 1
    assert problems(data) == [
        f"order.id: {NAME} 5",
        "terms[1].text: required key is missing",
        "extra: unknown key; the known keys are classes, cover, inspection, limits, order, schema and terms",
    ]


def test_a_problem_names_the_entry_of_a_list() -> None:
    data = changed("terms.0.measure.min", 1.5)
    data["terms"] += [{"id": "x"}, {"id": 5}, 7]
    with pytest.raises(aql.DocumentError) as caught:
        aql.Contract.load(data)
    name = data["terms"][0]["id"]
    assert [one.where for one in caught.value.problems] == [
        f"terms[0].measure.min ({name})",
        "terms[1].text (x)",
        "terms[2].id",
        "terms[2].text",
        "terms[3]",
    ]
    assert caught.value.problems[0].path == "terms[0].measure.min"


def test_a_problem_carries_its_code_its_path_and_what_was_meant() -> None:
    data = changed("order.unit_prize", "1")
    data["inspection"] = {"severity": "tigthened"}
    data["terms"][0]["measure"]["min"] = 1.5
    with pytest.raises(aql.DocumentError) as caught:
        aql.Contract.load(data)
    told = [(one.code, one.path, one.nearest, one.suggestion) for one in caught.value.problems]
    assert told == [
        ("unknown-key", "order.unit_prize", "unit_price", "unit_price"),
        ("unknown-word", "inspection.severity", "tightened", "tightened"),
        ("bad-value", "terms[0].measure.min", None, "1.5"),
    ]
    assert json.loads(json.dumps(caught.value.to_dict()))["problems"][0]["suggestion"] == "unit_price"


def test_a_plan_that_cannot_be_is_told_in_the_words_of_the_plan() -> None:
    (problem,) = problems(changed("classes.0.plan", {"n": 5, "ac": 3, "re": 2}))
    with pytest.raises(aql.DomainError) as caught:
        aql.SinglePlan(5, 3, 2)
    assert problem == f"classes[0].plan: {caught.value}".removesuffix(".")


def test_the_schema_is_checked() -> None:
    assert problems(changed("schema", "aql.contract/2")) == [
        "schema: must be \"aql.contract/1\", got 'aql.contract/2'. Load it with the version of aql that wrote it"
    ]


@pytest.mark.parametrize("ending", [".toml", ".json"])
def test_a_file_is_read_back_as_it_was_written(tmp_path: Path, ending: str) -> None:
    contract = aql.Contract.load(BASE)
    path = contract.save(tmp_path / f"contract{ending}")
    assert aql.Contract.load(path) == contract
    assert aql.Contract.load(str(path)) == contract
    assert path.read_bytes().count(b"\r") == 0


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "contract.toml"
    path.write_text(aql.Contract.load(BASE).to_toml(), "utf-8-sig")
    assert aql.Contract.load(path) == aql.Contract.load(BASE)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(aql.AqlError) as caught:
        aql.Contract.load("contract.yaml")
    assert str(caught.value) == (
        "a document must be a .toml or .json file, or a dict, got 'contract.yaml'. "
        "To read text, use from_toml or from_json."
    )
    with pytest.raises(aql.AqlError) as caught:
        aql.Contract.load(BASE).save(tmp_path / "contract.txt")
    assert str(caught.value) == ("a contract must be saved to a .toml or .json file, got 'contract.txt'.")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    with pytest.raises(aql.AqlError) as caught:
        aql.Contract.load(missing)
    assert str(caught.value) == f"{str(missing)!r} does not exist."
    assert caught.value.file == str(missing)
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'x = "\xe9"')
    with pytest.raises(aql.AqlError, match="must be UTF-8 text, got byte"):
        aql.Contract.load(latin)


@pytest.mark.parametrize(
    ("ending", "text", "says"),
    [
        (".toml", "order = ", "contract.toml has 1 problem:\n  not valid TOML: Invalid value"),
        (".json", "{", "contract.json has 1 problem:\n  not valid JSON: Expecting property name"),
        (".json", "[]", "contract.json has 1 problem:\n  must be a JSON object, got []"),
        (".json", '{"a": 1, "a": 2}', "key 'a' appears twice in an object"),
    ],
    ids=["toml", "json", "list", "twice"],
)
def test_text_that_is_no_document_says_why(tmp_path: Path, ending: str, text: str, says: str) -> None:
    path = tmp_path / f"contract{ending}"
    path.write_text(text, "utf-8")
    with pytest.raises(aql.DocumentError) as caught:
        aql.Contract.load(path)
    assert says in str(caught.value)


TWICE = "Keep one [classes], or write [[classes]] above each if it is a list"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[[classes]]\naql = 2,5\n", "Write 2.5 with a decimal point"),
        ("aql = 2,50 # per cent", "Write 2.50 with a decimal point"),
        ("quantity = 3,000", "Write 3000 without the comma, or 3.000 with a decimal point"),
        ('name = "critical\naql = 1\n', 'A quotation mark is missing in name = "critical'),
        ('name = "critical', 'A quotation mark is missing in name = "critical'),
        ("name = critical\n", 'Put text in quotation marks: "critical"'),
        ("[classes]\naql = 1\n[classes]\naql = 2\n", TWICE),
        ("[classes]\naql = 1\n[[classes]]\naql = 2\n", TWICE),
        ('text = "x=2,5" y\n', ""),
        ("packed = True\n", ""),
        ("aql = .5\n", ""),
        ("a = [1", ""),
    ],
)
def test_toml_that_is_not_valid_says_what_to_write_where_its_line_shows_it(text: str, hint: str) -> None:
    """The words of the parser stay; only what follows them is ours."""
    with pytest.raises(tomllib.TOMLDecodeError) as parser:
        tomllib.loads(text)
    with pytest.raises(aql.DocumentError) as caught:
        aql.Contract.from_toml(text)
    says = f"not valid TOML: {parser.value}"
    assert [str(one) for one in caught.value.problems] == [f"{says}. {hint}" if hint else says]


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    for load in (aql.Contract.load, aql.Inspection.load):
        with pytest.raises(aql.AqlError) as caught:
            load(tmp_path)
        assert str(caught.value) == (
            f"a document must be a .toml or .json file, got the folder {str(tmp_path)!r}."
        )


@pytest.mark.parametrize("value", [None, 5, b"contract.toml", ["contract.toml"]])
def test_what_is_neither_a_file_nor_a_dict_is_no_document(value: Any) -> None:
    for load in (aql.Contract.load, aql.Inspection.load):
        with pytest.raises(aql.DomainError) as caught:
            load(value)
        assert str(caught.value) == (f"a document must be a .toml or .json file, or a dict, got {value!r}.")
        assert caught.value.facts == {"value": value}


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6))
def test_decimal_text_is_exact(number: Decimal) -> None:
    assert exact_decimal(str(number)) == number


@pytest.mark.parametrize("text", ["", "1_000", "1,5", "NaN", "inf", "٣", "1" * 61, "1e99", "0x10", "--1"])
def test_what_is_no_decimal_number(text: str) -> None:
    assert exact_decimal(text) is None


@pytest.mark.parametrize(("left", "right"), [("1.5", "1.50"), ("3000", 3000), ("0", "0.0")])
def test_equal_documents_have_equal_checksums(left: Any, right: Any) -> None:
    one, other = (aql.Contract.load(changed("terms.0.measure.min", value)) for value in (left, right))
    assert one == other
    assert hash(one) == hash(other)
    assert one.checksum == other.checksum


def turned(value: Any) -> Any:
    """The same content with the keys of every table in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(one) for one in value] if isinstance(value, list) else value


def test_the_order_of_keys_does_not_change_the_checksum() -> None:
    limits = [
        {
            "name": "all",
            "of": ["major", "minor"],
            "plan": {"n": 20, "ac": 2},
            "weights": {"major": 1, "minor": "0.25"},
        }
    ]
    for contract in (aql.Contract.load(BASE), aql.examples.tablet_order()[0]):
        data = contract.to_dict() | ({"limits": limits} if len(contract.classes) > 1 else {})
        one, other = aql.Contract.load(data), aql.Contract.load(turned(data))
        assert one.checksum == other.checksum
    header = {
        "contract": "A",
        "lot": {"id": "1", "size": 9},
        "inspection": {"inspected": {"major": 8, "minor": 5}},
    }
    left, right = (load_document(InspectionHeader, form(header), source="header") for form in (dict, turned))
    assert left.checksum == right.checksum


def test_a_change_changes_the_checksum() -> None:
    base = aql.Contract.load(BASE)
    for path, value in [
        ("terms.0.measure.min", "1.51"),
        ("inspection.level", "III"),
        ("order.quantity", 2999),
    ]:
        assert aql.Contract.load(changed(path, value)).checksum != base.checksum


def test_numbers_are_written_back_as_they_came() -> None:
    text = aql.Contract.load(BASE).to_toml()
    assert 'min = "1.50"' in text
    assert "aql = 2.5" in text
    assert "shipment_date = 2026-12-15" in text
    assert text.startswith('schema = "aql.contract/1"\n')
    assert "severity" not in text


def test_terms_are_found_by_id() -> None:
    contract = aql.Contract.load(BASE)
    assert contract.term("width").class_ == "major"
    with pytest.raises(KeyError):
        contract.term("height")


def test_the_price_of_an_order_needs_price_and_quantity() -> None:
    order = aql.Contract.load({"order": {"id": "PO", "quantity": 3, "unit_price": "41.50"}}).order
    assert order.total == Decimal("124.50")
    assert aql.Contract.load({"order": {"id": "PO", "unit_price": "1"}}).order.total is None


def test_a_decimal_is_taken_where_a_number_is_built_in_python() -> None:
    for value in (Decimal("2.5"), "2.5", 2.5):
        assert aql.Contract.load(changed("classes.0.aql", value)).classes[0].aql == Decimal("2.5")
    assert problems(changed("classes.0.aql", Decimal("Infinity"))) == [
        "classes[0].aql: must be a number, 0 or more, got Decimal('Infinity')"
    ]


def test_a_date_has_one_form() -> None:
    for text in ("20261215", "2026-W51-2", "15.12.2026"):
        assert problems(changed("order.shipment_date", text)) == [
            f"order.shipment_date: must be a date such as 2026-12-15, got {text!r}"
        ]


def test_a_suggestion_replaces_a_long_list_of_words() -> None:
    events = [{"kind": kind, "at": "2026-01-01"} for kind in ("shiped", "lost")]
    with pytest.raises(aql.DocumentError) as caught:
        ClaimFacts.from_dict({"events": events})
    first, other = (problem.message for problem in caught.value.problems)
    assert first == "unknown word 'shiped'. Did you mean \"shipped\"?"
    assert other.startswith('must be "placed", "paid", ')
    assert other.endswith("got 'lost'")
