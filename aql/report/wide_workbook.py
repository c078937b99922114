"""The wide sheet as a workbook: a row per item with drop-downs, a tally that counts along, and pages for a clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aql.contract.measures import Allowed, Equals
from aql.display.decision_lines import line_name
from aql.documents.spreadsheet import load_openpyxl
from aql.documents.workbook_bytes import workbook_bytes
from aql.documents.writing import write_file
from aql.languages import number, say
from aql.report.counting_sheet import COUNTING, CountingSheet, column_letter
from aql.report.sheet_columns import SheetColumn
from aql.report.wide_sheet import NOT_APPLICABLE, WideSheet

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write_wide_workbook"]

_LOG, _LISTS = "Log", "Lists"
_HEAD, _NOT_NEEDED, _BAD, _BOX = "E7EBF0", "D9D9D9", "F6CFCD", "808080"
_FONT, _SMALL = "Calibri", 9
_LINE, _SMALL_LINE, _TO_WRITE_IN = (
    15,
    12,
    21,
)  # heights of lines of text, and of a printed row to write in, in points
_PAGE, _CHARACTER = 277, 2.0  # widths of a landscape page and of a character, in mm
_WIDTHS = {"item": 9, "carton": 9, "sku": 12, "value": 9, "note": 30}
_WIDTH = 13  # of a term [characters]
_NAMED = 0.75  # of the width of a column, as bold names are wider and break at hyphens
_MOST_FROZEN = 14  # rows that stay in sight
_LONGEST_PROMPT = 250


def write_wide_workbook(path: Path, sheet: WideSheet) -> None:
    """Write a wide sheet as a workbook; the same content gives the same bytes.

    Raises
    ------
    AqlError
        If the file cannot be written.
    """
    openpyxl = load_openpyxl()
    book = openpyxl.Workbook()
    page = book.active
    page.title = _LOG
    lists = book.create_sheet(_LISTS)
    ranges = _write_lists(lists, sheet)
    counting = CountingSheet.of(sheet, _LOG, ranges)
    _write_log(page, sheet, counting)
    _add_choices(page, sheet, ranges)
    counting.write(book.create_sheet(COUNTING))
    for behind in (lists, book[COUNTING]):
        behind.sheet_state = "hidden"
    _set_up(page, sheet)
    book.calculation.fullCalcOnLoad = True
    write_file(path, workbook_bytes(book))


def _write_lists(page: Worksheet, sheet: WideSheet) -> dict[str, str]:
    """Write what can be chosen, and the texts agreed on, one column each; return the range of each column."""
    found = {}
    place = 0
    for column in sheet.columns:
        measure = None if column.term is None else column.term.measure
        texts = (measure.equals,) if isinstance(measure, Equals) else sheet.choices(column)
        if not texts:
            continue
        place += 1
        _text(page, 1, place, column.name)
        for row, text in enumerate(texts, start=2):
            _text(page, row, place, text)
        letter = column_letter(place)
        last = 1 + len(measure.allowed) if isinstance(measure, Allowed) else 1 + len(texts)
        found[column.meaning] = f"{_LISTS}!${letter}$2:${letter}${last}"
    return found


def _write_log(page: Worksheet, sheet: WideSheet, counting: CountingSheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side("thin", color=_BOX)
    box, head, grey = (
        Border(side, side, side, side),
        PatternFill("solid", fgColor=_HEAD),
        PatternFill("solid", fgColor=_NOT_NEEDED),
    )
    wrapped = Alignment(wrap_text=True, vertical="top")
    _write_tally(page, sheet, counting, head)
    at = sheet.header_row
    for place, column in enumerate(sheet.columns, start=1):
        agreed, name = _text(page, at - 1, place, column.agreed), _text(page, at, place, column.name)
        agreed.alignment = name.alignment = wrapped
        agreed.font, name.font = Font(_FONT, size=_SMALL), Font(_FONT, bold=True)
        agreed.border = name.border = box
        agreed.fill = name.fill = head
        page.column_dimensions[column_letter(place)].width = _width(column)
    widths = [_width(one) for one in sheet.columns]
    agreed_lines = max(_lines(one.agreed, _width(one)) for one in sheet.columns)
    name_lines = max(_lines(one.name, _NAMED * _width(one)) for one in sheet.columns)
    page.row_dimensions[at - 1].height = _SMALL_LINE * agreed_lines
    page.row_dimensions[at].height = _LINE * name_lines
    height = round(_TO_WRITE_IN * max(1, sum(widths) * _CHARACTER / _PAGE))
    carton_format = f'"{say("carton")} "0'
    for row, (at_item, of_carton) in enumerate(sheet.rows(), start=at + 1):
        page.row_dimensions[row].height = height
        for place, column in enumerate(sheet.columns, start=1):
            cell = page.cell(row, place)
            cell.border = box
            across = "center" if column.meaning == "item" else None
            cell.alignment = Alignment(across, "center", wrap_text=column.meaning == "note")
            if not sheet.needs(column, at_item, of_carton):
                cell.fill = grey
            elif column.meaning == "item":
                cell.value = at_item
                cell.number_format = carton_format if of_carton else "0"
            elif not _is_number(column):
                _text(page, row, place, str(sheet.entry(column, at_item, of_carton))).number_format = "@"


def _write_tally(page: Worksheet, sheet: WideSheet, counting: CountingSheet, head: PatternFill) -> None:
    """Title and tally: sample, Ac and Re of each line, how many were inspected, and what was found."""
    from openpyxl.styles import Alignment, Font

    title = say(
        "Order {order}, lot {lot}: {size} items",
        order=sheet.contract.order.id,
        lot=sheet.lot,
        size=number(sheet.size),
    )
    if sheet.stage > 1:
        title = say("{title}, stage {stage}", title=title, stage=sheet.stage)
    _text(page, 1, 1, title).font = Font(_FONT, bold=True, size=13)
    names = [say("line"), "", "", say("sample"), "Ac", "Re", say("inspected"), say("found"), say("so far")]
    if sheet.stage > 1:
        names.append(say("found before"))
    for place, name in enumerate(names, start=1):
        cell = _text(page, 2, place, name)
        cell.font, cell.fill = Font(_FONT, bold=True), head
        cell.alignment = Alignment(horizontal="center" if place > 1 else "left")
    for row, line in enumerate(sheet.shown_lines, start=3):
        stage = line.lot_plan.stages[sheet.stage - 1]
        _text(page, row, 1, line_name(line.name))
        page.cell(row, 4, stage.total)
        page.cell(row, 5, "#" if stage.ac is None else stage.ac)
        page.cell(row, 6, stage.re)
        page.cell(row, 7, f"={counting.inspected(line, f'$D{row}')}")
        before = f"+$J{row}" if sheet.stage > 1 else ""
        page.cell(row, 8, f"={counting.found(line, f'$D{row}')}{before}")
        reject = say("reject").replace('"', '""')
        page.cell(row, 9, f'=IF($H{row}>=$F{row},"{reject}","")')
        for place in range(4, 11):
            page.cell(row, place).alignment = Alignment(horizontal="center")
    last = 2 + len(sheet.shown_lines)
    _colour(page, f"H3:I{last}", "$H3>=$F3")
    first = sheet.header_row + 1
    for place, column in enumerate(sheet.columns, start=1):
        flag = counting.flag(column, 2)
        if flag is not None:
            letter = column_letter(place)
            cells = f"{letter}{first}:{letter}{first + len(sheet.rows()) - 1}"
            _colour(page, cells, f"{COUNTING}!{flag}>0")


def _colour(page: Worksheet, cells: str, formula: str) -> None:
    """Colour cells for which a formula, that of the first cell, is true."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    look = DifferentialStyle(fill=PatternFill("solid", bgColor=_BAD))
    page.conditional_formatting.add(cells, Rule("expression", dxf=look, formula=[formula]))


