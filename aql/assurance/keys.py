"""The keys of a rule set: which rules it can hold, and what kind of value each has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from aql.assurance.claim_choices import EVENT_KINDS, ORDER_EVENTS
from aql.assurance.reasons import ANSWERS, REASONS
from aql.documents.decimals import exact_decimal
from aql.words import either, short_repr

__all__ = ["CHOICES", "EVIDENCE_KINDS", "KEYS", "EvidenceKind", "Kind", "kind_of", "value_problem"]

Kind = Literal["answer", "whole", "number", "word", "words", "zone", "day"]
"""What the value of an entry must be."""

EvidenceKind = Literal[
    "order",
    "payment",
    "platform-chat",
    "messenger-chat",
    "email",
    "phone",
    "offline-contract",
    "photos",
    "video",
    "count",
    "measurement",
    "supplier-photos",
    "tracking",
    "carrier-statement",
    "customs-notice",
    "designated-report",
    "own-report",
    "state-before-return",
    "return-papers",
]
"""A kind of evidence."""
EVIDENCE_KINDS: tuple[EvidenceKind, ...] = get_args(EvidenceKind)  #: The same words as a tuple.

_FIXED: dict[str, tuple[Kind, str]] = {
    "dispute.steps": ("words", "events that a dispute can have; without it any"),
    "cover.types": ("words", "cover types of which the order has one"),
    "cover.base": ("word", "what is covered if there are no cover types"),
    "cover.base.pre-shipment": ("word", "what pre-shipment cover covers"),
    "cover.base.post-delivery": ("word", "what post-delivery cover covers"),
    "cover.limited": ("answer", "whether the supplier's limit bounds what comes back"),
    "cover.remaining": ("answer", "whether only what remains of that limit counts"),
    "cover.excluded-categories": ("words", "categories of goods without cover"),
    "cover.order-minimum": ("number", "smallest order with cover"),
    "cover.limit-range": ("words", "range of the suppliers' limits"),
    "pay.one-card": ("word", "how many cards may pay"),
    "pay.seller-service-fee": ("words", "service fees of the seller"),
    "pay.listed": ("words", "methods of payment that count"),
    "clock.claim-days": ("whole", "calendar days to open a dispute"),
    "clock.claim-days.enterprise": ("whole", "the same for Enterprise and Enterprise Pro buyers"),
    "clock.claim-start": ("word", "the event from which they are counted"),
    "clock.claim-window.pre-shipment": ("word", "when a dispute under pre-shipment cover must be opened"),
    "clock.fraud-lifts-window": ("answer", "whether suspected fraud extends the time to open"),
    "clock.auto-confirm-days": ("whole", "days after which receipt is confirmed automatically"),
    "clock.confirm-extension-days": ("whole", "days by which each side may extend that once"),
    "clock.negotiation-days": ("whole", "days that the supplier has to answer"),
    "clock.answer-working-days": ("whole", "the same in working days"),
    "clock.opening-day": ("whole", "whether the opening day is day 0 or day 1 of these periods"),
    "clock.escalate-day": ("whole", "first day on which the buyer may escalate"),
    "clock.automatic-day": ("whole", "day on which the platform escalates automatically"),
    "clock.act-working-days": (
        "whole",
        "working days in which the platform acts after escalation or evidence",
    ),
    "clock.evidence-missed": ("word", "what happens if evidence is not uploaded in time"),
    "clock.reopen": ("answer", "whether a cancelled dispute may be opened again in time"),
    "clock.closed-days": ("whole", "calendar days to open after the platform closed the order"),
    "clock.object-hours": ("whole", "hours to object to a proposed inspection; silence accepts"),
    "clock.refund-working-days": ("whole", "working days in which the refund is started"),
    "clock.appeal-days": ("whole", "days to appeal against a ruling inside the platform"),
    "clock.working-calendar": ("word", "country whose working days are counted"),
    "clock.zone": ("zone", "time zone of the agreed shipment date"),
    "clock.dispatch-extension-days": (
        "whole",
        "days by which the dispatch time may be extended after payment",
    ),
    "clock.quick-refund-hours": ("whole", "hours after payment in which a cancellation is refunded at once"),
    "clock.offline-days": ("whole", "days to open an offline dispute"),
    "clock.offline-discussion-days": ("whole", "days of discussion in an offline dispute"),
    "offline.after-actual-receipt": (
        "answer",
        "whether it hears claims that are late from confirmed receipt and in time from actual receipt",
    ),
    "offline.files": ("words", "files that an offline dispute accepts"),
    "offline.accepts": ("words", "grounds that an offline dispute accepts"),
    "shipment.event": ("words", "events that count as shipment"),
    "shipment.event.platform-logistics": ("words", "the same with the platform's own logistics"),
    "shipment.holiday-shift": ("day", "last day of dispatch of orders first paid in a period of holidays"),
    "inspection.designated": ("words", "inspectors whose report decides"),
    "inspection.object-silence": ("word", "what silence about a proposed inspection means"),
    "inspection.default": ("words", "what is inspected if the contract is silent"),
    "inspection.notice-working-days": ("whole", "working days before shipment to book an inspection"),
    "inspection.report-time": ("word", "when the report of a booked inspection is there"),
    "inspection.price": ("number", "price of a designated inspection"),
    "settle.upheld": ("word", "what comes back if the claim is upheld"),
    "settle.inspection-fee": ("answer", "whether the inspection fee comes back if the claim is upheld"),
    "settle.fees-of-paying": ("answer", "whether the fees of paying come back"),
    "settle.payer": ("words", "who pays, in order"),
    "settle.partial-formula": ("word", "how a partial refund is computed"),
    "settle.may-order": ("words", "what a ruling can order"),
    "settle.during-ruling": ("word", "what an agreement during the ruling needs"),
    "settle.doubt": ("word", "whom unclear proof favours"),
    "settle.return-freight": ("word", "who pays the freight of a return"),
    "settle.quick-refund": ("word", "what a quick refund gives back"),
    "delivery.percent": ("number", "percent of the order that a late guaranteed delivery gives"),
    "delivery.base": ("word", "what it is a percentage of"),
    "delivery.cap": ("number", "the most that it gives"),
    "delivery.form": ("word", "the form in which it is given"),
    "delivery.claim-days": ("whole", "days to claim it after the guaranteed date"),
    "delivery.automatic-day.enterprise": ("whole", "day on which Enterprise buyers get it automatically"),
    "delivery.once": ("answer", "whether it is granted once per order"),
    "delivery.excluded": ("words", "what excludes an order from it"),
    "easy-return.countries": ("whole", "number of countries with Easy Return"),
    "easy-return.limit": ("number", "highest amount of an order with Easy Return"),
    "easy-return.reasons": ("words", "reasons that Easy Return accepts"),
    "easy-return.claim-days": ("whole", "days after receipt to apply"),
    "easy-return.return-days": ("whole", "days after approval to send the goods back"),
    "easy-return.once": ("answer", "whether it is granted once per order"),
    "easy-return.freight": ("word", "who pays the freight"),
    "evidence.needs.always": ("words", "evidence that every claim needs"),
    "evidence.needs.quality": ("words", "evidence of a breach of quality"),
    "evidence.needs.quantity": ("words", "evidence of a short quantity"),
    "evidence.needs.packing": ("words", "evidence of packing or marks that are not as agreed"),
    "evidence.needs.late": ("words", "evidence of a late shipment or delivery"),
    "evidence.needs.not-shipped": ("words", "evidence that nothing was shipped"),
    "evidence.needs.seized": ("words", "evidence of a seizure"),
    "evidence.needs.return": ("words", "evidence for a return of the goods"),
    "quantity.tolerance.textiles": ("number", "percent of textiles that may be missing"),
    "quantity.tolerance.electrical": ("number", "percent of electrical goods that may be missing"),
    "quantity.tolerance.groceries": ("number", "percent of groceries that may be missing"),
    "outside.card-days": ("whole", "days for a chargeback by card"),
    "outside.paypal-days": ("whole", "days to open a dispute with PayPal"),
    "outside.paypal-escalate-days": ("whole", "days after opening to escalate it"),
    "outside.customs-answer-days": ("whole", "days to answer a notice of seizure"),
    "outside.seller-penalty-points": ("whole", "penalty points of a seller for unresolved non-delivery"),
    "outside.arbitration": ("word", "where a ruling may be challenged"),
}

KEYS: Mapping[str, tuple[Kind, str]] = MappingProxyType(
    _FIXED
    | {f"admits.{reason}": ("answer", f"whether a claim is admitted: {reason}") for reason in REASONS}
    | {f"evidence.{kind}": ("answer", f"whether it counts: {kind}") for kind in EVIDENCE_KINDS}
)
"""Kind of the value and meaning of each key, apart from the fees ``fee.METHOD.percent``, ``.fixed``, ``.cap`` and ``.tiers``."""

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dispute.steps": tuple(kind for kind in EVENT_KINDS if kind not in ORDER_EVENTS),
        "cover.types": ("pre-shipment", "post-delivery"),
        "cover.base": ("total-paid", "initial-payment"),
        "cover.base.pre-shipment": ("total-paid", "initial-payment"),
        "cover.base.post-delivery": ("total-paid", "initial-payment"),
        "clock.claim-start": EVENT_KINDS,
        "clock.claim-window.pre-shipment": ("before-shipment",),
        "clock.evidence-missed": ("cancelled",),
        "settle.upheld": ("covered-amount",),
        "settle.return-freight": ("buyer", "supplier", "platform"),
        "settle.quick-refund": ("total-paid",),
        "easy-return.freight": ("buyer", "supplier", "platform"),
        "delivery.excluded": ("cancelled", "address-changed"),
    }
    | {key: EVIDENCE_KINDS for key in _FIXED if key.startswith("evidence.needs.")}
)
"""Words that the values of some keys are limited to."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FEE = re.compile(r"fee\.[a-z0-9-]+\.(percent|fixed|cap|tiers)")


