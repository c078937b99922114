"""Walks many streams through the switching rules: the k-th lots of all of them at once, and a long stream in blocks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import getitem, itemgetter
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

_CHUNK = 2**20
_MOST_BLOCKS = 256
_MOST_ENTRIES = 100_000


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
    places = np.empty(len(lots), dtype=np.uint16 if following.size <= 2**16 else np.uint32)
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
        now[stream] = kinds * _along(
            table,
            int(now[stream]) // kinds,
            lots[at[stream] : ends[stream]],
            places[at[stream] : ends[stream]],
        )
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
    """Walk along one stream, fill in the places, and return the last state: several lots at a time, by their block."""
    import numpy as np

    kinds = table.following.shape[1]
    size = 1
    while size < 8 and kinds ** (size + 1) <= min(_MOST_BLOCKS, _MOST_ENTRIES // len(table.following)):
        size += 1
    blocks = len(lots) // size if len(lots) >= _CHUNK // 64 else 0
    if blocks:
        nodes = _nodes(table.following, size)
        chunk = _CHUNK // size
        for begin in range(0, blocks, chunk):
            rows = lots[begin * size : min(begin + chunk, blocks) * size].reshape(-1, size)
            codes = np.zeros(len(rows), dtype=np.uint8)
            for column in range(size):
                codes = codes * np.uint8(kinds) + rows[:, column].astype(np.uint8)
            heads = map(itemgetter(-1), accumulate(codes.tobytes(), getitem, initial=nodes[state]))
            before = np.fromiter(heads, dtype=np.intp, count=len(rows) + 1)
            state, now = int(before[-1]), before[:-1]
            filled = places[begin * size : min(begin + chunk, blocks) * size].reshape(-1, size)
            for column in range(size):
                filled[:, column] = now * kinds + rows[:, column]
                now = table.following[now, rows[:, column]]
    rest = slice(blocks * size, len(lots))
    following = table.following.tolist() if len(lots) > blocks * size else []
    found = []
    for lot in lots[rest].tolist():
        found.append(state * kinds + lot)
        state = following[state][lot]
    places[rest] = found
    return state


def _nodes(following: NDArray[np.intp], size: int) -> list[list[Any]]:
    """The states as lists of the states that follow each block of `size` lots, with their own place at the end."""
    after = following
    for _ in range(size - 1):
        after = following[after].reshape(len(following), -1)
    nodes: list[list[Any]] = [[] for _ in following]
    for place, (node, row) in enumerate(zip(nodes, after.tolist(), strict=True)):
        node.extend(nodes[to] for to in row)
        node.append(place)
    return nodes


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
