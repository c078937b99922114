"""Sampling plans: any that a contract can state, whether or not it is in a table."""

from __future__ import annotations

from hypothesis import strategies as st

from aql.checks import whole_number
from aql.plans.plan import MultiplePlan, Plan, SinglePlan

__all__ = ["multiple_plans", "plans", "single_plans"]

_MOST_STAGES = 7
_LARGEST_SAMPLE = 500
_LARGEST_STEP = 4


def single_plans(
    *, max_n: int = _LARGEST_SAMPLE, max_ac: int = 20, gaps: bool = True
) -> st.SearchStrategy[SinglePlan]:
    """Strategy for single sampling plans.

    Parameters
    ----------
    max_n : int
        Largest sample. [items]
    max_ac : int
        Largest acceptance number; it can exceed the sample size, as it may when nonconformities are counted.
    gaps : bool
        Also draw plans with a gap between Ac and Re, as in reduced inspection of MIL-STD-105E.

    Returns
    -------
    SearchStrategy of SinglePlan
        They shrink to one item and Ac 0.

    Raises
    ------
    DomainError
        If `max_n` is below 1 or `max_ac` below 0.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(single_plans(), lambda plan: plan.ac > 1)
    SinglePlan(n=1, ac=2)
    """
    sizes = st.integers(1, whole_number(max_n, "max_n", least=1))
    acs = st.integers(0, whole_number(max_ac, "max_ac"))
    return _single_plans(sizes, acs, _steps(_LARGEST_STEP if gaps else 0))


@st.composite
def _single_plans(
    draw: st.DrawFn,
    sizes: st.SearchStrategy[int],
    acs: st.SearchStrategy[int],
    gaps: st.SearchStrategy[int],
) -> SinglePlan:
    n, ac = draw(sizes), draw(acs)
    return SinglePlan(n, ac, ac + 1 + draw(gaps))


def multiple_plans(
    *,
    min_stages: int = 2,
    max_stages: int = _MOST_STAGES,
    max_n: int = _LARGEST_SAMPLE,
    max_step: int = _LARGEST_STEP,
) -> st.SearchStrategy[MultiplePlan]:
    """Strategy for plans of two or more stages, with gaps, stages that cannot accept, and small and large samples.

    Parameters
    ----------
    min_stages, max_stages : int
        Minimum and maximum number of stages, 2 or more.
    max_n : int
        Largest sample of a stage. [items]
    max_step : int
        Largest increase of the acceptance number from one stage to the next, and of the rejection number above the
        least that it can be: the one before it, and one more than the acceptance number.

    Returns
    -------
    SearchStrategy of MultiplePlan
        They shrink to two stages of one item, each with Ac 0.

    Raises
    ------
    DomainError
        If `min_stages` is below 2 or above `max_stages`, `max_n` below 1 or `max_step` below 0.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(multiple_plans(), lambda plan: True)
    MultiplePlan(n=(1, 1), ac=(0, 0), re=(1, 1))
    """
    fewest = whole_number(min_stages, "min_stages", least=2)
    stages = st.integers(fewest, whole_number(max_stages, "max_stages", least=fewest))
    sizes = st.integers(1, whole_number(max_n, "max_n", least=1))
    return _multiple_plans(stages, sizes, _steps(whole_number(max_step, "max_step")))


@st.composite
def _multiple_plans(
    draw: st.DrawFn,
    stages: st.SearchStrategy[int],
    sizes: st.SearchStrategy[int],
    steps: st.SearchStrategy[int],
) -> MultiplePlan:
    number = draw(stages)
    n = [draw(sizes) for _ in range(number)]
    ac: list[int] = []
    re: list[int] = []
    for _ in range(number):
        ac.append((ac[-1] if ac else 0) + draw(steps))
        re.append(max(ac[-1] + 1, re[-1] if re else 0) + draw(steps))
    cannot_accept = draw(st.integers(0, number - 1))
    return MultiplePlan(n, [*[None] * cannot_accept, *ac[cannot_accept:]], re)


def _steps(largest: int) -> st.SearchStrategy[int]:
    """Increases up to `largest`; half of them are 0."""
    return st.sampled_from([*[0] * max(1, largest), *range(1, largest + 1)])


def plans(
    *, max_stages: int = _MOST_STAGES, max_n: int = _LARGEST_SAMPLE, max_step: int = _LARGEST_STEP
) -> st.SearchStrategy[Plan]:
    """Strategy for plans of one stage or more; see `single_plans` and `multiple_plans`.

    Parameters
    ----------
    max_stages : int
        Maximum number of stages, 1 or more.
    max_n, max_step : int
        As in `multiple_plans`; the largest acceptance number of a single plan is twice `max_step`.

    Returns
    -------
    SearchStrategy of SinglePlan or MultiplePlan
        They shrink to a single plan.

    Raises
    ------
    DomainError
        As in `multiple_plans`.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(plans(), lambda plan: plan.total > 1)
    SinglePlan(n=2, ac=0)
    """
    most = whole_number(max_stages, "max_stages", least=1)
    by_stages: dict[int, st.SearchStrategy[Plan]] = {
        1: single_plans(max_n=max_n, max_ac=2 * whole_number(max_step, "max_step"))
    }
    for stages in range(2, most + 1):
        by_stages[stages] = multiple_plans(
            min_stages=stages, max_stages=stages, max_n=max_n, max_step=max_step
        )
    return st.integers(1, most).flatmap(by_stages.__getitem__)
