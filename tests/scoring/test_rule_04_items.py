"""Rule 4: items are numbered in the order drawn; only items in the line's sample count."""

import pytest

import aql
from tests.scoring.builders import (
    cls,
    contract,
    counts,
    decisions,
    line,
    measured,
    notes,
    problems,
    readings,
    seen,
    single,
    staged,
    term,
    unlisted,
    verdict,
)

THREE = [
    cls("critical", plan=single(5, 0)),
    cls("major", plan=single(10, 1)),
    cls("minor", plan=single(20, 2)),
]
TERMS = [term("burst", "critical"), term("dent"), term("scratch", "minor")]
DOUBLE = staged((10, 10), (0, 2), (2, 3))


def test_item_k_is_in_a_sample_when_k_is_at_most_its_n() -> None:
    """Rule 4: the tenth item is in a sample of ten, the eleventh is not."""
    agreed = contract(cls(plan=single(10, 0)), [term("dent")])
    for item, items in ((10, (10,)), (11, ())):
        found = line(verdict(agreed, seen("dent", item), inspected=20))
        assert (found.found, found.items) == (len(items), items)


def test_the_second_stage_holds_the_items_after_the_first() -> None:
    """Rule 4: for stages, first 1..n1, then n1+1..n1+n2."""
    agreed = contract(cls(plan=DOUBLE), [term("dent")])
    found = verdict(agreed, seen("dent", 10, 11), inspected=20)
    assert (line(found).stage, line(found).found, found.decision) == (2, 2, "accept")
    found = verdict(agreed, seen("dent", 9, 10), inspected=20)
    assert (line(found).stage, line(found).found, found.decision) == (1, 2, "reject")


def test_each_stage_counts_the_items_up_to_its_cumulative_size() -> None:
    """Rule 4: what lies in the second sample says nothing about the first, which accepted already."""
    agreed = contract(cls(plan=DOUBLE), [term("dent")])
    found = verdict(agreed, seen("dent", 11, 12, 13, 14), inspected=20)
    assert (line(found).stage, line(found).found, found.decision) == (1, 0, "accept")
    assert line(found).items == ()


def test_an_item_counts_once_in_the_most_serious_class_whose_sample_holds_it() -> None:
    """Rule 4: counting items."""
    agreed = contract(THREE, TERMS)
    rows = [*seen("burst", 3, 8, 15), *seen("dent", 3, 8, 15), *seen("scratch", 3, 8, 15)]
    found = verdict(agreed, rows, inspected=20)
    assert counts(found) == {"critical": 1, "major": 1, "minor": 1}
    assert [one.items for one in found.lines] == [(3,), (8,), (15,)]


def test_the_order_of_the_classes_in_the_contract_decides_which_is_most_serious() -> None:
    """Rule 4 with the documents: most serious first; this order decides."""
    agreed = contract([THREE[2], THREE[1]], TERMS[1:])
    found = verdict(agreed, [*seen("dent", 1), *seen("scratch", 1)], inspected=20)
    assert counts(found) == {"minor": 1, "major": 0}


def test_many_defects_on_one_item_are_one_nonconforming_item() -> None:
    agreed = contract(cls(plan=single(10, 1)), [term("dent"), term("scratch"), measured("width", max="1")])
    rows = [
        *seen("dent", 4, 4),
        *seen("scratch", 4, count=7),
        *unlisted("major", 4),
        *readings("width", [1] * 3 + [2] + [1] * 6),
    ]
    found = verdict(agreed, rows, inspected=10)
    assert counts(found) == {"major": 1}
    assert line(found).items == (4,)
    assert found.decision == "accept"


def test_a_sample_of_several_stages_holds_the_items_of_all_of_them() -> None:
    """Rule 4: where an item counts does not depend on how many stages were needed."""
    agreed = contract([cls("major", plan=DOUBLE), cls("minor", plan=single(20, 0))], TERMS[1:])
    found = verdict(agreed, [*seen("dent", 15), *seen("scratch", 15)], inspected=20)
    assert line(found, "major").stage == 1
    assert counts(found) == {"major": 0, "minor": 0}
    assert found.decision == "accept"


