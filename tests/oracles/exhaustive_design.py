"""Plans for two risks by trying every one: exact fractions, and fifty digits for the Poisson law.

It shares nothing with the package but what the documentation of `design` and `design_double` says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import comb
from typing import Any

import mpmath

# A risk that is met to within this much of itself is met; average sample numbers this close are equal.
EXACT = Fraction(1, 10**12)
DIGITS = 50

Row = list[Any]


@dataclass(frozen=True)
class Task:
    """Two points: qualities and risks as decimal text, qualities of a lot as numbers nonconforming."""

    model: str
    prq: str
    alpha: str
    crq: str
    beta: str
    lot_size: int = 0

    @property
    def keywords(self) -> dict[str, Any]:
        """The same as arguments of the package."""
        kind = int if self.lot_size else float
        points = {
            "prq": (kind(self.prq), float(self.alpha)),
            "crq": (kind(self.crq), float(self.beta)),
            "model": self.model,
        }
        return points | ({"lot_size": self.lot_size, "unit": "lot"} if self.lot_size else {})

    @property
    def sizes(self) -> Iterator[int]:
        """Samples that are possible."""
        return iter(range(1, self.lot_size + 1)) if self.lot_size else count(1)


def law(task: Task, quality: str, n: int) -> Row:
    """Probabilities of 0, 1, 2, ... nonconforming among n items; Poisson to where they no longer matter."""
    if task.model == "hypergeometric":
        bad, ways = int(quality), comb(task.lot_size, n)
        return [Fraction(comb(bad, k) * comb(task.lot_size - bad, n - k), ways) for k in range(n + 1)]
    p = Fraction(quality)
    if task.model == "binomial":
        return [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    mean = n * mpmath.mpf(p.numerator) / p.denominator
    last = int(mean + 25 * mpmath.sqrt(mean) + 60)
    return [mpmath.exp(-mean) * mean**k / mpmath.factorial(k) for k in range(last)]


def number(task: Task, value: str | Fraction) -> Any:
    """A constant as the law's numbers are."""
    exact = Fraction(value)
    return mpmath.mpf(exact.numerator) / exact.denominator if task.model == "poisson" else exact


def risks(task: Task, n: int) -> Iterator[tuple[int, Any, Any]]:
    """Acceptance numbers with which n items can reject, each with producer's and consumer's risk."""
    good, poor = law(task, task.prq, n), law(task, task.crq, n)
    taken = number(task, "0")
    for c in range(min(len(good), len(poor)) - 1):
        taken += poor[c]
        yield c, sum(good[c + 1 :]), taken


def limits(task: Task) -> tuple[Any, Any]:
    """The risks that are allowed."""
    alpha, beta = (number(task, Fraction(risk) * (1 + EXACT)) for risk in (task.alpha, task.beta))
    return alpha, beta


def exhaustive_design(task: Task) -> tuple[int, int]:
    """Smallest n, and for it the smallest c, that meet both risks."""
    with mpmath.workdps(DIGITS):
        alpha, beta = limits(task)
        return next(
            (n, c) for n in task.sizes for c, lost, taken in risks(task, n) if lost <= alpha and taken <= beta
        )


def exhaustive_nearest(task: Task, max_n: int) -> tuple[int, int]:
    """The plan of at most `max_n` items with the smallest larger ratio of risk to allowed risk."""
    with mpmath.workdps(DIGITS):
        alpha, beta = number(task, task.alpha), number(task, task.beta)
        found = (
            (max(lost / alpha, taken / beta), n, c)
            for n in range(1, max_n + 1)
            for c, lost, taken in risks(task, n)
        )
        return min(found)[1:]


def exhaustive_double(
    task: Task, *, times: int, where: str, free: bool
) -> tuple[Any, tuple[int, int], tuple[int, int], tuple[int, int]] | None:
    """Smallest average sample number of a double plan, with its n, Ac and Re; None if there is no such plan.

    Sizes are tried until the first sample alone is larger than the best average sample number.
    """
    with mpmath.workdps(DIGITS):
        best: tuple[Any, tuple[int, int], tuple[int, int], tuple[int, int]] | None = None
        order: tuple[int, ...] = ()
        for n in task.sizes:
            if (task.lot_size and (1 + times) * n > task.lot_size) or (best is not None and n > best[0]):
                break
            for size, ac2, ac1, re1 in doubles(task, n, times, where, free=free):
                near = best is not None and abs(size - best[0]) <= number(task, EXACT) * best[0]
                if best is None or (near and (n, ac2, ac1, re1) < order) or (not near and size < best[0]):
                    best = (size, (n, times * n), (ac1, ac2), (re1, ac2 + 1))
                    order = (n, ac2, ac1, re1)
        return best


def doubles(
    task: Task, n: int, times: int, where: str, *, free: bool
) -> Iterator[tuple[Any, int, int, int]]:
    """Double plans of these sample sizes that meet both risks: average sample number, Ac2, Ac1, Re1."""
    alpha, beta = limits(task)
    firsts = {quality: law(task, quality, n) for quality in (task.prq, task.crq, where)}
    seconds = {
        quality: [second(task, quality, n, times, x) for x in range(len(firsts[quality]))]
        for quality in (task.prq, task.crq)
    }
    most = min(len(row) + len(seconds[task.prq][0]) for row in firsts.values()) - 1
    for ac2 in range(1, most):
        for ac1 in range(ac2):
            for re1 in range(ac1 + 2 if free else ac2 + 1, ac2 + 2):
                lost, taken = (
                    accepted(firsts[quality], seconds[quality], ac1, re1, ac2)
                    for quality in (task.prq, task.crq)
                )
                if 1 - lost <= alpha and taken <= beta:
                    yield n * (1 + times * sum(firsts[where][ac1 + 1 : re1])), ac2, ac1, re1


def second(task: Task, quality: str, n: int, times: int, found: int) -> Row:
    """The law of the second sample when the first had `found` nonconforming items."""
    if not task.lot_size:
        return law(task, quality, times * n)
    bad, left = int(quality) - found, task.lot_size - n
    ways = comb(left, times * n)
    if not 0 <= bad <= left:
        return [Fraction(0)] * (times * n + 1)
    return [Fraction(comb(bad, k) * comb(left - bad, times * n - k), ways) for k in range(times * n + 1)]


def accepted(first: Row, seconds: list[Row], ac1: int, re1: int, ac2: int) -> Any:
    """Probability that a double plan accepts."""
    late = (
        first[x] * sum(seconds[x][: ac2 - x + 1]) for x in range(ac1 + 1, min(re1, len(first)))
    )
    return sum(first[: ac1 + 1]) + sum(late)
