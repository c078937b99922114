"""Counts days, working days and hours from an event by an entry of the rule set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aql.assurance.claim_facts import ClaimFacts
from aql.assurance.deadline import Deadline, DeadlineCode, DeadlineStatus, OtherDay, Start
from aql.assurance.entry import Entry
from aql.assurance.rule_sets import RuleSet
from aql.assurance.timeline import Timeline, day_of
from aql.assurance.working_days import after_working_days, holidays_of

__all__ = ["Timing"]


@dataclass(frozen=True, slots=True)
class Timing:
    """What deadlines are made of: the rules, the facts and the events up to the day of the assessment."""

    rules: RuleSet
    facts: ClaimFacts
    timeline: Timeline
    as_of: date
    calendar: str | None

    def status(
        self, day: date, done: date | None = None, *, others: tuple[OtherDay, ...] = ()
    ) -> DeadlineStatus:
        """State of a deadline on the day of the assessment; unclear between its days under different readings."""
        latest = max((day, *(one.day for one in others)))
        if done is not None and done <= latest:
            return "done"
        if self.as_of <= day:
            return "open"
        return "unclear" if self.as_of <= latest else "passed"

    def opened(self) -> date | None:
        """Day on which the dispute was last opened."""
        event = self.timeline.last("opened")
        return None if event is None else day_of(event.at)

    def plain(
        self,
        code: DeadlineCode,
        entry: Entry,
        start: Start,
        begun: date,
        *,
        done: date | None = None,
        first: int = 0,
    ) -> Deadline:
        """A number of calendar days after a day, which has the number `first`."""
        day = begun + timedelta(days=entry.number - first)
        return Deadline(
            code=code,
            status=self.status(day, done),
            day=day,
            number=entry.number,
            start=start,
            started=begun,
            rule=entry.key,
        )

    def counted(self, code: DeadlineCode, key: str) -> Deadline | None:
        """The n-th day of a dispute, under both countings where the number of the opening day is unknown.

        Another source's number is counted the same way, so two texts and two countings give four days.
        """
        entry, opened = self.rules.find(key), self.opened()
        if entry is None or opened is None:
            return None
        if entry.value is None:
            return Deadline(code=code, status="unknown", start="opened", started=opened, rule=key)
        first = self.rules.value("clock.opening-day")
        number = 1 if first is None else first.number
        day = opened + timedelta(days=entry.number - number)
        texts = [
            opened + timedelta(days=other.value - number)
            for other in entry.conflict
            if isinstance(other.value, int)
        ]
        others = [OtherDay("other-text", one) for one in texts]
        if first is None:
            next_day = timedelta(days=1)
            others.insert(0, OtherDay("opening-day-not-counted", day + next_day))
            others += [OtherDay("other-text-opening-day-not-counted", one + next_day) for one in texts]
        readings = tuple(others)
        return Deadline(
            code=code,
            status=self.status(day, others=readings),
            day=day,
            others=readings,
            number=entry.number,
            start="opened",
            started=opened,
            rule=key,
        )

    def hours(self, code: DeadlineCode, entry: Entry, at: date | datetime, start: Start) -> Deadline:
        """A number of hours after a moment; after a day without a time, at most to the end of the last day."""
        if not isinstance(at, datetime):
            day = at + timedelta(days=(entry.number + 23) // 24)
            return Deadline(
                code=code,
                status=self.status(day),
                day=day,
                bound="at-most",
                counting="hours",
                number=entry.number,
                start=start,
                started=at,
                rule=entry.key,
            )
        moment = at + timedelta(hours=entry.number)
        return Deadline(
            code=code,
            status=self.status(moment.date()),
            day=moment.date(),
            moment=moment,
            counting="hours",
            number=entry.number,
            start=start,
            started=at.date(),
            rule=entry.key,
        )

    def working(self, code: DeadlineCode, entry: Entry, start: Start, begun: date) -> Deadline:
        """A number of working days after a day; without a calendar only weekends are left out."""
        known = self.rules.value("clock.working-calendar")
        country = self.calendar or (None if known is None else str(known.value))
        closed = holidays_of(country) if country else ()
        day = after_working_days(begun, entry.number, closed)
        return Deadline(
            code=code,
            status=self.status(day),
            day=day,
            bound="exact" if country else "at-least",
            counting="working",
            number=entry.number,
            start=start,
            started=begun,
            rule=entry.key,
        )
