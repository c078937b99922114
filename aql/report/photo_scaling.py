"""Photographs made small enough for a page; decoding one also shows whether its file is complete."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aql.errors import MissingExtraError

if TYPE_CHECKING:
    from types import ModuleType

    from PIL.Image import Image

__all__ = ["LONG_SIDE", "SMALL", "BrokenPhotoError", "for_page"]

LONG_SIDE = 1600
"""Longest side of a photograph in the page. [pixels]"""

SMALL = 400_000
"""A photograph is at most this large in the page; a file of at most `LONG_SIDE` may be included as it is. [bytes]"""

_QUALITIES = (82, 74, 66, 58, 50, 42)
_SMALLER = 0.75  # of the side, where no quality is small enough
_LEAST_SIDE = 320


class BrokenPhotoError(Exception):
    """A file that is not a complete picture."""


def for_page(data: bytes, kind: str, most: int = SMALL) -> tuple[str, bytes]:
    """Return format and bytes of a photograph for the page of the report: unchanged if it is small, else scaled.

    Parameters
    ----------
    data : bytes
        The file.
    kind : {"png", "jpeg", "webp", "gif"}
        Its format.
    most : int
        How large the photograph may be. Its quality falls until it fits, then its size. [bytes]

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
        with warnings.catch_warnings(), _whole_files_only():
            warnings.simplefilter("ignore")
            with pillow.open(io.BytesIO(data), formats=formats) as picture:
                return _copied(picture, data, kind, most)
    except (OSError, ValueError, SyntaxError, EOFError, pillow.DecompressionBombError) as error:
        raise BrokenPhotoError(str(error)) from None


def _copied(picture: Image, data: bytes, kind: str, most: int) -> tuple[str, bytes]:
    from PIL import ImageOps

    large = max(picture.size) > LONG_SIDE
    if large:
        picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
    picture.load()
    if not large and len(data) <= most:
        return kind, data
    picture.thumbnail((LONG_SIDE, LONG_SIDE))
    plain = _on_white(ImageOps.exif_transpose(picture))
    while True:
        for quality in _QUALITIES:
            copy = io.BytesIO()
            plain.save(copy, "JPEG", quality=quality, optimize=True)
            if copy.tell() <= most or (quality == _QUALITIES[-1] and max(plain.size) <= _LEAST_SIDE):
                return "jpeg", copy.getvalue()
        width, height = plain.size
        plain = plain.resize((max(1, round(width * _SMALLER)), max(1, round(height * _SMALLER))))


@contextmanager
def _whole_files_only() -> Iterator[None]:
    """Have Pillow refuse a file that ends too early, which WeasyPrint tells it not to."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _on_white(picture: Image) -> Image:
    """The picture without transparency, which JPEG does not have."""
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layers = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layers.size, "white"), layers).convert("RGB")


def _pillow() -> ModuleType:
    """Import Pillow, or raise an error that names the extra to install."""
    try:
        from PIL import Image
    except ImportError:
        raise MissingExtraError("reading photographs needs Pillow", "report") from None
    return Image
