"""Bad input: each kind is an error of its own, with a code and what to do."""

from datetime import date
from typing import Any

import pytest

import aql
from aql.assurance import (
    Dispute,
    Event,
    Money,
    assess_claim,
    claim_draft,
    largest_payment,
    load_rules,
    paying_costs,
    paying_fee,
)
from aql.contract.contract import Contract
from aql.errors import AqlError, DocumentError, DomainError, MissingExtraError

DAY = date(2026, 6, 20)
PAID = {"amount": "1000", "method": "card", "date": "2026-04-01"}


def contract(**order: Any) -> Contract:
    parts = {"id": "PO-1", "quantity": 1, "unit_price": "1000", "currency": "USD", **order}
    return Contract.load(
        {
            "order": {key: value for key, value in parts.items() if value is not None},
            "classes": [{"name": "major", "aql": "2.5"}],
        }
    )


def failed(agreed: Contract | None = None, **given: Any) -> AqlError:
    arguments: dict[str, Any] = {"rules": "current", "as_of": DAY} | given
    with pytest.raises(AqlError) as caught:
        assess_claim(agreed or contract(), **arguments)
    return caught.value


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"payments": [PAID | {"amount": "-5"}]}, "bad-amount", "must be 0 or more, got -5"),
        ({"order": {"limit": "-1"}}, "bad-amount", "a limit must be 0 or more"),
        ({"order": {"amount": "-1"}}, "bad-amount", "the amount of the order"),
        ({"order": {"limit": "0"}}, "zero-limit", "remaining_limit = 0"),
        ({"payments": [PAID, PAID | {"date": "2026-05-01"}]}, "over-paid", "at most 1000.00 USD"),
        ({"as_of": None}, "missing-value", "State the day"),
        ({"as_of": "2026-06-20"}, "bad-value", "as_of must be a date"),
        ({"payments": [PAID | {"currency": "EUR"}]}, "other-currency", "needs a rate"),
        ({"payments": [PAID | {"currency": "EURO", "rate": "1"}]}, "unknown-currency", "ISO 4217"),
        ({"payments": [PAID | {"method": "cards"}]}, "unknown-word", 'Did you mean "card"?'),
        ({"payments": [PAID | {"method": "swap"}]}, "unknown-word", 'Write "other"'),
        ({"payments": [PAID | {"amount": "1.005"}]}, "bad-amount", "at most 2 decimals"),
        ({"order": {"currency": "EUR"}}, "other-currency", "that of the contract, USD"),
        ({"order": {"currency": "USDT"}}, "other-currency", "that of the contract, USD"),
        (
            {"events": [{"kind": "opened", "at": "2026-04-01"}, {"kind": "placed", "at": "2026-04-05"}]},
            "impossible-event",
            "cannot come before 'placed'",
        ),
        ({"order": {"id": "PO-2"}}, "other-order", "those of order PO-1"),
        ({"order": {"cover_type": "post-delivery"}}, "not-in-rules", "It is part of 2017"),
        ({"rules": "2018"}, "unknown-name", "rules must be"),
        ({"rules": "help-pages"}, "unknown-name", "rules must be"),
        ({"rules": None}, "no-rules", "Add created to"),
        ({"rules": None, "order": {"created": "2016-05-01"}}, "two-rule-sets", "2015-launch and 2017"),
        ({"rules": None, "order": {"created": "2018-05-01"}}, "two-rule-sets", "2017-12 and 2019-2021"),
        ({"rules": None, "order": {"created": "2010-05-01"}}, "no-rules", "fits no rule set"),
        ({"events": 5}, "bad-value", "events must be a list"),
        ({"payments": "claim.toml"}, "bad-value", "To read a file, pass facts"),
        ({"verdict": 5}, "bad-value", "verdict must be a list"),
        ({"as_of": date(9999, 12, 31)}, "bad-value", "in the years 1900 to 9000"),
        ({"payments": [PAID | {"currency": "EUR", "rate": "0"}]}, "bad-value", "rate must be above 0"),
        ({"payments": [PAID | {"currency": "EUR", "rate": "1e30"}]}, "bad-amount", "must be below"),
        (
            {"payments": [PAID], "events": [{"kind": "refunded", "at": "2026-05-01", "amount": "1001"}]},
            "over-paid",
            "the refunds must be at most 1000.00 USD",
        ),
        (
            {"payments": [PAID], "events": [{"kind": "refunded", "at": "2026-05-01", "amount": "-1"}]},
            "bad-amount",
            "the amount of the event 'refunded' must be 0 or more",
        ),
        (
            {"events": [{"kind": "opened", "at": "2026-05-01", "due": "2026-05-03"}]},
            "bad-value",
            'It belongs to "evidence-asked"',
        ),
        (
            {"events": [{"kind": "evidence-asked", "at": "2026-05-05", "due": "2026-05-03"}]},
            "impossible-event",
            "due on or after the day on which it is asked for, 2026-05-05, got 2026-05-03",
        ),
        (
            {"complaints": [{"kind": "workmanship", "found_on": "2026-06-21"}]},
            "bad-value",
            "at most the day of the assessment, 2026-06-20, got 2026-06-21",
        ),
        ({"payments": [PAID | {"rate": "1.1"}]}, "other-currency", "must be 1 or left out, got 1.1"),
        ({"payments": [PAID | {"fee": "-1"}]}, "bad-amount", "a fee must be 0 or more"),
        ({"timezone": 5}, "bad-value", "IANA name"),
        ({"timezone": "Mars/Base"}, "bad-value", "IANA name"),
        ({"complaints": [{"kind": "quality", "term": "battery"}]}, "unknown-term", "about instead of term"),
        ({"facts": {}, "events": [{"kind": "paid", "at": "2026-04-01"}]}, "bad-value", "passed alone"),
        (
            {"events": [{"kind": "received", "at": "2026-04-01"}, {"kind": "shipped", "at": "2026-04-05"}]},
            "impossible-event",
            "cannot come before 'shipped'",
        ),
        (
            {"events": [{"kind": "opened", "at": "2026-04-01"}, {"kind": "rejected", "at": "2026-04-02"}]},
            "impossible-event",
            "What can happen: offered",
        ),
        (
            {
                "events": [
                    {"kind": "opened", "at": "2026-04-01"},
                    {"kind": "escalated", "at": "2026-04-05"},
                    {"kind": "ruling", "at": "2026-04-15", "result": "dismissed"},
                    {"kind": "opened", "at": "2026-04-20"},
                ]
            },
            "impossible-event",
            "nothing more",
        ),
        (
            {"events": [{"kind": "shipped", "at": "2026-04-01"}, {"kind": "shipped", "at": "2026-04-09"}]},
            "two-events",
            "given twice",
        ),
        (
            {"events": [{"kind": "opened", "at": "2026-04-01"}, {"kind": "opened", "at": "2026-04-01"}]},
            "two-events",
            "Leave one of them out",
        ),
    ],
)
def test_bad_input_has_an_error_of_its_own(given: dict[str, Any], code: str, words: str) -> None:
    error = failed(**given)
    assert error.code == code
    assert words in str(error)


