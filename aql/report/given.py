"""Checks of the arguments of reports: their types, and that the verdict is based on them."""

from __future__ import annotations

from collections.abc import Iterator

from aql.contract.contract import Contract
from aql.errors import AqlError, DomainError
from aql.inspection.inspection import Inspection
from aql.scoring.verdict import Verdict
from aql.words import short_repr

__all__ = ["check_given", "check_same"]

_MADE_BY = {
    Verdict: "Make one with aql.score, or load one with aql.Verdict.from_json",
    Contract: "Load one with aql.Contract.load",
    Inspection: "Load one with aql.Inspection.load",
}


def check_given(value: object, kind: type[Verdict | Contract | Inspection]) -> None:
    """Check that a value given to a report has the expected type."""
    if not isinstance(value, kind):
        raise DomainError(
            f"{kind.__name__.lower()} must be an aql.{kind.__name__}, got {short_repr(value)}",
            todo=_MADE_BY[kind],
            value=value,
        )


def check_same(verdict: Verdict, *, contract: Contract | None, inspection: Inspection | None) -> None:
    """Check that the contract and inspection given to a report are those of its verdict."""
    if contract is not None:
        check_given(contract, Contract)
    if inspection is not None:
        check_given(inspection, Inspection)
    differences = [*_contract_differences(verdict, contract), *_inspection_differences(verdict, inspection)]
    if differences:
        raise AqlError(
            f"the contract and inspection must be those of the verdict, but {'; '.join(differences)}",
            todo="Score them, and pass that verdict",
            code="other-verdict",
            differences=tuple(differences),
        )


def _contract_differences(verdict: Verdict, contract: Contract | None) -> Iterator[str]:
    if contract is None:
        return
    if verdict.order != contract.order.id:
        yield f"the order of the verdict is {verdict.order!r}, that of the contract {contract.order.id!r}"
    if verdict.evidence.contract_sha256 != contract.checksum:
        yield "the checksum of the contract differs"


def _inspection_differences(verdict: Verdict, inspection: Inspection | None) -> Iterator[str]:
    if inspection is None:
        return
    header, evidence = inspection.header, verdict.evidence
    if verdict.order != header.contract:
        yield f"the order of the verdict is {verdict.order!r}, that of the inspection {header.contract!r}"
    if verdict.lot != header.lot.id:
        yield f"the lot of the verdict is {verdict.lot!r}, that of the inspection {header.lot.id!r}"
    if evidence.header_sha256 != inspection.header_checksum:
        yield "the checksum of the header of the inspection differs"
    if evidence.findings_sha256 != inspection.checksum:
        yield "the checksum of the findings differs"
