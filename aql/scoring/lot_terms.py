"""Lot terms, which are judged once for the lot: quantity, packed share, shipment date, marks and references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Literal

from aql.contract.contract import Contract
from aql.contract.measures import Measured
from aql.contract.terms import Term, TermKind
from aql.inspection.header import InspectionHeader
from aql.types import Effect, LotTermStatus
from aql.words import in_brief

__all__ = ["LotTermResult", "judge_lot_terms"]

_DIGITS = Context(prec=28)


@dataclass(frozen=True, slots=True, repr=False)
class LotTermResult:
    """The result of a lot term.

    What was found is in the header of the inspection, except for the answers to marks and references.

    Attributes
    ----------
    term : str
        Id of the term; ``"packed-share"`` or ``"shipment-date"`` if the contract agrees these without a term.
    kind : str
        Kind of term.
    status : "met", "breached", "unknown" or "open"
        ``"open"``: a shipment date that has not been reached; it has no effect.
    effect : "reject", "hold" or "note"
        What a breach does to the lot.
    lower, upper : Decimal or None
        Limits of a quantity [items], or `lower` as the minimum packed share [1]; None if there is no such limit.
    answer : str
        Answer in the log to a mark or reference; "" for other kinds and if there is no answer.
    difference : Decimal or None
        How far the term is missed: items, share of the order to 28 digits [1], or days late; None if it is met and if
        nothing is measured.
    compared : bool
        False if the file of a reference was not there to be compared with its SHA-256; the term is then unknown unless
        the answer says that it is breached.
    """

    term: str
    kind: TermKind
    status: LotTermStatus
    effect: Effect = "reject"
    lower: Decimal | None = None
    upper: Decimal | None = None
    answer: str = ""
    difference: Decimal | None = None
    compared: bool = True

    @property
    def decision(self) -> Literal["accept", "reject", "hold"]:
        """The decision on the lot from this result alone."""
        if self.effect == "note" or self.status in {"met", "open"}:
            return "accept"
        return "hold" if self.status == "unknown" or self.effect == "hold" else "reject"

    def __repr__(self) -> str:
        return in_brief("LotTermResult", f"{self.term}: {self.status}, {self.decision}")


def judge_lot_terms(
    contract: Contract, header: InspectionHeader, answers: Mapping[str, str]
) -> tuple[LotTermResult, ...]:
    """Judge the lot terms of a contract.

    The packed share of ``[inspection]`` and the shipment date of ``[order]`` are judged even if no term names them.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.
    header : InspectionHeader
        The header of the inspection.
    answers : mapping of str to str
        The answers in the log, by mark or reference.

    Returns
    -------
    tuple of LotTermResult
        In the order of the contract; those without a term come last.
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
    kind, effect, answer = term.tested_as or "mark", term.effect or "reject", answers.get(term.id, "")
    if not answer:
        return LotTermResult(term.id, kind, "unknown", effect)
    met = term.judged(answer).conforms
    compared = contract.is_compared(term)
    status: LotTermStatus = ("met" if compared else "unknown") if met else "breached"
    return LotTermResult(term.id, kind, status, effect, answer=answer, compared=compared)


def _quantity(contract: Contract, header: InspectionHeader, term: Term) -> LotTermResult:
    """Compare the quantity produced with the limits of the term, or with the quantity ordered."""
    measure = term.measure
    if not isinstance(measure, Measured):
        measure = Measured(unit="items", min=Decimal(contract.order.quantity or 0))
    made, effect = header.lot.produced, term.effect or "reject"
    status: LotTermStatus = "unknown"
    difference = None
    if made is not None:
        judged = measure.judge(str(made))
        status, difference = "met" if judged.conforms else "breached", judged.difference
    return LotTermResult(
        term.id, "quantity", status, effect, measure.lower, measure.upper, difference=difference
    )


def _share(contract: Contract, header: InspectionHeader, term: Term | None) -> LotTermResult:
    """Compare the packed share of the order with its minimum, as exact fractions."""
    stated = term.measure.lower if term is not None and isinstance(term.measure, Measured) else None
    least = stated if stated is not None else contract.inspection.packed_share or Decimal(0)
    name, effect = (term.id, term.effect or "reject") if term is not None else ("packed-share", "reject")
    packed, ordered = header.lot.packed, contract.order.quantity
    status: LotTermStatus = "unknown"
    difference = None
    if packed is not None and ordered is not None:
        missing = Fraction(least) - Fraction(packed, ordered)
        status = "breached" if missing > 0 else "met"
        difference = _decimal(-missing) if missing > 0 else None
    return LotTermResult(name, "packed-share", status, effect, least, difference=difference)


def _decimal(share: Fraction) -> Decimal:
    return _DIGITS.divide(Decimal(share.numerator), Decimal(share.denominator))


def _shipment(contract: Contract, header: InspectionHeader, term: Term | None) -> LotTermResult:
    """Compare the date of shipment, or of the inspection if the lot has not been shipped, with the last date agreed."""
    name, effect = (term.id, term.effect or "reject") if term is not None else ("shipment-date", "reject")
    last, shipped = contract.order.shipment_date, header.lot.shipped_on
    day = shipped or header.inspection.date
    difference = None
    status: LotTermStatus
    if last is None or day is None:
        # A date without a term never holds the lot: it matters only once a later date is known.
        status = "unknown" if term is not None else "open"
    elif day > last:
        status, difference = "breached", Decimal((day - last).days)
    else:
        status = "met" if shipped is not None else "open"
    return LotTermResult(name, "shipment-date", status, effect, difference=difference)
