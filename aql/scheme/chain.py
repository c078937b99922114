"""The Markov chain of a scheme, found by exploring the very `step` that is used lot by lot."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from aql.checks import flag
from aql.errors import DomainError
from aql.scheme.limit_numbers import lumped, windows
from aql.scheme.lot_outcomes import Kind, PlanInForce, kinds, without_reduced
from aql.scheme.rules import Rules
from aql.scheme.state import State, check_state
from aql.scheme.step import step
from aql.types import Severity
from aql.words import short_repr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["MOST_STATES", "Chain", "Forces", "essential", "explored", "normal_states"]

Forces = tuple[PlanInForce, PlanInForce, PlanInForce]
"""The plans in force on normal, tightened and reduced inspection."""

MOST_STATES = 1_000_000
"""States up to which a chain is computed exactly."""

_MOST_COUNTED = 100_000
"""States without the samples of limit numbers, which take about two seconds to explore."""

_PLACES: dict[Severity, int] = {"normal": 0, "tightened": 1, "reduced": 2}


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """The states that a series of lots can reach, and the state that follows each outcome.

    Attributes
    ----------
    states : tuple of State
        The states, the start first. What no longer matters for what follows is left out of them.
    kinds : tuple of tuple of Kind
        The outcomes of a lot on normal, tightened and reduced inspection.
    following : tuple of tuple of int
        For each state, the place of the state after each outcome of its severity.
    """

    states: tuple[State, ...]
    kinds: tuple[tuple[Kind, ...], ...]
    following: tuple[tuple[int, ...], ...]

    def table(self) -> NDArray[np.uint8]:
        """Return the place of the state after each outcome, by state and outcome, as small whole numbers.

        Raises
        ------
        DomainError
            If the chain has more than 256 states.

        Examples
        --------
        >>> from aql import Scheme
        >>> scheme = Scheme.lookup(1200, aql=2.5)
        >>> chain = explored(scheme.start(), scheme.forces, reduced=True, discontinuation=True)
        >>> chain.table().shape, chain.table().dtype.name
        ((47, 3), 'uint8')
        """
        import numpy as np

        if len(self.states) > 256:
            raise DomainError(f"a small table has at most 256 states, got {len(self.states)}")
        width = max(map(len, self.kinds))
        rows = [[*after, *[place] * (width - len(after))] for place, after in enumerate(self.following)]
        return np.array(rows, dtype=np.uint8)


def explored(start: State, forces: Forces, *, reduced: bool, discontinuation: bool) -> Chain:
    """Explore the Markov chain of a scheme: the states that can be reached from a start.

    Parameters
    ----------
    start : State
        The first state.
    forces : Forces
        The plans.
    reduced : bool
        Whether the authority allows reduced inspection.
    discontinuation : bool
        Whether inspection can be discontinued; if so, there is a last state that is never left.

    Raises
    ------
    DomainError
        If there are more than a million states.
    """
    check_state(start)
    return _explored(start, forces, flag(reduced, "reduced"), flag(discontinuation, "discontinuation"))


@lru_cache(maxsize=256)
def _explored(start: State, forces: Forces, reduced: bool, discontinuation: bool) -> Chain:
    rules = start.rules
    if reduced and normal_states(rules, forces[0]) > MOST_STATES:
        raise _too_many_states()
    _check_numbers(rules, reduced)
    every = tuple(kinds(rules, force) for force in forces)
    if not reduced:
        every = tuple(tuple(map(without_reduced, some)) for some in every)
    simple = essential(rules, forces[0], reduced=reduced, discontinuation=discontinuation)
    first = simple(start)
    places: dict[State, int] = {first: 0}
    states, following = [first], []
    for state in states:  # grows while it is read
        after: list[int] = []
        if not state.discontinued:
            for kind in every[_PLACES[state.severity]]:
                to = simple(step(state, kind.outcome))
                place = places.setdefault(to, len(states))
                if place == len(states):
                    states.append(to)
                after.append(place)
        following.append(tuple(after))
        if len(states) > MOST_STATES:
            raise _too_many_states()
    return Chain(tuple(states), every, tuple(following))


def _check_numbers(rules: Rules, reduced: bool) -> None:
    """Raise for rules whose numbers give a chain that takes longer than about two seconds to explore."""
    before = (math.comb(rules.tightened_window - 1, lots) for lots in range(rules.tightened_rejected))
    scores = rules.reduced_score if reduced and rules.reduced_by == "score" else 1
    states = sum(before) * scores + rules.normal_accepted * max(rules.discontinue_after, 1)
    if states > _MOST_COUNTED:
        raise DomainError(
            f"the chain must have at most {_MOST_COUNTED} states without the limit numbers, got up to {short_repr(states)}",
            todo="Agree on smaller numbers of lots and points in the rules",
            code="too-many-states",
        )


def _too_many_states() -> DomainError:
    """Return the error for a chain that is too large."""
    return DomainError(
        f"the chain must have at most {MOST_STATES} states",
        todo="Leave out the limit numbers, Scheme.lookup(..., limit_numbers=False), or reduced inspection, reduced=False",
        code="too-many-states",
    )


def normal_states(rules: Rules, normal: PlanInForce) -> float:
    """Return a number of states that a chain has at least on normal inspection, without exploring them.

    Examples
    --------
    >>> from aql import Scheme
    >>> scheme = Scheme.lookup(letter="J", aql=1.0, standard="MIL-STD-105E")
    >>> normal_states(scheme.rules, scheme.forces[0])
    1618
    """
    if rules.reduced_by != "lots" or not rules.limit_numbers:
        return 1
    return windows(rules, normal)


def essential(
    rules: Rules, normal: PlanInForce, *, reduced: bool, discontinuation: bool
) -> Callable[[State], State]:
    """Return a function that reduces a state of the chain to what can matter for later lots.

    Two states with the same rest have the same future. Without discontinuation, the lots on tightened inspection need
    not be counted; without reduced inspection, neither the score nor the accepted lots; a score above the limit is as
    good as the limit; and of the samples of the preceding lots, `limit_numbers` says what can still matter.
    """

    def rest(state: State) -> State:
        if state.severity == "tightened":
            return State(
                rules,
                "tightened",
                "start",
                accepted_in_a_row=0 if state.discontinued else state.accepted_in_a_row,
                rejected_on_tightened=counted(state.rejected_on_tightened, "rejected", state),
                lots_on_tightened=counted(state.lots_on_tightened, "lots", state),
                discontinued=discontinuation and state.discontinued,
            )
        if state.severity == "reduced":
            return State(rules, "reduced", "start")
        return State(
            rules,
            "normal",
            "start",
            switching_score=min(state.switching_score, rules.reduced_score) if reduced else 0,
            rejected_ago=state.rejected_ago,
            samples=samples(state.samples) if reduced and state.samples else (),
        )

    def counted(value: int, by: str, state: State) -> int:
        return value if ends and not state.discontinued and rules.discontinue_by == by else 0

    ends = discontinuation and rules.discontinue_after > 0
    samples = lumped(rules, normal)
    return rest
