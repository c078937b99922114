"""Answers that an inspection can give to lot terms, by the decision that each answer leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from itertools import product
from math import ceil, floor

from aql.contract.contract import Contract
from aql.contract.measures import Measured
from aql.contract.terms import Term
from aql.inspection.header import InspectionHeader, Visit
from aql.inspection.lot import Lot
from aql.scoring.lot_terms import judge_lot_terms
from aql.strategies._internal.readings import conforming, nonconforming
from aql.strategies._internal.toml_table import TomlTable
from aql.types import Decision

__all__ = ["LotTermAnswer", "LotTermAnswers", "lot_term_answers"]


@dataclass(frozen=True, slots=True)
class LotTermAnswer:
    """An answer: keys of the tables ``[lot]`` and ``[inspection]`` of the header, and rows of the log."""

    lot: TomlTable = field(default_factory=dict)
    visit: TomlTable = field(default_factory=dict)
    rows: tuple[TomlTable, ...] = ()


LotTermAnswers = dict[Decision, list[LotTermAnswer]]
"""The answers to one question by decision, simplest first; a decision without an answer is absent."""


def lot_term_answers(contract: Contract) -> list[LotTermAnswers]:
    """Return the answers to lot terms that strategies draw from: quantities, dates, and each mark and reference.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.

    Returns
    -------
    list of dict
        One dict per question.
    """
    marks = (term for term in contract.terms if term.tested_as in {"mark", "reference"})
    return [
        _by_decision(contract, _quantities(contract), {"quantity", "packed-share"}),
        _by_decision(contract, _dates(contract), {"shipment-date"}),
        *(_mark(contract, term) for term in marks),
    ]


def _by_decision(contract: Contract, answers: Iterable[LotTermAnswer], kinds: set[str]) -> LotTermAnswers:
    found: LotTermAnswers = {}
    for answer in answers:
        header = InspectionHeader(
            contract=contract.order.id,
            lot=Lot(id="L1", size=1, **answer.lot),
            inspection=Visit(**answer.visit),
        )
        decisions = {
            result.decision for result in judge_lot_terms(contract, header, {}) if result.kind in kinds
        }
        found.setdefault(next((one for one in _GRAVEST if one in decisions), "accept"), []).append(answer)
    return found


_GRAVEST: tuple[Decision, ...] = ("reject", "hold")


def _quantities(contract: Contract) -> Iterator[LotTermAnswer]:
    """Quantities produced and packed: not stated, at every limit, and next to it."""
    ordered = contract.order.quantity or 0
    measures = [
        (term.tested_as, term.measure) for term in contract.terms if isinstance(term.measure, Measured)
    ]
    kinds = {term.tested_as for term in contract.terms}
    produced: list[int | None] = [None]
    packed: list[int | None] = [None]
    if "quantity" in kinds:
        limits = {ordered} | {
            whole
            for kind, measure in measures
            if kind == "quantity"
            for limit in (measure.lower, measure.upper)
            if limit is not None
            for whole in (ceil(limit), floor(limit))
        }
        produced += sorted({max(0, limit + step) for limit in limits for step in (0, -1, 1)})
    if "packed-share" in kinds or contract.inspection.packed_share is not None:
        shares = [contract.inspection.packed_share, *(measure.min for _, measure in measures)]
        limits = {ceil(Fraction(share) * ordered) for share in shares if share is not None and 0 < share <= 1}
        packed += sorted({max(0, limit + step) for limit in limits for step in (0, -1)})
    for made, ready in product(produced, packed):
        if made is None or ready is None or ready <= made:
            stated = {"produced": made, "packed": ready}
            yield LotTermAnswer({key: number for key, number in stated.items() if number is not None})


def _dates(contract: Contract) -> Iterator[LotTermAnswer]:
    """Dates of shipment and inspection: on the last date of shipment, not stated, and after it."""
    last = contract.order.shipment_date
    if last is not None:
        yield LotTermAnswer({"shipped_on": last})
    yield LotTermAnswer()
    if last is not None:
        late = last + timedelta(days=1)
        yield LotTermAnswer(visit={"date": last})
        yield LotTermAnswer(visit={"date": late})
        yield LotTermAnswer({"shipped_on": late}, {"date": last})


def _mark(contract: Contract, term: Term) -> LotTermAnswers:
    def answer(text: str) -> LotTermAnswer:
        return LotTermAnswer(rows=({"term": term.id, "value": text},))

    effect: Decision = "accept" if term.effect == "note" else term.effect or "reject"
    met: Decision = "accept" if term.effect == "note" or contract.is_compared(term) else "hold"
    found: LotTermAnswers = {met: [answer(text) for text in conforming(term)]}
    found.setdefault(effect, []).extend(answer(text) for text in nonconforming(term))
    found.setdefault("accept" if term.effect == "note" else "hold", []).append(LotTermAnswer())
    return found
