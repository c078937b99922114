"""Scoring in bulk gives what scoring lot by lot gives, whatever the contract, the lots and the logs are."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given

import aql
from aql.errors import AqlError, DocumentError
from aql.scoring.bulk.engines import Engine
from tests.profiles import examples
from tests.scoring.builders import Values, cls, contract, measured, single, staged, term
from tests.scoring.bulk.frames import ENGINES, arrow, pairs, rows_of
from tests.scoring.bulk.many_lots import (
    FINDINGS,
    LOTS,
    Case,
    header_of,
    lots_of_every_kind,
    lots_with_counts,
    seeds,
)


def one_by_one(case: Case) -> tuple[dict[str, aql.Verdict], Counter[tuple[str, str, str]]]:
    """The verdict on each lot, and the lot, code and message of each problem of the others."""
    contract, lots, rows = case
    verdicts: dict[str, aql.Verdict] = {}
    problems: Counter[tuple[str, str, str]] = Counter()
    for lot in lots:
        log = [
            {key: cell for key, cell in row.items() if key != "lot"}
            for row in rows
            if row["lot"] == lot["lot"]
        ]
        try:
            inspection = aql.Inspection.load(header_of(lot), findings=log)
            verdicts[lot["lot"]] = aql.score(contract, inspection)
        except DocumentError as error:
            problems.update((lot["lot"], one.code, one.message) for one in error.problems)
        except AqlError as error:
            problems[lot["lot"], error.code, str(error)] += 1
    return verdicts, problems


def in_bulk(engine: str, case: Case) -> None:
    contract, lots, rows = case
    verdicts, problems = one_by_one(case)
    of_log = FINDINGS | {name: str for name in ("sku", "carton") if any(name in row for row in rows)}
    of_lots = LOTS | {name: int for name in ("produced", "cartons") if any(name in lot for lot in lots)}
    frames = pairs(engine, arrow(rows, of_log), arrow(lots, of_lots))
    found = rows_of(aql.validate_findings(*frames, contract))
    assert Counter((row["lot"], row["code"], row["message"]) for row in found) == problems
    if problems:
        with pytest.raises(aql.LogError) as raised:
            aql.score_lots(*frames, contract)
        assert len(raised.value.problems) == problems.total()
        lots = [lot for lot in lots if lot["lot"] in verdicts]
        rows = [row for row in rows if row["lot"] in verdicts]
        frames = pairs(engine, arrow(rows, of_log), arrow(lots, of_lots))
    scores = aql.score_lots(*frames, contract)
    assert type(scores.lots) is type(scores.lines) is type(frames[1])
    assert {row["lot"]: lot_in_short(row) for row in rows_of(scores.lots)} == {
        name: expected_lot(verdict) for name, verdict in verdicts.items()
    }
    lines = {(row.pop("lot"), row.pop("line")): row for row in rows_of(scores.lines)}
    assert lines == {
        (name, line.name): line_in_short(line) for name, verdict in verdicts.items() for line in verdict.lines
    }


def lot_in_short(row: Values) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("decision", "why", "accepted", "continued", "held", "rejected"))


def line_in_short(line: Any) -> Values:
    return {
        "n": line.sample,
        "ac": line.ac,
        "re": line.re,
        "inspected": line.inspected,
        "found": line.found,
        "at_most": line.at_most,
        "decision": line.decision,
        "stage": line.stage,
        "draw": line.draw,
    }


def expected_lot(verdict: aql.Verdict) -> tuple[Any, ...]:
    results = [
        *((one.name, one.decision) for one in verdict.lines),
        *((one.term, one.decision) for one in verdict.lot_terms),
    ]
    why = [name for name, decision in results if decision == verdict.decision != "accept"]
    each = Counter(line.decision for line in verdict.lines)
    return verdict.decision, ", ".join(why), *(each[one] for one in ("accept", "continue", "hold", "reject"))


@pytest.mark.parametrize("seed", range(12))
def test_bulk_is_score(seed: int) -> None:
    in_bulk("polars", lots_of_every_kind(seed))


@pytest.mark.parametrize("seed", range(6))
def test_bulk_is_score_of_counts_alone(seed: int) -> None:
    in_bulk("polars", lots_with_counts(seed))


@examples(4)
@pytest.mark.parametrize("engine", ENGINES)
@given(seed=seeds())
def test_bulk_is_score_in_every_engine(engine: str, seed: int) -> None:
    in_bulk(engine, lots_of_every_kind(seed))


def test_readings_leave_no_room_for_counted_items() -> None:
    """A class whose log has readings says what was found in it; one without rows may hide items of a counted class."""
    agreed = contract(
        [cls("critical", plan=single(3, 2)), cls("major", plan=single(8, 0))], [measured("width", max="5")]
    )
    lots = [{"lot": "L0", "size": 100, "inspected": 8}]
    rows: list[Values] = [{"lot": "L0", "item": item, "term": "width", "value": "5"} for item in range(1, 9)]
    rows.append({"lot": "L1", "item": 1, "term": "width", "value": "5"})
    lots += [{"lot": name, "size": 100, "inspected": 8} for name in ("L1", "L2")]
    rows += [{"lot": name, "class": "critical", "count": 2} for name in ("L0", "L1", "L2")]
    most = [verdict.lines[1].at_most for verdict in one_by_one((agreed, lots, rows))[0].values()]
    assert most == [0, 0, 2]
    assert one_by_one((agreed, lots, rows))[0]["L0"].decision == "accept"
    for engine in ENGINES:
        in_bulk(engine, (agreed, lots, rows))


def shared_reading() -> tuple[aql.Contract, list[Values], list[Values]]:
    """A reading in class major that class critical judges too; item 1 fails both, item 2 only that of major."""
    agreed = contract(
        [cls("critical", plan=single(8, 2)), cls("major", plan=single(8, 2))],
        [measured("width", min="4.9", max="5.5"), measured("gap", "critical", max="5", reading_of="width")],
    )
    lots: list[Values] = [{"lot": "L0", "size": 100, "inspected": 8}]
    values = {1: "6", 2: "4"}
    rows: list[Values] = [
        {"lot": "L0", "item": item, "term": "width", "value": values.get(item, "5")} for item in range(1, 9)
    ]
    return agreed, lots, rows


def test_a_shared_reading_names_the_items_of_both_classes() -> None:
    agreed, lots, rows = shared_reading()
    found = one_by_one((agreed, lots, rows))[0]["L0"]
    assert [(line.items, line.found, line.at_most) for line in found.lines] == [((1,), 1, 1), ((2,), 1, 1)]
    for engine in ENGINES:
        in_bulk(engine, (agreed, lots, rows))


@pytest.mark.parametrize("counted", [{"class": "critical"}, {"class": "major"}, {"term": "gap"}])
def test_a_shared_reading_and_counts_of_its_classes_are_two_forms(counted: Values) -> None:
    agreed, lots, rows = shared_reading()
    case = agreed, lots, [*rows, {"lot": "L0", "count": 1} | counted]
    assert [code for _, code, _ in one_by_one(case)[1]] == ["mixed-forms"]
    in_bulk("polars", case)


@pytest.mark.parametrize("rows", [[], [{"lot": "L0", "class": "major", "count": 0}]])
def test_nothing_inspected_is_not_unknown(rows: list[Values]) -> None:
    agreed = contract(cls(plan=single(8, 1)), [measured("width", max="5")])
    in_bulk("polars", (agreed, [{"lot": "L0", "size": 100, "inspected": 0}], rows))


def test_nothing_inspected_under_a_limit() -> None:
    document = contract(cls(plan=single(8, 1)), [term("dent")]).to_dict()
    limit = {"name": "all", "of": ["major"], "plan": single(8, 2)}
    agreed = aql.Contract.from_dict(document | {"limits": [limit]})
    lots = [{"lot": "L0", "size": 100, "inspected": 0}, {"lot": "L1", "size": 100, "inspected": 1}]
    in_bulk("polars", (agreed, lots, [{"lot": "L1", "class": "major", "count": 1}]))


@pytest.mark.parametrize("count", [5, 6])
def test_a_count_at_a_later_stage_is_of_the_items_of_that_stage(count: int) -> None:
    agreed = contract(cls(plan=staged((5, 5), (0, 9), (3, 10))), [term("dent")])
    rows: list[Values] = [
        {"lot": "L0", "class": "major", "count": 1, "stage": 1},
        {"lot": "L0", "class": "major", "count": count, "stage": 2},
    ]
    in_bulk("polars", (agreed, [{"lot": "L0", "size": 100, "inspected": 10}], rows))


def test_lots_about_as_large_as_the_largest_sample() -> None:
    """A band of the tables begins at 26; lots of 24 and 25 have other plans than those of 26, and the same sample."""
    lots = [{"lot": f"L{size}", "size": size, "inspected": size} for size in range(22, 29)]
    rows: list[Values] = [{"lot": one["lot"], "item": one["size"], "term": "dent"} for one in lots]
    in_bulk("polars", (contract(cls(plan=single(24, 0)), [term("dent")]), lots, rows))


@pytest.mark.parametrize("engine", ENGINES)
def test_no_lots_have_no_results_on_the_lot_either(engine: str) -> None:
    document = contract(cls(plan=single(8, 1)), [term("dent")]).to_dict()
    agreed = aql.Contract.from_dict(document | {"order": {"id": "PO-1", "shipment_date": "2026-05-01"}})
    frames = pairs(engine, arrow([], FINDINGS), arrow([], {"lot": str, "size": int, "shipped_on": str}))
    scores = aql.score_lots(*frames, agreed)
    assert rows_of(scores.lots) == rows_of(scores.lines) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_no_lots_have_no_results(engine: str) -> None:
    frames = pairs(engine, arrow([], FINDINGS), arrow([], LOTS))
    scores = aql.score_lots(*frames, contract(cls(plan=single(8, 1)), [term("dent")]))
    assert rows_of(scores.lots) == rows_of(scores.lines) == []


CATEGORIES: dict[str, Callable[[Any], Any]] = {
    "pandas": lambda frame: frame.astype({"lot": "category"}),
    "polars": lambda frame: frame.with_columns(pl.col("lot").cast(pl.Categorical)),
    "polars-lazy": lambda frame: frame.with_columns(pl.col("lot").cast(pl.Enum(["A", "B"]))),
    "pyarrow": lambda frame: frame.set_column(0, "lot", frame.column("lot").dictionary_encode()),
    "duckdb": lambda frame: frame.query("given", "SELECT * REPLACE (lot::ENUM ('A', 'B') AS lot) FROM given"),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("both", [False, True])
def test_lots_may_be_named_by_categories(engine: str, both: bool) -> None:
    lots = arrow([{"lot": name, "size": 100, "inspected": 8} for name in "AB"], LOTS)
    rows = arrow([{"lot": "B", "item": item, "class": "major"} for item in (1, 7)], FINDINGS)
    findings, frame = pairs(engine, rows, lots)
    named = CATEGORIES[engine]
    scores = aql.score_lots(
        named(findings) if both else findings, named(frame), contract(cls(plan=single(8, 1)))
    )
    decisions = sorted((row["lot"], row["decision"]) for row in rows_of(scores.lots))
    assert decisions == [("A", "accept"), ("B", "reject")]


@pytest.mark.exhaustive
@examples(20)
@pytest.mark.parametrize("engine", ENGINES)
@given(seed=seeds())
def test_bulk_is_score_often(engine: str, seed: int) -> None:
    in_bulk(engine, lots_of_every_kind(seed))


@pytest.mark.exhaustive
@examples(20)
@pytest.mark.parametrize("engine", ENGINES)
@given(seed=seeds())
def test_bulk_is_score_of_counts_alone_often(engine: str, seed: int) -> None:
    in_bulk(engine, lots_with_counts(seed))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("weight", ["0.25", "0.1234567890123456789"])
def test_weights_of_any_length_are_added_exactly(engine: str, weight: str) -> None:
    document = contract([cls("major", plan=single(8, 9)), cls("minor", plan=single(8, 9))]).to_dict()
    limit = {"name": "all", "of": ["major", "minor"], "plan": single(8, 1), "weights": {"minor": weight}}
    agreed = aql.Contract.from_dict(document | {"limits": [limit]})
    lots = [{"lot": f"L{number}", "size": 100, "inspected": 8} for number in range(9)]
    rows: list[Values] = [
        {"lot": f"L{number}", "item": item, "class": "minor"}
        for number in range(9)
        for item in range(1, number + 1)
    ]
    rows.append({"lot": "L4", "item": 8, "class": "major"})
    in_bulk(engine, (agreed, lots, rows))


@pytest.mark.parametrize("engine", ["pandas", "polars-lazy"])
def test_a_limit_with_weights_where_nothing_was_found(engine: str) -> None:
    document = contract([cls("major", plan=single(8, 9)), cls("minor", plan=single(8, 9))]).to_dict()
    limit = {"name": "all", "of": ["major", "minor"], "plan": single(8, 1), "weights": {"minor": "0.5"}}
    agreed = aql.Contract.from_dict(document | {"limits": [limit]})
    in_bulk(engine, (agreed, [{"lot": "L0", "size": 100, "inspected": 8}], []))


def test_lazy_frames_with_stages_and_weights_are_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = staged((5, 5), (0, 3), (3, 4))
    document = contract([cls("major", plan=plan), cls("minor", plan=single(8, 9))]).to_dict()
    limit = {"name": "all", "of": ["major", "minor"], "plan": single(8, 1), "weights": {"minor": "0.5"}}
    agreed = aql.Contract.from_dict(document | {"limits": [limit]})
    lots = arrow([{"lot": "L0", "size": 100, "inspected": 10}], LOTS)
    rows = arrow([{"lot": "L0", "item": item, "class": "major"} for item in (1, 7)], FINDINGS)
    monkeypatch.setattr(Engine, "kept", lambda *_: pytest.fail("computed"))
    scores = aql.score_lots(*pairs("polars-lazy", rows, lots), agreed, validate=False)
    assert [row["found"] for row in rows_of(scores.lines)] == [2, 0, 2]


def test_lazy_frames_with_counts_of_classes_are_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    agreed = contract([cls("major", plan=single(8, 1)), cls("minor", plan=single(8, 9))])
    lots = arrow([{"lot": "L0", "size": 100, "inspected": 10}], LOTS)
    rows = arrow([{"lot": "L0", "class": "major", "count": 4}], FINDINGS)
    monkeypatch.setattr(Engine, "kept", lambda *_: pytest.fail("computed"))
    scores = aql.score_lots(*pairs("polars-lazy", rows, lots), agreed, validate=False)
    assert [(row["found"], row["at_most"]) for row in rows_of(scores.lines)] == [(2, 4), (0, 0)]


def test_of_the_tables_that_duckdb_keeps_rows_in_only_that_of_the_verdicts_stays() -> None:
    agreed = contract(cls(plan=single(8, 1)), [term("dent")])
    lots, rows = [{"lot": "L0", "size": 100, "inspected": 8}], [{"lot": "L0", "item": 3, "term": "dent"}]
    connection = duckdb.connect()
    findings = connection.from_arrow(arrow(rows, FINDINGS))
    frames = findings, connection.from_arrow(arrow(lots, LOTS))
    kept = "SELECT count(*) FROM duckdb_tables() WHERE temporary"
    aql.validate_findings(*frames, agreed)
    assert connection.sql(kept).fetchall() == [(0,)]
    scores = aql.score_lots(*frames, agreed)
    assert connection.sql(kept).fetchall() == [(1,)]
    assert [row["decision"] for row in rows_of(scores.lots)] == ["accept"]
