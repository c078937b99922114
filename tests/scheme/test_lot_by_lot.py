"""Schemes lot by lot, and how long a switch takes: closed forms, the definition, and laws."""

import math
from decimal import Decimal
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import DomainError, Scheme, SinglePlan
from aql.plans import Inspector
from aql.scheme.first_passage import GOALS
from aql.types import SEVERITIES
from tests.oracles.exact_scheme import iso_moves

SMALL = Scheme.of(SinglePlan(5, 1), SinglePlan(5, 0), SinglePlan(2, 0))
UNKNOWN: Any = "tighter"
TABLE = Scheme.lookup(1200, aql=2.5)


def test_the_share_of_each_severity_follows_the_definition() -> None:
    p = Fraction(1, 8)
    accept = [
        sum((comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(ac + 1)), Fraction(0))
        for n, ac in ((5, 1), (5, 0), (2, 0))
    ]
    moves = iso_moves((accept[0], accept[1], accept[2]), ((2, accept[0]),))
    now: dict[Any, Decimal] = {("N", "", 0): Decimal(1)}
    found = SMALL.transient(float(p), lots=25)
    for lot in range(25):
        shares = [
            float(sum((one for state, one in now.items() if state[0] == kind), Decimal(0))) for kind in "NTR"
        ]
        assert [found.shares[severity][lot] for severity in SEVERITIES] == pytest.approx(shares, rel=1e-12)
        assert found.pa[lot] == pytest.approx(
            sum(a * float(b) for a, b in zip(shares, accept, strict=True)), rel=1e-12
        )
        after: dict[Any, Decimal] = {}
        for state, weight in now.items():
            for to, chance in moves(state).items():
                after[to] = after.get(to, Decimal(0)) + weight * chance
        now = after


def test_a_long_series_reaches_the_long_run() -> None:
    last = TABLE.transient(0.03, lots=600)
    assert last.pa[-1] == pytest.approx(TABLE.pa(0.03), rel=1e-9)
    assert last.asn[-1] == pytest.approx(TABLE.asn(0.03), rel=1e-9)
    assert (last.discontinued == 0).all()
    assert last.to_frame().shape == (600, 8)
    assert repr(last).startswith("<Transient 600 lots, pa 0.9667 to 0.9738")


def test_discontinuation_takes_lots_out() -> None:
    found = TABLE.transient(0.08, lots=60, discontinuation=True)
    total = sum(found.shares.values()) + found.discontinued
    assert total == pytest.approx(1, rel=1e-12)
    assert found.pa + found.pr + found.discontinued == pytest.approx(1, rel=1e-12)
    assert found.discontinued[6] == 0
    assert found.discontinued[7] == pytest.approx(
        TABLE.normal.plan.pr(0.08) ** 2 * TABLE.tightened.plan.pr(0.08) ** 5
    )
    wait = TABLE.lots_until("discontinued", 0.08)
    assert np.cumsum(wait.distribution(59)) == pytest.approx(found.discontinued[1:], abs=1e-13)
    older = Scheme.lookup(letter="F", aql=2.5, standard="MIL-STD-105E").lots_until("discontinued", 0.5)
    assert older.distribution(12)[:11].sum() == 0, "two lots on normal and ten on tightened"


def test_a_series_may_start_anywhere() -> None:
    reduced = TABLE.run([0] * 10).state
    assert TABLE.transient(0.02, lots=1, state=reduced).shares["reduced"][0] == 1
    assert TABLE.lots_until("normal", 0.02, start="reduced").mean == pytest.approx(
        1 / TABLE.reduced.plan.pr(0.02)
    )
    assert TABLE.lots_until("normal", 0.02, start=reduced).mean == pytest.approx(
        1 / TABLE.reduced.plan.pr(0.02)
    )


@pytest.mark.parametrize("p", [1e-5, 0.01, 0.1, 0.3])
def test_the_mean_stays_of_stephens_and_larson(p: float) -> None:
    normal, tightened = Fraction(SMALL.normal.plan.pa(p)), Fraction(SMALL.tightened.plan.pa(p))
    a = (2 - normal**4) / ((1 - normal) * (1 - normal**4))
    b = (1 - tightened**5) / ((1 - tightened) * tightened**5)
    rel = 1e-12 if p > 0.005 else 1e-5  # the closed form in floats loses the digits of 1 - P
    assert SMALL.lots_until("tightened", p, reduced=False).mean == pytest.approx(float(a), rel=rel)
    assert SMALL.lots_until("normal", p).mean == pytest.approx(float(b), rel=rel)


def test_ways_that_are_certain() -> None:
    assert TABLE.lots_until("tightened", 1.0).mean == 2
    assert float(TABLE.lots_until("normal", 0.0)) == 5
    assert TABLE.lots_until("reduced", 0.0).mean == 10
    assert TABLE.lots_until("discontinued", 1.0).mean == 7
    never = TABLE.lots_until("tightened", 0.0)
    assert (never.mean, never.quantile(0.5)) == (math.inf, math.inf)
    assert never.distribution(3).tolist() == [0, 0, 0]


def test_another_switch_may_come_first_and_then_never() -> None:
    lost = TABLE.lots_until("reduced", 0.2, discontinuation=True)
    assert 0 < lost.reached < 0.01
    assert (lost.mean, lost.quantile(0.5)) == (math.inf, math.inf)
    assert lost.distribution(400).sum() == pytest.approx(lost.reached, rel=1e-9)
    assert TABLE.lots_until("reduced", 0.2).reached == 1
    with pytest.raises(DomainError, match="goal must be a switch that the rules can reach, got 'reduced'"):
        TABLE.lots_until("reduced", 0.02, reduced=False)
    forever = Scheme.lookup(1200, aql=2.5, rules=TABLE.rules.agreed(discontinue_after=0))
    with pytest.raises(DomainError, match="goal must be a switch that the rules can reach"):
        forever.lots_until("discontinued", 0.1)


