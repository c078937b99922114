"""Files of photographs: the one that a header names, in its folder, and whether it is the one whose checksum is stated."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from aql.errors import Problem
from aql.inspection.header import Photo

__all__ = ["photo_file", "photo_problems"]


def photo_file(folder: Path, name: str) -> Path | None:
    """Return the file of that name in the folder or below it; None where there is no such file."""
    try:
        home = folder.resolve()
        path = (home / name).resolve()
        return path if path.is_relative_to(home) and path.is_file() else None
    except (OSError, RuntimeError, ValueError):  # unreadable, a loop of links, a name that no file can have
        return None


def photo_problems(photos: Iterable[Photo], folder: Path | None) -> Iterator[Problem]:
    """Yield the photographs in the folder that are not those whose checksum the header states."""
    for place, photo in enumerate(photos):
        found = None if folder is None or photo.sha256 is None else _checksum(folder, photo.file)
        if found is not None and found != photo.sha256:
            path = f"inspection.photos[{place}].sha256"
            message = (
                f"{photo.file} has SHA-256 {found}, not the one stated. Use the photograph that was stated"
            )
            yield Problem(path, message, code="other-file", path=path)


def _checksum(folder: Path, name: str) -> str | None:
    """SHA-256 of a file in the folder; None where it cannot be read."""
    path = photo_file(folder, name)
    try:
        return None if path is None else hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
