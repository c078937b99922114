"""Both tails of a law at one point: right to twelve digits down to 1e-290, against fractions and 60 digits."""

from collections.abc import Callable
from fractions import Fraction
from itertools import accumulate
from math import comb
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.distributions.tails import binomial_tails, hypergeometric_tails, poisson_tails
from aql.plans.operating_characteristic import pa, pr
from aql.plans.plan import SinglePlan

WITHIN = 1e-12
LEAST = 1e-290
Tails = tuple[float, float]


def close(got: Tails, wanted: tuple[Any, Any]) -> bool:
    """Both right to twelve digits; below 1e-290 as small as they should be; 0 and 1 exactly where they are."""
    return all(map(one_close, got, wanted))


def one_close(got: float, wanted: Any) -> bool:
    if wanted in {0, 1}:
        return bool(got == wanted)
    with mpmath.workdps(60):
        exact = mpmath.mpf(wanted.numerator) / wanted.denominator if isinstance(wanted, Fraction) else wanted
        if exact < LEAST:
            return 0 <= got < 1.1 * LEAST
        return bool(abs(got / exact - 1) <= WITHIN)


def summed(term: Any, down: Callable[[int], Any], up: Callable[[int], Any], c: int) -> tuple[Any, Any]:
    """Both tails in 60 digits, from the term at `c` and the factors to the term below and above, to the last digit."""
    with mpmath.workdps(60):
        sides = []
        for start, factor, step in ((c, down, -1), (c, up, 1)):
            k, last, total = start, term, mpmath.mpf(0)
            while last > total * mpmath.mpf(10) ** -58:
                total += last
                last, k = last * factor(k), k + step
            sides.append(total)
        return sides[0], sides[1] - term


def binomial_60(n: int, c: int, p: float) -> tuple[Any, Any]:
    with mpmath.workdps(60):
        bad, good = mpmath.mpf(p), 1 - mpmath.mpf(p)
        term = mpmath.binomial(n, c) * bad**c * good ** (n - c)
        return summed(
            term, lambda k: k * good / ((n - k + 1) * bad), lambda k: (n - k) * bad / ((k + 1) * good), c
        )


def poisson_60(mean: float, c: int) -> tuple[Any, Any]:
    with mpmath.workdps(60):
        exact = mpmath.mpf(mean)
        term = mpmath.exp(-exact) * exact**c / mpmath.factorial(c)
        return summed(term, lambda k: k / exact, lambda k: exact / (k + 1), c)


def hypergeometric_60(n: int, c: int, bad: int, lot_size: int) -> tuple[Any, Any]:
    good = lot_size - bad
    with mpmath.workdps(60):
        term = mpmath.binomial(bad, c) * mpmath.binomial(good, n - c) / mpmath.binomial(lot_size, n)
        return summed(
            term,
            lambda k: mpmath.mpf(k * (good - n + k)) / ((bad - k + 1) * (n - k + 1)),
            lambda k: mpmath.mpf((bad - k) * (n - k)) / ((k + 1) * (good - n + k + 1)),
            c,
        )


# Laws ----------------------------------------------------------------------------------------------------------


@given(n=st.integers(1, 150), c=st.integers(0, 150), p=st.floats(0, 1))
def test_binomial_tails_are_the_exact_sums(n: int, c: int, p: float) -> None:
    bad, whole = p.as_integer_ratio()
    terms = [comb(n, k) * bad**k * (whole - bad) ** (n - k) for k in range(n + 1)]
    with mpmath.workdps(60):
        below, above = (mpmath.mpf(sum(part)) / whole**n for part in (terms[: c + 1], terms[c + 1 :]))
    assert close(binomial_tails(n, c, p), (below, above))


@given(lot=st.integers(1, 400), data=st.data())
def test_hypergeometric_tails_are_the_exact_sums(lot: int, data: st.DataObject) -> None:
    n, bad = data.draw(st.integers(1, lot)), data.draw(st.integers(0, lot))
    c = data.draw(st.integers(0, n))
    terms = [Fraction(comb(bad, k) * comb(lot - bad, n - k), comb(lot, n)) for k in range(n + 1)]
    assert close(hypergeometric_tails(n, c, bad, lot), (sum(terms[: c + 1]), sum(terms[c + 1 :])))


@given(mean=st.floats(1e-6, 600), c=st.integers(0, 400))
def test_poisson_tails_are_the_sums_in_sixty_digits(mean: float, c: int) -> None:
    assert close(poisson_tails(mean, c), poisson_60(mean, c))


@given(n=st.integers(1, 2000), c=st.integers(0, 2000), p=st.floats(0, 1))
def test_the_two_tails_are_everything(n: int, c: int, p: float) -> None:
    for tails in (binomial_tails(n, c, p), poisson_tails(n * p, c)):
        assert sum(tails) == pytest.approx(1, abs=2e-16)


