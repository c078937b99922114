"""The time in which a dispute can be opened, and whether it was or can still be opened in that time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, cast

from aql.assurance.claim_choices import EventKind
from aql.assurance.deadline import Bound, Deadline, DeadlineStatus, OtherDay
from aql.assurance.entry import Entry
from aql.assurance.timeline import day_of
from aql.assurance.timing import Timing

__all__ = ["InTime", "claim_window", "in_time"]

_STAND_INS: dict[EventKind, tuple[EventKind, Bound]] = {
    "receipt-confirmed": ("received", "at-least"),
    "received": ("receipt-confirmed", "at-most"),
}
"""What is counted from instead if the event is not recorded, and whether the real day may be later or earlier."""

InTime = Literal["yes", "no", "unclear", "unknown"]
"""Whether a dispute is in time; unknown if the rule set does not state the time."""


def claim_window(timing: Timing, *, pre_shipment: bool) -> Iterator[Deadline]:
    """Return the claim window: the last day to open a dispute."""
    before = timing.rules.value("clock.claim-window.pre-shipment")
    if pre_shipment and before is not None:
        shipped, opened = timing.timeline.day("shipped", "received"), timing.opened()
        status: DeadlineStatus = "open" if shipped is None else "passed"
        if opened is not None and (shipped is None or opened <= shipped):
            status = "done"
        yield Deadline(
            code="open-claim",
            status=status,
            start="shipped",
            started=shipped,
            rule=before.key,
            before_shipment=True,
        )
        return
    days, start = timing.rules.find("clock.claim-days"), timing.rules.value("clock.claim-start")
    if days is not None and days.value is not None and start is not None:
        yield _claim_days(timing, days, start)
    elif days is not None:
        yield Deadline(code="open-claim", status="unknown", rule=days.key)
    closed, after = timing.timeline.day("order-closed"), timing.rules.value("clock.closed-days")
    if closed is not None and after is not None:
        yield timing.plain("open-after-closing", after, "order-closed", closed, done=timing.opened())


def _claim_days(timing: Timing, days: Entry, start: Entry) -> Deadline:
    longer = timing.rules.value("clock.claim-days.enterprise")
    buyer = timing.facts.order.buyer
    if longer is not None and buyer in {"enterprise", "enterprise-pro"}:
        days, longer = longer, None
    elif buyer == "standard":
        longer = None
    kind = cast("EventKind", start.value)
    begun = timing.timeline.day(kind)
    bound: Bound = "exact"
    stand_in = _STAND_INS.get(kind)
    if begun is None and stand_in is not None:
        kind, bound = stand_in
        begun = timing.timeline.day(kind)
    if begun is None:
        return Deadline(
            code="open-claim",
            status="not-started",
            number=days.number,
            start=cast("EventKind", start.value),
            rule=days.key,
        )
    day = begun + timedelta(days=days.number)
    others = [] if longer is None else [OtherDay("enterprise-buyer", begun + timedelta(days=longer.number))]
    for conflict in start.conflict:
        other = timing.timeline.day(cast("EventKind", conflict.value))
        if other is not None and other > begun:
            others.append(OtherDay("other-start", other + timedelta(days=days.number)))
            if longer is not None:
                last = other + timedelta(days=longer.number)
                others.append(OtherDay("enterprise-buyer-other-start", last))
    return Deadline(
        code="open-claim",
        status=timing.status(day, timing.opened(), others=tuple(others)),
        day=day,
        others=tuple(others),
        bound=bound,
        number=days.number,
        start=kind,
        started=begun,
        rule=days.key,
    )


def in_time(timing: Timing, window: Sequence[Deadline], *, lifted: bool) -> InTime:
    """Whether the last dispute was opened in the claim window, or one can still be opened in it."""
    opened = timing.timeline.last("opened")
    day = timing.as_of if opened is None else day_of(opened.at)
    # Once the platform has closed the order, only the days from its notice count for goods that never arrived.
    closed = any(one.code == "open-after-closing" for one in window)
    counting = [one for one in window if not (closed and one.status == "not-started")]
    states = {_reached(one, day) for one in counting if not one.before_shipment}
    if "yes" in states or not states:
        return "yes" if states else "unknown"
    if "unclear" in states or (lifted and "no" in states):
        return "unclear"
    return "no" if "no" in states else "unknown"


def _reached(one: Deadline, day: date) -> InTime:
    if one.status == "not-started":
        return "yes"
    if one.day is None or one.latest is None:
        return "unknown"
    if day <= one.day:
        return "yes"
    return "unclear" if day <= one.latest or one.bound == "at-least" else "no"
