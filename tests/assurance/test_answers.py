"""Answers that the golden cases do not reach: rule sets by date, clocks, cover, evidence, worth, drafts, and how they read."""

import tomllib
from datetime import date, datetime
from typing import Any

import jsonschema
import pytest

import aql
from aql.assurance import (
    ClaimFacts,
    Complaint,
    Money,
    RuleSet,
    after_working_days,
    choose_rules,
    claim_draft,
    fee_crossover,
    holidays_of,
    largest_payment,
    load_rules,
    paying_costs,
    paying_fee,
)
from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.scoring.verdict import Verdict

DAY = date(2026, 6, 20)
CARD = {"amount": "1000", "method": "card", "date": "2026-04-01"}
TERM = {
    "id": "weight",
    "class": "major",
    "text": "At least 100 g",
    "measure": {"unit": "g", "min": "100"},
}


def contract(**more: Any) -> Contract:
    order = {"id": "PO-1", "quantity": 10, "unit_price": "100", "currency": "USD"}
    return Contract.load(
        {"order": order, "classes": [{"name": "major", "aql": "2.5"}], "terms": [TERM]} | more
    )


def claim(**given: Any) -> aql.ClaimAssessment:
    agreed = given.pop("contract", None) or contract()
    defaults: dict[str, Any] = {"payments": [CARD], "rules": "current", "as_of": DAY}
    return aql.assess_claim(agreed, given.pop("verdict", None), **(defaults | given))


@pytest.fixture(scope="module")
def tablets() -> tuple[Contract, Verdict]:
    agreed, inspection = aql.examples.tablet_order()
    return agreed, aql.score(agreed, inspection)


# Rule sets


@pytest.mark.parametrize(
    ("created", "countries", "name"),
    [
        (date(2015, 5, 1), (), "2015-launch"),
        (date(2017, 12, 7), (), "2017"),
        (date(2017, 12, 8), (), "2017-12"),
        (date(2020, 5, 1), ("DE", "CN"), "2019-2021"),
        (date(2026, 5, 1), ("US", "CN"), "current"),
        (date(2026, 5, 1), ("US", "US"), "us-2019"),
        (date(2019, 7, 24), ("US", "US"), ""),
    ],
)
def test_the_day_and_the_countries_of_the_order_choose_the_rule_set(
    created: date, countries: tuple[str, ...], name: str
) -> None:
    buyer, supplier = countries or (None, None)
    if not name:
        with pytest.raises(DomainError, match="fits the rule sets"):
            choose_rules(None, created=created, buyer_country=buyer, supplier_country=supplier)
        return
    chosen = choose_rules(None, created=created, buyer_country=buyer, supplier_country=supplier)
    assert chosen.rules.name == name
    assert chosen.countries_unknown == (created.year > 2019 and not countries)


def test_the_named_rule_set_wins_with_a_note() -> None:
    found = claim(order={"created": "2017-05-01"})
    assert found.rules.name == "current"
    assert "named-rules-differ" in found.notes
    dated = claim(rules=None, order={"created": "2026-05-01"})
    assert {"boundary-inferred", "countries-unknown", "zone-of-rules", "no-verdict"} <= set(dated.notes)


def test_the_contract_names_the_rule_set_and_a_type_that_another_set_lacks_is_left_out() -> None:
    agreed = contract(cover={"rules": "2017", "type": "post-delivery", "limit": "400"})
    assert claim(contract=agreed, rules=None).rules.name == "2017"
    other = claim(contract=agreed)
    assert "cover-type-left-out" in other.notes
    assert other.cover.type is None
    with pytest.raises(DomainError, match="is not part of the rule set 'current'"):
        claim(contract=contract(cover={"rules": "current", "type": "post-delivery"}), rules=None)


def test_a_contract_names_a_rule_set_without_cover_types() -> None:
    agreed = contract(cover={"rules": "current", "limit": "400"})
    found = claim(contract=agreed, rules=None)
    assert (found.rules.name, found.cover.type, str(found.cover.amount)) == ("current", None, "400.00 USD")
    assert Contract.from_json(agreed.to_json()) == agreed


OWN = """
schema = "aql.rules/1"
name = "escrow"
title = "Escrow agreement"
takes = ["sources", "outside"]

[[source]]
id = "text"
what = "Agreement of 1 March 2026"
dated = "2026-03-01"
reliability = "A"

[[entry]]
key = "cover.base"
value = "total-paid"
source = ["text"]

[[entry]]
key = "pay.listed"
value = ["transfer"]
source = ["text"]

[[entry]]
key = "admits.term-missed"
value = "yes"
source = ["text"]

[[entry]]
key = "clock.claim-days"
value = 14
source = ["text"]

[[entry]]
key = "clock.claim-start"
value = "received"
source = ["text"]

[[entry]]
key = "clock.opening-day"
value = 0
source = ["text"]

[[entry]]
key = "clock.escalate-day"
value = 5
source = ["text"]

[[entry]]
key = "clock.working-calendar"
value = "CN"
source = ["text"]

[[entry]]
key = "clock.refund-working-days"
value = 3
source = ["text"]
"""


def test_a_rule_set_of_your_own_is_a_file_of_the_same_form(tmp_path: Any) -> None:
    path = tmp_path / "escrow.toml"
    path.write_text(OWN, "utf-8")
    found = claim(
        rules=str(path),
        payments=[{"amount": "1000", "method": "transfer", "date": "2026-04-01"}],
        complaints=[{"kind": "quality", "term": "weight"}],
        events=[{"kind": "received", "at": "2026-06-10"}, {"kind": "opened", "at": "2026-06-12"}],
    )
    ground = found.ground("weight")
    assert ground is not None
    assert ground.answer == "yes"
    assert found.clock.last_day == date(2026, 6, 24)
    escalate = found.clock.deadline("escalate-from")
    assert escalate is not None
    assert (escalate.day, escalate.others) == (date(2026, 6, 17), ())
    rules = load_rules(path)
    jsonschema.validate(tomllib.loads(OWN), RuleSet.json_schema())
    assert RuleSet.from_json(rules.to_json()) == rules
    assert str(rules) == "<RuleSet escrow: Escrow agreement>"
    # The calendar of the rule set counts working days: 1 to 7 October are holidays in China.
    agreed = claim(
        rules=path,
        events=[{"kind": "opened", "at": "2026-09-28"}, {"kind": "agreed", "at": "2026-09-30"}],
        as_of=date(2026, 10, 1),
    ).clock.deadline("refund-starts")
    assert agreed is not None
    assert agreed.bound == "exact"
    assert agreed.day == after_working_days(date(2026, 9, 30), 3, holidays_of("CN"))
    assert agreed.day > date(2026, 10, 7)


