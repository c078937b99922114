"""The slope of the operating characteristic of a process.

In a worse process, one item that conformed no longer does, or one more nonconformity is found. So the slope is a sum over
the items: the probability of acceptance if that item is nonconforming, minus that if it conforms. All items of a stage
contribute equally.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aql.plans.acceptance.curve import accepted, rejected
from aql.plans.acceptance.one_sample import exactly

if TYPE_CHECKING:
    from aql.distributions import Floats
    from aql.plans.stage import Steps

__all__ = ["slopes"]


def slopes(steps: Steps, values: Floats, model: str) -> Floats:
    """Slopes dPa/dp at checked qualities, in one dimension.

    Examples
    --------
    >>> slopes(((80, 80, 0, 1),), np.array([0.0, 0.01]), "binomial").round(4)
    array([-80.    , -36.1635])
    """
    # Nonconformities are found in addition to what the items show, so no item is set aside for them.
    aside = 0 if model == "poisson" else 1
    if len(steps) == 1:
        ((n, _, ac, _),) = steps
        return -n * exactly(ac, n - aside, values, model, None)
    total = 0.0 * values
    for place, (n, _, _, _) in enumerate(steps):
        good, bad = _without(steps, place, aside), _with_one_more(steps, place, aside)
        passed, failed = accepted(good, values, model), rejected(good, values, model)
        less = accepted(bad, values, model) if bad else 0.0
        more = rejected(bad, values, model) if bad else 1.0
        # The smaller probabilities have the digits of the difference.
        total += n * np.where(passed < failed, less - passed, failed - more)
    return total


def _without(steps: Steps, place: int, aside: int) -> Steps:
    """The plan without an item of one stage."""
    n, total, ac, re = steps[place]
    later = ((n, total - aside, ac, re) for n, total, ac, re in steps[place + 1 :])
    return (*steps[:place], (n - aside, total - aside, ac, re), *later)


def _with_one_more(steps: Steps, place: int, aside: int) -> Steps | None:
    """The plan with one nonconforming item in one stage; None if it then always rejects."""
    fewer = _without(steps, place, aside)
    if fewer[place][3] > 1:
        later = ((n, total, max(ac - 1, -1), re - 1) for n, total, ac, re in fewer[place:])
        return (*steps[:place], *later)
    # The stage rejects, so only those before it can accept.
    before = list(steps[:place])
    while before and before[-1][2] < 0:
        before.pop()
    return (*before[:-1], (*before[-1][:3], before[-1][2] + 1)) if before else None
