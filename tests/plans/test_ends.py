"""Plans and probabilities at the ends: certain items, the smallest samples, and arguments that are no plan."""

from math import comb

import numpy as np
import pytest

from aql import SinglePlan, design, design_double
from aql.distributions import binomial
from aql.errors import DomainError
from aql.plans import posterior
from aql.plans.lot_posterior import next_lot_pa


@pytest.mark.parametrize("n", [1, 3])
def test_items_that_are_certain_in_an_array(n: int) -> None:
    """All items conform at 0 and none at 1, where logarithms are infinite."""
    for k in range(-1, n + 2):
        found = binomial.pmf(k, n, np.array([0.0, 0.5, 1.0]))
        half = comb(n, k) / 2**n if k >= 0 else 0.0
        assert found.tolist() == pytest.approx([float(k == 0), half, float(k == n)], rel=1e-14)
        assert [binomial.pmf(k, n, p) for p in (0.0, 1.0)] == [float(k == 0), float(k == n)]


def test_a_sample_of_one_may_be_enough() -> None:
    """At one nonconformity per item, an item shows none with probability exp(-1) = 0.368."""
    assert design(prq=(0.01, 0.05), crq=(1.0, 0.37), model="poisson") == SinglePlan(1, 0)
    assert design(prq=(0.01, 0.05), crq=(1.0, 0.36), model="poisson") == SinglePlan(2, 0)


def test_a_prediction_needs_a_posterior_and_a_plan() -> None:
    known = posterior(5, 80, 1200)
    with pytest.raises(DomainError, match="known must be a posterior of a lot, got 'x'"):
        next_lot_pa("x", SinglePlan(8, 1))  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="plan must be a plan"):
        next_lot_pa(known, "plan")  # type: ignore[arg-type]


def test_a_search_that_would_take_long_says_what_helps() -> None:
    for ratio, helps in (
        (1, "Use SinglePlan(n=29411, ac=322), the smallest single plan."),
        (2, "or a smaller ratio."),
    ):
        with pytest.raises(DomainError) as caught:
            design_double(prq=(0.01, 0.05), crq=(0.012, 0.05), ratio=ratio)
        assert str(caught.value).endswith(helps)


def test_a_fraction_that_is_no_number_of_items_names_the_two_around_it() -> None:
    with pytest.raises(DomainError, match='Use 2 or 3 with unit="lot"') as caught:
        design(prq=(0.025, 0.05), crq=(0.2, 0.1), lot_size=100, model="hypergeometric")
    assert caught.value.nearest == (2, 3)
