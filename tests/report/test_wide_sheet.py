"""The wide sheet: a row per item; it reads back, names cells in its errors, and its tally counts as scoring does."""

import random
import shutil
import subprocess
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from typer.testing import CliRunner

import aql
from aql.cli.commands import app
from aql.documents.decimals import rounded
from aql.report import wide_workbook
from aql.report.found_formulas import number_found, weighted_sum
from tests.profiles import examples
from tests.scoring.builders import Values, cls, contract, measured, single, staged, term

TERMS: list[Values] = [
    measured("width", "major", nominal="10", plus="0.25", minus="0.25", rounding="0.1"),
    measured("mass", "minor", min="3", guard="0.5", unit="g", not_applicable=True),
    measured("tight", "minor", max="10.1", reading_of="width"),
    term("burr", "critical"),
    term("dent", "major", not_applicable=True),
    term("dust", "minor"),
    term("starts", "major", measure={"answer": "yes"}, level="S-2", aql=6.5),
    term("leaks", "major", measure={"answer": "no"}),
    term("finish", "minor", measure={"allowed": ["matt", "N/A"]}, text_case="exact"),
    term("code", "major", measure={"equals": "PB-600"}, text_case="ignore", sample=4),
    term("drop", "major", of="cartons", sample=3, measure={"answer": "yes"}),
    term("mark", None, kind="mark"),
]
CLASSES = [cls("critical", aql=0), cls("major", plan=single(12, 1)), cls("minor", plan=single(8, 2))]
WEIGHTS = {"name": "weighted", "of": ["major", "minor"], "plan": single(10, 3), "weights": {"dent": "1.5"}}


def agreed(counting: str = "items", **parts: Any) -> aql.Contract:
    made = contract(CLASSES, TERMS, counting=counting, level="I").to_dict()
    return aql.Contract.load(made | {"limits": [WEIGHTS]} | parts)


FILLING: dict[str, list[Any]] = {
    "width": [10, 10.25, 10.35, 9.65, 9.749, 10.151, 9.5],
    "mass": [3, 3.5, 4, "N/A"],
    "burr": [None, None, None, "OK", "NG"],
    "dent": [None, "OK", "NG", "N/A"],
    "dust": [None, None, "NG"],
    "starts": ["yes", "no", "Y", "ng"],
    "leaks": ["no", "no", "yes", "ok"],
    "finish": ["matt", "matt", "gloss", "N/A"],
    "code": ["PB-600", "pb-600", "PB-601"],
    "drop": ["yes", "yes", "no"],
    "other critical": [None] * 9 + [1],
    "other major": [None, None, 0, 1],
    "other minor": [None, None, 2],
    "result": [None],
}


def written(folder: Path, what: aql.Contract, **how: Any) -> tuple[Path, Path]:
    asked: dict[str, Any] = {"form": "wide", "workbook": True, "lot_size": 60, "cartons": 9} | how
    header, log = aql.write_sheet(what, folder, **asked)
    return header, log


def fill(log: Path, what: aql.Contract, chance: random.Random) -> None:
    """Fill in every cell that is asked for, and a mark in the last row."""
    book = openpyxl.load_workbook(log)
    page = book["Log"]
    top = next(row for row in range(1, 40) if page.cell(row, 1).value == "item")
    names = {page.cell(top, place).value: place for place in range(1, page.max_column + 1)}
    counted = what.inspection.counting == "nonconformities"
    for row in range(top + 1, page.max_row + 1):
        for name, values in FILLING.items():
            cell = page.cell(row, names[name])
            if cell.fill.fill_type is None and (value := chance.choice(values)) is not None:
                cell.value = 3 if counted and value == "NG" and chance.random() < 0.3 else value
    page.cell(page.max_row, names["mark"]).value = "yes"
    book.save(log)


def tally(log: Path) -> dict[str, tuple[Any, Any]]:
    """What the saved workbook says was inspected and found, by line."""
    page = openpyxl.load_workbook(log, data_only=True)["Log"]
    rows = takewhile(lambda row: row[0].value, page.iter_rows(3))
    return {str(row[0].value): (row[6].value, row[7].value) for row in rows}


def inspected_as(header: Path, numbers: dict[str, int]) -> None:
    text = header.read_text("utf-8")
    line = next(one for one in text.splitlines() if one.startswith("inspected = "))
    stated = ", ".join(f"{name} = {number}" for name, number in numbers.items())
    header.write_text(text.replace(line, f"inspected = {{ {stated} }}"), "utf-8")