def test_unknown_rules_make_unknown_answers() -> None:
    found = claim(rules="us-2019", complaints=[{"kind": "quality", "term": "weight"}])
    ground = found.ground("weight")
    assert ground is not None
    assert (ground.answer, ground.ceiling) == ("unclear", None)
    assert found.cover.amount is None
    assert {"cover.base", "clock.claim-days", "admits.term-missed"} <= set(found.unknown)
    settled = found.settlement("upheld")
    assert settled.refund is None
    assert "cover.base" in settled.unknown
    assert "unknown" in settled.explain()
    assert "Rule 11000551" in found.explain()


def test_an_excluded_category_and_a_launch_order() -> None:
    found = claim(
        contract=contract(cover={"rules": "2015-launch", "type": "pre-shipment", "limit": "500"}),
        rules=None,
        payments=[{"amount": "1000", "method": "transfer", "date": "2015-04-01"}],
        order={"category": "vehicles"},
        complaints=[{"kind": "quality", "term": "weight"}],
        as_of=date(2015, 6, 1),
    )
    assert found.cover.amount == Money.of("500", "USD")
    ground = found.ground("weight")
    assert ground is not None
    assert (ground.answer, ground.reason) == ("no", "excluded-category")


# Cover


def test_the_contract_can_state_the_day_the_countries_and_the_remaining_limit() -> None:
    order = {"id": "PO-1", "quantity": 10, "unit_price": "100", "currency": "USD", "created": "2026-05-01"}
    agreed = contract(order=order | {"buyer_country": "US", "supplier_country": "US"})
    assert claim(contract=agreed, rules=None).rules.name == "us-2019"
    cover = {"rules": "2017", "type": "post-delivery", "limit": "900", "remaining_limit": "300"}
    assert claim(contract=contract(cover=cover), rules=None).cover.amount == Money.of("300", "USD")


def test_nothing_remains_of_the_limit() -> None:
    found = claim(order={"remaining_limit": "0"}, complaints=[{"kind": "quality", "term": "weight"}])
    assert found.cover.amount == Money.of("0", "USD")
    assert repr(found.cover) == "<CoverAnswer 0.00 USD>"
    assert "cover 0.00 USD" in repr(found)
    assert repr(found.settlement("dismissed")) == "<Settlement dismissed: 0.00 USD for the goods>"
    assert "We ask for 0.00 USD." in str(claim_draft(found))
    assert [str(one.amount) for one in found.cover.uncovered] == ["1000.00 USD"]
    assert found.settlement("upheld").refund == Money.of("0", "USD")


def test_a_payment_in_another_currency_counts_at_its_rate_and_one_outside_does_not() -> None:
    agreed = contract(cover={"rules": "2017", "type": "post-delivery"})
    found = claim(
        contract=agreed,
        rules=None,
        payments=[
            {
                "amount": "500",
                "method": "card",
                "date": "2017-04-01",
                "currency": "EUR",
                "rate": "1.1",
                "fee": "14",
            },
            {"amount": "300", "method": "transfer", "date": "2017-04-02", "account": "private"},
        ],
    )
    assert found.cover.amount == Money.of("550", "USD")
    assert [(str(one.amount), one.reason) for one in found.cover.uncovered] == [
        ("300.00 USD", "paid-outside")
    ]
    settled = found.settlement("dismissed")
    assert str(settled.total("payment-service")) == "15.40 USD"
    assert "fee.transfer" in settled.unknown


@pytest.mark.parametrize(
    ("initial", "payments", "covered"),
    [
        ("400", [{"amount": "1000"}], "400"),
        (None, [{"amount": "700"}, {"amount": "300"}], "700"),
        (None, [{"amount": "300", "part": "balance"}], "0"),
    ],
)
def test_what_counts_as_initial_payment(
    initial: str | None, payments: list[dict[str, str]], covered: str
) -> None:
    cover = {"rules": "2017", "type": "pre-shipment"} | ({"initial_payment": initial} if initial else {})
    paid = [one | {"method": "card", "date": f"2017-04-0{number}"} for number, one in enumerate(payments, 1)]
    found = claim(contract=contract(cover=cover), rules=None, payments=paid)
    assert found.cover.amount == Money.of(covered, "USD")


def test_without_payments_the_cover_is_what_is_planned() -> None:
    found = claim(payments=None)
    assert found.cover.amount is None
    assert found.cover.planned == Money.of("1000", "USD")
    assert "payments" in found.cover.unknown
    assert "Once everything is paid as agreed" in found.explain()
    assert (
        claim(
            payments=None, contract=contract(cover={"rules": "2017", "type": "pre-shipment"}), rules=None
        ).cover.planned
        is None
    )


def test_without_the_cover_type_the_cover_is_at_most_what_was_paid() -> None:
    found = claim(rules="2017", order={"limit": "800"}, complaints=[{"kind": "quality", "term": "weight"}])
    assert (found.cover.amount, found.cover.at_most) == (Money.of("800", "USD"), True)
    assert "The cover type is not known" in found.explain()
    later = claim(
        rules="2017",
        complaints=[{"kind": "quality", "term": "weight"}],
        events=[{"kind": "received", "at": "2026-06-01"}],
    )
    assert (later.grounds[0].answer, later.grounds[0].reason) == ("unclear", "cover-type-unknown")


def test_a_direct_pay_order_has_no_cover() -> None:
    found = claim(order={"kind": "direct-pay"})
    assert found.cover.amount == Money.of("0", "USD")
    assert "Not covered: 1000.00 USD, an order of this kind has no cover." in found.explain()
    assert claim(order={"kind": "direct-pay"}, rules="2017").cover.amount is None


def test_a_rule_set_of_your_own_can_leave_the_cover_open_or_count_the_whole_limit() -> None:
    def own(**values: Any) -> dict[str, Any]:
        entries = [
            {"key": key.replace("_", "."), "source": ["text"]}
            | ({"unknown": True} if value is None else {"value": value})
            for key, value in values.items()
        ]
        source = {"id": "text", "what": "Agreement", "dated": "2026", "reliability": "A"}
        return {"name": "own", "title": "Own", "source": [source], "entry": entries}

    open_base = claim(rules=own(cover_base=None, cover_limited="yes", pay_listed=["card"]))
    assert (open_base.cover.amount, str(open_base.cover.listed)) == (None, "1000.00 USD")
    assert repr(open_base.cover.listed) == "<Money 1000.00 USD>"
    whole = own(cover_base="total-paid", cover_limited="yes", cover_remaining="no", pay_listed=["card"])
    assert claim(rules=whole, order={"limit": "500", "remaining_limit": "100"}).cover.amount == Money.of(
        "500", "USD"
    )
    silent = own(cover_base="total-paid", cover_limited="no")
    assert claim(rules=silent).cover.amount is None


