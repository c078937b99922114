"""Scoring one lot: contract and inspection in, verdict out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from importlib.metadata import version

from aql.contract.check import check
from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.errors import DocumentError, DomainError, LogError, Problem
from aql.inspection.inspection import Inspection
from aql.scoring.counting import Counted, count_items, count_nonconformities, not_counted, that_count
from aql.scoring.deciding import Decision, Outcome, decide, decide_count
from aql.scoring.decision_lines import Line, decision_lines
from aql.scoring.lot_terms import LotTermResult, judge_lot_terms
from aql.scoring.observations import Defect, Observations, observe
from aql.scoring.reasons import line_reasons, named_items
from aql.scoring.verdict import (
    Breach,
    BreachedItem,
    Evidence,
    LineResult,
    MissingReadings,
    Outside,
    Verdict,
)
from aql.tables import tables_checksum

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
        A decision for every line and for the lot, with plans, counts, breaches and checksums.

    Raises
    ------
    DocumentError
        If the check of the contract finds an error.
    LogError
        If the log contradicts the contract; every fault at once, each with file, row and column.
    DomainError
        If the lot has no plan, as a lot of one item under a table has none.

    Notes
    -----
    Any line rejected rejects the lot; else any line on hold holds it; else any further sample due continues it;
    else it is accepted. A count that reaches Re rejects although readings are missing.

    Examples
    --------
    >>> from aql import examples
    >>> contract, inspection = examples.tablet_order()
    >>> score(contract, inspection).decision
    'reject'
    """
    if not isinstance(inspection, Inspection):
        raise DomainError(
            f"{inspection!r} is no inspection",
            "an inspection is loaded first",
            "Write aql.Inspection.load(...)",
            value=inspection,
        )
    errors = check(contract).errors
    if errors:
        raise DocumentError(
            "the contract", [Problem(error.path, f"{error.problem} {error.rewrite}") for error in errors]
        )
    header = inspection.header
    lines = decision_lines(contract, header.lot.size)
    seen = observe(contract, inspection, lines)
    if seen.problems:
        raise LogError("the log", seen.problems)
    by_items = contract.inspection.counting == "items"
    counted = (count_items if by_items else count_nonconformities)(lines, seen.defects)
    results = tuple(_line_result(contract, inspection, line, seen, counted) for line in lines)
    outside = not_counted(counted, seen.defects, {line.name: line.sample for line in results})
    held = that_count(
        seen.defects,
        outside,
        {line.name: line.items for line in results},
        {line.name for line in results if by_items and line.kind == "class"},
    )
    unlisted = _unlisted(seen, held, by_items=by_items)
    lot_terms = judge_lot_terms(contract, header, seen.answers)
    return Verdict(
        decision=_decision(results, lot_terms),
        order=contract.order.id,
        lot=header.lot.id,
        lot_size=header.lot.size,
        counting=contract.inspection.counting,
        classes=tuple(result for result in results if result.kind == "class"),
        terms=tuple(result for result in results if result.kind == "term"),
        lot_terms=lot_terms,
        breaches=(*_breaches(contract, seen, held, by_items=by_items), *_lot_breaches(contract, lot_terms)),
        outside=tuple(Outside(one.item, one.line, one.term, one.found) for one in outside),
        unlisted=unlisted,
        notes=(
            *_notes(lines, results, [one.item for one in outside]),
            *_size_notes(contract, inspection, unlisted, by_items=by_items),
        ),
        reinspection_of=header.inspection.reinspection_of,
        evidence=Evidence(
            contract.checksum,
            inspection.header_checksum,
            inspection.checksum,
            tables_checksum(),
            _installed(),
        ),
    )


@cache
def _installed() -> str:
    """The version of this library. Reading it takes longer than scoring a lot, and it stays what it is."""
    return version("aql-sampling")


def _decision(results: Sequence[LineResult], lot_terms: Sequence[LotTermResult]) -> Decision:
    decisions = {*(result.decision for result in results), *(result.decision for result in lot_terms)}
    order: tuple[Decision, ...] = ("reject", "hold", "continue")
    return next((decision for decision in order if decision in decisions), "accept")


def _line_result(
    contract: Contract, inspection: Inspection, line: Line, seen: Observations, counted: Counted
) -> LineResult:
    inspected = inspection.header.inspection.inspected_for(line.name)
    at = counted.found_at[line.name]
    counts = seen.counts.get(line.name)
    done = inspected or 0
    if counts is not None:
        total = sum(number for _, number in counts)
        outcome = decide_count(line.lot_plan, total, inspected=inspected)
    else:
        outcome = decide(line.lot_plan, at, inspected=done, any_counts=line.not_allowed)
    missing = tuple(_missing(contract, line, seen, outcome, inspected=done))
    decision = outcome.decision
    if missing and decision in {"accept", "continue"}:
        decision = "hold"
    items = tuple(dict.fromkeys(item for item in at if line.not_allowed or item <= outcome.within))
    return LineResult(
        name=line.name,
        kind="class" if line.kind == "class" else "term",
        class_name=line.class_name,
        decision=decision,
        found=outcome.found,
        items=items,
        inspected=inspected,
        plan=line.plan,
        lot_plan=line.lot_plan,
        stage=outcome.stage,
        sample=outcome.within,
        draw=outcome.draw if decision == outcome.decision else 0,
        basis=line.basis,
        lookup=line.lookup,
        practice=line.practice,
        reinstates_normal=outcome.gap and decision == "accept",
        missing=missing,
        reasons=line_reasons(
            line, outcome, decision, missing, inspected, counting=contract.inspection.counting
        ),
    )


