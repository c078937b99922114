"""Rule sets of your own: the examples that come with the library, an escrow agreement and a letter of credit."""

from datetime import date
from typing import Any

import pytest

import aql
from aql.assurance import RULE_SETS, RuleSet, load_rules, paying_fee
from aql.assurance.money import Money
from aql.assurance.rule_sets import _bundled
from aql.contract.contract import Contract
from aql.errors import DomainError

CONTRACT = Contract.load(
    {
        "order": {
            "id": "PO-1",
            "quantity": 10,
            "unit_price": "100",
            "currency": "EUR",
            "shipment_date": "2026-05-01",
        },
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


def example(name: str) -> RuleSet:
    return load_rules(aql.examples.example_file(f"rule_sets/{name}.toml"))


def claim(name: str, method: str, *events: dict[str, Any]) -> aql.ClaimAssessment:
    return aql.assess_claim(
        CONTRACT,
        rules=example(name),
        payments=[{"amount": "1000", "method": method, "date": "2026-04-01"}],
        complaints=[{"kind": "quality", "term": "weight"}, {"kind": "quality", "term": "finish"}],
        events=[{"kind": "shipped", "at": "2026-05-04"}, {"kind": "received", "at": "2026-06-01"}, *events],
        as_of=date(2026, 6, 12),
    )


def test_an_escrow_is_answered_by_its_own_file() -> None:
    found = claim("escrow", "escrow", {"kind": "opened", "at": "2026-06-10"})
    answers = {one.subject: (one.answer, one.reason) for one in found.grounds}
    assert answers["weight"] == ("yes", "term-missed")
    assert answers["finish"] == ("no", "vague-term")
    assert answers["shipment"] == ("yes", "shipped-late")
    assert (found.cover.amount, found.cover.at_most) == (Money.of("1000", "EUR"), False)
    assert found.clock.last_day == date(2026, 6, 15)
    days = {one.code: (one.day, one.others) for one in found.clock.deadlines}
    assert days["supplier-answers"] == (date(2026, 6, 15), ())
    assert days["escalate-from"] == (date(2026, 6, 16), ())
    # The supplier bears the agent's fee, the inspection and the freight of a return.
    settled = found.settlement("return-and-refund", inspection_fee="300", return_freight="80")
    assert settled.total("buyer") == Money.of("0", "EUR")
    assert settled.total("carrier") == Money.of("80", "EUR")
    assert "Buyer, refund of the fees of paying: 15.00 EUR." in settled.explain()
    assert "fees of paying, which do not come back" not in settled.explain()
    assert (
        str(paying_fee(Money.of("1000", "EUR"), "escrow", on=date(2026, 4, 1), rules=example("escrow")))
        == "15.00 EUR"
    )


def test_a_bank_looks_at_documents_only() -> None:
    found = claim("letter_of_credit", "letter-of-credit")
    answers = {one.subject: (one.answer, one.reason) for one in found.grounds}
    assert answers["weight"] == ("no", "term-missed")
    assert answers["shipment"] == ("yes", "shipped-late")
    assert answers["finish"][0] == "unclear"
    assert {"clock.claim-days", "admits.vague-term"} <= set(found.unknown)
    assert found.settlement("upheld").unknown


@pytest.mark.parametrize(
    ("place", "wanted"), [("value", "entry[0].value"), ("conflict", "entry[0].conflict[0].value")]
)
def test_a_number_of_days_is_one_that_a_calendar_has(place: str, wanted: str) -> None:
    one: dict[str, Any] = {"key": "clock.claim-days", "value": 30, "source": ["S1"]}
    one |= {"value": 10_001} if place == "value" else {"conflict": [{"value": 10**10, "source": ["S1"]}]}
    with pytest.raises(aql.AqlError) as caught:
        load_rules(example("escrow").to_dict() | {"entry": [one]})
    assert f"{wanted}: must be a whole number, 0 to 10000, got 1000" in str(caught.value)


@pytest.mark.parametrize("name", RULE_SETS)
def test_a_rule_set_lists_the_sources_that_its_entries_cite_and_no_other(name: str) -> None:
    rules = load_rules(name)
    cited = {
        source
        for one in rules.entries
        for source in (*one.source, *(other for two in one.conflict for other in two.source))
    }
    assert [one.id for one in rules.sources if one.id not in cited] == []
    assert cited <= {one.id for one in rules.sources}


def test_a_part_without_entries_keeps_its_sources() -> None:
    assert _bundled("sources").entries == ()
    assert len(_bundled("sources").sources) > 10


@pytest.mark.parametrize("rules", [5, None, ["current"], b"current"])
def test_a_rule_set_is_named_by_text(rules: Any) -> None:
    with pytest.raises(DomainError, match=r"rules must be .*, or a \.toml or \.json file"):
        load_rules(rules)
