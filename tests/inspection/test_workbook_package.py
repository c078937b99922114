"""A workbook is checked before its cells are read: each limit is the last that is read, and what is odd is told in words."""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from aql.documents.input_limits import InputLimits
from aql.errors import AqlError
from aql.inspection.workbook_package import check_package
from tests.attack.hostile_files import SHEET, after_rows, in_sheet, patched, workbook

UNUSUAL = "'log.xlsx' has parts that no spreadsheet program writes. Save it again in a spreadsheet program"
MANY: dict[str, Any] = {"rows": 1_048_576, "columns": 16_384, "cells": 10**9}


def check(data: bytes, **limits: int) -> None:
    check_package(data, "log.xlsx", InputLimits(**limits))


def refused(data: bytes, says: str, **limits: int) -> None:
    with pytest.raises(AqlError) as raised:
        check(data, **limits)
    assert says in str(raised.value)


def with_part(name: str, content: bytes) -> bytes:
    file = io.BytesIO(workbook())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def changed(old: bytes, new: bytes) -> bytes:
    """The workbook with other text in its sheet."""
    return patched(workbook(), SHEET, lambda xml: xml.replace(old, new, 1))


def elements(data: bytes, part: str = "") -> list[str]:
    """The names of all elements of the workbook, or of one part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [one for one in archive.namelist() if one.endswith((".xml", ".rels")) and part in one]
        return [
            one.tag.rpartition("}")[2] for name in parts for one in ET.fromstring(archive.read(name)).iter()
        ]


UNUSUAL_SHEETS: dict[str, Callable[[bytes], bytes]] = {
    "UTF-16": lambda xml: xml.decode().encode("utf-16"),
    "zero bytes": lambda xml: b"\0" + xml,
    "another encoding": lambda xml: b'<?xml version="1.0" encoding="cp037"?>' + xml,
    "a document type": lambda xml: b"<!DOCTYPE a>" + xml,
    "a long comment": lambda xml: xml + b"<!--" + b"< " * 200_001 + b"-->",
    "a long instruction": lambda xml: xml + b"<?x " + b"< " * 200_001 + b"?>",
    "blanks": lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b" " * 400_000),
    "nothing but blanks": lambda _: b" " * 400_001,
}


@pytest.mark.parametrize("sheet", UNUSUAL_SHEETS)
def test_parts_that_no_program_writes(sheet: str) -> None:
    refused(patched(workbook(), SHEET, UNUSUAL_SHEETS[sheet]), UNUSUAL)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "us-ascii", "iso-8859-1", ""])
def test_parts_that_programs_write(encoding: str) -> None:
    stated = f' encoding="{encoding}"' if encoding else ""
    start = f'<?xml version="1.0"{stated}?><!-- a comment --><?x y?>'.encode()
    check(patched(workbook(), SHEET, lambda xml: start + xml))
    check(
        patched(workbook(), SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b" " * 399_000))
    )


def test_a_part_is_packed_to_a_hundredth_at_most() -> None:
    check(with_part("xl/media/a.bin", random.Random(1).randbytes(1_100_000)))
    check(with_part("xl/media/a.bin", bytes(1_000_000)))
    refused(with_part("xl/media/a.bin", bytes(1_200_000)), UNUSUAL)


@pytest.mark.parametrize(
    ("data", "limit", "most"),
    [
        (in_sheet(b'<row r="100"><c r="A100"/></row>'), "rows", 100),
        (in_sheet(b'<row r="9"><c r="Z9"/></row>'), "columns", 26),
        (in_sheet(b'<row r="200"><c r="A200"/></row>'), "cells", 600),
        (in_sheet(b"<row><c/><c/><c/></row><row><c/></row>"), "rows", 5),
        (in_sheet(b"<row><c/><c/><c/></row><row><c/></row>"), "columns", 3),
        (in_sheet(b'<row r="7"/><row><c r="A8"/></row>'), "rows", 8),
        (after_rows(b'<mergeCells><mergeCell ref="A1:Z20"/></mergeCells>'), "cells", 9 + 26 * 20),
        (after_rows(b'<mergeCells><mergeCell ref="B2"/></mergeCells>' * 500), "cells", 9 + 500),
        (after_rows(b'<mergeCells><mergeCell ref="B2:A1"/></mergeCells>' * 500), "cells", 9 + 500),
        (after_rows(b'<x:hyperlinks xmlns:x="y"><x:hyperlink ref="A1:$C$90"/></x:hyperlinks>'), "rows", 90),
    ],
    ids=range(10),  # the bytes have the time in them
)  # fmt: skip
def test_the_area_that_is_used_is_the_last_that_is_read(data: bytes, limit: str, most: int) -> None:
    check(data, **{limit: most})
    refused(data, f"must have at most {most - 1} {limit}", **{limit: most - 1})


def test_the_last_row_and_column_of_a_sheet() -> None:
    check(in_sheet(b'<row r="1048576"><c r="XFD1048576"/></row>'), **MANY | {"cells": 2**34})
    refused(in_sheet(b'<row r="1048577"/>'), "has a row with the impossible or repeated number '1048577'")
    refused(in_sheet(b'<row r="9"><c r="XFE9"/></row>'), "has a cell with the impossible address 'XFE9'")
    refused(in_sheet(b'<row r="9"><c r="A8"/></row>'), "has a cell with the wrong or repeated address 'A8'")
    refused(in_sheet(b'<row r="9"><c r="A9"/><c r="A9"/></row>'), "wrong or repeated address 'A9'")
    refused(in_sheet(b'<row r="3"/>'), "has a row with the impossible or repeated number '3'")
    refused(changed(b'<row r="1"', b'<row r="0"'), "has a row with the impossible or repeated number '0'")


def test_four_tags_per_cell_are_read() -> None:
    data = workbook()
    while len(elements(data)) % 4:
        data = patched(data, SHEET, lambda xml: xml.replace(b"</sheetData>", b"<x/></sheetData>"))
    most = len(elements(data)) // 4
    check(data, cells=most)
    refused(data, f"must have at most {most - 1} cells", cells=most - 1)


def test_what_is_unpacked_is_added_up() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        size = sum(part.file_size for part in archive.infolist())
    check(workbook(), unpacked_bytes=size)
    refused(workbook(), f"must have at most {size - 1} bytes when unpacked", unpacked_bytes=size - 1)


def test_formulas_and_other_parts_are_counted() -> None:
    says = "has more than 20000 formulas, styles, names or other parts besides cells. Copy the values into a new workbook"
    cell = b'<row r="9"><c r="A9">%s</c></row>'
    check(in_sheet(cell % (b"<f/>" * 20_000)), **MANY)
    refused(in_sheet(cell % (b"<f/>" * 20_001)), says, **MANY)
    own = sum(name not in {"row", "c", "v", "is", "t"} for name in elements(workbook(), SHEET))
    check(in_sheet(b"<x/>" * (20_000 - own)), **MANY)
    refused(in_sheet(b"<x/>" * (20_001 - own)), says, **MANY)


def test_a_workbook_has_at_most_100_sheets() -> None:
    def sheets(number: int) -> bytes:
        more = b'<sheet name="s" sheetId="9"/>' * (number - 1)
        return patched(
            workbook(), "xl/workbook.xml", lambda xml: xml.replace(b"</sheets>", more + b"</sheets>")
        )

    check(sheets(100))
    refused(sheets(101), "must have at most 100 sheets")


def test_a_zip_file_has_at_most_10_000_parts() -> None:
    with pytest.raises(zipfile.BadZipFile):
        check(b"PK\x03\x04" + b"PK\x01\x02" * 10_000)
    refused(
        b"PK\x03\x04" + b"PK\x01\x02" * 10_001, "must be a workbook, got a zip file of more than 10000 parts"
    )
