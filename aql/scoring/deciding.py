"""The decision on one line: how many of the findings count, and what the plan decides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from aql.plans.plan import MultiplePlan, SinglePlan
from aql.types import Decision

__all__ = ["Outcome", "decide", "decide_count"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan decides from what was found so far.

    Attributes
    ----------
    decision : "accept", "reject", "continue" or "hold"
        ``"continue"``: a further sample is due; ``"hold"``: the sample is incomplete.
    stage : int
        Stage reached, counted from 1.
    within : int
        Size of the sample up to that stage: it consists of items 1 to this number.
    found : int
        Number of findings that count in that sample.
    draw : int
        Items still to be inspected before the plan can decide: a further sample, or the rest of this one.
    gap : bool
        True if the count lies between Ac and Re of the last stage: the lot is accepted and reduced inspection ends.
    """

    decision: Decision
    stage: int
    within: int
    found: int
    draw: int = 0
    gap: bool = False


def decide(
    plan: SinglePlan | MultiplePlan, found_at: Sequence[int], *, inspected: int, any_counts: bool = False
) -> Outcome:
    """Decide from the item numbers of the findings.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan as applied to the lot.
    found_at : sequence of int, ascending
        Item number of each finding that counts.
    inspected : int
        Number of items inspected. [items]
    any_counts : bool
        Count findings outside the sample too (AQL 0).

    Returns
    -------
    Outcome
        The decision at the stage reached. A count that reaches Re rejects at once.

    Examples
    --------
    >>> decide(SinglePlan(n=13, ac=1), [2, 7, 30], inspected=50).decision
    'reject'
    >>> decide(MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7)), [1, 2, 3], inspected=50)
    Outcome(decision='continue', stage=1, within=50, found=3, draw=50, gap=False)
    """
    for number, stage in enumerate(plan.stages, start=1):
        count = len(found_at) if any_counts else bisect_right(found_at, stage.total)
        if count >= stage.re:
            return Outcome("reject", number, stage.total, count)
        before = stage.total - stage.n
        if number > 1 and inspected == before:
            return Outcome("continue", number - 1, before, count, stage.n)
        if inspected < stage.total:
            return Outcome("hold", number, stage.total, count, stage.total - inspected)
        if stage.ac is not None and count <= stage.ac:
            break
    return Outcome("accept", number, stage.total, count, gap=stage.ac is None or count > stage.ac)


def decide_count(plan: SinglePlan | MultiplePlan, found: int, *, inspected: int | None) -> Outcome:
    """Decide from a count without item numbers; the stage reached follows from the number inspected.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan as applied to the lot.
    found : int
        Number that count among the items inspected.
    inspected : int or None
        Number of items inspected; None if not stated, in which case only a count that every stage rejects can decide.
        [items]

    Returns
    -------
    Outcome
        The decision at that stage.

    Examples
    --------
    >>> decide_count(MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7)), 6, inspected=100).decision
    'accept'
    """
    stages, before = plan.stages, 0
    if inspected is None:
        decision: Decision = "reject" if found >= stages[-1].re else "hold"
        return Outcome(decision, 1, stages[0].total, found, 0 if decision == "reject" else stages[0].total)
    for number, stage in enumerate(stages, start=1):
        full = inspected >= stage.total
        here = inspected <= stage.total or number == len(stages)
        if here and found >= stage.re:
            return Outcome("reject", number, stage.total, found)
        if not full and number > 1 and inspected == before:
            return Outcome("continue", number - 1, before, found, stage.n)
        if not full:
            return Outcome("hold", number, stage.total, found, stage.total - inspected)
        if here and stage.ac is not None and found <= stage.ac:
            break
        before = stage.total
    return Outcome("accept", number, stage.total, found, gap=stage.ac is None or found > stage.ac)