def _terms_of(contract: Contract, line: Line) -> Iterator[Term]:
    for term in contract.terms:
        if line.kind == "term":
            mine = term.id == line.name
        else:
            mine = term.class_ == line.name and not term.own_line and not term.for_the_lot
        if mine:
            yield term


def _missing(
    contract: Contract, line: Line, seen: Observations, outcome: Outcome, *, inspected: int
) -> Iterator[MissingReadings]:
    """The readings that the sample needs, as far as it was reached, and the log does not have."""
    given = {term for term, _ in seen.counts.get(line.name, ())}
    for term in _terms_of(contract, line):
        if not term.is_read or term.id in given:
            continue
        read = seen.readings.get(term.id, set())
        items = tuple(item for item in range(1, min(outcome.within, inspected) + 1) if item not in read)
        if items:
            yield MissingReadings(term.id, items)


def _breaches(
    contract: Contract, seen: Observations, held: frozenset[Defect], *, by_items: bool
) -> Iterator[Breach]:
    counts = {term: number for pairs in seen.counts.values() for term, number in pairs if term}
    for term in contract.terms:
        mine = sorted(
            (one for one in seen.defects if one.term == term.id), key=lambda one: (one.item, one.found)
        )
        number = counts.get(term.id, 0)
        if mine or number:
            yield _breach(term, mine, number, held, by_items=by_items)


def _breach(
    term: Term, mine: Sequence[Defect], number: int, held: frozenset[Defect], *, by_items: bool
) -> Breach:
    items = tuple(BreachedItem(one.item, one.found, _signed(one.difference), one in held) for one in mine)
    counting = [one for one in mine if one in held]
    told = counting or mine
    distinct = len({one.item for one in told})
    count = number or (distinct if by_items else sum(one.times for one in told))
    worst = max(told, key=lambda one: abs(one.difference or Decimal(0)), default=None)
    on_items = f"{distinct} {'item' if distinct == 1 else 'items'}"
    if worst is None:
        found, difference = f"{count} {_what(count, by_items=by_items)}", ""
    elif term.is_read:
        measured = worst.difference is not None
        more = f"{', the worst of' if measured else ' on'} {on_items}" if distinct > 1 else ""
        found, difference = f"{worst.found}{more}", _signed(worst.difference)
    elif by_items or count == distinct:
        found, difference = on_items, ""
    else:
        found, difference = f"{count} nonconformities on {on_items}", ""
    if mine and not counting:
        found, count = f"not counted, outside the sample: {found}", 0
    return Breach(term.id, term.class_ or "", term.text, term.agreed(), found, items, count, difference)


def _what(count: int, *, by_items: bool) -> str:
    if by_items:
        return "nonconforming item" if count == 1 else "nonconforming items"
    return "nonconformity" if count == 1 else "nonconformities"


def _signed(difference: Decimal | None) -> str:
    return "" if difference is None else f"{difference:+f}"


def _lot_breaches(contract: Contract, lot_terms: Sequence[LotTermResult]) -> Iterator[Breach]:
    terms = {term.id: term for term in contract.terms}
    for result in lot_terms:
        if result.status == "breached":
            term = terms.get(result.term)
            text = term.text if term is not None else result.agreed
            owner = (term.class_ if term is not None else None) or ""
            yield Breach(result.term, owner, text, result.agreed, result.found, (), 1, result.difference)


def _unlisted(seen: Observations, held: frozenset[Defect], *, by_items: bool) -> int:
    counted = sum(number for pairs in seen.counts.values() for term, number in pairs if not term)
    loose = [defect for defect in seen.defects if not defect.term and defect in held]
    return counted + (len({one.item for one in loose}) if by_items else sum(one.times for one in loose))


def _size_notes(contract: Contract, inspection: Inspection, number: int, *, by_items: bool) -> Iterator[str]:
    if number:
        what = _what(number, by_items=by_items)
        was, it = ("was", "it counts") if number == 1 else ("were", "they count")
        yield f"{number} {what} {was} found that no term lists; {it}, and cannot be claimed on."
    ordered, size = contract.order.quantity, inspection.header.lot.size
    if ordered is not None and size > ordered:
        yield f"The lot of {size} is larger than the {ordered} ordered; its samples are those of {size}."


def _notes(lines: Sequence[Line], results: Sequence[LineResult], outside: Sequence[int]) -> Iterator[str]:
    yield from dict.fromkeys(f"Samples: {line.note}." for line in lines if line.note)
    for result in results:
        if result.reinstates_normal:
            yield f"{result.name}: the count lies between Ac and Re; the lot is accepted and normal inspection is due."
        if result.lookup is not None and result.lookup.disputed:
            readings = [cell.second_reading for cell in result.lookup.trace if cell.second_reading]
            yield f"{result.name}: the cell of the table has a second reading: {'; '.join(readings)}."
        if result.lookup is not None and result.lookup.per_hundred_items:
            yield f"{result.name}: AQL {result.lookup.aql} means nonconformities per 100 items."
    where = named_items(outside)
    if len(outside) == 1:
        yield f"1 finding lies outside the sample of its class or term and does not count: {where}."
    elif outside:
        yield f"{len(outside)} findings lie outside the sample of their class or term and do not count: {where}."
