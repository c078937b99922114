"""Rule 6: counts without items, of everything inspected: classified items of a class, tallies of terms."""

from typing import Any

import pytest

import aql
from tests.scoring.builders import (
    Values,
    cls,
    contract,
    counted,
    counts,
    decisions,
    line,
    measured,
    problems,
    readings,
    reasons,
    seen,
    single,
    staged,
    term,
    verdict,
)

TEN = cls(plan=single(10, 2))
DOUBLE = cls(plan=staged((50, 50), (2, 6), (5, 7)))


@pytest.mark.parametrize("counting", ["items", "nonconformities"])
@pytest.mark.parametrize(("count", "decision"), [(0, "accept"), (2, "accept"), (3, "reject")])
def test_a_count_is_what_the_plan_is_asked(counting: str, count: int, decision: str) -> None:
    """Rule 6: already classified."""
    agreed = contract(TEN, [term("dent")], counting=counting)
    for rows in (counted(count, term="dent"), counted(count, class_="major")):
        found = verdict(agreed, rows, inspected=10)
        assert (line(found).found, found.decision) == (count, decision)
        assert line(found).items == ()


@pytest.mark.parametrize(
    ("inspected", "count", "decision"),
    [
        (50, 3, "accept"),
        (50, 4, "reject"),
        (100, 3, "accept"),
        (100, 4, "hold"),
        (100, 53, "hold"),
        (100, 54, "reject"),
    ],
)
def test_a_count_is_of_everything_inspected(inspected: int, count: int, decision: str) -> None:
    """Five of a hundred put between 0 and 5 into the sample of 50; 54 leave at least 4 of them there."""
    agreed = contract(cls(aql=2.5))
    assert verdict(agreed, counted(count, class_="major"), 400, inspected).decision == decision


def test_an_open_count_says_what_is_known_and_what_to_record() -> None:
    found = verdict(contract(cls(aql=2.5)), counted(5, class_="major"), 400, 100)
    assert reasons(found) == (
        "5 nonconforming items in the 100 inspected; between 0 and 5 are in the sample of 50, Ac 3, Re 4",
        "the counts leave the decision open; record the item number of each finding",
    )
    assert [(one.code, one["found"], one["at_most"]) for one in found.reasons] == [
        ("count", 0, 5),
        ("undecided", None, None),
    ]
    assert line(found).undecided


def test_items_may_share_tallies() -> None:
    """Two broken stitches and two open seams are on two to four pieces; thirty of each on at least thirty."""
    agreed = contract(cls(plan=single(50, 3)), [term("stitch"), term("seam")])
    found = verdict(agreed, [*counted(2, term="stitch"), *counted(2, term="seam")], inspected=50)
    assert (line(found).found, line(found).at_most, found.decision) == (2, 4, "hold")
    assert reasons(found)[0] == "between 2 and 4 nonconforming items in the sample of 50, Ac 3, Re 4"
    found = verdict(agreed, [*counted(30, term="stitch"), *counted(30, term="seam")], inspected=50)
    assert (line(found).found, line(found).at_most, found.decision) == (30, 50, "reject")
    found = verdict(agreed, [*counted(1, term="stitch"), *counted(2, term="seam")], inspected=50)
    assert found.decision == "accept"


def test_tallies_of_nonconformities_add_up() -> None:
    agreed = contract(TEN, [term("dent"), term("scratch")], counting="nonconformities")
    rows = [*counted(1, term="dent"), *counted(2, term="scratch")]
    assert line(verdict(agreed, rows, inspected=10)).found == 3
    found = line(verdict(agreed, rows, inspected=11))
    assert (found.found, found.at_most, found.decision) == (0, 3, "hold")


def test_several_count_rows_of_a_line_add_up_and_keep_their_notes() -> None:
    agreed = contract(TEN, [term("dent")])
    rows = [
        {"class": "major", "count": 1, "note": "missing label"},
        {"class": "major", "count": 1, "note": "loose screw"},
    ]
    found = verdict(agreed, rows, inspected=10)
    assert (line(found).found, found.decision) == (2, "accept")
    assert [one.note for one in found.counts] == ["loose screw", "missing label"]
    rows = [
        {"term": "dent", "count": 2, "note": "carton 3"},
        {"term": "dent", "count": 1, "note": "carton 9"},
    ]
    found = verdict(agreed, rows, inspected=10)
    assert (line(found).found, found.decision) == (3, "reject")
    assert [(one.term, one.count) for one in found.breaches] == [("dent", 3)]


