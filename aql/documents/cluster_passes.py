"""Frames of Dask and Spark: several results of a single pass over groups of rows, which the cluster keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from aql.documents.cluster_frames import (
    InPandas,
    Kinds,
    cluster_of,
    in_arrow,
    meta_of,
    promised,
    schema_of,
    spread,
)

__all__ = ["in_one_pass"]

Work = Callable[..., Mapping[str, Any]]

_BATCH = 2**16
"""The most rows that are packed together."""


def in_one_pass(
    frames: Sequence[Any], keys: Sequence[str], work: Work, results: Mapping[str, Kinds]
) -> tuple[dict[str, Any], Callable[[], object]]:
    """Apply a function to groups of the rows of frames of a cluster once, and return all of its results as frames.

    The cluster keeps the results of the groups once they are computed, in memory and on disk, so that they are computed
    once, whichever of the frames is used.

    Parameters
    ----------
    frames, keys
        As in `aql.documents.cluster_frames.in_groups`.
    work : callable
        Takes the rows of a group, and returns its results by name; one that is missing has no rows.
    results : mapping of str to Kinds
        The columns of each result.

    Returns
    -------
    dict of str to frame
        The results.
    callable
        Frees what the cluster keeps.
    """
    on = _on_spark if cluster_of(frames[0]) == "pyspark" else _on_dask
    return on(frames, keys, work, results)


def _on_spark(
    frames: Sequence[Any], keys: Sequence[str], work: Work, results: Mapping[str, Kinds]
) -> tuple[dict[str, Any], Callable[[], object]]:
    from pyspark.sql import functions

    def pack(*tables: Any) -> Any:
        done = work(*tables)
        own = tables[-1].schema
        return _packed({name: promised(done.get(name), kinds, own) for name, kinds in results.items()})

    packed = in_arrow(frames, keys, pack, "result string, rows binary").persist()
    frames_of = {
        name: packed.filter(functions.col("result") == name).mapInArrow(
            _unpacked, schema_of(kinds, frames[-1].schema)
        )
        for name, kinds in results.items()
    }
    return frames_of, packed.unpersist


def _packed(tables: Mapping[str, Any]) -> Any:
    """Tables as one with few rows, each a batch of rows in the format of Arrow streams."""
    import pyarrow as pa

    names, rows = [], []
    for name, table in tables.items():
        for batch in table.combine_chunks().to_batches(max_chunksize=_BATCH):
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(
                sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")
            ) as file:
                file.write_batch(batch)
            names.append(name)
            rows.append(sink.getvalue().to_pybytes())
    return pa.table({"result": pa.array(names, pa.string()), "rows": pa.array(rows, pa.binary())})


def _unpacked(packed: Iterable[Any]) -> Iterator[Any]:
    """The batches of rows that were packed."""
    import pyarrow as pa

    for one in packed:
        for rows in one.column("rows"):
            with pa.ipc.open_stream(rows.as_buffer()) as file:
                yield from file


def _on_dask(
    frames: Sequence[Any], keys: Sequence[str], work: Work, results: Mapping[str, Kinds]
) -> tuple[dict[str, Any], Callable[[], object]]:
    import dask
    import dask.dataframe

    dd: Any = dask.dataframe
    library: Any = dask
    metas = {name: meta_of(kinds, frames[-1].dtypes) for name, kinds in results.items()}
    parts = zip(*(frame.to_delayed() for frame in spread(frames, keys)), strict=True)
    kept = library.persist(*(library.delayed(work, pure=False)(*part) for part in parts))
    frames_of = {
        name: dd.from_delayed([library.delayed(_result)(one, name, meta) for one in kept], meta=meta)
        for name, meta in metas.items()
    }
    # The cluster keeps them as long as one of the frames is used.
    return frames_of, lambda: None


def _result(done: Mapping[str, Any], name: str, meta: Any) -> Any:
    """One of the results of a group, with the columns and types that were promised."""
    return InPandas(lambda one: one.get(name), meta)(done)
