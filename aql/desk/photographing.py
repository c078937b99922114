"""Saves a photograph next to the file of a recording."""

from __future__ import annotations

import hashlib
from pathlib import Path

from aql.documents.loading import load_document
from aql.documents.writing import write_file
from aql.errors import DomainError
from aql.inspection.header import Photo
from aql.inspection.picture_kind import picture_kind
from aql.words import short_repr

__all__ = ["LARGEST", "saved_photo"]

LARGEST = 50_000_000
"""Largest photograph. [bytes]"""

_ENDINGS = {"png": "png", "jpeg": "jpg", "webp": "webp", "gif": "gif"}


def saved_photo(recording: Path, data: bytes, item: int | None, caption: str) -> Photo:
    """Save a photograph and return it with its checksum, which is part of its name: saving it again changes nothing.

    Parameters
    ----------
    recording : Path
        File of the recording.
    data : bytes
        The photograph.
    item : int or None
        Number of the item that it shows.
    caption : str
        What it shows.

    Raises
    ------
    DomainError
        If it is not a PNG, JPEG, WebP or GIF, or is too large.
    AqlError
        If it cannot be written.
    """
    if not isinstance(data, bytes):
        raise DomainError(f"a photograph must be bytes, got {short_repr(data)}", value=type(data).__name__)
    if not isinstance(caption, str):
        raise DomainError(f"caption must be text, got {short_repr(caption)}", value=caption)
    if len(data) > LARGEST:
        size = -(-len(data) // 1_000_000)
        raise DomainError(
            f"a photograph must have at most {LARGEST // 1_000_000} MB, got {size} MB", value=len(data)
        )
    kind = picture_kind(data)
    if kind is None:
        raise DomainError("a photograph must be a PNG, JPEG, WebP or GIF, got another file")
    digest = hashlib.sha256(data).hexdigest()
    shows = "" if item is None else f"-item-{item}"
    name = f"{recording.stem}{shows}-{digest[:12]}.{_ENDINGS[kind]}"
    facts = {"file": name, "sha256": digest, "item": item, "caption": caption.strip() or None}
    photo = load_document(
        Photo, {key: one for key, one in facts.items() if one is not None}, source="the photograph"
    )
    write_file(recording.with_name(name), data)
    return photo
