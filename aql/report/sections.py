"""The contents of a report as plain values for the templates, and the summary of its sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aql.display.breaches import Words, lot_term_words, reading_in_words
from aql.display.decision_lines import DECIDED, DECISION_TONES, EFFECTS, STATUS_TONES, STATUSES, line_name
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
from aql.scoring.drawing import Drawing
from aql.scoring.line_result import LineResult
from aql.scoring.lot_terms import LotTermResult
from aql.scoring.verdict import Verdict
from aql.types import Decision, TermKind
from aql.words import listed

__all__ = ["SectionResult", "contents", "section_results"]

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


_RESULTS = {
    "reject": ("bad", marked("fail")),
    "hold": ("wait", marked("pending")),
    "continue": ("wait", marked("pending")),
    "noted": ("info", marked("noted")),
    "accept": ("good", marked("pass")),
    "none": ("open", marked("not agreed")),
}
_WORST: tuple[Decision, ...] = ("reject", "hold", "continue")
_SECTIONS: tuple[tuple[str, tuple[TermKind, ...]], ...] = (
    (marked("Quantity and packing"), ("quantity", "packed-share")),
    (marked("Marking and labels"), ("mark",)),
    (marked("Approved sample"), ("reference",)),
    (marked("Shipment"), ("shipment-date",)),
)


@dataclass(frozen=True, slots=True)
class SectionResult:
    """A row of the summary: the section, the tone and word of its result, and what it rests on."""

    name: str
    tone: str
    result: str
    detail: str


def section_results(verdict: Verdict) -> tuple[SectionResult, ...]:
    """Return the summary of the sections of a report, from the decisions of the verdict.

    Parameters
    ----------
    verdict : Verdict
        The verdict.

    Returns
    -------
    tuple of SectionResult
        A section fails if anything in it rejects the lot, and is pending if anything in it leaves the lot open. A
        breach that the contract only notes is "noted"; a section about which nothing was agreed says so.

    Examples
    --------
    >>> from aql import examples, score
    >>> [(one.name, one.result) for one in section_results(score(*examples.tablet_order()))][:2]
    [('Workmanship', 'fail'), ('Tests and measurements', 'fail')]
    """
    read = {term.id for term in verdict.agreed if term.is_read}
    tested = [line for line in verdict.terms if line.name in read]
    others = [line for line in verdict.lines if line not in tested]
    return (
        _of_lines(say("Workmanship"), others),
        _tests(verdict, read, tested),
        *(_of_the_lot(verdict, say(name), kinds) for name, kinds in _SECTIONS),
    )


def _of_lines(name: str, lines: Sequence[LineResult]) -> SectionResult:
    detail = [
        say(
            "{line}: {count} found, Ac {ac}",
            line=line_name(one.name),
            count=one.count,
            ac="—" if one.ac is None else one.ac,
        )
        for one in lines
    ]
    return _result(name, _worst([one.decision for one in lines]), detail)


def _tests(verdict: Verdict, read: set[str], tested: Sequence[LineResult]) -> SectionResult:
    """The terms that are read on items: their own plans, and readings that are missing."""
    name, decisions = say("Tests and measurements"), [one.decision for one in tested]
    missing = {one.term for line in verdict.lines for one in line.missing}
    missing |= {one.term for line in verdict.lines for one in line.too_near}
    if missing & read:
        decisions.append("hold")
    detail = [
        say(
            "{line}: {count} found, Ac {ac}",
            line=one.name,
            count=one.count,
            ac="—" if one.ac is None else one.ac,
        )
        for one in tested
        if one.decision != "accept"
    ]
    counted = [
        breach.term for breach in verdict.breaches if breach.term in read - {one.name for one in tested}
    ]
    if counted:
        detail.append(say("counted in their classes: {terms}", terms=listed(counted)))
    worst = _worst(decisions) if decisions or read else "none"
    if worst == "accept" and counted:
        worst = "noted"
    return _result(name, worst, detail or ([say("all within limits")] if read else []))


def _of_the_lot(verdict: Verdict, name: str, kinds: tuple[TermKind, ...]) -> SectionResult:
    terms = [one for one in verdict.lot_terms if one.kind in kinds]
    worst = _worst([one.decision for one in terms if one.status != "open"]) if terms else "none"
    if worst == "accept" and any(one.status == "breached" for one in terms):
        worst = "noted"
    if terms and all(one.status == "open" for one in terms):
        return SectionResult(name, "open", say("not due yet"), say("; ").join(_found(terms, verdict)))
    return _result(name, worst, list(_found(terms, verdict)))


def _found(terms: Sequence[LotTermResult], verdict: Verdict) -> Iterator[str]:
    for one in terms:
        found = lot_term_words(one, verdict).found
        known = verdict.term(one.term) is not None
        yield say("{name}: {found}", name=one.term, found=found) if known else found


def _worst(decisions: Sequence[Decision]) -> str:
    return next((one for one in _WORST if one in decisions), "accept")


def _result(name: str, worst: str, detail: Sequence[str]) -> SectionResult:
    tone, word = _RESULTS[worst]
    return SectionResult(name, tone, say(word), say("; ").join(detail))
