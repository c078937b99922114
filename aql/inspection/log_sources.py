"""Reads a log from wherever it is: the files named in the header, the document itself, or an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from aql.documents.floats import FloatText
from aql.errors import AqlError, DocumentError, DomainError, LogError, Problem
from aql.inspection.frame_log import FrameLike, read_frame
from aql.inspection.header import FindingsSource, InspectionHeader
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
    header: InspectionHeader, folder: Path | None, *, findings: LogSource | None, rows: object
) -> tuple[LogRow, ...]:
    """Read the log of an inspection.

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

    Returns
    -------
    tuple of LogRow
        The rows.

    Raises
    ------
    AqlError
        If there is no log, or more than one.
    LogError
        If the log is invalid; it lists every problem.
    """
    if rows is not None and findings is not None:
        raise AqlError(
            "findings must be left out because the document already contains the log", code="two-logs"
        )
    logs = [_of_the_document(rows, header)] if rows is not None else _given(findings, header, folder)
    found: list[LogRow] = []
    problems: list[Problem] = []
    how = header.findings if rows is None else header.findings.of_rows()
    for raw in logs:
        parsed, wrong = parse_rows(raw, header, how)
        found += parsed
        problems += wrong
    if problems:
        raise LogError("the log", problems)
    return tuple(found)


def _of_the_document(rows: object, header: InspectionHeader) -> RawLog:
    """The log in the document itself, under ``log``."""
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        problem = Problem(
            "log", "must be a list of rows, each a table of columns", code="bad-value", path="log"
        )
        raise DocumentError("the inspection", [problem])
    return read_records(map(_with_float, rows), "log", header.findings)


def _with_float(row: Mapping[str, object]) -> Mapping[str, object]:
    """A row of a document; its value is a 32-bit float if the row says so."""
    if row.get("float_bits") != 32 or not isinstance(row.get("value"), float):
        return row
    value = FloatText(str(row["value"]), 32)
    return {key: one for key, one in row.items() if key != "float_bits"} | {"value": value}


def _given(findings: LogSource | None, header: InspectionHeader, folder: Path | None) -> list[RawLog]:
    """The log in the argument `findings`, or else in the files named in the header."""
    how = header.findings
    if findings is None:
        if not how.file:
            raise AqlError(
                "the inspection must have findings: a file under [findings], or the argument findings",
                todo="If nothing was found, pass findings=[]",
                code="no-findings",
            )
        return [read_file(path, how, name=name) for path, name in paths_of(how, folder)]
    if isinstance(findings, Iterable) and not _is_one(findings):
        listed = list(findings)
        if listed and all(isinstance(one, (str, Path)) for one in listed):
            return [read_file(Path(one), how) for one in listed if isinstance(one, (str, Path))]
        return [read_table(listed, how)]  # type: ignore[arg-type]
    return [read_table(findings, how)]  # type: ignore[arg-type]


def _is_one(findings: object) -> bool:
    """Whether an iterable is a single source: a path, a mapping or a frame."""
    return isinstance(findings, (str, Mapping)) or hasattr(findings, "columns")


def read_table(source: TableSource, how: FindingsSource) -> RawLog:
    """Read a single table into text cells.

    Parameters
    ----------
    source : path, frame or rows as mappings
        The table.
    how : FindingsSource
        How to read it.

    Raises
    ------
    DomainError
        If the source is none of these.
    AqlError
        If a file is missing or of another kind.
    LogError
        If its text cannot be read.
    """
    if isinstance(source, (str, Path)):
        return read_file(Path(source), how)
    if isinstance(source, Iterable) and not _is_one(source):
        listed = list(source)
        if all(isinstance(one, Mapping) for one in listed):
            return read_records(listed, "findings", how)
        source = listed
    try:
        return read_frame(source, "findings", how)  # type: ignore[arg-type]
    except TypeError:
        raise DomainError(
            f"findings must be a frame, a list of dicts, or paths, got {type(source).__name__}",
            value=source,
        ) from None
