"""What a contract states about plans, minimums and references: each possible form, and each mixture that is none."""

from itertools import product
from typing import Any

import pytest

import aql
from aql.contract.terms import PlanSpec, Reference
from aql.errors import DomainError
from aql.tables import master_table
from tests.scoring.builders import cls, contract, header, single, term


def plan_spec(**numbers: Any) -> PlanSpec:
    return PlanSpec(**numbers)


@pytest.mark.parametrize(("n", "ac", "re"), [*product((50, (20, 20)), (1, (0, 1)), (None, 2, (2, 2)))])
def test_a_plan_is_of_numbers_or_of_lists(n: Any, ac: Any, re: Any) -> None:
    """The number for rejection can be left out with numbers only; nothing else is a plan."""
    if (n, ac) == (50, 1) and not isinstance(re, tuple):
        assert plan_spec(n=n, ac=ac, re=re).plan() == aql.SinglePlan(50, 1, re)
    elif isinstance(n, tuple) and isinstance(ac, tuple) and isinstance(re, tuple):
        assert plan_spec(n=n, ac=ac, re=re).plan() == aql.MultiplePlan((20, 20), (0, 1), (2, 2))
    else:
        with pytest.raises(
            (DomainError, ValueError), match="n, ac and re must be numbers, or lists of equal length"
        ):
            plan_spec(n=n, ac=ac, re=re)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "missing-key"),
        ({"sha256": "0" * 64}, "missing-key"),
        ({"file": "s.jpg"}, "missing-key"),
        ({"file": "s.jpg", "seal": "A-1"}, "missing-key"),
        ({"sha256": "0" * 64, "seal": "A-1"}, "bad-value"),
        ({"file": "s.jpg", "sha256": "0" * 64, "seal": "A-1"}, "bad-value"),
        ({"file": "s.jpg", "sha256": "0" * 64}, None),
        ({"seal": "A-1"}, None),
    ],
)
def test_a_reference_is_a_file_with_its_checksum_or_a_seal(given: dict[str, str], code: str | None) -> None:
    """What is missing is told as missing; too much is a bad value."""
    lot = {"id": "sample", "kind": "reference", "text": "As the sample", "reference": given}
    if code is None:
        assert contract(cls(plan=single(1, 0)), [lot]).terms[0].reference == Reference(**given)
        return
    with pytest.raises(aql.DocumentError) as raised:
        contract(cls(plan=single(1, 0)), [lot])
    assert [one.code for one in raised.value.problems] == [code]


@pytest.mark.parametrize("sample", ["per-class", "letter"])
@pytest.mark.parametrize("aql_", ["0", "0.010", "0.65", "2.5", "10"])
@pytest.mark.parametrize("severity", ["normal", "reduced"])
def test_a_minimum_is_at_most_the_largest_sample_of_any_letter(sample: str, aql_: str, severity: Any) -> None:
    """With one sample for all classes, that of the letter: its size whatever the AQL."""
    letters = [one for one in master_table("iso_2859_1_1999", f"single_{severity}").letters if one != "S"]
    if sample == "letter" and aql_ != "0":
        # Every plan of a letter that is not reached by an arrow has the sample of the letter.
        cells = master_table("iso_2859_1_1999", f"single_{severity}").cells
        most = max(
            aql.lookup(letter=letter, aql=column, severity=severity).plan.total
            for (letter, column), cell in cells.items()
            if cell.mark == "plan" and letter in letters
        )
    else:
        most = max(aql.lookup(letter=one, aql=aql_, severity=severity).plan.total for one in letters)
    for n, fits in ((most, True), (most + 1, False)):
        agreed = contract(cls(aql=aql_, minimum={"n": n}), [term("a")], sample=sample, severity=severity)
        messages = [one.problem for one in aql.check(agreed) if one.path == "classes[0].minimum.n"]
        assert messages == (
            []
            if fits
            else [f"The minimum of 'major' must be at most {most}, its largest sample in the table, got {n}."]
        )


def test_a_contract_counts_its_decision_lines_as_a_verdict_does() -> None:
    agreed = aql.Contract.load(
        {
            "order": {"id": "PO-1", "quantity": 1000},
            "classes": [cls("major", plan=single(5, 0)), cls("minor", plan=single(5, 1))],
            "limits": [
                {"name": name, "of": ["major", "minor"], "plan": single(5, 2)}
                for name in ("all", "both", "sum")
            ],
            "terms": [term("a"), term("b", "minor"), term("own", plan=single(5, 0))],
        }
    )
    verdict = aql.score(agreed, aql.Inspection.load(header(inspected=5), findings=[]))
    assert agreed.sizes() == {"terms": 3, "lines": 6} == {"terms": 3, "lines": len(verdict.lines)}
