"""Photographs made small enough for a page; decoding one also shows whether its file is complete."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from aql.errors import MissingExtraError

if TYPE_CHECKING:
    from types import ModuleType

    from PIL.Image import Image

__all__ = ["LONG_SIDE", "SMALL", "BrokenPhotoError", "for_page"]

LONG_SIDE = 1600
"""Longest side of a photograph in the page. [pixels]"""

SMALL = 400_000
"""A photograph of at most this size and `LONG_SIDE` is included as it is. [bytes]"""

_QUALITY = 82


class BrokenPhotoError(Exception):
    """A file that is not a complete picture."""


def for_page(data: bytes, kind: str) -> tuple[str, bytes]:
    """Return format and bytes of a photograph for the page of the report: unchanged if it is small, else scaled.

    Parameters
    ----------
    data : bytes
        The file.
    kind : {"png", "jpeg", "webp", "gif"}
        Its format.

    Raises
    ------
    BrokenPhotoError
        If the file cannot be decoded to its end, or has more than about 180 million pixels.
    MissingExtraError
        If Pillow is not installed.
    """
    pillow = _pillow()
    # A JPEG file of several pictures, as phones write, is also a JPEG file.
    formats = ("JPEG", "MPO") if kind == "jpeg" else (kind.upper(),)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pillow.open(io.BytesIO(data), formats=formats) as picture:
                return _copied(picture, data, kind)
    except (OSError, ValueError, SyntaxError, EOFError, pillow.DecompressionBombError) as error:
        raise BrokenPhotoError(str(error)) from None


def _copied(picture: Image, data: bytes, kind: str) -> tuple[str, bytes]:
    from PIL import ImageOps

    large = max(picture.size) > LONG_SIDE
    if large:
        picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
    picture.load()
    if not large and len(data) <= SMALL:
        return kind, data
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONG_SIDE, LONG_SIDE))
    copy = io.BytesIO()
    if kind == "jpeg":
        upright.convert("RGB").save(copy, "JPEG", quality=_QUALITY)
        return "jpeg", copy.getvalue()
    upright.convert("RGBA").save(copy, "WEBP", quality=_QUALITY)
    return "webp", copy.getvalue()


def _pillow() -> ModuleType:
    """Import Pillow, or raise an error that names the extra to install."""
    try:
        from PIL import Image
    except ImportError:
        raise MissingExtraError("reading photographs needs Pillow", "report") from None
    return Image
