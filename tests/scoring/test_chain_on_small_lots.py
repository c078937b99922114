"""From the plan to the verdict on small lots: scoring accepts the share of patterns that the plan promises.

Every pattern of conforming and nonconforming items, in the order drawn, is scored with `aql.score` as an inspector would
submit it. The share accepted, a fraction, must equal the definition, and `pa` and `asn` of the package up to rounding.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache, partial
from typing import Any

import numpy as np
import pytest

import aql
from aql.types import InspectionExtent
from tests.oracles import exact_probability as exact
from tests.oracles.every_pattern import Answer, Pattern, Tally, every_pattern, inspect, inspect_all
from tests.profiles import exhaustive
from tests.scoring.builders import Values, cls, contract, log, measured, single, staged

AnyPlan = aql.SinglePlan | aql.MultiplePlan

WITHIN = 1e-13
WAYS = ("full", "semi", "curtailed")
PARTS = 8
"""The longest proof is split into this number of tests, which can run in parallel."""


# Which plans -----------------------------------------------------------------------------------------------------


def numbers_of(total: int, *, gaps: bool, least: tuple[int, int] = (0, 1)) -> Iterator[tuple[int, int]]:
    """All pairs Ac < Re that a count of 0 to `total` can tell apart; Re is Ac + 1 where there are no gaps."""
    for ac in range(least[0], total + 1):
        for re in range(max(ac + 1, least[1]), total + 2 if gaps else ac + 2):
            yield ac, re


def single_plans(size: int, *, gaps: bool = True) -> list[aql.SinglePlan]:
    """Every single plan whose sample fits into the lot."""
    return [aql.SinglePlan(n, ac, re) for n in range(1, size + 1) for ac, re in numbers_of(n, gaps=gaps)]


def double_plans(size: int, *, gaps: bool) -> list[aql.MultiplePlan]:
    """Every double plan whose two samples fit into the lot; `gaps`: also those with a gap at the second sample."""
    plans = []
    for first in range(1, size):
        for second in range(1, size - first + 1):
            openings: list[tuple[int | None, int]] = [(None, re) for re in range(1, first + 2)]
            openings += numbers_of(first, gaps=True)
            for ac, re in openings:
                plans += [
                    aql.MultiplePlan((first, second), (ac, final_ac), (re, final_re))
                    for final_ac, final_re in numbers_of(first + second, gaps=gaps, least=(ac or 0, re))
                ]
    return plans


def stated(plan: AnyPlan) -> Values:
    """A plan as a contract states it."""
    if isinstance(plan, aql.SinglePlan):
        return single(plan.n, plan.ac, plan.re)
    return staged(plan.n, ["#" if ac is None else ac for ac in plan.ac], plan.re)


CHOSEN: list[AnyPlan] = [
    aql.MultiplePlan((2, 2, 2), (0, 1, 3), (2, 3, 4)),
    aql.MultiplePlan((2, 2, 2), (None, 0, 1), (1, 2, 2)),
    aql.MultiplePlan((3, 2, 1), (0, 0, 1), (3, 3, 3)),
    aql.MultiplePlan((1, 2, 4), (None, 1, 2), (2, 2, 3)),
    aql.MultiplePlan((1, 1, 5), (0, 0, 3), (1, 2, 4)),
    aql.MultiplePlan((2, 2, 2, 2), (None, None, 1, 3), (3, 3, 4, 4)),
    aql.MultiplePlan((1, 2, 1, 3), (0, 1, 1, 2), (2, 3, 3, 5)),
    aql.MultiplePlan((2, 1, 2, 1, 2), (None, 0, 1, 2, 3), (2, 3, 3, 4, 4)),
    aql.MultiplePlan((1, 1, 1, 1, 1), (None, None, None, None, 2), (2, 2, 3, 3, 3)),
    aql.MultiplePlan((1,) * 7, (None, 0, 0, 1, 1, 2, 3), (2, 2, 3, 3, 4, 4, 4)),
    # Stages that the lot cuts short or leaves out: the last one that is reached decides by the plan's final numbers.
    aql.MultiplePlan((3, 3, 3, 3), (0, 1, 2, 4), (3, 4, 5, 5)),
    aql.MultiplePlan((4, 4, 4), (None, 2, 3), (3, 4, 5)),
    aql.MultiplePlan((6, 6), (1, 4), (4, 5)),
    aql.SinglePlan(13, 2),
    aql.SinglePlan(80, 3, 6),
]


def plain_plans(size: int) -> list[AnyPlan]:
    """Every single and double plan that fits, without those with a gap at the last sample."""
    return [*single_plans(size, gaps=False), *double_plans(size, gaps=False)]


def sample_of(size: int) -> list[AnyPlan]:
    """The fixed sample: evenly spaced single and double plans that fit, and some chosen plans."""
    return [
        *single_plans(size)[size::23],
        *double_plans(size, gaps=True)[size::1601],
        *CHOSEN,
    ]


# Asking the score --------------------------------------------------------------------------------------------------


def asking(agreed: aql.Contract, size: int, term: str = "") -> Callable[[Pattern], Answer]:
    """Ask the score what it says to the first items of a lot, by a contract of one line.

    Defects are found by eye and belong to the class; or, where a term is named, every item has a reading. The parts that
    logs have in common are loaded once, and each log is scored once: patterns that begin alike share it.
    """
    headers = [log((), size, inspected).header for inspected in range(size + 1)]
    items = range(1, size + 1)
    if term:
        good, bad = (
            log(tuple({"item": k, "term": term, "value": value} for k in items), size, size).rows
            for value in ("5.0", "5.1")
        )
    else:
        good, bad = (), log(tuple({"item": k, "class": "major"} for k in items), size, size).rows

    @cache
    def ask(drawn: Pattern) -> Answer:
        if term:
            rows = tuple(bad[place] if wrong else good[place] for place, wrong in enumerate(drawn))
        else:
            rows = tuple(bad[place] for place, wrong in enumerate(drawn) if wrong)
        verdict = aql.score(agreed, aql.Inspection(headers[len(drawn)], rows))
        (line,) = verdict.lines
        assert line.decision == verdict.decision
        return Answer(verdict.decision, line.draw)

    return ask


def tally_of(agreed: aql.Contract, size: int, way: str = "full", term: str = "") -> Tally:
    """Every pattern of a lot, inspected and scored."""
    ask = asking(agreed, size, term)
    return every_pattern(size, partial(inspect, ask=ask, start=ask(()), way=way))


# What is compared ------------------------------------------------------------------------------------------------


def contract_of(plan: AnyPlan, terms: Sequence[Values] = (), **clause: Any) -> aql.Contract:
    return contract(cls("major", plan=stated(plan)), terms, **clause)


def compare_acceptance(plan: AnyPlan, size: int, tally: Tally) -> None:
    """The shares accepted: equal to the definition as fractions, and to the package's floats."""
    read = exact.plan_of(plan, size)
    numbers = range(size + 1)
    defined = tuple(Fraction(exact.pa(read, exact.hypergeometric(size, number))) for number in numbers)
    assert tally.accepted == defined, (plan, size)
    found = plan.pa(nonconforming=np.arange(size + 1), model="hypergeometric", lot_size=size)
    rest = plan.pr(nonconforming=np.arange(size + 1), model="hypergeometric", lot_size=size)
    for share, accept, reject in zip(tally.accepted, found.tolist(), rest.tolist(), strict=True):
        assert accept == pytest.approx(float(share), rel=WITHIN, abs=0), (plan, size)
        assert reject == pytest.approx(float(1 - share), rel=WITHIN, abs=0), (plan, size)


