"""Qualities and slopes when the inspector errs: inverses and derivatives of the imperfect curve."""

from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.errors import DomainError
from aql.plans.inspection_error import Inspector, imperfect_asn, imperfect_pa, imperfect_pr
from aql.plans.inspection_error_qualities import (
    imperfect_quality_at,
    imperfect_slope,
    imperfect_stage_probabilities,
)
from aql.plans.plan import MultiplePlan, SinglePlan

SINGLE, DOUBLE = SinglePlan(80, 5), MultiplePlan((50, 50), (2, 6), (5, 7))
LOT: dict[str, Any] = {"model": "hypergeometric", "lot_size": 300}


def accepted(p: float) -> str:
    """Probability that the single plan accepts, as a message writes it."""
    return f"{sum(comb(80, k) * p**k * (1 - p) ** (80 - k) for k in range(6)):.6g}"


inspectors = st.builds(Inspector, miss=st.floats(0, 0.6), false_alarm=st.floats(0, 0.004))


@given(inspector=inspectors, target=st.floats(0.02, 0.9), model=st.sampled_from(["binomial", "poisson"]))
def test_the_quality_found_is_accepted_so_often(inspector: Inspector, target: float, model: str) -> None:
    found = imperfect_quality_at(DOUBLE, target, inspector, model=model)
    assert imperfect_pa(DOUBLE, found, inspector, model=model) == pytest.approx(target, rel=1e-9)
    again = imperfect_quality_at(DOUBLE, None, inspector, pr=1 - target, model=model)
    assert again == pytest.approx(found, rel=1e-9)


@given(inspector=inspectors, target=st.floats(0.02, 0.9))
def test_in_a_lot_it_is_the_largest_number_accepted_so_often(inspector: Inspector, target: float) -> None:
    bad = round(imperfect_quality_at(SINGLE, target, inspector, **LOT) * 300)
    accepted = imperfect_pa(SINGLE, None, inspector, nonconforming=[bad, min(bad + 1, 300)], **LOT)
    assert accepted[0] >= target
    assert bad == 300 or accepted[1] < target
    rejected = imperfect_quality_at(SINGLE, None, inspector, pr=1 - target, **LOT) * 300
    assert imperfect_pr(SINGLE, None, inspector, nonconforming=round(rejected), **LOT) <= 1 - target


def test_an_inspector_who_never_errs_changes_nothing() -> None:
    for how in ({}, {"model": "poisson"}, LOT):
        shares = np.array([[0.9, 0.5], [0.1, np.nan]])
        np.testing.assert_allclose(
            imperfect_quality_at(SINGLE, shares, Inspector(), **how),
            SINGLE.quality_at(shares, **how),
            rtol=1e-14,
        )
    assert imperfect_slope(SINGLE, 0.05, Inspector()) == SINGLE.slope(0.05)


def test_per_100_items() -> None:
    inspector = Inspector(miss=0.1, false_alarm=0.001)
    each = imperfect_quality_at(SINGLE, [0.9, 0.1], inspector, model="poisson")
    hundred = imperfect_quality_at(SINGLE, [0.9, 0.1], inspector, model="poisson", unit="100 items")
    np.testing.assert_allclose(hundred, 100 * each, rtol=1e-12)


@given(inspector=inspectors, p=st.floats(0.01, 0.3), model=st.sampled_from(["binomial", "poisson"]))
def test_the_slope_is_the_change_of_the_curve(inspector: Inspector, p: float, model: str) -> None:
    h = 1e-6
    low, high = imperfect_pa(SINGLE, [p - h, p + h], inspector, model=model)
    assert imperfect_slope(SINGLE, p, inspector, model=model) == pytest.approx(
        (high - low) / (2 * h), rel=1e-4, abs=1e-8
    )


@given(inspector=inspectors, p=st.floats(0, 0.3))
def test_stages_add_up(inspector: Inspector, p: float) -> None:
    found = imperfect_stage_probabilities(DOUBLE, p, inspector)
    assert sum(found.accept) == pytest.approx(imperfect_pa(DOUBLE, p, inspector), rel=1e-12)
    assert sum(found.reject) == pytest.approx(imperfect_pr(DOUBLE, p, inspector), rel=1e-12, abs=1e-300)
    assert 50 + 50 * found.reach[1] == pytest.approx(imperfect_asn(DOUBLE, p, inspector), rel=1e-12)


def test_a_perfect_process_is_found_where_only_false_alarms_reject() -> None:
    inspector = Inspector(false_alarm=0.02)
    at_best = imperfect_pa(SINGLE, 0.0, inspector)
    assert imperfect_quality_at(SINGLE, at_best, inspector) == pytest.approx(0, abs=1e-16)


@pytest.mark.parametrize(
    ("pa", "inspector", "how", "said"),
    [
        (
            0.95,
            Inspector(false_alarm=0.1),
            {},
            (
                "pa 0.95 with Inspector(miss=0.0, false_alarm=0.1); this plan accepts a perfect process with probability "
                f"{accepted(0.1)} and the worst one with 0. Ask for a probability between these."
            ),
        ),
        (
            0.01,
            Inspector(miss=0.95),
            {},
            (
                "pa 0.01 with Inspector(miss=0.95, false_alarm=0.0); this plan accepts a perfect process with probability "
                f"1 and the worst one with {accepted(0.05)}. Ask for a probability between these."
            ),
        ),
        (
            0.95,
            Inspector(miss=0.5, false_alarm=0.5),
            {},
            (
                "Inspector(miss=0.5, false_alarm=0.5); a nonconforming item has to be called nonconforming more often "
                "than a good one. Give an inspector whose miss and false_alarm add up to less than 1."
            ),
        ),
        (
            0.99999,
            Inspector(false_alarm=0.1),
            {"model": "poisson"},
            (
                "pa 0.99999 with Inspector(miss=0.0, false_alarm=0.1); this plan accepts a perfect process with "
                "probability 0.191236 and the worst one with 0. Ask for a probability between these."
            ),
        ),
    ],
)
def test_what_no_quality_has_is_refused(
    pa: float, inspector: Inspector, how: dict[str, Any], said: str
) -> None:
    with pytest.raises(DomainError) as caught:
        imperfect_quality_at(SINGLE, pa, inspector, **how)
    assert str(caught.value) == said


def test_a_lot_that_no_number_suits_is_refused() -> None:
    with pytest.raises(
        DomainError, match=r"^pr 0.01 with Inspector\(miss=0.0, false_alarm=0.1\); this plan accepts"
    ):
        imperfect_quality_at(SINGLE, None, Inspector(false_alarm=0.1), pr=0.01, **LOT)
    assert imperfect_quality_at(SINGLE, 0.5, Inspector(miss=0.96), **LOT) == 1.0
