"""The average sample number (ASN): the mean number of items inspected before a plan decides."""

from __future__ import annotations

from typing import Unpack, overload

from aql.checks import choice
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector, averaged, seen
from aql.plans.largest_plans import computed_steps
from aql.plans.protocols import Sampled
from aql.plans.quality import parse_quality
from aql.plans.stage import Staged
from aql.types import INSPECTIONS, InspectionExtent, Model, Unit

__all__ = ["asn"]


@overload
def asn(plan: Staged, p: Number, **law: Unpack[Sampled]) -> float: ...
@overload
def asn(plan: Staged, p: SeriesT, **law: Unpack[Sampled]) -> SeriesT: ...
@overload
def asn(plan: Staged, p: Numbers, **law: Unpack[Sampled]) -> Floats: ...
@overload
def asn(plan: Staged, *, nonconforming: Number, **law: Unpack[Sampled]) -> float: ...
@overload
def asn(plan: Staged, *, nonconforming: SeriesT, **law: Unpack[Sampled]) -> SeriesT: ...
@overload
def asn(plan: Staged, *, nonconforming: Numbers, **law: Unpack[Sampled]) -> Floats: ...
def asn(
    plan: Staged,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    inspection: InspectionExtent = "full",
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    r"""Average sample number of a plan: mean number of items inspected before it decides.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p, model, lot_size, nonconforming, unit, inspector
        As in `aql.plans.pa`.
    inspection : {"full", "semi", "curtailed"}
        ``"full"``: every sample is completed. ``"semi"``: the first sample is completed; from the second sample on,
        inspection stops as soon as the rejection number is reached. ``"curtailed"``: the first sample stops then, too.

    Returns
    -------
    float, ndarray of float64, or Series
        Average sample number, in the type and shape of the quality. [items]

    Raises
    ------
    DomainError
        As `aql.plans.pa`; also if `inspection` is unknown.

    Notes
    -----
    A sample of `n` items that stops at the m-th nonconforming item has a mean of
    :math:`n P(X_n < m) + (m/p) P(X_{n+1} > m)` items, where :math:`X_n` is binomial. For a finite lot, 1/p becomes
    (N + 1)/(D + 1), and the second probability is that of a lot of N + 1 items with D + 1 nonconforming. With
    nonconformities, inspection stops only after a whole item, and the mean is :math:`\sum_{t=0}^{n-1} P(X_t < m)` items
    with :math:`X_t` Poisson.

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
    from aql.plans.acceptance.stages import finished_items
    from aql.plans.curtailment import curtailed_items

    choice(inspection, "inspection", INSPECTIONS)
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    given = seen(given, inspector)
    steps, size = computed_steps(plan, given.lot_size), given.lot_size
    full = {"full": len(steps), "semi": 1, "curtailed": 0}[inspection]
    if full == len(steps) and isinstance(given.values, float) and (size is None or inspector is None):
        return finished_items(steps, full, given.values, model, size)

    def items(values: Floats) -> Floats:
        total = finished_items(steps, full, values, model, size)
        for place in range(full, len(steps)):
            total = total + curtailed_items(steps, place, values, model, size)
        return total

    return given.alike(given.evaluate(averaged(items, given, inspector)))