def test_a_tally_may_be_of_items_that_a_more_serious_class_has() -> None:
    classes = [cls("major", plan=single(10, 5)), cls("minor", plan=single(10, 2))]
    agreed = contract(classes, [term("dent"), term("scratch", "minor")])
    for rows in (counted(1, term="dent"), seen("dent", 4), counted(1, class_="major")):
        found = line(verdict(agreed, [*rows, *counted(3, term="scratch")], inspected=10), "minor")
        assert (found.found, found.at_most, found.decision) == (2, 3, "hold")


def test_an_item_may_be_one_that_a_more_serious_class_has_counted() -> None:
    classes = [cls("major", plan=single(10, 5)), cls("minor", plan=single(10, 2))]
    agreed = contract(classes, [term("dent"), term("scratch", "minor")])
    rows = [*counted(1, class_="major"), *seen("scratch", 1, 2, 3)]
    found = line(verdict(agreed, rows, inspected=10), "minor")
    assert (found.found, found.at_most, found.decision) == (2, 3, "hold")


def test_a_classified_item_outside_its_own_sample_may_count_in_a_less_serious_class() -> None:
    classes = [cls("major", plan=single(5, 1)), cls("minor", plan=single(10, 2))]
    agreed = contract(classes)
    rows = [*counted(1, class_="major"), *counted(2, class_="minor")]
    found = line(verdict(agreed, rows, inspected=10), "minor")
    assert (found.found, found.at_most, found.decision) == (2, 3, "hold")


@pytest.mark.parametrize("zero", [{"term": "width", "count": 0}, {"class": "major", "count": 0}])
def test_a_count_of_0_conflicts_with_nothing(zero: Values) -> None:
    """Two hundred measured, none wrong, beside named items with other defects."""
    agreed = contract(TEN, [term("dent"), measured("width", max="1")])
    rows = [*seen("dent", 3), zero, *counted(0, term="width")]
    assert verdict(agreed, rows, inspected=10).decision == "accept"


def test_a_count_of_one_class_takes_nothing_from_another() -> None:
    """Rule 6: already classified; nothing is left to be counted elsewhere."""
    agreed = contract([cls("major", plan=single(10, 2)), cls("minor", plan=single(10, 2))])
    rows = [*counted(2, class_="major"), *counted(2, class_="minor")]
    assert counts(verdict(agreed, rows, inspected=10)) == {"major": 2, "minor": 2}


def test_a_measured_term_given_by_count_needs_no_readings() -> None:
    """Rule 6: also where the count is 0."""
    agreed = contract(TEN, [measured("width", max="1"), measured("height", max="1")])
    rows = [*counted(1, term="width"), *counted(0, term="height")]
    assert verdict(agreed, rows, inspected=10).decision == "accept"
    found = verdict(agreed, counted(1, term="width"), inspected=10)
    assert found.decision == "hold"
    assert [(one.term, one.items) for one in line(found).missing] == [("height", tuple(range(1, 11)))]


def test_a_count_of_the_class_itself_gives_no_reading_of_its_terms() -> None:
    """Rules 6 and 7: only the term that is given by count needs no readings."""
    agreed = contract(TEN, [measured("width", max="1")])
    assert verdict(agreed, counted(0, class_="major"), inspected=10).decision == "hold"


@pytest.mark.parametrize(
    "with_item",
    [
        {"item": 3, "term": "dent"},
        {"item": 3, "class": "major"},
        {"item": 3, "term": "width", "value": "1"},
    ],
)
def test_rows_with_and_without_items_in_one_line_are_an_error(with_item: Values) -> None:
    """Rule 6."""
    agreed = contract(TEN, [term("dent"), measured("width", max="1")])
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, [*counted(1, class_="major"), with_item], inspected=10)
    assert problems(raised.value) == [
        (
            "findings, row 1, column item: major also has rows with items. "
            "Give the items here too, or only counts for major"
        )
    ]


def test_one_line_may_count_and_another_name_its_items() -> None:
    """Rule 6: in one line, not in one log."""
    classes = [cls("major", plan=single(10, 2)), cls("minor", plan=single(10, 2))]
    terms = [term("dent"), term("drop", sample=5, ac=1)]
    rows: list[dict[str, Any]] = [*seen("dent", 1), *counted(2, class_="minor"), *counted(1, term="drop")]
    found = verdict(contract(classes, terms), rows, inspected={"major": 10, "minor": 10, "drop": 5})
    assert counts(found) == {"major": 1, "minor": 2, "drop": 1}


