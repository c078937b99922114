"""Rule 11: 105E reduced. A count between Ac and Re accepts the lot and reinstates normal inspection."""

import pytest

import aql
from tests.scoring.builders import (
    cls,
    contract,
    counted,
    line,
    measured,
    notes,
    readings,
    seen,
    single,
    staged,
    term,
    verdict,
)

REDUCED = contract(cls(aql=2.5), [term("dent")], standard="MIL-STD-105E", severity="reduced")
NOTE = "major: the count lies between Ac and Re; the lot is accepted and normal inspection is due."


@pytest.mark.parametrize(
    ("count", "decision", "reinstates"),
    [
        (0, "accept", False),
        (2, "accept", False),
        (3, "accept", True),
        (4, "accept", True),
        (5, "reject", False),
    ],
)
@pytest.mark.parametrize("with_items", [True, False])
def test_a_count_in_the_gap_accepts_and_reinstates_normal(
    count: int, decision: str, reinstates: bool, with_items: bool
) -> None:
    """Rule 11: MIL-STD-105E, Table II-C, letter J, AQL 2.5: 32, Ac 2, Re 5."""
    rows = seen("dent", *range(1, count + 1)) if with_items else counted(count, term="dent")
    found = verdict(REDUCED, rows, size=1000, inspected=32)
    assert line(found).plan == aql.SinglePlan(32, 2, 5)
    assert found.decision == decision
    assert line(found).reinstates_normal is reinstates
    assert (NOTE in notes(found)) is reinstates
    assert (NOTE in found.explain()) is reinstates


def test_the_editions_after_it_have_no_gap() -> None:
    """ISO 2859-1:1999, Table 2-C, letter J, AQL 2.5: 32, Ac 3, Re 4."""
    agreed = contract(cls(aql=2.5), [term("dent")], severity="reduced")
    found = verdict(agreed, seen("dent", 1, 2, 3), size=1000, inspected=32)
    assert line(found).plan == aql.SinglePlan(32, 3)
    assert not line(found).reinstates_normal
    assert verdict(agreed, seen("dent", 1, 2, 3, 4), size=1000, inspected=32).decision == "reject"


def test_z14_prints_the_same_gap() -> None:
    agreed = contract(cls(aql=2.5), [term("dent")], standard="ANSI/ASQ Z1.4", severity="reduced")
    assert line(verdict(agreed, seen("dent", 1, 2, 3), inspected=32)).reinstates_normal


def test_the_gap_of_the_last_stage_accepts_and_reinstates_normal() -> None:
    """Rule 11, in several stages: between Ac and Re a further sample is due, at the last the lot is accepted."""
    agreed = contract(cls(plan=staged((5, 5), (0, 1), (2, 4))), [term("dent")])
    assert verdict(agreed, seen("dent", 1), inspected=5).decision == "continue"
    found = verdict(agreed, seen("dent", 1, 6, 7), inspected=10)
    assert (found.decision, line(found).reinstates_normal) == ("accept", True)
    found = verdict(agreed, seen("dent", 1), inspected=10)
    assert (found.decision, line(found).reinstates_normal) == ("accept", False)
    assert verdict(agreed, seen("dent", 1, 6, 7, 8), inspected=10).decision == "reject"


def test_a_stated_gap_is_the_same_gap() -> None:
    agreed = contract(cls(plan=single(10, 1, 4)), [term("dent")])
    found = verdict(agreed, seen("dent", 1, 2, 3), inspected=10)
    assert (found.decision, line(found).reinstates_normal) == ("accept", True)


def test_a_gap_on_the_whole_lot_stays() -> None:
    """Rules 10 and 11: Ac and Re are unchanged."""
    agreed = contract(cls(plan=single(10, 1, 4)), [term("dent")])
    found = verdict(agreed, seen("dent", 1, 2, 3), size=6, inspected=6)
    assert line(found).lot_plan == aql.SinglePlan(6, 1, 4)
    assert line(found).reinstates_normal


def test_a_line_on_hold_reinstates_nothing_yet() -> None:
    """Rules 7 and 11: what is missing could still reject."""
    agreed = contract(cls(plan=single(5, 1, 4)), [measured("width", max="1")])
    found = verdict(agreed, readings("width", [2, 2]), inspected=5)
    assert found.decision == "hold"
    assert not line(found).reinstates_normal
    assert notes(found) == ()


def test_pa_is_the_probability_of_fewer_than_re() -> None:
    """Rule 11: of the plan the lot is judged by; what it accepts is every count below Re."""
    accepted = [
        count
        for count in range(33)
        if verdict(REDUCED, counted(count, term="dent"), size=1000, inspected=32).decision == "accept"
    ]
    assert accepted == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("ac", [10, 11, 30])
def test_a_plan_may_accept_as_many_nonconformities_as_it_has_items_or_more(ac: int) -> None:
    """Rule 11: a plan may have Ac at or above n (per 100 items); no rule forbids it."""
    agreed = contract(cls(plan=single(10, ac)), [term("dent")], counting="nonconformities")
    assert verdict(agreed, seen("dent", 1, count=ac), inspected=10).decision == "accept"
    assert verdict(agreed, seen("dent", 1, count=ac + 1), inspected=10).decision == "reject"


def test_a_plan_that_accepts_every_item_is_no_error_when_items_are_counted() -> None:
    agreed = contract(cls(plan=single(3, 3)), [term("dent")])
    assert verdict(agreed, seen("dent", 1, 2, 3), inspected=3).decision == "accept"
    assert verdict(agreed, counted(3, term="dent"), inspected=3).decision == "accept"


def test_a_table_plan_with_ac_at_or_above_n_is_scored() -> None:
    """Rules 11 and 12: letter A, AQL 400: 2, Ac 14."""
    agreed = contract(cls(aql=400), [term("dent")], counting="nonconformities")
    found = verdict(agreed, seen("dent", 1, count=14), size=5, inspected=2)
    assert line(found).plan == aql.SinglePlan(2, 14)
    assert found.decision == "accept"
    assert verdict(agreed, seen("dent", 1, count=15), size=5, inspected=2).decision == "reject"