@pytest.mark.exhaustive
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("counting", ["items", "nonconformities"])
def test_the_tally_of_a_spreadsheet_program_counts_as_scoring_does(tmp_path: Path, counting: str) -> None:
    what = agreed(counting)
    logs = {}
    for seed in range(12):
        header, log = written(tmp_path / f"{seed}", what)
        fill(log, what, random.Random(seed))
        inspected_as(header, {line.name: 60 for line in _lines(what) if line.kind != "limit"} | {"drop": 3})
        logs[log.rename(log.with_name(f"{seed}.xlsx"))] = header
        header.write_text(header.read_text("utf-8").replace("findings.xlsx", f"{seed}.xlsx"), "utf-8")
    out = tmp_path / "out"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", out, *logs],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for log, header in logs.items():
        verdict = aql.score(what, aql.Inspection.load(header))
        counted = {line.name: (line.sample, Decimal(line.count)) for line in verdict.lines}
        seen = {name: (int(n), Decimal(str(found))) for name, (n, found) in tally(out / log.name).items()}
        assert seen == counted, log.name
        assert (
            aql.Inspection.load(header, findings=[str(out / log.name)]).rows
            == aql.Inspection.load(header).rows
        )


def _lines(what: aql.Contract) -> Any:
    from aql.scoring.decision_line import decision_lines

    return decision_lines(what, 60, cartons=9)


tenths = st.integers(-40, 40).map(lambda number: Decimal(number) / 20)


@examples(40)
@given(
    limits=st.tuples(tenths, tenths).map(sorted),
    step=st.sampled_from(["0.1", "0.25", "0.5", "2"]),
    value=tenths,
)
def test_a_formula_rounds_as_a_term_does(limits: list[Decimal], step: str, value: Decimal) -> None:
    low, high = limits
    made = contract(terms=[measured("width", min=f"{low}", max=f"{high}", rounding=step)]).terms[0]
    tests = number_found(made, "x").partition("OR(")[2].partition(")")[0].split(",")
    beyond = any(_holds(test, value) for test in tests)
    assert beyond == (not low <= rounded(value, Decimal(step)) <= high)


@pytest.mark.parametrize(
    ("rounding", "formula"),
    [
        ({}, "IF(ISNUMBER(x),IF(OR(x>1.00005),1,0),0)"),
        ({"rounding": "0.1"}, "IF(ISNUMBER(x),IF(OR(x>1.05),1,0),0)"),
    ],
)
def test_a_colour_difference_is_rounded_as_agreed_or_to_four_decimals(
    rounding: dict[str, str], formula: str
) -> None:
    """CIEDE2000 is compared to four decimals; 1.00005 is halfway, and rounded to the even 1.0000."""
    measure = {"unit": "dE2000", "reference": "Lab(50, 0, 0)", "max": "1"}
    assert number_found(contract(terms=[term("x", measure=measure, **rounding)]).terms[0], "x") == formula


def _holds(test: str, value: Decimal) -> bool:
    sign, edge = test[1:3].strip("-0123456789."), Fraction(test.lstrip("x<>="))
    return {"<": value < edge, "<=": value <= edge, ">": value > edge, ">=": value >= edge}[sign]


def test_many_weights_fit_in_one_formula() -> None:
    cells = [(f"A{row}", 1 + row % 2) for row in range(1, 451)]
    assert weighted_sum(cells, largest=True).count("MAX(") == 4
    assert weighted_sum([], largest=True) == "0"


def test_an_empty_wide_sheet_reads_back_and_holds(tmp_path: Path) -> None:
    what = agreed()
    for workbook in (True, False):
        header, _ = written(tmp_path / str(workbook), what, workbook=workbook)
        inspection = aql.Inspection.load(header)
        assert inspection.rows == ()
        assert aql.score(what, inspection).decision == "hold"
    _, first = written(tmp_path / "again", contract(terms=[term("dent")]))
    _, second = written(tmp_path / "once more", contract(terms=[term("dent")]))
    assert first.read_bytes() == second.read_bytes()
    text = header.read_text("utf-8")
    assert 'classes = ["critical", "major", "minor"]' in text
    assert 'columns = { "other critical" = "critical"' in text


