"""Rule 1: loading checks shape, `check` judges meaning, `score` refuses invalid input and names all its errors at once.

Malformed is an error; well-formed but incomplete is "hold".
"""

import pytest

import aql
from tests.scoring.builders import (
    cls,
    contract,
    header,
    log,
    measured,
    problems,
    readings,
    seen,
    single,
    term,
    verdict,
)


def test_a_document_of_a_wrong_shape_does_not_load() -> None:
    """Rule 1: loading checks shape and types."""
    with pytest.raises(aql.DocumentError) as raised:
        contract(cls(plan={"n": "ten", "ac": 0}), [measured("width", max=1.5)], sample="biggest")
    places = [problem.path or "" for problem in raised.value.problems]
    assert any(place.startswith("classes[0].plan") for place in places)
    assert "terms[0].measure.max" in places
    assert "inspection.sample" in places


@pytest.mark.parametrize(
    ("classes", "terms", "code"),
    [
        ([cls(aql=1.2)], [], "unknown-aql"),
        ([cls(aql=2.5)], [measured("width", min="2", max="1")], "empty-range"),
        ([cls(aql=2.5)], [term("look", text="Nice look")], "unmeasurable"),
    ],
)
def test_a_meaning_that_cannot_be_is_found_by_the_check_and_not_by_loading(
    classes: list[dict[str, object]], terms: list[dict[str, object]], code: str
) -> None:
    """Rule 1: `check` judges meaning, with severity error, warning or note."""
    found = aql.check(contract(classes, terms))
    assert (code, "error") in {(one.code, one.severity) for one in found}


def test_a_contract_with_an_error_is_not_scored() -> None:
    """Rule 1: `score` refuses a contract with an error finding, and repeats every one of them."""
    agreed = contract([cls(aql=1.2)], [measured("width", min="2", max="1"), term("look", text="Nice look")])
    errors = aql.check(agreed).errors
    assert len(errors) == 3
    with pytest.raises(aql.DocumentError) as raised:
        aql.score(agreed, log(seen("width", 5000), inspected=3))
    assert [problem.where for problem in raised.value.problems] == [error.where for error in errors]
    for problem, error in zip(raised.value.problems, errors, strict=True):
        assert error.problem in problem.message
        assert error.rewrite in problem.message
    assert str(raised.value).startswith("the contract has 3 problems:\n")


def test_a_contract_with_warnings_and_notes_only_is_scored() -> None:
    """Rule 1: only an error stops `score`."""
    agreed = contract(cls(plan=single(10, 0)))
    assert {one.severity for one in aql.check(agreed)} >= {"warning"}
    assert verdict(agreed, inspected=10).decision == "accept"


def test_all_faults_of_a_log_are_raised_at_once() -> None:
    """Rule 1: `score` checks the log against the contract and raises all faults at once."""
    agreed = contract(cls(plan=single(10, 0)), [measured("width", max="1"), term("scratch")])
    rows = [
        *seen("scrach", 1),
        {"item": 2, "class": "mayor"},
        {"item": 3, "term": "width", "value": "wide"},
        {"item": 11, "term": "scratch"},
        {"item": 4, "term": "width", "value": "0.5", "unit": "cm"},
    ]
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, rows, inspected=10, contract="PO-2")
    assert [problem.where for problem in raised.value.problems] == [
        "contract",
        "findings, row 1, column term",
        "findings, row 2, column class",
        "findings, row 3, column value",
        "findings, row 4, column item",
        "findings, row 5, column unit",
    ]
    assert str(raised.value).startswith("the log has 6 problems:\n  contract: ")


def test_what_is_well_formed_but_incomplete_holds() -> None:
    """Rule 1: malformed is an error; well-formed but incomplete is "hold"."""
    agreed = contract(cls(plan=single(3, 0)), [measured("width", max="1")])
    assert verdict(agreed, readings("width", [1, 1, 1]), inspected=3).decision == "accept"
    assert verdict(agreed, readings("width", [1, 1]), inspected=3).decision == "hold"
    assert verdict(agreed, readings("width", [1, 1]), inspected=2).decision == "hold"
    assert verdict(agreed, inspected=0).decision == "hold"
    assert verdict(agreed).decision == "hold"
    with pytest.raises(aql.LogError):
        verdict(agreed, readings("width", [1, 1, "x"]), inspected=3)


def test_a_fault_is_an_error_even_where_the_lot_is_rejected_already() -> None:
    """Rule 1: two engineers who disagree about one row do not agree about the lot."""
    agreed = contract(cls(plan=single(3, 0)), [term("scratch")])
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, [*seen("scratch", 1, 2, 3), *seen("dent", 1)], inspected=3)
    assert problems(raised.value) == [
        "findings, row 4, column term: must be a term of the contract, got 'dent'. The contract has scratch"
    ]


def test_an_inspection_is_not_scored_by_another_contract() -> None:
    """Rule 1: the log is checked against this contract."""
    with pytest.raises(aql.LogError) as raised:
        aql.score(contract(), aql.Inspection.load(header(contract="PO-2"), findings=[]))
    assert problems(raised.value) == ["contract: must be 'PO-1', the order of the contract, got 'PO-2'"]
