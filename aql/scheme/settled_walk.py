"""Follows a series lot by lot until it has settled: from then on, the same share of what is left ends with every lot."""

from __future__ import annotations

import math
from dataclasses import dataclass

from aql.errors import DomainError
from aql.plans.arrays import Floats
from aql.scheme.moves import Moves

__all__ = ["SettledWalk", "settled_walk"]

_SAME, _NOTHING, _MOST_LOTS = 1e-13, 1e-290, 100_000


@dataclass(frozen=True, slots=True, eq=False)
class SettledWalk:
    """A series that was followed until it settled.

    Attributes
    ----------
    first : ndarray
        Weight that reaches the goal at each lot followed.
    lots : float
        Mean number of lots, those still to come included.
    left : float
        What has neither reached the goal nor stopped.
    share, ending : float
        Share of what is left that reaches the goal with every further lot, and that ends in any way.
    lost : float
        Weight that never reaches the goal.
    residual : float
        Largest relative change of the share of a state at the last lot followed.
    """

    first: Floats
    lots: float
    left: float
    share: float
    ending: float
    lost: float
    residual: float

    @property
    def to_come(self) -> float:
        """Weight that reaches the goal later than at the lots followed."""
        return self.left * (self.share / self.ending) if self.ending > 0 else 0.0

    def after(self, lots: Floats) -> Floats:
        """Return what is left after further lots, as a share of what is left now."""
        import numpy as np

        # All may end with one lot.
        rate = math.log1p(-self.ending) if self.ending < 1 else -math.inf
        with np.errstate(invalid="ignore"):
            return np.where(lots > 0, np.exp(np.asarray(lots, dtype=float) * rate), 1.0)

    def lots_to(self, share: float) -> float:
        """Return the number of further lots after which no more than a share of what is left now is left."""
        if share <= 0 or self.ending <= 0:
            return math.inf
        return (
            1.0
            if self.ending >= 1
            else max(1.0, float(math.ceil(math.log(share) / math.log1p(-self.ending))))
        )


def settled_walk(moves: Moves, weights: Floats, chances: Floats) -> SettledWalk:
    """Follow a series from the weights of the states on; state 0 is the goal, state 1 a series that stopped.

    Raises
    ------
    DomainError
        If it does not settle within 100 000 lots.
    """
    import numpy as np

    first: list[float] = []
    lots = ending = drift = stopped = share = 0.0
    left = float(weights[2:].sum())
    settled = left == 0
    while not settled:
        if len(first) == _MOST_LOTS:
            raise DomainError(f"the series must settle within {_MOST_LOTS} lots", code="too-large")
        lots += left
        after = moves.step(weights, chances)
        goal, stop = float(after[0]), float(after[1])
        first.append(goal)
        stopped += stop
        after[:2] = 0.0
        share, ending = goal / left, (goal + stop) / left
        before, weights, left = weights / left, after, float(after.sum())
        # Each state has kept its share, however small it is.
        drift = float((np.abs(after / (left or 1.0) - before) / np.maximum(before, _NOTHING)).max())
        settled = left <= _NOTHING or drift <= _SAME
    rest = left / ending if ending > 0 else 0.0
    lost = stopped + (rest * max(ending - share, 0.0) if ending > 0 else left)
    return SettledWalk(
        np.array(first),
        lots + rest,
        left,
        share,
        ending,
        lost,
        drift if left > _NOTHING else 0.0,
    )
