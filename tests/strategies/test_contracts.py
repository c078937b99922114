"""Contracts: the check finds nothing in them, and every kind of clause, class and term is drawn."""

from typing import Any

import pytest
from hypothesis import given

import aql
from aql.strategies import contracts
from tests.oracles import naive_tables as oracle
from tests.profiles import examples
from tests.strategies.reaching import reached, simplest


@examples(200)
@given(contract=contracts())
def test_the_check_finds_nothing_but_terms_with_their_own_plans(contract: aql.Contract) -> None:
    assert {one.code for one in aql.check(contract)} <= {"own-line"}


@given(contract=contracts())
def test_a_contract_survives_toml_and_json(contract: aql.Contract) -> None:
    for copy in (
        aql.Contract.from_toml(contract.to_toml()),
        aql.Contract.from_json(contract.to_json()),
        aql.Contract.from_dict(contract.to_dict()),
    ):
        assert copy == contract
        assert copy.checksum == contract.checksum


def parts_of(contract: aql.Contract) -> set[str]:
    """What a contract states beyond classes, plans and terms."""
    parts: set[str] = set()
    for one in contract.classes:
        minimum = one.minimum
        parts |= {
            f"minimum {key}" for key in ("letter", "n") if minimum and getattr(minimum, key) is not None
        }
    for limit in contract.limits:
        parts |= {
            f"limit by {'aql' if limit.plan is None else 'plan'}",
            *(["weights"] if limit.weights else []),
        }
        parts |= {
            f"limit of {'a class' if name in contract.class_names() else 'a term'}" for name in limit.of
        }
    for term in contract.terms:
        percent = "%" in str(term.to_dict().get("measure", ""))
        parts |= {f"text_case {term.text_case}"} if term.text_case else set()
        flags = {"cartons": term.of == "cartons", "reading_of": bool(term.reading_of), "percent": percent}
        seen = "seen" if term.tested_as == "visual" else "read"
        parts |= {name for name, is_so in flags.items() if is_so}
        parts |= {f"not applicable, {seen}"} if term.not_applicable else set()
    return parts


@pytest.mark.exhaustive
def test_every_clause_class_and_term_is_reached_in_200_tests_of_10_draws() -> None:
    parts: set[str] = set()
    kinds: set[Any] = set()
    lines: set[Any] = set()
    ways: set[Any] = set()

    def note(contract: aql.Contract) -> None:
        parts.update(parts_of(contract))
        kinds.update(term.tested_as for term in contract.terms)
        for term in contract.terms:
            lines.update(
                way for way in ("level", "sample", "aql", "plan", "inspect") if getattr(term, way) is not None
            )
        for one in contract.classes:
            ways.update(way for way in ("aql", "plan", "inspect") if getattr(one, way) is not None)
            ways.update(["not allowed"] if one.aql == 0 else [])

    *clauses, _ = reached(
        contracts(),
        lambda one: one.inspection.standard,
        lambda one: one.inspection.severity,
        lambda one: one.inspection.sampling,
        lambda one: one.inspection.counting,
        lambda one: one.inspection.sample,
        lambda one: one.inspection.level,
        lambda one: len(one.classes),
        note,
        draws=10,
        tests=200,
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
    assert kinds == {
        *("measured", "colour", "allowed", "text", "yes-no", "visual"),
        *("quantity", "packed-share", "shipment-date", "mark", "reference"),
    }
    assert lines == {"level", "sample", "aql", "plan", "inspect"}
    assert ways == {"aql", "plan", "inspect", "not allowed"}
    assert parts == {
        *("minimum letter", "minimum n", "limit by aql", "limit by plan", "weights", "limit of a class"),
        *("limit of a term", "text_case exact", "text_case ignore", "cartons", "reading_of", "percent"),
        *("not applicable, read", "not applicable, seen"),
    }


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
    contract = simplest(contracts())
    assert contract.to_dict() == {
        "schema": "aql.contract/1",
        "order": {"id": "PO-1", "quantity": 1000, "shipment_date": "2026-12-15"},
        "classes": [{"name": "major", "aql": 2.5}],
        "terms": [{"id": "scratch", "class": "major", "text": "Scratch longer than 5 mm", "kind": "visual"}],
    }
    measured = simplest(contracts(), lambda one: one.terms[0].is_read)
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
            'sampling must be "single" with sample "letter", got \'double\'.',
        ),
        ({"max_terms": 0}, "max_terms must be a whole number, 1 or more, got 0."),
        ({"max_classes": 5}, "max_classes must be a whole number, 1 to 4, got 5."),
        (
            {"severity": "normall"},
            ('severity must be "normal", "tightened" or "reduced", got \'normall\'. Did you mean "normal"?'),
        ),
    ],
    ids=["letter", "terms", "classes", "severity"],
)
def test_impossible_arguments_are_refused(asked: Any, message: str) -> None:
    with pytest.raises(aql.DomainError) as raised:
        contracts(**asked)
    assert str(raised.value) == message
