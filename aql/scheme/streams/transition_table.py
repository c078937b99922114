"""The switching rules as a table: the transition from each state at each kind of lot, found with `step` itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aql.scheme.state import State
from aql.scheme.streams.transition import LotKind, Transition, transition

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["MOST_TRANSITIONS", "TransitionTable", "transition_table"]

_MOST_KINDS = 255
MOST_TRANSITIONS = 100_000
"""Those of the largest table; the rules of an edition without limit numbers need about 300 for each kind of lot."""


@dataclass(frozen=True, slots=True, eq=False)
class TransitionTable:
    """The transitions from each state at each kind of lot.

    Attributes
    ----------
    states : tuple of State
        The states that can be reached.
    transitions : tuple of (Transition or None)
        The transitions, by state and then by kind of lot; None where a lot does not fit.
    following : ndarray of intp, states + 1 by kinds
        The place of the next state. The last row, which is never left, is for streams with a lot that did not fit.
    """

    states: tuple[State, ...]
    transitions: tuple[Transition | None, ...]
    following: NDArray[np.intp]

    @property
    def stopped(self) -> int:
        """The place of a stream with a lot that did not fit."""
        return len(self.states)


def transition_table(
    starts: Sequence[State], kinds: Sequence[LotKind], *, most: int = MOST_TRANSITIONS
) -> TransitionTable | None:
    """Return the table of the transitions that can follow the first states; None if it would be too large.

    Parameters
    ----------
    starts : sequence of State
        The different first states of the streams.
    kinds : sequence of LotKind
        The different kinds of lots.
    most : int
        Transitions of a table that is not too large.

    Examples
    --------
    >>> from aql.scheme.outcome import Outcome
    >>> from aql.scheme.rules import switching_rules
    >>> from aql.scheme.state import start_of
    >>> start = start_of(switching_rules("ISO 2859-1:1999"))
    >>> kinds = [LotKind((Outcome(True, points=3),) * 3), LotKind((Outcome(False),) * 3)]
    >>> transition_table([start], kinds).following.shape
    (290, 2)
    """
    import numpy as np

    if len(kinds) > _MOST_KINDS:
        return None
    places = {state: place for place, state in enumerate(starts)}
    states, following = list(starts), []
    transitions: list[Transition | None] = []
    for state in states:  # grows while it is read
        if len(transitions) > most:
            return None
        for kind in kinds:
            found = transition(state, kind)
            transitions.append(found)
            if found is None:
                following.append(-1)
                continue
            place = places.setdefault(found.state, len(states))
            if place == len(states):
                states.append(found.state)
            following.append(place)
    rows = np.array([*following, *[-1] * len(kinds)], dtype=np.intp).reshape(len(states) + 1, -1)
    rows[rows < 0] = len(states)
    return TransitionTable(tuple(states), tuple(transitions), rows)
