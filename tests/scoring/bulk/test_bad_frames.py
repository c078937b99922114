"""What is wrong with frames: each problem by code, lot and column, in the words of a single lot."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import aql
from tests.scoring.builders import cls, contract, measured, single, term
from tests.scoring.bulk.frames import ENGINES, arrow, pairs, rows_of

AGREED = contract(cls(plan=single(10, 1)), [term("dent"), measured("width", max="5", sample=3)])
LOTS = {"lot": str, "size": int, "inspected": int}
FINDINGS = {"lot": str, "item": int, "term": str, "class": str, "value": str, "count": int}


def problems(
    engine: str, findings: list[dict[str, Any]], lots: list[dict[str, Any]]
) -> list[tuple[Any, ...]]:
    frames = pairs(engine, arrow(findings, FINDINGS), arrow(lots, LOTS))
    found = rows_of(aql.validate_findings(*frames, AGREED))
    return sorted(((row["lot"], row["code"], row["column"]) for row in found), key=str)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_kind_of_problem_has_its_lot_code_and_column(engine: str) -> None:
    lots: list[dict[str, Any]] = [
        {"lot": name, "size": 100, "inspected": 10} for name in ("A", "B", "C", "C", "D", "E")
    ]
    lots += [{"lot": "F", "size": None, "inspected": 10}, {"lot": "G", "size": 5, "inspected": 10}]
    findings: list[dict[str, Any]] = [
        {"lot": "A", "item": 11, "term": "dent"},
        {"lot": "B", "item": 1, "term": "width", "value": "4"},
        {"lot": "B", "item": 1, "term": "width", "value": "4"},
        {"lot": "D", "item": -1, "term": "dent"},
        {"lot": "E", "item": 3, "term": "dint"},
        {"lot": "Z", "item": 3, "term": "dent"},
        {"lot": None, "item": 3, "term": "dent"},
    ]
    assert problems(engine, findings, lots) == [
        ("A", "bad-value", "item"),
        ("B", "bad-value", ""),
        ("C", "two-lots", "lot"),
        ("D", "bad-value", "item"),
        ("E", "unknown-term", "term"),
        ("F", "missing-key", "size"),
        ("G", "bad-value", "inspected"),
        ("Z", "other-lot", "lot"),
        (None, "missing-value", "lot"),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_frames_without_problems_give_a_frame_without_rows(engine: str) -> None:
    assert problems(engine, [], [{"lot": "A", "size": 100, "inspected": 10}]) == []
    assert problems(engine, [], []) == []


LISTS = pd.ArrowDtype(pa.list_(pa.string()))
LOT = pd.DataFrame({"lot": ["A"], "size": [100], "inspected": [10]})
NONE = pd.DataFrame({"lot": ["A"], "item": [1], "term": ["dent"]})


@pytest.mark.parametrize(
    ("findings", "lots", "message"),
    [
        (NONE, LOT.rename(columns={"inspected": "inspeced"}), "Did you mean 'inspected'"),
        (NONE, LOT.drop(columns="size"), "there is no column size"),
        (NONE, LOT.assign(size=["many"]), "must be a column of whole numbers, got String"),
        (NONE, LOT.assign(lot=[1]), "must have the type of lot in lots, Int64, got String"),
        (
            NONE.assign(lot=[1.5]),
            LOT.assign(lot=[1.5]),
            "must be a column of text or whole numbers, got Float64",
        ),
        (NONE, LOT.assign(inspected_major=[10]), "Keep one or the others"),
        (NONE.drop(columns="term"), LOT, "there is no column term or class"),
        (NONE.assign(photograph=["p.jpg"]), LOT, "findings, column photograph"),
        (
            pd.DataFrame({"lot": ["A"], "term": pd.Series([["dent"]], dtype=LISTS)}),
            LOT,
            "column term: must be a column of text or numbers, got List",
        ),
        (
            NONE,
            LOT.assign(contract=[pd.Timestamp(0)]),
            "column contract: must be a column of text or numbers",
        ),
    ],
)
def test_columns_are_checked_first(findings: pd.DataFrame, lots: pd.DataFrame, message: str) -> None:
    with pytest.raises(aql.LogError) as raised:
        aql.score_lots(findings, lots, AGREED)
    assert message in str(raised.value)


UTC, CHINA = (timezone(timedelta(hours=hours)) for hours in (0, 8))


@pytest.mark.parametrize(
    "moments",
    [
        [datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)],
        [datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=CHINA)],
    ],
)
@pytest.mark.parametrize("name", ["date", "shipped_on"])
def test_days_of_one_or_several_time_zones_are_refused_by_column(name: str, moments: list[datetime]) -> None:
    lots = pd.DataFrame({"lot": ["A", "B"], "size": 100, "inspected": 10, name: moments})
    with pytest.raises(aql.LogError) as raised:
        aql.validate_findings(NONE, lots, AGREED)
    (problem,) = raised.value.problems
    assert (problem.code, problem.column) == ("bad-value", name)
    assert problem.message.startswith("must be a column of days without a time zone, or of text such as")


@pytest.mark.parametrize("moment", [pd.Timestamp("2026-01-02 13:00"), pd.Timestamp("2026-01-02")])
def test_a_day_with_a_time_is_no_day(moment: pd.Timestamp) -> None:
    found = aql.validate_findings(NONE, LOT.assign(date=[moment]), AGREED)
    wrong = [["A", "date", "must be a date such as 2026-12-15, got '2026-01-02T13:00:00'"]]
    assert found[["lot", "column", "message"]].to_numpy().tolist() == (wrong if moment.hour else [])


@pytest.mark.parametrize(
    ("facts", "code", "column"),
    [
        ({"inspected_major": 101}, "bad-value", "inspected_major"),
        ({"inspected_mjor": 10}, "unknown-name", "inspected"),
        ({"inspected": 2.5}, "bad-value", "inspected"),
        ({"severity": "tight"}, "unknown-word", "severity"),
        ({"severity_major": "tight"}, "unknown-word", "severity_major"),
        ({"severity_mjor": "tightened"}, "unknown-name", "severity"),
        ({"severity_width": "tightened"}, "no-switching", "severity"),
        ({"size": 0}, "bad-value", "size"),
        ({"produced": 40, "packed": 50}, "bad-value", "packed"),
        ({"shipped_on": "2 January 2026"}, "bad-value", "shipped_on"),
    ],
)
@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_a_fact_of_a_lot_is_refused_in_the_words_of_one_lot(
    kind: Any, facts: dict[str, Any], code: str, column: str
) -> None:
    lots = pd.DataFrame([{"lot": "A", "size": 100} | facts])
    nothing = NONE[:0]
    made: tuple[Any, Any] = (
        (nothing, lots) if kind is pd.DataFrame else (pl.from_pandas(nothing), pl.from_pandas(lots))
    )
    (row,) = rows_of(aql.validate_findings(*made, AGREED))
    assert (row["lot"], row["code"], row["column"]) == ("A", code, column)
    visit: dict[str, Any] = {}
    for name, value in facts.items():
        fact, _, line = name.partition("_")
        if fact in {"inspected", "severity"}:
            visit[fact] = {line: value} if line else value
    lot = {
        name: value for name, value in ({"size": 100} | facts).items() if name.partition("_")[0] not in visit
    }
    header = {"contract": AGREED.order.id, "lot": {"id": "A", **lot}, "inspection": visit}
    with pytest.raises(aql.DocumentError) as raised:
        aql.score(AGREED, aql.Inspection.load(header, findings=[]))
    assert [one.message for one in raised.value.problems] == [row["message"]]
    with pytest.raises(aql.LogError, match=f"lot A, column {column}: "):
        aql.score_lots(*made, AGREED)


def test_a_term_with_a_sample_of_its_own_never_switches() -> None:
    agreed = contract(cls(aql="2.5"), [term("dent"), measured("width", max="5", sample=3)])
    for severity, code in (("tightened", ["no-switching"]), ("normal", []), ("", [])):
        lots = pl.DataFrame({"lot": ["A"], "size": [100], "severity_width": [severity]})
        found = aql.validate_findings(pl.from_pandas(NONE[:0]), lots, agreed)
        assert found["code"].to_list() == code
    lots = pl.DataFrame({"lot": ["A"], "size": [100], "severity_major": ["tightened"]})
    assert aql.validate_findings(pl.from_pandas(NONE[:0]), lots, agreed).is_empty()


def test_a_row_without_a_lot_names_none() -> None:
    findings = pl.DataFrame(
        {"lot": [None], "item": [3], "term": ["dent"]}, schema_overrides={"lot": pl.String}
    )
    found = aql.validate_findings(findings, pl.from_pandas(LOT), AGREED)
    assert found.select("lot", "code", "item").rows() == [(None, "missing-value", None)]


def test_scores_are_short_in_a_log() -> None:
    scores = aql.score_lots(NONE, LOT, AGREED)
    assert repr(scores) == "<Scores of many lots: frames of pandas>"
    assert repr(aql.Scores(*map(pl.from_pandas, (scores.lots, scores.lines)))).endswith("frames of polars>")


def test_frames_of_two_engines_and_other_things_are_refused_by_name() -> None:
    with pytest.raises(aql.DomainError, match="of the same engine, got polars and pandas"):
        aql.score_lots(pl.from_pandas(NONE), LOT, AGREED)
    wanted = "findings must be a frame of pandas, polars, pyarrow or DuckDB, got list"
    with pytest.raises(aql.DomainError, match=wanted):
        aql.score_lots([{"lot": "A"}], LOT, AGREED)  # type: ignore[arg-type]
    with pytest.raises(aql.DomainError, match=r"must be an aql\.Contract, or a mapping"):
        aql.score_lots(NONE, LOT, {"a": 1})  # type: ignore[dict-item]


def test_a_key_without_a_contract_is_named() -> None:
    with pytest.raises(aql.LogError, match="must be a key of the contracts, 'PO-1', got 'PO-2'"):
        aql.score_lots(NONE, LOT.assign(contract="PO-2"), {"PO-1": AGREED})
    with pytest.raises(aql.LogError, match="there is no column contract"):
        aql.score_lots(NONE, LOT, {"PO-1": AGREED})


@pytest.mark.parametrize("engine", ENGINES)
def test_lots_of_several_contracts(engine: str) -> None:
    strict = contract(cls(plan=single(10, 0)), [term("dent")])
    lots = [
        {"lot": name, "size": 100, "inspected": 10, "contract": key} for name, key in [("A", "x"), ("B", "y")]
    ]
    findings = [{"lot": name, "item": 1, "term": "dent"} for name in ("A", "B")]
    frames = pairs(engine, arrow(findings, FINDINGS), arrow(lots, LOTS | {"contract": str}))
    scores = aql.score_lots(*frames, {"x": strict, "y": contract(cls(plan=single(10, 1)), [term("dent")])})
    assert {row["lot"]: row["decision"] for row in rows_of(scores.lots)} == {"A": "reject", "B": "accept"}


def test_the_problems_of_several_contracts_are_those_of_each() -> None:
    lots = pd.DataFrame({"lot": ["A", "B"], "size": 100, "inspected": 10, "contract": ["x", "y"]})
    contracts = {"x": AGREED, "y": contract(cls(plan=single(10, 1)), [term("dint")])}
    findings = pd.DataFrame({"lot": ["A", "B"], "item": [1, 2], "term": ["dint", "dent"]})
    found = aql.validate_findings(findings, lots, contracts)
    assert found[["lot", "code"]].to_numpy().tolist() == [["A", "unknown-term"], ["B", "unknown-term"]]


def test_a_lot_without_a_plan_is_an_error_of_its_lot() -> None:
    agreed = contract(cls(aql="2.5"), [term("box", of="cartons", sample=3)])
    found = aql.validate_findings(NONE[:0], LOT, agreed)
    assert found["lot"].tolist() == ["A"]
    with pytest.raises(aql.DomainError, match="cartons is required"):
        aql.score_lots(NONE[:0], LOT, agreed, validate=False)
    scores = aql.score_lots(NONE[:0], LOT.assign(cartons=50), agreed)
    assert scores.lots["decision"].tolist() == ["hold"]


def test_numbers_as_binary_floats_are_judged_as_in_a_single_log() -> None:
    """A float within 1e-9 of a limit is too near to it, and a 32-bit float is taken as its shortest text."""
    agreed = contract(cls(plan=single(1, 0)), [measured("width", max="5.1")])
    for value, decision in [(5.1, "accept"), (5.1 + 1e-10, "hold"), (5.11, "reject")]:
        findings = pd.DataFrame({"lot": ["A"], "item": [1], "term": ["width"], "value": [value]})
        lots = LOT.assign(inspected=1)
        assert aql.score_lots(findings, lots, agreed).lots["decision"].tolist() == [decision]
        narrow = findings.assign(value=findings["value"].astype("float32"))
        same = {"accept": "accept", "hold": "accept", "reject": "reject"}[decision]
        assert aql.score_lots(narrow, lots, agreed).lots["decision"].tolist() == [same]
