"""Workbooks and Parquet files: bombs, broken addresses, damaged and foreign files are told before they cost anything."""

import io
import random
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

import aql
from aql.documents import InputLimits
from tests.attack.hostile_files import (
    HEADER,
    SHEET,
    after_rows,
    in_sheet,
    patched,
    told,
    workbook,
    zipped,
)

BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def cell(address: str) -> bytes:
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{address}" t="n"><v>1</v></c></row>'.encode()


def first_cell_at(address: str) -> bytes:
    return patched(workbook(), SHEET, lambda old: old.replace(b'r="A1"', f'r="{address}"'.encode(), 1))


def load(data: bytes, tmp_path: Path, limits: InputLimits | None = None, name: str = "log.xlsx") -> object:
    path = tmp_path / name
    path.write_bytes(data)
    return aql.Inspection.load(HEADER, findings=path, limits=limits or InputLimits())


BOMBS = {
    "a cell in the last corner": (in_sheet(cell("XFD1048576")), "too-many-rows"),
    "a cell far down and right": (in_sheet(cell("ZZ90000")), "too-many-cells"),
    "a cell far to the right": (in_sheet(cell("XFD9")), "too-many-columns"),
    "a merge of everything": (after_rows(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "too-many-rows"),
    "many merges": (after_rows(b'<mergeCells>' + b'<mergeCell ref="A1:Z9000"/>' * 9 + b"</mergeCells>"), "too-many-cells"),
    "a link on everything": (after_rows(b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'), "too-many-rows"),
    "blanks": (in_sheet(b" " * 20_000_000), "bad-file"),
    "a long attribute": (in_sheet(b'<x y="' + random.Random(1).randbytes(400_000).hex().encode() + b'"/>'), "bad-file"),
    "a long comment": (in_sheet(b"<!--" + random.Random(1).randbytes(400_000).hex().replace("0", "<").encode() + b"-->"), "bad-file"),
    "empty tags": (in_sheet(b"<x/>" * 500_000), "bad-file"),
    "entities": (patched(workbook(), SHEET, lambda old: BOMB + old), "bad-file"),
    "UTF-16": (patched(workbook(), SHEET, lambda old: old.decode().encode("utf-16")), "bad-file"),
    "another encoding": (patched(workbook(), SHEET, lambda old: b'<?xml version="1.0" encoding="cp037"?>' + old), "bad-file"),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_told_before_it_goes_off(bomb: str, tmp_path: Path) -> None:
    data, code = BOMBS[bomb]
    told(code, lambda: load(data, tmp_path))


def test_the_unpacked_size_is_bounded(tmp_path: Path) -> None:
    told("too-large-unpacked", lambda: load(workbook(), tmp_path, InputLimits(unpacked_bytes=1000)))


def test_tags_are_bounded_by_the_cells(tmp_path: Path) -> None:
    told("too-many-cells", lambda: load(in_sheet(b"<x/>" * 300), tmp_path, InputLimits(cells=50)))


@pytest.mark.parametrize(
    "address", ["A0", "ZZZZ1", "1A", "", "B1", "A2", "XFE1", "A1048577", "a1", "A\u0661", "A1:B2"]
)
def test_a_broken_address_is_told(address: str, tmp_path: Path) -> None:
    assert "address" in str(told("bad-file", lambda: load(first_cell_at(address), tmp_path)))


@pytest.mark.parametrize("number", ["0", "-1", "3", "1048577", "x", "\u0662"])
def test_a_broken_row_is_told(number: str, tmp_path: Path) -> None:
    data = patched(workbook(), SHEET, lambda old: old.replace(b'<row r="2"', f'<row r="{number}"'.encode()))
    told("bad-file", lambda: load(data, tmp_path))


def test_rows_and_cells_without_addresses_are_counted(tmp_path: Path) -> None:
    data = in_sheet(b'<row><c t="n"><v>3</v></c><c t="inlineStr"><is><t>minor</t></is></c></row>')
    assert len(load(data, tmp_path).rows) == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "with a password"),
        (zipped(a__txt="x"), "zip file, but not a workbook"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content__xml="<a/>"), "OpenDocument"),
        (zipped(**{"xl/workbook__bin": "x"}), "binary workbook"),
        (b"PK\x03\x04" + b"\0" * 600, "not a workbook"),
        (b"PK\x03\x04" + b"PK\x01\x02" * 10_001, "more than 10000 parts"),
        (b"item,class\n", "is text"),
    ],
    ids=["locked", "zip", "ods", "xlsb", "zeros", "parts", "text"],
)  # fmt: skip
def test_a_foreign_file_is_told(data: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(aql.AqlError, match=says) as raised:
        load(data, tmp_path)
    assert raised.value.code == "bad-file"


def test_a_part_with_a_password_is_told(tmp_path: Path) -> None:
    data = bytearray(workbook())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 2  # how it is compressed, which is no password
    assert load(bytes(data), tmp_path)
    data[place + 8] |= 1
    assert "password" in str(told("bad-file", lambda: load(bytes(data), tmp_path)))


PARTS = zipfile.ZipFile(io.BytesIO(workbook())).namelist()


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("content", [b"", b"<a/>", b"<a>", b"\xff\xfe\0", b"&"])
def test_a_damaged_part_is_read_or_told(part: str, content: bytes, tmp_path: Path) -> None:
    read_or_told(patched(workbook(), part, lambda _: content), tmp_path, "log.xlsx")


def read_or_told(data: bytes, tmp_path: Path, name: str) -> None:
    try:
        load(data, tmp_path, name=name)
    except aql.AqlError as error:
        error.to_dict()


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_workbook_is_read_or_told(seed: int, tmp_path: Path) -> None:
    read_or_told(damaged(workbook(), seed), tmp_path, "log.xlsx")
    read_or_told(patched(workbook(), SHEET, lambda old: damaged(old, seed)), tmp_path, "log.xlsx")


def damaged(data: bytes, seed: int) -> bytes:
    """The data with a few other bytes, and sometimes without its end."""
    luck = random.Random(seed)
    changed = bytearray(data)
    for _ in range(luck.randint(1, 6)):
        changed[luck.randrange(len(changed))] = luck.randrange(256)
    return bytes(changed[: luck.randrange(len(changed))] if seed % 3 == 0 else changed)


def parquet_file(rows: int, **columns: object) -> bytes:
    file = io.BytesIO()
    parquet.write_table(pa.table({name: [value] * rows for name, value in columns.items()}), file)
    return file.getvalue()


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_parquet_file_is_read_or_told(seed: int, tmp_path: Path) -> None:
    read_or_told(damaged(parquet_file(9, item=1, note="dent"), seed), tmp_path, "log.parquet")


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (parquet_file(100, item=1), InputLimits(rows=99), "too-many-rows"),
        (parquet_file(100, item=1), InputLimits(rows=99, unpacked_bytes=1), "too-many-rows"),
        (parquet_file(9, item=1, note="x"), InputLimits(cells=17), "too-many-cells"),
        (parquet_file(9, note="x" * 5000), InputLimits(unpacked_bytes=20_000), "too-large-unpacked"),
        (parquet_file(3000, note="x" * 900), InputLimits(unpacked_bytes=2_000_000), "too-large-unpacked"),
        (parquet_file(9, note="x" * 5000), InputLimits(text_length=4999), "bad-value"),
        (parquet_file(2, item=[1, 2]), InputLimits(), "bad-value"),
        (parquet_file(2, item=b"\xff"), InputLimits(), "bad-value"),
        (b"PAR1" + b"\0" * 50, InputLimits(), "bad-file"),
    ],
)
def test_a_hostile_parquet_file_is_told(data: bytes, limits: InputLimits, code: str, tmp_path: Path) -> None:
    told(code, lambda: load(data, tmp_path, limits, "log.parquet"))


