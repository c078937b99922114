"""Borders of a contract: how large it may be, which forms a plan or a reference can have, what a minimum can ask for."""

from typing import Any

import pytest

import aql
from aql.contract.contract import Contract
from aql.contract.terms import PlanSpec, Reference
from aql.plans.plan import MultiplePlan, SinglePlan


def contract(classes: list[dict[str, Any]], **more: Any) -> Contract:
    return Contract.load({"order": {"id": "PO-1"}, "classes": classes, **more})


def test_every_class_limit_and_term_with_its_own_plan_is_a_line() -> None:
    classes = [{"name": name, "aql": "2.5"} for name in ("critical", "major", "minor")]
    text = {"class": "major", "kind": "visual", "text": "Dent of 5 mm or more"}
    terms = [{"id": "dent", **text}, {"id": "scratch", **text, "sample": 8}]
    limits = [{"name": name, "of": ["major", "minor"], "aql": "4.0"} for name in ("most", "all")]
    assert contract(classes, terms=terms, limits=limits).sizes() == {"terms": 2, "lines": 3 + 1 + 2}


@pytest.mark.parametrize(
    ("form", "plan"),
    [
        ({"n": 5, "ac": 1}, SinglePlan(5, 1)),
        ({"n": 5, "ac": 1, "re": 3}, SinglePlan(5, 1, 3)),
        ({"n": [5, 5], "ac": [0, 1], "re": [2, 2]}, MultiplePlan((5, 5), (0, 1), (2, 2))),
        ({"n": [5, 5], "ac": ["#", 1], "re": [2, 2]}, MultiplePlan((5, 5), (None, 1), (2, 2))),
        ({"n": 5, "ac": [0, 1]}, None),
        ({"n": [5, 5], "ac": 1}, None),
        ({"n": 5, "ac": 1, "re": [2, 2]}, None),
        ({"n": [5, 5], "ac": [0, 1]}, None),
        ({"n": [5, 5], "ac": [0, 1], "re": 2}, None),
        ({"n": 5, "ac": [0, 1], "re": [2, 2]}, None),
        ({"n": [5, 5], "ac": 1, "re": [2, 2]}, None),
    ],
    ids=str,
)
def test_a_plan_is_of_numbers_or_of_lists(
    form: dict[str, Any], plan: SinglePlan | MultiplePlan | None
) -> None:
    if plan is not None:
        assert PlanSpec.from_dict(form).plan() == plan
    else:
        with pytest.raises(aql.AqlError, match="n, ac and re must be numbers, or lists of equal length"):
            PlanSpec.from_dict(form)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "missing-key"),
        ({"file": "drawing.pdf"}, "missing-key"),
        ({"file": "drawing.pdf", "sha256": "0" * 64, "seal": "A-0117"}, "bad-value"),
        ({"seal": "A-0117", "sha256": "0" * 64}, "bad-value"),
        ({"sha256": "0" * 64}, "missing-key"),
        ({"seal": "A-0117"}, ""),
        ({"file": "drawing.pdf", "sha256": "0" * 64}, ""),
    ],
    ids=str,
)
def test_a_reference_lacks_something_or_has_too_much(given: dict[str, Any], code: str) -> None:
    if code:
        with pytest.raises(aql.DocumentError) as raised:
            Reference.from_dict(given)
        assert [one.code for one in raised.value.problems] == [code]
    else:
        assert Reference.from_dict(given).named()


@pytest.mark.parametrize(("sample", "most"), [("per-class", 200), ("letter", 2000)])
def test_the_minimum_of_a_class_is_at_most_its_sample_at_the_last_letter(sample: str, most: int) -> None:
    """At AQL 6.5, the arrows of letter R lead to the plan of letter L; with the sample of the letter itself, it is R's."""
    for n, codes in ((most, set()), (most + 1, {"bad-minimum"})):
        agreed = contract(
            [{"name": "major", "aql": "6.5", "minimum": {"n": n}}], inspection={"sample": sample}
        )
        assert {one.code for one in aql.check(agreed).errors} == codes


def test_a_finding_lists_ten_classes() -> None:
    names = [f"class-{number:02}" for number in range(1, 13)]
    agreed = contract(
        [{"name": name, "aql": "2.5"} for name in names],
        terms=[{"id": "dent", "kind": "visual", "text": "Dent of 5 mm or more"}],
    )
    (finding,) = [one for one in aql.check(agreed) if one.code == "no-class"]
    assert [name for name in names if name in str(finding)] == names[:10]
