"""Scoring of one lot: a contract and an inspection give a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version

from aql.contract.check import check
from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.errors import DocumentError, DomainError, LogError
from aql.inspection.header import InspectionHeader
from aql.inspection.inspection import Inspection
from aql.scoring.breaches import lot_breaches, term_breaches
from aql.scoring.by_sku import sku_results
from aql.scoring.counting import Counting
from aql.scoring.deciding import Outcome, decide
from aql.scoring.decision_line import Line, decision_lines
from aql.scoring.defects import Count, Defect
from aql.scoring.line_result import LineResult, MissingReadings
from aql.scoring.lot_terms import LotTermResult, judge_lot_terms
from aql.scoring.observations import Observations, observe
from aql.scoring.possible_counts import Form, Recorded, Span, possible_counts
from aql.scoring.readings import term_readings, too_near
from aql.scoring.verdict import Evidence, Verdict
from aql.tables import tables_checksum
from aql.types import Decision
from aql.words import short_repr

__all__ = ["score"]


def score(contract: Contract, inspection: Inspection) -> Verdict:
    """Score an inspection against its contract.

    Parameters
    ----------
    contract : Contract
        What was agreed.
    inspection : Inspection
        What was found.

    Returns
    -------
    Verdict
        The decision for every line and for the lot, with plans, counts, defects, readings, breaches and checksums.

    Raises
    ------
    DocumentError
        If the check of the contract finds an error.
    LogError
        If the log contradicts the contract; it lists every problem with file, row and column.
    DomainError
        If an argument has the wrong type, or the table has no plan for the lot (a lot of one item).

    Notes
    -----
    The lot is rejected if any line or lot term is. Otherwise it is held if any is on hold, and continued if any needs a
    further sample; otherwise it is accepted. A count that reaches Re rejects even if readings are missing.

    Examples
    --------
    >>> from aql import examples
    >>> contract, inspection = examples.tablet_order()
    >>> score(contract, inspection).decision
    'reject'
    """
    if not isinstance(inspection, Inspection):
        raise DomainError(
            f"inspection must be an aql.Inspection, got {short_repr(inspection)}",
            todo="Swap the two arguments"
            if isinstance(contract, Inspection)
            else "Load one with aql.Inspection.load",
            value=inspection,
        )
    errors = check(contract).errors
    if errors:
        raise DocumentError("the contract", [error.as_problem() for error in errors])
    header = inspection.header.without_findings()
    lines = decision_lines(contract, header.lot.size, cartons=header.lot.cartons)
    inspection = replace(inspection, header=_cartons_apart(inspection.header, lines))
    seen = observe(contract, inspection, lines)
    if seen.problems:
        raise LogError("the log", seen.problems)
    by_items = contract.inspection.counting == "items"
    counting = Counting.of(lines, seen.defects, by_items=by_items)
    found_at = counting.found_at(seen.defects)
    recorded = [_recorded(inspection.header, line, seen, found_at[line.name]) for line in lines]
    possible = possible_counts(recorded, by_items=by_items)
    results = {
        one.line.name: _decided(contract, inspection.header, one, possible[one.line.name], seen)
        for one in recorded
    }
    defects = tuple(counting.placed(one, results) for one in seen.defects)
    lot_terms = judge_lot_terms(contract, header, seen.answers)
    order = contract.order
    return Verdict(
        decision=_decision([*results.values(), *lot_terms]),
        header=header,
        supplier=order.supplier,
        product=order.product,
        ordered=order.quantity,
        shipment_date=order.shipment_date,
        clause=contract.inspection,
        agreed=contract.terms,
        classes=tuple(one for one in results.values() if one.kind == "class"),
        terms=tuple(one for one in results.values() if one.kind == "term"),
        lot_terms=lot_terms,
        defects=defects,
        counts=tuple(seen.counts),
        readings=tuple(
            term_readings(term, seen.readings[term.id], seen.not_applicable.get(term.id, ()))
            for term in contract.terms
            if term.is_read
        ),
        breaches=(
            *term_breaches(contract, defects, seen.counts, by_items=by_items),
            *lot_breaches(contract, lot_terms),
        ),
        unlisted=_unlisted(defects, seen.counts, results, by_items=by_items),
        log_notes=tuple(seen.notes),
        evidence=Evidence(
            contract.checksum, header.checksum, inspection.checksum, tables_checksum(), _installed()
        ),
        skus=sku_results(
            header.lot,
            seen.skus,
            (row.item for row in inspection.rows if row.item is not None),
            defects,
            seen.counts,
            by_items=by_items,
        ),
    )


@cache
def _installed() -> str:
    """The version of this library, cached because reading it takes longer than scoring a lot."""
    return version("aql-sampling")


def _cartons_apart(header: InspectionHeader, lines: Sequence[Line]) -> InspectionHeader:
    """The header with one number inspected, which is of items, stated for each line of items."""
    inspected = header.inspection.inspected
    if not isinstance(inspected, int) or all(line.cartons is None for line in lines):
        return header
    each = tuple((line.name, inspected) for line in lines if line.cartons is None)
    return header.model_copy(update={"inspection": header.inspection.model_copy(update={"inspected": each})})


def _decision(results: Sequence[LineResult | LotTermResult]) -> Decision:
    """The decision on the lot: reject takes precedence over hold, hold over continue, continue over accept."""
    decisions = {one.decision for one in results}
    order: tuple[Decision, ...] = ("reject", "hold", "continue", "accept")
    return next((one for one in order if one in decisions), "accept")


def _recorded(header: InspectionHeader, line: Line, seen: Observations, at: Sequence[int]) -> Recorded:
    """What the log says of a line: the item numbers that count in it, or its counts without item numbers."""
    inspected = header.inspection.inspected_for(line.name)
    counts = Counter[str]()
    stages = [Counter[str]() for _ in line.lot_plan.stages]
    staged = False
    for one in seen.counts:
        if one.line == line.name:
            counts[one.term] += one.number
            if one.stage is not None and one.number and not line.not_allowed:
                stages[one.stage - 1][one.term] += one.number
                staged = True
    # A count of 0 adds nothing to rows with items; alone, it says that nothing was classified or tallied.
    form: Form = "items" if line.name in seen.with_item else "none"
    if counts.total() or (counts and form == "none"):
        form = "classified" if counts[""] or set(counts) == {""} else "tallies"
    classified = counts.pop("", 0)
    drawn = line.lot_plan.total
    outside = () if line.not_allowed else {one.item for one in seen.defects if one.line == line.name}
    return Recorded(
        line,
        (line.cartons or header.lot.size) if inspected is None else inspected,
        form,
        at,
        sorted(item for item in outside if item > drawn),
        classified,
        counts,
        tuple(stages) if staged else (),
    )


def _decided(
    contract: Contract,
    header: InspectionHeader,
    recorded: Recorded,
    possible: Sequence[Span],
    seen: Observations,
) -> LineResult:
    """Decide a line from the counts that are possible."""
    line, at = recorded.line, recorded.items
    inspected = header.inspection.inspected_for(line.name)
    done = inspected or 0
    outcome = decide(line.lot_plan, possible, inspected=done, once=contract.inspection.counting == "items")
    if inspected is None and outcome.undecided:
        outcome = replace(outcome, undecided=False, draw=outcome.within)
    counted = [one.number for one in seen.counts if one.line == line.name]
    found, at_most = outcome.counts[-1]
    missing = tuple(_missing(contract, line, seen, outcome, inspected=done))
    last = done if line.not_allowed else min(outcome.within, done)
    read = (term for term in contract.terms if term.is_read and _judged_in(term, line))
    near = tuple(
        one for term in read if (one := too_near(term, seen.readings[term.id].values(), last)) is not None
    )
    decision = outcome.decision
    if (missing or near) and decision in {"accept", "continue"}:
        decision = "hold"
    return LineResult(
        name=line.name,
        kind=line.kind,
        class_name=line.class_name,
        plan=line.plan,
        lot_plan=line.lot_plan,
        origin=line.origin,
        lookup=line.lookup,
        common_letter=line.common_letter,
        cartons=line.cartons,
        decision=decision,
        found=found,
        open_count=at_most - found,
        by_stage=outcome.counts,
        counted=sum(counted) if counted else None,
        undecided=outcome.undecided,
        items=tuple(dict.fromkeys(item for item in at if line.not_allowed or item <= outcome.within)),
        inspected=inspected,
        stage=outcome.stage,
        sample=outcome.within,
        draw=outcome.draw if decision == outcome.decision else 0,
        reinstates_normal=decision == "accept" and found > (line.lot_plan.stages[outcome.stage - 1].ac or 0),
        missing=missing,
        too_near=near,
    )


def _missing(
    contract: Contract, line: Line, seen: Observations, outcome: Outcome, *, inspected: int
) -> Iterator[MissingReadings]:
    """The readings missing from the sample up to the stage reached."""
    given = {one.term for one in seen.counts if one.line == line.name}
    last = min(outcome.within, inspected)
    for term in contract.terms:
        if term.is_read and term.id not in given and _judged_in(term, line):
            read = seen.readings[term.id].keys() | seen.not_applicable.get(term.id, set())
            items = tuple(item for item in range(1, last + 1) if item not in read)
            if items:
                yield MissingReadings(term.id, items)


def _judged_in(term: Term, line: Line) -> bool:
    """Whether a term with readings is judged in a line."""
    if line.kind == "term":
        return term.id == line.name
    return term.class_ == line.name and not term.own_line


def _unlisted(
    defects: Sequence[Defect], counts: Sequence[Count], results: Mapping[str, LineResult], *, by_items: bool
) -> int:
    """How many of the nonconforming items, or nonconformities, that certainly count are not listed as a term."""
    counted = sum(results[name].found for name in {one.line for one in counts if one.number and not one.term})
    loose = [one for one in defects if not one.term and one.counts]
    return counted + (len({one.item for one in loose}) if by_items else sum(one.times for one in loose))
