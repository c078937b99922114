"""What the strategies cannot write logs for: limits, terms of cartons, terms that judge another term's readings."""

from __future__ import annotations

from aql.contract.contract import Contract
from aql.errors import DomainError

__all__ = ["refuse_unsupported_terms"]


def refuse_unsupported_terms(contract: Contract) -> None:
    """Raise an error if a contract has a limit or a term that the strategies cannot write a log for."""
    for limit in contract.limits:
        raise DomainError(
            f"the contract must have no limits, for which no log can be drawn, got {limit.name!r}",
            value=limit.name,
        )
    for term in contract.terms:
        if term.of == "cartons" or term.reading_of is not None:
            key = 'of = "cartons"' if term.of == "cartons" else "reading_of"
            raise DomainError(
                f"the contract must have no term with {key}, for which no log can be drawn, got {term.id!r}",
                value=term.id,
            )
