"""Laws of claims: of refunds and their ledger, of deadlines, of the dispute's states, and of the order of events."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aql.assurance import (
    DISPUTE_STATES,
    DISPUTE_STEPS,
    EVENT_KINDS,
    RULE_SETS,
    ClaimAssessment,
    ClaimFacts,
    Deadline,
    Dispute,
    Event,
    Money,
    RuleSet,
    Settlement,
    assess_claim,
    fee_crossover,
    largest_payment,
    load_rules,
    paying_fee,
)
from aql.assurance.claim_choices import ORDER_EVENTS
from aql.assurance.deadline import DeadlineCode
from aql.contract.contract import Contract
from aql.display.claim_reasons import STATES
from aql.errors import DomainError
from aql.strategies import claim_assessments, claim_facts

CONTRACT = Contract.load(
    {
        "order": {"id": "PO-1", "currency": "USD"},
        "classes": [{"name": "major", "aql": "2.5"}],
        "terms": [
            {
                "id": "weight",
                "class": "major",
                "text": "At least 100 g",
                "measure": {"unit": "g", "min": "100"},
            },
            {"id": "finish", "class": "major", "text": "Beautiful finish"},
        ],
    }
)
rule_sets = st.sampled_from(RULE_SETS)
cases = rule_sets.flatmap(lambda rules: st.tuples(st.just(rules), claim_facts(rules=rules)))
"""A rule set with facts that are possible under it."""
days = st.integers(0, 200).map(lambda number: date(2026, 1, 5) + timedelta(days=number))
amounts = st.integers(0, 10_000_000).map(lambda cents: f"{Decimal(cents).scaleb(-2):f}")
shares = st.sampled_from(["0", "0.1", "0.333", "1"])


@st.composite
def outcomes(draw: st.DrawFn) -> dict[str, Any]:
    """Arguments of a settlement."""
    outcome = draw(st.sampled_from(["upheld", "partly", "dismissed", "withdrawn", "return-and-refund"]))
    given: dict[str, Any] = {"outcome": outcome}
    if outcome == "partly":
        method = draw(st.sampled_from(["share", "missing-quantity", "ruling"]))
        given["method"] = method
        given |= {"amount": draw(amounts)} if method == "ruling" else {"share": draw(shares)}
    if draw(st.booleans()):
        given["inspection_fee"] = draw(amounts)
    if draw(st.booleans()):
        given["return_freight"] = draw(amounts)
    return given


def settlement(claim: ClaimAssessment, given: dict[str, Any]) -> Settlement:
    """A settlement; where nothing can be returned, the claim is upheld instead."""
    if claim.rules.name == "2015-launch" and given["outcome"] == "return-and-refund":
        given = given | {"outcome": "upheld"}
    return claim.settlement(**given)


def total(settled: Settlement) -> Decimal:
    return sum((one.amount.amount for one in settled.lines), Decimal(0))


@given(claim=claim_assessments(), given=outcomes())
def test_the_ledger_sums_to_zero(claim: ClaimAssessment, given: dict[str, Any]) -> None:
    settled = settlement(claim, given)
    assert total(settled) == 0
    assert Settlement.from_json(settled.to_json()) == settled


@given(claim=claim_assessments(), given=outcomes())
def test_the_refund_never_exceeds_what_was_paid_nor_the_limit(
    claim: ClaimAssessment, given: dict[str, Any]
) -> None:
    settled = settlement(claim, given)
    if settled.refund is not None:
        paid = claim.cover.listed or Money(Decimal(0), settled.currency)
        assert Decimal(0) <= settled.refund.amount <= paid.amount
        if claim.cover.limit is not None:
            assert settled.refund <= claim.cover.limit


@given(claim=claim_assessments(), given=outcomes())
def test_grounds_that_are_refused_refund_nothing(claim: ClaimAssessment, given: dict[str, Any]) -> None:
    for ground in claim.grounds:
        if ground.answer == "no" and ground.ceiling is not None:
            assert not ground.ceiling
    refused = replace(claim, grounds=tuple(one for one in claim.grounds if one.answer == "no"))
    settled = settlement(refused, given)
    assert settled.refund is not None
    assert not settled.refund
    assert not settled.total("buyer", "goods-refunded", "inspection-refunded", "coupon")


@given(case=cases, as_of=days, more=amounts, given=outcomes())
def test_more_cover_never_lowers_a_refund(
    case: tuple[str, ClaimFacts], as_of: date, more: str, given: dict[str, Any]
) -> None:
    rules, facts = case
    limit = facts.order.remaining_limit
    assume(limit is not None)
    assert limit is not None
    higher = facts.model_copy(
        update={"order": facts.order.model_copy(update={"remaining_limit": limit + Decimal(more)})}
    )
    before, after = (
        settlement(assess_claim(CONTRACT, facts=one, rules=rules, as_of=as_of), given)
        for one in (facts, higher)
    )
    if before.refund is not None:
        assert after.refund is not None
        assert before.refund <= after.refund


@given(case=cases, as_of=days, seed=st.integers(0, 999))
def test_the_order_in_which_events_are_given_does_not_matter(
    case: tuple[str, ClaimFacts], as_of: date, seed: int
) -> None:
    rules, facts = case
    mixed = list(facts.events)
    Random(seed).shuffle(mixed)
    other = facts.model_copy(update={"events": tuple(mixed)})
    first, second = (assess_claim(CONTRACT, facts=one, rules=rules, as_of=as_of) for one in (facts, other))
    assert (first.grounds, first.clock, first.cover, first.evidence) == (
        second.grounds,
        second.clock,
        second.cover,
        second.evidence,
    )


@given(case=cases, place=st.integers(0, 9), later=st.integers(1, 30))
def test_events_that_come_later_never_move_a_deadline_earlier(
    case: tuple[str, ClaimFacts], place: int, later: int
) -> None:
    rules, events = case[0], case[1].events
    moved = (*events[:place], *(postponed(one, timedelta(days=later)) for one in events[place:]))
    before, after = (
        {
            one.code: one
            for one in assess_claim(
                CONTRACT, events=given, rules=rules, as_of=date(2028, 1, 1)
            ).clock.deadlines
        }
        for given in (events, moved)
    )
    for code in before.keys() & after.keys():
        assert_not_earlier(before[code], after[code])


def assert_not_earlier(before: Deadline, after: Deadline) -> None:
    for one, other in ((before.day, after.day), (before.latest, after.latest)):
        assert one is None or other is None or one <= other, after.code


@given(case=cases)
def test_a_further_event_never_moves_a_deadline_earlier(case: tuple[str, ClaimFacts]) -> None:
    rules, events = case[0], case[1].events
    before: dict[DeadlineCode, Deadline] = {}
    for number in range(len(events) + 1):
        claim = assess_claim(CONTRACT, events=events[:number], rules=rules, as_of=date(2028, 1, 1))
        after = {one.code: one for one in claim.clock.deadlines}
        # The platform states itself until when evidence is due.
        for code in (before.keys() & after.keys()) - {"evidence-due"}:
            assert_not_earlier(before[code], after[code])
        before = after


@given(case=cases, as_of=days, later=st.integers(0, 40))
def test_when_an_order_was_paid_does_not_change_its_dispute(
    case: tuple[str, ClaimFacts], as_of: date, later: int
) -> None:
    rules, facts = case
    first = date(2025, 12, 1)
    others = tuple(one for one in facts.events if one.kind not in {"placed", "paid"})
    states = {
        assess_claim(
            CONTRACT, events=(*others, Event(kind="paid", at=day)), rules=rules, as_of=as_of
        ).clock.state
        for day in (first, first + timedelta(days=later), as_of)
    }
    assert len(states) == 1


def postponed(event: Event, by: timedelta) -> Event:
    """An event some days later, with the day until which its evidence is due."""
    due = {} if event.due is None else {"due": event.due + by}
    return event.model_copy(update={"at": event.at + by} | due)


@given(claim=claim_assessments())
def test_an_assessment_survives_json_and_is_hashable(claim: ClaimAssessment) -> None:
    again = ClaimAssessment.from_json(claim.to_json())
    assert again == claim
    assert hash(again) == hash(claim)
    assert again.explain() == claim.explain()
    assert len(repr(claim)) <= 120


@given(case=cases, as_of=days)
def test_what_speaks_against_a_complaint_never_helps_it(case: tuple[str, ClaimFacts], as_of: date) -> None:
    rules, facts = case
    order = ["no", "unclear", "yes"]
    worse = facts.model_copy(
        update={"complaints": tuple(one.model_copy(update={"disclosed": True}) for one in facts.complaints)}
    )
    before, after = (assess_claim(CONTRACT, facts=one, rules=rules, as_of=as_of) for one in (facts, worse))
    for one, other in zip(before.grounds, after.grounds, strict=True):
        assert order.index(other.answer) <= order.index(one.answer)


def at(minute: int) -> datetime:
    """A minute on the day on which all events of a path happen, so that nothing happens without an event."""
    return datetime(2026, 6, 1, tzinfo=UTC) + timedelta(minutes=minute)


def paths(rules: RuleSet) -> dict[str, tuple[Event, ...]]:
    """Events that lead to each state that a rule set has."""
    found: dict[str, tuple[Event, ...]] = {"no-dispute": ()}
    left = ["no-dispute"]
    while left:
        events = found[left.pop(0)]
        dispute = Dispute()
        for one in events:
            dispute = dispute.step(one, rules)
        for kind in dispute.next(rules):
            for result in {"report": ["fails"], "ruling": ["upheld", "dismissed"]}.get(kind, [None]):
                event = Event.model_validate({"kind": kind, "at": at(len(events)), "result": result})
                state = dispute.step(event, rules).state
                if state not in found:
                    found[state] = (*events, event)
                    left.append(state)
    return found


def test_every_state_is_reached_by_events() -> None:
    reached = {state for name in RULE_SETS for state in paths(load_rules(name))}
    assert reached == set(DISPUTE_STATES) == set(DISPUTE_STEPS) == set(STATES)


@pytest.mark.parametrize("name", RULE_SETS)
def test_a_state_is_left_only_by_the_events_that_it_names_or_says_that_nothing_follows(name: str) -> None:
    rules = load_rules(name)
    for state, events in paths(rules).items():
        claim = assess_claim(CONTRACT, events=events, rules=rules, as_of=date(2026, 6, 1))
        assert claim.clock.state == state
        text = claim.explain()
        assert STATES[claim.clock.state] in text
        can = claim.clock.next
        assert f"What can happen next: {', '.join(can)}." in text or (
            not can and "nothing more can happen" in text.lower()
        )
        for kind in set(EVENT_KINDS) - ORDER_EVENTS:
            result = {"report": "fails", "ruling": "upheld"}.get(kind)
            more = Event.model_validate({"kind": kind, "at": at(99), "result": result})
            if kind in can:
                assess_claim(CONTRACT, events=(*events, more), rules=rules, as_of=date(2026, 6, 1))
                continue
            with pytest.raises(DomainError) as caught:
                assess_claim(CONTRACT, events=(*events, more), rules=rules, as_of=date(2026, 6, 1))
            assert caught.value.code in {"impossible-event", "not-in-rules"}


@given(facts=claim_facts(), as_of=days, given=outcomes())
def test_post_delivery_cover_never_refunds_less_than_pre_shipment_cover(
    facts: ClaimFacts, as_of: date, given: dict[str, Any]
) -> None:
    def refund(cover_type: str) -> Money | None:
        order = facts.order.model_copy(update={"cover_type": cover_type})
        covered = facts.model_copy(update={"order": order})
        return assess_claim(CONTRACT, facts=covered, rules="2017", as_of=as_of).settlement(**given).refund

    pre, post = refund("pre-shipment"), refund("post-delivery")
    assert pre is None or post is None or pre <= post


@given(cents=st.integers(1, 10_000_000))
def test_the_crossover_is_where_the_cheaper_method_changes(cents: int) -> None:
    on = date(2017, 4, 1)
    amount = Money(Decimal(cents).scaleb(-2), "USD")
    card = paying_fee(amount, "card", on=on, rules="2017")
    checking = paying_fee(amount, "e-checking", on=on, rules="2017")
    crossover = fee_crossover("card", "e-checking", on=on, rules="2017")
    assert card is not None
    assert checking is not None
    assert crossover is not None
    if amount <= crossover:
        assert card <= checking
    else:
        assert checking <= card


def test_the_crossovers_are_those_computed_by_hand() -> None:
    def crossover(on: date, rules: str, payments: int = 1) -> str:
        return str(fee_crossover("card", "e-checking", on=on, rules=rules, payments=payments))

    assert crossover(date(2017, 4, 1), "2017") == "535.71 USD"
    assert crossover(date(2017, 4, 1), "2017", payments=2) == "1071.43 USD"
    assert crossover(date(2020, 4, 1), "2019-2021") == "508.47 USD"
    assert crossover(date(2018, 1, 1), "2017-12") == "None"
    assert str(largest_payment("apple-pay", on=date(2026, 1, 1), rules="current")) == "11651.62 USD"


def test_goods_worth_less_reduce_the_price_as_article_50_says() -> None:
    claim = assess_claim(
        CONTRACT,
        order={"amount": "9000"},
        payments=[{"amount": "9000", "method": "card", "date": "2026-04-01"}],
        complaints=[{"kind": "quality", "term": "weight"}],
        rules="current",
        as_of=date(2026, 6, 1),
    )
    settled = claim.settlement("partly", method="price-reduction", delivered="7000", conforming="10000")
    assert str(settled.refund) == "2700.00 USD"


@given(rules=rule_sets)
def test_every_entry_of_a_rule_set_has_a_source_with_date_and_reliability(rules: str) -> None:
    rule_set = load_rules(rules)
    for entry in rule_set.entries:
        cited = rule_set.cited(entry)
        assert cited
        assert all(one.dated and one.reliability in "ABCDE" for one in cited)
        assert (entry.value is None) == bool(entry.unknown)
