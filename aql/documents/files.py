"""Files that a document names: finding them in its folder, and their checksums."""

from __future__ import annotations

import hashlib
from pathlib import Path

__all__ = ["file_checksum", "file_within"]


def file_within(folder: Path, name: str) -> Path | None:
    """Return the file with that name in the folder or a subfolder; None if there is no such file."""
    try:
        home = folder.resolve()
        path = (home / name).resolve()
        return path if path.is_relative_to(home) and path.is_file() else None
    except (OSError, RuntimeError, ValueError):  # unreadable, a loop of links, or an impossible name
        return None


def file_checksum(path: Path) -> str | None:
    """Return the SHA-256 of a file; None if it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
