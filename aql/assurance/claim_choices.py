"""The words of a claim: kinds of orders, events and complaints, where a standard is written, how a breach was accepted."""

from __future__ import annotations

from typing import Literal, get_args

from aql.checks import instance

__all__ = [
    "ACCEPTANCES",
    "COMPLAINT_KINDS",
    "EVENT_KINDS",
    "ORDER_EVENTS",
    "ORDER_KINDS",
    "PAYING_METHODS",
    "STANDARD_PLACES",
    "Acceptance",
    "ComplaintKind",
    "EventKind",
    "OrderKind",
    "StandardPlace",
    "paying_method",
]

OrderKind = Literal["trade-assurance", "direct-pay", "off-platform"]
"""How the order was placed."""
ORDER_KINDS: tuple[OrderKind, ...] = get_args(OrderKind)  #: The same words as a tuple.

EventKind = Literal[
    "placed",
    "paid",
    "cancelled",
    "shipped",
    "seized",
    "received",
    "receipt-confirmed",
    "order-closed",
    "opened",
    "offered",
    "rejected",
    "agreed",
    "withdrawn",
    "escalated",
    "evidence-asked",
    "evidence-uploaded",
    "evidence-missed",
    "inspection-proposed",
    "inspection-objected",
    "inspection-carried-out",
    "inspection-aborted",
    "report",
    "ruling",
    "return-agreed",
    "return-sent",
    "return-received",
    "condition-disputed",
    "refunded",
    "dispute-closed",
]
"""What happened, in the usual order."""
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)  #: The same words as a tuple.

ORDER_EVENTS: frozenset[EventKind] = frozenset(
    {"placed", "paid", "cancelled", "shipped", "seized", "received", "receipt-confirmed", "order-closed"}
)
"""Events of the order, which can happen in any state of a dispute; the others are the steps of a dispute."""

ComplaintKind = Literal[
    "quality",
    "workmanship",
    "short-quantity",
    "packing",
    "marks",
    "late-shipment",
    "not-shipped",
    "not-received",
    "late-delivery",
    "seized",
    "transport-damage",
    "fee",
    "freight",
    "destination-cost",
    "price-raised",
    "after-sales",
    "unkept-promise",
    "changed-mind",
    "cancellation",
    "easy-return",
]
"""What the buyer complains about."""
COMPLAINT_KINDS: tuple[ComplaintKind, ...] = get_args(ComplaintKind)  #: The same words as a tuple.

StandardPlace = Literal[
    "contract",
    "sample",
    "product-page",
    "platform-chat",
    "messenger",
    "email",
    "phone",
    "offline-contract",
    "unknown",
    "nowhere",
]
"""Where the standard for a characteristic is written; the order's attachments and images belong to the contract."""
STANDARD_PLACES: tuple[StandardPlace, ...] = get_args(StandardPlace)  #: The same words as a tuple.

Acceptance = Literal["amendment", "explicit", "reply"]
"""How the buyer accepted a breach: an amendment of the order, an explicit acceptance, or a mere reply."""
ACCEPTANCES: tuple[Acceptance, ...] = get_args(Acceptance)  #: The same words as a tuple.

PAYING_METHODS: tuple[str, ...] = (
    "card",
    "e-checking",
    "transfer",
    "local-transfer",
    "western-union",
    "apple-pay",
    "google-pay",
    "boleto",
    "payment-terms",
    "paypal",
    "cash",
    "other",
)
"""Methods of payment; a rule set of your own may list others."""


_SYNONYMS: dict[str, str] = {
    "t/t": "transfer",
    "tt": "transfer",
    "wire": "transfer",
    "wire-transfer": "transfer",
    "bank-transfer": "transfer",
    "telegraphic-transfer": "transfer",
    "local-t/t": "local-transfer",
    "credit-card": "card",
    "debit-card": "card",
    "echecking": "e-checking",
    "e-check": "e-checking",
    "online-bank-payment": "e-checking",
    "pay-later": "payment-terms",
}


def paying_method(text: str) -> str:
    """Return the word of claims for a method of payment; case and blanks do not matter.

    Examples
    --------
    >>> paying_method("T/T"), paying_method("Credit card"), paying_method("PayPal"), paying_method("escrow")
    ('transfer', 'card', 'paypal', 'escrow')
    """
    bare = "-".join(instance(text, str, "method", "text").casefold().split())
    return _SYNONYMS.get(bare, bare)
