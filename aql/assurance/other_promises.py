"""Promises of the platform next to the cover: guaranteed delivery, quick refund and Easy Return."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from aql.assurance.case import Case
from aql.assurance.money import Money
from aql.assurance.points import Point
from aql.assurance.reasons import GroundReason
from aql.assurance.timeline import day_of

__all__ = ["late_delivery_coupon", "promise_reasons"]


def promise_reasons(point: Point, case: Case) -> Iterator[GroundReason]:
    """Yield the reasons of other promises: a late delivery, a cancellation or an Easy Return."""
    if case.rules.find(f"admits.{point.base}") is None:
        yield "not-in-rules"
    elif point.kind == "late-delivery":
        yield from _late_delivery(case)
    elif point.kind == "cancellation":
        yield from _cancelled(case)
    else:
        yield from _easy_return(point, case)


def late_delivery_coupon(case: Case) -> Money | None:
    """Return the coupon promised for a late delivery: a percentage of the order, capped; None in another currency."""
    percent, cap, total = (
        case.rules.value("delivery.percent"),
        case.rules.value("delivery.cap"),
        case.cover.total,
    )
    if percent is None or cap is None or total is None or cap.unit != total.currency:
        return None
    return min(total.times(percent.decimal / 100), Money.of(cap.decimal, total.currency))


def _late_delivery(case: Case) -> Iterator[GroundReason]:
    promised, arrived = case.facts.order.delivery_date, case.timeline.day("received")
    days = case.rules.value("delivery.claim-days")
    if promised is None:
        yield "delivered-on-time"
        return
    late = arrived > promised if arrived is not None else case.as_of > promised
    yield "delivered-late" if late else "delivered-on-time"
    if case.facts.order.coupon_granted and _once(case, "delivery.once"):
        yield "coupon-granted"
    excluded = case.rules.value("delivery.excluded")
    words = () if excluded is None else excluded.words
    cancelled = "cancelled" in words and case.timeline.first("cancelled") is not None
    if cancelled or ("address-changed" in words and case.facts.order.address_changed):
        yield "coupon-excluded"
    asked = case.timeline.day("opened") or case.as_of
    if days is not None and asked > promised + timedelta(days=days.number):
        yield "out-of-time"


def _once(case: Case, key: str) -> bool:
    """Whether a promise is kept once per order; True if the rule set has the promise and does not say."""
    entry = case.rules.value(key)
    return entry is None or entry.value != "no"


def _cancelled(case: Case) -> Iterator[GroundReason]:
    paid, cancelled = case.timeline.last("paid"), case.timeline.first("cancelled")
    hours = case.rules.value("clock.quick-refund-hours")
    if paid is None or cancelled is None or hours is None:
        yield "time-unclear"
        return
    if case.timeline.day("shipped") is not None and day_of(cancelled.at) >= min(case.shipped_days):
        yield "quick-refund-late"
    elif isinstance(paid.at, datetime) and isinstance(cancelled.at, datetime):
        in_time = cancelled.at - paid.at <= timedelta(hours=hours.number)
        yield "cancelled-in-time" if in_time else "quick-refund-late"
    else:
        far = day_of(cancelled.at) - day_of(paid.at) > timedelta(days=1)
        yield "quick-refund-late" if far else "time-unclear"


def _easy_return(point: Point, case: Case) -> Iterator[GroundReason]:
    order, complaint, rules = case.facts.order, point.complaint, case.rules
    if order.easy_return is None:
        yield "standard-unknown"
    elif not order.easy_return:
        yield "easy-return-not-marked"
    else:
        yield "easy-return"
    reasons, given = rules.value("easy-return.reasons"), None if complaint is None else complaint.reason
    if (
        reasons is not None
        and given is not None
        and given.casefold() not in {one.casefold() for one in reasons.words}
    ):
        yield "easy-return-other-reason"
    limit, total = rules.value("easy-return.limit"), case.cover.total
    if (
        limit is not None
        and total is not None
        and limit.unit == total.currency
        and total.amount > limit.decimal
    ):
        yield "easy-return-over-limit"
    if order.easy_return_used and _once(case, "easy-return.once"):
        yield "easy-return-used"
    received, days = case.timeline.day("received", "receipt-confirmed"), rules.value("easy-return.claim-days")
    asked = case.timeline.day("opened") or case.as_of
    if received is not None and days is not None and asked > received + timedelta(days=days.number):
        yield "out-of-time"
