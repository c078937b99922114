"""Words for kinds, numbers with units and keys of other tables: each message leads to a form that loads."""

from typing import Any

import pytest

import aql
from aql.contract.kinds import checked_kind

BASE: dict[str, Any] = {
    "order": {"id": "A", "quantity": 500, "shipment_date": "2026-12-15"},
    "classes": [{"name": "major", "aql": 2.5}],
}


def term(**parts: Any) -> dict[str, Any]:
    return BASE | {"terms": [{"id": "x", "class": "major", "text": "Bowl"} | parts]}


def problem(document: dict[str, Any]) -> Any:
    with pytest.raises(aql.DocumentError) as raised:
        aql.Contract.load(document)
    (found,) = raised.value.problems
    return found


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("test", {"answer": "yes"}),
        ("Pass/Fail", {"answer": "yes"}),
        ("dimension", {"unit": "mm", "min": "1"}),
        ("barcode", {"equals": "4006381333931"}),
        ("option", {"allowed": ["S", "M"]}),
    ],
)
def test_a_word_for_a_kind_leads_to_a_form_that_works(kind: str, form: dict[str, Any]) -> None:
    found = problem(term(kind=kind))
    assert found.code == "unknown-word"
    assert "Leave kind out, and write measure = { " + next(iter(form)) in found.message
    assert aql.check(aql.Contract.load(term(measure=form))).errors == ()


def test_a_word_for_a_sample_leads_to_a_reference() -> None:
    assert (
        'write reference = { file = "...", sha256 = "..." } or { seal = "..." }'
        in problem(term(kind="photo")).message
    )


@pytest.mark.parametrize(("kind", "meant"), [("color", "colour"), ("defect", "visual"), ("visaul", "visual")])
def test_a_misspelled_kind_has_a_suggestion(kind: str, meant: str) -> None:
    found = problem(term(kind=kind))
    assert (found.nearest, found.suggestion) == (meant, meant)


@pytest.mark.parametrize("kind", ["no kind at all", 7, True, []])
def test_anything_else_has_none(kind: Any) -> None:
    assert problem(term(kind=kind)).suggestion is None


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [("520 g", "520", "g"), ("-4.5°C", "-4.5", "°C"), ("80 %", "80", "%"), ("3mAh", "3", "mAh")],
)
def test_a_number_with_its_unit_leads_to_number_and_unit(text: str, amount: str, unit: str) -> None:
    found = problem(term(measure={"unit": unit, "min": text}))
    assert found.message.endswith(f'Write "{amount}", and unit = "{unit}" in the same table')
    assert found.suggestion == amount
    assert aql.check(aql.Contract.load(term(measure={"unit": unit, "min": found.suggestion}))).errors == ()


def test_a_sample_of_a_class_leads_to_a_plan() -> None:
    found = problem(BASE | {"classes": [{"name": "major", "aql": 2.5, "sample": 50}]})
    assert (found.code, found.suggestion) == ("unknown-key", None)
    assert "plan = { n = 50, ac = 2 }" in found.message
    aql.Contract.load(BASE | {"classes": [{"name": "major", "plan": {"n": 50, "ac": 2}}]})


# Keys of the order, the cover and the inspection.


def test_further_keys_are_kept() -> None:
    document = BASE | {
        "order": BASE["order"] | {"created": "2026-10-01", "buyer_country": "DE", "supplier_country": "CN"},
        "cover": {"rules": "2017", "type": "pre-shipment", "limit": "100", "remaining_limit": "60"},
        "inspection": {"switching": "together", "cartons": "sqrt+1"},
    }
    contract = aql.Contract.load(document)
    assert (
        aql.Contract.from_json(contract.to_json()) == aql.Contract.from_toml(contract.to_toml()) == contract
    )
    assert {key: contract.to_dict()[key] for key in document} == document
    assert aql.check(contract).errors == ()
    plain = aql.Contract.load(BASE).inspection
    assert (plain.switching, plain.cartons) == ("per-class", "sqrt")


@pytest.mark.parametrize("country", ["de", "DEU", "", 49])
def test_a_country_is_two_capital_letters(country: Any) -> None:
    found = problem(BASE | {"order": BASE["order"] | {"buyer_country": country}})
    assert found.message == f"must be two capital letters such as CN, got {country!r}"


# Visual terms that state a requirement.


@pytest.mark.parametrize(
    ("text", "rewrite"),
    [
        ("No crack after thermal shock 140 K", 'text = "Crack after thermal shock 140 K"'),
        ("Without burrs over 1 mm", 'text = "Burrs over 1 mm"'),
        ("Free of rust over 1 mm", 'text = "Rust over 1 mm"'),
        ("free from rust over 1 mm", 'text = "Rust over 1 mm"'),
        ("Must close within 3 s", "the defect as the text"),
        ("Seam of 5 mm shall be closed", "the defect as the text"),
    ],
)
def test_a_visual_term_that_states_a_requirement_is_warned_of(text: str, rewrite: str) -> None:
    contract = aql.Contract.load(term(text=text, kind="visual"))
    (warning,) = aql.check(contract).warnings
    assert (warning.code, warning.path) == ("requirement-as-defect", "terms[0].text")
    assert warning.rewrite == f'Write {rewrite}; or leave kind out and add measure = {{ answer = "yes" }}.'
    assert contract.terms[0].agreed() == f'judged by eye: "{text}"'
    if rewrite.startswith("text"):
        defect = rewrite.split('"')[1]
        again = aql.Contract.load(term(text=defect, kind="visual"))
        assert aql.check(again).warnings == ()
        assert again.terms[0].agreed() == f'judged by eye: "{defect}"'


@pytest.mark.parametrize(
    "text", ["Notch of 2 mm or more", "Nothing printed on side 1", "Freezer burn over 1 cm"]
)
def test_a_defect_is_not_taken_for_a_requirement(text: str) -> None:
    contract = aql.Contract.load(term(text=text, kind="visual"))
    assert aql.check(contract).warnings == ()


def test_a_breach_of_a_yes_no_term_says_what_was_asked() -> None:
    contract = aql.Contract.load(term(text="Child lock closes", measure={"answer": "yes"}, sample=1))
    header = {"contract": "A", "lot": {"id": "L", "size": 500}, "inspection": {"inspected": 50}}
    verdict = aql.score(
        contract, aql.Inspection.load(header, findings=[{"item": 1, "term": "x", "value": "no"}])
    )
    assert 'Not met: x: agreed: yes to "Child lock closes"; found: no, item 1.' in verdict.explain()


def test_a_kind_that_is_no_word_near_any_lists_them() -> None:
    with pytest.raises(aql.DomainError, match="must be") as caught:
        checked_kind("zzz")
    assert "unknown kind" not in str(caught.value)
    with pytest.raises(aql.DomainError, match="unknown kind 'test'"):
        checked_kind("test")