def test_a_count_above_the_number_inspected_is_an_error() -> None:
    """Rule 6: ten items cannot hold eleven nonconforming ones."""
    agreed = contract(TEN, [term("dent"), term("scratch")])
    assert verdict(agreed, counted(20, term="dent"), inspected=20).decision == "reject"
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, counted(6, class_="major"), inspected=5)
    assert problems(raised.value) == [
        "findings, row 1, column count: must be at most 5 nonconforming items, the number inspected for major, got 6"
    ]


def test_nonconformities_may_be_more_than_the_items_of_the_sample() -> None:
    agreed = contract(cls(plan=single(10, 14)), [term("dent")], counting="nonconformities")
    assert verdict(agreed, counted(14, term="dent"), inspected=10).decision == "accept"
    assert verdict(agreed, counted(15, term="dent"), inspected=10).decision == "reject"


def test_a_count_of_aql_0_may_reach_to_all_that_was_inspected() -> None:
    """Rules 4 and 6: any finding counts, so the sample is what was inspected."""
    agreed = contract(cls(aql=0), [term("burst")])
    found = verdict(agreed, counted(20, term="burst"), size=30, inspected=20)
    assert (line(found).found, found.decision) == (20, "reject")
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, counted(21, term="burst"), size=30, inspected=20)
    assert problems(raised.value) == [
        "findings, row 1, column count: must be at most 20 nonconforming items, the number inspected for major, got 21"
    ]


def test_with_items_and_counting_items_a_count_does_not_multiply() -> None:
    """Rule 6: three scratches on one item are one nonconforming item."""
    agreed = contract(TEN, [term("dent")])
    found = verdict(agreed, seen("dent", 4, count=9), inspected=10)
    assert (line(found).found, found.decision) == (1, "accept")
    assert found.breaches[0].count == 1


def test_with_items_and_counting_nonconformities_a_count_multiplies() -> None:
    agreed = contract(TEN, [term("dent")], counting="nonconformities")
    found = verdict(agreed, [*seen("dent", 4, count=2), *seen("dent", 5)], inspected=10)
    assert (line(found).found, found.decision) == (3, "reject")
    assert found.breaches[0].count == 3


@pytest.mark.parametrize(
    ("inspected", "count", "decision", "stage", "draw"),
    [
        (49, 4, "hold", 1, 1),
        (49, 5, "reject", 1, 0),
        (50, 2, "accept", 1, 0),
        (50, 3, "continue", 1, 50),
        (50, 4, "continue", 1, 50),
        (50, 5, "reject", 1, 0),
        (51, 2, "accept", 1, 0),
        (51, 3, "hold", 2, 0),
        (99, 7, "hold", 2, 0),
        (100, 2, "accept", 1, 0),
        (100, 4, "accept", 2, 0),
        (100, 5, "hold", 2, 0),
        (100, 7, "hold", 2, 0),
        (100, 55, "reject", 1, 0),
        (150, 4, "accept", 2, 0),
    ],
)
def test_a_count_is_decided_where_every_split_over_the_stages_decides_alike(
    inspected: int, count: int, decision: str, stage: int, draw: int
) -> None:
    """Of 5 in both samples, 5 in the first reject and 3 in the first are accepted in the second."""
    found = line(verdict(contract(DOUBLE), counted(count, class_="major"), inspected=inspected))
    assert (found.decision, found.stage, found.draw) == (decision, stage, draw)


@pytest.mark.parametrize(
    ("first", "second", "decision"),
    [(5, 0, "reject"), (3, 2, "accept"), (3, 4, "reject"), (2, 50, "accept")],
)
def test_a_stage_makes_a_count_exact(first: int, second: int, decision: str) -> None:
    rows = [
        {"class": "major", "count": number, "stage": stage} for stage, number in ((1, first), (2, second))
    ]
    assert verdict(contract(DOUBLE), rows, inspected=100).decision == decision


