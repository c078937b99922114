"""The contents of a report as plain values for the templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aql.contract.terms import TermKind
from aql.display.breaches import Words, breach_words, breached_items, lot_term_words
from aql.display.decisions import DECIDED, DECISION_TONES, EFFECTS, STATUS_TONES, STATUSES
from aql.display.verdict import deciding_reasons
from aql.display.verdict_notes import cell_notes, edition_notes, verdict_notes
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.inspection.inspection import Inspection
from aql.report.defects import line_defects
from aql.report.photographs import photographs
from aql.report.plan_lines import plan_lines
from aql.report.readings import read_terms
from aql.report.units import with_unit
from aql.scoring.breaches import Breach
from aql.scoring.lot_terms import LotTermResult
from aql.scoring.verdict import Verdict
from aql.types import Decision

__all__ = ["contents"]

_ALL = 1_000_000
_KINDS: dict[TermKind, str] = {"packed-share": "Packed share", "shipment-date": "Shipment date"}


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
class NotMet:
    """A breach in the table of terms not met."""

    name: str
    owner: str
    words: Words
    items: str


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
    verdict: Verdict, *, inspection: Inspection | None, limits: InputLimits = DEFAULT_LIMITS
) -> dict[str, object]:
    """Collect the sections of the report: everything that the page shows.

    Parameters
    ----------
    verdict : Verdict
        The verdict.
    inspection : Inspection or None
        The inspection, for the photographs; None if they are not available.
    limits : InputLimits
        How many photographs there may be, and how large they may be in all.

    Returns
    -------
    dict
        Values for the template, by name.
    """
    rows, folder = ((), None) if inspection is None else (inspection.rows, inspection.folder)
    # A packed share or shipment date agreed without a term has no id, so it gets a readable name.
    names = {one.term: _KINDS[one.kind] for one in verdict.lot_terms if verdict.term(one.term) is None}
    return {
        "verdict": verdict,
        "lot": verdict.header.lot,
        "visit": verdict.header.inspection,
        "tone": DECISION_TONES[verdict.decision],
        "decided": DECIDED[verdict.decision],
        "reasons": tuple((tone, names.get(name, name), why) for tone, name, why in _reasons(verdict)),
        "lines": plan_lines(verdict),
        "references": tuple(term for term in verdict.agreed if term.reference is not None),
        "share": _share(verdict),
        "defects": line_defects(verdict),
        "readings": read_terms(verdict),
        "lot_terms": tuple(_lot_term(one, names, verdict) for one in verdict.lot_terms),
        "breaches": tuple(_not_met(one, names, verdict) for one in verdict.breaches),
        "photographs": photographs(verdict.header, rows, folder, limits=limits),
        "log_notes": tuple(_log_notes(verdict)),
        "notes": (*edition_notes(verdict), *verdict_notes(verdict), *cell_notes(verdict)),
        "standards": tuple(dict.fromkeys(one.lookup.standard for one in verdict.lines if one.lookup)),
    }


def _log_notes(verdict: Verdict) -> Iterator[str]:
    """Yield the notes of the log that no other section has: of rows that say OK, of defects found by eye, of counts."""
    shown = {one.term for one in verdict.readings if one.readings} | {one.term for one in verdict.lot_terms}
    for one in verdict.log_notes:
        if one.term not in shown:
            of = verdict.counted_of(one.term)
            about = [one.term] if one.term else []
            yield f"{', '.join([*about, f'{of[:-1]} {one.item}'])}: {one.note}"
    for count in verdict.counts:
        if count.note:
            yield f"{count.term or count.line}, {count.number} counted: {count.note}"


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
        status=STATUSES[result.status],
        effect=EFFECTS[result.decision] if result.status in {"breached", "unknown"} else "",
        note="; ".join(dict.fromkeys(notes)),
    )


def _not_met(breach: Breach, names: Mapping[str, str], verdict: Verdict) -> NotMet:
    term, words = verdict.term(breach.term), breach_words(breach, verdict)
    if term is not None and term.tested_as not in _KINDS:
        words = Words(words.agreed, words.found, with_unit(breach.difference, term))
    name = names.get(breach.term, breach.term)
    of = verdict.counted_of(breach.term)
    return NotMet(
        name, breach.class_name, words, breached_items(breach, most=_ALL, bare=of == "items", of=of)
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
        status="" if result is None else STATUSES[result.status],
    )
