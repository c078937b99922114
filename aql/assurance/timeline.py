"""The events of an order in order of time, each once, with the days on which something first happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aql.assurance.claim_choices import EVENT_KINDS, EventKind
from aql.assurance.claim_facts import Event
from aql.errors import DomainError

__all__ = ["Timeline", "day_of", "local", "timeline_of"]

_ONCE: frozenset[EventKind] = frozenset(
    {"placed", "cancelled", "shipped", "received", "receipt-confirmed", "order-closed"}
)
_AFTER: dict[EventKind, tuple[EventKind, ...]] = {
    "paid": ("placed",),
    "shipped": ("placed",),
    "seized": ("placed", "shipped"),
    "received": ("placed", "shipped"),
    "receipt-confirmed": ("placed", "shipped"),
    "cancelled": ("placed",),
    "order-closed": ("placed",),
    "opened": ("placed",),
}
"""Events of the order that cannot come before others, where both are recorded."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in order of time.

    Attributes
    ----------
    events : tuple of Event
        The events; a time without an offset has got the time zone.
    zone : str
        IANA name of the time zone.
    """

    events: tuple[Event, ...]
    zone: str

    def first(self, *kinds: EventKind) -> Event | None:
        """Return the first event of these kinds."""
        return next((one for one in self.events if one.kind in kinds), None)

    def last(self, *kinds: EventKind) -> Event | None:
        """Return the last event of these kinds."""
        return next((one for one in reversed(self.events) if one.kind in kinds), None)

    def day(self, *kinds: EventKind) -> date | None:
        """Return the day of the first event of these kinds in the time zone."""
        event = self.first(*kinds)
        return None if event is None else day_of(event.at)

    def until(self, as_of: date) -> Timeline:
        """Return the events up to a day."""
        return Timeline(tuple(one for one in self.events if day_of(one.at) <= as_of), self.zone)


def timeline_of(events: Iterable[Event], zone: str) -> Timeline:
    """Return events as a timeline, sorted by time; on a day where not all have a time, by their usual order.

    Raises
    ------
    DomainError
        If an event is given twice, or events of the order contradict each other.
    """
    placed = [
        one.model_copy(
            update={"at": local(one.at, zone)} | ({} if one.due is None else {"due": local(one.due, zone)})
        )
        for one in events
    ]
    ordered = tuple(_ordered(placed))
    _check_once(ordered)
    _check_order(ordered)
    return Timeline(ordered, zone)


def _ordered(events: Sequence[Event]) -> Iterator[Event]:
    for day in sorted({day_of(one.at) for one in events}):
        here = [one for one in events if day_of(one.at) == day]
        times = [one.at for one in here if isinstance(one.at, datetime)]
        if len(times) == len(here):
            yield from sorted(here, key=lambda one: (_instant(one), EVENT_KINDS.index(one.kind)))
        else:
            yield from sorted(here, key=lambda one: (EVENT_KINDS.index(one.kind), one.at.isoformat()))


def _instant(event: Event) -> float:
    return event.at.timestamp() if isinstance(event.at, datetime) else 0.0


def _check_once(events: Sequence[Event]) -> None:
    seen: set[tuple[EventKind, object]] = set()
    for one in events:
        key = (one.kind, None if one.kind in _ONCE else (one.at, one.amount, one.by, one.inspector, one.note))
        if key in seen:
            raise DomainError(
                f"the event {one.kind!r} of {one.at.isoformat()} is given twice",
                todo="Leave one of them out",
                code="two-events",
                value=one.kind,
            )
        seen.add(key)


def _check_order(events: Sequence[Event]) -> None:
    place = {one.kind: number for number, one in reversed(list(enumerate(events)))}
    for one in events:
        for before in _AFTER.get(one.kind, ()):
            if before in place and place[before] > place[one.kind] and _later(events[place[before]], one):
                raise _contradiction(one, events[place[before]])


def _later(one: Event, other: Event) -> bool:
    return day_of(one.at) > day_of(other.at) or _instant(one) > _instant(other) > 0


def _contradiction(one: Event, other: Event) -> DomainError:
    return DomainError(
        f"the event {one.kind!r} of {one.at.isoformat()} cannot come before {other.kind!r} of {other.at.isoformat()}",
        todo="Correct one of the dates",
        code="impossible-event",
        value=one.kind,
    )


def day_of(at: date | datetime) -> date:
    """Return the day of a moment in the timeline."""
    return at.date() if isinstance(at, datetime) else at


def local(at: date | datetime, zone: str) -> date | datetime:
    """Return a moment of the timeline in a time zone, in which a time without an offset is; a date is unchanged."""
    if not isinstance(at, datetime):
        return at
    there = ZoneInfo(zone)
    return at.replace(tzinfo=there) if at.tzinfo is None else at.astimezone(there)
