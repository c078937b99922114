"""Plots of outgoing quality, average numbers of items inspected, and the posterior of a lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aql.plans.arrays import Numbers, SeriesLike
from aql.plans.compare import name_of
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.whole_lot import on_lot
from aql.plot import curves, drawing
from aql.plot.quality_axis import limit_of, quality_column
from aql.types import Found, InspectionExtent, Model, Unit

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from aql.plans.lot_posterior import LotPosterior
    from aql.plans.plan import Plan
    from aql.plot.quality_axis import Drawn
    from aql.scheme.scheme import Scheme

__all__ = ["aoq", "asn", "ati", "posterior"]

_ROOM = 1.2
_BARS, _FEW = 80, 7
_DASHES: dict[str, Any] = {"color": drawing.GREY, "linewidth": 0.9, "linestyle": (0, (2, 2))}
# Position of the label of a horizontal line: above its right end, or below its left end.
_Side = tuple[int, dict[str, Any]]
_ABOVE: _Side = (1, {"xytext": (-2, 3), "ha": "right"})
_BELOW: _Side = (0, {"xytext": (4, -3), "va": "top"})
_NEAR: dict[str, Any] = {"textcoords": "offset points", "fontsize": "small"}


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
    ax = drawing.quality_axes(ax, frame, of="Incoming quality")
    label = f"Average outgoing quality\n[{drawing.UNITS[column]}]"
    top = _ROOM * worst
    if column == "fraction_nonconforming":
        drawing.percent_axis(ax, label, top=top)
    else:
        ax.set_ylabel(label)
        ax.set_ylim(0.0, top)
    ax.plot([0.0, top], [0.0, top], **_DASHES)
    ax.annotate("no inspection", (top, top), (5, -2), va="top", **_NEAR)
    ax.plot(frame[column].to_numpy(), frame[f"outgoing_{column}"].to_numpy(), **drawing.LINES[0])
    ax.plot([0.0, at], [worst, worst], color=drawing.MARK, linewidth=1.4, linestyle=(0, (5, 1.8)))
    ax.plot([at], [worst], "o", color=drawing.MARK, markersize=5.5, zorder=4)
    words = f"AOQL {drawing.value_of(column, worst)} at {drawing.value_of(column, at)}"
    ax.annotate(words, (at, worst), (6, 4), **_NEAR)
    _title(ax, plan, lot_size)
    return ax


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
    ax = drawing.quality_axes(ax, frame, of=of)
    ax.set_ylabel(label)
    ax.set_ylim(0.0, _ROOM * max(level for level, _ in levels.values()))
    for name, (level, side) in levels.items():
        ax.axhline(level, **_DASHES)
        at, where = side
        ax.annotate(f"{name}, {level}", (ax.get_xlim()[at], level), **where, **_NEAR)
    ax.plot(frame[column].to_numpy(), frame.iloc[:, -1].to_numpy(), **drawing.LINES[0])
    _title(ax, plan, lot_size)
    return ax


def _title(ax: Axes, plan: Drawn, lot_size: int | None) -> None:
    lot = "" if lot_size is None else f", lot of {lot_size}"
    ax.set_title(name_of(plan) + lot, loc="left", fontsize="medium")


def posterior(
    known: LotPosterior, *, aql: float | None = None, content: float = 0.95, ax: Axes | None = None
) -> Axes:
    """Plot the posterior of a lot after its inspection: the probability of each number nonconforming.

    Parameters
    ----------
    known : LotPosterior
        The posterior, from `aql.plans.posterior`.
    aql : float, optional
        A fraction nonconforming to compare with, such as 0.025 for AQL 2.5; the plot states the probability that the
        lot is at least that good.
    content : float
        Probability of the interval to highlight.
    ax : Axes, optional
        Where to draw; defaults to a new figure.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    DomainError
        As `aql.plot.posterior_distribution`; also if `content` or `aql` is invalid.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> from aql.plans import posterior as after
    >>> from matplotlib.figure import Figure
    >>> ax = posterior(after(d=5, n=80, lot_size=1200), ax=Figure().subplots())
    >>> ax.get_xlabel(), ax.texts[0].get_text()
    ('Nonconforming items in the lot of 1200 [items]', '34 to 162 items: 95.2 %')
    """
    frame = curves.posterior_distribution(known)
    low, high = known.interval(content)
    limit = None if aql is None else limit_of(aql, "binomial")
    bad, chance = frame["nonconforming_items"].to_numpy(), frame["probability"].to_numpy()
    top = float(chance.max())
    inside = (bad >= low) & (bad <= high)
    ax = drawing.axes(ax)
    ax.set_xlabel(f"Nonconforming items in the lot of {known.lot_size} [items]")
    ax.xaxis.set_major_locator(drawing.whole_ticks())
    if len(bad) <= _BARS:
        ax.bar(bad[inside], chance[inside], color=drawing.INK, width=0.8)
        ax.bar(bad[~inside], chance[~inside], color=drawing.INK, width=0.8, alpha=0.35)
        ax.set_xlim(bad[0] - 0.7, max(bad[-1], bad[0] + _FEW) + 0.7)
    else:
        ax.fill_between(bad, chance, where=inside, color=drawing.INK, alpha=0.3, linewidth=0)
        ax.plot(bad, chance, **drawing.LINES[0])
    drawing.percent_axis(ax, "Probability [%]", top=1.5 * top)
    within = known.cdf(high) - (known.cdf(low - 1) if low else 0.0)
    numbers = f"{low}" if low == high else f"{low} to {high}"
    ax.plot([low, high], [1.1 * top] * 2, "|-", color=drawing.MARK, linewidth=1.4, markersize=7)
    words = f"{numbers} {'item' if high == 1 else 'items'}: {drawing.share(within)}"
    plain = {"facecolor": ax.get_facecolor(), "edgecolor": "none", "pad": 1.0}
    ax.annotate(words, (low, 1.1 * top), (0, 6), bbox=plain, **_NEAR)
    if limit is not None:
        at = limit * known.lot_size
        ax.axvline(at, **_DASHES)
        left, right = ax.get_xlim()
        side, anchor = (-4, "right") if at - left > right - at else (4, "left")
        words = f"AQL {drawing.share(limit)} or better: {drawing.share(known.probability_at_most(limit))}"
        ax.annotate(words, (at, 1.5 * top), (side, -2), va="top", ha=anchor, **_NEAR)
    a, b = known.prior
    title = f"{known.d} nonconforming of {known.n} inspected, beta({a:g}, {b:g}) prior"
    ax.set_title(title, loc="left", fontsize="medium")
    return ax
