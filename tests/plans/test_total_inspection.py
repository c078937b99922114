"""Total inspection, compared with printed values and an enumeration of small lots."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import SinglePlan
from aql.plans.total_inspection import afi, ati

MINITAB = SinglePlan(52, 2)


def test_minitab() -> None:
    """Minitab's example: lot 5000, n 52, c 2."""
    assert [ati(MINITAB, p, lot_size=5000) for p in (0.015, 0.10)] == pytest.approx(
        [266.25, 4521.86], abs=5e-3
    )


@pytest.mark.parametrize("n", [1, 2, 4])
def test_what_is_inspected_in_small_lots(n: int) -> None:
    """Every lot of five items in every order."""
    plan = SinglePlan(n, 1)
    for bad in range(6):
        lots = [items for items in product((0, 1), repeat=5) if sum(items) == bad]
        inspected = [n if sum(items[:n]) <= 1 else 5 for items in lots]
        found = ati(plan, nonconforming=bad, lot_size=5, model="hypergeometric")
        assert found == pytest.approx(sum(inspected) / len(lots))


@given(p=st.floats(0, 1), lot_size=st.integers(52, 5000))
def test_the_fraction_is_the_items_over_the_lot(p: float, lot_size: int) -> None:
    assert afi(MINITAB, p, lot_size=lot_size) == ati(MINITAB, p, lot_size=lot_size) / lot_size
    grid = np.array([p, np.nan])
    np.testing.assert_array_equal(
        afi(MINITAB, grid, lot_size=lot_size), ati(MINITAB, grid, lot_size=lot_size) / lot_size
    )
