"""The result of every decision line: what the log says of it, what may count, and what its plan decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.errors import DomainError
from aql.inspection.header import InspectionHeader
from aql.scoring.counting import recorded_of
from aql.scoring.deciding import Outcome, line_outcome
from aql.scoring.decision_line import Line
from aql.scoring.limits import LimitCounts, inspected_for_limit, judged_in_limit
from aql.scoring.line_result import LineResult, MissingReadings
from aql.scoring.observations import Observations
from aql.scoring.possible_counts import possible_counts
from aql.scoring.readings import too_near
from aql.types import Decision

__all__ = ["held_for_readings", "judged_in", "line_results"]


def line_results(
    contract: Contract,
    header: InspectionHeader,
    lines: Sequence[Line],
    seen: Observations,
    found_at: Mapping[str, Mapping[int, int]],
) -> dict[str, LineResult]:
    """Decide every line, and return the results.

    Parameters
    ----------
    contract : Contract
        The contract.
    header : InspectionHeader
        The header.
    lines : sequence of Line
        The decision lines.
    seen : Observations
        The log, in terms of the contract.
    found_at : mapping of str to mapping of int to int
        For each class and each term with its own plan, how often each item counts in it.

    Returns
    -------
    dict of str to LineResult
        The results by line.
    """
    by_items = contract.inspection.counting == "items"
    of_line = {line.name: replace(seen, defects=[], counts=[]) for line in lines}
    for one in seen.defects:
        of_line[one.line].defects.append(one)
    for count in seen.counts:
        of_line[count.line].counts.append(count)
    recorded = [
        recorded_of(header, line, of_line[line.name], found_at[line.name])
        for line in lines
        if line.kind != "limit"
    ]
    possible = possible_counts(recorded, by_items=by_items)
    results = {
        each.line.name: _decided(
            contract,
            each.line,
            seen,
            each.items,
            possible[each.line.name],
            header.inspection.inspected_for(each.line.name),
        )
        for each in recorded
    }
    for line in lines:
        if line.kind == "limit":
            inspected = inspected_for_limit(contract, header, line)
            done = header.lot.size if inspected is None else inspected
            counts = LimitCounts(contract, line, done, seen.defects, recorded)
            results[line.name] = _decided(contract, line, seen, counts.items, counts.spans(), inspected)
    return results


def _decided(
    contract: Contract,
    line: Line,
    seen: Observations,
    items: Iterable[int],
    possible: Sequence[tuple[int | Decimal, int | Decimal]],
    inspected: int | None,
) -> LineResult:
    """Decide a line from the counts that are possible, and the readings."""
    done = inspected or 0
    once = contract.inspection.counting == "items"
    outcome = line_outcome(line, possible, inspected, by_items=once)
    counted = [one.number for one in seen.counts if one.line == line.name]
    found, _ = outcome.counts[-1]
    least, most = possible[-1]
    missing = tuple(_missing(contract, line, seen, outcome, inspected=done))
    last = done if line.not_allowed else min(outcome.within, done)
    read = (term for term in contract.terms if term.is_read and judged_in(term, line))
    near = tuple(
        one for term in read if (one := too_near(term, seen.readings[term.id].values(), last)) is not None
    )
    decision = held_for_readings(outcome.decision, incomplete=bool(missing or near))
    return LineResult(
        name=line.name,
        kind=line.kind,
        class_name=line.class_name,
        plan=line.plan,
        lot_plan=line.lot_plan,
        origin=line.origin,
        lookup=line.lookup,
        common_letter=line.common_letter,
        minimum=line.minimum,
        raised_from=line.raised_from,
        of=line.of,
        weights=line.weights,
        cartons=line.cartons,
        counting=contract.inspection.counting,
        decision=decision,
        found=found,
        by_stage=outcome.counts,
        weighted=(Decimal(least).normalize(), Decimal(most).normalize()) if line.weights else None,
        counted=sum(counted) if counted else None,
        undecided=outcome.undecided,
        items=tuple(item for item in items if line.not_allowed or item <= outcome.within),
        inspected=inspected,
        stage=outcome.stage,
        sample=outcome.within,
        draw=outcome.draw if decision == outcome.decision else 0,
        reinstates_normal=decision == "accept" and found > (line.lot_plan.stages[outcome.stage - 1].ac or 0),
        missing=missing,
        too_near=near,
    )


def held_for_readings(decision: Decision, *, incomplete: bool) -> Decision:
    """Return the result of a line, or a hold if readings are missing or too near to a limit and nothing rejects."""
    return "hold" if incomplete and decision in {"accept", "continue"} else decision


def _missing(
    contract: Contract, line: Line, seen: Observations, outcome: Outcome, *, inspected: int
) -> Iterator[MissingReadings]:
    """The readings missing from the sample up to the stage reached."""
    given = {one.term for one in seen.counts}
    last = min(outcome.within, inspected)
    for term in contract.terms:
        if term.is_read and term.id not in given and judged_in(term, line):
            read = seen.readings[term.id].keys() | seen.not_applicable.get(term.id, set())
            if last - len(read) > _MOST_MISSING:
                raise DomainError(
                    f"readings of {term.id!r} can be missing on at most {_MOST_MISSING} items, got {last - len(read)}",
                    todo="State the number of items inspected for it under [inspection]",
                    value=last - len(read),
                )
            items = tuple(item for item in range(1, last + 1) if item not in read)
            if items:
                yield MissingReadings(term.id, items)


_MOST_MISSING = 100_000
"""Missing readings that are listed, for a term. [items]"""


def judged_in(term: Term, line: Line) -> bool:
    """Whether the readings of a term are part of the result of a line."""
    if line.kind == "limit":
        return judged_in_limit(term, line)
    if line.kind == "term":
        return term.id == line.name
    return term.class_ == line.name and not term.own_line
