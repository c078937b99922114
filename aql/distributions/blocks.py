"""Evaluates functions on long arrays block by block, and of two complementary probabilities computes the smaller one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, overload

import numpy as np

if TYPE_CHECKING:
    from aql.distributions._arrays import Floats

    OfFloats = Callable[[Floats], Floats]
    # Takes a number and returns a number, or takes an array and returns an array.
    Probability = Callable[[Any], Any]

__all__ = ["BLOCK", "in_blocks", "once_each", "one_side"]

BLOCK = 3000
"""Values per block, few enough that the intermediate arrays fit in the processor's cache."""


@overload
def one_side(
    values: float,
    pivot: float,
    lower: Probability,
    upper: Probability,
    *,
    wanted: int,
    larger: float = ...,
    block: int = ...,
) -> float: ...
@overload
def one_side(
    values: Floats,
    pivot: float,
    lower: Probability,
    upper: Probability,
    *,
    wanted: int,
    larger: float = ...,
    block: int = ...,
) -> Floats: ...
def one_side(
    values: Any,
    pivot: float,
    lower: Probability,
    upper: Probability,
    *,
    wanted: int,
    larger: float = 1.0,
    block: int = BLOCK,
) -> Any:
    """Return one of two complementary probabilities, block by block: the smaller is computed on each side of a pivot.

    Parameters
    ----------
    values : float or ndarray
        Values at which to compute the probability.
    pivot : float
        Smallest value at which `lower` is the smaller probability.
    lower, upper : function
        The two probabilities, each needed only on its side of the pivot.
    wanted : int
        0 to return the lower probability, 1 for the upper.
    larger : float
        If the computed probability exceeds this, the other is computed instead, because it is the smaller one after all.
    block : int
        Values per block.

    Examples
    --------
    >>> one_side(np.array([0.2, 0.7]), 0.5, lambda high: 1 - high, lambda low: low, wanted=0)
    array([0.8, 0.3])
    """
    if isinstance(values, float):
        number = int(values < pivot)
        near = (lower, upper)[number](values)
        if near > larger:
            number = 1 - number
            near = (lower, upper)[number](values)
        return near if number == wanted else 1.0 - near
    flat = np.ascontiguousarray(values).ravel()
    found = np.empty_like(flat)
    for start in range(0, flat.size, block):
        here = slice(start, start + block)
        below = flat[here] < pivot
        count = np.count_nonzero(below)
        for number, (computed, other) in enumerate(((lower, upper), (upper, lower))):
            size = (below.size - count, count)[number]
            if size == 0:
                continue
            part = here if size == below.size else start + np.flatnonzero(below == number)
            near = computed(flat[part])
            value = near if number == wanted else 1.0 - near
            # No probability is above 1.
            if larger < 1.0 and (large := near > larger).any():
                small = other(flat[part][large])
                value[large] = 1.0 - small if number == wanted else small
            found[part] = value
    return found.reshape(values.shape)


def in_blocks(computed: OfFloats, values: Floats, block: int = BLOCK) -> Floats:
    """Return a function of every value, computed block by block.

    Examples
    --------
    >>> in_blocks(np.sqrt, np.array([[4.0], [9.0]]))
    array([[2.],
           [3.]])
    """
    flat = np.ascontiguousarray(values).ravel()
    if flat.size <= block:
        return computed(flat).reshape(values.shape)
    found = np.empty_like(flat)
    for start in range(0, flat.size, block):
        found[start : start + block] = computed(flat[start : start + block])
    return found.reshape(values.shape)


def once_each(computed: OfFloats, counts: Floats, most: int) -> Floats:
    """Return a function of a block of more than `most` counts, computed only once for each of 0 to `most`.

    NaN stays NaN.

    Examples
    --------
    >>> once_each(lambda counts: counts + 0.5, np.array([2.0, 0.0, 2.0, np.nan]), 2)
    array([2.5, 0.5, 2.5, nan])
    """
    if counts.size <= most:
        return computed(counts)
    missing = np.isnan(counts)
    found = np.asarray(computed(np.arange(most + 1.0))[np.where(missing, 0, counts).astype(np.intp)])
    found[missing] = np.nan
    return found
