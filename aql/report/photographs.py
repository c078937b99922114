"""Photographs for the report: embedded in the page, or replaced by the reason why they are missing."""

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

_MISSING = "was not found in the folder of the inspection header"


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph for the page.

    Attributes
    ----------
    file, caption : str
        File name and caption.
    item : int or None
        Number of the item it shows.
    sha256 : str
        Checksum of the picture; if it could not be read, the one stated in the header.
    source : str
        The picture as a data: URI; "" if it could not be read.
    problem : str
        Why the picture is missing; "" if it is not.
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
        The photographs in the header.
    folder : Path or None
        Folder of the files; None if they are not available.

    Returns
    -------
    tuple of Photograph
        In the order of the header. The picture is missing if the file does not exist, is outside the folder, is too
        large, is not a PNG, JPEG, WebP or GIF, or does not have the checksum stated in the header.
    """
    return tuple(_photograph(photo, folder) for photo in photos)


def _photograph(photo: Photo, folder: Path | None) -> Photograph:
    data, problem = _data(photo.file, folder)
    kind, digest, stated = _kind(data), hashlib.sha256(data).hexdigest(), photo.sha256 or ""
    if not problem and not kind:
        problem = "is not a PNG, JPEG, WebP or GIF"
    elif not problem and stated not in {"", digest}:
        problem = "does not have the SHA-256 stated in the header"
    if problem:
        return Photograph(photo.file, photo.caption or "", photo.item, stated, problem=problem)
    source = f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
    return Photograph(photo.file, photo.caption or "", photo.item, digest, source)


def _data(name: str, folder: Path | None) -> tuple[bytes, str]:
    """The bytes of a file in the folder, or what is wrong with it."""
    if folder is None:
        return b"", "is not included in this page"
    path = photo_file(folder, name)
    try:
        if path is None:
            return b"", _MISSING
        if path.stat().st_size >= LARGEST:
            return b"", f"is {LARGEST // 1_000_000} MB or larger and is left out of the page"
        return path.read_bytes(), ""
    except OSError:  # removed or made unreadable after it was found
        return b"", _MISSING


def _kind(data: bytes) -> str:
    """The image format according to the first bytes, or ""."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "gif" if data[:6] in {b"GIF87a", b"GIF89a"} else ""
