"""What is known of this lot after an inspection, and what the next inspection will say: a beta prior, made exact."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aql.distributions import beta_binomial
from aql.errors import DomainError
from aql.plans.acceptance.curve import accepted
from aql.plans.outcomes import Side, found_words, percent, tail_of, whole
from aql.plans.plan import Plan
from aql.plans.quality import qualities, shaped
from aql.plans.stage import steps_of

if TYPE_CHECKING:
    from aql.distributions import Floats

__all__ = ["LotPosterior", "next_lot_pa", "posterior", "reinspection_pa"]

# Of lots that are worse than the median, those with less than this probability cannot change a digit of an acceptance.
_WORST = 1e-19
# A cumulative probability this close to a limit, relative to it, is at the limit.
_AT = 1e-12
_FOUND = ("kept", "removed", "replaced")
_ULPS = 4


@dataclass(frozen=True, slots=True)
class LotPosterior:
    """Distribution of the number nonconforming in a lot, those found included, after an inspection.

    Attributes
    ----------
    d, n, lot_size : int
        Nonconforming items found, items inspected, items in the lot.
    prior : tuple of two floats
        Parameters a and b of the beta prior of the process's fraction nonconforming.

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

    @property
    def process(self) -> tuple[float, float]:
        """Parameters of the beta posterior of the process's fraction nonconforming."""
        return self.prior[0] + self.d, self.prior[1] + self.n - self.d

    @property
    def mean(self) -> float:
        """Expected number nonconforming in the lot. [items]."""
        a, b = self.process
        return self.d + (self.lot_size - self.n) * a / (a + b)

    def pmf(self, nonconforming: Any) -> Any:
        """Probability of a number nonconforming in the lot, scalar or array; NaN where it is NaN."""
        return self._at(nonconforming, beta_binomial.pmf)

    def cdf(self, nonconforming: Any) -> Any:
        """Probability of at most a number nonconforming in the lot."""
        return self._at(nonconforming, beta_binomial.cdf)

    def sf(self, nonconforming: Any) -> Any:
        """Probability of more than a number nonconforming in the lot, accurate by itself."""
        return self._at(nonconforming, beta_binomial.sf)

    def probability_at_most(self, fraction: Any) -> Any:
        """Probability that the lot's fraction nonconforming is at most `fraction`, scalar or array in [0, 1]."""
        given = qualities(fraction, model="binomial")
        counts = given.values * self.lot_size
        near = np.rint(counts)
        close = np.abs(counts - near) <= _ULPS * np.spacing(np.maximum(counts, 1.0))
        return shaped(np.asarray(self.cdf(np.where(close, near, np.floor(counts)))), given)

    def interval(self, content: float = 0.95, *, side: Side = "two-sided") -> tuple[int, int]:
        """Smallest interval of its kind that holds the number nonconforming with at least probability `content`.

        Two-sided: not more than half of the rest lies beyond either end. One-sided: the other end is certain.
        """
        _, rest = tail_of(content, side)
        start, _, below, above = self._table()
        limit = float(rest) * (1 + _AT)
        low, high = self.d, self.lot_size - self.n + self.d
        if side != "upper":
            low = self.d + start + int(np.searchsorted(below, limit, side="right"))
        if side != "lower":
            high = self.d + start + above.size - int(np.searchsorted(above[::-1], limit, side="right"))
        return low, high

    def next_lot_pa(self, plan: Plan, *, lot_size: int | None = None) -> float:
        """Probability that the next lot is accepted; see `next_lot_pa`."""
        return next_lot_pa(self, plan, lot_size=lot_size)

    def reinspection_pa(self, plan: Plan, *, found: str = "kept") -> float:
        """Probability that this lot is accepted when it is inspected again; see `reinspection_pa`."""
        return reinspection_pa(self, plan, found=found)

    def explain(self) -> str:
        """Say in two sentences what is known of the lot."""
        low, high = self.interval()
        a, b = self.prior
        return (
            f"{found_words(self.d, self.n)} Under a beta({a:g}, {b:g}) prior the lot of {self.lot_size} holds "
            f"{self.mean:.4g} nonconforming items on average, and {low} to {high} with a probability of "
            f"{percent(0.95)}."
        )

    def _table(self) -> tuple[int, Floats, Floats, Floats]:
        return beta_binomial.table(self.lot_size - self.n, *self.process)

    def _at(self, nonconforming: Any, probability: Callable[..., Any]) -> Any:
        given = qualities(None, model="hypergeometric", lot_size=self.lot_size, nonconforming=nonconforming)
        return shaped(probability(given.values - self.d, self.lot_size - self.n, *self.process), given)


