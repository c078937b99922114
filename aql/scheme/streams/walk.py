"""Walks many streams through the switching rules: the k-th lots of all of them at once, and a long stream in pieces."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aql.scheme.state import State
from aql.scheme.streams.transition import LotKind, transition
from aql.scheme.streams.transition_table import MOST_TRANSITIONS, TransitionTable, transition_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Walk", "by_table", "lot_by_lot", "walk"]

_FEW = 128
"""So many streams, or fewer, are faster one after another."""

_LONG = 2**16
"""A stream of at least that many lots is walked in pieces."""

_PIECES = 2048
_STRETCH = 256
"""So many lots at a time are walked again."""


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """What happened at each lot of many streams.

    Attributes
    ----------
    places : ndarray of whole numbers
        The place in `transitions` of what happened at each lot, stream by stream.
    transitions : sequence of (Transition or None)
        The different transitions.
    last : sequence of State
        The state of each stream after its last lot.
    stopped : dict of int to (int, State)
        The streams with a lot that does not fit: the place of the first such lot, and the state before it.

    In a walk of classes together, each transition is a `JointTransition`, and each state a tuple.
    """

    places: NDArray[Any]
    transitions: Sequence[Any]
    last: Sequence[Any]
    stopped: dict[int, tuple[int, Any]]


def walk(
    first: Sequence[State], lots: NDArray[Any], kinds: Sequence[LotKind], begins: NDArray[np.intp]
) -> Walk:
    """Walk streams of lots through the switching rules.

    Parameters
    ----------
    first : sequence of State, one per stream
        The state before the first lot.
    lots : ndarray of whole numbers
        The place of each lot in `kinds`, stream by stream.
    kinds : sequence of LotKind
        The different kinds of lots.
    begins : ndarray of intp, one per stream and one more
        The place of the first lot of each stream, and the number of lots.

    Returns
    -------
    Walk
        What happened; it equals `Scheme.run`, stream by stream.
    """
    starts = list(dict.fromkeys(first))
    # A table takes as long as that many lots.
    table = transition_table(starts, kinds, most=min(len(lots), MOST_TRANSITIONS))
    if table is None:
        return lot_by_lot(first, lots, kinds, begins)
    places = {state: place for place, state in enumerate(starts)}
    return by_table(table, [places[state] for state in first], lots, begins)


def by_table(
    table: TransitionTable, first: Sequence[int], lots: NDArray[Any], begins: NDArray[np.intp]
) -> Walk:
    """Walk with a table: the k-th lots of all streams at once while there are many streams that long."""
    import numpy as np

    kinds = table.following.shape[1]
    lengths = np.diff(begins)
    by_length = np.argsort(-lengths, kind="stable")
    lengths, at = lengths[by_length], begins[:-1][by_length]
    ends = begins[1:][by_length]
    following = (table.following * kinds).ravel()
    places = np.empty(len(lots), dtype=np.uint16 if following.size < 2**16 else np.uint32)
    now = np.array(first, dtype=np.intp)[by_length] * kinds
    done = 0
    while (left := int(np.searchsorted(-lengths, -done))) > _FEW:
        here = at[:left]
        place = lots[here] + now[:left]
        places[here] = place
        now[:left] = following[place]
        here += 1
        done += 1
    for stream in range(left):
        lots_left = slice(at[stream], ends[stream])
        now[stream] = kinds * _along(table, int(now[stream]) // kinds, lots[lots_left], places[lots_left])
    last = np.empty(len(now), dtype=np.intp)
    last[by_length] = now // kinds
    stopped = {
        int(stream): _first_stop(table, places, begins[stream], begins[stream + 1])
        for stream in np.flatnonzero(last == table.stopped)
    }
    states = [*table.states, *table.states[:1]]
    return Walk(places, table.transitions, [states[place] for place in last.tolist()], stopped)


def _first_stop(
    table: TransitionTable, places: NDArray[Any], begin: np.intp, end: np.intp
) -> tuple[int, State]:
    """The first lot of a stream that does not fit, and the state before it."""
    kinds = table.following.shape[1]
    at = int(begin) + int((table.following.ravel()[places[begin:end]] == table.stopped).argmax())
    return at, table.states[int(places[at]) // kinds]


def _along(table: TransitionTable, state: int, lots: NDArray[Any], places: NDArray[Any]) -> int:
    """Walk along one stream, fill in the places, and return the last state: a long one in pieces, all at once.

    Each piece is walked as if `state` came before it. Then the lots at its beginning are walked again from the state that
    did, until both walks meet, which does not take long: a few lots tell in which severity a stream is.
    """
    kinds = int(table.following.shape[1])
    following = (table.following * kinds).ravel()
    places[:] = following.size  # no place at all, so that nothing is met where no piece was walked
    length = len(lots) // _PIECES if len(lots) >= _LONG else 0
    ends = _in_pieces(following, state * kinds, lots, places, length) if length else []
    steps: list[int] = following.tolist()
    now = state * kinds
    for piece, end in enumerate(ends):
        if now != state * kinds:
            own = slice(piece * length, (piece + 1) * length)
            meets, now = _again(steps, now, lots[own], places[own])
            now = end if meets else now
        else:
            now = end
    rest = slice(len(ends) * length, len(lots))
    _, now = _again(steps, now, lots[rest], places[rest])
    return now // kinds


def _in_pieces(
    following: NDArray[np.intp], now: int, lots: NDArray[Any], places: NDArray[Any], length: int
) -> list[int]:
    """Walk pieces of this length, each from the same state, and return the state after each piece."""
    import numpy as np

    size = length * _PIECES
    rows, filled = lots[:size].reshape(_PIECES, length), places[:size].reshape(_PIECES, length)
    states = np.full(_PIECES, now, dtype=np.intp)
    for at in range(length):
        place = rows[:, at] + states
        filled[:, at] = place
        states = following[place]
    ends: list[int] = states.tolist()
    return ends


def _again(steps: list[int], now: int, lots: NDArray[Any], places: NDArray[Any]) -> tuple[bool, int]:
    """Walk along lots that were walked from another state; return whether both walks meet, and the last state."""
    for begin in range(0, len(lots), _STRETCH):
        stretch = slice(begin, begin + _STRETCH)
        found: list[int] = []
        for lot, before in zip(lots[stretch].tolist(), places[stretch].tolist(), strict=True):
            place = now + lot
            if place == before:
                places[begin : begin + len(found)] = found
                return True, now
            found.append(place)
            now = steps[place]
        places[stretch] = found
    return False, now


def lot_by_lot(
    first: Sequence[Hashable],
    lots: NDArray[Any],
    kinds: Sequence[Hashable],
    begins: NDArray[np.intp],
    *,
    move: Callable[[Any, Any], Any] = transition,
) -> Walk:
    """Walk without a table: each transition is found with `move` when it is first needed."""
    import numpy as np

    places = np.zeros(len(lots), dtype=np.int64)
    numbers: dict[Hashable, int] = {}
    known: dict[tuple[int, int], tuple[int, int]] = {}
    transitions: list[Any] = []
    states: list[Hashable] = []
    last: list[Hashable] = []
    stopped: dict[int, tuple[int, Hashable]] = {}

    def number_of(state: Hashable) -> int:
        number = numbers.setdefault(state, len(states))
        if number == len(states):
            states.append(state)
        return number

    for stream, start in enumerate(first):
        now, begin, end = number_of(start), int(begins[stream]), int(begins[stream + 1])
        found = []
        for at, lot in enumerate(lots[begin:end].tolist(), start=begin):
            step = known.get((now, lot))
            if step is None:
                new = move(states[now], kinds[lot])
                if new is None:
                    stopped[stream] = at, states[now]
                    break
                step = known[now, lot] = len(transitions), number_of(new.state)
                transitions.append(new)
            found.append(step[0])
            now = step[1]
        places[begin : begin + len(found)] = found
        last.append(states[now])
    return Walk(places, transitions, last, stopped)
