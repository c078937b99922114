"""The reasons that decide a ground: each is a fact about the case, and each rule set says what follows from it."""

from __future__ import annotations

from typing import Literal, get_args

__all__ = ["ANSWERS", "REASONS", "Answer", "GroundReason", "strictest"]

Answer = Literal["yes", "no", "unclear"]
"""Whether a claim would be admitted."""
ANSWERS: tuple[Answer, ...] = get_args(Answer)  #: The same words as a tuple.

GroundReason = Literal[
    # The order and its payments.
    "off-platform",
    "direct-pay",
    "excluded-category",
    "paid-outside",
    "nothing-paid",
    "restricted-goods",
    "brand-goods-underpriced",
    # What was agreed.
    "not-in-contract",
    "vague-term",
    "standard-unknown",
    "only-in-platform-chat",
    "only-in-messenger",
    "only-in-email",
    "only-by-phone",
    "only-in-offline-contract",
    "only-on-product-page",
    "only-in-genuine-messages",
    "disclosed",
    "expectation",
    "immaterial",
    "within-acceptance",
    "within-tolerance",
    "not-decided",
    # What the buyer did.
    "accepted-by-amendment",
    "accepted-explicitly",
    "accepted-by-reply",
    "already-settled",
    # What is outside any cover.
    "fee-not-a-breach",
    "freight-demand",
    "destination-cost",
    "price-raised",
    "transport-damage",
    "transport-damage-supplier-risk",
    "carrier-changed",
    "transport-loss-platform-logistics",
    "after-sales",
    "unkept-promise",
    "customs-seizure",
    "not-received",
    # Shipment.
    "no-shipment-date",
    "not-due",
    "shipped-on-time",
    "holiday-shift",
    "shipment-unknown",
    "no-shipment-without-date",
    "shipment-refused",
    # Cover and time.
    "after-shipment",
    "cover-type-unknown",
    "packing-after-delivery",
    "quantity-after-delivery",
    "out-of-time",
    "time-unclear",
    "report-conforms",
    # Other promises of the platform.
    "not-in-rules",
    "delivered-on-time",
    "coupon-granted",
    "coupon-excluded",
    "quick-refund-late",
    "easy-return-not-marked",
    "easy-return-other-reason",
    "easy-return-over-limit",
    "easy-return-used",
    # What is admitted if nothing above speaks against it.
    "term-missed",
    "sample-missed",
    "class-rejected",
    "default-inspection",
    "default-inspection-failed",
    "shipped-late",
    "not-shipped",
    "tracking-forged",
    "short-quantity",
    "packing-not-as-agreed",
    "marks-not-as-agreed",
    "delivered-late",
    "cancelled-in-time",
    "easy-return",
]
"""Why a claim would, would not or might be admitted, in the order in which they are given."""
REASONS: tuple[GroundReason, ...] = get_args(GroundReason)  #: The same words as a tuple.


def strictest(answers: list[Answer]) -> Answer:
    """Return the strictest of the answers of several reasons: no before unclear before yes.

    Examples
    --------
    >>> strictest(["yes", "unclear"]), strictest(["unclear", "no"])
    ('unclear', 'no')
    """
    order: tuple[Answer, ...] = ("no", "unclear", "yes")
    return next((one for one in order if one in answers), "unclear")