def test_a_missing_day_says_what_to_do() -> None:
    with pytest.raises(DomainError) as caught:
        assess_claim(contract(), rules="current")  # type: ignore[call-arg]
    assert caught.value.code == "missing-value"
    assert str(caught.value) == (
        "as_of is missing. State the day of the assessment, such as as_of=date(2026, 6, 20)."
    )


def test_a_step_that_a_rule_set_does_not_have_names_those_that_do() -> None:
    opened = {"kind": "opened", "at": "2015-04-01"}
    for kind in ("evidence-asked", "return-agreed", "inspection-proposed"):
        error = failed(rules="2015-launch", events=[opened, {"kind": kind, "at": "2015-04-05"}])
        assert (error.code, error.nearest) == ("not-in-rules", ("2017", "2017-12", "2019-2021", "current"))
        assert str(error) == (
            f"the step '{kind}' is not part of the rule set '2015-launch'. "
            "It is part of 2017, 2017-12, 2019-2021 and current."
        )
    answered = assess_claim(contract(), rules="2015-launch", events=[opened], as_of=date(2015, 4, 2))
    assert "evidence-asked" not in answered.clock.next
    with pytest.raises(DomainError, match="'return-and-refund' is not part of the rule set '2015-launch'"):
        answered.settlement("return-and-refund")
    own = {**RULES, "entry": [ENTRY, {"key": "dispute.steps", "value": ["opened"], "source": ["text"]}]}
    assert failed(rules=own, events=[opened, opened | {"kind": "agreed"}]).code == "not-in-rules"
    kept = {**RULES, "entry": [{"key": "clock.reopen", "value": "no", "source": ["text"]}]}
    again = [opened, {"kind": "withdrawn", "at": "2015-04-02"}, {"kind": "opened", "at": "2015-04-09"}]
    assert "nothing more" in str(failed(rules=kept, events=again))


