"""Contracts of many trades: careful ones pass the check, and every flaw of the others is found.

A file in `trades/good` gives no error and no warning. A file in `trades/flawed` begins with a line
``# expects: SEVERITY CODE PATH`` for each finding; no other error or warning may be found in it.
"""

import ast
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

import aql
from aql.contract.colour import Colour
from aql.contract.contract import Cover, InspectionClause
from aql.contract.measures import Allowed, Answer, Equals, Measured
from aql.contract.terms import LOT_KINDS, Class, Term
from aql.types import Level, TermKind

TRADES = Path(__file__).parent / "trades"
GOOD = sorted((TRADES / "good").glob("*.toml"))
FLAWED = sorted((TRADES / "flawed").glob("*.toml"))
SOURCE = Path(aql.__file__).parent / "contract"

every_good = pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
every_flawed = pytest.mark.parametrize("path", FLAWED, ids=lambda path: path.stem)
every_contract = pytest.mark.parametrize("path", [*GOOD, *FLAWED], ids=lambda path: path.stem)

Place = tuple[str, str, str]

NEEDS_A_FILE = {("error", "other-file")}
"""Found only in a contract with a file in its folder; the tests of references have its sentence."""


def expected(path: Path) -> list[Place]:
    """Severity, code and path of every finding that the head of a flawed contract announces."""
    lines = path.read_text("utf-8").splitlines()
    announced = [line.removeprefix("# expects: ").split() for line in lines if line.startswith("# expects: ")]
    return sorted((severity, code, where) for severity, code, where in announced)


def places(findings: Iterator[aql.Finding]) -> list[Place]:
    return sorted((finding.severity, finding.code, finding.path) for finding in findings)


def codes_of_the_source(*more: Path) -> set[tuple[str, str]]:
    """Severity and code of every `Finding` that the code of the check, and of more files, can build."""
    found = set()
    for file in [*sorted(SOURCE.glob("*.py")), *more]:
        tree = ast.parse(file.read_text("utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        for call in calls:
            if isinstance(call.func, ast.Name) and call.func.id == "Finding":
                severities, codes = (list(possible(argument, tree)) for argument in call.args[:2])
                assert severities, ast.dump(call)
                assert codes, ast.dump(call)
                found |= {(severity, code) for severity in severities for code in codes}
    return found


def possible(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The texts that an expression can be: a constant, one of two, or a name that stands for them."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from possible(node.body, tree)
        yield from possible(node.orelse, tree)
    elif isinstance(node, ast.Name):
        for other in ast.walk(tree):
            names = other.targets if isinstance(other, ast.Assign) else []
            if isinstance(other, ast.Assign) and any(
                isinstance(name, ast.Name) and name.id == node.id for name in names
            ):
                yield from possible(other.value, tree)


@every_good
def test_a_careful_contract_has_no_error_and_no_warning(path: Path) -> None:
    findings = aql.check(aql.Contract.load(path))
    assert [str(finding) for finding in (*findings.errors, *findings.warnings)] == []


@every_flawed
def test_exactly_the_announced_flaws_are_found(path: Path) -> None:
    findings = aql.check(aql.Contract.load(path))
    announced = expected(path)
    kept = (
        one for one in findings if one.severity != "note" or (one.severity, one.code, one.path) in announced
    )
    assert announced
    assert places(kept) == announced


@every_contract
def test_a_finding_says_what_is_wrong_and_what_to_write(path: Path) -> None:
    for finding in aql.check(aql.Contract.load(path)):
        for sentence in (finding.problem, finding.rewrite):
            assert sentence.endswith((".", "?")), finding
            assert not sentence.endswith(".."), finding
            assert sentence == sentence.strip(), finding
            assert len(sentence.split()) > 2, finding
        assert str(finding) == f"{finding.severity}: {finding.where}: {finding.problem} {finding.rewrite}"


def test_every_code_of_the_source_is_announced_by_some_contract() -> None:
    announced = {(severity, code) for path in FLAWED for severity, code, _ in expected(path)}
    assert announced == codes_of_the_source() - NEEDS_A_FILE


@every_contract
def test_the_contract_survives_toml_json_and_pickle(path: Path) -> None:
    contract = aql.Contract.load(path)
    copies = {
        "toml": aql.Contract.from_toml(contract.to_toml()),
        "json": aql.Contract.from_json(contract.to_json()),
        "dict": aql.Contract.from_dict(contract.to_dict()),
        "toml of json": aql.Contract.from_toml(aql.Contract.from_json(contract.to_json()).to_toml()),
        "json of toml": aql.Contract.from_json(aql.Contract.from_toml(contract.to_toml()).to_json()),
        "pickle": pickle.loads(pickle.dumps(contract)),
    }
    for name, copy in copies.items():
        assert copy == contract, name
        assert hash(copy) == hash(contract), name
        assert copy.checksum == contract.checksum, name
        assert copy.to_dict() == contract.to_dict(), name
        assert aql.check(copy) == aql.check(contract), name


@every_contract
@pytest.mark.parametrize("ending", [".toml", ".json"])
def test_the_contract_survives_a_file(path: Path, ending: str, tmp_path: Path) -> None:
    contract = aql.Contract.load(path)
    written = contract.save(tmp_path / f"copy{ending}")
    assert aql.Contract.load(written) == contract
    assert aql.Contract.load(written).save(tmp_path / f"again{ending}").read_bytes() == written.read_bytes()


def test_no_two_contracts_have_one_checksum() -> None:
    contracts = [aql.Contract.load(path) for path in (*GOOD, *FLAWED)]
    assert len({contract.checksum for contract in contracts}) == len(contracts)


def test_the_json_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(aql.Contract.json_schema())


@every_contract
def test_the_json_schema_accepts_the_contract(path: Path) -> None:
    validator = jsonschema.Draft202012Validator(aql.Contract.json_schema())
    data = aql.Contract.load(path).to_dict()
    for form in (data, json.loads(json.dumps(data))):
        assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(form)] == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"surprise": 1}, "$"),
        ({"schema": "aql.contract/2"}, "$.schema"),
        ({"order": {"quantity": 3000}}, "$.order"),
        ({"order": {"id": "PO-1", "quantity": 0}}, "$.order.quantity"),
        ({"order": {"id": "PO-1", "unit_price": 41.5}}, "$.order.unit_price"),
        ({"order": {"id": "PO-1", "currency": "usd"}}, "$.order.currency"),
        ({"inspection": {"standard": "ISO 2859"}}, "$.inspection.standard"),
        ({"inspection": {"level": "S-5"}}, "$.inspection.level"),
        ({"classes": [{"aql": 2.5}]}, "$.classes[0]"),
        ({"classes": [{"name": "major", "inspect": "some"}]}, "$.classes[0].inspect"),
        (
            {"classes": [{"name": "major", "plan": {"n": [5, 5], "ac": ["x", 1], "re": [2, 2]}}]},
            "$.classes[0].plan",
        ),
        ({"terms": [{"id": "a", "text": "A", "kind": "smell"}]}, "$.terms[0].kind"),
        ({"terms": [{"id": "a", "text": "A", "sample": 0}]}, "$.terms[0].sample"),
        ({"terms": [{"id": "a", "text": "A", "measure": {"unit": "mm", "min": 1.5}}]}, "$.terms[0].measure"),
        (
            {"terms": [{"id": "a", "text": "A", "reference": {"file": "a.png", "sha256": "12"}}]},
            "$.terms[0].reference",
        ),
    ],
)
def test_the_json_schema_and_loading_refuse_the_same(change: dict[str, Any], place: str) -> None:
    data = aql.Contract.load(GOOD[0]).to_dict() | change
    validator = jsonschema.Draft202012Validator(aql.Contract.json_schema())
    refused = [error.json_path for error in validator.iter_errors(data)]
    assert refused
    assert all(path.startswith(place) for path in refused), refused
    with pytest.raises(aql.DocumentError) as caught:
        aql.Contract.load(data)
    inside = place.removeprefix("$").removeprefix(".")
    assert all(problem.where.startswith(inside) for problem in caught.value.problems)