@pytest.mark.parametrize("counting", ["items", "nonconformities"])
def test_a_finding_in_a_further_sample_that_was_not_needed_is_listed(counting: str) -> None:
    """Rule 4: as one outside the sample is; with AQL 0 any finding counts, so none is listed."""
    agreed = contract(
        [cls("major", plan=DOUBLE), cls("minor", plan=single(20, 0))], TERMS[1:], counting=counting
    )
    found = verdict(agreed, seen("dent", 15), inspected=20)
    assert (line(found, "major").stage, line(found, "major").found) == (1, 0)
    assert [(one.item, one.line, one.term) for one in found.outside] == [(15, "major", "dent")]
    assert notes(found)[:1] == (
        "1 finding is outside the sample of its class or term and does not count: item 15.",
    )
    needed = verdict(agreed, seen("dent", 3, 15), inspected=20)
    assert (line(needed, "major").stage, line(needed, "major").found) == (2, 2)
    assert needed.outside == ()


def test_findings_outside_every_sample_are_listed_and_not_counted() -> None:
    """Rule 4: listed in `outside`, with what was found, and said in the notes."""
    agreed = contract(THREE, TERMS)
    rows = [*seen("dent", 11, note="3 mm deep"), *seen("scratch", 21, 30), *unlisted("major", 25)]
    found = verdict(agreed, rows, inspected=30)
    assert counts(found) == {"critical": 0, "major": 0, "minor": 0}
    assert [(one.item, one.line, one.term, one.note) for one in found.outside] == [
        (11, "major", "dent", "3 mm deep"),
        (21, "minor", "scratch", ""),
        (25, "major", "", ""),
        (30, "minor", "scratch", ""),
    ]
    assert found.decision == "accept"
    assert notes(found)[:1] == (
        "4 findings are outside the samples of their classes or terms and do not count: items 11, 21, 25 and 30.",
    )
    assert found.unlisted == 0
    assert not any("no term lists" in note for note in notes(found))


def test_one_finding_outside_is_said_in_the_singular() -> None:
    agreed = contract(THREE, TERMS)
    found = verdict(agreed, seen("dent", 11), inspected=20)
    assert notes(found)[:1] == (
        "1 finding is outside the sample of its class or term and does not count: item 11.",
    )


def test_an_item_counts_in_a_lesser_class_where_the_sample_of_the_worse_does_not_hold_it() -> None:
    """Rule 4: the class whose sample contains it."""
    agreed = contract(THREE, TERMS)
    found = verdict(agreed, [*seen("burst", 8), *seen("dent", 8)], inspected=20)
    assert counts(found) == {"critical": 0, "major": 1, "minor": 0}
    assert [(one.item, one.line) for one in found.outside] == [(8, "critical")]


@pytest.mark.parametrize("counting", ["items", "nonconformities"])
def test_any_finding_counts_for_aql_0(counting: str) -> None:
    """Rule 4: findings outside are not counted, except for AQL 0, where any finding counts."""
    classes = [cls("critical", aql=0), cls("major", plan=single(10, 0))]
    agreed = contract(classes, TERMS[:2], counting=counting)
    found = verdict(agreed, seen("burst", 30), size=30, inspected=30)
    assert line(found, "critical").plan == aql.SinglePlan(8, 0)
    assert decisions(found) == {"critical": "reject", "major": "accept"}
    assert line(found, "critical").items == (30,)
    assert found.outside == ()


def test_an_item_found_for_aql_0_outside_its_sample_counts_there_and_nowhere_else() -> None:
    """Rule 4: the sample of AQL 0 holds every item."""
    classes = [cls("critical", aql=0), cls("major", plan=single(30, 0))]
    agreed = contract(classes, TERMS[:2])
    found = verdict(agreed, [*seen("burst", 25), *seen("dent", 25)], size=30, inspected=30)
    assert counts(found) == {"critical": 1, "major": 0}


