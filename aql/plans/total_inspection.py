"""The average total inspection (ATI): mean number of items inspected per lot if rejected lots are screened."""

from __future__ import annotations

from typing import Unpack, overload

from aql.checks import choice
from aql.checks import lot_size as checked_lot_size
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector, apparent_in
from aql.plans.largest_plans import computed_steps
from aql.plans.protocols import Process
from aql.plans.quality import Quality, Work, parse_quality
from aql.plans.stage import Staged, Steps
from aql.types import MODELS, Model, Unit

__all__ = ["afi", "ati", "screened"]


@overload
def ati(plan: Staged, p: Number, *, lot_size: int, **how: Unpack[Process]) -> float: ...
@overload
def ati(plan: Staged, p: SeriesT, *, lot_size: int, **how: Unpack[Process]) -> SeriesT: ...
@overload
def ati(plan: Staged, p: Numbers, *, lot_size: int, **how: Unpack[Process]) -> Floats: ...
@overload
def ati(plan: Staged, *, nonconforming: Number, lot_size: int, **how: Unpack[Process]) -> float: ...
@overload
def ati(plan: Staged, *, nonconforming: SeriesT, lot_size: int, **how: Unpack[Process]) -> SeriesT: ...
@overload
def ati(plan: Staged, *, nonconforming: Numbers, lot_size: int, **how: Unpack[Process]) -> Floats: ...
def ati(
    plan: Staged,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    lot_size: int,
    model: Model = "binomial",
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    r"""Average total inspection of a plan, per lot: the samples of accepted lots, and every item of rejected ones.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p, model, nonconforming, unit
        As in `aql.plans.pa`.
    lot_size : int
        Lot size. [items]
    inspector : Inspector, optional
        As in `aql.plans.aoq`; inspections of replacements are included.

    Returns
    -------
    float, ndarray of float64, or Series
        :math:`\sum_i a_i N_i + N (1 - P_a)`, in the type and shape of the quality. [items] With an inspector, this is
        computed at the apparent quality p' and divided by 1 - p', because each place takes 1 / (1 - p') inspections on
        average until an item passes.

    Raises
    ------
    DomainError
        As `aql.plans.aoq`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> from aql.plans import Inspector
    >>> plan = SinglePlan(n=52, ac=2)
    >>> round(ati(plan, 0.015, lot_size=5000), 2)
    266.25
    >>> round(ati(plan, 0.05, lot_size=5000, inspector=Inspector(miss=0.2)), 1)
    1834.3
    """
    size = checked_lot_size(lot_size)
    given, _, steps = screened(plan, p, size, model, nonconforming, unit)
    return given.alike(given.evaluate(_total(steps, size, given, inspector)))


@overload
def afi(plan: Staged, p: Number, *, lot_size: int, **how: Unpack[Process]) -> float: ...
@overload
def afi(plan: Staged, p: SeriesT, *, lot_size: int, **how: Unpack[Process]) -> SeriesT: ...
@overload
def afi(plan: Staged, p: Numbers, *, lot_size: int, **how: Unpack[Process]) -> Floats: ...
@overload
def afi(plan: Staged, *, nonconforming: Number, lot_size: int, **how: Unpack[Process]) -> float: ...
@overload
def afi(plan: Staged, *, nonconforming: SeriesT, lot_size: int, **how: Unpack[Process]) -> SeriesT: ...
@overload
def afi(plan: Staged, *, nonconforming: Numbers, lot_size: int, **how: Unpack[Process]) -> Floats: ...
def afi(
    plan: Staged,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    lot_size: int,
    model: Model = "binomial",
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Average fraction inspected under a plan: its total inspection, `aql.plans.ati`, as a share of the lot.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(afi(SinglePlan(n=52, ac=2), 0.015, lot_size=5000), 5)
    0.05325
    """
    size = checked_lot_size(lot_size)
    given, _, steps = screened(plan, p, size, model, nonconforming, unit)
    inspected = _total(steps, size, given, inspector)
    return given.alike(given.evaluate(lambda values: inspected(values) / size))


def screened(
    plan: Staged,
    p: Number | Numbers | SeriesLike | None,
    lot_size: int | None,
    model: Model,
    nonconforming: Number | Numbers | SeriesLike | None,
    unit: Unit,
) -> tuple[Quality, int | None, Steps]:
    """Return what total inspection needs: the checked quality and lot size, and the plan's steps applied to the lot."""
    size = None if lot_size is None else checked_lot_size(lot_size)
    choice(model, "model", MODELS)
    finite = size if model == "hypergeometric" else None
    given = parse_quality(p, model=model, lot_size=finite, nonconforming=nonconforming, unit=unit)
    return given, size, computed_steps(plan, size)


def _total(steps: Steps, size: int, given: Quality, inspector: Inspector | None) -> Work:
    """Return a function that computes the items inspected per lot, including those of an inspector's replacements."""
    apparent = apparent_in(given, inspector)

    def total(values: Floats) -> Floats:
        looks = apparent(values)
        items = _inspected_items(steps, size, looks, given)
        return items if inspector is None else items / (1.0 - looks)

    return total


def _inspected_items(steps: Steps, size: int, values: Floats, given: Quality) -> Floats:
    """Average number of items inspected per lot if rejected lots are screened."""
    from aql.plans.acceptance.stages import stage_arrays

    _, accept, reject = stage_arrays(steps, values, given.model, given.lot_size)
    total: Floats = size * sum(reject[1:], reject[0])
    for (_, drawn, _, _), accepted in zip(steps, accept, strict=True):
        total = total + drawn * accepted
    return total
