"""Makes hostile files; none of them is kept in the repository, where a scanner would flag it."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
import pytest

import aql

HEADER: Mapping[str, Any] = {
    "contract": "PO-1",
    "lot": {"id": "L1", "size": 3000},
    "inspection": {"inspected": 125},
}
SHEET = "xl/worksheets/sheet1.xml"


def told(code: str, call: Callable[[], object]) -> aql.AqlError:
    """The error of a call, which must have this code, or a problem with it."""
    with pytest.raises(aql.AqlError) as raised:
        call()
    error = raised.value
    problems = error.problems if isinstance(error, aql.DocumentError) else ()
    assert code in {error.code, *(problem.code for problem in problems)}, str(error)
    assert len(str(error)) < 5000
    error.to_dict()
    return error


def workbook() -> bytes:
    """A small log as a workbook."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (("item", "class", "note"), (1, "minor", "scratch"), (2, "minor", "dent")):
        page.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def patched(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook in which one part is changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return file.getvalue()


def in_sheet(xml: bytes) -> bytes:
    """A workbook with more XML at the end of the rows of its sheet."""
    return patched(workbook(), SHEET, lambda old: old.replace(b"</sheetData>", xml + b"</sheetData>"))


def after_rows(xml: bytes) -> bytes:
    """A workbook with more XML after the rows of its sheet."""
    return patched(workbook(), SHEET, lambda old: old.replace(b"</sheetData>", b"</sheetData>" + xml))


def zipped(**parts: str) -> bytes:
    """A zip file of these parts; two underscores in a name are a full stop."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "."), content)
    return file.getvalue()
