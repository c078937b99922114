"""What simulated lots cannot be inspected for: terms that judge another term's readings."""

from __future__ import annotations

from aql.contract.contract import Contract
from aql.errors import DomainError

__all__ = ["refuse_unsupported_terms"]


def refuse_unsupported_terms(contract: Contract) -> None:
    """Raise an error if a contract has a limit or a term that the strategies cannot write a log for."""
    for term in contract.terms:
        if term.reading_of is not None:
            raise DomainError(
                f"the contract must have no term with reading_of, whose quality is that of another term, got {term.id!r}",
                value=term.id,
            )
