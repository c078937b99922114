"""Readings of a term in its contract, where another term may judge them too."""

from __future__ import annotations

from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.strategies._internal.readings import conforming, nonconforming

__all__ = ["conforming_to_all", "has_shared_counts", "nonconforming_to_one"]


def has_shared_counts(contract: Contract) -> bool:
    """Whether a finding can count in several lines: in a limit, or as a reading that two terms judge."""
    return bool(contract.limits) or any(term.reading_of is not None for term in contract.terms)


def conforming_to_all(contract: Contract, term: Term) -> tuple[str, ...]:
    """Return the readings of a term that conform to it and to the terms that judge its readings, if there are any."""
    judges = [one for one in contract.terms if one.reading_of == term.id]
    good = conforming(term)
    return tuple(text for text in good if all(one.judged(text).conforms for one in judges)) or good


def nonconforming_to_one(contract: Contract, term: Term) -> tuple[str, ...]:
    """Return the readings that do not conform to a term, first those that conform to the terms that judge its readings."""
    judges = [one for one in contract.terms if one.reading_of == term.id]
    bad = nonconforming(term)
    return tuple(sorted(bad, key=lambda text: sum(not one.judged(text).conforms for one in judges)))