def test_money_keeps_the_decimals_of_its_currency() -> None:
    assert str(Money.of(1000, "JPY")) == "1000 JPY"
    assert -Money.of("1.5", "KWD") < Money.of("0", "KWD")
    with pytest.raises(DomainError, match="at most 0 decimals"):
        Money.of("10.5", "JPY")
    with pytest.raises(DomainError, match="one currency"):
        assert Money.of("1", "USD") <= Money.of("1", "EUR")
    with pytest.raises(DomainError, match="exact decimal"):
        Money.of(1.5, "USD")


# Grounds


@pytest.mark.parametrize(
    ("given", "answer", "reason"),
    [
        ({"accepted": "reply"}, "unclear", "accepted-by-reply"),
        ({"accepted": "amendment"}, "no", "accepted-by-amendment"),
        ({"material": False}, "no", "immaterial"),
        ({"settled": True}, "no", "already-settled"),
        ({"carrier_changed": True}, "no", "carrier-changed"),
        ({"standard": "email"}, "no", "only-in-email"),
        ({"kind": "packing", "term": None}, "unclear", "packing-after-delivery"),
        ({"kind": "marks", "term": None}, "yes", "marks-not-as-agreed"),
        ({"kind": "freight", "term": None}, "no", "freight-demand"),
        ({"kind": "after-sales", "term": None}, "no", "after-sales"),
        ({"kind": "changed-mind", "term": None}, "no", "expectation"),
        ({"kind": "transport-damage", "term": None}, "no", "transport-damage"),
        (
            {"kind": "quality", "term": None, "about": "x", "standard": "contract", "agreed": "good quality"},
            "no",
            "vague-term",
        ),
        (
            {"kind": "quality", "term": None, "about": "x", "standard": "contract", "agreed": "5 mm"},
            "yes",
            "term-missed",
        ),
    ],
)
def test_a_fact_decides_a_ground(given: dict[str, Any], answer: str, reason: str) -> None:
    complaint = {
        key: value
        for key, value in ({"kind": "quality", "term": "weight"} | given).items()
        if value is not None
    }
    found = claim(complaints=[complaint], events=[{"kind": "received", "at": "2026-06-10"}])
    assert (found.grounds[0].answer, found.grounds[0].reason) == (answer, reason)


def test_the_rest_of_a_partial_shipment_is_not_shipped() -> None:
    def answer(**complaint: str) -> tuple[str, str]:
        found = claim(
            order={"dispatch_date": "2026-05-01"},
            complaints=[{"kind": "not-shipped", **complaint}],
            events=[{"kind": "shipped", "at": "2026-04-28"}],
        ).grounds[0]
        return found.answer, found.reason

    assert answer(share="0.5") == ("yes", "not-shipped")
    assert answer() == ("no", "shipped-on-time")


def test_restricted_goods_have_no_claim() -> None:
    found = claim(order={"restricted": True}, complaints=[{"kind": "quality", "term": "weight"}]).grounds[0]
    assert (found.answer, found.reason) == ("no", "restricted-goods")


def test_the_logistics_of_the_platform_and_the_tolerance_of_textiles() -> None:
    damaged = claim(order={"logistics": "platform"}, complaints=[{"kind": "transport-damage"}]).grounds[0]
    assert (damaged.answer, damaged.relief, damaged.ceiling) == ("yes", "compensation", None)
    short = claim(order={"category": "textiles"}, complaints=[{"kind": "short-quantity", "share": "0.05"}])
    assert short.grounds[0].reason == "within-tolerance"


@pytest.mark.parametrize(
    ("order", "given", "answer", "reason"),
    [
        ({"easy_return": True}, {"reason": "Poor quality"}, "yes", "easy-return"),
        ({"easy_return": True}, {"reason": "damaged"}, "no", "easy-return-other-reason"),
        ({"easy_return": False}, {}, "no", "easy-return-not-marked"),
        ({}, {}, "unclear", "standard-unknown"),
        ({"easy_return": True, "easy_return_used": True}, {}, "no", "easy-return-used"),
        ({"easy_return": True, "amount": "3000.01"}, {}, "no", "easy-return-over-limit"),
    ],
)
def test_easy_return(order: dict[str, Any], given: dict[str, str], answer: str, reason: str) -> None:
    found = claim(
        order=order,
        complaints=[{"kind": "easy-return"} | given],
        events=[
            {"kind": "received", "at": "2026-06-01"},
            {"kind": "opened", "at": "2026-06-05"},
            {"kind": "return-agreed", "at": "2026-06-07"},
        ],
    )
    assert (found.grounds[0].answer, found.grounds[0].reason) == (answer, reason)
    if order.get("easy_return"):
        apply, send = (found.clock.deadline(code) for code in ("easy-return-apply", "easy-return-send"))
        assert apply is not None
        assert send is not None
        assert (apply.day, send.day) == (date(2026, 7, 1), date(2026, 6, 22))
    late = claim(
        order={"easy_return": True},
        complaints=[{"kind": "easy-return"}],
        events=[{"kind": "received", "at": "2026-04-10"}],
    )
    assert late.grounds[0].reason == "out-of-time"


def test_the_platform_pays_the_freight_of_an_easy_return() -> None:
    events = [{"kind": "received", "at": "2026-06-01"}]
    returned = claim(order={"easy_return": True}, complaints=[{"kind": "easy-return"}], events=events)
    settled = returned.settlement("return-and-refund", return_freight="80")
    assert settled.total("buyer") == Money.of("-29.50", "USD")
    assert settled.total("platform") == Money.of("-80", "USD")
    assert "settle.return-freight" not in settled.unknown
    other = claim(complaints=[{"kind": "workmanship"}], events=events)
    settled = other.settlement("return-and-refund", return_freight="80")
    assert settled.total("buyer") == Money.of("-109.50", "USD")
    assert "settle.return-freight" in settled.unknown


def test_nothing_is_claimed_before_a_payment() -> None:
    found = claim(payments=[], complaints=[{"kind": "workmanship"}])
    assert (found.grounds[0].answer, found.grounds[0].reason) == ("no", "nothing-paid")


