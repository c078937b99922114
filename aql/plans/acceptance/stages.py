"""Probabilities that each stage is reached, accepts and rejects, and what the finished stages take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aql.distributions import binomial, hypergeometric, poisson
from aql.plans.acceptance.ends import Ends, compiled
from aql.plans.acceptance.stage_by_stage import stage_ends

if TYPE_CHECKING:
    from aql.distributions import Floats
    from aql.plans.stage import Steps


__all__ = ["finished_items", "stage_arrays"]


def stage_arrays(
    steps: Steps, values: Floats, model: str, lot_size: int | None, *, stages: int | None = None
) -> tuple[list[Floats], list[Floats], list[Floats]]:
    """Probabilities that each stage is reached, accepts and rejects.

    `values` are checked qualities in one dimension; without `stages` every stage is looked at, else the first ones.

    Examples
    --------
    >>> reach, accept, reject = stage_arrays(((1, 1, 0, 1),), np.array([0.25]), "binomial", None)
    >>> reach, accept, reject
    ([array([1.])], [array([0.75])], [array([0.25])])
    """
    code = compiled(steps, model == "poisson")
    if not code.short:
        return stage_ends(steps[:stages], values, model, lot_size)
    below = values < code.pivot * (lot_size or 1)
    reach, accept, reject = [np.where(np.isnan(values), np.nan, 1.0)], [], []
    for stage in range(len(steps) if stages is None else stages):
        onward, yes, no = np.empty_like(values), np.empty_like(values), np.empty_like(values)
        for falling, side, ends, near, far in (
            (True, ~below, (code.onward_falling, code.accept), yes, no),
            (False, below, (code.onward_rising, code.reject), no, yes),
        ):
            on, end = (
                _sum(
                    [one for one in some if one.stage == stage],
                    values[side],
                    model,
                    lot_size,
                    code.pivot,
                    falling,
                )
                for some in ends
            )
            onward[side], near[side] = on, end
            far[side] = np.maximum(reach[-1][side] - on - end, 0.0)
        accept.append(yes)
        reject.append(no)
        reach.append(onward)
    return reach[:-1], accept, reject


def finished_items(steps: Steps, stages: int, values: Floats, model: str, lot_size: int | None) -> Floats:
    """Items inspected in the first stages, each of them finished once it is begun.

    Examples
    --------
    >>> finished_items(((2, 2, 0, 2), (3, 5, 1, 2)), 2, np.array([0.0, 0.5]), "binomial", None)
    array([2. , 3.5])
    """
    total = np.where(np.isnan(values), np.nan, float(steps[0][0]) if stages else 0.0)
    if stages > 1:
        reach, _, _ = stage_arrays(steps, values, model, lot_size, stages=stages)
        for (n, _, _, _), share in zip(steps[1:], reach[1:], strict=False):
            total += n * share
    return total


def _sum(
    ends: Sequence[Ends], values: Floats, model: str, lot_size: int | None, pivot: float, falling: bool
) -> Floats:
    """Sum of ends, at qualities on their side of the pivot; NaN passes through."""
    if not ends:
        return np.where(np.isnan(values), np.nan, 0.0)
    if lot_size is not None:
        return hypergeometric.weighted(ends, values, lot_size, falling=falling)
    weighted = poisson.weighted if model == "poisson" else binomial.weighted
    return weighted(ends, values, pivot, falling=falling)