def test_tallies_of_a_stage_share_items_of_that_stage() -> None:
    agreed = contract(DOUBLE, [term("dent"), term("scratch")])
    rows = [
        {"term": name, "count": number, "stage": stage}
        for name, number, stage in (("dent", 3, 1), ("scratch", 1, 1), ("scratch", 2, 2))
    ]
    found = verdict(agreed, rows, inspected=100)
    assert (line(found).by_stage, found.decision) == (((3, 4), (5, 6)), "accept")
    found = verdict(
        contract(DOUBLE, [term("dent"), term("scratch")], counting="nonconformities"), rows, inspected=100
    )
    assert (line(found).by_stage, found.decision) == (((4, 4), (6, 6)), "accept")


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (
            [{"class": "major", "count": 1, "stage": 3}],
            "row 1, column stage: must be at most 2, the stages of major, got 3",
        ),
        (
            [{"item": 7, "class": "major", "stage": 2}],
            "row 1, column stage: must be 1 for item 7 of major, got 2",
        ),
        (
            [{"class": "major", "count": 1, "stage": 1}, {"class": "major", "count": 1}],
            "row 2, column stage: must be the stage, as in the other counts of major",
        ),
        (
            [{"class": "major", "count": 21, "stage": 2}],
            "row 1, column count: must be at most 20 nonconforming items, those inspected in stage 2, got 21",
        ),
    ],
)
def test_a_wrong_stage_is_an_error(rows: list[Values], fault: str) -> None:
    with pytest.raises(aql.LogError) as raised:
        verdict(contract(DOUBLE), rows, inspected=70)
    assert problems(raised.value) == [f"findings, {fault}"]


def test_aql_0_counts_in_any_stage() -> None:
    agreed = contract([cls("critical", aql=0), cls("major", plan=staged((50, 50), (2, 6), (5, 7)))])
    rows = [{"class": "critical", "count": 1, "stage": 2}, {"item": 70, "class": "major", "stage": 2}]
    assert decisions(verdict(agreed, rows, inspected=100)) == {"critical": "reject", "major": "accept"}


@pytest.mark.parametrize(("count", "decision"), [(0, "hold"), (7, "hold"), (954, "hold"), (955, "reject")])
def test_a_count_whose_number_inspected_is_not_stated_may_be_of_the_whole_lot(
    count: int, decision: str
) -> None:
    """Rules 6 and 9: 955 of 1000 leave at least five in the first sample of 50."""
    found = verdict(contract(DOUBLE), counted(count, class_="major"))
    assert found.decision == decision
    assert ("the number inspected is not stated; 50 are needed" in reasons(found)) is (decision == "hold")


def test_fewer_inspected_than_the_sample_are_said_to_be() -> None:
    """The count is exact: Re may reject, else the line is held."""
    found = verdict(contract(cls(plan=single(80, 5))), counted(4, class_="major"), inspected=50)
    assert reasons(found) == (
        "4 nonconforming items in the 50 inspected of the sample of 80, Ac 5, Re 6",
        "only 50 of 80 were inspected; 30 more are needed",
    )
    assert decisions(verdict(contract(TEN), counted(3, class_="major"), inspected=5)) == {"major": "reject"}


def test_placeholders_are_no_rows_with_items() -> None:
    """Rules 6 and 7: a row whose reading is still blank says nothing."""
    agreed = contract(TEN, [measured("width", max="1")])
    rows = [*readings("width", ["", ""]), *counted(1, term="width")]
    assert verdict(agreed, rows, inspected=10).decision == "accept"


@pytest.mark.parametrize(("inspected", "most"), [(50, 0), (40, 0), (53, 3), (100, 50), (120, 50)])
def test_a_stage_counts_at_most_the_items_inspected_in_it(inspected: int, most: int) -> None:
    """The second stage is of items 51 to 100; with 40 or 50 inspected, nothing was inspected in it."""
    rows = [{"class": "major", "count": 0, "stage": 1}, {"class": "major", "count": most, "stage": 2}]
    verdict(contract(DOUBLE), rows, inspected=inspected)
    with pytest.raises(aql.LogError) as raised:
        verdict(contract(DOUBLE), [rows[0], rows[1] | {"count": most + 1}], inspected=inspected)
    (problem,) = raised.value.problems
    assert problem.code == "count-above-inspected"
    assert (
        f"must be at most {most} nonconforming items, those inspected in stage 2, got {most + 1}"
        in problem.message
    )


@pytest.mark.parametrize(
    ("item", "stage", "own"),
    [(1, 2, 1), (50, 1, None), (50, 2, 1), (51, 1, 2), (51, 2, None), (100, 1, 2), (100, 2, None)],
)
def test_a_row_with_an_item_names_the_stage_of_its_item(item: int, stage: int, own: int | None) -> None:
    rows = [{"item": item, "class": "major", "stage": stage}]
    if own is None:
        assert decisions(verdict(contract(DOUBLE), rows, inspected=100)) == {"major": "accept"}
    else:
        with pytest.raises(aql.LogError) as raised:
            verdict(contract(DOUBLE), rows, inspected=100)
        (problem,) = raised.value.problems
        assert (problem.column, problem.message) == (
            "stage",
            f"must be {own} for item {item} of major, got {stage}",
        )
