"""Reads a log from wherever it is: the files named in the header, the document itself, or an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from aql.documents.floats import FloatText
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits, check_limits
from aql.errors import AqlError, DocumentError, DomainError, LogError, Problem
from aql.inspection.findings_source import FindingsSource
from aql.inspection.frame_log import FrameLike, read_frame
from aql.inspection.header import InspectionHeader
from aql.inspection.log import LogRow, parse_rows
from aql.inspection.log_cells import RawLog
from aql.inspection.log_files import paths_of, read_file
from aql.inspection.record_log import read_records

__all__ = ["LogSource", "TableSource", "read_log", "read_table"]

TableSource: TypeAlias = str | Path | FrameLike | Iterable[Mapping[str, object]]
"""A table: a file, a frame that narwhals supports, or rows as mappings."""

LogSource: TypeAlias = str | Path | FrameLike | Iterable[str | Path] | Iterable[Mapping[str, object]]
"""A source of a log: one or several files, a frame that narwhals supports, or rows as mappings."""


def read_log(
    header: InspectionHeader,
    folder: Path | None,
    *,
    findings: LogSource | None,
    rows: object,
    limits: InputLimits = DEFAULT_LIMITS,
) -> tuple[LogRow, ...]:
    """Read the log of an inspection from its source: files, the document itself, or an argument.

    Parameters
    ----------
    header : InspectionHeader
        The header.
    folder : Path or None
        Folder of the header.
    findings : optional
        The log, instead of the files named in the header.
    rows : object
        The rows in the document itself; None if it has none.
    limits : InputLimits
        How large the log may be.

    Returns
    -------
    tuple of LogRow
        The rows.

    Raises
    ------
    AqlError
        If there is no log, or more than one, or if it is beyond a limit.
    LogError
        If the log is invalid; it lists every problem.
    """
    check_limits(limits)
    if rows is not None and findings is not None:
        raise AqlError(
            "findings must be left out because the document already contains the log", code="two-logs"
        )
    logs = (
        [_of_the_document(rows, header, limits)]
        if rows is not None
        else _given(findings, header, folder, limits)
    )
    found: list[LogRow] = []
    problems: list[Problem] = []
    how = header.findings if rows is None else header.findings.of_rows()
    for raw in logs:
        parsed, wrong = parse_rows(raw, header, how, limits)
        found += parsed
        problems += wrong
    if problems:
        raise LogError("the log", problems)
    return tuple(found)


def _of_the_document(rows: object, header: InspectionHeader, limits: InputLimits) -> RawLog:
    """The log in the document itself, under ``log``."""
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        problem = Problem(
            "log", "must be a list of rows, each a table of columns", code="bad-value", path="log"
        )
        raise DocumentError("the inspection", [problem])
    return read_records(map(_with_float, rows), "log", header.findings, limits=limits)


def _with_float(row: Mapping[str, object]) -> Mapping[str, object]:
    """A row of a document; its value is a 32-bit float if the row says so."""
    if row.get("float_bits") != 32 or not isinstance(row.get("value"), float):
        return row
    value = FloatText(str(row["value"]), 32)
    return {key: one for key, one in row.items() if key != "float_bits"} | {"value": value}


def _given(
    findings: LogSource | None, header: InspectionHeader, folder: Path | None, limits: InputLimits
) -> list[RawLog]:
    """The log in the argument `findings`, or else in the files named in the header."""
    how = header.findings
    if findings is None:
        if not how.file:
            raise AqlError(
                "the inspection must have findings: a file under [findings], or the argument findings",
                todo="If nothing was found, pass findings=[]",
                code="no-findings",
            )
        return [read_file(path, how, name=name, limits=limits) for path, name in paths_of(how, folder)]
    if isinstance(findings, Iterable) and not _is_one(findings):
        listed = list(islice(findings, limits.rows + 1))
        if listed and all(isinstance(one, (str, Path)) for one in listed):
            return [
                read_file(Path(one), how, limits=limits) for one in listed if isinstance(one, (str, Path))
            ]
        return [read_table(listed, how, limits=limits)]  # type: ignore[arg-type]
    return [read_table(findings, how, limits=limits)]  # type: ignore[arg-type]


def _is_one(findings: object) -> bool:
    """Whether an iterable is a single source: a path, a mapping or a frame."""
    return isinstance(findings, (str, Mapping)) or hasattr(findings, "columns")


def read_table(source: TableSource, how: FindingsSource, *, limits: InputLimits = DEFAULT_LIMITS) -> RawLog:
    """Read a table from its source into text cells.

    Parameters
    ----------
    source : path, frame or rows as mappings
        The table.
    how : FindingsSource
        How to read it.
    limits : InputLimits
        How large it may be.

    Raises
    ------
    DomainError
        If the source is none of these.
    AqlError
        If a file is missing or of another kind.
    LogError
        If its text cannot be read.
    """
    check_limits(limits)
    if isinstance(source, (str, Path)):
        return read_file(Path(source), how, limits=limits)
    if isinstance(source, Iterable) and not _is_one(source):
        listed = list(islice(source, limits.rows + 1))
        if all(isinstance(one, Mapping) for one in listed):
            return read_records(listed, "findings", how, limits=limits)
        source = listed
    try:
        return read_frame(source, "findings", how, limits=limits)  # type: ignore[arg-type]
    except TypeError as error:
        raise DomainError(
            f"findings must be a frame, a list of dicts, or paths, got {type(source).__name__}",
            value=source,
        ) from error
