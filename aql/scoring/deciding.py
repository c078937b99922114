"""The decision on one line: what its plan decides from the number of findings that may be in each stage."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from aql.plans.plan import MultiplePlan, SinglePlan
from aql.scoring.decision_line import Line
from aql.scoring.line_result import LineResult
from aql.scoring.lot_terms import LotTermResult
from aql.scoring.possible_counts import Span
from aql.types import Decision

__all__ = ["Outcome", "decide_line", "line_outcome", "lot_decision"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan decides from what was found so far.

    Attributes
    ----------
    decision : "accept", "reject", "continue" or "hold"
        ``"continue"``: a further sample is due; ``"hold"``: the sample is incomplete, or the counts leave the decision
        open.
    stage : int
        Stage reached, counted from 1.
    within : int
        Size of the sample up to that stage: it consists of items 1 to this number.
    counts : tuple of (int, int)
        Smallest and largest possible count at the end of each stage up to that one.
    draw : int
        Items still to be inspected before the plan can decide: a further sample, or the rest of this one.
    undecided : bool
        True if the counts leave open what the plan decides.
    """

    decision: Decision
    stage: int
    within: int
    counts: tuple[Span, ...]
    draw: int = 0
    undecided: bool = False


def decide_line(
    plan: SinglePlan | MultiplePlan, counts: Sequence[Span], *, inspected: int, once: bool = True
) -> Outcome:
    """Decide on a line from the smallest and largest possible count at the end of each stage.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan as applied to the lot.
    counts : sequence of (int, int)
        Smallest and largest possible cumulative count of each stage.
    inspected : int
        Number of items inspected. [items]
    once : bool
        True if an item counts at most once, so that a stage adds at most its items.

    Returns
    -------
    Outcome
        The decision if every possible count leads to it, otherwise a hold. A count that reaches Re rejects at once.

    Examples
    --------
    >>> decide_line(SinglePlan(n=13, ac=1), [(2, 2)], inspected=50).decision
    'reject'
    >>> decide_line(SinglePlan(n=50, ac=3), [(0, 5)], inspected=100)
    Outcome(decision='hold', stage=1, within=50, counts=((0, 5),), draw=0, undecided=True)
    >>> double = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    >>> decide_line(double, [(3, 3), (3, 3)], inspected=50)
    Outcome(decision='continue', stage=1, within=50, counts=((3, 3),), draw=50, undecided=False)
    """
    stages, possible = plan.stages, set[Decision]()
    low, high, reached, draw = 0, 0, 1, 0
    for number, (stage, (least, most)) in enumerate(zip(stages, counts, strict=True), start=1):
        low = max(low, least)
        high = min(high + stage.n, most) if once else most
        if high >= stage.re:
            possible.add("reject")
            high = stage.re - 1
        if low > high:
            reached = number
            break
        before = stage.total - stage.n
        if inspected < stage.total:
            further = number > 1 and inspected == before
            possible.add("continue" if further else "hold")
            reached, draw = (number - 1, stage.n) if further else (number, stage.total - inspected)
            break
        reached = number
        if number == len(stages) or (stage.ac is not None and low <= stage.ac):
            possible.add("accept")
        low = low if stage.ac is None else max(low, stage.ac + 1)
        if low > high:
            break
    decision: Decision = next(iter(possible)) if len(possible) == 1 else "hold"
    undecided = len(possible) > 1
    return Outcome(
        decision,
        reached,
        stages[reached - 1].total,
        tuple(counts[:reached]),
        0 if undecided else draw,
        undecided,
    )


def line_outcome(
    line: Line,
    possible: Sequence[tuple[int | Decimal, int | Decimal]],
    inspected: int | None,
    *,
    by_items: bool,
) -> Outcome:
    """Return for the result of a line what its plan decides from the counts possible at the end of each stage.

    Parameters
    ----------
    line : Line
        The line.
    possible : sequence of (number, number)
        Smallest and largest possible count at the end of each stage.
    inspected : int or None
        Number of items inspected for the line; None if it is not stated. [items]
    by_items : bool
        Whether items are counted; otherwise nonconformities are.
    """
    # A weighted count is accepted up to Ac, so a fraction above it rejects as the next whole number does.
    whole = [(math.ceil(least), math.ceil(most)) for least, most in possible]
    once = by_items and not line.weights
    outcome = decide_line(line.lot_plan, whole, inspected=inspected or 0, once=once)
    if inspected is None and outcome.undecided:
        return replace(outcome, undecided=False, draw=outcome.within)
    return outcome


def lot_decision(results: Iterable[LineResult | LotTermResult]) -> Decision:
    """Return the result for the lot: reject takes precedence over hold, hold over continue, continue over accept."""
    decisions = {one.decision for one in results}
    order: tuple[Decision, ...] = ("reject", "hold", "continue", "accept")
    return next((one for one in order if one in decisions), "accept")
