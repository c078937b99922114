"""Chains of limit numbers: lumped without loss, iterated where they are large, simulated where they are too large."""

import math
from typing import Any

import numpy as np
import pytest

from aql import DomainError, Scheme, SinglePlan, skip_lot
from aql.scheme import LotRecord, lasting, skip_long_run, switching_rules
from aql.scheme.chain import essential, explored, states_at_least
from aql.scheme.iterated import Iterated
from aql.scheme.lasting import Lasting, kind_chances
from aql.types import SEVERITIES, Standard
from tests.profiles import exhaustive

MIL: Standard = "MIL-STD-105E"
SMALL = Scheme.lookup(letter="F", aql=2.5, standard=MIL)  # 406 states
MIDDLE = Scheme.lookup(letter="J", aql=1.0, standard=MIL)  # 3565 states
LARGE = Scheme.lookup(letter="J", aql=2.5, standard=MIL)  # too many


def ready(scheme: Scheme) -> Any:
    return lasting.lasting(scheme.start(), scheme.forces, True)


def test_what_is_left_out_of_a_state_never_matters() -> None:
    """A lumped state and the whole one lead to the same severities, whatever comes next."""
    draw = np.random.default_rng(7)
    rest = essential(SMALL.rules, SMALL.forces[0], reduced=True, discontinuation=False)
    for _ in range(150):
        whole = SMALL.run(draw.integers(0, 2, draw.integers(1, 14)).tolist()).state
        lots = draw.integers(0, 2, 15).tolist()
        if whole.severity == "normal":
            assert SMALL.run(lots, state=rest(whole)).severities == SMALL.run(lots, state=whole).severities


def test_a_window_without_lumping_gives_the_same_values() -> None:
    """The chain of all windows of ten counts, kept whole, has more states and the same stationary distribution."""
    shares = SMALL.shares(0.03)
    plan = SMALL.forces[0].on_lot
    assert isinstance(plan, SinglePlan)
    good = [float(math.comb(20, k) * 0.03**k * 0.97 ** (20 - k)) for k in (0, 1)]
    bad = 1 - sum(good)
    places: dict[tuple[Any, ...], int] = {("N", None, ()): 0}
    states: list[tuple[Any, ...]] = [("N", None, ())]
    rows: list[tuple[int, int, float]] = []
    tight, low = SMALL.tightened.plan, SMALL.reduced.plan
    assert isinstance(low, SinglePlan)
    for place, state in enumerate(states):
        moves: list[tuple[tuple[Any, ...], float]] = []
        if state[0] == "N":
            ago, window = state[1], state[2]
            moves.append((("T", 0, ()) if ago is not None else ("N", 1, ()), bad))
            for k, chance in enumerate(good):
                kept = (*window, k)[-10:]
                after = (
                    ("R", 0, ())
                    if len(kept) == 10 and sum(kept) <= 2
                    else ("N", ago + 1 if ago in {1, 2, 3} else None, kept)
                )
                moves.append((after, chance))
        elif state[0] == "T":
            moves += [
                (("N", None, ()) if state[1] == 4 else ("T", state[1] + 1, ()), tight.pa(0.03)),
                (("T", 0, ()), tight.pr(0.03)),
            ]
        else:
            stays = SinglePlan(low.n, low.ac).pa(0.03)
            moves += [(("R", 0, ()), stays), (("N", None, ()), 1 - stays)]
        for after, chance in moves:
            if after not in places:
                places[after] = len(states)
                states.append(after)
            rows.append((place, places[after], chance))
    source, target, chances = (np.array(column) for column in zip(*rows, strict=True))
    weights = np.full(len(states), 1 / len(states))
    for _ in range(3000):
        weights = np.bincount(target, weights=weights[source] * chances, minlength=len(states))
    assert len(states) > 1000
    for severity, kind in zip(SEVERITIES, "NTR", strict=True):
        share = sum(float(weights[place]) for place, state in enumerate(states) if state[0] == kind)
        assert shares[severity] == pytest.approx(share, abs=1e-10)


@pytest.mark.parametrize("p", [1e-6, 0.005, 0.02, exhaustive(0.05)])
def test_iteration_and_elimination_agree(p: float) -> None:
    exact = ready(MIDDLE)
    assert isinstance(exact, Lasting)
    assert len(exact.chain.states) == 3565
    iterated = Iterated(exact.chain)
    chances = kind_chances(MIDDLE, exact.chain, p, "binomial", None)
    for one, other in zip(exact.shares(chances), iterated.shares(chances), strict=True):
        assert one == pytest.approx(other, rel=1e-11, abs=1e-280)
    assert iterated.residual < 1e-13


