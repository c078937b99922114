"""The outcome of one lot, as the switching rules see it."""

from __future__ import annotations

from dataclasses import dataclass

from aql.checks import whole_number
from aql.errors import DomainError
from aql.plans.plan import MultiplePlan, Plan, SinglePlan
from aql.scheme.rules import Rules
from aql.types import Counting
from aql.words import plural, short_repr

__all__ = ["Found", "Outcome", "Sampled", "decide", "points_of"]

Found = int | tuple[int, ...]
"""Number found in the sample; for a plan of several stages, the cumulative numbers by stage."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one lot means for the switching rules.

    Attributes
    ----------
    accepted : bool
        Whether the lot was accepted.
    points : int
        Points for the switching score; 0 sets it back.
    gap : bool
        Whether the lot was accepted with a count between Ac and Re.
    found, inspected : int
        Number found in all samples of the lot, and items in them.
    limits : str
        AQL column of the limit numbers; "" for none.
    steady : bool
        Whether production is steady.
    authority : bool
        Whether the responsible authority allows reduced inspection.
    """

    accepted: bool
    points: int = 0
    gap: bool = False
    found: int = 0
    inspected: int = 0
    limits: str = ""
    steady: bool = True
    authority: bool = True


@dataclass(frozen=True, slots=True)
class Sampled:
    """How a plan decided on a lot: the stage, the count there, the items inspected, and whether it lies in the gap."""

    accepted: bool
    stage: int
    found: int
    inspected: int
    gap: bool


def decide(plan: Plan, found: Found, counting: Counting) -> Sampled:
    """Return how a plan decides on a lot.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan as applied to the lot.
    found : int or tuple of int
        Number found; for a plan of several stages, the cumulative numbers of the stages drawn.
    counting : {"items", "nonconformities"}
        What is counted; a count of items cannot exceed the sample.

    Raises
    ------
    DomainError
        If a count is missing, negative or above the sample, falls from one stage to the next, or follows the decision.

    Examples
    --------
    >>> decide(SinglePlan(n=80, ac=5), 6, "items").accepted
    False
    >>> decide(MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7)), (3, 6), "items").stage
    2
    """
    counts = _counts(plan, found)
    before = 0
    for place, (stage, value) in enumerate(zip(plan.stages, counts, strict=False), start=1):
        most = stage.n + before if counting == "items" else float("inf")
        where = f"found at stage {place}" if isinstance(plan, MultiplePlan) else "found"
        number = whole_number(value, where, least=before, most=most)
        last = place == len(plan.stages)
        accepted = number < stage.re and (last or (stage.ac is not None and number <= stage.ac))
        if accepted or number >= stage.re:
            if place < len(counts):
                raise DomainError(
                    f"found must end at stage {place}, which decides, got {plural(len(counts), 'stage')}",
                    value=found,
                )
            gap = accepted and (stage.ac is None or number > stage.ac)
            return Sampled(accepted, place, number, stage.total, gap)
        before = number
    raise DomainError(
        f"found must reach a decision, got {short_repr(found)}, with which the plan continues",
        todo=f"Add the cumulative number of stage {len(counts) + 1}",
        value=found,
    )


def _counts(plan: Plan, found: Found) -> tuple[int, ...]:
    """The counts by stage."""
    if isinstance(found, (list, tuple)):
        counts = tuple(found)
        if not counts or len(counts) > len(plan.stages):
            raise DomainError(
                f"found must have 1 to {plural(len(plan.stages), 'count')}, got {len(counts)}", value=found
            )
        return counts
    if found is None:
        raise DomainError("found must be the number found in the sample, got None", value=found)
    return (found,)


def points_of(rules: Rules, plan: Plan, sampled: Sampled, tighter_ac: int | None) -> int:
    """Return the points of the outcome of a lot for the switching score; 0 sets the score back.

    Parameters
    ----------
    rules : Rules
        The switching rules.
    plan : SinglePlan or MultiplePlan
        The plan in force, before it is applied to the lot.
    sampled : Sampled
        How it decided.
    tighter_ac : int or None
        Ac of the plan one AQL step tighter, for a single plan with a larger Ac.

    Examples
    --------
    >>> from aql.scheme.rules import switching_rules
    >>> rules, plan = switching_rules("ISO 2859-1:1999"), SinglePlan(n=80, ac=5)
    >>> [points_of(rules, plan, decide(plan, found, "items"), 3) for found in (3, 4, 6)]
    [3, 0, 0]
    """
    if rules.reduced_by != "score" or not sampled.accepted:
        return 0
    if isinstance(plan, SinglePlan):
        if plan.ac <= rules.score_small_ac:
            return rules.score_small_points
        if tighter_ac is None:
            raise DomainError(
                f"tighter_ac is required to score a plan with Ac {plan.ac}",
                todo="Pass the acceptance number of the plan one AQL step tighter",
            )
        return rules.score_points if sampled.found <= tighter_ac else 0
    early = rules.score_double_stages if len(plan.n) == 2 else rules.score_multiple_stages
    return rules.score_points if sampled.stage <= early else 0
