"""The moves of a chain as arrays, for a walk lot by lot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aql.plans.arrays import Floats
from aql.scheme.chain import Chain
from aql.types import SEVERITIES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Moves", "moves_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """The moves of a chain as arrays: from, to, and the kind of outcome, counted through the severities."""

    size: int
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    kind: NDArray[np.int64]

    def step(self, weights: Floats, chances: Floats) -> Floats:
        """Return the weights of the states after a lot, given the chances of the kinds."""
        import numpy as np

        flows = weights[self.source] * chances[self.kind]
        return np.bincount(self.target, weights=flows, minlength=self.size).astype(np.float64, copy=False)


def moves_of(chain: Chain) -> Moves:
    """Return the moves of a chain; a discontinued series stays where it is, with no kind of outcome."""
    import numpy as np

    first = [0, len(chain.kinds[0]), len(chain.kinds[0]) + len(chain.kinds[1])]
    rows = [
        (place, to, first[SEVERITIES.index(state.severity)] + kind)
        for place, (state, after) in enumerate(zip(chain.states, chain.following, strict=True))
        for kind, to in enumerate(after)
    ]
    source, target, kinds = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Moves(len(chain.states), source, target, kinds)
