"""The summary of the sections of a report: what passed, what failed and what is pending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aql.display.breaches import lot_term_words
from aql.display.decisions import line_name
from aql.languages import marked, say
from aql.scoring.line_result import LineResult
from aql.scoring.lot_terms import LotTermResult
from aql.scoring.verdict import Verdict
from aql.types import Decision, TermKind
from aql.words import listed

__all__ = ["SectionResult", "section_results"]

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
