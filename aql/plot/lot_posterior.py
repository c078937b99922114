"""The plot of the posterior of a lot after its inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.plot import curves, parts
from aql.plot.quality_columns import limit_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aql.plans.lot_posterior import LotPosterior

__all__ = ["posterior"]

_BARS, _FEW = 80, 7


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
    ax = parts.axes(ax)
    ax.set_xlabel(f"Nonconforming items in the lot of {known.lot_size} [items]")
    ax.xaxis.set_major_locator(parts.whole_ticks())
    if len(bad) <= _BARS:
        ax.bar(bad[inside], chance[inside], color=parts.INK, width=0.8)
        ax.bar(bad[~inside], chance[~inside], color=parts.INK, width=0.8, alpha=0.35)
        ax.set_xlim(bad[0] - 0.7, max(bad[-1], bad[0] + _FEW) + 0.7)
    else:
        ax.fill_between(bad, chance, where=inside, color=parts.INK, alpha=0.3, linewidth=0)
        ax.plot(bad, chance, **parts.LINES[0])
    parts.percent_axis(ax, "Probability [%]", top=1.5 * top)
    within = known.cdf(high) - (known.cdf(low - 1) if low else 0.0)
    numbers = f"{low}" if low == high else f"{low} to {high}"
    ax.plot([low, high], [1.1 * top] * 2, "|-", color=parts.MARK, linewidth=1.4, markersize=7)
    words = f"{numbers} {'item' if high == 1 else 'items'}: {parts.share(within)}"
    plain = {"facecolor": ax.get_facecolor(), "edgecolor": "none", "pad": 1.0}
    ax.annotate(words, (low, 1.1 * top), (0, 6), bbox=plain, **parts.NEAR)
    if limit is not None:
        at = limit * known.lot_size
        left, right = ax.get_xlim()
        left, right = min(left, at), max(right, at)
        ax.set_xlim(left, right)
        ax.axvline(at, **parts.DASHES)
        side, anchor = (-4, "right") if at - left > right - at else (4, "left")
        words = f"AQL {parts.share(limit)} or better: {parts.share(known.probability_at_most(limit))}"
        ax.annotate(words, (at, 1.5 * top), (side, -2), va="top", ha=anchor, **parts.NEAR)
    a, b = known.prior
    title = f"{known.d} nonconforming of {known.n} inspected, beta({a:g}, {b:g}) prior"
    ax.set_title(title, loc="left", fontsize="medium")
    return ax
