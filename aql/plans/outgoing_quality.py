"""The average outgoing quality if rejected lots are screened (AOQ), and its limit (AOQL)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Unpack, overload

from aql.checks import choice
from aql.checks import lot_size as checked_lot_size
from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector, apparent_in
from aql.plans.largest_plans import checked_size, computed_steps
from aql.plans.protocols import Screened
from aql.plans.quality import Quality, Work, parse_quality
from aql.plans.stage import Staged, Steps
from aql.plans.total_inspection import screened
from aql.types import FOUND, MODELS, Found, Model, Unit

__all__ = ["Aoql", "aoq", "aoql", "check_aoql_of_lot"]

# Search for the largest value: points in the first grid and in each refinement; relative width at which it ends.
_GRID, _FINE, _SAME = 2000, 201, 1e-9
# Sums over the counts in a lot take longer than those of a process.
_LARGEST_RE = 10**5


@dataclass(frozen=True, slots=True)
class Aoql(JsonValue):
    """Average outgoing quality limit: the worst average outgoing quality, and the incoming quality that causes it.

    Attributes
    ----------
    value : float
        The limit, a fraction nonconforming or nonconformities in the given unit.
    at : float
        Incoming quality at which it is reached.
    """

    value: float
    at: float


@overload
def aoq(plan: Staged, p: Number, *, lot_size: int | None = ..., **how: Unpack[Screened]) -> float: ...
@overload
def aoq(plan: Staged, p: SeriesT, *, lot_size: int | None = ..., **how: Unpack[Screened]) -> SeriesT: ...
@overload
def aoq(plan: Staged, p: Numbers, *, lot_size: int | None = ..., **how: Unpack[Screened]) -> Floats: ...
@overload
def aoq(
    plan: Staged, *, nonconforming: Number, lot_size: int | None = ..., **how: Unpack[Screened]
) -> float: ...
@overload
def aoq(
    plan: Staged, *, nonconforming: SeriesT, lot_size: int | None = ..., **how: Unpack[Screened]
) -> SeriesT: ...
@overload
def aoq(
    plan: Staged, *, nonconforming: Numbers, lot_size: int | None = ..., **how: Unpack[Screened]
) -> Floats: ...
def aoq(
    plan: Staged,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    lot_size: int | None = None,
    found: Found = "replaced",
    model: Model = "binomial",
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    r"""Average outgoing quality of a plan if every item of rejected lots is inspected (screening).

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p, model, nonconforming, unit
        As in `aql.plans.pa`.
    lot_size : int, optional
        Lot size. [items] Without it, lots are assumed to be much larger than the sample.
    found : {"replaced", "removed"}
        What is done with the nonconforming items found: replaced by conforming items, or removed, which makes the lot
        smaller.
    inspector : Inspector, optional
        Inspection error in the sample, in screening and on replacements, which come from the same process; only with
        the binomial model and ``found="replaced"``.

    Returns
    -------
    float, ndarray of float64, or Series
        Delivered quality: true fraction nonconforming, or nonconformities in the given unit; in the type and shape of
        the quality.

    Raises
    ------
    DomainError
        As `aql.plans.pa`; also if `found` is unknown or is ``"removed"`` without a lot size, or if there is an inspector
        with another model or one who would pass no items at all.

    Notes
    -----
    With :math:`a_i` the probability of acceptance after :math:`N_i` items: replaced,
    :math:`\mathrm{AOQ} = p s` with :math:`s = \sum_i a_i (N - N_i)/N`, the share of the nonconforming items that is
    delivered; removed, :math:`\mathrm{AOQ} = p s / (1 - p + p s)`, which is :math:`p s N / (N - p\,\mathrm{ATI})`
    [1]_. With the hypergeometric model, :math:`a_i` is that of the lot without one of its nonconforming items, which
    makes both exact: the nonconforming items that are delivered over the items that are delivered, both expected.

    An imperfect inspector replaces every item called nonconforming by one of the same process, until one passes
    [2]_ [3]_. A place in the lot that was inspected then contains a nonconforming item with probability
    :math:`q = p m / (1 - p')`, any other place with probability p. With :math:`a_i` at the apparent quality p',
    :math:`\mathrm{AOQ} = q + (p - q) \sum_i a_i (N - N_i)/N`.

    References
    ----------
    .. [1] E. G. Schilling and D. V. Neubauer, Acceptance Sampling in Quality Control, 3rd ed., CRC Press, 2017.
    .. [2] R. D. Collins, K. E. Case and G. K. Bennett, "The effects of inspection error on single sampling inspection
       plans", Int. J. Prod. Res. 11 (1973) 289-298.
    .. [3] K. E. Case, G. K. Bennett and J. W. Schmidt, "The effect of inspection error on average outgoing quality",
       J. Qual. Technol. 7 (1975) 28-33.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> from aql.plans import Inspector
    >>> plan = SinglePlan(n=52, ac=2)
    >>> round(aoq(plan, 0.015, lot_size=5000), 7)
    0.0142013
    >>> round(aoq(plan, 0.05, lot_size=5000), 5)
    0.02546
    >>> round(aoq(plan, 0.05, lot_size=5000, inspector=Inspector(miss=0.2)), 5)
    0.03606
    """
    choice(found, "found", FOUND)
    given, size, steps = screened(plan, p, lot_size, model, nonconforming, unit)
    if found == "removed" and size is None:
        raise DomainError('lot_size is required with found="removed"')
    if inspector is not None and found == "removed":
        raise DomainError("found must be \"replaced\" with an inspector, got 'removed'", value=found)
    apparent = apparent_in(given, inspector)

    def delivered(values: Floats) -> Floats:
        import numpy as np

        fractions = values / (given.lot_size or 1)
        if inspector is not None:
            looks = apparent(values)
            kept = fractions * inspector.miss / (1.0 - looks)
            return kept + (fractions - kept) * _passed(steps, size, looks, given)
        share = _passed(steps, size, values, given)
        passed = given.scale * fractions * share
        if found == "removed":
            left = (1.0 - fractions) + fractions * share
            with np.errstate(invalid="ignore", divide="ignore"):
                passed = np.where(left > 0, passed / left, 0.0)
        return passed

    return given.alike(given.evaluate(delivered))


def aoql(
    plan: Staged,
    *,
    lot_size: int | None = None,
    found: Found = "replaced",
    model: Model = "binomial",
    unit: Unit = "item",
) -> Aoql:
    """Average outgoing quality limit of a plan: the largest `aql.plans.aoq` over all incoming qualities.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    lot_size, found, model, unit
        As in `aql.plans.aoq`.

    Returns
    -------
    Aoql
        The limit and the incoming quality at which it is reached, in the given unit.

    Raises
    ------
    DomainError
        As `aql.plans.aoq`; also if the plan rejects nothing, so that the outgoing quality can be as bad as 1.

    Notes
    -----
    An imperfect inspector has no such limit, because items missed in screening are delivered in ever greater numbers as
    quality gets worse.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> limit = aoql(SinglePlan(n=52, ac=2), lot_size=5000)
    >>> round(limit.value, 7), round(limit.at, 6)
    (0.0260302, 0.042997)
    """
    if choice(model, "model", MODELS) == "hypergeometric":
        size = checked_lot_size(lot_size)
        check_aoql_of_lot(plan, size)
        return _largest_in_lot(
            lambda bad: aoq(plan, nonconforming=bad, lot_size=size, found=found, model=model), size
        )
    from aql.plans.acceptance.ends import turning_point

    scale = parse_quality(0.0, model=model, unit=unit).scale
    pivot, always = turning_point(computed_steps(plan), model == "poisson")
    if always:
        raise DomainError(f"plan must reject some lots to have an AOQL, got {plan!r}", value=plan)
    top = 1.0 if model == "binomial" else 40 * pivot + 40
    return _largest(
        lambda grid: aoq(plan, grid, lot_size=lot_size, found=found, model=model), pivot / 1000, top, scale
    )


def check_aoql_of_lot(plan: Staged, size: int) -> None:
    """Raise `DomainError` if the sums over the counts in a lot of this size would take too long."""
    checked_size(computed_steps(plan, size)[-1][3], "re", _LARGEST_RE, "the AOQL of a lot")


def _largest(outgoing: Work, low: float, top: float, scale: float) -> Aoql:
    """The largest outgoing quality between two incoming qualities, in a unit of `scale` per item."""
    import numpy as np

    grid = np.unique(np.concatenate([np.geomspace(low, top, _GRID), np.linspace(low, top, _GRID)]))
    while True:
        values = outgoing(grid)
        best = int(np.argmax(values))
        left, right = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
        if right - left < _SAME * right:
            return Aoql(scale * float(values[best]), scale * float(grid[best]))
        grid = np.linspace(left, right, _FINE)


def _largest_in_lot(outgoing: Work, size: int) -> Aoql:
    """The largest value of an outgoing quality over the numbers nonconforming in a lot."""
    import numpy as np

    def whole(numbers: Floats) -> Floats:
        found: Floats = np.unique(np.rint(numbers))
        return found

    grid = whole(np.concatenate([[0.0], np.geomspace(1, size, _GRID), np.linspace(0, size, _GRID)]))
    while True:
        values = outgoing(grid)
        best = int(np.argmax(values))
        left, right = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
        if right - left <= 2:
            return Aoql(float(values[best]), float(grid[best]) / size)
        grid = whole(np.linspace(left, right, _FINE))


def _passed(steps: Steps, size: int | None, values: Floats, given: Quality) -> Floats:
    """Share of the nonconforming items that are delivered."""
    import numpy as np

    from aql.plans.acceptance.stages import stage_arrays

    total = np.where(np.isnan(values), np.nan, 0.0)
    lot_size, stages = given.lot_size, len(steps)
    if lot_size is not None:
        # Follow one nonconforming item: the other items are a lot of N - 1 with D - 1 nonconforming.
        values, stages = np.maximum(values - 1, 0.0), sum(step[1] < lot_size for step in steps)
        lot_size -= 1
    accept = stage_arrays(steps, values, given.model, lot_size, stages=stages)[1] if stages else []
    for (_, drawn, _, _), accepted in zip(steps, accept, strict=False):
        total = total + accepted * (1.0 if size is None else (size - drawn) / size)
    return total
