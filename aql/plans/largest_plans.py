"""Limits on the size of plans, so that every probability takes about a second and 100 MB at most.

The time of a single sample grows with the standard deviation of its count, at most the square root of Re. With several
stages it grows with the pairs of a count that continues and a count at the next stage.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise

from aql.errors import DomainError
from aql.plans.stage import Staged, Steps, check_plan, steps_of
from aql.words import short_repr

__all__ = ["LARGEST_RE", "checked_size", "computed_steps"]

LARGEST_RE = 10**7
"""Largest rejection number of a plan whose probabilities are computed."""

_MOST_PAIRS = 2_000_000
_MOST_STAGES = 100


def computed_steps(plan: Staged, lot_size: int | None = None) -> Steps:
    """Return the steps of a plan, as `steps_of`; raise an error if it is larger than the largest plan.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> computed_steps(SinglePlan(80, 5))
    ((80, 80, 5, 6),)
    >>> computed_steps(SinglePlan(10**9, 10**9))
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: re must be 10000000 or less to compute probabilities, got 1000000001.
    """
    try:
        return _computed_steps(plan, lot_size)
    except (AttributeError, TypeError):
        check_plan(plan)
        raise


@lru_cache(maxsize=1024)
def _computed_steps(plan: Staged, lot_size: int | None) -> Steps:
    steps = steps_of(plan, lot_size)
    if len(steps) > _MOST_STAGES:
        raise DomainError(
            f"n must have {_MOST_STAGES} stages or fewer to compute probabilities, got {len(steps)}",
            value=len(steps),
        )
    checked_size(max(step[3] for step in steps), "re", LARGEST_RE)
    # Decisions turn at a quality below that at which every stage rejects; a large sample has a wide range of counts there.
    quality = min(max(re / total for _, total, _, re in steps), 1.0)
    pairs = 0
    for (_, _, ac, re), (n, _, _, following) in pairwise(steps):
        spread = max(following, int(n * quality))
        pairs += (min(re, n) - ac) * (following + math.isqrt(200 * spread))
    if pairs > _MOST_PAIRS:
        raise DomainError(
            f"plan must have at most {_MOST_PAIRS} pairs of counts at one stage and the next to compute probabilities, "
            f"got about {pairs}",
            todo="Use smaller samples, or an Ac and Re that are closer together",
            value=pairs,
        )
    return steps


def checked_size(size: int, name: str, most: int, what: str = "probabilities") -> int:
    """Return the size of a plan; raise an error if it is above the largest up to which something is computed.

    Examples
    --------
    >>> checked_size(80, "n", 100)
    80
    """
    if size > most:
        raise DomainError(
            f"{name} must be {most} or less to compute {what}, got {short_repr(size)}", value=size
        )
    return size
