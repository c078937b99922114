"""What sheets, workbooks, pick lists and reports hold, for the file that keeps it; run as a module, it writes that file again.

python -m tests.report.written_files
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

import aql
from aql.report.page import report_html
from aql.report.pick_list import pick_list_html
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
LOT = {
    "id": "L1",
    "size": 24,
    "carton": [
        {"numbers": "1-4", "units": 3, "sku": "A"},
        {"numbers": "5-7", "units": 3, "sku": "B"},
        {"numbers": 8, "units": 3, "sku": "B", "packed": False},
    ],
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
        for row in page.iter_rows():
            if any(cell.value is not None for cell in row):
                height = page.row_dimensions[row[0].row or 0].height
                cells = [
                    f"{cell.value!r} {cell.number_format}" if cell.value is not None else "" for cell in row
                ]
                grey = "".join("." if cell.fill.fill_type is None else "#" for cell in row)
                yield f"{row[0].row} ({height}) {grey}: {' | '.join(cells)}"
        for area in page.conditional_formatting:
            yield f"coloured {area.sqref}: {[rule.formula for rule in area.rules]}"
        for one in page.data_validations.dataValidation:
            facts = (one.type, one.operator, one.formula1, one.error, one.prompt, one.allow_blank)
            yield f"valid {one.sqref}: {facts} {one.showErrorMessage} {one.showInputMessage}"


def sheets(folder: Path) -> Iterator[str]:
    """Sheets to fill in, of every form."""
    drawing = aql.draw(agreed(limited=False, double=True), LOT, seed=7)
    ways: list[tuple[aql.Contract, dict[str, Any]]] = [
        (agreed(), {"form": "wide", "workbook": True, "lot_size": 24, "cartons": 8}),
        (agreed("nonconformities"), {"form": "wide", "workbook": True, "lot_size": 24, "cartons": 8}),
        (agreed(limited=False, double=True), {"form": "wide", "workbook": True, "drawing": drawing}),
        (agreed(double=True), {"form": "wide", "workbook": True, "lot_size": 24, "cartons": 8, "stage": 2}),
        (agreed(), {"form": "wide", "lot_size": 24, "cartons": 8}),
        (agreed(double=True), {"workbook": True, "lot_size": 24, "cartons": 8}),
        (agreed(double=True), {"lot_size": 24, "cartons": 8}),
    ]
    for number, (what, how) in enumerate(ways):
        for path in aql.write_sheet(what, folder / str(number), **how):
            yield f"{path.name} of {sorted(how)}"
            yield from (
                workbook_lines(path) if path.suffix == ".xlsx" else path.read_text("utf-8").splitlines()
            )


def verdicts(folder: Path) -> Iterator[str]:
    """Reports as pages without their style, and as workbooks."""
    for name, case in CASES.items():
        what, found = case()
        verdict = aql.score(what, found)
        yield f"report of {name}"
        page = report_html(verdict, contract=what, inspection=found)
        yield from page.partition("</style>")[2].replace("><", ">\n<").splitlines()
        if name in {"tablet", "fabric", "double"}:
            yield from workbook_lines(
                aql.write_workbook(verdict, folder / f"{name}.xlsx", contract=what, inspection=found)
            )


def pick_lists(folder: Path) -> Iterator[str]:
    """Pick lists of a drawing in two stages, and of one without cartons."""
    drawing = aql.draw(agreed(double=True), LOT, seed=7).replace(2, reason="crushed")
    for stage in (1, 2):
        page = pick_list_html(drawing, stage=stage)
        yield from page.partition("</style>")[2].replace("><", ">\n<").splitlines()
    yield from workbook_lines(aql.write_pick_list(drawing, folder / "picks.xlsx"))
    bare = aql.draw(contract(cls(plan=single(3, 0))), {"id": "L1", "size": 24}, seed=7)
    yield from pick_list_html(bare).partition("</style>")[2].replace("><", ">\n<").splitlines()


def written() -> str:
    """Return what every file holds, each line once."""
    with TemporaryDirectory() as name:
        lines = [line for part in (sheets, verdicts, pick_lists) for line in part(Path(name))]
    text = "\n".join(dict.fromkeys(line.rstrip() for line in lines)) + "\n"
    version = aql.__version__
    return text.replace(f"aql-sampling {version}", "aql-sampling").replace(f"'{version}' @", "version")


if __name__ == "__main__":
    WRITTEN.write_text(written(), "utf-8")
