"""The chance of acceptance while a sample is inspected: it changes with every item, but its expectation does not."""

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from aql import MultiplePlan, SinglePlan
from aql.desk.chances import Rest, still_accepts, still_accepts_by_evidence
from aql.scoring.common_drawing import all_steps_accept
from aql.types import Counting

PLANS: list[SinglePlan | MultiplePlan] = [
    SinglePlan(13, 1),
    SinglePlan(8, 1, 4),
    MultiplePlan(n=(8, 8), ac=(0, 3), re=(3, 4)),
    MultiplePlan(n=(5, 5, 5), ac=(None, 1, 2), re=(2, 3, 3)),
    MultiplePlan(n=(20,) * 5, ac=(0, 1, 3, 5, 6), re=(3, 4, 6, 7, 7)),
]


def rest_after(plan: SinglePlan | MultiplePlan, shown: list[int]) -> Rest:
    """What is left after the first items, with the count found on each."""
    left = [max(stage.total - len(shown), 0) for stage in plan.stages]
    return Rest.of(plan, left, [sum(shown[: stage.total]) for stage in plan.stages])


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("quality", [0.0, 0.03, 0.4, 1.0])
def test_before_the_first_item_it_is_that_of_the_plan(
    plan: SinglePlan | MultiplePlan, quality: float
) -> None:
    rest = rest_after(plan, [])
    assert still_accepts(rest, quality, counting="items") == pytest.approx(plan.pa(quality), rel=1e-12)
    assert still_accepts(rest, quality, counting="nonconformities") == pytest.approx(
        plan.pa(quality, model="poisson"), rel=1e-12
    )


@given(
    plan=st.sampled_from(PLANS),
    shown=st.lists(st.sampled_from([0, 0, 0, 1]), max_size=7),
    quality=st.floats(0, 1),
)
def test_the_next_item_changes_it_but_not_its_expectation(
    plan: SinglePlan | MultiplePlan, shown: list[int], quality: float
) -> None:
    now, good, bad = (rest_after(plan, [*shown, *more]) for more in ([], [0], [1]))
    chances = [still_accepts(one, quality, counting="items") for one in (now, good, bad)]
    assert chances[0] == pytest.approx((1 - quality) * chances[1] + quality * chances[2], abs=1e-12)
    if shown:
        found, n = sum(shown), len(shown)
        expected = (found + 0.5) / (n + 1)
        by_evidence = [
            still_accepts_by_evidence(one, found + more, n + step, counting="items") or 0.0
            for one, more, step in ((now, 0, 0), (good, 0, 1), (bad, 1, 1))
        ]
        assert by_evidence[0] == pytest.approx(
            (1 - expected) * by_evidence[1] + expected * by_evidence[2], abs=1e-12
        )


@given(shown=st.lists(st.integers(0, 2), min_size=1, max_size=6))
def test_nonconformities_by_evidence_have_the_same_expectation(shown: list[int]) -> None:
    plan, found, n = SinglePlan(9, 6), sum(shown), len(shown)
    now = still_accepts_by_evidence(rest_after(plan, shown), found, n, counting="nonconformities")
    # The count on the next item is negative binomial: gamma posterior with shape found + 1/2 and rate n.
    total, chance = 0.0, (n / (n + 1)) ** (found + 0.5)
    for more in range(60):
        after = rest_after(plan, [*shown, more])
        total += chance * (
            still_accepts_by_evidence(after, found + more, n + 1, counting="nonconformities") or 0.0
        )
        chance *= (found + 0.5 + more) / (more + 1) / (n + 1)
    assert now == pytest.approx(total, abs=1e-9)


def rest_of(plan: SinglePlan | MultiplePlan, shown: dict[int, int]) -> Rest:
    """What is left after some items, in any order, with the count found on each."""
    ends = [stage.total for stage in plan.stages]
    left = [end - sum(item <= end for item in shown) for end in ends]
    return Rest.of(plan, left, [sum(count for item, count in shown.items() if item <= end) for end in ends])


def undecided(plan: SinglePlan | MultiplePlan, shown: dict[int, int]) -> bool:
    """Whether no stage in its turn decides: each that is complete lies between its numbers."""
    for stage in plan.stages:
        found = sum(count for item, count in shown.items() if item <= stage.total)
        if found >= stage.re:
            return False
        if sum(item <= stage.total for item in shown) < stage.total:
            return True
        if stage.ac is None or found > stage.ac:
            continue
        return False
    return False


