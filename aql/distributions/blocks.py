"""Arrays of values, worked on in blocks, each value on the side where the smaller probability is computed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, overload

import numpy as np

if TYPE_CHECKING:
    from aql.distributions._arrays import Floats

    OfFloats = Callable[[Floats], Floats]
    # Of a number or an array; it returns its like.
    Probability = Callable[[Any], Any]

__all__ = ["BLOCK", "in_blocks", "once_each", "one_side"]

BLOCK = 3000
"""So many values are worked on at a time that their intermediate arrays stay in the processor's cache."""


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
    """Return one of two complementary probabilities: `lower` is computed from the pivot on, `upper` below it.

    Parameters
    ----------
    values : float or ndarray
        Where the probability is wanted.
    pivot : float
        Value from which on `lower` is the smaller one.
    lower, upper : function
        Each of the two probabilities on its side.
    wanted : int
        0 for the lower one, 1 for the upper one.
    larger : float
        Where the one that was computed is above this, the other is computed too, to be right when it is small.
    block : int
        How many values are worked on at a time.

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
            large = near > larger
            if large.any():
                small = other(flat[part][large])
                value[large] = 1.0 - small if number == wanted else small
            found[part] = value
    return found.reshape(values.shape)


def in_blocks(computed: OfFloats, values: Floats, block: int = BLOCK) -> Floats:
    """Return what is computed of every value, some at a time.

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
    """Return what is computed, of all counts from 0 to `most` where there are more values than those; NaN passes through.

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
