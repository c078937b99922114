"""From the plan to the verdict on small lots: every double plan with a gap between Ac and Re of its second sample.

A file of its own, so that it runs beside `test_chain_on_small_lots`, which says what is proved and how.
"""

import pytest

from tests.scoring.test_chain_on_small_lots import double_plans, prove


@pytest.mark.parametrize(("size", "number"), [(2, 13), (3, 81), (4, 296), (5, 826), (6, 1946), (7, 4074)])
def test_every_double_plan_with_a_gap_at_its_second_sample(size: int, number: int) -> None:
    without = set(double_plans(size, gaps=False))
    plans = [plan for plan in double_plans(size, gaps=True) if plan not in without]
    assert len(set(plans)) == number
    for plan in plans:
        prove(plan, size)
