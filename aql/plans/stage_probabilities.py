"""What happens stage by stage: how likely each stage is reached and decides, and how many items are inspected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aql.errors import DomainError
from aql.plans.acceptance.stages import finished_items, stage_arrays
from aql.plans.curtailment import curtailed
from aql.plans.quality import Qualities, by_blocks, qualities, shaped
from aql.plans.stage import steps_of

if TYPE_CHECKING:
    from aql.distributions import Floats
    from aql.plans.plan import Plan

__all__ = ["StageProbabilities", "asn", "stage_probabilities"]

_INSPECTIONS = ("full", "semi", "curtailed")


@dataclass(frozen=True, slots=True, eq=False)
class StageProbabilities:
    """Probabilities stage by stage, each of the shape of the quality.

    Attributes
    ----------
    reach : tuple of float or ndarray
        Probability that the stage is drawn; 1 for the first.
    accept, reject : tuple of float or ndarray
        Probability that the lot is accepted or rejected at this stage.
    """

    reach: tuple[Any, ...]
    accept: tuple[Any, ...]
    reject: tuple[Any, ...]


def stage_probabilities(
    plan: Plan,
    p: Any = None,
    *,
    model: str = "binomial",
    lot_size: int | None = None,
    nonconforming: Any = None,
    unit: str = "item",
) -> StageProbabilities:
    """Probability that each stage of a plan is reached, accepts, and rejects.

    Parameters and errors are those of `aql.plans.operating_characteristic.pa`.

    Returns
    -------
    StageProbabilities
        One entry a stage, each of the shape of the quality. Acceptances and rejections add up to 1. In a finite lot
        the stages are those that are carried out on it.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> found = stage_probabilities(MultiplePlan((50, 50), (2, 6), (5, 7)), 0.05)
    >>> [round(one, 4) for one in found.accept], [round(one, 4) for one in found.reach]
    ([0.5405, 0.2407], [1.0, 0.3559])
    """
    given = qualities(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    steps, values = steps_of(plan, given.lot_size), np.atleast_1d(given.values).ravel()
    parts = stage_arrays(steps, values, given.model, given.lot_size)
    shape = given.values.shape
    return StageProbabilities(
        *(tuple(shaped(one.reshape(shape), given) for one in part) for part in parts),
    )


def asn(
    plan: Plan,
    p: Any = None,
    *,
    inspection: str = "full",
    model: str = "binomial",
    lot_size: int | None = None,
    nonconforming: Any = None,
    unit: str = "item",
) -> Any:
    r"""Average sample number: how many items are inspected on average before the plan decides.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p, model, lot_size, nonconforming, unit
        As in `aql.plans.operating_characteristic.pa`.
    inspection : {"full", "semi", "curtailed"}
        ``"full"``: every sample that is begun is finished. ``"semi"``: the first sample is finished, and from the
        second on inspection stops as soon as the rejection number is reached. ``"curtailed"``: the first sample
        stops there too.

    Returns
    -------
    float, or ndarray of float64
        Items, of the shape of the quality. [items]

    Raises
    ------
    DomainError
        As `aql.plans.operating_characteristic.pa`, and for an unknown `inspection`.

    Notes
    -----
    A sample of `n` items of which `m` nonconforming ones end it takes, on average,
    :math:`n P(X_n < m) + (m/p) P(X_{n+1} > m)` items, where :math:`X_n` is binomial; for a finite lot 1/p becomes
    (N + 1)/(D + 1) and the second law that of a lot of N + 1 with D + 1 nonconforming items. With nonconformities an
    item is finished before inspection stops: :math:`\sum_{t=0}^{n-1} P(X_t < m)` items, :math:`X_t` Poisson.

    References
    ----------
    .. [1] E. G. Schilling and D. V. Neubauer, Acceptance Sampling in Quality Control, 3rd ed., CRC Press, 2017.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> plan = MultiplePlan(n=(13, 13), ac=(0, 1), re=(2, 2))
    >>> round(asn(plan, 0.18), 9), round(asn(plan, 0.18, inspection="semi"), 9)
    (15.811418112, 14.110408695)
    """
    if inspection not in _INSPECTIONS:
        raise DomainError(
            f"inspection {inspection!r} is not known",
            "inspection is one of " + ", ".join(_INSPECTIONS),
            "Use one of them",
            value=inspection,
        )
    given = qualities(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    steps = steps_of(plan, given.lot_size)
    full = {"full": len(steps), "semi": 1, "curtailed": 0}[inspection]

    def inspected(some: Qualities) -> Floats:
        values = np.atleast_1d(some.values).ravel()
        total = finished_items(steps, full, values, some.model, some.lot_size).reshape(some.values.shape)
        for place in range(full, len(steps)):
            total = total + curtailed(steps, place, some)
        return total

    return shaped(by_blocks(inspected, given), given)
