"""The shares of the severities for chains that are too large for elimination, by iteration of one run on normal."""

from __future__ import annotations

from typing import Any

from aql.errors import DomainError
from aql.scheme.chain import Chain
from aql.scheme.moves import moves_of
from aql.types import SEVERITIES

__all__ = ["Iterated"]

# Iteration ends when the share of lots that leave normal inspection no longer changes by more than this.
_SAME, _MOST_LOTS = 1e-14, 100_000


class Iterated:
    """The chain of a scheme, solved by following a run on normal inspection lot by lot.

    A series starts afresh whenever it enters a severity. The shares therefore follow from the mean length of a run on
    each severity and the probability that a run on normal ends in tightened inspection. After some lots, the same share
    of the runs on normal that are left ends with every lot; the rest of the sum is then geometric. Nothing is
    subtracted. `residual` is the last change of that share.
    """

    def __init__(self, chain: Chain) -> None:
        import numpy as np

        self.chain = chain
        self.residual = 0.0
        self._moves = moves_of(chain)
        self._places = np.array([SEVERITIES.index(state.severity) for state in chain.states])
        entered = self._places[self._moves.source] != 0
        back = {int(one) for one in self._moves.target[entered] if self._places[one] == 0}
        if back != {0}:
            raise DomainError(
                "rules must have fresh_window=True for a chain of this size",
                todo="Or simulate: scheme.long_run(p, seed=...)",
                code="too-many-states",
            )

    def shares(self, chances: list[Any]) -> list[Any]:
        """Return the share of lots on normal, tightened and reduced inspection, from the chances of all kinds."""
        import numpy as np

        values = np.stack([np.atleast_1d(np.asarray(one, dtype=float)) for one in chances])
        columns = [self._shares_at(column) for column in values.T]
        if all(isinstance(one, float) for one in chances):
            return list(columns[0])
        return list(np.array(columns).T)

    def _shares_at(self, chances: Any) -> tuple[float, float, float]:
        """The shares at one quality."""
        import numpy as np

        if np.isnan(chances).any():
            return (float("nan"),) * 3
        weights = np.zeros(self._moves.size)
        weights[0] = 1.0
        stay = 0.0
        ends = np.zeros(3)
        before = -1.0
        for _ in range(_MOST_LOTS):
            alive = float(weights.sum())
            stay += alive
            after = self._moves.step(weights, chances)
            gone = np.bincount(self._places, weights=after, minlength=3)
            leaving = (gone[1] + gone[2]) / alive
            after[self._places != 0] = 0.0
            ends[1:] += gone[1:]
            left = float(after.sum())
            self.residual = abs(leaving - before) / leaving if leaving > 0 and left > 0 else 0.0
            if left <= 0.0:
                break
            if leaving > 0 and self.residual <= _SAME:
                # From here on, every lot takes the same share of what is left.
                stay += left / leaving
                ends[1:] += gone[1:] * (left / leaving / alive)
                break
            weights, before = after, leaving
        lengths = (stay, ends[1] * self._run(1, chances), ends[2] * self._run(2, chances))
        total = sum(lengths)
        return lengths[0] / total, lengths[1] / total, lengths[2] / total

    def _run(self, severity: int, chances: Any) -> float:
        """Mean length of a run on tightened or reduced inspection."""
        kinds = self.chain.kinds
        first = len(kinds[0]) if severity == 1 else len(kinds[0]) + len(kinds[1])
        some = range(first, first + len(kinds[severity]))
        if severity == 2:
            stays = [kind.outcome.accepted and not kind.outcome.gap for kind in kinds[2]]
            leaving = sum(float(chances[place]) for place, stay in zip(some, stays, strict=True) if not stay)
            return min(1.0 / leaving, 1e280) if leaving > 0 else 1e280
        wanted = self.chain.states[0].rules.normal_accepted
        accepted = float(sum(chances[place] for place in some[:-1]))
        # The mean number of lots until that many are accepted in a row: the sum of the powers of 1 / P.
        power, total = 1.0, 0.0
        for _ in range(wanted):
            if accepted <= 1e-50:
                return 1e280
            power /= accepted
            total += power
        return total
