"""The switching rules, lot by lot: printed sequences, each rule at its edge, and what a state says."""

from typing import Any

import pytest

import aql
from aql import DomainError, MultiplePlan, Scheme, SinglePlan
from aql.scheme import LotRecord, Outcome, State, switching_rules
from aql.scheme.step import resumed, step

ISO = Scheme.lookup(letter="D", aql=4.0)  # Ac 1 on normal, 1 on tightened, 1 on reduced
F = Scheme.lookup(letter="F", aql=2.5, standard="MIL-STD-105E")  # 20/1/2, 32/1/2, 8/0/2
COUNTS = {"A": 0, "R": 3}


def severities(scheme: Scheme, lots: str) -> str:
    history = scheme.run([COUNTS[lot] for lot in lots])
    return "".join(severity[0].upper() for severity in history.severities)


@pytest.mark.parametrize(
    ("lots", "expected"),
    [
        ("RAAARA", "NNNNNT"),
        ("RAAAARA", "NNNNNNN"),
        ("RRA", "NNT"),
        ("RRAAAAAA", "NNTTTTTN"),
        ("RRAAAARAAAAAA", "NNTTTTTTTTTTN"),
        ("RRAAAAARAAA", "NNTTTTTNNNN"),
        ("RRRARARARAR", "NNTTTTTTTTT"),
        ("A" * 20, "N" * 15 + "R" * 5),
        ("A" * 15 + "RAA", "N" * 15 + "RNN"),
    ],
)
def test_severities_agree_with_sequences_computed_elsewhere(lots: str, expected: str) -> None:
    assert severities(ISO, lots) == expected


def test_the_score_of_a_plan_with_a_small_acceptance_number() -> None:
    assert ISO.run([0, 0, 0, 3, 0]).scores == (2, 4, 6, 0, 2)


def test_the_score_of_a_larger_acceptance_number_asks_for_the_tighter_aql() -> None:
    scheme = Scheme.lookup(1200, aql=2.5)  # Ac 5; one step tighter 3
    assert scheme.run([3, 4, 3, 6]).scores == (3, 0, 3, 0)
    assert scheme.run([0] * 10).next_severity == "reduced"
    assert scheme.run([0] * 9).next_severity == "normal"


def test_a_fifth_rejection_on_tightened_discontinues_and_acceptances_do_not_reset_it() -> None:
    stopped = ISO.run([COUNTS[lot] for lot in "RRRARARARAR"])
    assert stopped.state.discontinued
    assert stopped.next_severity is None
    with pytest.raises(DomainError, match=r"^inspection is discontinued. Resume it after corrective action"):
        ISO.step(stopped.state, 0)
    again = ISO.resume(stopped.state)
    assert (again.severity, again.rejected_on_tightened, again.discontinued) == ("tightened", 0, False)
    with pytest.raises(DomainError, match="must be discontinued to be resumed, got a series on normal"):
        ISO.resume(ISO.start())


def test_leaving_tightened_starts_its_count_of_rejections_afresh() -> None:
    lots = "RR" + "RRRR" + "AAAAA" + "RR" + "RRRR"
    history = ISO.run([COUNTS[lot] for lot in lots])
    assert history.state.rejected_on_tightened == 4
    assert not history.state.discontinued


def test_the_older_rule_discontinues_after_ten_lots_on_tightened() -> None:
    history = F.run([COUNTS[lot] for lot in "RR" + "AAAAR" * 2])
    assert history.state.discontinued
    assert severities(F, "RR" + "AAAARAAAAA" + "A").endswith("TN"), "five in a row end it at the tenth lot"


def test_reduced_needs_steady_production_and_the_authority() -> None:
    every: list[dict[str, Any]] = [{"steady": False}, {"authority": False}]
    for agreed in every:
        lots = [LotRecord(found=0)] * 14 + [LotRecord(found=0, **agreed), LotRecord(found=0)]
        history = ISO.run(lots)
        assert history.severities[-1] == "normal"
        assert history.scores[-2:] == (30, 32)
        assert history.next_severity == "reduced", "the score is still reached at the next lot"


@pytest.mark.parametrize("agreed", [{"steady": False}, {"authority": False}])
def test_reduced_ends_with_irregular_production_or_without_permission(agreed: dict[str, Any]) -> None:
    reduced = ISO.run([0] * 15).state
    after = ISO.step(reduced, 0, **agreed).state
    assert (after.severity, after.switching_score) == ("normal", 0)
    assert after.cause == {"steady": "unsteady", "authority": "authority"}[next(iter(agreed))]


def test_the_window_after_reduced_is_fresh_unless_agreed_otherwise() -> None:
    assert severities(ISO, "A" * 15 + "RRA") == "N" * 15 + "RNN"
    counted = Scheme.lookup(letter="D", aql=4.0, rules=ISO.rules.agreed(fresh_window=False))
    assert severities(counted, "A" * 15 + "RRA") == "N" * 15 + "RNT"


