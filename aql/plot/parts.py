"""Parts of plots: axes and their labels, notes, legends, and line styles that differ even without colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aql.errors import DomainError, MissingExtraError
from aql.plans.compare import name_of
from aql.plot.quality_columns import quality_column

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend
    from matplotlib.text import Annotation

    from aql.distributions import Floats
    from aql.plot.quality_columns import Drawn

    Curve = tuple[Floats, Floats]

__all__ = [
    "DASHES",
    "GREY",
    "INK",
    "LINES",
    "MARK",
    "NEAR",
    "ROOM",
    "UNITS",
    "axes",
    "legend",
    "note_at",
    "percent_axis",
    "quality_axes",
    "share",
    "title",
    "whole_ticks",
]

# The colours of Okabe and Ito that are dark enough for a line; adjacent ones also differ in brightness and dashes.
INK, MARK, GREY = "#0072B2", "#D55E00", "0.5"
LINES: tuple[dict[str, Any], ...] = (
    {"color": INK, "linestyle": "-", "linewidth": 2.0},
    {"color": MARK, "linestyle": (0, (5, 1.8)), "linewidth": 2.0},
    {"color": "#009E73", "linestyle": (0, (1, 1.3)), "linewidth": 2.4},
    {"color": "#E69F00", "linestyle": (0, (7, 2, 1, 2)), "linewidth": 2.0},
    {"color": "#CC79A7", "linestyle": (0, (3, 1.2, 1, 1.2, 1, 1.2)), "linewidth": 2.0},
    {"color": "#56B4E9", "linestyle": "-", "linewidth": 1.0},
)
UNITS = {
    "fraction_nonconforming": "% nonconforming",
    "nonconformities_per_item": "nonconformities per item",
    "nonconformities_per_100_items": "nonconformities per 100 items",
}
ROOM = 1.2
"""Upper end of a vertical axis, as a multiple of the largest value on it."""

DASHES: dict[str, Any] = {"color": GREY, "linewidth": 0.9, "linestyle": (0, (2, 2))}
NEAR: dict[str, Any] = {"textcoords": "offset points", "fontsize": "small"}
_SIZE = (6.0, 3.8)  # inches
_TOP, _AIR = 1.06, 0.02


def axes(ax: Axes | None) -> Axes:
    """Return the axes of a plot, part of every one: without a frame and with faint horizontal lines.

    Without `ax`, a new pyplot figure is created, so that a notebook or ``pyplot.show`` displays it.
    """
    try:
        from matplotlib.axes import Axes as Kind
    except ImportError:
        raise MissingExtraError("a plot needs matplotlib", "plot") from None
    if ax is None:
        from matplotlib import pyplot as plt

        ax = plt.subplots(figsize=_SIZE, layout="constrained")[1]
    elif not isinstance(ax, Kind):
        raise DomainError(
            f"ax must be a matplotlib Axes, got {type(ax).__name__}",
            todo="Pass one Axes, such as from plt.subplots(), or leave ax out for a new figure",
            value=ax,
        )
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="y", color=GREY, alpha=0.22, linewidth=0.7)
    ax.set_axisbelow(True)
    return ax


def quality_axes(ax: Axes | None, frame: pd.DataFrame, *, of: str = "Process quality") -> Axes:
    """Return axes as part of a plot by quality: the horizontal one is labelled with its unit."""
    # This comes first because it names the extra to install if matplotlib is missing.
    ax = axes(ax)
    from matplotlib.ticker import FuncFormatter

    column = quality_column(frame)
    end = float(frame[column].max())
    ax.set_xlim(0.0, max(end, ax.get_xlim()[1]) if ax.has_data() else end)
    ax.set_xlabel(f"{of} [{UNITS[column]}]")
    ax.xaxis.set_major_locator(_ticks())
    if column == "fraction_nonconforming":
        ax.xaxis.set_major_formatter(FuncFormatter(_percent))
    return ax


def _ticks(**how: Any) -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10], **how)


def whole_ticks() -> Any:
    """Return a locator of ticks at whole numbers, as part of a plot."""
    return _ticks(integer=True)


def percent_axis(ax: Axes, label: str, *, top: float = _TOP) -> None:
    """Label a vertical axis, a part of a plot, whose values are shares in percent; `top` is the upper end."""
    from matplotlib.ticker import FuncFormatter

    ax.set_ylabel(label)
    ax.set_ylim(0.0, top)
    high = min(top, 1.0)
    ax.set_yticks([tick for tick in _ticks().tick_values(0.0, high) if tick <= high])
    ax.yaxis.set_major_formatter(FuncFormatter(_percent))


def _percent(value: float, _place: int | None) -> str:
    return f"{100 * value:.6g}"


def share(value: float) -> str:
    """Write a probability in percent, for a part of a plot.

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


def note_at(ax: Axes, x: float, y: float, text: str, *, curve: Curve) -> Annotation:
    """Draw a note, a part of a plot, near a point of a decreasing curve: above it if there is room, otherwise below."""
    note = ax.annotate(text, (x, y), (x, y), fontsize="small", va="bottom", linespacing=1.25)
    wide, high = _extent(ax, note)
    left, right = ax.get_xlim()
    span = right - left
    qualities, chances = curve

    def above(at: float) -> float:
        return float(np.interp(at, qualities, chances)) + _AIR

    start = x + 0.025 * span
    # If the curve stays high, move the text right until it fits below the top.
    room = qualities[chances + _AIR + high <= _TOP]
    if above(start) + high > _TOP and room.size:
        start = float(room[0])
    start = max(min(start, right - wide), left)
    foot = max(min(y - high / 2, _TOP - high), above(start))
    under = qualities[chances - 2 * _AIR >= high]
    if foot + high > _TOP:
        foot = y - high - 2 * _AIR
    elif foot > y + 0.15 and under.size and under[-1] - wide > left:
        start, foot = min(x - 0.025 * span, float(under[-1])) - wide, _AIR
    elif start > x + 0.05 * span:
        line = {"arrowstyle": "-", "color": GREY, "linewidth": 0.8, "shrinkA": 2, "shrinkB": 5}
        ax.annotate("", (x, y), (start, foot + high / 2), arrowprops=line)
    note.set_position((start, foot))
    return note


def legend(ax: Axes, drawn: Iterable[Curve]) -> Legend:
    """Draw the legend, a part of a plot, in a corner that no decreasing curve reaches, or above if there is none."""
    made = ax.legend(loc="upper right", frameon=False, fontsize="small", handlelength=3.2)
    wide, high = _extent(ax, made)
    (left, right), (foot, top) = ax.get_xlim(), ax.get_ylim()
    curves = list(drawn)
    if all(np.interp(right - wide, *curve) + _AIR < top - high for curve in curves):
        return made
    made.set_loc("lower left")
    if any(np.interp(left + wide, *curve) - _AIR < foot + high for curve in curves):
        made.set_bbox_to_anchor((0.0, 1.0))
    return made


def _extent(ax: Axes, artist: Artist) -> tuple[float, float]:
    """Width and height of an artist in data units."""
    box = artist.get_window_extent().transformed(ax.transAxes.inverted())
    (left, right), (foot, top) = ax.get_xlim(), ax.get_ylim()
    return box.width * (right - left), box.height * (top - foot)


def title(ax: Axes, plan: Drawn, lot_size: int | None) -> None:
    """Write the title, a part of a plot: the name of a plan, and the lot size if it matters."""
    lot = "" if lot_size is None else f", lot of {lot_size}"
    ax.set_title(name_of(plan) + lot, loc="left", fontsize="medium")
