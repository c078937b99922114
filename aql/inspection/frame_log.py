"""Reads a log from a frame or a Parquet file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from aql.documents.floats import FloatBits
from aql.errors import AqlError, MissingExtraError
from aql.inspection.header import FindingsSource
from aql.inspection.log_cells import RawLog, cell_text, column_names

__all__ = ["FrameLike", "read_frame", "read_parquet"]


class FrameLike(Protocol):
    """Any frame that narwhals reads: pandas, polars, pyarrow and others."""

    @property
    def columns(self) -> Iterable[object]:
        """The columns."""


def read_frame(frame: FrameLike, name: str, how: FindingsSource) -> RawLog:
    """Read a frame into text cells; rows are numbered from 1.

    Raises
    ------
    TypeError
        If narwhals does not support the frame.
    """
    import narwhals.stable.v2 as nw
    from narwhals.exceptions import DuplicateError

    try:
        eager: Any = nw.from_native(frame)
    except DuplicateError:
        return RawLog(name, column_names(frame.columns), ())
    if isinstance(eager, nw.LazyFrame):
        eager = eager.collect()
    # Frames widen 32-bit floats in their rows.
    bits: list[FloatBits | None] = [32 if kind == nw.Float32 else None for kind in eager.schema.values()]
    cells = (
        tuple(cell_text(value, how.decimal, bits=width) for value, width in zip(row, bits, strict=True))
        for row in eager.rows()
    )
    rows = tuple((number, row) for number, row in enumerate(cells, start=1) if any(row))
    return RawLog(name, column_names(eager.columns), rows)


def read_parquet(path: Path, how: FindingsSource, called: str) -> RawLog:
    """Read a Parquet file into text cells.

    Raises
    ------
    AqlError
        If it is not a Parquet file.
    MissingExtraError
        If pyarrow is not installed.
    """
    try:
        from pyarrow import parquet
    except ImportError:
        raise MissingExtraError("reading Parquet needs pyarrow", "parquet") from None
    try:
        table = parquet.read_table(path)
    except (OSError, ValueError) as error:
        raise AqlError(
            f"findings file {called!r} is not a Parquet file: {str(error).rstrip('.')}",
            code="bad-file",
            file=called,
        ) from None
    return read_frame(table, called, how)
