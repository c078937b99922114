"""The plot of what to expect of a dispute, by the unknown quality of the lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.assurance.worth_by_quality import worth_curve
from aql.plot import parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aql.assurance.worth import Worth

__all__ = ["worth"]


def worth(expected: Worth, *, line: str | None = None, ax: Axes | None = None) -> Axes:
    """Plot what a claim is worth: the expected value of a dispute by the unknown number nonconforming in the lot.

    The other decision lines are averaged over what is known of the lot; the dashed line is without them.

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
    sure = bool((high - low).max() == 0.0)
    if not sure:
        ax.fill_between(
            bad, low, high, color=parts.INK, alpha=0.25, linewidth=0, label="expected value, interval"
        )
    ax.plot(bad, high, **parts.LINES[0], label="expected value" if sure else None)
    if not sure:
        ax.plot(bad, low, **parts.LINES[0])
    for column, label in (("alone_high", "if no other line could reject"), ("alone_low", None)):
        ax.plot(bad, frame[column].to_numpy(), **(parts.LINES[1] | {"linewidth": 1.2}), label=label)
    ax.axhline(0.0, color=parts.GREY, linewidth=0.9)
    chance = frame["probability"].to_numpy()
    scale = float(max(high.max(), 1.0)) / (3.0 * float(chance.max()))
    known = "how probable the number is (scaled)"
    ax.fill_between(bad, chance * scale, color=parts.MARK, alpha=0.35, linewidth=0, label=known)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}"))
    ax.set_title(f"What a dispute is worth, by the quality in {name}", loc="left", fontsize="medium")
    ax.legend(loc="lower left", bbox_to_anchor=(0.0, 1.06), ncols=2, frameon=False, fontsize="small")
    return ax