def test_goods_that_never_arrive_and_damage_at_the_suppliers_risk() -> None:
    def reason(rules: str, cover: str, complaint: str, **order: str) -> tuple[str, str]:
        agreed = contract(cover={"rules": rules, "type": cover}) if cover else None
        found = claim(
            contract=agreed,
            rules=None if cover else rules,
            order=order,
            payments=[CARD | {"method": "transfer"}],
            complaints=[{"kind": complaint}],
            events=[{"kind": "shipped", "at": "2026-04-20"}],
        )
        return found.grounds[0].answer, found.grounds[0].reason

    assert reason("2017", "pre-shipment", "not-received") == ("no", "after-shipment")
    assert reason("2017", "post-delivery", "not-received") == ("unclear", "not-received")
    assert reason("2015-launch", "pre-shipment", "not-received") == ("no", "not-received")
    assert reason("current", "", "not-received", logistics="platform")[0] == "yes"
    assert reason("current", "", "transport-damage", transport_risk="supplier") == (
        "unclear",
        "transport-damage-supplier-risk",
    )


def test_a_count_shows_what_is_not_inspected_after_delivery() -> None:
    def answer(*evidence: str) -> str:
        return (
            claim(
                complaints=[{"kind": "short-quantity", "share": "0.1"}],
                events=[{"kind": "received", "at": "2026-06-10"}],
                evidence=[{"kind": kind} for kind in evidence],
            )
            .grounds[0]
            .answer
        )

    assert (answer(), answer("count"), answer("email")) == ("unclear", "yes", "unclear")


def test_a_holiday_shift_allows_a_later_dispatch() -> None:
    def answer(shipped: str, paid: str) -> tuple[str, str]:
        found = claim(
            order={"dispatch_date": "2022-02-01"},
            payments=[CARD | {"date": paid}],
            events=[{"kind": "shipped", "at": shipped}],
            as_of=date(2022, 3, 1),
        )
        ground = found.ground("shipment")
        assert ground is not None
        return ground.answer, ground.reason

    assert answer("2022-02-23", "2022-01-25") == ("no", "holiday-shift")
    assert answer("2022-02-24", "2022-01-25") == ("yes", "shipped-late")
    assert answer("2022-02-20", "2022-01-20") == ("yes", "shipped-late")


def test_an_offline_dispute_accepts_what_was_not_delivered() -> None:
    def routes(**order: str) -> list[str]:
        kinds = ("not-shipped", "workmanship", "unkept-promise")
        return [
            one.route for one in claim(order=order, complaints=[{"kind": kind} for kind in kinds]).grounds[:3]
        ]

    assert routes(kind="off-platform") == ["offline-dispute", "none", "none"]
    assert routes() == ["none", "none", "offline-dispute"]


def test_the_zone_of_the_shipment_date_can_decide() -> None:
    at = datetime.fromisoformat("2026-05-01T23:00:00+00:00")  # 2 May in Beijing, 1 May in Los Angeles
    found = claim(order={"dispatch_date": "2026-05-01"}, events=[{"kind": "shipped", "at": at}])
    ground = found.ground("shipment")
    assert ground is not None
    assert (ground.answer, ground.reason) == ("unclear", "shipment-unknown")


@pytest.mark.parametrize(
    ("events", "as_of", "kind", "reason"),
    [
        ([{"kind": "paid", "at": "2026-04-01"}], DAY, "not-shipped", "not-shipped"),
        ([], DAY, "late-shipment", "shipment-unknown"),
        ([], date(2026, 4, 20), "late-shipment", "not-due"),
        ([{"kind": "shipped", "at": "2026-05-01"}], DAY, "late-shipment", "shipped-on-time"),
    ],
)
def test_the_dates_alone_give_a_ground(events: list[Any], as_of: date, kind: str, reason: str) -> None:
    found = claim(order={"dispatch_date": "2026-05-01"}, events=events, as_of=as_of)
    ground = found.ground("shipment")
    assert ground is not None
    assert (ground.kind, ground.reason) == (kind, reason)


def test_a_complaint_that_goods_are_not_shipped_before_the_date() -> None:
    early = claim(order={"dispatch_date": "2026-07-01"}, complaints=[{"kind": "not-shipped"}])
    assert early.grounds[0].reason == "not-due"


def test_grounds_of_a_verdict(tablets: tuple[Contract, Verdict]) -> None:
    agreed, verdict = tablets
    found = aql.assess_claim(agreed, verdict, as_of=date(2026, 12, 11))
    answers = {one.subject: (one.answer, one.reason) for one in found.grounds}
    assert answers["battery-capacity"] == ("yes", "term-missed")
    assert answers["critical"] == ("yes", "class-rejected")
    assert answers["width"] == ("no", "within-acceptance")
    assert answers["defects without a term"] == ("no", "not-in-contract")
    assert found.ground("battery-capacity").proof == "none"  # type: ignore[union-attr]
    late = aql.assess_claim(agreed, verdict, order={"created": "2017-05-01"}, as_of=date(2027, 1, 20))
    assert "named-rules-differ" not in late.notes


def test_several_lots_are_named_with_their_grounds() -> None:
    agreed, inspections = aql.examples.orange_juice()
    verdicts = [aql.score(agreed, one) for one in inspections[:6]]
    found = aql.assess_claim(agreed, verdicts, rules="current", as_of=DAY)
    text = found.explain()
    assert "leak (lots 1, 2, 3, 4): yes, because a measurable term was missed" in text
    assert "leak (lots 5, 6): no, because the agreed sampling plan accepts the lot" in text
    assert [one.lot for one in found.grounds if one.kind == "class"] == ["1", "2", "3", "4"]
    draft = str(claim_draft(found))
    assert "- leak (lot 3): agreed:" in draft
    assert "(lot 5)" not in draft
    alone = aql.assess_claim(agreed, verdicts[0], rules="current", as_of=DAY)
    assert "lot" not in alone.explain().splitlines()[1]


def test_a_verdict_by_a_designated_inspector_is_the_report(tablets: tuple[Contract, Verdict]) -> None:
    agreed, _ = tablets
    _, inspection = aql.examples.tablet_order()
    visit = inspection.header.inspection.model_copy(update={"company": "Bureau Veritas Shenzhen"})
    from dataclasses import replace

    header = inspection.header.model_copy(update={"inspection": visit})
    found = aql.assess_claim(agreed, aql.score(agreed, replace(inspection, header=header)), as_of=DAY)
    assert found.ground("battery-capacity").proof == "designated-report"  # type: ignore[union-attr]


# Clock