def test_a_resubmitted_lot_is_decided_on_and_does_not_count() -> None:
    one = ISO.run([3]).state
    done = ISO.step(one, 3, resubmitted=True)
    assert (done.decision, done.state, done.score) == ("reject", one, 0)
    assert "does not count" in done.reason


def test_limit_numbers_count_the_last_ten_lots() -> None:
    """F at AQL 2.5: ten samples of 20 items, limit number 2."""
    assert severities(F, "A" * 11) == "N" * 10 + "R"
    assert F.run([1, 1] + [0] * 8).next_severity == "reduced"
    assert F.run([1, 1, 1] + [0] * 7).next_severity == "normal"
    assert F.run([1, 1, 1] + [0] * 8).next_severity == "reduced"
    assert F.run([0] * 9 + [2]).next_severity == "normal"


def test_limit_numbers_can_be_waived() -> None:
    free = Scheme.lookup(letter="F", aql=2.5, standard="ANSI/ASQ Z1.4", limit_numbers=False)
    assert free.run([1] * 10).next_severity == "reduced"
    assert free.run([1] * 9).next_severity == "normal"


def test_more_than_ten_lots_where_the_table_has_a_star() -> None:
    small = Scheme.lookup(
        letter="C", aql=2.5, standard="MIL-STD-105E"
    )  # letter E: 13 items; 130 are ten lots
    n = small.normal.plan.total
    lots = -(-130 // n)
    assert small.run([0] * max(lots, 10)).next_severity == "reduced"
    tiny = Scheme.lookup(letter="F", aql=0.65, standard="MIL-STD-105E")  # 20 items: 200 have a star
    assert tiny.run([0] * 10).next_severity == "normal"
    assert tiny.run([0] * 40).severities.count("reduced") > 0


def test_a_count_in_the_gap_accepts_and_ends_reduced_inspection() -> None:
    reduced = F.run([0] * 10).state
    done = F.step(reduced, 1)
    assert (done.decision, done.state.severity, done.state.cause) == ("accept", "normal", "gap")
    assert F.step(reduced, 0).state.severity == "reduced"
    assert F.step(reduced, 2).decision == "reject"


def test_staged_plans_score_by_the_stage_that_accepts() -> None:
    double = Scheme.lookup(letter="J", aql=2.5, sampling="double")
    assert double.run([(1,), (3, 4), (0,)]).scores == (3, 0, 3)
    multiple = Scheme.lookup(letter="J", aql=2.5, sampling="multiple")
    plan = multiple.normal.plan
    assert isinstance(plan, MultiplePlan)
    assert multiple.rules.unverified == ("score_double_stages", "score_multiple_stages", "fresh_window")
    third = [next(ac for ac in plan.ac[2:] if ac is not None)] * 3
    assert multiple.run([tuple(third)]).scores == (3,)
    agreed = Scheme.lookup(
        letter="J", aql=2.5, sampling="multiple", rules=multiple.rules.agreed(score_multiple_stages=2)
    )
    assert agreed.run([tuple(third)]).scores == (0,)


def test_the_lot_size_may_change_from_lot_to_lot() -> None:
    scheme = Scheme.lookup(1200, aql=2.5)
    history = scheme.run(
        [LotRecord(found=3, lot_size=300), LotRecord(found=3, lot_size=1200), LotRecord(found=0, lot_size=40)]
    )
    assert [step.plan for step in history] == [SinglePlan(50, 3), SinglePlan(80, 5), SinglePlan(5, 0)]
    assert history.scores == (0, 3, 5)


def test_a_plan_made_by_hand_takes_the_tighter_number_given() -> None:
    scheme = Scheme.of(SinglePlan(60, 4), SinglePlan(60, 3), SinglePlan(25, 2), tighter_ac=2)
    assert scheme.run([2, 3]).scores == (3, 0)
    hand = SinglePlan(100, 3)
    assert scheme.step(scheme.start(), 2, plan=hand, tighter_ac=2).score == 3
    with pytest.raises(DomainError, match="tighter_ac is required to score a plan with Ac 3"):
        scheme.step(scheme.start(), 2, plan=hand)
    with pytest.raises(DomainError, match="tighter_ac is required to score a normal plan with Ac 4"):
        Scheme.of(SinglePlan(60, 4), SinglePlan(60, 3), SinglePlan(25, 2))


def test_a_state_says_why_and_what_comes_next() -> None:
    def said(lots: str, scheme: Scheme = ISO) -> str:
        return str(scheme.run([COUNTS[lot] for lot in lots]).state)

    assert said("") == (
        "Normal inspection is in force because inspection starts on normal. Tightened inspection follows once 2 of 5 or "
        "fewer consecutive lots were not accepted. The switching score is 0; at 30, with steady production and the "
        "authority's consent, reduced inspection follows."
    )
    assert "If one of the next 4 lots is not accepted, tightened inspection follows." in said("R")
    assert "If the next lot is not accepted" in said("RAAA")
    assert "Two more accepted lots and normal inspection resumes." in said("RRAAA")
    assert "discontinued if 5 more lots are not accepted before that" in said("RR")
    assert "discontinued because 5 lots were not accepted on tightened" in said("RRRRRRR")
    assert "the switching score reached 30. Normal inspection resumes as soon as" in said("A" * 15)
    assert "because a lot was not accepted on reduced inspection" in said("A" * 15 + "R")
    assert "10 more accepted lots and reduced inspection follows if the total found" in said("", F)
    assert "a count lies between Ac and Re" in said("A" * 10, F)
    assert "discontinued if 10 more lots remain on it" in said("RR", F)
    assert "resumed after corrective action" in str(ISO.resume(ISO.run([3] * 7).state))
    never = Scheme.lookup(letter="D", aql=4.0, rules=ISO.rules.agreed(discontinue_after=0))
    assert said("RR", never).endswith("Five more accepted lots and normal inspection resumes.")


def test_values_are_frozen_hashable_and_come_back_from_json() -> None:
    state = ISO.run([0, 3, 0]).state
    assert State.from_json(state.to_json()) == state
    assert hash(State.from_json(state.to_json())) == hash(state)
    assert Scheme.from_json(ISO.to_json()) == ISO
    assert hash(ISO) == hash(Scheme.from_dict(ISO.to_dict()))
    hand = Scheme.of(SinglePlan(60, 1), SinglePlan(60, 0), SinglePlan(25, 0))
    assert Scheme.from_json(hand.to_json()) == hand
    assert repr(state) == "<State normal, score 2, not accepted lots ago 2>"


def test_the_rules_step_on_outcomes_alone() -> None:
    state = State(switching_rules("ISO 2859-1:1999"))
    for _ in range(2):
        state = step(state, Outcome(accepted=False))
    assert state.severity == "tightened"
    with pytest.raises(DomainError, match="must be discontinued"):
        resumed(state)


def test_schemes_show_themselves() -> None:
    history = ISO.run([0, 3, 3, 0], stream="ACME")
    for value in (ISO, history, history.state):
        assert "aql" in value._repr_html_()
    assert "Lot 3: Rejected; tightened inspection follows because 2 of 5" in str(history)
    assert repr(history) == "<History ACME: 4 lots, 2 rejected, next tightened>"
    assert "Not confirmed by a public text" in str(ISO)
    assert "within the limit number" in str(F)
    assert len(list(history)) == len(history) == 4
    assert repr(ISO.rules).startswith("<Rules ISO 2859-1:1999, unverified: score_double_stages")
    waiting = Scheme.lookup(letter="D", aql=4.0, rules=ISO.rules.agreed(tightened_rejected=3))
    assert "Tightened inspection follows once 3 of 5" in str(waiting.run([3]).state)
    due = ISO.step(ISO.run([0] * 14).state, 0, steady=False)
    assert "The score is reached; with steady production" in str(due.state)
    assert due.reason == "Accepted; normal inspection continues."
    stopped = F.run([3] * 12)
    assert "discontinued because 10 lots remained on tightened inspection" in stopped.steps[-1].reason
    sure = ISO.rules.agreed(score_double_stages=1, score_multiple_stages=3, fresh_window=True)
    assert "Not confirmed" not in str(Scheme.lookup(letter="D", aql=4.0, rules=sure))
    assert "tightened" in repr(history.steps[-1])
    assert history.to_frame()["next"].tolist() == ["normal", "normal", "tightened", "tightened"]


def test_editions_without_checked_rules_and_aql_0_do_not_switch() -> None:
    with pytest.raises(DomainError, match="switching rules of ISO 2859-1:2026 have not been checked"):
        Scheme.lookup(letter="D", aql=4.0, standard="ISO 2859-1:2026")
    with pytest.raises(DomainError, match="AQL 0 never switches"):
        Scheme.lookup(1200, aql=0)
    with pytest.raises(DomainError, match="a lot of one item never switches"):
        Scheme.lookup(1, aql=2.5)
    assert Scheme.lookup(1200, aql=2.5).run([LotRecord(found=0, lot_size=1)]).scores == (2,)
    with pytest.raises(DomainError, match="has no limit numbers"):
        Scheme.lookup(1200, aql=2.5, limit_numbers=True)
    assert aql.Scheme is Scheme


def test_a_frame_has_the_numbers_of_the_stage_that_decided() -> None:
    plan = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    frame = Scheme.of(plan, plan, plan).run([2, (3, 6), 5, (4, 7)]).to_frame()
    assert frame[["n", "ac", "re", "found"]].to_numpy().tolist() == [
        [50, 2, 5, 2],
        [100, 6, 7, 6],
        [50, 2, 5, 5],
        [100, 6, 7, 7],
    ]
    assert frame["next"].tolist() == ["normal", "normal", "normal", "tightened"]
