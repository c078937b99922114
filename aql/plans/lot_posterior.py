"""Posterior of a lot after its inspection, and predictions for the next inspection, from a beta prior; exact."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

from aql.checks import choice, whole_number
from aql.checks import lot_size as checked_lot_size
from aql.distributions import beta_binomial
from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.markup.shown import in_words
from aql.plans.acceptance.curve import accepted
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.confidence_bounds import tail_of
from aql.plans.largest_plans import checked_size, computed_steps
from aql.plans.quality import parse_quality
from aql.plans.stage import Staged, check_plan
from aql.types import REINSPECTED, Reinspected, Side
from aql.words import short_repr

__all__ = ["LotPosterior", "next_lot_pa", "posterior", "reinspection_pa"]

# Lots beyond this upper tail probability cannot change a digit of a probability of acceptance.
_WORST = 1e-19
# A cumulative probability this close to a limit (relative to it) counts as equal to the limit.
_AT = 1e-12
_ULPS = 4
# Smallest and largest parameter of a prior with which the products of ratios are finite and exact.
_FAINTEST, _STRONGEST = 1e-9, 1e12
# Largest number of items for which all probabilities are computed.
_MOST_ITEMS = 10**6


@dataclass(frozen=True, slots=True)
class LotPosterior(JsonValue):
    """Distribution of the number nonconforming in a lot, including those found, after an inspection.

    Attributes
    ----------
    d, n, lot_size : int
        Nonconforming items found, items inspected, lot size.
    prior : tuple of two floats
        Parameters a and b of the beta prior for the fraction nonconforming of the process.

    Examples
    --------
    >>> known = posterior(d=5, n=80, lot_size=1200)
    >>> round(known.mean, 2), known.interval(), round(known.probability_at_most(0.10), 4)
    (86.95, (34, 162), 0.8465)
    """

    d: int
    n: int
    lot_size: int
    prior: tuple[float, float]

    def __post_init__(self) -> None:
        """Check the fields, which also come from JSON."""
        size = checked_lot_size(self.lot_size)
        items = whole_number(self.n, "n", most=size)
        found = whole_number(self.d, "d", most=items)
        try:
            a, b = (float(one) for one in self.prior)
        except (TypeError, ValueError, OverflowError):
            a = b = math.nan
        if not (_FAINTEST <= a <= _STRONGEST and _FAINTEST <= b <= _STRONGEST):
            raise DomainError(
                f"prior must be two numbers from {_FAINTEST:g} to {_STRONGEST:g}, got {short_repr(self.prior)}",
                value=self.prior,
            )
        for name, value in (("d", found), ("n", items), ("lot_size", size), ("prior", (a, b))):
            object.__setattr__(self, name, value)

    @property
    def process(self) -> tuple[float, float]:
        """Parameters of the beta posterior for the fraction nonconforming of the process."""
        return self.prior[0] + self.d, self.prior[1] + self.n - self.d

    @property
    def mean(self) -> float:
        """Expected number nonconforming in the lot. [items]."""
        a, b = self.process
        return self.d + (self.lot_size - self.n) * a / (a + b)

    @overload
    def pmf(self, nonconforming: Number) -> float: ...
    @overload
    def pmf(self, nonconforming: SeriesT) -> SeriesT: ...
    @overload
    def pmf(self, nonconforming: Numbers) -> Floats: ...
    def pmf(self, nonconforming: Number | Numbers | SeriesLike) -> float | Floats | SeriesLike:
        """Probability of a number nonconforming in the lot; NaN for NaN."""
        return self._at(nonconforming, beta_binomial.pmf)

    @overload
    def cdf(self, nonconforming: Number) -> float: ...
    @overload
    def cdf(self, nonconforming: SeriesT) -> SeriesT: ...
    @overload
    def cdf(self, nonconforming: Numbers) -> Floats: ...
    def cdf(self, nonconforming: Number | Numbers | SeriesLike) -> float | Floats | SeriesLike:
        """Probability that at most this number is nonconforming in the lot."""
        return self._at(nonconforming, beta_binomial.cdf)

    @overload
    def sf(self, nonconforming: Number) -> float: ...
    @overload
    def sf(self, nonconforming: SeriesT) -> SeriesT: ...
    @overload
    def sf(self, nonconforming: Numbers) -> Floats: ...
    def sf(self, nonconforming: Number | Numbers | SeriesLike) -> float | Floats | SeriesLike:
        """Probability that more than this number is nonconforming in the lot, accurate even when it is tiny."""
        return self._at(nonconforming, beta_binomial.sf)

    @overload
    def probability_at_most(self, p: Number) -> float: ...
    @overload
    def probability_at_most(self, p: SeriesT) -> SeriesT: ...
    @overload
    def probability_at_most(self, p: Numbers) -> Floats: ...
    def probability_at_most(self, p: Number | Numbers | SeriesLike) -> float | Floats | SeriesLike:
        """Probability that the fraction nonconforming of the lot is at most `p`."""
        given = parse_quality(p)
        counts = np.asarray(given.values) * self.lot_size
        near = np.rint(counts)
        close = np.abs(counts - near) <= _ULPS * np.spacing(np.maximum(counts, 1.0))
        return given.alike(np.asarray(self.cdf(np.where(close, near, np.floor(counts)))))

    def interval(self, content: float = 0.95, *, side: Side = "two-sided") -> tuple[int, int]:
        """Interval that contains the number nonconforming with a probability of at least `content`.

        Two-sided: the smallest interval with at most half of the rest beyond either end. One-sided: the other end is
        what is certain.
        """
        _, rest = tail_of(content, side, "content")
        start, _, below, above = self._table()
        limit = float(rest) * (1 + _AT)
        low, high = self.d, self.lot_size - self.n + self.d
        if side != "upper":
            low = self.d + start + int(np.searchsorted(below, limit, side="right"))
        if side != "lower":
            high = self.d + start + above.size - int(np.searchsorted(above[::-1], limit, side="right"))
        return low, high

    def next_lot_pa(self, plan: Staged, *, lot_size: int | None = None) -> float:
        """Probability that the next lot is accepted; see `next_lot_pa`."""
        return next_lot_pa(self, plan, lot_size=lot_size)

    def reinspection_pa(self, plan: Staged, *, found: Reinspected = "kept") -> float:
        """Probability that this lot is accepted if it is inspected again; see `reinspection_pa`."""
        return reinspection_pa(self, plan, found=found)

    def explain(self) -> str:
        """Return in two sentences what is known about the lot."""
        return in_words(self)

    def _table(self) -> tuple[int, Floats, Floats, Floats]:
        rest = checked_size(self.lot_size - self.n, "lot_size - n", _MOST_ITEMS, "a posterior")
        return beta_binomial.table(rest, *self.process)

    def _at(
        self, nonconforming: Number | Numbers | SeriesLike, probability: Callable[..., Any]
    ) -> float | Floats | SeriesLike:
        given = parse_quality(model="hypergeometric", lot_size=self.lot_size, nonconforming=nonconforming)
        found = probability(given.values - self.d, self.lot_size - self.n, *self.process)
        return given.alike(np.asarray(found))


def posterior(d: int, n: int, lot_size: int, prior: tuple[float, float] = (1.0, 1.0)) -> LotPosterior:
    r"""Posterior of a lot: distribution of its number nonconforming after an inspection, with a beta prior.

    Parameters
    ----------
    d : int
        Nonconforming items found.
    n : int
        Items inspected; 0 gives the prior of the lot.
    lot_size : int
        Lot size. [items]
    prior : tuple of two floats
        Parameters a and b, above 0, of the beta prior for the fraction nonconforming of the process: as if a
        nonconforming and b conforming items had been seen before. (1, 1) is uniform, (0.5, 0.5) is Jeffreys's.

    Returns
    -------
    LotPosterior
        The distribution.

    Raises
    ------
    DomainError
        If an argument is invalid.

    Notes
    -----
    The lot consists of N items of the process, so its number nonconforming is beta-binomial (Polya) a priori. After d
    of n items were found nonconforming, the number R among the N - n items not inspected has

    .. math:: P(R = r) = \binom{N-n}{r} \frac{B(a + d + r,\; b + N - d - r)}{B(a + d,\; b + n - d)},

    and the lot contains d + R nonconforming items [1]_ [2]_. The stopping rule does not matter, so for a plan of several
    stages d and n are the totals of all items inspected.

    References
    ----------
    .. [1] A. Hald, Statistical Theory of Sampling Inspection by Attributes, Academic Press, 1981.
    .. [2] P. H. Peskun, "Some relationships and properties of the hypergeometric distribution", arXiv:1610.07554.

    Examples
    --------
    >>> print(posterior(5, 80, 1200).explain())
    5 of the 80 items inspected do not conform. With a beta(1, 1) prior, the lot of 1200 contains 86.95 nonconforming
    items on average, and 34 to 162 with a probability of 95 %.
    """
    return LotPosterior(d, n, lot_size, prior)


def _check_posterior(value: object) -> None:
    if not isinstance(value, LotPosterior):
        raise DomainError(f"known must be a posterior of a lot, got {short_repr(value)}", value=value)


def next_lot_pa(known: LotPosterior, plan: Staged, *, lot_size: int | None = None) -> float:
    r"""Probability that a plan accepts the next lot of the process, from the posterior of this lot.

    Parameters
    ----------
    known : LotPosterior
        The posterior after the inspection of this lot.
    plan : SinglePlan or MultiplePlan
        The plan for the next lot.
    lot_size : int, optional
        Size of the next lot, if its sample could be the whole lot; see `aql.plans.on_lot`.

    Returns
    -------
    float
        Probability of acceptance, averaged over the uncertain quality of the process.

    Notes
    -----
    :math:`\int P_a(p)\, f(p)\, dp` over the beta posterior of the process. It is computed without an integral, because
    the count of each stage is beta-binomial given the counts before it.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(next_lot_pa(posterior(5, 80, 1200), SinglePlan(80, 5)), 6)
    0.508682
    """
    _check_posterior(known)
    check_plan(plan)
    size = None if lot_size is None else checked_lot_size(lot_size)
    a, b = known.process
    checked_size(plan.stages[-1].total, "n", _MOST_ITEMS, "a prediction")
    chance, alive = 0.0, {0: 1.0}
    for n, total, ac, re in computed_steps(plan, size):
        reached: dict[int, float] = {}
        for before, weight in alive.items():
            start, chances, *_ = beta_binomial.table(n, a + before, b + total - n - before)
            chance += weight * float(chances[: max(ac + 1 - before - start, 0)].sum())
            for count in range(max(ac + 1, before), re):
                place = count - before - start
                if 0 <= place < chances.size:
                    reached[count] = reached.get(count, 0.0) + weight * float(chances[place])
        alive = reached
    return min(chance, 1.0)


def reinspection_pa(known: LotPosterior, plan: Staged, *, found: Reinspected = "kept") -> float:
    """Probability, from the posterior of a lot, that it is accepted if it is inspected again with a new random sample.

    Parameters
    ----------
    known : LotPosterior
        The posterior after the inspection.
    plan : SinglePlan or MultiplePlan
        The plan of the second inspection, applied to the lot as in `aql.plans.on_lot`.
    found : {"kept", "removed", "replaced"}
        What was done with the nonconforming items found: left in the lot, removed from it, or replaced by conforming
        items.

    Returns
    -------
    float
        Probability of acceptance.

    Raises
    ------
    DomainError
        If `found` is unknown, or no items are left.

    Notes
    -----
    The Type A operating characteristic, averaged over the posterior.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> known = posterior(5, 80, 1200)
    >>> [
    ...     round(reinspection_pa(known, SinglePlan(80, 5), found=how), 4)
    ...     for how in ("kept", "removed", "replaced")
    ... ]
    [0.5128, 0.5541, 0.557]
    """
    _check_posterior(known)
    choice(found, "found", REINSPECTED)
    size = known.lot_size - (known.d if found == "removed" else 0)
    if not size:
        raise DomainError(
            f'found must be "kept" or "replaced" because all {known.lot_size} items were nonconforming, got {short_repr(found)}',
            value=found,
        )
    start, chances, _, above = known._table()
    # Worse lots are not accepted more often, so the far tail cannot change a digit.
    stop = above.size - int(np.searchsorted(above[::-1], _WORST, side="right")) + 1
    bad = (known.d if found == "kept" else 0) + start + np.arange(min(stop, chances.size), dtype=float)
    taken = accepted(computed_steps(plan, size), bad, "hypergeometric", size)
    return min(float((chances[: bad.size] * taken).sum()), 1.0)
