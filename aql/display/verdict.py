"""A verdict in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.scoring.reasons import breached_items, named_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aql.scoring.verdict import LineResult, Verdict

__all__ = ["DECIDED", "explain_verdict"]

DECIDED = {
    "accept": "is accepted",
    "reject": "is rejected",
    "continue": "is not decided: a further sample is due",
    "hold": "is on hold: something the contract needs is missing",
}


def explain_verdict(verdict: Verdict) -> str:
    """Say a verdict and its reasons, a line for each decision line and each breach.

    Parameters
    ----------
    verdict : Verdict
        What `score` returned.

    Returns
    -------
    str
        Lines of plain text.
    """
    return "\n".join(_sentences(verdict))


def _sentences(verdict: Verdict) -> Iterator[str]:
    yield f"Lot {verdict.lot} of order {verdict.order}, {verdict.lot_size} items, {DECIDED[verdict.decision]}."
    for line in verdict.lines:
        yield _line(line)
    for result in verdict.lot_terms:
        state = {"met": "met", "breached": "not met", "unknown": "unknown", "open": "not due yet"}[
            result.status
        ]
        effect = f" ({result.decision})" if result.status in {"breached", "unknown"} else ""
        yield f"{result.term}: {state}{effect}; agreed: {result.agreed}; found: {result.found}."
    for breach in verdict.breaches:
        where = f", {breached_items(breach.items)}" if breach.items else ""
        beyond = f" ({breach.difference})" if breach.difference else ""
        yield f"Not met: {breach.term}: agreed: {breach.agreed}; found: {breach.found}{beyond}{where}."
    yield from verdict.notes


def _line(line: LineResult) -> str:
    items = f" Counted: {named_items(line.items)}." if line.items else ""
    return f"{line.name}: {line.decision}. {'; '.join(line.reasons)}. Plan: {line.basis}.{items}"