def test_a_worse_defect_on_a_counted_item_can_lower_the_count_of_its_lesser_class() -> None:
    """Rule 4: documented, not a fault."""
    agreed = contract(THREE[1:], TERMS[1:])
    rows = seen("scratch", 1, 2, 3)
    assert decisions(verdict(agreed, rows, inspected=20)) == {"major": "accept", "minor": "reject"}
    rows += seen("dent", 2)
    found = verdict(agreed, rows, inspected=20)
    assert counts(found) == {"major": 1, "minor": 2}
    assert found.decision == "accept"


def test_nonconformities_count_each_in_its_own_class() -> None:
    """Rule 4: counting nonconformities."""
    agreed = contract(THREE, TERMS, counting="nonconformities")
    rows = [
        *seen("burst", 3),
        *seen("dent", 3, 3),
        *seen("scratch", 3, count=4),
        *seen("scratch", 9),
        *seen("dent", 11),
    ]
    found = verdict(agreed, rows, inspected=20)
    assert counts(found) == {"critical": 1, "major": 2, "minor": 5}
    assert line(found, "minor").items == (3, 9)
    assert [(one.item, one.line) for one in found.outside] == [(11, "major")]


def test_a_reading_that_does_not_conform_is_one_nonconformity() -> None:
    agreed = contract(
        cls(plan=single(3, 1)),
        [measured("width", max="1"), measured("height", max="1")],
        counting="nonconformities",
    )
    rows = [*readings("width", [2, 1, 1]), *readings("height", [2, 2, 1])]
    found = verdict(agreed, rows, inspected=3)
    assert counts(found) == {"major": 3}
    assert line(found).items == (1, 2)


def test_the_two_ways_of_counting_differ_and_the_contract_says_which() -> None:
    rows = seen("dent", 4, 4)
    by_items = contract(cls(plan=single(10, 1)), [term("dent")])
    by_each = contract(cls(plan=single(10, 1)), [term("dent")], counting="nonconformities")
    assert verdict(by_items, rows, inspected=10).decision == "accept"
    assert verdict(by_each, rows, inspected=10).decision == "reject"
    assert verdict(by_items).counting == "items"
    assert verdict(by_each).counting == "nonconformities"


def test_an_item_counts_in_every_own_line_it_belongs_to() -> None:
    """Rules 2 and 4: each line counts by itself; only classes share an item."""
    terms = [term("drop", sample=5), term("fall", sample=5), term("dent")]
    agreed = contract(cls(plan=single(10, 0)), terms)
    found = verdict(agreed, [*seen("drop", 2), *seen("fall", 2), *seen("dent", 2)], inspected=10)
    assert counts(found) == {"major": 1, "drop": 1, "fall": 1}


def test_an_item_beyond_the_number_inspected_is_an_error() -> None:
    """Rule 4: item numbers above the number inspected are an error."""
    agreed = contract(THREE, TERMS)
    assert verdict(agreed, seen("scratch", 20), inspected=20).decision == "accept"
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, [*seen("scratch", 20), *seen("scratch", 21)], inspected=20)
    assert problems(raised.value) == [
        ("findings, row 2, column item: must be at most 20, the number inspected for minor, got 21")
    ]


def test_an_item_beyond_the_number_inspected_of_its_own_line_is_an_error() -> None:
    """Rule 4, with a table of numbers per line."""
    agreed = contract(THREE, TERMS)
    inspected = {"critical": 5, "major": 10, "minor": 20}
    assert verdict(agreed, seen("dent", 10), inspected=inspected).decision == "accept"
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, [*seen("scratch", 11), *seen("dent", 11)], inspected=inspected)
    assert problems(raised.value) == [
        ("findings, row 2, column item: must be at most 10, the number inspected for major, got 11")
    ]


def test_where_the_number_inspected_is_not_stated_an_item_is_within_the_lot() -> None:
    agreed = contract(THREE, TERMS)
    assert verdict(agreed, seen("scratch", 1000)).decision == "hold"
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, seen("scratch", 1001))
    assert problems(raised.value) == [
        "findings, row 1, column item: must be at most 1000, the size of the lot, got 1001"
    ]