def test_a_filled_sheet_says_what_a_long_log_says(tmp_path: Path) -> None:
    what = contract(
        [cls("major", plan=single(3, 1))],
        [term("dent"), measured("width", max="5")],
        counting="nonconformities",
    )
    header, log = written(tmp_path, what)
    inspected_as(header, {"major": 3})
    book = openpyxl.load_workbook(log)
    page = book["Log"]
    names = [cell.value for cell in page[6]][:8]
    assert names == ["item", "carton", "sku", "dent", "width", "other major", "result", "note"]
    filled: list[list[Any]] = [
        ["12", "A", 2, 4.5, None],
        [None, None, None, 5.5, 1],
        ["13", None, "OK", 4, 0],
    ]
    for row, cells in enumerate(filled, start=7):
        for place, value in enumerate(cells, start=2):
            page.cell(row, place).value = value
    book.save(log)
    found = aql.Inspection.load(header)
    rows: list[Values] = [
        {"item": 1, "term": "dent", "count": 2, "carton": "12", "sku": "A"},
        {"item": 1, "term": "width", "value": 4.5, "carton": "12", "sku": "A"},
        {"item": 2, "term": "width", "value": 5.5},
        {"item": 2, "class": "major", "count": 1},
        {"item": 3, "term": "dent", "value": "OK", "carton": "13"},
        {"item": 3, "term": "width", "value": 4, "carton": "13"},
    ]
    assert found.rows == aql.Inspection.load(found.header.without_findings().to_dict(), findings=rows).rows
    assert [(line.found, line.decision) for line in aql.score(what, found).lines] == [(4, "reject")]


def edited(log: Path, change: Any) -> None:
    """Change the log of a workbook: by a function of its page, or cell by cell."""
    book = openpyxl.load_workbook(log)
    if isinstance(change, dict):
        for cell, value in change.items():
            book["Log"][cell] = value
    else:
        change(book["Log"])
    book.save(log)


def test_an_error_names_its_cell_and_moved_columns_are_read_by_name(tmp_path: Path) -> None:
    what = contract([cls("major", plan=single(3, 1))], [term("dent"), measured("width", max="5")])
    header, log = written(tmp_path, what)
    inspected_as(header, {"major": 3})

    def move(page: Any) -> None:
        page.move_range("A6:E9", cols=8)
        for row, value in ((7, "4,5"), (8, "wide"), (9, "wide")):
            page.cell(row, 13).value = value

    edited(log, move)
    found = aql.Inspection.load(header)
    assert [(row.item, row.term, row.value) for row in found.rows] == [
        (1, "width", "4,5"),
        (2, "width", "wide"),
        (3, "width", "wide"),
    ]
    with pytest.raises(aql.LogError) as caught:
        aql.score(what, found)
    assert "findings.xlsx, cell M7, column width: must have a decimal point unless" in str(caught.value)
    assert (
        "findings.xlsx, cells M8 and M9, column width: must be a decimal number such as 3012.5, got 'wide'"
        in str(caught.value)
    )
    edited(log, {"I8": "2 b"})
    with pytest.raises(
        aql.LogError, match="cell I8, column item: must be a whole number, 1 or more, got '2 b'"
    ):
        aql.Inspection.load(header)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda page: page.insert_rows(1), "row 7 seems to name the columns. Write header_row = 7 under"),
        (lambda page: page.delete_cols(1), "there is no column item"),
        (lambda page: page.delete_cols(6), "names 'other major', which is not in the log"),
        ({"D6": None, "D7": "NG"}, "column D: the column has no name"),
        ({"E6": "dent"}, "'dent' appears twice"),
        ({"K8": "x"}, "a cell is in a column without a name"),
        ({"D7": "=1/0"}, "cell D7: contains a formula without a value"),
    ],
)  # fmt: skip
def test_a_sheet_that_was_rearranged(tmp_path: Path, change: Any, expected: str) -> None:
    what = contract([cls("major", plan=single(3, 1))], [term("dent"), measured("width", max="5")])
    header, log = written(tmp_path, what)
    edited(log, change)
    with pytest.raises(aql.LogError) as caught:
        aql.Inspection.load(header)
    assert expected in str(caught.value)


def test_a_renamed_column_is_no_term(tmp_path: Path) -> None:
    what = contract([cls("major", plan=single(3, 1))], [term("dent"), measured("width", max="5")])
    header, log = written(tmp_path, what)
    inspected_as(header, {"major": 3})
    edited(log, {"D6": "dnet", "D8": "NG"})
    with pytest.raises(
        aql.LogError,
        match="cell D8, column dnet: must be a term of the contract, got 'dnet'",
    ):
        aql.score(what, aql.Inspection.load(header))


