"""What a scheme does in the long run: against an independent chain, closed forms, exact fractions and simulation."""

import csv
import pickle
import random
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql import MultiplePlan, Scheme, SinglePlan
from aql.plans import Inspector
from aql.scheme.long_run_averages import pa, pr
from aql.types import SEVERITIES, Model, Severity
from tests.oracles.exact_scheme import Points, long_run, stephens_and_larson
from tests.oracles.precise_chain import precise_long_run
from tests.profiles import exhaustive

GOLDEN = Path(__file__).parents[1] / "golden" / "scheme_long_run.csv"
with GOLDEN.open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(line for line in file if not line.startswith("#")))
WITHIN = 1e-12


@pytest.mark.parametrize("cell", sorted({(row["letter"], row["aql"]) for row in ROWS}))
def test_values_of_an_independent_chain(cell: tuple[str, str]) -> None:
    scheme = Scheme.lookup(letter=cell[0], aql=cell[1])
    for row in ROWS:
        if (row["letter"], row["aql"]) != cell:
            continue
        p = float(row["p"])
        shares = scheme.shares(p)
        for got, name, within in (
            (scheme.pa(p), "pa_scheme", 6e-7),
            (scheme.asn(p), "asn_scheme", 6e-5),
            (scheme.pa(p, reduced=False), "pa_nt", 6e-7),
            (scheme.asn(p, reduced=False), "asn_nt", 6e-5),
            *((shares[severity], f"share_{severity}", 6e-7) for severity in SEVERITIES),
        ):
            assert got == pytest.approx(float(row[name]), abs=within), (row, name)


def test_printed_values_of_stephens_and_larson() -> None:
    """200/7 with 200/5: Pa 0.95 at 0.019296 and 0.10 at 0.045884; computed again 0.950538 and 0.099946."""
    scheme = Scheme.of(SinglePlan(200, 7), SinglePlan(200, 5), SinglePlan(80, 5), tighter_ac=5)
    assert scheme.pa(0.019296, reduced=False) == pytest.approx(0.950538, abs=6e-7)
    assert scheme.pa(0.045884, reduced=False) == pytest.approx(0.099946, abs=6e-7)


@pytest.mark.parametrize(
    ("p", "accepted", "items"),
    [(0.0125, 0.983189, 15.0303), (0.025, 0.903910, 20.5542), (0.05, 0.552036, 30.2169)],
)
def test_values_with_limit_numbers(p: float, accepted: float, items: float) -> None:
    """MIL-STD-105E, letter F, AQL 2.5: 20/1/2, 32/1/2, 8/0/2, limit number 2."""
    scheme = Scheme.lookup(letter="F", aql=2.5, standard="MIL-STD-105E")
    assert scheme.pa(p) == pytest.approx(accepted, abs=6e-7)
    assert scheme.asn(p) == pytest.approx(items, abs=6e-5)


def at_most(count: int, n: int, p: Fraction) -> Fraction:
    return sum((comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(count + 1)), Fraction(0))


def relative(got: float, exact: Fraction) -> float:
    return abs(float((Fraction(got) - exact) / exact)) if exact else abs(got)


QUALITIES = [1e-40, 0.01, exhaustive(1e-4), exhaustive(0.05), 0.3, exhaustive(0.97)]


@pytest.mark.parametrize("p", QUALITIES)
@pytest.mark.parametrize(("n", "ac", "tight", "tighter"), [(5, 1, 0, None), (7, 3, 2, 2)])
def test_twelve_digits_of_exact_fractions(p: float, n: int, ac: int, tight: int, tighter: int | None) -> None:
    scheme = Scheme.of(SinglePlan(n, ac), SinglePlan(n, tight), SinglePlan(2, 0), tighter_ac=tighter)
    q = Fraction(p)
    accept = at_most(ac, n, q), at_most(tight, n, q), at_most(0, 2, q)
    points: Points = ((2, accept[0]),)
    if tighter is not None:
        points = ((3, at_most(tighter, n, q)), (0, accept[0] - at_most(tighter, n, q)))
    for reduced in (True, False):
        exact, rejected, shares = long_run(accept, points, reduced=reduced)
        assert relative(scheme.pa(p, reduced=reduced), exact) < WITHIN
        assert relative(scheme.pr(p, reduced=reduced), rejected) < WITHIN
        got = scheme.shares(p, reduced=reduced)
        for severity, kind in zip(SEVERITIES, "NTR", strict=True):
            if shares[kind] > Fraction(1, 10**280):
                assert relative(got[severity], shares[kind]) < WITHIN
        many = scheme.pa([p, p], reduced=reduced)
        assert relative(float(many[1]), exact) < WITHIN
    if tight < ac:
        closed = stephens_and_larson(accept[0], accept[1])
        assert relative(scheme.pa(p, reduced=False), closed) < WITHIN


