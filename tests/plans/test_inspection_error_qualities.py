"""Qualities and slopes when the inspector errs: inverses and derivatives of the imperfect curve."""

from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.errors import DomainError
from aql.plans.inspection_error import Inspector
from aql.plans.operating_characteristic import pa, pr, slope
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.quality_levels import quality_at
from aql.plans.sample_number import asn
from aql.plans.stage_probabilities import stage_probabilities
from aql.types import ProcessModel

SINGLE, DOUBLE = SinglePlan(80, 5), MultiplePlan((50, 50), (2, 6), (5, 7))
LOT: dict[str, Any] = {"model": "hypergeometric", "lot_size": 300}


def accepted(p: float) -> str:
    """Probability that the single plan accepts, as a message writes it."""
    return f"{sum(comb(80, k) * p**k * (1 - p) ** (80 - k) for k in range(6)):.6g}"


inspectors = st.builds(Inspector, miss=st.floats(0, 0.6), false_alarm=st.floats(0, 0.004))


@given(inspector=inspectors, target=st.floats(0.02, 0.9), model=st.sampled_from(["binomial", "poisson"]))
def test_the_quality_found_is_accepted_so_often(
    inspector: Inspector, target: float, model: ProcessModel
) -> None:
    found = quality_at(DOUBLE, target, inspector=inspector, model=model)
    assert pa(DOUBLE, found, inspector=inspector, model=model) == pytest.approx(target, rel=1e-9)
    again = quality_at(DOUBLE, inspector=inspector, pr=1 - target, model=model)
    assert again == pytest.approx(found, rel=1e-9)


@given(inspector=inspectors, target=st.floats(0.02, 0.9))
def test_in_a_lot_it_is_the_largest_number_accepted_so_often(inspector: Inspector, target: float) -> None:
    bad = round(quality_at(SINGLE, target, inspector=inspector, **LOT) * 300)
    accepted = pa(SINGLE, inspector=inspector, nonconforming=[bad, min(bad + 1, 300)], **LOT)
    assert accepted[0] >= target
    assert bad == 300 or accepted[1] < target
    rejected = quality_at(SINGLE, inspector=inspector, pr=1 - target, **LOT) * 300
    assert pr(SINGLE, inspector=inspector, nonconforming=round(rejected), **LOT) <= 1 - target


def test_an_inspector_who_never_errs_changes_nothing() -> None:
    for how in ({}, {"model": "poisson"}, LOT):
        shares = np.array([[0.9, 0.5], [0.1, np.nan]])
        np.testing.assert_allclose(
            quality_at(SINGLE, shares, inspector=Inspector(), **how),
            SINGLE.quality_at(shares, **how),
            rtol=1e-14,
        )
    assert slope(SINGLE, 0.05, inspector=Inspector()) == SINGLE.slope(0.05)


def test_per_100_items() -> None:
    inspector = Inspector(miss=0.1, false_alarm=0.001)
    each = quality_at(SINGLE, [0.9, 0.1], inspector=inspector, model="poisson")
    hundred = quality_at(SINGLE, [0.9, 0.1], inspector=inspector, model="poisson", unit="100 items")
    np.testing.assert_allclose(hundred, 100 * each, rtol=1e-12)


@given(inspector=inspectors, p=st.floats(0.01, 0.3), model=st.sampled_from(["binomial", "poisson"]))
def test_the_slope_is_the_change_of_the_curve(inspector: Inspector, p: float, model: ProcessModel) -> None:
    h = 1e-6
    low, high = pa(SINGLE, [p - h, p + h], inspector=inspector, model=model)
    assert slope(SINGLE, p, inspector=inspector, model=model) == pytest.approx(
        (high - low) / (2 * h), rel=1e-4, abs=1e-8
    )


@given(inspector=inspectors, p=st.floats(0, 0.3))
def test_stages_add_up(inspector: Inspector, p: float) -> None:
    found = stage_probabilities(DOUBLE, p, inspector=inspector)
    assert sum(found.accept) == pytest.approx(pa(DOUBLE, p, inspector=inspector), rel=1e-12)
    assert sum(found.reject) == pytest.approx(pr(DOUBLE, p, inspector=inspector), rel=1e-12, abs=1e-300)
    assert 50 + 50 * found.reach[1] == pytest.approx(asn(DOUBLE, p, inspector=inspector), rel=1e-12)


def test_a_perfect_process_is_found_where_only_false_alarms_reject() -> None:
    inspector = Inspector(false_alarm=0.02)
    at_best = pa(SINGLE, 0.0, inspector=inspector)
    assert quality_at(SINGLE, at_best, inspector=inspector) == pytest.approx(0, abs=1e-16)


@pytest.mark.parametrize(
    ("pa", "inspector", "how", "said"),
    [
        (
            0.95,
            Inspector(false_alarm=0.1),
            {},
            f"pa must be between 0 and {accepted(0.1)}, those of the worst and the best quality, got 0.95.",
        ),
        (
            0.01,
            Inspector(miss=0.95),
            {},
            f"pa must be between {accepted(0.05)} and 1, those of the worst and the best quality, got 0.01.",
        ),
        (
            0.95,
            Inspector(miss=0.5, false_alarm=0.5),
            {},
            (
                "miss + false_alarm must be below 1 to tell nonconforming items from good ones, "
                "got Inspector(miss=0.5, false_alarm=0.5)."
            ),
        ),
        (
            0.95,
            Inspector(miss=1.0),
            {"model": "poisson"},
            (
                "miss must be below 1 to tell nonconforming items from good ones, "
                "got Inspector(miss=1.0, false_alarm=0.0)."
            ),
        ),
        (
            0.99999,
            Inspector(false_alarm=0.1),
            {"model": "poisson"},
            "pa must be between 0 and 0.191236, those of the worst and the best quality, got 0.99999.",
        ),
    ],
)
def test_what_no_quality_has_is_refused(
    pa: float, inspector: Inspector, how: dict[str, Any], said: str
) -> None:
    with pytest.raises(DomainError) as caught:
        quality_at(SINGLE, pa, inspector=inspector, **how)
    assert str(caught.value) == said


def test_a_lot_that_no_number_suits_is_refused() -> None:
    with pytest.raises(
        DomainError,
        match=r"^pr must be between 0.\d+ and 1, those of the best and the worst quality, got 0.01.$",
    ):
        quality_at(SINGLE, inspector=Inspector(false_alarm=0.1), pr=0.01, **LOT)
    assert quality_at(SINGLE, 0.5, inspector=Inspector(miss=0.96), **LOT) == 1.0
