"""The verdict as a workbook: everything is there, and nothing is a formula."""

from pathlib import Path

import openpyxl
import pytest

import aql
from aql import examples


def test_it_holds_the_verdict_and_the_log(tmp_path: Path) -> None:
    contract, inspection = examples.tablet_order()
    verdict = aql.score(contract, inspection)
    path = aql.write_workbook(verdict, tmp_path / "verdict.xlsx", inspection=inspection)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Verdict", "Lines", "Lot", "Not met", "Log"]
    assert book["Verdict"]["B2"].value == "reject"
    assert [row[0].value for row in book["Lines"].iter_rows(min_row=2)] == [
        line.name for line in verdict.lines
    ]
    assert book["Log"].max_row == len(inspection.rows) + 1
    assert ("battery-capacity", "major", 3) in [
        tuple(cell.value for cell in row[:3]) for row in book["Not met"].iter_rows(min_row=2)
    ]


def test_a_note_cannot_become_a_formula(tmp_path: Path) -> None:
    contract = aql.Contract.load({"order": {"id": "PO"}, "classes": [{"name": "m", "aql": 2.5}]})
    header = {"contract": "PO", "lot": {"id": "L", "size": 100}, "inspection": {"inspected": 20}}
    inspection = aql.Inspection.load(header, findings=[{"item": 1, "class": "m", "note": "=1+1"}])
    path = aql.write_workbook(aql.score(contract, inspection), tmp_path / "v.xlsx", inspection=inspection)
    cell = openpyxl.load_workbook(path)["Log"]["G2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert openpyxl.load_workbook(path)["Not met"].max_row == 1


def test_the_log_may_be_left_out(tmp_path: Path) -> None:
    contract, inspections = examples.orange_juice()
    path = aql.write_workbook(aql.score(contract, inspections[0]), tmp_path / "v.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Verdict", "Lines", "Lot", "Not met"]
    assert [cell.value for cell in book["Not met"][2]] == [
        "leak",
        "nonconforming",
        None,
        "none of: Can that leaks at the side seam or at the bottom joint when it is filled",
        "12 nonconforming items",
        None,
        None,
    ]


def test_a_finding_that_does_not_count_is_marked(tmp_path: Path) -> None:
    contract = aql.Contract.load(
        {
            "order": {"id": "PO"},
            "classes": [{"name": "m", "plan": {"n": 5, "ac": 1}}],
            "terms": [{"id": "dent", "class": "m", "text": "Dent of 5 mm or more", "kind": "visual"}],
        }
    )
    header = {"contract": "PO", "lot": {"id": "L", "size": 100}, "inspection": {"inspected": 20}}
    rows = [{"item": item, "term": "dent"} for item in (2, 9)]
    verdict = aql.score(contract, aql.Inspection.load(header, findings=rows))
    book = openpyxl.load_workbook(aql.write_workbook(verdict, tmp_path / "v.xlsx"))
    table = [tuple(cell.value for cell in row) for row in book["Not met"].iter_rows()]
    assert [(row[2], row[-1]) for row in table] == [("item", "counted"), (2, "yes"), (9, "no")]


@pytest.mark.parametrize("name", ["verdict.xls", "none/verdict.xlsx"])
def test_a_bad_place_is_refused(tmp_path: Path, name: str) -> None:
    contract, inspections = examples.orange_juice()
    with pytest.raises(aql.AqlError) as caught:
        aql.write_workbook(aql.score(contract, inspections[0]), tmp_path / name)
    expected = f"{str(tmp_path / name)!r} is no place for a workbook; its name ends in .xlsx and its folder exists. Give such a name."
    assert str(caught.value) == expected
