"""The posterior of a lot under a beta prior and its predictions, compared with sums of fractions over every lot."""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import comb
from typing import Any, cast

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import MultiplePlan, SinglePlan
from aql.errors import DomainError
from aql.plans.lot_posterior import LotPosterior, next_lot_pa, posterior, reinspection_pa
from aql.plans.plan import on_lot
from aql.types import Reinspected
from tests.oracles.exact_probability import hypergeometric, pa, plan_of
from tests.profiles import examples

AnyPlan = SinglePlan | MultiplePlan
Prior = tuple[Fraction, Fraction]

PRIORS: list[Prior] = [
    (Fraction(1), Fraction(1)),
    (Fraction(1, 2), Fraction(1, 2)),
    (Fraction(2), Fraction(9, 2)),
    (Fraction(1, 4), Fraction(7)),
    (Fraction(12), Fraction(3)),
]
every_prior = pytest.mark.parametrize("prior", PRIORS, ids=str)


def rising(x: Fraction, k: int) -> Fraction:
    return math.prod((x + step for step in range(k)), start=Fraction(1))


def polya(m: int, a: Fraction, b: Fraction) -> list[Fraction]:
    """Number nonconforming among m items of a process whose quality is beta(a, b)."""
    return [comb(m, r) * rising(a, r) * rising(b, m - r) / rising(a + b, m) for r in range(m + 1)]


@cache
def bayes(d: int, n: int, size: int, prior: Prior) -> list[Fraction]:
    """Prior of the lot times the probability of what was found, made to add up to one."""
    weights = [
        before * Fraction(comb(bad, d) * comb(size - bad, n - d), comb(size, n))
        for bad, before in enumerate(polya(size, *prior))
    ]
    return [weight / sum(weights) for weight in weights]


def floats(prior: Prior) -> tuple[float, float]:
    return float(prior[0]), float(prior[1])


# The distribution -------------------------------------------------------------------------------------------------


@every_prior
@pytest.mark.parametrize("size", [1, 2, 6, 9])
def test_it_is_what_bayes_says(size: int, prior: Prior) -> None:
    lots = list(range(size + 1))
    for n in range(size + 1):
        for d in range(n + 1):
            exact = bayes(d, n, size, prior)
            known = posterior(d, n, size, floats(prior))
            assert known.pmf(lots) == pytest.approx([float(one) for one in exact], rel=1e-13, abs=0)
            below = [float(sum(exact[: bad + 1])) for bad in lots]
            above = [float(sum(exact[bad + 1 :])) for bad in lots]
            assert known.cdf(lots) == pytest.approx(below, rel=1e-13, abs=0)
            assert known.sf(lots) == pytest.approx(above, rel=1e-13, abs=0)
            assert known.mean == pytest.approx(
                float(sum(bad * one for bad, one in enumerate(exact))), rel=1e-13
            )


@every_prior
def test_an_interval_leaves_no_more_than_its_part_beyond_either_end(prior: Prior) -> None:
    size = 12
    for n, d in ((0, 0), (4, 0), (4, 1), (4, 4), (7, 2), (12, 5)):
        exact = bayes(d, n, size, prior)
        known = posterior(d, n, size, floats(prior))
        for content in (Fraction(1, 2), Fraction(4, 5), Fraction(19, 20)):
            for side, share in (("two-sided", 2), ("upper", 1), ("lower", 1)):
                rest = (1 - content) / share
                low = max(bad for bad in range(size + 1) if sum(exact[:bad]) <= rest)
                high = min(bad for bad in range(size + 1) if sum(exact[bad + 1 :]) <= rest)
                found = known.interval(float(content), side=cast(Any, side))
                assert found == (d if side == "upper" else low, size - n + d if side == "lower" else high)


def test_a_probability_at_the_limit_belongs_to_the_interval() -> None:
    # Nothing inspected, uniform: each of the 20 lots of 19 items has a probability of 1/20.
    assert posterior(0, 0, 19).interval(0.95, side="upper") == (0, 18)
    assert posterior(0, 0, 19).interval(0.90) == (1, 18)


