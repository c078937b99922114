"""Answers that one fact more or less decides: each pair of claims differs in that fact alone."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

import aql
from aql.assurance import Money, choose_rules, load_rules, worth_curve, worth_opening
from aql.assurance.inspectors import own_report
from aql.errors import DomainError
from tests.assurance.test_answers import TERM, claim, contract
from tests.assurance.test_worth import counted

PRICED = {"id": "PO-1", "quantity": 10, "unit_price": "100", "currency": "USD"}


@pytest.mark.parametrize(
    ("closed", "as_of", "in_time"),
    [(False, "2026-09-20", "yes"), (True, "2026-07-01", "yes"), (True, "2026-07-02", "no")],
)
def test_goods_that_never_arrive_can_be_claimed_until_30_days_after_the_order_is_closed(
    closed: bool, as_of: str, in_time: str
) -> None:
    events = [{"kind": "order-closed", "at": "2026-06-01"}] if closed else []
    assert claim(events=events, as_of=date.fromisoformat(as_of)).clock.in_time == in_time


def test_a_vague_term_of_a_complaint_is_one_ground() -> None:
    agreed = contract(terms=[{"id": "finish", "class": "major", "text": "Beautiful finish"}])
    for complaints in ([], [{"kind": "quality", "term": "finish"}]):
        found = claim(contract=agreed, complaints=complaints)
        assert [one.reason for one in found.grounds if one.subject == "finish"] == ["vague-term"]


@pytest.mark.parametrize(
    ("rules", "part", "priced", "planned"),
    [
        ("current", None, True, "1000"),
        ("us-2019", None, True, None),  # which does not state what is covered
        ("current", None, False, None),
        ("2017", "500", True, "500"),
        ("2017", None, True, None),
        ("2017", "500", False, None),
    ],
)
def test_what_is_planned_needs_the_rule_and_the_total(
    rules: str, part: str | None, priced: bool, planned: str | None
) -> None:
    order = {key: value for key, value in PRICED.items() if priced or key != "unit_price"}
    more: dict[str, Any] = {"order": order}
    if rules == "2017":
        more["cover"] = {"rules": "2017", "type": "pre-shipment"} | (
            {"initial_payment": part} if part else {}
        )
    found = claim(contract=contract(**more), payments=None, rules=None if rules == "2017" else rules)
    assert found.cover.planned == (None if planned is None else Money.of(planned, "USD"))


def test_who_pays_is_noted_where_something_is_paid() -> None:
    late = contract(order=PRICED | {"shipment_date": "2026-05-01"})
    for rules in ("current", "2019-2021"):
        found = claim(
            contract=late,
            rules=rules,
            complaints=[{"kind": "late-shipment"}],
            order={"limit": "2000"},
            events=[{"kind": "opened", "at": "2026-06-10"}],
        )
        assert "payer-supplier-first" in found.settlement("upheld").notes
        assert "payer-supplier-first" not in found.settlement("dismissed").notes


@pytest.mark.parametrize(("back", "rest"), [("999.50", "0.50"), ("1000", "0")])
def test_a_quick_refund_is_what_has_not_come_back(back: str, rest: str) -> None:
    found = claim(
        events=[
            {"kind": "paid", "at": "2026-06-01T10:00:00"},
            {"kind": "cancelled", "at": "2026-06-01T11:00:00"},
            {"kind": "refunded", "at": "2026-06-10", "amount": back},
        ],
        complaints=[{"kind": "cancellation"}],
    )
    assert found.settlement("quick-refund").refund == Money.of(rest, "USD")


def test_the_day_of_an_order_is_a_day() -> None:
    assert choose_rules(None, created=date(2017, 6, 1)).rules.name == "2017"
    for created in ("2017-06-01", 20170601):
        with pytest.raises(DomainError, match="created must be a date, got"):
            choose_rules(None, created=cast(Any, created))


@pytest.mark.parametrize(
    ("reports", "companies", "own"),
    [
        ([], [], False),
        ([False], [], True),
        ([True], [], False),
        ([True, False], [], True),
        ([], ["Bureau Veritas Shenzhen"], False),
        ([], ["Uncle's eyes"], True),
        ([True], ["Bureau Veritas Shenzhen"], False),
        ([], ["Bureau Veritas Shenzhen", None], True),
    ],
)
def test_a_report_is_your_own_unless_a_designated_inspector_wrote_it(
    reports: list[bool], companies: list[str | None], own: bool
) -> None:
    """`reports` says of each report among the events whether it is of a designated inspector."""
    events = [SimpleNamespace(kind="report", designated=one) for one in reports]
    events.append(SimpleNamespace(kind="opened", designated=None))
    verdicts = [
        SimpleNamespace(header=SimpleNamespace(inspection=SimpleNamespace(company=one))) for one in companies
    ]
    timeline: Any = SimpleNamespace(events=events)
    assert own_report(timeline, cast(Any, verdicts), load_rules("current")) is own


def test_the_value_of_opening_is_that_of_its_formula() -> None:
    """Upheld if rejected 1/2, if it conforms 1/4, partly 1/8: refund 40, partial refund 16, fee 10, which comes back."""
    found, verdict = counted({"major": 1}, lot_size=40, inspected=8)
    worth = worth_opening(found, verdict, fee="10", refund="40", upheld_if_rejected=0.5)
    worth = replace(
        worth,
        upheld_if_conforms=(0.25, 0.25),
        partly_if_rejected=0.125,
        partial=Money.of("16", "USD"),
        fee_back=(1, 1),
    )
    for rejected in (0.0, 0.25, 1.0):
        upheld = rejected / 2 + (1 - rejected) / 4
        value = upheld * (40 + 10) + rejected / 8 * (16 + 10) - 10
        assert worth.value_at(rejected) == pytest.approx((value, value))


def test_a_curve_is_over_numbers_and_fractions_of_the_lot() -> None:
    found, verdict = counted({"major": 1}, lot_size=40, inspected=8)
    curve = worth_curve(worth_opening(found, verdict, fee="10", refund="40", upheld_if_rejected=0.5))
    assert curve["nonconforming"].tolist()[0] == 1
    assert curve["fraction_nonconforming"].tolist() == [bad / 40 for bad in curve["nonconforming"]]


def test_a_point_says_what_was_agreed_of_its_term() -> None:
    agreed = contract(terms=[TERM, {"id": "count", "text": "10 items", "kind": "quantity"}])
    inspection = aql.Inspection.load(
        {"contract": "PO-1", "lot": {"id": "L1", "size": 8}, "inspection": {"inspected": 8}},
        findings=[{"item": item, "term": "weight", "value": "99"} for item in range(1, 9)],
    )
    found = claim(contract=agreed, verdict=aql.score(agreed, inspection))
    assert "100" in next(one.agreed for one in found.grounds if one.subject == "weight")
