"""What a plan decides from a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from aql.checks import whole_number
from aql.errors import DomainError
from aql.plans.stage import Staged
from aql.words import plural

__all__ = ["decide"]


def decide(plan: Staged, found: int | Sequence[int]) -> Literal["accept", "reject", "continue"]:
    """Return what a plan decides from the number found.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    found : int or sequence of int
        Number of nonconforming items, or nonconformities, found in the sample. For a plan of several stages, the
        cumulative numbers of the stages drawn, or one number for the first stage.

    Returns
    -------
    {"accept", "reject", "continue"}
        ``"continue"``: a further sample is due. A count between Ac and Re of the last stage accepts.

    Raises
    ------
    DomainError
        If a number is not whole, falls from one stage to the next, or follows the decision.

    Examples
    --------
    >>> from aql import MultiplePlan, SinglePlan
    >>> SinglePlan(n=80, ac=5).decide(3)
    'accept'
    >>> double = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    >>> double.decide(3), double.decide((3, 7))
    ('continue', 'reject')
    """
    counts = tuple(found) if isinstance(found, (list, tuple)) else (found,)
    stages = plan.stages
    if not 1 <= len(counts) <= len(stages):
        raise DomainError(
            f"found must have 1 to {plural(len(stages), 'count')}, got {len(counts)}", value=found
        )
    least = 0
    for place, (stage, value) in enumerate(zip(stages, counts, strict=False), start=1):
        least = whole_number(value, f"found at stage {place}" if len(stages) > 1 else "found", least=least)
        accepts = least < stage.re and (place == len(stages) or (stage.ac is not None and least <= stage.ac))
        if accepts or least >= stage.re:
            if place < len(counts):
                raise DomainError(
                    f"found must end at stage {place}, which decides, got {plural(len(counts), 'stage')}",
                    value=found,
                )
            return "accept" if accepts else "reject"
    return "continue"
