"""The operating characteristic of a plan: probabilities of acceptance and rejection by quality, and its slope."""

from __future__ import annotations

from typing import Literal, Unpack, overload

from aql.checks import choice
from aql.plans.acceptance import curve
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector, averaged, seen
from aql.plans.largest_plans import computed_steps
from aql.plans.protocols import Law
from aql.plans.quality import Quality, parse_quality
from aql.plans.stage import Staged
from aql.types import PROCESS_MODELS, Model, ProcessModel, Unit

__all__ = ["pa", "pr", "slope"]


@overload
def pa(plan: Staged, p: Number, **law: Unpack[Law]) -> float: ...
@overload
def pa(plan: Staged, p: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
@overload
def pa(plan: Staged, p: Numbers, **law: Unpack[Law]) -> Floats: ...
@overload
def pa(plan: Staged, *, nonconforming: Number, **law: Unpack[Law]) -> float: ...
@overload
def pa(plan: Staged, *, nonconforming: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
@overload
def pa(plan: Staged, *, nonconforming: Numbers, **law: Unpack[Law]) -> Floats: ...
def pa(
    plan: Staged,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    r"""Probability that a plan accepts a lot: its operating characteristic.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p : number, array_like of numbers, or Series
        Quality, of any shape: fraction nonconforming [1] with the binomial and hypergeometric models; nonconformities
        per item, or per 100 items with ``unit="100 items"``, with the Poisson model.
    model : {"binomial", "hypergeometric", "poisson"}
        ``"binomial"``: a series of lots from a process (Type B). ``"hypergeometric"``: one lot of `lot_size` items (Type
        A), with the plan applied to it as in `aql.plans.on_lot`. ``"poisson"``: nonconformities.
    lot_size : int, optional
        Lot size, required by the hypergeometric model. [items]
    nonconforming : number, array_like of numbers, or Series
        Number nonconforming in the lot, instead of `p`, with the hypergeometric model. [items]
    unit : {"item", "100 items"}
        Unit of nonconformities with the Poisson model.
    inspector : Inspector, optional
        Inspection error; `p` is the true quality. Defaults to a perfect inspector.

    Returns
    -------
    float, ndarray of float64, or Series
        In the type and shape of the quality; NaN where it is NaN. The relative error is below 1e-12 down to 1e-290.

    Raises
    ------
    DomainError
        If a quality is invalid, or an argument does not fit the model.

    Notes
    -----
    At its last stage, a plan accepts every count below the rejection number, including a gap above Ac.

    References
    ----------
    .. [1] E. G. Schilling and D. V. Neubauer, Acceptance Sampling in Quality Control, 3rd ed., CRC Press, 2017.

    Examples
    --------
    >>> from aql import MultiplePlan, SinglePlan
    >>> print(pa(SinglePlan(n=80, ac=2), [0.0, 0.01, 0.05]).round(4))
    [1.     0.9534 0.2306]
    >>> round(pa(SinglePlan(n=20, ac=1), nonconforming=22, model="hypergeometric", lot_size=120), 10)
    0.0762970752
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return _probability(plan, given, inspector, "accepted")


@overload
def pr(plan: Staged, p: Number, **law: Unpack[Law]) -> float: ...
@overload
def pr(plan: Staged, p: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
@overload
def pr(plan: Staged, p: Numbers, **law: Unpack[Law]) -> Floats: ...
@overload
def pr(plan: Staged, *, nonconforming: Number, **law: Unpack[Law]) -> float: ...
@overload
def pr(plan: Staged, *, nonconforming: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
@overload
def pr(plan: Staged, *, nonconforming: Numbers, **law: Unpack[Law]) -> Floats: ...
def pr(
    plan: Staged,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Probability that a plan rejects a lot: the complement of its operating characteristic, computed directly.

    It is computed directly rather than as 1 - `pa`, so it stays accurate when it is tiny. Parameters, result and errors
    are those of `aql.plans.pa`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> print(pr(SinglePlan(n=80, ac=2), 1e-9))
    8.215999...e-23
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return _probability(plan, given, inspector, "rejected")


def _probability(
    plan: Staged, given: Quality, inspector: Inspector | None, side: Literal["accepted", "rejected"]
) -> float | Floats | SeriesLike:
    """Probability of acceptance or rejection."""
    probability = curve.accepted if side == "accepted" else curve.rejected
    given = seen(given, inspector)
    size, model = given.lot_size, given.model
    steps = computed_steps(plan, size)
    if isinstance(given.values, float) and (size is None or inspector is None):
        return probability(steps, given.values, model, size)
    work = averaged(lambda values: probability(steps, values, model, size), given, inspector)
    return given.alike(given.evaluate(work))


@overload
def slope(
    plan: Staged, p: Number, *, model: ProcessModel = ..., unit: Unit = ..., inspector: Inspector | None = ...
) -> float: ...
@overload
def slope(
    plan: Staged,
    p: SeriesT,
    *,
    model: ProcessModel = ...,
    unit: Unit = ...,
    inspector: Inspector | None = ...,
) -> SeriesT: ...
@overload
def slope(
    plan: Staged,
    p: Numbers,
    *,
    model: ProcessModel = ...,
    unit: Unit = ...,
    inspector: Inspector | None = ...,
) -> Floats: ...
def slope(
    plan: Staged,
    p: Number | Numbers | SeriesLike,
    *,
    model: ProcessModel = "binomial",
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Slope of the operating characteristic, dPa/dp, at a quality.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p : number, array_like of numbers, or Series
        Quality, as in `aql.plans.pa`.
    model : {"binomial", "poisson"}
        The model. There is no slope in a finite lot, where the number of nonconforming items is whole.
    unit : {"item", "100 items"}
        Unit of nonconformities with the Poisson model.
    inspector : Inspector, optional
        Inspection error; the slope is with respect to the true quality.

    Returns
    -------
    float, ndarray of float64, or Series
        Derivative of the probability with respect to the quality in its unit; 0 or negative.

    Raises
    ------
    DomainError
        As `aql.plans.pa`; also for the hypergeometric model.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(slope(SinglePlan(n=80, ac=2), 0.03), 4)
    -21.2543
    """
    from aql.plans.acceptance.slope import slopes

    choice(model, "model", PROCESS_MODELS)
    given = parse_quality(p, model=model, unit=unit)
    apparent = seen(given, inspector)
    steps, per_unit = computed_steps(plan), 1.0 / given.scale
    if inspector is not None:
        per_unit *= 1.0 - inspector.miss - (inspector.false_alarm if model == "binomial" else 0.0)
    return given.alike(apparent.evaluate(lambda values: per_unit * slopes(steps, values, model)))
