"""Answers on the last day and at the last cent, and what is said only where it applies."""

from datetime import date
from decimal import Decimal
from importlib.metadata import version
from typing import Any

import pytest

import aql
from aql.assurance import Money, choose_rules, load_rules, paying_costs
from aql.errors import DomainError
from tests.assurance.test_answers import CARD, DAY, TERM, claim, contract

VAGUE = {"id": "finish", "class": "major", "text": "Beautiful finish"}


def reason(kind: str, *events: dict[str, str], **order: str) -> str:
    return claim(complaints=[{"kind": kind}], events=events, order=order).grounds[0].reason


def test_the_promised_day_itself_is_in_time() -> None:
    arrived = {"kind": "received", "at": "2026-06-10"}
    assert reason("late-delivery", arrived, delivery_date="2026-06-10") == "delivered-on-time"
    assert reason("late-delivery", arrived, delivery_date="2026-06-09") == "delivered-late"
    assert reason("late-delivery", delivery_date="2026-06-20") == "delivered-on-time"
    assert reason("late-delivery", delivery_date="2026-06-19") == "delivered-late"
    assert reason("late-shipment", dispatch_date="2026-06-20") == "not-due"
    assert reason("late-shipment", dispatch_date="2026-06-19") == "shipped-late"
    assert reason("not-shipped", dispatch_date="2026-06-20") == "not-due"
    assert reason("not-shipped", dispatch_date="2026-06-19") == "not-shipped"


def test_a_payment_at_the_cap_is_possible_and_one_above_it_comes_last() -> None:
    """With the fee of 2.99 percent, 348.38 USD, it is 12 000 USD."""
    costs = {one.method: one for one in paying_costs([Money.of("11651.62", "USD")], on=DAY, rules="current")}
    assert (costs["apple-pay"].possible, str(costs["apple-pay"].total)) == (True, "348.38 USD")
    found = paying_costs([Money.of("20000", "USD")], on=DAY, rules="current")
    assert [(one.possible, one.total is None) for one in found] == sorted(
        ((one.possible, one.total is None) for one in found), key=lambda one: (not one[0], one[1])
    )
    assert found[-1].method == "apple-pay"


def test_an_amount_made_directly_has_the_limits_of_one_from_text() -> None:
    with pytest.raises(DomainError, match="an amount must be below 100000000000000000000"):
        Money(Decimal("1e40"), "USD")


def test_a_name_that_no_rule_set_resembles_has_no_suggestion() -> None:
    for name, close in (("curent", "current"), ("zzzzzzz", None)):
        with pytest.raises(DomainError) as caught:
            load_rules(name)
        assert caught.value.facts["suggestion"] == close
        assert str(caught.value).endswith(f'Did you mean "{close}"?' if close else f"got {name!r}.")


def test_the_days_for_a_chargeback_start_with_the_payment_or_the_goods_if_they_come_later() -> None:
    for events, start, begun in (
        ([], "payment", date(2026, 4, 1)),
        ([{"kind": "received", "at": "2026-04-01"}], "payment", date(2026, 4, 1)),
        ([{"kind": "received", "at": "2026-04-20"}], "received", date(2026, 4, 20)),
    ):
        one = claim(events=events).clock.deadline("card-chargeback")
        assert one is not None
        assert (one.start, one.started) == (start, begun)


OPENED = {"kind": "opened", "at": "2026-06-01"}
AGREED = [
    OPENED,
    {"kind": "offered", "at": "2026-06-02", "amount": "100"},
    {"kind": "agreed", "at": "2026-06-05"},
]


@pytest.mark.parametrize(
    ("given", "unknown"),
    [
        ({}, set()),
        ({"events": AGREED}, {"clock.working-calendar"}),
        ({"events": AGREED, "calendar": "CN"}, set()),
        ({"events": [OPENED, {"kind": "escalated", "at": "2026-06-05"}]}, {"clock.working-calendar"}),
        (
            {"rules": "2019-2021", "events": [{"kind": "received", "at": "2026-05-01"}]},
            {"clock.auto-confirm-days"},
        ),
    ],
)
def test_an_entry_is_unknown_only_if_a_deadline_needs_it(given: dict[str, Any], unknown: set[str]) -> None:
    found = claim(as_of=date(2026, 6, 6), **given)
    clocks = {one for one in found.unknown if one.startswith("clock.")}
    assert clocks == unknown
    assert found.notes == ("zone-of-rules", "no-verdict")


