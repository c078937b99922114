"""Everything that decides the grounds of one claim, gathered once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from aql.assurance.claim_facts import ClaimFacts
from aql.assurance.cover import CoverAnswer
from aql.assurance.dispute_clock import Clock
from aql.assurance.rule_sets import RuleSet
from aql.assurance.timeline import Timeline, day_of, local
from aql.contract.contract import Contract
from aql.scoring.verdict import Verdict

__all__ = ["Case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Contract, verdicts, facts and rules of a claim, with its clock, its cover and the designated report."""

    contract: Contract
    verdicts: tuple[Verdict, ...]
    facts: ClaimFacts
    rules: RuleSet
    timeline: Timeline
    clock: Clock
    cover: CoverAnswer
    as_of: date
    report: Literal["conforms", "fails"] | None

    @property
    def shipment_date(self) -> date | None:
        """Last day of shipment: that of the contract, or else that of the order itself."""
        return self.contract.order.shipment_date or self.facts.order.dispatch_date

    @property
    def holiday_shift(self) -> date | None:
        """Last day of dispatch that the platform allowed for the day of the first payment; None if there is none."""
        paid = min((one.date for one in self.facts.payments or ()), default=None)
        entry = None if paid is None else self.rules.find("shipment.holiday-shift", on=paid)
        return None if entry is None or entry.value is None else date.fromisoformat(str(entry.value))

    @property
    def shipped_days(self) -> frozenset[date]:
        """Day of shipment in the time zone of the rule set, and in those of conflicting sources."""
        event = self.timeline.first("shipped")
        if event is None:
            return frozenset(
                one.header.lot.shipped_on for one in self.verdicts if one.header.lot.shipped_on is not None
            )
        zone = self.rules.value("clock.zone")
        if zone is None:
            return frozenset({day_of(event.at)})
        zones = [str(zone.value), *(str(one.value) for one in zone.conflict)]
        return frozenset(day_of(local(event.at, one)) for one in zones)

    def after_shipment(self, day: date | None) -> bool:
        """Whether something was found after the goods were shipped; without a day, whether they have been shipped."""
        shipped = min(self.shipped_days, default=None) or self.timeline.day(
            "received", "receipt-confirmed", "seized"
        )
        return shipped is not None and (day is None or day > shipped)

    def after_delivery(self, day: date | None) -> bool:
        """Whether something was found after the goods were received."""
        received = self.timeline.day("received", "receipt-confirmed")
        return received is not None and (day is None or day >= received)
