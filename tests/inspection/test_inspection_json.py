"""An inspection as one document: header and log survive JSON and TOML, and errors in either are named."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

import aql
from aql.strategies import inspections
from tests.inspection.test_header import FULL
from tests.profiles import examples
from tests.scoring.builders import Values, header, log, problems, readings, seen

TABLETS = aql.examples.tablet_order()[1]
ROWS = [*readings("width", ["245.9", "246,0"]), *seen("scratch", 7, count=2, note='7 mm, "back"\nand frame')]


@examples(100)
@given(inspection=inspections())
def test_an_inspection_survives_json(inspection: aql.Inspection) -> None:
    again = aql.Inspection.from_json(inspection.to_json())
    assert again == inspection
    assert hash(again) == hash(inspection)
    assert aql.Inspection.from_dict(inspection.to_dict()) == inspection
    assert (again.checksum, again.header_checksum) == (inspection.checksum, inspection.header_checksum)
    assert again.to_json() == inspection.to_json()


@pytest.mark.parametrize("ending", ["json", "toml", "JSON"])
@pytest.mark.parametrize(
    "inspection", [TABLETS, log(ROWS, 500, 50), log([], 500)], ids=["tablets", "rows", "empty"]
)
def test_a_saved_inspection_is_loaded_as_it_was(
    tmp_path: Path, inspection: aql.Inspection, ending: str
) -> None:
    path = inspection.save(tmp_path / f"L1.{ending}")
    again = aql.Inspection.load(path)
    assert again == inspection
    assert again.folder == tmp_path
    assert [row.place for row in again.rows[:1]] == ["log, row 1"][: len(inspection.rows)]


def test_a_log_of_decimal_commas_keeps_them() -> None:
    found = log(readings("width", ["245,9"]), 500, 50, findings={"decimal": ","})
    assert aql.Inspection.from_dict(found.to_dict()) == found
    assert found.to_dict()["log"] == [{"item": 1, "term": "width", "value": "245,9"}]


def test_values_of_a_document_may_be_numbers() -> None:
    document = header() | {
        "log": [{"item": 1, "term": "width", "value": 245.9}, {"term": "mark", "value": True}]
    }
    assert [row.value for row in aql.Inspection.load(document).rows] == ["245.9", "yes"]


@pytest.mark.parametrize(
    "inspection", [TABLETS, log(ROWS, 500, 50), log([], 500)], ids=["tablets", "rows", "empty"]
)
def test_the_schema_allows_what_is_written(inspection: aql.Inspection) -> None:
    schema = aql.Inspection.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(inspection.to_dict(), schema)
    jsonschema.validate(FULL | {"log": []}, schema)


@pytest.mark.parametrize(
    "row",
    [{"item": 0, "term": "x"}, {"item": 1}, {"item": 1, "trem": "x"}, {"item": 1, "term": "x", "count": -1}],
)
def test_the_schema_refuses_what_loading_refuses(row: Values) -> None:
    document = header() | {"log": [row]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, aql.Inspection.json_schema())
    with pytest.raises(aql.LogError):
        aql.Inspection.from_dict(document)


def test_a_problem_of_the_log_names_row_and_column() -> None:
    with pytest.raises(aql.LogError) as raised:
        aql.Inspection.from_dict(header() | {"log": [{"item": 1, "term": "x"}, {"item": 0, "term": "x"}]})
    (problem,) = raised.value.problems
    assert str(problem) == "log, row 2, column item: must be a whole number, 1 or more, got '0'"
    assert (problem.file, problem.row, problem.column) == ("log", 2, "item")


@pytest.mark.parametrize("rows", [{"item": 1}, "rows", [1], [["item", 1]]])
def test_a_log_that_is_not_a_list_of_rows_is_refused(rows: Any) -> None:
    with pytest.raises(aql.DocumentError) as raised:
        aql.Inspection.from_dict(header() | {"log": rows})
    assert problems(raised.value) == ["log: must be a list of rows, each a table of columns"]


def test_a_log_is_given_once() -> None:
    with pytest.raises(aql.AqlError) as raised:
        aql.Inspection.load(log(ROWS).to_dict(), findings=[])
    assert str(raised.value) == "findings must be left out because the document already contains the log."


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(aql.AqlError) as raised:
        TABLETS.save(tmp_path / "L1.yaml")
    assert str(raised.value) == "an inspection must be saved to a .toml or .json file, got 'L1.yaml'."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["{", "[1]", '{"contract": "PO-1", "contract": "PO-2"}'])
def test_text_that_is_not_one_document_is_refused(text: str) -> None:
    with pytest.raises(aql.DocumentError):
        aql.Inspection.from_json(text)


def test_the_repr_is_a_line_that_a_person_can_read() -> None:
    assert repr(TABLETS) == "<Inspection PO-2026-0117 L1: 3000 items, 125 inspected, 418 rows>"
    assert repr(log([], 1)) == "<Inspection PO-1 L1: 1 item, number inspected not stated, 0 rows>"
    assert (
        repr(log(ROWS, 500, {"major": 50, "minor": 80}))
        == "<Inspection PO-1 L1: 500 items, 80 inspected, 3 rows>"
    )
    assert repr(log([], 500, {})) == "<Inspection PO-1 L1: 500 items, number inspected not stated, 0 rows>"
    assert repr(log(ROWS).rows[2]) == '<LogRow item 7, term scratch, count 2, note 7 mm, "back" and frame>'


def test_a_document_keeps_its_order_of_keys() -> None:
    assert list(json.loads(TABLETS.to_json())) == [
        "schema",
        "contract",
        "lot",
        "inspection",
        "findings",
        "log",
    ]
