"""Qualities and chances of a series of lots whose quality may change, followed lot by lot."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from aql.checks import whole_number
from aql.errors import DomainError
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike
from aql.plans.inspection_error import Inspector, averaged, seen
from aql.plans.quality import Quality, parse_quality
from aql.scheme.chain import Chain
from aql.scheme.long_run_chain import Switching, kind_chances
from aql.scheme.moves import Moves
from aql.types import Model, Unit

__all__ = ["SettledWalk", "chances_by_lot", "qualities_by_lot", "settled_walk"]

_MOST_LOTS = 10**6


def qualities_by_lot(
    p: Number | Numbers | SeriesLike | None,
    lots: int | None,
    *,
    model: Model,
    lot_size: int | None,
    nonconforming: Number | Numbers | SeriesLike | None,
    unit: Unit,
) -> tuple[Quality, int]:
    """Check the qualities of a walk lot by lot, one or one per lot; return them with the number of lots."""
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    import numpy as np

    shape = np.shape(given.values)
    if len(shape) > 1 or (shape and shape[0] == 0):
        raise DomainError(f"p must be one quality or one per lot, got an array of shape {shape}")
    if np.isnan(given.values).any():
        raise DomainError("p must be known for every lot, got NaN")
    if lots is None:
        if not shape:
            raise DomainError("lots is required with one quality", code="missing-value")
        return given, shape[0]
    count = whole_number(lots, "lots", least=1, most=_MOST_LOTS)
    if shape and shape[0] != count:
        raise DomainError(f"p must be one quality or {count}, one per lot, got {shape[0]}")
    return given, count


def chances_by_lot(scheme: Switching, chain: Chain, given: Quality, inspector: Inspector | None) -> Floats:
    """Return the chances of all kinds of outcome for a walk lot by lot, one row per quality."""
    import numpy as np

    apparent = seen(given, inspector)
    model, size = given.model, given.lot_size

    def work(values: Floats) -> Any:
        return np.array(kind_chances(scheme, chain, values, model, size))

    found: Floats = averaged(work, apparent, inspector)(np.atleast_1d(np.asarray(apparent.values)))
    return found.T


_SAME, _NOTHING, _MOST_FOLLOWED = 1e-13, 1e-290, 100_000


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
        if len(first) == _MOST_FOLLOWED:
            raise DomainError(f"the series must settle within {_MOST_FOLLOWED} lots", code="too-large")
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
