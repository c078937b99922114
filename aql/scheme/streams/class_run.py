"""One run of the streams of a frame through the switching rules, for one class."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aql.documents.frame_like import FrameLike
from aql.errors import DomainError, LogError, Problem
from aql.scheme.lot import LotRecord
from aql.scheme.run import one_lot
from aql.scheme.scheme import Scheme
from aql.scheme.state import State, start_of
from aql.scheme.streams.lot_kinds import LotColumns, kinds_of_lots
from aql.scheme.streams.stream_frames import LotFrame, Words
from aql.scheme.streams.stream_order import StreamOrder, first_rows
from aql.scheme.streams.stream_states import first_states, state_text
from aql.scheme.streams.transition import LotKind, Transition
from aql.types import SEVERITIES
from aql.words import listed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ClassRun", "Schemes"]

Schemes = Scheme | Mapping[Hashable, Scheme]
"""The scheme of all lots, or the schemes by key."""

_DECISIONS = ("accept", "reject")
_NEXT = (*SEVERITIES, "discontinued")
_CHUNK = 2**20


class ClassRun:
    """One run of the streams of a frame, for one class."""

    def __init__(
        self,
        frame: LotFrame,
        placed: StreamOrder,
        columns: LotColumns,
        scheme: Schemes,
        shown: Sequence[str],
        keys: Sequence[str],
    ) -> None:
        self.frame, self.placed, self.which, self.shown = frame, placed, columns, shown
        if isinstance(scheme, Scheme):
            self.schemes, self.scheme_of = [scheme], None
        else:
            self.schemes = list(dict.fromkeys(scheme.values()))
            self.scheme_of = _scheme_of(frame, keys, scheme, self.schemes)

    def kinds(self) -> tuple[NDArray[Any], list[LotKind]]:
        """Return the kind of each lot, and the kinds."""
        return kinds_of_lots(self.frame, self.which, self.schemes, self.scheme_of)

    def first(self, states: FrameLike | None, stream: Sequence[str], end: str) -> list[State]:
        """Return the state of each stream before its first lot."""
        return first_states(states, stream, f"state{end}", self.placed.names, self._starts())

    def columns(
        self, places: NDArray[Any], transitions: Sequence[Transition | None], last: Sequence[State], end: str
    ) -> Iterator[tuple[str, Words | NDArray[Any]]]:
        """Yield the columns to add, whose names have this end, from the place of the transition of each lot."""
        for name, column in _added(places, transitions).items():
            yield name + end, column
        yield f"state{end}", self._last(last)

    def _starts(self) -> list[State]:
        """The state at the start of each stream, whose lots all have the same rules."""
        import numpy as np

        if self.scheme_of is None:
            return [start_of(self.schemes[0].rules)] * len(self.placed.names)
        rules = list(dict.fromkeys(one.rules for one in self.schemes))
        rules_of = np.array([rules.index(one.rules) for one in self.schemes], dtype=np.intp)
        own = self.placed.sorted(rules_of[self.scheme_of])
        begins = self.placed.begins
        changes = own[1:] != own[:-1]
        changes[begins[1:-1] - 1] = False
        if changes.any():
            row = self.placed.row(int(changes.argmax()) + 1)
            message = "a stream must have the switching rules of one edition, got a lot with others"
            raise LogError("the frame of lots", [Problem(self._where(row), message, code="other-edition")])
        return [start_of(rules[place]) for place in own[begins[:-1]].tolist()]

    def _where(self, row: int) -> str:
        return ", ".join(f"{name} {self.frame.value(name, row)}" for name in self.shown)

    def problem(self, stream: int, place: int, state: State) -> Problem | None:
        """Return what is wrong with the first lot of a stream that does not fit, in the words of a stream run alone."""
        row = self.placed.row(place)
        scheme = self.schemes[0 if self.scheme_of is None else int(self.scheme_of[row])]
        number = place - int(self.placed.begins[stream]) + 1
        try:
            one_lot(scheme, state, self._record(row), number, "")
        except DomainError as error:
            message = error.problem.partition(": ")[2] + (f". {error.todo}" if error.todo else "")
            return Problem(self._where(row), message, code=error.code, column=self.which.found[0])
        return None

    def _record(self, row: int) -> LotRecord:
        """A lot as `Scheme.run` takes it."""
        values = [self.frame.value(name, row) for name in self.which.found]
        counts = tuple(int(value) for value in values if not _is_missing(value))
        size = None if self.which.size is None else int(self.frame.value(self.which.size, row))
        lot = LotRecord(found=counts if len(values) > 1 else counts[0], lot_size=size)
        said = {name: bool(self.frame.value(column, row)) for name, column in self.which.answers.items()}
        return replace(lot, **said)  # type: ignore[arg-type]

    def _last(self, last: Sequence[State]) -> Words:
        """The column with the states after the last lots."""
        import numpy as np

        different = list(dict.fromkeys(last))
        numbers = {state: place for place, state in enumerate(different)}
        kind = np.int16 if len(different) < 2**15 else np.int32
        places = np.full(len(self.frame.rows), -1, dtype=kind)
        ends = self.placed.begins[1:] - 1
        rows = ends if self.placed.rows is None else self.placed.rows[ends]
        places[rows] = [numbers[state] for state in last]
        return Words(places, [state_text(state) for state in different])


def _scheme_of(
    frame: LotFrame, keys: Sequence[str], given: Mapping[Hashable, Scheme], schemes: Sequence[Scheme]
) -> NDArray[np.intp]:
    """The place of the scheme of each row of a frame."""
    import numpy as np

    places, rows = first_rows(frame, keys)
    columns = [[frame.value(name, row) for row in rows] for name in keys]
    names = columns[0] if len(keys) == 1 else list(zip(*columns, strict=True))
    missing = [name for name in names if name not in given]
    if missing:
        raise DomainError(
            f"scheme must have every {' and '.join(keys)}, got none for {listed(map(str, missing), most=5)}"
        )
    numbers = {one: place for place, one in enumerate(schemes)}
    own: NDArray[np.intp] = np.array([numbers[given[name]] for name in names], dtype=np.intp)[places]
    return own


def _added(places: NDArray[Any], transitions: Sequence[Transition | None]) -> dict[str, Words | NDArray[Any]]:
    """The columns of each lot, from the place of its transition."""
    import numpy as np

    def column(values: Sequence[int], kind: type) -> NDArray[Any]:
        table: NDArray[Any] = np.array(values, dtype=kind)
        found: NDArray[Any] = np.empty(len(places), dtype=kind)
        for begin in range(0, len(places), _CHUNK):
            chunk = slice(begin, begin + _CHUNK)
            found[chunk] = table[places[chunk]]
        return found

    rows = [(0, 0, 0, 0) if one is None else _numbers(one) for one in transitions]
    severities, decisions, scores, after = zip(*rows, strict=True) if rows else ((), (), (), ())
    return {
        "severity": Words(column(severities, np.int8), SEVERITIES),
        "decision": Words(column(decisions, np.int8), _DECISIONS),
        "score": column(scores, np.int32),
        "next": Words(column(after, np.int8), _NEXT),
    }


def _numbers(one: Transition) -> tuple[int, int, int, int]:
    """The severity, decision, score and next severity of a transition, as numbers."""
    after = "discontinued" if one.state.discontinued else one.state.severity
    score = -1 if one.score is None else one.score
    return SEVERITIES.index(one.severity), int(not one.accepted), score, _NEXT.index(after)


def _is_missing(value: object) -> bool:
    """Whether a value of a frame is missing, which pandas writes as NaN in a column of numbers."""
    return value is None or value != value  # noqa: PLR0124
