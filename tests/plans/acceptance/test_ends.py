"""Compiled plans, and the two ways to use them: runs of counts, or stage by stage if the runs are too long."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql import strategies
from aql.plans.acceptance.curve import accepted, rejected
from aql.plans.acceptance.ends import compiled
from aql.plans.acceptance.stages import by_stages, finished_items, stage_arrays, stage_ends
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.stage import steps_of
from tests.oracles import exact_probability as exact
from tests.plans.acceptance.test_accuracy import staged_plans

MODELS = ("binomial", "poisson", "hypergeometric")
every_model = pytest.mark.parametrize("model", MODELS)


@pytest.mark.parametrize("standard", ["ISO 2859-1:1999", "MIL-STD-105E"])
def test_every_plan_of_the_standards_is_short(standard: str) -> None:
    """The fast way serves them all."""
    for plan in staged_plans(standard):
        for nonconformities in (False, True):
            code = compiled(steps_of(plan), nonconformities)
            assert code.short or code.always, plan
            if not code.always:
                chance = accepted(steps_of(plan), code.pivot, "poisson" if nonconformities else "binomial")
                assert 0.2 <= chance <= 0.8


@every_model
@given(
    plan=strategies.plans(max_stages=4, max_n=60, max_step=4),
    quality=st.floats(0, 1),
    lot_size=st.integers(1, 2000),
)
def test_both_ways_give_the_same(plan: Any, quality: float, lot_size: int, model: str) -> None:
    size = lot_size if model == "hypergeometric" else None
    steps, value = steps_of(plan, size), float(round(quality * lot_size)) if size else quality
    fast = accepted(steps, value, model, size), rejected(steps, value, model, size)
    shapes: list[Any] = [value, np.array([value]), np.full((2, 1), value)]
    for one in shapes:
        slow = by_stages(steps, one, model, size)
        for got, wanted in zip(slow, fast, strict=True):
            assert np.shape(got) == np.shape(one)
            assert np.ravel(got)[0] == pytest.approx(wanted, rel=2e-12, abs=1e-290)
    values = np.array([value])
    for got_stage, wanted_stage in zip(
        stage_ends(steps, values, model, size), stage_arrays(steps, values, model, size), strict=True
    ):
        assert np.concatenate(got_stage) == pytest.approx(np.concatenate(wanted_stage), rel=0, abs=1e-12)


@every_model
def test_numbers_and_arrays_are_the_same(model: str) -> None:
    size = 3000 if model == "hypergeometric" else None
    values = np.linspace(0, 1, 12_000) if size is None else np.arange(3001.0)
    for plan in (
        aql.lookup(letter="K", aql=2.5, sampling="double").plan,
        aql.lookup(letter="K", aql=2.5, sampling="multiple").plan,
        MultiplePlan((125, 125), (None, 8), (7, 9)),
    ):
        steps = steps_of(plan, size)
        for side in (accepted, rejected):
            alone = [side(steps, value, model, size) for value in values[::100].tolist()]
            many, few = side(steps, values, model, size), side(steps, values[:40], model, size)
            assert many[::100] == pytest.approx(alone, rel=1e-12, abs=1e-290)
            assert few == pytest.approx(many[:40], rel=1e-13, abs=1e-290)


@every_model
@pytest.mark.parametrize(
    ("plan", "share"),
    [
        # Stages whose numbers are far apart.
        (MultiplePlan((10, 2000), (1, 4), (3, 5)), 0.15),
        (MultiplePlan((10, 2000), (1, 4), (3, 5)), 0.002),
        (MultiplePlan((4, 900), (2, 2), (5, 5)), 0.01),
        # An acceptance number that cannot be reached, after a stage that may reject.
        (MultiplePlan((5, 1), (None, 6), (3, 7)), 0.5),
    ],
)
def test_stages_and_sample_numbers_of_unusual_plans(plan: MultiplePlan, share: float, model: str) -> None:
    size = 5000 if model == "hypergeometric" else None
    value = share if size is None else float(round(share * size))
    law = {
        "binomial": lambda: exact.binomial(share),
        "poisson": lambda: exact.poisson(share),
        "hypergeometric": lambda: exact.hypergeometric(5000, int(value), exact=False),
    }[model]()
    read = exact.plan_of(plan, size)
    wanted = exact.walk(read, law)
    steps, values = steps_of(plan, size), np.array([value])
    for got, parts in zip(
        stage_arrays(steps, values, model, size),
        (wanted.reached, wanted.accepted, wanted.rejected),
        strict=True,
    ):
        assert [one[0] for one in got] == pytest.approx([float(part) for part in parts], rel=1e-11, abs=1e-14)
    for items in (
        finished_items(steps, len(steps), value, model, size),
        finished_items(steps, len(steps), values, model, size)[0],
    ):
        assert exact.relative_error(float(items), exact.asn(read, law, "full")) <= 1e-12


@every_model
@pytest.mark.parametrize("plan", [SinglePlan(3, 3), MultiplePlan((2, 2), (1, 4), (3, 5))])
def test_a_plan_that_cannot_reject(plan: Any, model: str) -> None:
    size = 50 if model == "hypergeometric" else None
    steps, values = steps_of(plan, size), np.array([0.0, 1.0, np.nan])
    if model == "poisson":
        assert rejected(steps, 5.0, model, size) > 0
        return
    assert accepted(steps, values, model, size)[:2].tolist() == [1, 1]
    assert rejected(steps, values, model, size)[:2].tolist() == [0, 0]
    assert np.isnan(accepted(steps, values, model, size)[2])
    assert np.isnan(rejected(steps, np.nan, model, size))
    assert (accepted(steps, 1.0, model, size), rejected(steps, 1.0, model, size)) == (1, 0)
