"""Visits by elimination: those of a linear system, however many ways and qualities there are."""

from itertools import product
from random import Random

import numpy as np
import pytest

from aql.plans.arrays import Floats
from aql.scheme.elimination import elimination_of


def ways_of(size: int, share: float, seed: int) -> list[tuple[int, int]]:
    """Random ways between states, and a circle through all of them."""
    random = Random(seed)
    circle = {(state, (state + 1) % size) for state in range(size)}
    pairs = product(range(size), range(size))
    some = {(one, other) for one, other in pairs if one != other and random.random() < share}
    return sorted(circle | some)


def by_linear_system(size: int, ways: list[tuple[int, int]], flows: Floats) -> Floats:
    """Visits to each state between two visits to the first: what flows in is what flows out."""
    matrix = np.zeros((size, size))
    for (one, other), flow in zip(ways, flows, strict=True):
        matrix[other, one] += flow
        matrix[one, one] -= flow
    found = np.linalg.solve(matrix[1:, 1:], -matrix[1:, 0])
    return np.array([1.0, *found])


@pytest.mark.parametrize("share", [0.02, 0.9], ids=["few ways", "many ways"])
@pytest.mark.parametrize("qualities", [None, 1, 5, 200])
@pytest.mark.parametrize("scaled", [False, True])
def test_visits_solve_the_linear_system(share: float, qualities: int | None, scaled: bool) -> None:
    size = 60
    ways = ways_of(size, share, seed=1)
    chain = elimination_of(size, ways)
    flows = np.random.default_rng(2).uniform(0.001, 0.1, (len(ways), qualities or 1))
    given = flows[:, 0].tolist() if qualities is None else list(flows)
    visits = np.array([one * np.ones(qualities or 1) for one in chain.visits(given, scaled=scaled)])
    assert visits.shape == (size, qualities or 1)
    for column, found in zip(flows.T, visits.T, strict=True):
        assert found / found[0] == pytest.approx(by_linear_system(size, ways, column), rel=1e-11)


@pytest.mark.parametrize("qualities", [None, 3])
def test_a_state_that_is_never_left_has_all_the_weight(qualities: int | None) -> None:
    size = 60
    ways = ways_of(size, 0.9, seed=3)
    chain = elimination_of(size, ways)
    flows = [0.0 if one == 7 else 0.01 for one, _ in ways]
    visits = chain.visits(
        flows if qualities is None else [np.full(qualities, flow) for flow in flows], scaled=True
    )
    shares = np.array(visits).reshape(size, -1)
    shares /= shares.sum(axis=0)
    assert np.all(shares[7] == 1)
    assert np.all(np.isfinite(shares))
