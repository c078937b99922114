"""Sums of a distribution's tail, a run of consecutive counts, at many qualities at once.

The smaller tail of a distribution is its first term times a power series in the odds. The odds are relative to those at a
pivot, a quality at which neither tail is small, so they are at most 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aql.distributions.blocks import in_blocks
from aql.distributions.power_series import Series

if TYPE_CHECKING:
    from aql.distributions._arrays import Floats
    from aql.distributions.blocks import OfFloats

from aql.distributions.power_series import products

__all__ = ["Run", "around", "weighted_sum"]

# Below this logarithm, a probability is 0 as a float.
_LEAST = -750.0


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Consecutive counts in `n` items, from `k` up or down, each with a weight.

    ``weights[j]`` is the weight of the count at distance j from `k`. ``coefficients[j]`` is that weight times the
    probability of the count, relative to that of `k`, at a pivot. The weights are used for a finite lot, the coefficients
    for a process.
    """

    n: int
    k: int
    coefficients: tuple[float, ...]
    weights: tuple[float, ...] = ()


def around(middle: int, term: float, ratios: Floats) -> Floats:
    """Return the terms of tail sums: probabilities of all counts from 0 on, from that of `middle` and their ratios.

    Examples
    --------
    >>> around(1, 0.5, np.array([2.0, 0.5]))
    array([0.25, 0.5 , 0.25])
    """
    with np.errstate(under="ignore"):
        down, up = products(1.0 / ratios[:middle][::-1])[:0:-1], products(ratios[middle:])
        return term * np.concatenate([down, up])


def weighted_sum(
    runs: Sequence[Run], prepared: Callable[[Floats], tuple[Floats, Callable[[Run, float], Floats]]]
) -> OfFloats:
    """Return a function of an array of qualities: the weighted sum of tails, which are runs of counts.

    Parameters
    ----------
    runs : sequence of Run
        The counts and their coefficients.
    prepared : function
        Takes an array of qualities and returns two values. The first is the ratio of consecutive probabilities,
        relative to that at the pivot. The second is a function of a run and a limit, which returns the logarithm of the
        probability of the first count of the run; it may be less accurate below the limit.
    """
    made: list[Series] = []

    def block(values: Floats) -> Floats:
        if not made:
            made.append(Series(tuple(run.coefficients for run in runs)))
        (series,) = made
        ratio, log_term = prepared(values)
        total = None
        for place, run in enumerate(runs):
            least = _LEAST - series.log_sums[place]
            log = log_term(run, least)
            if log.min(initial=0.0) > least:
                part = np.exp(log, out=log)
                part *= series.sum(place, ratio)
            else:
                # Far from the pivot, most probabilities are 0.
                here = np.flatnonzero(~(log < least))
                part = np.zeros_like(ratio)
                part[here] = series.sum(place, ratio[here]) * np.exp(log[here])
            total = part if total is None else total + part
        return np.zeros_like(ratio) if total is None else total

    def array(values: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore", under="ignore", over="ignore"):
            return in_blocks(block, values)

    return array
