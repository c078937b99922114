"""Chains with limit numbers that are too large for elimination: one streak of accepted lots, followed lot by lot.

Only what a streak does needs the many states (`streak_shares`). It is summed lot by lot, until the same share of what is
left ends with every lot; the rest is geometric.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from aql.plans.arrays import Floats
from aql.scheme.chain import Chain, Forces
from aql.scheme.lot_outcomes import kinds
from aql.scheme.rules import Rules
from aql.scheme.streak_shares import Streak, streak_shares
from aql.scheme.streak_states import streak_states

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Streaks", "by_quality", "streaks_of"]

# A streak is followed until the share of it that ends in reduced inspection changes by no more than this, for
# as many lots as a window has.
_SAME, _MOST_LOTS = 1e-13, 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Streaks:
    """The chain of a scheme with limit numbers, solved by following a streak of accepted lots.

    Attributes
    ----------
    chain : Chain
        The outcomes of each severity; its states are not listed.
    states : int
        Number of states of a streak.
    rules : Rules
        The switching rules.
    """

    chain: Chain
    states: int
    rules: Rules
    # For each count, the state that follows; one after the last is reduced inspection.
    _following: tuple[NDArray[np.int32], ...] = field(repr=False)
    method: ClassVar[Literal["iterated"]] = "iterated"

    def shares(self, chances: list[Any]) -> list[Any]:
        """Return the share of lots on normal, tightened and reduced inspection, from the chances of all kinds."""
        return self.shares_and_error(chances)[:3]

    def shares_and_error(self, chances: list[Any]) -> list[Any]:
        """Return the three shares and the residual.

        The residual is what a last change of the share of a streak that ends in reduced inspection could still make to
        the probability that it does, relative to that probability.
        """
        return by_quality(chances, self._at)

    def _at(self, chances: Floats) -> tuple[float, ...]:
        """The shares and the residual at one quality."""
        counts = len(self._following)
        streak, off = self._streak(chances[:counts], float(chances[counts]))
        return *streak_shares(self.rules, self.chain.kinds, chances, streak), off

    def _streak(self, good: Floats, bad: float) -> tuple[Streak, float]:
        """What a streak does, and the residual."""
        import numpy as np

        weights = np.zeros(self.states)
        weights[0] = 1.0
        switched = length = early = share = 0.0
        same = 0
        for lot in range(_MOST_LOTS):
            alive = float(weights.sum())
            length += alive
            if lot < self.rules.tightened_window - 1:
                early += alive
            after = np.zeros(self.states + 1)
            for chance, to in zip(good.tolist(), self._following, strict=True):
                if chance > 0:
                    after += np.bincount(to, weights=weights * chance, minlength=self.states + 1)
            gain = float(after[-1])
            switched += gain
            weights = after[:-1]
            left = float(weights.sum())
            before, share = share, gain / alive
            if left <= 0:
                break
            change = abs(share - before)
            same = same + 1 if change <= _SAME * share else 0
            rest = left / (bad + share) if bad + share > 0 else 0.0
            settled = same >= self.rules.reduced_lots or left <= 1e-17 * switched
            if share > 0 and settled and lot > self.rules.tightened_window:
                return Streak(switched + share * rest, length + rest, early), change * rest / switched
            if left < 1e-300:
                break
        return Streak(switched, length, early), 0.0


def by_quality(chances: list[Any], work: Any) -> list[Any]:
    """Return what `work` makes of the chances of all kinds at each quality; NaN where the quality is NaN.

    Numbers give a list of numbers, arrays a list of arrays.
    """
    import numpy as np

    columns = np.stack([np.atleast_1d(np.asarray(one, dtype=float)) for one in chances]).T
    found = [(float("nan"),) * 4 if np.isnan(column).any() else work(column) for column in columns]
    return list(found[0]) if isinstance(chances[0], float) else list(np.array(found).T)


def streaks_of(rules: Rules, forces: Forces) -> Streaks | None:
    """Return the chain of a scheme as streaks; None if it has too many states or ends a run on normal in another way."""
    following = streak_states(rules, forces[0])
    if following is None or rules.tightened_rejected != 2:
        return None
    chain = Chain((), tuple(kinds(rules, force) for force in forces), ())
    return Streaks(chain, following[0].size, rules, following)
