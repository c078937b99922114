"""Photographs for the report: included in the page, or replaced by the reason why they are missing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from aql.display.reasons import named_items
from aql.documents.files import read_bytes
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits, over_limit
from aql.errors import AqlError
from aql.inspection.header import InspectionHeader, Photo
from aql.inspection.log import LogRow
from aql.inspection.photo_files import photo_file
from aql.inspection.picture_kind import picture_kind
from aql.languages import marked, say
from aql.report.photo_scaling import SMALL, BrokenPhotoError, for_page

__all__ = ["LARGEST", "Photograph", "logo_photograph", "photographs"]

LARGEST = 50_000_000
"""Photographs of this size or more are left out of the page. [bytes]"""

_PAGE = 7_000_000  # bytes of all photographs of a page, which are a third more as text

_MISSING = marked("was not found in the folder of the inspection header")
_LINKS = ("http://", "https://")


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
        Checksum of the file; if it could not be read, the one stated in the header.
    source : str
        The picture as a data: URI; "" if it could not be read.
    problem : str
        Why the picture is missing; "" if it is not.
    approved_sample_for : str
        File of the photograph of the goods that this one of the approved sample stands next to; "" for the goods.
    number : int
        Its number in the report, from 1; 0 before it has its place.
    """

    file: str
    caption: str
    item: int | None
    sha256: str
    source: str = ""
    problem: str = ""
    approved_sample_for: str = ""
    number: int = 0


def photographs(
    header: InspectionHeader,
    rows: Iterable[LogRow],
    folder: Path | None,
    *,
    limits: InputLimits = DEFAULT_LIMITS,
) -> tuple[Photograph, ...]:
    """Read the photographs for the report that the header and the log of an inspection name.

    Parameters
    ----------
    header : InspectionHeader
        The header.
    rows : iterable of LogRow
        The log; its notes become captions.
    folder : Path or None
        Folder of the files; None if they are not available.
    limits : InputLimits
        How many photographs there may be, and how large they may be in all once scaled.

    Returns
    -------
    tuple of Photograph
        In the order of the header, then of the log, each file of the log once. The picture is missing if the file does
        not exist, is outside the folder, is too large, is not a complete PNG, JPEG, WebP or GIF, or does not have the
        checksum stated in the header.

    Raises
    ------
    AqlError
        If there are more photographs than the limits allow.
    MissingExtraError
        If there is a photograph to read and Pillow is not installed.
    """
    of_header = header.inspection.photos
    known = {photo.file for photo in of_header}
    named = (*of_header, *_photos_of_log(rows, known))
    if len(named) > limits.photos:
        raise over_limit("the report", "photos", limits)
    shown: list[Photograph] = []
    size = 0
    most = min(SMALL, _PAGE // max(len(named), 1))
    for photo in named:
        shown.append(_photograph(photo, folder, most))
        size += len(shown[-1].source)
        if size > limits.photo_bytes:
            raise over_limit("the report", "photo_bytes", limits)
    return tuple(shown)


def _photos_of_log(rows: Iterable[LogRow], known: set[str]) -> Iterator[Photo]:
    """The files of the log that the header does not name, with the notes and items of their rows."""
    found: dict[str, list[LogRow]] = {}
    for row in rows:
        if row.photo and row.photo not in known:
            found.setdefault(row.photo, []).append(row)
    for file, named in found.items():
        items = {row.item for row in named if row.item is not None}
        words = dict.fromkeys(row.note or row.term or row.class_ for row in named)
        several = [named_items(items)] if len(items) > 1 else []
        caption = "; ".join(filter(None, [*words, *several]))
        yield Photo.model_construct(
            file=file, sha256=None, caption=caption, item=items.pop() if len(items) == 1 else None
        )


def logo_photograph(header: InspectionHeader, folder: Path | None) -> Photograph | None:
    """Read the logo of the inspection company for the report; None if the header names none."""
    name = header.inspection.logo
    if name is None:
        return None
    return _photograph(Photo.model_construct(file=name, sha256=None, caption="", item=None), folder, SMALL)


def _photograph(photo: Photo, folder: Path | None, most: int) -> Photograph:
    data, problem = _data(photo.file, folder)
    kind: str = picture_kind(data) or ""
    digest, stated = hashlib.sha256(data).hexdigest(), photo.sha256 or ""
    if not problem and not data:
        problem = say("is empty")
    elif not problem and not kind:
        problem = say("is not a PNG, JPEG, WebP or GIF")
    elif not problem and stated not in {"", digest}:
        problem = say("does not have the SHA-256 stated in the header")
    if not problem:
        try:
            kind, data = for_page(data, kind, most)
        except BrokenPhotoError:
            problem = say("is broken: the picture cannot be read to its end")
    sample = photo.approved_sample_for or ""
    if problem:
        shown = Photograph(photo.file, photo.caption or "", photo.item, stated, problem=problem)
    else:
        source = f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
        shown = Photograph(photo.file, photo.caption or "", photo.item, digest, source)
    return replace(shown, approved_sample_for=sample)


def _data(name: str, folder: Path | None) -> tuple[bytes, str]:
    """The bytes of a file in the folder, or what is wrong with it."""
    if name.startswith(_LINKS):
        return b"", say("is a link, and a report contains files only")
    if folder is None:
        return b"", say("is not included in this page")
    path = photo_file(folder, name)
    try:
        if path is None:
            return b"", say(_MISSING)
        if path.stat().st_size >= LARGEST:
            return b"", say("is {size} MB or larger and is left out of the page", size=LARGEST // 1_000_000)
        return read_bytes(path), ""
    except (OSError, AqlError):  # removed or made unreadable after it was found
        return b"", say(_MISSING)
