"""Text goes into a spreadsheet and comes back unchanged, and never as a formula."""

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.documents.fields import exact_decimal
from aql.documents.spreadsheet import Sheet, guarded, load_openpyxl, unguarded, write_sheets
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
