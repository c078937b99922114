"""The same rows as frames of every engine, and the rows of any frame."""

from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa

Rows = list[dict[str, Any]]
Kinds = dict[str, type]

ARROW = {int: pa.int64(), str: pa.string(), float: pa.float64()}


def arrow(rows: Rows, kinds: Kinds) -> pa.Table:
    return pa.table(
        {name: pa.array([row.get(name) for row in rows], ARROW[kind]) for name, kind in kinds.items()}
    )


def pairs(engine: str, findings: pa.Table, lots: pa.Table) -> tuple[Any, Any]:
    """Findings and lots as frames of one engine."""
    if engine == "duckdb":
        con = duckdb.connect()
        return con.from_arrow(findings), con.from_arrow(lots)
    make: Callable[[pa.Table], Any] = {
        "pandas": lambda table: table.to_pandas(),
        "polars": pl.DataFrame,
        "polars-lazy": lambda table: pl.DataFrame(table).lazy(),
        "pyarrow": lambda table: table,
    }[engine]
    return make(findings), make(lots)


def rows_of(frame: Any) -> Rows:
    """The rows of a frame; None for what is missing."""
    read = nw.from_native(frame)
    rows = (read.collect() if isinstance(read, nw.LazyFrame) else read).rows(named=True)
    return [{name: None if pd.isna(cell) else cell for name, cell in row.items()} for row in rows]


ENGINES: Sequence[str] = ("pandas", "polars", "polars-lazy", "pyarrow", "duckdb")
