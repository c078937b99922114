"""Inspection error: the apparent quality for an imperfect inspector, and properties of a plan under it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import overload

from aql.checks import share
from aql.errors import DomainError
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.largest_plans import checked_size
from aql.plans.quality import Quality, Work, parse_quality
from aql.types import Model, ProcessModel
from aql.words import short_repr

__all__ = ["Inspector", "apparent_in", "averaged", "seen"]

# Smaller probabilities lose precision, so they are left out.
_SMALLEST = 1e-305
_LARGEST_LOT, _MOST_PAIRS = 10**6, 2 * 10**8


@dataclass(frozen=True, slots=True)
class Inspector:
    r"""An imperfect inspector, who errs on every item independently of the others.

    Attributes
    ----------
    miss : float
        Miss rate: probability that a nonconforming item, or a nonconformity, is not found. [1]
    false_alarm : float
        False alarm rate: probability that a conforming item is called nonconforming; with the Poisson model, expected
        number of nonconformities reported per item that do not exist. [1]

    Raises
    ------
    DomainError
        If either is not from 0 to 1.

    Notes
    -----
    To this inspector, a process of quality p has the apparent quality :math:`p' = p(1 - m) + (1 - p) f`, where m is the
    miss rate and f the false alarm rate [1]_; for nonconformities, :math:`p' = p(1 - m) + f`. In a lot of N items with
    D nonconforming, let A be the number that the inspector would call nonconforming if all were inspected: the sum of
    two binomial numbers, of D with 1 - m and of N - D with f. The sample is a random part of the lot, so a property is
    :math:`\sum_A P(A) P_a(A)` with the hypergeometric :math:`P_a(A)`. For a single plan this is the mixture of Johnson,
    Kotz and Wu [2]_.

    References
    ----------
    .. [1] R. D. Collins, K. E. Case and G. K. Bennett, "The effects of inspection error on single sampling inspection
       plans", Int. J. Prod. Res. 11 (1973) 289-298.
    .. [2] N. L. Johnson, S. Kotz and X. Wu, Inspection Errors for Attributes in Quality Control, Chapman & Hall, 1991.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> plan, hasty = SinglePlan(n=80, ac=2), Inspector(miss=0.2, false_alarm=0.001)
    >>> print(plan.pa([0.01, 0.05], inspector=hasty).round(4), plan.pa([0.01, 0.05]).round(4))
    [0.9642 0.3589] [0.9534 0.2306]
    >>> round(plan.pa(0.05, model="hypergeometric", lot_size=1200, inspector=hasty), 4)
    0.3521
    """

    miss: float = 0.0
    false_alarm: float = 0.0

    def __post_init__(self) -> None:
        for name in ("miss", "false_alarm"):
            share(getattr(self, name), name)

    @overload
    def apparent(self, p: Number, *, model: ProcessModel = ...) -> float: ...
    @overload
    def apparent(self, p: SeriesT, *, model: ProcessModel = ...) -> SeriesT: ...
    @overload
    def apparent(self, p: Numbers, *, model: ProcessModel = ...) -> Floats: ...
    def apparent(
        self, p: Number | Numbers | SeriesLike, *, model: ProcessModel = "binomial"
    ) -> float | Floats | SeriesLike:
        """Apparent quality: ``p (1 - miss) + (1 - p) false_alarm``.

        With the Poisson model, for `p` nonconformities per item, ``p (1 - miss) + false_alarm``.

        Examples
        --------
        >>> round(Inspector(miss=0.2, false_alarm=0.01).apparent(0.04), 4)
        0.0416
        """
        given = seen(parse_quality(p, model=model), self)
        return given.values if isinstance(given.values, float) else given.alike(given.values)

    def told_apart(self, model: Model) -> float:
        """Return how much worse a nonconforming item looks than a conforming one; raise if it does not.

        Examples
        --------
        >>> Inspector(miss=0.25, false_alarm=0.25).told_apart("binomial")
        0.5
        """
        difference = 1.0 - self.miss - (0.0 if model == "poisson" else self.false_alarm)
        if difference <= 0:
            added = "miss" if model == "poisson" else "miss + false_alarm"
            raise DomainError(
                f"{added} must be below 1 to distinguish nonconforming from conforming items, got {self!r}",
                inspector=self,
            )
        return difference


def seen(given: Quality, inspector: Inspector | None) -> Quality:
    """Return the quality of a process as it appears under inspection error; that of a lot is unchanged, see `averaged`.

    Examples
    --------
    >>> seen(parse_quality(0.5), Inspector(miss=0.5)).values
    0.25
    """
    if inspector is not None and not isinstance(inspector, Inspector):
        raise DomainError(
            f"inspector must be an aql.plans.Inspector, got {short_repr(inspector)}", value=inspector
        )
    if inspector is None or given.lot_size is not None:
        return given
    values = given.values * (1.0 - inspector.miss)
    if given.model == "poisson":
        return given.with_values(values + inspector.false_alarm)
    values = values + (1.0 - given.values) * inspector.false_alarm
    return given.with_values(min(values, 1.0) if isinstance(values, float) else values.clip(max=1.0))


def averaged(work: Work, given: Quality, inspector: Inspector | None) -> Work:
    """Return a function that averages `work` on a lot over its apparent quality under inspection error.

    `work` is called once with all numbers that matter, and can return several rows of results. For a process, `work` is
    returned unchanged, to be called with qualities from `seen`.
    """
    if inspector is None or given.lot_size is None:
        return work
    size = checked_size(given.lot_size, "lot_size", _LARGEST_LOT, "probabilities with an inspector")

    def average(values: Floats) -> Floats:
        import numpy as np

        every, places = np.unique(values, return_inverse=True)
        laws = [_looks(int(bad), size, inspector) for bad in every[~np.isnan(every)].tolist()]
        first = min((start for start, _ in laws), default=0)
        last = max((start + law.size for start, law in laws), default=1)
        at = work(np.arange(first, last, dtype=float))
        means = np.full((*at.shape[:-1], every.size), np.nan)
        for place, (start, law) in enumerate(laws):
            means[..., place] = at[..., start - first :][..., : law.size] @ law
        found: Floats = means[..., places]
        return found

    return average


def _looks(bad: int, size: int, inspector: Inspector) -> tuple[int, Floats]:
    """Distribution of the number of items in a lot that look nonconforming: the first number, and probabilities."""
    import numpy as np

    first, called = _binomial(bad, 1.0 - inspector.miss)
    other, alarms = _binomial(size - bad, inspector.false_alarm)
    checked_size(
        called.size * alarms.size, "lot_size, as pairs of counts,", _MOST_PAIRS, "what looks nonconforming"
    )
    return first + other, np.convolve(called, alarms)


def _binomial(n: int, p: float) -> tuple[int, Floats]:
    import numpy as np

    from aql.distributions import binomial

    if n == 0 or p in {0.0, 1.0}:
        return n if p else 0, np.ones(1)
    mean = n * p
    last = min(n, int(mean + 40 * math.sqrt(mean) + 800))
    terms = binomial.counts(last, n, p)
    kept = np.flatnonzero(terms > _SMALLEST)
    return int(kept[0]), terms[kept[0] : kept[-1] + 1]


def apparent_in(given: Quality, inspector: Inspector | None) -> Work:
    """Return a function from quality to apparent quality, for the total inspection of rejected lots by an inspector."""
    if inspector is None:
        return lambda values: values
    if given.model != "binomial":
        raise DomainError(
            f'model must be "binomial" with an inspector, got {given.model!r}', value=given.model
        )

    def apparent(values: Floats) -> Floats:
        looks: Floats = values * (1.0 - inspector.miss) + (1.0 - values) * inspector.false_alarm
        if (looks >= 1).any():
            raise DomainError(
                f"inspector must pass some items, got {inspector!r} with p {values[looks >= 1][0]:.6g}",
                inspector=inspector,
            )
        return looks

    return apparent
