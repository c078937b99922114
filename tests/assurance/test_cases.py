"""The golden cases: facts in, expected answer out, under two rule sets each."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from aql.assurance.assessing import assess_claim
from aql.assurance.assessment import ClaimAssessment
from aql.assurance.deadline import Deadline
from aql.contract.contract import Contract

GOLDEN = Path(__file__).parents[1] / "golden"


def cases_of(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((GOLDEN / name).read_text("utf-8"))["case"]
    return cases


CASES, MORE = cases_of("trade_assurance_cases.toml"), cases_of("trade_assurance_more_cases.toml")
FACTS = ("order", "payments", "events", "complaints", "evidence")
ROWS = [(case, expect) for case in CASES + MORE for expect in case["expect"]]
NAMES = [
    f"{case['id']}-{number}-{expect['rules']}-{expect['reason']}"
    for case in CASES + MORE
    for number, expect in enumerate(case["expect"], 1)
]
SETTLED = [pytest.param(row, id=name) for row, name in zip(ROWS, NAMES, strict=True) if "settle" in row[1]]


def contract_of(case: dict[str, Any], expect: dict[str, Any]) -> Contract:
    terms = [{"class": "major", **term} for term in case.get("terms", [])]
    amount = case.get("amount", "30000")
    data: dict[str, Any] = {
        "order": {"id": case["id"], "quantity": 1, "unit_price": amount, "currency": "USD"},
        "classes": [{"name": "major", "aql": "2.5"}],
        "terms": terms,
    }
    if "cover" in expect:
        data["cover"] = {"rules": expect["rules"], **expect["cover"]}
    return Contract.load(data)


def assessed(case: dict[str, Any], expect: dict[str, Any]) -> ClaimAssessment:
    given = {name: expect.get(name, case.get(name)) for name in FACTS}
    facts = {name: value for name, value in given.items() if value is not None}
    as_of = expect.get("as_of", case["as_of"])
    return assess_claim(contract_of(case, expect), rules=expect["rules"], as_of=as_of, **facts)


def days(deadline: Deadline | None) -> list[date]:
    assert deadline is not None
    assert deadline.day is not None
    return sorted({deadline.day, *(one.day for one in deadline.others)})


def test_there_are_28_cases_each_under_both_rule_sets() -> None:
    assert len(CASES) == 28
    assert all({one["rules"] for one in case["expect"]} == {"2017", "current"} for case in CASES)
    assert all({one["rules"] for one in case["expect"]} >= {"2017", "current"} for case in MORE)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_case_has_the_expected_answer(row: tuple[dict[str, Any], dict[str, Any]]) -> None:
    case, expect = row
    claim = assessed(case, expect)
    ground = claim.ground(expect["ground"])
    assert ground is not None
    assert (ground.answer, ground.reason) == (expect["answer"], expect["reason"])
    found: dict[str, object] = {
        "ceiling": "unknown" if ground.ceiling is None else f"{ground.ceiling.amount.normalize():f}",
        "relief": ground.relief,
        "proof": ground.proof,
        "route": ground.route,
        "state": claim.clock.state,
        "at_most": claim.cover.at_most,
        "last_day": last_day(claim),
        "uncovered": f"{sum(one.amount.amount for one in claim.cover.uncovered):f}".removesuffix(".00"),
    }
    assert {key: found[key] for key in found.keys() & expect.keys()} == {
        key: expect[key] for key in found.keys() & expect.keys()
    }
    for code, expected in expect.get("deadlines", {}).items():
        (deadline,) = [one for one in claim.clock.deadlines if one.code == code]
        assert set(expected) <= set(days(deadline)), code
    if "also" in expect:
        assert expect["also"] in [one.reason for one in ground.reasons]
    if "unknown" in expect:
        assert expect["unknown"] in claim.unknown
    if "next" in expect:
        assert expect["next"] in claim.clock.next
    states = {(one.kind, one.status) for one in claim.evidence}
    if "missing" in expect:
        assert (expect["missing"], "missing") in states
    if "does_not_count" in expect:
        assert (expect["does_not_count"], "does-not-count") in states


def last_day(claim: ClaimAssessment) -> object:
    """The last day to open a dispute, or the word for why there is none."""
    window = claim.clock.deadline("open-claim")
    assert window is not None
    if claim.clock.last_day is not None:
        return claim.clock.last_day
    return "before-shipment" if window.before_shipment else window.status


@pytest.mark.parametrize("row", SETTLED)
def test_a_case_is_settled_as_expected(row: tuple[dict[str, Any], dict[str, Any]]) -> None:
    case, expect = row
    settled = assessed(case, expect).settlement(**expect["settle"])
    assert settled.refund is not None
    assert f"{settled.refund.amount.normalize():f}" == expect["refund"]
    if "fee_back" in expect:
        back = settled.total("buyer", "inspection-refunded")
        assert f"{back.amount.normalize():f}" == expect["fee_back"]
    if "settle_unknown" in expect:
        assert expect["settle_unknown"] in settled.unknown


def test_the_fee_of_a_card_is_a_sunk_cost() -> None:
    (case,) = [one for one in CASES if one["id"] == "K11"]
    settled = assessed(case, case["expect"][0]).settlement("dismissed")
    assert str(settled.total("payment-service")) == "28.84 USD"
