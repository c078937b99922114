"""Rule 10: a sample as large as the lot is the whole lot; Ac and Re are unchanged, and the last stage is what remains."""

from typing import Any

import pytest

import aql
from aql.display.note_sentences import cell_notes
from tests.scoring.builders import (
    Plan,
    cls,
    contract,
    line,
    measured,
    readings,
    seen,
    single,
    staged,
    term,
    verdict,
)

THREE = staged((20, 20, 20), ("#", 1, 3), (2, 3, 4))


@pytest.mark.parametrize(
    ("size", "lot_plan"),
    [
        (10, aql.SinglePlan(10, 1)),
        (13, aql.SinglePlan(13, 1)),
        (14, aql.SinglePlan(13, 1)),
        (1, aql.SinglePlan(1, 1)),
    ],
)
def test_n_at_or_above_the_lot_inspects_every_item_and_keeps_ac_and_re(size: int, lot_plan: Plan) -> None:
    """Rule 10: every item is inspected; Ac and Re are unchanged."""
    agreed = contract(cls(plan=single(13, 1)), [term("dent")])
    found = verdict(agreed, size=size, inspected=min(size, 13))
    assert line(found).plan == aql.SinglePlan(13, 1)
    assert line(found).lot_plan == lot_plan
    assert found.decision == "accept"
    assert verdict(agreed, size=size, inspected=min(size, 13) - 1).decision == "hold"


def test_the_whole_lot_rejects_at_the_plans_own_re() -> None:
    agreed = contract(cls(plan=single(13, 1)), [term("dent")])
    assert verdict(agreed, seen("dent", 10), size=10, inspected=10).decision == "accept"
    assert verdict(agreed, seen("dent", 9, 10), size=10, inspected=10).decision == "reject"


def test_a_table_plan_above_the_lot_inspects_the_lot() -> None:
    """Rule 10, with lot 10, letter B, AQL 0.65, whose arrow leads to F, 20, Ac 0."""
    agreed = contract(cls(aql=0.65), [measured("width", max="1")])
    found = verdict(agreed, readings("width", [1] * 10), size=10, inspected=10)
    assert line(found).plan == aql.SinglePlan(20, 0)
    assert line(found).lot_plan == aql.SinglePlan(10, 0)
    assert found.decision == "accept"
    lookup = line(found).lookup
    assert lookup is not None
    assert lookup.inspect_all is True


@pytest.mark.parametrize(
    ("size", "lot_plan"),
    [
        (61, aql.MultiplePlan((20, 20, 20), (None, 1, 3), (2, 3, 4))),
        (60, aql.MultiplePlan((20, 20, 20), (None, 1, 3), (2, 3, 4))),
        (59, aql.MultiplePlan((20, 20, 19), (None, 1, 3), (2, 3, 4))),
        (41, aql.MultiplePlan((20, 20, 1), (None, 1, 3), (2, 3, 4))),
        (40, aql.MultiplePlan((20, 20), (None, 3), (2, 4))),
        (21, aql.MultiplePlan((20, 1), (None, 3), (2, 4))),
        (20, aql.SinglePlan(20, 3)),
        (7, aql.SinglePlan(7, 3)),
    ],
)
def test_the_stage_that_reaches_the_lot_is_the_last(size: int, lot_plan: Plan) -> None:
    """Rule 10: it inspects what remains, and decides by the plan's final Ac and Re."""
    found = verdict(contract(cls(plan=THREE), [term("dent")]), size=size)
    assert line(found).lot_plan == lot_plan


@pytest.mark.parametrize(
    ("items", "inspected", "decision", "draw"),
    [
        ((), 20, "continue", 10),
        ((1,), 20, "continue", 10),
        ((1, 2), 20, "reject", 0),
        ((1, 21, 22), 30, "accept", 0),
        ((1, 21, 22, 23), 30, "reject", 0),
        ((1, 21, 22, 23), 23, "reject", 0),
        ((1, 21), 29, "hold", 1),
    ],
)
def test_the_last_stage_of_a_small_lot_decides_by_the_final_numbers(
    items: tuple[int, ...], inspected: int, decision: str, draw: int
) -> None:
    """Rule 10: 20, then the 10 that remain of 30, with Ac 3 and Re 4 instead of 1 and 3."""
    found = line(
        verdict(contract(cls(plan=THREE), [term("dent")]), seen("dent", *items), size=30, inspected=inspected)
    )
    assert (found.decision, found.draw) == (decision, draw)


