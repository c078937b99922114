"""How probably a plan accepts a lot, in plain Python numbers; knows no standard."""

from __future__ import annotations

from itertools import accumulate
from math import exp, floor, frexp, inf, isinf, isnan, ldexp, log, log1p

from aql.errors import DomainError
from aql.plans.values import MultiplePlan, SinglePlan

__all__ = ["acceptance_probability", "oc_points"]

_END = 0.01  # a curve ends where about one lot in a hundred is accepted


def acceptance_probability(plan: SinglePlan | MultiplePlan, p: float, *, model: str = "binomial") -> float:
    r"""Probability that a plan accepts a lot.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan. A count at or below Ac of a stage accepts, one at or above Re rejects, any other goes on; at the
        last stage every count below Re accepts, as in the gap of reduced inspection.
    p : float
        Quality of the process. [fraction nonconforming under ``"binomial"``, nonconformities per item under
        ``"poisson"``; 0.01 is one percent, or one per 100 items]
    model : str
        ``"binomial"`` or ``"poisson"``.

    Returns
    -------
    float
        Probability of acceptance; NaN where `p` is NaN.

    Raises
    ------
    DomainError
        If `p` lies outside [0, 1], or under ``"poisson"`` is negative or infinite; if the model is another.

    Notes
    -----
    Type B: a series of lots from one process, not one finite lot [1]_. With :math:`W_i(d)` the probability that
    stage i is reached with a count of d, :math:`P_a = \sum_i \sum_d W_i(d)\,P(d + X_i \le Ac_i)`, the last stage
    with :math:`Re - 1` in place of :math:`Ac_i`.

    References
    ----------
    .. [1] E. G. Schilling and D. V. Neubauer, Acceptance Sampling in Quality Control, 3rd ed., CRC Press, 2017.

    Examples
    --------
    >>> round(acceptance_probability(SinglePlan(n=52, ac=3), 0.05), 4)
    0.7383
    >>> round(acceptance_probability(MultiplePlan(n=(13, 13), ac=(0, 1), re=(2, 2)), 0.18), 10)
    0.0921738126
    """
    quality = _quality(p, model)
    if isnan(quality):
        return quality
    stages = plan.stages
    reached = {0: 1.0}
    accepted = 0.0
    for stage in stages:
        chances = _chances(stage.n, quality, stage.re, model)
        upto = list(accumulate(chances))
        most = stage.re - 1 if stage is stages[-1] else -1 if stage.ac is None else stage.ac
        accepted += sum(chance * upto[most - count] for count, chance in reached.items() if count <= most)
        reached = {
            total: sum(chance * chances[total - count] for count, chance in reached.items() if count <= total)
            for total in range(most + 1, stage.re)
        }
    return min(accepted, 1.0)


def _quality(p: float, model: str) -> float:
    if model not in {"binomial", "poisson"}:
        raise DomainError(
            f"model {model!r} is not known", "the models are 'binomial' and 'poisson'", "Use one", value=model
        )
    try:
        quality = float(p + 0.0)  # a text is no number
    except (TypeError, ValueError):
        quality = -1.0
    if quality < 0 or isinf(quality) or (model == "binomial" and quality > 1):
        allowed = (
            "a fraction nonconforming lies between 0 and 1"
            if model == "binomial"
            else "nonconformities per item are a finite number of 0 or more"
        )
        raise DomainError(f"p {p!r} is not possible", allowed, "Give 0.01 for one in a hundred", value=p)
    return quality


def _chances(n: int, p: float, count: int, model: str) -> list[float]:
    """Probabilities of 0, 1, ... `count` - 1 in `n` items, each from the one before it."""
    binomial = model == "binomial"
    if binomial and p == 1:
        return [float(found == n) for found in range(count)]
    # Above this mean every chance that a list can hold is 0 in floats.
    odds = p / (1 - p) if binomial else min(n * p, 1e15)
    none = n * log1p(-p) if binomial else -odds
    # Mantissa and exponent apart: the chance of 0 may be no float where that of more is.
    exponent = floor(none / log(2))
    mantissa = exp(none - exponent * log(2))
    chances = []
    for found in range(count):
        chances.append(ldexp(mantissa, exponent))
        more = odds * (n - found) / (found + 1) if binomial else odds / (found + 1)
        mantissa, shift = frexp(mantissa * more)
        exponent += shift
    return chances


def oc_points(
    plan: SinglePlan | MultiplePlan, *, model: str = "binomial", points: int = 41
) -> tuple[tuple[float, float], ...]:
    """Points of the operating characteristic, from quality 0 to where about one lot in a hundred is accepted.

    Takes `plan` and `model` as `acceptance_probability` does, and the number of `points`, 2 or more; they are
    evenly spaced. Returns pairs of quality and probability; a binomial curve that never falls so far ends at 1.
    Raises `DomainError` for another model or fewer points.

    Examples
    --------
    >>> curve = oc_points(SinglePlan(n=52, ac=3))
    >>> curve[0], round(curve[-1][0], 2), round(curve[-1][1], 2)
    ((0.0, 1.0), 0.18, 0.01)
    """
    if points < 2:
        raise DomainError(
            f"{points} points make no curve", "a curve has 2 or more", "Leave points out", value=points
        )
    most = 1.0 if model == "binomial" else inf
    low, high = 0.0, 1 / plan.total
    while high < most and acceptance_probability(plan, high, model=model) > _END:
        low, high = high, min(2 * high, most)
    for _ in range(12 if acceptance_probability(plan, high, model=model) <= _END else 0):
        middle = (low + high) / 2
        above = acceptance_probability(plan, middle, model=model) > _END
        low, high = (middle, high) if above else (low, middle)
    steps = (high * place / (points - 1) for place in range(points))
    return tuple((p, acceptance_probability(plan, p, model=model)) for p in steps)
