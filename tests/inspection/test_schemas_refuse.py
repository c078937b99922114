"""The JSON schemas of contract and inspection refuse what loading refuses: every value replaced by every kind of wrong one."""

import copy
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest

import aql
from tests.inspection.test_header import FULL
from tests.scoring.builders import Values, header, problems

CONTRACT = aql.examples.tablet_order()[0].to_dict()
INSPECTION: Values = copy.deepcopy(FULL) | {
    "log": [
        {"stage": 1, "item": "a", "term": "x", "class": "major", "value": "5", "unit": "mm", "note": "n"},
        {"term": "d", "count": 3, "carton": "3", "sku": "BLK-64", "photo": "a.jpg"},
    ]
}
INSPECTION["inspection"] |= {"items": ["a", "b"], "inspected": 2}
INSPECTION["inspection"]["photos"][0]["item"] = 1
INSPECTION["findings"] |= {"header_row": 2, "columns": {"A": "item"}, "lots": ["L1"], "sheet": "Log"}
del INSPECTION["lot"]["skus"], INSPECTION["lot"]["packed"]
INSPECTION["lot"] |= {
    "cartons": 51,
    "carton": [
        {"numbers": "1-49, 60", "units": 58, "sku": "A", "packed": True},
        {"numbers": [50], "units": 100, "sku": "B"},
    ],
}

WRONG = [
    None, "", " ", "a\nb", " a", "a\n", True, -1, 0, 1.5, [], {}, ["x"], {"x": 1}, "2026-13-31", "2026-1-1", "/etc/x",
    "../x", "a/..", "C:\\x", "1,5", "NaN", "1" * 64,
]  # fmt: skip

# What no schema can say, because it depends on another value or on the encodings that Python knows.
BETWEEN_VALUES = re.compile(
    r"lots under \[findings\] must contain|photos\[0\].item: must be at most|must be one of the 2 items"
    r"|must add up to|must state sku everywhere|must list each carton once|must name each carton once"
    r"|list the items in drawing order|items must name|the number of items named|findings.encoding: must be an encoding"
)


def test_a_32_bit_float_is_marked_in_the_schema_as_when_loading() -> None:
    log = [{"item": 1, "term": "x", "value": 0.5, "float_bits": 32}]
    document = header() | {"log": log}
    schema(aql.Inspection).validate(document)
    assert aql.Inspection.from_dict(document).rows[0].float_bits == 32


@cache
def schema(kind: Any) -> Any:
    return jsonschema.Draft202012Validator(kind.json_schema())


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in a document."""
    if path:
        yield path
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, one in entries:
        yield from places(one, (*path, key))


def wrong_documents(document: Any) -> Iterator[Any]:
    """The document with each value replaced by wrong ones, and each key taken out."""
    for *path, last in places(document):
        for wrong in [*WRONG, ...]:
            changed = copy.deepcopy(document)
            inside = changed
            for key in path:
                inside = inside[key]
            if wrong is ...:
                del inside[last]
            else:
                inside[last] = wrong
            yield changed


@pytest.mark.exhaustive
@pytest.mark.parametrize(("kind", "document"), [(aql.Contract, CONTRACT), (aql.Inspection, INSPECTION)])
def test_the_schema_refuses_every_document_that_loading_refuses(kind: Any, document: Any) -> None:
    valid = schema(kind).is_valid
    assert valid(document)
    kind.from_dict(document)
    refused, missed = 0, []
    for changed in wrong_documents(document):
        try:
            kind.from_dict(changed)
        except aql.AqlError as error:
            refused += 1
            without_log = kind is aql.Inspection and "log" not in changed
            if valid(changed) and not without_log and not BETWEEN_VALUES.search(str(error)):
                missed.append(str(error))
    assert missed == []
    assert refused > 500


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        (aql.Contract, ("order", "id"), "a\nb"),
        (aql.Contract, ("order", "supplier"), " a"),
        (aql.Contract, ("inspection", "packed_share"), "x"),
        (aql.Contract, ("classes", 1, "aql"), -1),
        (aql.Contract, ("terms", 0, "text"), " "),
        (aql.Inspection, ("lot", "id"), "a\n"),
        (aql.Inspection, ("lot", "shipped_on"), "12/31/2026"),
        (aql.Inspection, ("lot", "carton", 0, "numbers"), "1-x"),
        (aql.Inspection, ("lot", "carton", 1, "units"), 0),
        (aql.Inspection, ("inspection", "photos", 0, "file"), "../p1.jpg"),
        (aql.Inspection, ("findings", "file"), "/etc/log.csv"),
        (aql.Inspection, ("findings", "delimiter"), ";;"),
        (aql.Inspection, ("findings", "encoding"), ""),
        (aql.Inspection, ("findings", "columns", "A"), "trem"),
        (aql.Inspection, ("findings", "header_row"), 0),
        (aql.Inspection, ("log", 0, "term"), ["x"]),
        (aql.Inspection, ("log", 1, "stage"), 0),
        (aql.Inspection, ("log", 1, "trem"), "x"),
        (aql.Inspection, ("log", 1, "item"), 0),
        (aql.Inspection, ("log", 1, "count"), -1),
        (aql.Inspection, ("log", 1, "float_bits"), 64),
    ],
)
def test_the_schema_refuses_a_wrong_value(kind: Any, path: tuple[Any, ...], value: Any) -> None:
    document = copy.deepcopy(CONTRACT if kind is aql.Contract else INSPECTION)
    kind.from_dict(document)
    schema(kind).validate(document)
    inside: Any = document
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = value
    with pytest.raises(aql.AqlError):
        kind.from_dict(document)
    with pytest.raises(jsonschema.ValidationError):
        schema(kind).validate(document)


def test_a_wide_header_may_map_columns_to_terms() -> None:
    document = header(findings={"wide": True, "columns": {"Width (mm)": "width"}}) | {"log": []}
    jsonschema.validate(document, aql.Inspection.json_schema())
    aql.Inspection.from_dict(document)


def test_a_row_that_says_ok_needs_no_term() -> None:
    for row in ({"item": 7, "value": "OK"}, {"item": 7, "count": 0}):
        jsonschema.validate(header() | {"log": [row]}, aql.Inspection.json_schema())
        aql.Inspection.from_dict(header() | {"log": [row]})


@pytest.mark.parametrize("cell", [["x"], {"x": 1}, ("x",)])
def test_a_cell_of_a_row_is_a_single_value(cell: Any) -> None:
    with pytest.raises(aql.LogError) as raised:
        aql.Inspection.load(header(), findings=[{"term": cell}])
    assert problems(raised.value) == [
        f"findings, row 1, column term: must be a single value, got a {type(cell).__name__}"
    ]
