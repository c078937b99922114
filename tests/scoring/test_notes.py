"""Notes of a verdict: what a reader must know in addition to the counts."""

from typing import Any

import pytest

import aql
from tests.scoring.builders import Values, cls, contract, notes, single, term
from tests.scoring.builders import verdict as scored


def verdict(rows: list[dict[str, Any]], *, size: int = 100) -> aql.Verdict:
    contract = aql.Contract.load(
        {"order": {"id": "PO", "quantity": 100}, "classes": [{"name": "minor", "aql": 4.0}]}
    )
    header = {"contract": "PO", "lot": {"id": "L", "size": size}, "inspection": {"inspected": 20}}
    return aql.score(contract, aql.Inspection.load(header, findings=rows))


@pytest.mark.parametrize(
    ("items", "note"),
    [
        (
            [3],
            "1 nonconforming item was found that no term covers; it counts, but is not grounds for a claim.",
        ),
        (
            [3, 4],
            "2 nonconforming items were found that no term covers; they count, but are not grounds for a claim.",
        ),
    ],
)
def test_defects_that_no_term_lists_are_said(items: list[int], note: str) -> None:
    """Rule 5: a row with a class and no term counts but is not grounds for a claim."""
    assert notes(verdict([{"item": item, "class": "minor"} for item in items])) == (note,)


def test_a_lot_larger_than_the_order_is_said() -> None:
    found = verdict([], size=150)
    assert notes(found) == (
        "The lot of 150 is larger than the 100 ordered; the sample sizes are those for 150.",
    )


def test_a_verdict_prints_as_its_explanation() -> None:
    found = verdict([])
    assert str(found) == found.explain()
    assert str(aql.lookup(30, aql=4.0)) == aql.lookup(30, aql=4.0).explain()


def test_what_is_not_loaded_is_refused() -> None:
    contract, inspection = aql.examples.tablet_order()
    wrong: Any = "contract.toml"
    for work in (lambda: aql.check(wrong), lambda: aql.score(wrong, inspection)):
        with pytest.raises(aql.AqlError) as caught:
            work()
        assert str(caught.value) == (
            "contract must be an aql.Contract, got 'contract.toml'. Load one with aql.Contract.load."
        )
    with pytest.raises(aql.AqlError) as caught:
        aql.score(contract, wrong)
    assert str(caught.value) == (
        "inspection must be an aql.Inspection, got 'contract.toml'. Load one with aql.Inspection.load."
    )


@pytest.mark.parametrize("measure", [{"equals": "4006381333931"}, {"allowed": ["4006381333931"]}])
def test_a_code_that_a_spreadsheet_has_rounded_is_wrong_input(measure: dict[str, Any]) -> None:
    contract = aql.Contract.load(
        {
            "order": {"id": "PO"},
            "classes": [{"name": "minor", "aql": 4.0}],
            "terms": [{"id": "ean", "class": "minor", "text": "Bar code", "measure": measure, "sample": 1}],
        }
    )
    header = {"contract": "PO", "lot": {"id": "L", "size": 100}, "inspection": {"inspected": 20}}
    inspection = aql.Inspection.load(header, findings=[{"item": 1, "term": "ean", "value": "4.00638E+12"}])
    with pytest.raises(aql.LogError) as caught:
        aql.score(contract, inspection)
    assert str(caught.value.problems[0]) == (
        "findings, row 1, column value: must be a code from a column formatted as text, not a number rounded by a "
        "spreadsheet, got '4.00638E+12'"
    )


@pytest.mark.parametrize(
    ("classes", "terms", "size", "sizes"),
    [
        (
            [cls(aql="0.65"), cls("minor", aql="10")],
            [],
            500_000,
            (125, 800),
        ),  # an arrow leads from letter P to K
        ([cls(aql="0.65"), cls("minor", aql="2.5")], [], 500, None),
        ([cls(aql="2.5"), cls("minor", plan=single(5, 0))], [term("box", sample=3)], 500, None),
        ([cls(aql="2.5")], [term("box", aql="0.065")], 500, None),
    ],
)
def test_samples_of_classes_from_the_table_that_differ_are_said(
    classes: list[Values], terms: list[Values], size: int, sizes: tuple[int, ...] | None
) -> None:
    """Under "largest", all classes take the same sample; plans stated and terms with their own plans do not."""
    found = scored(contract(classes, terms, sample="largest"), (), size)
    assert [one["sizes"] for one in found.notes if one.code == "samples-differ"] == ([sizes] if sizes else [])
