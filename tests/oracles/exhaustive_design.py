"""Plans for two risks by trying every one, with exact fractions; the Poisson law in fifty digits."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

import mpmath

# Risks that are met to within this much of themselves are met, as the documentation of `design` says.
EXACT = Fraction(1, 10**12)


@dataclass(frozen=True)
class Task:
    """Qualities as decimal text, or numbers nonconforming in a lot."""

    model: str
    prq: str
    alpha: str
    crq: str
    beta: str
    lot_size: int = 0

    @property
    def keywords(self) -> dict[str, Any]:
        """The same as arguments of `design`."""
        kind = float if self.lot_size == 0 else int
        rest = {"lot_size": self.lot_size, "unit": "lot"} if self.lot_size else {}
        points = {"prq": (kind(self.prq), float(self.alpha)), "crq": (kind(self.crq), float(self.beta))}
        return {"model": self.model, **points, **rest}


def laws(model: str, quality: str, lot_size: int) -> Iterator[list[Any]]:
    """Probabilities of 0, 1, 2, ... nonconforming among 1, 2, 3, ... items; Poisson far into its tail."""
    n = 0
    binomial = [Fraction(1)]
    p = Fraction(quality)
    while n < lot_size or not lot_size:
        n += 1
        if model == "binomial":
            binomial = [
                (1 - p) * (binomial[k] if k < n else 0) + p * (binomial[k - 1] if k else 0) for k in range(n + 1)
            ]
            yield binomial
        elif model == "hypergeometric":
            bad = int(quality)
            ways = comb(lot_size, n)
            yield [Fraction(comb(bad, k) * comb(lot_size - bad, n - k), ways) for k in range(n + 1)]
        else:
            mean = n * mpmath.mpf(p.numerator) / p.denominator
            far = int(mean + 25 * mpmath.sqrt(mean) + 60)
            yield [mpmath.exp(-mean) * mean**k / mpmath.factorial(k) for k in range(far)]


def risks(task: Task) -> Iterator[list[tuple[int, Any, Any]]]:
    """Of every n in turn, all c that can reject, with producer's and consumer's risk."""
    both = (laws(task.model, quality, task.lot_size) for quality in (task.prq, task.crq))
    for good, poor in zip(*both, strict=True):
        rows: list[tuple[int, Any, Any]] = []
        lost, taken = sum(good), type(poor[0])(0)
        for c in range(min(len(good), len(poor)) - 1):
            lost, taken = lost - good[c], taken + poor[c]
            rows.append((c, lost, taken))
        yield rows


def exhaustive_design(task: Task) -> tuple[int, int]:
    """Smallest n, and for it the smallest c, that meet both risks."""
    alpha, beta = (number(risk) * (1 + number(EXACT)) for risk in (task.alpha, task.beta))
    with mpmath.workdps(50):
        for n, rows in enumerate(risks(task), 1):
            for c, lost, taken in rows:
                if lost <= alpha and taken <= beta:
                    return n, c
    raise AssertionError("no plan")


def exhaustive_nearest(task: Task, max_n: int) -> tuple[int, int]:
    """The plan of at most `max_n` items with the smallest larger ratio of risk to allowed risk."""
    alpha, beta = number(task.alpha), number(task.beta)
    with mpmath.workdps(50):
        found = [
            (max(lost / alpha, taken / beta), n, c)
            for n, rows in zip(range(1, max_n + 1), risks(task), strict=False)
            for c, lost, taken in rows
        ]
    return min(found)[1:]


class Number:
    pass


def number(value: str | Fraction) -> Any:
    return value
