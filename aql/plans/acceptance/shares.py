"""The share of all orders of drawing with which a plan reaches each stage; it does not depend on quality.

Given the count after a stage, all orders in which it can have been drawn are equally likely: the number found at an
earlier stage is hypergeometric, or binomial for nonconformities. A fixed share of these orders therefore continued at
every earlier stage.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from aql.distributions import binomial, hypergeometric
from aql.plans.acceptance.one_sample import exactly

if TYPE_CHECKING:
    from aql.distributions import Floats
    from aql.plans.stage import Steps

__all__ = ["begun", "shares"]


def begun(
    steps: Steps, place: int, values: Floats, model: str, lot_size: int | None
) -> list[tuple[int, Floats]]:
    """Return the counts with which a stage can start, and the share of each in all orders of drawing.

    Examples
    --------
    >>> import numpy as np
    >>> begun(((2, 2, 0, 2), (3, 5, 1, 2)), 1, np.array([0.5]), "binomial", None)
    [(1, array([0.5]))]
    """
    import numpy as np

    if place == 0:
        return [(0, np.where(np.isnan(values), np.nan, 1.0))]
    drawn = steps[place - 1][1]
    first, parts = shares(steps, model == "poisson")[place]
    return [
        (count, share * exactly(count, drawn, values, model, lot_size))
        for count, share in enumerate(parts, start=first)
    ]


@lru_cache(maxsize=1024)
def shares(steps: Steps, nonconformities: bool) -> tuple[tuple[int, tuple[float, ...]], ...]:
    """Return for every stage the first count with which it can start, and for each count from there on its share.

    Examples
    --------
    >>> shares(((2, 2, 0, 2), (2, 4, 1, 3), (2, 6, 3, 4)), nonconformities=False)
    ((0, (1.0,)), (1, (1.0,)), (2, (0.6666666666666...,)))
    """
    import numpy as np

    found = [(0, np.ones(1))]
    for (_, before, _, _), (n, total, ac, re) in zip(((0, 0, 0, 0), *steps), steps[:-1], strict=False):
        first, parts = found[-1]
        most = re - 1 if nonconformities else min(re - 1, first + parts.size - 1 + n)
        counts = np.arange(max(ac + 1, first), most + 1.0)[:, None]
        earlier = np.arange(first, first + parts.size)
        if nonconformities:
            spread = binomial.pmf(earlier, counts, np.array(before / total))
        else:
            spread = hypergeometric.pmf(earlier, before, counts, total)
        found.append((int(counts[0, 0]) if counts.size else 0, (spread * parts).sum(axis=1)))
    return tuple((first, tuple(parts.tolist())) for first, parts in found)
