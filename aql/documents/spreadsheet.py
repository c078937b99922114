"""Writes workbooks, and protects text in spreadsheets from being read as a formula."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, TypeGuard

from aql.documents.decimals import exact_decimal
from aql.documents.workbook_bytes import workbook_bytes
from aql.documents.writing import write_file
from aql.errors import AqlError, MissingExtraError
from aql.words import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from types import ModuleType

    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Blank", "Sheet", "guarded", "is_number", "load_openpyxl", "unguarded", "write_sheets"]

_DIGITS, _LARGEST_EXPONENT = 15, 300
_HEAD = "E7EBF0"
_LINE_HEIGHT = 15  # points
_FILLED = 0.9  # of the width of a line, as words are not broken
_LONGEST = 32767  # characters in a cell
# What XML cannot hold, and the carriage return, which it turns into another line end.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
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
    """Remove the apostrophe that `guarded` adds for a spreadsheet.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith((*_FORMULA_SIGNS, "'")) else text


def load_openpyxl() -> ModuleType:
    """Import openpyxl for a spreadsheet, or raise an error that names the extra to install."""
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError("a workbook needs openpyxl", "excel") from None
    return openpyxl


class Blank(Enum):
    """An empty cell to fill in: one for a number, which is stored as a number in every language of the program."""

    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write, with a filter in its first row, which is repeated on every printed page.

    Attributes
    ----------
    name : str
        Name of the sheet.
    columns : tuple of (str, int)
        Names and widths of the columns. [characters]
    rows : tuple of tuple
        Values. Numbers are written as numbers, if a spreadsheet can hold all their digits, with the decimal places
        that they have; everything else is written as text.
    signed : frozenset of str
        Columns whose numbers are shown with their sign.
    colours : mapping of (str, str) to str
        Background of the cells of a column that contain a word, as RRGGBB.
    exact : bool
        Whether the texts are read back. Characters that a cell cannot hold are then an error; otherwise they are shown
        as visible signs, such as ␛.
    """

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[object, ...], ...]
    signed: frozenset[str] = frozenset()
    colours: Mapping[tuple[str, str], str] = field(default_factory=dict)
    exact: bool = False


def write_sheets(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write a spreadsheet whose cells are numbers or text, never formulas; the same content gives the same bytes.

    Raises
    ------
    AqlError
        If a text is too long for a cell, if a text that must read back has characters that a cell cannot hold, or if
        the file cannot be written.
    """
    openpyxl = load_openpyxl()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        right = _number_columns(sheet)
        _write_head(page, sheet, right)
        for number, row in enumerate(sheet.rows, start=2):
            for place, value in enumerate(row):
                _write_cell(page.cell(number, place + 1), value, sheet, place, right=place in right)
            page.row_dimensions[number].height = _LINE_HEIGHT * _lines(row, sheet.columns)
        _set_up_page(page)
    write_file(path, workbook_bytes(book))


def _number_columns(sheet: Sheet) -> set[int]:
    """The columns that contain numbers only; they are aligned to the right."""
    columns = enumerate(zip(*sheet.rows, strict=True))
    filled = ((place, [one for one in values if one not in {None, ""}]) for place, values in columns)
    return {
        place
        for place, values in filled
        if values and all(one is Blank.NUMBER or is_number(one) for one in values)
    }


def _lines(row: tuple[object, ...], columns: tuple[tuple[str, int], ...]) -> int:
    """The number of lines that a row needs; not every program finds it out by itself."""
    return max(
        (
            1 if len(str(value)) <= width else math.ceil(len(str(value)) / (_FILLED * width))
            for value, (_, width) in zip(row, columns, strict=True)
            if value is not Blank.NUMBER
        ),
        default=1,
    )


def _write_head(page: Worksheet, sheet: Sheet, right: set[int]) -> None:
    from openpyxl.styles import Font, PatternFill

    for place, (name, width) in enumerate(sheet.columns):
        cell = page.cell(1, place + 1, name)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD)
        cell.alignment = _alignment(right=place in right)
        page.column_dimensions[cell.column_letter].width = width


def _write_cell(cell: Cell, value: object, sheet: Sheet, place: int, *, right: bool) -> None:
    from openpyxl.styles import PatternFill

    column = sheet.columns[place][0]
    cell.alignment = _alignment(right=right)
    if value is Blank.NUMBER:
        return
    if value is None or value == "":
        # Format empty cells as text, so that a code typed into them keeps its leading zeros.
        cell.number_format = "@"
    elif is_number(value):
        cell.value = value
        cell.number_format = _number_format(value, signed=column in sheet.signed)
    else:
        cell.value, cell.data_type, cell.number_format = _text(str(value), sheet, column), "s", "@"
    colour = sheet.colours.get((column, str(value)))
    if colour is not None:
        cell.fill = PatternFill("solid", fgColor=colour)


def _text(text: str, sheet: Sheet, column: str) -> str:
    """Text that a cell can hold."""
    if len(text) > _LONGEST:
        raise AqlError(
            f"column {column} of sheet {sheet.name} has a text of {len(text)} characters, and a cell can hold {_LONGEST}",
            code="too-long",
        )
    if sheet.exact and (found := _NO_TEXT.search(text)):
        raise AqlError(
            f"column {column} of sheet {sheet.name} has the character U+{ord(found[0]):04X}, which a cell cannot hold",
            todo="Write a CSV file, or remove the character",
            code="not-written",
        )
    return text if sheet.exact else visible(text)


@cache
def _alignment(*, right: bool) -> Alignment:
    """Numbers to the right; text to the left, with a gap after the numbers of the column before."""
    from openpyxl.styles import Alignment

    return Alignment(
        wrap_text=True, vertical="top", horizontal="right" if right else "left", indent=0 if right else 1
    )


def is_number(value: object) -> TypeGuard[int | float | Decimal]:
    """Whether a spreadsheet can hold a number: up to 15 digits, or a binary float, which it keeps to 15 or 16.

    Examples
    --------
    >>> (
    ...     is_number(Decimal("269.40")),
    ...     is_number(Decimal("0.1234567890123456")),
    ...     is_number("7"),
    ...     is_number(True),
    ... )
    (True, False, False, False)
    """
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return not isinstance(value, bool) and abs(value) < 10**_DIGITS
    if not isinstance(value, Decimal) or not value.is_finite() or len(value.as_tuple().digits) > _DIGITS:
        return False
    return not value or abs(value.adjusted()) < _LARGEST_EXPONENT


def _number_format(value: float | Decimal, *, signed: bool) -> str:
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    plain = f"0.{'0' * places}" if places else ("General" if isinstance(value, float) else "0")
    return f"+{plain};-{plain};{plain}" if signed else plain


def _set_up_page(page: Worksheet) -> None:
    """Freeze and repeat the first row, filter by it, and print as wide as the page in landscape."""
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    if page.max_row > 1:
        page.auto_filter.ref = page.dimensions
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
