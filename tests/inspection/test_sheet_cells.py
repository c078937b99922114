"""The cells of a sheet are those that openpyxl reads, which is slower and an independent implementation."""

import io
import warnings
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from aql.inspection.sheet_cells import column_letters, column_number, read_cells
from aql.inspection.workbook_parts import workbook_parts
from tests.attack.hostile_files import SHEET, in_sheet, patched, workbook

FIRST, LAST = datetime(1950, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - a cell has no time zone
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=5).filter(
        lambda text: not text.startswith("=")
    ),
    st.dates(FIRST.date(), LAST.date()),
    st.datetimes(FIRST, LAST).map(lambda one: one.replace(microsecond=0)),
    st.times().map(lambda one: one.replace(microsecond=0)),
    st.timedeltas(timedelta(0), timedelta(40)).map(lambda one: timedelta(seconds=one.seconds)),
    st.sampled_from(["=1+1", "#DIV/0!"]),
)
FORMATS = ["General", "0.00", "yyyy-mm-dd", "[h]:mm:ss", "0.0%", 'd. mmmm "Uhr"', "@"]
Area = tuple[int, int, int, int]


def area(places: Area) -> str:
    top, left, height, width = places
    return f"{column_letters(left)}{top}:{column_letters(left + width)}{top + height}"


def cells_of(data: bytes) -> dict[tuple[int, int], object]:
    with ZipFile(io.BytesIO(data)) as archive:
        parts = workbook_parts(archive)
        (sheet,) = parts.sheets.values()
        with archive.open(sheet) as file:
            found = read_cells(file, parts)
    values = {(row, column): value for row, cells in found.rows.items() for column, value in cells.items()}
    assert not found.uncomputed & values.keys()
    return values | dict.fromkeys(found.uncomputed, "a formula")


def expected(data: bytes) -> dict[tuple[int, int], object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of dates that a spreadsheet does not have
        values: Any = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
        formulas: Any = openpyxl.load_workbook(io.BytesIO(data)).active
    found: dict[tuple[int, int], object] = {}
    for cells in values.iter_rows():
        for cell in cells:
            if cell.value is not None:
                found[cell.row, cell.column] = cell.value
            elif formulas[cell.coordinate].data_type == "f":
                found[cell.row, cell.column] = "a formula"
    return found


@given(
    rows=st.lists(st.lists(st.tuples(VALUES, st.sampled_from(FORMATS)), max_size=3), max_size=3),
    merged=st.none() | st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(0, 2), st.integers(1, 2)),
    from_1904=st.booleans(),
)
def test_the_cells_are_those_that_openpyxl_reads(
    rows: list[list[tuple[Any, str]]], merged: Area | None, from_1904: bool
) -> None:
    book: Any = openpyxl.Workbook()
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    for row, cells in enumerate(rows, start=1):
        for column, (value, style) in enumerate(cells, start=1):
            cell = book.active.cell(row, column)
            cell.value = value
            if not isinstance(value, (date, time, timedelta)):
                cell.number_format = style
    stored = io.BytesIO()
    book.save(stored)
    data = stored.getvalue()
    if merged:  # after the cells were written, as openpyxl would not write what a merged area hides
        merge = f'<mergeCells><mergeCell ref="{area(merged)}"/></mergeCells>'.encode()
        data = patched(data, SHEET, lambda old: old.replace(b"</sheetData>", b"</sheetData>" + merge))
    found, wanted = cells_of(data), expected(data)
    assert found == wanted
    assert {place: type(value) for place, value in found.items()} == {
        place: type(value) for place, value in wanted.items()
    }


RICH = b"<is><r><t>a</t></r><rPh sb='0' eb='1'><t>pronounced</t></rPh><r><rPr><b/></rPr><t> b</t></r></is>"


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        (b'<c r="A9"><v>7</v></c>', 7),
        (b'<c r="A9"><v>7.5</v></c>', 7.5),
        (b'<c r="A9"><v>1E3</v></c>', 1000.0),
        (b'<c r="A9"><v/></c>', None),
        (b'<c r="A9" t="b"><v>1</v></c>', True),
        (b'<c r="A9" t="str"><f>A1</f><v>minor</v></c>', "minor"),
        (b'<c r="A9" t="e"><v>#N/A</v></c>', "#N/A"),
        (b'<c r="A9" t="d"><v>2026-12-10</v></c>', date(2026, 12, 10)),
        (b'<c r="A9" t="inlineStr">' + RICH + b"</c>", "a b"),
        (b'<c r="A9" t="inlineStr"/>', None),
        (b"<c><f>1+1</f></c>", "a formula"),
        (b"<c><f>1+1</f><v>2</v></c>", 2),
    ],
)
def test_kinds_of_cells(xml: bytes, value: object) -> None:
    data = in_sheet(b'<row r="9">' + xml + b"</row>")
    assert cells_of(data).get((9, 1)) == value
    assert expected(data).get((9, 1)) == value


@pytest.mark.parametrize(
    "target", ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml"]
)
def test_a_sheet_is_found_wherever_its_relationship_points(target: str) -> None:
    rels = "xl/_rels/workbook.xml.rels"
    data = patched(
        workbook(), rels, lambda old: old.replace(b'"/xl/worksheets/sheet1.xml"', f'"{target}"'.encode())
    )
    assert cells_of(data) == cells_of(workbook())


TEXTS = b"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>dent</t></si><si><r><t>a</t></r><rPh sb="0" eb="1"><t>pronounced</t></rPh><r><rPr><b/></rPr><t> b</t></r></si>
<si/><si><t xml:space="preserve"> x </t></si></sst>"""
SHARED = b"""<Relationship Id="rId99" Target="sharedStrings.xml"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>"""
KIND = b"""<Override PartName="/xl/sharedStrings.xml"
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>"""


def test_shared_texts() -> None:
    row = b"".join(b'<c t="s"><v>%d</v></c>' % number for number in range(4))
    data = in_sheet(b"<row>" + row + b"</row>")
    data = patched(data, "xl/_rels/workbook.xml.rels", lambda old: old.replace(b"</Relationships>", SHARED))
    data = patched(data, "[Content_Types].xml", lambda old: old.replace(b"</Types>", KIND))
    file = io.BytesIO(data)
    with ZipFile(file, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", TEXTS)
    found = cells_of(file.getvalue())
    assert [found[4, column] for column in range(1, 5)] == ["dent", "a b", "", " x "]
    assert found == expected(file.getvalue())


def test_letters_and_numbers_of_columns() -> None:
    assert [column_number(column_letters(number)) for number in range(1, 17000)] == list(range(1, 17000))
