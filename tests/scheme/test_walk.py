"""The number of lots until a switch, far ahead and for chains of many states: a series is followed until it has settled."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from aql import DomainError, Scheme, SinglePlan
from aql.scheme import first_passage, walk
from aql.scheme.first_passage import GOALS, Goal

ISO = Scheme.lookup(1200, aql=2.5)
MIL = Scheme.lookup(letter="F", aql=2.5, standard="MIL-STD-105E")


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("p", [0.0, 1e-5, 0.03, 0.4, 1.0, [0.01] * 12 + [0.08]])
@pytest.mark.parametrize("discontinuation", [None, True])
def test_following_a_series_and_elimination_agree(
    goal: Goal, p: Any, discontinuation: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for scheme in (ISO, MIL):
        exact = scheme.lots_until(goal, p, discontinuation=discontinuation)
        with monkeypatch.context() as patch:
            patch.setattr(first_passage, "_ELIMINATED", 0)
            followed = scheme.lots_until(goal, p, discontinuation=discontinuation)
        assert exact.residual == 0
        assert followed.residual < 1e-12
        assert followed.mean == pytest.approx(exact.mean, rel=1e-11)
        assert followed.reached == pytest.approx(exact.reached, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize(
    ("goal", "p"), [("tightened", 0.005), ("discontinued", 0.01), ("discontinued", 0.001)]
)
def test_a_quantile_may_be_far_ahead(goal: Goal, p: float) -> None:
    """A rare switch comes after a number of lots that is nearly exponential."""
    wait = ISO.lots_until(goal, p)
    assert wait.mean > 1e14
    for q in (0.1, 0.5, 0.9, 0.999999):
        assert wait.quantile(q) == pytest.approx(-math.log1p(-q) * wait.mean, rel=1e-6)
    assert wait.quantile(1e-16) < wait.mean


@pytest.mark.parametrize("goal", GOALS)
def test_distribution_quantiles_and_mean_fit(goal: Goal) -> None:
    wait = ISO.lots_until(goal, 0.05)
    chances = wait.distribution(40_000)
    lots = np.arange(1, chances.size + 1)
    left = chances[-1] / (chances[-2] / chances[-1] - 1) if chances[-1] > 0 else 0.0
    assert chances.sum() == pytest.approx(1 - left, abs=1e-7)
    for q in (0.05, 0.5, 0.99):
        lot = int(wait.quantile(q))
        if lot <= chances.size:
            assert chances[:lot].sum() >= q * (1 - 1e-12)
            assert chances[: lot - 1].sum() < q
    if left < 1e-12:
        assert wait.mean == pytest.approx(float((lots * chances).sum()), rel=1e-9)


@pytest.mark.parametrize("bad_lots", [2, 5, 8, 13])
@pytest.mark.parametrize("p", [0.02, 0.05, 0.08, 0.2])
def test_all_that_is_ever_reached_is_reached_at_the_last_bad_lot(bad_lots: int, p: float) -> None:
    """Perfect lots follow, so the switch is decided by the last bad lot or never; no rounding makes it never."""
    wait = ISO.lots_until("tightened", [*[p] * bad_lots, 0.0])
    if wait.reached < 0.999:
        assert wait.quantile(wait.reached) == bad_lots
        assert wait.quantile(wait.reached * (1 + 1e-12)) == math.inf
    assert wait.distribution(bad_lots + 5)[bad_lots:].tolist() == [0.0] * 5


def test_what_can_never_be_reached_from_here() -> None:
    wait = MIL.lots_until("tightened", 0.0)
    assert (wait.mean, wait.reached, wait.quantile(0.5)) == (math.inf, 0, math.inf)
    assert wait.distribution(30).tolist() == [0.0] * 30


def test_a_series_that_does_not_settle_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert walk._MOST_FOLLOWED == 100_000
    monkeypatch.setattr(walk, "_MOST_FOLLOWED", 3)
    with pytest.raises(DomainError, match="the series must settle within 3 lots"):
        ISO.lots_until("reduced", 0.02)


def test_the_goal_may_be_certain_with_every_lot() -> None:
    never = Scheme.of(SinglePlan(5, 0), SinglePlan(5, 0), SinglePlan(5, 0))
    wait = never.lots_until("normal", 1.0, start="reduced")
    assert wait.distribution(3).tolist() == [1.0, 0.0, 0.0]
    assert wait.quantile(0.99) == wait.mean == 1


def test_many_states() -> None:
    large = Scheme.lookup(letter="J", aql=1.0, standard="MIL-STD-105E")
    wait = large.lots_until("tightened", 0.02)
    assert 0 <= wait.residual < 1e-12
    chances = wait.distribution(2000)
    assert wait.mean == pytest.approx(float((np.arange(1, 2001) * chances).sum()), rel=1e-10)
    last = large.transient(0.02, lots=400)
    assert last.pa[-1] == pytest.approx(large.pa(0.02), rel=1e-9)


@pytest.mark.parametrize("ending", [1e-9, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("share", [1.0, 0.7, 0.5, 0.25, 1e-6])
def test_lots_until_a_share_is_left(ending: float, share: float) -> None:
    """The fewest lots, one or more, after which no more than the share is left, if as many end with every lot."""
    settled = walk.SettledWalk(np.array([]), 1.0, 1.0, ending, ending, 0.0, 0.0)
    lots = settled.lots_to(share)
    left = (1 - Fraction(ending)) ** int(lots) if ending > 0.01 else math.exp(lots * math.log1p(-ending))
    before = (
        (1 - Fraction(ending)) ** int(lots - 1)
        if ending > 0.01
        else math.exp((lots - 1) * math.log1p(-ending))
    )
    assert left <= share
    assert lots == 1 or before > share
    assert settled.after(np.array([0.0, lots])) == pytest.approx([1.0, float(left)])


@pytest.mark.parametrize("p", [0.03, 0.05])
def test_all_that_is_ever_reached_is_reached_only_in_the_end(p: float) -> None:
    wait = ISO.lots_until("reduced", p, discontinuation=True)
    assert wait.reached < 1
    assert wait.quantile(wait.reached) == math.inf
    assert wait.quantile(wait.reached * (1 - 1e-6)) < math.inf


def test_one_lot_may_be_enough_to_discontinue() -> None:
    rules = ISO.rules.agreed(discontinue_after=1)
    scheme = Scheme.lookup(1200, aql=2.5, rules=rules)
    assert scheme.lots_until("discontinued", 1.0).mean == 3
