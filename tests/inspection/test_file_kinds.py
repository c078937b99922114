"""A file of another kind than its extension says, or in another encoding than declared, is recognised and told."""

import codecs
import contextlib
import encodings
import json
import pkgutil
from pathlib import Path

import openpyxl
import pytest

import aql
from aql.inspection.file_kinds import TEXT_ENCODINGS, text_encoding
from tests.scoring.builders import header, problems

TEXT = "item,term\n3,dent\n"


def said(folder: Path, name: str, data: bytes, **how: str) -> str:
    """What is said about a file with these bytes; its only problem, or the message."""
    (folder / name).write_bytes(data)
    with pytest.raises(aql.AqlError) as raised:
        load(folder, name, **how)
    found = problems(raised.value) if isinstance(raised.value, aql.DocumentError) else [str(raised.value)]
    assert len(found) == 1
    return found[0]


def load(folder: Path, name: str, **how: str) -> aql.Inspection:
    (folder / "inspection.json").write_text(json.dumps(header(findings={"file": name, **how})), "utf-8")
    return aql.Inspection.load(folder / "inspection.json")


def book(folder: Path) -> bytes:
    path = folder / "book.xlsx"
    openpyxl.Workbook().save(path)
    return path.read_bytes()


@pytest.mark.parametrize("name", ["log.csv", "log.txt", "log.tsv", "log.xlsx", "log.parquet"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, name: str) -> None:
    assert said(tmp_path, name, b"") == f"{name}: the file is empty; its first row must name the columns"


def test_a_workbook_named_csv_is_a_workbook(tmp_path: Path) -> None:
    for how in ({}, {"encoding": "cp1252"}):
        assert said(tmp_path, "log.csv", book(tmp_path), **how) == (
            "findings file 'log.csv' is a workbook. Rename it to log.xlsx."
        )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_file_named_xlsx_is_text(tmp_path: Path, encoding: str) -> None:
    data = "item,term,note\n3,dent,Gehäuse\n".encode(encoding)
    assert said(tmp_path, "log.xlsx", data) == (
        "findings file 'log.xlsx' is text, not a workbook. Rename it to log.csv."
    )
    assert said(tmp_path, "log.parquet", data) == (
        "findings file 'log.parquet' is text, not a Parquet file. Rename it to log.csv."
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook in the old .xls format or with a password"),
        (b"%PDF-1.7", "a PDF file"),
    ],
)
@pytest.mark.parametrize("name", ["log.csv", "log.xlsx"])
def test_a_file_that_is_no_log_is_named(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    assert said(tmp_path, name, data) == f"findings file {name!r} is {kind}. Save it as .xlsx or .csv."


def test_other_bytes_are_no_workbook(tmp_path: Path) -> None:
    for data in (b"\x01\x02", b"PK\x03\x04"):
        assert said(tmp_path, "log.xlsx", data).startswith("findings file 'log.xlsx' is not a workbook")
    for data in (b"\x01\x02", b"PAR1PAR1"):
        assert said(tmp_path, "log.parquet", data).startswith(
            "findings file 'log.parquet' is not a Parquet file"
        )


def test_text_has_no_control_characters_but_those_of_lines(tmp_path: Path) -> None:
    lines = {*range(9, 14), *range(32, 256)}  # tab, line feed, vertical tab, form feed, carriage return
    for byte in range(256):
        told = said(tmp_path, "log.xlsx", b"item" + bytes([byte]))
        assert ("is text, not a workbook" in told) == (byte in lines), byte


REFUSED = {
    *("charmap", "hz", "idna", "mbcs", "oem", "palmos", "punycode", "raw-unicode-escape", "undefined"),
    *("unicode-escape", "utf-7", "mac-arabic", "mac-croatian", "mac-farsi", "mac-romanian"),
    *("iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext"),
    *("iso2022_kr", "cp037", "cp273", "cp424", "cp500", "cp856", "cp875", "cp1006", "cp1026", "cp1125"),
    "cp1140",
}
"""Encodings of Python that no log may have: of programs, of names of hosts, with escapes, of mainframes and rare ones."""


def test_a_log_may_have_every_other_encoding_that_python_knows() -> None:
    known = set()
    for module in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(LookupError, UnicodeError):
            "".encode(module.name)  # fails for what makes no bytes of text
            known.add(codecs.lookup(module.name).name)
    assert known >= TEXT_ENCODINGS
    assert known - TEXT_ENCODINGS <= REFUSED
    assert not TEXT_ENCODINGS & REFUSED
    for name in sorted(known):
        assert text_encoding(name.upper()) == (None if name in REFUSED else name)
    assert text_encoding("latin 1" + " " * 40) is None


def test_a_folder_is_said_to_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(aql.AqlError) as raised:
        load(tmp_path, "sub")
    assert str(raised.value) == "findings must be a file, got the folder 'sub'. Name a file in that folder."


@pytest.mark.parametrize(
    ("encoding", "declared", "meant", "why"),
    [
        ("utf-16", "utf-8", "utf-16", "byte order mark"),
        ("utf-16", "cp1252", "utf-16", "byte order mark"),
        ("utf-32", "utf-8", "utf-32", "byte order mark"),
        ("utf-16-le", "utf-8", "utf-16-le", "zero bytes"),
        ("utf-16-be", "cp1252", "utf-16-be", "zero bytes"),
        ("utf-8-sig", "cp1252", "utf-8", "byte order mark"),
    ],
)
def test_the_encoding_of_the_mark_is_told_and_then_reads(
    tmp_path: Path, encoding: str, declared: str, meant: str, why: str
) -> None:
    data = TEXT.encode(encoding)
    assert said(tmp_path, "log.csv", data, encoding=declared) == (
        f'log.csv: the file is {meant} by its {why}. Write encoding = "{meant}" under [findings]'
    )
    assert [row.item for row in load(tmp_path, "log.csv", encoding=meant).rows] == [3]


def test_the_advised_encoding_is_never_the_declared_one(tmp_path: Path) -> None:
    assert said(tmp_path, "log.csv", b"item,term\n3,\x81\n", encoding="cp1252") == (
        "log.csv: byte 0x81 at position 12 is not valid cp1252. "
        'Declare the encoding, such as encoding = "gb18030", under [findings]'
    )


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_line_that_names_the_delimiter_is_compared_with_the_header(
    tmp_path: Path, line: str, ending: str
) -> None:
    data = f"{line}\nitem;term\n3;dent\n0;dent\n".replace("\n", ending).encode()
    assert said(tmp_path, "log.csv", data) == (
        "log.csv, row 1: says that ';' separates the cells. Write delimiter = \";\" under [findings]"
    )
    fault = said(tmp_path, "log.csv", data, delimiter=";")
    assert fault == "log.csv, row 4, column item: must be a whole number, 1 or more, got '0'"


def test_a_line_that_names_the_tab_is_told_so(tmp_path: Path) -> None:
    assert said(tmp_path, "log.csv", b"sep=\t\nitem\tterm\n") == (
        "log.csv, row 1: says that 'tab' separates the cells. Write delimiter = \"tab\" under [findings]"
    )


def test_a_contract_or_header_without_bytes_is_said_to_be_empty(tmp_path: Path) -> None:
    for name in ("order.toml", "order.json"):
        (tmp_path / name).write_bytes(b"")
        for load_it in (aql.Contract.load, aql.Inspection.load):
            with pytest.raises(aql.AqlError) as raised:
                load_it(tmp_path / name)
            assert str(raised.value) == f"{str(tmp_path / name)!r} is empty."
