"""Chains of limit numbers: lumped without loss, followed streak by streak where they are large, or else simulated."""

import math
from typing import Any

import numpy as np
import pytest

from aql import DomainError, Scheme, SinglePlan, skip_lot, tables
from aql.scheme import LotRecord, long_run_chain, skip_long_run, switching_rules
from aql.scheme.chain import essential, explored, normal_states
from aql.scheme.long_run_averages import accepted_share
from aql.scheme.long_run_chain import Lasting, kind_chances
from aql.scheme.lot_outcomes import kinds
from aql.scheme.simulated_streaks import simulated_streaks
from aql.scheme.step import step
from aql.scheme.streaks import Streaks, streaks_of
from aql.types import SEVERITIES, Sampling, Standard
from tests.profiles import exhaustive

MIL: Standard = "MIL-STD-105E"
SMALL = Scheme.lookup(letter="F", aql=2.5, standard=MIL)  # 187 states
MIDDLE = Scheme.lookup(letter="J", aql=1.0, standard=MIL)  # 1663 states
STAGED = Scheme.lookup(letter="J", aql=1.0, sampling="double", standard=MIL)  # 886 states
STAR = Scheme.lookup(letter="F", aql=0.65, standard=MIL)  # 25 lots of 20 items where the table wants 500
UNSTARRED = Scheme.lookup(letter="A", aql=25, standard=MIL)  # a column in which ten lots are always enough
MULTIPLE = Scheme.lookup(letter="F", aql=2.5, sampling="multiple", standard=MIL)
CARRIED = Scheme.lookup(letter="F", aql=2.5, standard=MIL, rules=SMALL.rules.agreed(fresh_window=False))
LARGE = Scheme.lookup(letter="J", aql=4.0, standard=MIL)  # too many


def ready(scheme: Scheme) -> Any:
    return long_run_chain.lasting(scheme.rules, scheme.forces, True)


def test_what_is_left_out_of_a_state_never_matters() -> None:
    """A lumped state and the whole one lead to the same states, whatever comes next."""
    draw = np.random.default_rng(7)
    for scheme, many in ((SMALL, 60), (MIDDLE, 60), (STAGED, 60)):
        rest = essential(scheme.rules, scheme.forces[0], reduced=True, discontinuation=False)
        good = [kind.outcome for kind in kinds(scheme.rules, scheme.forces[0])[:-1]]
        chance = np.array([1.0, *[0.3] * (len(good) - 1)])
        for _ in range(many):
            whole = lumped = scheme.start()
            for place in draw.choice(len(good), 25, p=chance / chance.sum()).tolist():
                whole, lumped = step(whole, good[place]), rest(step(lumped, good[place]))
                assert lumped == rest(whole)
                if whole.severity == "reduced":
                    break


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


@pytest.mark.parametrize("p", [0.0, 1e-6, 0.005, 0.02, 0.2, 1.0])
@pytest.mark.parametrize("scheme", [SMALL, STAGED, exhaustive(MIDDLE)])
def test_streaks_and_elimination_agree(scheme: Scheme, p: float) -> None:
    exact, streaks = ready(scheme), streaks_of(scheme.rules, scheme.forces)
    assert isinstance(exact, Lasting)
    assert streaks is not None
    chances = kind_chances(scheme, exact.chain, p, "binomial", None)
    *shares, residual = streaks.shares_and_error(chances)
    for one, other in zip(exact.shares(chances), shares, strict=True):
        assert one == pytest.approx(other, rel=1e-13, abs=1e-240)
    assert residual < 1e-15


def test_streaks_at_the_ends_and_on_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_run_chain, "MOST_ELIMINATED", 100)
    long_run_chain.lasting.cache_clear()
    assert isinstance(ready(SMALL), Streaks)
    qualities = [0.0, 0.03, math.nan, 1.0]
    found = SMALL.shares(qualities)
    assert found["reduced"].tolist()[0] == 1
    assert found["tightened"].tolist()[3] == 1
    assert math.isnan(found["normal"][2])
    result, several = SMALL.long_run(0.03), SMALL.long_run(qualities)
    kept = Scheme.lookup(letter="F", aql=2.5, standard=MIL, rules=SMALL.rules.agreed(fresh_window=False))
    carried = kept.long_run(0.03)
    three = Scheme.lookup(
        letter="F", aql=2.5, standard=MIL, rules=SMALL.rules.agreed(tightened_rejected=3), seed=1
    )
    with pytest.raises(DomainError, match=r"at most 1000000 states\. Agree on rules without limit numbers"):
        three.pa(0.03)
    long_run_chain.lasting.cache_clear()
    assert result.method == several.method == "iterated"
    assert result.error < 1e-15
    assert several.pa[1] == pytest.approx(result.pa, rel=1e-14)
    assert "iterated, 166 states, residual" in repr(several)
    monkeypatch.undo()
    assert kept.long_run(0.03).method == "exact"
    assert kept.long_run(0.03).pa == pytest.approx(carried.pa, rel=1e-12)
    assert kept.pa(0.03) != SMALL.pa(0.03)
    assert SMALL.shares(0.03)["normal"] == pytest.approx(found["normal"][1], rel=1e-12)
    assert SMALL.long_run(0.03).pa == pytest.approx(result.pa, rel=1e-12)


