"""A lot that does not fit is named, with its series, before anything is returned."""

from datetime import date
from typing import Any

import pytest

import aql
from aql import DomainError, Scheme, SinglePlan
from aql.scheme import FractionalScheme, LotRecord, State, switching_rules

SINGLE = Scheme.lookup(1200, aql=2.5)
FRACTIONAL = FractionalScheme.lookup(letter="F", aql="1.5")
DOUBLE = Scheme.lookup(1200, aql=2.5, sampling="double")
REDUCED = aql.lookup(1200, aql=2.5, severity="reduced")
OTHER = aql.lookup(1200, aql=2.5, standard="MIL-STD-105E")


@pytest.mark.parametrize(
    ("scheme", "lots", "message"),
    [
        (SINGLE, [0, 81], "ACME, lot 2: found must be a whole number, 0 to 80, got 81"),
        (SINGLE, [-1], "ACME, lot 1: found must be a whole number, 0 to 80, got -1"),
        (SINGLE, [0, None], "ACME, lot 2: found must be the number found in the sample, got None"),
        (SINGLE, [2.5], "ACME, lot 1: found must be a whole number"),
        (SINGLE, [True], "ACME, lot 1: found must be a whole number"),
        (SINGLE, [(1, 2)], "ACME, lot 1: found must have 1 to 1 count, got 2"),
        (DOUBLE, [()], "ACME, lot 1: found must have 1 to 2 counts, got 0"),
        (DOUBLE, [(0, 1)], "ACME, lot 1: found must end at stage 1, which decides, got 2 stages"),
        (DOUBLE, [3], "ACME, lot 1: found must reach a decision, got 3, with which the plan continues"),
        (DOUBLE, [(3, 2)], "ACME, lot 1: found at stage 2 must be a whole number, 3 to 53, got 2"),
        (DOUBLE, [(51,)], "ACME, lot 1: found at stage 1 must be a whole number, 0 to 50, got 51"),
        (
            SINGLE,
            [0, LotRecord(found=0, id="B", resume=True)],
            "ACME, lot B: inspection must be discontinued to be",
        ),
        (SINGLE, [6] * 8, "ACME, lot 8: inspection is discontinued"),
        (
            SINGLE,
            [LotRecord(found=0, severity="reduced")],
            "lot 1: severity must be normal, which is in force",
        ),
        (
            SINGLE,
            [LotRecord(found=0, plan=REDUCED)],
            "lot 1: plan must be of normal inspection, which is in force",
        ),
        (
            SINGLE,
            [LotRecord(found=0, plan=OTHER)],
            "lot 1: plan must be of ISO 2859-1:1999, the edition of this",
        ),
        (
            SINGLE,
            [LotRecord(found=0, order=date(2026, 5, 2)), LotRecord(found=0, id="X", order=date(2026, 5, 1))],
            "ACME, lot X: a lot must not come before the one above it, got 2026-05-01 after 2026-05-02",
        ),
        (
            SINGLE,
            [LotRecord(found=0, order=1), LotRecord(found=0, order="2")],
            "lot 2: a lot must not come before",
        ),
        (
            SINGLE,
            [LotRecord(found=0, id="A"), LotRecord(found=0, id="A")],
            "lot A: a lot must be listed once",
        ),
        (SINGLE, [LotRecord(found=0, steady=1)], "lot 1: steady must be True or False, got 1"),  # type: ignore[arg-type]
        (SINGLE, [LotRecord(found=0, resume="no")], "lot 1: resume must be True or False, got 'no'"),  # type: ignore[arg-type]
        (SINGLE, [LotRecord(found=0, severity="severe")], "lot 1: severity must be normal, which is in"),  # type: ignore[arg-type]
        (SINGLE, [LotRecord(found=0, plan="x")], "lot 1: plan must be a plan, such as SinglePlan"),  # type: ignore[arg-type]
        (SINGLE, [float("nan")], "ACME, lot 1: found must be a whole number, 0 to 80, got nan"),
        (DOUBLE, [(3, None)], "ACME, lot 1: found at stage 2 must be a whole number, 3 to 53, got None"),
        (DOUBLE, [(3, 4, 5)], "ACME, lot 1: found must have 1 to 2 counts, got 3"),
        (FRACTIONAL, [0, 21], "ACME, lot 2: found must be a whole number, 0 to 20, got 21"),
        (FRACTIONAL, [LotRecord(found=0, authority="yes")], "lot 1: authority must be True or False"),  # type: ignore[arg-type]
    ],
)
def test_a_lot_that_does_not_fit_is_named(
    scheme: Scheme | FractionalScheme, lots: list[Any], message: str
) -> None:
    with pytest.raises(DomainError) as caught:
        scheme.run(lots, stream="ACME")
    assert message in str(caught.value)
    assert caught.value.facts["stream"] == "ACME"
    assert "lot" in caught.value.to_dict()


def test_lots_of_one_day_may_follow_each_other_and_a_lot_may_have_no_day() -> None:
    def run(*orders: int | None) -> tuple[str, ...]:
        return SINGLE.run([LotRecord(found=0, order=order) for order in orders]).decisions

    assert run(1, 1, 2) == ("accept",) * 3
    assert run(2, None, 2) == ("accept",) * 3
    with pytest.raises(
        DomainError, match="lot 3: a lot must not come before the one above it, got 1 after 2"
    ):
        run(2, None, 1)