def test_iteration_at_the_ends_and_on_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lasting, "MOST_ELIMINATED", 100)
    lasting.lasting.cache_clear()
    assert isinstance(ready(SMALL), Iterated)
    found = SMALL.shares([0.0, 0.03, math.nan, 1.0])
    assert found["reduced"].tolist()[0] == 1
    assert found["tightened"].tolist()[3] == 1
    assert math.isnan(found["normal"][2])
    result = SMALL.long_run(0.03)
    lasting.lasting.cache_clear()
    assert result.method == "iteration"
    assert result.error < 1e-13
    assert repr(result).startswith("<LongRun pa 0.8")
    monkeypatch.undo()
    assert SMALL.shares(0.03)["normal"] == pytest.approx(found["normal"][1], rel=1e-12)
    assert SMALL.long_run(0.03).pa == pytest.approx(result.pa, rel=1e-12)
    kept = Scheme.lookup(letter="F", aql=2.5, standard=MIL, rules=SMALL.rules.agreed(fresh_window=False))
    with pytest.raises(DomainError, match="rules must have fresh_window=True"):
        Iterated(ready(kept).chain)


def test_a_chain_that_is_too_large_is_told_before_it_is_explored() -> None:
    assert states_at_least(LARGE.rules, LARGE.forces[0]) > 1_000_000
    double = Scheme.lookup(letter="J", aql=2.5, standard=MIL, sampling="double")
    assert states_at_least(double.rules, double.forces[0]) > 1_000_000
    for scheme in (LARGE, double):
        with pytest.raises(
            DomainError, match=r"at most 1000000 states. Simulate it: scheme.long_run\(p, seed=...\)"
        ):
            scheme.pa(0.02)
        assert 0 < scheme.pa(0.02, reduced=False) < 1


def test_lots_are_skipped_over_chains_of_moderate_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skip_long_run, "MOST_ELIMINATED", 100)
    with pytest.raises(DomainError, match="at most 100 states to skip lots, got 406"):
        skip_lot(SMALL, f=0.51, i=2).pa(0.1)


def test_the_number_of_states_is_counted_without_exploring() -> None:
    for scheme in (SMALL, MIDDLE, Scheme.lookup(letter="A", aql=6.5, standard=MIL)):
        assert states_at_least(scheme.rules, scheme.forces[0]) <= len(ready(scheme).chain.states)
    assert states_at_least(switching_rules("ISO 2859-1:1999"), SMALL.forces[0]) == 1


@pytest.mark.parametrize("reduced", [True, False])
def test_simulation_states_its_error(reduced: bool) -> None:
    forced = Scheme.lookup(letter="J", aql=2.5, standard=MIL)
    if reduced:
        found = forced.long_run(0.03, seed=3, lots=20_000)
        assert (found.method, found.states, found.lots) == ("simulation", None, 20_000)
        assert found.pa + found.pr == pytest.approx(1, rel=1e-12)
        assert sum(found.shares.values()) == pytest.approx(1, rel=1e-12)
        assert 0 < found.error < 0.01
        assert found.pa == forced.long_run(0.03, seed=3, lots=20_000).pa, "a seed repeats it"
    else:
        assert forced.long_run(0.03, reduced=False).method == "elimination"


def test_simulation_agrees_with_the_exact_value() -> None:
    from aql.scheme.lot_outcomes import kinds
    from aql.scheme.simulation import chances_by_severity, simulated

    chances = kind_chances(SMALL, ready(SMALL).chain, 0.03, "binomial", None)
    some = chances_by_severity(chances, [len(kinds(SMALL.rules, force)) for force in SMALL.forces])
    found = simulated(SMALL.rules, SMALL.forces, some, lots=30_000, seed=1, reduced=True)
    assert abs(found.accepted - SMALL.pa(0.03)) < 5 * found.error
    with pytest.raises(DomainError, match="p must be known, got NaN"):
        chances_by_severity([math.nan], [1])


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"p": [0.1, 0.2]}, "p must be one quality"),
        ({"p": 0.02, "seed": -1}, "seed must be a whole number, 0 or more"),
        ({"p": 0.02, "seed": 1, "lots": 5}, "lots must be a whole number, 10000 or more, got 5"),
    ],
)
def test_bad_input(how: dict[str, Any], message: str) -> None:
    with pytest.raises(DomainError, match=message):
        LARGE.long_run(**how)


def test_the_step_compiles_to_a_small_table() -> None:
    scheme = Scheme.lookup(letter="D", aql=4.0)
    chain = explored(scheme.start(), scheme.forces, reduced=True, discontinuation=True)
    table = chain.table()
    place, draw = 0, np.random.default_rng(5)
    state = scheme.start()
    for _ in range(400):
        rejected = bool(draw.random() < 0.3)
        after = scheme.run([LotRecord(found=5 if rejected else 0)], state=state).state
        kinds = chain.kinds[SEVERITIES.index(chain.states[place].severity)]
        place = int(
            table[place, next(i for i, kind in enumerate(kinds) if kind.outcome.accepted != rejected)]
        )
        assert chain.states[place].severity == after.severity
        assert chain.states[place].discontinued == after.discontinued
        state = after
        if after.discontinued:
            state, place = scheme.start(), 0
    with pytest.raises(DomainError, match="a small table has at most 256 states, got 406"):
        ready(SMALL).chain.table()
