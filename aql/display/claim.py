"""A claim and its settlement in words and as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup
from aql.display.claim_reasons import (
    DEADLINES,
    EVIDENCE,
    NOTES,
    OTHER_DAYS,
    PROOFS,
    STATES,
    UNCOVERED,
)
from aql.languages import marked, say, say_plural, weekday
from aql.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from aql.assurance.assessment import ClaimAssessment
    from aql.assurance.cover import CoverAnswer
    from aql.assurance.deadline import Deadline
    from aql.assurance.grounds import Ground
    from aql.assurance.rule_sets import RuleSet

from aql.display.claim_reasons import (
    SHIPPING,
    cited_sources,
    ground_reasons,
    ground_words,
    rule_words,
    rules_of_ground,
    value_words,
)

__all__ = [
    "alike_grounds",
    "ceiling_words",
    "claim_html",
    "cover_sentences",
    "deadline_words",
    "evidence_rows",
    "explain_claim",
    "next_sentence",
    "unknown_sentence",
    "weekday_words",
    "zone_sentence",
]

_TONES = {"yes": "good", "unclear": "wait", "no": "bad"}
_STATUSES = {"there": "good", "missing": "wait", "does-not-count": "bad", "unclear": "open"}
LEGAL = marked("Not legal advice: rules collected from dated pages, with their sources.")


def weekday_words(day: date) -> str:
    """Return a day of a claim in words, such as Thursday 4 June 2026."""
    return weekday(day)


def ceiling_words(ground: Ground) -> str:
    """Return in words the most that a ground of a claim can give, on one line; "" if it gives nothing or it is unknown."""
    if ground.ceiling is None or ground.answer == "no":
        return ""
    return str(ground.ceiling).replace(" ", "\N{NO-BREAK SPACE}")


def alike_grounds(claim: ClaimAssessment) -> list[tuple[str, Ground]]:
    """Return the grounds of a claim, the admitted ones first; those alike are together under their subjects."""
    groups: dict[object, list[Ground]] = {}
    for one in claim.grounds:
        alike = (one.answer, one.reasons, one.ceiling, one.proof, one.route, one.relief)
        groups.setdefault((alike, one.kind in {"default-inspection", *SHIPPING}), []).append(one)
    several = len({one.lot for one in claim.grounds if one.lot}) > 1
    found = [(_subjects(group, several=several), group[0]) for group in groups.values()]
    return sorted(found, key=lambda one: tuple(_TONES).index(one[1].answer))


def _subjects(grounds: Sequence[Ground], *, several: bool) -> str:
    """What grounds are about, each subject once, with its lots where there are several."""
    lots: dict[str, list[str]] = {}
    for one in grounds:
        lots.setdefault(one.subject, []).extend([one.lot] if several and one.lot else [])
    return listed(
        say_plural(
            "{subject} (lot {lots})",
            "{subject} (lots {lots})",
            len(names),
            subject=subject,
            lots=", ".join(names),
        )
        if names
        else subject
        for subject, names in lots.items()
    )


def deadline_words(one: Deadline) -> str:
    """Return a deadline of a claim in words: the day with its weekday, and the days under other readings."""
    if one.before_shipment:
        return say("before shipment; the goods have been shipped") if one.started else say("before shipment")
    if one.status == "unknown":
        return say("unknown: the sources are silent or disagree")
    if one.day is None:
        start = say(_STARTS.get(str(one.start), str(one.start)))
        return say("not started; {number} days from {start}", number=one.number, start=start)
    bound = {"exact": "", "at-least": say(" at the earliest"), "at-most": say(" at the latest")}[one.bound]
    time = "" if one.moment is None else f", {one.moment:%H:%M}"
    others = [f"{weekday_words(other.day)} {say(OTHER_DAYS[other.when])}" for other in one.others]
    status = [say(_ENDS[one.status])] if one.status in _ENDS else []
    return say("; ").join([f"{weekday_words(one.day)}{time}{bound}", *others, *status])


_STARTS = {
    "received": marked("receipt"),
    "receipt-confirmed": marked("confirmed receipt"),
    "opened": marked("opening"),
}
_ENDS = {
    "passed": marked("passed"),
    "done": marked("kept"),
    "unclear": marked("passed under one reading"),
}


def cover_sentences(cover: CoverAnswer) -> Iterator[str]:
    """Yield in words what the cover of a claim is, and what is not covered and why."""
    if cover.amount is None:
        yield say("How much is covered is unknown.")
        if cover.planned is not None:
            yield say("Once everything is paid as agreed, it is {amount}.", amount=cover.planned)
    else:
        text = marked("Covered: at most {amount}.") if cover.at_most else marked("Covered: {amount}.")
        yield say(text, amount=cover.amount)
    if cover.limit is not None:
        yield say("The supplier's limit is {amount}.", amount=cover.limit)
    if "cover.types" in cover.unknown:
        yield say("The cover type is not known and may lower it.")
    if "limit" in cover.unknown:
        yield say("The supplier's limit is not known and may lower it.")
    for one in cover.uncovered:
        yield say("Not covered: {amount}, {why}.", amount=one.amount, why=say(UNCOVERED[one.reason]))


def zone_sentence(claim: ClaimAssessment) -> str:
    """Return in words in which time zone the days of a claim are."""
    return say("Days and times are those of {zone}.", zone=claim.clock.zone)


def next_sentence(claim: ClaimAssessment) -> str:
    """Return in words which events of the dispute of a claim can happen now, by the words of an events file."""
    if claim.clock.next:
        return say("What can happen next: {events}.", events=", ".join(claim.clock.next))
    return say("Nothing more can happen under the rule set {rules}.", rules=claim.rules.name)


def unknown_sentence(claim: ClaimAssessment, key: str) -> str:
    """Return in words what is unknown about a claim, and which sources are silent."""
    from aql.assurance.keys import KEYS

    what = KEYS[key][1] if key in KEYS else key
    entry = claim.rules.find(key)
    if entry is None:
        return f"{what}: no entry in {claim.rules.name}"
    silent = _named(claim.rules, entry.source)
    others = "".join(
        f" {_named(claim.rules, other.source)}: {value_words(other.value)}.{f' {other.note}' if other.note else ''}"
        for other in entry.conflict
    )
    note = f" {entry.note}" if entry.note else ""
    return f"{what}: not stated in {silent}.{note}{others}"


def _named(rules: RuleSet, ids: tuple[str, ...]) -> str:
    """The sources with these ids, in words."""
    return listed(one.what for one in rules.sources if one.id in ids)


def explain_claim(claim: ClaimAssessment) -> str:
    """Return a claim in words: one line per ground, deadline and unknown."""
    lines = [
        f"Order {claim.order} under the rule set {claim.rules.name} ({claim.rules.title}), {claim.as_of}:"
    ]
    for subjects, ground in alike_grounds(claim):
        cited = "; ".join(rules_of_ground(ground, claim.rules))
        lines.append(f"{subjects}: {ground.answer}, because {ground_words(ground, claim.rules)} [{cited}].")
    lines += cover_sentences(claim.cover)
    lines.append(f"Cover by {'; '.join(_cover_rules(claim))}.")
    lines += [STATES[claim.clock.state], next_sentence(claim), zone_sentence(claim)]
    for one in claim.clock.deadlines:
        rule = f" [{rule_words(claim.rules, one.rule)}]" if one.rule else ""
        lines.append(f"{DEADLINES[one.code]}: {deadline_words(one)}{rule}.")
    missing = [EVIDENCE[one.kind] for one in claim.evidence if one.status == "missing"]
    if missing:
        lines.append(f"Missing evidence: {listed(dict.fromkeys(missing))}.")
    lines += [f"Unknown: {unknown_sentence(claim, key).rstrip('.')}." for key in claim.unknown]
    lines += [NOTES[note] for note in claim.notes]
    if claim.rules.note:
        lines.append(claim.rules.note)
    lines += [f"Source {one}." for one in cited_sources(claim)]
    return "\n".join([*lines, LEGAL])


def evidence_rows(claim: ClaimAssessment) -> list[tuple[str, str, str, str]]:
    """Return the evidence of a claim in words, in rows: status, what it is, for which grounds, and when it is due."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for one in claim.evidence:
        due = "" if one.due is None else weekday_words(one.due)
        rows.setdefault((one.status, say(EVIDENCE[one.kind]), due), []).append(
            one.ground or say("every ground")
        )
    return [
        (status, what, ", ".join([say("every ground")] if say("every ground") in grounds else grounds), due)
        for (status, what, due), grounds in rows.items()
    ]


