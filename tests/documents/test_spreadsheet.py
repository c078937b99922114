"""Text goes into a spreadsheet and comes back unchanged, and never as a formula."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.documents.decimals import exact_decimal
from aql.documents.spreadsheet import Blank, Sheet, guarded, load_openpyxl, unguarded, write_sheets
from aql.errors import MissingExtraError

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


def test_a_sheet_can_be_filtered_and_printed(tmp_path: Path) -> None:
    page = page_of(tmp_path, Sheet("One", (("a", 5), ("b", 5)), ((1, 2), (3, 4))))
    assert (page.auto_filter.ref, page.freeze_panes, page.print_title_rows) == ("A1:B3", "A2", "$1:$1")
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page_of(tmp_path, Sheet("None", (("a", 5),), ())).auto_filter.ref is None
