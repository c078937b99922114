"""Strategies over sampling plans: any plan a contract may state, in the tables or not."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from aql.errors import DomainError
from aql.plans.values import MultiplePlan, Plan, SinglePlan

__all__ = ["multiple_plans", "plans", "single_plans"]

MOST_STAGES = 7
_MOST_ITEMS = 500
_MOST_STEP = 4


@st.composite
def single_plans(
    draw: st.DrawFn, *, max_n: int = _MOST_ITEMS, max_ac: int = 20, gaps: bool = True
) -> SinglePlan:
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
    n, ac = draw(st.integers(1, _least_one(max_n, "max_n"))), draw(st.integers(0, max_ac))
    gap = draw(st.just(0) | st.integers(0, _MOST_STEP)) if gaps else 0
    return SinglePlan(n, ac, ac + 1 + gap)


@st.composite
def multiple_plans(
    draw: st.DrawFn,
    *,
    min_stages: int = 2,
    max_stages: int = MOST_STAGES,
    max_n: int = _MOST_ITEMS,
    max_step: int = _MOST_STEP,
) -> MultiplePlan:
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
    number = draw(st.integers(min_stages, max_stages))
    size = st.integers(1, _least_one(max_n, "max_n"))
    n = draw(st.lists(size, min_size=number, max_size=number))
    step = st.just(0) | st.integers(0, max_step)
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
    return singles | multiple_plans(max_stages=max_stages, max_n=max_n, max_step=max_step)


def _least_one(value: Any, name: str) -> int:
    if value < 1:
        raise DomainError(
            f"{name} {value!r} is too small", f"{name} is 1 or more", "Give a larger one", value=value
        )
    return int(value)
