"""Probabilities that each stage is reached, accepts and rejects, and the average items of completed stages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aql.distributions import binomial, hypergeometric, poisson
from aql.plans.acceptance.ends import Compiled, Ends, compiled
from aql.plans.acceptance.one_sample import at_most, more_than
from aql.plans.acceptance.shares import begun
from aql.plans.arrays import Floats, Values

if TYPE_CHECKING:
    from aql.distributions import Floats
    from aql.plans.stage import Steps

__all__ = ["by_stages", "finished_items", "stage_arrays", "stage_ends"]


def stage_arrays(
    steps: Steps, values: Floats, model: str, lot_size: int | None, *, stages: int | None = None
) -> tuple[list[Floats], list[Floats], list[Floats]]:
    """Arrays of the probabilities that stages are reached, accept and reject, for checked qualities.

    `values` are checked qualities in one dimension. `stages` limits the result to the first stages.

    Examples
    --------
    >>> reach, accept, reject = stage_arrays(((1, 1, 0, 1),), np.array([0.25]), "binomial", None)
    >>> reach, accept, reject
    ([array([1.])], [array([0.75])], [array([0.25])])
    """
    if len(steps) == 1:
        ((n, _, ac, re),) = steps
        first = np.where(np.isnan(values), np.nan, 1.0)
        return (
            [first],
            [at_most(ac, n, values, model, lot_size)],
            [more_than(re - 1, n, values, model, lot_size)],
        )
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


def finished_items(steps: Steps, stages: int, values: Values, model: str, lot_size: int | None) -> Values:
    """Average number of items inspected in the first `stages` stages, without curtailment.

    Examples
    --------
    >>> finished_items(((2, 2, 0, 2), (3, 5, 1, 2)), 2, np.array([0.0, 0.5]), "binomial", None)
    array([2. , 3.5])
    >>> finished_items(((2, 2, 0, 2), (3, 5, 1, 2)), 2, 0.5, "binomial", None)
    3.5
    """
    if len(steps) == 1:
        return 0.0 * values + float(steps[0][0] if stages else 0)  # NaN passes through
    code = compiled(steps, model == "poisson")
    pivot = code.pivot * (lot_size or 1)
    if not isinstance(values, float):
        if not code.short:
            reach, _, _ = stage_ends(steps[:stages], values, model, lot_size)
            return sum((n * share for (n, _, _, _), share in zip(steps, reach, strict=False)), 0.0 * values)
        total, below = np.empty_like(values), values < pivot
        for falling, side in ((True, ~below), (False, below)):
            if side.any():
                total[side] = _begun(code, steps, stages, values[side], model, lot_size, falling=falling)
        return total
    if not code.short:
        return float(finished_items(steps, stages, np.array([values]), model, lot_size)[0])
    return _begun(code, steps, stages, values, model, lot_size, falling=not values < pivot)


def _begun(
    code: Compiled,
    steps: Steps,
    stages: int,
    values: Values,
    model: str,
    lot_size: int | None,
    *,
    falling: bool,
) -> Values:
    """Average number of items of the first stages, at qualities on one side of the pivot."""
    total = 0.0 * values + (steps[0][0] if stages else 0.0)  # NaN passes through
    for one in code.onward_falling if falling else code.onward_rising:
        if one.stage + 1 < stages:
            total += steps[one.stage + 1][0] * _sum([one], values, model, lot_size, code.pivot, falling)
    return total


def _sum(
    ends: Sequence[Ends], values: Values, model: str, lot_size: int | None, pivot: float, falling: bool
) -> Values:
    """Sum of ends at qualities on their side of the pivot; NaN for NaN."""
    if not ends:
        return 0.0 * values
    if lot_size is not None:
        summed = hypergeometric.weighted(ends, lot_size, falling=falling)
    else:
        law = poisson if model == "poisson" else binomial
        summed = law.weighted(ends, pivot, falling=falling)
    found: Values = summed(values)
    return found


def by_stages(steps: Steps, values: Values, model: str, lot_size: int | None) -> tuple[Values, Values]:
    """Probabilities of acceptance and rejection, summed stage by stage; the larger is the complement of the smaller.

    Examples
    --------
    >>> by_stages(((2, 2, 0, 2), (2, 4, 1, 2)), 0.5, "binomial", None)
    (0.375, 0.625)
    """
    if isinstance(values, float):
        yes, no = by_stages(steps, np.array([values]), model, lot_size)
        return float(yes[0]), float(no[0])
    _, accept, reject = stage_ends(steps, values.ravel(), model, lot_size)
    yes, no = np.sum(accept, axis=0).reshape(values.shape), np.sum(reject, axis=0).reshape(values.shape)
    few = yes < no
    return np.where(few, yes, 1.0 - no), np.where(few, 1.0 - yes, no)


def stage_ends(
    steps: Steps, values: Floats, model: str, lot_size: int | None
) -> tuple[list[Floats], list[Floats], list[Floats]]:
    """Probabilities, summed stage by stage, that each stage is reached, accepts and rejects.

    Parameters
    ----------
    steps : Steps
        The plan, applied to the lot if there is one.
    values : ndarray
        Checked qualities in one dimension; with `lot_size`, numbers nonconforming.
    model : {"binomial", "hypergeometric", "poisson"}
        The model.
    lot_size : int or None
        Lot size. [items]

    Returns
    -------
    list of ndarray, list of ndarray, list of ndarray
        One array per stage.

    Examples
    --------
    >>> stage_ends(((2, 2, 0, 2), (2, 4, 1, 2)), np.array([0.5]), "binomial", None)
    ([array([1.]), array([0.5])], [array([0.25]), array([0.125])], [array([0.25]), array([0.375])])
    """
    reach, accept, reject = [], [], []
    for place, (n, total, ac, re) in enumerate(steps):
        here, yes, no = (np.where(np.isnan(values), np.nan, 0.0) for _ in range(3))
        for found, chance in begun(steps, place, values, model, lot_size):
            left, size = values, lot_size
            if lot_size is not None:
                # If this count is impossible in the lot, its probability is 0, so the number left does not matter.
                size = lot_size - (total - n)
                left = np.clip(values - found, 0.0, size)
            here += chance
            yes += chance * at_most(ac - found, n, left, model, size)
            no += chance * more_than(re - found - 1, n, left, model, size)
        reach.append(here)
        accept.append(yes)
        reject.append(no)
    return reach, accept, reject
