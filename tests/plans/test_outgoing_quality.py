"""Outgoing quality, compared with printed values and small lots, and the laws that it obeys."""

import math
from fractions import Fraction
from itertools import combinations, product
from typing import Any, Literal, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import AqlError, SinglePlan
from aql.plans.outgoing_quality import Aoql, aoq, aoql
from aql.plans.total_inspection import ati
from aql.types import Found

MINITAB = SinglePlan(52, 2)


def test_minitab() -> None:
    """Minitab's example: lot 5000, n 52, c 2."""
    assert aoq(MINITAB, 0.015, lot_size=5000) == pytest.approx(0.0142013, abs=5e-8)
    limit = aoql(MINITAB, lot_size=5000)
    assert limit.value == pytest.approx(0.0260302, abs=5e-8)
    assert limit.at == pytest.approx(0.042997, abs=5e-7)


def test_nist() -> None:
    """NIST/SEMATECH e-Handbook 6.2.3.2: n 52, c 3, lot 10 000: AOQL .037190 at .05591, with (N - n)/N."""
    limit = aoql(SinglePlan(52, 3), lot_size=10_000)
    assert limit.value == pytest.approx(0.037190, abs=2e-4)
    assert limit.at == pytest.approx(0.05591, abs=2e-4)


@pytest.mark.parametrize("n", [1, 2, 4])
def test_what_is_left_in_small_lots(n: int) -> None:
    """Every lot of five items in every order: screened lots leave clean, found items are replaced."""
    plan = SinglePlan(n, 1)
    for bad in range(6):
        lots = [items for items in product((0, 1), repeat=5) if sum(items) == bad]
        left = [sum(items[n:]) if sum(items[:n]) <= 1 else 0 for items in lots]
        how: dict[str, Any] = {"nonconforming": bad, "lot_size": 5, "model": "hypergeometric"}
        assert aoq(plan, **how) == pytest.approx(float(Fraction(sum(left), 5 * len(lots))), abs=1e-15)


@given(p=st.floats(0, 1), lot_size=st.none() | st.integers(60, 5000))
def test_what_goes_out_is_no_worse_than_what_comes_in(p: float, lot_size: int | None) -> None:
    assert 0 <= aoq(MINITAB, p, lot_size=lot_size) <= p
    assert aoq(MINITAB, p, lot_size=lot_size) <= aoql(MINITAB, lot_size=lot_size).value * (1 + 1e-12)


@given(p=st.floats(0, 1))
def test_removing_leaves_a_smaller_lot_of_the_same_faults(p: float) -> None:
    replaced, removed = (aoq(MINITAB, p, lot_size=500, found=found) for found in ("replaced", "removed"))
    left = 500 - p * ati(MINITAB, p, lot_size=500)
    assert removed * left == pytest.approx(replaced * 500, abs=1e-12)


@pytest.mark.parametrize("model", ["binomial", "poisson"])
def test_nothing_but_nonconforming_items_is_left_of_a_lot_without_others(
    model: Literal["binomial", "poisson"],
) -> None:
    for plan, lot_size in ((SinglePlan(12, 0), 13), (SinglePlan(5, 1), 10**9)):
        assert aoq(plan, 1.0, lot_size=lot_size, found="removed", model=model) in (
            0.0,
            pytest.approx(1.0, rel=1e-15),
        )


@pytest.mark.parametrize("nonconforming", range(8))
def test_removing_from_a_lot_leaves_the_items_that_were_not_found(nonconforming: int) -> None:
    """The oracle: every sample of 3 from a lot of 7."""
    lot_size, n = 7, 3
    left, bad = Fraction(0), Fraction(0)
    for sample in combinations(range(lot_size), n):
        found = sum(item < nonconforming for item in sample)
        accepted = found <= 1
        left += lot_size - (found if accepted else nonconforming)
        bad += nonconforming - found if accepted else 0
    assert aoq(
        SinglePlan(n, 1),
        nonconforming=nonconforming,
        lot_size=lot_size,
        found="removed",
        model="hypergeometric",
    ) == pytest.approx(float(bad / left) if left else 0.0, rel=1e-13)


def test_the_limit_of_a_lot_is_the_worst_of_its_numbers() -> None:
    bad = np.arange(101)
    values = aoq(SinglePlan(10, 1), nonconforming=bad, lot_size=100, model="hypergeometric")
    limit = aoql(SinglePlan(10, 1), lot_size=100, model="hypergeometric")
    assert (limit.value, limit.at) == (values.max(), int(np.argmax(values)) / 100)


def test_units() -> None:
    per_item = aoql(MINITAB, model="poisson")
    per_hundred = aoql(MINITAB, model="poisson", unit="100 items")
    assert per_hundred.value == pytest.approx(100 * per_item.value, rel=1e-9)
    assert per_hundred.at == pytest.approx(100 * per_item.at, rel=1e-5)
    assert aoq(MINITAB, 2.0, model="poisson", unit="100 items") == pytest.approx(
        100 * aoq(MINITAB, 0.02, model="poisson")
    )


@pytest.mark.parametrize("n", [1, 2, 50])
@pytest.mark.parametrize("ac", [0, 1, 3, 8])
def test_the_limit_of_nonconformities_may_lie_above_one_per_item(n: int, ac: int) -> None:
    """The worst mean x of the sample solves sum of x^k / k! up to ac = x^(ac + 1) / ac!; then n times the AOQL follows."""
    low, high = 0.0, 2.0 * ac + 2
    for _ in range(60):
        x = (low + high) / 2
        terms = [x**k / math.factorial(k) for k in range(ac + 1)]
        low, high = (x, high) if math.fsum(terms) > x ** (ac + 1) / math.factorial(ac) else (low, x)
    limit = aoql(SinglePlan(n, ac), model="poisson")
    assert limit.value == pytest.approx(x * math.exp(-x) * math.fsum(terms) / n, rel=1e-9)
    assert limit.at == pytest.approx(x / n, rel=1e-4)


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (lambda: aoq(MINITAB, 0.1, found=cast(Found, "kept")), "found must be \"replaced\" or \"removed\", got 'kept'."),
        (lambda: aoq(MINITAB, 0.1, found="removed"), 'lot_size is required with found="removed".'),
        (lambda: aoql(SinglePlan(3, 5)), "plan must reject some lots to have an AOQL, got SinglePlan(n=3, ac=5)."),
    ],
)  # fmt: skip
def test_what_has_no_answer(work: Any, expected: str) -> None:
    with pytest.raises(AqlError) as caught:
        work()
    assert str(caught.value) == expected


def test_a_limit_goes_through_json() -> None:
    limit = aoql(MINITAB, lot_size=5000)
    assert Aoql.from_json(limit.to_json()) == limit
    assert len(repr(limit)) <= 120