def rules_with(**values: Any) -> dict[str, Any]:
    return {
        "schema": "aql.rules/1",
        "name": "own",
        "title": "Own",
        "source": [{"id": "text", "what": "Agreement", "dated": "2026-03-01", "reliability": "A"}],
        "entry": [{"key": key, "value": value, "source": ["text"]} for key, value in values.items()],
    }


@pytest.mark.parametrize(("hours", "days"), [(1, 1), (24, 1), (25, 2), (48, 2), (49, 3)])
def test_hours_after_a_day_without_a_time_end_with_a_day(hours: int, days: int) -> None:
    rules = rules_with(**{"clock.quick-refund-hours": hours})
    one = claim(rules=rules, payments=None, events=[{"kind": "paid", "at": "2026-06-01"}]).clock.deadline(
        "quick-refund"
    )
    assert one is not None
    assert (one.bound, one.day) == ("at-most", date(2026, 6, 1 + days))


def test_a_ground_says_what_was_found_and_in_which_share() -> None:
    agreed, inspection = aql.examples.tablet_order()
    verdict = aql.score(agreed, inspection)
    found = {one.subject: one for one in aql.assess_claim(agreed, verdict, as_of=date(2026, 12, 11)).grounds}
    assert found["sharp-edge"].found == "1 in the sample"
    assert found["battery-capacity"].found == "1 in the sample, worst 2870 mAh"
    line = next(one for one in verdict.lines if one.name == "battery-capacity")
    assert found["battery-capacity"].share == Decimal(1) / line.sample == Decimal("0.2")


def test_what_an_unknown_entry_would_give_is_unknown() -> None:
    covered = {"cover.base": "total-paid", "pay.listed": ["card"]}
    for admitted, ceiling in (({}, None), ({"admits.term-missed": "yes"}, Money.of("1000", "USD"))):
        found = claim(
            rules=rules_with(**covered, **admitted), complaints=[{"kind": "quality", "term": "weight"}]
        )
        ground = found.ground("weight")
        assert ground is not None
        assert (ground.relief, ground.ceiling) == ("refund", ceiling)


@pytest.mark.parametrize("day", [7, 8, 9])
def test_an_event_may_follow_an_escalation_that_one_counting_gives(day: int) -> None:
    """Opened on 1 June, the platform escalates on 7, 8 or 9 June; on any of them it can have asked for evidence."""
    asked = {"kind": "evidence-asked", "at": f"2026-06-{day:02}", "due": "2026-06-12"}
    assert claim(events=[OPENED, asked], as_of=date(2026, 6, 10)).clock.state == "evidence-due"


def test_a_report_of_a_designated_inspector_is_there_once_it_is_named() -> None:
    for evidence, status in (([], "missing"), ([{"kind": "designated-report"}], "there")):
        found = claim(complaints=[{"kind": "quality", "term": "weight"}], evidence=evidence)
        (one,) = [one for one in found.evidence if (one.ground, one.kind) == ("weight", "designated-report")]
        assert (one.status, one.needed) == (status, True)
        assert found.library_version == version("aql-sampling")


WEIGHT = {"kind": "quality", "term": "weight"}


def test_the_checklist_is_of_grounds_that_are_not_refused_and_of_a_return() -> None:
    """A kind of evidence that is not asked for is listed once, not again for the return."""
    refused = claim(
        contract=contract(terms=[TERM, VAGUE]), complaints=[WEIGHT, {"kind": "quality", "term": "finish"}]
    )
    answers = {one.subject: one.answer for one in refused.grounds}
    assert (answers["weight"], answers["finish"]) == ("yes", "no")
    assert {one.ground for one in refused.evidence} == {"", "weight"}
    returned = claim(
        complaints=[WEIGHT],
        events=[OPENED, {"kind": "return-agreed", "at": "2026-06-03"}],
        evidence=[{"kind": "photos"}],
    )
    listed = [(one.ground, one.kind, one.needed) for one in returned.evidence if one.ground != "weight"]
    assert ("", "photos", False) in listed
    assert [one for one in listed if one[0]] == [
        ("return", "state-before-return", True),
        ("return", "return-papers", True),
    ]
    agreed, inspection = aql.examples.tablet_order()
    inspected = aql.assess_claim(agreed, aql.score(agreed, inspection), as_of=date(2026, 12, 11))
    status = {(one.ground, one.kind): one.status for one in inspected.evidence}
    assert (status["", "own-report"], status["sharp-edge", "photos"]) == ("does-not-count", "missing")


