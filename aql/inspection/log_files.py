"""The files of a log: those named in the header, and the reader for each file extension."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from aql.errors import AqlError
from aql.inspection.csv_log import read_csv
from aql.inspection.file_kinds import check_kind
from aql.inspection.frame_log import read_parquet
from aql.inspection.header import FindingsSource
from aql.inspection.log_cells import RawLog
from aql.inspection.workbook_log import read_workbook
from aql.words import listed

__all__ = ["paths_of", "read_file"]

_READERS: dict[str, Callable[[Path, FindingsSource, str], RawLog]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_csv,
    ".parquet": read_parquet,
    ".xlsx": read_workbook,
}


def read_file(path: Path, how: FindingsSource, *, name: str | None = None) -> RawLog:
    """Read a file of findings according to its extension: CSV or text, Parquet, or a workbook.

    Parameters
    ----------
    path : Path
        The file.
    how : FindingsSource
        Delimiter, decimal mark, encoding and sheet.
    name : str, optional
        Name of the file in error messages; defaults to its own name.

    Returns
    -------
    RawLog
        The cells as text, without leading and trailing blanks.

    Raises
    ------
    AqlError
        If the file is missing or has another extension.
    LogError
        If its text cannot be read.
    """
    called = name or path.name
    if path.is_dir():
        raise AqlError(
            f"findings must be a file, got the folder {called!r}",
            todo="Name a file in that folder",
            code="bad-file",
            file=called,
        )
    if not path.is_file():
        raise AqlError(
            f"findings file {called!r} does not exist",
            todo="Check its name in [findings]",
            code="no-file",
            file=called,
        )
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise AqlError(
            f"findings must be in a {listed(_READERS, last='or')} file, got {called!r}",
            code="bad-file",
            file=called,
        )
    check_kind(path, called)
    return reader(path, how, called)


def paths_of(how: FindingsSource, folder: Path | None) -> Iterator[tuple[Path, str]]:
    """Yield the path and name of each file in the header; raise if one is outside its folder or named twice."""
    home = (folder or Path()).resolve()
    seen: set[Path] = set()
    for name in how.file:
        path = (home / name).resolve()
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
