"""Limit numbers over few lots, with a wider window of tightened inspection: four ways to the same long run.

The plain steps with every sample kept, elimination over lumped states, streaks of accepted lots, and simulated streaks.
"""

import dataclasses
from typing import Any

import numpy as np
import pytest

from aql import DomainError, MultiplePlan, Scheme, SinglePlan, skip_lot
from aql.plans.plan import Plan
from aql.scheme import switching_rules
from aql.scheme.limit_numbers import windows
from aql.scheme.long_run_averages import accepted_share
from aql.scheme.long_run_chain import Lasting, kind_chances, lasting
from aql.scheme.lot_outcomes import kinds
from aql.scheme.simulated_streaks import SimulatedStreaks, simulated_streaks
from aql.scheme.state import State
from aql.scheme.step import step
from aql.scheme.streaks import Streak, Streaks, streaks_of
from aql.types import SEVERITIES

OLD = switching_rules("MIL-STD-105E")
# Five lots of ten items are the fewest items with the limit number 2 at AQL 10; with an item less it is 0.
FIVE = OLD.agreed(reduced_lots=5, tightened_window=7)


def scheme_of(normal: Plan, **agreed: Any) -> Scheme:
    rules = FIVE.agreed(**agreed)
    return Scheme.of(normal, SinglePlan(10, 1), SinglePlan(4, 1, 3), rules=rules, limits="10")


SINGLE = scheme_of(SinglePlan(10, 2))
STAGED = scheme_of(MultiplePlan((5, 5), (0, 2), (2, 3)))
LATE = scheme_of(MultiplePlan((5, 5), (None, 2), (3, 3)))  # every accepted lot has ten items
CARRIED = scheme_of(SinglePlan(10, 2), fresh_window=False)
SCHEMES = [SINGLE, STAGED, LATE, CARRIED]


def exact_of(scheme: Scheme) -> Lasting:
    found = lasting(scheme.rules, scheme.forces, True)
    assert isinstance(found, Lasting)
    return found


def chances_of(scheme: Scheme, p: float) -> list[Any]:
    return kind_chances(scheme, exact_of(scheme).chain, p, "binomial", None)


def plain_shares(scheme: Scheme, chances: list[float]) -> np.ndarray:
    """Shares of the severities, by following every state that the plain steps lead to until nothing changes."""
    outcomes = [[kind.outcome for kind in kinds(scheme.rules, force)] for force in scheme.forces]
    first = np.concatenate([[0], np.cumsum([len(one) for one in outcomes])])
    states = [scheme.start()]
    places: dict[State, int] = {scheme.start(): 0}
    moves = []
    for place, state in enumerate(states):  # grows while it is read
        severity = SEVERITIES.index(state.severity)
        for number, outcome in enumerate(outcomes[severity]):
            to = step(state, outcome)
            # How long tightened inspection lasts and why a run began tell nothing of what follows.
            to = dataclasses.replace(
                to, rejected_on_tightened=0, lots_on_tightened=0, discontinued=False, cause="start"
            )
            if to not in places:
                places[to] = len(states)
                states.append(to)
            moves.append((place, places[to], chances[first[severity] + number]))
    source, target, chance = (np.array(column) for column in zip(*moves, strict=True))
    weights = np.full(len(states), 1 / len(states))
    for _ in range(3000):
        weights = np.bincount(target, weights=weights[source] * chance, minlength=len(states))
    severities = [SEVERITIES.index(state.severity) for state in states]
    return np.bincount(severities, weights=weights, minlength=3)


@pytest.mark.parametrize("p", [0.03, 0.12])
@pytest.mark.parametrize("scheme", SCHEMES, ids=["single", "staged", "late", "carried"])
def test_four_ways_to_the_long_run_agree(scheme: Scheme, p: float) -> None:
    chances = chances_of(scheme, p)
    plain = plain_shares(scheme, chances)
    exact = exact_of(scheme)
    assert exact.shares(chances) == pytest.approx(plain, rel=1e-9)
    streaks = streaks_of(scheme.rules, scheme.forces)
    assert streaks is not None
    assert streaks.shares(chances) == pytest.approx(plain, rel=1e-9)
    simulated = simulated_streaks(scheme.rules, scheme.forces, lots=20_000, seed=4)
    assert simulated is not None
    *shares, error = simulated.shares_and_error(chances)
    found, wanted = (
        accepted_share(exact.chain, chances, one, accepted=True) for one in (shares, list(plain))
    )
    assert 0 < error < 0.003
    assert abs(found - wanted) < 4 * error


