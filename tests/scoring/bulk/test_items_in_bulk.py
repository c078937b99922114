"""Items with several defects in bulk: each counts once, in the most serious class whose sample contains it."""

from typing import Any

import pyarrow as pa
import pytest

import aql
from tests.scoring.builders import Values, cls, contract, single, term
from tests.scoring.bulk.frames import ENGINES, rows_of
from tests.scoring.bulk.test_equal_to_score import in_bulk, one_by_one

NAMES = ("critical", "major", "minor")
AGREED = [
    cls("critical", plan=single(3, 1)),
    cls("major", plan=single(5, 1)),
    cls("minor", plan=single(8, 1)),
]


@pytest.mark.parametrize(
    ("counting", "found"),
    [("items", (1, 1, 1)), ("nonconformities", (1, 2, 3))],
    ids=["items", "nonconformities"],
)
def test_an_item_counts_once_in_the_most_serious_class_that_holds_it(
    counting: str, found: tuple[int, ...]
) -> None:
    """Items 2, 4 and 7 have a defect of every class; the samples are 3, 5 and 8 items."""
    agreed = contract(AGREED, [term("dent"), term("drop", "minor", sample=4)], counting=counting)
    lots = [{"lot": f"L{place}", "size": 100, "inspected": 8} for place in range(3)]
    rows: list[Values] = [{"lot": "L0", "item": item, "class": name} for item in (2, 4, 7) for name in NAMES]
    rows += [{"lot": "L1", "item": 4, "term": name} for name in ("dent", "drop")]
    rows += [{"lot": "L2", "item": item, "class": "minor", "count": 2} for item in (8, 1)]
    case = agreed, lots, rows
    assert tuple(line.found for line in one_by_one(case)[0]["L0"].classes) == found
    in_bulk("polars", case)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_that_differ_in_a_column_of_two_values(engine: str) -> None:
    """Most kinds of rows are told apart by their term, and two of them by their value alone."""
    terms = [term(name) for name in ("dent", "crack", "drop")]
    lots = [{"lot": f"L{place}", "size": 100, "inspected": 8} for place in range(2)]
    rows: list[Values] = [
        {"lot": "L0", "item": 1, "term": "dent", "value": "NG"},
        {"lot": "L0", "item": 2, "term": "dent", "value": "OK"},
        {"lot": "L1", "item": 1, "term": "crack", "value": "NG"},
        {"lot": "L1", "item": 2, "term": "drop", "value": "NG"},
    ]
    in_bulk(engine, (contract(AGREED, terms, counting="nonconformities"), lots, rows))


@pytest.mark.parametrize("of_lots", [pa.string(), pa.large_string()], ids=str)
@pytest.mark.parametrize("of_log", [pa.string(), pa.large_string()], ids=str)
def test_arrow_has_two_types_of_text(of_lots: Any, of_log: Any) -> None:
    lots = pa.table({"lot": pa.array(["A", "B"], of_lots), "size": [100, 100], "inspected": [8, 8]})
    findings = pa.table({"lot": pa.array(["B", "B"], of_log), "item": [1, 2], "class": ["major", "major"]})
    scores = aql.score_lots(findings, lots, contract(AGREED))
    decisions = {row["lot"]: row["decision"] for row in rows_of(scores.lots)}
    assert decisions == {"A": "accept", "B": "reject"}
