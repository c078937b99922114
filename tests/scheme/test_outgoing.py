"""Outgoing quality and total inspection of a scheme: the definition, and simulation in words of expected counts."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from aql import DomainError, Scheme, SinglePlan
from aql.plans import Inspector
from aql.types import SEVERITIES

SCHEME = Scheme.lookup(1200, aql=2.5)
DOUBLE = Scheme.lookup(1200, aql=2.5, sampling="double")


@pytest.mark.parametrize("scheme", [SCHEME, DOUBLE], ids=["single", "double"])
@pytest.mark.parametrize("reduced", [True, False])
def test_outgoing_quality_is_the_mean_over_the_severities(scheme: Scheme, reduced: bool) -> None:
    p, size = 0.04, 1200
    shares = scheme.shares(p, reduced=reduced)
    plans = {severity: scheme.plans[severity].plan for severity in SEVERITIES}
    delivered = sum(shares[one] * plans[one].aoq(p, lot_size=size) for one in SEVERITIES)
    items = sum(shares[one] * plans[one].ati(p, lot_size=size) for one in SEVERITIES)
    assert scheme.aoq(p, lot_size=size, reduced=reduced) == pytest.approx(delivered, rel=1e-12)
    assert scheme.ati(p, lot_size=size, reduced=reduced) == pytest.approx(items, rel=1e-12)
    assert scheme.afi(p, lot_size=size, reduced=reduced) == pytest.approx(items / size, rel=1e-12)
    # Of N items, N(1 - p) conform and N delivered do not; the removed ones are not replaced.
    removed = delivered / (1 - p + delivered)
    assert scheme.aoq(p, lot_size=size, found="removed", reduced=reduced) == pytest.approx(removed, rel=1e-12)
    assert scheme.aoq(p, reduced=reduced) == pytest.approx(p * scheme.pa(p, reduced=reduced), rel=1e-12)


def test_the_limit_is_the_largest_value() -> None:
    limit = SCHEME.aoql(lot_size=1200)
    grid = np.linspace(0.001, 0.2, 4001)
    values = SCHEME.aoq(grid, lot_size=1200)
    assert values.max() <= limit.value * (1 + 1e-12)
    assert values.max() == pytest.approx(limit.value, rel=1e-5)
    assert SCHEME.aoq(limit.at, lot_size=1200) == pytest.approx(limit.value, rel=1e-12)
    per_hundred = SCHEME.aoql(model="poisson", unit="100 items")
    per_item = SCHEME.aoql(model="poisson")
    assert per_hundred.value == pytest.approx(100 * per_item.value, rel=1e-9)


@pytest.mark.parametrize("found", ["replaced", "removed"])
@pytest.mark.parametrize("model", ["binomial", "hypergeometric", "poisson"])
def test_three_equal_plans_are_one_plan(found: Any, model: Any) -> None:
    plan = SinglePlan(20, 2)
    scheme = Scheme.of(plan, plan, plan, tighter_ac=1)
    how: Any = {"lot_size": 50, "found": found, "model": model}
    qualities = np.array([0.0, 0.02, 0.1, 0.5, 0.98, 1.0])
    assert scheme.aoq(qualities, **how) == pytest.approx(plan.aoq(qualities, **how), rel=1e-10)
    assert [scheme.aoq(p, **how) for p in qualities.tolist()] == pytest.approx(scheme.aoq(qualities, **how))
    ours, alone = scheme.aoql(**how), plan.aoql(**how)
    assert ours.value == pytest.approx(alone.value, rel=1e-11, abs=0)
    assert ours.at == pytest.approx(alone.at, rel=1e-6)


LIMIT_NUMBERS = Scheme.lookup(50, aql=4, standard="MIL-STD-105E")


@pytest.mark.parametrize(
    "scheme", [SCHEME, LIMIT_NUMBERS, Scheme.lookup(letter="F", aql=4, sampling="double")]
)
@pytest.mark.parametrize("model", ["binomial", "hypergeometric", "poisson"])
@pytest.mark.parametrize("found", ["replaced", "removed"])
def test_no_quality_is_delivered_worse_than_the_limit(scheme: Scheme, found: Any, model: Any) -> None:
    how: Any = {"lot_size": 150, "found": found, "model": model}
    limit = scheme.aoql(**how)
    if model == "hypergeometric":
        every = np.arange(151)
        values = scheme.aoq(nonconforming=every, **how)
        assert limit.value == pytest.approx(values.max())
        assert round(limit.at * 150) == values.argmax()
        return
    grid = np.concatenate([np.geomspace(1e-5, 1, 500), np.linspace(0.9, 1.1, 201) * limit.at])
    values = scheme.aoq(grid[grid < 1], **how)
    assert values.max() <= limit.value * (1 + 1e-12)
    # Near a maximum the curve is a parabola: a quality off by 1e-6 delivers the same.
    assert scheme.aoq(limit.at, **how) == pytest.approx(limit.value, rel=1e-12)


def test_whole_lots_deliver_nothing() -> None:
    whole = SinglePlan(5, 0)
    assert Scheme.of(whole, whole, whole, tighter_ac=0).aoql(lot_size=5).value == 0


def test_an_aoql_of_too_many_states_says_so_at_once() -> None:
    scheme = Scheme.lookup(letter="J", aql=2.5, standard="MIL-STD-105E")
    with pytest.raises(DomainError, match="the chain must have at most 50000 states for an AOQL, got 871301"):
        scheme.aoql()


def test_nothing_is_delivered_of_lots_without_a_conforming_item() -> None:
    assert SCHEME.aoq(1.0, lot_size=1200, found="removed") == 0
    assert SCHEME.aoq([0.9, 1.0], lot_size=1200, found="removed").tolist()[1] == 0
    limit = SCHEME.aoql(lot_size=1200, found="removed")
    grid = np.linspace(0.0, 1.0, 10_001)
    assert SCHEME.aoq(grid, lot_size=1200, found="removed").max() == pytest.approx(limit.value, rel=1e-4)
    assert SCHEME.aoq(limit.at, lot_size=1200, found="removed") == pytest.approx(limit.value, rel=1e-12)


def test_all_models_and_kinds_of_quality() -> None:
    series = pd.Series([0.01, 0.05], name="p")
    assert SCHEME.aoq(series).name == "p"
    assert SCHEME.ati(series, lot_size=1200).tolist() == pytest.approx(
        SCHEME.ati([0.01, 0.05], lot_size=1200).tolist()
    )
    assert SCHEME.afi([0.0], lot_size=1200)[0] == pytest.approx(32 / 1200)
    small: Any = {"model": "hypergeometric", "lot_size": 60}
    limit = SCHEME.aoql(**small)
    assert SCHEME.aoq(nonconforming=round(limit.at * 60), **small) == pytest.approx(limit.value, rel=1e-12)
    assert SCHEME.aoq(0.05, lot_size=1200, inspector=Inspector(miss=0.2)) > SCHEME.aoq(0.05, lot_size=1200)
    assert SCHEME.aoq(5.0, model="poisson", unit="100 items") == pytest.approx(
        100 * SCHEME.aoq(0.05, model="poisson")
    )


def test_what_has_no_outgoing_quality_says_so() -> None:
    with pytest.raises(DomainError, match='lot_size is required with found="removed"'):
        SCHEME.aoq(0.05, found="removed")
    with pytest.raises(DomainError, match="found must be"):
        SCHEME.aoq(0.05, found="scrapped")  # type: ignore[call-overload]
    with pytest.raises(DomainError, match="found must be"):
        SCHEME.aoq(0.05, found="removed", lot_size=1200, inspector=Inspector(miss=0.2))
    always = SinglePlan(2, 2)
    with pytest.raises(DomainError, match="every plan must be able to reject for an AOQL"):
        Scheme.of(always, always, always, tighter_ac=2).aoql()


def test_the_limit_of_a_lot_may_be_at_one_item() -> None:
    """Of 10 items 8 are drawn: with one nonconforming, 2 lots in 10 are accepted with it; with two, 1 in 45."""
    plan = SinglePlan(8, 0)
    limit = Scheme.of(plan, plan, plan).aoql(model="hypergeometric", lot_size=10)
    assert (limit.value, limit.at) == pytest.approx((0.02, 0.1), rel=1e-12)
