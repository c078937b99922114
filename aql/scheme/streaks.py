"""The shares of the severities under limit numbers, for chains that are too large for elimination.

With a fresh start after every lot not accepted, a run on normal inspection is a row of streaks of accepted lots. A streak
ends in reduced inspection, with probability s, or in a lot not accepted. The second of two such lots within the window
of tightened inspection ends the run, so a streak after the first one ends in tightened inspection with probability
t = (1 - P)(1 + P + ...), a sum with one term for each lot of the window but one. With l the mean length of a streak, the
run has on average l (1 + (1 - P) l / (s + t)) lots. Only s and l need the many states: they are summed lot by lot, until
the same share of what is left ends with every lot; the rest is geometric. Nothing is subtracted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aql.plans.arrays import Floats
from aql.scheme.chain import Chain, Forces
from aql.scheme.lot_outcomes import kinds
from aql.scheme.rules import Rules
from aql.scheme.streak_states import streak_states

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Streaks", "streaks_of"]

# A streak is followed until the share of it that ends in reduced inspection changes by no more than this, for
# as many lots as a window has.
_SAME, _MOST_LOTS = 1e-13, 100_000
_FOREVER = 1e280


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

    def shares(self, chances: list[Any]) -> list[Any]:
        """Return the share of lots on normal, tightened and reduced inspection, from the chances of all kinds."""
        return self.shares_and_residual(chances)[:3]

    def shares_and_residual(self, chances: list[Any]) -> list[Any]:
        """Return the three shares and the residual.

        The residual is what a last change of the share of a streak that ends in reduced inspection could still make to
        the probability that it does, relative to that probability.
        """
        import numpy as np

        values = np.stack([np.atleast_1d(np.asarray(one, dtype=float)) for one in chances])
        columns = [self._shares_at(column) for column in values.T]
        if all(isinstance(one, float) for one in chances):
            return list(columns[0])
        return list(np.array(columns).T)

    def _shares_at(self, chances: Floats) -> tuple[float, float, float, float]:
        """The shares and the residual at one quality."""
        import numpy as np

        if np.isnan(chances).any():
            return (float("nan"),) * 4
        counts = len(self._following)
        bad = float(chances[counts])
        switched, length, early, off = self._streak(chances[:counts], bad)
        tightened = bad * early
        ends = switched + tightened
        later = bad * length / ends
        lengths = (
            length * (1.0 + later),
            later * tightened * self._tightened(chances[counts + 1 :]),
            switched * (1.0 + later) * self._reduced(chances),
        )
        total = sum(lengths)
        return lengths[0] / total, lengths[1] / total, lengths[2] / total, off

    def _streak(self, good: Floats, bad: float) -> tuple[float, float, float, float]:
        """Probability that a streak ends in reduced inspection, its mean length, that up to the window; the residual."""
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
                return switched + share * rest, length + rest, early, change * rest / switched
            if left < 1e-300:
                break
        return switched, length, early, 0.0

    def _tightened(self, chances: Floats) -> float:
        """Mean length of a run on tightened inspection: the sum of the powers of 1 / P."""
        accepted = float(chances[: len(self.chain.kinds[1]) - 1].sum())
        power, total = 1.0, 0.0
        for _ in range(self.rules.normal_accepted):
            if accepted <= 1e-50:
                return _FOREVER
            power /= accepted
            total += power
        return total

    def _reduced(self, chances: Floats) -> float:
        """Mean length of a run on reduced inspection."""
        some = self.chain.kinds[2]
        leaving = sum(
            float(chance)
            for kind, chance in zip(some, chances[-len(some) :], strict=True)
            if kind.outcome.gap or not kind.outcome.accepted
        )
        return min(1.0 / leaving, _FOREVER) if leaving > 0 else _FOREVER


def streaks_of(rules: Rules, forces: Forces) -> Streaks | None:
    """Return the chain of a scheme as streaks; None if the rules end a run on normal in another way."""
    following = streak_states(rules, forces[0])
    if following is None or rules.tightened_rejected != 2 or not rules.fresh_window:
        return None
    chain = Chain((), tuple(kinds(rules, force) for force in forces), ())
    return Streaks(chain, following[0].size, rules, following)
