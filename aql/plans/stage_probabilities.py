"""What happens stage by stage: how likely each stage is reached and decides, and how many items are inspected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from aql.errors import DomainError
from aql.plans.acceptance.curve import sum_ends_array
from aql.plans.acceptance.finite_lot import sum_finite
from aql.plans.acceptance.paths import Compiled, Ends, Steps, compiled, steps_of
from aql.plans.acceptance.stage_by_stage import stage_ends
from aql.plans.curtailment import curtailed
from aql.plans.quality import Qualities, by_blocks, qualities, shaped
from aql.plans.whole_lot import on_lot

if TYPE_CHECKING:
    from aql.distributions.terms import Floats
    from aql.plans.plan import Plan

__all__ = ["StageProbabilities", "asn", "stage_arrays", "stage_probabilities"]

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
    reach, accept, reject = stage_arrays(_steps(plan, given), given)
    return StageProbabilities(
        *(tuple(shaped(one, given) for one in part) for part in (reach, accept, reject)),
    )


def _steps(plan: Plan, given: Qualities) -> Steps:
    return steps_of(plan if given.lot_size is None else on_lot(plan, given.lot_size))


def stage_arrays(
    steps: Steps, given: Qualities, *, stages: int | None = None
) -> tuple[list[Floats], list[Floats], list[Floats]]:
    """Probabilities that each stage is reached, accepts and rejects, at checked qualities; the first `stages` only."""
    values = np.atleast_1d(given.values).ravel()
    code = compiled(steps, "poisson" if given.model == "poisson" else "binomial")
    missing = np.where(np.isnan(values), np.nan, 0.0)
    one = np.where(np.isnan(values), np.nan, 1.0)
    shape = given.values.shape
    if not code.short:
        parts = stage_ends(steps[:stages], values, code.model, given.lot_size)
        return tuple([part.reshape(shape) for part in each] for each in parts)  # type: ignore[return-value]
    pivot = code.pivot * (given.lot_size or 1)
    below = values < pivot
    reach, accept, reject = [one], [], []
    for place in range(len(steps) if stages is None else stages):
        onward, accepted, rejected = missing.copy(), missing.copy(), missing.copy()
        for side, falling in ((below, False), (~below, True)):
            if side.any():
                here = values[side]
                on = _part(
                    code.onward_falling if falling else code.onward_rising, place, code, here, given, falling
                )
                near = _part(code.accept if falling else code.reject, place, code, here, given, falling)
                far = np.maximum(reach[-1][side] - near - on, 0.0)
                onward[side] = on
                accepted[side], rejected[side] = (near, far) if falling else (far, near)
        accept.append(accepted)
        reject.append(rejected)
        reach.append(onward)
    return (
        [part.reshape(shape) for part in reach[:-1]],
        [part.reshape(shape) for part in accept],
        [part.reshape(shape) for part in reject],
    )


def _part(
    ends: Sequence[Ends | None], place: int, code: Compiled, values: Floats, given: Qualities, falling: bool
) -> Floats:
    one = ends[place] if place < len(ends) else None
    if one is None:
        return np.where(np.isnan(values), np.nan, 0.0)
    if given.lot_size is not None:
        return sum_finite((one,), given.lot_size, values, falling=falling)
    return sum_ends_array((one,), code, values, falling=falling)


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
    steps = _steps(plan, given)
    full = {"full": len(steps), "semi": 1, "curtailed": 0}[inspection]

    def inspected(some: Qualities) -> Floats:
        total = _finished(steps[:full], steps, some)
        for place in range(full, len(steps)):
            total = total + curtailed(steps, place, some)
        return total

    return shaped(by_blocks(inspected, given), given)


def _finished(finished: Steps, steps: Steps, given: Qualities) -> Floats:
    """Items inspected in those first stages, each finished once it is begun."""
    values = np.atleast_1d(given.values).ravel()
    total = np.where(np.isnan(values), np.nan, float(finished[0][0]) if finished else 0.0)
    code = compiled(steps, "poisson" if given.model == "poisson" else "binomial")
    if len(finished) > 1 and not code.short:
        reach = stage_arrays(steps, given)[0]
        return np.asarray(sum(n * each for (n, _, _, _), each in zip(finished, reach, strict=True)))
    if len(finished) > 1:
        below = values < code.pivot * (given.lot_size or 1)
        for side, falling in ((below, False), (~below, True)):
            places = np.flatnonzero(side)
            if places.size:
                ends, here = _weighted(steps, code.model, falling=falling), values[places]
                if given.lot_size is not None:
                    total[places] += sum_finite(ends, given.lot_size, here, falling=falling)
                else:
                    total[places] += sum_ends_array(ends, code, here, falling=falling)
    return total.reshape(given.values.shape)


@lru_cache(maxsize=1024)
def _weighted(steps: Steps, model: str, *, falling: bool) -> tuple[Ends, ...]:
    """The ends after which a stage is begun, each counted with the items of that stage."""
    code = compiled(steps, model)
    found = []
    for (n, _, _, _), one in zip(
        steps[1:], code.onward_falling if falling else code.onward_rising, strict=False
    ):
        if one is not None:
            scaled = tuple(n * number for number in one.coefficients)
            found.append(
                replace(one, coefficients=scaled, grid=n * one.grid, shares=tuple(n * s for s in one.shares))
            )
    return tuple(found)
