"""Compiles a plan once into weighted runs of counts: those with which it accepts, rejects or continues at each stage.

A plan ends at a count, after some stage, that accepts or rejects. The probability of every such end is computed once at
the pivot, a quality at which the plan accepts about half of all lots. At any other quality, it is multiplied by a power
of the odds; in a finite lot, an end is a fixed share of all orders in which its count can be drawn. The probability of
acceptance is therefore a weighted sum of probabilities of counts, with positive weights that do not depend on quality.
Acceptance is summed above the pivot and rejection below it, so nothing is ever subtracted.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aql.distributions import binomial, poisson
from aql.distributions.power_series import shortened
from aql.distributions.tail_sums import Run

if TYPE_CHECKING:
    from aql.distributions import Floats
    from aql.plans.stage import Steps

    Law = Callable[[int, int, float], Floats]

__all__ = ["Compiled", "Ends", "compiled", "turning_point"]

# Largest share of probability that the counts of a stage can miss; smallest term and largest coefficient of a run.
_WHOLE = 1e-14
_SMALLEST, _LARGEST = 1e-250, 1e250


@dataclass(frozen=True, slots=True, eq=False)
class Ends(Run):
    """Counts after a stage with which the plan ends in one way, or with which it continues.

    The weight of a count is the share of all orders of drawing it that end here.
    """

    stage: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A plan compiled for the binomial or the Poisson model.

    The runs `accept` and `onward_falling` go down from their first count and are used from the pivot on; `reject` and
    `onward_rising` go up and are used below the pivot. After `onward` counts, the next stage is drawn. `always` is True
    for a plan that cannot reject. `short` is False if the runs cannot represent the whole distribution, because most of
    the counts of a stage are far from its Ac and Re; then the stages must be summed one by one.
    """

    pivot: float
    accept: tuple[Ends, ...]
    reject: tuple[Ends, ...]
    onward_falling: tuple[Ends, ...]
    onward_rising: tuple[Ends, ...]
    always: bool
    short: bool


@lru_cache(maxsize=1024)
def compiled(steps: Steps, nonconformities: bool) -> Compiled:
    """Compile the ends of a plan's stages for the binomial model, or for Poisson with `nonconformities`; cached."""
    law = _poisson_terms if nonconformities else _binomial_terms
    pivot, always = turning_point(steps, nonconformities)
    accept: list[Ends] = []
    reject: list[Ends] = []
    falling: list[Ends] = []
    rising: list[Ends] = []
    short, alive = True, 1.0
    for stage, (full, low) in enumerate(_walk(steps, law, pivot)):
        _, total, ac, re = steps[stage]
        first, last = max(ac + 1 - low, 0), max(re - low, 0)
        yes, on, no = full[:first], full[first:last], full[last:]
        terms = law(total, low + full.size, pivot)
        for kept, values, count, step in (
            (accept, yes[::-1], low + yes.size - 1, -1),
            (reject, no, low + last, 1),
            (falling, on[::-1], low + first + on.size - 1, -1),
            (rising, on, low + first, 1),
        ):
            if values.size and values[0] > 0 and terms[count] > 0:
                kept.append(_ends(stage, total, count, step, values, terms))
                short = short and terms[count] > _SMALLEST and max(kept[-1].coefficients) < _LARGEST
            elif values.size:
                short = False
        short = short and abs(float(full.sum()) - alive) <= _WHOLE * alive
        alive = float(on.sum())
    return Compiled(pivot, tuple(accept), tuple(reject), tuple(falling), tuple(rising), always, short)


def turning_point(steps: Steps, nonconformities: bool) -> tuple[float, bool]:
    """Return a quality at which a plan ends with acceptance in about half of all lots, and whether it accepts all.

    Examples
    --------
    >>> turning_point(((80, 80, 2, 3),), nonconformities=False)
    (0.0335..., False)
    """
    if not nonconformities and _always(steps):
        return 0.5, True
    if nonconformities:
        return _pivot(steps, _poisson_terms, math.inf), False
    return _pivot(steps, _binomial_terms, 1.0), False


def _ends(stage: int, total: int, count: int, step: int, values: Floats, terms: Floats) -> Ends:
    """The ends of a stage, given their probabilities at the pivot (`values`) and those of all counts (`terms`)."""
    coefficients = shortened(values / terms[count])
    size = len(coefficients)
    law = terms[count : count + size] if step > 0 else terms[count - size + 1 : count + 1][::-1]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        shares = np.nan_to_num(np.minimum(values[:size] / law, 1.0))
    return Ends(total, count, coefficients, tuple(shares.tolist()), stage)


def _walk(steps: Steps, law: Law, quality: float) -> list[tuple[Floats, int]]:
    """Probabilities of the counts after each stage that is reached, and the smallest of these counts."""
    found: list[tuple[Floats, int]] = []
    alive, low = np.ones(1), 0
    for n, _, ac, re in steps:
        # Fourteen standard deviations and a margin: what is beyond cannot change a digit.
        top = re + int(14 * math.sqrt(n * quality + 1)) + 80
        full = np.convolve(alive, law(n, max(top - low, 1), quality))
        found.append((full, low))
        start, stop = max(ac + 1 - low, 0), max(re - low, 0)
        alive, low = full[start:stop], low + start
        if alive.size == 0:
            break
    return found


def _pivot(steps: Steps, law: Law, high: float) -> float:
    """A quality up to `high` at which the plan accepts between 20 and 80 percent of all lots."""
    _, total, ac, _ = steps[-1]
    low, quality = 0.0, (ac + 0.7) / (total + 0.4)
    if quality >= high:
        quality = 0.5
    if len(steps) == 1:
        return quality if math.isfinite(high) else (ac + 0.7) / total  # the median of the count is near Ac
    for _ in range(300):
        stages = zip(steps, _walk(steps, law, quality), strict=False)
        share = sum(float(full[: max(ac + 1 - low, 0)].sum()) for (_, _, ac, _), (full, low) in stages)
        if 0.2 <= share <= 0.8:
            break
        low, high = (quality, high) if share > 0.8 else (low, quality)
        quality = (low + high) / 2 if math.isfinite(high) else 2 * quality
        if quality in {low, high}:
            break
    return quality


def _always(steps: Steps) -> bool:
    """Whether the plan accepts even if all items are nonconforming, and thus always."""
    return next(total <= ac for _, total, ac, re in steps if total >= re or total <= ac)


def _binomial_terms(n: int, last: int, p: float) -> Floats:
    """Probabilities of 0 to `last` nonconforming items among `n`, where `last` is limited to `n`."""
    return binomial.counts(min(n, last), n, p)


def _poisson_terms(n: int, last: int, rate: float) -> Floats:
    """Probabilities of 0 to `last` nonconformities on `n` items."""
    return poisson.counts(last, n * rate)