def test_receipt_that_is_only_confirmed_or_only_recorded_bounds_the_last_day() -> None:
    only = claim(events=[{"kind": "receipt-confirmed", "at": "2026-06-01"}]).clock.deadline("open-claim")
    assert only is not None
    assert (only.bound, only.day) == ("at-most", date(2026, 7, 1))
    older = claim(rules="2019-2021", events=[{"kind": "received", "at": "2026-05-01"}])
    window = older.clock.deadline("open-claim")
    assert window is not None
    assert (window.bound, older.clock.in_time) == ("at-least", "unclear")
    both = claim(
        events=[{"kind": "received", "at": "2026-06-01"}, {"kind": "receipt-confirmed", "at": "2026-06-09"}]
    )
    window = both.clock.deadline("open-claim")
    assert window is not None
    assert ("other-start", date(2026, 7, 9)) in [(one.when, one.day) for one in window.others]


def test_the_platform_escalates_by_itself() -> None:
    opened = {"kind": "opened", "at": "2026-06-01"}
    # Day 7 or 8, by two texts, each with the opening day counted or not: by 9 June under every reading.
    early = claim(events=[opened], as_of=date(2026, 6, 8)).clock
    assert early.state == "negotiating"
    escalation = early.deadline("automatic-escalation")
    assert escalation is not None
    assert escalation.status == "unclear"
    later = claim(events=[opened], as_of=date(2026, 6, 9)).clock
    assert (later.state, later.automatic) == ("escalated", True)
    asked = {"kind": "evidence-asked", "at": "2026-06-09T10:00:00", "due": "2026-06-12T18:00:00"}
    due = claim(events=[opened, asked], as_of=date(2026, 6, 10)).clock.deadline("evidence-due")
    assert due is not None
    assert due.moment is not None
    assert (due.status, due.moment.hour) == ("open", 18)
    uploaded = {"kind": "evidence-uploaded", "at": "2026-06-11T10:00:00"}
    clock = claim(events=[opened, asked, uploaded], as_of=date(2026, 6, 11)).clock
    assert clock.state == "escalated"
    assert [one.status for one in clock.deadlines if one.code == "evidence-due"] == ["done"]
    assert [one.bound for one in clock.deadlines if one.code == "platform-acts"] == ["at-least"]


def test_a_dispute_that_is_opened_again_starts_its_countings_again() -> None:
    events = [
        {"kind": "opened", "at": "2026-06-01"},
        {"kind": "evidence-asked", "at": "2026-06-09", "due": "2026-06-11"},
        {"kind": "opened", "at": "2026-06-15"},
    ]
    clock = claim(events=events, as_of=date(2026, 6, 16)).clock
    assert (clock.state, clock.since) == ("negotiating", date(2026, 6, 15))
    automatic = clock.deadline("automatic-escalation")
    assert automatic is not None
    assert automatic.day == date(2026, 6, 21)


def test_both_texts_are_counted_both_ways() -> None:
    """Opened on Monday 1 June: day 4 and day 7 or 8, with the opening day as day 1 or as day 0."""

    def days(rules: str, code: str) -> list[tuple[str, int]]:
        (deadline,) = [
            one
            for one in claim(
                rules=rules, events=[{"kind": "opened", "at": "2026-06-01"}], as_of=date(2026, 6, 2)
            ).clock.deadlines
            if one.code == code
        ]
        assert deadline.day is not None
        return [("", deadline.day.day), *((one.when, one.day.day) for one in deadline.others)]

    again = "other-text-opening-day-not-counted"
    assert days("current", "escalate-from") == [("", 4), ("opening-day-not-counted", 5)]
    assert days("current", "automatic-escalation") == [
        ("", 7),
        ("opening-day-not-counted", 8),
        ("other-text", 8),
        (again, 9),
    ]
    assert days("2017-12", "automatic-escalation") == [
        ("", 8),
        ("opening-day-not-counted", 9),
        ("other-text", 7),
        (again, 8),
    ]


def test_at_the_launch_the_supplier_had_working_days_to_answer() -> None:
    clock = claim(
        rules="2015-launch",
        payments=[CARD | {"method": "transfer"}],
        events=[{"kind": "opened", "at": "2026-06-01"}],
        as_of=date(2026, 6, 2),
    ).clock
    answer = clock.deadline("supplier-answers")
    assert answer is not None
    assert (answer.day, answer.counting, answer.bound) == (date(2026, 6, 22), "working", "at-least")
    first = clock.deadline("escalate-from")
    assert first is not None
    assert first.status == "unknown"


def test_silence_accepts_a_proposed_inspection_after_hours() -> None:
    events = [
        {"kind": "opened", "at": "2026-06-01"},
        {"kind": "escalated", "at": "2026-06-05"},
        {"kind": "inspection-proposed", "at": "2026-06-08T09:30:00"},
    ]
    found = claim(events=events, as_of=date(2026, 6, 8), timezone="Europe/Berlin")
    object_by = found.clock.deadline("object-to-inspection")
    assert object_by is not None
    assert object_by.moment == datetime.fromisoformat("2026-06-09T09:30:00+02:00")
    assert "Tuesday 9 June 2026, 09:30" in found.explain()
    events[-1]["at"] = "2026-06-08"
    day = claim(events=events, as_of=date(2026, 6, 8)).clock.deadline("object-to-inspection")
    assert day is not None
    assert (day.day, day.bound) == (date(2026, 6, 9), "at-most")


def test_an_offer_a_settlement_and_events_after_the_day() -> None:
    events = [
        {"kind": "opened", "at": "2026-06-01"},
        {"kind": "offered", "at": "2026-06-02", "amount": "100"},
        {"kind": "agreed", "at": "2026-06-05"},
    ]
    offered = claim(events=events, as_of=date(2026, 6, 3))
    assert (offered.clock.state, "events-after" in offered.notes) == ("offered", True)
    agreed = claim(events=events, as_of=date(2026, 6, 6), calendar="CN").clock
    refund = agreed.deadline("refund-starts")
    assert refund is not None
    assert (refund.bound, refund.counting) == ("exact", "working")
    assert agreed.open


def test_a_clock_that_pre_shipment_cover_stops_at_shipment() -> None:
    agreed = contract(cover={"rules": "2017", "type": "pre-shipment"})
    shipped = {"kind": "shipped", "at": "2017-05-01"}
    opened = {"kind": "opened", "at": "2017-04-20"}
    for events, status in (([], "open"), ([shipped], "passed"), ([shipped, opened], "done")):
        found = claim(contract=agreed, rules=None, events=events, as_of=date(2017, 5, 2))
        window = found.clock.deadline("open-claim")
        assert window is not None
        assert (window.status, window.before_shipment) == (status, True)
        assert "before shipment" in found.explain()


