"""Plots of the average number of items inspected: in the samples, and in all if rejected lots are screened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aql.plans.arrays import Numbers, SeriesLike
from aql.plans.plan import MultiplePlan, SinglePlan, on_lot
from aql.plot import curves, parts
from aql.plot.quality_columns import quality_column
from aql.types import InspectionExtent, Model, Unit

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from aql.plans.plan import Plan
    from aql.plot.quality_columns import Drawn
    from aql.scheme.scheme import Scheme

__all__ = ["asn", "ati"]

# Position of the label of a horizontal line: above its right end, or below its left end.
_Side = tuple[int, dict[str, Any]]
_ABOVE: _Side = (1, {"xytext": (-2, 3), "ha": "right"})
_BELOW: _Side = (0, {"xytext": (4, -3), "va": "top"})


def asn(
    plan: Drawn,
    *,
    p: Numbers | SeriesLike | None = None,
    inspection: InspectionExtent = "full",
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
    ax: Axes | None = None,
) -> Axes:
    """Plot the average sample number of a plan, with the sizes of its first sample and of all samples.

    Parameters
    ----------
    plan : SinglePlan, MultiplePlan or Scheme
        The plan.
    inspection : {"full", "semi", "curtailed"}
        As in `aql.plans.asn`.
    p, model, lot_size, unit, ax
        As in `aql.plot.oc`.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    DomainError
        As `aql.plans.asn`.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> from matplotlib.figure import Figure
    >>> ax = asn(MultiplePlan((50, 50), (2, 6), (5, 7)), ax=Figure().subplots())
    >>> [text.get_text() for text in ax.texts]
    ['first sample, 50', 'both samples, 100']
    """
    frame = curves.asn_curve(plan, p, inspection=inspection, model=model, lot_size=lot_size, unit=unit)
    levels = _sample_levels(plan, lot_size)
    of = "Process quality" if lot_size is None else f"Quality of the lot of {lot_size}"
    return _items(ax, frame, "Average sample number [items]", levels, plan, lot_size, of)


def ati(
    plan: Plan | Scheme,
    *,
    lot_size: int,
    p: Numbers | SeriesLike | None = None,
    model: Model = "binomial",
    unit: Unit = "item",
    ax: Axes | None = None,
) -> Axes:
    """Plot the average total inspection of a plan: the samples of accepted lots, and every item of rejected ones.

    Parameters
    ----------
    plan : SinglePlan, MultiplePlan or Scheme
        The plan.
    lot_size : int
        Lot size. [items]
    p, model, unit, ax
        As in `aql.plot.oc`.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    DomainError
        As `aql.plans.ati`.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> from matplotlib.figure import Figure
    >>> ax = ati(SinglePlan(n=52, ac=2), lot_size=5000, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.texts]
    ['the sample, 52', 'the lot, 5000']
    """
    frame = curves.ati_curve(plan, p, lot_size=lot_size, model=model, unit=unit)
    first, (least, _) = next(iter(_sample_levels(plan, lot_size).items()))
    side = _ABOVE if 2 * least < lot_size else _BELOW
    levels = {first: (least, side), "the lot": (lot_size, _ABOVE)}
    return _items(
        ax, frame, "Average total inspection\n[items per lot]", levels, plan, lot_size, "Process quality"
    )


def _sample_levels(plan: Drawn, lot_size: int | None) -> dict[str, tuple[int, _Side]]:
    """The sizes between which the number of items lies: the first and all samples, or the smallest and the largest."""
    if not isinstance(plan, SinglePlan | MultiplePlan):
        sizes = [on_lot(force.on_lot, lot_size or force.on_lot.total).stages for force in plan.forces]
        least, most = min(stages[0].n for stages in sizes), max(stages[-1].total for stages in sizes)
        if least == most:
            return {"the sample": (most, _ABOVE)}
        return {"smallest sample": (least, _BELOW), "largest sample": (most, _ABOVE)}
    done = plan if lot_size is None else on_lot(plan, lot_size)
    stages = done.stages
    if len(stages) == 1:
        return {"the sample": (done.total, _ABOVE)}
    whole = "both samples" if len(stages) == 2 else f"all {len(stages)} samples"
    return {"first sample": (stages[0].n, _BELOW), whole: (done.total, _ABOVE)}


def _items(
    ax: Axes | None,
    frame: pd.DataFrame,
    label: str,
    levels: dict[str, tuple[int, _Side]],
    plan: Drawn,
    lot_size: int | None,
    of: str,
) -> Axes:
    """Plot a number of items by quality, with horizontal lines for its lower and upper limits."""
    column = quality_column(frame)
    ax = parts.quality_axes(ax, frame, of=of)
    ax.set_ylabel(label)
    ax.set_ylim(0.0, parts.ROOM * max(level for level, _ in levels.values()))
    for name, (level, side) in levels.items():
        ax.axhline(level, **parts.DASHES)
        at, where = side
        ax.annotate(f"{name}, {level}", (ax.get_xlim()[at], level), **where, **parts.NEAR)
    ax.plot(frame[column].to_numpy(), frame.iloc[:, -1].to_numpy(), **parts.LINES[0])
    parts.title(ax, plan, lot_size)
    return ax
