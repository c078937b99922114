"""The Poisson law: right to twelve digits down to 1e-290, alone and in arrays, against 60 digits."""

from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.distributions.poisson import cdf, pmf, sf
from tests.oracles.exact_tails import close, poisson_60

NONE, ALL = (0.0, 1.0), (1.0, 0.0)
means = st.floats(1e-6, 600)
counts = st.integers(0, 400)


def check(k: int, mean: float, wanted: tuple[Any, Any, Any]) -> None:
    """Alone, in an array of means, and in one of counts."""
    term, below, above = wanted
    for expected, count in ((mean, k), (np.array([mean]), k), (mean, np.array([k]))):
        got = [float(np.squeeze(one(count, expected))) for one in (pmf, cdf, sf)]
        assert close(got[0], term), (k, mean, got[0], float(term))
        assert close(got[1], below), (k, mean, got[1], float(below))
        assert close(got[2], above), (k, mean, got[2], float(above))


# Laws ----------------------------------------------------------------------------------------------------------


@given(mean=means, k=counts)
def test_it_is_the_sum_in_sixty_digits(mean: float, k: int) -> None:
    check(k, mean, poisson_60(k, mean))


@given(mean=means, k=counts)
def test_the_two_tails_are_everything(mean: float, k: int) -> None:
    assert cdf(k, mean) + sf(k, mean) == pytest.approx(1, abs=2e-16)


@given(mean=means, k=counts)
def test_a_tail_is_the_next_one_and_a_term(mean: float, k: int) -> None:
    assert cdf(k, mean) == pytest.approx(cdf(k - 1, mean) + pmf(k, mean), rel=1e-11, abs=1e-290)
    assert sf(k - 1, mean) == pytest.approx(sf(k, mean) + pmf(k, mean), rel=1e-11, abs=1e-290)


@given(mean=means, k=st.integers(1, 400))
def test_a_term_is_the_one_before_times_the_mean_over_its_count(mean: float, k: int) -> None:
    assert pmf(k, mean) == pytest.approx(pmf(k - 1, mean) * mean / k, rel=1e-11, abs=1e-290)


@given(lo=means, hi=means, k=counts)
def test_where_more_are_expected_there_are_no_fewer(lo: float, hi: float, k: int) -> None:
    lo, hi = sorted((lo, hi))
    assert cdf(k, hi) <= cdf(k, lo) * (1 + 1e-12) + 1e-300
    assert sf(k, lo) <= sf(k, hi) * (1 + 1e-12) + 1e-300


# Large numbers and far tails -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "mean"),
    [
        (0, 1e-300),
        (0, 600.0),
        (59, 10.0),
        (60, 10.0),
        (21, 100.0),
        (21, 1.0),
        (300, 310.0),
        (300, 50.0),
        (5000, 5000.0),
        (5000, 5050.0),
        (5000, 7000.0),
        (5000, 3500.0),
        (4000, 4150.0),
        (2624, 1219.4306),
    ],
)
def test_large_numbers_keep_their_digits(k: int, mean: float) -> None:
    check(k, mean, poisson_60(k, mean))


@pytest.mark.parametrize("k", [0, 2, 21, 59, 60, 300, 5000])
def test_many_means_at_once(k: int) -> None:
    mean = np.concatenate([np.geomspace(1e-6, 1e6, 6000), (k + 0.7) * np.linspace(0, 2, 6000)])
    np.random.default_rng(1).shuffle(mean)
    for one in (pmf, cdf, sf):
        alone = [one(k, expected) for expected in mean.tolist()]
        assert one(k, mean) == pytest.approx(alone, rel=5e-13, abs=1e-300)


# Edges ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "mean", "wanted"),
    [
        (-1, 2.0, NONE),
        (-1, 0.0, NONE),
        (0, 0.0, ALL),
        (7, 0.0, ALL),
        (5, 1e300, NONE),
        (70, 1e300, NONE),
        (0, 1e300, NONE),
        (0, inf, NONE),
        (5, inf, NONE),
        (99, inf, NONE),
    ],
)
def test_one_side_may_be_empty(k: int, mean: float, wanted: tuple[float, float]) -> None:
    assert (cdf(k, mean), sf(k, mean)) == wanted
    assert [one(k, np.array([mean])).tolist() for one in (cdf, sf)] == [[one] for one in wanted]


@pytest.mark.parametrize(
    ("k", "mean", "wanted"),
    [(0, 0, 1), (1, 0, 0), (-1, 2, 0), (70, 0, 0), (0, inf, 0), (3, inf, 0), (99, inf, 0)],
)
def test_terms_at_the_ends(k: int, mean: float, wanted: float) -> None:
    assert pmf(k, mean) == pmf(k, np.array([mean]))[0] == wanted


def test_nan_passes_through() -> None:
    for one in (pmf, cdf, sf):
        for k in (-1, 0, 2, 99):
            assert np.isnan(one(k, nan))
            assert np.isnan(one(k, np.array([0.5, nan]))).tolist() == [False, True]
        assert np.isnan(one(nan, 0.5))
        assert np.isnan(one(np.array([1.0, nan]), 0.5)).tolist() == [False, True]


def test_shape_in_is_shape_out() -> None:
    for one in (pmf, cdf, sf):
        for k in (0, 2):
            assert type(one(k, 0.5)) is float
            assert one(k, np.full((3, 2), 0.5)).shape == (3, 2)
            assert one(k, np.zeros(0)).shape == (0,)
            assert one(k, np.array(0.5)) == pytest.approx(one(k, 0.5), rel=1e-15)
        assert one(np.arange(3), np.full((2, 1), 0.5)).shape == (2, 3)
