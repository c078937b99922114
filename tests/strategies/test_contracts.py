"""Strategies over contracts: right ones in which nothing is found, flawed ones with exactly the stated finding."""

from typing import Any

import pytest
from hypothesis import find, given

import aql
from aql.strategies import FLAWS, Flawed, contracts, flawed_contracts
from tests.contract.test_trades import codes_of_the_source
from tests.oracles import naive_tables as oracle
from tests.profiles import examples
from tests.strategies.reaching import reached


@examples(200)
@given(contract=contracts())
def test_the_check_finds_nothing(contract: aql.Contract) -> None:
    assert aql.check(contract) == ()


@given(contract=contracts())
def test_a_contract_survives_toml_and_json(contract: aql.Contract) -> None:
    for copy in (
        aql.Contract.from_toml(contract.to_toml()),
        aql.Contract.from_json(contract.to_json()),
        aql.Contract.from_dict(contract.to_dict()),
    ):
        assert copy == contract
        assert copy.checksum == contract.checksum


def test_every_clause_is_reached_in_500_draws() -> None:
    clauses = reached(
        contracts(),
        lambda one: one.inspection.standard,
        lambda one: one.inspection.severity,
        lambda one: one.inspection.sampling,
        lambda one: one.inspection.counting,
        lambda one: one.inspection.sample,
        lambda one: one.inspection.level,
        lambda one: len(one.classes),
        draws=500,
    )
    assert [set(seen) for seen in clauses] == [
        set(aql.STANDARDS),
        set(oracle.SEVERITIES),
        set(oracle.SAMPLINGS),
        {"items", "nonconformities"},
        {"per-class", "largest", "letter"},
        set(oracle.LEVELS),
        {1, 2, 3},
    ]


def test_every_kind_of_term_and_line_is_reached_in_500_draws() -> None:
    kinds: set[Any] = set()
    lines: set[Any] = set()
    ways: set[Any] = set()

    def note(contract: aql.Contract) -> None:
        kinds.update(term.tested_as for term in contract.terms)
        for term in contract.terms:
            lines.update(
                way for way in ("level", "sample", "aql", "plan", "inspect") if getattr(term, way) is not None
            )
        for one in contract.classes:
            ways.update(way for way in ("aql", "plan", "inspect") if getattr(one, way) is not None)
            ways.update(["not allowed"] if one.aql == 0 else [])

    reached(contracts(), note, draws=500)
    assert kinds == {
        *("measured", "colour", "allowed", "text", "yes-no", "visual"),
        *("quantity", "packed-share", "shipment-date", "mark", "reference"),
    }
    assert lines == {"level", "sample", "aql", "plan", "inspect"}
    assert ways == {"aql", "plan", "inspect", "not allowed"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("standard", "ISO 2859-1:2026"),
        ("severity", "tightened"),
        ("sampling", "double"),
        ("counting", "nonconformities"),
        ("sample", "letter"),
    ],
)
def test_what_is_asked_for_is_drawn(name: str, value: str) -> None:
    asked: Any = {name: value}
    (seen,) = reached(contracts(**asked), lambda one: getattr(one.inspection, name), draws=40)
    assert set(seen) == {value}


@given(contract=contracts(max_classes=1, max_terms=1))
def test_one_class_and_one_term(contract: aql.Contract) -> None:
    assert (len(contract.classes), len(contract.terms)) == (1, 1)


def test_it_shrinks_to_one_class_with_one_term() -> None:
    contract = find(contracts(), lambda _: True)
    assert contract.to_dict() == {
        "schema": "aql.contract/1",
        "order": {"id": "PO-1", "quantity": 1, "shipment_date": "2000-01-01"},
        "classes": [{"name": "major", "aql": 2.5}],
        "terms": [{"id": "scratch", "class": "major", "text": "Scratch longer than 5 mm", "kind": "visual"}],
    }
    measured = find(contracts(), lambda one: one.terms[0].is_read)
    assert (len(measured.classes), len(measured.terms), measured.inspection) == (
        1,
        1,
        aql.Contract.from_dict({"order": {"id": "PO"}}).inspection,
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"sample": "letter", "sampling": "double"},
            'sample = "letter" with double sampling; it goes with single sampling only. Leave one of them out.',
        ),
        (
            {"max_terms": 0},
            (
                "at most 3 classes and 0 terms; a contract has 1 to 4 classes here, and 1 term or more. "
                "Correct max_classes or max_terms."
            ),
        ),
        (
            {"severity": "normall"},
            "severity 'normall' is not known; a severity is one of normal, tightened, reduced. Did you mean 'normal'?",
        ),
    ],
    ids=["letter", "terms", "severity"],
)
def test_an_impossible_wish_is_refused(asked: Any, message: str) -> None:
    with pytest.raises(aql.DomainError) as raised:
        contracts(**asked)
    assert str(raised.value) == message


# Flaws -----------------------------------------------------------------------------------------------------------


@examples(400)
@given(flawed=flawed_contracts())
def test_a_flaw_is_found_and_nothing_else(flawed: Flawed) -> None:
    assert flawed.is_all_of(aql.check(flawed.contract)), str(aql.check(flawed.contract))


def test_every_finding_of_the_check_has_a_flaw() -> None:
    """By severity and code, against the calls in the source of the check."""
    (seen,) = reached(flawed_contracts(), lambda one: (one.severity, one.code), draws=100, tests=12)
    assert set(seen) == codes_of_the_source()
    assert set(FLAWS) == {code for _, code in codes_of_the_source()}


@pytest.mark.parametrize("code", FLAWS)
def test_a_flaw_can_be_asked_for(code: str) -> None:
    (seen,) = reached(flawed_contracts(code), lambda one: one.code, draws=10)
    assert set(seen) == {code}


@pytest.mark.parametrize("severity", ["error", "warning", "note"])
def test_a_severity_can_be_asked_for(severity: str) -> None:
    (seen,) = reached(flawed_contracts(severity=severity), lambda one: one.severity, draws=40)
    assert set(seen) == {severity}


def test_a_flaw_that_is_not_known_is_refused() -> None:
    with pytest.raises(aql.DomainError, match=r"flaw 'no-clas' is not known; .* Did you mean 'no-class'\?"):
        flawed_contracts("no-clas")
    with pytest.raises(
        aql.DomainError, match=r"flaw of severity note 'no-class' is not known; .* above-cover"
    ):
        flawed_contracts("no-class", severity="note")


def test_a_flaw_shrinks_to_the_flaw_alone() -> None:
    flawed = find(flawed_contracts("unknown-aql"), lambda _: True)
    assert len(flawed.contract.classes) == 1
    assert len(flawed.contract.terms) == 1
    assert flawed.path == "classes[0].aql"
