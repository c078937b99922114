"""Late shipment and goods that were not shipped: which reasons the dates give."""

from __future__ import annotations

from collections.abc import Iterator

from aql.assurance.case import Case
from aql.assurance.points import Point
from aql.assurance.reasons import GroundReason

__all__ = ["shipment_point", "shipment_reasons"]


def shipment_point(case: Case) -> Point | None:
    """Return the point on the shipment that the dates give; None if the buyer complains about it anyway."""
    if any(one.kind in {"late-shipment", "not-shipped"} for one in case.facts.complaints):
        return None
    date, arrived = (
        case.shipment_date,
        case.timeline.day("shipped", "received", "receipt-confirmed", "seized"),
    )
    missing = date is not None and case.as_of > date and arrived is None and not case.shipped_days
    recorded = case.timeline.day("placed", "paid", "opened") is not None
    agreed = "" if date is None else date.isoformat()
    if missing and recorded:
        return Point(kind="not-shipped", subject="shipment", base="not-shipped", agreed=agreed)
    found = ", ".join(sorted(day.isoformat() for day in case.shipped_days))
    return Point(kind="late-shipment", subject="shipment", base="shipped-late", agreed=agreed, found=found)


def shipment_reasons(point: Point, case: Case) -> Iterator[GroundReason]:
    """Yield the reasons that the agreed date and the day of shipment give."""
    if point.complaint is not None and point.complaint.tracking_forged:
        yield "tracking-forged"
        return
    partly = point.share is not None and point.share < 1
    if point.kind == "not-shipped" and (partly or not case.shipped_days):
        yield from _not_shipped(point, case)
    else:
        yield from _late(point, case)


def _not_shipped(point: Point, case: Case) -> Iterator[GroundReason]:
    if case.shipment_date is None:
        yield "no-shipment-without-date"
    elif point.complaint is not None and point.complaint.refused:
        yield "shipment-refused"
    elif case.as_of <= case.shipment_date:
        yield "not-due"
    else:
        yield "not-shipped"


def _late(point: Point, case: Case) -> Iterator[GroundReason]:
    last, shipped = case.shipment_date, case.shipped_days
    if last is None:
        yield "no-shipment-date"
    elif not shipped and case.as_of <= last:
        yield "not-due"
    elif not shipped:
        # Without a recorded day, only the buyer says that the goods were late.
        yield "shipment-unknown" if point.complaint is None else "shipped-late"
    elif min(shipped) > last:
        yield "shipped-late"
        if case.holiday_shift is not None and max(shipped) <= case.holiday_shift:
            yield "holiday-shift"
    elif max(shipped) <= last:
        yield "shipped-on-time"
    else:
        yield "shipment-unknown"
