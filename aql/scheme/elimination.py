"""Stationary distributions of Markov chains without any subtraction, by the elimination of states.

The method is that of Grassmann, Taksar and Heyman [1]_: each state is taken out, and what flowed through it is added to
the direct ways between its neighbours. Only sums, products and quotients of positive numbers occur, so every
probability keeps nearly all its digits, however small it is [2]_. The order and the places are worked out once, for any
transition probabilities; numbers and arrays of qualities then run through the same list of operations.

References
----------
.. [1] W. K. Grassmann, M. I. Taksar and D. P. Heyman, "Regenerative analysis and steady state distributions for Markov
   chains", Oper. Res. 33 (1985) 1107-1116.
.. [2] C. A. O'Cinneide, "Entrywise perturbation theory and error analysis for Markov chains", Numer. Math. 65 (1993)
   109-120.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aql.plans.arrays import Floats

    Places = NDArray[np.intp]

__all__ = ["Elimination", "elimination_of"]

# A state that is never left gets this flow out of it, which gives it all the weight.
_NEVER = 1e-290
_MANY = 1e15
"""Visits above this are scaled down, so that a state never left can follow another one."""
_PRODUCTS, _QUALITIES = 40, 128
"""From this many products per state on, and for at most this many qualities, NumPy adds all products of a state at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Elimination:
    """The list of operations that gives the stationary distribution of a chain.

    Attributes
    ----------
    size : int
        Number of states.
    ways : tuple of (int, int)
        The ways between different states, from and to; the probabilities are passed in this order.
    steps : tuple
        For each state that is taken out, in order: the state; where the flows out of it are kept, first the one to the
        state that is taken out last; the states before it, with the places of their flows; and the products to add:
        place, the flow before and the flow after.
    slots : int
        Number of flows in all.
    """

    size: int
    ways: tuple[tuple[int, int], ...]
    steps: tuple[
        tuple[int, tuple[int, ...], tuple[tuple[int, int], ...], tuple[tuple[int, int, int], ...]], ...
    ]
    slots: int
    _places: list[tuple[Places, ...]] = field(default_factory=list, init=False, repr=False)

    def visits(self, flows: Sequence[Any], *, scaled: bool = False) -> list[Any]:
        """Return the mean visits to each state between two visits to the first state.

        Parameters
        ----------
        flows : sequence of float or ndarray
            Probability of each of the `ways`.
        scaled : bool
            Whether only their ratios are wanted: then they are scaled down before they are too large for a float.

        Returns
        -------
        list of float or ndarray
            Mean visits; 1 for the first state.
        """
        qualities = 1 if isinstance(flows[0], float) else flows[0].size
        dense = sum(len(step[3]) for step in self.steps) > _PRODUCTS * self.size
        if dense and qualities <= _QUALITIES:
            return self._by_state(flows, qualities, scaled=scaled)
        at: list[Any] = [0.0] * self.slots
        at[: len(flows)] = flows
        for _, out, before, products in self.steps:
            total = at[out[0]]
            for place in out[1:]:
                total = total + at[place]
            if isinstance(total, float):
                if total < _NEVER:
                    total = at[out[0]] = _NEVER
            elif (never := total < _NEVER).any():
                total = total + _NEVER * never
                at[out[0]] = at[out[0]] + _NEVER * never
            for _, place in before:
                at[place] = at[place] / total
            for place, first, second in products:
                at[place] = at[place] + at[first] * at[second]
        visits: list[Any] = [1.0] * self.size
        done = [0]
        for state, _, before, _ in reversed(self.steps):
            value = visits[state] = sum(visits[other] * at[place] for other, place in before)
            done.append(state)
            if not scaled:
                continue
            if isinstance(value, float):
                scale = 1.0 / value if value > _MANY else None
            else:
                many = value > _MANY
                scale = (~many + many / (value + ~many)) if many.any() else None
            if scale is not None:
                for one in done:
                    visits[one] = visits[one] * scale
        return visits

    def _by_state(self, flows: Sequence[Any], qualities: int, *, scaled: bool) -> list[Any]:
        """The same visits, with one row for each flow and all products of a state at once."""
        import numpy as np

        if not self._places:
            for _, after, before, products in self.steps:
                ways, adding = np.array(before), np.array(products, dtype=np.intp).reshape(-1, 3)
                self._places.append((np.array(after), *ways.T, *adding.T))
        at: Floats = np.zeros((self.slots, qualities))
        for place, flow in enumerate(flows):
            at[place] = flow
        for out, _, places, adding, first, second in self._places:
            total = at[out].sum(axis=0)
            never = _NEVER * (total < _NEVER)
            at[out[0]] += never
            at[places] /= total + never
            at[adding] += at[first] * at[second]
        visits = np.zeros((self.size, qualities))
        visits[0] = 1.0
        for (state, *_), (_, others, places, *_) in zip(
            reversed(self.steps), reversed(self._places), strict=True
        ):
            visits[state] = (visits[others] * at[places]).sum(axis=0)
            if scaled and (many := visits[state] > _MANY).any():
                visits /= np.where(many, visits[state], 1.0)
        return visits.ravel().tolist() if isinstance(flows[0], float) else list(visits)


def elimination_of(size: int, ways: Iterable[tuple[int, int]]) -> Elimination:
    """Work out the elimination of a chain: states with few neighbours are taken out first, the first state never.

    Parameters
    ----------
    size : int
        Number of states; every state is reached from the first, and leads back to it.
    ways : iterable of (int, int)
        Ways between different states.

    Examples
    --------
    >>> chain = elimination_of(2, [(0, 1), (1, 0)])
    >>> chain.visits([0.25, 0.5])
    [1.0, 0.5]
    """
    kept = tuple(ways)
    after: list[dict[int, int]] = [{} for _ in range(size)]
    before: list[dict[int, int]] = [{} for _ in range(size)]
    for slot, (one, other) in enumerate(kept):
        after[one][other] = slot
        before[other][one] = slot
    slots = len(kept)
    waiting = [(len(after[state]) * len(before[state]), state) for state in range(1, size)]
    heapify(waiting)
    gone = [False] * size
    steps = []
    while waiting:
        work, state = heappop(waiting)
        if gone[state]:
            continue
        if work != len(after[state]) * len(before[state]):
            heappush(waiting, (len(after[state]) * len(before[state]), state))
            continue
        gone[state] = True
        products = []
        for other, first in before[state].items():
            del after[other][state]
            for to, second in after[state].items():
                if to == other:
                    continue
                if to not in after[other]:
                    after[other][to] = before[to][other] = slots
                    slots += 1
                products.append((after[other][to], first, second))
        for to in after[state]:
            del before[to][state]
        steps.append((state, dict(after[state]), tuple(before[state].items()), tuple(products)))
    last = {state: place for place, (state, *_) in enumerate(steps)}
    last[0] = size
    return Elimination(
        size,
        kept,
        tuple(
            (
                state,
                tuple(out[to] for to in sorted(out, key=last.__getitem__, reverse=True)),
                ways_in,
                products,
            )
            for state, out, ways_in, products in steps
        ),
        slots,
    )