def test_a_shipment_on_record_proves_no_quality() -> None:
    ground = claim(complaints=[WEIGHT], events=[{"kind": "received", "at": "2026-06-10"}]).ground("weight")
    assert ground is not None
    assert ground.proof == "none"


@pytest.mark.parametrize(("found_on", "reasons"), [("2026-06-09", 0), ("2026-06-10", 1), ("2026-06-11", 1)])
def test_packing_seen_on_the_day_of_receipt_is_seen_after_delivery(found_on: str, reasons: int) -> None:
    found = claim(
        complaints=[{"kind": "packing", "found_on": found_on}],
        events=[{"kind": "received", "at": "2026-06-10"}],
    )
    ground = next(one for one in found.grounds if one.kind == "packing")
    assert [one.reason for one in ground.reasons].count("packing-after-delivery") == reasons


def test_a_rate_of_one_and_a_reduction_of_nothing_are_fine() -> None:
    found = claim(complaints=[WEIGHT], payments=[CARD | {"rate": "1"}])
    assert found.cover.paid == Money.of("1000", "USD")
    for how, refund, chosen in (
        ({"method": "price-reduction", "delivered": "500", "conforming": "500"}, "0", True),
        ({"method": "share", "share": "0.1"}, "100", True),
        ({"method": "ruling", "amount": "5"}, "5", False),
    ):
        settled = found.settlement("partly", **how)  # type: ignore[arg-type]
        assert settled.refund == Money.of(refund, "USD")
        assert ("method-is-yours" in settled.notes) == chosen


def test_a_claim_needs_its_day() -> None:
    with pytest.raises(DomainError, match="as_of"):
        aql.assess_claim(contract())  # type: ignore[call-arg]


@pytest.mark.parametrize(("opened", "status"), [("04-30", "done"), ("05-01", "done"), ("05-02", "passed")])
def test_a_dispute_opened_on_the_day_of_shipment_is_before_shipment(opened: str, status: str) -> None:
    agreed = contract(cover={"rules": "2017", "type": "pre-shipment"})
    events = [{"kind": "shipped", "at": "2017-05-01"}, {"kind": "opened", "at": f"2017-{opened}"}]
    window = claim(contract=agreed, rules=None, events=events, as_of=date(2017, 5, 3)).clock.deadline(
        "open-claim"
    )
    assert window is not None
    assert window.status == status


@pytest.mark.parametrize(("rules", "state"), [("2017", "evidence-missed-unclear"), ("current", "cancelled")])
@pytest.mark.parametrize("day", [11, 12])
def test_evidence_is_missed_by_itself_on_the_day_after_it_was_due(rules: str, state: str, day: int) -> None:
    asked = {"kind": "evidence-asked", "at": "2026-06-09", "due": "2026-06-11"}
    clock = claim(rules=rules, events=[OPENED, asked], as_of=date(2026, 6, day)).clock
    assert (clock.state, clock.automatic) == ((state, True) if day > 11 else ("evidence-due", False))


def test_events_of_one_moment_contradict_nobody() -> None:
    moment = "2026-06-02T10:00:00"
    events = [{"kind": "opened", "at": moment}, {"kind": "offered", "at": moment, "amount": "5"}]
    assert claim(events=events, as_of=date(2026, 6, 3)).clock.state == "offered"


def test_what_a_settlement_needs_of_the_rules_depends_on_its_outcome() -> None:
    found = claim(rules=rules_with(**{"cover.base": "total-paid"}), complaints=[WEIGHT])
    for outcome, needed in (("upheld", True), ("dismissed", False), ("withdrawn", False)):
        assert ("settle.upheld" in found.settlement(outcome).unknown) == needed  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "closed", "in_time"),
    [
        ("2026-06-20", False, "yes"),  # goods that never arrived: the days have not begun
        ("2026-06-20", True, "yes"),
        ("2026-07-01", True, "yes"),  # 30 days after the notice of 1 June
        ("2026-07-02", True, "no"),
        ("2026-07-02", False, "yes"),
    ],
)
def test_once_the_order_is_closed_only_the_days_from_its_notice_count(
    day: str, closed: bool, in_time: str
) -> None:
    events = [{"kind": "order-closed", "at": "2026-06-01"}] if closed else []
    assert claim(events=events, as_of=date.fromisoformat(day)).clock.in_time == in_time


