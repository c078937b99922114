"""Crashes that the attack found in claims, recordings of a desk, streams, drawings and reports; each is refused now."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import aql
from aql.assurance import (
    ClaimFacts,
    Money,
    after_working_days,
    choose_rules,
    claim_draft,
    fee_crossover,
    holidays_of,
    largest_payment,
    load_rules,
    paying_costs,
    paying_fee,
    settle,
    worth_curve,
    worth_opening,
)
from aql.scheme import State, lot_outcomes
from tests.attack import recordings, streams
from tests.attack.documents import agreed, assessed, drawing, small_verdict, verdict

DAY = date(2026, 6, 1)
DOLLARS = Money(Decimal(3000), "USD")
HUGE = 10**5000
odd: Any = pd.Series([1, 2], index=["a", "a"])  # an argument of the wrong type for every function


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: after_working_days(odd, 2), "start must be a date"),
        (lambda: after_working_days(DAY, odd), "days must be a whole number"),
        (lambda: after_working_days(DAY, 10**9), "days must be a whole number, 0 to 10000"),
        (lambda: after_working_days(date(9999, 12, 1), 90), "must be before the year 10000"),
        (lambda: after_working_days(DAY, 2, "CN"), "closed must be a container of days"),  # type: ignore[arg-type]
        (lambda: holidays_of(odd), "calendar must be the two-letter code"),
        (lambda: load_rules(odd), "rules must be"),
        (lambda: choose_rules(None, created=odd), "created must be a date"),
        (lambda: choose_rules(None, created=DAY, buyer_country=odd), "buyer_country must be"),
        (lambda: Money(Decimal("sNaN"), "USD"), "an amount must be below 100000000000000000000"),
        (lambda: Money(odd, "USD"), "amount must be a Decimal"),
        (lambda: Money(Decimal(1), odd), "currency must be an ISO 4217 code"),
        (lambda: Money.of(HUGE, "USD"), "an amount must be an exact decimal number"),
        (lambda: paying_fee(DOLLARS, odd, on=DAY, rules="current"), "method must be text"),
        (lambda: paying_fee(DOLLARS, "card", on=odd, rules="current"), "on must be a date"),
        (lambda: paying_costs(odd, on=DAY, rules="current"), "payments must be a list of amounts"),
        (lambda: paying_costs([DOLLARS], on=DAY, rules="current", given=odd), "given must be a mapping"),
        (
            lambda: paying_costs([DOLLARS], on=DAY, rules="current", given={"card": odd}),
            "the fee given for 'card' must be an aql.assurance.Money",
        ),
        (lambda: fee_crossover(odd, "tt", on=DAY, rules="current"), "method must be text"),
        (lambda: largest_payment("card", on=odd, rules="current"), "on must be a date"),
        (lambda: settle(odd, "upheld"), "claim must be an aql.ClaimAssessment"),
        (lambda: worth_opening(odd, verdict(), fee="300"), "claim must be an aql.ClaimAssessment"),
        (lambda: worth_opening(assessed(), odd, fee="300"), "verdict must be an aql.Verdict"),
        (lambda: worth_curve(odd), "worth must be an aql.assurance.Worth"),
        (lambda: claim_draft(assessed(), answer_by=odd), "answer_by must be a date"),
        (lambda: aql.assess_claim(agreed(), as_of=odd), "as_of must be a date"),
        (lambda: aql.assess_claim(agreed(), [HUGE], as_of=DAY), "verdict must be an aql.Verdict, got an int"),  # type: ignore[list-item]
        (lambda: aql.assess_claim(agreed(), as_of=DAY, timezone=HUGE), "timezone must be an IANA name"),  # type: ignore[arg-type]
        (lambda: aql.assess_claim(agreed(), as_of=DAY, timezone=odd), "timezone must be an IANA name"),
        (lambda: aql.assess_claim(agreed(), as_of=DAY, calendar=odd), "calendar must be"),
        (lambda: aql.assess_claim(agreed(), as_of=DAY, events=np.array(5)), "events must be a list"),
        (lambda: aql.Contract.load({}, limits=odd), "limits must be an InputLimits"),
        (lambda: aql.Inspection.load({}, findings=[], limits=odd), "limits must be an InputLimits"),
        (lambda: aql.lookup(HUGE, aql=2.5), "lot_size must be a whole number, 1 to 2**53"),
        (lambda: aql.skip_lot(aql.SinglePlan(80, 5), f=0.5, i=HUGE), "i must be a whole number, 1 to 2**53"),
        (lambda: ClaimFacts.load({"schema": np.array([1, 2])}), "schema"),
        (lambda: aql.compare([aql.SinglePlan(80, 5)], names=["\ud800"]), "names must be text"),
    ],
    ids=map(str, count()),
)
def test_arguments(call: Callable[[], object], said: str) -> None:
    with pytest.raises(aql.AqlError) as caught:
        call()
    assert said in str(caught.value)


def test_two_numbers_of_any_sort_are_a_prior() -> None:
    found = worth_opening(assessed(), verdict(), fee="300", refund="5000", prior=odd)
    assert found.prior == (1.0, 2.0)
    assert "prior beta(1, 2)" in found.explain()


# Recordings of a desk --------------------------------------------------------------------------------------------


def test_odd_cells_of_an_event(tmp_path: Path) -> None:
    with aql.Desk.open(agreed(), recordings.header(), tmp_path / "L1.jsonl") as desk:
        for name in ("term", "class_", "value", "unit", "note", "photo", "carton", "sku"):
            for value in (odd, np.array([]), pd.DataFrame({"a": [1]}), HUGE):
                event: dict[str, Any] = {"item": 1, "term": "battery-capacity", name: value}
                with pytest.raises(aql.AqlError):
                    desk.record(**event)
        assert desk.state.events == 0


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"qualities": 5}, "qualities must be a mapping of lines to numbers"),
        ({"qualities": {5: 0.1}}, "qualities must name lines"),
        ({"qualities": {"major": "a"}}, "the quality of major must be from 0 to 1"),
        ({"clock": 5}, "clock must be a function"),
        ({"limits": 5}, "limits must be an InputLimits"),
    ],
)
def test_odd_arguments_of_a_recording(how: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(aql.AqlError, match=said):
        aql.Desk.open(agreed(), recordings.header(), tmp_path / "L1.jsonl", **how)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("record", [5, [], {"item": [1]}, {"item": -1}, {"item": 10**400}, {"item": True}])
def test_odd_events_in_a_file(record: object, tmp_path: Path) -> None:
    first, *_ = recordings.recorded().splitlines()
    event = json.dumps({"at": "2026-06-01T10:00:00", "record": record})
    (tmp_path / "L1.jsonl").write_bytes(first + b"\n" + event.encode() + b"\n")
    with pytest.raises(aql.AqlError, match=r"line 2 of .* must be an event of this recording"):
        aql.Desk.open(agreed(), None, tmp_path / "L1.jsonl")


def test_a_recording_of_many_events_is_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aql.desk.events._MOST", 5)
    first, *_ = recordings.recorded().splitlines()
    event = b'{"at":"2026-06-01T10:00:00","record":{"item":1}}'
    (tmp_path / "L1.jsonl").write_bytes(b"\n".join([first, *[event] * 6, b""]))
    with pytest.raises(aql.AqlError, match="must have at most 5 events, got 6"):
        aql.Desk.open(agreed(), None, tmp_path / "L1.jsonl")


def test_times_without_a_zone_are_compared_with_others(tmp_path: Path) -> None:
    first, *_ = recordings.recorded().splitlines()
    event = b'{"at":"2026-06-01T10:00:00","record":{"item":1}}'
    (tmp_path / "L1.jsonl").write_bytes(first + b"\n" + event + b"\n")
    with aql.Desk.open(agreed(), None, tmp_path / "L1.jsonl") as desk:
        assert desk.record(item=2).events == 2


# Streams ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ({"state": ["{}"]}, "there is no column line"),
        ({"line": ["a"], "state": [Decimal("sNaN")]}, "states"),
        ({"line": [{}], "state": ["{}"]}, "a stream must be text or a whole number"),
        ({"line": [[1]], "state": ["{}"]}, "a stream must be text or a whole number"),
    ],
)
def test_odd_states_before_the_lots(states: dict[str, Any], said: str) -> None:
    frame = pd.DataFrame(states).astype(object)
    with pytest.raises(aql.AqlError, match=said):
        aql.run_streams(pd.DataFrame(streams.LOTS), streams.scheme(), states=frame, **streams.COLUMNS)


@pytest.mark.parametrize("name", ["stream", "order", "found", "size", "key", "steady", "resume"])
def test_odd_names_of_columns(name: str) -> None:
    with pytest.raises(aql.AqlError, match=r"must be a column|key requires"):
        aql.run_streams(pd.DataFrame(streams.LOTS), streams.scheme(), **{**streams.COLUMNS, name: odd})


@pytest.mark.parametrize(
    "states", [{"state": ["{}"]}, {"line": ["a"]}, {"line": [{}], "state": ["{}"]}], ids=str
)
def test_odd_states_to_keep(states: dict[str, Any]) -> None:
    done = aql.run_streams(pd.DataFrame(streams.LOTS), streams.scheme(), **streams.COLUMNS)
    with pytest.raises(aql.AqlError, match="states must"):
        aql.stream_states(done, stream="line", states=pd.DataFrame(states).astype(object))


@pytest.mark.parametrize(
    "change",
    [{"accepted_in_a_row": -30}, {"rejected_on_tightened": 7}, {"rejected_ago": [9]}, {"samples": [[-1, 5]]}],
    ids=str,
)
def test_a_stored_state_with_counters_that_its_rules_do_not_allow(change: dict[str, Any]) -> None:
    stored = streams.scheme().run([0, 7, 6, 1]).state.to_dict()
    with pytest.raises(aql.AqlError, match=f"{next(iter(change))}: must be"):
        State.from_dict(stored | change)


def test_a_series_of_very_many_lots_is_sent_to_run_streams() -> None:
    with pytest.raises(aql.AqlError, match=r"at most 50000 .* use aql\.run_streams"):
        streams.scheme().run(iter(int, 1))


def test_text_of_two_types_of_pyarrow_is_joined() -> None:
    import pyarrow as pa

    lots = pa.table({"lot": pa.array(["A"], pa.large_string()), "size": [1200], "inspected": [80]})
    findings = pa.table({"lot": pa.array(["A"], pa.string()), "item": [3], "class": ["major"]})
    contract = aql.Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    for one, other in (
        (lots, findings),
        (lots.cast(pa.schema([("lot", pa.string()), *list(lots.schema)[1:]])), findings),
    ):
        scores = aql.score_lots(other, one, contract)
        assert scores.lots.column("decision").to_pylist() == ["accept"]


# Drawings and reports --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"sku": "OTHER"}, {"piece": 0}, {"piece": 10**9}, {"number": 7}])
def test_a_stored_drawing_of_items_that_the_lot_does_not_have(change: dict[str, Any]) -> None:
    stored = drawing().to_dict()
    items: Any = stored["items"]
    stored["items"] = [items[0] | change, *items[1:]]
    with pytest.raises(aql.AqlError, match="item 1 must be in the lot"):
        aql.Drawing.from_dict(stored)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"quantity": 0}, "quantity must be a whole number, 1 or more, got 0"),
        ({"sample": 3001}, "sample must be a whole number, 0 to 3000, got 3001"),
        ({"limiting": -1}, "limiting must be a whole number, 0 to 3000, got -1"),
        ({"own_sample": 3001}, "own_sample must be a whole number, 0 to 3000, got 3001"),
        ({"own_limiting": 3001}, "own_limiting must be a whole number, 0 to 3000, got 3001"),
    ],
)
def test_a_stored_drawing_with_protection_of_more_than_there_is(change: dict[str, int], said: str) -> None:
    stored = drawing().to_dict()
    protection: Any = stored["protection"]
    stored["protection"] = [protection[0] | change, *protection[1:]]
    with pytest.raises(aql.AqlError, match=said):
        aql.Drawing.from_dict(stored)


def test_a_report_of_very_large_numbers(tmp_path: Path) -> None:
    found = aql.Verdict.from_dict(small_verdict() | {"ordered": 2**53})
    page = aql.write_report(found, tmp_path / "report.html", language="zh")
    assert "9,007,199,254,740,992" in page.read_text("utf-8")


@pytest.mark.parametrize("number", [2**53 + 1, 10**40, int("1" * 400)])
def test_a_count_is_at_most_that_of_the_largest_lot(number: int) -> None:
    order = {"id": "PO-1", "quantity": number}
    classes = [{"name": "major", "aql": 2.5}]
    lot = {"id": "L1", "size": 3000}
    for read in (
        lambda: aql.Verdict.from_dict(small_verdict() | {"ordered": number}),
        lambda: aql.Contract.load({"order": order, "classes": classes}),
        lambda: aql.Inspection.load({"contract": "PO-1", "lot": lot | {"size": number}}, findings=[]),
        lambda: aql.Inspection.load({"contract": "PO-1", "lot": lot | {"packed": number}}, findings=[]),
    ):
        with pytest.raises(aql.AqlError, match=r"must be at most 2\*\*53|must have at most 60 digits"):
            read()


def by_hand(n: int) -> aql.Contract:
    classes = [{"name": "major", "plan": {"n": n, "ac": 1}}]
    return aql.Contract.load({"order": {"id": "PO-1"}, "classes": classes})


def test_a_drawing_of_very_many_items_is_refused_before_it_is_drawn() -> None:
    lot = {"id": "L1", "size": 2**53}
    with pytest.raises(aql.AqlError, match="a drawing must have at most 100000 items, got 2000000"):
        aql.draw(by_hand(2_000_000), lot, seed=1)


def test_replacements_are_bounded_by_the_size_of_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aql.scoring.drawing._MOST_REPLACED", 250)
    found = aql.draw(by_hand(100), {"id": "L1", "size": 3000}, seed=1)
    for number in (1, 2):
        found = found.replace(number, reason="wet")
    with pytest.raises(aql.AqlError, match="at most 2 items of a sample of 100 can be replaced"):
        found.replace(3, reason="wet")


def test_very_many_facts_of_a_claim_are_refused() -> None:
    complaints = [{"kind": "quality", "term": "scratch", "found": "a scratch"}] * 10_001
    with pytest.raises(aql.AqlError, match="complaints must be at most 10000, got 10001"):
        aql.assess_claim(agreed(), complaints=complaints, as_of=date(2026, 12, 20))


# Schemes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["reduced_score", "tightened_window", "normal_accepted", "reduced_lots"])
def test_the_numbers_of_switching_rules_are_bounded(name: str) -> None:
    rules = streams.scheme().rules
    assert getattr(rules.agreed(**{name: 10_000}), name) == 10_000
    with pytest.raises(aql.AqlError, match=f"{name} must be a whole number, 1 to 10000, got 10001"):
        rules.agreed(**{name: 10_001})


def test_a_chain_that_would_take_minutes_to_explore_is_refused() -> None:
    rules = streams.scheme().rules.agreed(tightened_rejected=4, tightened_window=1000)
    with pytest.raises(
        aql.AqlError, match="the chain must have at most 100000 states without the limit numbers"
    ):
        replace(streams.scheme(), rules=rules).pa(0.02)


def test_a_wide_gap_on_reduced_inspection_takes_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    matters = lot_outcomes.outcome_that_matters

    def counted(*given: Any) -> Any:
        asked.append(1)
        return matters(*given)

    monkeypatch.setattr(lot_outcomes, "outcome_that_matters", counted)
    plan = aql.SinglePlan(80, 1, 2_000_000_000)
    force = lot_outcomes.PlanInForce("reduced", plan, plan)
    found = lot_outcomes.kinds(streams.scheme().rules, force)
    assert [one.ranges for one in found] == [((0, 0, 1),), ((0, 2, 1_999_999_999),), ()]
    assert len(asked) == 2
    with pytest.raises(aql.AqlError, match="re must be 10000000 or less"):
        aql.Scheme.of(aql.SinglePlan(80, 1), aql.SinglePlan(80, 0), plan).pa(0.02)


def test_limit_numbers_and_very_many_counts() -> None:
    plan = aql.SinglePlan(200_000, 150_000)
    force = lot_outcomes.PlanInForce("normal", plan, plan, limits="mil_std_105e")
    rules = aql.Scheme.lookup(letter="J", aql=1.0, standard="MIL-STD-105E").rules
    with pytest.raises(
        aql.AqlError, match="ac must be below 100000 under rules with limit numbers, got 150000"
    ):
        lot_outcomes.kinds(rules, force)


def test_a_stored_score_is_at_most_that_of_a_series_of_lots() -> None:
    stored = json.loads(streams.scheme().start().to_json())
    assert State.from_dict(stored | {"switching_score": 10**9}).switching_score == 10**9
    with pytest.raises(
        aql.AqlError, match="switching_score: must be a whole number, 0 to 1000000000, got 1000000001"
    ):
        State.from_dict(stored | {"switching_score": 10**9 + 1})
