"""What the pictures share: where they are drawn, how an axis is labelled, lines that differ without their colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aql.errors import DomainError, MissingExtraError
from aql.report.axis import quality_column

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

    from aql.plans.terms import Floats

__all__ = ["GREY", "INK", "LINES", "MARK", "axes", "beside", "name_quality", "percent_axis", "share", "value_of"]

# The colours of Okabe and Ito that are dark enough for a line; neighbours differ in grey too, and in their dashes.
INK, MARK, GREY = "#0072B2", "#D55E00", "0.5"
LINES: tuple[dict[str, Any], ...] = (
    {"color": INK, "linestyle": "-", "linewidth": 2.0},
    {"color": MARK, "linestyle": (0, (5, 1.8)), "linewidth": 2.0},
    {"color": "#009E73", "linestyle": (0, (1, 1.3)), "linewidth": 2.4},
    {"color": "#E69F00", "linestyle": (0, (7, 2, 1, 2)), "linewidth": 2.0},
    {"color": "#CC79A7", "linestyle": (0, (3, 1.2, 1, 1.2, 1, 1.2)), "linewidth": 2.0},
    {"color": "#56B4E9", "linestyle": "-", "linewidth": 1.0},
)
_NAMES = {
    "fraction_nonconforming": "% nonconforming",
    "nonconformities_per_item": "nonconformities per item",
    "nonconformities_per_100_items": "nonconformities per 100 items",
}
_AFTER = {
    "fraction_nonconforming": " %",
    "nonconformities_per_item": " per item",
    "nonconformities_per_100_items": " per 100",
}
_TOP, _AIR = 1.06, 0.02


def axes(ax: Axes | None, frame: pd.DataFrame, *, of: str = "Process", at_least: float = 0.0) -> Axes:
    """Return the axes to draw on, the quality of a frame along their foot.

    Without axes a new figure of pyplot is made, so that a notebook or ``pyplot.show`` shows it.
    """
    try:
        from matplotlib.axes import Axes as Kind
    except ImportError:
        raise MissingExtraError("a plot needs matplotlib", "plot") from None
    if ax is None:
        from matplotlib import pyplot as plt

        ax = plt.subplots(figsize=(6.0, 3.8), layout="constrained")[1]
    elif not isinstance(ax, Kind):
        raise DomainError(
            f"ax of type {type(ax).__name__} is no Axes",
            "a picture is drawn on one Axes of matplotlib",
            "Give one, as from plt.subplots(), or leave ax out for a new figure",
        )
    column = quality_column(frame)
    end = max(float(frame[column].max()), at_least)
    if ax.has_data():
        end = max(end, ax.get_xlim()[1])
    ax.set_xlim(0.0, end)
    name_quality(ax, column, of=of)
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="y", color=GREY, alpha=0.22, linewidth=0.7)
    ax.set_axisbelow(True)
    return ax


def name_quality(ax: Axes, column: str, *, of: str) -> None:
    """Label the axis of the quality, with its unit."""
    from matplotlib.ticker import MaxNLocator

    ax.set_xlabel(f"{of} quality [{_NAMES[column]}]")
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    if column == "fraction_nonconforming":
        ax.xaxis.set_major_formatter(_percent)


def percent_axis(ax: Axes, label: str, *, top: float | None = None) -> None:
    """Label the upright axis, whose values are shares shown in percent; `top` is that of a probability up to 1."""
    ax.set_ylabel(label)
    ax.yaxis.set_major_formatter(_percent)
    if top is None:
        ax.set_ylim(0.0, _TOP)
        ax.set_yticks([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
    else:
        ax.set_ylim(0.0, top)


def _percent(value: float, _place: int | None) -> str:
    return f"{100 * value:.6g}"


def share(value: float) -> str:
    """Write a probability in percent.

    Examples
    --------
    >>> share(0.0466), share(1e-9), share(0.0), share(1 - 1e-9)
    ('4.66 %', 'below 0.01 %', '0 %', 'above 99.99 %')
    """
    if 0 < value < 1e-4:
        return "below 0.01 %"
    if 1 - 1e-4 < value < 1:
        return "above 99.99 %"
    return f"{100 * value:.3g} %"


def value_of(column: str, value: float) -> str:
    """Write a quality with its unit.

    Examples
    --------
    >>> value_of("fraction_nonconforming", 0.065), value_of("nonconformities_per_100_items", 15)
    ('6.5 %', '15 per 100')
    """
    return f"{value * (100 if column == 'fraction_nonconforming' else 1):.3g}{_AFTER[column]}"


def beside(ax: Axes, x: float, y: float, text: str, *, curve: tuple[Floats, Floats]) -> Annotation:
    """Write beside a point of a falling curve, on its upper side, where nothing is drawn."""
    note = ax.annotate(text, (x, y), (x, y), fontsize="small", va="bottom", linespacing=1.25)
    box = note.get_window_extent().transformed(ax.transAxes.inverted())
    left, right = ax.get_xlim()
    span = right - left
    wide, high = box.width * span, box.height * _TOP
    qualities, chances = curve

    def above(at: float) -> float:
        return float(np.interp(at, qualities, chances)) + _AIR

    start = x + 0.025 * span
    # Where the curve stays high, the words move right until they fit below the top.
    low_enough = qualities[chances + _AIR + high <= _TOP]
    if above(start) + high > _TOP and low_enough.size:
        start = float(low_enough[0])
    start = max(min(start, right - wide), left)
    foot = min(max(y - high / 2, above(start)), _TOP - high)
    note.set_position((start, foot))
    if start - x > 0.05 * span or foot - y > 0.08:
        ax.annotate(
            "",
            (x, y),
            (start, foot + high / 2),
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.8, "shrinkA": 2, "shrinkB": 5},
        )
    return note
