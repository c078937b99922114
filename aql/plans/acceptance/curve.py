"""The operating characteristic: probability of acceptance and of rejection, each accurate by itself."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from aql.distributions.terms import Floats, deviance, deviance_array, exact_off, excess, log_choose
from aql.plans.acceptance.paths import Compiled, Ends, Steps, compiled

__all__ = ["acceptance", "acceptance_arrays", "by_stages", "edge_array", "edge_of", "sum_ends_array"]

_BLOCK = 8192
# Products of matrices up to this many multiplications are made in one thread by the common libraries.
_ONE_THREAD = 200_000
# Below this logarithm of the weight, the plain product of powers loses nothing.
_PLAIN = 250.0
_FEW = 60


def acceptance(steps: Steps, quality: float, model: str) -> tuple[float, float]:
    """Probabilities of acceptance and rejection at one quality, already checked."""
    code = compiled(steps, model)
    if code.always:
        return (quality, quality) if math.isnan(quality) else (1.0, 0.0)
    if not code.short:
        accepted, rejected = acceptance_arrays(steps, np.array([quality]), model)
        return float(accepted[0]), float(rejected[0])
    above = not quality < code.pivot
    total = sum_ends(code.accept if above else code.reject, code, quality, falling=above)
    return (total, 1.0 - total) if above else (1.0 - total, total)


def sum_ends(ends: Sequence[Ends | None], code: Compiled, quality: float, *, falling: bool) -> float:
    """Probability of a set of ends at one quality."""
    ratio = _ratio(code, quality)
    if falling:
        ratio = 1.0 / ratio
    total = 0.0
    for one in ends:
        if one is not None:
            inner = 0.0
            for coefficient in reversed(one.coefficients):
                inner = inner * ratio + coefficient
            total += inner * edge(code.model, one, quality)
    return total


def _ratio(code: Compiled, quality: float) -> float:
    if code.model == "poisson":
        return quality / code.pivot
    if quality == 1:
        return math.inf
    return (quality / (1.0 - quality)) / (code.pivot / (1.0 - code.pivot))


def edge(model: str, ends: Ends, quality: float) -> float:
    """Term of the law at the edge of a set of ends."""
    n, k = ends.total, ends.count
    if math.isnan(quality):
        return quality
    if model == "poisson":
        mean = n * quality
        return math.exp(-excess(k) - deviance(k, mean, mean - k))
    if k == 0:
        return math.exp(n * math.log1p(-quality)) if quality < 1 else 0.0
    if k == n:
        return quality**n
    if quality in {0.0, 1.0}:
        return 0.0
    weight = log_choose(n, k)
    if weight < _PLAIN:
        return math.exp(weight + k * math.log(quality) + (n - k) * math.log1p(-quality))
    off = float(exact_off(n, k, quality))
    log = excess(n) - excess(k) - excess(n - k)
    log -= deviance(k, n * quality, off) + deviance(n - k, n * (1 - quality), -off)
    return math.exp(log)


def acceptance_arrays(steps: Steps, quality: Floats, model: str) -> tuple[Floats, Floats]:
    """Probabilities of acceptance and rejection of an array of qualities, already checked, in bounded memory."""
    code = compiled(steps, model)
    flat = np.ascontiguousarray(quality, dtype=float).ravel()
    accepted, rejected = np.empty_like(flat), np.empty_like(flat)
    for start in range(0, flat.size, 16 * _BLOCK):
        part = slice(start, start + 16 * _BLOCK)
        if code.short or code.always:
            _fill(code, flat[part], accepted[part], rejected[part])
        else:
            accepted[part], rejected[part] = by_stages(steps, flat[part], model, None)
    return accepted.reshape(quality.shape), rejected.reshape(quality.shape)


def by_stages(steps: Steps, values: Floats, model: str, lot_size: int | None) -> tuple[Floats, Floats]:
    """Probabilities of acceptance and rejection as sums over the stages, the larger from the smaller."""
    from aql.plans.acceptance.stage_by_stage import stage_ends

    _, accept, reject = stage_ends(steps, values, model, lot_size)
    accepted, rejected = np.asarray(sum(accept)), np.asarray(sum(reject))
    few = accepted < rejected
    return np.where(few, accepted, 1.0 - rejected), np.where(few, 1.0 - accepted, rejected)


def _fill(code: Compiled, quality: Floats, accepted: Floats, rejected: Floats) -> None:
    if code.always:
        accepted[:] = np.where(np.isnan(quality), np.nan, 1.0)
        rejected[:] = np.where(np.isnan(quality), np.nan, 0.0)
        return
    below = quality < code.pivot
    for ends, near, far, side in (
        (code.accept, accepted, rejected, ~below),
        (code.reject, rejected, accepted, below),
    ):
        falling = near is accepted
        places = np.flatnonzero(side)
        if places.size == quality.size:
            near[:] = sum_ends_array(ends, code, quality, falling=falling)
            np.subtract(1.0, near, out=far)
        elif places.size:
            found = sum_ends_array(ends, code, quality[places], falling=falling)
            near[places] = found
            far[places] = 1.0 - found


def sum_ends_array(ends: Sequence[Ends | None], code: Compiled, quality: Floats, *, falling: bool) -> Floats:
    """Probability of a set of ends at an array of qualities, block by block."""
    real = [one for one in ends if one is not None]
    out = np.zeros_like(quality)
    widest = max((one.grid.shape[1] for one in real), default=0)
    powers = np.empty((widest + 1, _BLOCK))
    with np.errstate(divide="ignore", invalid="ignore", under="ignore", over="ignore"):
        for start in range(0, quality.size, _BLOCK):
            part = quality[start : start + _BLOCK]
            _block(real, code, part, out[start : start + _BLOCK], powers[:, : part.size], falling=falling)
    return out


def _block(
    ends: list[Ends], code: Compiled, quality: Floats, out: Floats, powers: Floats, *, falling: bool
) -> None:
    log = np.log(quality)
    log_rest = quality
    if code.model == "poisson":
        ratio = quality / code.pivot
    else:
        log_rest = np.log1p(-quality)
        ratio = quality / (1.0 - quality)
        ratio /= code.pivot / (1.0 - code.pivot)
    if falling:
        np.divide(1.0, ratio, out=ratio)
    powers[0] = 1.0
    for k in range(1, len(powers)):
        np.multiply(powers[k - 1], ratio, out=powers[k])
    for one in ends:
        width = one.grid.shape[1]
        rows = _product(one.grid, powers[:width])
        inner = rows[-1]
        for row in rows[-2::-1]:
            inner *= powers[width]
            inner += row
        inner *= edge_array(code.model, one, quality, log, log_rest)
        out += inner


def _product(grid: Floats, powers: Floats) -> Floats:
    """Matrix product in pieces too small for a second thread, which would wait for a core that others use."""
    rows = np.empty((grid.shape[0], powers.shape[1]))
    columns = max(_ONE_THREAD // grid.size, 1)
    for start in range(0, powers.shape[1], columns):
        part = slice(start, start + columns)
        np.matmul(grid, powers[:, part], out=rows[:, part])
    return rows


def edge_of(model: str, total: int, count: int, quality: Floats) -> Floats:
    """Probability of `count` among `total` items at an array of qualities."""
    one = Ends(total, count, (1.0,), np.ones((1, 1)), (1.0,))
    flat = np.atleast_1d(quality)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_rest = np.log1p(-flat) if model == "binomial" else flat
        found = edge_array(model, one, flat, np.log(flat), log_rest)
    if model == "binomial" and count < total:
        found = np.where(flat == 1, 0.0, found)
    return np.where(flat == 0, 1.0 if count == 0 else 0.0, found).reshape(quality.shape)


def edge_array(model: str, ends: Ends, quality: Floats, log: Floats, log_rest: Floats) -> Floats:
    """Term of the law at the edge of a set of ends, given the logarithms of the quality and of its rest."""
    n, k = ends.total, ends.count
    if model == "poisson":
        if k == 0:
            return np.exp(-n * quality)
        if k < _FEW:
            return np.exp(k * math.log(n) - math.lgamma(k + 1) + k * log - n * quality)
        mean = n * quality
        return np.exp(-excess(k) - deviance_array(k, mean, mean - k))
    if k == 0:
        return np.exp(n * log_rest)
    if k == n:
        return np.exp(n * log)
    weight = log_choose(n, k)
    if weight < _PLAIN:
        sum_ = k * log
        sum_ += (n - k) * log_rest
        sum_ += weight
        return np.exp(sum_, out=sum_)
    off = exact_off(n, k, quality)
    sum_ = deviance_array(k, n * quality, off)
    sum_ += deviance_array(n - k, n * (1 - quality), -off)
    return np.exp((excess(n) - excess(k) - excess(n - k)) - sum_)
