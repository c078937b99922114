"""The Markov chain of a scheme, ready for any quality: chances of the outcomes, and the share of lots on each severity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal, Protocol

from aql.checks import flag
from aql.errors import DomainError
from aql.plans.arrays import Floats
from aql.plans.inspection_error import Inspector, averaged, seen
from aql.plans.quality import Quality
from aql.scheme.chain import MOST_STATES, Chain, Forces, explored, normal_states
from aql.scheme.elimination import Elimination, elimination_of
from aql.scheme.lot_outcomes import probabilities
from aql.scheme.rules import Rules
from aql.scheme.simulated_streaks import LOTS, simulated_streaks
from aql.scheme.state import start_of
from aql.scheme.streaks import Streaks, streaks_of
from aql.types import SEVERITIES

__all__ = [
    "MOST_ELIMINATED",
    "Lasting",
    "Method",
    "Solved",
    "Switching",
    "evaluated",
    "kind_chances",
    "lasting",
    "solved",
    "ways_of",
]

Method = Literal["exact", "iterated", "simulated"]
"""How the shares of the severities were computed.

``"exact"``: by elimination; ``"iterated"``: lot by lot, for chains of many states; ``"simulated"``: for chains that are
too large.
"""

_NOTHING = 1e-280
MOST_ELIMINATED = 6_000
"""States up to which a chain is solved by elimination; larger ones are followed streak by streak."""


class Switching(Protocol):
    """Anything with switching rules and the plans of the three severities, such as a scheme."""

    @property
    def rules(self) -> Rules:
        """The switching rules."""

    @property
    def forces(self) -> Forces:
        """The plans in force on normal, tightened and reduced inspection."""

    @property
    def seed(self) -> int | None:
        """Seed of the simulation of a chain that is too large; None for no simulation."""


class Solved(Protocol):
    """The chain of a scheme, without discontinuation, ready for any quality."""

    @property
    def chain(self) -> Chain:
        """The outcomes of a lot on each severity; the states only if the chain is solved by elimination."""

    @property
    def states(self) -> int | None:
        """Number of states; None if simulated."""

    @property
    def method(self) -> Method:
        """How the shares of the severities are computed."""

    def shares(self, chances: list[Any]) -> list[Any]:
        """Return the share of lots on normal, tightened and reduced inspection, from the chances of all kinds."""

    def shares_and_error(self, chances: list[Any]) -> list[Any]:
        """Return the three shares, and how far they can be off; see `aql.scheme.LongRun`."""


@dataclass(frozen=True, slots=True, eq=False)
class Lasting:
    """The chain of a scheme with the operations that give its stationary distribution.

    `flows` says which kinds of outcome, counted through the three severities, lead along each way.
    """

    chain: Chain
    elimination: Elimination
    flows: tuple[tuple[int, ...], ...]
    severities: tuple[int, ...]
    method: ClassVar[Literal["exact"]] = "exact"

    @property
    def states(self) -> int:
        """Number of states."""
        return len(self.chain.states)

    def shares(self, chances: list[Any]) -> list[Any]:
        """Return the share of lots on normal, tightened and reduced inspection, from the chances of all kinds."""
        visits = self.elimination.visits([_sum(chances, kinds) for kinds in self.flows], scaled=True)
        by_severity: list[Any] = [0.0, 0.0, 0.0]
        for severity, value in zip(self.severities, visits, strict=True):
            by_severity[severity] = by_severity[severity] + value
        total = by_severity[0] + by_severity[1] + by_severity[2]
        shares = [value / total for value in by_severity]
        # A severity that is certainly left, or never entered, has what the elimination puts instead of 0.
        return [share * (share > _NOTHING) for share in shares]

    def shares_and_error(self, chances: list[Any]) -> list[Any]:
        """Return the three shares and the error, which is 0."""
        return [*self.shares(chances), 0.0 * chances[0]]


def _sum(chances: list[Any], kinds: tuple[int, ...]) -> Any:
    total = chances[kinds[0]]
    for kind in kinds[1:]:
        total = total + chances[kind]
    return total


def solved(scheme: Switching, *, reduced: bool, seed: int | None = None, lots: int = LOTS) -> Solved:
    """Return the chain of a scheme, without discontinuation, ready for any quality.

    Parameters
    ----------
    scheme : Scheme
        The scheme.
    reduced : bool
        Whether the authority allows reduced inspection.
    seed : int, optional
        Seed for a chain of more than a million states; defaults to that of the scheme.
    lots : int
        Number of accepted lots that are drawn to simulate such a chain.

    Raises
    ------
    DomainError
        If there are more than a million states and no seed.
    """
    rules, forces = scheme.rules, scheme.forces
    ready = lasting(rules, forces, flag(reduced, "reduced"))
    if ready is not None:
        return ready
    chosen = scheme.seed if seed is None else seed
    simulated = None if chosen is None else simulated_streaks(rules, forces, lots=lots, seed=chosen)
    if simulated is None:
        raise DomainError(
            f"the chain must have at most {MOST_STATES} states",
            todo="Pass a seed to simulate it, such as Scheme.lookup(..., seed=1)"
            if chosen is None
            else "Agree on rules without limit numbers, rules.agreed(limit_numbers=False)",
            code="too-many-states",
        )
    return simulated


@lru_cache(maxsize=256)
def lasting(rules: Rules, forces: Forces, reduced: bool) -> Lasting | Streaks | None:
    """Return the solved chain of a scheme, cached by value; None if it has too many states."""
    if reduced and normal_states(rules, forces[0]) > MOST_ELIMINATED:
        return streaks_of(rules, forces)
    chain = explored(start_of(rules), forces, reduced=reduced, discontinuation=False)
    ways, flows = ways_of(chain)
    places = [SEVERITIES.index(state.severity) for state in chain.states]
    return Lasting(chain, elimination_of(len(chain.states), ways), flows, tuple(places))


def ways_of(chain: Chain) -> tuple[list[tuple[int, int]], tuple[tuple[int, ...], ...]]:
    """Return the ways between different states of a chain, and the kinds of outcome that lead along each."""
    first = [0, len(chain.kinds[0]), len(chain.kinds[0]) + len(chain.kinds[1])]
    found: dict[tuple[int, int], list[int]] = {}
    for place, (state, after) in enumerate(zip(chain.states, chain.following, strict=True)):
        base = first[SEVERITIES.index(state.severity)]
        for kind, to in enumerate(after):
            if to != place:
                found.setdefault((place, to), []).append(base + kind)
    return list(found), tuple(map(tuple, found.values()))


def kind_chances(scheme: Switching, chain: Chain, values: Any, model: str, lot_size: int | None) -> list[Any]:
    """Return the probability of every kind of outcome, through the three severities, at checked qualities."""
    found: list[Any] = []
    for force, kinds in zip(scheme.forces, chain.kinds, strict=True):
        found += probabilities(kinds, force.on_lot, values, model, lot_size)
    return found


def evaluated(
    scheme: Switching,
    chain: Chain,
    given: Quality,
    inspector: Inspector | None,
    finish: Callable[[list[Any]], Any],
) -> Any:
    """Return what `finish` makes of the chances of all kinds, in the type and shape of the quality.

    With several results, `finish` returns a list of them.
    """
    import numpy as np

    apparent = seen(given, inspector)
    model, size = given.model, given.lot_size
    if isinstance(apparent.values, float) and (size is None or inspector is None):
        return finish(kind_chances(scheme, chain, apparent.values, model, size))

    def chances(values: Floats) -> Floats:
        return np.array(kind_chances(scheme, chain, values, model, size))

    average = averaged(chances, apparent, inspector)
    found = apparent.evaluate(lambda values: np.asarray(finish(list(average(values)))))
    if found.ndim == np.ndim(apparent.values):
        return given.alike(found)
    return [given.alike(one) for one in found]
