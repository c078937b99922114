"""The terms not met, apart by what they did to the lot: rejected it, leave it open, or were within Ac."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aql.display.breaches import Words, breach_words, breached_items
from aql.languages import marked
from aql.report.units import with_unit
from aql.scoring.breaches import Breach
from aql.scoring.verdict import Verdict
from aql.types import Decision

__all__ = ["NotMet", "NotMetGroup", "terms_not_met"]

_ALL = 1_000_000
_GROUPS: tuple[tuple[Decision, str], ...] = (
    ("reject", marked("What rejected the lot")),
    ("hold", marked("What leaves the lot open")),
    ("continue", marked("What a further sample decides")),
    ("accept", marked("Not met, but within the acceptance number, or only noted")),
)


@dataclass(frozen=True, slots=True)
class NotMet:
    """A breach in the table of terms not met."""

    name: str
    owner: str
    words: Words
    items: str


@dataclass(frozen=True, slots=True)
class NotMetGroup:
    """Breaches with the same effect on the lot."""

    decision: Decision
    title: str
    terms: tuple[NotMet, ...]


def terms_not_met(verdict: Verdict, names: Mapping[str, str]) -> tuple[NotMetGroup, ...]:
    """Return the terms not met by what they did to the lot, in the order of their effect.

    Parameters
    ----------
    verdict : Verdict
        The verdict.
    names : mapping of str to str
        Readable names of lot terms that have no id.
    """
    own: dict[str, set[str]] = {}
    for one in verdict.defects:
        if one.counts_in == one.line:
            own.setdefault(one.term, set()).add(one.line)
    for count in verdict.counts:
        if count.number:
            own.setdefault(count.term, set()).add(count.line)
    effects = {one.term: _effect(one, verdict, own.get(one.term, set())) for one in verdict.breaches}
    groups = []
    for decision, title in _GROUPS:
        terms = tuple(
            _not_met(breach, names, verdict)
            for breach in verdict.breaches
            if effects[breach.term] == decision
        )
        if terms:
            groups.append(NotMetGroup(decision, title, terms))
    return tuple(groups)


def _effect(breach: Breach, verdict: Verdict, own: set[str]) -> Decision:
    """What a breach did to the lot: the worst decision of the lines in which it counts; `own` has its own lines."""
    for result in verdict.lot_terms:
        if result.term == breach.term:
            return result.decision
    within = {breach.term, breach.class_name} if own else set()
    decisions = {line.decision for line in verdict.lines if line.name in own or within & set(line.of)}
    return next((one for one, _ in _GROUPS if one in decisions), "accept")


def _not_met(breach: Breach, names: Mapping[str, str], verdict: Verdict) -> NotMet:
    term, words = verdict.term(breach.term), breach_words(breach, verdict)
    if term is not None and term.tested_as not in {"packed-share", "shipment-date"}:
        words = Words(words.agreed, words.found, with_unit(breach.difference, term))
    of = verdict.counted_of(breach.term)
    items = breached_items(breach, most=_ALL, bare=of == "items", of=of)
    return NotMet(names.get(breach.term, breach.term), breach.class_name, words, items)