def test_several_qualities_and_finite_lots_have_a_long_run() -> None:
    for scheme in (SMALL, Scheme.lookup(300, aql=2.5)):
        bad = np.array([[0, 3], [9, 40]])
        found = scheme.long_run(nonconforming=bad, model="hypergeometric", lot_size=300)
        law: Any = {"nonconforming": bad, "model": "hypergeometric", "lot_size": 300}
        assert found.method == "exact"
        assert found.pa.tolist() == scheme.pa(**law).tolist()
        assert found.pr.tolist() == scheme.pr(**law).tolist()
        assert found.asn.tolist() == scheme.asn(**law).tolist()
        assert found.error.tolist() == [[0, 0], [0, 0]]
        assert found.shares["reduced"].tolist() == scheme.shares(**law)["reduced"].tolist()
        assert scheme.long_run(0.03).pa == scheme.pa(0.03)


def test_a_chain_that_is_too_large_is_told_before_it_is_explored() -> None:
    double = Scheme.lookup(letter="J", aql=4.0, standard=MIL, sampling="double")
    for scheme in (LARGE, double):
        assert normal_states(scheme.rules, scheme.forces[0]) > 1_000_000
        with pytest.raises(
            DomainError,
            match=r"at most 1000000 states. Pass a seed to simulate it, such as Scheme.lookup\(..., seed=1\)",
        ):
            scheme.pa(0.02)
        assert 0 < scheme.pa(0.02, reduced=False) < 1
        with pytest.raises(DomainError, match=r"at most 1000000 states\. Leave out the limit numbers"):
            scheme.lots_until("reduced", 0.02)


def test_lots_are_skipped_over_chains_of_moderate_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skip_long_run, "MOST_ELIMINATED", 100)
    with pytest.raises(DomainError, match="at most 100 states to skip lots, got 187"):
        skip_lot(SMALL, f=0.51, i=2).pa(0.1)


@pytest.mark.parametrize(
    ("letter", "column", "sampling", "states"),
    [
        ("F", 2.5, "single", 166),
        ("A", 6.5, "single", 25),
        ("J", 1.0, "single", 1618),
        ("J", 1.0, "double", 816),
        ("F", 2.5, "multiple", 182),
        ("J", 1.5, "single", 18_449),
        exhaustive("J", 2.5, "single", 871_301),
    ],
)
def test_the_number_of_states_is_counted_without_exploring(
    letter: str, column: float, sampling: Any, states: int
) -> None:
    """The count, the states that `step` leads to, and those of the arrays are the same."""
    scheme = Scheme.lookup(letter=letter, aql=column, standard=MIL, sampling=sampling)
    assert normal_states(scheme.rules, scheme.forces[0]) == states
    streaks = streaks_of(scheme.rules, scheme.forces)
    assert streaks is not None
    assert streaks.states == states
    if states < 2000:
        explored_states = ready(scheme).chain.states
        assert len({one.samples for one in explored_states if one.severity == "normal"}) == states


def test_without_limit_numbers_there_is_nothing_to_count() -> None:
    assert normal_states(switching_rules("ISO 2859-1:1999"), SMALL.forces[0]) == 1


