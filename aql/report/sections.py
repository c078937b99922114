"""The sections of a report as plain values: what stands in it, before any layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aql import markup
from aql.contract.contract import Contract
from aql.contract.measures import Measured
from aql.contract.terms import Term
from aql.display.inspection import DECISION_TONES, STATUS_TONES, deciding_reasons
from aql.display.verdict import DECIDED
from aql.inspection.inspection import Inspection
from aql.report.defects import line_defects
from aql.report.notes import notes
from aql.report.photographs import photographs
from aql.report.readings import term_readings, with_unit
from aql.report.thumbnails import oc_picture, oc_words
from aql.scoring.lot_terms import LotTermResult
from aql.scoring.reasons import breached_items, item_ranges
from aql.scoring.verdict import LineResult, Verdict

__all__ = ["contents"]

_ALL = 1_000_000
_EFFECTS = {"reject": "rejects the lot", "hold": "holds the lot", "accept": "noted only"}
_STATUSES = {"met": "met", "breached": "not met", "unknown": "unknown", "open": "not due yet"}
_KINDS = {"packed-share": "Packed share", "shipment-date": "Shipment date"}


@dataclass(frozen=True, slots=True)
class PlanStage:
    """A stage of a plan as a table shows it; `reached` marks the one that decided."""

    n: str
    ac: str
    re: str
    reached: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A decision line as the table of plans shows it.

    Attributes
    ----------
    result : LineResult
        The line.
    tone : str
        Tone of its decision.
    owner : str
        Class of a term that has a line of its own, or "".
    aql, letter : str
        AQL as printed and the letters, or that the contract states the plan.
    stages : tuple of PlanStage
        Its stages.
    basis : str
        How the plan was reached.
    beyond : str
        How the sample and the items inspected differ, or "".
    items : str
        The items that count.
    picture : Html or None
        Its operating characteristic.
    words : str
        The same in words.
    """

    result: LineResult
    tone: str
    owner: str
    aql: str
    letter: str
    stages: tuple[PlanStage, ...]
    basis: str
    beyond: str
    items: str
    picture: markup.Html | None
    words: str


@dataclass(frozen=True, slots=True)
class LotTerm:
    """A term of the whole lot as the table of packing, marking and labels shows it."""

    result: LotTermResult
    name: str
    text: str
    tone: str
    status: str
    effect: str
    note: str


def contents(verdict: Verdict, contract: Contract, inspection: Inspection) -> dict[str, Any]:
    """Gather everything that the page says.

    Parameters
    ----------
    verdict : Verdict
        The verdict.
    contract : Contract
        The contract it rests on.
    inspection : Inspection
        The inspection it rests on.

    Returns
    -------
    dict
        Values for the template, by name.
    """
    terms = {term.id: term for term in contract.terms}
    # What the contract agrees outside its terms has a plain name of its own.
    names = {one.term: _KINDS[one.kind] for one in verdict.lot_terms if one.term not in terms}
    return {
        "verdict": verdict,
        "order": contract.order,
        "lot": inspection.header.lot,
        "visit": inspection.header.inspection,
        "tone": DECISION_TONES[verdict.decision],
        "decided": DECIDED[verdict.decision],
        "reasons": tuple((tone, names.get(name, name), why) for tone, name, why in _reasons(verdict)),
        "lines": tuple(_plan_line(line, verdict) for line in verdict.lines),
        "clause": contract.inspection,
        "references": tuple(term for term in contract.terms if term.reference is not None),
        "answers": {one.term: one for one in verdict.lot_terms},
        "share": _share(verdict, contract, inspection),
        "defects": line_defects(verdict, contract, inspection),
        "readings": term_readings(verdict, contract, inspection),
        "lot_terms": tuple(
            _lot_term(one, names, terms.get(one.term), inspection) for one in verdict.lot_terms
        ),
        "breaches": tuple(
            (
                one,
                names.get(one.term, one.term),
                with_unit(one.difference, terms.get(one.term)),
                breached_items(one.items, most=_ALL, bare=True),
            )
            for one in verdict.breaches
        ),
        "photographs": photographs(inspection),
        "notes": tuple(notes(verdict)),
        "standards": tuple(dict.fromkeys(one.lookup.standard for one in verdict.lines if one.lookup)),
    }


