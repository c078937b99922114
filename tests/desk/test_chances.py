"""The chance of acceptance while a sample is inspected: it changes with every item, but its expectation does not."""

import pytest
from hypothesis import given
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


def test_nothing_is_known_before_the_first_item() -> None:
    kinds: list[Counting] = ["items", "nonconformities"]
    for counting in kinds:
        assert still_accepts_by_evidence(rest_after(PLANS[0], []), 0, 0, counting=counting) is None


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
