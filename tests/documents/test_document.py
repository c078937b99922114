"""Documents: exact round trips, every error at once with its path, and a friendly word for each."""

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
from aql.documents.fields import exact_decimal

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
    return [str(problem) for problem in caught.value.problems]


NO_DECIMAL = "is no exact decimal number; a number that decides a verdict is decimal text. Write it as text with a decimal point,"


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("order.id", 7, "order.id: 7 is no name; a name is text on one line without blanks at its ends. Write it in quotes"),
        ("order.id", " x", "order.id: ' x' is no name; a name is text on one line without blanks at its ends. Write it in quotes"),
        ("order.quantity", True, "order.quantity: True is not possible; a whole number is needed. Correct it"),
        ("order.quantity", 0, "order.quantity: 0 is not possible; 1 or more is allowed. Correct it"),
        ("order.quantity", -1, "order.quantity: -1 is not possible; 1 or more is allowed. Correct it"),
        ("order.quantity", "3000", "order.quantity: '3000' is not possible; a whole number is needed. Write it without quotation marks, 3000"),
        ("order.quantity", "3 000", "order.quantity: '3 000' is not possible; a whole number is needed. Correct it"),
        ("order.currency", "usd", "order.currency: 'usd' is not possible; three capital letters such as USD are needed. Correct it"),
        ("order.shipment_date", "2026-02-30", "order.shipment_date: '2026-02-30' is no date; a date is a day of the calendar as 2026-12-15. Write year-month-day"),
        ("order.shipment_date", datetime(2026, 2, 3), "order.shipment_date: '2026-02-03 00:00:00' is no date; a date is a day of the calendar as 2026-12-15. Write year-month-day"),  # noqa: DTZ001
        ("order.unit_price", 41.5, f'order.unit_price: 41.5 {NO_DECIMAL} "41.5"'),
        ("order.unit_price", "41,5", f'order.unit_price: \'41,5\' {NO_DECIMAL} "41.5"'),
        ("order.unit_price", True, f'order.unit_price: True {NO_DECIMAL} "True"'),
        ("order.unit_prize", "1", "order.unit_prize: this key is not known; known are currency, id, product, quantity, shipment_date, supplier, unit_price. Did you mean 'unit_price'?"),
        ("order", 5, "order: 5 is not possible; a table of keys is needed. Correct it"),
        ("classes", {}, "classes: {} is not possible; a list is needed. Write [[classes]] in TOML, or a list in JSON"),
        ("classes", "major", "classes: 'major' is not possible; a list is needed. Correct it"),
        ("classes.0.aql", -1, "classes[0].aql: -1 is not possible; a number of 0 or more is allowed. Write it as 2.5 or 4.0"),
        ("classes.0.aql", "2,5", "classes[0].aql: '2,5' is not possible; a number of 0 or more is allowed. Write it with a point, 2.5"),
        ("classes.0.aql", float("nan"), "classes[0].aql: 'nan' is not possible; a number of 0 or more is allowed. Write it as 2.5 or 4.0"),
        ("classes.0.zzz", 1, "classes[0].zzz: this key is not known; known are ac, aql, inspect, name, plan. Leave it out, or use one of them"),
        ("classes.0.plan", {"n": 5}, "classes[0].plan.ac: this key is missing; it is required. Add it"),
        ("classes.0.plan", {"n": 5, "ac": 3, "re": 2}, "classes[0].plan: re 2 with ac 3; re is above ac. Leave re out for 4, or give a larger one."),
        ("classes.0.plan", {"n": [5, 5], "ac": 3}, "classes[0].plan: n, ac and re must be numbers, or lists of one length; re may be left out with numbers only"),
        ("inspection.level", "2", "inspection.level: '2' is not known; allowed are 'S-1', 'S-2', 'S-3', 'S-4', 'I', 'II' or 'III'. Use one of them"),
        ("inspection.severity", "strict", "inspection.severity: 'strict' is not known; allowed are 'normal', 'tightened' or 'reduced'. Use one of them"),
        ("terms.0.text", "  ", "terms[0].text: '  ' is no text; text with something in it is needed. Write it in quotes"),
        ("terms.0.measure.unti", "mm", "terms[0].measure.unti: this key is not known; known are max, min, minus, nominal, plus, unit. Did you mean 'unit'?"),
        ("terms.0.measure.min", 1.5, f'terms[0].measure.min: 1.5 {NO_DECIMAL} "1.5"'),
        ("terms.0.measure", {"allowed": []}, "terms[0].measure.allowed: [] is not possible; a list with something in it is needed. Correct it"),
        ("terms.0.measure", {"unit": "dE76", "max": "1"}, "terms[0].measure.unit: 'dE76' is not known; allowed is 'dE2000'. Write it"),
        ("terms.0.reference", {"file": "../a.jpg", "sha256": "0" * 64}, "terms[0].reference.file: '../a.jpg' leaves the document's folder; a file stands in that folder or below it. Move the file there and give its name"),
        ("terms.0.reference", {"file": "C:/a.jpg", "sha256": "0" * 64}, "terms[0].reference.file: 'C:/a.jpg' leaves the document's folder; a file stands in that folder or below it. Move the file there and give its name"),
        ("terms.0.reference", {"file": "a.jpg", "sha256": "abc"}, "terms[0].reference.sha256: 'abc' is no SHA-256; it has 64 hexadecimal digits. Take what 'sha256sum FILE' prints"),
    ],
)  # fmt: skip
def test_every_problem_has_its_path_and_its_sentence(path: str, value: Any, expected: str) -> None:
    assert problems(changed(path, value)) == [expected]


