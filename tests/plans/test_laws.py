"""Laws that every operating characteristic obeys, each with the domain on which it holds.

The plans are any plans: one to five stages, closed stages, gaps, acceptance numbers above what can be found. Where two
sides of a law are computed in different ways, each is right to 1e-12, so they may differ by twice that.
"""

from functools import cache
from itertools import pairwise
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql import strategies
from aql.plans.operating_characteristic import pa, pr
from aql.plans.outgoing_quality import aoq, aoql
from aql.plans.plan import MultiplePlan, SinglePlan, on_lot
from aql.plans.sample_number import asn
from aql.plans.stage_probabilities import stage_probabilities
from aql.plans.total_inspection import ati
from aql.types import FOUND, InspectionExtent, Model, Sampling, Severity
from tests.oracles.naive_tables import AQLS, LETTERS
from tests.profiles import exhaustive

AnyPlan = SinglePlan | MultiplePlan

TWICE = 2e-12
INSPECTIONS: tuple[InspectionExtent, ...] = ("full", "semi", "curtailed")
HYPER: Model = "hypergeometric"


def plans(*, most: int = 120) -> st.SearchStrategy[AnyPlan]:
    """A plan of one to five stages of at most `most` items each."""
    return strategies.plans(max_stages=5, max_n=most, max_step=4)


fractions = st.floats(0, 1)
rates = st.floats(0, 4)
GRID = np.unique(np.concatenate([np.geomspace(1e-9, 1, 120), np.linspace(0, 1, 201)]))


# The curve falls -----------------------------------------------------------------------------------------------


@given(plan=plans())
def test_pa_never_rises_with_the_fraction_nonconforming(plan: AnyPlan) -> None:
    """Domain: every plan, 0 <= p <= 1."""
    falls(pa(plan, GRID), pr(plan, GRID))


@given(plan=plans())
def test_pa_never_rises_with_the_rate_of_nonconformities(plan: AnyPlan) -> None:
    """Domain: every plan, any rate of 0 or more."""
    falls(pa(plan, 20 * GRID, model="poisson"), pr(plan, 20 * GRID, model="poisson"))


@given(plan=plans(), lot_size=st.integers(1, 900))
def test_pa_never_rises_with_the_number_nonconforming(plan: AnyPlan, lot_size: int) -> None:
    """Domain: every plan and lot, samples that reach the lot included, D = 0 ... N."""
    lot: dict[str, Any] = {"model": HYPER, "lot_size": lot_size, "nonconforming": np.arange(lot_size + 1)}
    falls(pa(plan, **lot), pr(plan, **lot))


def falls(accepted: Any, rejected: Any) -> None:
    assert (accepted[1:] <= accepted[:-1] * (1 + TWICE)).all()
    assert (rejected[1:] >= rejected[:-1] * (1 - TWICE)).all()
    assert ((accepted >= 0) & (accepted <= 1)).all()
    assert ((rejected >= 0) & (rejected <= 1)).all()
    assert (np.abs(accepted + rejected - 1) <= 2 * np.finfo(float).eps).all()


@given(plan=plans(), lo=fractions, hi=fractions)
def test_worse_quality_is_never_accepted_more_often(plan: AnyPlan, lo: float, hi: float) -> None:
    """Domain: every plan, any two fractions, each asked for alone."""
    lo, hi = sorted((lo, hi))
    assert pa(plan, hi) <= pa(plan, lo) * (1 + TWICE)


# One model is the limit of another -----------------------------------------------------------------------------


@given(plan=plans(), lot_size=st.integers(1, 10**7), part=fractions)
def test_binomial_is_the_limit_of_hypergeometric(plan: AnyPlan, lot_size: int, part: float) -> None:
    """Domain: total sample within the lot. The two differ by no more than the chance to draw an item twice.

    n items drawn with replacement, none of them twice, are a sample drawn without.
    """
    n = plan.total
    if n > lot_size:
        lot_size = n * n
    bad = round(part * lot_size)
    finite = pa(plan, nonconforming=bad, model=HYPER, lot_size=lot_size)
    assert abs(finite - pa(plan, bad / lot_size)) <= n * (n - 1) / (2 * lot_size) + 1e-12


