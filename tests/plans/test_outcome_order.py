"""Exact probabilities of the outcomes of a plan in a lot, against every order in which its items can be drawn."""

from fractions import Fraction
from itertools import combinations, product
from math import comb

import pytest

from aql.errors import DomainError
from aql.plans.outcome_order import exact_chances
from aql.plans.stage import Steps

DOUBLE: Steps = ((2, 2, 0, 2), (2, 4, 1, 2))
LATE: Steps = ((2, 2, -1, 3), (1, 3, 1, 3), (2, 5, 2, 3))


def accepts(steps: Steps, drawn: tuple[int, ...]) -> bool:
    for _, total, ac, re in steps:
        found = sum(drawn[:total])
        if found <= ac:
            return True
        if found >= re:
            return False
    raise AssertionError("the plan ends without a decision")


@pytest.mark.parametrize("steps", [((3, 3, 1, 2),), DOUBLE, LATE], ids=str)
@pytest.mark.parametrize("lot", [5, 7])
def test_they_are_shares_of_all_draws(steps: Steps, lot: int) -> None:
    """Every sample of the size of all stages, in every order, is as likely; `ways` counts the rest of the lot."""
    everything = steps[-1][1]
    for bad in range(lot + 1):
        accepted = sum(
            comb(lot - everything, bad - sum(drawn))
            for drawn in product((0, 1), repeat=everything)
            if accepts(steps, drawn) and 0 <= bad - sum(drawn) <= lot - everything
        )
        ways = len(list(combinations(range(lot), bad)))
        assert exact_chances(steps, lot, bad) == (Fraction(accepted, ways), 1 - Fraction(accepted, ways))


@pytest.mark.parametrize(("lot", "most"), [(10**8, 10_000), (10**8 + 1, 800)])
def test_exact_numbers_are_for_samples_that_do_not_take_long(lot: int, most: int) -> None:
    with pytest.raises(
        DomainError,
        match=f"the sample must be {most} or less to compute exact probabilities in a lot of {lot}",
    ):
        exact_chances(((most + 1, most + 1, 0, 1),), lot, 2 * most)
    accepted, rejected = exact_chances(((800, 800, 0, 1),), lot, 900)
    assert accepted + rejected == 1
