"""The binomial law: right to twelve digits down to 1e-290, alone and in arrays, against fractions and 60 digits."""

from math import inf, nan, nextafter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.distributions.binomial import cdf, pmf, sf
from tests.oracles.exact_tails import binomial, binomial_60, close

NONE, ALL = (0.0, 1.0), (1.0, 0.0)
counts = st.integers(0, 2000)
fractions = st.floats(0, 1)


def check(k: int, n: int, p: float, wanted: tuple[Any, Any, Any]) -> None:
    """Alone, in an array of qualities, and in one of counts."""
    term, below, above = wanted
    for quality, count in ((p, k), (np.array([p]), k), (p, np.array([k]))):
        got = [float(np.squeeze(one(count, n, quality))) for one in (pmf, cdf, sf)]
        assert close(got[0], term), (k, n, p, got[0], float(term))
        assert close(got[1], below), (k, n, p, got[1], float(below))
        assert close(got[2], above), (k, n, p, got[2], float(above))


# Laws ----------------------------------------------------------------------------------------------------------


@given(n=st.integers(0, 150), k=st.integers(-1, 151), p=fractions)
def test_it_is_the_exact_sum(n: int, k: int, p: float) -> None:
    check(k, n, p, binomial(k, n, p))


@given(n=st.integers(1, 2000), k=counts, p=fractions)
def test_the_two_tails_are_everything(n: int, k: int, p: float) -> None:
    assert cdf(k, n, p) + sf(k, n, p) == pytest.approx(1, abs=2e-16)


@given(n=st.integers(1, 2000), k=counts, p=fractions)
def test_a_tail_is_the_next_one_and_a_term(n: int, k: int, p: float) -> None:
    assert cdf(k, n, p) == pytest.approx(cdf(k - 1, n, p) + pmf(k, n, p), rel=1e-11, abs=1e-290)
    assert sf(k - 1, n, p) == pytest.approx(sf(k, n, p) + pmf(k, n, p), rel=1e-11, abs=1e-290)


@given(n=st.integers(1, 500), k=st.integers(0, 500), p=st.floats(1e-9, 0.5))
def test_items_are_a_nonconforming_item_more_or_not(n: int, k: int, p: float) -> None:
    wanted = p * pmf(k - 1, n - 1, p) + (1 - p) * pmf(k, n - 1, p)
    assert pmf(k, n, p) == pytest.approx(wanted, rel=1e-11, abs=1e-290)


@given(n=st.integers(1, 2000), k=counts, lo=fractions, hi=fractions)
def test_a_worse_process_shows_no_fewer(n: int, k: int, lo: float, hi: float) -> None:
    lo, hi = sorted((lo, hi))
    assert cdf(k, n, hi) <= cdf(k, n, lo) * (1 + 1e-12) + 1e-300
    assert sf(k, n, lo) <= sf(k, n, hi) * (1 + 1e-12) + 1e-300


@given(n=st.integers(1, 300), k=st.integers(0, 300), p=st.sampled_from([1 / 16, 3 / 8, 0.5]))
def test_conforming_items_are_counted_the_other_way_round(n: int, k: int, p: float) -> None:
    assert cdf(k, n, p) == pytest.approx(sf(n - 1 - k, n, 1 - p), rel=1e-12, abs=1e-300)


# Large numbers and far tails -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "n", "p"),
    [
        (0, 1, 0.25),
        (699, 700, 0.4),
        (21, 2000, 0.01),
        (21, 2000, 0.05),
        (300, 100_000, 0.0031),
        (300, 100_000, 0.0005),
        (5000, 100_000, 0.05),
        (5000, 100_000, 0.0505),
        (5000, 100_000, 0.07),
        (5000, 100_000, 0.035),
        (50_000, 100_000, 0.502),
        (99_990, 100_000, 0.9999),
        (0, 100_000, 1e-9),
        (0, 100_000, 6e-3),
        (2624, 20_821, 0.0585673321917012),
        (4000, 10_000_000, 0.000415),
    ],
)
def test_large_numbers_keep_their_digits(k: int, n: int, p: float) -> None:
    check(k, n, p, binomial_60(k, n, p))


@pytest.mark.exhaustive
@pytest.mark.parametrize(("k", "n"), [(0, 80), (2, 80), (21, 315), (300, 100_000), (5000, 100_000)])
def test_many_qualities_at_once(k: int, n: int) -> None:
    """Blocks with qualities on both sides of the pivot, and so far off that every probability is 0."""
    p = np.concatenate([np.linspace(0, 1, 10_000), (k + 0.7) / (n + 0.4) * np.linspace(0.5, 1.5, 3000)])
    np.random.default_rng(1).shuffle(p)
    for one in (pmf, cdf, sf):
        alone = [one(k, n, quality) for quality in p.tolist()]
        assert one(k, n, p) == pytest.approx(alone, rel=5e-13, abs=1e-300)


# Edges ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "n", "p", "wanted"),
    [
        (-1, 5, 0.3, NONE),
        (-1, 5, 0.0, NONE),
        (5, 5, 0.3, ALL),
        (9, 5, 1.0, ALL),
        (0, 5, 0.0, ALL),
        (3, 5, 0.0, ALL),
        (4, 5, 1.0, NONE),
        (0, 5, 1.0, NONE),
        (0, 0, 0.3, ALL),
        (2, 80, 5e-324, (1.0, 0.0)),
        (2, 80, nextafter(1, 0), NONE),
    ],
)
def test_one_side_may_be_empty(k: int, n: int, p: float, wanted: tuple[float, float]) -> None:
    assert (cdf(k, n, p), sf(k, n, p)) == wanted
    assert [one(k, n, np.array([p])).tolist() for one in (cdf, sf)] == [[one] for one in wanted]


@pytest.mark.parametrize(("k", "p", "wanted"), [(0, 0, 1), (1, 0, 0), (5, 1, 1), (4, 1, 0), (6, 0.5, 0)])
def test_terms_at_the_ends(k: int, p: float, wanted: float) -> None:
    assert pmf(k, 5, p) == pmf(k, 5, np.array([p]))[0] == wanted


def test_nan_passes_through() -> None:
    for one in (pmf, cdf, sf):
        for k in (-1, 0, 2, 5, 9):
            assert np.isnan(one(k, 5, nan))
            assert np.isnan(one(k, 5, np.array([0.5, nan]))).tolist() == [False, True]
        assert np.isnan(one(nan, 5, 0.5))
        assert np.isnan(one(np.array([1.0, nan]), 5, 0.5)).tolist() == [False, True]


def test_shape_in_is_shape_out() -> None:
    for one in (pmf, cdf, sf):
        for k in (0, 2):
            assert type(one(k, 5, 0.5)) is float
            assert one(k, 5, np.full((3, 2), 0.5)).shape == (3, 2)
            assert one(k, 5, np.zeros(0)).shape == (0,)
            assert one(k, 5, np.array(0.5)) == pytest.approx(one(k, 5, 0.5), rel=1e-15)
        assert one(np.arange(3), 5, np.full((2, 1), 0.5)).shape == (2, 3)
        assert one(np.arange(3), np.array([[5], [6]]), np.array([0.5])).shape == (2, 3)
    assert inf not in pmf(np.arange(3), 5, 0.5)
