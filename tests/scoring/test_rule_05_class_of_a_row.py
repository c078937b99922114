"""Rule 5: the contract's term decides the class of a row; a row without a term is an unlisted defect."""

import pytest

import aql
from tests.scoring.builders import (
    cls,
    contract,
    counts,
    problems,
    seen,
    single,
    term,
    unlisted,
    verdict,
)

TWO = [cls("major", plan=single(10, 0)), cls("minor", plan=single(10, 1))]
TERMS = [term("dent"), term("scratch", "minor")]


def test_the_term_of_the_contract_decides_the_class() -> None:
    """Rule 5: a row that names only its term counts in the term's class."""
    assert counts(verdict(contract(TWO, TERMS), seen("scratch", 1), inspected=10)) == {"major": 0, "minor": 1}


def test_a_row_may_repeat_the_class_of_its_term() -> None:
    rows = [{"item": 1, "term": "scratch", "class": "minor"}]
    assert verdict(contract(TWO, TERMS), rows, inspected=10) == verdict(
        contract(TWO, TERMS), [{"item": 1, "term": "scratch", "class": "minor"}], inspected=10
    )
    assert counts(verdict(contract(TWO, TERMS), rows, inspected=10)) == {"major": 0, "minor": 1}


def test_a_class_other_than_the_terms_is_an_error() -> None:
    """Rule 5: a different class in the row is an error, whether worse or less serious."""
    rows = [
        {"item": 1, "term": "scratch", "class": "major"},
        {"item": 2, "term": "dent", "class": "minor"},
    ]
    with pytest.raises(aql.LogError) as raised:
        verdict(contract(TWO, TERMS), rows, inspected=10)
    assert problems(raised.value) == [
        ("findings, row 1, column class: must be 'minor', the class of 'scratch', or empty, got 'major'"),
        ("findings, row 2, column class: must be 'major', the class of 'dent', or empty, got 'minor'"),
    ]


@pytest.mark.parametrize(("counting", "unlisted_defects"), [("items", 2), ("nonconformities", 3)])
def test_a_row_with_a_class_and_no_term_counts_and_is_no_breach_of_a_term(
    counting: str, unlisted_defects: int
) -> None:
    """Rule 5: an unlisted defect counts but is not grounds for a claim."""
    agreed = contract(TWO, TERMS, counting=counting)
    found = verdict(agreed, [*unlisted("major", 1, 1), *unlisted("minor", 2)], inspected=10)
    assert counts(found) == {"major": 1 if counting == "items" else 2, "minor": 1}
    assert found.decision == "reject"
    assert found.breaches == ()
    assert found.unlisted == unlisted_defects


def test_a_listed_defect_is_a_breach_of_its_term_even_where_the_lot_is_accepted() -> None:
    found = verdict(contract(TWO, TERMS), seen("scratch", 7, note="6 mm"), inspected=10)
    assert found.decision == "accept"
    assert [(one.term, one.class_name, one.count) for one in found.breaches] == [("scratch", "minor", 1)]
    assert [(one.item, one.term, one.note) for one in found.defects] == [(7, "scratch", "6 mm")]
    assert found.unlisted == 0


def test_an_unlisted_defect_counts_in_its_class_beside_terms_with_their_own_line() -> None:
    """Rules 2 and 5: a row without a term belongs to its class, not to a term's own line."""
    agreed = contract(TWO, [term("drop", sample=5)])
    found = verdict(agreed, unlisted("major", 1), inspected=10)
    assert counts(found) == {"major": 1, "minor": 0, "drop": 0}


def test_unlisted_counts_without_items_count_and_are_no_breach() -> None:
    """Rules 5 and 6."""
    agreed = contract(TWO, TERMS)
    found = verdict(agreed, [{"class": "minor", "count": 2}, {"term": "dent", "count": 1}], inspected=10)
    assert counts(found) == {"major": 1, "minor": 2}
    assert found.unlisted == 2
    assert [one.term for one in found.breaches] == ["dent"]