def _reasons(verdict: Verdict) -> Iterator[tuple[str, str, str]]:
    """Tone, name and reason of everything that is not accepted: what decides first, then the rest."""
    others = [one for one in ("reject", "hold", "continue") if one != verdict.decision]
    for decision in (verdict.decision, *others):
        if decision != "accept":
            for name, why in deciding_reasons(verdict, decision):
                yield DECISION_TONES[decision], name, why


def _plan_line(line: LineResult, verdict: Verdict) -> PlanLine:
    found = line.lookup
    letter = "—"
    if found is not None:
        letter = (
            found.letter if found.plan_letter == found.letter else f"{found.letter} → {found.plan_letter}"
        )
    aql = "stated" if found is None else found.aql
    several = len(line.lot_plan.stages) > 1
    return PlanLine(
        result=line,
        tone=DECISION_TONES[line.decision],
        owner=line.class_name if line.kind == "term" else "",
        aql="0, not allowed" if found is not None and found.practice else aql,
        letter=letter,
        stages=tuple(
            PlanStage(
                n=f"+ {stage.n}" if number > 1 else str(stage.n),
                ac="#" if stage.ac is None else str(stage.ac),
                re=str(stage.re),
                reached=several and number == line.stage,
            )
            for number, stage in enumerate(line.lot_plan.stages, start=1)
        ),
        basis=line.basis[:1].upper() + line.basis[1:],
        beyond=_beyond(line),
        items=item_ranges(line.items, most=_ALL),
        picture=oc_picture(line, counting=verdict.counting, lot_size=verdict.lot_size),
        words=oc_words(line, counting=verdict.counting, lot_size=verdict.lot_size),
    )


def _beyond(line: LineResult) -> str:
    """What the sample is where more was inspected, for this line or for another."""
    if line.inspected is None or line.inspected <= line.sample:
        return ""
    any_counts = line.lookup is not None and line.lookup.practice
    several = len(line.lot_plan.stages) > 1
    sample = f"the samples up to stage {line.stage} are" if several else "the sample is"
    return f"{', all of which count' if any_counts else ''}; {sample} the first {line.sample}"


def _lot_term(
    result: LotTermResult, names: dict[str, str], term: Term | None, inspection: Inspection
) -> LotTerm:
    notes_of_it = [row.note for row in inspection.rows if row.term == result.term and row.note]
    return LotTerm(
        result=result,
        name=names.get(result.term, result.term),
        text=term.text if term is not None and term.text != result.agreed else "",
        tone=STATUS_TONES[result.status],
        status=_STATUSES[result.status],
        effect=_EFFECTS[result.decision] if result.status in {"breached", "unknown"} else "",
        note="; ".join(dict.fromkeys(notes_of_it)),
    )


def _share(verdict: Verdict, contract: Contract, inspection: Inspection) -> dict[str, Any] | None:
    """The packed share of the order: in percent, what was agreed, and how it was judged."""
    packed, ordered = inspection.header.lot.packed, contract.order.quantity
    if packed is None or ordered is None:
        return None
    result = next((one for one in verdict.lot_terms if one.kind == "packed-share"), None)
    least: Decimal | None = contract.inspection.packed_share
    for term in contract.terms:
        if term.tested_as == "packed-share" and isinstance(term.measure, Measured):
            least = term.measure.lower
    percent = 100 * packed / ordered
    return {
        "percent": f"{percent:.4g} %",
        "width": round(min(percent, 100.0), 2),
        "least": None if result is None or least is None else round(min(100 * float(least), 100.0), 2),
        "agreed": result.agreed if result is not None else "",
        "tone": STATUS_TONES[result.status] if result is not None else "",
        "status": _STATUSES[result.status] if result is not None else "",
    }
