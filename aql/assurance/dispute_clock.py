"""The clock of a claim: from the events to the state of the dispute and every deadline, each with its rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aql.assurance.claim_choices import EventKind
from aql.assurance.claim_facts import ClaimFacts
from aql.assurance.claim_window import InTime, claim_window, in_time
from aql.assurance.deadline import Deadline, DeadlineCode
from aql.assurance.deadlines import negotiation_deadlines, other_clocks, ruling_deadlines
from aql.assurance.dispute import DisputeState, dispute_of
from aql.assurance.rule_sets import RuleSet
from aql.assurance.timeline import Timeline
from aql.assurance.timing import Timing
from aql.documents.json_values import JsonValue
from aql.words import in_brief

__all__ = [
    "Clock",
    "clock_of",
]


@dataclass(frozen=True, slots=True, repr=False)
class Clock(JsonValue):
    """State and deadlines of a claim, on the day of the assessment.

    Attributes
    ----------
    as_of : date
        The day of the assessment.
    zone : str
        IANA name of the time zone of days and times.
    state : str
        State of the dispute, one of `aql.assurance.DISPUTE_STATES`.
    since : date or None
        Day on which it was reached.
    automatic : bool
        Whether it was reached without an event.
    next : tuple of str
        Events that can happen now.
    deadlines : tuple of Deadline
        Every deadline, those of the platform first.
    in_time : "yes", "no", "unclear" or "unknown"
        Whether a dispute was or can still be opened in time; ``"unknown"`` if the rule set does not state the time.
    """

    as_of: date
    zone: str
    state: DisputeState
    since: date | None
    automatic: bool
    next: tuple[EventKind, ...]
    deadlines: tuple[Deadline, ...]
    in_time: InTime

    def deadline(self, code: DeadlineCode) -> Deadline | None:
        """Return the deadline with that code; None if there is none."""
        return next((one for one in self.deadlines if one.code == code), None)

    @property
    def last_day(self) -> date | None:
        """Last day to open a dispute; None if it is unknown or has not started."""
        days = [
            one.day for one in self.deadlines if one.code in {"open-claim", "open-after-closing"} and one.day
        ]
        return max(days, default=None)

    @property
    def open(self) -> tuple[Deadline, ...]:
        """The deadlines that are still open, or may be under one reading of the rules."""
        return tuple(one for one in self.deadlines if one.status in {"open", "unclear"})

    def __repr__(self) -> str:
        return in_brief("Clock", f"{self.as_of}: {self.state}, last day to open {self.last_day or 'unknown'}")


def clock_of(
    rules: RuleSet,
    facts: ClaimFacts,
    timeline: Timeline,
    *,
    as_of: date,
    pre_shipment: bool = False,
    shipment_date: date | None = None,
    calendar: str | None = None,
) -> Clock:
    """Return the clock of a claim.

    Parameters
    ----------
    rules : RuleSet
        The rule set.
    facts : ClaimFacts
        Order and payments.
    timeline : Timeline
        The events in order; those after `as_of` are left out.
    as_of : date
        The day of the assessment.
    pre_shipment : bool
        Whether the order has pre-shipment cover.
    shipment_date : date, optional
        Last day of shipment agreed.
    calendar : str, optional
        Country whose public holidays are not working days, as two-letter code; without it only weekends are left out, and
        such a day is marked as at least.
    """
    timing = Timing(rules, facts, timeline.until(as_of), as_of, calendar)
    automatic = timing.counted("automatic-escalation", "clock.automatic-day")
    dispute = dispute_of(timeline, rules, as_of, _days_after(automatic))
    window = tuple(claim_window(timing, pre_shipment=pre_shipment))
    rest = (
        *negotiation_deadlines(timing, automatic, dispute),
        *ruling_deadlines(timing, dispute),
        *other_clocks(timing, shipment_date),
    )
    fraud = rules.value("clock.fraud-lifts-window")
    forged = any(one.tracking_forged for one in facts.complaints)
    return Clock(
        as_of,
        timeline.zone,
        dispute.state,
        dispute.since,
        dispute.automatic,
        dispute.next(rules),
        (*window, *rest),
        in_time(timing, window, lifted=forged and fraud is not None and fraud.value == "yes"),
    )


def _days_after(automatic: Deadline | None) -> tuple[int, ...]:
    """Days from opening to the escalation by the platform, one for each counting; empty if unknown."""
    if automatic is None or automatic.day is None or automatic.started is None:
        return ()
    days = (automatic.day, *(one.day for one in automatic.others))
    return tuple((day - automatic.started).days for day in days)