def test_a_quick_refund_with_days_only_is_unclear() -> None:
    def reason(cancelled: str, *more: dict[str, str]) -> str:
        events = [{"kind": "paid", "at": "2026-06-01"}, {"kind": "cancelled", "at": cancelled}, *more]
        return claim(complaints=[{"kind": "cancellation"}], events=events).grounds[0].reason

    assert reason("2026-06-01") == "time-unclear"
    assert reason("2026-06-04") == "quick-refund-late"
    assert reason("2026-06-04", {"kind": "shipped", "at": "2026-06-03"}) == "quick-refund-late"
    assert claim(complaints=[{"kind": "cancellation"}]).grounds[0].reason == "time-unclear"


def test_a_late_delivery_in_another_currency_has_an_unknown_coupon() -> None:
    found = claim(
        contract=contract(order={"id": "PO-1", "currency": "EUR"}),
        payments=None,
        order={"delivery_date": "2026-06-10", "amount": "900"},
        complaints=[{"kind": "late-delivery"}],
    )
    assert (found.grounds[0].answer, found.grounds[0].ceiling) == ("yes", None)
    assert claim(complaints=[{"kind": "late-delivery"}]).grounds[0].reason == "delivered-on-time"
    paid = claim(order={"delivery_date": "2026-06-10"}, complaints=[{"kind": "late-delivery"}])
    settled = paid.settlement("late-delivery")
    assert str(settled.total("buyer", "coupon")) == "100.00 USD"
    assert "coupon" in settled._repr_html_()


def test_a_coupon_is_granted_once_and_not_for_excluded_orders() -> None:
    def reason(*events: dict[str, str], **order: Any) -> str:
        found = claim(
            order={"delivery_date": "2026-06-10"} | order,
            complaints=[{"kind": "late-delivery"}],
            events=[*events, {"kind": "received", "at": "2026-06-12"}],
        )
        ground = found.grounds[0]
        assert ground.answer == ("yes" if ground.reason == "delivered-late" else "no")
        return ground.reason

    assert reason() == "delivered-late"
    assert reason(coupon_granted=True) == "coupon-granted"
    assert reason(address_changed=True) == "coupon-excluded"
    assert reason({"kind": "cancelled", "at": "2026-06-11"}) == "coupon-excluded"
    assert reason(kind="direct-pay") == "direct-pay"
    assert reason(kind="off-platform") == "off-platform"


def test_an_enterprise_buyer_gets_the_coupon_on_the_day_after_the_guaranteed_one() -> None:
    clock = claim(order={"delivery_date": "2026-06-10", "buyer": "enterprise"}).clock
    coupon = clock.deadline("automatic-coupon")
    assert coupon is not None
    assert coupon.day == date(2026, 6, 11)


def test_what_came_back_already_lowers_what_can_come_back() -> None:
    back = [{"kind": "refunded", "at": "2026-06-10", "amount": "300"}, {"kind": "opened", "at": "2026-06-15"}]
    found = claim(
        events=back, complaints=[{"kind": "quality", "term": "weight"}], order={"remaining_limit": "600"}
    )
    assert (found.cover.refunded, found.cover.amount) == (Money.of("300", "USD"), Money.of("600", "USD"))
    assert [(str(one.amount), one.reason) for one in found.cover.uncovered] == [
        ("300.00 USD", "refunded"),
        ("100.00 USD", "above-limit"),
    ]
    settled = found.settlement("upheld")
    assert settled.total("buyer", "goods-refunded", "refunded-before") == Money.of("900", "USD")
    assert "Buyer, refunds before: 300.00 USD." in settled.explain()
    quick = claim(
        events=[
            {"kind": "paid", "at": "2026-06-01T10:00:00"},
            {"kind": "cancelled", "at": "2026-06-01T11:00:00"},
            back[0],
        ],
        complaints=[{"kind": "cancellation"}],
    )
    assert quick.settlement("quick-refund").refund == Money.of("700", "USD")


def test_what_was_agreed_outside_the_platform_is_not_proof_unless_both_accept_it() -> None:
    def answer(place: str, rules: str = "current", *evidence: dict[str, Any]) -> tuple[str, str]:
        found = claim(
            contract=contract(cover={"rules": "2017", "type": "post-delivery"}) if rules == "2017" else None,
            rules=rules,
            complaints=[{"kind": "quality", "about": "print", "standard": place}],
            evidence=evidence,
        ).grounds[0]
        return found.answer, found.reason

    genuine = {"kind": "email", "agreed_genuine": True}
    assert answer("email") == ("no", "only-in-email")
    assert answer("email", "current", genuine) == ("unclear", "only-in-genuine-messages")
    assert answer("email", "2017", genuine) == ("no", "only-in-genuine-messages")
    assert answer("messenger", "current", genuine) == ("no", "only-in-messenger")
    assert answer("offline-contract") == ("no", "only-in-offline-contract")
    assert answer("phone") == ("no", "only-by-phone")
    assert answer("product-page") == ("unclear", "only-on-product-page")
    assert answer("product-page", "2017") == ("no", "only-on-product-page")


def test_payments_after_the_day_are_left_out() -> None:
    later = CARD | {"amount": "600", "date": "2026-07-01", "part": "balance"}
    found = claim(payments=[CARD | {"amount": "400"}, later])
    assert (found.cover.paid, found.cover.amount) == (Money.of("400", "USD"), Money.of("400", "USD"))
    assert "payments-after" in found.notes
    assert found.settlement("upheld").total("buyer", "goods-paid") == Money.of("-400", "USD")


# Costs of paying


def test_fees_by_method_and_day() -> None:
    def fee(amount: str, method: str, on: date, rules: str, currency: str = "USD") -> str:
        return str(paying_fee(Money.of(amount, currency), method, on=on, rules=rules))

    assert fee("1000", "card", date(2017, 4, 1), "2017") == "28.00 USD"
    assert fee("1000", "card", date(2018, 6, 3), "2017-12") == "24.00 USD"
    assert fee("1000", "card", date(2018, 6, 4), "2017-12") == "29.50 USD"
    assert fee("1000", "e-checking", date(2018, 6, 3), "2017-12") == "0.00 USD"
    assert fee("1000", "e-checking", date(2019, 4, 1), "2019-2021") == "15.00 USD"
    assert fee("1000", "e-checking", date(2019, 4, 1), "2019-2021", "EUR") == "None"
    assert fee("250", "western-union", DAY, "current") == "10.00 USD"
    assert fee("1001", "western-union", DAY, "current") == "None"
    assert fee("100", "western-union", DAY, "current", "EUR") == "None"
    assert fee("1000", "boleto", DAY, "current") == "13.50 USD"
    given = {"transfer": Money.of("25", "USD")}
    assert str(paying_fee(Money.of("9", "USD"), "transfer", on=DAY, rules="2017", given=given)) == "25.00 USD"


