"""Reads a log from a frame or a Parquet file."""

from __future__ import annotations

from itertools import chain
from typing import Any

from aql.documents.files import foreign_errors, in_quotes
from aql.documents.floats import FloatBits
from aql.documents.frame_like import FrameLike
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits, over_limit
from aql.errors import AqlError, LogError, MissingExtraError
from aql.inspection.findings_source import FindingsSource
from aql.inspection.log_cells import RawLog, cell_problem, cell_text, check_size, problem_at
from aql.inspection.log_columns import column_names

__all__ = ["FrameLike", "read_frame", "read_parquet"]


def read_frame(
    frame: FrameLike, name: str, how: FindingsSource, *, limits: InputLimits = DEFAULT_LIMITS
) -> RawLog:
    """Read a log from a frame into text cells; rows are numbered from 1.

    Raises
    ------
    AqlError
        If the frame is beyond a limit, or cannot be read.
    LogError
        If a cell is neither text, a number, a date, yes or no, nor empty.
    TypeError
        If narwhals does not support the frame.
    """
    import narwhals.stable.v2 as nw
    from narwhals.exceptions import DuplicateError

    try:
        eager: Any = nw.from_native(frame)
    except DuplicateError:
        return RawLog(name, column_names(frame.columns), ())
    with foreign_errors(lambda reason: AqlError(f"{name} cannot be read: {reason}", code="bad-log")):
        if isinstance(eager, nw.LazyFrame):
            eager = eager.head(limits.rows + 1).collect()
        check_size(name, len(eager), len(eager.columns), limits)
        # Frames widen 32-bit floats in their rows.
        bits: list[FloatBits | None] = [32 if kind == nw.Float32 else None for kind in eager.schema.values()]
        columns = column_names(eager.columns)
        if max(map(len, columns), default=0) > limits.text_length:
            raise over_limit(name, "text_length", limits)
        if _length(eager) > limits.log_length:
            raise over_limit(name, "log_length", limits)
        values = list(enumerate(eager.rows(), start=1))
    problems = (
        problem_at(name, number, message, column=column)
        for number, row in values
        for column, value in zip(columns, row, strict=True)
        if (message := cell_problem(value, limits))
    )
    if (first := next(problems, None)) is not None:
        raise LogError(name, chain([first], problems))
    cells = (
        (
            number,
            tuple(cell_text(value, how.decimal, bits=width) for value, width in zip(row, bits, strict=True)),
        )
        for number, row in values
    )
    return RawLog(name, columns, tuple((number, row) for number, row in cells if any(row)))


def _length(frame: Any) -> int:
    """The characters of all text in a frame; in its rows, a text that it holds once may be repeated."""
    import narwhals.stable.v2 as nw

    total = 0
    for name, kind in frame.schema.items():
        if kind == nw.String:
            total += frame.get_column(name).str.len_chars().sum() or 0
        elif isinstance(kind, (nw.Categorical, nw.Enum)):
            counts = frame.select(text=name).group_by("text").agg(times=nw.len())
            total += sum(len(str(text)) * times for text, times in counts.rows() if text is not None)
    return total


def read_parquet(
    data: bytes, how: FindingsSource, called: str, limits: InputLimits = DEFAULT_LIMITS
) -> RawLog:
    """Read a log from the frame in a Parquet file into text cells.

    Raises
    ------
    AqlError
        If it is not a Parquet file, or is beyond a limit.
    MissingExtraError
        If pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise MissingExtraError("reading Parquet needs pyarrow", "parquet") from None
    with foreign_errors(
        lambda reason: AqlError(
            f"findings file {in_quotes(called)} is not a Parquet file: {reason}", code="bad-file", file=called
        )
    ):
        file = parquet.ParquetFile(pa.BufferReader(data))
        check_size(called, file.metadata.num_rows, file.metadata.num_columns, limits)
        stated = (file.metadata.row_group(at).total_byte_size for at in range(file.metadata.num_row_groups))
        if sum(stated) > limits.unpacked_bytes:
            raise over_limit(called, "unpacked_bytes", limits)
        batches, unpacked = [], 0
        # A few rows at a time, as one text can be repeated in every row at no cost in the file.
        for batch in file.iter_batches(batch_size=_ROWS_AT_A_TIME):
            unpacked += batch.nbytes
            if unpacked > limits.unpacked_bytes:
                raise over_limit(called, "unpacked_bytes", limits)
            batches.append(batch)
        table = pa.Table.from_batches(batches, schema=file.schema_arrow)
    return read_frame(table, called, how, limits=limits)


_ROWS_AT_A_TIME = 128
