"""Plots of operating characteristics: of one plan, several plans, all severities, or a lot and its process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from aql.plans.arrays import Numbers, SeriesLike
from aql.plans.compare import name_of
from aql.plans.plan import plan_in_short
from aql.plot import curves, parts
from aql.plot.comparisons import oc_curves, severity_curves, severity_lookups, type_curves
from aql.plot.quality_columns import quality_column, value_of
from aql.types import AqlColumn, Level, LotSize, Model, Sampling, Standard, Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aql.plans.plan import Plan
    from aql.plot.quality_columns import Drawn

__all__ = ["compare", "oc", "severities", "types"]

_PA = "probability_of_acceptance"
_ACCEPTED = "Probability of acceptance [%]"
_SIDES = {"AQL": "producer's risk", "PRQ": "producer's risk", "CRQ": "consumer's risk"}


def oc(
    plan: Drawn,
    *,
    p: Numbers | SeriesLike | None = None,
    aql: float | None = None,
    alpha: float | None = 0.05,
    beta: float | None = 0.10,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
    ax: Axes | None = None,
) -> Axes:
    """Plot the operating characteristic of a plan, with the points and risks of producer and consumer.

    Parameters
    ----------
    plan : SinglePlan, MultiplePlan, Scheme or SkipLot
        The plan.
    p : array_like of numbers or Series, optional
        Two or more qualities, as in `aql.plans.pa`.
    aql : float, optional
        Acceptance quality limit in the unit of the quality, such as 0.025 for AQL 2.5. Without it, the producer's risk
        quality (PRQ) for `alpha` is marked.
    alpha, beta : float or None
        Producer's and consumer's risk; None leaves the mark out.
    model, lot_size, unit
        As in `aql.plans.pa`. With ``"hypergeometric"``, the points of this lot are drawn (Type A).
    ax : Axes, optional
        Where to draw; defaults to a new figure.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    DomainError
        As `aql.plot.oc_curve` and `aql.plot.oc_marks`.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> from matplotlib.figure import Figure
    >>> ax = oc(SinglePlan(n=80, ac=2), aql=0.01, ax=Figure().subplots())
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('Process quality [% nonconforming]', 'Probability of acceptance [%]')
    """
    marks = curves.oc_marks(plan, aql=aql, alpha=alpha, beta=beta, model=model, lot_size=lot_size, unit=unit)
    column = quality_column(marks)
    frame = curves.oc_curve(plan, p, also=marks[column], model=model, lot_size=lot_size, unit=unit)
    ax = parts.quality_axes(ax, frame, of=_quality(lot_size))
    parts.percent_axis(ax, _ACCEPTED)
    x, y = frame[column].to_numpy(), frame[_PA].to_numpy()
    style = parts.LINES[0] if lot_size is None else {**parts.LINES[0], **_points(len(x))}
    ax.plot(x, y, label=name_of(plan), **style)
    ax.set_title(name_of(plan), loc="left", fontsize="medium")
    for mark in marks[marks[column].between(x.min(), x.max())].itertuples(index=False):
        name, at, chance, risk = mark
        foot, head = (0.0, chance) if name == "CRQ" else (chance, 1.0)
        ax.plot([at, at], [0.0, chance], color=parts.GREY, linewidth=0.9, linestyle=(0, (2, 2)))
        ax.plot([at, at], [foot, head], color=parts.MARK, linewidth=2.6, solid_capstyle="butt")
        ax.plot([at], [chance], "o", color=parts.MARK, markersize=5.5, zorder=4)
        words = f"{_SIDES[name]} {parts.share(risk)}\nat {name} {value_of(column, at)}"
        parts.note_at(ax, at, chance, words, curve=(x, y))
    return ax


def _quality(lot_size: int | None) -> str:
    return "Process quality" if lot_size is None else f"Quality of the lot of {lot_size}"


def _points(count: int) -> dict[str, Any]:
    """Style of the points of a finite lot, joined by a thin line; many points are drawn smaller."""
    return {"marker": "o", "markersize": 4.0 if count <= 60 else 2.0, "linewidth": 0.8}


def compare(
    plans: Iterable[Drawn] | Mapping[str, Drawn],
    *,
    p: Numbers | SeriesLike | None = None,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
    ax: Axes | None = None,
) -> Axes:
    """Plot the operating characteristics of several plans.

    Parameters
    ----------
    plans : iterable of plans, or mapping of names to plans
        Plans, schemes or skip-lot inspections, in the order of the legend.
    p, model, lot_size, unit, ax
        As in `oc`.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    DomainError
        As `aql.plot.oc_curves`.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> from aql import MultiplePlan, SinglePlan
    >>> from matplotlib.figure import Figure
    >>> double = MultiplePlan((50, 50), (2, 6), (5, 7))
    >>> ax = compare({"single": SinglePlan(80, 5), "double": double}, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['single', 'double']
    """
    frame = oc_curves(plans, p, model=model, lot_size=lot_size, unit=unit)
    return _together(frame, "plan", {}, ax, of=_quality(lot_size))


def _together(
    frame: pd.DataFrame, key: str, names: dict[str, str], ax: Axes | None, *, of: str = "Process quality"
) -> Axes:
    """Plot one curve for each value of a column, distinguished by dashes, with a legend."""
    column = quality_column(frame)
    ax = parts.quality_axes(ax, frame, of=of)
    parts.percent_axis(ax, _ACCEPTED)
    drawn = []
    for place, (name, part) in enumerate(frame.groupby(key, sort=False)):
        curve = part[column].to_numpy(), part[_PA].to_numpy()
        ax.plot(*curve, label=names.get(str(name), str(name)), **parts.LINES[place % len(parts.LINES)])
        drawn.append(curve)
    parts.legend(ax, drawn)
    return ax


def severities(
    lot_size: LotSize | None = None,
    *,
    aql: AqlColumn,
    letter: str | None = None,
    level: Level = "II",
    sampling: Sampling = "single",
    standard: Standard | None = None,
    p: Numbers | SeriesLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Plot the operating characteristics of normal, tightened and reduced inspection, with the AQL marked.

    Parameters
    ----------
    lot_size, aql, letter, level, sampling, standard
        As in `aql.lookup`; the AQL is that of the table, such as 2.5 for 2.5 percent.
    p, ax
        As in `oc`.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    DomainError
        As `aql.plot.severity_curves`.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = severities(1200, aql=2.5, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['normal: n 80, Ac 5', 'tightened: n 80, Ac 3', 'reduced: n 32, Ac 3']
    """
    cell: dict[str, Any] = {
        "aql": aql,
        "letter": letter,
        "level": level,
        "sampling": sampling,
        "standard": standard,
    }
    frame = severity_curves(lot_size, p, **cell)
    printed = severity_lookups(lot_size, **cell)["normal"].aql
    plans = dict(zip(frame["severity"], frame["plan"], strict=True))
    names = {severity: f"{severity}: {plan}" for severity, plan in plans.items()}
    ax = _together(frame, "severity", names, ax)
    at = float(printed) / (100 if quality_column(frame) == "fraction_nonconforming" else 1)
    ax.axvline(at, ymax=1 / ax.get_ylim()[1], color=parts.GREY, linewidth=0.9, linestyle=(0, (2, 2)))
    ax.annotate(f"AQL {printed}", (at, 0.0), (4, 5), textcoords="offset points", fontsize="small")
    return ax


def types(
    plan: Plan, *, lot_size: int, p: Numbers | SeriesLike | None = None, ax: Axes | None = None
) -> Axes:
    """Plot the operating characteristic of one lot (Type A) on that of the process that makes such lots (Type B).

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    lot_size : int
        Lot size. [items]
    p, ax
        As in `oc`.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    DomainError
        As `aql.plot.type_curves`.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> from matplotlib.figure import Figure
    >>> ax = types(SinglePlan(n=20, ac=1), lot_size=120, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['Type A: this lot of 120', 'Type B: the process']
    """
    frame = type_curves(plan, p, lot_size=lot_size)
    column = quality_column(frame)
    ax = parts.quality_axes(ax, frame, of="Lot or process quality")
    parts.percent_axis(ax, _ACCEPTED)
    lot, process = (frame[frame["type"] == one] for one in ("A", "B"))
    a, b = ((one[column].to_numpy(), one[_PA].to_numpy()) for one in (lot, process))
    marks: dict[str, Any] = {"markerfacecolor": "none", "markersize": 4.5, "zorder": 3}
    ax.plot(*a, "o", color=parts.MARK, label=f"Type A: this lot of {lot_size}", **marks)
    ax.plot(*b, label="Type B: the process", **parts.LINES[0])
    parts.legend(ax, (a, b))
    ax.set_title(plan_in_short(plan), loc="left", fontsize="medium")
    return ax