@given(n=st.integers(1, 200), c=st.integers(0, 200), p=st.floats(0, 1))
def test_they_are_what_the_plan_does(n: int, c: int, p: float) -> None:
    plan = SinglePlan(n, c)
    for tails, model in ((binomial_tails(n, c, p), "binomial"), (poisson_tails(n * p, c), "poisson")):
        wanted = (pa(plan, p, model=model), pr(plan, p, model=model))
        assert tails == pytest.approx(wanted, rel=2e-12, abs=1e-290)


@given(lot=st.integers(2, 500), data=st.data())
def test_sample_and_nonconforming_items_may_change_places(lot: int, data: st.DataObject) -> None:
    n, bad = data.draw(st.integers(1, lot)), data.draw(st.integers(1, lot))
    c = data.draw(st.integers(0, n))
    assert hypergeometric_tails(n, c, bad, lot) == pytest.approx(
        hypergeometric_tails(bad, c, n, lot), rel=1e-12, abs=1e-300
    )


# Large numbers and far tails -----------------------------------------------------------------------------------

LARGE = [
    (1, 0, 0.25),
    (700, 699, 0.4),
    (2000, 21, 0.01),
    (2000, 21, 0.05),
    (100_000, 300, 0.0031),
    (100_000, 300, 0.0005),
    (100_000, 5000, 0.05),
    (100_000, 5000, 0.0505),
    (100_000, 5000, 0.07),
    (100_000, 5000, 0.035),
    (100_000, 50_000, 0.502),
    (100_000, 99_990, 0.9999),
    (100_000, 0, 1e-9),
    (100_000, 0, 6e-3),
    (20_821, 2624, 0.0585673321917012),
    (10_000_000, 4000, 0.000415),
]


@pytest.mark.parametrize(("n", "c", "p"), LARGE)
def test_large_numbers_keep_their_digits(n: int, c: int, p: float) -> None:
    assert close(binomial_tails(n, c, p), binomial_60(n, c, p))
    assert close(poisson_tails(n * p, c), poisson_60(n * p, c))


@pytest.mark.parametrize(
    ("n", "c", "bad", "lot_size"),
    [
        (315, 21, 50_000, 1_000_000),
        (100_000, 5000, 500_000, 10_000_000),
        (100_000, 5000, 505_000, 10_000_000),
        (100_000, 5000, 380_000, 10_000_000),
        (5879, 1932, 12_737, 84_159),
        (32_020, 2399, 6259, 53_990),
        (800, 0, 3, 1_000_000),
        (900_000, 5001, 5100, 1_000_000),
        (99_999, 49_999, 50_000, 100_000),
    ],
)
def test_large_lots_keep_their_digits(n: int, c: int, bad: int, lot_size: int) -> None:
    assert close(hypergeometric_tails(n, c, bad, lot_size), hypergeometric_60(n, c, bad, lot_size))


# Edges ---------------------------------------------------------------------------------------------------------

NONE, ALL = (0.0, 1.0), (1.0, 0.0)


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (binomial_tails(5, -1, 0.3), NONE),
        (binomial_tails(5, -1, 0.0), NONE),
        (binomial_tails(5, 5, 0.3), ALL),
        (binomial_tails(5, 9, 1.0), ALL),
        (binomial_tails(5, 0, 0.0), ALL),
        (binomial_tails(5, 4, 1.0), NONE),
        (binomial_tails(0, 0, 0.3), ALL),
        (poisson_tails(2.0, -1), NONE),
        (poisson_tails(0.0, -1), NONE),
        (poisson_tails(0.0, 0), ALL),
        (hypergeometric_tails(5, -1, 3, 10), NONE),
        (hypergeometric_tails(5, 3, 3, 10), ALL),
        (hypergeometric_tails(5, 0, 0, 10), ALL),
        (hypergeometric_tails(10, 2, 3, 10), NONE),
        (hypergeometric_tails(10, 3, 3, 10), ALL),
        (hypergeometric_tails(8, 0, 3, 10), NONE),
        (hypergeometric_tails(0, 0, 3, 10), ALL),
    ],
)
def test_one_side_may_be_empty(got: Tails, wanted: Tails) -> None:
    assert got == wanted


@pytest.mark.parametrize("c", [0, 1, 2])
def test_a_small_lot_with_a_steep_law(c: int) -> None:
    # A law whose larger side is on the other side of the mean than usual.
    lot, n = 12, 11
    for bad in range(lot + 1):
        terms = [Fraction(comb(bad, k) * comb(lot - bad, n - k), comb(lot, n)) for k in range(n + 1)]
        below = list(accumulate(terms))
        assert close(hypergeometric_tails(n, c, bad, lot), (below[c], 1 - below[c]))
