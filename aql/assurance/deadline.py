"""The value of a deadline: its day or moment, the rule behind it, and the days under other readings of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from aql.assurance.claim_choices import EventKind
from aql.documents.json_values import JsonValue
from aql.words import in_brief

__all__ = ["DEADLINE_CODES", "Bound", "Deadline", "DeadlineCode", "DeadlineStatus", "OtherDay", "Start"]

DeadlineCode = Literal[
    "open-claim",
    "open-after-closing",
    "supplier-answers",
    "escalate-from",
    "automatic-escalation",
    "evidence-due",
    "object-to-inspection",
    "platform-acts",
    "refund-starts",
    "quick-refund",
    "on-time-claim",
    "automatic-coupon",
    "easy-return-apply",
    "easy-return-send",
    "offline-dispute",
    "card-chargeback",
    "paypal-dispute",
    "paypal-escalation",
    "customs-answer",
]
"""What a deadline is for."""
DEADLINE_CODES: tuple[DeadlineCode, ...] = get_args(DeadlineCode)  #: The same words as a tuple.

DeadlineStatus = Literal["open", "passed", "done", "unclear", "not-started", "unknown"]
"""State of a deadline on the day of the assessment; unclear if it has passed under one reading and not another."""

Bound = Literal["exact", "at-least", "at-most"]
"""Whether the day is exact, or the real one may be later or earlier."""

Start = EventKind | Literal["payment", "guaranteed-delivery", "agreed-date"]
"""What a deadline is counted from."""

OtherWhen = Literal[
    "opening-day-not-counted",
    "other-text",
    "other-text-opening-day-not-counted",
    "enterprise-buyer",
    "other-start",
    "enterprise-buyer-other-start",
]
"""Under which reading another day applies."""


@dataclass(frozen=True, slots=True)
class OtherDay:
    """The day of a deadline under another reading of the rules."""

    when: OtherWhen
    day: date


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Deadline(JsonValue):
    """A deadline, or the first day on which something can be done.

    Attributes
    ----------
    code : str
        What it is for, one of `DEADLINE_CODES`.
    status : "open", "passed", "done", "unclear", "not-started" or "unknown"
        State on the day of the assessment; ``"unclear"`` if it has passed under one reading and not under another.
    day : date or None
        The day; None if it is unknown or has not started.
    moment : datetime or None
        The moment, if hours are counted.
    others : tuple of OtherDay
        The days under other readings.
    bound : "exact", "at-least" or "at-most"
        Whether the real day may be later or earlier than `day`.
    counting : "calendar", "working" or "hours"
        What is counted.
    number : int or None
        How many.
    start : str or None
        The event from which it is counted.
    started : date or None
        Day of that event.
    rule : str
        Key of the entry in the rule set; "" if the event itself states it.
    before_shipment : bool
        Whether the rule names the shipment instead of a number of days.
    """

    code: DeadlineCode
    status: DeadlineStatus
    day: date | None = None
    moment: datetime | None = None
    others: tuple[OtherDay, ...] = ()
    bound: Bound = "exact"
    counting: Literal["calendar", "working", "hours"] = "calendar"
    number: int | None = None
    start: Start | None = None
    started: date | None = None
    rule: str = ""
    before_shipment: bool = False

    @property
    def latest(self) -> date | None:
        """The latest day under any reading; None if it is unknown."""
        return None if self.day is None else max(self.day, *(one.day for one in self.others), self.day)

    def __repr__(self) -> str:
        return in_brief("Deadline", f"{self.code}: {self.day or 'unknown'}, {self.status}")
