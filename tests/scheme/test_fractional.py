"""Fractional acceptance numbers: the chain plan of a constant plan, the acceptance score, and bad input."""

from typing import Any

import pytest

from aql import DomainError, SinglePlan
from aql.scheme import FractionalScheme, LotRecord
from aql.scheme.rules import switching_rules

NEVER = switching_rules("ISO 2859-1:1999").agreed(
    tightened_rejected=50, tightened_window=50, reduced_score=10_000
)


@pytest.mark.parametrize(("aql_", "k"), [("1.0", 2), ("1.5", 1)])
@pytest.mark.parametrize("p", [0.01, 0.05])
def test_a_constant_plan_is_the_chain_plan_of_dodge(aql_: str, k: int, p: float) -> None:
    """ChSP-1: Pa = P0 + P1 P0^i, with i = k; through the steps, on the clean lots that they count."""
    scheme = FractionalScheme.lookup(letter="F", aql=aql_, rules=NEVER)
    n = 20
    chances = [(1 - p) ** n, n * p * (1 - p) ** (n - 1)]
    chances.append(1 - sum(chances))
    weights: dict[int, float] = {0: 1.0}
    accepted = 0.0
    for _ in range(60):
        after: dict[int, float] = {}
        accepted = 0.0
        for clean, weight in weights.items():
            for found, chance in enumerate(chances):
                state = scheme.run([0] * clean).state
                done = scheme.step(state, found)
                accepted += weight * chance * (done.decision == "accept")
                now = done.state.clean_lots
                after[now] = after.get(now, 0.0) + weight * chance
        weights = after
    assert accepted == pytest.approx(chances[0] + chances[1] * chances[0] ** k, rel=1e-12)


def test_too_few_lots_before_do_not_accept_one() -> None:
    fifth = FractionalScheme.lookup(letter="G", aql="0.65")
    reduced = fifth.run([0] * 15).state
    assert reduced.severity == "reduced"
    assert fifth.run([0, 0, 0, 1], state=reduced).decisions[-1] == "reject", "1/5 needs four"
    assert fifth.run([0, 0, 0, 0, 1], state=reduced).decisions[-1] == "accept"
    assert fifth.run([0, 0, 2]).decisions[-1] == "reject"


def test_the_acceptance_score_of_a_varying_plan() -> None:
    half = FractionalScheme.lookup(letter="F", aql="1.5", varying=True)
    assert half.run([1]).decisions == ("reject",), "5 is not enough"
    assert half.run([0, 1]).decisions == ("accept", "accept"), "5 + 5 is 10"
    assert half.run([0, 1, 1]).decisions[-1] == "reject", "set back after an item was found"
    assert half.run([0, 1]).state.acceptance_score == 0
    assert half.run([0]).state.acceptance_score == 5
    assert half.run([0] * 15).state.acceptance_score == 0, "0 at the start of reduced inspection"
    sizes = FractionalScheme.lookup(150, aql="1.5", varying=True)  # F: 20 items, Ac 1/2
    lots = [
        LotRecord(found=0, lot_size=90),
        LotRecord(found=0, lot_size=150),
        LotRecord(found=1, lot_size=400),
    ]
    assert [step.plan for step in sizes.run(lots)][1:] == [SinglePlan(20, 0), SinglePlan(50, 2)]


def test_whole_numbers_and_resubmitted_lots() -> None:
    whole = FractionalScheme.lookup(letter="J", aql="1.5")
    assert whole.run([3, 2]).scores == (0, 3)
    third = FractionalScheme.lookup(letter="F", aql="1.0")
    one = third.run([0]).state
    assert third.step(one, 1, resubmitted=True).state == one
    stopped = third.run([5] * 7).state
    assert third.resume(stopped).severity == "tightened"
    assert third.start().clean_lots == 0


def test_it_says_that_it_is_unverified_and_comes_back_from_json() -> None:
    scheme = FractionalScheme.lookup(letter="F", aql="1.0", varying=True)
    assert scheme.unverified[:2] == ("fractional plans", "fractional rules")
    assert repr(scheme).endswith("varying plan, unverified>")
    assert FractionalScheme.from_json(scheme.to_json()) == scheme


@pytest.mark.parametrize(
    ("scheme", "how", "message"),
    [
        (
            FractionalScheme.lookup(150, aql="1.5"),
            {"lot_size": 400},
            "the plan must be the same for every lot",
        ),
        (
            FractionalScheme.lookup(letter="F", aql="1.5"),
            {"lot_size": 400},
            "lot_size requires a scheme with an",
        ),
        (
            FractionalScheme.lookup(150, aql="1.5"),
            {"plan": SinglePlan(5, 0)},
            "a fractional scheme looks up its plans",
        ),
    ],
)
def test_bad_input(scheme: FractionalScheme, how: dict[str, Any], message: str) -> None:
    with pytest.raises(DomainError, match=message):
        scheme.step(scheme.start(), 0, **how)
