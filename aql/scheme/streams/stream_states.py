"""The states of many streams after their last lots, as a frame that the next lots go on from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

from aql.documents.cluster_frames import cluster_of
from aql.documents.files import foreign_errors
from aql.documents.frame_like import FrameLike
from aql.errors import DomainError, LogError, Problem
from aql.scheme.state import State
from aql.scheme.streams.cluster_streams import states_on_dask
from aql.scheme.streams.stream_frames import column_names
from aql.words import short_repr

__all__ = ["first_states", "state_text", "stream_states"]

FrameT = TypeVar("FrameT", bound=FrameLike)


def state_text(state: State) -> str:
    """Return a state as a line of JSON, which `State.from_json` reads."""
    return json.dumps(state.to_dict(), separators=(",", ":"))


@lru_cache(maxsize=4096)
def _read(text: str) -> State:
    return State.from_json(text)


def stream_states(done: FrameT, *, stream: str | Sequence[str], states: FrameLike | None = None) -> FrameT:
    """Return the state of each stream after its last lot, to go on from with the next lots.

    Parameters
    ----------
    done : frame
        What `aql.run_streams` returned.
    stream : str or sequence of str
        As in `aql.run_streams`.
    states : frame, optional
        The states before these lots, of the same engine (DuckDB: and connection). Those of streams without a lot in `done`
        are kept.

    Returns
    -------
    frame
        One row per stream, of the same kind of frame: the columns of `stream`, and ``state`` or ``state_<class>`` as JSON,
        which `aql.scheme.State.from_json` reads.

    Raises
    ------
    DomainError
        If `done` is not a frame with the column of a state, or `states` is of another engine.

    Examples
    --------
    >>> import pandas as pd
    >>> from aql import Scheme, run_streams
    >>> scheme, columns = (
    ...     Scheme.lookup(1200, aql=2.5),
    ...     {"stream": "supplier", "order": "day", "found": "found"},
    ... )
    >>> january = pd.DataFrame({"supplier": ["A", "B", "A"], "day": [3, 4, 9], "found": [7, 0, 6]})
    >>> states = stream_states(run_streams(january, scheme, **columns), stream="supplier")
    >>> february = pd.DataFrame({"supplier": ["A"], "day": [41], "found": [2]})
    >>> run_streams(february, scheme, **columns, states=states)["severity"].to_list()
    ['tightened']
    """
    import narwhals.stable.v2 as nw

    names = list(column_names(stream, "stream"))
    if cluster_of(done) == "dask":
        return cast(FrameT, states_on_dask(done, names, states))
    read = _frame(done, "done")
    columns = [name for name in read.collect_schema() if name == "state" or name.startswith("state_")]
    if not columns:
        raise DomainError("done must be what run_streams returned, got a frame without the column state")
    texts = [nw.col(name).cast(nw.String) for name in columns]
    last = _with_columns(read, "done", names).filter(~nw.col(columns[0]).is_null()).select(*names, *texts)
    if states is not None:
        before = _frame(states, "states")
        if before.implementation != read.implementation:
            raise DomainError(
                f"states must be a frame of {read.implementation.value}, got one of {before.implementation.value}"
            )
        before = _with_columns(before, "states", [*names, *columns])
        with foreign_errors(
            lambda reason: DomainError(f"states must be what stream_states returned: {reason}")
        ):
            kept = before.select(*names, *texts).lazy().join(last.lazy().select(*names), on=names, how="anti")
            both = nw.concat([last.lazy(), kept])
            last = both.collect() if isinstance(read, nw.DataFrame) else both
    return cast(FrameT, last.to_native())


def _frame(given: object, name: str) -> Any:
    import narwhals.stable.v2 as nw
    from narwhals.exceptions import DuplicateError

    try:
        return nw.from_native(given)
    except TypeError:
        raise DomainError(f"{name} must be a frame, got {short_repr(given)}", value=given) from None
    except DuplicateError as error:
        raise DomainError(f"{name} must have columns with different names", code="two-columns") from error


def _with_columns(frame: Any, name: str, needed: Sequence[str]) -> Any:
    """The frame, which must have these columns."""
    present = frame.collect_schema()
    for one in needed:
        if one not in present:
            raise DomainError(f"{name} must have the column {one}", code="no-column", column=one)
    return frame


def first_states(
    states: FrameLike | None,
    stream: Sequence[str],
    column: str,
    names: Sequence[Any],
    starts: Sequence[State],
) -> list[State]:
    """Return the state of each stream before its first lot: the one in a frame of states, or the start.

    Raises
    ------
    LogError
        If the frame of states has no such column, has a stream twice, or a state has other rules than the scheme.
    """
    if states is None:
        return list(starts)
    known = _known_states(states, stream, column)
    found = []
    for name, start in zip(names, starts, strict=True):
        state = known.get(name, start)
        if state.rules != start.rules:
            message = f"must have the rules of the scheme, {start.rules.standard}, got those of {state.rules.standard}"
            raise _problem(name, message, "other-edition")
        found.append(state)
    return found


def _known_states(states: FrameLike, stream: Sequence[str], column: str) -> Mapping[Any, State]:
    """The states in a frame, by stream."""
    import narwhals.stable.v2 as nw

    read = _frame(states, "states")
    for needed in (*stream, column):
        if needed not in read.collect_schema():
            raise _problem(None, f"there is no column {needed}", "no-column")
    with foreign_errors(lambda reason: _problem(None, f"cannot be read: {reason}", "bad-value")):
        chosen = read.filter(~nw.col(column).is_null()).select(*stream, nw.col(column).cast(nw.String))
        rows = (chosen.collect() if isinstance(chosen, nw.LazyFrame) else chosen).rows()
    known: dict[Any, State] = {}
    for row in rows:
        name: Any = row[0] if len(stream) == 1 else row[:-1]
        if not all(isinstance(one, (str, int)) for one in row[:-1]):
            raise _problem(
                None, f"a stream must be text or a whole number, got {short_repr(name)}", "bad-value"
            )
        if name in known:
            raise _problem(name, "must be listed once, got a stream that is listed twice", "two-lots")
        known[name] = _read(row[-1])
    return known


def _problem(name: object, message: str, code: Any) -> LogError:
    where = "states" if name is None else f"states, stream {name}"
    return LogError("the frame of states", [Problem(where, message, code=code)])