@pytest.mark.parametrize("sampling", ["double", "multiple"])
@pytest.mark.parametrize("p", [1e-7, exhaustive(0.01), 0.06, exhaustive(0.3)])
def test_twelve_digits_of_staged_plans(sampling: aql.types.Sampling, p: float) -> None:
    """The chances of the outcomes from exact fractions, stage by stage."""
    scheme = Scheme.lookup(letter="F", aql=4.0, sampling=sampling)
    q = Fraction(p)
    accept, early = [], Fraction(0)
    for severity in SEVERITIES:
        alive, total = {0: Fraction(1)}, Fraction(0)
        for place, stage in enumerate(scheme.plans[severity].plan.stages):
            after: dict[int, Fraction] = {}
            for had, chance in alive.items():
                for k in range(stage.n + 1):
                    share = chance * comb(stage.n, k) * q**k * (1 - q) ** (stage.n - k)
                    count = had + k
                    if stage.ac is not None and count <= stage.ac:
                        total += share
                        if severity == "normal" and place < {"double": 1, "multiple": 3}[sampling]:
                            early += share
                    elif count < stage.re:
                        after[count] = after.get(count, Fraction(0)) + share
            alive = after
        accept.append(total)
    exact, rejected, _ = long_run((accept[0], accept[1], accept[2]), ((3, early), (0, accept[0] - early)))
    assert relative(scheme.pa(p), exact) < WITHIN
    assert relative(scheme.pr(p), rejected) < WITHIN


MIL: aql.types.Standard = "MIL-STD-105E"


@pytest.mark.parametrize("p", [1e-9, 0.003, 0.02, 0.1, 0.4, 0.9])
@pytest.mark.parametrize(
    ("cell", "states"),
    [
        ({"letter": "J", "aql": 2.5}, 26),
        ({"letter": "J", "aql": 2.5, "sampling": "double"}, 26),
        ({"letter": "F", "aql": 2.5, "standard": MIL}, 187),
        exhaustive({"letter": "F", "aql": 2.5, "standard": MIL, "sampling": "multiple"}, 227),
        exhaustive({"letter": "J", "aql": 1.0, "standard": MIL, "sampling": "double"}, 886),
    ],
)
def test_twelve_digits_of_chains_up_to_a_thousand_states(cell: dict[str, Any], states: int, p: float) -> None:
    """Against the chain that `step` spans on plain counts, solved in fifty digits."""
    scheme = Scheme.lookup(**cell)
    accepted, rejected, found = precise_long_run(scheme, p)
    assert found == states
    assert float(abs(scheme.pa(p) / accepted - 1)) < WITHIN
    assert float(abs(scheme.pr(p) / rejected - 1)) < WITHIN


@pytest.mark.parametrize(("lot_size", "bad"), [(12, 4), (40, 10), (500, 125), exhaustive(500, 4)])
def test_twelve_digits_in_finite_lots(lot_size: int, bad: int) -> None:
    def within(ac: int, n: int) -> Fraction:
        ways = (comb(bad, k) * comb(lot_size - bad, n - k) for k in range(ac + 1))
        return Fraction(sum(ways), comb(lot_size, n))

    scheme = Scheme.of(SinglePlan(7, 3), SinglePlan(7, 2), SinglePlan(3, 1), tighter_ac=2)
    accept = within(3, 7), within(2, 7), within(1, 3)
    exact, rejected, _ = long_run(accept, ((3, within(2, 7)), (0, accept[0] - within(2, 7))))
    law: Any = {"nonconforming": bad, "model": "hypergeometric", "lot_size": lot_size}
    assert relative(scheme.pa(**law), exact) < WITHIN
    assert relative(scheme.pr(**law), rejected) < WITHIN


def test_schemes_and_histories_are_pickled() -> None:
    scheme = Scheme.lookup(1200, aql=2.5)
    history = scheme.run([0, 7, 6])
    assert pickle.loads(pickle.dumps((scheme, history, scheme.start()))) == (scheme, history, scheme.start())


