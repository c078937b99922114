"""A stored verdict is checked against itself: what its lines, counts and drawing say must fit together."""

from dataclasses import replace
from typing import Any

import pytest

import aql
from aql.scoring.stored_verdict import contradictions
from tests.scoring.builders import cls, contract, counted, seen, single, staged, term, verdict

AGREED = contract(cls(plan=single(8, 1)), [term("dent")])


def with_line(found: aql.Verdict, **changed: Any) -> aql.Verdict:
    """The verdict with its only class changed, and the decision on the lot that follows from it."""
    (one,) = found.classes
    line = replace(one, **changed)
    return replace(found, classes=(line,), decision=line.decision)


def places(found: aql.Verdict) -> list[str]:
    return [one.path or "" for one in contradictions(found)]


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_an_undecided_count_agrees_with_a_hold_and_with_nothing_else(count: int) -> None:
    """Of 100 inspected items `count` are nonconforming; 0 to all of them are in the sample of 8, with Re 2."""
    found = verdict(AGREED, counted(count, class_="major"), 200, 100)
    assert places(found) == []
    assert found.decision == ("accept" if count < 2 else "hold")
    for undecided in (True, False):
        changed = with_line(found, decision="accept", undecided=undecided)
        assert places(changed) == ([] if count < 2 and not undecided else ["classes[0].decision"])


@pytest.mark.parametrize(("inspected", "enough"), [(None, False), (0, False), (1, True)])
def test_a_sample_of_one_item_accepts_only_if_it_was_inspected(inspected: int | None, enough: bool) -> None:
    found = verdict(contract(cls(plan=single(1, 0)), [term("dent")]), (), 100, inspected)
    assert places(found) == []
    assert found.decision == ("accept" if enough else "hold")
    assert places(with_line(found, decision="accept", draw=0)) == ([] if enough else ["classes[0].decision"])


def test_an_earlier_stage_accepts_at_its_acceptance_number_and_no_further() -> None:
    plan = staged((5, 5), (1, 3), (4, 4))
    for count, decision in ((1, "accept"), (2, "continue"), (3, "continue"), (4, "reject")):
        found = verdict(
            contract(cls(plan=plan), [term("dent")]),
            [{"item": 1 + k, "term": "dent"} for k in range(count)],
            100,
            5,
        )
        assert (found.decision, places(found)) == (decision, [])
        for other in ("accept", "continue", "reject"):
            if other != decision:
                draw = 5 if other == "continue" else 0
                assert places(with_line(found, decision=other, draw=draw)) == ["classes[0].decision"]


@pytest.mark.parametrize(("most", "wrong"), [(3, []), (4, ["classes[0].decision"])])
def test_a_line_continues_only_if_no_count_rejects(most: int, wrong: list[str]) -> None:
    agreed = contract(cls(plan=staged((5, 5), (1, 3), (4, 4))), [term("dent")])
    found = verdict(agreed, seen("dent", 1, 2), 100, 5)
    assert places(with_line(found, by_stage=((2, most),))) == wrong


def test_the_number_of_unlisted_defects_is_checked_where_the_log_has_counts() -> None:
    found = verdict(AGREED, counted(1, class_="major"), 100, 8)
    assert places(found) == []
    assert places(replace(found, unlisted=found.unlisted + 1)) == ["unlisted"]
    stranger = replace(found.counts[0], line="minor")
    assert places(replace(found, counts=(stranger,)))[0] == "counts[0]"


@pytest.mark.parametrize(("items", "shown"), [((1, 2, 4), "1, 2 and 4"), ((), "none")])
def test_the_items_of_a_line_are_those_of_its_defects(items: tuple[int, ...], shown: str) -> None:
    found = verdict(contract(cls(plan=single(8, 5)), [term("dent")]), seen("dent", *items), 100, 8)
    (problem,) = contradictions(with_line(found, items=(3,)))
    assert problem.message == f"must be the items of the defects that count in it, {shown}"


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"line": "minor"}, True),
        ({"counts_in": "minor"}, True),
        ({"counts_in": "", "not_counted": "outside-sample"}, False),
        ({"counts_in": ""}, True),
        ({"not_counted": "outside-sample"}, True),
        ({}, False),
    ],
)
def test_a_defect_is_of_a_line_and_counts_or_does_not(changed: dict[str, Any], wrong: bool) -> None:
    found = verdict(AGREED, [{"item": 1, "term": "dent"}], 100, 8)
    (defect,) = found.defects
    other = replace(found, defects=(replace(defect, **changed),))
    assert ("defects[0]" in places(other)) is wrong


def test_a_drawing_must_be_that_of_order_lot_size_and_seed() -> None:
    lot = {"id": "L1", "size": 480}
    drawing = aql.draw(AGREED, lot, seed=7)
    header = {
        "contract": AGREED.order.id,
        "lot": lot,
        "inspection": {"inspected": 8, "drawing": {"seed": 7}},
    }
    found = aql.score(AGREED, aql.Inspection.load(header, findings=[]))
    assert found.drawing == drawing
    assert places(found) == []
    others = [
        aql.draw(AGREED, lot, seed=8),
        aql.draw(AGREED, lot | {"id": "L2"}, seed=7),
        aql.draw(AGREED, lot | {"size": 481}, seed=7),
        replace(drawing, order="PO-2"),
    ]
    for other in others:
        assert places(replace(found, drawing=other)) == ["drawing"]


@pytest.mark.parametrize(("ordered", "wrong"), [(None, []), (1, []), (0, ["ordered"]), (-1, ["ordered"])])
def test_one_item_or_more_is_ordered(ordered: int | None, wrong: list[str]) -> None:
    assert places(replace(verdict(AGREED, (), 100, 8), ordered=ordered)) == wrong


@pytest.mark.parametrize(("ac", "shown"), [(1, "Ac 1, Re 4"), ("#", "Ac #, Re 4")])
def test_a_decision_that_does_not_follow_names_count_and_plan(ac: int | str, shown: str) -> None:
    found = verdict(
        contract(cls(plan=staged((5, 5), (ac, 3), (4, 4))), [term("dent")]),
        [{"item": 1, "term": "dent"}, {"item": 2, "term": "dent"}],
        100,
        5,
    )
    (problem,) = contradictions(with_line(found, decision="reject", draw=0))
    assert problem.message == f'"reject" does not follow from 2 findings in a sample of 5 ({shown})'
