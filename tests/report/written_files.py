"""What sheets, workbooks, pick lists and reports hold, for the file that keeps it; run as a module, it writes that file again.

python -m tests.report.written_files
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

import aql
from aql.report.page import report_html
from aql.report.pick_list import pick_list_html
from tests.lots_of_cartons import OF_24
from tests.report.cases import CASES
from tests.scoring.builders import cls, contract, measured, single, staged, term

WRITTEN = Path(__file__).parents[1] / "golden" / "written_files.txt"

TERMS = [
    measured("width", "major", nominal="10", plus="0.25", minus="0.25", rounding="0.1"),
    measured("mass", "minor", min="3", guard="0.5", unit="g", not_applicable=True),
    measured("tight", "minor", max="10.1", reading_of="width"),
    term("burr", "critical"),
    term("dent", "major", not_applicable=True),
    term("starts", "major", measure={"answer": "yes"}, sample=2, ac=0),
    term("finish", "minor", measure={"allowed": ["matt", "N/A"]}, text_case="exact"),
    term("code", "major", measure={"equals": "PB-600"}, text_case="ignore", sample=4),
    term("drop", "major", of="cartons", sample=2, measure={"answer": "yes"}, ac=0),
    term("mark", None, kind="mark"),
]
LIMIT = {
    "name": "all",
    "of": ["major", "minor"],
    "plan": single(4, 1),
    "weights": {"dent": "1.5", "minor": "0.5"},
}


def agreed(counting: str = "items", *, limited: bool = True, double: bool = False) -> aql.Contract:
    """A contract with a term of every kind."""
    plan = staged((2, 2), ("#", 1), (2, 2)) if double else single(4, 1)
    classes = [cls("critical", aql=0), cls("major", plan=plan), cls("minor", plan=single(3, 1))]
    made = contract(classes, TERMS, counting=counting, level="I").to_dict()
    return aql.Contract.load(made | ({"limits": [LIMIT]} if limited else {}))


def workbook_lines(path: Path) -> Iterator[str]:
    """Every filled row of every sheet, and what a spreadsheet program does with cells."""
    for page in openpyxl.load_workbook(path):
        widths = {letter: one.width for letter, one in sorted(page.column_dimensions.items())}
        yield f"[{page.title}] {page.sheet_state}, frozen {page.freeze_panes}, titles {page.print_title_rows}, {widths}"
        setup = page.page_setup
        yield f"print {setup.orientation}, {setup.paperSize}, {setup.fitToWidth} by {setup.fitToHeight}"
        foot = page.oddFooter
        yield f"foot: {foot.left.text} | {foot.center.text} | {foot.right.text}" if foot else "no foot"
        for row in page.iter_rows():
            if any(cell.value is not None for cell in row):
                height = page.row_dimensions[row[0].row or 0].height
                cells = [
                    f"{cell.value!r} {cell.number_format}" if cell.value is not None else "" for cell in row
                ]
                grey = "".join("." if cell.fill.fill_type is None else "#" for cell in row)
                looks = dict.fromkeys(
                    f"{'bold ' if cell.font.b else ''}{cell.font.sz} {cell.alignment.horizontal}"
                    for cell in row
                )
                yield f"{row[0].row} ({height}; {', '.join(looks)}) {grey}: {' | '.join(cells)}"
        for area in page.conditional_formatting:
            yield f"coloured {area.sqref}: {[rule.formula for rule in area.rules]}"
        for one in page.data_validations.dataValidation:
            facts = (one.type, one.operator, one.formula1, one.error, one.prompt)
            yield f"valid {one.sqref}: {facts} {one.showErrorMessage} {one.showInputMessage}"


def sheet_lines(folder: Path, what: aql.Contract, **how: Any) -> Iterator[str]:
    """A sheet to fill in: its header and its log."""
    for path in aql.write_sheet(what, folder, **how):
        yield path.name
        yield from workbook_lines(path) if path.suffix == ".xlsx" else path.read_text("utf-8").splitlines()


def page_lines(page: str) -> list[str]:
    """The elements of a page below its style."""
    return page.partition("</style>")[2].replace("><", ">\n<").splitlines()


def report_lines(name: str) -> list[str]:
    """A report as a page."""
    what, found = CASES[name]()
    return page_lines(report_html(aql.score(what, found), contract=what, inspection=found))


def verdict_lines(name: str, folder: Path) -> Iterator[str]:
    """A report as a workbook."""
    what, found = CASES[name]()
    path = folder / "verdict.xlsx"
    return workbook_lines(aql.write_workbook(aql.score(what, found), path, contract=what, inspection=found))


def drawing() -> aql.Drawing:
    return aql.draw(agreed(limited=False, double=True), OF_24, seed=7).replace(2, reason="crushed")


def loose() -> aql.Drawing:
    """A drawing from a lot that lists no cartons."""
    return aql.draw(contract(cls(plan=single(3, 0))), {"id": "L1", "size": 24}, seed=7)


WIDE: dict[str, Any] = {"form": "wide", "workbook": True, "lot_size": 24, "cartons": 8}
LONG: dict[str, Any] = {"lot_size": 24, "cartons": 8}

PARTS: dict[str, Callable[[Path], Iterable[str]]] = {
    "wide workbook": lambda folder: sheet_lines(folder, agreed(), **WIDE),
    "wide workbook of nonconformities": lambda folder: sheet_lines(folder, agreed("nonconformities"), **WIDE),
    "wide workbook of a drawing": lambda folder: sheet_lines(
        folder, agreed(limited=False, double=True), form="wide", workbook=True, drawing=drawing()
    ),
    "wide workbook of a second sample": lambda folder: sheet_lines(
        folder, agreed(double=True), **WIDE, stage=2
    ),
    "wide sheet": lambda folder: sheet_lines(folder, agreed(), **LONG, form="wide"),
    "long workbook": lambda folder: sheet_lines(folder, agreed(double=True), **LONG, workbook=True),
    "long sheet": lambda folder: sheet_lines(folder, agreed(double=True), **LONG),
    **{
        f"report of {name}": lambda _, name=name: report_lines(name)  # type: ignore[misc]
        for name in ("tablet", "double", "hold", "fabric", "trade")
    },
    **{
        f"workbook of {name}": lambda folder, name=name: verdict_lines(name, folder)  # type: ignore[misc]
        for name in ("double", "fabric")
    },
    "pick list": lambda _: page_lines(pick_list_html(drawing())),
    "pick list of a second sample": lambda _: page_lines(pick_list_html(drawing(), stage=2)),
    "pick list without cartons": lambda _: page_lines(pick_list_html(loose())),
    "pick list as a workbook": lambda folder: workbook_lines(
        aql.write_pick_list(drawing(), folder / "picks.xlsx")
    ),
}
"""What is written, by its name in the file."""


def written(name: str, folder: Path) -> list[str]:
    """Return what a file holds, each line once."""
    version = aql.__version__
    found = dict.fromkeys(line.rstrip() for line in PARTS[name](folder))
    return [
        line.replace(f"aql-sampling {version}", "aql-sampling").replace(f"'{version}' @", "version")
        for line in found
    ]


def kept() -> dict[str, list[str]]:
    """Return the lines that are kept of each part."""
    parts = WRITTEN.read_text("utf-8").split(MARK)[1:]
    return {lines[0]: lines[1:] for lines in (part.splitlines() for part in parts)}


def folder_of(made: str, part: str) -> Path:
    """Return a folder of its own for a part."""
    folder = Path(made) / part.replace(" ", "_")
    folder.mkdir()
    return folder


MARK = "======== "

if __name__ == "__main__":
    with TemporaryDirectory() as made, WRITTEN.open("w", encoding="utf-8") as file:
        for part in PARTS:
            file.write("\n".join([MARK + part, *written(part, folder_of(made, part)), ""]))
