"""Rule 9: any line rejected, reject; else any hold, hold; else any continue, continue; else accept."""

from itertools import product

import pytest

from tests.scoring.builders import (
    Values,
    cls,
    contract,
    counted,
    decisions,
    line,
    lot_term,
    measured,
    readings,
    reasons,
    seen,
    single,
    staged,
    term,
    verdict,
)

PLAN = staged((10, 10), (0, 2), (3, 3))
DECISIONS = ("accept", "reject", "hold", "continue")
ITEMS = {"accept": 0, "reject": 3, "hold": 0, "continue": 1}
INSPECTED = {"accept": 10, "reject": 10, "hold": 9, "continue": 10}
ANSWERS = {"accept": "yes", "reject": "no", "hold": ""}


def expected(parts: tuple[str, ...]) -> str:
    """The rule, word for word."""
    if "reject" in parts:
        return "reject"
    if "hold" in parts:
        return "hold"
    return "continue" if "continue" in parts else "accept"


@pytest.mark.parametrize("parts", list(product(DECISIONS, repeat=3)), ids="-".join)
def test_the_lines_decide_the_lot(parts: tuple[str, str, str]) -> None:
    """Rule 9: every combination of two classes and a term with its own line."""
    names = ("a", "b", "own")
    agreed = contract(
        [cls("a", plan=PLAN), cls("b", plan=PLAN)],
        [term("ta", "a"), term("tb", "b"), term("own", "b", plan=PLAN)],
    )
    rows: list[Values] = []
    for name, part, first in zip(("ta", "tb", "own"), parts, (1, 4, 7), strict=True):
        rows += seen(name, *range(first, first + ITEMS[part]))
    inspected = {name: INSPECTED[part] for name, part in zip(names, parts, strict=True)}
    found = verdict(agreed, rows, inspected=inspected)
    assert decisions(found) == dict(zip(names, parts, strict=True))
    assert found.decision == expected(parts)


@pytest.mark.parametrize("part", DECISIONS)
@pytest.mark.parametrize("marks", list(product(ANSWERS, repeat=2)), ids="-".join)
def test_the_terms_of_the_lot_decide_with_the_lines(part: str, marks: tuple[str, str]) -> None:
    """Rules 8 and 9."""
    agreed = contract(cls("a", plan=PLAN), [term("ta", "a"), lot_term("m", "mark"), lot_term("n", "mark")])
    rows = seen("ta", *range(1, 1 + ITEMS[part]))
    rows += [{"term": name, "value": ANSWERS[mark]} for name, mark in zip("mn", marks, strict=True)]
    found = verdict(agreed, rows, inspected=INSPECTED[part])
    assert found.decision == expected((part, *marks))


def test_continue_says_the_number_to_draw_for_each_line() -> None:
    """Rule 9: continue, with the number to draw for each line."""
    classes = [
        cls("a", plan=staged((5, 7), (0, 2), (3, 3))),
        cls("b", plan=staged((5, 11), (0, 2), (3, 3))),
        cls("c", plan=staged((5, 13), (0, 2), (3, 3))),
    ]
    agreed = contract(classes, [term("ta", "a"), term("tb", "b")])
    found = verdict(agreed, [*seen("ta", 1), *seen("tb", 2)], inspected=5)
    assert found.decision == "continue"
    assert {one.name: one.draw for one in found.lines} == {"a": 7, "b": 11, "c": 0}
    assert "a further sample of 7 is due, items 6 to 12" in reasons(found, "a")
    assert "a further sample of 11 is due" in found.explain()
    frame = found.to_frame()
    assert dict(zip(frame["line"], frame["draw"], strict=True)) == {"a": 7, "b": 11, "c": 0}


MULTIPLE = staged((5, 6, 7), ("#", 1, 2), (2, 3, 3))


@pytest.mark.parametrize(
    ("items", "inspected", "decision", "stage", "draw"),
    [
        ((), 4, "hold", 1, 1),
        ((), 5, "continue", 1, 6),
        ((3,), 5, "continue", 1, 6),
        ((3, 4), 4, "reject", 1, 0),
        ((3, 4), 5, "reject", 1, 0),
        ((), 6, "hold", 2, 5),
        ((), 11, "accept", 2, 0),
        ((3,), 11, "accept", 2, 0),
        ((3, 7), 8, "hold", 2, 3),
        ((3, 7), 11, "continue", 2, 7),
        ((3, 7, 8), 8, "reject", 2, 0),
        ((3, 7), 12, "hold", 3, 6),
        ((3, 7), 18, "accept", 3, 0),
        ((3, 7, 12), 12, "reject", 3, 0),
        ((3, 7, 18), 18, "reject", 3, 0),
        ((3, 7, 19), 20, "accept", 3, 0),
        ((3, 12, 13), 18, "accept", 2, 0),
    ],
)
def test_a_multiple_plan_is_carried_out_stage_by_stage(
    items: tuple[int, ...], inspected: int, decision: str, stage: int, draw: int
) -> None:
    """Rules 4 and 9: continue to the second and third sample, or reject early within a stage."""
    found = line(
        verdict(contract(cls(plan=MULTIPLE), [term("dent")]), seen("dent", *items), inspected=inspected)
    )
    assert (found.decision, found.stage, found.draw) == (decision, stage, draw)


