"""Readings that limits, and terms that judge another term's readings, need beyond those of their own lines."""

from __future__ import annotations

from collections.abc import Sequence

from aql.contract.contract import Contract
from aql.scoring.decision_line import Line
from aql.scoring.limits import judged_in_limit
from aql.strategies._internal.log_forms import Row
from aql.strategies._internal.logs import LineLog, line_terms
from aql.strategies._internal.readings import conforming_to_all

__all__ = ["needed_readings"]


def needed_readings(
    contract: Contract, lines: Sequence[Line], found: Sequence[LineLog]
) -> tuple[dict[str, int], list[Row]]:
    """Return how many items, and cartons, must be inspected, and the readings that are missing on them.

    Parameters
    ----------
    contract : Contract
        The contract.
    lines : sequence of Line
        Its decision lines.
    found : sequence of LineLog
        The findings of every line but the limits.
    """
    terms = {term.id: term for term in contract.terms}
    last: dict[str, int] = {}
    for one in found:
        for term in line_terms(contract, one.line):
            last[term.reading_of or term.id] = max(last.get(term.reading_of or term.id, 0), one.inspected)
    for line in lines:
        for term in contract.terms if line.kind == "limit" else ():
            if not term.for_the_lot and judged_in_limit(term, line):
                source = term.reading_of or term.id
                last[source] = max(last.get(source, 0), line.lot_plan.total)
    given = {(row.get("term"), row.get("item")) for one in found for row in one.rows}
    rows: list[Row] = []
    for name, number in last.items():
        if terms[name].is_read:
            good = conforming_to_all(contract, terms[name])[0]
            missing = (item for item in range(1, number + 1) if (name, item) not in given)
            rows += [{"item": item, "term": name, "value": good} for item in missing]
    items = [line.lot_plan.total for line in lines if line.kind == "limit"]
    items += [one.inspected for one in found if one.line.cartons is None]
    cartons = [one.inspected for one in found if one.line.cartons is not None]
    return {"items": max(items, default=0), "cartons": max(cartons, default=0)}, rows
