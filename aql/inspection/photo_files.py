"""The files of photographs: finding them in the folder of the header, and checking their checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from aql.errors import Problem
from aql.inspection.header import Photo

__all__ = ["photo_file", "photo_problems"]


def photo_file(folder: Path, name: str) -> Path | None:
    """Return the file with that name in the folder or a subfolder; None if there is no such file."""
    try:
        home = folder.resolve()
        path = (home / name).resolve()
        return path if path.is_relative_to(home) and path.is_file() else None
    except (OSError, RuntimeError, ValueError):  # unreadable, a loop of links, or an impossible name
        return None


def photo_problems(photos: Iterable[Photo], folder: Path | None) -> Iterator[Problem]:
    """Yield a problem for each photograph in the folder whose checksum differs from the one in the header."""
    for place, photo in enumerate(photos):
        found = None if folder is None or photo.sha256 is None else _checksum(folder, photo.file)
        if found is not None and found != photo.sha256:
            path = f"inspection.photos[{place}].sha256"
            message = f"does not match {photo.file}, which has SHA-256 {found}. Use the original photograph"
            yield Problem(path, message, code="other-file", path=path)


def _checksum(folder: Path, name: str) -> str | None:
    """SHA-256 of a file in the folder; None if it cannot be read."""
    path = photo_file(folder, name)
    try:
        return None if path is None else hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
