"""Writes workbooks, and protects text in spreadsheets from being read as a formula."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from aql.documents.fields import exact_decimal
from aql.documents.writing import write_file
from aql.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import ModuleType

__all__ = ["Sheet", "guarded", "load_openpyxl", "unguarded", "write_sheets"]

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Prefix text that a spreadsheet would read as a formula with an apostrophe; leave numbers unchanged.

    Examples
    --------
    >>> guarded("=1+1"), guarded("-3.5"), guarded("scratch")
    ("'=1+1", '-3.5', 'scratch')
    """
    if text.startswith("'") and unguarded(text) != text:
        return "'" + text
    return "'" + text if text.startswith(_FORMULA_SIGNS) and exact_decimal(text) is None else text


def unguarded(text: str) -> str:
    """Remove the apostrophe added by `guarded`.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith((*_FORMULA_SIGNS, "'")) else text


def load_openpyxl() -> ModuleType:
    """Import openpyxl, or raise an error that names the extra to install."""
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError("a workbook needs openpyxl", "excel") from None
    return openpyxl


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write.

    Attributes
    ----------
    name : str
        Name of the sheet.
    columns : tuple of (str, int)
        Names and widths of the columns. [characters]
    rows : tuple of tuple
        Values; whole numbers are written as numbers, everything else as text.
    """

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[object, ...], ...]


def write_sheets(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write a workbook whose cells are numbers or text, never formulas."""
    openpyxl = load_openpyxl()
    from openpyxl.styles import Alignment, Font

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for place, (name, width) in enumerate(sheet.columns, start=1):
            cell = page.cell(1, place, name)
            cell.font = Font(bold=True)
            page.column_dimensions[cell.column_letter].width = width
        for number, row in enumerate(sheet.rows, start=2):
            for place, value in enumerate(row, start=1):
                if value is None or value == "":
                    continue
                whole = isinstance(value, int) and not isinstance(value, bool)
                cell = page.cell(number, place, value if whole else str(value))
                if not whole:
                    cell.data_type = "s"
                    cell.number_format = "@"
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
        for row in page.iter_rows(min_row=2):
            for cell in row:
                if cell.value is None:
                    # Format empty cells as text, so that a code typed into them keeps its leading zeros.
                    cell.number_format = "@"
        page.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    write_file(path, file.getvalue())
