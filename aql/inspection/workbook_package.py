"""Checks a workbook before its cells are read: its zip archive, and which cells its sheets use.

A few bytes can describe a sheet of 17 billion cells, so the addresses are read first, without building a cell.
"""

from __future__ import annotations

import io
import re
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from aql.documents.files import in_quotes
from aql.documents.input_limits import InputLimits, over_limit
from aql.errors import AqlError
from aql.inspection.sheet_cells import column_number
from aql.words import short_repr

__all__ = ["check_package"]

_MOST_PARTS = 10_000
_TAGS_PER_CELL = 4
_MOST_PACKED = 100  # times smaller; addresses alone keep a sheet from being packed to less than a thirtieth
_NEVER_PACKED = 1_000_000  # bytes
_LONGEST_PIECE = 400_000  # bytes; a cell has up to 32 767 characters
_MOST_OTHER_TAGS = 20_000
_MOST_SHEETS = 100
_OF_CELLS = frozenset(
    "row c v f is si t r rPr sz color rFont family scheme charset b i u strike vertAlign".split()
)
"""Elements of cells and their texts."""

_AREAS = frozenset({"mergeCell", "hyperlink", "comment", "threadedComment"})
"""Elements with an area of cells, each of which counts as a cell."""

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576


def check_package(data: bytes, called: str, limits: InputLimits) -> None:
    """Check the zip package of a workbook and its sheets.

    Parameters
    ----------
    data : bytes
        Content of the file.
    called : str
        Name of the file in messages.
    limits : InputLimits
        How large it may be when unpacked, and how many rows, columns and cells it may have.

    Raises
    ------
    AqlError
        If it is encrypted, another kind of zip file, beyond a limit, or has cells with impossible addresses.
    BadZipFile, ExpatError
        If it is damaged.
    """
    if data.count(b"PK\x01\x02") > _MOST_PARTS:
        raise _refused(called, f"must be a workbook, got a zip file of more than {_MOST_PARTS} parts")
    with ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        _check_kind(parts, called)
        if sum(part.file_size for part in parts) > limits.unpacked_bytes:
            raise over_limit(called, "unpacked_bytes", limits)
        if any(part.file_size > _MOST_PACKED * part.compress_size + _NEVER_PACKED for part in parts):
            raise _unusual(called)
        tags = 0
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                tags = _Part(called, limits, tags).scanned(archive.read(part))


def _check_kind(parts: list[ZipInfo], called: str) -> None:
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise _refused(called, "is protected by a password", "Save it without a password")
    if "mimetype" in names and "content.xml" in names:
        raise _refused(called, "is an OpenDocument file", "Save it as .xlsx or .csv")
    if "xl/workbook.bin" in names:
        raise _refused(called, "is a binary workbook (.xlsb)", "Save it as .xlsx or .csv")
    if "[Content_Types].xml" not in names:
        raise _refused(called, "is a zip file, but not a workbook", "Save it as .xlsx or .csv")


def _refused(called: str, what: str, todo: str = "") -> AqlError:
    return AqlError(f"findings file {in_quotes(called)} {what}", todo=todo, code="bad-file", file=called)


def _unusual(called: str) -> AqlError:
    return _refused(
        called, "has parts that no spreadsheet program writes", "Save it again in a spreadsheet program"
    )


def _has_long_piece(xml: bytes) -> bool:
    """Whether a tag with the text after it is so long that a parser that reads it bit by bit would take very long."""
    place, last = max(xml.find(b"<"), 0), len(xml) - _LONGEST_PIECE
    while 0 <= place < last:
        place = xml.rfind(b"<", place + 1, place + _LONGEST_PIECE)
    return place < 0