@given(p=st.floats(0.02, 0.3), goal=st.sampled_from(GOALS))
def test_mean_distribution_and_quantiles_agree(p: float, goal: Any) -> None:
    wait = SMALL.lots_until(goal, p)
    chances = wait.distribution(3000)
    lots = np.arange(1, 3001)
    missing = 1 - chances.sum()
    if missing < 1e-9:
        assert wait.mean == pytest.approx(float(chances @ lots), rel=1e-5)
    for q in (0.1, 0.5, 0.9):
        cumulative = np.cumsum(chances)
        if cumulative[-1] > q + 1e-9:
            place = int(wait.quantile(q))
            assert cumulative[place - 1] >= q - 1e-9
            assert place == 1 or cumulative[place - 2] < q + 1e-9


def test_a_quality_that_shifts() -> None:
    good, bad = 0.01, 0.1
    shift = [good] * 3 + [bad]
    wait = SMALL.lots_until("tightened", shift)
    brute = SMALL.transient([good] * 3 + [bad] * 200, reduced=False)
    assert wait.distribution(2)[0] == 0
    plain = SMALL.lots_until("tightened", [bad] * 4)
    steady = SMALL.lots_until("tightened", bad)
    assert plain.mean == pytest.approx(steady.mean, rel=1e-12)
    assert plain.distribution(30) == pytest.approx(steady.distribution(30), rel=1e-12)
    assert wait.quantile(0.9) >= steady.quantile(0.9)
    assert brute.shares["tightened"][2] == pytest.approx(wait.distribution(2)[1], rel=1e-12)
    assert SMALL.lots_until("tightened", [1.0, 1.0, 0.0]).mean == 2
    assert SMALL.lots_until("tightened", [1.0, 1.0, 0.0]).quantile(0.5) == 2


def test_all_models() -> None:
    for law in (
        {"model": "poisson"},
        {"model": "hypergeometric", "lot_size": 50},
        {"inspector": Inspector(miss=0.2)},
        {"model": "hypergeometric", "lot_size": 50, "inspector": Inspector(miss=0.2)},
    ):
        how: Any = law
        found = SMALL.transient(0.1, lots=2, **how)
        assert found.pa[0] == pytest.approx(SMALL.normal.plan.pa(0.1, **how), rel=1e-12)
        assert found.asn.tolist() == pytest.approx([5, 5])
        assert SMALL.lots_until("tightened", 0.1, **how).mean > 2
    assert SMALL.lots_until("tightened", nonconforming=5, model="hypergeometric", lot_size=50).mean > 2
    by_number = SMALL.transient(nonconforming=[5, 0], model="hypergeometric", lot_size=50)
    assert by_number.pa[1] == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: SMALL.transient(0.1), "lots is required with one quality"),
        (lambda: SMALL.transient([0.1, 0.2], lots=3), "p must be one quality or 3, one per lot, got 2"),
        (
            lambda: SMALL.transient([[0.1]]),
            r"p must be one quality or one per lot, got an array of shape \(1, 1\)",
        ),
        (lambda: SMALL.transient([float("nan")]), "p must be known for every lot, got NaN"),
        (
            lambda: SMALL.lots_until(UNKNOWN, 0.1),
            'goal must be "tightened", "normal", "reduced" or "discontinued"',
        ),
        (lambda: SMALL.lots_until("tightened", 0.1).quantile(1.0), "q must be above 0 and below 1"),
    ],
)
def test_bad_input(call: Any, message: str) -> None:
    with pytest.raises(DomainError, match=message):
        call()


def test_what_stopped_before_the_last_quality_never_comes() -> None:
    """Perfect lots follow, so every series that still goes on switches; those discontinued before do not."""
    wait = SMALL.lots_until("reduced", [0.5] * 12 + [0.0], discontinuation=True)
    stopped = SMALL.transient([0.5] * 12 + [0.0] * 20, discontinuation=True).discontinued[-1]
    assert 0.99 < stopped < 1
    assert wait.mean == math.inf
    assert wait.reached == pytest.approx(1 - stopped, rel=1e-10)


def test_a_series_has_up_to_a_million_lots() -> None:
    with pytest.raises(DomainError, match="lots must be a whole number, 1 to 1000000, got 1000001"):
        SMALL.transient(0.1, lots=1_000_001)


@pytest.mark.parametrize("lots", [0, -1, 1.5])
def test_a_series_has_a_lot_or_more(lots: Any) -> None:
    with pytest.raises(DomainError, match="lots must be a whole number, 1 "):
        SMALL.transient(0.1, lots=lots)
    with pytest.raises(DomainError, match="lots must be a whole number, 1 "):
        SMALL.lots_until("tightened", 0.1).distribution(lots)


def test_a_distribution_of_few_lots_is_the_beginning_of_a_longer_one() -> None:
    for p in (0.1, [0.1, 0.2, 0.05]):
        wait = SMALL.lots_until("tightened", p)
        long = wait.distribution(900)
        for lots in (1, 2, 3, 4, 40):
            assert wait.distribution(lots).tolist() == long[:lots].tolist()