def test_a_lot_within_the_first_stage_is_decided_at_once_by_the_final_numbers() -> None:
    agreed = contract(cls(plan=THREE), [term("dent")])
    assert verdict(agreed, seen("dent", 1, 2, 3), size=20, inspected=20).decision == "accept"
    assert verdict(agreed, seen("dent", 1, 2, 3, 4), size=20, inspected=20).decision == "reject"


def test_a_double_plan_that_does_not_fit_inspects_what_remains() -> None:
    """Rule 10: 20, then the 16 that remain of 36; the final numbers are its own."""
    plan = staged((20, 20), (1, 4), (4, 5))
    agreed = contract(cls(plan=plan), [term("dent")])
    found = verdict(agreed, seen("dent", 1, 2, 36), size=36, inspected=36)
    assert line(found).lot_plan == aql.MultiplePlan((20, 16), (1, 4), (4, 5))
    assert found.decision == "accept"


def test_every_item_inspected_by_agreement_is_the_lot() -> None:
    agreed = contract(cls(inspect="all", ac=1), [term("dent")])
    assert verdict(agreed, seen("dent", 5), size=30, inspected=30).decision == "accept"
    assert verdict(agreed, seen("dent", 5, 30), size=30, inspected=30).decision == "reject"
    assert verdict(agreed, seen("dent", 5), size=30, inspected=29).decision == "hold"


@pytest.mark.parametrize("clause", [{}, {"sample": "largest"}, {"sample": "letter"}, {"sampling": "double"}])
@pytest.mark.parametrize("limit", [0, 2.5, 6.5])
def test_a_lot_of_one_item_is_inspected_and_must_conform(clause: dict[str, Any], limit: float) -> None:
    """Rule 10: n 1, Ac 0, Re 1, no letter, marked as practice."""
    agreed = contract(cls(aql=limit), [term("dent")], **clause)
    sound, flawed = (
        verdict(agreed, size=1, inspected=1),
        verdict(agreed, seen("dent", 1), size=1, inspected=1),
    )
    assert (sound.decision, flawed.decision) == ("accept", "reject")
    assert line(sound).plan == line(sound).lot_plan == aql.SinglePlan(1, 0)
    found = line(sound).lookup
    assert found is not None
    assert (found.letter, found.plan_letter, found.practice, found.inspect_all) == (None, None, True, True)
    assert line(sound).origin == ("lot-of-one" if limit else "not-allowed")
    assert verdict(agreed, size=1, inspected=0).decision == "hold"
    assert any("a lot of one item has no code letter" in note for note in cell_notes(sound))


def test_a_term_with_its_own_level_in_a_lot_of_one() -> None:
    agreed = contract(cls(aql=2.5), [term("dent", level="S-2")])
    found = verdict(agreed, seen("dent", 1), size=1, inspected=1)
    assert [(one.name, one.lot_plan.total, one.decision) for one in found.lines] == [
        ("major", 1, "accept"),
        ("dent", 1, "reject"),
    ]


@pytest.mark.parametrize("size", [2, 1])
def test_a_lot_of_one_item_may_have_a_stated_plan(size: int) -> None:
    assert verdict(contract(cls(plan=single(5, 0))), size=size, inspected=size).decision == "accept"


def test_inspect_all_is_not_said_where_no_lot_is_given() -> None:
    """Rule 10: `inspect_all` is None where no lot size was given."""
    assert aql.lookup(aql=2.5, letter="J").inspect_all is None
    assert aql.lookup(10, aql=0.65).inspect_all is True
    assert aql.lookup(1000, aql=2.5).inspect_all is False