def kind_of(key: str) -> Kind | None:
    """Return the kind of value that a key of rule sets has; None if there is no such key.

    Examples
    --------
    >>> kind_of("clock.claim-days"), kind_of("fee.card.percent"), kind_of("claim-days")
    ('whole', 'number', None)
    """
    fee = _FEE.fullmatch(key)
    if fee:
        return "words" if fee[1] == "tiers" else "number"
    return KEYS[key][0] if key in KEYS else None


_MOST = 10_000
"""More days, hours or payments than any rule is about."""


def value_problem(key: str, value: object) -> str:
    """Return what is wrong with the value of a key of rule sets; "" if nothing is.

    Examples
    --------
    >>> value_problem("clock.claim-days", 30), value_problem("clock.claim-start", "opening")
    ('', "must be an event of an order or a dispute (aql.assurance.EVENT_KINDS), got 'opening'")
    """
    kind = kind_of(key)
    words = value if isinstance(value, tuple) else (value,)
    wrong = [one for one in words if key in CHOICES and one not in CHOICES[key]]
    if wrong:
        return f"must be {_choices(key)}, got {short_repr(wrong[0])}"
    if key == "clock.opening-day" and value not in {0, 1}:
        return f"must be 0 or 1, got {short_repr(value)}"
    number = exact_decimal(value) if isinstance(value, str) else None
    if kind == "answer":
        return "" if value in ANSWERS else f"must be {either(ANSWERS)}, got {short_repr(value)}"
    if kind == "whole":
        whole = isinstance(value, int) and 0 <= value <= _MOST
        return "" if whole else f"must be a whole number, 0 to {_MOST}, got {short_repr(value)}"
    if kind == "number":
        return (
            ""
            if number is not None and number >= 0
            else f"must be a decimal number as text, got {short_repr(value)}"
        )
    if kind == "words":
        return "" if isinstance(value, tuple) else f"must be a list of texts, got {short_repr(value)}"
    if kind == "day":
        return (
            ""
            if isinstance(value, str) and _DAY.fullmatch(value)
            else f"must be a day as text, got {short_repr(value)}"
        )
    if kind == "zone":
        return (
            ""
            if isinstance(value, str) and "/" in value
            else f"must be an IANA time zone, got {short_repr(value)}"
        )
    return "" if isinstance(value, str) and value else f"must be text, got {short_repr(value)}"


def _choices(key: str) -> str:
    """The words that a key is limited to; events and kinds of evidence are too many to list."""
    if CHOICES[key] is EVENT_KINDS:
        return "an event of an order or a dispute (aql.assurance.EVENT_KINDS)"
    if CHOICES[key] is EVIDENCE_KINDS:
        return "kinds of evidence (aql.assurance.EVIDENCE_KINDS)"
    if key == "dispute.steps":
        return "events of a dispute, not of the order (aql.assurance.EVENT_KINDS)"
    return either(CHOICES[key])
