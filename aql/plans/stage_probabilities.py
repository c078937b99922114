"""Probabilities that each stage of a plan is reached, accepts and rejects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar, Unpack, overload

from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector, averaged, seen
from aql.plans.largest_plans import computed_steps
from aql.plans.protocols import Law
from aql.plans.quality import parse_quality
from aql.plans.stage import Staged
from aql.types import Model, Unit
from aql.words import plural

__all__ = ["StageProbabilities", "stage_probabilities"]

Kind = TypeVar("Kind")

_LONGEST = 120  # characters of a repr


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StageProbabilities(Generic[Kind]):
    """Probabilities by stage, each in the type and shape of the quality.

    Attributes
    ----------
    reach : tuple of float, ndarray or Series
        Probability that the stage is drawn; 1 for the first.
    accept, reject : tuple of float, ndarray or Series
        Probability that the lot is accepted or rejected at this stage.
    """

    reach: tuple[Kind, ...]
    accept: tuple[Kind, ...]
    reject: tuple[Kind, ...]

    def __repr__(self) -> str:
        count = f"<StageProbabilities of {plural(len(self.accept), 'stage')}"
        if not all(isinstance(one, float) for one in self.accept):
            return f"{count}, each of shape {getattr(self.accept[0], 'shape', None)}>"
        accept, reject = (" ".join(f"{one:.3g}" for one in part) for part in (self.accept, self.reject))
        text = f"{count}: accept {accept}, reject {reject}>"
        return text if len(text) <= _LONGEST else f"{count}>"


@overload
def stage_probabilities(plan: Staged, p: Number, **law: Unpack[Law]) -> StageProbabilities[float]: ...
@overload
def stage_probabilities(plan: Staged, p: SeriesT, **law: Unpack[Law]) -> StageProbabilities[SeriesT]: ...
@overload
def stage_probabilities(plan: Staged, p: Numbers, **law: Unpack[Law]) -> StageProbabilities[Floats]: ...
@overload
def stage_probabilities(
    plan: Staged, *, nonconforming: Number, **law: Unpack[Law]
) -> StageProbabilities[float]: ...
@overload
def stage_probabilities(
    plan: Staged, *, nonconforming: SeriesT, **law: Unpack[Law]
) -> StageProbabilities[SeriesT]: ...
@overload
def stage_probabilities(
    plan: Staged, *, nonconforming: Numbers, **law: Unpack[Law]
) -> StageProbabilities[Floats]: ...
def stage_probabilities(
    plan: Staged,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> StageProbabilities[float] | StageProbabilities[Floats] | StageProbabilities[SeriesT]:
    """Probability that each stage of a plan is reached, accepts, and rejects.

    Parameters and errors are those of `aql.plans.pa`.

    Returns
    -------
    StageProbabilities
        One entry per stage, each in the type and shape of the quality. The probabilities of acceptance and rejection add
        up to 1. In a finite lot, the stages are those of the plan as applied to the lot.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> plan = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    >>> found = stage_probabilities(plan, 0.05)
    >>> [round(one, 4) for one in found.accept], [round(one, 4) for one in found.reach]
    ([0.5405, 0.2407], [1.0, 0.3559])
    >>> found
    <StageProbabilities of 2 stages: accept 0.541 0.241, reject 0.104 0.115>
    """
    import numpy as np

    from aql.plans.acceptance.stages import stage_arrays

    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    given = seen(given, inspector)
    steps = computed_steps(plan, given.lot_size)

    def probabilities(values: Floats) -> Floats:
        return np.concatenate(stage_arrays(steps, values, given.model, given.lot_size))

    rows = given.evaluate(averaged(probabilities, given, inspector))
    found: list[Any] = [given.alike(row) for row in rows]
    count = len(steps)
    return StageProbabilities(*(tuple(found[at : at + count]) for at in (0, count, 2 * count)))
