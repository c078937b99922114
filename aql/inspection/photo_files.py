"""The photographs of an inspection: finding their files in the folder of the header, and checking item and checksum."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.named_files import file_checksum, file_within
from aql.errors import Problem
from aql.inspection.header import InspectionHeader

__all__ = ["photo_file", "photo_problems"]


photo_file = file_within


def photo_problems(
    header: InspectionHeader, folder: Path | None, *, limits: InputLimits = DEFAULT_LIMITS
) -> Iterator[Problem]:
    """Yield a problem for each photo file with another checksum than stated, or of an item that was not inspected."""
    most, number = _items(header)
    for place, photo in enumerate(header.inspection.photos):
        path = f"inspection.photos[{place}]"
        if photo.item is not None and photo.item > most:
            message = f"must be at most {most}, the {number}, got {photo.item}"
            yield Problem(f"{path}.item", message, code="bad-value", path=f"{path}.item")
        found = None if folder is None or photo.sha256 is None else _checksum(folder, photo.file, limits)
        if found is not None and found != photo.sha256:
            message = f"does not match {photo.file}, which has SHA-256 {found}. Use the original photograph"
            yield Problem(f"{path}.sha256", message, code="other-file", path=f"{path}.sha256")


def _items(header: InspectionHeader) -> tuple[int, str]:
    """The largest number that an item can have, and what that is."""
    inspected = header.inspection.inspected
    if isinstance(inspected, tuple):
        inspected = max((most for _, most in inspected), default=None)
    return (header.lot.size, "lot size") if inspected is None else (inspected, "number inspected")


def _checksum(folder: Path, name: str, limits: InputLimits) -> str | None:
    """SHA-256 of a file in the folder; None if it cannot be read."""
    path = photo_file(folder, name)
    return None if path is None else file_checksum(path, limits=limits)