def test_choices_can_be_chosen_and_rows_have_room(tmp_path: Path) -> None:
    what = agreed()
    _, log = written(tmp_path, what)
    book = openpyxl.load_workbook(log)
    page = book["Log"]
    lists = {
        str(one.sqref).split(":")[0]: one.formula1
        for one in page.data_validations.dataValidation
        if one.type == "list"
    }
    top = len(_lines(what)) + 5
    names = {page.cell(top, place).value: get_column_letter(place) for place in range(1, page.max_column + 1)}

    def offered(name: str, row: int = top + 1) -> list[Any]:
        sheet, _, cells = lists[f"{names[name]}{row}"].lstrip("=").partition("!")
        return [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]

    assert offered("dent") == ["OK", "NG", "N/A"]
    assert offered("finish") == ["matt", "N/A"]
    assert offered("starts") == ["yes", "no"]
    assert offered("result") == ["OK"]
    assert offered("mark", page.max_row) == ["yes", "no"]
    assert page.print_title_rows == f"${top - 1}:${top}"
    assert (page.page_setup.orientation, page.page_setup.fitToWidth) == ("landscape", 1)
    assert page.row_dimensions[top + 1].height >= 20
    assert [book[name].sheet_state for name in ("Lists", "Counting")] == ["hidden", "hidden"]


def test_a_later_stage_adds_what_was_found_before(tmp_path: Path) -> None:
    what = contract([cls("major", plan=staged([3, 3], [0, 2], [2, 3]))], [term("dent")])
    (log,) = aql.write_sheet(what, tmp_path, lot_size=60, workbook=True, form="wide", stage=2)
    page = openpyxl.load_workbook(log)["Log"]
    assert [cell.value for cell in page["A"]][6:] == [4, 5, 6]
    assert [cell.value for cell in page[3]][3:6] == [6, 2, 3]
    assert page["J2"].value == "found before"
    assert page["H3"].value.endswith("+$J3")


def test_the_sheets_of_two_stages_are_read_together(tmp_path: Path) -> None:
    classes = [cls("critical", aql=0), cls("major", plan=staged([3, 3], [0, 2], [2, 3]))]
    what = contract(classes, [term("dent"), term("mark", None, kind="mark")], sampling="double")
    header, first = written(tmp_path, what)
    (second,) = aql.write_sheet(what, tmp_path, lot_size=60, workbook=True, form="wide", stage=2)
    top = 7
    edited(first, {f"D{top + 2}": "NG", f"G{top + 21}": "yes"})
    edited(second, {f"D{top + 3}": "NG"})
    names = f'file = ["{first.name}", "{second.name}"]'
    header.write_text(header.read_text("utf-8").replace(f'file = "{first.name}"', names), "utf-8")
    rows = aql.Inspection.load(header).rows
    assert [(row.item, row.term, row.value) for row in rows] == [
        (2, "dent", "NG"),
        (None, "mark", "yes"),
        (6, "dent", "NG"),
    ]


def test_a_term_named_like_a_column_has_no_wide_sheet(tmp_path: Path) -> None:
    what = contract([cls("major", plan=single(3, 1))], [term("Note"), term("other major")])
    with pytest.raises(aql.AqlError) as caught:
        written(tmp_path, what)
    assert str(caught.value) == (
        "a wide sheet cannot have a column for 'Note' and 'other major', the name of another column. "
        "Write the sheet in the long form."
    )
    assert list(tmp_path.iterdir()) == []


def test_names_of_a_wide_sheet_cannot_be_formulas(tmp_path: Path) -> None:
    what = contract([cls("major", plan=single(3, 1))], [term('=HYPERLINK("x")'), measured("@a", max="5")])
    header, log = written(tmp_path, what)
    page = openpyxl.load_workbook(log)["Log"]
    assert [cell.data_type for cell in page[6]][3:5] == ["s", "s"]
    inspected_as(header, {"major": 3})
    edited(log, {"D7": "NG"})
    assert [row.term for row in aql.Inspection.load(header).rows] == ['=HYPERLINK("x")']