def test_facts_of_the_order_agree_with_the_contract() -> None:
    error = failed(contract(created="2026-01-05"), order={"created": "2026-01-06"})
    assert (error.code, str(error)) == (
        "other-order",
        "created must be that of the contract, 2026-01-05, got 2026-01-06.",
    )


def test_payments_need_a_currency() -> None:
    error = failed(contract(unit_price=None, currency=None), payments=[PAID])
    assert (error.code, error.todo) == ("missing-value", "Add currency to [order]")


def test_a_verdict_of_another_contract_is_refused() -> None:
    agreed, inspection = aql.examples.tablet_order()
    verdict = aql.score(agreed, inspection)
    error = failed(contract(id="PO-2026-0117"), verdict=verdict)
    assert error.code == "other-contract"
    assert failed(verdict=[1]).code == "bad-value"
    with pytest.raises(DomainError, match=r"contract must be an aql\.Contract"):
        assess_claim("contract.toml", as_of=DAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        ({"events": [{"kind": "report", "at": "2026-04-01"}]}, "events[0]", "needs a result"),
        (
            {"events": [{"kind": "opened", "at": "2026-04-01", "result": "upheld"}]},
            "events[0]",
            "does not belong",
        ),
        ({"events": [{"kind": "opened", "at": "1 April"}]}, "events[0].at", "must be a date"),
        ({"events": [{"kind": "opend", "at": "2026-04-01"}]}, "events[0].kind", "opened"),
        ({"complaints": [{"kind": "quality", "share": "1.5"}]}, "complaints[0]", "from 0 to 1"),
        ({"order": {"buyer_country": "USA"}}, "order.buyer_country", ""),
    ],
)
def test_facts_that_are_no_facts_name_their_place(data: dict[str, Any], path: str, words: str) -> None:
    error = failed(facts=data)
    assert isinstance(error, DocumentError)
    (problem,) = error.problems
    assert problem.path == path
    assert words in problem.message


RULES = {
    "name": "mine",
    "title": "Escrow",
    "source": [{"id": "text", "what": "Agreement", "dated": "2026-03-01", "reliability": "A"}],
}
ENTRY = {"key": "clock.claim-days", "value": 14, "source": ["text"]}


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        (ENTRY | {"source": ["page"]}, "missing-source", "source 'page' is not listed"),
        ({"key": "clock.claim-days", "value": 14}, "missing-key", "required key is missing"),
        (ENTRY | {"source": []}, "bad-value", "at least one"),
        (ENTRY | {"value": "14"}, "bad-value", "whole number"),
        (ENTRY | {"value": 14.5}, "bad-value", "whole number, text or a list"),
        (ENTRY | {"key": "clock.claim-day"}, "unknown-key", 'Did you mean "clock.claim-days"?'),
        ({"key": "clock.claim-days", "source": ["text"]}, "missing-key", "either a value or unknown"),
        (ENTRY | {"unknown": True}, "missing-key", "either a value or unknown"),
        ({"key": "admits.disclosed", "value": "maybe", "source": ["text"]}, "bad-value", '"yes", "no"'),
        ({"key": "delivery.cap", "value": "1,5", "source": ["text"]}, "bad-value", "decimal number"),
        ({"key": "pay.listed", "value": "card", "source": ["text"]}, "bad-value", "list of texts"),
        ({"key": "clock.zone", "value": "Beijing", "source": ["text"]}, "bad-value", "IANA"),
        ({"key": "cover.base", "value": "half", "source": ["text"]}, "bad-value", '"total-paid"'),
        ({"key": "clock.claim-start", "value": "opening", "source": ["text"]}, "bad-value", "EVENT_KINDS"),
        ({"key": "dispute.steps", "value": ["shipped"], "source": ["text"]}, "bad-value", "not of the order"),
        (
            {"key": "evidence.needs.late", "value": ["x"], "source": ["text"]},
            "bad-value",
            "kinds of evidence",
        ),
        ({"key": "clock.opening-day", "value": 2, "source": ["text"]}, "bad-value", "0 or 1"),
        (
            {
                "key": "clock.claim-start",
                "value": "received",
                "source": ["text"],
                "conflict": [{"value": "later", "source": ["text"]}],
            },
            "bad-value",
            "got 'later'",
        ),
        ({"key": "settle.doubt", "value": "", "source": ["text"]}, "bad-value", "must be text"),
    ],
)
def test_a_rule_file_is_read_strictly(entry: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load_rules(RULES | {"entry": [entry]})
    assert code in [one.code for one in caught.value.problems]
    assert words in str(caught.value)


def test_a_rule_file_states_each_rule_once_and_takes_known_parts() -> None:
    with pytest.raises(DocumentError, match="stated twice"):
        load_rules(RULES | {"entry": [ENTRY, ENTRY]})
    with pytest.raises(DocumentError, match="got 'pages'"):
        load_rules(RULES | {"takes": ["pages"]})
    with pytest.raises(DomainError, match="part of rule sets"):
        assess_claim(contract(), rules={**RULES, "kind": "part"}, as_of=DAY)


def settled(**given: Any) -> AqlError:
    claim = assess_claim(
        contract(),
        payments=[PAID],
        complaints=[{"kind": "late-shipment"}],
        order={"dispatch_date": "2026-05-01"},
        rules="2017",
        as_of=DAY,
    )
    with pytest.raises(AqlError) as caught:
        claim.settlement(**given)
    return caught.value


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"outcome": "lost"}, "unknown-word", "outcome must be"),
        ({"outcome": "partly"}, "missing-value", "choose share"),
        ({"outcome": "partly", "method": "half"}, "unknown-word", "method must be"),
        ({"outcome": "partly", "method": "share"}, "missing-value", "needs share"),
        ({"outcome": "partly", "method": "share", "share": "30"}, "bad-value", "from 0 to 1"),
        ({"outcome": "partly", "method": "ruling", "amount": "-5"}, "bad-amount", "0 or more"),
        ({"outcome": "partly", "method": "price-reduction"}, "bad-value", "late delivery"),
        ({"outcome": "upheld", "method": "share"}, "bad-value", "left out"),
        ({"outcome": "quick-refund"}, "not-in-rules", "It is part of current"),
        ({"outcome": "late-delivery"}, "not-in-rules", "It is part of current"),
        ({"outcome": "upheld", "inspection_fee": 12.5}, "bad-amount", "exact decimal"),
    ],
)
def test_a_settlement_that_cannot_be_is_refused(given: dict[str, Any], code: str, words: str) -> None:
    error = settled(**given)
    assert error.code == code
    assert words in str(error)