def test_a_series_has_one_edition() -> None:
    other = State(switching_rules("MIL-STD-105E"))
    message = "must have the rules of the scheme, ISO 2859-1:1999, got those of MIL"
    for work in (
        lambda: SINGLE.step(other, 0),
        lambda: SINGLE.run([0], state=other),
        lambda: SINGLE.transient(0.1, lots=3, state=other),
        lambda: SINGLE.lots_until("tightened", 0.1, start=other),
        lambda: FRACTIONAL.step(other, 0),
    ):
        with pytest.raises(DomainError, match=message):
            work()
    with pytest.raises(DomainError, match="ACME, the state must have the rules of the scheme"):
        SINGLE.run([0], state=other, stream="ACME")
    agreed = State(SINGLE.rules.agreed(discontinue_after=0))
    with pytest.raises(DomainError, match="got others of the same edition"):
        SINGLE.run([0], state=agreed)


def test_a_severity_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DomainError, match='severity of the state must be "normal", "tightened" or "reduced"'):
        SINGLE.step(State(SINGLE.rules, "severe"), 0)  # type: ignore[arg-type]


def test_the_name_of_a_lot_is_text() -> None:
    with pytest.raises(DomainError, match="ACME, id of lot 2 must be text, got 7"):
        SINGLE.run([0, LotRecord(found=0, id=7)], stream="ACME")  # type: ignore[arg-type]


def test_lots_must_be_a_sequence() -> None:
    for lots in (5, "012", {1: 0}, {0, 7}):
        with pytest.raises(DomainError, match="lots must be a sequence of counts"):
            SINGLE.run(lots)  # type: ignore[arg-type]


def test_a_series_that_stopped_goes_on_after_a_release() -> None:
    history = SINGLE.run([6] * 7 + [LotRecord(found=0, resume=True), 0, 0, 0, 0, 0])
    assert history.severities[7:] == ("tightened",) * 5 + ("normal",)
    assert history.steps[7].resumed
    assert SINGLE.run([], state=history.state).state == history.state


def test_a_run_in_two_parts_is_the_same_run() -> None:
    lots = [0, 6, 0, 6, 1, 0, 4, 0, 0, 0, 0, 0, 3, 3]
    whole, first = SINGLE.run(lots), SINGLE.run(lots[:6])
    rest = SINGLE.run(lots[6:], state=first.state)
    assert whole.severities == first.severities + rest.severities
    assert whole.state == rest.state


def test_nonconformities_may_exceed_the_sample() -> None:
    per_hundred = Scheme.lookup(30, aql=100)
    assert per_hundred.counting == "nonconformities"
    assert per_hundred.run([10_000]).decisions == ("reject",)


def test_a_scheme_that_cannot_follow_a_lot_size_says_so() -> None:
    by_letter = Scheme.lookup(letter="J", aql=2.5)
    with pytest.raises(DomainError, match="lot_size requires a scheme with an inspection level"):
        by_letter.step(by_letter.start(), 0, lot_size=500)
    hand = Scheme.of(SinglePlan(60, 1), SinglePlan(60, 0), SinglePlan(25, 0))
    assert hand.step(hand.start(), 1, lot_size=40).outcome.inspected == 40


def test_schemes_that_make_no_sense_are_refused() -> None:
    one = SinglePlan(60, 1)
    with pytest.raises(DomainError, match="only a reduced plan can have a gap"):
        Scheme.of(SinglePlan(60, 1, re=3), one, one)
    with pytest.raises(DomainError, match="plan must be a plan, such as SinglePlan"):
        Scheme.of(1, one, one)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="normal must be a lookup or a stated plan, got"):
        Scheme(SINGLE.rules, one, one, one)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="rules must be switching rules, got None"):
        Scheme(None, REDUCED, REDUCED, REDUCED)  # type: ignore[arg-type]
    with pytest.raises(
        DomainError, match="the plans must be of one edition, got ISO 2859-1:1999 and MIL-STD-105E"
    ):
        Scheme(SINGLE.rules, OTHER, SINGLE.tightened, SINGLE.reduced)
    with pytest.raises(DomainError, match="normal must be a lookup of that severity, got reduced"):
        Scheme(SINGLE.rules, REDUCED, REDUCED, REDUCED)
    with pytest.raises(DomainError, match="limits must be an AQL column under rules with limit numbers"):
        Scheme.of(one, one, one, rules=switching_rules("MIL-STD-105E"))
    hand = Scheme.of(one, one, one, rules=switching_rules("MIL-STD-105E"), limits="2")
    with pytest.raises(DomainError, match="aql must be a column of the limit numbers, got '2'"):
        hand.run([0] * 10)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"tightened_window": 1}, "tightened_window must be at least 2"),
        ({"normal_accepted": 0}, "normal_accepted must be a whole number, 1 to 10000, got 0"),
        ({"fresh_window": 1}, "fresh_window must be True or False"),
        (
            {"reduced_by": "scores"},
            'reduced_by must be "score" or "lots", got \'scores\'. Did you mean "score"?',
        ),
        ({"reduced_scores": 5}, 'Did you mean "reduced_score"?'),
        ({"reduced_by": "lots", "limit_numbers": True}, "limit_table must name the table"),
    ],
)
def test_settings_of_the_rules_are_checked(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(DomainError) as caught:
        SINGLE.rules.agreed(**settings)
    assert message in str(caught.value)