def _cover_rules(claim: ClaimAssessment) -> list[str]:
    """The rules of the cover: what is covered, the limit, and the methods of payment that count."""
    base = f"cover.base.{claim.cover.type}" if claim.cover.type else "cover.base"
    return [rule_words(claim.rules, key) for key in (base, "cover.limited", "pay.listed")]


def claim_html(claim: ClaimAssessment) -> markup.Html:
    """Return a claim as a block of HTML."""
    grounds = [
        (
            markup.badge(_TONES[one.answer], one.answer),
            subjects,
            markup.element(
                "span",
                ground_reasons(one, claim.rules),
                markup.element("small", "; ".join(rules_of_ground(one, claim.rules))),
            ),
            ceiling_words(one),
            PROOFS[one.proof],
        )
        for subjects, one in alike_grounds(claim)
    ]
    deadlines = [
        (DEADLINES[one.code], deadline_words(one), rule_words(claim.rules, one.rule) if one.rule else "")
        for one in claim.clock.deadlines
    ]
    evidence = [
        (markup.badge(_STATUSES[status], status.replace("-", " ")), what, grounds, due)
        for status, what, grounds, due in evidence_rows(claim)
    ]
    unknown = markup.items(unknown_sentence(claim, key) for key in claim.unknown)
    notes = markup.items(NOTES[note] for note in claim.notes)
    return markup.block(
        f"Claim on order {claim.order}, {weekday_words(claim.as_of)}",
        markup.element("p", f"Rule set {claim.rules.name}: {claim.rules.title}."),
        markup.part("Grounds"),
        markup.table(("", "about", "because", "at most", "proof"), grounds, numbers=("at most",)),
        markup.part("Cover"),
        markup.items([*cover_sentences(claim.cover), *_cover_rules(claim)]),
        markup.part("Clock"),
        markup.element("p", f"{STATES[claim.clock.state]} {next_sentence(claim)} {zone_sentence(claim)}"),
        markup.table(("what", "when", "rule"), deadlines) if deadlines else None,
        markup.part("Evidence"),
        markup.table(("", "evidence", "for", "due"), evidence) if evidence else None,
        *((markup.part("Unknown"), unknown) if unknown else ()),
        *((markup.part("Notes"), notes) if notes else ()),
        markup.part("Sources"),
        markup.items(cited_sources(claim)),
        markup.element("p", LEGAL, class_="aql-dim"),
    )