@st.composite
def recorded(draw: st.DrawFn) -> tuple[SinglePlan | MultiplePlan, dict[int, int], int]:
    """A plan, counts on some of its items, and another item."""
    plan = draw(st.sampled_from(PLANS[:4]))
    *items, following = draw(st.lists(st.integers(1, plan.stages[-1].total), min_size=1, unique=True))
    shown = {item: draw(st.sampled_from([0, 0, 0, 1])) for item in items}
    assume(undecided(plan, shown))
    return plan, shown, following


# The last sample was inspected first; in a plan of four, the third was, with so many found that it can only reject.
LAST_FIRST = (PLANS[3], {1: 0, 11: 0, 12: 1, 13: 0, 14: 0, 15: 0}, 2)
FOUR = MultiplePlan(n=(3, 3, 3, 3), ac=(0, 1, 1, 3), re=(3, 3, 3, 4))
THIRD_FIRST = (FOUR, {7: 1, 8: 1, 9: 0}, 1)


@example(case=LAST_FIRST, quality=0.3)
@example(case=THIRD_FIRST, quality=0.3)
@given(case=recorded(), quality=st.floats(0, 1))
def test_any_item_in_any_order_changes_it_but_not_its_expectation(
    case: tuple[SinglePlan | MultiplePlan, dict[int, int], int], quality: float
) -> None:
    plan, shown, item = case
    now, good, bad = (rest_of(plan, shown | more) for more in ({}, {item: 0}, {item: 1}))
    chances = [still_accepts(one, quality, counting="items") for one in (now, good, bad)]
    assert chances[0] == pytest.approx((1 - quality) * chances[1] + quality * chances[2], abs=1e-12)
    steps = now.for_a_common_drawing()
    together = 0.0 if steps is None else all_steps_accept([steps], [quality])
    assert together == pytest.approx(chances[0], abs=1e-12)
    found, n = sum(shown.values()), len(shown)
    if n:
        expected = (found + 0.5) / (n + 1)
        by_evidence = [
            still_accepts_by_evidence(one, found + more, n + step, counting="items") or 0.0
            for one, more, step in ((now, 0, 0), (good, 0, 1), (bad, 1, 1))
        ]
        assert by_evidence[0] == pytest.approx(
            (1 - expected) * by_evidence[1] + expected * by_evidence[2], abs=1e-12
        )


def test_a_complete_first_sample_leaves_the_chance_of_the_second() -> None:
    """Nonconformities by evidence: 1 in 8 items leave Ac 2 for 8 more, whose count is negative binomial."""
    rest = rest_of(PLANS[2], {item: int(item == 1) for item in range(1, 9)})
    exact = [math.gamma(1.5 + k) / math.gamma(1.5) / math.factorial(k) * 0.5 ** (1.5 + k) for k in range(3)]
    assert still_accepts_by_evidence(rest, 1, 8, counting="nonconformities") == pytest.approx(sum(exact))


def test_nothing_is_known_before_the_first_item() -> None:
    kinds: list[Counting] = ["items", "nonconformities"]
    for counting in kinds:
        assert still_accepts_by_evidence(rest_after(PLANS[0], []), 0, 0, counting=counting) is None


@example(plan=PLANS[-1], shown=[1, 1], quality=0.25)  # more was found at its start than a later stage rejects
@given(
    plan=st.sampled_from(PLANS),
    shown=st.lists(st.sampled_from([0, 0, 1]), max_size=25),
    quality=st.floats(0, 0.9),
)
def test_one_class_in_a_common_drawing_is_the_line_alone(
    plan: SinglePlan | MultiplePlan, shown: list[int], quality: float
) -> None:
    for rest in (
        rest_after(plan, shown),
        # Items of later stages inspected first.
        Rest.of(
            plan,
            [max(0, stage.total - 1) for stage in plan.stages[:-1]]
            + [plan.stages[-1].total - min(3, plan.stages[-1].n) - 1],
            [0] * (len(plan.stages) - 1) + [sum(shown[:3])],
        ),
        # Every item of the last stage.
        Rest.of(plan, [plan.stages[0].n] * len(plan.stages), [0] + [sum(shown[:3])] * (len(plan.stages) - 1)),
    ):
        steps = rest.for_a_common_drawing()
        alone = still_accepts(rest, quality, counting="items")
        together = 0.0 if steps is None else all_steps_accept([steps], [quality])
        if rest.steps[0][0] > 0:
            assert together == pytest.approx(alone, abs=1e-12)
