"""How many items are inspected until a number of nonconformities is reached."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.plans.curtailment import items_until
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.sample_number import asn


def by_definition(n: int, m: int, rate: float) -> mpmath.mpf:
    """The sum over all items of the probability that the one before did not end inspection, in fifty digits."""
    with mpmath.workdps(50):
        total = mpmath.mpf(0)
        for t in range(n):
            mean = mpmath.mpf(rate) * t
            term = mpmath.exp(-mean)
            total += term
            for k in range(1, m):
                term *= mean / k
                total += term
        return total


@pytest.mark.parametrize(
    "rate", [0, 1e-300, 1e-12, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.5000001, 0.8, 1.0, 3.0, 50.0]
)
@pytest.mark.parametrize("m", [1, 2, 7, 40])
@pytest.mark.parametrize("n", [1, 2, 13, 200])
def test_it_is_the_sum_that_defines_it(n: int, m: int, rate: float) -> None:
    assert float(items_until(n, m, np.array([rate]))[0] / by_definition(n, m, rate) - 1) == pytest.approx(
        0, abs=5e-15
    )


@given(
    n=st.integers(1, 60), m=st.integers(1, 30), rates=st.lists(st.floats(0, 5, allow_nan=False), min_size=1)
)
def test_an_array_is_its_values_one_by_one(n: int, m: int, rates: list[float]) -> None:
    together = items_until(n, m, np.array(rates))
    alone = [float(items_until(n, m, np.array([rate]))[0]) for rate in rates]
    np.testing.assert_allclose(together, alone, rtol=1e-14)


@given(n=st.integers(1, 80), m=st.integers(1, 30), rate=st.floats(0, 10), worse=st.floats(1, 3))
def test_it_lies_between_one_item_and_all_and_falls_with_quality(
    n: int, m: int, rate: float, worse: float
) -> None:
    items, fewer = items_until(n, m, np.array([rate, rate * worse])).tolist()
    assert 1 - 1e-14 <= fewer <= items * (1 + 1e-14) <= n * (1 + 1e-13)


def test_missing_rates_stay_missing() -> None:
    found = items_until(5, 2, np.array([[0.1, np.nan], [np.nan, 2.0]]))
    assert np.isnan(found).tolist() == [[False, True], [True, False]]


def test_a_curtailed_plan_per_item_of_a_small_case() -> None:
    # Two items, one nonconformity ends it: the second is inspected where the first has none.
    rate = 0.25
    assert asn(SinglePlan(2, 0), rate, model="poisson", inspection="curtailed") == pytest.approx(
        1 + float(mpmath.exp(-rate)), rel=1e-15
    )


@pytest.mark.parametrize("p", [5e-324, 1.1125369292536007e-308, 1e-300])
def test_the_smallest_fractions_take_the_whole_sample(p: float) -> None:
    """Where hardly anything is ever found, inspection hardly ever stops early: no overflow, and no NaN."""
    assert asn(SinglePlan(2, 1), p, inspection="curtailed") == 2
    assert asn(SinglePlan(13, 1), p, inspection="curtailed") == 13
    assert asn(MultiplePlan((50, 50), (None, 1), (2, 2)), p, inspection="curtailed") == 100
