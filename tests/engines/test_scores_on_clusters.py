"""On Dask and Spark, lots are scored as one by one, what is wrong is named, and the script of the page runs."""

import contextlib
import re
import runpy
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

import aql
from aql import Contract, DocumentError, DomainError, LogError
from aql.documents.cluster_frames import cluster_of
from tests.scoring.bulk.frames import arrow
from tests.scoring.bulk.many_lots import FINDINGS, LOTS, a_contract, a_lot, rows
from tests.scoring.bulk.test_equal_to_score import expected_lot, line_in_short, lot_in_short, one_by_one

pytestmark = [
    pytest.mark.engines,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

Maker = Callable[[Any], Any]
CONTRACT = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
PAGE = Path(aql.__file__).parents[1] / "docs/how_to/many_lots.md"


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame of a cluster; None for what is missing."""
    read = frame.compute() if hasattr(frame, "compute") else frame.toArrow().to_pandas()
    rows = read.to_dict("records")
    return [{name: None if pd.isna(cell) else cell for name, cell in row.items()} for row in rows]


def case(seed: int, lots: int = 20) -> tuple[Contract, list[dict[str, Any]], list[dict[str, Any]]]:
    """A contract, lots and the rows of their logs."""
    random = Random(seed)
    contract = a_contract(random)
    while contract is None:
        contract = a_contract(random)
    some = [a_lot(random, f"L{number}") for number in range(lots)]
    return contract, some, [row for lot in some for row in rows(random, contract, lot)]


@pytest.mark.parametrize("seed", range(3))
def test_lots_are_scored_as_one_by_one(made: Maker, seed: int) -> None:
    contract, lots, log = case(seed)
    verdicts, problems = one_by_one((contract, lots, log))
    if problems:
        frames = made(arrow(log, FINDINGS)), made(arrow(lots, LOTS))
        with pytest.raises(LogError) as raised:
            aql.score_lots(*frames, contract)
        assert len(raised.value.problems) == problems.total()
        found = rows_of(aql.validate_findings(*frames, contract))
        assert sorted((row["lot"], row["code"], row["message"]) for row in found) == sorted(
            problems.elements()
        )
    lots = [lot for lot in lots if lot["lot"] in verdicts]
    log = [row for row in log if row["lot"] in verdicts]
    frames = made(arrow(log, FINDINGS)), made(arrow(lots, LOTS))
    scores = aql.score_lots(*frames, contract)
    assert cluster_of(scores.lots) == cluster_of(scores.lines) == cluster_of(frames[0])
    assert {row["lot"]: lot_in_short(row) for row in rows_of(scores.lots)} == {
        name: expected_lot(verdict) for name, verdict in verdicts.items()
    }
    lines = {(row.pop("lot"), row.pop("line")): row for row in rows_of(scores.lines)}
    assert lines == {
        (name, line.name): line_in_short(line) for name, verdict in verdicts.items() for line in verdict.lines
    }


def test_what_is_wrong_with_columns_or_the_contract_is_raised_at_once(made: Maker) -> None:
    findings = made(pa.table({"lot": ["A"], "item": [1], "klass": ["major"]}))
    sizes = made(pa.table({"lot": ["A"], "size": [100], "inspected": [20]}))
    with pytest.raises(LogError, match="column klass"):
        aql.score_lots(findings, sizes, CONTRACT)
    flawed = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 1.2}]})
    with pytest.raises(DocumentError, match="the contract"):
        aql.score_lots(findings, sizes, flawed)
    with pytest.raises(DomainError, match=r"findings must be a frame of \w+, as lots are, got DataFrame"):
        aql.score_lots(pd.DataFrame({"lot": ["A"], "class": ["major"]}), sizes, CONTRACT)


@pytest.mark.parametrize("seed", range(2))
def test_plans_are_those_of_one_machine(made: Maker, seed: int) -> None:
    contract, lots, _ = case(seed)
    table = arrow(lots, LOTS)
    done = aql.with_plans(made(table), contract)
    assert cluster_of(done) == cluster_of(made(table))
    alone = aql.with_plans(table, contract).to_pylist()
    assert sorted(map(_in_short, rows_of(done))) == sorted(map(_in_short, alone))
    with pytest.raises(LogError, match="must list each lot once"):
        aql.with_plans(made(arrow([*lots, lots[0]], LOTS)), contract)


def _in_short(row: dict[str, Any]) -> list[tuple[str, str]]:
    """The cells of a row that are not missing, as text."""
    return sorted((name, str(cell).removesuffix(".0")) for name, cell in row.items() if cell is not None)


def test_findings_of_an_unknown_lot_and_lots_listed_twice_are_named(made: Maker) -> None:
    findings = made(pa.table({"lot": ["A", "Z"], "item": [1, 2], "class": ["major", "major"]}))
    sizes = made(pa.table({"lot": ["A", "B", "B"], "size": [100, 90, 90], "inspected": [20, 13, 13]}))
    with pytest.raises(LogError) as raised:
        aql.score_lots(findings, sizes, CONTRACT)
    assert sorted(one.code for one in raised.value.problems) == ["other-lot", "two-lots"]


def test_the_script_of_the_page_scores_a_year(spark: Any, tmp_path: Path) -> None:
    script = re.search(r"```py\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert script
    (tmp_path / "score_year.py").write_text(script[1].replace("sys.argv[1:]", "SOURCES"), "utf-8")
    (tmp_path / "contract.toml").write_text(
        '[order]\nid = "PO-1"\n[[classes]]\nname = "major"\naql = 2.5\n', "utf-8"
    )
    lots = pa.table({"lot": ["A", "B"], "size": [1200, 500], "inspected": [80, 50]})
    findings = pa.table({"lot": ["A"] * 6, "item": [3, 8, 9, 15, 40, 77], "class": ["major"] * 6})
    for name, table in (("lots", lots), ("findings", findings)):
        parquet.write_table(table, tmp_path / f"{name}.parquet")
    sources = [str(tmp_path / name) for name in ("findings.parquet", "lots.parquet", "verdicts")]
    with contextlib.chdir(tmp_path):
        runpy.run_path("score_year.py", {"SOURCES": sources})
    done = spark.read.parquet(sources[2]).orderBy("lot").toArrow().to_pylist()
    assert [(row["lot"], row["decision"]) for row in done] == [("A", "reject"), ("B", "accept")]