class _Part:
    """One part of the archive as it is scanned: the row and column reached, and the area used."""

    def __init__(self, called: str, limits: InputLimits, tags: int) -> None:
        self._called, self._limits, self._tags = called, limits, tags
        self._others = self._formulas = self._sheets = 0
        self._row = self._column = 0
        self._most_rows = self._most_columns = self._built = 0
        self._rows_seen: set[int] = set()
        self._columns_seen: set[int] = set()

    def scanned(self, xml: bytes) -> int:
        """Scan the XML of the part; return the number of tags up to its end."""
        if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in xml[:4] or _has_long_piece(xml):
            raise _unusual(self._called)
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._element
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._comment
        parser.Parse(xml, True)
        return self._tags

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() not in {"utf-8", "us-ascii", "iso-8859-1"}:
            raise _unusual(self._called)

    def _doctype(self, *_: object) -> None:
        raise _unusual(self._called)

    def _comment(self, *texts: str) -> None:
        if sum(map(len, texts)) > _LONGEST_PIECE:
            raise _unusual(self._called)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        self._tags += 1
        if self._tags > _TAGS_PER_CELL * self._limits.cells:
            raise over_limit(self._called, "cells", self._limits)
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self._new_cell(attributes.get("r"))
            return
        if name in _OF_CELLS:
            self._formulas += name == "f"
        else:
            self._others += 1
        if self._others > _MOST_OTHER_TAGS or self._formulas > _MOST_OTHER_TAGS:
            raise _refused(
                self._called,
                f"has more than {_MOST_OTHER_TAGS} formulas, styles, names or other parts besides cells",
                "Copy the values into a new workbook",
            )
        if name == "sheet":
            self._sheets += 1
            if self._sheets > _MOST_SHEETS:
                raise _refused(self._called, f"must have at most {_MOST_SHEETS} sheets")
        if name == "row":
            self._new_row(attributes.get("r"))
        elif name in _AREAS and "ref" in attributes:
            self._area(attributes["ref"])

    def _new_row(self, said: str | None) -> None:
        self._row = self._row + 1 if said is None else int(said) if _ROW.fullmatch(said) else 0
        if not 1 <= self._row <= _LAST_ROW or self._row in self._rows_seen:
            raise _refused(
                self._called, f"has a row with the impossible or repeated number {short_repr(said, most=40)}"
            )
        self._rows_seen.add(self._row)
        self._column, self._columns_seen = 0, set()

    def _new_cell(self, said: str | None) -> None:
        row, self._column = (self._row, self._column + 1) if said is None else self._address(said)
        if row != self._row or self._column in self._columns_seen:
            raise _refused(
                self._called, f"has a cell with the wrong or repeated address {short_repr(said, most=40)}"
            )
        self._columns_seen.add(self._column)
        self._use(row, self._column, 1)

    def _area(self, said: str) -> None:
        first, _, last = said.partition(":")
        top, left = self._address(first)
        bottom, right = self._address(last or first)
        self._use(bottom, right, max(bottom - top + 1, 1) * max(right - left + 1, 1))

    def _address(self, said: str) -> tuple[int, int]:
        """The row and column of an address such as B7."""
        found = _ADDRESS.fullmatch(said)
        row, column = (int(found[2]), column_number(found[1])) if found else (0, 0)
        if not (1 <= row <= _LAST_ROW and 1 <= column <= _LAST_COLUMN):
            raise _refused(
                self._called, f"has a cell with the impossible address {short_repr(said, most=40)}"
            )
        return row, column

    def _use(self, row: int, column: int, built: int) -> None:
        """Note that cells are built, and that the used area of the sheet reaches a row and column."""
        self._built += built
        if row <= self._most_rows and column <= self._most_columns and self._built <= self._limits.cells:
            return
        self._most_rows, self._most_columns = max(self._most_rows, row), max(self._most_columns, column)
        place = f"row {row}, column {column} of a sheet"
        for limit, number in (
            ("rows", self._most_rows),
            ("columns", self._most_columns),
            ("cells", max(self._built, self._most_rows * self._most_columns)),
        ):
            if number > getattr(self._limits, limit):
                raise over_limit(self._called, limit, self._limits, place=place)
