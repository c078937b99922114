"""Scoring of one lot: a contract and an inspection give a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version

from aql.contract.check import check
from aql.contract.contract import Contract
from aql.errors import DocumentError, DomainError, LogError
from aql.inspection.header import InspectionHeader
from aql.inspection.inspection import Inspection
from aql.scoring.breaches import lot_breaches, term_breaches
from aql.scoring.by_sku import sku_results
from aql.scoring.counting import Counting
from aql.scoring.deciding import lot_decision
from aql.scoring.decision_line import Line, decision_lines
from aql.scoring.draw import drawn_as_stated
from aql.scoring.line_results import line_results
from aql.scoring.lot_result import unlisted_number
from aql.scoring.lot_terms import judge_lot_terms
from aql.scoring.observations import observe
from aql.scoring.readings import term_readings
from aql.scoring.resubmission import for_classes_named
from aql.scoring.verdict import Evidence, Verdict
from aql.tables import tables_checksum
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
    whole, contract = contract, for_classes_named(contract, inspection.header)
    lines = decision_lines(
        contract,
        header.lot.size,
        cartons=header.lot.carton_count,
        severity_of=header.inspection.severity_for,
    )
    inspection = replace(inspection, header=_cartons_apart(inspection.header, lines))
    seen = observe(contract, inspection, lines)
    if seen.problems:
        raise LogError("the log", seen.problems)
    by_items = contract.inspection.counting == "items"
    own = [line for line in lines if line.kind != "limit"]
    counting = Counting.of(own, seen.defects, by_items=by_items)
    results = line_results(contract, inspection.header, lines, seen, counting.found_at(seen.defects))
    defects = tuple(counting.placed(one, results) for one in seen.defects)
    lot_terms = judge_lot_terms(contract, header, seen.answers)
    order = contract.order
    drawing = drawn_as_stated(whole, header)
    cartons = {term.id for term in contract.terms if term.of == "cartons"}
    return Verdict(
        decision=lot_decision([*results.values(), *lot_terms]),
        header=header,
        supplier=order.supplier,
        product=order.product,
        ordered=order.quantity,
        shipment_date=order.shipment_date,
        clause=contract.inspection,
        agreed=contract.terms,
        classes=tuple(one for one in results.values() if one.kind == "class"),
        terms=tuple(one for one in results.values() if one.kind == "term"),
        limits=tuple(one for one in results.values() if one.kind == "limit"),
        lot_terms=lot_terms,
        defects=defects,
        counts=tuple(seen.counts),
        readings=tuple(
            term_readings(term, seen.readings.get(term.id, {}), seen.not_applicable.get(term.id, ()))
            for term in contract.terms
            if term.is_read or term.id in seen.not_applicable
        ),
        breaches=(
            *term_breaches(contract, defects, seen.counts, by_items=by_items),
            *lot_breaches(contract, lot_terms),
        ),
        unlisted=unlisted_number(defects, seen.counts, results, by_items=by_items),
        log_notes=tuple(seen.notes),
        drawing=drawing,
        evidence=Evidence(
            whole.checksum, header.checksum, inspection.checksum, tables_checksum(), _installed()
        ),
        skus=sku_results(
            header.lot,
            seen.skus,
            (row.item for row in inspection.rows if row.item is not None and row.term not in cartons),
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