def test_days_from_the_receipt_count_beside_those_from_the_notice() -> None:
    events = [{"kind": "received", "at": "2026-06-20"}, {"kind": "order-closed", "at": "2026-06-01"}]
    assert claim(events=events, as_of=date(2026, 7, 10)).clock.in_time == "yes"


def test_what_is_planned_to_be_covered_is_known_only_with_the_base_and_the_total() -> None:
    def planned(base: dict[str, str], **order: Any) -> Money | None:
        return claim(
            rules=rules_with(**{"pay.listed": ["card"]}, **base), contract=contract(**order), payments=None
        ).cover.planned

    total = {"cover.base": "total-paid"}
    unpriced = {"order": {"id": "PO-1", "quantity": 10, "currency": "USD"}}
    assert planned(total) == Money.of("1000", "USD")
    assert planned({}) is None
    assert planned(total, **unpriced) is None
    first = {"cover.base": "initial-payment"}
    assert planned(first) is None
    assert planned(first, cover={"rules": "2017", "initial_payment": "300"}) == Money.of("300", "USD")
    assert planned(first, cover={"rules": "2017", "initial_payment": "300"}, **unpriced) is None


@pytest.mark.parametrize(("inspector", "status"), [("Any Ltd", "unclear"), ("SGS", None), (None, "unclear")])
def test_a_report_on_record_is_an_own_one_unless_its_inspector_is_designated(
    inspector: str | None, status: str | None
) -> None:
    report = {"kind": "report", "at": "2026-06-12", "result": "fails", "inspector": inspector}
    found = claim(complaints=[WEIGHT], events=[{key: value for key, value in report.items() if value}])
    statuses = [one.status for one in found.evidence if one.kind == "own-report"]
    assert statuses == ([] if status is None else [status])


@pytest.mark.parametrize("complaints", [[], [{"kind": "quality", "term": "finish"}], [WEIGHT]])
def test_a_vague_term_is_a_ground_once_whether_complained_of_or_not(complaints: list[Any]) -> None:
    found = claim(contract=contract(terms=[TERM, VAGUE]), complaints=complaints)
    vague = [one for one in found.grounds if one.subject == "finish"]
    assert [(one.reason, one.agreed) for one in vague] == [("vague-term", "Beautiful finish")]


def test_a_ground_of_a_verdict_says_what_was_agreed() -> None:
    agreed, inspection = aql.examples.tablet_order()
    verdict = aql.score(agreed, inspection)
    found = {one.subject: one for one in aql.assess_claim(agreed, verdict, as_of=date(2026, 12, 11)).grounds}
    assert found["battery-capacity"].agreed == agreed.term("battery-capacity").agreed()
    line = next(one for one in verdict.classes if one.name == "critical")
    assert found["critical"].agreed == f"n {line.sample}, Ac {line.ac}"


@pytest.mark.parametrize("created", ["2017-06-01", 20170601])
def test_the_day_of_an_order_is_a_date(created: Any) -> None:
    with pytest.raises(DomainError, match="created must be a date"):
        choose_rules(None, created=created)
    with pytest.raises(DomainError, match="created must be a date"):
        choose_rules("2017", created=created)


@pytest.mark.parametrize(
    ("payer", "outcome", "noted"),
    [(True, "upheld", True), (True, "dismissed", False), (False, "upheld", False)],
)
def test_who_pays_is_noted_where_the_rules_say_it_and_something_comes_back(
    payer: bool, outcome: Any, noted: bool
) -> None:
    entries = {"cover.base": "total-paid", "pay.listed": ["card"], "admits.term-missed": "yes"}
    said = {"settle.payer": ["supplier", "platform"]} if payer else {}
    settled = claim(rules=rules_with(**entries, **said), complaints=[WEIGHT]).settlement(outcome)
    assert ("payer-supplier-first" in settled.notes) == noted


@pytest.mark.parametrize(("back", "left"), [("999.99", "0.01"), ("1000", "0")])
def test_a_quick_refund_gives_what_has_not_come_back_to_the_last_cent(back: str, left: str) -> None:
    events = [
        {"kind": "paid", "at": "2026-06-01T10:00:00"},
        {"kind": "cancelled", "at": "2026-06-01T11:00:00"},
        {"kind": "refunded", "at": "2026-06-10", "amount": back},
    ]
    quick = claim(events=events, complaints=[{"kind": "cancellation"}]).settlement("quick-refund")
    assert quick.refund == Money.of(left, "USD")
