"""Runs the streams of a frame of Dask or Spark: each partition runs its streams when the result is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from aql.documents.cluster_frames import CLUSTERS, Kind, cluster_of, in_groups, without_rows
from aql.errors import DomainError

__all__ = ["run_on_cluster", "states_on_dask"]

_BEFORE = "aql_before_"


def run_on_cluster(
    lots: Any, stream: Sequence[str], added: Sequence[str], states: Any, run: Callable[..., Any]
) -> Any:
    """Return a frame of a cluster with the columns that `aql.run_streams` adds.

    Parameters
    ----------
    lots, states : frame
        As in `aql.run_streams`; both of one engine.
    stream : sequence of str
        The columns of the stream.
    added : sequence of str
        The columns that are added.
    run : callable
        `aql.run_streams` with everything but ``lots`` and ``states``.

    Raises
    ------
    LogError
        If a column is missing or of the wrong kind. What is wrong with a row is raised when the result is computed.
    DomainError
        If `states` is of another engine.
    """
    run(without_rows(lots), states=None)
    before: list[str] = []
    if states is not None:
        if cluster_of(states) != cluster_of(lots):
            engine = CLUSTERS[cluster_of(lots) or ""]
            raise DomainError(f"states must be a frame of {engine}, as lots are, got {type(states).__name__}")
        before = [str(name) for name in states.columns if name in added]
    kinds: dict[str, Kind | None] = dict.fromkeys(map(str, lots.columns))
    kinds |= {name: "number" if name.startswith("score") else "text" for name in added}
    if before:
        lots = _joined(lots, states, stream, before)
    return in_groups([lots], stream, _work(list(stream), before, run), kinds)


def _joined(lots: Any, states: Any, stream: Sequence[str], before: Sequence[str]) -> Any:
    """The lots, each with the state of its stream."""
    renamed = {name: _BEFORE + name for name in before}
    if cluster_of(lots) == "dask":
        return lots.merge(states[[*stream, *before]].rename(columns=renamed), on=list(stream), how="left")
    return lots.join(states.select(*stream, *before).withColumnsRenamed(renamed), on=list(stream), how="left")


def _work(stream: list[str], before: list[str], run: Callable[..., Any]) -> Callable[[Any], Any]:
    """The function that runs the streams of a partition: a pandas frame of Dask, or a pyarrow table of Spark."""

    def work(rows: Any) -> Any:
        hidden = [_BEFORE + name for name in before]
        own = [
            name
            for name in (rows.columns if hasattr(rows, "iloc") else rows.column_names)
            if name not in hidden
        ]
        if not before:
            return run(rows, states=None)
        known = (
            rows[[*stream, *hidden]] if hasattr(rows, "iloc") else rows.select([*stream, *hidden]).to_pandas()
        )
        states = known.drop_duplicates().rename(columns=dict(zip(hidden, before, strict=True)))
        lots = rows[own] if hasattr(rows, "iloc") else rows.select(own)
        return run(lots, states=states)

    return work


def states_on_dask(done: Any, stream: list[str], states: Any) -> Any:
    """Return the frame of Dask with the states after the last lots; see `aql.stream_states`."""
    columns = [name for name in done.columns if name == "state" or name.startswith("state_")]
    if not columns:
        raise DomainError("done must be what run_streams returned, got a frame without the column state")
    last = done[~done[columns[0]].isna()][[*stream, *columns]]
    if states is None:
        return last
    if cluster_of(states) != "dask":
        raise DomainError(f"states must be a frame of Dask, as done is, got {type(states).__name__}")
    import dask.dataframe

    dd: Any = dask.dataframe
    both = states.merge(last[stream], on=stream, how="left", indicator=True)
    kept = both[both["_merge"] == "left_only"]
    return dd.concat([last, kept[[*stream, *columns]]])
