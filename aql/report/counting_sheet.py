"""The sheet of a workbook that counts what the log next to it says was found, by the rules of scoring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from aql.contract.terms import Term
from aql.report.found_formulas import number_found, weighted_sum
from aql.report.sheet_columns import SheetColumn
from aql.report.wide_sheet import WideSheet
from aql.scoring.decision_line import Line
from aql.scoring.limits import judged_in_limit, weight_in_limit

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["COUNTING", "CountingSheet", "column_letter"]

COUNTING = "Counting"
"""Name of the sheet."""

_NUMBER, _RECORDED = 1, 2
_FIRST = 2


@dataclass(frozen=True, slots=True)
class _Flag:
    """A column with the number found in the cells of a column of the log, for a term or a class."""

    name: str
    place: int
    source: SheetColumn
    term: Term | None
    of_class: str


@dataclass(frozen=True, slots=True)
class CountingSheet:
    """Where the counting sheet has what: numbers of items, what was found in each cell, what counts in each line."""

    sheet: WideSheet
    log: str
    texts: Mapping[str, str]
    letters: Mapping[str, str]
    flags: tuple[_Flag, ...]
    lines: Mapping[str, int]

    @classmethod
    def of(cls, sheet: WideSheet, log: str, texts: Mapping[str, str]) -> CountingSheet:
        """Return the counting sheet of a log; `texts` has the range of the texts that a term agrees on."""
        letters = {one.meaning: column_letter(at) for at, one in enumerate(sheet.columns, start=1)}
        flags: list[_Flag] = []
        for column in sheet.columns:
            own = column.term
            if own is not None and not own.for_the_lot:
                judging = (one for one in sheet.contract.terms if one.reading_of == own.id)
                for term in (own, *judging):
                    of_class = "" if term.own_line else term.class_ or ""
                    flags.append(_Flag(term.id, _RECORDED + 1 + len(flags), column, term, of_class))
            elif column.of_class:
                place = _RECORDED + 1 + len(flags)
                flags.append(_Flag(column.name, place, column, None, column.of_class))
        start = _RECORDED + 1 + len(flags)
        lines = {line.name: start + at for at, line in enumerate(sheet.lines)}
        return cls(sheet, log, texts, letters, tuple(flags), lines)

    def flag(self, column: SheetColumn, row: int) -> str | None:
        """Return the address of what was found in a cell of the log, its column fixed; None if nothing is."""
        found = next((one for one in self.flags if one.source is column), None)
        return None if found is None else f"${column_letter(found.place)}{row}"

    def inspected(self, line: Line, sample: str) -> str:
        """Return the formula for the number of items in the sample of a line that something is recorded of."""
        first, last = self._rows(line)
        if last < first:
            return "0"
        term = next((one for one in self.sheet.contract.terms if one.id == line.name and one.is_read), None)
        numbers = self._cells(_NUMBER, first, last)
        if line.kind == "term" and term is not None:
            letter, offset = self.letters[term.reading_of or term.id], self.sheet.header_row + 1 - _FIRST
            recorded = f'{self.log}!${letter}${first + offset}:${letter}${last + offset}<>""'
        else:
            recorded = f"{self._cells(_RECORDED, first, last)}>0"
        return f"SUMPRODUCT(({numbers}<={sample})*({recorded}))"

    def found(self, line: Line, sample: str) -> str:
        """Return the formula for what counts in a line."""
        first, last = self._rows(line)
        if last < first:
            return "0"
        counts = self._cells(self.lines[line.name], first, last)
        if line.not_allowed:
            return f"SUM({counts})"
        return f'SUMIF({self._cells(_NUMBER, first, last)},"<="&{sample},{counts})'

    def write(self, page: Worksheet) -> None:
        """Write the sheet."""
        for place, name in enumerate(
            ("item", "recorded", *(one.name for one in self.flags), *self.lines), start=1
        ):
            page.cell(1, place, name).data_type = "s"
        found = [one for one in self.sheet.columns if one.is_found]
        left, right = (self.letters[one.meaning] for one in (found[0], found[-1]))
        offset = self.sheet.header_row + 1 - _FIRST
        for row, (number, of_carton) in enumerate(self.sheet.rows(), start=_FIRST):
            if number is None:
                continue
            page.cell(row, _NUMBER, f"={self.log}!{self.letters['item']}{row + offset}")
            entries = f"{self.log}!{left}{row + offset}:{right}{row + offset}"
            page.cell(row, _RECORDED, f"=IF(COUNTA({entries})>0,1,0)")
            for flag in self.flags:
                if (flag.term is not None and flag.term.of == "cartons") == of_carton:
                    page.cell(row, flag.place, f"={self._number_found(flag, row + offset)}")
            for line in self.sheet.lines:
                if (line.cartons is not None) == of_carton:
                    page.cell(row, self.lines[line.name], f"={self._counts(line, row)}")

    def _number_found(self, flag: _Flag, row: int) -> str:
        cell = f"{self.log}!{self.letters[flag.source.meaning]}{row}"
        texts = self.texts.get(flag.source.meaning, "")
        return number_found(flag.term, cell, words=self.sheet.answers[1:], texts=texts)

    def _counts(self, line: Line, row: int) -> str:
        """What counts in a line on the item of a row."""
        by_items = self.sheet.contract.inspection.counting == "items"
        parts = [(f"{column_letter(flag.place)}{row}", weight) for flag, weight in self._members(line)]
        counted = weighted_sum(parts, largest=by_items)
        held = f"{column_letter(_NUMBER)}{row}<={line.lot_plan.total}"
        if line.kind == "class" and by_items:
            taken = [f"{column_letter(self.lines[one])}{row}=0" for one in self._more_serious(line)]
        else:
            taken = []
        tests = [*([] if line.not_allowed else [held]), *taken]
        return f"IF(AND({','.join(tests)}),{counted},0)" if tests else counted

    def _members(self, line: Line) -> Sequence[tuple[_Flag, int | Decimal]]:
        """What was found that counts in a line, each with its weight."""
        if line.kind == "class":
            return [(flag, 1) for flag in self.flags if flag.of_class == line.name]
        if line.kind == "term":
            return [(flag, 1) for flag in self.flags if flag.term is not None and flag.name == line.name]
        members: list[tuple[_Flag, int | Decimal]] = []
        for flag in self.flags:
            term, class_name = flag.term, flag.of_class or (flag.term.class_ if flag.term else "") or ""
            if class_name in line.of and term is None:
                members.append((flag, weight_in_limit(line, "", class_name)))
            elif term is not None and judged_in_limit(term, line):
                members.append((flag, weight_in_limit(line, term.id, class_name)))
        return members

    def _more_serious(self, line: Line) -> list[str]:
        """The classes before a class."""
        classes = [one.name for one in self.sheet.lines if one.kind == "class"]
        return classes[: classes.index(line.name)]

    def _rows(self, line: Line) -> tuple[int, int]:
        """The first and the last row of the items of a line, or of its cartons."""
        items, cartons = len(self.sheet.items), len(self.sheet.cartons)
        first = _FIRST if line.cartons is None else _FIRST + items
        return first, first + (items if line.cartons is None else cartons) - 1

    def _cells(self, place: int, first: int, last: int) -> str:
        letter = column_letter(place)
        return f"{COUNTING}!${letter}${first}:${letter}${last}"


def column_letter(place: int) -> str:
    """Return the letter of a column of a sheet, counted from 1."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(place)