def _add_choices(page: Worksheet, sheet: WideSheet, ranges: dict[str, str]) -> None:
    """Add drop-downs, and checks that numbers are numbers; each says what was agreed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    first, rows = sheet.header_row + 1, sheet.rows()
    for place, column in enumerate(sheet.columns, start=1):
        choices = sheet.choices(column)
        letter = column_letter(place)
        if choices:
            check = DataValidation("list", formula1=f"={_whole_range(ranges[column.meaning], len(choices))}")
            check.error = say("Choose one of the list.")
        elif column.counted:
            check = DataValidation("whole", operator="greaterThanOrEqual", formula1="0")
            check.error = say("Write a whole number, 0 or more.")
        elif _is_number(column) and column.term is not None:
            test = f"ISNUMBER({letter}{first})"
            if column.term.not_applicable:
                test = f'OR({test},{letter}{first}="{NOT_APPLICABLE}")'
            check = DataValidation("custom", formula1=test)
            check.error = say("Write a number.")
        else:
            continue
        check.allow_blank, check.showErrorMessage = True, True
        if column.agreed:
            check.showInputMessage, check.prompt = True, column.agreed[:_LONGEST_PROMPT]
        needed = [row for row, (one, of) in enumerate(rows, start=first) if sheet.needs(column, one, of)]
        if needed:
            check.add(f"{letter}{needed[0]}:{letter}{needed[-1]}")
            page.add_data_validation(check)


def _whole_range(cells: str, number: int) -> str:
    """The range of a list with all its choices, also those that no text of the contract is."""
    start, _, end = cells.partition(":")
    letter = end.strip("$").partition("$")[0]
    return f"{start}:${letter}${1 + number}"


def _set_up(page: Worksheet, sheet: WideSheet) -> None:
    """Keep tally and headings in sight, and print landscape pages as wide as the paper that repeat the headings."""
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    at = sheet.header_row
    page.freeze_panes = f"B{at + 1}" if at <= _MOST_FROZEN else "B1"
    page.print_title_rows = f"{at - 1}:{at}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.7, footer=0.3)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    foot, named = page.oddFooter, f"{sheet.contract.order.id} · {sheet.lot}"
    if foot is not None:
        foot.left.text, foot.center.text = say("Inspector, date:"), named.replace("&", "&&")
        foot.right.text = "&P / &N"


def _text(page: Worksheet, row: int, place: int, text: str) -> Cell:
    """A cell with a text that is never a formula."""
    cell = page.cell(row, place, text or None)
    if text:
        cell.data_type = "s"
    return cell


def _is_number(column: SheetColumn) -> bool:
    """Whether the cells of a column are numbers."""
    term = column.term
    return column.counted or (term is not None and term.tested_as in {"measured", "colour"})


def _width(column: SheetColumn) -> int:
    return _WIDTHS.get(column.meaning, _WIDTH)


def _lines(text: str, width: float) -> int:
    """The number of lines of a text; a Chinese character is as wide as two others."""
    size = sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)
    return max(1, -(-size // max(1, round(0.85 * width))))