def ways(scheme: Scheme) -> tuple[Streaks, SimulatedStreaks]:
    streaks = streaks_of(scheme.rules, scheme.forces)
    simulated = simulated_streaks(scheme.rules, scheme.forces, lots=10_000, seed=1)
    assert streaks is not None
    assert simulated is not None
    return streaks, simulated


def test_a_streak_of_hopeless_lots_is_the_one_lot_that_ends_it() -> None:
    hopeless = np.zeros(len(kinds(SINGLE.rules, SINGLE.forces[0])) - 1)
    for way in ways(SINGLE):
        assert way._streak(hopeless, 1.0) == (Streak(switched=0.0, length=1.0, early=1.0), 0.0)


@pytest.mark.parametrize("p", [1e-9, 0.5, 1 - 1e-9])
def test_simulated_streaks_at_extreme_qualities(p: float) -> None:
    """A chance of rejection that is 1 in floating point, although some lots are accepted, is no special case."""
    chances = chances_of(SINGLE, p)
    exact = exact_of(SINGLE).shares(chances)
    for way in ways(SINGLE):
        assert way.shares(chances) == pytest.approx(exact, rel=0.02, abs=1e-12)


def test_an_exact_long_run_has_no_error_at_either_end() -> None:
    assert [SINGLE.long_run(p).error for p in (0.0, 0.1, 1.0)] == [0.0, 0.0, 0.0]
    assert SINGLE.long_run([0.0, 0.1, 1.0]).error.tolist() == [0.0, 0.0, 0.0]


def test_a_streak_that_hardly_ever_ends_is_not_cut_off() -> None:
    """Five lots are hardly ever within the limit, and hardly ever is one rejected: a streak has 100 000 lots."""
    scheme = scheme_of(SinglePlan(10, 9))
    chances = chances_of(scheme, 0.3)
    exact = exact_of(scheme).shares(chances)
    assert ways(scheme)[0].shares(chances) == pytest.approx(exact, rel=1e-9)
    assert min(exact) > 1e-6


@pytest.mark.parametrize("p", [0.02, 0.2])
def test_skipping_no_lot_is_the_scheme_with_a_gap_on_reduced(p: float) -> None:
    """Each severity has its own number of outcomes: three on normal, two on tightened, three on reduced inspection."""
    skipping = skip_lot(SINGLE, f=1.0, i=2)
    assert skipping.pa(p) == pytest.approx(SINGLE.pa(p), rel=1e-12)
    assert skipping.asn(p) == pytest.approx(SINGLE.asn(p), rel=1e-12)


def test_a_table_that_wants_more_lots_has_no_end_of_windows() -> None:
    """Five lots of ten items are too few for the column 2.5, whatever their samples: how many lots count is not known."""
    plan = MultiplePlan((5, 5), (0, 2), (2, 3))
    scheme = Scheme.of(plan, SinglePlan(10, 1), SinglePlan(4, 1, 3), rules=FIVE, limits="2.5")
    assert windows(scheme.rules, scheme.forces[0]) == np.inf
    with pytest.raises(DomainError, match="at most 1000000 states"):
        scheme.pa(0.1)


def test_the_error_of_a_simulation_is_the_spread_over_seeds() -> None:
    chances = chances_of(SINGLE, 0.12)
    simulated = ways(SINGLE)[1]
    found = []
    for seed in range(40):
        *shares, error = dataclasses.replace(simulated, lots=2000, seed=seed).shares_and_error(chances)
        found.append((accepted_share(simulated.chain, chances, shares, accepted=True), error))
    accepted, errors = np.array(found).T
    assert errors.mean() == pytest.approx(accepted.std(ddof=1), rel=0.2)


@pytest.mark.parametrize("seed", [1, 3])
def test_the_error_covers_a_switch_that_was_drawn_hardly_ever(seed: int) -> None:
    """Nearly every streak of the drawn lots waits for the same window: the error is that of one window more or less."""
    scheme = scheme_of(SinglePlan(10, 9))
    chances = chances_of(scheme, 0.2)
    exact = exact_of(scheme)
    simulated = simulated_streaks(scheme.rules, scheme.forces, lots=10_000, seed=seed)
    assert simulated is not None
    *shares, error = simulated.shares_and_error(chances)
    found, wanted = (
        accepted_share(exact.chain, chances, one, accepted=True) for one in (shares, exact.shares(chances))
    )
    assert 1e-6 < abs(found - wanted) < error
