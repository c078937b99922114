"""What the header and the log say of the lot as a whole, sorted by the decision that each answer leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Any

from aql.contract.contract import Contract
from aql.contract.measures import Measured
from aql.contract.terms import Term
from aql.inspection.header import InspectionHeader, Lot, Visit
from aql.scoring.lot_terms import judge_lot_terms
from aql.strategies.readings import conforming, nonconforming

__all__ = ["Answers", "answers_of"]

Values = dict[str, Any]
Answers = dict[str, list[Values]]
"""Answers to one question, by the decision that each leads to."""

_ORDER = ("reject", "hold", "accept")


def answers_of(contract: Contract) -> list[Answers]:
    """Return the answers that an inspection can give about the lot, one set for every question.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.

    Returns
    -------
    list of dict
        Per question, by decision: keys of ``[lot]`` and ``[inspection]``, or the rows ``"row"`` of the log; the
        plainest first. A decision that no answer leads to is absent.
    """
    found = [_by_decision(contract, _numbers(contract), {"quantity", "packed-share"})]
    found.append(_by_decision(contract, _days(contract), {"shipment-date"}))
    return found + [_mark(term) for term in contract.terms if term.tested_as in {"mark", "reference"}]


def _by_decision(contract: Contract, answers: Iterable[Values], kinds: set[str]) -> Answers:
    found: Answers = {}
    for answer in answers:
        visit = Visit(date=answer.get("date"))
        lot = Lot(id="L1", size=1, **{key: value for key, value in answer.items() if key != "date"})
        header = InspectionHeader(contract=contract.order.id, lot=lot, inspection=visit)
        results = [one for one in judge_lot_terms(contract, header, {}) if one.kind in kinds]
        decisions = {one.decision for one in results}
        decision = next((one for one in _ORDER if one in decisions), "accept")
        found.setdefault(decision, []).append(
            {key: value for key, value in answer.items() if value is not None}
        )
    return found


def _numbers(contract: Contract) -> Iterator[Values]:
    """Items produced and packed, at every limit and beside it."""
    ordered = contract.order.quantity
    asked = {term.tested_as: term for term in contract.terms}
    produced: list[int | None] = [None]
    packed: list[int | None] = [None]
    if "quantity" in asked:
        limits = {ordered or 0} | {
            number
            for term in contract.terms
            if term.tested_as == "quantity" and isinstance(term.measure, Measured)
            for bound in (term.measure.lower, term.measure.upper)
            if bound is not None
            for number in (ceil(bound), floor(bound))
        }
        produced += sorted({max(0, number + step) for number in limits for step in (0, -1, 1)})
    if "packed-share" in asked or contract.inspection.packed_share is not None:
        shares = [contract.inspection.packed_share]
        shares += [term.measure.min for term in contract.terms if isinstance(term.measure, Measured)]
        least = {
            ceil(Fraction(share) * (ordered or 0)) for share in shares if share is not None and 0 < share <= 1
        }
        packed += sorted({max(0, number + step) for number in least for step in (0, -1)})
    for made, ready in product(produced, packed):
        if made is None or ready is None or ready <= made:
            yield {"produced": made, "packed": ready}


def _days(contract: Contract) -> Iterator[Values]:
    """Days of shipment and of the inspection, up to the last day of shipment and after it."""
    last = contract.order.shipment_date
    yield {"date": None, "shipped_on": None}
    if last is None:
        return
    late = last + timedelta(days=1)
    yield {"date": last, "shipped_on": None}
    yield {"date": None, "shipped_on": last}
    yield {"date": late, "shipped_on": None}
    yield {"date": last, "shipped_on": late}


def _mark(term: Term) -> Answers:
    effect = term.effect or "reject"
    found: Answers = {"accept": [_row(term, text) for text in conforming(term)]}
    breached = "accept" if effect == "note" else effect
    found.setdefault(breached, []).extend(_row(term, text) for text in nonconforming(term))
    found.setdefault("accept" if effect == "note" else "hold", []).append({})
    return found


def _row(term: Term, text: str) -> Values:
    return {"row": {"term": term.id, "value": text}}
