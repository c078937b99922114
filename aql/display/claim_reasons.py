"""The reasons, notes and codes of a claim in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aql.assurance.assessment import AssessmentNote
    from aql.assurance.deadline import DeadlineCode, OtherWhen
    from aql.assurance.dispute import DisputeState
    from aql.assurance.keys import EvidenceKind
    from aql.assurance.reasons import GroundReason

__all__ = ["DEADLINES", "EVIDENCE", "NOTES", "OTHER_DAYS", "PROOFS", "REASON_WORDS", "STATES", "UNCOVERED"]

REASON_WORDS: Mapping[GroundReason, str] = {
    "off-platform": "the order was not placed on the platform",
    "direct-pay": "it is a Direct Pay order",
    "excluded-category": "the category of the goods is excluded",
    "paid-outside": "nothing was paid through a listed method",
    "restricted-goods": "the goods are banned or restricted",
    "brand-goods-underpriced": "they are brand goods at an unreasonably low price",
    "not-in-contract": "the contract has no standard for it",
    "vague-term": "the term cannot be measured",
    "standard-unknown": "it is not known whether the contract has a standard for it",
    "only-in-platform-chat": "it was agreed only in the chat of the platform",
    "only-in-messenger": "it was agreed only on another messenger",
    "only-in-email": "it was agreed only by e-mail",
    "disclosed": "the supplier had disclosed it",
    "expectation": "it is a matter of expectation, or a change of mind",
    "immaterial": "the deviation causes no material loss",
    "within-acceptance": "the agreed sampling plan accepts the lot all the same",
    "within-tolerance": "it is within the tolerance for the quantity",
    "not-decided": "the inspection has not decided",
    "accepted-by-amendment": "the buyer accepted it by amending the order",
    "accepted-explicitly": "the buyer accepted it explicitly",
    "accepted-by-reply": "a reply of the buyer may have accepted it",
    "already-settled": "it was settled before",
    "fee-not-a-breach": "a fee is not a breach",
    "freight-demand": "a demand for freight or duty is not a breach of quality or date",
    "destination-cost": "costs at the destination are not covered",
    "price-raised": "the supplier raised the price after payment",
    "transport-damage": "damage in transport is at the buyer's risk",
    "carrier-changed": "the supplier changed the carrier and the goods arrived",
    "transport-loss-platform-logistics": "the platform's own logistics lost or damaged the goods",
    "after-sales": "warranty, replacements and after-sales service are not covered",
    "unkept-promise": "a promise that was not kept is a matter for an offline dispute",
    "customs-seizure": "customs seized the goods",
    "no-shipment-date": "no shipment date was agreed",
    "not-due": "the shipment date has not passed",
    "shipped-on-time": "the goods were shipped by the agreed date",
    "shipment-unknown": "the day of shipment is not certain",
    "no-shipment-without-date": "nothing was shipped, and no shipment date was agreed",
    "after-shipment": "pre-shipment cover ended at shipment",
    "cover-type-unknown": "the cover type is not known",
    "packing-after-delivery": "packing is not inspected after delivery",
    "quantity-after-delivery": "quantity is not inspected after delivery",
    "out-of-time": "the time to open a dispute has passed",
    "time-unclear": "it is not certain that the time to open a dispute is kept",
    "report-conforms": "the report of a designated inspector says that the goods conform",
    "not-in-rules": "the rule set does not have this promise",
    "delivered-on-time": "no guaranteed date was missed",
    "quick-refund-late": "the order was shipped, or cancelled too late for a quick refund",
    "easy-return-not-marked": "the product is not marked Easy Return",
    "easy-return-other-reason": "Easy Return does not accept this reason",
    "easy-return-over-limit": "the order is above the limit of Easy Return",
    "easy-return-used": "Easy Return was already granted for this order",
    "term-missed": "a measurable term was missed",
    "sample-missed": "the goods differ from the sample or image in the contract",
    "class-rejected": "the class is rejected",
    "default-inspection": "the default inspection may still find something",
    "default-inspection-failed": "the goods fail the default inspection",
    "shipped-late": "the goods were shipped after the agreed date",
    "not-shipped": "the goods were not shipped by the agreed date",
    "tracking-forged": "the tracking number was forged, so nothing was shipped",
    "short-quantity": "the quantity is short",
    "packing-not-as-agreed": "the packing is not as agreed",
    "marks-not-as-agreed": "the marks are not as agreed",
    "delivered-late": "the guaranteed delivery date was missed",
    "cancelled-in-time": "the order was cancelled in time and not shipped",
    "easy-return": "the product is marked Easy Return",
}

DEADLINES: Mapping[DeadlineCode, str] = {
    "open-claim": "Last day to open a dispute",
    "open-after-closing": "Last day to open a dispute after the platform closed the order",
    "supplier-answers": "Last day for the supplier to answer",
    "escalate-from": "First day on which you may escalate",
    "automatic-escalation": "The platform escalates by itself",
    "evidence-due": "Evidence is due",
    "object-to-inspection": "Last moment to object to the proposed inspection",
    "platform-acts": "The platform acts",
    "refund-starts": "The refund is started",
    "quick-refund": "Last moment to cancel for a quick refund",
    "on-time-claim": "Last day to claim for a late delivery",
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
    "other-start": "counted from confirmed receipt, according to another source",
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
    "reported": "The report is there; the platform decides.",
    "agreed": "Buyer and supplier have agreed, which closes the dispute.",
    "ruled": "The platform has ruled.",
    "dismissed": "The claim was dismissed. It can be challenged only outside the platform.",
    "return-agreed": "The goods are to be returned.",
    "return-sent": "The goods are on their way back.",
    "return-received": "The supplier has got the goods back.",
    "condition-disputed": "The supplier disputes the condition of the returned goods.",
    "refunded": "The refund was made; nothing more can happen.",
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
    "supplier-photos": "photographs of the supplier",
    "tracking": "tracking of the shipment",
    "carrier-statement": "a statement of the carrier",
    "customs-notice": "the notice of customs",
    "designated-report": "the report of a designated inspector",
    "own-report": "the report of your own inspector",
    "state-before-return": "the state of the goods before their return",
    "return-papers": "the papers of the return",
}

PROOFS: Mapping[str, str] = {
    "designated-report": "shown by a designated report",
    "other-evidence": "other evidence is there",
    "none": "not proven yet",
    "disputed": "the condition is disputed",
    "not-needed": "",
}

NOTES: Mapping[AssessmentNote, str] = {
    "named-rules-differ": "The rule set was named; the day of the order fits another one.",
    "boundary-inferred": "The rule set follows from the day of the order, but its boundary is inferred, not stated.",
    "countries-unknown": "Both countries must be known: orders inside the United States have other rules.",
    "cover-type-left-out": "The contract's cover type does not exist in this rule set and was left out.",
    "zone-of-rules": "Days and times are in the time zone of the rule set.",
    "events-after": "Events after the day of the assessment were left out.",
    "no-verdict": "There is no verdict: the grounds rest on the contract and the complaints alone.",
}

UNCOVERED: Mapping[str, str] = {
    "paid-outside": "paid outside the listed methods",
    "after-initial-payment": "paid after the initial payment",
    "above-limit": "above the supplier's limit",
    "no-cover": "not covered",
}
