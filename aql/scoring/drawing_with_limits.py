"""Probability that classes, terms and limits all accept when they share one drawing and each takes a single sample.

The counts of all lines are one array of probabilities. It is carried from item to item, or from one sample size to the
next, and counts that reject fall off its end.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING

from aql.distributions import binomial, poisson
from aql.errors import DomainError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["SampledLine", "items_accept", "nonconformities_accept"]

_MOST_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class SampledLine:
    """A line with a single sample.

    Attributes
    ----------
    n : int
        Size of its sample. [items]
    most : int
        The largest count that is accepted.
    quality : float
        Fraction nonconforming, or nonconformities per item; not used for a limit.
    kind : {"class", "term", "limit"}
        What it judges; the classes come first, most serious first.
    of : tuple of int
        Places of the members of a limit among the lines.
    """

    n: int
    most: int
    quality: float = 0.0
    kind: str = "class"
    of: tuple[int, ...] = ()


def items_accept(lines: Sequence[SampledLine], *, exclusive: bool) -> float:
    """Probability that every line accepts in one drawing with limits, where nonconforming items are counted.

    Parameters
    ----------
    lines : sequence of SampledLine
        The classes, then the terms, then the limits.
    exclusive : bool
        Whether an item can be nonconforming in at most one class.

    Notes
    -----
    An item counts in the most serious of its classes whose sample contains it, in each of its terms, and once in each
    limit with a member that it is nonconforming in.
    """
    state = _start(lines)
    for begin, end in _parts(lines):
        outcomes: defaultdict[tuple[int, ...], float] = defaultdict(float)
        for found, chance in _items(lines, exclusive=exclusive):
            outcomes[_counted(lines, found, end)] += chance
        for _ in range(end - begin):
            state = _carried(state, outcomes.items())
    return float(state.sum())


def nonconformities_accept(lines: Sequence[SampledLine], *, model: str) -> float:
    """Probability that every line accepts in one drawing with limits, where nonconformities are counted.

    Parameters
    ----------
    lines : sequence of SampledLine
        The classes, then the terms, then the limits.
    model : {"binomial", "poisson"}
        Distribution of the nonconformities of a line.
    """
    state = _start(lines)
    for begin, end in _parts(lines):
        for place, line in enumerate(lines):
            axes = [
                other
                for other, one in enumerate(lines)
                if one.n >= end and (other == place or place in one.of) and line.kind != "limit"
            ]
            if axes:
                most = min(lines[axis].most for axis in axes)
                chances = _chances(line.quality, end - begin, most, model)
                steps = [tuple(k * (axis in axes) for axis in range(len(lines))) for k in range(len(chances))]
                state = _carried(state, zip(steps, chances, strict=True))
    return float(state.sum())


def _start(lines: Sequence[SampledLine]) -> Floats:
    """The probabilities of all counts before the first item."""
    import numpy as np

    cells = math.prod(line.most + 1 for line in lines)
    if cells > _MOST_CELLS:
        raise DomainError(
            f"the acceptance numbers of all lines together must allow at most {_MOST_CELLS} combinations, got {cells}",
            todo="Leave out a limit to get an upper bound",
            value=cells,
        )
    state = np.zeros([line.most + 1 for line in lines])
    state[(0,) * len(lines)] = 1.0
    return state


def _parts(lines: Sequence[SampledLine]) -> Iterator[tuple[int, int]]:
    """The parts of the drawing between two consecutive sample sizes."""
    return pairwise(sorted({0, *(line.n for line in lines)}))


def _items(lines: Sequence[SampledLine], *, exclusive: bool) -> Iterator[tuple[tuple[int, ...], float]]:
    """Each way in which an item can be nonconforming, 1 for each class or term that it is, with its probability."""
    members = [line for line in lines if line.kind != "limit"]
    classes = sum(line.kind == "class" for line in members)
    sound = 1.0 - math.fsum(line.quality for line in members[:classes])
    for found in product((0, 1), repeat=len(members)):
        apart = found[:classes]
        if exclusive and sum(apart) > 1:
            continue
        chance = (members[apart.index(1)].quality if any(apart) else max(sound, 0.0)) if exclusive else 1.0
        for place in range(classes if exclusive else 0, len(members)):
            quality = members[place].quality
            chance *= quality if found[place] else 1.0 - quality
        if chance > 0:
            yield found, chance


def _counted(lines: Sequence[SampledLine], found: Sequence[int], end: int) -> tuple[int, ...]:
    """The lines, 1 for each, in which an item of the part that ends at `end` counts."""
    counts, taken = [], False
    for place, line in enumerate(lines):
        held = line.n >= end
        if line.kind == "limit":
            counts.append(int(held and any(found[member] for member in line.of)))
            continue
        mine = held and bool(found[place]) and not (line.kind == "class" and taken)
        taken = taken or (mine and line.kind == "class")
        counts.append(int(mine))
    return tuple(counts)


def _chances(quality: float, items: int, most: int, model: str) -> list[float]:
    """Probabilities of 0 to `most` nonconformities on a number of items."""
    if model == "poisson":
        return list(poisson.counts(most, items * quality).tolist())
    return list(binomial.counts(min(most, items), items, quality).tolist())


def _carried(state: Floats, outcomes: Iterable[tuple[tuple[int, ...], float]]) -> Floats:
    """The state after one of the outcomes, each of which raises the counts; counts that reject are gone."""
    import numpy as np

    after = np.zeros_like(state)
    for step, chance in outcomes:
        to = tuple(slice(by, None) for by in step)
        stay = tuple(slice(None, max(size - by, 0)) for by, size in zip(step, state.shape, strict=True))
        after[to] += chance * state[stay]
    return after
