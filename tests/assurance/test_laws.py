"""Laws of claims: of refunds and their ledger, of deadlines, of the dispute's states, and of the order of events."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from aql.assurance import (
    DISPUTE_STATES,
    DISPUTE_STEPS,
    RULE_SETS,
    ClaimAssessment,
    ClaimFacts,
    Event,
    Money,
    Settlement,
    assess_claim,
    fee_crossover,
    largest_payment,
    load_rules,
    paying_fee,
)
from aql.contract.contract import Contract
from aql.display.claim_reasons import STATES
from aql.strategies import claim_assessments, claim_events, claim_facts

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


def total(settled: Settlement) -> Decimal:
    return sum((one.amount.amount for one in settled.lines), Decimal(0))


@given(claim=claim_assessments(), given=outcomes())
def test_the_ledger_sums_to_zero(claim: ClaimAssessment, given: dict[str, Any]) -> None:
    settled = claim.settlement(**given)
    assert total(settled) == 0
    assert Settlement.from_json(settled.to_json()) == settled


@given(claim=claim_assessments(), given=outcomes())
def test_the_refund_never_exceeds_what_was_paid_nor_the_limit(
    claim: ClaimAssessment, given: dict[str, Any]
) -> None:
    settled = claim.settlement(**given)
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
    settled = refused.settlement(**given)
    assert settled.refund is not None
    assert not settled.refund
    assert not settled.total("buyer", "goods-refunded", "inspection-refunded", "coupon")


@given(facts=claim_facts(), rules=rule_sets, as_of=days, more=amounts, given=outcomes())
def test_more_cover_never_lowers_a_refund(
    facts: ClaimFacts, rules: str, as_of: date, more: str, given: dict[str, Any]
) -> None:
    limit = facts.order.remaining_limit
    assume(limit is not None)
    assert limit is not None
    higher = facts.model_copy(
        update={"order": facts.order.model_copy(update={"remaining_limit": limit + Decimal(more)})}
    )
    before, after = (
        assess_claim(CONTRACT, facts=one, rules=rules, as_of=as_of).settlement(**given)
        for one in (facts, higher)
    )
    if before.refund is not None:
        assert after.refund is not None
        assert before.refund <= after.refund


@given(facts=claim_facts(), rules=rule_sets, as_of=days, seed=st.integers(0, 999))
def test_the_order_in_which_events_are_given_does_not_matter(
    facts: ClaimFacts, rules: str, as_of: date, seed: int
) -> None:
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


@given(events=claim_events(), rules=rule_sets, place=st.integers(0, 9), later=st.integers(1, 30))
def test_events_that_come_later_never_move_a_deadline_earlier(
    events: tuple[Event, ...], rules: str, place: int, later: int
) -> None:
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
        one, other = before[code].day, after[code].day
        assert one is None or other is None or one <= other, code


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


@given(facts=claim_facts(), rules=rule_sets, as_of=days)
def test_what_speaks_against_a_complaint_never_helps_it(facts: ClaimFacts, rules: str, as_of: date) -> None:
    order = ["no", "unclear", "yes"]
    worse = facts.model_copy(
        update={"complaints": tuple(one.model_copy(update={"disclosed": True}) for one in facts.complaints)}
    )
    before, after = (assess_claim(CONTRACT, facts=one, rules=rules, as_of=as_of) for one in (facts, worse))
    for one, other in zip(before.grounds, after.grounds, strict=True):
        assert order.index(other.answer) <= order.index(one.answer)


def test_every_state_is_reached_and_explained() -> None:
    reached = {"no-dispute"}
    for _ in DISPUTE_STATES:
        reached |= {state for one in list(reached) for state in DISPUTE_STEPS[one].values()}  # type: ignore[index]
    # Reached by the result of a ruling, and where the rule set does not say what follows from missed evidence.
    assert set(DISPUTE_STATES) - reached == {"dismissed", "evidence-missed-unclear"}
    assert set(DISPUTE_STEPS) == set(DISPUTE_STATES) == set(STATES)


def test_a_state_that_nothing_leads_out_of_says_so() -> None:
    ends = {state for state, steps in DISPUTE_STEPS.items() if not steps}
    assert ends == {"refunded", "dismissed"}
    assert "nothing more" in STATES["refunded"]
    assert "only outside the platform" in STATES["dismissed"]


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