def compare_items(plan: AnyPlan, size: int, tally: Tally, inspection: InspectionExtent) -> None:
    """The mean items inspected: equal to the definition as fractions, and to the package's floats."""
    read = exact.plan_of(plan, size)
    laws = [exact.hypergeometric(size, number) for number in range(size + 1)]
    assert tally.inspected == tuple(exact.asn(read, law, inspection) for law in laws), (plan, size)
    found = plan.asn(
        nonconforming=np.arange(size + 1), model="hypergeometric", lot_size=size, inspection=inspection
    )
    assert found.tolist() == pytest.approx([float(items) for items in tally.inspected], rel=WITHIN)


def prove(plan: AnyPlan, size: int) -> None:
    tally = tally_of(contract_of(plan), size)
    compare_acceptance(plan, size, tally)
    compare_items(plan, size, tally, "full")


# Every plan ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, exhaustive(6), exhaustive(7)])
def test_every_single_plan_that_fits(size: int) -> None:
    plans = single_plans(size)
    assert len(plans) == sum((n + 1) * (n + 2) // 2 for n in range(1, size + 1))
    for plan in plans:
        prove(plan, size)


@pytest.mark.parametrize(
    ("size", "number"),
    [(2, 12), (3, 54), (4, 154), exhaustive(5, 352), exhaustive(6, 702), exhaustive(7, 1274)],
)
def test_every_double_plan_that_fits(size: int, number: int) -> None:
    plans = double_plans(size, gaps=False)
    assert len(set(plans)) == number
    for plan in plans:
        prove(plan, size)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(
    ("size", "number"),
    [(2, 13), (3, 81), (4, 296), exhaustive(5, 826), exhaustive(6, 1946), exhaustive(7, 4074)],
)
def test_every_double_plan_with_a_gap_at_its_second_sample(size: int, number: int, part: int) -> None:
    without = set(double_plans(size, gaps=False))
    plans = [plan for plan in double_plans(size, gaps=True) if plan not in without]
    assert len(set(plans)) == number
    for plan in plans[part::PARTS]:
        prove(plan, size)


@pytest.mark.parametrize("inspection", WAYS[1:])
@pytest.mark.parametrize("size", [1, 2, 3, exhaustive(4)])
def test_inspection_that_stops_early_decides_the_same_on_fewer_items(
    size: int, inspection: InspectionExtent
) -> None:
    for plan in plain_plans(size):
        tally = tally_of(contract_of(plan), size, inspection)
        compare_acceptance(plan, size, tally)
        compare_items(plan, size, tally, inspection)


@pytest.mark.parametrize("size", [1, 2, 3, 4, exhaustive(5)])
def test_a_log_of_the_whole_lot_is_decided_by_the_samples_in_it(size: int) -> None:
    for plan in plain_plans(size):
        ask = asking(contract_of(plan), size)
        compare_acceptance(plan, size, every_pattern(size, partial(inspect_all, ask=ask)))


# A fixed sample of larger ones -----------------------------------------------------------------------------------


@pytest.mark.exhaustive
@pytest.mark.parametrize("size", [8, exhaustive(9), exhaustive(10)])
def test_a_sample_of_single_double_and_multiple_plans(size: int) -> None:
    plans = sample_of(size)
    assert {len(plan.stages) for plan in plans} == {1, 2, 3, 4, 5, 7}
    for plan in plans:
        prove(plan, size)


@pytest.mark.exhaustive
@pytest.mark.parametrize("inspection", WAYS[1:])
def test_plans_of_several_stages_that_stop_early(inspection: InspectionExtent) -> None:
    for plan in CHOSEN:
        tally = tally_of(contract_of(plan), 7, inspection)
        compare_acceptance(plan, 7, tally)
        compare_items(plan, 7, tally, inspection)


@pytest.mark.exhaustive
def test_items_that_are_measured() -> None:
    """Every item has a reading; the sample holds until all are there."""
    width = measured("width", max="5.0")
    for plan in (*CHOSEN, *plain_plans(7)[::80]):
        tally = tally_of(contract_of(plan, [width]), 7, term="width")
        compare_acceptance(plan, 7, tally)
        compare_items(plan, 7, tally, "full")


@pytest.mark.exhaustive
def test_nonconformities_one_an_item() -> None:
    for plan in (*CHOSEN, *plain_plans(7)[::80]):
        compare_acceptance(plan, 7, tally_of(contract_of(plan, counting="nonconformities"), 7))