@given(size=st.integers(1, 400), share=st.floats(0, 1), found=st.floats(0, 1), prior=st.sampled_from(PRIORS))
def test_both_tails_make_up_the_whole(size: int, share: float, found: float, prior: Prior) -> None:
    n = round(share * size)
    d = round(found * n)
    known = posterior(d, n, size, floats(prior))
    lots = np.arange(size + 1)
    assert known.cdf(lots) + known.sf(lots) == pytest.approx(1, rel=1e-12)
    assert known.pmf(lots).sum() == pytest.approx(1, rel=1e-12)
    assert (np.diff(known.cdf(lots)) >= 0).all()
    low, high = known.interval(0.9)
    assert d <= low <= high <= size - n + d
    assert known.cdf(high) - (known.cdf(low - 1) if low else 0) >= 0.9 * (1 - 1e-12)


@examples(40)
@given(size=st.integers(2, 300), share=st.floats(0, 0.99), prior=st.sampled_from(PRIORS))
def test_more_found_is_a_worse_lot_and_a_worse_process(size: int, share: float, prior: Prior) -> None:
    n = max(round(share * size), 1)
    plan = SinglePlan(min(20, size), 1)
    worse = [posterior(d, n, size, floats(prior)) for d in range(0, n + 1, max(n // 5, 1))]
    for one, two in pairwise(worse):
        assert one.mean < two.mean
        assert one.probability_at_most(0.1) >= two.probability_at_most(0.1) * (1 - 1e-12)
        assert next_lot_pa(one, plan) >= next_lot_pa(two, plan) * (1 - 1e-12)
        assert reinspection_pa(one, plan) >= reinspection_pa(two, plan) * (1 - 1e-12)


@pytest.mark.parametrize(("d", "n", "size"), [(0, 5, 20), (3, 10, 50), (7, 30, 200)])
def test_a_uniform_prior_is_the_rule_of_succession(d: int, n: int, size: int) -> None:
    # P. H. Peskun, arXiv:1610.07554: C(D, d) C(N - D, n - d) / C(N + 1, n + 1), whose mean is Laplace's.
    known = posterior(d, n, size)
    for bad in range(size + 1):
        exact = Fraction(comb(bad, d) * comb(size - bad, n - d), comb(size + 1, n + 1))
        assert known.pmf(bad) == pytest.approx(float(exact), rel=1e-13, abs=0)
    assert known.mean == pytest.approx((size + 2) * (d + 1) / (n + 2) - 1, rel=1e-13)


def test_how_the_plan_came_to_stop_does_not_matter() -> None:
    # 3 of 4 + 4 items with 1 of the first 4: a path has that many orders in every lot, so it weighs the same in all.
    size, prior = 12, PRIORS[2]
    weights = [
        before * Fraction(comb(4, 1) * comb(4, 2) * comb(4, bad - 3) if bad >= 3 else 0, comb(size, bad))
        for bad, before in enumerate(polya(size, *prior))
    ]
    known = posterior(3, 8, size, floats(prior))
    exact = [float(weight / sum(weights)) for weight in weights]
    assert known.pmf(range(size + 1)) == pytest.approx(exact, rel=1e-13, abs=0)


LARGE = [
    (125, 3, 1_000_000, (1.0, 1.0), 1e-12),
    (1250, 21, 1_000_000, (0.5, 0.5), 1e-12),
    (100_000, 5000, 1_000_000, (1.0, 1.0), 1e-12),
    (0, 0, 1_000_000, (0.5, 0.5), 1e-12),
    (20, 1, 1_000_000, (0.3, 4.7), 1e-10),
]


@pytest.mark.parametrize(("n", "d", "size", "prior", "within"), LARGE)
def test_large_lots_keep_their_digits(
    n: int, d: int, size: int, prior: tuple[float, float], within: float
) -> None:
    known = posterior(d, n, size, prior)
    low, high = known.interval(0.999999)
    lots = [d, d + 1, low, (low + high) // 2, high, size // 2]
    with mpmath.workdps(40):
        a, b, m = mpmath.mpf(prior[0]) + d, mpmath.mpf(prior[1]) + n - d, size - n
        log = mpmath.loggamma

        def exact(bad: int) -> float:
            r = bad - d
            ways = log(m + 1) - log(r + 1) - log(m - r + 1)
            beta = log(a + r) + log(b + m - r) - log(a + b + m)
            return float(mpmath.exp(ways + beta - log(a) - log(b) + log(a + b)))

        expected = [exact(bad) for bad in lots]
    # What is below 1e-300 is left out.
    for got, want in zip(known.pmf(lots).tolist(), expected, strict=True):
        assert got == pytest.approx(want, rel=within, abs=1e-300)


@pytest.mark.parametrize(
    ("fraction", "counted"),
    [(0.0, 0), (0.1, 3), (0.3, 9), (0.29999, 8), (1 / 30, 1), (1.0, 30)],
)
def test_a_fraction_is_a_whole_number_of_items(fraction: float, counted: int) -> None:
    known = posterior(0, 5, 30)
    assert known.probability_at_most(fraction) == known.cdf(counted)


# What it predicts -------------------------------------------------------------------------------------------------

SMALL: list[AnyPlan] = [
    SinglePlan(4, 1),
    SinglePlan(3, 0, 2),
    SinglePlan(2, 5),
    MultiplePlan((2, 2), (0, 1), (2, 2)),
    MultiplePlan((2, 2, 3), (None, 1, 3), (2, 3, 4)),
    MultiplePlan((2, 2, 2), (1, 1, 1), (2, 3, 3)),
    MultiplePlan((1, 6), (None, 2), (3, 3)),
]
every_plan = pytest.mark.parametrize("plan", SMALL, ids=repr)


@every_plan
@every_prior
def test_the_next_lot_is_averaged_over_the_process(plan: AnyPlan, prior: Prior) -> None:
    # Given the number nonconforming among the plan's items, every order is equally likely: a lot of just these items.
    for d, n in ((0, 0), (0, 4), (2, 4), (9, 11)):
        a, b = prior[0] + d, prior[1] + n - d
        exact = sum(
            chance * pa(plan_of(plan), hypergeometric(plan.total, bad))
            for bad, chance in enumerate(polya(plan.total, a, b))
        )
        known = posterior(d, n, 100, floats(prior))
        assert next_lot_pa(known, plan) == pytest.approx(float(exact), rel=1e-13)
        assert known.next_lot_pa(plan) == next_lot_pa(known, plan)


def test_a_small_next_lot_is_inspected_to_its_last_item() -> None:
    known, plan = posterior(2, 20, 100), MultiplePlan((5, 5), (0, 1), (2, 2))
    assert (
        known.next_lot_pa(plan, lot_size=8) == next_lot_pa(known, on_lot(plan, 8)) > known.next_lot_pa(plan)
    )


@every_plan
@every_prior
@pytest.mark.parametrize("found", ["kept", "removed", "replaced"])
def test_this_lot_inspected_again_is_averaged_over_the_posterior(
    plan: AnyPlan, prior: Prior, found: Reinspected
) -> None:
    size = 8
    for d, n in ((0, 0), (0, 4), (2, 4), (3, 8)):
        left = size - d if found == "removed" else size
        gone = 0 if found == "kept" else d
        exact = sum(
            chance * pa(plan_of(plan, left), hypergeometric(left, bad - gone))
            for bad, chance in enumerate(bayes(d, n, size, prior))
            if chance
        )
        known = posterior(d, n, size, floats(prior))
        assert reinspection_pa(known, plan, found=found) == pytest.approx(float(exact), rel=1e-12)
        assert known.reinspection_pa(plan, found=found) == reinspection_pa(known, plan, found=found)


def test_a_hopeless_lot_is_accepted_with_a_small_probability_of_full_precision() -> None:
    known, plan = posterior(180, 200, 2000, (3.0, 1.0)), SinglePlan(200, 10)
    exact = Fraction(0)
    prior = (Fraction(3), Fraction(1))
    a, b = prior[0] + 180, prior[1] + 20
    for r, chance in enumerate(polya_from(1800, a, b)):
        exact += chance * Fraction(
            sum(comb(180 + r, k) * comb(1820 - r, 200 - k) for k in range(11)), comb(2000, 200)
        )
    assert float(exact) < 1e-80
    assert reinspection_pa(known, plan) == pytest.approx(float(exact), rel=1e-11, abs=0)


def polya_from(m: int, a: Fraction, b: Fraction) -> list[Fraction]:
    """As `polya`, each probability from the one before."""
    chances = [rising(b, m) / rising(a + b, m)]
    for r in range(m):
        chances.append(chances[-1] * (m - r) * (a + r) / ((r + 1) * (b + m - r - 1)))
    return chances


def test_what_cannot_matter_is_left_out() -> None:
    known = posterior(5000, 10_000, 110_000)
    assert (known.pmf(5000), known.cdf(5000), known.sf(5000)) == (0, 0, 1)
    assert (known.pmf(104_000), known.cdf(104_000), known.sf(104_000)) == (0, 1, 0)


# Values, shapes and words -----------------------------------------------------------------------------------------


def test_it_is_a_value() -> None:
    known = posterior(5, 80, 1200, (1, 3))
    assert known == LotPosterior(5, 80, 1200, (1.0, 3.0))
    assert eval(repr(known)) == known
    assert known.process == (6.0, 78.0)
    assert hash(known) == hash(posterior(np.int64(5), 80, 1200, (1, 3)))  # type: ignore[arg-type]


def test_shape_in_is_shape_out() -> None:
    known = posterior(1, 4, 10)
    for ask in (known.pmf, known.cdf, known.sf):
        assert isinstance(ask(3), float)
        assert ask([[1, 2, 3]]).shape == (1, 3)
        assert ask([]).shape == (0,)
        assert math.isnan(ask(math.nan))
        assert np.isnan(ask([1.0, math.nan])).tolist() == [False, True]
    assert isinstance(known.probability_at_most(0.3), float)
    assert known.probability_at_most([0.3, 0.5]).shape == (2,)
    assert math.isnan(known.probability_at_most(math.nan))
    assert (known.pmf(0), known.cdf(0), known.sf(0)) == (0, 0, 1)
    assert (known.pmf(10), known.cdf(10), known.sf(10)) == (0, 1, 0)


def test_it_says_what_is_known() -> None:
    assert posterior(0, 125, 3000, (0.5, 19.5)).explain() == (
        "All 125 items inspected conform. With a beta(0.5, 19.5) prior, the lot of 3000 contains 9.914 nonconforming "
        "items on average, and 0 to 51 with a probability of 95 %."
    )


# What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: posterior(3, 2, 10), "d must be a whole number, 0 to 2, got 3."),
        (lambda: posterior(0, 11, 10), "n must be a whole number, 0 to 10, got 11."),
        (lambda: posterior(0, 0, 0), "lot_size must be a whole number, 1 or more, got 0."),
        *(
            (
                lambda prior=prior: posterior(0, 5, 10, prior),
                f"prior must be two numbers from 1e-09 to 1e+12, got {prior!r}.",
            )
            for prior in ((0, 1), (1, -1), (1, math.inf), (math.nan, 1), (1,), (1, 2, 3), 1, ("a", 1))
        ),
        (
            lambda: posterior(0, 5, 10).pmf(11),
            "nonconforming must be a whole number from 0 to 10, got 11.",
        ),
        (
            lambda: posterior(0, 5, 10).probability_at_most(1.5),
            "p must be from 0 to 1, got 1.5. Write 0.015 for 1.5 %.",
        ),
        (
            lambda: posterior(0, 5, 10).interval(95),
            "content must be above 0 and below 1, got 95. Write 0.95 for 95 %.",
        ),
        (
            lambda: reinspection_pa(posterior(0, 5, 10), SinglePlan(5, 0), found=cast(Reinspected, "lost")),
            'found must be "kept", "removed" or "replaced", got \'lost\'.',
        ),
        (
            lambda: reinspection_pa(posterior(5, 5, 5), SinglePlan(5, 0), found="removed"),
            'found must be "kept" or "replaced" because all 5 items were nonconforming, got \'removed\'.',
        ),
    ],
)
def test_what_is_refused_says_what_is_allowed(call: Callable[[], object], message: str) -> None:
    with pytest.raises(DomainError) as caught:
        call()
    assert str(caught.value) == message


def test_a_posterior_goes_through_json() -> None:
    known = posterior(5, 80, 1200, (1 / 3, 2.0))
    assert LotPosterior.from_json(known.to_json()) == known
    assert repr(known) == "LotPosterior(d=5, n=80, lot_size=1200, prior=(0.3333333333333333, 2.0))"


@pytest.mark.parametrize("place", [0, 1])
def test_a_prior_counts_as_a_billionth_to_10_to_the_12_items(place: int) -> None:
    for value, fits in ((1e-9, True), (1e12, True), (0.99e-9, False), (1.01e12, False), (math.nan, False)):
        prior = (value, 1.0) if place == 0 else (1.0, value)
        if fits:
            assert posterior(0, 5, 20, prior).prior == prior
        else:
            with pytest.raises(DomainError, match="prior must be two numbers from 1e-09 to 1e\\+12, got"):
                posterior(0, 5, 20, prior)
