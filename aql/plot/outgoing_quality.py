"""The plot of the average outgoing quality of a plan, with its limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.plans.arrays import Numbers, SeriesLike
from aql.plot import curves, parts
from aql.plot.quality_columns import quality_column, value_of
from aql.types import Found, Model, Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aql.plans.plan import Plan
    from aql.scheme.scheme import Scheme

__all__ = ["aoq"]


def aoq(
    plan: Plan | Scheme,
    *,
    lot_size: int | None = None,
    p: Numbers | SeriesLike | None = None,
    found: Found = "replaced",
    model: Model = "binomial",
    unit: Unit = "item",
    ax: Axes | None = None,
) -> Axes:
    """Plot the average outgoing quality of a plan by incoming quality, with its limit (AOQL).

    Parameters
    ----------
    plan : SinglePlan, MultiplePlan or Scheme
        The plan.
    lot_size, found
        As in `aql.plans.aoq`.
    p, model, unit, ax
        As in `oc`.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    DomainError
        As `aql.plans.aoql`.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> from matplotlib.figure import Figure
    >>> ax = aoq(SinglePlan(n=52, ac=2), lot_size=5000, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.texts]
    ['no inspection', 'AOQL 2.6 % at 4.3 %']
    """
    frame = curves.aoq_curve(plan, p, lot_size=lot_size, found=found, model=model, unit=unit)
    limit = plan.aoql(lot_size=lot_size, found=found, model=model, unit=unit)
    worst, at = limit.value, limit.at
    column = quality_column(frame)
    ax = parts.quality_axes(ax, frame, of="Incoming quality")
    label = f"Average outgoing quality\n[{parts.UNITS[column]}]"
    top = parts.ROOM * worst
    if column == "fraction_nonconforming":
        parts.percent_axis(ax, label, top=top)
    else:
        ax.set_ylabel(label)
        ax.set_ylim(0.0, top)
    ax.plot([0.0, top], [0.0, top], **parts.DASHES)
    ax.annotate("no inspection", (top, top), (5, -2), va="top", **parts.NEAR)
    ax.plot(frame[column].to_numpy(), frame[f"outgoing_{column}"].to_numpy(), **parts.LINES[0])
    ax.plot([0.0, at], [worst, worst], color=parts.MARK, linewidth=1.4, linestyle=(0, (5, 1.8)))
    ax.plot([at], [worst], "o", color=parts.MARK, markersize=5.5, zorder=4)
    words = f"AOQL {value_of(column, worst)} at {value_of(column, at)}"
    ax.annotate(words, (at, worst), (6, 4), **parts.NEAR)
    parts.title(ax, plan, lot_size)
    return ax
