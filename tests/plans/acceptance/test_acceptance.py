"""The probability of acceptance of one plan, compared with exact fractions, brute force and printed values."""

from fractions import Fraction
from itertools import product
from math import isnan, nan

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import strategies
from aql.plans.operating_characteristic import pa as acceptance_probability
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.types import ProcessModel
from tests.oracles.naive_tables import Plan as Naive
from tests.oracles.naive_tables import exact_binomial
from tests.oracles.naive_tables import pa as naive_pa

AnyPlan = SinglePlan | MultiplePlan

MODELS = ("binomial", "poisson")
every_model = pytest.mark.parametrize("model", MODELS)


def plans(*, largest: int = 60) -> st.SearchStrategy[AnyPlan]:
    """A plan of one to four stages, with gaps and with stages where acceptance is not permitted."""
    return strategies.plans(max_stages=4, max_n=largest, max_step=4)


fractions = st.fractions(0, 1, max_denominator=200)


def naive(plan: AnyPlan) -> Naive:
    stages = plan.stages
    return Naive(
        tuple(one.n for one in stages), tuple(one.ac for one in stages), tuple(one.re for one in stages)
    )


# Laws ----------------------------------------------------------------------------------------------------------


@given(plan=plans(), p=fractions)
def test_it_is_the_exact_sum(plan: AnyPlan, p: Fraction) -> None:
    exact = naive_pa(naive(plan), exact_binomial(p))
    assert acceptance_probability(plan, float(p)) == pytest.approx(float(exact), rel=1e-11, abs=1e-300)


@given(plan=plans(largest=3), p=fractions)
def test_it_is_what_counting_every_outcome_gives(plan: AnyPlan, p: Fraction) -> None:
    weights = [p**count * (1 - p) ** (plan.total - count) for count in range(plan.total + 1)]
    accepted = Fraction(0)
    for items in product((0, 1), repeat=plan.total):
        for stage in plan.stages:
            count = sum(items[: stage.total])
            if count >= stage.re:
                break
            if stage.total == plan.total or (stage.ac is not None and count <= stage.ac):
                accepted += weights[sum(items)]
                break
    assert acceptance_probability(plan, float(p)) == pytest.approx(float(accepted), rel=1e-11, abs=1e-300)


@given(plan=plans(), rate=st.fractions(0, 3, max_denominator=200))
def test_poisson_is_the_sum_in_fifty_digits(plan: AnyPlan, rate: Fraction) -> None:
    with mpmath.workdps(50):
        mean = mpmath.mpf(rate.numerator) / rate.denominator

        def chance(n: int, k: int) -> mpmath.mpf:
            return mpmath.exp(-n * mean) * (n * mean) ** k / mpmath.factorial(k)

        exact = float(naive_pa(naive(plan), chance))
    assert acceptance_probability(plan, float(rate), model="poisson") == pytest.approx(
        exact, rel=1e-11, abs=1e-300
    )


@every_model
@given(plan=plans(), lo=st.floats(0, 1), hi=st.floats(0, 1))
def test_worse_quality_is_never_accepted_more_often(
    plan: AnyPlan, lo: float, hi: float, model: ProcessModel
) -> None:
    lo, hi = sorted((lo, hi))
    better, worse = (acceptance_probability(plan, p, model=model) for p in (lo, hi))
    assert worse <= better * (1 + 1e-11) + 1e-300
    assert 0 <= worse <= 1


@every_model
@given(plan=plans())
def test_a_process_without_faults_is_always_accepted(plan: AnyPlan, model: ProcessModel) -> None:
    assert acceptance_probability(plan, 0, model=model) == 1


@given(plan=plans())
def test_a_process_of_faults_only_is_decided_by_the_plan_alone(plan: AnyPlan) -> None:
    exact = naive_pa(naive(plan), exact_binomial(Fraction(1)))
    assert exact in {Fraction(0), Fraction(1)}
    assert acceptance_probability(plan, 1) == float(exact)


# Examples with a source ----------------------------------------------------------------------------------------

PRINTED: list[tuple[str, AnyPlan, float, float, float]] = [
    ("SAS/QC, single", SinglePlan(20, 1), 0.18, 0.1018322793, 5e-11),
    ("SAS/QC, double", MultiplePlan((13, 13), (0, 1), (2, 2)), 0.18, 0.0921738126, 5e-11),
    ("Minitab, n 52, c 2", SinglePlan(52, 2), 0.015, 0.956700, 5e-7),
    ("Minitab, n 52, c 2", SinglePlan(52, 2), 0.10, 0.096633, 5e-7),
    *(
        ("NIST handbook 6.2.3.2, n 52, c 3", SinglePlan(52, 3), p, pa, 5e-5)
        for p, pa in zip(
            (0.01, 0.02, 0.03, 0.04, 0.05, 0.06),
            (0.9982, 0.9798, 0.9295, 0.8460, 0.7383, 0.6196),
            strict=True,
        )
    ),
]


@pytest.mark.parametrize(("source", "plan", "p", "pa", "within"), PRINTED)
def test_printed_values(source: str, plan: AnyPlan, p: float, pa: float, within: float) -> None:
    assert acceptance_probability(plan, p) == pytest.approx(pa, abs=within), source


def test_the_gap_of_reduced_inspection_accepts() -> None:
    assert acceptance_probability(SinglePlan(20, 1, 4), 0.1) == acceptance_probability(SinglePlan(20, 3), 0.1)


# Large plans ---------------------------------------------------------------------------------------------------


@every_model
@pytest.mark.parametrize(
    ("n", "ac", "p"),
    [
        (100_000, 300, 0.003),
        (100_000, 300, 0.01),
        (100_000, 800, 0.008),
        (100_000, 0, 1e-5),
        (5000, 400, 0.5),
    ],
)
def test_large_plans_keep_their_digits(n: int, ac: int, p: float, model: ProcessModel) -> None:
    # The float p is the quality asked for; the reference takes exactly that float, in 60 digits.
    with mpmath.workdps(60):
        q = mpmath.mpf(p)
        term = (1 - q) ** n if model == "binomial" else mpmath.exp(-n * q)
        total = term
        for k in range(ac):
            term *= (n - k) * q / ((k + 1) * (1 - q)) if model == "binomial" else n * q / (k + 1)
            total += term
        exact = float(total)
    assert acceptance_probability(SinglePlan(n, ac), p, model=model) == pytest.approx(
        exact, rel=1e-10, abs=1e-300
    )


@pytest.mark.parametrize("p", [1e6, 1e300, 1.7e308])
def test_a_hopeless_rate_is_never_accepted(p: float) -> None:
    for plan in (
        SinglePlan(100, 0),
        SinglePlan(100, 5),
        SinglePlan(100, 99),
        MultiplePlan((50, 50), (2, 6), (5, 7)),
    ):
        assert acceptance_probability(plan, p, model="poisson") == 0
        assert acceptance_probability(plan, [p, 0.0], model="poisson").tolist() == [0, 1]
        assert plan.pr(p, model="poisson") == 1


# What is refused -----------------------------------------------------------------------------------------------


@every_model
def test_nan_passes_through(model: ProcessModel) -> None:
    assert isnan(acceptance_probability(SinglePlan(5, 0), nan, model=model))
