"""A plan compiled once: where it accepts, rejects or goes on, as short polynomials.

At the pivot, a quality at which the plan accepts about half of all lots, the stages are run through and the
probability of every end of a path is known. At another quality an end has the same probability times a power of the
odds. So a sum over ends is one accurate term of the law times a polynomial with positive coefficients in a variable
that does not exceed 1: acceptance above the pivot, rejection below it. Nothing is ever subtracted.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from aql.distributions.terms import Floats, binomial_terms, poisson_terms

__all__ = ["Compiled", "Ends", "Steps", "compiled", "pivot_of", "run", "steps_of"]

Law = Callable[[int, int, float], Floats]
LAWS: dict[str, Law] = {"binomial": binomial_terms, "poisson": poisson_terms}

# A polynomial is cut where what follows is this small beside its sum.
_NEGLIGIBLE = 1e-19
_REMEMBERED = 1024
# What the terms of a stage may leave out, and how far from 1 the numbers of a polynomial may lie.
_WHOLE = 1e-14
_SMALLEST, _LARGEST = 1e-250, 1e250

Step = tuple[int, int, int, int]
Steps = tuple[Step, ...]
"""Of every stage: items drawn, items drawn so far, the last count that accepts (-1: none) and the first that rejects."""


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Ends of one kind at one stage: `total` items drawn, `count` found at the edge, and the others from there on.

    ``coefficients[j]`` belongs to the count j away from the edge, relative to the term of the law at the edge at the
    pivot; ``shares[j]`` is the part of all orders of drawing that many which end here.
    """

    total: int
    count: int
    coefficients: tuple[float, ...]
    grid: Floats
    shares: tuple[float, ...]
    edge: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A plan compiled for a law.

    `accept` and `onward_falling` run from the edge down and serve above the pivot; `reject` and `onward_rising` run
    up and serve below it. `onward` ends are those after which the next stage is drawn. `always` is True for a plan
    that cannot reject. Where the polynomials cannot hold the whole law, because the bulk of a stage lies far from its
    numbers, `short` is False and the stages are summed one by one.
    """

    model: str
    pivot: float
    accept: tuple[Ends | None, ...]
    reject: tuple[Ends | None, ...]
    onward_falling: tuple[Ends | None, ...]
    onward_rising: tuple[Ends | None, ...]
    always: bool
    short: bool


def steps_of(plan: object) -> Steps:
    """The steps of a plan; a count in a gap before the last rejection number accepts."""
    stages = plan.stages  # type: ignore[attr-defined]
    before = [(one.n, one.total, -1 if one.ac is None else one.ac, one.re) for one in stages[:-1]]
    last = stages[-1]
    return (*before, (last.n, last.total, last.re - 1, last.re))


def run(steps: Steps, law: Law, quality: float) -> list[tuple[Floats, int]]:
    """Probabilities of the counts after each stage that is reached, and the first of these counts."""
    found: list[tuple[Floats, int]] = []
    alive, low = np.ones(1), 0
    for n, _, ac, re in steps:
        # Fourteen standard deviations and a margin: what lies beyond is below any digit.
        top = re + int(14 * math.sqrt(n * quality + 1)) + 80
        full = np.convolve(alive, law(n, max(top - low, 1), quality))
        found.append((full, low))
        start, stop = max(ac + 1 - low, 0), max(re - low, 0)
        alive, low = full[start:stop], low + start
        if alive.size == 0:
            break
    return found


def _accepted(steps: Steps, law: Law, quality: float) -> float:
    parts = zip(steps, run(steps, law, quality), strict=False)
    return sum(float(full[: max(ac + 1 - low, 0)].sum()) for (_, _, ac, _), (full, low) in parts)


def _always(steps: Steps) -> bool:
    """True where even items that are all nonconforming are accepted; then every sample is."""
    for _, total, ac, re in steps:
        if total >= re:
            return False
        if total <= ac:
            return True
    return False


def pivot_of(steps: Steps, model: str) -> float:
    """A quality at which the plan accepts between 20 and 80 percent of all lots."""
    law = LAWS[model]
    _, total, ac, _ = steps[-1]
    low, high = 0.0, 1.0 if model == "binomial" else math.inf
    quality = (ac + 0.7) / (total + 0.4)
    if quality >= high:
        quality = 0.5
    for _ in range(300):
        share = _accepted(steps, law, quality)
        if 0.2 <= share <= 0.8:
            break
        low, high = (quality, high) if share > 0.8 else (low, quality)
        quality = (low + high) / 2 if math.isfinite(high) else 2 * quality
        if quality in {low, high}:
            break
    return quality


@lru_cache(maxsize=_REMEMBERED)
def compiled(steps: Steps, model: str) -> Compiled:
    """Compile a plan for the binomial or Poisson law; equal plans are compiled once."""
    always = model == "binomial" and _always(steps)
    law, pivot = LAWS[model], 0.5 if always else pivot_of(steps, model)
    accept: list[Ends | None] = []
    reject: list[Ends | None] = []
    falling: list[Ends | None] = []
    rising: list[Ends | None] = []
    short, alive = True, 1.0
    for (_, total, ac, re), (full, low) in zip(steps, run(steps, law, pivot), strict=False):
        first, last = max(ac + 1 - low, 0), max(re - low, 0)
        yes, on, no = full[:first], full[first:last], full[last:]
        terms = law(total, low + full.size, pivot)
        found = (
            _ends(total, yes[::-1], low + yes.size - 1, -1, terms),
            _ends(total, no, low + last, 1, terms),
            _ends(total, on[::-1], low + first + on.size - 1, -1, terms),
            _ends(total, on, low + first, 1, terms),
        )
        for kept, one in zip((accept, reject, falling, rising), found, strict=True):
            kept.append(one)
        whole = float(full.sum())
        short = short and abs(whole - alive) <= _WHOLE * alive
        short = short and all(_held(part, one) for part, one in zip((yes, no, on, on), found, strict=True))
        alive = float(on.sum())
    return Compiled(model, pivot, tuple(accept), tuple(reject), tuple(falling), tuple(rising), always, short)


def _held(values: Floats, ends: Ends | None) -> bool:
    """True where a polynomial holds what it must, with room to spare on both sides."""
    if values.size == 0:
        return True
    return ends is not None and ends.edge > _SMALLEST and max(ends.coefficients) < _LARGEST


def _ends(total: int, values: Floats, count: int, step: int, terms: Floats) -> Ends | None:
    """Ends from the edge on, cut where the rest is negligible."""
    if values.size == 0 or not values[0] > 0 or not terms[count] > 0:
        return None
    sums = np.cumsum(values)
    after = values < _NEGLIGIBLE * sums
    keep = values.size - int(np.argmin(after[::-1])) if not after.all() else 1
    law = terms[count : count + keep] if step > 0 else terms[count - keep + 1 : count + 1][::-1]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        coefficients = values[:keep] / law[0]
        shares = np.nan_to_num(np.minimum(values[:keep] / law, 1.0))
    width = min(max(round(math.sqrt(keep)), 2), 24)
    grid = np.zeros((-(-keep // width), width))
    grid.ravel()[:keep] = coefficients
    return Ends(total, count, tuple(coefficients.tolist()), grid, tuple(shares.tolist()), float(law[0]))


@lru_cache(maxsize=_REMEMBERED)
def states(steps: Steps, model: str) -> tuple[tuple[int, Floats], ...]:
    """For every stage, the first count with which it can begin, and the share of all orders that lead there.

    The share of a count is that of its orders of drawing which went on at every stage before; it depends on no
    quality: given the count after a stage, the count before it is hypergeometric, or binomial for nonconformities.
    """
    from aql.plans.acceptance.finite_lot import hypergeometric_term

    found: list[tuple[int, Floats]] = [(0, np.ones(1))]
    for place, (n, total, ac, re) in enumerate(steps[:-1]):
        low, shares = found[-1]
        before = total - n
        most = low + shares.size - 1 + n if model != "poisson" else re - 1
        counts = np.arange(max(ac + 1, low), min(re - 1, most) + 1, dtype=float)
        if counts.size == 0 or shares.size == 0:
            found.append((0, np.zeros(0)))
            continue
        led = np.zeros(counts.size)
        if place == 0:
            led += 1.0
        else:
            for k, share in enumerate(shares.tolist()):
                if model == "poisson":
                    led += share * _binomial_of(low + k, counts, before / total)
                else:
                    led += share * hypergeometric_term(
                        np.full(counts.size, float(low + k)), before, total, counts
                    )
        found.append((int(counts[0]), led))
    return tuple(found)


def _binomial_of(k: int, n: Floats, p: float) -> Floats:
    """Probability of `k` of every count `n`; 0 where `k` is the larger."""
    from aql.distributions.terms import deviance_array, excess_array

    size = np.maximum(n, k)
    rest = size - k
    off = size * p - k
    log = excess_array(size) - excess_array(np.full_like(size, k)) - excess_array(rest)
    log -= deviance_array(np.full_like(size, k), size * p, off) + deviance_array(rest, size * (1 - p), -off)
    return np.where(n >= k, np.exp(log), 0.0)
