"""Differences from a limit, written with the unit of their term."""

from __future__ import annotations

from decimal import Decimal

from aql.contract.measures import Measured
from aql.contract.terms import Term
from aql.words import signed

__all__ = ["with_unit"]


def with_unit(difference: Decimal | None, term: Term | None) -> str:
    """Write a difference with the unit of its term in the report; return "" if there is no difference.

    Examples
    --------
    >>> with_unit(Decimal("0.3"), None)
    '+0.3'
    """
    measure = term.measure if term is not None else None
    unit = measure.unit if isinstance(measure, Measured) and measure.unit != "1" else None
    text = "" if difference is None else signed(difference)
    return f"{text} {unit}" if text and unit else text
