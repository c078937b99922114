"""The stages summed one by one, for plans whose polynomials would not hold the whole law.

The chance to begin a stage with a count is a share of orders times a term of the law; what the stage then does is what
a single sample does. Every sum has positive terms only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aql.plans.acceptance.curve import acceptance_arrays, edge_of
from aql.plans.acceptance.finite_lot import finite_acceptance_arrays, hypergeometric_term
from aql.plans.acceptance.paths import states

if TYPE_CHECKING:
    from aql.distributions.terms import Floats
    from aql.plans.acceptance.paths import Steps

__all__ = ["stage_ends"]


def stage_ends(
    steps: Steps, values: Floats, model: str, lot_size: int | None
) -> tuple[list[Floats], list[Floats], list[Floats]]:
    """Probabilities that each stage is reached, accepts and rejects.

    Parameters
    ----------
    steps : tuple
        The plan, as `aql.plans.acceptance.paths.steps_of` gives it.
    values : ndarray
        Checked qualities, one dimension; numbers nonconforming with a `lot_size`.
    model : "binomial" or "poisson"
        The law where there is no lot.
    lot_size : int or None
        Lot size. [items]

    Returns
    -------
    list of ndarray, list of ndarray, list of ndarray
        One array a stage.
    """
    reach, accept, reject = [], [], []
    for (n, total, ac, re), (low, shares) in zip(steps, states(steps, model), strict=True):
        begun = np.where(np.isnan(values), np.nan, 0.0)
        accepted, rejected = begun.copy(), begun.copy()
        for k, share in enumerate(shares.tolist()):
            found = low + k
            chance = share * _term(found, total - n, values, model, lot_size)
            begun += chance
            few, _ = _sample(n, ac - found, values, found, total - n, model, lot_size)
            _, many = _sample(n, re - found - 1, values, found, total - n, model, lot_size)
            accepted += chance * few
            rejected += chance * many
        reach.append(begun)
        accept.append(accepted)
        reject.append(rejected)
    return reach, accept, reject


def _term(found: int, before: int, values: Floats, model: str, lot_size: int | None) -> Floats:
    if before == 0:
        return np.where(np.isnan(values), np.nan, 1.0)
    if lot_size is not None:
        return hypergeometric_term(np.full(values.shape, float(found)), before, lot_size, values)
    return edge_of(model, before, found, values)


def _sample(
    n: int, last: int, values: Floats, found: int, before: int, model: str, lot_size: int | None
) -> tuple[Floats, Floats]:
    """Probabilities of at most `last` in the next `n` items, and of more."""
    nothing = np.where(np.isnan(values), np.nan, 0.0)
    if last < 0:
        return nothing, nothing + 1.0
    step = ((n, n, last, last + 1),)
    if lot_size is not None:
        left = lot_size - before
        # Where the lot cannot have shown this count, the chance to be here is 0 and any number left will do.
        return finite_acceptance_arrays(step, left, np.clip(values - found, 0.0, left))
    return acceptance_arrays(step, values, model)
