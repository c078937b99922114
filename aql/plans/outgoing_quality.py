"""What leaves the inspection: outgoing quality and the inspection it takes, when rejected lots are screened."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aql.errors import DomainError
from aql.plans.acceptance.ends import compiled
from aql.plans.acceptance.stages import stage_arrays
from aql.plans.quality import Qualities, by_blocks, lot_size_of, qualities, shaped
from aql.plans.stage import Steps, steps_of

if TYPE_CHECKING:
    from aql.distributions import Floats
    from aql.plans.plan import Plan

__all__ = ["Aoql", "afi", "aoq", "aoql", "ati"]

_FOUND = ("replaced", "removed")
_GRID = 2000
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class Aoql:
    """Average outgoing quality limit: the worst average outgoing quality, and the incoming quality it belongs to.

    Attributes
    ----------
    value : float
        The limit, a fraction nonconforming or nonconformities per item.
    at : float
        Incoming quality at which it is reached.
    """

    value: float
    at: float


def aoq(
    plan: Plan,
    p: Any = None,
    *,
    lot_size: int | None = None,
    found: str = "replaced",
    model: str = "binomial",
    nonconforming: Any = None,
    unit: str = "item",
) -> Any:
    r"""Average outgoing quality when rejected lots are screened to the last item.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p, model, nonconforming, unit
        As in `aql.plans.operating_characteristic.pa`.
    lot_size : int, optional
        Lot size. [items] Without it lots are taken to be large beside the sample.
    found : {"replaced", "removed"}
        What becomes of the nonconforming items that are found: replaced by good ones, or removed, which makes the lot
        smaller.

    Returns
    -------
    float, or ndarray of float64
        Fraction nonconforming, or nonconformities in the unit asked for, that is delivered; of the shape of the
        quality.

    Raises
    ------
    DomainError
        As `aql.plans.operating_characteristic.pa`; for an unknown `found`; for ``"removed"`` without a lot size.

    Notes
    -----
    With :math:`a_i` the probability of acceptance after :math:`N_i` items: replaced,
    :math:`\mathrm{AOQ} = p \sum_i a_i (N - N_i)/N`; removed, the same sum over :math:`N - p\,\mathrm{ATI}` in place
    of N [1]_. In the hypergeometric model :math:`a_i` is that of the lot without one of its nonconforming items,
    which makes the replaced form exact.

    References
    ----------
    .. [1] E. G. Schilling and D. V. Neubauer, Acceptance Sampling in Quality Control, 3rd ed., CRC Press, 2017.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(aoq(SinglePlan(n=52, ac=2), 0.015, lot_size=5000), 7)
    0.0142013
    """
    if found not in _FOUND:
        raise DomainError(
            f"found {found!r} is not known",
            'found is "replaced" or "removed"',
            "Use one of them",
            value=found,
        )
    given, size, steps = _given(plan, p, lot_size, model, nonconforming, unit)
    if found == "removed" and size is None:
        raise DomainError(
            'found="removed" without a lot size', "what is removed makes the lot smaller", "Give lot_size"
        )
    scale = 100.0 if unit == "100 items" else 1.0

    def outgoing(some: Qualities) -> Floats:
        passed = scale * some.fractions * _passed(steps, size, some)
        if found == "removed" and size is not None:
            left = size - some.fractions * _inspected(steps, size, some)
            with np.errstate(invalid="ignore", divide="ignore"):
                passed = np.where(left > 0, passed * size / left, 0.0)
        return np.asarray(passed)

    return shaped(by_blocks(outgoing, given), given)


def ati(
    plan: Plan,
    p: Any = None,
    *,
    lot_size: int,
    model: str = "binomial",
    nonconforming: Any = None,
    unit: str = "item",
) -> Any:
    r"""Average total inspection a lot: the samples of accepted lots, and every item of rejected ones.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p, model, nonconforming, unit
        As in `aql.plans.operating_characteristic.pa`.
    lot_size : int
        Lot size. [items]

    Returns
    -------
    float, or ndarray of float64
        :math:`\sum_i a_i N_i + N (1 - P_a)`, of the shape of the quality. [items]

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(ati(SinglePlan(n=52, ac=2), 0.015, lot_size=5000), 2)
    266.25
    """
    given, size, steps = _given(plan, p, lot_size_of(lot_size), model, nonconforming, unit)
    return shaped(by_blocks(lambda some: _inspected(steps, size or 0, some), given), given)


def afi(plan: Plan, p: Any = None, *, lot_size: int, **other: Any) -> Any:
    """Average fraction inspected: `ati` as a share of the lot.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(afi(SinglePlan(n=52, ac=2), 0.015, lot_size=5000), 5)
    0.05325
    """
    return ati(plan, p, lot_size=lot_size, **other) / lot_size_of(lot_size)


def aoql(
    plan: Plan,
    *,
    lot_size: int | None = None,
    found: str = "replaced",
    model: str = "binomial",
    unit: str = "item",
) -> Aoql:
    """Average outgoing quality limit: the largest `aoq` over all incoming qualities, and where it lies.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    lot_size, found, model, unit
        As in `aoq`.

    Returns
    -------
    Aoql
        The limit and the incoming quality at which it is reached, in the unit asked for.

    Raises
    ------
    DomainError
        As `aoq`; if the plan rejects nothing, so that the outgoing quality has no limit but 1.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> limit = aoql(SinglePlan(n=52, ac=2), lot_size=5000)
    >>> round(limit.value, 7), round(limit.at, 6)
    (0.0260302, 0.042997)
    """
    if model == "hypergeometric":
        size = lot_size_of(lot_size)
        bad = np.arange(size + 1)
        values = np.asarray(aoq(plan, nonconforming=bad, lot_size=size, found=found, model=model))
        best = int(np.argmax(values))
        return Aoql(float(values[best]), best / size)
    code = compiled(steps_of(plan), model == "poisson")
    if code.always:
        raise DomainError(
            f"{plan!r} rejects no lot", "a limit needs a plan that can reject", "Give a smaller ac"
        )
    scale = 100.0 if unit == "100 items" else 1.0

    def outgoing(quality: Any) -> Any:
        return aoq(plan, quality, lot_size=lot_size, found=found, model=model, unit=unit)

    top = scale * (1.0 if model == "binomial" else 40 * code.pivot + 40)
    low = scale * code.pivot / 1000
    grid = np.unique(np.concatenate([np.geomspace(low, top, _GRID), np.linspace(low, top, _GRID)]))
    place = int(np.argmax(outgoing(grid)))
    left, right = float(grid[max(place - 1, 0)]), float(grid[min(place + 1, grid.size - 1)])
    for _ in range(80):
        inner = right - _GOLDEN * (right - left)
        outer = left + _GOLDEN * (right - left)
        if outgoing(inner) < outgoing(outer):
            left = inner
        else:
            right = outer
    at = (left + right) / 2
    return Aoql(float(outgoing(at)), at)


def _given(
    plan: Plan, p: Any, lot_size: int | None, model: str, nonconforming: Any, unit: str
) -> tuple[Qualities, int | None, Steps]:
    size = None if lot_size is None else lot_size_of(lot_size)
    finite = size if model == "hypergeometric" else None
    given = qualities(p, model=model, lot_size=finite, nonconforming=nonconforming, unit=unit)
    return given, size, steps_of(plan, size)


def _passed(steps: Steps, size: int | None, given: Qualities) -> Floats:
    """Share of the nonconforming items that is delivered."""
    total = np.where(np.isnan(given.values), np.nan, 0.0)
    values, lot_size, stages = given.values, given.lot_size, len(steps)
    if lot_size is not None:
        # One nonconforming item is followed: the others are a lot of N - 1 with D - 1 of them.
        values, stages = np.maximum(values - 1, 0.0), sum(step[1] < lot_size for step in steps)
        lot_size -= 1
    flat = np.atleast_1d(values).ravel()
    accept = stage_arrays(steps, flat, given.model, lot_size, stages=stages)[1] if stages else []
    for (_, drawn, _, _), accepted in zip(steps, accept, strict=False):
        total = total + accepted.reshape(total.shape) * (1.0 if size is None else (size - drawn) / size)
    return total


def _inspected(steps: Steps, size: int, given: Qualities) -> Floats:
    """Items inspected in a lot on average, rejected lots screened."""
    flat = np.atleast_1d(given.values).ravel()
    _, accept, reject = stage_arrays(steps, flat, given.model, given.lot_size)
    total = size * sum(reject)
    for (_, drawn, _, _), accepted in zip(steps, accept, strict=True):
        total = total + drawn * accepted
    return np.asarray(total).reshape(given.values.shape)
