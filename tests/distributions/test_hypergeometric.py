"""The hypergeometric law: right to twelve digits down to 1e-290, alone and in arrays, against fractions and 60 digits."""

from math import nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.distributions import binomial
from aql.distributions.hypergeometric import cdf, pmf, sf, weighted
from aql.distributions.tail_sums import Run
from tests.oracles.exact_tails import close, hypergeometric, hypergeometric_60
from tests.profiles import exhaustive

NONE, ALL = (0.0, 1.0), (1.0, 0.0)


def check(k: int, n: int, bad: int, lot_size: int, wanted: tuple[Any, Any, Any]) -> None:
    """Alone, in an array of lots, and in one of counts."""
    term, below, above = wanted
    for found, count in ((bad, k), (np.array([float(bad)]), k), (bad, np.array([k]))):
        got = [float(np.squeeze(one(count, n, found, lot_size))) for one in (pmf, cdf, sf)]
        assert close(got[0], term), (k, n, bad, lot_size, got[0], float(term))
        assert close(got[1], below), (k, n, bad, lot_size, got[1], float(below))
        assert close(got[2], above), (k, n, bad, lot_size, got[2], float(above))


@st.composite
def draws(draw: st.DrawFn, *, largest: int = 400) -> tuple[int, int, int, int]:
    """Count, sample, nonconforming items and lot."""
    lot = draw(st.integers(1, largest))
    n, bad = draw(st.integers(0, lot)), draw(st.integers(0, lot))
    return draw(st.integers(-1, n + 1)), n, bad, lot


# Laws ----------------------------------------------------------------------------------------------------------


@given(drawn=draws())
def test_it_is_the_exact_sum(drawn: tuple[int, int, int, int]) -> None:
    check(*drawn, hypergeometric(*drawn))


@given(drawn=draws(largest=5000))
def test_the_two_tails_are_everything(drawn: tuple[int, int, int, int]) -> None:
    assert cdf(*drawn) + sf(*drawn) == pytest.approx(1, abs=2e-16)


@given(drawn=draws(largest=5000))
def test_sample_and_nonconforming_items_may_change_places(drawn: tuple[int, int, int, int]) -> None:
    k, n, bad, lot = drawn
    for one in (pmf, cdf, sf):
        assert one(k, n, bad, lot) == pytest.approx(one(k, bad, n, lot), rel=1e-12, abs=1e-300)


@given(drawn=draws(largest=5000))
def test_a_tail_is_the_next_one_and_a_term(drawn: tuple[int, int, int, int]) -> None:
    k, *rest = drawn
    term = pmf(k, *rest)
    assert cdf(k, *rest) == pytest.approx(cdf(k - 1, *rest) + term, rel=1e-11, abs=1e-290)
    assert sf(k - 1, *rest) == pytest.approx(sf(k, *rest) + term, rel=1e-11, abs=1e-290)


@given(drawn=draws(largest=2000), more=st.integers(0, 2000))
def test_a_worse_lot_shows_no_fewer(drawn: tuple[int, int, int, int], more: int) -> None:
    k, n, bad, lot = drawn
    worse = min(bad + more, lot)
    assert cdf(k, n, worse, lot) <= cdf(k, n, bad, lot) * (1 + 1e-12) + 1e-300
    assert sf(k, n, bad, lot) <= sf(k, n, worse, lot) * (1 + 1e-12) + 1e-300


@given(drawn=draws(largest=300))
def test_what_is_left_in_the_lot_is_a_sample_too(drawn: tuple[int, int, int, int]) -> None:
    k, n, bad, lot = drawn
    assert pmf(k, n, bad, lot) == pytest.approx(pmf(bad - k, lot - n, bad, lot), rel=1e-12, abs=1e-300)


def test_a_huge_lot_is_a_process() -> None:
    assert cdf(2, 80, 10**13, 10**15) == pytest.approx(binomial.cdf(2, 80, 0.01), rel=1e-11)


@pytest.mark.parametrize("k", [0, 1, 2])
def test_a_small_lot_with_a_steep_law(k: int) -> None:
    """A law whose larger side is on the other side of the mean than usual."""
    for bad in range(13):
        check(k, 11, bad, 12, hypergeometric(k, 11, bad, 12))


# Large numbers and far tails -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "n", "bad", "lot_size"),
    [
        (21, 315, 50_000, 1_000_000),
        (5000, 100_000, 500_000, 10_000_000),
        (5000, 100_000, 505_000, 10_000_000),
        (5000, 100_000, 380_000, 10_000_000),
        (1932, 5879, 12_737, 84_159),
        (2399, 32_020, 6259, 53_990),
        (0, 800, 3, 1_000_000),
        (5001, 900_000, 5100, 1_000_000),
        (49_999, 99_999, 50_000, 100_000),
    ],
)
def test_large_lots_keep_their_digits(k: int, n: int, bad: int, lot_size: int) -> None:
    check(k, n, bad, lot_size, hypergeometric_60(k, n, bad, lot_size))


