"""A verdict in plain sentences and as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aql import markup
from aql.display.breaches import breach_words, breached_items, lot_term_words
from aql.display.decision_lines import DECIDED, DECISION_TONES, STATUS_TONES, STATUSES, line_name, plan_basis
from aql.display.note_sentences import verdict_notes
from aql.display.reasons import named_items
from aql.languages import marked, say

if TYPE_CHECKING:
    from aql.scoring.line_result import LineResult
    from aql.scoring.verdict import Verdict
    from aql.types import Decision

__all__ = ["deciding_reasons", "explain_verdict", "verdict_html"]


def explain_verdict(verdict: Verdict) -> str:
    """Return a verdict and its reasons in words, one line per decision line and per breach.

    Parameters
    ----------
    verdict : Verdict
        What `score` returned.

    Returns
    -------
    str
        Lines of plain text.
    """
    return "\n".join(_sentences(verdict))


def _sentences(verdict: Verdict) -> Iterator[str]:
    yield say(
        "Lot {lot} of order {order}, {size} items, is {decided}.",
        lot=verdict.lot,
        order=verdict.order,
        size=verdict.lot_size,
        decided=say(DECIDED[verdict.decision]),
    )
    for line in verdict.lines:
        yield _line(line)
    for result in verdict.lot_terms:
        words = lot_term_words(result, verdict)
        status = say(STATUSES[result.status])
        if result.status in {"breached", "unknown"}:
            status += f" ({say(result.decision)})"
        yield say(
            "{term}: {status}; agreed: {agreed}; found: {found}.",
            term=result.term,
            status=status,
            agreed=words.agreed,
            found=words.found,
        )
    for breach in verdict.breaches:
        words = breach_words(breach, verdict)
        items = breached_items(breach, of=verdict.counted_of(breach.term))
        found = words.found + (f" ({words.beyond})" if words.beyond else "")
        yield say(
            "Not met: {term}: agreed: {agreed}; found: {found}.",
            term=breach.term,
            agreed=words.agreed,
            found=say(", ").join(filter(None, [found, items])),
        )
    yield from verdict_notes(verdict)


def _line(line: LineResult) -> str:
    said = say(
        "{line}: {decision}. {reasons}. Plan: {plan}.",
        line=line_name(line.name),
        decision=say(line.decision),
        reasons=say("; ").join(map(str, line.reasons)),
        plan=plan_basis(line),
    )
    counted = (
        [say("Counted: {items}.", items=named_items(line.items, of=line.counted_of))] if line.items else []
    )
    return " ".join([said, *counted])


_WORDS = (marked("accept"), marked("reject"), marked("continue"), marked("hold"))


def deciding_reasons(verdict: Verdict, decision: Decision) -> Iterator[tuple[str, str]]:
    """Yield in words the name and reason of each line and lot term of a verdict with this decision."""
    for line in verdict.lines:
        if line.decision == decision:
            counted = (
                [say("counted: {items}", items=named_items(line.items, of=line.counted_of))]
                if line.items
                else []
            )
            yield line.name, say("; ").join([*map(str, line.reasons), *counted])
    for term in verdict.lot_terms:
        if term.decision == decision and term.status not in {"met", "open"}:
            words = lot_term_words(term, verdict)
            yield term.term, say("agreed: {agreed}; found: {found}", agreed=words.agreed, found=words.found)


def verdict_html(verdict: Verdict) -> markup.Html:
    """Return a verdict as a block of HTML: the decision, the lines, the lot terms, the breaches and the notes."""
    return markup.block(
        lot_in_words(verdict),
        *_decision(verdict),
        *_lines(verdict),
        *(_lot_terms(verdict) if verdict.lot_terms else ()),
        *(_breaches(verdict) if verdict.breaches else ()),
        *_notes(verdict),
    )


def lot_in_words(verdict: Verdict) -> str:
    """Name the lot of a verdict: its id, its order and its size.

    Examples
    --------
    >>> from aql import examples, score
    >>> lot_in_words(score(*examples.tablet_order()))
    'Lot L1 of order PO-2026-0117, 3000 items'
    """
    return say(
        "Lot {lot} of order {order}, {size} items",
        lot=verdict.lot,
        order=verdict.order,
        size=verdict.lot_size,
    )


def _decision(verdict: Verdict) -> Iterator[markup.Html | None]:
    yield markup.element(
        "p",
        markup.badge(DECISION_TONES[verdict.decision], say(verdict.decision)),
        " " + say("The lot is {decided}.", decided=say(DECIDED[verdict.decision])),
        class_="aql-lead",
    )
    if verdict.decision != "accept":
        yield markup.items(
            markup.Html(markup.element("b", line_name(name)) + markup.element("span", _because(why)))
            for name, why in deciding_reasons(verdict, verdict.decision)
        )


def _because(why: str) -> str:
    """A reason after the name that it belongs to."""
    return say(": {why}.", why=why)


def _lines(verdict: Verdict) -> Iterator[markup.Html]:
    yield markup.part(say("Classes and terms with their own plans"))
    found, sample = say("found"), say("sample")
    yield markup.table(
        (say("line"), say("decision"), found, "Ac", "Re", sample, say("plan")),
        [
            (
                line_name(line.name),
                markup.badge(DECISION_TONES[line.decision], say(line.decision)),
                line.count,
                "—" if line.ac is None else line.ac,
                line.re,
                line.sample,
                plan_basis(line),
            )
            for line in verdict.lines
        ],
        numbers=(found, "Ac", "Re", sample),
    )


def _lot_terms(verdict: Verdict) -> Iterator[markup.Html]:
    yield markup.part(say("Lot terms"))
    rows = []
    for one in verdict.lot_terms:
        words = lot_term_words(one, verdict)
        status = markup.badge(STATUS_TONES[one.status], say(one.status))
        rows.append((one.term, status, words.agreed, words.found))
    yield markup.table((say("term"), say("status"), say("agreed"), say("found")), rows)


_STATUS_WORDS = (marked("met"), marked("breached"), marked("unknown"), marked("open"))


def _breaches(verdict: Verdict) -> Iterator[markup.Html]:
    yield markup.part(say("Terms not met"))
    rows = []
    for one in verdict.breaches:
        words = breach_words(one, verdict)
        of = verdict.counted_of(one.term)
        items = breached_items(one, bare=of == "items", of=of)
        rows.append((one.term, line_name(one.class_name), words.agreed, words.found, words.beyond, items))
    beyond = say("beyond")
    columns = (say("term"), say("class"), say("agreed"), say("found"), beyond, say("items"))
    yield markup.table(columns, rows, numbers=(beyond,))


def _notes(verdict: Verdict) -> Iterator[markup.Html | None]:
    notes = verdict_notes(verdict)
    if notes:
        yield markup.part(say("Notes"))
        yield markup.items(notes)
