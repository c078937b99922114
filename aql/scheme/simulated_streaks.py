"""Chains with limit numbers that are too large to be solved: streaks of accepted lots, simulated.

Only what a streak does is simulated (`streak_shares`); everything else is exact. A long series of accepted lots is drawn,
and a streak starts at each of them: the first window within the limit number from there on comes after T lots. That none of
them is rejected instead has the probability P to the power of T, which needs no drawing. All qualities use the same random
numbers, so the result is smooth in the quality.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from aql.checks import LARGEST_SEED, whole_number
from aql.plans.arrays import Floats
from aql.scheme.chain import Chain, Forces
from aql.scheme.limit_numbers import items_needed, limit_number
from aql.scheme.lot_outcomes import PlanInForce, kinds
from aql.scheme.rules import Rules
from aql.scheme.streaks import Streak, by_quality, streak_shares

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["LOTS", "SimulatedStreaks", "simulated_streaks"]

LOTS, _LEAST, _MOST, _BATCHES = 100_000, 10_000, 10_000_000, 50


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedStreaks:
    """The chain of a scheme with limit numbers, with simulated streaks of accepted lots.

    Attributes
    ----------
    chain : Chain
        The outcomes of each severity; its states are not listed.
    rules : Rules
        The switching rules.
    normal : PlanInForce
        The plan on normal inspection.
    lots, seed : int
        Number of accepted lots that are drawn, and the seed.
    """

    chain: Chain
    rules: Rules
    normal: PlanInForce
    lots: int
    seed: int
    method: ClassVar[Literal["simulated"]] = "simulated"
    states: ClassVar[None] = None

    def shares(self, chances: list[Any]) -> list[Any]:
        """Return the share of lots on normal, tightened and reduced inspection, from the chances of all kinds."""
        return self.shares_and_error(chances)[:3]

    def shares_and_error(self, chances: list[Any]) -> list[Any]:
        """Return the three shares and the standard error of the share of lots accepted."""
        return by_quality(chances, self._at)

    def _at(self, chances: Floats) -> tuple[float, ...]:
        """The shares and the error at one quality."""
        import numpy as np

        some = self.chain.kinds
        accepted = np.array([kind.outcome.accepted for one in some for kind in one])
        severity = np.repeat(np.arange(3), [len(one) for one in some])
        good = np.bincount(severity, weights=chances * accepted, minlength=3)
        counts = len(some[0]) - 1
        bad = float(chances[counts])
        streak, error = self._streak(chances[:counts], bad)
        shares = streak_shares(self.rules, some, chances, streak)
        # One standard error more and less of the probability that a streak ends in reduced inspection.
        ends = []
        for switched in (max(streak.switched - error, 0.0), min(streak.switched + error, 1.0)):
            length = streak.length + ((streak.switched - switched) / bad if bad > 0 else 0.0)
            off = streak_shares(self.rules, some, chances, Streak(switched, length, streak.early))
            ends.append(float(np.array(off) @ good))
        return *shares, abs(ends[1] - ends[0]) / 2

    def _streak(self, good: Floats, bad: float) -> tuple[Streak, float]:
        """What a streak does, and the standard error of the probability that it ends in reduced inspection."""
        import numpy as np

        early = self.rules.tightened_window - 1
        accepted = float(good.sum())
        if accepted <= 0:
            return Streak(0.0, 1.0, 1.0), 0.0
        lasts = self._lasts(np.cumsum(good)[:-1] / accepted)
        with np.errstate(invalid="ignore", divide="ignore"):  # never, with no lot rejected; or with every lot
            kept = np.where(np.isinf(lasts), 0.0, np.exp(lasts * np.log1p(-bad)))
        switched = float(kept.mean())
        length = float((1.0 - kept).mean() / bad) if bad > 0 else float(np.minimum(lasts, 1e280).mean())
        alive = sum(accepted**lot * float((lasts > lot).mean()) for lot in range(early))
        spread = np.array([part.mean() for part in np.array_split(kept, _BATCHES)]).std(ddof=1)
        # At least as much as one more switch in the lots drawn would make.
        most = accepted**self.rules.reduced_lots
        one_more = max(most - switched, 0.0) / (bad * self.lots) if bad > 0 else 0.0
        return Streak(switched, length, alive), max(float(spread) / math.sqrt(_BATCHES), min(one_more, most))

    def _lasts(self, ends: Floats) -> Floats:
        """For a streak from each lot drawn: the number of lots to the first window within the limit; infinite if none."""
        import numpy as np

        numbers = np.random.default_rng(self.seed).random(self.lots)
        drawn = np.tile(np.searchsorted(ends, numbers, side="right"), 2)  # the series goes on from its start
        some = [kind.outcome for kind in self.chain.kinds[0][:-1]]
        found = _totals(np.array([one.found for one in some])[drawn])
        items = _totals(np.array([one.inspected for one in some])[drawn])
        at = np.arange(found.size)
        # The window that ends with each lot begins here: lots enough, and items enough for the table.
        enough = np.searchsorted(items, items - self._needed, side="right") - 1
        begin = np.minimum(at - self.rules.reduced_lots, enough)
        there = begin >= 0
        inspected = items[at[there]] - items[begin[there]]
        limits = np.full(inspected.max() + 1, -1)
        for size in np.flatnonzero(np.bincount(inspected)).tolist():
            limits[size] = self._limit(size)
        due = np.full(found.size, np.inf)
        within = found[at[there]] - found[begin[there]] <= limits[inspected]
        due[at[there][within]] = at[there][within]
        due = np.minimum.accumulate(due[::-1])[::-1]
        first = np.minimum(np.searchsorted(begin, at[: self.lots]), found.size - 1)
        lasts: Floats = due[first] - at[: self.lots]
        return lasts

    @property
    def _needed(self) -> int:
        return items_needed(self.rules.limit_table, self.normal.limits)

    def _limit(self, inspected: int) -> int:
        limit = limit_number(self.rules.limit_table, self.normal.limits, inspected)
        return -1 if limit is None else limit


def _totals(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The totals before each value, and after the last."""
    import numpy as np

    return np.concatenate([[0], np.cumsum(values)])


def simulated_streaks(rules: Rules, forces: Forces, *, lots: int, seed: int) -> SimulatedStreaks | None:
    """Return the chain of a scheme with simulated streaks; None if the rules end a run on normal in another way."""
    count = whole_number(lots, "lots", least=_LEAST, most=_MOST)
    checked = whole_number(seed, "seed", most=LARGEST_SEED)
    if rules.tightened_rejected != 2:
        return None
    chain = Chain((), tuple(kinds(rules, force) for force in forces), ())
    return SimulatedStreaks(chain, rules, forces[0], count, checked)