RULE = b'<conditionalFormatting sqref="A1"><cfRule type="cellIs" priority="1"/></conditionalFormatting>'
NAME = b'<definedName name="n">Log!$A$1</definedName>'
PAGE = b'<sheet name="s" sheetId="9" r:id="rId1"/>'


@pytest.mark.parametrize(
    "data",
    [
        after_rows(RULE * 15_000),
        in_sheet(
            b"".join(b'<row r="%d"><c r="A%d"><f>1</f></c></row>' % (at, at) for at in range(9, 20_020))
        ),
        patched(
            workbook(), "xl/workbook.xml", lambda old: old.replace(b"</sheets>", b"</sheets>" + NAME * 20_001)
        ),
        patched(
            workbook(), "xl/workbook.xml", lambda old: old.replace(b"</sheets>", PAGE * 200 + b"</sheets>")
        ),
    ],
    ids=["rules", "formulas", "names", "sheets"],
)
def test_parts_besides_cells_are_counted(data: bytes, tmp_path: Path) -> None:
    told("bad-file", lambda: load(data, tmp_path))


@pytest.mark.parametrize("number", ["-1", "9"])
def test_a_shared_text_that_does_not_exist(number: str, tmp_path: Path) -> None:
    wrong = f'<row r="9"><c r="A9" t="s"><v>{number}</v></c></row>'.encode()
    with pytest.raises(aql.AqlError, match=f"a cell has the shared text {number}, but there are [0-9]"):
        load(in_sheet(wrong), tmp_path)


def test_one_long_text_in_every_row_of_a_parquet_file(tmp_path: Path) -> None:
    rows = 2500
    notes = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int8()), ["x" * 90_000])
    file = tmp_path / "log.parquet"
    parquet.write_table(pa.table({"item": [1] * rows, "class": ["minor"] * rows, "note": notes}), file)
    assert file.stat().st_size < 200_000
    told("too-large", lambda: aql.Inspection.load(HEADER, findings=file))
