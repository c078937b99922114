"""The engines that frames come from, and what each of them does in its own way.

Everything else is written once, over the lazy frames of narwhals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import narwhals.stable.v2 as nw
from narwhals.exceptions import DuplicateError

from aql.documents.cluster_frames import CLUSTERS, cluster_of
from aql.errors import DomainError
from aql.words import listed, short_repr

__all__ = ["ENGINES", "Engine", "Frame", "distinct_rows", "of_frame", "with_columns"]

Frame = nw.LazyFrame[Any]
"""A frame of any engine, whose steps are carried out when it is collected."""

ENGINES: Mapping[str, str] = {
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "pyarrow",
    "duckdb": "DuckDB",
}
"""The engines by the name that narwhals gives them."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The engine of a frame.

    Attributes
    ----------
    name : str
        One of `ENGINES`.
    eager : bool
        Whether its frames hold their rows; otherwise they are plans of how to get them.
    native : object
        A frame of this engine, from which others are made.
    tables : list of str
        The temporary tables of DuckDB in which rows are kept until they are freed.
    """

    name: str
    eager: bool
    native: Any
    tables: list[str] = field(default_factory=list, compare=False)

    def frame(
        self,
        columns: Mapping[str, Sequence[int] | Sequence[float] | Sequence[str]],
        kinds: Mapping[str, type] | None = None,
    ) -> Frame:
        """Return a small frame with columns of numbers or of text; `kinds` says of which if there may be no rows."""
        known = {name: type(values[0]) if values else int for name, values in columns.items()}
        return _lazy(self._made(columns, known | dict(kinds or {})))

    def _made(self, columns: Mapping[str, Sequence[Any]], kinds: Mapping[str, type]) -> Any:
        if self.name == "polars":
            import polars as pl

            types = {str: pl.String(), float: pl.Float64(), int: pl.Int64()}
            schema = {name: types[kind] for name, kind in kinds.items()}
            return pl.LazyFrame(dict(columns), schema=schema)
        if self.name == "pandas":
            import pandas as pd

            words = {str: "str", float: "float64", int: "int64"}
            return pd.DataFrame(
                {name: pd.Series(list(values), dtype=words[kinds[name]]) for name, values in columns.items()}
            )
        import pyarrow as pa

        kinds_of = {str: pa.string(), float: pa.float64(), int: pa.int64()}
        table_here = pa.table(
            {name: pa.array(list(values), kinds_of[kinds[name]]) for name, values in columns.items()}
        )
        if self.name == "pyarrow":
            return table_here
        return self.native.query("given", "SELECT * FROM table_here").materialize()

    def kept(self, frame: Frame, *, lasting: bool = False) -> Frame:
        """Return the frame with its rows computed, so that using it twice does not compute it twice.

        It can be used until `free` is called, or as long as its connection is open if it is `lasting`.
        """
        native: Any = frame.to_native()
        if self.name == "polars":
            native = native.collect().lazy()
        elif self.name == "duckdb":
            # A temporary table goes to the disk where memory is limited; a materialized relation stays in memory.
            name = f"aql_kept_{uuid4().hex}"
            native.query("given", f"CREATE TEMP TABLE {name} AS FROM given").fetchall()
            if not lasting:
                self.tables.append(name)
            native = self.native.query("given", f"FROM temp.main.{name}")
        return _lazy(native)

    def free(self) -> None:
        """Free the rows that were kept and are not lasting."""
        for name in self.tables:
            self.native.query("given", f"DROP TABLE temp.main.{name}").fetchall()
        self.tables.clear()

    @property
    def shares(self) -> bool:
        """Whether its frames are computed when they are asked for, and then share the work that they have in common."""
        return self.name == "polars" and not self.eager

    def shared(self, frame: Frame, *, lasting: bool = False) -> Frame:
        """Return the frame with its rows computed, unless the engine shares the work of the frames made from it."""
        return frame if self.shares else self.kept(frame, lasting=lasting)

    def with_missing(self, frame: Frame, names: Sequence[str]) -> Frame:
        """Return the frame with whole numbers missing where they are negative."""
        if self.name == "pandas":
            frame = _lazy(frame.to_native().astype(dict.fromkeys(names, "Int64")))
        return frame.with_columns(
            *(nw.when(nw.col(name) >= 0).then(nw.col(name)).alias(name) for name in names)
        )

    def given_back(self, frame: Frame) -> Any:
        """Return the frame of the engine, with its rows if those that came had them."""
        return frame.collect().to_native() if self.eager else frame.to_native()


def _lazy(native: Any) -> Frame:
    read: Frame = nw.from_native(native).lazy()
    return read


def with_columns(frame: Frame, columns: Mapping[str, nw.Expr]) -> Frame:
    """Return the frame of any engine with further columns, if there are any."""
    return frame.with_columns(**columns) if columns else frame


def distinct_rows(frame: Frame, *columns: str) -> Frame:
    """Return the different rows of the frame of any engine in some columns."""
    # DuckDB numbers the rows of each kind if it is asked for the unique ones, which takes much longer.
    return frame.group_by(*columns).agg(nw.len().alias("rows_alike")).select(*columns)


def of_frame(frame: object, name: str) -> tuple[Frame, Engine]:
    """Return the engine of a frame, with the frame.

    Raises
    ------
    DomainError
        If it is not a frame of one of the engines.
    """
    wanted = f"{name} must be a frame of {listed(ENGINES.values(), last='or')}"
    cluster = cluster_of(frame)
    if cluster:
        raise DomainError(f"{wanted}, got one of {CLUSTERS[cluster]}", value=cluster)
    try:
        read: Any = nw.from_native(frame)
    except TypeError:
        raise DomainError(f"{wanted}, got {type(frame).__name__}", value=frame) from None
    except DuplicateError as error:
        message = f"{name} must have columns with different names"
        raise DomainError(message, code="two-columns", value=frame) from error
    engine = read.implementation.value
    if engine not in ENGINES:
        raise DomainError(f"{wanted}, got one of {engine}", value=engine)
    for column in read.collect_schema():
        if not isinstance(column, str):
            raise DomainError(
                f"{name} must have columns named by text, got {short_repr(column)}", value=column
            )
    return read.lazy(), Engine(engine, isinstance(read, nw.DataFrame), frame)
