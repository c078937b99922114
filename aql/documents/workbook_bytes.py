"""A workbook as bytes: the same for the same content, on every day and machine."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from aql.errors import AqlError

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["workbook_bytes"]

# The earliest time that a zip archive can hold.
_TIME = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^<>]*+>)[^<]*+")


def workbook_bytes(book: Workbook) -> bytes:
    """Return the file of a workbook, without the time at which it was written.

    Raises
    ------
    AqlError
        If the folder for temporary files cannot be written.

    Examples
    --------
    >>> from aql.documents.spreadsheet import load_openpyxl
    >>> workbook_bytes(load_openpyxl().Workbook())[:2]
    b'PK'
    """
    stored, written = io.BytesIO(), io.BytesIO()
    try:
        book.save(stored)  # openpyxl uses temporary files
    except OSError as error:
        raise AqlError(f"a workbook cannot be made: {error.strerror}", code="not-written") from error
    with zipfile.ZipFile(stored) as parts, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as same:
        for name in parts.namelist():
            data = parts.read(name)
            if name == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            same.writestr(entry, data)
    return written.getvalue()
