"""The rows of a log, with every check that needs no contract."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from aql.checks import Suggestions
from aql.codes import ErrorCode
from aql.documents.floats import FloatBits
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits, over_limit
from aql.errors import MOST_PROBLEMS, Problem
from aql.inspection.findings_source import IGNORED, FindingsSource
from aql.inspection.header import InspectionHeader
from aql.inspection.log_cells import COLUMNS, RawLog, problem_at, whole_number
from aql.inspection.log_columns import resolved_columns
from aql.words import as_printed, in_brief, listed

__all__ = ["LogRow", "canonical", "parse_rows"]


@dataclass(frozen=True, slots=True, repr=False)
class LogRow:
    """One row of a log.

    Attributes
    ----------
    item : int or None
        Item number, in the order drawn.
    term, class_ : str
        Term and class; at least one is filled in.
    value, unit : str
        The reading and its unit, as text.
    count : int or None
        Number of nonconforming items or nonconformities, already classified.
    note : str
        Anything else.
    stage : int or None
        Stage of a double or multiple plan to which a count belongs, from 1.
    carton, sku : str
        Carton and SKU of the item.
    photo : str
        File of a photograph of what was found.
    float_bits : {32, 64} or None
        Width of the binary float that the value came as; None for text and for decimal numbers.
    file : str
        File, or another name of the rows, for messages; ignored in comparisons.
    number : int or None
        Row in that file, for messages; ignored in comparisons.
    written : str
        Column of the value in a wide log, for messages; ignored in comparisons.
    letters : tuple of (str, str)
        Letters of the columns of a workbook, for messages; ignored in comparisons.
    """

    item: int | None = None
    term: str = ""
    class_: str = ""
    value: str = ""
    unit: str = ""
    count: int | None = None
    note: str = ""
    stage: int | None = None
    carton: str = ""
    sku: str = ""
    photo: str = ""
    float_bits: FloatBits | None = None
    file: str = field(default="", compare=False)
    number: int | None = field(default=None, compare=False)
    written: str = field(default="", compare=False)
    letters: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def key(self) -> tuple[int | str, ...]:
        """Return the contents of the row as a sort key."""
        item = -1 if self.item is None else self.item
        count = -1 if self.count is None else self.count
        stage = -1 if self.stage is None else self.stage
        bits = () if self.float_bits is None else (self.float_bits,)
        found = (item, self.term, self.class_, self.value, self.unit, count, self.note)
        return *found, stage, self.carton, self.sku, self.photo, *bits

    @property
    def place(self) -> str:
        """File and row, for messages; "" if the row is not from a file."""
        return self.file if self.number is None else f"{self.file}, row {self.number}"

    def problem(
        self, message: str, *, column: str = "", code: ErrorCode = "bad-value", nearest: str | None = None
    ) -> Problem:
        """Return a problem located in this row."""
        place = self.written if self.written and column in _OF_A_WIDE_CELL else column
        letter = dict(self.letters).get(place, "")
        return problem_at(
            self.file, self.number, message, column=place, letter=letter, code=code, nearest=nearest
        )

    def to_dict(self) -> dict[str, int | float | str]:
        """Return the row by column, without its empty cells; a value that came as a binary float is a number."""
        cells = {
            "stage": self.stage,
            "item": self.item,
            "term": self.term,
            "class": self.class_,
            "value": self.value if self.float_bits is None else float(self.value.replace(",", ".")),
            "unit": self.unit,
            "count": self.count,
            "carton": self.carton,
            "sku": self.sku,
            "photo": self.photo,
            "note": self.note,
            "float_bits": 32 if self.float_bits == 32 else None,
        }
        return {name: cell for name, cell in cells.items() if cell is not None and cell != ""}

    def __repr__(self) -> str:
        return in_brief("LogRow", ", ".join(f"{name} {value}" for name, value in self.to_dict().items()))


_OF_A_WIDE_CELL = frozenset({"term", "class", "value", "count"})
"""Columns that a cell of a wide log stands for."""


def parse_rows(
    raw: RawLog, header: InspectionHeader, how: FindingsSource, limits: InputLimits = DEFAULT_LIMITS
) -> tuple[list[LogRow], list[Problem]]:
    """Convert text cells to the rows of a log; return the rows and every problem.

    Parameters
    ----------
    raw : RawLog
        The cells.
    header : InspectionHeader
        The header: its lot, to which the rows belong, and the names of its items.
    how : FindingsSource
        How to read the columns; rows of the other lots that it names are left out.
    limits : InputLimits
        How many rows it may have.

    Returns
    -------
    list of LogRow, list of Problem
        The valid rows, and the problems of the others, of which there may be more after `MOST_PROBLEMS`.

    Raises
    ------
    AqlError
        If it has more rows than the limit.
    """
    columns, problems = resolved_columns(raw, how)
    if problems:
        return [], problems
    rows: list[LogRow] = []
    problems = list(raw.misfits)
    read = _Cells(header, how, tuple(zip(columns, raw.letters, strict=False)))
    for number, written in raw.rows:
        for row in _logged(columns, written, read):
            if row.get("lot", "") in read.other_lots:
                continue
            found = list(_row_problems(row, raw.name, number, read))
            problems += found
            if not found:
                rows.append(_row(row, raw.name, number, read))
        if len(rows) > limits.rows:
            raise over_limit(raw.name, "rows", limits, place=f"row {number}")
        if len(problems) > MOST_PROBLEMS:
            break
    return rows, problems


_Value = TypeVar("_Value")


class _Remembered(dict[str, _Value]):
    """What a function makes of each text, computed once for each different text."""

    def __init__(self, function: Callable[[str], _Value]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> _Value:
        self[text] = value = self._function(text)
        return value


class _Cells:
    """How the cells of a log are read: the lots and items of the header, and what their texts stand for."""

    def __init__(
        self, header: InspectionHeader, how: FindingsSource, letters: tuple[tuple[str, str], ...]
    ) -> None:
        self.wide, self.several_lots = how.wide, bool(how.lots)
        self.counts, self.classes = frozenset(how.counts), frozenset(how.classes)
        self.letters, self.letter = letters, dict(letters)
        self.lots = dict.fromkeys(how.lots or (header.lot.id,))
        self.other_lots = set(how.lots) - {header.lot.id}
        self.items = header.inspection.item_numbers()
        self.suggestions = Suggestions()
        self.printed = _Remembered(as_printed)
        self.whole = _Remembered(whole_number)
        self.item = _Remembered(lambda text: _item_number(text, self.items))


def _logged(columns: tuple[str, ...], cells: tuple[str, ...], read: _Cells) -> Iterator[dict[str, str]]:
    """The rows that a row of cells stands for: itself, or one per filled cell of a wide log."""
    row = {
        name: read.printed[cell] if name in _NAMES else cell
        for name, cell in zip(columns, cells, strict=True)
        if name != IGNORED
    }
    if not read.wide:
        yield row
        return
    common = {name: cell for name, cell in row.items() if name in COLUMNS and name != "value"}
    found = [
        (name, cell)
        for name, cell in row.items()
        if name not in common and cell and not (name in read.classes and whole_number(cell) == 0)
    ]
    for name, cell in found:
        if name == "value":  # about the item as a whole
            yield {**common, "value": cell}
            continue
        of = "class" if name in read.classes else "term"
        counted = name in read.classes | read.counts and whole_number(cell) is not None
        yield {**common, of: read.printed[name], "count" if counted else "value": cell, "written": name}
    if not found and (common.get("note") or common.get("photo")):
        yield common


_NAMES = frozenset({"lot", "item", "term", "class", "unit", "carton", "sku"})
"""Columns of names, which are read as they print."""


def _row(row: dict[str, str], file: str, number: int, read: _Cells) -> LogRow:
    """The row of valid cells."""
    return LogRow(
        item=read.item[row.get("item", "")],
        term=row.get("term", ""),
        class_=row.get("class", ""),
        value=row.get("value", ""),
        unit=row.get("unit", ""),
        count=read.whole[row.get("count", "")],
        note=row.get("note", ""),
        stage=read.whole[row.get("stage", "")],
        carton=row.get("carton", ""),
        sku=row.get("sku", ""),
        photo=row.get("photo", ""),
        float_bits=getattr(row.get("value"), "bits", None),
        file=file,
        number=number,
        written=row.get("written", ""),
        letters=read.letters,
    )


def _row_problems(row: dict[str, str], file: str, number: int, read: _Cells) -> Iterator[Problem]:
    named, lots, items, several = row.get("lot", ""), read.lots, read.items, read.several_lots

    def at(
        column: str, message: str, *, code: ErrorCode = "bad-value", nearest: str | None = None
    ) -> Problem:
        letter = read.letter.get(column, "")
        return problem_at(file, number, message, column=column, letter=letter, code=code, nearest=nearest)

    if several and not named:
        message = "must name the lot, because the header declares several lots in the log"
        yield at("lot", message, code="other-lot")
    elif named and named not in lots:
        allowed = (
            f"one of the lots {listed(lots, most=10)}"
            if several
            else f"{next(iter(lots))!r}, the lot of the header, or empty"
        )
        todo = "" if several else ". If the log has several lots, list them as lots = [...] under [findings]"
        message = f"must be {allowed}, got {named!r}{todo}"
        yield at("lot", message, code="other-lot")
    if not row.get("term") and not row.get("class") and not _of_an_item(row):
        message = "the row has neither a term nor a class. Fill in one of them"
        yield problem_at(file, number, message, code="no-term")
    item = row.get("item", "")
    if items and item and read.item[item] is None:
        close = read.suggestions.nearest(item, items)
        hint = f". Did you mean {close!r}?" if close else ""
        message = f"must be one of the {len(items)} items of the header, got {item!r}{hint}"
        yield at("item", message, code="unknown-name", nearest=close)
    for column, least in (("item", 1), ("count", 0), ("stage", 1)):
        text = row.get(column, "")
        if text and not (column == "item" and items) and _below(read.whole[text], least):
            message = f"must be a whole number, {least} or more, got {text!r}"
            if column == "item":
                message += _ITEMS_HINT if not text.isascii() or re.search(r"[^\d.,+-]", text) else ""
            yield at(column, message)


def _below(number: int | None, least: int) -> bool:
    return number is None or number < least


_ITEMS_HINT = (
    ". For serial numbers or bar codes, list the items in drawing order as items = [...] under [inspection]"
)


def _of_an_item(row: dict[str, str]) -> bool:
    """Whether a row without term and class says how an item was found: OK, or a count of 0."""
    return bool(row.get("item")) and (bool(row.get("value")) or whole_number(row.get("count", "")) == 0)


def _item_number(text: str, items: Mapping[str, int]) -> int | None:
    """The number of an item, by its name if items are named; None if there is none."""
    if not items:
        return whole_number(text)
    number = whole_number(text)
    return items.get(text, None if number is None else items.get(str(number)))


def canonical(rows: Iterable[LogRow]) -> list[list[str | int]]:
    """Return the contents of the rows of a log, sorted."""
    return sorted(list(row.key()) for row in rows)
