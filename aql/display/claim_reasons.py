"""The reasons, notes and codes of a claim in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.assurance.reason_words import REASON_WORDS
from aql.languages import say
from aql.words import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aql.assurance.assessment import AssessmentNote, ClaimAssessment
    from aql.assurance.deadline import DeadlineCode, OtherWhen
    from aql.assurance.dispute import DisputeState
    from aql.assurance.grounds import Ground
    from aql.assurance.keys import EvidenceKind
    from aql.assurance.rule_sets import RuleSet

__all__ = [
    "DEADLINES",
    "EVIDENCE",
    "NOTES",
    "OTHER_DAYS",
    "PROOFS",
    "SHIPPING",
    "STATES",
    "UNCOVERED",
    "cited_sources",
    "ground_reasons",
    "ground_words",
    "rule_words",
    "rules_of_ground",
    "value_words",
]

SHIPPING = ("late-shipment", "not-shipped")
"""Grounds of a shipment."""

DEADLINES: Mapping[DeadlineCode, str] = {
    "open-claim": "Last day to open a dispute",
    "open-after-closing": "Last day to open a dispute after the platform closed the order",
    "supplier-answers": "Last day for the supplier to answer",
    "escalate-from": "First day on which you may escalate",
    "automatic-escalation": "The platform escalates automatically",
    "evidence-due": "Evidence is due",
    "object-to-inspection": "Last moment to object to the proposed inspection",
    "platform-acts": "The platform acts",
    "refund-starts": "The refund is started",
    "quick-refund": "Last moment to cancel for a quick refund",
    "on-time-claim": "Last day to claim for a late delivery",
    "automatic-coupon": "An Enterprise buyer gets the coupon without asking",
    "easy-return-apply": "Last day to apply for Easy Return",
    "easy-return-send": "Last day to send the goods back under Easy Return",
    "offline-dispute": "Last day to open an offline dispute",
    "card-chargeback": "Last day for a chargeback by card",
    "paypal-dispute": "Last day to open a dispute with PayPal",
    "paypal-escalation": "Last day to escalate a dispute with PayPal",
    "customs-answer": "Last day to answer the notice of seizure",
}

OTHER_DAYS: Mapping[OtherWhen, str] = {
    "opening-day-not-counted": "if the opening day is not counted",
    "enterprise-buyer": "for Enterprise and Enterprise Pro buyers",
    "other-text": "according to another source",
    "other-text-opening-day-not-counted": "according to another source if the opening day is not counted",
    "other-start": "counted from another event, according to another source",
    "enterprise-buyer-other-start": "counted from another event, for Enterprise and Enterprise Pro buyers",
}

STATES: Mapping[DisputeState, str] = {
    "no-dispute": "No dispute has been opened.",
    "negotiating": "The dispute is open; buyer and supplier negotiate.",
    "offered": "The supplier has made a proposal.",
    "escalated": "The platform decides.",
    "evidence-due": "The platform has asked for evidence.",
    "evidence-missed-unclear": "The day for evidence was missed; the sources do not say what follows.",
    "inspection-proposed": "An inspection has been proposed; silence accepts it.",
    "inspected": "The goods have been inspected; the report is to follow.",
    "reported": "The report has arrived; the platform decides.",
    "agreed": "Buyer and supplier have agreed, which closes the dispute.",
    "ruled": "The platform has ruled.",
    "dismissed": "The claim was dismissed. It can be challenged only outside the platform.",
    "return-agreed": "The goods are to be returned.",
    "return-sent": "The goods are on their way back.",
    "return-received": "The supplier has received the returned goods.",
    "condition-disputed": "The supplier disputes the condition of the returned goods.",
    "refunded": "The refund was made.",
    "withdrawn": "The dispute was withdrawn.",
    "cancelled": "The request was cancelled because evidence was missing.",
    "closed": "The dispute was closed.",
}

EVIDENCE: Mapping[EvidenceKind, str] = {
    "order": "the order as a document",
    "payment": "proof of payment",
    "platform-chat": "the chat on the platform",
    "messenger-chat": "chat on another messenger",
    "email": "e-mail",
    "phone": "telephone calls",
    "offline-contract": "a contract outside the platform",
    "photos": "photographs",
    "video": "a video of unpacking",
    "count": "a count against the packing list",
    "measurement": "readings compared with the terms",
    "supplier-photos": "photographs from the supplier",
    "tracking": "tracking of the shipment",
    "carrier-statement": "a statement from the carrier",
    "customs-notice": "the notice from customs",
    "designated-report": "the report of a designated inspector",
    "own-report": "the report of your own inspector",
    "state-before-return": "the state of the goods before their return",
    "return-papers": "the return documents",
}

PROOFS: Mapping[str, str] = {
    "designated-report": "shown by a designated report",
    "other-evidence": "there is other evidence",
    "none": "not proven yet",
    "disputed": "the condition is disputed",
    "not-needed": "",
}

NOTES: Mapping[AssessmentNote, str] = {
    "named-rules-differ": "The rule set was named, but the day of the order fits another one.",
    "boundary-inferred": "The rule set follows from the day of the order, but its boundary is inferred, not stated.",
    "countries-unknown": "Both countries must be known: orders inside the United States have other rules.",
    "cover-type-left-out": "The contract's cover type does not exist in this rule set and was left out.",
    "zone-of-rules": "The time zone is that of the rule set, or UTC if it states none.",
    "events-after": "Events after the day of the assessment were left out.",
    "payments-after": "Payments after the day of the assessment were left out.",
    "no-verdict": "There is no verdict: the grounds rest on the contract and the complaints alone.",
}

UNCOVERED: Mapping[str, str] = {
    "paid-outside": "paid outside the listed methods",
    "after-initial-payment": "paid after the initial payment",
    "above-limit": "above the supplier's limit",
    "refunded": "it came back already",
    "no-cover": "an order of this kind has no cover",
}


def cited_sources(claim: ClaimAssessment) -> tuple[str, ...]:
    """Return in words the sources of the rules that decide a claim, each once, with date and reliability."""
    keys = [reason.rule for ground in claim.grounds for reason in ground.reasons]
    keys += [one.rule for one in claim.clock.deadlines if one.rule]
    keys += ["cover.base", f"cover.base.{claim.cover.type}", "cover.limited", "pay.listed"]
    entries = [entry for key in dict.fromkeys(keys) if (entry := claim.rules.find(key)) is not None]
    named = {
        name
        for one in entries
        for name in (*one.source, *(id_ for two in one.conflict for id_ in two.source))
    }
    return tuple(
        f"{one.id}: {one.what} ({one.dated}, reliability {one.reliability})"
        for one in claim.rules.sources
        if one.id in named
    )


def rule_words(rules: RuleSet, key: str) -> str:
    """Return a rule with the ids and reliabilities of its sources, whether it is inferred, and who says otherwise."""
    entry = rules.find(key)
    if entry is None:
        return f"{key}: not in {rules.name}"
    named = listed(f"{one.id} ({one.reliability})" for one in rules.cited(entry))
    inferred = ", inferred" if entry.inferred else ""
    others = [f"; {value_words(other.value)} according to {listed(other.source)}" for other in entry.conflict]
    value = "" if key.startswith("admits.") else f" {entry}"
    return f"{key}{value}: {named}{inferred}{''.join(others)}"


def ground_reasons(ground: Ground, rules: RuleSet) -> str:
    """Return in words the deciding reasons of a ground of a claim, with a mark where the rule set is silent."""
    deciding = [one for one in ground.reasons if one.answer == ground.answer]
    words = []
    for one in deciding:
        text = say(REASON_WORDS[one.reason])
        if not one.known:
            text = say(
                "{reason} (the rule set {rules} does not say what follows)", reason=text, rules=rules.name
            )
        words.append(text)
    return listed(words)


def ground_words(ground: Ground, rules: RuleSet) -> str:
    """Return in words why a ground of a claim has its answer, the most that it can give, and what proves it."""
    ceiling = "" if ground.ceiling is None or ground.answer == "no" else f", at most {ground.ceiling}"
    proof = f"; {PROOFS[ground.proof]}" if PROOFS[ground.proof] and ground.answer != "no" else ""
    route = "; an offline dispute accepts it" if ground.route == "offline-dispute" else ""
    return f"{ground_reasons(ground, rules)}{ceiling}{proof}{route}"


def rules_of_ground(ground: Ground, rules: RuleSet) -> list[str]:
    """Return in words the rules that decide a ground of a claim; of the default inspection, what it inspects."""
    words = [rule_words(rules, one.rule) for one in ground.reasons if one.answer == ground.answer]
    default = rules.value("inspection.default")
    if ground.kind == "default-inspection" and default is not None:
        words += default.words
    if ground.kind in SHIPPING:
        keys = ("shipment.event", "shipment.event.platform-logistics", "clock.zone")
        words += [rule_words(rules, key) for key in keys if rules.value(key) is not None]
    return words


def value_words(value: object) -> str:
    """Return the value of a rule in words."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