def test_a_sheet_of_a_drawing_has_its_cartons_and_states_it(tmp_path: Path) -> None:
    what = contract([cls("major", plan=single(5, 1))], [term("dent")])
    cartons = [{"numbers": "1-3", "units": 10, "sku": "A"}, {"numbers": 4, "units": 10, "sku": "B"}]
    drawing = aql.draw(what, {"id": "L7", "size": 40, "carton": cartons}, seed=7, by="items")
    for workbook in (True, False):
        header, _ = aql.write_sheet(
            what, tmp_path / str(workbook), form="wide", workbook=workbook, drawing=drawing
        )
        inspection = aql.Inspection.load(header)
        assert inspection.header.lot == drawing.lot
        inspected_as(header, {"major": 5})
        assert aql.score(what, aql.Inspection.load(header)).drawing == drawing
    log = tmp_path / "True" / "findings.xlsx"
    page = openpyxl.load_workbook(log)["Log"]
    found = [
        (page.cell(row, 1).value, page.cell(row, 2).value, page.cell(row, 3).value) for row in range(7, 12)
    ]
    assert found == [(one.number, str(one.carton), one.sku) for one in drawing.items]
    edited(log, {"D8": "NG"})
    verdict = aql.score(what, aql.Inspection.load(tmp_path / "True" / "inspection.toml"))
    assert (verdict.defects[0].carton, verdict.defects[0].sku) == found[1][1:]
    replaced = drawing.replace(1, reason="crushed")
    header, _ = aql.write_sheet(what, tmp_path / "c", form="wide", drawing=replaced, language="zh")
    assert '# drawing = { seed = 7, by = "items" }   # ' in header.read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"drawing": 7}, "drawing must be an aql.Drawing, got 7"),
        ({"form": "long"}, 'form must be "wide" with a drawing, got "long"'),
        ({"lot": "L2"}, "lot, lot_size and cartons must be left out with a drawing"),
        ({"contract": contract(order={"id": "PO-2"})}, "the drawing must be that of order PO-2, got PO-1"),
        ({"contract": contract(cls(plan=single(30, 1)))}, "the drawing must have the 30 items that the sheet needs, got 10"),
    ],
)  # fmt: skip
def test_a_drawing_that_does_not_fit_a_sheet(tmp_path: Path, changes: Any, expected: str) -> None:
    drawing = aql.draw(contract(), {"id": "L1", "size": 100}, seed=1)
    asked = {"contract": contract(), "form": "wide", "drawing": drawing} | changes
    with pytest.raises(aql.DomainError) as caught:
        aql.write_sheet(asked.pop("contract"), tmp_path / "new", **asked)
    assert str(caught.value).startswith(expected)
    assert not (tmp_path / "new").exists()


def test_whole_cartons_have_their_numbers(tmp_path: Path) -> None:
    what = contract([cls("major", plan=single(2, 1))], [term("drop", of="cartons", sample=2)])
    drawing = aql.draw(what, {"id": "L1", "size": 40, "carton": [{"numbers": "1-4", "units": 10}]}, seed=1)
    _, log = aql.write_sheet(what, tmp_path, form="wide", drawing=drawing)
    cells = [line.split(",")[:2] for line in log.read_text("utf-8-sig").splitlines()[3:]]
    assert cells == [[str(one.number), str(one.carton)] for one in drawing.cartons]


def test_the_command_takes_a_drawing(tmp_path: Path) -> None:
    drawing = aql.draw(contract(), {"id": "L1", "size": 100}, seed=1)
    order, drawn = tmp_path / "contract.json", tmp_path / "drawing.json"
    order.write_text(contract().to_json(), "utf-8")
    drawn.write_text(drawing.to_json(), "utf-8")
    asked = ["sheet", str(order), "--wide", "--drawing", str(drawn), "--out", str(tmp_path / "sheet")]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert "drawing = { seed = 1 }" in (tmp_path / "sheet" / "inspection.toml").read_text("utf-8")
    drawn.write_text("{", "utf-8")
    done = CliRunner().invoke(app, [*asked, "--force"])
    assert (done.exit_code, "not valid JSON" in done.output) == (2, True)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 13, 1), ("a", 13, 1), ("a" * 11, 13, 1), ("a" * 12, 13, 2), ("a" * 22, 13, 2), ("a" * 23, 13, 3), ("尺" * 5, 13, 1), ("尺" * 6, 13, 2), ("ab", 0.1, 2)],
)  # fmt: skip
def test_a_text_has_as_many_lines_as_fit_at_85_percent_of_the_width(
    text: str, width: float, lines: int
) -> None:
    assert wide_workbook._lines(text, width) == lines
