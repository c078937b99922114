"""A verdict from counts alone is that of a contract and a log with these counts."""

from typing import Any

import pytest

import aql

AQLS = {"major": 2.5, "minor": 4.0}


def test_counts_are_scored_as_a_log_of_counts() -> None:
    found = aql.score_counts({"major": 3, "minor": 5}, lot_size=4800, inspected=200, aql=AQLS)
    assert (found.decision, [(one.name, one.ac, one.found) for one in found.lines]) == (
        "accept",
        [("major", 10, 3), ("minor", 14, 5)],
    )
    assert aql.score_counts({"major": 11}, lot_size=4800, inspected=200, aql=2.5).decision == "reject"


def test_more_inspected_than_the_sample_may_leave_it_open() -> None:
    found = aql.score_counts({"major": 5}, lot_size=400, inspected=100, aql="2.5")
    assert found.decision == "hold"
    assert str(found.reasons[0]) == (
        "5 nonconforming items in the 100 inspected; between 0 and 5 are in the sample of 50, Ac 3, Re 4"
    )


def test_cumulative_counts_by_stage_are_exact() -> None:
    plan = aql.lookup(1200, aql=2.5, sampling="double").plan
    assert plan == aql.MultiplePlan((50, 50), (2, 6), (5, 7))
    for counts in ((3, 6), (3, 7), (2, 9), (5, 5), 3):
        found = aql.score_counts(
            {"major": counts}, lot_size=1200, inspected=100 if counts != 3 else 50, aql=2.5, sampling="double"
        )
        expected = {(3, 6): "accept", (3, 7): "reject", (2, 9): "accept", (5, 5): "reject", 3: "continue"}
        assert found.decision == expected[counts]


@pytest.mark.parametrize(
    ("counts", "how", "message"),
    [
        (
            {"major": 3},
            {"aql": AQLS},
            "aql must name the classes of the counts, major, got major and minor. State 0",
        ),
        ({}, {"aql": 2.5}, "counts must be a mapping of classes to numbers"),
        (3, {"aql": 2.5}, "counts must be a mapping of classes to numbers"),
        ({"major": -1}, {"aql": 2.5}, "counts['major'] must be a whole number, 0 or more, got -1"),
        (
            {"major": (3, 2)},
            {"aql": 2.5},
            "counts['major'] at stage 2 must be a whole number, 3 or more, got 2",
        ),
        ({"major": 1}, {"aql": 2.5, "inspected": 500}, "inspected must be a whole number, 0 to 400, got 500"),
        ({"major": 51}, {"aql": 2.5}, "the log has 1 problem"),
    ],
)
def test_what_cannot_be_is_refused(counts: Any, how: Any, message: str) -> None:
    with pytest.raises(aql.AqlError) as raised:
        aql.score_counts(counts, **({"lot_size": 400, "inspected": 50} | how))
    assert str(raised.value).startswith(message)
