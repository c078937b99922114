"""How a plan reaches its later stages: shares of orders, counted one by one."""

import math
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import strategies
from aql.distributions import binomial, hypergeometric, poisson
from aql.plans.acceptance.shares import begun, shares
from aql.plans.acceptance.stages import stage_arrays
from aql.plans.plan import MultiplePlan
from aql.plans.stage import Steps, steps_of


def goes_on(steps: Steps, found: list[int]) -> bool:
    """Whether a plan goes on at every one of the stages whose counts are given."""
    return all(ac < count < re for count, (_, _, ac, re) in zip(found, steps, strict=False))


@pytest.mark.parametrize(
    "plan",
    [
        MultiplePlan((2, 3, 2), (0, 1, 2), (2, 3, 4)),
        MultiplePlan((3, 2, 3), (None, 0, 3), (3, 4, 5)),
        MultiplePlan((2, 2, 2, 2), (0, 0, 1, 3), (3, 3, 4, 4)),
    ],
)
def test_the_shares_are_those_of_all_orders(plan: MultiplePlan) -> None:
    steps = steps_of(plan)
    for place, (first, parts) in enumerate(shares(steps, nonconformities=False)):
        drawn = steps[place - 1][1] if place else 0
        for count, share in enumerate(parts, start=first):
            orders = list(combinations(range(drawn), count))
            led = sum(
                goes_on(steps[:place], [sum(item < end for item in bad) for _, end, _, _ in steps[:place]])
                for bad in orders
            )
            assert share == pytest.approx(float(Fraction(led, len(orders))), rel=1e-13)


def test_nonconformities_fall_on_any_item() -> None:
    steps = steps_of(MultiplePlan((1, 2, 2), (0, 1, 2), (3, 4, 5)))
    for place, (first, parts) in enumerate(shares(steps, nonconformities=True)):
        drawn = steps[place - 1][1] if place else 0
        for count, share in enumerate(parts, start=first):
            ways = list(product(range(drawn), repeat=count))
            led = sum(
                goes_on(steps[:place], [sum(item < end for item in on) for _, end, _, _ in steps[:place]])
                for on in ways
            )
            assert share == pytest.approx(led / len(ways), rel=1e-13)


@pytest.mark.parametrize("model", ["binomial", "poisson", "hypergeometric"])
@given(plan=strategies.plans(max_stages=4, max_n=40, max_step=4), quality=st.floats(0, 1))
def test_a_stage_begins_as_often_as_it_is_reached(plan: Any, quality: float, model: str) -> None:
    size = 1000 if model == "hypergeometric" else None
    steps = steps_of(plan, size)
    values = np.array([round(quality * 1000) if size else quality, np.nan], dtype=float)
    reach, _, _ = stage_arrays(steps, values, model, size)
    for place, wanted in enumerate(reach):
        found = begun(steps, place, values, model, size)
        total = sum((chance for _, chance in found), np.array([0.0, np.nan]))
        assert total[0] == pytest.approx(wanted[0], rel=1e-9, abs=1e-12)
        assert np.isnan(total[1])


def test_a_stage_may_begin_with_no_count() -> None:
    """The first stage continues at a count of two, which one item cannot have, so the second is never begun."""
    steps = ((1, 1, 1, 3), (5, 6, 3, 4))
    assert shares(steps, nonconformities=False) == ((0, (1.0,)), (0, ()))
    assert begun(steps, 1, np.array([0.5]), "binomial", None) == []
    ((count, chance),) = begun(steps, 1, np.array([0.5]), "poisson", None)
    assert (count, chance[0]) == (2, pytest.approx(poisson.pmf(2, 0.5)))


def test_the_first_stage_is_any_sample() -> None:
    steps = steps_of(MultiplePlan((20, 20), (1, 4), (4, 5)))
    for model, size, values in (
        ("binomial", None, np.array([0.1])),
        ("poisson", None, np.array([0.1])),
        ("hypergeometric", 100, np.array([10.0])),
    ):
        terms = {
            "binomial": {k: binomial.pmf(k, 20, 0.1) for k in (2, 3)},
            "poisson": {k: poisson.pmf(k, 2.0) for k in (2, 3)},
            "hypergeometric": {k: hypergeometric.pmf(k, 20, 10, 100) for k in (2, 3)},
        }[model]
        found = {count: float(chance[0]) for count, chance in begun(steps, 1, values, model, size)}
        assert found == pytest.approx(terms, rel=1e-12)


def test_a_second_stage_that_hardly_any_quality_near_the_middle_reaches() -> None:
    """The first stage never rejects and accepts nearly always, so that its ends near the middle tell nothing of bad lots."""
    plan = MultiplePlan(n=(6515, 108), ac=(6484, 6484), re=(6650, 6650))
    reached = math.fsum(math.comb(6515, k) * 0.001**k * 0.999 ** (6515 - k) for k in range(6515 - 6484))
    exact = 6515 + 108 * reached
    assert plan.asn(0.999) == pytest.approx(exact, rel=1e-12)
    assert plan.asn(np.array([0.999, 0.5])) == pytest.approx([exact, 6515], rel=1e-12)
