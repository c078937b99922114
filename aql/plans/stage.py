"""The stages of a plan, which are all that most formulas need of it."""

from __future__ import annotations

from functools import lru_cache

from aql.plans.plan import Plan
from aql.plans.whole_lot import on_lot

__all__ = ["Step", "Steps", "steps_of"]

Step = tuple[int, int, int, int]
Steps = tuple[Step, ...]
"""Of every stage: items drawn, items drawn so far, the last count that accepts (-1: none) and the first that rejects."""


@lru_cache(maxsize=1024)
def steps_of(plan: Plan, lot_size: int | None = None) -> Steps:
    """Return the steps of a plan, as it is carried out on a lot where there is one.

    A count in a gap before the last rejection number accepts.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> steps_of(MultiplePlan(n=(13, 13), ac=(None, 1), re=(2, 3)))
    ((13, 13, -1, 2), (13, 26, 2, 3))
    """
    stages = plan.stages if lot_size is None else on_lot(plan, lot_size).stages
    before = [(one.n, one.total, -1 if one.ac is None else one.ac, one.re) for one in stages[:-1]]
    last = stages[-1]
    return (*before, (last.n, last.total, last.re - 1, last.re))
