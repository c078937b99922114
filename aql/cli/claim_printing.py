"""Prints a claim and its settlement, in parts with titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.cli.output import Cell, Output
from aql.display.claim import (
    LEGAL,
    alike_grounds,
    cover_sentences,
    deadline_words,
    evidence_rows,
    next_sentence,
    unknown_sentence,
    weekday_words,
    zone_sentence,
)
from aql.display.claim_reasons import DEADLINES, NOTES, STATES, cited_sources, ground_words, rules_of_ground
from aql.display.settlement import buyer_rows, settlement_notes, settlement_title
from aql.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aql.assurance.assessment import ClaimAssessment
    from aql.assurance.settlement import Settlement

__all__ = ["print_claim", "print_settlement"]

_ANSWERS = {"yes": "green", "unclear": "yellow", "no": "red"}


def print_claim(out: Output, claim: ClaimAssessment, *, sources: bool) -> None:
    """Print a claim: grounds, cover, clock, evidence and what is unknown; with `sources` the rules and where they are from."""
    out.line((f"Order {claim.order}, {weekday_words(claim.as_of)}", "bold"))
    out.line(f"Rule set {claim.rules.name}: {claim.rules.title}")
    out.line(("\nGrounds", "bold"))
    for subjects, ground in alike_grounds(claim):
        answer: Cell = (ground.answer, _ANSWERS[ground.answer])
        out.line(f"{subjects}: ", answer, f", {ground_words(ground, claim.rules)}", indent=2)
        if sources:
            out.line(("; ".join(rules_of_ground(ground, claim.rules)), "dim"), indent=4)
    out.items("Cover", cover_sentences(claim.cover))
    out.items("Clock", _clock(claim))
    out.items("Evidence", _evidence(claim))
    out.items("Unknown", (unknown_sentence(claim, key) for key in claim.unknown))
    out.items("Notes", [NOTES[note] for note in claim.notes])
    if sources:
        out.items("Sources", cited_sources(claim))
    else:
        out.line("\nThe option --sources cites the rule and the sources of every answer.")
    out.line(LEGAL)


def _clock(claim: ClaimAssessment) -> Iterator[str]:
    yield STATES[claim.clock.state]
    yield next_sentence(claim)
    yield zone_sentence(claim)
    for one in claim.clock.deadlines:
        yield f"{DEADLINES[one.code]}: {deadline_words(one)}."


def _evidence(claim: ClaimAssessment) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for status, what, grounds, _ in evidence_rows(claim):
        found.setdefault(status, []).append(what if grounds == "every ground" else f"{what} ({grounds})")
    words = {
        "there": "There",
        "missing": "Missing",
        "unclear": "May count",
        "does-not-count": "Does not count",
    }
    for status, name in words.items():
        if status in found:
            yield f"{name}: {listed(dict.fromkeys(found[status]))}."


def print_settlement(out: Output, settled: Settlement) -> None:
    """Print a settlement: how it ends, the buyer's lines, and what a reader must know."""
    out.line((f"\n{settlement_title(settled)}", "bold"))
    out.table(("for the buyer", settled.currency), buyer_rows(settled), numbers=(settled.currency,))
    out.items("", settlement_notes(settled))
