"""The beta-binomial law: right to twelve digits, against exact fractions."""

from fractions import Fraction
from itertools import accumulate
from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.distributions import binomial
from aql.distributions.beta_binomial import _lost, cdf, pmf, sf, table

parameters = st.fractions(Fraction(1, 16), 40, max_denominator=16).filter(
    lambda one: one.denominator in {1, 2, 4, 8, 16}
)


def exact(n: int, a: Fraction, b: Fraction) -> list[Fraction]:
    """Probabilities of 0 to n, each from the one before, divided by their sum."""
    weights = [Fraction(1)]
    for k in range(n):
        weights.append(weights[-1] * (n - k) * (a + k) / ((k + 1) * (b + n - k - 1)))
    total = sum(weights)
    return [weight / total for weight in weights]


@given(n=st.integers(0, 60), a=parameters, b=parameters, k=st.integers(-1, 61))
def test_it_is_the_exact_law(n: int, a: Fraction, b: Fraction, k: int) -> None:
    chances = [float(one) for one in exact(n, a, b)]
    place, law = np.array([k]), (n, float(a), float(b))
    inside = chances[k] if 0 <= k <= n else 0.0
    for one, wanted in ((pmf, inside), (cdf, sum(chances[: k + 1])), (sf, sum(chances[k + 1 :]))):
        assert one(k, *law) == one(place, *law)[0] == pytest.approx(wanted, rel=1e-12, abs=1e-300)


@given(n=st.integers(1, 2000), a=st.floats(0.1, 500), b=st.floats(0.1, 500), k=st.integers(0, 2000))
def test_the_two_tails_are_everything(n: int, a: float, b: float, k: int) -> None:
    assert cdf(k, n, a, b) + sf(k, n, a, b) == pytest.approx(1, rel=1e-12)


@given(n=st.integers(1, 300), a=st.floats(0.1, 50), b=st.floats(0.1, 50), k=st.integers(0, 300))
def test_conforming_items_are_counted_the_other_way_round(n: int, a: float, b: float, k: int) -> None:
    assert cdf(k, n, a, b) == pytest.approx(sf(n - 1 - k, n, b, a), rel=1e-11, abs=1e-290)


def test_a_sure_fraction_nonconforming_is_a_process() -> None:
    assert cdf(2, 80, 1e12, 99e12) == pytest.approx(binomial.cdf(2, 80, 0.01), rel=1e-9)


def test_the_whole_law_and_its_sums() -> None:
    first, chances, below, above = table(40, 2.0, 30.0)
    wanted = [float(one) for one in exact(40, Fraction(2), Fraction(30))]
    assert first == 0
    assert chances == pytest.approx(wanted, rel=1e-13)
    assert below == pytest.approx(list(accumulate(wanted)), rel=1e-13)
    assert above[:-1] == pytest.approx(list(accumulate(wanted[:0:-1]))[::-1], rel=1e-13)
    assert not chances.flags.writeable


def test_what_cannot_matter_is_left_out() -> None:
    first, chances, _, _ = table(100_000, 5000.0, 5000.0)
    assert first > 0
    assert first + chances.size < 100_000
    assert chances.sum() == pytest.approx(1, rel=1e-13)
    assert (cdf(0, 100_000, 5000.0, 5000.0), sf(0, 100_000, 5000.0, 5000.0)) == (0, 1)


def test_nan_and_shapes() -> None:
    for one in (pmf, cdf, sf):
        assert type(one(1, 4, 1.0, 2.0)) is float
        assert np.isnan(one(nan, 4, 1.0, 2.0))
        assert np.isnan(one(np.array([1, nan]), 4, 1.0, 2.0)).tolist() == [False, True]
        assert one(np.ones((2, 3)), 4, 1.0, 2.0).shape == (2, 3)
        assert one(np.zeros(0), 4, 1.0, 2.0).shape == (0,)
    assert (pmf(0, 0, 1.0, 2.0), cdf(0, 0, 1.0, 2.0), sf(0, 0, 1.0, 2.0)) == (1, 1, 0)


@pytest.mark.parametrize("part", [1e-12, 1 / 3, 0.1, 7.3, 1e5 + 0.1])
def test_the_rounding_error_of_a_sum_is_exact(part: float) -> None:
    numbers = np.array([0.0, 1.0, 2.0, 1023.0, 1e6])
    total = part + numbers
    for lost, number, one in zip(_lost(part, numbers, total), numbers, total, strict=True):
        assert Fraction(lost) == Fraction(part) + Fraction(number) - Fraction(one)
