"""The operating characteristic of a finite lot: the hypergeometric law, in which items are not put back."""

from __future__ import annotations

import numpy as np

from aql.distributions.terms import Floats, deviance_array, excess, excess_array
from aql.plans.acceptance.curve import by_stages
from aql.plans.acceptance.paths import Compiled, Ends, Steps, compiled

__all__ = ["finite_acceptance_arrays", "hypergeometric_term", "sum_finite"]

_BLOCK = 8192
_CLEAR = 0.75


def hypergeometric_term(k: Floats, n: int, lot_size: int, bad: Floats) -> Floats:
    """Probability of `k` nonconforming in a sample of `n` of a lot with `bad` nonconforming items.

    Examples
    --------
    >>> hypergeometric_term(np.ones(2), 2, 4, np.array([0.0, 2.0])).round(12)
    array([0.        , 0.66666667])
    """
    good = lot_size - bad
    drawn_good, left_bad, left_good = n - k, bad - k, good - (n - k)
    possible = (left_bad >= 0) & (left_good >= 0) & (drawn_good >= 0)
    left_bad, left_good = np.maximum(left_bad, 0), np.maximum(left_good, 0)
    drawn_good = np.maximum(drawn_good, 0)
    off = (bad * n - k * lot_size) / lot_size
    log = excess(n) + excess(lot_size - n) - excess(lot_size) + excess_array(bad) + excess_array(good)
    for count in (k, drawn_good, left_bad, left_good):
        log -= excess_array(count)
    share, rest = n / lot_size, (lot_size - n) / lot_size
    log -= deviance_array(k, bad * share, off)
    log -= deviance_array(left_bad, bad * rest, -off)
    log -= deviance_array(drawn_good, good * share, -off)
    log -= deviance_array(left_good, good * rest, off)
    return np.where(possible | np.isnan(bad), np.exp(log), 0.0)


def finite_acceptance_arrays(steps: Steps, lot_size: int, bad: Floats) -> tuple[Floats, Floats]:
    """Probabilities of acceptance and rejection of lots with `bad` nonconforming items, already checked.

    The steps are those of the plan as carried out on the lot, so no sample exceeds it.
    """
    code = compiled(steps, "binomial")
    flat = np.ascontiguousarray(bad, dtype=float).ravel()
    accepted, rejected = np.empty_like(flat), np.empty_like(flat)
    for start in range(0, flat.size, _BLOCK):
        part = slice(start, start + _BLOCK)
        if code.short or code.always:
            _fill(code, lot_size, flat[part], accepted[part], rejected[part])
        else:
            accepted[part], rejected[part] = by_stages(steps, flat[part], "binomial", lot_size)
    return accepted.reshape(bad.shape), rejected.reshape(bad.shape)


def _fill(code: Compiled, lot_size: int, bad: Floats, accepted: Floats, rejected: Floats) -> None:
    if code.always:
        accepted[:] = np.where(np.isnan(bad), np.nan, 1.0)
        rejected[:] = np.where(np.isnan(bad), np.nan, 0.0)
        return
    below = bad < code.pivot * lot_size
    for side, ends, falling, near, far in (
        (~below, code.accept, True, accepted, rejected),
        (below, code.reject, False, rejected, accepted),
    ):
        if not side.any():
            continue
        here = bad[side]
        found = sum_finite(ends, lot_size, here, falling=falling)
        other = 1.0 - found
        # In a small lot the curve is steep: where the near side is the larger, the other one is summed too.
        large = found > _CLEAR
        if large.any():
            other[large] = sum_finite(
                code.reject if falling else code.accept, lot_size, here[large], falling=not falling
            )
            found[large] = 1.0 - other[large]
        near[side], far[side] = found, other


def sum_finite(ends: tuple[Ends | None, ...], lot_size: int, bad: Floats, *, falling: bool) -> Floats:
    """Sum of the terms of every stage, each from the term before."""
    total = np.zeros_like(bad)
    with np.errstate(divide="ignore", invalid="ignore", under="ignore"):
        for one in ends:
            if one is not None:
                total += _stage(one, lot_size, bad, falling=falling)
    return total


def _stage(ends: Ends, lot_size: int, bad: Floats, *, falling: bool) -> Floats:
    n, k = ends.total, ends.count
    # Where the lot cannot show the count at the edge, the nearest count that it can show stands in for it.
    start = np.minimum(k, bad) if falling else np.maximum(k, n - (lot_size - bad))
    term = hypergeometric_term(start, n, lot_size, bad)
    shares = np.asarray(ends.shares)
    place = np.nan_to_num(np.abs(start - k)).astype(np.intp)
    total = np.zeros_like(bad)
    count = start
    for _ in range(len(shares)):
        inside = place < len(shares)
        total += np.where(inside, term * shares[np.minimum(place, len(shares) - 1)], 0.0)
        if falling:
            term = term * (count * (lot_size - bad - n + count)) / ((bad - count + 1) * (n - count + 1))
            count = count - 1
        else:
            term = term * ((bad - count) * (n - count)) / ((count + 1) * (lot_size - bad - n + count + 1))
            count = count + 1
        place = place + 1
        if not (term > 0).any():
            break
    return total