def test_the_chain_of_iso_schemes_has_25_or_26_states() -> None:
    from aql.scheme.long_run_chain import lasting

    for aql_, states in ((4.0, 25), (2.5, 26)):
        scheme = Scheme.lookup(letter="D" if aql_ == 4.0 else "J", aql=aql_)
        ready = lasting(scheme.rules, scheme.forces, True)
        assert ready is not None
        assert len(ready.chain.states) == states


def test_perfect_and_hopeless_lots() -> None:
    for scheme in (
        Scheme.lookup(letter="J", aql=2.5),
        Scheme.lookup(letter="F", aql=2.5, standard="MIL-STD-105E"),
        Scheme.lookup(letter="J", aql=2.5, sampling="multiple"),
    ):
        ends: list[tuple[bool, Severity]] = [(True, "reduced"), (False, "normal")]
        for reduced, severity in ends:
            assert scheme.pa(0.0, reduced=reduced) == 1
            assert scheme.pr(0.0, reduced=reduced) == 0
            assert scheme.shares(0.0, reduced=reduced)[severity] == 1
            assert scheme.pa(1.0, reduced=reduced) == 0
            assert scheme.pr(1.0, reduced=reduced) == 1
            assert scheme.shares(1.0, reduced=reduced)["tightened"] == 1
        found = scheme.pa(np.array([0.0, np.nan, 1.0]))
        assert found[0] == 1
        assert np.isnan(found[1])
        assert found[2] == 0
        assert np.isnan(scheme.pa(float("nan")))


def test_shape_and_kind_of_the_quality_come_back() -> None:
    scheme = Scheme.lookup(letter="D", aql=4.0)
    series = pd.Series([0.01, 0.04], index=["a", "b"], name="p")
    for function in (scheme.pa, scheme.pr, scheme.asn):
        assert function(series).index.tolist() == ["a", "b"]
        assert function(np.full((2, 3), 0.04)).shape == (2, 3)
        assert function(np.full((2, 3), 0.04))[1, 2] == pytest.approx(function(0.04), rel=1e-13)
        assert isinstance(function(0.04), float)
    assert scheme.shares(series)["reduced"].name == "p"
    assert scheme.shares([0.01, 0.04])["normal"].shape == (2,)


@pytest.mark.parametrize(
    ("model", "law"),
    [
        ("poisson", {"unit": "100 items"}),
        ("hypergeometric", {"lot_size": 500}),
        ("hypergeometric", {"lot_size": 40}),
        ("binomial", {"inspector": Inspector(miss=0.1, false_alarm=0.001)}),
        ("hypergeometric", {"lot_size": 100, "inspector": Inspector(miss=0.1)}),
    ],
)
@pytest.mark.parametrize("sampling", ["single", "double"])
def test_the_long_run_in_all_models_is_the_mean_of_the_plans(
    model: Model, law: dict[str, object], sampling: aql.types.Sampling
) -> None:
    """Pa, 1 - Pa and ASN are those of the plans, weighted by the shares; so are numbers and arrays alike."""
    scheme = Scheme.lookup(letter="H", aql=2.5, sampling=sampling)
    p = 4.0 if model == "poisson" else 0.05
    how: Any = {"model": model, **law}
    shares = scheme.shares(p, **how)
    for name in ("pa", "pr", "asn"):
        mean = sum(shares[one] * getattr(scheme.plans[one].plan, name)(p, **how) for one in SEVERITIES)
        assert getattr(scheme, name)(p, **how) == pytest.approx(mean, rel=1e-12)
        assert getattr(scheme, name)([p], **how)[0] == pytest.approx(mean, rel=1e-12)
    if model == "hypergeometric":
        bad = round(p * how["lot_size"])
        assert scheme.pa(nonconforming=bad, **how) == scheme.pa(p, **how)