# What the careful contracts must use between them, so that no feature goes untried.


def good_contracts() -> list[aql.Contract]:
    return [aql.Contract.load(path) for path in GOOD]


def choices(model: Any, field: str) -> set[str]:
    """The texts that a field of a document may be."""
    return {value for value in flat(model.model_fields[field].annotation) if isinstance(value, str)}


def flat(annotation: Any) -> Iterator[Any]:
    parts = get_args(annotation)
    if not parts:
        yield annotation
    for part in parts:
        yield from flat(part)


def test_careful_contracts_use_every_edition() -> None:
    assert {contract.inspection.standard for contract in good_contracts()} == set(aql.STANDARDS)


@pytest.mark.parametrize("field", ["severity", "sampling", "counting", "sample"])
def test_careful_contracts_use_every_choice_of_an_inspection(field: str) -> None:
    assert {getattr(contract.inspection, field) for contract in good_contracts()} == choices(
        InspectionClause, field
    )


def test_careful_contracts_use_both_covers() -> None:
    types = {contract.cover.type for contract in good_contracts() if contract.cover is not None}
    assert types == choices(Cover, "type")


def test_careful_contracts_use_every_level() -> None:
    clauses = {contract.inspection.level for contract in good_contracts()}
    terms = {term.level for contract in good_contracts() for term in contract.terms}
    assert clauses | terms - {None} == set(get_args(Level))


def test_careful_contracts_use_every_kind_and_measure() -> None:
    terms = [term for contract in good_contracts() for term in contract.terms]
    kinds = set(get_args(TermKind))
    assert {term.kind for term in terms} - {None} == kinds
    assert {term.tested_as for term in terms if term.kind is None} - {None} == kinds - {
        *LOT_KINDS,
        "visual",
    } | {"reference"}
    assert {type(term.measure) for term in terms} - {type(None)} == {
        Measured,
        Colour,
        Allowed,
        Equals,
        Answer,
    }


@pytest.mark.parametrize("model", [Term, Class])
def test_careful_contracts_use_every_key(model: type[Term] | type[Class]) -> None:
    parts: list[Term | Class] = [
        part
        for contract in good_contracts()
        for part in (contract.terms if model is Term else contract.classes)
    ]
    used = {name for part in parts for name in part.model_fields_set}
    assert used == set(model.model_fields)


def test_careful_contracts_use_every_form_of_limit_and_effect() -> None:
    terms = [term for contract in good_contracts() for term in contract.terms]
    forms = {
        frozenset(term.measure.model_fields_set - {"unit"})
        for term in terms
        if isinstance(term.measure, Measured)
    }
    assert forms == {frozenset(form.split()) for form in ("min", "max", "min max", "nominal plus minus")}
    assert {term.effect for term in terms} == {"reject", "hold", "note", None}
    assert {term.measure.answer for term in terms if isinstance(term.measure, Answer)} == {"yes", "no"}