def test_a_price_reduction_needs_sensible_values() -> None:
    claim = assess_claim(
        contract(), payments=[PAID], complaints=[{"kind": "workmanship"}], rules="current", as_of=DAY
    )
    pairs: tuple[dict[str, Any], ...] = (
        {"delivered": "9", "conforming": "5"},
        {"delivered": "0", "conforming": "0"},
    )
    for values in pairs:
        with pytest.raises(DomainError, match="not below delivered"):
            claim.settlement("partly", method="price-reduction", **values)


def test_a_settlement_needs_a_currency() -> None:
    claim = assess_claim(contract(unit_price=None, currency=None), rules="current", as_of=DAY)
    with pytest.raises(DomainError, match="needs the currency"):
        claim.settlement("upheld")


def test_a_fee_that_a_rule_set_does_not_have_names_those_that_do() -> None:
    with pytest.raises(DomainError) as caught:
        paying_fee(Money.of("5", "USD"), "apple-pay", on=DAY, rules="2017")
    assert caught.value.nearest == ("current",)
    with pytest.raises(
        DomainError, match=r"'apple-pay' is not part of the rule set '2017'\. It is part of current"
    ):
        largest_payment("Apple Pay", on=DAY, rules="2017")
    with pytest.raises(DomainError, match="amount must be 0 or more, got -5"):
        paying_fee(Money.of("-5", "USD"), "card", on=DAY, rules="2017")
    with pytest.raises(DomainError, match="the fee given for 'transfer' must be 0 or more"):
        paying_costs([Money.of("5", "USD")], on=DAY, rules="2017", given={"transfer": Money.of("-1", "USD")})
    with pytest.raises(DomainError, match=r"amount must be an aql"):
        paying_fee("5", "card", on=DAY, rules="2017")  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="claim must be"):
        claim_draft("claim")  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="at least one amount"):
        paying_costs([], on=DAY, rules="2017")


def test_an_event_that_cannot_happen_lists_those_that_can() -> None:
    with pytest.raises(DomainError) as caught:
        Dispute().step(
            Event.from_dict({"kind": "ruling", "at": "2026-04-01", "result": "upheld"}), load_rules("2017")
        )
    assert "opened" in caught.value.nearest  # type: ignore[operator]


def test_stored_values_of_another_kind_are_refused() -> None:
    with pytest.raises(DomainError, match="schema must be"):
        aql.ClaimAssessment.from_dict({"schema": "aql.verdict/2"})


def test_without_the_holiday_calendar_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from aql.assurance import holidays_of

    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(MissingExtraError, match=r"aql-sampling\[claims\]"):
        holidays_of("CN")
