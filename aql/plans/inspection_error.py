"""What a plan does when the inspector errs: misses nonconforming items, or finds fault with good ones."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aql.distributions import binomial
from aql.errors import DomainError
from aql.plans.acceptance.curve import accepted, rejected
from aql.plans.operating_characteristic import pa, pr
from aql.plans.outgoing_quality import afi, aoq, ati
from aql.plans.plan import Plan
from aql.plans.quality import qualities, shaped
from aql.plans.stage import steps_of
from aql.plans.stage_probabilities import asn

if TYPE_CHECKING:
    from aql.distributions import Floats

__all__ = ["Inspector", "imperfect_aoq", "imperfect_asn", "imperfect_ati", "imperfect_pa", "imperfect_pr"]

# Probabilities below this beside the largest have no full precision; they are left out.
_SMALLEST = 1e-305


@dataclass(frozen=True, slots=True)
class Inspector:
    """How often an inspector errs, on every item independently of the others.

    Attributes
    ----------
    miss : float
        Probability that a nonconforming item, or a nonconformity, is not found. [1]
    false_alarm : float
        Probability that a good item is called nonconforming; with the Poisson model the expected number of
        nonconformities reported on an item that are none. [1]

    Raises
    ------
    DomainError
        If one of them is not between 0 and 1.

    Examples
    --------
    >>> round(Inspector(miss=0.2, false_alarm=0.01).apparent(0.04), 4)
    0.0416
    """

    miss: float = 0.0
    false_alarm: float = 0.0

    def __post_init__(self) -> None:
        value: Any
        for name, value in (("miss", self.miss), ("false_alarm", self.false_alarm)):
            if not isinstance(value, (int, float)) or not 0 <= value <= 1:
                raise DomainError(
                    f"{name} {value!r} is not possible",
                    "a share of errors lies between 0 and 1",
                    "Write 0.2 for one in five",
                    value=value,
                )

    def apparent(self, p: Any, *, model: str = "binomial") -> Any:
        """Quality that the inspector sees: ``p (1 - miss) + (1 - p) false_alarm``; scalar or array.

        With the Poisson model, of `p` nonconformities an item, ``p (1 - miss) + false_alarm``.
        """
        given = qualities(p, model=model)
        good = 1.0 - given.values if model == "binomial" else 1.0
        seen = given.values * (1.0 - self.miss) + good * self.false_alarm
        return shaped(np.minimum(seen, 1.0) if model == "binomial" else np.asarray(seen), given)


def imperfect_pa(
    plan: Plan,
    p: Any = None,
    inspector: Inspector = Inspector(),
    *,
    model: str = "binomial",
    lot_size: int | None = None,
    nonconforming: Any = None,
    unit: str = "item",
) -> Any:
    r"""Probability that a plan accepts a lot when the inspector errs.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p : array_like of float
        True quality, as in `aql.plans.operating_characteristic.pa`.
    inspector : Inspector
        How often the inspector errs; never unless said.
    model, lot_size, nonconforming, unit
        As in `aql.plans.operating_characteristic.pa`.

    Returns
    -------
    float, or ndarray of float64
        Same shape as the quality; NaN where it is NaN.

    Raises
    ------
    DomainError
        As `aql.plans.operating_characteristic.pa`.

    Notes
    -----
    A process of quality p looks like one of :math:`p' = p(1 - m) + (1 - p) f`, with m the share that is missed and f
    that of false alarms [1]_. In a lot of N items with D nonconforming, the number A that the inspector would call
    nonconforming if all were shown is the sum of two binomial numbers, of D with 1 - m and of N - D with f; the
    sample is a random part of those A, so :math:`P_a = \sum_A P(A) P_a(A)` with the hypergeometric
    :math:`P_a(A)`. For a single plan this is the mixture of Johnson, Kotz and Wu [2]_.

    References
    ----------
    .. [1] R. D. Collins, K. E. Case and G. K. Bennett, "The effects of inspection error on single sampling inspection
       plans", Int. J. Prod. Res. 11 (1973) 289-298.
    .. [2] N. L. Johnson, S. Kotz and X. Wu, Inspection Errors for Attributes in Quality Control, Chapman & Hall, 1991.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> careless = Inspector(miss=0.2, false_alarm=0.001)
    >>> plan = SinglePlan(n=80, ac=2)
    >>> print(imperfect_pa(plan, [0.01, 0.05], careless).round(4), plan.pa([0.01, 0.05]).round(4))
    [0.9642 0.3589] [0.9534 0.2306]
    >>> round(imperfect_pa(plan, 0.05, careless, model="hypergeometric", lot_size=1200), 4)
    0.3521
    """
    if model != "hypergeometric":
        seen = _seen(p, inspector, model, lot_size, nonconforming, unit)
        return pa(plan, seen, model=model)
    return _averaged(plan, p, inspector, lot_size, nonconforming, unit, _part(0))


def imperfect_pr(
    plan: Plan,
    p: Any = None,
    inspector: Inspector = Inspector(),
    *,
    model: str = "binomial",
    lot_size: int | None = None,
    nonconforming: Any = None,
    unit: str = "item",
) -> Any:
    """Probability that a plan rejects a lot when the inspector errs: the complement of `imperfect_pa`, accurate by itself.

    Parameters, return value and errors are those of `imperfect_pa`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(imperfect_pr(SinglePlan(n=80, ac=2), 0.0, Inspector(false_alarm=0.01)), 4)
    0.0466
    """
    if model != "hypergeometric":
        seen = _seen(p, inspector, model, lot_size, nonconforming, unit)
        return pr(plan, seen, model=model)
    return _averaged(plan, p, inspector, lot_size, nonconforming, unit, _part(1))


def imperfect_asn(
    plan: Plan,
    p: Any = None,
    inspector: Inspector = Inspector(),
    *,
    inspection: str = "full",
    model: str = "binomial",
    lot_size: int | None = None,
    nonconforming: Any = None,
    unit: str = "item",
) -> Any:
    """Average sample number when the inspector errs; see `aql.plans.stage_probabilities.asn` and `imperfect_pa`.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> plan = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    >>> round(imperfect_asn(plan, 0.05, Inspector(miss=0.2)), 3), round(plan.asn(0.05), 3)
    (63.716, 67.793)
    """
    if model != "hypergeometric":
        seen = _seen(p, inspector, model, lot_size, nonconforming, unit)
        return asn(plan, seen, inspection=inspection, model=model)

    def items(plan: Plan, size: int, bad: Floats) -> Any:
        return asn(plan, nonconforming=bad, inspection=inspection, model="hypergeometric", lot_size=size)

    return _averaged(plan, p, inspector, lot_size, nonconforming, unit, items)


def imperfect_aoq(plan: Plan, p: Any, inspector: Inspector, *, lot_size: int) -> Any:
    r"""Average outgoing quality when the inspector errs and rejected lots are screened.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p : array_like of float
        True fraction nonconforming of the process. [1]
    inspector : Inspector
        How often the inspector errs, in the sample, in screening and on replacements.
    lot_size : int
        Lot size. [items]

    Returns
    -------
    float, or ndarray of float64
        True fraction nonconforming that is delivered, of the shape of the quality.

    Raises
    ------
    DomainError
        As `aql.plans.operating_characteristic.pa`; if the inspector would pass no item at all.

    Notes
    -----
    Every item called nonconforming is replaced by one of the same process, inspected by the same inspector, until
    it is passed [1]_ [2]_. A place in the lot that was inspected then holds a nonconforming item with probability
    :math:`q = p m / (1 - p')`, any other with probability p. With :math:`a_i` the probability of acceptance after
    :math:`N_i` items at the apparent quality p',
    :math:`\mathrm{AOQ} = q + (p - q) \sum_i a_i (N - N_i)/N`.

    References
    ----------
    .. [1] R. D. Collins, K. E. Case and G. K. Bennett, "The effects of inspection error on single sampling inspection
       plans", Int. J. Prod. Res. 11 (1973) 289-298.
    .. [2] K. E. Case, G. K. Bennett and J. W. Schmidt, "The effect of inspection error on average outgoing quality",
       J. Qual. Technol. 7 (1975) 28-33.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> plan = SinglePlan(n=52, ac=2)
    >>> (
    ...     round(imperfect_aoq(plan, 0.05, Inspector(miss=0.2), lot_size=5000), 5),
    ...     round(plan.aoq(0.05, lot_size=5000), 5),
    ... )
    (0.03606, 0.02546)
    """
    given, seen = _passing(p, inspector)
    true, rest = np.asarray(given.values), 1.0 - seen
    kept = true * inspector.miss / rest
    with np.errstate(divide="ignore", invalid="ignore"):
        unseen = np.where(
            seen > 0, aoq(plan, seen, lot_size=lot_size) / seen, 1.0 - afi(plan, seen, lot_size=lot_size)
        )
    return shaped(np.asarray(kept + (true - kept) * unseen), given)


def imperfect_ati(plan: Plan, p: Any, inspector: Inspector, *, lot_size: int) -> Any:
    """Average total inspection a lot when the inspector errs, replacements included; see `imperfect_aoq`.

    That of the apparent quality p', divided by 1 - p': each place takes 1 / (1 - p') inspections until an item passes.
    `aql.plans.outgoing_quality.ati` does not count the inspection of replacements.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(imperfect_ati(SinglePlan(n=52, ac=2), 0.05, Inspector(miss=0.2), lot_size=5000), 1)
    1834.3
    """
    given, seen = _passing(p, inspector)
    return shaped(np.asarray(ati(plan, seen, lot_size=lot_size) / (1.0 - seen)), given)


def _passing(p: Any, inspector: Inspector) -> tuple[Any, Floats]:
    given = qualities(p)
    seen = np.asarray(inspector.apparent(p))
    if (seen == 1).any():
        raise DomainError(
            f"{inspector!r} at a quality where every item looks nonconforming",
            "screening needs items that pass",
            "Give a better quality or another inspector",
            inspector=inspector,
        )
    return given, seen


def _seen(
    p: Any, inspector: Inspector, model: str, lot_size: int | None, nonconforming: Any, unit: str
) -> Any:
    given = qualities(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return inspector.apparent(shaped(given.values, given), model=model)


def _part(which: int) -> Callable[[Plan, int, Floats], Any]:
    side = (accepted, rejected)[which]
    return lambda plan, size, bad: side(steps_of(plan, size), bad, "hypergeometric", size)


def _averaged(
    plan: Plan,
    p: Any,
    inspector: Inspector,
    lot_size: int | None,
    nonconforming: Any,
    unit: str,
    property_of: Callable[[Plan, int, Floats], Any],
) -> Any:
    """Average a property of lots over the number of items that look nonconforming."""
    given = qualities(p, model="hypergeometric", lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    size = given.lot_size or 0
    flat = given.values.ravel()
    laws = {bad: _looks(int(bad), size, inspector) for bad in set(flat[~np.isnan(flat)].tolist())}
    first = min((start for start, _ in laws.values()), default=0)
    last = max((start + law.size for start, law in laws.values()), default=0)
    of = np.asarray(property_of(plan, size, np.arange(first, last, dtype=float)))
    averages = {bad: float(law @ of[start - first :][: law.size]) for bad, (start, law) in laws.items()}
    found = np.array([averages.get(bad, math.nan) for bad in flat.tolist()])
    return shaped(found.reshape(given.values.shape), given)


def _looks(bad: int, size: int, inspector: Inspector) -> tuple[int, Floats]:
    """Law of the number of items of a lot that look nonconforming: its first number that matters, and the rest."""
    first, seen = _binomial(bad, 1.0 - inspector.miss)
    other, alarms = _binomial(size - bad, inspector.false_alarm)
    return first + other, np.convolve(seen, alarms)


def _binomial(n: int, p: float) -> tuple[int, Floats]:
    if n == 0 or p in {0.0, 1.0}:
        return n if p else 0, np.ones(1)
    mean = n * p
    last = min(n, int(mean + 40 * math.sqrt(mean * (1 - p)) + 800))
    terms = binomial.pmf(np.arange(last + 1.0), n, p)
    kept = np.flatnonzero(terms > _SMALLEST)
    return int(kept[0]), terms[kept[0] : kept[-1] + 1]
