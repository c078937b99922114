"""Rule 6: counts without items are already classified: distinct items, or nonconformities, as the contract counts."""

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
    seen,
    single,
    staged,
    term,
    verdict,
    words,
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


def test_the_counts_of_the_terms_of_a_line_add_up() -> None:
    """Rule 6: distinct items, so that they may be added."""
    agreed = contract(TEN, [term("dent"), term("scratch")])
    rows = [*counted(1, term="dent"), *counted(1, term="scratch"), *counted(1, class_="major")]
    found = verdict(agreed, rows, inspected=10)
    assert (line(found).found, found.decision) == (3, "reject")
    assert [(one.term, one.count, words(found, one).found, one.items) for one in found.breaches] == [
        ("dent", 1, "1 nonconforming item", ()),
        ("scratch", 1, "1 nonconforming item", ()),
    ]


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
            "findings, row 2: major has rows with items and rows with counts. "
            "Give an item in every row of major or in none"
        )
    ]


def test_one_line_may_count_and_another_name_its_items() -> None:
    """Rule 6: in one line, not in one log."""
    classes = [cls("major", plan=single(10, 2)), cls("minor", plan=single(10, 2))]
    terms = [term("dent"), term("drop", sample=5, ac=1)]
    rows: list[dict[str, Any]] = [*seen("dent", 1), *counted(2, class_="minor"), *counted(1, term="drop")]
    found = verdict(contract(classes, terms), rows, inspected=10)
    assert counts(found) == {"major": 1, "minor": 2, "drop": 1}


def test_a_count_above_the_sample_is_an_error() -> None:
    """Rule 6: ten items cannot hold eleven nonconforming ones, nor five inspected items six."""
    agreed = contract(TEN, [term("dent"), term("scratch")])
    assert verdict(agreed, counted(10, term="dent"), inspected=20).decision == "reject"
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, [*counted(6, term="dent"), *counted(5, term="scratch")], inspected=20)
    assert problems(raised.value) == [
        "major: must have at most 10 nonconforming items, the sample size, got 11"
    ]
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, counted(6, term="dent"), inspected=5)
    assert problems(raised.value) == [
        "major: must have at most 5 nonconforming items, the sample size, got 6"
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
        "major: must have at most 20 nonconforming items, the sample size, got 21"
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
        (51, 3, "hold", 2, 49),
        (99, 6, "hold", 2, 1),
        (99, 7, "reject", 2, 0),
        (100, 6, "accept", 2, 0),
        (100, 7, "reject", 2, 0),
        (150, 6, "accept", 2, 0),
    ],
)
def test_a_count_belongs_to_the_stage_that_the_inspected_items_fill_exactly(
    inspected: int, count: int, decision: str, stage: int, draw: int
) -> None:
    """Rule 6 with stages: between two stages it holds, or rejects where Re is reached."""
    found = line(verdict(contract(DOUBLE), counted(count, class_="major"), inspected=inspected))
    assert (found.decision, found.stage, found.draw) == (decision, stage, draw)


@pytest.mark.parametrize(("count", "decision"), [(0, "hold"), (4, "hold"), (6, "hold"), (7, "reject")])
def test_a_count_whose_number_inspected_is_not_stated_rejects_only_where_every_stage_would(
    count: int, decision: str
) -> None:
    """Rules 6 and 9: six may be Re of the first sample, or Ac of both together; seven reject in any."""
    found = verdict(contract(DOUBLE), counted(count, class_="major"))
    assert found.decision == decision


def test_a_count_for_a_single_plan_needs_no_exact_number_inspected() -> None:
    """Rule 6: the count is of the sample, however many more were inspected."""
    assert decisions(verdict(contract(TEN), counted(2, class_="major"), inspected=500)) == {"major": "accept"}


def test_placeholders_are_no_rows_with_items() -> None:
    """Rules 6 and 7: a row whose reading is still blank says nothing."""
    agreed = contract(TEN, [measured("width", max="1")])
    rows = [*readings("width", ["", ""]), *counted(1, term="width")]
    assert verdict(agreed, rows, inspected=10).decision == "accept"
