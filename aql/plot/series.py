"""Plots of a series of lots: its history under the switching rules, and a scheme next to its three plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aql.errors import DomainError
from aql.plot import parts
from aql.plot.operating_characteristic import compare
from aql.scheme.history import History
from aql.scheme.scheme import Scheme as AnyScheme
from aql.types import SEVERITIES, Model, Severity, Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aql.plans.arrays import Numbers, SeriesLike
    from aql.plot.quality_columns import Drawn
from aql.words import short_repr

__all__ = ["history", "scheme"]

# Bands that differ in brightness and hatching, so that they can be distinguished in grey.
_BANDS: dict[Severity, dict[str, Any]] = {
    "normal": {"facecolor": "#56B4E9", "alpha": 0.16},
    "tightened": {"facecolor": "#D55E00", "alpha": 0.20, "hatch": "///"},
    "reduced": {"facecolor": "#009E73", "alpha": 0.16, "hatch": ".."},
}
_NAMED = 40


def history(series: History, *, ax: Axes | None = None) -> Axes:
    """Plot the history of a series of lots: counts and acceptance numbers, with the severity as a band behind them.

    Resubmitted lots have hollow signs; a dotted line follows the lot after which inspection is discontinued.

    Parameters
    ----------
    series : History
        The series, from `aql.Scheme.run`.
    ax : Axes, optional
        Where to draw; defaults to a new figure.

    Returns
    -------
    Axes
        The axes drawn on. The data are those of `aql.scheme.History.to_frame`.

    Raises
    ------
    DomainError
        If `series` is not a history, or has no lots.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> from aql import Scheme
    >>> from matplotlib.figure import Figure
    >>> ax = history(Scheme.lookup(1200, aql=2.5).run([0, 7, 6, 2]), ax=Figure().subplots())
    >>> ax.get_xlabel(), [text.get_text() for text in ax.get_legend().get_texts()]
    ('Lot [number or name]', ['accepted', 'not accepted', 'acceptance number', 'normal', 'tightened'])
    """
    if not getattr(series, "steps", ()):
        raise DomainError(
            f"series must be a history with one or more lots, got {short_repr(series)}", value=series
        )
    ax = parts.axes(ax)
    from matplotlib.patches import Patch

    frame = series.to_frame()
    lots = np.arange(1, len(frame) + 1)
    counts, good = frame["found"].to_numpy(), (frame["decision"] == "accept").to_numpy()
    again = frame["resubmitted"].to_numpy(dtype=bool)
    for start, stop, severity in _runs(series.severities):
        ax.axvspan(start + 0.5, stop + 0.5, edgecolor="0.35", linewidth=0.0, **_BANDS[severity])
    ax.vlines(lots, 0, counts, color=parts.GREY, linewidth=0.8)
    first: dict[str, Any] = {"linestyle": "", "clip_on": False, "zorder": 3}
    later = {**first, "markerfacecolor": "white"}
    good_signs: dict[str, Any] = {"marker": "o", "color": parts.INK, "markersize": 5}
    bad_signs: dict[str, Any] = {"marker": "X", "color": parts.MARK, "markersize": 7}
    for said, chosen, signs in (("accepted", good, good_signs), ("not accepted", ~good, bad_signs)):
        ax.plot(lots[chosen & ~again], counts[chosen & ~again], **first, **signs, label=said)
        if (chosen & again).any():
            name = f"{said}, resubmitted"
            ax.plot(lots[chosen & again], counts[chosen & again], **later, **signs, label=name)
    limit = frame["ac"].fillna(-1).to_numpy(dtype=float)
    ax.step(
        np.append(lots - 0.5, lots[-1] + 0.5),
        np.append(limit, limit[-1]),
        where="post",
        color="0.2",
        linewidth=1.4,
        label="acceptance number",
    )
    stops = [place for place, step in enumerate(series.steps, start=1) if step.state.discontinued]
    for stop in stops:
        label = "discontinued" if stop == stops[0] else None
        ax.axvline(stop + 0.5, color="0.1", linewidth=2.0, linestyle=(0, (1, 1)), clip_on=False, label=label)
    ax.set_xlim(0.5, lots[-1] + 0.5)
    ax.set_ylim(0.0, 1.25 * max(float(counts.max()), float(limit.max()), 1.0))
    ax.set_xlabel("Lot [number or name]")
    ax.set_ylabel("Found in the sample [number]")
    if len(lots) <= _NAMED and list(frame["lot"]) != [str(lot) for lot in lots]:
        ax.set_xticks(lots, list(frame["lot"]), rotation=90, fontsize="small")
    else:
        ax.xaxis.set_major_locator(parts.whole_ticks())
    ax.yaxis.set_major_locator(parts.whole_ticks())
    bands = [
        Patch(label=one, edgecolor="0.35", **_BANDS[one]) for one in SEVERITIES if one in series.severities
    ]
    handles, _ = ax.get_legend_handles_labels()
    ax.legend(
        handles=[*handles, *bands],
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=3,
        frameon=False,
        fontsize="small",
    )
    return ax


def _runs(severities: tuple[Severity, ...]) -> list[tuple[int, int, Severity]]:
    """The runs of lots on one severity: lots before it, its last lot, and the severity."""
    found: list[tuple[int, int, Severity]] = []
    for place, severity in enumerate(severities):
        if found and found[-1][2] == severity:
            found[-1] = (found[-1][0], place + 1, severity)
        else:
            found.append((place, place + 1, severity))
    return found


def scheme(
    of: AnyScheme,
    *,
    p: Numbers | SeriesLike | None = None,
    model: Model | None = None,
    lot_size: int | None = None,
    unit: Unit | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Plot what a long series of lots under a scheme sees: its operating characteristic next to those of its plans.

    Parameters
    ----------
    of : Scheme
        The scheme.
    p, lot_size, ax
        As in `oc`.
    model, unit : optional
        As in `oc`; default to nonconformities per 100 items for a scheme that counts nonconformities.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    DomainError
        If `of` is not a scheme, or an argument is invalid.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> from aql import Scheme
    >>> from matplotlib.figure import Figure
    >>> ax = scheme(Scheme.lookup(1200, aql=2.5), ax=Figure().subplots())
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['scheme', 'normal', 'tightened', 'reduced']
    """
    if not isinstance(of, AnyScheme):
        raise DomainError(f"a scheme is required, got {short_repr(of)}", value=of)
    counted = of.counting == "nonconformities"
    plans: dict[str, Drawn] = {"scheme": of}
    plans.update(zip(SEVERITIES, (force.on_lot for force in of.forces), strict=True))
    return compare(
        plans,
        p=p,
        model=model or ("poisson" if counted else "binomial"),
        lot_size=lot_size,
        unit=unit or ("100 items" if counted and model in {None, "poisson"} else "item"),
        ax=ax,
    )
