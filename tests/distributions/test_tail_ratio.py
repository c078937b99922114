"""Interpolated sums of hypergeometric tails, as precise as the sums themselves on every piece."""

import math

import numpy as np
import pytest

from aql.distributions._tail_ratio import TailRatio


def ratio(k: int, n: int, bad: float, lot: int, *, falling: bool) -> float:
    """The sum of the counts up to `k`, or from `k` on, over the probability of `k`: term by term, added up exactly."""
    terms, count, term = [1.0], k, 1.0
    rest = lot - bad - n
    while term > 1e-25 and (count > 0 if falling else count < n):
        if falling:
            term *= count * (rest + count) / ((n - count + 1) * (bad - count + 1))
            count -= 1
        else:
            term *= (n - count) * (bad - count) / ((count + 1) * (rest + count + 1))
            count += 1
        terms.append(term)
    return math.fsum(terms)


@pytest.mark.parametrize("falling", [True, False])
@pytest.mark.parametrize(("k", "n", "lot"), [(100, 1000, 10**6), (300, 1000, 20_000), (3000, 6000, 10**5)])
def test_every_piece_is_right_to_thirteen_digits(k: int, n: int, lot: int, falling: bool) -> None:
    found = TailRatio(
        lambda bad: np.array([ratio(k, n, one, lot, falling=falling) for one in bad]),
        k,
        n,
        lot,
        falling=falling,
    )
    middle, deviation = lot * k / n, lot * math.sqrt(k * (n - k) / n**3)
    steps = np.arange(-1.9, 24) if falling else np.arange(-24, 1.9)
    bad = np.rint(middle + steps * deviation)
    bad = bad[(bad > k) & (bad < lot - n + k)]
    values, known = found(bad)
    assert known.sum() >= 8
    assert known[np.abs(bad - middle) < 0.9 * deviation].all()
    wanted = [ratio(k, n, one, lot, falling=falling) for one in bad[known]]
    np.testing.assert_allclose(values[known], wanted, rtol=1e-13)
