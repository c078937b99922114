"""Reads the cells of a sheet of a workbook in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element

from aql.inspection.workbook_parts import WorkbookParts, elements_of, local_name, text_of

__all__ = ["SheetCells", "column_letters", "column_number", "read_cells"]

_ADDRESS = re.compile(r"\$?([A-Z]+)\$?([0-9]+)")
_SERIAL_OUT_OF_RANGE = "#VALUE!"


@dataclass(slots=True)
class SheetCells:
    """The cells of a sheet.

    Attributes
    ----------
    rows : dict of int to dict of int to object
        The value of each cell that has one, by row and column.
    uncomputed : set of (int, int)
        Row and column of each cell with a formula whose value is not stored.
    """

    rows: dict[int, dict[int, object]] = field(default_factory=dict)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)

    def merge(self, area: str) -> None:
        """Remove what a merged area hides: all its cells but the first."""
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        for row in range(top, bottom + 1):
            cells = self.rows.get(row, {})
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    cells.pop(column, None)
                    self.uncomputed.discard((row, column))


def column_number(letters: str) -> int:
    """Return the number of a column from its letters.

    Examples
    --------
    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column from its number.

    Examples
    --------
    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


def read_cells(file: IO[bytes], parts: WorkbookParts) -> SheetCells:
    """Read the cells of a sheet whose addresses `check_package` has checked.

    Raises
    ------
    ValueError, IndexError
        If the value of a cell is not what its kind says.
    """
    found = SheetCells()
    merged: list[str] = []
    row = 0
    for element in elements_of(file, "row", "mergeCell"):
        if local_name(element) == "mergeCell":
            merged.append(element.attrib["ref"])
            continue
        row = int(element.get("r", row + 1))
        cells: dict[int, object] = {}
        column = 0
        for cell in element:
            address = cell.get("r")
            column = column + 1 if address is None else _column(address)
            value, has_formula = _content(cell, parts)
            if value is not None:
                cells[column] = value
            elif has_formula:
                found.uncomputed.add((row, column))
        if cells:
            found.rows[row] = cells
    for area in merged:
        found.merge(area)
    return found


def _place(address: str) -> tuple[int, int]:
    """The row and column of an address such as B7."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(f"it has the address {address!r}")
    return int(match[2]), column_number(match[1])


def _column(address: str) -> int:
    """The column of an address, which nearly always has a single letter."""
    first = address[0]
    return ord(first) - 64 if address[1].isdigit() and "A" <= first <= "Z" else _place(address)[1]


def _content(cell: Element, parts: WorkbookParts) -> tuple[object, bool]:
    """The value of a cell, and whether it has a formula."""
    kind = cell.get("t", "n")
    text, has_formula = None, False
    for one in cell:
        if one.tag.endswith("}v"):
            text = one.text
        elif one.tag.endswith("}f"):
            has_formula = True
        elif kind == "inlineStr" and one.tag.endswith("}is"):
            return text_of(one), has_formula
    if not text or kind == "inlineStr":
        return None, has_formula
    return _value(text, kind, int(cell.get("s", 0)), parts), has_formula


def _value(text: str, kind: str, style: int, parts: WorkbookParts) -> object:
    """The value that the text of a cell stands for."""
    if kind == "n":
        number = float(text) if "." in text or "e" in text or "E" in text else int(text)
        return _date(number, style, parts) if style in parts.dates else number
    if kind == "s":
        if not 0 <= int(text) < len(parts.texts):
            raise ValueError(f"a cell has the shared text {text}, but there are {len(parts.texts)}")
        return parts.texts[int(text)]
    if kind == "b":
        return bool(int(text))
    if kind == "d":
        from openpyxl.utils import datetime

        read: Callable[[str], object] = datetime.from_ISO8601
        return read(text)
    return text


def _date(number: float, style: int, parts: WorkbookParts) -> object:
    """The date, time or duration that a number stands for; the error of a spreadsheet if there is none."""
    from openpyxl.utils.datetime import from_excel

    try:
        return from_excel(number, parts.epoch, timedelta=style in parts.durations)
    except (OverflowError, ValueError):
        return _SERIAL_OUT_OF_RANGE
