"""Text goes into a spreadsheet and comes back unchanged, and never as a formula."""

import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.documents.decimals import exact_decimal
from aql.documents.spreadsheet import Blank, Sheet, guarded, load_openpyxl, unguarded, write_sheets
from aql.errors import AqlError, MissingExtraError

signed = st.text("=+-@'\t\r1.a ", max_size=8)


@given(signed)
def test_guarding_is_undone(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(signed)
def test_no_guarded_text_begins_a_formula(text: str) -> None:
    written = guarded(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r")) or exact_decimal(written) is not None


@pytest.mark.parametrize(
    ("text", "written"),
    [("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+49 30", "'+49 30"), ("-3.5", "-3.5"), ("-20 0.1 0", "'-20 0.1 0"), ("'tis", "'tis"), ("'=a", "''=a")],
)  # fmt: skip
def test_only_what_would_be_a_formula_is_guarded(text: str, written: str) -> None:
    assert guarded(text) == written


def test_cells_of_a_workbook_are_text_or_numbers(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_sheets(path, [Sheet("One", (("a", 5), ("b", 5)), (("=1+1", 7), ("@x", None), (True, "")))])
    page = openpyxl.load_workbook(path)["One"]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["a", "b"],
        ["=1+1", 7],
        ["@x", None],
        ["True", None],
    ]
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {
        "s",
        "n",
    }


def test_without_openpyxl_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"aql-sampling\[excel\]"):
        load_openpyxl()


def page_of(tmp_path: Path, sheet: Sheet) -> Any:
    write_sheets(tmp_path / "book.xlsx", [sheet])
    return openpyxl.load_workbook(tmp_path / "book.xlsx")[sheet.name]


@pytest.mark.parametrize(
    ("value", "read", "shown_as"),
    [
        (7, 7, "0"),
        (Decimal("269.40"), 269.4, "0.00"),
        (Decimal(-130), -130, "0"),
        (Decimal("1E+3"), 1000, "0"),
        (0.1, 0.1, "General"),
        (Decimal("0.1234567890123456"), "0.1234567890123456", "@"),
        (10**15, "1000000000000000", "@"),
        ("0012", "0012", "@"),
        ("269.4", "269.4", "@"),
        (None, None, "@"),
        (Blank.NUMBER, None, "General"),
    ],
)
def test_a_number_is_a_number_if_all_its_digits_fit(
    tmp_path: Path, value: object, read: object, shown_as: str
) -> None:
    cell = page_of(tmp_path, Sheet("One", (("a", 5), ("b", 5)), ((value, 1),)))["A2"]
    assert (cell.value, cell.number_format) == (read, shown_as)


def test_signs_and_colours_belong_to_columns(tmp_path: Path) -> None:
    rows = ((Decimal("0.3"), "no"), (Decimal(-2), "yes"), (None, None))
    sheet = Sheet("One", (("by", 5), ("ok", 5)), rows, frozenset({"by"}), {("ok", "no"): "F6CFCD"})
    page = page_of(tmp_path, sheet)
    assert [cell.number_format for cell in page["A"][1:3]] == ["+0.0;-0.0;0.0", "+0;-0;0"]
    assert [cell.fill.fgColor.rgb for cell in page["B"][1:3]] == ["00F6CFCD", "00000000"]


def test_numbers_stand_to_the_right_and_texts_to_the_left_with_a_gap(tmp_path: Path) -> None:
    page = page_of(tmp_path, Sheet("One", (("a", 5), ("b", 5)), ((3, "x"),)))
    placed = [(cell.alignment.horizontal, cell.alignment.indent) for cell in (page["A2"], page["B2"])]
    assert placed == [("right", 0), ("left", 1)]


def test_a_row_is_as_high_as_its_longest_text_needs(tmp_path: Path) -> None:
    """Nine tenths of a line are filled; a row of one line needs 15 points."""
    rows = (
        (Blank.NUMBER, Blank.NUMBER),
        ("x" * 10, "y"),
        ("x" * 11, "y"),
        ("x" * 19, "y" * 37),
        (None, 7),
        ("x", "y" * 300),
    )
    page = page_of(tmp_path, Sheet("One", (("a", 10), ("b", 10)), rows))
    heights = [page.row_dimensions[number].height for number in range(2, 8)]
    assert heights == [15, 15, 30, 75, 15, 510]


def test_a_sheet_can_be_filtered_and_printed(tmp_path: Path) -> None:
    page = page_of(tmp_path, Sheet("One", (("a", 5), ("b", 5)), ((1, 2), (3, 4))))
    assert (page.auto_filter.ref, page.freeze_panes, page.print_title_rows) == ("A1:B3", "A2", "$1:$1")
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page_of(tmp_path, Sheet("None", (("a", 5),), ())).auto_filter.ref is None


def test_the_same_content_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet("One", (("a", 5),), (("x",), (7,)))
    write_sheets(tmp_path / "a.xlsx", [sheet])
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    write_sheets(tmp_path / "b.xlsx", [sheet])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert {part.date_time for part in parts.infolist()} == {
            (1980, 1, 1, 0, 0, 0)
        }  # the earliest of a zip file
        assert b">1980-01-01T00:00:00Z<" in parts.read("docProps/core.xml")


def test_the_names_of_columns_are_bold(tmp_path: Path) -> None:
    page = page_of(tmp_path, Sheet("One", (("a", 5), ("b", 5)), ((1, 2), (3, 4))))
    assert [[cell.font.bold for cell in row] for row in page.iter_rows()] == [
        [True] * 2,
        [False] * 2,
        [False] * 2,
    ]


@given(text=st.text())
def test_a_text_reads_back_from_a_cell_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "texts.xlsx"
    sheets = [Sheet("One", (("a", 5),), ((text,),), exact=True)]
    if any(
        (one < " " and one not in "\t\n") or one in "\ufffe\uffff" or "\ud800" <= one <= "\udfff"
        for one in text
    ):
        with pytest.raises(AqlError, match="which a cell cannot hold"):
            write_sheets(path, sheets)
    else:
        write_sheets(path, sheets)
        assert (openpyxl.load_workbook(path)["One"]["A2"].value or "") == text


def test_every_code_point_reads_back_from_a_cell_or_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    kept = [
        chr(one) for one in (9, 10, *range(32, 0xD800), *range(0xE000, 0xFFFE), *range(0x10000, 0x110000, 97))
    ]
    texts = ["".join(kept[start : start + 5000]) for start in range(0, len(kept), 5000)]
    write_sheets(path, [Sheet("One", (("a", 5),), tuple((text,) for text in texts), exact=True)])
    page = openpyxl.load_workbook(path)["One"]
    assert [cell.value for cell in page["A"]][1:] == texts
    for one in (0, 8, 11, 13, 31, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF):
        with pytest.raises(AqlError, match=f"the character U\\+{one:04X}, which a cell cannot hold"):
            write_sheets(path, [Sheet("One", (("a", 5),), ((f"a{chr(one)}",),), exact=True)])


def test_what_is_only_shown_has_visible_signs(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheets(path, [Sheet("One", (("a", 5),), (("\x1b[31m\r\uffff",),))])
    assert openpyxl.load_workbook(path)["One"]["A2"].value == "␛[31m␍⟨U+FFFF⟩"
    with pytest.raises(AqlError, match="a text of 32768 characters, and a cell can hold 32767"):
        write_sheets(path, [Sheet("One", (("a", 5),), (("x" * 32768,),))])


def test_numbers_beyond_a_float_are_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    numbers = [Decimal("1e999"), Decimal("-1e-999"), Decimal("1e299"), Decimal("-0")]
    write_sheets(path, [Sheet("One", (("a", 5),), tuple((one,) for one in numbers))])
    assert [cell.data_type for cell in openpyxl.load_workbook(path)["One"]["A"]][1:] == ["s", "s", "n", "n"]
