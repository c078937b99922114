"""The plot of what to expect of a dispute, by the unknown quality of the lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.assurance.worth import worth_curve
from aql.plot import parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aql.assurance.worth import Worth

__all__ = ["worth"]


def worth(expected: Worth, *, line: str | None = None, ax: Axes | None = None) -> Axes:
    """Plot what a claim is worth: the expected value of a dispute by the unknown number nonconforming in the lot.

    Parameters
    ----------
    expected : Worth
        What to expect, from `aql.assurance.worth_opening`.
    line : str, optional
        The decision line; defaults to the one that is most probably rejected.
    ax : Axes, optional
        Where to draw; defaults to a new figure.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    DomainError
        If there is no such line.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> from datetime import date
    >>> import aql
    >>> from aql.assurance import worth_opening
    >>> from matplotlib.figure import Figure
    >>> contract, inspection = aql.examples.tablet_order()
    >>> verdict = aql.score(contract, inspection)
    >>> claim = aql.assess_claim(contract, verdict, as_of=date(2026, 12, 20))
    >>> expected = worth_opening(claim, verdict, fee="600", refund="37350", upheld_if_rejected=0.5)
    >>> ax = worth(expected, line="battery-capacity", ax=Figure().subplots())
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('Nonconforming items in the lot of 3000 [items]', 'Expected value [USD]')
    """
    frame = worth_curve(expected, line=line)
    name = frame.attrs["line"]
    ax = parts.axes(ax)
    bad, low, high = (
        frame[column].to_numpy() for column in ("nonconforming", "expected_low", "expected_high")
    )
    ax.set_xlabel(f"Nonconforming items in the lot of {frame.attrs['lot_size']} [items]")
    ax.set_ylabel(f"Expected value [{expected.fee.currency}]")
    ax.xaxis.set_major_locator(parts.whole_ticks())
    ax.fill_between(bad, low, high, color=parts.INK, alpha=0.25, linewidth=0, label="between the chances")
    ax.plot(bad, low, **parts.LINES[0])
    ax.plot(bad, high, **parts.LINES[0])
    ax.axhline(0.0, color=parts.GREY, linewidth=0.9)
    chance = frame["probability"].to_numpy()
    scale = float(max(high.max(), 1.0)) / (3.0 * float(chance.max()))
    ax.fill_between(
        bad, chance * scale, color=parts.MARK, alpha=0.3, linewidth=0, label="what the lot may hold"
    )
    ax.set_title(f"{name}: is a dispute worth {expected.fee}?", loc="left", fontsize="medium")
    ax.legend(frameon=False, fontsize="small")
    return ax
