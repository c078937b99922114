"""Numbers far beyond any shipment: an answer in about a second, or an error that says up to where it goes."""

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import DomainError, MultiplePlan, SinglePlan, design_double, lot_quality_bound
from aql.plans import Inspector, aoq, aoql, next_lot_pa, posterior, process_bound, reinspection_pa
from aql.plans.largest_plans import LARGEST_RE
from aql.plans.outcome_order import exact_chances

WIDE = MultiplePlan(n=(10**4, 10**4), ac=(10, 2400), re=(2401, 2401))
LONG = MultiplePlan(n=(1,) * 101, ac=(None,) * 100 + (0,), re=(1,) * 101)
LARGE = SinglePlan(10**9, LARGEST_RE - 1)
LOT: dict[str, Any] = {"model": "hypergeometric"}
MISSES = Inspector(0.1, 0.1)
KNOWN = posterior(3, 80, 10**15)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: SinglePlan(2**53 + 1, 0), "n must be a whole number, 1 to 2**53"),
        (lambda: SinglePlan(80, 10**400), "ac must be a whole number, 0 to 2**53"),
        (lambda: SinglePlan(80, 5, 10**30), "re must be a whole number, 0 to 2**53"),
        (lambda: MultiplePlan((10**30, 1), (0, 1), (2, 2)), "n must be a whole number, 1 to 2**53"),
        (lambda: aoql(SinglePlan(10**9, 10**9)), "re must be 10000000 or less to compute probabilities"),
        (lambda: SinglePlan(10**15, 5 * 10**14).pa(0.5), "re must be 10000000 or less"),
        (lambda: SinglePlan(10**12, 10**7).crq(model="poisson"), "re must be 10000000 or less"),
        (
            lambda: aoql(LARGE, lot_size=10**10, **LOT),
            "re must be 100000 or less to compute the AOQL of a lot",
        ),
        (lambda: WIDE.pa(0.01), "plan must have at most 2000000 pairs of counts"),
        (lambda: LONG.pa(0.01), "n must have 100 stages or fewer to compute probabilities, got 101"),
        (lambda: LARGE.asn(0.1, model="poisson", inspection="semi"), None),
        (
            lambda: LARGE.asn(0.1, model="poisson", inspection="curtailed"),
            "n must be 10000000 or less to compute curtailed samples of nonconformities, got 1000000000",
        ),
        (
            lambda: SinglePlan(80, 5).pa(0.5, lot_size=10**7, inspector=MISSES, **LOT),
            "lot_size must be 1000000",
        ),
        (lambda: SinglePlan(80, 5).pa(0.5, lot_size=10**6, inspector=MISSES, **LOT), "pairs of counts"),
        (KNOWN.interval, "lot_size - n must be 1000000 or less to compute a posterior"),
        (lambda: reinspection_pa(KNOWN, SinglePlan(80, 5)), "lot_size - n must be 1000000 or less"),
        (
            lambda: next_lot_pa(KNOWN, SinglePlan(10**8, 5)),
            "n must be 1000000 or less to compute a prediction",
        ),
        (lambda: lot_quality_bound(3, 80, 10**30), "lot_size must be a whole number, 1 to 2**53"),
        (
            lambda: lot_quality_bound(3 * 10**5, 10**6, 10**15),
            "the sample must be 800 or less to compute exact",
        ),
        (lambda: lot_quality_bound(10**8, 10**14, 10**15), "d must be 10000000 or less"),
        (lambda: process_bound(10**15, 10**15), "d must be 10000000 or less"),
        (
            lambda: design_double(prq=(0.05, 0.2), crq=(0.1, 0.05), ratio=4580),
            "ratio must be a whole number, 1 to 20",
        ),
        (
            lambda: design_double(prq=(0.01, 0.05), crq=(0.011, 0.05)),
            "must be further apart for a double plan",
        ),
        (lambda: design_double(prq=(1e-9, 0.05), crq=(1e-8, 0.05)), "a sample can have at most 10000000"),
    ],
    ids=map(str, range(24)),
)
def test_up_to_where_it_goes_is_said_before_it_starts(call: Callable[[], object], said: str | None) -> None:
    if said is None:
        call()
        return
    with pytest.raises(DomainError) as caught:
        call()
    assert said in str(caught.value)


def test_up_to_there_it_is_computed() -> None:
    # Half of the lots are accepted near (Ac + 0.7) / n, and the worst outgoing quality is a little better.
    limit = aoql(LARGE)
    assert 0.998 < limit.value / ((LARGE.ac + 0.7) / LARGE.n) < limit.at / ((LARGE.ac + 0.7) / LARGE.n) < 1
    assert LARGE.pa((LARGE.ac + 2 / 3) / LARGE.n) == pytest.approx(0.5, abs=1e-6)
    assert process_bound(10**7, 10**9).upper == pytest.approx(0.01 + 1.6449 * (0.01 / 10**9) ** 0.5, rel=1e-5)


@pytest.mark.parametrize(("n", "ac"), [(2, 3), (1, 0), (1, 60), (100, 0)])
def test_the_limit_for_nonconformities_is_where_its_slope_is_zero(n: int, ac: int) -> None:
    """The derivative of m exp(-m) (1 + m + ... + m^ac / ac!) is 0 where the sum is m^(ac+1) / ac!."""
    low, high = 0.0, 2.0 * ac + 2
    for _ in range(200):
        m = (low + high) / 2
        term, total = 1.0, 1.0
        for k in range(1, ac + 1):
            term *= m / k
            total += term
        low, high = (m, high) if total > m * term else (low, m)
    limit = aoql(SinglePlan(n, ac), model="poisson")
    assert limit.at == pytest.approx(m / n, rel=1e-6)
    assert limit.value == pytest.approx(m / n * total * np.exp(-m), rel=1e-9)


@given(n=st.integers(1, 40), ac=st.integers(0, 5), lot_size=st.integers(1, 9000))
def test_the_limit_in_a_lot_is_that_of_trying_every_number(n: int, ac: int, lot_size: int) -> None:
    every = aoq(SinglePlan(n, ac), nonconforming=np.arange(lot_size + 1), lot_size=lot_size, **LOT)
    limit = aoql(SinglePlan(n, ac), lot_size=lot_size, **LOT)
    assert limit.value == every.max()
    assert limit.at == every.argmax() / lot_size


@given(data=st.data(), lot_size=st.integers(1, 60))
def test_exact_probabilities_are_those_of_counting_every_draw(data: st.DataObject, lot_size: int) -> None:
    n, bad = data.draw(st.integers(1, lot_size)), data.draw(st.integers(0, lot_size))
    ac = data.draw(st.integers(0, n))
    ways = sum(comb(bad, k) * comb(lot_size - bad, n - k) for k in range(ac + 1))
    accepted = Fraction(ways, comb(lot_size, n))
    assert exact_chances(((n, n, ac, ac + 1),), lot_size, bad) == (accepted, 1 - accepted)


def test_only_the_producers_risk_lies_at_the_edge() -> None:
    """The smallest plan exceeds the producer's risk in the eighth digit only, and is clearly below the consumer's."""
    smaller = MultiplePlan(n=(69, 69), ac=(0, 3), re=(4, 4))
    assert 0.0480189702 < smaller.pr(0.01) < 0.0480189707
    assert smaller.pa(0.05) < 0.0999
    assert design_double(prq=(0.01, 0.0480189707), crq=(0.05, 0.10)) == smaller
    assert design_double(prq=(0.01, 0.0480189702), crq=(0.05, 0.10)) == MultiplePlan((88, 88), (1, 4), (5, 5))
