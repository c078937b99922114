"""Each kind of contradiction in a lot is found in bulk, at its borders, and its neighbour that is none is not."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import polars as pl
import pytest

import aql
from aql.checks import LARGEST_LOT
from aql.inspection.log_cells import LARGEST_COUNT
from tests.scoring.builders import Values, cls, contract, measured, single, staged, term
from tests.scoring.bulk.frames import ENGINES, arrow, pairs, rows_of
from tests.scoring.bulk.many_lots import FINDINGS, LOTS
from tests.scoring.bulk.test_equal_to_score import in_bulk, one_by_one

DENT = {"term": "dent"}


Log = tuple[list[Values], bool]
"""The log of a lot, and whether it has a problem."""


def agree(agreed: aql.Contract, logs: Sequence[Log], **facts: Any) -> None:
    """The problems of lots with these logs are those of each lot scored by itself."""
    lots = [{"lot": f"L{place}", "size": 100, "inspected": 10} | facts for place in range(len(logs))]
    rows = [{"lot": f"L{place}", **row} for place, (log, _) in enumerate(logs) for row in log]
    case = agreed, lots, rows
    assert {name for name, *_ in one_by_one(case)[1]} == {
        f"L{place}" for place, (_, wrong) in enumerate(logs) if wrong
    }
    in_bulk("polars", case)


def test_rows_about_items() -> None:
    logs: list[Log] = [
        ([DENT | {"item": 3, "sku": "a"}, DENT | {"item": 3, "sku": "b"}], True),
        ([DENT | {"item": 3, "sku": "a"}, DENT | {"item": 4, "sku": "b"}], False),
        ([DENT | {"item": 3, "sku": "a"}, DENT | {"item": 3, "sku": ""}], False),
        ([DENT | {"item": 3, "carton": "1"}, DENT | {"item": 3, "carton": "2"}], True),
        ([DENT | {"item": 3, "carton": "1"}, DENT | {"item": 4, "carton": "2"}], False),
        ([DENT | {"item": 0}], True),
        ([DENT | {"item": 1}], False),
        ([DENT | {"item": 1, "stage": 0}], True),
        ([DENT | {"item": 1, "stage": 1}], False),
        ([DENT | {"item": 1, "stage": 2}], True),
        ([DENT | {"item": -1}], True),
        ([DENT | {"count": -1}], True),
        ([DENT | {"item": LARGEST_COUNT + 1}], True),
        ([DENT | {"item": 3, "count": LARGEST_COUNT}], False),
        ([DENT | {"item": 3, "count": LARGEST_COUNT + 1}], True),
        ([DENT | {"item": 3, "stage": LARGEST_COUNT + 1}], True),
        ([DENT | {"item": 3}, DENT | {"item": 3, "value": "OK"}], True),
        ([DENT | {"item": 3}, DENT | {"item": 4, "value": "OK"}], False),
    ]
    agree(contract(cls(plan=single(10, 1)), [term("dent")]), logs)


def test_an_item_that_was_cleared_in_some_row() -> None:
    agree(contract(cls(plan=single(10, 1)), [term("dent")]), [([DENT | {"item": 3, "value": "OK"}], False)])


FACTS: list[tuple[Values, bool]] = [
    ({"produced": 0, "packed": 1}, True),
    ({"produced": 0, "packed": 0}, False),
    ({"produced": 7, "packed": 7}, False),
    ({"produced": 7, "packed": 8}, True),
    ({"packed": 8}, False),
    ({"size": 10}, False),
    ({"size": 9}, True),
    *(({name: LARGEST_LOT}, False) for name in ("size", "produced", "packed", "cartons")),
    *(({name: LARGEST_LOT + 1}, True) for name in ("size", "produced", "packed", "cartons", "inspected")),
]


def test_facts_of_a_lot() -> None:
    lots = [
        {"lot": f"L{place}", "size": 100, "inspected": 10} | facts for place, (facts, _) in enumerate(FACTS)
    ]
    case = contract(cls(plan=single(10, 1)), [term("dent")]), lots, list[Values]()
    assert {name for name, *_ in one_by_one(case)[1]} == {
        f"L{place}" for place, (_, wrong) in enumerate(FACTS) if wrong
    }
    in_bulk("polars", case)


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_a_large_whole_number_may_come_as_a_float(kind: Any) -> None:
    agreed = contract(cls(plan=single(10, 1)), [term("dent")])
    findings = kind({"lot": ["A"], "item": [10.0], "term": ["dent"]})
    lots = kind({"lot": ["A", "B", "C"], "inspected": 10.0, "size": [106.0, 2.0**53, 2.0**53 + 2]})
    (problem,) = rows_of(aql.validate_findings(findings, lots, agreed))
    assert problem["message"] == "must be at most 2**53 (about 9 quadrillion), got 9007199254740994"
    scores = aql.score_lots(findings, lots[:2], agreed)
    assert [row["decision"] for row in rows_of(scores.lots)] == ["accept", "accept"]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_item_with_two_readings_wherever_it_is(engine: str) -> None:
    """Up to 50 readings of a term are told apart by their sum alone; no item of the last lots is read twice."""
    agreed = contract(cls(plan=single(30, 1)), [measured("width", max="5")])
    cases = [(last, twice) for last in (32, 49, 50) for twice in (1, 32, last)]
    cases += [(last, 0) for last in (49, 51)]
    lots = [{"lot": f"{last} {twice}", "size": 100, "inspected": 51} for last, twice in cases]
    rows: list[Values] = [
        {"lot": f"{last} {twice}", "item": item, "term": "width", "value": "5"}
        for last, twice in cases
        for item in [*range(1, last + 1), twice]
        if item
    ]
    frames = pairs(engine, arrow(rows, FINDINGS), arrow(lots, LOTS))
    wrong = {row["lot"] for row in rows_of(aql.validate_findings(*frames, agreed))}
    assert wrong == {f"{last} {twice}" for last, twice in cases if 0 < twice <= last}


@pytest.mark.parametrize("counting", ["items", "nonconformities"])
def test_rows_of_stages(counting: str) -> None:
    """The stages have 5 items and then 8; the number of nonconformities on them has no limit."""
    by_items = counting == "items"
    logs: list[Log] = [
        ([{"stage": 1, "count": 5}, {"stage": 2, "count": 8}], False),
        ([{"stage": 1, "count": 6}, {"stage": 2, "count": 1}], by_items),
        ([{"stage": 1, "count": 5}, {"stage": 2, "count": 9}], by_items),
        ([{"stage": 3, "count": 1}], True),
        ([{"stage": 3, "count": 0}], True),
        ([{"stage": 1, "item": 5}], False),
        ([{"stage": 1, "item": 6}], True),
        ([{"stage": 2, "item": 5}], True),
        ([{"stage": 2, "item": 6}], False),
        ([{"stage": 2, "item": 13}], False),
        ([{"stage": 2, "item": 14}], True),
    ]
    agreed = contract(cls(plan=staged((5, 8), (0, 9), (3, 10))), [term("dent")], counting=counting)
    agree(agreed, [([DENT | row for row in rows], wrong) for rows, wrong in logs], inspected=13)


def test_counts_of_several_classes_are_at_most_the_smallest_number_inspected() -> None:
    agreed = contract([cls("major", plan=single(8, 1)), cls("minor", plan=single(8, 1))], [term("dent")])
    numbers = [(4, 4), (4, 5), (0, 8), (0, 9), (8, 0), (9, 0), (1, 8)]
    logs: list[Log] = [
        ([{"class": "major", "count": first}, {"class": "minor", "count": second}], first + second > 8)
        for first, second in numbers
    ]
    agree(agreed, logs, inspected=8)


@pytest.mark.parametrize(
    ("row", "column"), [({"item": 0}, "item"), ({"count": 1, "stage": 0}, "stage"), ({"count": -1}, "count")]
)
def test_a_number_that_is_too_small_in_a_frame_with_few_columns(row: Values, column: str) -> None:
    agreed = contract(cls(plan=single(10, 1)), [term("dent")])
    lots = pl.DataFrame({"lot": ["A"], "size": 100, "inspected": 10})
    (problem,) = rows_of(
        aql.validate_findings(pl.DataFrame({"lot": ["A"], "term": "dent"} | row), lots, agreed)
    )
    assert (problem["lot"], problem["column"]) == ("A", column)


def test_counts_of_three_stages() -> None:
    agreed = contract(cls(plan=staged((5, 6, 7), (0, 9, 9), (9, 10, 10))), [term("dent")])
    logs: list[Log] = [
        ([DENT | {"stage": stage, "count": most + more}], more > 0)
        for stage, most in ((1, 5), (2, 6), (3, 7))
        for more in (0, 1)
    ]
    agree(agreed, logs, inspected=18)
    agree(agreed, logs[4:], inspected=18)


@pytest.mark.parametrize(("item", "wrong"), [(6, False), (10, False), (11, True)])
def test_an_item_that_was_ok_is_among_those_of_any_line(item: int, wrong: bool) -> None:
    agreed = contract([cls("major", plan=single(10, 1)), cls("minor", plan=single(5, 1))])
    lots = pl.DataFrame({"lot": ["A"], "size": [100], "inspected_major": [10], "inspected_minor": [5]})
    findings = pl.DataFrame({"lot": ["A"], "item": [item], "class": [""], "value": ["OK"]})
    assert len(aql.validate_findings(findings, lots, agreed)) == wrong


def test_a_problem_has_the_cells_of_its_row() -> None:
    agreed = contract(cls(plan=single(8, 2)), [measured("width", max="5")])
    rows: list[Values] = [
        {"lot": "L0", "item": 1, "term": "width", "value": "wide"},
        {"lot": "L0", "item": 2, "term": "dent", "class": "major"},
    ]
    lots: list[Values] = [{"lot": "L0", "size": 100, "inspected": 8}]
    for engine in ENGINES:
        found = rows_of(
            aql.validate_findings(*pairs(engine, arrow(rows, FINDINGS), arrow(lots, LOTS)), agreed)
        )
        cells = {tuple(one[name] for name in ("item", "term", "class", "value")) for one in found}
        assert cells == {(1, "width", "", "wide"), (2, "dent", "major", "")}