def posterior(d: int, n: int, lot_size: int, prior: tuple[float, float] = (1.0, 1.0)) -> LotPosterior:
    r"""Distribution of the number nonconforming in a lot after an inspection, under a beta prior.

    Parameters
    ----------
    d : int
        Nonconforming items found.
    n : int
        Items inspected; 0 gives the prior of the lot.
    lot_size : int
        Items in the lot.
    prior : tuple of two floats
        Parameters a and b, above 0, of the prior beta distribution of the process's fraction nonconforming: as if
        a nonconforming and b good items had been seen before. (1, 1) is uniform, (0.5, 0.5) is Jeffreys's.

    Returns
    -------
    LotPosterior
        The distribution.

    Raises
    ------
    DomainError
        If a number is not possible.

    Notes
    -----
    The lot is N items of the process, so that its number nonconforming is beta-binomial (Polya) beforehand. After
    d of n, the N - n items that were not inspected hold R with

    .. math:: P(R = r) = \binom{N-n}{r} \frac{B(a + d + r,\; b + N - d - r)}{B(a + d,\; b + n - d)},

    and the lot holds d + R [1]_ [2]_. How the plan came to stop does not matter, so d and n of a plan of several
    stages are those of all items inspected.

    References
    ----------
    .. [1] A. Hald, Statistical Theory of Sampling Inspection by Attributes, Academic Press, 1981.
    .. [2] P. H. Peskun, "Some relationships and properties of the hypergeometric distribution", arXiv:1610.07554.

    Examples
    --------
    >>> print(posterior(5, 80, 1200).explain())
    5 of the 80 items inspected do not conform. Under a beta(1, 1) prior the lot of 1200 holds 86.95 nonconforming
    items on average, and 34 to 162 with a probability of 95 %.
    """
    size = whole(lot_size, "lot_size", 1)
    items = whole(n, "n", 0, size, f"a sample of a lot of {size} has 0 to {size} items")
    found = whole(d, "d", 0, items, f"{items} items show 0 to {items} nonconforming")
    try:
        a, b = (float(one) for one in prior)
    except (TypeError, ValueError):
        a = b = math.nan
    if not (0 < a < math.inf and 0 < b < math.inf):
        raise DomainError(
            f"prior {prior!r} is not possible",
            "a beta prior has two parameters above 0",
            "Give (1, 1) for a uniform one",
            value=prior,
        )
    return LotPosterior(found, items, size, (a, b))


def next_lot_pa(known: LotPosterior, plan: Plan, *, lot_size: int | None = None) -> float:
    r"""Probability that the next lot of the same process is accepted by a plan.

    Parameters
    ----------
    known : LotPosterior
        What is known after this lot's inspection.
    plan : SinglePlan or MultiplePlan
        The plan for the next lot.
    lot_size : int, optional
        Size of the next lot, where the sample may reach it; see `aql.plans.whole_lot.on_lot`.

    Returns
    -------
    float
        Probability of acceptance, the process's quality being uncertain.

    Notes
    -----
    :math:`\int P_a(p)\, f(p)\, dp` over the beta posterior of the process, without an integral: each stage's count
    is beta-binomial, given the counts before it.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(next_lot_pa(posterior(5, 80, 1200), SinglePlan(80, 5)), 6)
    0.508682
    """
    size = None if lot_size is None else whole(lot_size, "lot_size", 1)
    a, b = known.process
    chance, alive = 0.0, {0: 1.0}
    for n, total, ac, re in steps_of(plan, size):
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


def reinspection_pa(known: LotPosterior, plan: Plan, *, found: str = "kept") -> float:
    """Probability that this lot is accepted when it is inspected again, with a new random sample of all its items.

    Parameters
    ----------
    known : LotPosterior
        What is known after the inspection.
    plan : SinglePlan or MultiplePlan
        The plan of the second inspection, carried out on the lot as in `aql.plans.whole_lot.on_lot`.
    found : {"kept", "removed", "replaced"}
        What became of the nonconforming items found: left in the lot, taken out of it, or replaced by good ones.

    Returns
    -------
    float
        Probability of acceptance.

    Raises
    ------
    DomainError
        For an unknown `found`; if no item is left.

    Notes
    -----
    The operating characteristic of the finite lot, averaged over the posterior.

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
    if found not in _FOUND:
        raise DomainError(
            f"found {found!r} is not known",
            "found is one of " + ", ".join(_FOUND),
            "Use one of them",
            value=found,
        )
    size = known.lot_size - (known.d if found == "removed" else 0)
    if not size:
        raise DomainError(
            f"all {known.lot_size} items were found nonconforming and removed",
            "a lot that is inspected again has an item left",
            'Use found="kept" or found="replaced"',
        )
    start, chances, _, above = known._table()
    # Worse lots are accepted no more often, so the far end of the worst cannot change a digit.
    stop = above.size - int(np.searchsorted(above[::-1], _WORST, side="right")) + 1
    bad = (known.d if found == "kept" else 0) + start + np.arange(min(stop, chances.size), dtype=float)
    taken = accepted(steps_of(plan, size), bad, "hypergeometric", size)
    return min(float((chances[: bad.size] * taken).sum()), 1.0)
