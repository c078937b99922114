"""Files that a document names: finding them in its folder, and their checksums."""

from __future__ import annotations

from pathlib import Path

from aql.documents.files import file_sha256
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.errors import AqlError

__all__ = ["file_checksum", "file_within"]


def file_within(folder: Path, name: str) -> Path | None:
    """Return the file that a document names, in its folder or a subfolder; None if there is no such file."""
    try:
        home = folder.resolve()
        path = (home / name).resolve()
        return path if path.is_relative_to(home) and path.is_file() else None
    except (OSError, RuntimeError, ValueError):  # unreadable, a loop of links, or an impossible name
        return None


def file_checksum(path: Path, *, limits: InputLimits = DEFAULT_LIMITS) -> str | None:
    """Return the SHA-256 of a file that a document names; None if it cannot be read.

    Raises
    ------
    AqlError
        If it is larger than `limits.hashed_bytes`.
    """
    try:
        return file_sha256(path, limits=limits)
    except AqlError as error:
        if error.code == "too-large":
            raise
        return None
