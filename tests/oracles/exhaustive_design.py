"""Plans for two risks, found by trying every plan with whole numbers, or with sixty digits for Poisson.

It shares nothing with the package except the documentation of `design` and `design_double`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, count
from math import ceil, comb, floor, sqrt
from typing import Any, NamedTuple

import mpmath

# A risk that is met to within this much of itself is met; average sample numbers this close are equal.
EXACT = Fraction(1, 10**12)
DIGITS = 60


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


class Law(NamedTuple):
    """How often 0, 1, 2, ... are found, of how many times in all."""

    times: list[int]
    whole: int


def law(model: str, quality: str, n: int, lot_size: int = 0) -> Law:
    """The law of the number nonconforming among n items; the Poisson law to where it no longer matters."""
    if model == "hypergeometric":
        bad = int(quality)
        return Law([comb(bad, k) * comb(lot_size - bad, n - k) for k in range(n + 1)], comb(lot_size, n))
    p = Fraction(quality)
    if model == "binomial":
        top, rest = p.numerator, p.denominator - p.numerator
        return Law([comb(n, k) * top**k * rest ** (n - k) for k in range(n + 1)], p.denominator**n)
    mean = n * p
    whole = 10 ** (DIGITS + ceil(mean / 2))  # so that exp(-mean) has sixty digits, too
    with mpmath.workdps(DIGITS + ceil(mean / 2) + 10):
        none = int(mpmath.exp(-mpmath.mpf(mean.numerator) / mean.denominator) * whole)
    last = int(mean + 14 * sqrt(mean) + 40)
    up, down = mean.numerator, mean.denominator
    return Law(list(accumulate(range(1, last), lambda term, k: term * up // (down * k), initial=none)), whole)


def limits(task: Task) -> tuple[Fraction, Fraction]:
    """The risks that are allowed."""
    return Fraction(task.alpha) * (1 + EXACT), Fraction(task.beta) * (1 + EXACT)


def risks(task: Task, n: int) -> tuple[Law, Law]:
    """How often each acceptance number with which n items can reject rejects good lots and accepts poor ones."""
    good, poor = (law(task.model, quality, n, task.lot_size) for quality in (task.prq, task.crq))
    can_reject = min(len(good.times), len(poor.times)) - 1
    lost = list(accumulate(reversed(good.times)))[-2::-1]
    taken = list(accumulate(poor.times))
    return Law(lost[:can_reject], good.whole), Law(taken[:can_reject], poor.whole)


def exhaustive_design(task: Task) -> tuple[int, int]:
    """Smallest n, and for it the smallest c, that meet both risks."""
    alpha, beta = limits(task)
    for n in task.sizes:
        lost, taken = risks(task, n)
        for c, (left, right) in enumerate(zip(lost.times, taken.times, strict=True)):
            if left <= alpha * lost.whole and right <= beta * taken.whole:
                return n, c
    raise ValueError("no plan")


def exhaustive_nearest(task: Task, max_n: int) -> tuple[int, int]:
    """The plan of at most `max_n` items with the smallest larger ratio of risk to allowed risk."""
    found = []
    alpha, beta = Fraction(task.alpha), Fraction(task.beta)
    for n in range(1, max_n + 1):
        lost, taken = risks(task, n)
        for c, (left, right) in enumerate(zip(lost.times, taken.times, strict=True)):
            ratios = Fraction(left, lost.whole) / alpha, Fraction(right, taken.whole) / beta
            found.append((max(ratios), n, c))
    return min(found)[1:]


Double = tuple[Fraction, tuple[int, int], tuple[int, int], tuple[int, int]]


def exhaustive_double(task: Task, *, times: int, where: str, free: bool) -> Double | None:
    """Smallest average sample number of a double plan, with its n, Ac and Re; None if there is no such plan.

    Sizes are tried until the first sample alone is larger than the best average sample number.
    """
    best: Double | None = None
    order: tuple[int, ...] = ()
    for n in task.sizes:
        if (task.lot_size and (1 + times) * n > task.lot_size) or (best is not None and n > best[0]):
            break
        for size, ac2, ac1, re1 in doubles(task, n, times, where, free=free):
            near = best is not None and abs(size - best[0]) <= EXACT * best[0]
            if best is None or (near and (n, ac2, ac1, re1) < order) or (not near and size < best[0]):
                best = (size, (n, times * n), (ac1, ac2), (re1, ac2 + 1))
                order = (n, ac2, ac1, re1)
    return best


def doubles(
    task: Task, n: int, times: int, where: str, *, free: bool
) -> Iterator[tuple[Fraction, int, int, int]]:
    """Double plans of these sample sizes that meet both risks: average sample number, Ac2, Ac1, Re1."""
    alpha, beta = limits(task)
    good, poor = (Second(task, quality, n, times) for quality in (task.prq, task.crq))
    lost, taken = floor(alpha * good.whole), floor(beta * poor.whole)
    here = law(task.model, where, n, task.lot_size)
    most = max(len(one.first.times) + len(one.sums[0]) for one in (good, poor))
    for ac1 in range(most):
        for ac2 in range(ac1 + 1, most):
            for re1 in range(ac1 + 2 if free else ac2 + 1, ac2 + 2):
                if poor.accepted(ac1, re1, ac2) > taken:
                    break
                if good.whole - good.accepted(ac1, re1, ac2) <= lost:
                    second = Fraction(sum(here.times[ac1 + 1 : re1]), here.whole)
                    yield n * (1 + times * second), ac2, ac1, re1


class Second:
    """Both samples at one quality: the law of the first, and of the second after each count of the first."""

    def __init__(self, task: Task, quality: str, n: int, times: int) -> None:
        self.first = law(task.model, quality, n, task.lot_size)
        laws: list[Law] = []
        for found in range(len(self.first.times)):
            if not task.lot_size:
                laws.append(laws[0] if laws else law(task.model, quality, times * n))
            elif 0 <= int(quality) - found <= task.lot_size - n:
                laws.append(law(task.model, str(int(quality) - found), times * n, task.lot_size - n))
            else:  # cannot happen, and so is multiplied by nothing
                laws.append(Law([0] * (times * n + 1), 0))
        self.sums = [list(accumulate(one.times)) for one in laws]
        self.second = max(one.whole for one in laws)
        self.whole = self.first.whole * self.second

    def accepted(self, ac1: int, re1: int, ac2: int) -> int:
        """How often a double plan accepts."""
        at_once = sum(self.first.times[: ac1 + 1]) * self.second
        later = [
            part * self.sums[x][min(ac2 - x, len(self.sums[x]) - 1)]
            for x, part in enumerate(self.first.times[:re1])
            if x > ac1
        ]
        return at_once + sum(later)