@pytest.mark.parametrize(
    "cell",
    [
        ("H", 2.5, "ISO 2859-1:1999", "single"),
        ("F", 2.5, "MIL-STD-105E", "single"),
        ("F", 4.0, "ISO 2859-1:1999", "double"),
    ],
)
def test_simulation_through_the_same_steps(
    cell: tuple[str, float, aql.types.Standard, aql.types.Sampling],
) -> None:
    letter, aql_, standard, sampling = cell
    scheme = Scheme.lookup(letter=letter, aql=aql_, standard=standard, sampling=sampling)
    rules = scheme.rules.agreed(discontinue_after=0)
    scheme = Scheme.lookup(letter=letter, aql=aql_, standard=standard, sampling=sampling, rules=rules)
    draw, p, lots = random.Random(5), 0.04, 3000
    state, accepted = scheme.start(), 0
    for _ in range(lots):
        found: list[int] = []
        for stage in scheme.plans[state.severity].plan.stages:
            found.append((found[-1] if found else 0) + sum(draw.random() < p for _ in range(stage.n)))
            if found[-1] >= stage.re or (stage.ac is not None and found[-1] <= stage.ac):
                break
        done = scheme.step(state, tuple(found))
        accepted += done.decision == "accept"
        state = done.state
    assert accepted / lots == pytest.approx(scheme.pa(p), abs=0.05)


probabilities = st.floats(0.001, 0.6)


@given(lo=probabilities, hi=probabilities, sampling=st.sampled_from(["single", "double"]))
def test_worse_quality_is_never_accepted_more_often(
    lo: float, hi: float, sampling: aql.types.Sampling
) -> None:
    lo, hi = sorted((lo, hi))
    scheme = Scheme.lookup(letter="F", aql=4.0, sampling=sampling)
    for reduced in (True, False):
        assert scheme.pa(hi, reduced=reduced) <= scheme.pa(lo, reduced=reduced) * (1 + WITHIN)


@given(p=probabilities)
def test_shares_and_probabilities_add_up_to_1(p: float) -> None:
    scheme = Scheme.lookup(letter="J", aql=2.5)
    assert sum(scheme.shares(p).values()) == pytest.approx(1, rel=1e-14)
    assert scheme.pa(p) + scheme.pr(p) == pytest.approx(1, rel=1e-13)
    assert scheme.shares(p, reduced=False)["reduced"] == 0
    alone = [one.plan.pa(p) for one in scheme.plans.values()]
    low, high = min(alone) * (1 - WITHIN), max(alone) * (1 + WITHIN)
    assert low <= scheme.pa(p) <= high


def test_levels_and_risks_of_a_scheme_come_from_its_pa() -> None:
    scheme = Scheme.lookup(letter="J", aql=2.5)
    assert scheme.pa(scheme.quality_at(0.95)) == pytest.approx(0.95, rel=1e-12)
    assert scheme.pr(scheme.quality_at(pr=1e-9)) == pytest.approx(1e-9, rel=1e-9)
    assert scheme.pa(scheme.crq(0.10)) == pytest.approx(0.10, rel=1e-12)
    assert scheme.producer_risk(0.025) == scheme.pr(0.025)
    assert scheme.consumer_risk(0.1) == scheme.pa(0.1)
    assert scheme.crq() < scheme.normal.plan.crq(), (
        "tightened inspection protects better than the normal plan alone"
    )
    assert (pa, pr) == (Scheme.pa, Scheme.pr)


def test_a_plan_that_rejects_nothing_stays_on_reduced() -> None:
    always = SinglePlan(2, 2)
    scheme = Scheme.of(always, always, always, tighter_ac=2)
    assert scheme.pa([0.0, 0.5, 1.0]).tolist() == [1, 1, 1]
    assert scheme.shares(0.5)["reduced"] == 1


def test_a_lot_smaller_than_the_sample_is_inspected_whole() -> None:
    scheme = Scheme.lookup(10, aql=0.65)
    assert scheme.asn(0.0) <= 10
    double = Scheme.lookup(60, aql=0.65, sampling="double", prefer_below=True)
    assert isinstance(double.normal.plan, SinglePlan | MultiplePlan)
    assert 0 < double.pa(0.05) < 1


def test_two_severities_that_are_hardly_ever_left() -> None:
    """Without an empty window after reduced inspection, the start never comes back; nothing overflows."""
    rules = aql.scheme.switching_rules("ISO 2859-1:1999").agreed(fresh_window=False)
    scheme = Scheme.of(SinglePlan(5, 1), SinglePlan(5, 0), SinglePlan(2, 0), rules=rules)
    for p in (1e-100, 1e-150, 1e-200):
        assert scheme.shares(p)["reduced"] == 1
        assert scheme.pr(p) == pytest.approx(2 * p, rel=1e-12, abs=0)