def test_a_payment_above_the_cap_is_not_possible() -> None:
    costs = {one.method: one for one in paying_costs([Money.of("11651.63", "USD")], on=DAY, rules="current")}
    assert not costs["apple-pay"].possible
    assert costs["google-pay"].possible
    assert costs["transfer"].total is None
    assert repr(costs["boleto"]) == "<PayingCost boleto: 157.30 USD>"
    assert largest_payment("card", on=DAY, rules="current") is None
    assert fee_crossover("card", "transfer", on=DAY, rules="2017") is None
    for pair in (("transfer", "card"), ("card", "boleto")):
        with pytest.raises(DomainError, match="not part of the rule set"):
            fee_crossover(*pair, on=DAY, rules="2017")


# Drafts, display


def test_a_draft_names_term_finding_evidence_amount_and_day() -> None:
    events = [{"kind": "received", "at": "2026-06-10"}, {"kind": "opened", "at": "2026-06-19"}]
    found = claim(
        complaints=[{"kind": "quality", "term": "weight", "found": "80 g", "share": "0.5"}],
        events=events,
        evidence=[{"kind": "photos"}, {"kind": "messenger-chat"}, {"kind": "supplier-photos", "tied": True}],
    )
    draft = claim_draft(found)
    text = str(draft)
    assert "weight: agreed: at least 100 g; found: 80 g (50 % of what was inspected)" in text
    assert "We ask for 1000.00 USD." in text
    assert "Please answer by Sunday 21 June 2026." in text
    assert "photographs" in text
    assert "messenger" not in text
    assert not draft.placeholders
    assert repr(draft) == "<ClaimDraft PO-1: 1 grounds, asks for 1000.00 USD>"
    bare = claim_draft(claim(payments=None, complaints=[{"kind": "price-raised"}]))
    assert "[supplier]" in str(bare)
    assert claim_draft(found, asked="250").asked == Money.of("250", "USD")
    assert "[amount]" in str(bare)
    assert bare.placeholders
    with pytest.raises(DomainError, match="not refused"):
        claim_draft(claim(complaints=[{"kind": "fee"}], contract=contract(terms=[])))
    with pytest.raises(DomainError, match="needs the currency"):
        claim_draft(
            claim(
                payments=None,
                contract=Contract.load({"order": {"id": "PO-1"}}),
                complaints=[{"kind": "workmanship"}],
            ),
            asked="5",
        )


def test_an_assessment_reads_well() -> None:
    found = claim(
        complaints=[{"kind": "quality", "term": "weight", "found": "80 g"}],
        events=[{"kind": "received", "at": "2026-06-10"}],
        evidence=[{"kind": "photos"}, {"kind": "messenger-chat"}],
        order={"limit": "800"},
    )
    text = found.explain()
    for words in (
        "Covered: 800.00 USD.",
        "Not covered: 200.00 USD, above the supplier's limit.",
        "Last day to open a dispute: Friday 10 July 2026; Sunday 9 August 2026 for Enterprise",
        "Not legal advice",
    ):
        assert words in text
    html = found._repr_html_()
    assert "does not count" in html
    assert str(found) == text
    frame = found.to_frame()
    assert next(iter(frame["subject"])) == "weight"
    settled = found.settlement("upheld", inspection_fee="300", fee_ordered=False)
    assert "The cover limits" not in str(settled)
    assert settled.total("buyer").amount < 0
    assert "sum" in settled._repr_html_()
    partly = found.settlement("partly", method="share", share="1")
    assert "limited-by-cover" in partly.notes
    assert "The cover limits the refund." in partly.explain()


def test_facts_are_a_document_with_a_schema(tmp_path: Any) -> None:
    path = tmp_path / "claim.toml"
    path.write_text(
        'schema = "aql.claim/1"\n[[events]]\nkind = "received"\nat = 2026-06-10T08:00:00\n', "utf-8"
    )
    found = claim(facts=path, payments=None)
    assert ClaimFacts.from_json(found.facts.to_json()) == found.facts
    jsonschema.validate(found.facts.to_dict(), ClaimFacts.json_schema())
    jsonschema.validate(aql.examples.tablet_claim().to_dict(), ClaimFacts.json_schema())
    assert claim(facts=ClaimFacts(), payments=None).facts == ClaimFacts()


# Before the order


def test_the_check_with_a_rule_set_says_what_could_not_be_claimed() -> None:
    vague = {"id": "finish", "class": "major", "text": "Beautiful finish"}
    agreed = contract(
        terms=[TERM, vague, {"id": "count", "text": "10 items", "kind": "quantity"}],
        cover={"rules": "2017", "type": "pre-shipment", "limit": "700", "initial_payment": "500"},
    )
    codes = {"not-claimable", "not-covered", "after-shipment", "cover-unknown"}
    assert {(one.code, one.path) for one in aql.check(agreed, rules="2017") if one.code in codes} == {
        ("not-claimable", "terms[1]"),
        ("not-covered", "cover"),
        ("after-shipment", "cover.type"),
    }
    notes = [one.problem for one in aql.check(agreed, rules="2017") if one.code == "not-written-down"]
    assert "No term about branding was found." in notes
    assert not any("quantity" in one for one in notes)
    unknown = {one.code for one in aql.check(contract(), rules="us-2019")}
    assert {"cover-unknown", "not-claimable"} <= unknown
    limits = [one.path for one in aql.check(contract(), rules="current") if one.code == "cover-unknown"]
    assert limits == ["cover.limit"]
    assert not [one for one in aql.check(contract()) if one.code == "cover-unknown"]


NINE = {
    "shipment date": {},
    "size": {"id": "a", "text": "Width 60 mm", "measure": {"unit": "mm", "max": "60"}},
    "quantity": {},
    "materials": {"id": "a", "text": "Stainless steel 304", "measure": {"equals": "304"}},
    "colour": {"id": "a", "text": "Pantone 286 C", "measure": {"answer": "yes"}},
    "packaging": {"id": "a", "text": "Export carton of 20 pieces", "measure": {"answer": "yes"}},
    "branding": {"id": "a", "text": "Logo as in the artwork", "measure": {"answer": "yes"}},
    "images": {
        "id": "a",
        "text": "As drawn",
        "kind": "reference",
        "reference": {"file": "drawing.pdf", "sha256": "0" * 64},
    },
    "image of the sample": {
        "id": "a",
        "text": "As the approved sample",
        "kind": "reference",
        "reference": {"file": "golden.bin", "sha256": "0" * 64},
    },
}


