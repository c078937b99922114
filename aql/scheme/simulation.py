"""Simulation of a scheme through the very step that is used lot by lot, for chains that are too large to be exact."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from aql.checks import whole_number
from aql.errors import DomainError
from aql.scheme.chain import Forces
from aql.scheme.lot_outcomes import kinds, without_reduced
from aql.scheme.rules import Rules
from aql.scheme.state import start_of
from aql.scheme.step import step
from aql.types import SEVERITIES

__all__ = ["Simulated", "simulated"]

_BATCHES, _BEFORE = 50, 1_000
SMALLEST = 10_000


@dataclass(frozen=True, slots=True)
class Simulated:
    """Shares of lots on normal, tightened and reduced inspection, and the standard error of the largest one."""

    shares: tuple[float, float, float]
    accepted: float
    error: float


def simulated(
    rules: Rules, forces: Forces, chances: list[list[float]], *, lots: int, seed: int, reduced: bool
) -> Simulated:
    """Simulate a series of lots, without discontinuation.

    Parameters
    ----------
    rules : Rules
        The switching rules.
    forces : Forces
        The plans of the severities.
    chances : list of list of float
        The chances of the outcomes on each severity.
    lots : int
        Number of lots, after 1000 that are left out.
    seed : int
        Seed of the random numbers.
    reduced : bool
        Whether the authority allows reduced inspection.

    Returns
    -------
    Simulated
        Shares, share of lots accepted, and its standard error from the means of 50 batches.
    """
    import numpy as np

    count = whole_number(lots, "lots", least=SMALLEST)
    draw = np.random.default_rng(whole_number(seed, "seed"))
    every = [kinds(rules, force) for force in forces]
    if not reduced:
        every = [tuple(map(without_reduced, some)) for some in every]
    # The last outcome, a rejection, takes what rounding leaves over.
    ends = [np.cumsum(some)[:-1] for some in chances]
    numbers = draw.random(count + _BEFORE)
    places = [np.searchsorted(end, numbers, side="right") for end in ends]
    accepting = [sum(chance[:-1]) for chance in chances]
    endless = rules.agreed(discontinue_after=0)
    state = start_of(endless)
    severities = np.empty(count + _BEFORE, dtype=np.int8)
    for lot in range(count + _BEFORE):
        at = SEVERITIES.index(state.severity)
        severities[lot] = at
        state = step(state, every[at][places[at][lot]].outcome)
    kept = severities[_BEFORE:]
    shares = np.bincount(kept, minlength=3) / count
    batches = np.array([np.asarray(accepting)[part].mean() for part in np.array_split(kept, _BATCHES)])
    error = float(batches.std(ddof=1) / math.sqrt(_BATCHES))
    return Simulated(
        (float(shares[0]), float(shares[1]), float(shares[2])), float(shares @ np.asarray(accepting)), error
    )


def chances_by_severity(chances: list[Any], sizes: list[int]) -> list[list[float]]:
    """Return the chances of all kinds of outcome for a simulation, one list per severity."""
    found, first = [], 0
    for size in sizes:
        found.append([float(one) for one in chances[first : first + size]])
        first += size
    if any(math.isnan(one) for some in found for one in some):
        raise DomainError("p must be known, got NaN")
    return found
