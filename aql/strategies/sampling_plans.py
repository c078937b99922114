"""Strategies over sampling plans: any plan a contract may state, in the tables or not."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from aql.errors import DomainError
from aql.plans.plan import MultiplePlan, Plan, SinglePlan

__all__ = ["multiple_plans", "plans", "single_plans"]

MOST_STAGES = 7
_MOST_ITEMS = 500
_MOST_STEP = 4


def single_plans(
    *, max_n: int = _MOST_ITEMS, max_ac: int = 20, gaps: bool = True
) -> st.SearchStrategy[SinglePlan]:
    """Single sampling plans.

    Parameters
    ----------
    max_n : int
        Largest sample. [items]
    max_ac : int
        Largest acceptance number; it may exceed the sample, as where nonconformities are counted.
    gaps : bool
        Draw plans whose rejection number leaves a gap above Ac too, as reduced inspection of MIL-STD-105E has.

    Returns
    -------
    SearchStrategy of SinglePlan
        They shrink to one item and Ac 0.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(single_plans(), lambda plan: plan.ac > 1)
    SinglePlan(n=1, ac=2)
    """
    return _single_plans(st.integers(1, _size(max_n)), st.integers(0, max_ac), _GAPS if gaps else st.just(0))


_GAPS = st.just(0) | st.integers(0, _MOST_STEP)


@st.composite
def _single_plans(
    draw: st.DrawFn, n: st.SearchStrategy[int], ac: st.SearchStrategy[int], gap: st.SearchStrategy[int]
) -> SinglePlan:
    size, accept = draw(n), draw(ac)
    return SinglePlan(size, accept, accept + 1 + draw(gap))


def multiple_plans(
    *,
    min_stages: int = 2,
    max_stages: int = MOST_STAGES,
    max_n: int = _MOST_ITEMS,
    max_step: int = _MOST_STEP,
) -> st.SearchStrategy[MultiplePlan]:
    """Plans of two or more stages: with gaps, with stages where acceptance is not permitted, large and small samples.

    Parameters
    ----------
    min_stages, max_stages : int
        Fewest and most stages, 2 or more.
    max_n : int
        Largest sample of a stage. [items]
    max_step : int
        Largest growth of the acceptance number from one stage to the next, and largest gap up to the rejection
        number.

    Returns
    -------
    SearchStrategy of MultiplePlan
        They shrink to two stages of one item, each with Ac 0.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(multiple_plans(), lambda plan: True)
    MultiplePlan(n=(1, 1), ac=(0, 0), re=(1, 1))
    """
    if not 2 <= min_stages <= max_stages:
        raise DomainError(
            f"plans of {min_stages} to {max_stages} stages",
            "a multiple plan has two stages or more",
            "Correct min_stages or max_stages, or use single_plans",
        )
    step = st.just(0) | st.integers(0, max_step)
    return _multiple_plans(st.integers(min_stages, max_stages), st.integers(1, _size(max_n)), step)


@st.composite
def _multiple_plans(
    draw: st.DrawFn,
    stages: st.SearchStrategy[int],
    size: st.SearchStrategy[int],
    step: st.SearchStrategy[int],
) -> MultiplePlan:
    number = draw(stages)
    n = [draw(size) for _ in range(number)]
    ac: list[int] = []
    re: list[int] = []
    for _ in range(number):
        ac.append((ac[-1] if ac else 0) + draw(step))
        re.append(max(ac[-1] + 1, re[-1] if re else 0) + draw(step))
    closed = draw(st.integers(0, number - 1))
    return MultiplePlan(n, [*[None] * closed, *ac[closed:]], re)


def plans(
    *, max_stages: int = MOST_STAGES, max_n: int = _MOST_ITEMS, max_step: int = _MOST_STEP
) -> st.SearchStrategy[Plan]:
    """Plans of one stage or more; see `single_plans` and `multiple_plans`.

    Parameters
    ----------
    max_stages : int
        Most stages, 1 or more.
    max_n, max_step : int
        As in `multiple_plans`; of a single plan, the largest acceptance number is twice the step.

    Returns
    -------
    SearchStrategy of SinglePlan or MultiplePlan
        They shrink to a single plan.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(plans(), lambda plan: plan.total > 1)
    SinglePlan(n=2, ac=0)
    """
    singles = single_plans(max_n=max_n, max_ac=2 * max_step)
    if max_stages == 1:
        return singles
    by_stages: dict[int, st.SearchStrategy[Plan]] = {1: singles}
    for number in range(2, max_stages + 1):
        by_stages[number] = multiple_plans(
            min_stages=number, max_stages=number, max_n=max_n, max_step=max_step
        )
    return st.integers(1, max_stages).flatmap(by_stages.__getitem__)


def _size(most: Any) -> int:
    if most < 1:
        raise DomainError(
            f"max_n {most!r} is too small", "max_n is 1 or more", "Give a larger one", value=most
        )
    return int(most)
