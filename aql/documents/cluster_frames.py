"""Frames of Dask and Spark: a function of eager frames, applied to groups of rows that belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

__all__ = [
    "CLUSTERS",
    "InPandas",
    "Kind",
    "Kinds",
    "cluster_of",
    "in_arrow",
    "in_groups",
    "in_partitions",
    "meta_of",
    "promised",
    "schema_of",
    "spread",
    "without_rows",
]

CLUSTERS: Mapping[str, str] = {"dask": "Dask", "pyspark": "Spark"}
"""The engines that spread their rows over the processes of a cluster, by the name of their library."""

Kind = Literal["text", "number"]

Kinds = Mapping[str, Kind | None]
"""The columns of a result, with their kinds; None stands for the kind of that column in the last of the frames."""

_GROUP = "aql_group"


def cluster_of(frame: object) -> str | None:
    """Return the engine of a frame, one of `CLUSTERS`; None if it is another.

    Examples
    --------
    >>> import pandas as pd
    >>> print(cluster_of(pd.DataFrame({"lot": [1]})))
    None
    """
    library = type(frame).__module__.partition(".")[0]
    return library if library in CLUSTERS and hasattr(frame, "columns") else None


def without_rows(frame: Any) -> Any:
    """Return a frame of a cluster without its rows, as those of its groups are: a pyarrow table or a pandas frame."""
    return frame.limit(0).toArrow() if cluster_of(frame) == "pyspark" else frame._meta


def in_groups(frames: Sequence[Any], keys: Sequence[str], work: Callable[..., Any], kinds: Kinds) -> Any:
    """Apply a function to groups of the rows of frames of a cluster, when the result is computed.

    Rows with the same keys are in the same group, of which there is one for each partition, so that the function is called
    a few times and not once for each key.

    Parameters
    ----------
    frames : sequence of frame
        One or two frames of the same engine.
    keys : sequence of str
        The columns, in all frames, whose values belong together.
    work : callable
        Takes the rows of a group, a pyarrow table (Spark) or pandas frame (Dask) for each of the frames, and returns one,
        or None for one without rows.
    kinds : Kinds
        The columns of what it returns.
    """
    on = _on_spark if cluster_of(frames[0]) == "pyspark" else _on_dask
    return on(frames, keys, work, kinds)


def in_partitions(frame: Any, work: Callable[[Any], Any], kinds: Kinds) -> Any:
    """Apply a function to the rows of each partition of a frame of a cluster, when the result is computed.

    Parameters
    ----------
    frame : frame
        The frame.
    work : callable
        Takes the rows of a partition, a pyarrow table (Spark) or pandas frame (Dask), and returns one.
    kinds : Kinds
        The columns of what it returns.
    """
    if cluster_of(frame) == "dask":
        meta = meta_of(kinds, frame.dtypes)
        return frame.map_partitions(InPandas(work, meta), meta=meta)

    def each(batches: Iterable[Any]) -> Iterator[Any]:
        import pyarrow as pa

        rows = list(batches)
        if rows:
            table = pa.Table.from_batches(rows)
            yield from promised(work(table), kinds, table.schema).to_batches()

    return frame.mapInArrow(each, schema_of(kinds, frame.schema))


def spread(frames: Sequence[Any], keys: Sequence[str]) -> list[Any]:
    """Return frames of Dask whose rows with the same keys are in partitions of the same number."""
    size = max(frame.npartitions for frame in frames)
    return [frame.shuffle(on=list(keys), npartitions=size) for frame in frames]


def promised(table: Any, kinds: Kinds, own: Any) -> Any:
    """Return a table for Spark with the columns and types that were promised; `own` is the schema of the last table."""
    import pyarrow as pa

    types = {"text": pa.string(), "number": pa.int64()}
    schema = pa.schema(
        (name, types[kind] if kind else _in_utc(own.field(name).type)) for name, kind in kinds.items()
    )
    return schema.empty_table() if table is None else table.select(list(kinds)).cast(schema)


def _in_utc(kind: Any) -> Any:
    """The type of a column as Spark takes it back: times, which come in the time zone of the session, in UTC."""
    import pyarrow as pa

    return pa.timestamp(kind.unit, "UTC") if pa.types.is_timestamp(kind) and kind.tz else kind


def in_arrow(frames: Sequence[Any], keys: Sequence[str], work: Callable[..., Any], schema: Any) -> Any:
    """Apply a function to groups of the rows of frames of Spark: it takes tables and returns one with that schema."""
    from pyspark.sql import functions

    groups = int(frames[0].sparkSession.conf.get("spark.sql.shuffle.partitions"))
    texts = [functions.col(key).cast("string") for key in keys]
    group = functions.pmod(functions.xxhash64(*texts), functions.lit(groups)).alias(_GROUP)
    grouped = [frame.withColumn(_GROUP, group).groupBy(_GROUP) for frame in frames]

    def apply(*tables: Any) -> Any:
        return work(*(one.drop_columns([_GROUP]) for one in tables))

    if len(grouped) == 1:
        return grouped[0].applyInArrow(lambda rows: apply(rows), schema)  # noqa: PLW0108
    # Spark counts the arguments.
    return grouped[0].cogroup(grouped[1]).applyInArrow(lambda first, last: apply(first, last), schema)  # noqa: PLW0108


def schema_of(kinds: Kinds, own: Any) -> Any:
    """Return the schema of a result in Spark; `own` is that of the last frame."""
    from pyspark.sql import types

    made = {"text": types.StringType(), "number": types.LongType()}
    fields = (
        types.StructField(name, own[name].dataType if kind is None else made[kind])
        for name, kind in kinds.items()
    )
    return types.StructType([*fields])


def _on_spark(frames: Sequence[Any], keys: Sequence[str], work: Callable[..., Any], kinds: Kinds) -> Any:
    def table_of(*tables: Any) -> Any:
        return promised(work(*tables), kinds, tables[-1].schema)

    return in_arrow(frames, keys, table_of, schema_of(kinds, frames[-1].schema))


def meta_of(kinds: Kinds, own: Any) -> Any:
    """Return a result in Dask without rows; `own` has the types of the last frame."""
    import pandas as pd

    made = {"text": "string", "number": "Int64"}
    return pd.DataFrame(
        {name: pd.Series(dtype=made[kind] if kind else own[name]) for name, kind in kinds.items()}
    )


def _on_dask(frames: Sequence[Any], keys: Sequence[str], work: Callable[..., Any], kinds: Kinds) -> Any:
    import dask.dataframe

    dd: Any = dask.dataframe
    meta = meta_of(kinds, frames[-1].dtypes)
    return dd.map_partitions(InPandas(work, meta), *spread(frames, keys), meta=meta, align_dataframes=False)


@dataclass(frozen=True, slots=True)
class InPandas:
    """A function of frames for Dask, whose result has the columns and types that were promised."""

    work: Callable[..., Any]
    meta: Any

    def __call__(self, *frames: Any) -> Any:
        """Apply the function to the frames of a partition."""
        done = self.work(*frames)
        return self.meta if done is None else done[list(self.meta.columns)].astype(self.meta.dtypes.to_dict())
