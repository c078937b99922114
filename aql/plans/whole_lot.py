"""Applies a plan to a lot, whose size limits the samples."""

from __future__ import annotations

from aql.checks import lot_size as checked_lot_size
from aql.plans.plan import MultiplePlan, Plan, SinglePlan
from aql.plans.stage import check_plan, stages_on_lot

__all__ = ["on_lot"]


def on_lot(plan: Plan, lot_size: int) -> Plan:
    """Return the plan as applied to a whole lot, whose size limits the samples.

    If the sample is at least as large as the lot, every item is inspected; Ac and Re are unchanged. In a plan of several
    stages, the stage that reaches the lot size is the last: it inspects the remaining items and decides by the final
    acceptance and rejection numbers.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    lot_size : int
        Lot size, 1 or more. [items]

    Returns
    -------
    SinglePlan or MultiplePlan
        The same plan if it fits the lot; a single plan if the first stage already takes the whole lot.

    Examples
    --------
    >>> on_lot(SinglePlan(n=13, ac=1), 10)
    SinglePlan(n=10, ac=1)
    >>> on_lot(MultiplePlan(n=(20, 20, 20), ac=(None, 1, 3), re=(2, 3, 4)), 50)
    MultiplePlan(n=(20, 20, 10), ac=(None, 1, 3), re=(2, 3, 4))
    >>> on_lot(MultiplePlan(n=(20, 20, 20), ac=(None, 1, 3), re=(2, 3, 4)), 40)
    MultiplePlan(n=(20, 20), ac=(None, 3), re=(2, 4))
    """
    check_plan(plan)
    size = checked_lot_size(lot_size)
    if plan.total <= size:
        return plan
    stages = stages_on_lot(plan.stages, size)
    if len(stages) == 1:
        return SinglePlan(n=size, ac=plan.final_ac, re=stages[0].re)
    return MultiplePlan(*zip(*((stage.n, stage.ac, stage.re) for stage in stages), strict=True))
