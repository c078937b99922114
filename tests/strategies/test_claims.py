"""Claims as drawn: events in order, payments within the price, and days that no time zone changes."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from aql.assurance import RULE_SETS, ClaimAssessment
from aql.assurance.claim_facts import Event
from aql.assurance.dispute import DISPUTE_STEPS
from aql.strategies import claim_assessments, claim_events, claim_facts, claim_orders
from aql.strategies._internal import claims
from tests.strategies.reaching import reached, simplest

FIRST = date(2026, 1, 5)
ZONES = [timezone(timedelta(hours=hours)) for hours in (-8, -7, 0, 8)]
"""Los Angeles in winter and summer, UTC and Shanghai: the zones of the rule sets."""


def day(event: Event) -> date:
    return event.at.astimezone(UTC).date() if isinstance(event.at, datetime) else event.at


@given(events=claim_events(rules="current"))
def test_events_follow_each_other_and_each_has_one_day_in_every_zone(events: tuple[Event, ...]) -> None:
    for event in events:
        if isinstance(event.at, datetime):
            assert len({event.at.astimezone(zone).date() for zone in ZONES}) == 1
    days = [day(one) for one in events]
    assert days == sorted(days)
    notes = [one.note for one in events if one.note is not None]
    assert notes == [f"step {number}" for number in range(1, len(notes) + 1)]
    pairs = [(day(before), day(after)) for before, after in pairwise(events) if after.note is not None]
    assert all(before < after for before, after in pairs), "steps of a dispute are on different days"


@given(events=claim_events(rules="current", most=8))
def test_a_dispute_takes_only_the_steps_that_it_can(events: tuple[Event, ...]) -> None:
    state: Any = "no-dispute"
    for event in events:
        if event.note is not None:
            assert event.kind in DISPUTE_STEPS[state]
            state = DISPUTE_STEPS[state][event.kind]
            state = "dismissed" if event.result == "dismissed" else state
            if event.kind == "evidence-asked":
                assert event.due is not None
                assert 1 <= (event.due - day(event)).days <= 30


def test_the_steps_that_all_rule_sets_have_are_drawn_and_no_others() -> None:
    """Those of the rule set of 2015, which has the fewest; the rarest of them, at the end of a long way, may be missing."""
    kinds: set[Any] = set()
    reached(claim_events(most=8), lambda events: kinds.update(one.kind for one in events), draws=20, tests=8)
    of_an_order = {"placed", "paid", "shipped", "received", "receipt-confirmed"}
    before_a_ruling = {"opened", "offered", "rejected", "agreed", "withdrawn", "escalated", "dispute-closed"}
    other = {"report", "inspection-carried-out", "inspection-aborted", "ruling", "refunded"}
    assert kinds <= of_an_order | before_a_ruling | other
    assert len((of_an_order | before_a_ruling | other) - kinds) <= 1


@pytest.mark.parametrize("most", [0, 1, 6])
def test_a_dispute_has_at_most_so_many_events(most: int) -> None:
    how: dict[str, Any] = {} if most == 6 else {"most": most}
    (numbers,) = reached(
        claim_events(rules="current", **how),
        lambda all_: sum(one.note is not None for one in all_),
        draws=100,
    )
    assert (min(numbers), max(numbers)) == (0, most)


def test_reports_have_every_result_by_inspectors_of_both_kinds() -> None:
    results: set[Any] = set()

    def note(events: tuple[Event, ...]) -> None:
        results.update((one.result, one.designated) for one in events if one.kind == "report")

    reached(claim_events(most=8), note, draws=100)
    assert results == {(result, said) for result in ("conforms", "fails") for said in (True, False)}


def test_payments_are_within_the_price() -> None:
    paid, numbers, complaints, evidence = reached(
        claim_facts(),
        lambda facts: sum(one.amount for one in facts.payments) <= facts.order.amount,
        lambda facts: len(facts.payments),
        lambda facts: len(facts.complaints),
        lambda facts: len(facts.evidence),
        draws=60,
    )
    assert set(paid) == {True}
    for seen in (numbers, complaints, evidence):
        assert min(seen) == 0
        assert max(seen) > 1


def test_every_fact_of_an_order_is_drawn() -> None:
    names = ("logistics", "transport_risk", "category", "easy_return", "coupon_granted")
    seen = reached(
        claim_orders(), *(lambda one, name=name: getattr(one, name) for name in names), draws=60, tests=2
    )
    assert [set(one) for one in seen] == [
        {None, "platform", "supplier", "buyer"},
        {None, "buyer", "supplier"},
        {None, "textiles", "vehicles"},
        {None, True, False},
        {True, False},
    ]


def test_orders_begin_at_one_dollar_on_the_first_day() -> None:
    order = simplest(
        claim_orders(), lambda one: one.dispatch_date is not None and one.delivery_date is not None
    )
    assert (order.dispatch_date, order.delivery_date, str(order.amount)) == (FIRST, FIRST, "1.00")
    assert (
        str(simplest(claim_orders(), lambda one: one.remaining_limit is not None).remaining_limit) == "0.00"
    )
    kinds, buyers = reached(claim_orders(), lambda one: one.kind, lambda one: one.buyer, draws=60)
    assert set(kinds) == {"trade-assurance", "direct-pay", "off-platform"}
    assert set(buyers) == {"standard", "enterprise"}


def test_assessments_of_every_rule_set_begin_on_the_first_day() -> None:
    first = simplest(claim_assessments())
    assert first.as_of == FIRST
    assert isinstance(first, ClaimAssessment)
    rules, days = reached(claim_assessments(), lambda one: one.rules.name, lambda one: one.as_of, draws=120)
    assert set(rules) == set(RULE_SETS)
    assert min(days) == FIRST
    assert len(days) > 5


def test_times_are_on_the_day() -> None:
    (seen,) = reached(claims._times(FIRST), lambda one: (isinstance(one, datetime), one), draws=60)
    assert {is_time for is_time, _ in seen} == {True, False}
    assert (False, FIRST) in seen
    assert {one.astimezone(zone).date() for is_time, one in seen if is_time for zone in ZONES} == {FIRST}
