"""Items with several defects in bulk: each counts once, in the most serious class whose sample contains it."""

from typing import Any

import polars as pl
import pyarrow as pa
import pytest

import aql
from tests.scoring.builders import Values, cls, contract, measured, single, staged, term
from tests.scoring.bulk.frames import rows_of
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


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
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


def test_a_reading_that_fails_two_terms_is_two_nonconformities() -> None:
    terms = [measured("width", "minor", max="5"), measured("gap", "minor", max="4.9", reading_of="width")]
    agreed = contract(AGREED, terms, counting="nonconformities")
    lots = [{"lot": "L0", "size": 100, "inspected": 8}]
    rows: list[Values] = [
        {"lot": "L0", "item": item, "term": "width", "value": "6" if item == 2 else "4"}
        for item in range(1, 9)
    ]
    case = agreed, lots, rows
    assert [line.found for line in one_by_one(case)[0]["L0"].classes] == [0, 0, 2]
    in_bulk("polars", case)


def test_a_limit_inspected_as_its_members_are() -> None:
    """What is inspected for a limit is the smallest number of its members, or what is stated for it."""
    document = contract(AGREED).to_dict()
    limits = [
        {"name": name, "of": ["major", "minor"], "plan": single(6, 1)} for name in ("own", "least", "none")
    ]
    agreed = aql.Contract.from_dict(document | {"limits": limits})
    inspected = {"major": 7, "minor": 5, "critical": 3, "own": 6, "none": 0}
    lots = pl.DataFrame(
        {"lot": ["A"], "size": [100]} | {f"inspected_{name}": [n] for name, n in inspected.items()}
    )
    findings = pl.DataFrame({"lot": ["A"], "item": [3], "class": ["minor"]})
    header = {
        "contract": agreed.order.id,
        "lot": {"id": "A", "size": 100},
        "inspection": {"inspected": inspected},
    }
    verdict = aql.score(agreed, aql.Inspection.load(header, findings=[{"item": 3, "class": "minor"}]))
    wanted = {line.name: (line.inspected, line.found, line.decision) for line in verdict.lines}
    assert [wanted[name] for name in ("own", "least", "none")] == [
        (6, 1, "accept"),
        (5, 1, "hold"),
        (0, 0, "hold"),
    ]
    lines = rows_of(aql.score_lots(findings, lots, agreed).lines)
    assert {row["line"]: (row["inspected"], row["found"], row["decision"]) for row in lines} == wanted


def test_missing_readings_hold_a_stage_that_would_accept_or_continue() -> None:
    plan = staged((5, 5), (0, 1), (2, 2))
    agreed = contract(cls(plan=plan), [measured("width", max="5")])
    logs = [
        (5, 0, "accept"),
        (4, 0, "hold"),
        (5, 1, "continue"),
        (4, 1, "hold"),
        (5, 2, "reject"),
        (4, 2, "reject"),
    ]
    lots = [{"lot": f"L{place}", "size": 100, "inspected": 5} for place in range(len(logs))]
    rows: list[Values] = [
        {"lot": f"L{place}", "item": item, "term": "width", "value": "6" if item <= bad else "4"}
        for place, (last, bad, _) in enumerate(logs)
        for item in range(1, last + 1)
    ]
    case = agreed, lots, rows
    assert [verdict.decision for verdict in one_by_one(case)[0].values()] == [
        decision for *_, decision in logs
    ]
    in_bulk("polars", case)


@pytest.mark.parametrize("size", [20, 400])
def test_a_gap_between_ac_and_re_of_a_plan_with_fewer_stages_than_others(size: int) -> None:
    """The reduced plan of a lot of 20 is one sample of 2 with Ac 0 and Re 2; that of larger lots is double."""
    agreed = contract(cls(aql="10"), sampling="double", standard="MIL-STD-105E")
    lots: list[Values] = [
        {"lot": f"{one} {found}", "size": one, "inspected": 2, "severity": "reduced"}
        for one in (20, size)
        for found in (0, 1, 2)
    ]
    lots = list({one["lot"]: one for one in lots}.values())
    rows: list[Values] = [
        {"lot": one["lot"], "item": item, "class": "major"}
        for one in lots
        for item in (1, 2)[: int(one["lot"][-1])]
    ]
    in_bulk("polars", (agreed, lots, rows))
