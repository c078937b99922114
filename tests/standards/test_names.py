"""The names of standards: each means one edition and says so, or is named as not offered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql import tables, types
from aql.standards import standard_named

EDITIONS = tables.editions()
OTHER_NAMES = [(name, record["edition"]) for record in EDITIONS["name"] for name in record["names"]]
NOT_OFFERED = [name for record in EDITIONS["not_offered"] for name in record["names"]]


@pytest.mark.parametrize(("name", "edition"), OTHER_NAMES)
def test_another_name_gives_the_plan_of_its_edition_and_a_note(name: Any, edition: Any) -> None:
    """Rule 12: a bare name means the default edition, that of a national edition its identical edition, with a note."""
    entry: Any = {"letter": "J"} if edition == "ISO 2859-1:2026" else {"lot_size": 1200}
    found, own = (aql.lookup(**entry, aql=2.5, standard=one) for one in (name, edition))
    assert (found.plan, found.standard, found.trace) == (own.plan, edition, own.trace)
    assert found.note
    assert found.explain().startswith(found.note)
    assert found.note in found._repr_html_()
    assert not own.note


def test_every_entry_has_a_source_and_its_note_says_what_is_unconfirmed() -> None:
    for record in EDITIONS["name"]:
        unconfirmed = record.get("unconfirmed", "")
        notes = {standard_named(name)[1].partition(". ")[2] for name in record["names"]}  # type: ignore[arg-type]
        assert notes == {f"{record['note']} Unconfirmed: {unconfirmed}." if unconfirmed else record["note"]}
    assert all(record["source"] for record in (*EDITIONS["name"], *EDITIONS["not_offered"]))


@pytest.mark.parametrize(
    "name",
    [
        "BS 6001-1",
        "BS 6001-1:1999+A1:2011",
        "DIN ISO 2859-1",
        "DIN ISO 2859-1:2014-08",
        "ISO 2859-1:1999/Amd 1:2011",
    ],
)
def test_a_name_that_means_the_amended_edition_says_what_the_amendment_changes(name: Any) -> None:
    """The tables are those of 1999, and the amendment changes a switching rule."""
    assert "Amendment 1 of 2011" in standard_named(name)[1]
    assert "reduced inspection" in standard_named(name)[1]


def test_the_names_of_the_types_are_those_of_the_table() -> None:
    assert (*types.STANDARDS, *(name for name, _ in OTHER_NAMES)) == types.STANDARD_NAMES


@given(name=st.sampled_from(types.STANDARD_NAMES), data=st.data())
def test_spelling_does_not_matter(name: Any, data: st.DataObject) -> None:
    """Letter case, the kind of a dash, and spaces beside words; never a dash between numbers that is left out."""
    written = "".join(
        data.draw(st.sampled_from([" ", "  ", "-"]))
        if sign == " " and not before.isdigit()
        else data.draw(st.sampled_from(["-", "–", " - "]))
        if sign == "-"
        else data.draw(st.sampled_from([":", " : ", "-"]))
        if sign == ":"
        else sign
        for before, sign in zip(f" {name}", name, strict=False)
    )
    spelled: Any = data.draw(st.sampled_from([written, written.lower(), f" {written} "]))
    (own, note), (found, said) = standard_named(name), standard_named(spelled)
    assert (found, said) == (own, note.replace(name, spelled, 1))


@pytest.mark.parametrize("name", [*NOT_OFFERED, *(f"{name}:2017" for name in NOT_OFFERED)])
def test_a_standard_that_is_not_offered_is_named_as_such(name: Any) -> None:
    with pytest.raises(aql.DomainError) as caught:
        aql.lookup(1200, aql=2.5, standard=name)
    assert str(caught.value).startswith(f"{name} is not offered: ")
    assert (caught.value.code, caught.value.suggestion) == ("not-offered", None)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ISO 28591", "ISO 28591 is not offered: sequential sampling."),
        ("ISO 2859-10:2006", "ISO 2859-10:2006 is not offered: an introduction without plans."),
        ("ISO 2859-1:1989", "ISO 2859-1:1989 is not offered: another edition than those offered."),
        ("JIS Z 9015-1:1999", "JIS Z 9015-1:1999 is not offered: another edition than those offered."),
        ("DIN ISO 2859-1:2026", "DIN ISO 2859-1:2026 is not offered: another edition than those offered."),
        ("GB/T 2828.1-2026", "GB/T 2828.1-2026 is not offered: another edition than those offered."),
        ("BS 6001-1:1991", "BS 6001-1:1991 is not offered: another edition than those offered."),
        ("BS 6001-5:2000", "BS 6001-5:2000 is not offered: the assessment of declared quality levels."),
        ("IS 2500 (Part 2):1965", "IS 2500 (Part 2):1965 is not offered: plans by variables."),
        ("ISO 2859:1974", "ISO 2859:1974 is not offered: an earlier edition of ISO 2859-1."),
        ("ANSI/ASQ Z1.4-1981", "ANSI/ASQ Z1.4-1981 is not offered: another edition than those offered."),
        ("MIL-STD-105E Notice 1", "MIL-STD-105E Notice 1 is not offered: another edition than those offered."),
        ("ISO 2859", "ISO 2859 is not offered: a series; plans by AQL are in ISO 2859-1."),
    ],
)  # fmt: skip
def test_it_is_never_replaced_by_another(name: Any, message: str) -> None:
    with pytest.raises(aql.DomainError) as caught:
        aql.lookup(1200, aql=2.5, standard=name)
    offered = "Standards offered are ISO 2859-1:1999, ISO 2859-1:2026, ANSI/ASQ Z1.4 and MIL-STD-105E."
    assert str(caught.value) == f"{message} {offered}"


def test_a_contract_keeps_the_name_and_says_what_it_means() -> None:
    def contract(standard: str) -> aql.Contract:
        return aql.Contract.load(
            {
                "order": {"id": "PO-1", "quantity": 500, "shipment_date": "2026-12-15"},
                "inspection": {"standard": standard},
                "classes": [{"name": "major", "aql": 2.5}],
                "terms": [{"id": "dent", "class": "major", "text": "Dent over 1 mm deep", "kind": "visual"}],
            }
        )

    agreed = contract("GB/T 2828.1")
    assert aql.Contract.from_json(agreed.to_json()) == agreed
    (finding,) = aql.check(agreed)
    assert (finding.severity, finding.code, finding.path) == ("note", "standard-name", "inspection.standard")
    assert finding.problem == (
        "GB/T 2828.1 is taken as ISO 2859-1:1999. GB/T 2828.1-2012 is identical to it."
    )
    assert not aql.check(contract("ISO 2859-1:1999"))
    log = aql.Inspection.load(
        {"contract": "PO-1", "lot": {"id": "L1", "size": 500}, "inspection": {"inspected": 50}}, findings=[]
    )
    verdict = aql.score(agreed, log)
    assert verdict.decision == "accept"
    assert aql.Verdict.from_dict(verdict.to_dict()) == verdict
    with pytest.raises(aql.DocumentError, match="ISO 3951-1 is not offered: plans by variables"):
        contract("ISO 3951-1")


def test_many_lots_carry_the_note() -> None:
    many = aql.lookup_many([30, 1200], aql=2.5, standard="ISO 2859-1")
    assert (many.standard, many.note) == standard_named("ISO 2859-1")
    assert many.note in many._repr_html_()
    assert aql.code_letter([30, 1200], standard="GB/T 2828.1").tolist() == ["D", "J"]
