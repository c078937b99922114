"""The states of a dispute and the events that lead from one to the next, as a frozen table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, cast, get_args

from aql.assurance.claim_choices import ORDER_EVENTS, EventKind
from aql.assurance.claim_facts import Event
from aql.assurance.rule_sets import RuleSet, not_in_rules
from aql.assurance.timeline import Timeline, day_of
from aql.errors import DomainError
from aql.words import listed

__all__ = ["DISPUTE_STATES", "DISPUTE_STEPS", "Dispute", "DisputeState", "dispute_of"]

DisputeState = Literal[
    "no-dispute",
    "negotiating",
    "offered",
    "escalated",
    "evidence-due",
    "evidence-missed-unclear",
    "inspection-proposed",
    "inspected",
    "reported",
    "agreed",
    "ruled",
    "dismissed",
    "return-agreed",
    "return-sent",
    "return-received",
    "condition-disputed",
    "refunded",
    "withdrawn",
    "cancelled",
    "closed",
]
"""State of a dispute."""
DISPUTE_STATES: tuple[DisputeState, ...] = get_args(DisputeState)  #: The same words as a tuple.

Steps = Mapping[EventKind, DisputeState]


def _steps(**steps: DisputeState) -> Steps:
    """Steps by the names of the events, with underscores for hyphens."""
    return MappingProxyType(
        {cast("EventKind", kind.replace("_", "-")): state for kind, state in steps.items()}
    )


_TALKING: dict[str, DisputeState] = {
    "offered": "offered",
    "agreed": "agreed",
    "withdrawn": "withdrawn",
    "escalated": "escalated",
    "return_agreed": "return-agreed",
    "dispute_closed": "closed",
}
_RULING: dict[str, DisputeState] = {
    "evidence_asked": "evidence-due",
    "inspection_proposed": "inspection-proposed",
    "inspection_carried_out": "inspected",
    "report": "reported",
    "ruling": "ruled",
    "agreed": "agreed",
    "withdrawn": "withdrawn",
    "return_agreed": "return-agreed",
    "dispute_closed": "closed",
}
_INSPECTING: dict[str, DisputeState] = {
    "inspection_carried_out": "inspected",
    "inspection_aborted": "escalated",
    "inspection_objected": "escalated",
}

DISPUTE_STEPS: Mapping[DisputeState, Steps] = MappingProxyType(
    {
        "no-dispute": _steps(
            opened="negotiating",
            report="no-dispute",
            inspection_proposed="no-dispute",
            inspection_objected="no-dispute",
            inspection_carried_out="no-dispute",
            inspection_aborted="no-dispute",
            refunded="refunded",
        ),
        "negotiating": _steps(**_TALKING, report="negotiating"),
        "offered": _steps(**_TALKING, rejected="negotiating", report="offered"),
        "escalated": _steps(**_RULING, evidence_uploaded="escalated", inspection_aborted="escalated"),
        "evidence-due": _steps(**_RULING, evidence_uploaded="escalated", evidence_missed="cancelled"),
        "evidence-missed-unclear": _steps(**_RULING, evidence_uploaded="escalated", opened="negotiating"),
        "inspection-proposed": _steps(**(_RULING | _INSPECTING)),
        "inspected": _steps(**_RULING, evidence_uploaded="inspected"),
        "reported": _steps(**_RULING, evidence_uploaded="reported"),
        "agreed": _steps(return_agreed="return-agreed", refunded="refunded"),
        "ruled": _steps(return_agreed="return-agreed", refunded="refunded"),
        "dismissed": _steps(),
        "return-agreed": _steps(return_sent="return-sent", withdrawn="withdrawn", refunded="refunded"),
        "return-sent": _steps(
            return_received="return-received", condition_disputed="condition-disputed", refunded="refunded"
        ),
        "return-received": _steps(condition_disputed="condition-disputed", refunded="refunded"),
        "condition-disputed": _steps(
            escalated="escalated",
            ruling="ruled",
            agreed="agreed",
            refunded="refunded",
            dispute_closed="closed",
        ),
        "refunded": _steps(opened="negotiating"),
        "withdrawn": _steps(opened="negotiating"),
        "cancelled": _steps(opened="negotiating"),
        "closed": _steps(opened="negotiating"),
    }
)
"""The events that can happen in each state, with the state that follows."""

_OVER: frozenset[DisputeState] = frozenset({"withdrawn", "cancelled", "closed"})
"""States from which a dispute can only be opened again."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute after its events.

    Attributes
    ----------
    state : str
        The state, one of `DISPUTE_STATES`.
    since : date or None
        Day of the event that led to it.
    automatic : bool
        Whether the state was reached without an event: escalated by the platform, or cancelled for missing evidence.
    """

    state: DisputeState = "no-dispute"
    since: date | None = None
    automatic: bool = False

    def next(self, rules: RuleSet) -> tuple[EventKind, ...]:
        """Return the events of the dispute that can happen now under a rule set."""
        again = rules.value("clock.reopen")
        stays_closed = self.state in _OVER and again is not None and again.value == "no"
        return tuple(
            kind for kind in DISPUTE_STEPS[self.state] if _has_step(rules, kind) and not stays_closed
        )

    def step(self, event: Event, rules: RuleSet) -> Dispute:
        """Return the dispute after an event.

        Raises
        ------
        DomainError
            If the rule set does not have the step; the message names those that do. If the event cannot happen in this
            state; the message lists those that can.
        """
        if event.kind in ORDER_EVENTS:
            return self
        if not _has_step(rules, event.kind):
            raise not_in_rules(rules, f"the step {event.kind!r}", "dispute.steps", word=event.kind)
        possible = self.next(rules)
        state = DISPUTE_STEPS[self.state].get(event.kind)
        if state is None or event.kind not in possible:
            can = listed(possible, last="or") if possible else "nothing more"
            raise DomainError(
                f"the event {event.kind!r} of {event.at.isoformat()} cannot happen in the state {self.state!r}",
                todo=f"What can happen: {can}",
                code="impossible-event",
                value=event.kind,
                nearest=possible,
            )
        if event.kind == "ruling" and event.result == "dismissed":
            state = "dismissed"
        if event.kind == "evidence-missed" and rules.value("clock.evidence-missed") is None:
            state = "evidence-missed-unclear"
        return Dispute(state, day_of(event.at))


def _has_step(rules: RuleSet, kind: EventKind) -> bool:
    """Whether a rule set has a step of disputes; one that does not list its steps may have any."""
    steps = rules.value("dispute.steps")
    return steps is None or kind in steps.words


def dispute_of(timeline: Timeline, rules: RuleSet, as_of: date, automatic: tuple[int, ...]) -> Dispute:
    """Return the state of the dispute on a day.

    Parameters
    ----------
    timeline : Timeline
        The events; those after the day are left out.
    rules : RuleSet
        The rule set.
    as_of : date
        The day.
    automatic : tuple of int
        Days from opening after which the platform escalates automatically, one for each counting; empty if unknown.
    """
    dispute = Dispute()
    due: date | None = None
    escalates: tuple[date, ...] = ()
    for event in timeline.until(as_of).events:
        day = day_of(event.at)
        dispute = _without_event(dispute, rules, day, escalates, due, sure=False, kind=event.kind)
        dispute = dispute.step(event, rules)
        if event.kind == "opened":
            escalates, due = tuple(day + timedelta(days=days) for days in automatic), None
        if event.kind == "evidence-asked":
            due = None if event.due is None else day_of(event.due)
    return _without_event(dispute, rules, as_of, escalates, due, sure=True, kind=None)


def _without_event(
    dispute: Dispute,
    rules: RuleSet,
    day: date,
    automatic: tuple[date, ...],
    due: date | None,
    *,
    sure: bool,
    kind: EventKind | None,
) -> Dispute:
    """What happened by itself up to a day: before an event that needs it, or for sure on the day of the answer."""
    if kind is not None and (kind in ORDER_EVENTS or kind in DISPUTE_STEPS[dispute.state]):
        return dispute
    if dispute.state in {"negotiating", "offered"} and automatic:
        first = max(automatic) if sure else min(automatic)
        if day >= first:
            return Dispute("escalated", first, automatic=True)
    if dispute.state == "evidence-due" and due is not None and day > due:
        known = rules.value("clock.evidence-missed") is not None
        return Dispute("cancelled" if known else "evidence-missed-unclear", due, automatic=True)
    return dispute
