"""The format of a picture, from the first bytes of its file."""

from __future__ import annotations

from typing import Literal

__all__ = ["PictureKind", "picture_kind"]

PictureKind = Literal["png", "jpeg", "webp", "gif"]
"""Formats of photographs."""


def picture_kind(data: bytes) -> PictureKind | None:
    """Return the format of a picture; None if the file is none of these.

    Examples
    --------
    >>> picture_kind(b"GIF89a..."), picture_kind(b"%PDF-1.7")
    ('gif', None)
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "gif" if data[:6] in {b"GIF87a", b"GIF89a"} else None
