"""Sums the stages one by one, for plans whose runs of counts cannot represent the whole distribution.

Given the count with which it starts, a stage is a single sample. All terms of the sums are positive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aql.plans.acceptance.one_sample import at_most, more_than
from aql.plans.acceptance.shares import begun
from aql.plans.arrays import Floats, Values

if TYPE_CHECKING:
    from aql.plans.stage import Steps


__all__ = ["by_stages", "stage_ends"]


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