def missing(agreed: Contract) -> set[str]:
    found = [one.problem for one in aql.check(agreed, rules="current") if one.code == "not-written-down"]
    return {one.removeprefix("No term about ").removesuffix(" was found.") for one in found}


def test_the_nine_things_to_write_down_are_each_missed_and_each_found() -> None:
    bare = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": "2.5"}]})
    assert missing(bare) == set(NINE)
    order = {"id": "PO-1", "quantity": 5, "shipment_date": "2026-05-01"}
    assert missing(contract(order=order, terms=[])) == set(NINE) - {"quantity", "shipment date"}
    for name, term in NINE.items():
        if term:
            stated = missing(contract(order=order, terms=[{"class": "major", **term}]))
            assert name not in stated, name
            assert len(stated) >= 5


def test_a_reference_is_found_as_image_or_as_sample() -> None:
    sha = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    reference = {"file": "approved-sample.jpg", "sha256": sha}
    term = {"id": "look", "class": "major", "text": "As the approved sample", "reference": reference}
    notes = [
        one.problem
        for one in aql.check(contract(terms=[term]), rules="current")
        if one.code == "not-written-down"
    ]
    assert not any("image" in one for one in notes)


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("size", {"measure": {"unit": "mm", "max": "5"}}),
        ("size", {"text": "The height is as agreed"}),
        ("materials", {"id": "cotton"}),
        ("colour", {"text": "Colour as agreed"}),
        ("packaging", {"text": "Boxes pass the drop"}),
        ("branding", {"text": "LOGO in the corner"}),
    ],
)
def test_a_detail_is_found_by_its_unit_or_by_a_whole_word(name: str, term: dict[str, Any]) -> None:
    def missing(**more: Any) -> set[str]:
        terms = [{"id": "a", "class": "major", "text": "As in the order"} | more]
        found = aql.check(contract(terms=terms), rules="current")
        return {
            one.problem.removeprefix("No term about ").removesuffix(" was found.")
            for one in found
            if one.code == "not-written-down"
        }

    every = {"shipment date", "size", "materials", "colour", "packaging", "branding"}
    assert (
        missing()
        == missing(text="Logotypes, colourless heights and cottons")
        == every
        | {
            "images",
            "image of the sample",
        }
    )
    assert missing(**term) == missing() - {name}


# Odds and ends


def test_days_whose_calendar_is_unknown_are_named() -> None:
    received = [{"kind": "received", "at": "2026-06-10"}]
    found = claim(complaints=[{"kind": "workmanship"}], events=received)
    assert found.unknown == ("settle.inspection-fee", "settle.partial-formula", "settle.return-freight")
    opened = [*received, {"kind": "opened", "at": "2026-06-12"}]
    assert "clock.opening-day" in claim(complaints=[{"kind": "workmanship"}], events=opened).unknown


def test_nothing_is_assumed_that_is_not_stated() -> None:
    for part in (ClaimFacts(), Complaint(kind="quality")):
        assert not any(value is True for value in dict(part).values())


def test_values_print_as_one_line() -> None:
    found = claim(complaints=[{"kind": "workmanship"}], events=[{"kind": "received", "at": "2026-06-10"}])
    assert repr(found.cover) == "<CoverAnswer at most 1000.00 USD>"
    assert repr(found.clock) == "<Clock 2026-06-20: no-dispute, last day to open 2026-07-10>"
    assert repr(found.clock.deadlines[0]) == "<Deadline open-claim: 2026-07-10, open>"
    assert repr(found.evidence[0]) == "<EvidenceCheck every ground, order: missing>"
    assert repr(found.grounds[0]) == "<Ground workmanship workmanship: yes, default-inspection-failed>"
    assert repr(found.settlement("upheld")) == "<Settlement upheld: 1000.00 USD for the goods>"
    assert found.clock.deadline("customs-answer") is None
    assert found.ground("nothing") is None
    assert found.admitted == (found.grounds[0],)
    assert claim(rules="us-2019").clock.deadlines[0].latest is None


def test_entries_are_read_as_numbers_and_words() -> None:
    rules = load_rules("current")
    days, cap, listed = (rules.find(key) for key in ("clock.claim-days", "delivery.cap", "pay.listed"))
    assert days is not None
    assert cap is not None
    assert listed is not None
    assert (days.number, f"{cap.decimal}", str(cap), listed.words[0]) == (30, "100", "100 USD", "card")
    for entry, name in ((listed, "number"), (listed, "decimal")):
        with pytest.raises(TypeError, match=r"pay\.listed"):
            getattr(entry, name)
    assert str(rules.find("settle.return-freight")) == "unknown"
    assert rules.reliability(days) == "A"
    with pytest.raises(DomainError, match="two-letter code"):
        holidays_of("Atlantis")


def test_missed_evidence_is_cancelled_or_unclear_by_the_rule_set() -> None:
    events = [
        {"kind": "opened", "at": "2026-06-01"},
        {"kind": "escalated", "at": "2026-06-05"},
        {"kind": "evidence-asked", "at": "2026-06-06"},
        {"kind": "evidence-missed", "at": "2026-06-09"},
    ]
    assert claim(events=events).clock.state == "cancelled"
    agreed = contract(cover={"rules": "2017", "type": "post-delivery"})
    assert claim(contract=agreed, rules=None, events=events).clock.state == "evidence-missed-unclear"
    dismissed = [*events[:2], {"kind": "ruling", "at": "2026-06-09", "result": "dismissed"}]
    assert claim(events=dismissed).clock.state == "dismissed"


def test_an_explanation_cites_rules_sources_and_who_says_otherwise() -> None:
    text = claim(
        complaints=[{"kind": "late-shipment", "accepted": "explicit"}], order={"dispatch_date": "2026-04-01"}
    ).explain()
    assert "[admits.accepted-explicitly: faq-20328902 (A); yes according to ldniocharger; " in text
    assert "Source faq-20328902: Help page 20328902: what is not covered (undated, reliability A)." in text
    silent = claim(rules="us-2019", complaints=[{"kind": "fee"}]).explain()
    assert "admits.fee-not-a-breach: not in us-2019" in silent
    assert "the rule set us-2019 does not say what follows" in silent
