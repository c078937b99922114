"""The verdict as a workbook: complete, and without formulas."""

import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import aql
from aql import examples
from aql.report.workbook import workbook_target
from tests.report.cases import fabric


def sheet(path: Path, name: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet, the names of its columns first."""
    return [tuple(cell.value for cell in row) for row in openpyxl.load_workbook(path)[name].iter_rows()]


def test_it_holds_the_verdict_and_the_log(tmp_path: Path) -> None:
    contract, inspection = examples.tablet_order()
    verdict = aql.score(contract, inspection)
    path = aql.write_workbook(verdict, tmp_path / "verdict.xlsx", contract=contract, inspection=inspection)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Verdict", "Lines", "Lot", "Not met", "Defects", "Readings", "Log"]
    assert book["Verdict"]["B2"].value == "reject"
    assert [row[0] for row in sheet(path, "Lines")[1:]] == [line.name for line in verdict.lines]
    assert book["Log"].max_row == len(inspection.rows) + 1
    assert sheet(path, "Not met")[2] == (
        "battery-capacity",
        "major",
        "at least 3000 mAh",
        "2870 mAh",
        -130,
        1,
        3,
        None,
    )


def test_a_verdict_from_json_gives_every_defect_and_every_reading(tmp_path: Path) -> None:
    verdict = aql.Verdict.from_json(aql.score(*examples.tablet_order()).to_json())
    path = aql.write_workbook(verdict, tmp_path / "v.xlsx")
    assert openpyxl.load_workbook(path).sheetnames == [
        "Verdict",
        "Lines",
        "Lot",
        "Not met",
        "Defects",
        "Readings",
    ]
    defects = sheet(path, "Defects")
    assert len(defects) == len(verdict.defects) + 1
    assert (3, "battery-capacity", "major", "battery-capacity", "2870 mAh", -130, 1) in [
        row[:7] for row in defects
    ]
    assert (9, "minor", "minor", "dust", None, None, 1, "major", None, "0.4 mm, lower edge") in defects
    readings = sheet(path, "Readings")
    assert len(readings) == sum(len(term.readings) for term in verdict.readings) + 1
    assert readings[0] == ("term", "item", "reading", "compared", "unit", "conforms", "difference")
    assert ("battery-capacity", 3, 2870, 2870, "mAh", "no", -130) in readings


def test_names_cartons_skus_and_photos_have_columns_where_a_log_has_them(tmp_path: Path) -> None:
    contract = aql.Contract.load(
        {
            "order": {"id": "PO"},
            "classes": [{"name": "major", "plan": {"n": 2, "ac": 1}}],
            "terms": [
                {"id": "dent", "class": "major", "text": "Dent over 1 mm", "kind": "visual"},
                {
                    "id": "drop",
                    "class": "major",
                    "text": "Works after the drop",
                    "measure": {"answer": "yes"},
                    "of": "cartons",
                    "sample": 1,
                },
            ],
        }
    )
    header = {
        "contract": "PO",
        "lot": {"id": "L", "size": 50, "cartons": 5},
        "inspection": {"inspected": {"major": 2, "drop": 1}, "items": ["SN-1", "SN-2"]},
    }
    rows = [
        {"carton": 1, "term": "drop", "value": "no"},
        {"item": "SN-2", "term": "dent", "carton": "C-9", "sku": "BLK", "photo": "a.jpg", "stage": 1},
    ]
    inspection = aql.Inspection.load(header, findings=rows)
    path = aql.write_workbook(aql.score(contract, inspection), tmp_path / "v.xlsx", inspection=inspection)

    def filled(name: str) -> list[dict[str, Any]]:
        columns, *cells = sheet(path, name)
        return [
            {key: cell for key, cell in zip(columns, row, strict=True) if cell is not None} for row in cells
        ]

    assert filled("Log") == [
        {"term": "drop", "value": "no", "carton": "1"},
        {
            "stage": 1,
            "item": 2,
            "name": "SN-2",
            "term": "dent",
            "carton": "C-9",
            "sku": "BLK",
            "photo": "a.jpg",
        },
    ]
    of_carton, of_item = filled("Defects")
    assert (of_carton["item"], of_carton["of"], of_carton.get("name")) == (1, "cartons", None)
    assert (of_item["name"], of_item["carton"], of_item["sku"], of_item["photo"]) == (
        *("SN-2", "C-9", "BLK", "a.jpg"),
    )


def test_a_note_cannot_become_a_formula(tmp_path: Path) -> None:
    contract = aql.Contract.load({"order": {"id": "PO"}, "classes": [{"name": "m", "aql": 2.5}]})
    header = {"contract": "PO", "lot": {"id": "L", "size": 100}, "inspection": {"inspected": 20}}
    inspection = aql.Inspection.load(header, findings=[{"item": 1, "class": "m", "note": "=1+1"}])
    path = aql.write_workbook(aql.score(contract, inspection), tmp_path / "v.xlsx", inspection=inspection)
    book = openpyxl.load_workbook(path)
    for cell in (book["Log"]["G2"], book["Defects"]["J2"]):
        assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert book["Not met"].max_row == 1


def test_a_count_without_items_is_a_row_of_what_was_not_met(tmp_path: Path) -> None:
    contract, inspections = examples.orange_juice()
    path = aql.write_workbook(aql.score(contract, inspections[0]), tmp_path / "v.xlsx")
    assert sheet(path, "Not met")[1] == (
        "leak",
        "nonconforming",
        'judged by eye: "Can that leaks at the side seam or at the bottom joint when it is filled"',
        "12 nonconforming items",
        None,
        12,
        None,
        None,
    )


def test_a_finding_that_does_not_count_is_marked(tmp_path: Path) -> None:
    path = aql.write_workbook(aql.score(*fabric()), tmp_path / "v.xlsx")
    assert [row[6:] for row in sheet(path, "Not met")[1:]] == [(2, None), (7, 50), (3, 30)]
    assert [(row[0], row[7], row[8]) for row in sheet(path, "Defects")[1:]] == [
        (2, "major", None),
        (3, "own", None),
        (7, "minor", None),
        (30, None, "later-sample"),
        (50, None, "outside-sample"),
    ]


def plates(folder: Path, value: str) -> tuple[aql.Contract, aql.Inspection]:
    """A log with a decimal comma: a measured term, and a code that only looks like a number."""
    contract = aql.Contract.load(
        {
            "order": {"id": "PO"},
            "classes": [{"name": "major", "aql": 2.5}],
            "terms": [
                {
                    "id": "w",
                    "class": "major",
                    "text": "W",
                    "measure": {"unit": "mm", "min": "268"},
                    "sample": 1,
                },
                {"id": "code", "class": "major", "text": "C", "measure": {"equals": "0012"}, "sample": 1},
            ],
        }
    )
    (folder / "log.csv").write_text(f"item;term;value\n1;w;{value}\n1;code;0012\n", "utf-8")
    (folder / "header.toml").write_text(
        'contract = "PO"\n[lot]\nid = "L"\nsize = 50\n[inspection]\ninspected = 8\n'
        '[findings]\nfile = "log.csv"\ndelimiter = ";"\ndecimal = ","\n',
        "utf-8",
    )
    return contract, aql.Inspection.load(folder / "header.toml")


@pytest.mark.parametrize(
    ("value", "cell"), [("269,40", 269.4), ("267", 267), ("269,1234567890123456", "269,1234567890123456")]
)
def test_readings_are_numbers_and_codes_are_not(tmp_path: Path, value: str, cell: float | str) -> None:
    contract, inspection = plates(tmp_path, value)
    path = aql.write_workbook(
        aql.score(contract, inspection), tmp_path / "v.xlsx", contract=contract, inspection=inspection
    )
    assert [row[3] for row in sheet(path, "Log")[1:]] == [cell, "0012"]
    reading = cell if isinstance(cell, (int, float)) else "269.1234567890123456"
    assert [row[2:4] for row in sheet(path, "Readings")[1:]] == [(reading, reading), ("0012", None)]


def test_a_number_that_came_from_a_program_goes_back_as_a_number(tmp_path: Path) -> None:
    contract, _ = plates(tmp_path, "269")
    header = {"contract": "PO", "lot": {"id": "L", "size": 50}, "inspection": {"inspected": 8}}
    rows = [{"item": 1, "term": "w", "value": 469.3 - 200.1}, {"item": 1, "term": "code", "value": "0012"}]
    inspection = aql.Inspection.load(header, findings=rows)
    path = aql.write_workbook(aql.score(contract, inspection), tmp_path / "v.xlsx", inspection=inspection)
    assert sheet(path, "Log")[1][3] == pytest.approx(269.2, rel=1e-15)
    assert sheet(path, "Readings")[1][2] == 269.2


def test_decisions_have_a_colour_and_a_word(tmp_path: Path) -> None:
    path = aql.write_workbook(aql.score(*examples.tablet_order()), tmp_path / "v.xlsx")
    book = openpyxl.load_workbook(path)
    seen = {
        (cell.value, cell.fill.fgColor.rgb)
        for name, column in (("Lines", "B"), ("Lot", "B"), ("Verdict", "B"))
        for cell in book[name][column]
        if cell.fill.fgColor.rgb not in {"00000000", "00E7EBF0"}
    }
    assert seen == {("accept", "00CDEBD8"), ("reject", "00F6CFCD"), ("met", "00CDEBD8")}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("verdict.xls", "the workbook file must end in .xlsx, got 'verdict.xls'."),
        ("none/verdict.xlsx", "folder {} does not exist."),
    ],
)
def test_a_bad_place_is_refused(tmp_path: Path, name: str, says: str) -> None:
    contract, inspections = examples.orange_juice()
    with pytest.raises(aql.AqlError) as caught:
        aql.write_workbook(aql.score(contract, inspections[0]), tmp_path / name)
    assert str(caught.value) == says.format(repr(str(tmp_path / "none")))


def test_the_inspection_of_another_lot_is_refused(tmp_path: Path) -> None:
    contract, inspections = examples.orange_juice()
    with pytest.raises(aql.AqlError, match="must be those of the verdict, but the lot of the verdict is '1'"):
        aql.write_workbook(
            aql.score(contract, inspections[0]), tmp_path / "v.xlsx", inspection=inspections[1]
        )
    assert list(tmp_path.iterdir()) == []


def test_openpyxl_is_asked_for_before_a_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert workbook_target(tmp_path / "a.XLSX") == tmp_path / "a.XLSX"
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(aql.MissingExtraError, match=r"aql-sampling\[excel\]"):
        workbook_target(tmp_path / "a.xlsx")
