"""Terms that are judged once for the lot: quantity, packed share, shipment date, marks and references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from aql.contract.contract import Contract
from aql.contract.measures import Measured
from aql.contract.terms import Term
from aql.inspection.header import InspectionHeader

__all__ = ["LotTermResult", "judge_lot_terms"]

Status = Literal["met", "breached", "unknown", "open"]


@dataclass(frozen=True, slots=True)
class LotTermResult:
    """What became of a term that is judged once for the lot.

    Attributes
    ----------
    term : str
        The term; ``"packed-share"`` or ``"shipment-date"`` where the contract agrees it outside its terms.
    kind : str
        Kind of term.
    agreed, found : str
        What was agreed and what was found.
    status : "met", "breached", "unknown" or "open"
        ``"open"``: a shipment date that is not yet reached; it has no effect.
    effect : "reject", "hold" or "note"
        What a breach does to the lot.
    difference : str
        How far it is missed.
    """

    term: str
    kind: str
    agreed: str
    found: str
    status: Status
    effect: Literal["reject", "hold", "note"] = "reject"
    difference: str = ""

    @property
    def decision(self) -> Literal["accept", "reject", "hold"]:
        """What this result alone does to the lot."""
        if self.effect == "note" or self.status in {"met", "open"}:
            return "accept"
        return "hold" if self.status == "unknown" or self.effect == "hold" else "reject"


def judge_lot_terms(
    contract: Contract, header: InspectionHeader, answers: Mapping[str, str]
) -> tuple[LotTermResult, ...]:
    """Judge the lot-level terms of a contract.

    The packed share of ``[inspection]`` and the shipment date of ``[order]`` are judged although no term names
    them.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.
    header : InspectionHeader
        The header of the inspection.
    answers : mapping of str to str
        Per mark or reference, the answer that the log gives.

    Returns
    -------
    tuple of LotTermResult
        In the order of the contract, those that no term names last.
    """
    results = [_judge(contract, header, term, answers) for term in contract.terms if term.for_the_lot]
    kinds = {result.kind for result in results}
    if contract.inspection.packed_share is not None and "packed-share" not in kinds:
        results.append(_share(contract, header, None))
    if contract.order.shipment_date is not None and "shipment-date" not in kinds:
        results.append(_shipment(contract, header, None))
    return tuple(results)


def _judge(
    contract: Contract, header: InspectionHeader, term: Term, answers: Mapping[str, str]
) -> LotTermResult:
    if term.tested_as == "quantity":
        return _quantity(contract, header, term)
    if term.tested_as == "packed-share":
        return _share(contract, header, term)
    if term.tested_as == "shipment-date":
        return _shipment(contract, header, term)
    kind, effect = term.tested_as or "mark", term.effect or "reject"
    agreed = term.agreed() if term.measure is not None else term.text
    if term.id not in answers:
        return LotTermResult(term.id, kind, agreed, "not answered", "unknown", effect)
    answer = answers[term.id]
    met = term.judged(answer).conforms if term.measure is not None else answer.casefold() == "yes"
    return LotTermResult(term.id, kind, agreed, answer, "met" if met else "breached", effect)


def _quantity(contract: Contract, header: InspectionHeader, term: Term) -> LotTermResult:
    limits = term.measure if isinstance(term.measure, Measured) else None
    ordered = contract.order.quantity or 0
    measure = limits or Measured(unit="items", min=Decimal(ordered))
    made = header.lot.produced
    effect = term.effect or "reject"
    if made is None:
        return LotTermResult(term.id, "quantity", measure.agreed(), "not stated", "unknown", effect)
    judged = measure.judge(str(made), rounding=None, guard=None)
    difference = "" if judged.difference is None else f"{judged.difference:+f}"
    status: Status = "met" if judged.conforms else "breached"
    return LotTermResult(
        term.id, "quantity", measure.agreed(), f"{made} produced", status, effect, difference
    )


def _share(contract: Contract, header: InspectionHeader, term: Term | None) -> LotTermResult:
    stated = term.measure.lower if term is not None and isinstance(term.measure, Measured) else None
    least = Fraction(stated if stated is not None else contract.inspection.packed_share or Decimal(0))
    name, effect = (term.id, term.effect or "reject") if term is not None else ("packed-share", "reject")
    agreed = f"at least {_percent(least)} of the ordered items packed"
    packed, ordered = header.lot.packed, contract.order.quantity
    if packed is None or ordered is None:
        missing = "packed" if packed is None else "ordered"
        return LotTermResult(name, "packed-share", agreed, f"number {missing} not stated", "unknown", effect)
    share = Fraction(packed, ordered)
    found = f"{packed} of {ordered} packed, {_percent(share)}"
    if share >= least:
        return LotTermResult(name, "packed-share", agreed, found, "met", effect)
    return LotTermResult(
        name, "packed-share", agreed, found, "breached", effect, f"-{_percent(least - share)}"
    )


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.4g} %"


def _shipment(contract: Contract, header: InspectionHeader, term: Term | None) -> LotTermResult:
    name, effect = (term.id, term.effect or "reject") if term is not None else ("shipment-date", "reject")
    last, shipped, today = contract.order.shipment_date, header.lot.shipped_on, header.inspection.date
    agreed = f"shipped by {last}"
    day = shipped or today
    if last is None or day is None:
        # Without a term of its own the date binds once a day is known that lies beyond it.
        status: Status = "unknown" if term is not None else "open"
        return LotTermResult(name, "shipment-date", agreed, "no date stated", status, effect)
    late = (day - last).days
    if shipped is not None:
        found, status = f"shipped on {shipped}", "breached" if late > 0 else "met"
    else:
        found, status = f"not shipped on {today}", "breached" if late > 0 else "open"
    return LotTermResult(
        name,
        "shipment-date",
        agreed,
        found,
        status,
        effect,
        f"{late} {'day' if late == 1 else 'days'} late" if late > 0 else "",
    )
