"""The different outcomes that a lot can have under the switching rules, and their probabilities at a quality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aql.errors import DomainError
from aql.plans.arrays import Values
from aql.plans.largest_plans import computed_steps
from aql.plans.plan import Plan
from aql.plans.stage import Steps
from aql.scheme.outcome import Outcome, Sampled, points_of
from aql.scheme.rules import Rules
from aql.types import Severity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "Kind",
    "PlanInForce",
    "accepting_counts",
    "kinds",
    "outcome_that_matters",
    "probabilities",
    "without_reduced",
]


_MOST_COUNTS = 100_000


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """The plan of a severity: as stated, as applied to the lot, and what its score and limit numbers need."""

    severity: Severity
    plan: Plan
    on_lot: Plan
    tighter_ac: int | None = None
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """An outcome, and the counts that have it: stage, first and last count of each range.

    A rejection has no ranges. `whole` is True if every accepted lot has this outcome.
    """

    severity: Severity
    outcome: Outcome
    ranges: tuple[tuple[int, int, int], ...] = ()
    whole: bool = False


@lru_cache(maxsize=1024)
def kinds(rules: Rules, force: PlanInForce) -> tuple[Kind, ...]:
    """Return the different outcomes of a lot under a plan: the accepted ones, then rejection.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> from aql.scheme.rules import switching_rules
    >>> plan = SinglePlan(n=80, ac=5)
    >>> force = PlanInForce("normal", plan, plan, tighter_ac=3)
    >>> [(one.outcome.points, one.ranges) for one in kinds(switching_rules("ISO 2859-1:1999"), force)]
    [(3, ((0, 0, 3),)), (0, ((0, 4, 5),)), (0, ())]
    """
    found: dict[Outcome, list[tuple[int, int, int]]] = {}
    for stage, low, high, gap, total in accepting_counts(force.on_lot):
        for first, last in _alike(rules, force, low, high):
            sampled = Sampled(True, stage + 1, first, total, gap)
            ranges = found.setdefault(outcome_that_matters(rules, force, sampled), [])
            if ranges and ranges[-1][0] == stage and ranges[-1][2] == first - 1:
                ranges[-1] = (stage, ranges[-1][1], last)
            else:
                ranges.append((stage, first, last))
    accepted = [
        Kind(force.severity, outcome, tuple(ranges), len(found) == 1) for outcome, ranges in found.items()
    ]
    return (*accepted, Kind(force.severity, Outcome(False)))


def _alike(rules: Rules, force: PlanInForce, low: int, high: int) -> Iterable[tuple[int, int]]:
    """The first and last count of ranges of counts that have the same outcome if they are found at the same stage."""
    if force.severity == "normal" and rules.reduced_by == "lots" and rules.limit_numbers:
        if high - low >= _MOST_COUNTS:
            raise DomainError(
                f"ac must be below {_MOST_COUNTS} under rules with limit numbers, got {high}", value=high
            )
        return ((count, count) for count in range(low, high + 1))
    # Otherwise the count matters only where the plan one AQL step tighter stops accepting.
    tighter = force.tighter_ac
    if tighter is None or not low <= tighter < high:
        return [(low, high)]
    return [(low, tighter), (tighter + 1, high)]


def accepting_counts(plan: Plan) -> Iterable[tuple[int, int, int, bool, int]]:
    """Yield the counts that accept: stage from 0, first and last count, whether in the gap, and items inspected."""
    least = 0
    for place, stage in enumerate(plan.stages):
        ac = -1 if stage.ac is None else stage.ac
        if ac >= least:
            yield place, least, ac, False, stage.total
        if place == len(plan.stages) - 1 and stage.re - 1 > ac:
            yield place, max(ac + 1, least), stage.re - 1, True, stage.total
        least = max(least, ac + 1)


def outcome_that_matters(rules: Rules, force: PlanInForce, sampled: Sampled) -> Outcome:
    """Return the outcome of a lot, without what cannot matter at this severity."""
    if not sampled.accepted:
        return Outcome(False)
    if force.severity == "normal":
        points = points_of(rules, force.plan, sampled, force.tighter_ac)
        if rules.reduced_by == "lots" and rules.limit_numbers:
            return Outcome(True, points, False, sampled.found, sampled.inspected, force.limits)
        return Outcome(True, points)
    return Outcome(True, gap=sampled.gap and force.severity == "reduced")


def without_reduced(kind: Kind) -> Kind:
    """Return the kind of outcome of a lot in a series in which the authority does not allow reduced inspection."""
    return replace(kind, outcome=replace(kind.outcome, authority=False))


def probabilities(
    some: tuple[Kind, ...], plan: Plan, values: Values, model: str, lot_size: int | None
) -> list[Values]:
    """Return the probability of each kind of outcome of a lot at checked qualities, from positive terms alone.

    Parameters
    ----------
    some : tuple of Kind
        The kinds of one plan.
    plan : SinglePlan or MultiplePlan
        The plan as applied to the lot.
    values : float or ndarray
        Fractions nonconforming, nonconformities per item, or numbers nonconforming in the lot.
    model : {"binomial", "hypergeometric", "poisson"}
        The model.
    lot_size : int or None
        Lot size of the hypergeometric model. [items]
    """
    from aql.plans.acceptance import curve
    from aql.plans.acceptance.one_sample import at_most

    steps = computed_steps(plan, lot_size)
    rows: list[Values] = []
    stages: list[Any] | None = None
    for kind in some:
        if not kind.ranges:
            rows.append(curve.rejected(steps, values, model, lot_size))
        elif kind.whole:
            rows.append(curve.accepted(steps, values, model, lot_size))
        elif len(steps) == 1 and kind.ranges[0][1] == 0:
            rows.append(at_most(kind.ranges[0][2], steps[0][0], values, model, lot_size))
        else:
            if stages is None:
                stages = _ends(steps, values, model, lot_size)
            rows.append(_summed(kind, stages, isinstance(values, float)))
    return rows


def _summed(kind: Kind, stages: list[Any], one: bool) -> Any:
    """The sum of the probabilities of the counts in the ranges of a kind."""
    total = sum(stages[stage][low : high + 1].sum(axis=0) for stage, low, high in kind.ranges)
    return float(total[0]) if one else total


def _ends(steps: Steps, values: Any, model: str, lot_size: int | None) -> list[NDArray[np.float64]]:
    """Probabilities of the counts below Re with which each stage ends, whether the plan stops there or continues.

    One array per stage, of counts by qualities.
    """
    import numpy as np

    qualities = np.atleast_1d(np.asarray(values, dtype=float))
    alive = np.ones((1, qualities.size))
    least = drawn = 0
    found = []
    for n, total, ac, re in steps:
        ends = np.zeros((re, qualities.size))
        shared = None if lot_size is not None else _terms(re, n, qualities, model, None)
        for place, chance in enumerate(alive):
            before = least + place
            if before >= re:
                break
            left = None if lot_size is None else lot_size - drawn
            terms = _terms(re - before, n, qualities - before, model, left) if shared is None else shared
            ends[before:] += chance * terms[: re - before]
        found.append(ends)
        alive, least, drawn = ends[ac + 1 :], ac + 1, total
    return found


def _terms(
    size: int, n: int, values: NDArray[np.float64], model: str, lot_size: int | None
) -> NDArray[np.float64]:
    """Probabilities of 0 to ``size - 1`` found in a sample, by counts and qualities."""
    import numpy as np

    from aql.distributions import binomial, hypergeometric, poisson

    counts = np.arange(size, dtype=float)[:, None]
    if lot_size is not None:
        # A count before that is not possible has a chance of 0, whatever would follow it.
        impossible = (values < 0) | (values > lot_size)
        return hypergeometric.pmf(counts, n, np.where(impossible, 0.0, values)[None, :], lot_size)
    if model == "poisson":
        return poisson.pmf(counts, n * values[None, :])
    return binomial.pmf(counts, n, values[None, :])
