"""A stored state: each of its counters up to the most that its rules allow, and no further."""

from typing import Any

import pytest

from aql.errors import DocumentError
from aql.scheme import State, switching_rules
from aql.scheme.state import start_of

ISO = switching_rules("ISO 2859-1:1999")  # 2 of 5 lots, 5 accepted lots, 5 lots not accepted
MIL = switching_rules("MIL-STD-105E")  # discontinued after 10 lots on tightened inspection
MOST = 10**9


@pytest.mark.parametrize(
    ("rules", "name", "most", "beyond", "message"),
    [
        (ISO, "switching_score", MOST, MOST + 1, f"must be a whole number, 0 to {MOST}, got {MOST + 1}"),
        (ISO, "accepted_in_a_row", 4, 5, "must be a whole number, 0 to 4, got 5"),
        (ISO, "rejected_on_tightened", 4, 5, "must be a whole number, 0 to 4, got 5"),
        (ISO, "lots_on_tightened", MOST, MOST + 1, "must be a whole number"),
        (MIL, "lots_on_tightened", 9, 10, "must be a whole number, 0 to 9, got 10"),
        (MIL, "rejected_on_tightened", MOST, MOST + 1, "must be a whole number"),
        (ISO, "clean_lots", MOST, MOST + 1, "must be a whole number"),
        (ISO, "acceptance_score", MOST, MOST + 1, "must be a whole number"),
        (ISO, "rejected_ago", (4,), (5,), "must be fewer than 2 lots, each 1 to 4 lots ago"),
        (ISO, "rejected_ago", (1,), (0,), "must be fewer than 2 lots, each 1 to 4 lots ago"),
        (ISO, "rejected_ago", (), (1, 2), "must be fewer than 2 lots, each 1 to 4 lots ago"),
        (MIL, "samples", ((0, 0),), ((0, -1),), "must be numbers of 0 or more"),
        (MIL, "samples", ((0, 0),), ((0, 0), (-1, 5)), "must be numbers of 0 or more"),
    ],
)
def test_a_counter_reaches_the_most_that_the_rules_allow(
    rules: Any, name: str, most: Any, beyond: Any, message: str
) -> None:
    data = start_of(rules).to_dict()
    assert getattr(State.from_dict(data | {name: most}), name) == most
    with pytest.raises(DocumentError) as caught:
        State.from_dict(data | {name: beyond})
    (problem,) = caught.value.problems
    assert (problem.where, problem.path, problem.code) == (name, name, "contradiction")
    assert message in problem.message


def test_a_series_that_was_discontinued_has_reached_the_number() -> None:
    data = start_of(ISO, "tightened").to_dict() | {"rejected_on_tightened": 5, "discontinued": True}
    assert State.from_dict(data).rejected_on_tightened == 5
    endless = start_of(ISO.agreed(discontinue_after=0), "tightened").to_dict()
    assert State.from_dict(endless | {"rejected_on_tightened": MOST}).rejected_on_tightened == MOST
