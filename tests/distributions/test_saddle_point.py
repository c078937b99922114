"""The pieces of a logarithm, against 60 digits."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.distributions._saddle_point import (
    deviance,
    deviance_array,
    excess,
    excess_array,
    log_choose,
    mean_less_count,
)

counts = st.one_of(st.integers(0, 200), st.integers(0, 10**9))


@given(x=counts)
def test_excess_is_what_stirling_leaves_out(x: int) -> None:
    with mpmath.workdps(60):
        exact = mpmath.loggamma(x + 1) - (x * mpmath.log(x) if x else 0) + x
    assert excess(x) == pytest.approx(float(exact), rel=4e-16, abs=0)
    assert excess_array(np.array([float(x), 1e6]))[0] == pytest.approx(excess(x), rel=4e-16, abs=0)


@given(x=counts, mean=st.floats(0, 1e9))
def test_deviance_has_its_own_digits(x: int, mean: float) -> None:
    off = mean - x
    with mpmath.workdps(60):
        true = mpmath.mpf(mean)
        exact = mpmath.inf if x and mean < 1e-300 else (x * mpmath.log(x / true) if x else 0) + true - x
    got = deviance(x, mean, off)
    if exact == mpmath.inf:
        assert got > 690 * x - 1
    else:
        assert got == pytest.approx(float(exact), rel=4e-15, abs=1e-15)
    both = deviance_array(np.array([float(x)] * 2), np.array([mean, math.nan]), np.array([off, math.nan]))
    assert both[0] == pytest.approx(got, rel=2e-15, abs=1e-15)
    assert math.isnan(both[1])


@given(n=st.integers(1, 2**26), p=st.floats(0, 1), k=st.integers(0, 2**26))
def test_the_mean_less_the_count_is_rounded_once(n: int, p: float, k: int) -> None:
    with mpmath.workdps(60):
        exact = float(n * mpmath.mpf(p) - k)
    assert mean_less_count(n, p, k) == pytest.approx(exact, rel=4e-16, abs=0)
    assert mean_less_count(n, np.array([p]), k)[0] == mean_less_count(n, p, k)


@given(n=st.integers(0, 10**7), k=st.integers(0, 10**7))
def test_log_choose(n: int, k: int) -> None:
    n, k = max(n, k), min(n, k)
    with mpmath.workdps(60):
        exact = float(mpmath.log(mpmath.binomial(n, k)))
    assert log_choose(n, k) == pytest.approx(exact, rel=1e-14, abs=1e-14)


def test_excess_of_small_counts() -> None:
    """Every count for which all the terms of Stirling's series are used, and those before and after."""
    for x in range(1, 120):
        with mpmath.workdps(40):
            exact = mpmath.loggamma(x + 1) - x * mpmath.log(x) + x
        assert excess(x) == pytest.approx(float(exact), rel=4e-16, abs=0)
        assert excess_array(np.array([float(x)]))[0] == pytest.approx(float(exact), rel=4e-16, abs=0)
