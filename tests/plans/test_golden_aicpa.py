"""Sample sizes and upper limits that the AICPA prints for auditors, from the same properties of a plan.

An auditor's tolerable rate is a consumer's risk quality, and the upper limit for d deviations is the quality that the
plan (n, d) accepts with the stated risk. Where a size differs, `golden/differences.csv` says why.
"""

from bisect import bisect_left
from fractions import Fraction
from functools import cache
from math import ceil, comb, floor

import pytest

import aql
from tests.oracles.transcriptions import differences, listed, transcription

SIZES = "aicpa_sample_sizes.csv"
LIMITS = "aicpa_upper_limits.csv"


def share(percent: str) -> Fraction:
    return Fraction(percent) / 100


@cache
def accepted(n: int, ac: int, p: float) -> float:
    """Probability of acceptance; the tables ask for the same plans many times."""
    return float(aql.SinglePlan(n, ac).pa(p))


def size_for_controls(cell: str) -> str:
    """The smallest sample that accepts the tolerable rate rarely enough, with the expected deviations allowed."""
    _, _, risk, tolerable, rate = cell.split()
    worst, expected, beta = float(share(tolerable)), share(rate), float(risk)
    if not expected:
        return str(aql.zero_acceptance(lq=worst, beta=beta).n)

    def is_enough(n: int) -> bool:
        return accepted(n, ceil(n * expected), worst) <= beta

    # Samples in which as many deviations are allowed: the largest of them accepts the least.
    allowed, first = 1, 1
    while not is_enough(last := floor(allowed / expected)):
        allowed, first = allowed + 1, last + 1
    return str(first + bisect_left(range(first, last), True, key=is_enough))


def size_for_monetary_units(cell: str) -> str:
    """The smallest sample without a misstatement that shows the tolerable one is not exceeded."""
    _, _, risk, tolerable, _ = cell.split()
    return str(aql.zero_acceptance(lq=float(share(tolerable)), beta=float(risk), model="poisson").n)


def upper_limit(cell: str) -> str:
    """The quality that is accepted with the stated risk, rounded up to a tenth of a percent."""
    _, risk, n, deviations = cell.split()
    limit = aql.SinglePlan(int(n), int(deviations)).quality_at(float(risk))
    return f"{ceil(limit * 1000) / 10:.1f}"


@pytest.mark.parametrize(("table", "count"), [("A-1", 194), ("A-2", 198), ("C-1", 88)])
def test_sample_sizes(table: str, count: int) -> None:
    cells = {cell: n for cell, n in transcription(SIZES, 5).items() if cell.startswith(table)}
    assert len(cells) == count
    found = differences(cells, size_for_monetary_units if table == "C-1" else size_for_controls)
    assert found == {cell: both for cell, both in listed(SIZES).items() if cell.startswith(table)}


def test_upper_limits() -> None:
    cells = transcription(LIMITS, 4)
    assert len(cells) == 2 * 21 * 11
    assert differences(cells, upper_limit) == listed(LIMITS)


def test_the_sizes_that_differ_from_print_are_right_in_fractions() -> None:
    for cell, both in listed(SIZES).items():
        _, _, risk, tolerable, rate = cell.split()
        n, p = int(both.here), share(tolerable)
        exact = {
            size: sum(
                comb(size, k) * p**k * (1 - p) ** (size - k) for k in range(ceil(size * share(rate)) + 1)
            )
            for size in (n, n - 1, int(both.there))
        }
        assert {size for size, accepted in exact.items() if accepted <= Fraction(risk)} == {n}