def test_a_further_sample_of_a_plan_of_the_standard_is_due() -> None:
    """Rule 9, with 50 + 50, 2/5 and 6/7 of ISO 2859-1:1999, Table 3-A, letter J, AQL 2.5."""
    agreed = contract(cls(aql=2.5), [term("dent")], sampling="double")
    by_count = {
        count: verdict(agreed, seen("dent", *range(1, count + 1)), inspected=50).decision
        for count in range(7)
    }
    assert by_count == {
        0: "accept",
        1: "accept",
        2: "accept",
        3: "continue",
        4: "continue",
        5: "reject",
        6: "reject",
    }
    first, second = seen("dent", 1, 2, 3), seen("dent", 51, 52, 53)
    assert verdict(agreed, [*first, *second], inspected=100).decision == "accept"
    assert verdict(agreed, [*first, *second, *seen("dent", 54)], inspected=100).decision == "reject"
    assert verdict(agreed, [*first, *second, *seen("dent", 54)], inspected=54).decision == "reject"


def test_a_count_that_reaches_re_rejects_although_something_is_missing() -> None:
    """Rule 9: readings are missing, items were not inspected, their number is not stated."""
    agreed = contract(cls(plan=single(10, 1)), [measured("width", max="1"), term("dent")])
    for inspected in (10, 2, None):
        found = verdict(agreed, seen("dent", 1, 2), inspected=inspected)
        assert found.decision == "reject"
    assert verdict(agreed, seen("dent", 1), inspected=10).decision == "hold"
    assert verdict(agreed, counted(2, class_="major"), inspected=2).decision == "reject"
    assert verdict(agreed, readings("width", [2, 2])).decision == "reject"


def test_what_is_missing_in_one_line_does_not_save_the_lot_from_another() -> None:
    agreed = contract([cls("a", plan=PLAN), cls("b", plan=PLAN)], [term("ta", "a")])
    found = verdict(agreed, seen("ta", 1, 2, 3), inspected={"a": 3})
    assert decisions(found) == {"a": "reject", "b": "hold"}
    assert found.decision == "reject"


def test_a_line_that_the_table_of_inspected_items_does_not_name_holds() -> None:
    """Rule 9: something that the contract requires is missing."""
    agreed = contract(
        [cls("a", plan=single(5, 0)), cls("b", plan=single(3, 0))], [term("own", "b", sample=2)]
    )
    found = verdict(agreed, inspected={"a": 5, "own": 2})
    assert decisions(found) == {"a": "accept", "b": "hold", "own": "accept"}
    assert line(found, "b").inspected is None
    assert "the number inspected is not stated; 3 are needed" in reasons(found, "b")
    assert verdict(agreed, inspected={"a": 5, "b": 3, "own": 2}).decision == "accept"


def test_the_number_inspected_for_a_line_is_its_own() -> None:
    """A table: one line may be complete and another not."""
    agreed = contract([cls("a", plan=single(5, 0)), cls("b", plan=single(3, 0))])
    found = verdict(agreed, inspected={"a": 4, "b": 3})
    assert decisions(found) == {"a": "hold", "b": "accept"}
    assert [one.inspected for one in found.lines] == [4, 3]
    assert "only 4 of 5 were inspected; 1 more are needed" not in reasons(found, "b")


@pytest.mark.parametrize(("inspected", "missing"), [(0, 10), (9, 1)])
def test_a_sample_that_is_not_complete_holds_and_says_how_many_more(inspected: int, missing: int) -> None:
    found = verdict(contract(cls(plan=single(10, 0))), inspected=inspected)
    assert found.decision == "hold"
    assert line(found).draw == missing
    assert any(reason.startswith(f"only {inspected} of 10 were inspected") for reason in reasons(found))


def test_one_missing_item_is_said_in_the_singular() -> None:
    found = verdict(contract(cls(plan=single(10, 0))), inspected=9)
    assert "only 9 of 10 were inspected; 1 more is needed" in reasons(found)


@pytest.mark.parametrize(
    ("counting", "items", "inspected", "said"),
    [
        ("items", (), 5, "0 nonconforming items in the sample of 5, Ac not permitted yet, Re 2"),
        ("items", (3,), 5, "1 nonconforming item in the sample of 5, Ac not permitted yet, Re 2"),
        ("items", (3, 4), 5, "2 nonconforming items in the sample of 5, Ac not permitted yet, Re 2"),
        ("items", (3,), 11, "1 nonconforming item in samples 1 to 2 (11 items), Ac 1, Re 3"),
        ("nonconformities", (), 5, "0 nonconformities in the sample of 5, Ac not permitted yet, Re 2"),
        ("nonconformities", (3,), 5, "1 nonconformity in the sample of 5, Ac not permitted yet, Re 2"),
        ("nonconformities", (3, 3), 5, "2 nonconformities in the sample of 5, Ac not permitted yet, Re 2"),
    ],
)
def test_a_line_says_its_count_its_sample_and_its_numbers(
    counting: str, items: tuple[int, ...], inspected: int, said: str
) -> None:
    agreed = contract(cls(plan=MULTIPLE), [term("dent")], counting=counting)
    found = verdict(agreed, seen("dent", *items), inspected=inspected)
    assert reasons(found)[0] == said
    assert said in found.explain()


def test_aql_0_says_that_all_that_was_inspected_counts() -> None:
    """Lot 30 is letter D, n 8; the defect on item 20 counts."""
    found = verdict(contract(cls(aql=0), [term("burst")]), seen("burst", 20), size=30, inspected=20)
    assert reasons(found) == (
        "1 nonconforming item in the 20 inspected, all of which count; the sample is 8, Ac 0, Re 1",
    )


def test_missing_readings_are_said_in_ranges() -> None:
    agreed = contract(cls(plan=single(60, 0)), [measured("width", max="1")])
    read = {7, 8, 20, *range(30, 60, 2)}
    rows = [{"item": item, "term": "width", "value": "1"} for item in read]
    found = verdict(agreed, rows, inspected=60)
    assert reasons(found)[1] == (
        "no reading of width on 42 items: 1 to 6, 9 to 19, 21 to 29, 31, 33, 35, 37, 39, 41, 43, 45, 47 and 7 more"
    )
