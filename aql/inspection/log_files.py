"""The files of a log: those named in the header, and the reader for each file extension."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from aql.documents.files import in_quotes, read_bytes
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.errors import AqlError
from aql.inspection.csv_log import read_csv
from aql.inspection.file_kinds import check_kind
from aql.inspection.findings_source import FindingsSource
from aql.inspection.frame_log import read_parquet
from aql.inspection.log_cells import RawLog
from aql.inspection.workbook_log import read_workbook
from aql.words import listed

__all__ = ["paths_of", "read_file"]

_READERS: dict[str, Callable[[bytes, FindingsSource, str, InputLimits], RawLog]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_csv,
    ".parquet": read_parquet,
    ".xlsx": read_workbook,
}


def read_file(
    path: Path, how: FindingsSource, *, name: str | None = None, limits: InputLimits = DEFAULT_LIMITS
) -> RawLog:
    """Read a log from a file according to its extension: CSV or text, Parquet, or a workbook.

    Parameters
    ----------
    path : Path
        The file.
    how : FindingsSource
        Delimiter, decimal mark, encoding and sheet.
    name : str, optional
        Name of the file in error messages; defaults to its own name.
    limits : InputLimits
        How large the file may be.

    Returns
    -------
    RawLog
        The cells as text, without leading and trailing blanks.

    Raises
    ------
    AqlError
        If the file is missing, has another extension, or is beyond a limit.
    LogError
        If its text cannot be read.
    """
    called = name or path.name
    shown = in_quotes(called)
    if os.path.isdir(path):  # noqa: PTH112 - false for impossible names, where Path raises
        raise AqlError(
            f"findings must be a file, got the folder {shown}",
            todo="Name a file in that folder",
            code="bad-file",
            file=called,
        )
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise AqlError(
            f"findings must be in a {listed(_READERS, last='or')} file, got {shown}",
            code="bad-file",
            file=called,
        )
    if not os.path.lexists(path):
        raise AqlError(
            f"findings file {shown} does not exist",
            todo="Check its name in [findings]",
            code="no-file",
            file=called,
        )
    data = read_bytes(path, limits=limits, called=called)
    check_kind(data, path, called)
    return reader(data, how, called, limits)


def paths_of(how: FindingsSource, folder: Path | None) -> Iterator[tuple[Path, str]]:
    """Yield path and name of each log file in the header; raise if one is outside its folder or named twice."""
    home = (folder or Path()).resolve()
    seen: set[Path] = set()
    for name in how.file:
        path = _resolved(home, name)
        if not path.is_relative_to(home):
            raise AqlError(
                f"findings file {name!r} is outside the folder of the header",
                todo="Copy it into that folder",
                code="bad-file",
                file=name,
            )
        if path in seen:
            raise AqlError(
                f"findings file {name!r} must be named only once in [findings]",
                code="bad-file",
                file=name,
            )
        seen.add(path)
        yield path, name


def _resolved(home: Path, name: str) -> Path:
    """The path of a file with its links followed."""
    try:
        return (home / name).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, or an impossible name
        raise AqlError(
            f"findings file {in_quotes(name)} cannot be read: {getattr(error, 'strerror', None) or error}",
            code="bad-file",
            file=name,
        ) from error