@pytest.mark.parametrize(
    ("k", "n", "lot_size"),
    [(0, 20, 200), (2, 80, 1200), exhaustive(21, 315, 9000), (7, 99, 100), exhaustive(60, 500, 10**6)],
)
def test_many_lots_at_once(k: int, n: int, lot_size: int) -> None:
    """More values than the lot has items, and fewer."""
    bad = np.random.default_rng(1).integers(0, lot_size, 10_000, endpoint=True).astype(float)
    near = np.clip(np.rint((k + 0.7) / (n + 0.4) * lot_size * np.linspace(0, 2, 400)), 0, lot_size)
    lots = np.concatenate([near, bad])
    for one in (pmf, cdf, sf):
        alone = [one(k, n, found, lot_size) for found in lots.tolist()]
        for some in (slice(90), slice(400, None), slice(None)):
            assert one(k, n, lots[some], lot_size) == pytest.approx(alone[some], rel=5e-13, abs=1e-300)


# Weighted sums -------------------------------------------------------------------------------------------------


@given(
    drawn=draws(largest=80), weights=st.lists(st.floats(0, 1), min_size=1, max_size=90), falling=st.booleans()
)
def test_a_weighted_sum_is_the_exact_one(
    drawn: tuple[int, int, int, int], weights: list[float], falling: bool
) -> None:
    k, n, bad, lot = drawn
    k = min(max(k, 0), n)
    exact = sum(
        weight * float(hypergeometric(k - j if falling else k + j, n, bad, lot)[0])
        for j, weight in enumerate(weights)
        if k - j >= 0 or not falling
    )
    runs = [Run(n, k, (), tuple(weights))] * 2
    array = np.array([bad, nan] + [bad] * 100, dtype=float)
    many = weighted(runs, lot, falling=falling)(array)
    assert weighted(runs, lot, falling=falling)(float(bad)) == pytest.approx(2 * exact, rel=1e-12, abs=1e-300)
    assert np.isnan(many).tolist() == [False, True] + [False] * 100
    assert many[2:] == pytest.approx(2 * exact, rel=1e-12, abs=1e-300)
    assert np.isnan(weighted(runs, lot, falling=falling)(nan))


# Edges ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "n", "bad", "lot_size", "wanted"),
    [
        (-1, 5, 3, 10, NONE),
        (3, 5, 3, 10, ALL),
        (0, 5, 0, 10, ALL),
        (2, 10, 3, 10, NONE),
        (3, 10, 3, 10, ALL),
        (0, 8, 3, 10, NONE),
        (0, 0, 3, 10, ALL),
        (5, 5, 10, 10, ALL),
        (4, 5, 10, 10, NONE),
    ],
)
def test_one_side_may_be_empty(k: int, n: int, bad: int, lot_size: int, wanted: tuple[float, float]) -> None:
    assert (cdf(k, n, bad, lot_size), sf(k, n, bad, lot_size)) == wanted
    assert [one(k, n, np.array([bad]), lot_size).tolist() for one in (cdf, sf)] == [[one] for one in wanted]


def test_what_is_certain_is_1() -> None:
    sizes = np.arange(1, 400)
    for k, n, bad in ((0, 0, 1), (1, sizes, 1), (0, 3, 0)):
        assert (pmf(k, np.minimum(n, sizes), np.array(bad), sizes) == 1).all()
    assert pmf(0, 0, 0, 0) == pmf(np.array([0]), 0, 0, 0)[0] == 1


def test_nan_passes_through() -> None:
    for one in (pmf, cdf, sf):
        for k in (-1, 0, 2, 5, 9):
            assert np.isnan(one(k, 5, nan, 20))
            assert np.isnan(one(k, 5, np.array([3, nan]), 20)).tolist() == [False, True]
            assert np.isnan(one(k, 5, np.array([3, nan] * 20), 20)).tolist() == [False, True] * 20
        assert np.isnan(one(nan, 5, 3, 20))
        assert np.isnan(one(np.array([1.0, nan]), 5, 3, 20)).tolist() == [False, True]


def test_shape_in_is_shape_out() -> None:
    for one in (pmf, cdf, sf):
        for k in (0, 2):
            assert type(one(k, 5, 3, 20)) is float
            assert type(one(k, 5, 3.0, 20)) is float
            assert one(k, 5, np.full((3, 2), 3), 20).shape == (3, 2)
            assert one(k, 5, np.full((30, 2), 3), 20).shape == (30, 2)
            assert one(k, 5, np.zeros(0), 20).shape == (0,)
            assert one(k, 5, np.array(3), 20) == pytest.approx(one(k, 5, 3, 20), rel=1e-15)
        assert one(np.arange(3), 5, np.full((2, 1), 3), 20).shape == (2, 3)


@pytest.mark.parametrize(
    ("k", "n", "lot_size"),
    [
        (500, 10_000, 1_000_000),
        (100, 1_000, 30_000),
        (9_000, 10_000, 400_000),
        (70, 5_000, 10**8),
        (900, 2_000, 2 * 10**12),
    ],
)
def test_long_sums_at_many_lots_equal_those_of_single_lots(k: int, n: int, lot_size: int) -> None:
    near = np.linspace(0.3, 3, 5_000) * k / n * lot_size
    bad = np.floor(np.concatenate([near, np.linspace(0, lot_size, 5_001)]).clip(0, lot_size))
    few = slice(None, None, 97)
    for tail in (cdf, sf):
        single = [tail(k, n, one, lot_size) for one in bad[few].tolist()]
        large = np.array(single) > 1e-290
        np.testing.assert_allclose(tail(k, n, bad, lot_size)[few][large], np.array(single)[large], rtol=1e-12)
        assert tail(k, n, bad, lot_size)[few][~large].max(initial=0.0) < 1e-280
