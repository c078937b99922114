"""The deadlines of a dispute and of the promises and clocks next to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from aql.assurance.deadline import Deadline, DeadlineCode, Start
from aql.assurance.dispute import Dispute
from aql.assurance.timeline import day_of
from aql.assurance.timing import Timing

__all__ = ["negotiation_deadlines", "other_clocks", "ruling_deadlines"]


def negotiation_deadlines(timing: Timing, automatic: Deadline | None, dispute: Dispute) -> Iterator[Deadline]:
    """Yield the deadlines of a dispute before the platform decides."""
    if dispute.state not in {"negotiating", "offered", "escalated"}:
        return
    if dispute.state != "escalated":
        answered = timing.timeline.day("offered", "rejected")
        answer = timing.counted("supplier-answers", "clock.negotiation-days") or _answer_in_working_days(
            timing
        )
        if answer is not None:
            yield answer if answered is None else replace(answer, status="done")
        first = timing.counted("escalate-from", "clock.escalate-day")
        if first is not None:
            yield first if first.day is None or timing.as_of < first.day else replace(first, status="open")
    if automatic is not None and (dispute.state != "escalated" or dispute.automatic):
        yield automatic


def _answer_in_working_days(timing: Timing) -> Deadline | None:
    entry, opened = timing.rules.value("clock.answer-working-days"), timing.opened()
    if entry is None or opened is None:
        return None
    return timing.working("supplier-answers", entry, "opened", opened)


def ruling_deadlines(timing: Timing, dispute: Dispute) -> Iterator[Deadline]:
    """Yield the deadlines of a dispute while the platform decides, and until the refund."""
    asked = timing.timeline.last("evidence-asked")
    if asked is not None and asked.due is not None:
        uploaded = timing.timeline.last("evidence-uploaded")
        done = None if uploaded is None or day_of(uploaded.at) < day_of(asked.at) else day_of(uploaded.at)
        day = day_of(asked.due)
        moment = asked.due if isinstance(asked.due, datetime) else None
        yield Deadline(
            code="evidence-due",
            status=timing.status(day, done),
            day=day,
            moment=moment,
            start="evidence-asked",
            started=day_of(asked.at),
        )
    proposed, hours = timing.timeline.last("inspection-proposed"), timing.rules.value("clock.object-hours")
    if proposed is not None and hours is not None and dispute.state == "inspection-proposed":
        yield timing.hours("object-to-inspection", hours, proposed.at, "inspection-proposed")
    acting, days = (
        timing.timeline.last("escalated", "evidence-uploaded"),
        timing.rules.value("clock.act-working-days"),
    )
    if acting is not None and days is not None and dispute.state in {"escalated", "reported", "inspected"}:
        yield timing.working("platform-acts", days, acting.kind, day_of(acting.at))
    settled, refund = (
        timing.timeline.last("agreed", "ruling"),
        timing.rules.value("clock.refund-working-days"),
    )
    if settled is not None and refund is not None and dispute.state in {"agreed", "ruled"}:
        yield timing.working("refund-starts", refund, settled.kind, day_of(settled.at))


def other_clocks(timing: Timing, shipment_date: date | None) -> Iterator[Deadline]:
    """Yield the deadlines next to a dispute: quick refund, on time, Easy Return, cards, PayPal, customs."""
    find, order = timing.rules.value, timing.facts.order
    paid, hours = timing.timeline.last("paid"), find("clock.quick-refund-hours")
    if paid is not None and hours is not None and timing.timeline.day("shipped") is None:
        yield timing.hours("quick-refund", hours, paid.at, "paid")
    if order.delivery_date is not None and (days := find("delivery.claim-days")) is not None:
        yield timing.plain("on-time-claim", days, "guaranteed-delivery", order.delivery_date)
        alone = find("delivery.automatic-day.enterprise")
        if alone is not None and order.buyer in {"enterprise", "enterprise-pro"}:
            # The guaranteed date is day 1.
            yield timing.plain("automatic-coupon", alone, "guaranteed-delivery", order.delivery_date, first=1)
    received = timing.timeline.day("received", "receipt-confirmed")
    if order.easy_return and received is not None and (days := find("easy-return.claim-days")) is not None:
        yield timing.plain("easy-return-apply", days, "received", received)
    agreed = timing.timeline.day("return-agreed")
    if order.easy_return and agreed is not None and (days := find("easy-return.return-days")) is not None:
        sent = timing.timeline.day("return-sent")
        yield timing.plain("easy-return-send", days, "return-agreed", agreed, done=sent)
    payments = timing.facts.payments or ()
    last = max((one.date for one in payments), default=None)
    promised = any(one.kind == "unkept-promise" for one in timing.facts.complaints)
    days = find("clock.offline-days")
    if days is not None and (order.kind == "off-platform" or promised):
        agreed_days = [day for day in (last, order.delivery_date or shipment_date) if day is not None]
        if agreed_days:
            yield timing.plain("offline-dispute", days, "agreed-date", max(agreed_days))
    yield from _outside(timing, received)


def _outside(timing: Timing, received: date | None) -> Iterator[Deadline]:
    find = timing.rules.value
    payments = timing.facts.payments or ()
    windows: tuple[tuple[DeadlineCode, str, set[str]], ...] = (
        ("card-chargeback", "outside.card-days", {"card", "apple-pay", "google-pay"}),
        ("paypal-dispute", "outside.paypal-days", {"paypal"}),
    )
    for code, key, methods in windows:
        dates = [one.date for one in payments if one.method in methods]
        entry = find(key)
        if dates and entry is not None:
            begun = min(dates) if code == "paypal-dispute" else max(min(dates), received or min(dates))
            start: Start = "payment" if begun == min(dates) else "received"
            yield timing.plain(code, entry, start, begun)
    escalate = find("outside.paypal-escalate-days")
    if escalate is not None and any(one.method == "paypal" for one in payments):
        yield Deadline(
            code="paypal-escalation",
            status="not-started",
            number=escalate.number,
            start="opened",
            rule=escalate.key,
        )
    seized, answer = timing.timeline.day("seized"), find("outside.customs-answer-days")
    if seized is not None and answer is not None:
        yield timing.plain("customs-answer", answer, "seized", seized)
