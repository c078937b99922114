"""pydantic reads the documents of the library with our problems, and writes them so that they load again."""

import json
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import aql

CONTRACT, INSPECTION = aql.examples.tablet_order()
VERDICT = aql.score(CONTRACT, INSPECTION)
DOCUMENTS: list[Any] = [CONTRACT, INSPECTION, VERDICT, VERDICT.lines[0].lookup, aql.check(CONTRACT)[0]]


class Case(BaseModel):
    """A model of a program that keeps all three."""

    contract: aql.Contract
    inspection: aql.Inspection
    verdict: aql.Verdict


CASE = Case(contract=CONTRACT, inspection=INSPECTION, verdict=VERDICT)


@pytest.mark.parametrize("value", DOCUMENTS, ids=lambda value: type(value).__name__)
def test_what_pydantic_writes_it_reads_and_so_does_the_library(value: Any) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(type(value))
    assert adapter.validate_python(value) is value
    written = json.loads(
        adapter.dump_json(value, by_alias=True, exclude_none=isinstance(value, aql.Contract))
    )
    assert adapter.validate_python(written) == value
    assert type(value).from_dict(written) == value
    assert type(value).from_json(json.dumps(written)) == value


def test_a_model_keeps_documents() -> None:
    assert CASE.verdict is VERDICT
    assert Case.model_validate(CASE.model_dump(mode="json", by_alias=True)) == CASE


@pytest.mark.parametrize("value", DOCUMENTS[:3], ids=lambda value: type(value).__name__)
def test_a_document_obeys_its_json_schema(value: Any) -> None:
    schema = type(value).json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(value.to_dict(), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value.to_dict() | {"more": 1}, schema)


def told(**changes: Any) -> list[dict[str, Any]]:
    """The errors of the library inside the error of pydantic, if parts of the case are changed."""
    data = {"contract": CONTRACT.to_dict(), "inspection": INSPECTION.to_dict(), "verdict": VERDICT.to_dict()}
    with pytest.raises(ValidationError) as raised:
        Case.model_validate(data | changes)
    causes = [one["ctx"]["error"] for one in raised.value.errors()]
    assert all(isinstance(cause, aql.AqlError) for cause in causes)
    return [json.loads(json.dumps(cause.to_dict())) for cause in causes]


def test_problems_are_those_of_the_library_and_all_come_at_once() -> None:
    errors = told(
        contract={"order": {"id": 5}, "terms": [{"id": "x", "text": "y", "level": "IV"}]},
        inspection=INSPECTION.to_dict() | {"log": [{"item": 0, "term": "x"}]},
        verdict=VERDICT.to_dict() | {"decision": "maybe"},
    )
    assert [error["error"] for error in errors] == ["DocumentError", "LogError", "DocumentError"]
    assert [(one["code"], one["where"]) for error in errors for one in error["problems"]] == [
        ("bad-value", "order.id"),
        ("unknown-word", "terms[0].level (x)"),
        ("bad-value", "log, row 1, column item"),
        ("unknown-word", "decision"),
    ]


@pytest.mark.parametrize("kind", ["contract", "inspection", "verdict"])
@pytest.mark.parametrize("value", [None, 5, "text", [1]])
def test_what_is_not_a_document_is_said(kind: str, value: object) -> None:
    (error,) = told(**{kind: value})
    assert "must be a table of keys, got " in error["message"]


def test_swapped_documents_are_told_apart() -> None:
    (error,) = told(contract=INSPECTION.to_dict())
    assert [one["code"] for one in error["problems"]] == ["other-document"]
    (error,) = told(verdict=CONTRACT.to_dict())
    assert error["message"] == "schema must be \"aql.verdict/2\", got 'aql.contract/1'."


def test_a_document_never_makes_pydantic_read_a_file() -> None:
    header = {key: value for key, value in INSPECTION.to_dict().items() if key != "log"}
    (error,) = told(inspection=header | {"findings": {"file": "findings.csv"}})
    assert [(one["code"], one["path"]) for one in error["problems"]] == [("missing-key", "log")]