def test_all_problems_come_at_once() -> None:
    data = changed("order.id", 5)
    data["terms"].append({"id": "x"})
    data["extra"] = 1
    assert problems(data) == [
        "order.id: 5 is no name; a name is text on one line without blanks at its ends. Write it in quotes",
        "terms[1].text: this key is missing; it is required. Add it",
        (
            "extra: this key is not known; known are classes, cover, inspection, order, schema, terms. "
            "Leave it out, or use one of them"
        ),
    ]


def test_the_schema_is_checked() -> None:
    assert problems(changed("schema", "aql.contract/2")) == [
        "schema: 'aql.contract/2' is not known; allowed is 'aql.contract/1'. Write it"
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
        "'contract.yaml' is no document that can be read; a document is a file that ends in .toml or .json. "
        "Name the file, or give a dict; text is read by from_toml and from_json."
    )
    with pytest.raises(aql.AqlError) as caught:
        aql.Contract.load(BASE).save(tmp_path / "contract.txt")
    assert str(caught.value) == (
        "'contract.txt' does not say how to write the contract; a contract is written to a file that ends in .toml "
        "or .json. Give the file one of these endings."
    )


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    with pytest.raises(aql.AqlError) as caught:
        aql.Contract.load(missing)
    assert str(caught.value) == f"{str(missing)!r} does not exist. Check the name and the folder."
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'x = "\xe9"')
    with pytest.raises(aql.AqlError, match="a document is a text file in UTF-8"):
        aql.Contract.load(latin)


@pytest.mark.parametrize(
    ("ending", "text", "says"),
    [
        (".toml", "order = ", "contract.toml has 1 problem:\n  it is no valid TOML: Invalid value"),
        (".json", "{", "contract.json has 1 problem:\n  it is no valid JSON: Expecting property name"),
        (".json", "[]", "contract.json has 1 problem:\n  it holds a list; a document is an object"),
        (".json", '{"a": 1, "a": 2}', "key 'a' stands twice in one object"),
    ],
    ids=["toml", "json", "list", "twice"],
)
def test_text_that_is_no_document_says_why(tmp_path: Path, ending: str, text: str, says: str) -> None:
    path = tmp_path / f"contract{ending}"
    path.write_text(text, "utf-8")
    with pytest.raises(aql.DocumentError) as caught:
        aql.Contract.load(path)
    assert says in str(caught.value)


TWICE = "Keep one [classes], or write [[classes]] over each where it is a list"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[[classes]]\naql = 2,5\n", "Write 2.5 with a decimal point"),
        ("aql = 2,50 # per cent", "Write 2.50 with a decimal point"),
        ("quantity = 3,000", "Write 3000 without the comma, or 3.000 with a decimal point"),
        ('name = "critical\naql = 1\n', 'A quotation mark is missing in name = "critical'),
        ('name = "critical', 'A quotation mark is missing in name = "critical'),
        ("name = critical\n", 'Text stands in quotation marks: "critical"'),
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
    says = f"it is no valid TOML: {parser.value}"
    assert [str(one) for one in caught.value.problems] == [f"{says}. {hint}" if hint else says]


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    for load in (aql.Contract.load, aql.Inspection.load):
        with pytest.raises(aql.AqlError) as caught:
            load(tmp_path)
        assert str(caught.value) == (
            f"{str(tmp_path)!r} is a folder; a document is a file that ends in .toml or .json. "
            "Name the file in it."
        )


@pytest.mark.parametrize("value", [None, 5, b"contract.toml", ["contract.toml"]])
def test_what_is_neither_a_file_nor_a_dict_is_no_document(value: Any) -> None:
    for load in (aql.Contract.load, aql.Inspection.load):
        with pytest.raises(aql.DomainError) as caught:
            load(value)
        assert str(caught.value) == (
            f"{value!r} is no document; a document is a file that ends in .toml or .json, or a dict. "
            "Give one of these."
        )
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
        "classes[0].aql: Decimal('Infinity') is not possible; a number of 0 or more is allowed. Write it as 2.5 or 4.0"
    ]


def test_a_date_has_one_form() -> None:
    for text in ("20261215", "2026-W51-2", "15.12.2026"):
        assert problems(changed("order.shipment_date", text)) == [
            (
                f"order.shipment_date: {text!r} is no date; a date is a day of the calendar as 2026-12-15. "
                "Write year-month-day"
            )
        ]