def test_simulation_states_its_error() -> None:
    found = LARGE.long_run(0.04, seed=3, lots=20_000)
    assert (found.method, found.states, found.lots, found.seed) == ("simulated", None, 20_000, 3)
    assert found.pa == LARGE.long_run(0.04, seed=3, lots=20_000).pa, "a seed repeats it"
    several = LARGE.long_run([0.04, math.nan, 0.05], seed=3, lots=20_000)
    assert several.pa[0] == pytest.approx(found.pa, rel=1e-14)
    assert np.isnan(several.pa).tolist() == np.isnan(several.error).tolist() == [False, True, False]
    assert "seed 3, standard error" in repr(several)
    assert found.pa + found.pr == pytest.approx(1, rel=1e-12)
    assert sum(found.shares.values()) == pytest.approx(1, rel=1e-12)
    assert 0 < found.error < 0.001
    assert LARGE.long_run(0.03, reduced=False).method == "exact"


@pytest.mark.parametrize(
    "scheme", [SMALL, STAGED, STAR, UNSTARRED, CARRIED, exhaustive(MIDDLE), exhaustive(MULTIPLE)]
)
@pytest.mark.parametrize("p", [0.0, 0.004, 0.012, 0.025, 1.0])
def test_simulated_streaks_agree_with_the_exact_values(scheme: Scheme, p: float) -> None:
    """Within five standard errors, for single and staged plans, and where small samples need more than ten lots."""
    chances = kind_chances(scheme, ready(scheme).chain, p, "binomial", None)
    streaks = simulated_streaks(scheme.rules, scheme.forces, lots=10_000, seed=2)
    assert streaks is not None
    chain = streaks.chain
    *shares, error = streaks.shares_and_error(chances)
    exact = accepted_share(chain, chances, ready(scheme).shares(chances), accepted=True)
    assert abs(accepted_share(chain, chances, shares, accepted=True) - exact) <= 5 * error + 1e-15
    assert error < 0.002


def test_with_a_seed_a_scheme_is_asked_as_any_other() -> None:
    """Properties, risks and pictures need no other call; the same random numbers make Pa fall with worse quality."""
    scheme = Scheme.lookup(letter="J", aql=4.0, standard=MIL, seed=1)
    assert repr(scheme).endswith("; seed 1>")
    assert Scheme.from_json(scheme.to_json()) == scheme
    found = scheme.long_run(0.04)
    assert (found.seed, found.lots) == (1, 100_000)
    assert (scheme.pa(0.04), scheme.pr(0.04), scheme.asn(0.04)) == (found.pa, found.pr, found.asn)
    assert scheme.shares(0.04) == found.shares
    assert (np.diff(scheme.pa(np.linspace(0.03, 0.05, 9))) < 0).all()
    assert scheme.pa(scheme.quality_at(0.95)) == pytest.approx(0.95, abs=1e-9)
    assert scheme.plans["tightened"].plan.pa(0.04) < scheme.pa(0.04) < scheme.plans["reduced"].plan.pa(0.04)
    assert 0 < scheme.aoq(0.04, lot_size=1000) < 0.04


@pytest.mark.parametrize("sampling", [exhaustive("single"), exhaustive("double"), exhaustive("multiple")])
def test_every_large_chain_of_the_tables_is_simulated(sampling: Sampling) -> None:
    table, large = tables.master_table("mil_std_105e", f"{sampling}_normal"), 0
    for (letter, column), cell in table.cells.items():
        if cell.mark != "plan":
            continue
        scheme = Scheme.lookup(letter=letter, aql=column, sampling=sampling, standard=MIL, seed=1)
        if normal_states(scheme.rules, scheme.forces[0]) <= 1_000_000:
            continue
        large += 1
        p = float(column) / 100
        found = scheme.long_run(
            [0.7 * p, p, 1.4 * p], lots=10_000, model="binomial" if p < 0.1 else "poisson"
        )
        assert found.method == "simulated"
        assert (np.diff(found.pa) < 0).all(), (letter, column)
        assert (found.error < 1e-3).all(), (letter, column)
        assert found.pa + found.pr == pytest.approx(1, rel=1e-12)
    assert large == {"single": 73, "double": 68, "multiple": 56}[sampling]


def test_a_switch_that_is_never_drawn_leaves_an_error() -> None:
    """A quality at which ten lots are never within the limit: the error is that of one switch more, not 0."""
    found = LARGE.long_run(0.08, seed=1, lots=10_000)
    assert found.shares["reduced"] == 0
    assert 0 < found.error < 1e-6


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"p": 0.02, "seed": -1}, "seed must be a whole number, 0 or more"),
        ({"p": 0.02, "seed": 1, "lots": 5}, "lots must be a whole number, 10000 to 10000000, got 5"),
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
    with pytest.raises(DomainError, match="a small table has at most 256 states, got 1663"):
        ready(MIDDLE).chain.table()
