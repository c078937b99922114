"""The contents of a report as plain values for the templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aql.contract.terms import TermKind
from aql.display.breaches import Words, lot_term_words, reading_in_words
from aql.display.decisions import DECIDED, DECISION_TONES, EFFECTS, STATUS_TONES, STATUSES
from aql.display.note_sentences import cell_notes, edition_notes, verdict_notes
from aql.display.reasons import named_items
from aql.display.verdict import deciding_reasons
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.inspection.inspection import Inspection
from aql.languages import marked, say
from aql.report.defect_table import defect_table
from aql.report.defects import line_defects
from aql.report.not_met import terms_not_met
from aql.report.photo_places import placed_photos
from aql.report.photographs import logo_photograph, photographs
from aql.report.plan_lines import plan_curves, plan_lines
from aql.report.readings import read_terms
from aql.report.sampling_record import sampling_record
from aql.report.summary import section_results
from aql.scoring.drawing import Drawing
from aql.scoring.lot_terms import LotTermResult
from aql.scoring.verdict import Verdict
from aql.types import Decision

__all__ = ["contents"]

_KINDS: dict[TermKind, str] = {
    "packed-share": marked("Packed share"),
    "shipment-date": marked("Shipment date"),
}


@dataclass(frozen=True, slots=True)
class LotTerm:
    """A lot term in the table of packing, marking and labels."""

    name: str
    text: str
    words: Words
    tone: str
    status: str
    effect: str
    note: str


@dataclass(frozen=True, slots=True)
class Share:
    """The packed share of the order as a bar: the percentage, the length of the bar, and what was agreed."""

    percent: str
    width: float
    least: float | None
    agreed: str
    tone: str
    status: str


def contents(
    verdict: Verdict,
    *,
    inspection: Inspection | None,
    drawing: Drawing | None = None,
    limits: InputLimits = DEFAULT_LIMITS,
) -> dict[str, object]:
    """Collect the sections of the report: everything that the page shows.

    Parameters
    ----------
    verdict : Verdict
        The verdict.
    inspection : Inspection or None
        The inspection, for the photographs; None if they are not available.
    drawing : Drawing or None
        How the sample was drawn; None for the drawing of the verdict, if it has one.
    limits : InputLimits
        How many photographs there may be, and how large they may be in all.

    Returns
    -------
    dict
        Values for the template, by name.
    """
    rows, folder = ((), None) if inspection is None else (inspection.rows, inspection.folder)
    # A packed share or shipment date agreed without a term has no id, so it gets a readable name.
    # A stored verdict may lack the text of a term.
    names = {
        one.term: say(_KINDS[one.kind]) if one.kind in _KINDS else one.term
        for one in verdict.lot_terms
        if verdict.term(one.term) is None
    }
    defects = line_defects(verdict)
    return {
        "verdict": verdict,
        "lot": verdict.header.lot,
        "visit": verdict.header.inspection,
        "tone": DECISION_TONES[verdict.decision],
        "decided": say(DECIDED[verdict.decision]),
        "reasons": tuple((tone, names.get(name, name), why) for tone, name, why in _reasons(verdict)),
        "summary": section_results(verdict),
        "defect_table": defect_table(verdict, defects),
        "lines": plan_lines(verdict),
        "curves": plan_curves(verdict),
        "references": tuple(term for term in verdict.agreed if term.reference is not None),
        "share": _share(verdict),
        "sampling": sampling_record(verdict.drawing if drawing is None else drawing, verdict),
        "defects": defects,
        "found_of": lambda one: reading_in_words(one.found, verdict.term(one.term)),
        "readings": read_terms(verdict),
        "lot_terms": tuple(_lot_term(one, names, verdict) for one in verdict.lot_terms),
        "not_met": terms_not_met(verdict, names),
        "photos": placed_photos(photographs(verdict.header, rows, folder, limits=limits), defects),
        "logo": logo_photograph(verdict.header, folder),
        "log_notes": tuple(_log_notes(verdict)),
        "notes": (*edition_notes(verdict), *verdict_notes(verdict), *cell_notes(verdict)),
        "standards": tuple(dict.fromkeys(one.lookup.standard for one in verdict.lines if one.lookup)),
    }


def _log_notes(verdict: Verdict) -> Iterator[str]:
    """Yield the notes of the log that no other section has: of rows that say OK, of defects found by eye, of counts."""
    shown = {one.term for one in verdict.readings if one.readings} | {one.term for one in verdict.lot_terms}
    for one in verdict.log_notes:
        if one.term not in shown:
            item = [] if one.item is None else [named_items([one.item], of=verdict.counted_of(one.term))]
            yield f"{', '.join([*([one.term] if one.term else []), *item])}: {one.note}"
    for count in verdict.counts:
        if count.note:
            name = count.term or count.line
            yield say("{name}, {number} counted: {note}", name=name, number=count.number, note=count.note)


def _reasons(verdict: Verdict) -> Iterator[tuple[str, str, str]]:
    """Tone, name and reason of everything that is not accepted, starting with what decides the verdict."""
    order: tuple[Decision, ...] = (verdict.decision, "reject", "hold", "continue")
    for decision in dict.fromkeys(order):
        if decision != "accept":
            for name, why in deciding_reasons(verdict, decision):
                yield DECISION_TONES[decision], name, why


def _lot_term(result: LotTermResult, names: Mapping[str, str], verdict: Verdict) -> LotTerm:
    term, words = verdict.term(result.term), lot_term_words(result, verdict)
    notes = [one.note for one in verdict.log_notes if one.term == result.term]
    return LotTerm(
        name=names.get(result.term, result.term),
        text=term.text if term is not None and term.text != words.agreed else "",
        words=words,
        tone=STATUS_TONES[result.status],
        status=say(STATUSES[result.status]),
        effect=say(EFFECTS[result.decision]) if result.status in {"breached", "unknown"} else "",
        note="; ".join(dict.fromkeys(notes)),
    )


def _share(verdict: Verdict) -> Share | None:
    """The packed share of the order; None if a number is missing."""
    packed, ordered = verdict.header.lot.packed, verdict.ordered
    if packed is None or ordered is None:
        return None
    percent = 100 * packed / ordered
    result = next((one for one in verdict.lot_terms if one.kind == "packed-share"), None)
    least = None if result is None or result.lower is None else min(100 * float(result.lower), 100.0)
    return Share(
        percent=f"{percent:.4g} %",
        width=round(min(percent, 100.0), 2),
        least=None if least is None else round(least, 2),
        agreed="" if result is None else lot_term_words(result, verdict).agreed,
        tone="" if result is None else STATUS_TONES[result.status],
        status="" if result is None else say(STATUSES[result.status]),
    )
