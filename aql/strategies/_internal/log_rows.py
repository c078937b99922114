"""Rows of a log for one decision line: the readings of its terms, and its defects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.scoring.decision_line import Line

__all__ = [
    "Row",
    "defect_rows",
    "line_terms",
    "reading_rows",
]

Row = dict[str, Any]
"""A row, in the form that `Inspection.load` reads."""


def line_terms(contract: Contract, line: Line) -> list[Term]:
    """Return the terms for which a drawn log has rows in a line."""
    terms = [term for term in contract.terms if not term.for_the_lot]
    if line.kind == "term":
        return [term for term in terms if term.own_line and term.id == line.name]
    return [term for term in terms if not term.own_line and term.class_ == line.name]


def reading_rows(
    terms: Iterable[Term], items: Sequence[int], reading: Callable[[Term, int], str]
) -> list[Row]:
    """Return rows of a drawn log with a reading of every term on every item."""
    return [{"item": item, "term": term.id, "value": reading(term, item)} for term in terms for item in items]


def defect_rows(line: Line, term: Term | None, times: Mapping[int, int]) -> list[Row]:
    """Return rows of a drawn log with the defects on items: of a visual term, or of no term.

    For a term with readings, the reading itself is one nonconformity; any more on the item belong to no term.
    """
    rows: list[Row] = []
    is_read = term is not None and term.is_read
    for item, number in sorted(times.items()):
        count = number - is_read
        if count:
            named = {"term": term.id} if term is not None and not is_read else {"class": line.class_name}
            note = {} if "term" in named else {"note": "not listed"}
            rows.append({"item": item} | named | ({"count": count} if count > 1 else {}) | note)
    return rows
