"""Series of runs, in blocks and on the smaller side."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.distributions import binomial, hypergeometric, poisson
from aql.distributions.blocks import in_blocks, one_side
from aql.distributions.power_series import Series, shortened
from aql.distributions.short_form import short_form
from aql.distributions.tail_sums import Run

coefficients = st.lists(st.floats(0, 1), max_size=700).map(lambda rest: [1.0, *rest])


@given(coefficients=coefficients, most=st.floats(0, 1.05))
def test_a_power_series_is_its_sum(coefficients: list[float], most: float) -> None:
    x = np.linspace(0, most, 40)
    exact = [sum(one * value**j for j, one in enumerate(coefficients)) for value in x.tolist()]
    assert Series((tuple(coefficients),)).sum(0, x) == pytest.approx(exact, rel=1e-13)


@given(n=st.integers(200, 10**7), share=st.floats(0.001, 0.999), deviations=st.floats(-30, 30))
def test_a_long_tail_in_short_form_is_the_same(n: int, share: float, deviations: float) -> None:
    k = int(n * share)
    p = min(max(share + deviations * (share * (1 - share) / n) ** 0.5, 0.0), 1.0)
    for tail in (binomial.cdf, binomial.sf):
        alone = tail(k, n, p)
        assert tail(k, n, np.array([p]))[0] == pytest.approx(alone, rel=1e-12, abs=1e-290)


def test_only_a_series_that_fits_has_a_short_form() -> None:
    assert short_form((tuple(0.99 ** (j * j / 100) for j in range(500)),)) is not None
    assert short_form((tuple(float(j % 50 == 0) for j in range(500)),)) is None
    assert short_form(((1.0,) * 20,)) is None


def test_a_long_series_is_cut_where_it_cannot_change() -> None:
    terms = shortened(0.5 ** np.arange(2000.0))
    assert 50 < len(terms) < 80
    assert sum(terms) == 2


@pytest.mark.exhaustive
@given(
    weights=st.lists(st.floats(0.01, 1), min_size=1, max_size=6),
    quality=st.floats(0.2, 1),
    first=st.integers(0, 3),
)
def test_weighted_counts_of_a_process(weights: list[float], quality: float, first: int) -> None:
    """Up and down, alone and in an array, the weighted sum is the sum of weighted terms."""
    n, pivot = 12, 0.2
    for falling, value in ((True, quality), (False, quality * pivot)):
        counts = [first + 5 - j if falling else first + j for j in range(len(weights))]
        for law, term in (
            (binomial, lambda k, p: binomial.pmf(k, n, p)),
            (poisson, lambda k, p: poisson.pmf(k, n * p)),
        ):
            at_pivot = [term(k, pivot) for k in counts]
            run = Run(
                n, counts[0], tuple(w * t / at_pivot[0] for w, t in zip(weights, at_pivot, strict=True))
            )
            exact = 2 * sum(w * term(k, value) for w, k in zip(weights, counts, strict=True))
            alone = law.weighted([run, run], pivot, falling=falling)(value)
            many = law.weighted([run, run], pivot, falling=falling)(np.full(5000, value))
            assert alone == pytest.approx(exact, rel=1e-12)
            assert many == pytest.approx(exact, rel=1e-12)


def test_the_side_of_each_value() -> None:
    values = np.array([[0.1, 0.6], [np.nan, 0.3]])
    found = one_side(values, 0.5, lambda high: 1 - high, lambda low: low / 2, wanted=1)
    assert found[0].tolist() == [0.05, 0.6]
    assert np.isnan(found[1, 0])
    assert one_side(0.6, 0.5, lambda high: high, lambda low: -low, wanted=0) == 0.6
    assert one_side(0.1, 0.5, lambda high: high, lambda low: low, wanted=0) == 0.9


@pytest.mark.parametrize("wanted", [0, 1])
def test_a_side_that_is_large_is_not_trusted(wanted: int) -> None:
    """Where the side that was computed is the larger one, the small one is computed, and not subtracted from 1."""

    def lower(value: float) -> float:
        return 1 - 1e-20 if value == 1 else value

    def upper(_value: float) -> float:
        return 1e-20

    assert one_side(1.0, 0.5, lower, upper, wanted=wanted, larger=0.75) == (1.0, 1e-20)[wanted]
    many = one_side(
        np.array([1.0, 0.6]), 0.5, np.vectorize(lower), np.vectorize(upper), wanted=wanted, larger=0.75
    )
    assert many.tolist() == [[1.0, 0.6], [1e-20, 0.4]][wanted]


def test_blocks() -> None:
    values = np.arange(20_000.0).reshape(2, 10_000)
    sizes = []

    def twice(part: np.ndarray) -> np.ndarray:
        sizes.append(part.size)
        return 2 * part

    assert (in_blocks(twice, values) == 2 * values).all()
    assert max(sizes) < 10_000


@given(n=st.integers(0, 400), last=st.integers(0, 400), p=st.floats(0, 1), data=st.data())
def test_the_counts_from_0_on_are_the_terms(n: int, last: int, p: float, data: st.DataObject) -> None:
    last = min(n, last)
    k = np.arange(last + 1)
    bad, drawn = data.draw(st.integers(0, max(n, 1))), data.draw(st.integers(0, max(n, 1)))
    for got, wanted in (
        (binomial.counts(last, n, p), binomial.pmf(k, n, p)),
        (poisson.counts(last, 3 * p), poisson.pmf(k, 3 * p)),
        (poisson.counts(last, n * p), poisson.pmf(k, n * p)),
        (hypergeometric.counts(last, drawn, bad, max(n, 1)), hypergeometric.pmf(k, drawn, bad, max(n, 1))),
    ):
        assert got == pytest.approx(wanted, rel=1e-12, abs=1e-290)
