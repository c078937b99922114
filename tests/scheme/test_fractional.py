"""Fractional acceptance numbers: the chain plan of a constant plan, the acceptance score, and bad input."""

import random
from dataclasses import replace
from typing import Any

import pytest

from aql import DomainError, Scheme, SinglePlan, compare
from aql.plans.plan import FractionalPlan
from aql.scheme import FractionalScheme, LotRecord, State
from aql.scheme.rules import switching_rules
from aql.types import Severity

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


@pytest.mark.parametrize(("aql_", "k"), [("1.0", 2), ("1.5", 1)])
def test_the_long_run_on_normal_alone_is_that_of_the_chain_plan(aql_: str, k: int) -> None:
    """ChSP-1, with a switch to tightened inspection that is as good as impossible."""
    rules = NEVER.agreed(tightened_rejected=6, tightened_window=6)
    scheme = FractionalScheme.lookup(letter="F", aql=aql_, rules=rules)
    for p in (1e-4, 5e-4):
        none, one = (1 - p) ** 20, 20 * p * (1 - p) ** 19
        assert scheme.pa(p, reduced=False) == pytest.approx(none + one * none**k, rel=1e-12)
        rejected = 1 - none - one + one * (1 - none**k)
        assert scheme.pr(p, reduced=False) == pytest.approx(rejected, rel=1e-10)
        assert scheme.shares(p, reduced=False)["normal"] == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("varying", [False, True])
def test_perfect_and_hopeless_lots(varying: bool) -> None:
    """All on reduced inspection, or all on tightened; a chance of exactly 0 leaves nothing unknown."""
    scheme = FractionalScheme.lookup(letter="G", aql=0.65, varying=varying)
    tight, reduced = (scheme.plans[one].plan.n for one in ("tightened", "reduced"))
    shares = scheme.shares([0.0, 1.0])
    assert [shares[one].tolist() for one in ("normal", "tightened", "reduced")] == [[0, 0], [0, 1], [1, 0]]
    assert scheme.shares(1.0) == {"normal": 0, "tightened": 1, "reduced": 0}
    assert scheme.asn([0.0, 1.0]).tolist() == pytest.approx([reduced, tight])
    assert scheme.asn(1.0) == pytest.approx(tight)
    assert (scheme.pa(1.0), scheme.pr(0.0)) == (0, 0)


@pytest.mark.parametrize("varying", [False, True])
@pytest.mark.parametrize("cell", [("G", "0.65"), ("F", "1.5")])
def test_the_long_run_agrees_with_simulation_through_the_steps(cell: tuple[str, str], varying: bool) -> None:
    rules = switching_rules("ISO 2859-1:1999").agreed(discontinue_after=0)
    scheme = FractionalScheme.lookup(letter=cell[0], aql=cell[1], varying=varying, rules=rules)
    draw, p, lots = random.Random(3), 0.012, 4000
    state, accepted, items = scheme.start(), 0, 0
    for _ in range(lots):
        n = on_lot_size(scheme, state.severity)
        done = scheme.step(state, sum(draw.random() < p for _ in range(n)))
        accepted, items, state = accepted + (done.decision == "accept"), items + n, done.state
    assert accepted / lots == pytest.approx(scheme.pa(p), abs=0.04)
    assert items / lots == pytest.approx(scheme.asn(p), rel=0.08)


def on_lot_size(scheme: FractionalScheme, severity: Severity) -> int:
    plan = scheme.plans[severity].plan
    return plan.n if isinstance(plan, FractionalPlan | SinglePlan) else plan.total


def test_a_fractional_scheme_with_whole_numbers_is_the_scheme_of_the_tables() -> None:
    whole, usual = FractionalScheme.lookup(letter="J", aql="1.5"), Scheme.lookup(letter="J", aql=1.5)
    assert [one.plan for one in whole.plans.values()] == [one.plan for one in usual.plans.values()]
    for reduced in (True, False):
        for name in ("pa", "pr", "asn"):
            for p in (0.0, 0.01, 0.04, 1.0):
                got, wanted = (getattr(one, name)(p, reduced=reduced) for one in (whole, usual))
                assert got == pytest.approx(wanted, rel=1e-12)


def test_a_fractional_scheme_is_asked_as_a_plan() -> None:
    scheme = FractionalScheme.lookup(150, aql="1.5")
    assert scheme.pa([0.0, 1.0]).tolist() == [1, 0]
    assert scheme.shares(0.0) == {"normal": 0, "tightened": 0, "reduced": 1}
    assert scheme.pa(scheme.quality_at(0.95)) == pytest.approx(0.95, rel=1e-12)
    assert scheme.crq() < 0.2
    assert scheme.asn(0.05, inspection="curtailed") < scheme.asn(0.05)
    for how in ({"model": "poisson"}, {"model": "hypergeometric", "lot_size": 150}):
        law: Any = how
        assert scheme.pa(0.02, **law) + scheme.pr(0.02, **law) == pytest.approx(1, rel=1e-12)
        assert sum(scheme.shares(0.02, **law).values()) == pytest.approx(1, rel=1e-12)
    assert compare([scheme], [0.02])["pa"][0] == scheme.pa([0.02])[0]


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


def test_one_item_is_accepted_from_an_acceptance_score_of_9_on() -> None:
    """As clause 13 is commonly described: a plan with 1/3 adds 3 before each lot, and from 9 on its acceptance number is 1."""
    scheme = FractionalScheme.lookup(letter="F", aql="1.0", varying=True)
    assert str(scheme.normal.plan.ac) == "1/3"
    assert [scheme.run([0] * clean + [1]).decisions[-1] for clean in range(4)] == [
        "reject",
        "reject",
        "accept",
        "accept",
    ]


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


def test_curtailed_samples_are_those_of_the_plans_that_accept_an_item_or_do_not() -> None:
    """Lot by lot through the steps, until the shares of the states are those of the long run."""
    rules = switching_rules("ISO 2859-1:1999").agreed(
        discontinue_after=0, reduced_score=4, tightened_window=2
    )
    scheme = FractionalScheme.lookup(letter="D", aql="2.5", rules=rules)  # Ac 1/3 and 0, and 1/5 on reduced
    p = 0.08

    def simpler(state: State) -> State:
        """Without what tells nothing of the lots to come."""
        clean = min(state.clean_lots, 9)
        return replace(state, clean_lots=clean, rejected_on_tightened=0, lots_on_tightened=0, cause="start")

    ways: dict[State, tuple[float, list[tuple[State, float]]]] = {}
    weights = {scheme.start(): 1.0}
    for _ in range(250):
        found: dict[State, float] = {}
        for state, weight in weights.items():
            if state not in ways:
                n = on_lot_size(scheme, state.severity)
                steps = [scheme.step(state, count) for count in (0, 1, 2)]
                chances = [(1 - p) ** n, n * p * (1 - p) ** (n - 1)]
                most = sum(step.decision == "accept" for step in steps) - 1
                ways[state] = (
                    SinglePlan(n, most).asn(p, inspection="curtailed"),
                    [
                        (simpler(step.state), chance)
                        for step, chance in zip(steps, [*chances, 1 - sum(chances)], strict=True)
                    ],
                )
            for to, chance in ways[state][1]:
                found[to] = found.get(to, 0.0) + weight * chance
        weights = found
    items = sum(weight * ways[state][0] for state, weight in weights.items() if state in ways)
    assert scheme.asn(p, inspection="curtailed") == pytest.approx(items, rel=1e-6)
