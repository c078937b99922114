"""Photographs: read from beside the header and carried inside the page, or a line that says why not."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from aql.inspection.header import Photo
from aql.inspection.photo_files import photo_file

__all__ = ["LARGEST", "Photograph", "photographs"]

LARGEST = 8_000_000
"""Photographs of this size or more are left out of the page. [bytes]"""

_MISSING = "was not found beside the header of the inspection"


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph as it goes into the page.

    Attributes
    ----------
    file, caption : str
        Its file, and what it shows.
    item : int or None
        The item it shows.
    sha256 : str
        Its checksum, or the one that the header states where there is no picture.
    source : str
        The picture as a data: URI, or "".
    problem : str
        Why there is no picture, or "".
    """

    file: str
    caption: str
    item: int | None
    sha256: str
    source: str = ""
    problem: str = ""


def photographs(photos: Iterable[Photo], folder: Path | None) -> tuple[Photograph, ...]:
    """Read the photographs that the header of an inspection names.

    Parameters
    ----------
    photos : iterable of Photo
        What the header says of them.
    folder : Path or None
        Folder that holds the files; None where they are not at hand.

    Returns
    -------
    tuple of Photograph
        In the order of the header. A file that is missing, lies outside the folder, is too large, is not a PNG, JPEG,
        WebP or GIF, or is not the one whose checksum is stated, comes without its picture.
    """
    return tuple(_photograph(photo, folder) for photo in photos)


def _photograph(photo: Photo, folder: Path | None) -> Photograph:
    data, problem = _data(photo.file, folder)
    kind, digest, stated = _kind(data), hashlib.sha256(data).hexdigest(), photo.sha256 or ""
    if not problem and not kind:
        problem = "is not a PNG, JPEG, WebP or GIF"
    elif not problem and stated not in {"", digest}:
        problem = "is not the file whose SHA-256 the header states"
    if problem:
        return Photograph(photo.file, photo.caption or "", photo.item, stated, problem=problem)
    source = f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
    return Photograph(photo.file, photo.caption or "", photo.item, digest, source)


def _data(name: str, folder: Path | None) -> tuple[bytes, str]:
    """The bytes of a file in the folder, and what is wrong where there are none."""
    if folder is None:
        return b"", "is not in this page"
    path = photo_file(folder, name)
    try:
        if path is None:
            return b"", _MISSING
        if path.stat().st_size >= LARGEST:
            return b"", f"has {LARGEST // 1_000_000} MB or more and is left out of the page"
        return path.read_bytes(), ""
    except OSError:  # gone or unreadable by now
        return b"", _MISSING


def _kind(data: bytes) -> str:
    """The kind of a picture by its first bytes, or ""."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "gif" if data[:6] in {b"GIF87a", b"GIF89a"} else ""