@given(plan=plans(), power=st.floats(-9, 0))
def test_poisson_is_the_limit_of_binomial(plan: AnyPlan, power: float) -> None:
    """Domain: every plan, 0 < p <= 1. Item by item the laws differ by no more than p squared."""
    p = 10**power
    assert abs(pa(plan, p) - pa(plan, p, model="poisson")) <= plan.total * p * p + 1e-12


@given(plan=plans(most=30))
def test_the_limit_is_approached(plan: AnyPlan) -> None:
    """Domain: every plan with p fixed: ten times the lot, at most a third of the difference (it is a tenth in the end)."""
    sizes = [10**power for power in (5, 6, 7)]
    off = [abs(pa(plan, nonconforming=n // 20, model=HYPER, lot_size=n) - pa(plan, 0.05)) for n in sizes]
    assert all(later <= earlier / 3 + 1e-12 for earlier, later in pairwise(off))


# Different plans that decide alike -----------------------------------------------------------------------------


@given(
    n=st.lists(st.integers(1, 90), min_size=2, max_size=6),
    ac=st.integers(0, 30),
    gap=st.integers(1, 4),
    quality=rates,
    lot_size=st.integers(1, 900),
)
def test_stages_that_never_decide_make_no_difference(
    n: list[int], ac: int, gap: int, quality: float, lot_size: int
) -> None:
    """Domain: no acceptance before the last stage, and rejection only at the last Re: counts never fall again."""
    staged = MultiplePlan(n, [None] * (len(n) - 1) + [ac], [ac + gap] * len(n))
    single = SinglePlan(sum(n), ac, ac + gap)
    alike(staged, single, quality, lot_size)


@given(
    first=st.integers(1, 60),
    second=st.integers(1, 60),
    more=st.integers(0, 30),
    p=fractions,
    size=st.integers(1, 400),
)
def test_a_first_stage_that_cannot_decide_leaves_the_single_plan(
    first: int, second: int, more: int, p: float, size: int
) -> None:
    """Domain: nonconforming items only, the first sample smaller than its Re, which is never above the last."""
    ac = first + more
    staged = MultiplePlan((first, second), (None, ac), (first + 1, ac + 1))
    single = SinglePlan(first + second, ac)
    assert pa(staged, p) == pytest.approx(pa(single, p), rel=TWICE, abs=1e-290)
    assert pr(staged, p) == pytest.approx(pr(single, p), rel=TWICE, abs=1e-290)
    if size >= first + second:
        lot: dict[str, Any] = {"model": HYPER, "lot_size": size, "nonconforming": round(p * size)}
        assert pa(staged, **lot) == pytest.approx(pa(single, **lot), rel=TWICE, abs=1e-290)


def alike(one: AnyPlan, other: AnyPlan, quality: float, lot_size: int) -> None:
    for ask in (pa, pr):
        asked: list[dict[str, Any]] = [
            {"p": min(quality / 4, 1.0)},
            {"p": quality, "model": "poisson"},
            {"nonconforming": round(min(quality / 4, 1) * lot_size), "model": HYPER, "lot_size": lot_size},
        ]
        for how in asked:
            assert ask(one, **how) == pytest.approx(ask(other, **how), rel=TWICE, abs=1e-290), how


# Symmetries ----------------------------------------------------------------------------------------------------


@given(lot_size=st.integers(1, 10**6), a=fractions, b=fractions, ac=st.integers(0, 40))
def test_sample_and_nonconforming_items_can_change_places(lot_size: int, a: float, b: float, ac: int) -> None:
    """Domain: hypergeometric single plans, 1 <= n <= N, 1 <= D <= N: which of two sets is called the sample."""
    n, bad = (1 + round(part**4 * (lot_size - 1)) for part in (a, b))
    one: dict[str, Any] = {"model": HYPER, "lot_size": lot_size}
    for ask in (pa, pr):
        left = ask(SinglePlan(n, ac), nonconforming=bad, **one)
        right = ask(SinglePlan(bad, ac), nonconforming=n, **one)
        assert left == pytest.approx(right, rel=TWICE, abs=1e-290)


@given(n=st.integers(1, 400), part=fractions, eighths=st.integers(0, 2**20), lot_size=st.integers(1, 3000))
def test_counting_the_good_items_turns_the_plan_around(
    n: int, part: float, eighths: int, lot_size: int
) -> None:
    """Domain: items, 0 <= Ac < n <= N, and p such that 1 - p is the exact complement."""
    ac = round(part * (n - 1))
    plan, turned = SinglePlan(n, ac), SinglePlan(n, n - ac - 1)
    p = eighths / 2**20
    assert pa(plan, p) == pytest.approx(pr(turned, 1 - p), rel=TWICE, abs=1e-290)
    if n <= lot_size:
        bad = round(p * lot_size)
        one: dict[str, Any] = {"model": HYPER, "lot_size": lot_size}
        assert pa(plan, nonconforming=bad, **one) == pytest.approx(
            pr(turned, nonconforming=lot_size - bad, **one), rel=TWICE, abs=1e-290
        )


@given(lot_size=st.integers(1, 40), n=st.integers(1, 40), ac=st.integers(0, 10))
def test_a_finite_lot_is_counted_out(lot_size: int, n: int, ac: int) -> None:
    """Domain: small lots: the share of all samples that hold Ac or fewer."""
    n = min(n, lot_size)
    for bad in range(lot_size + 1):
        ways = sum(comb(bad, k) * comb(lot_size - bad, n - k) for k in range(min(ac, n) + 1))
        found = pa(SinglePlan(n, ac), nonconforming=bad, model=HYPER, lot_size=lot_size)
        assert found == pytest.approx(ways / comb(lot_size, n), rel=1e-12)


# The standard's severities -------------------------------------------------------------------------------------


@cache
def cell(letter: str, column: str, severity: Severity, sampling: Sampling) -> AnyPlan:
    found = aql.lookup(letter=letter, aql=column, severity=severity, sampling=sampling).plan
    assert isinstance(found, SinglePlan | MultiplePlan)
    return found


@pytest.mark.parametrize("sampling", ["single", exhaustive("double"), exhaustive("multiple")])
@pytest.mark.parametrize("model", ["binomial", "poisson"])
def test_tightened_is_never_above_normal(sampling: str, model: Model) -> None:
    """Domain: ISO 2859-1:1999, every cell that has a plan in both; AQLs above 10 count nonconformities."""
    cells = 0
    for column in AQLS:
        level = float(column) / 100
        if level > 0.1 and model == "binomial":
            continue
        grid = level * np.geomspace(0.01, 40, 24)
        grid = np.minimum(grid, 1.0) if model == "binomial" else grid
        for letter in LETTERS:
            normal, tightened = (
                cell(letter, column, severity, sampling) for severity in ("normal", "tightened")
            )
            if normal == tightened:
                continue
            cells += 1
            strict, lenient = pa(tightened, grid, model=model), pa(normal, grid, model=model)
            assert (strict <= lenient * (1 + TWICE)).all(), (letter, column, tightened, normal)
    assert cells > 100


# Stage by stage ------------------------------------------------------------------------------------------------

models = st.sampled_from(["binomial", "poisson", HYPER])


def asked_for(model: Model, quality: float, lot_size: int) -> dict[str, Any]:
    if model == HYPER:
        return {"model": model, "lot_size": lot_size, "nonconforming": round(min(quality / 4, 1) * lot_size)}
    return {"model": model, "p": quality if model == "poisson" else min(quality / 4, 1.0)}


@given(plan=plans(), model=models, quality=rates, lot_size=st.integers(2, 2000))
def test_stage_probabilities_add_up(plan: AnyPlan, model: Model, quality: float, lot_size: int) -> None:
    """Domain: every plan, model and quality."""
    how = asked_for(model, quality, lot_size)
    found = stage_probabilities(plan, **how)
    stages = on_lot(plan, lot_size).stages if model == HYPER else plan.stages
    assert len(found.reach) == len(found.accept) == len(found.reject) == len(stages)
    every = [*found.reach, *found.accept, *found.reject]
    assert all(0 <= one <= 1 + 1e-12 for one in every)
    assert sum(found.accept) + sum(found.reject) == pytest.approx(1, rel=1e-12)
    assert sum(found.accept) == pytest.approx(pa(plan, **how), rel=1e-12, abs=1e-12)
    assert sum(found.reject) == pytest.approx(pr(plan, **how), rel=1e-12, abs=1e-12)
    # What reaches a stage and does not end there reaches the next one.
    left = [reach - yes - no for reach, yes, no in zip(found.reach, found.accept, found.reject, strict=True)]
    assert found.reach[0] == 1
    assert [*found.reach[1:], 0] == pytest.approx(left, rel=0, abs=1e-12)


@given(plan=plans(most=60), model=models, quality=rates, lot_size=st.integers(2, 2000))
def test_average_sample_number_between_first_and_all(
    plan: AnyPlan, model: Model, quality: float, lot_size: int
) -> None:
    """Domain: every plan, model and quality; stopping earlier never takes more items."""
    how = asked_for(model, quality, lot_size)
    stages = (on_lot(plan, lot_size) if model == HYPER else plan).stages
    full, semi, curtailed = (asn(plan, inspection=inspection, **how) for inspection in INSPECTIONS)
    assert stages[0].n * (1 - 1e-12) <= semi <= full * (1 + 1e-12) <= stages[-1].total * (1 + 1e-11)
    assert min(stages[0].re, stages[0].n) * (model != "poisson") <= curtailed * (1 + 1e-12)
    assert 1 - 1e-12 <= curtailed <= semi * (1 + 1e-12)
    if len(stages) == 1:
        assert full == semi == stages[0].n


@given(plan=plans(), p=fractions, lot_size=st.integers(2, 10**6))
def test_what_goes_out_is_never_worse_than_what_comes_in(plan: AnyPlan, p: float, lot_size: int) -> None:
    """Domain: perfect inspection, rejected lots screened, items replaced or removed, all three models."""
    bad = round(p * lot_size)
    for found in FOUND:
        assert 0 <= aoq(plan, p, lot_size=lot_size, found=found) <= p * (1 + 1e-12)
        assert 0 <= aoq(plan, p, lot_size=lot_size, found=found, model="poisson") <= p * (1 + 1e-12)
        of_lot = aoq(plan, nonconforming=bad, lot_size=lot_size, found=found, model=HYPER)
        assert 0 <= of_lot <= bad / lot_size * (1 + 1e-12)
    assert aoq(plan, p) == pytest.approx(p * pa(plan, p), rel=1e-11, abs=1e-290)


@given(plan=plans(), p=fractions, lot_size=st.integers(2, 10**6))
def test_total_inspection_between_the_first_sample_and_the_lot(
    plan: AnyPlan, p: float, lot_size: int
) -> None:
    """Domain: every plan and lot."""
    least = min(plan.stages[0].n, lot_size) * (1 - 1e-12)
    assert least <= ati(plan, p, lot_size=lot_size) <= lot_size * (1 + 1e-12)
    bad = round(p * lot_size)
    assert least <= ati(plan, nonconforming=bad, model=HYPER, lot_size=lot_size) <= lot_size * (1 + 1e-12)


@given(plan=plans(most=60), lot_size=st.none() | st.integers(300, 5000))
def test_no_outgoing_quality_is_above_its_limit(plan: AnyPlan, lot_size: int | None) -> None:
    """Domain: plans that can reject, 0 <= p <= 1; the limit is reached where it is said to be."""
    if pa(plan, 1.0) == 1 or (lot_size is not None and plan.total >= lot_size):
        return
    limit = aoql(plan, lot_size=lot_size)
    assert (aoq(plan, GRID, lot_size=lot_size) <= limit.value * (1 + 1e-9)).all()
    assert aoq(plan, limit.at, lot_size=lot_size) == pytest.approx(limit.value, rel=1e-12)
