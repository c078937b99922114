"""Logs of other programs: a SafetyCulture export, a defect register and a measurement sheet."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import aql
from aql.examples import example_file
from aql.inspection import read_defect_register, read_measurement_sheet, read_safety_culture
from tests.scoring.builders import Values, problems, write

REGISTER = example_file("logs/defect_register.csv")
SHEET = example_file("logs/measurement_sheet.csv")
EXPORT = example_file("logs/safety_culture.csv")

AS_REGISTER: Values = {
    "contract": "PO-9",
    "lot": "Report",
    "size": "Lot size",
    "inspected": "total_inspected",
    "terms": {"Broken stitch": "broken-stitch", "Open seam": "open-seam"},
    "classes": {"Other minor": "minor"},
    "ignore": ["Inspector", "Date", "total_defects"],
}
AS_SHEET: Values = {
    "point": "Check point",
    "items": ["S1", "S2", "S3"],
    "terms": {"Chest width": "chest", "Sleeve length": "sleeve"},
    "ignore": ["Spec", "Tol", "Unit"],
}
AS_EXPORT: Values = {
    "terms": {"Wall thickness": "wall", "Sharp edges": "sharp-edge", "Carton marks": "marks"},
    "item": "Unit number",
    "ignore": ["Site", "Conducted on"],
}


def said(call: Any, *args: Any, **how: Any) -> list[str]:
    with pytest.raises(aql.AqlError) as raised:
        call(*args, **how)
    return problems(raised.value) if isinstance(raised.value, aql.DocumentError) else [str(raised.value)]


# A defect register.


def test_a_register_gives_one_inspection_per_row() -> None:
    first, second = read_defect_register(REGISTER, **AS_REGISTER)
    assert (first.header.lot.id, first.header.lot.size, first.header.inspection.inspected) == (
        "R-101",
        1200,
        80,
    )
    assert [row.to_dict() for row in first.rows] == [
        {"term": "broken-stitch", "count": 2},
        {"term": "open-seam", "count": 2},
        {"class": "minor", "count": 1, "note": "Other minor"},
    ]
    assert [(row.term, row.count) for row in second.rows] == [("broken-stitch", 0), ("open-seam", 1)]


def test_a_register_is_read_from_a_frame_as_from_a_file() -> None:
    assert read_defect_register(pd.read_csv(REGISTER), **AS_REGISTER) == read_defect_register(
        REGISTER, **AS_REGISTER
    )


def test_a_register_has_only_columns_that_are_named(tmp_path: Path) -> None:
    assert said(read_defect_register, REGISTER, **AS_REGISTER | {"ignore": ["Date"]}) == [
        (
            "defect_register.csv: unknown columns 'Inspector' and 'total_defects'. "
            "Say what they stand for, or pass their names as ignore"
        )
    ]
    assert said(read_defect_register, REGISTER, **AS_REGISTER | {"lot": "Reports", "size": "Quantity"}) == [
        "defect_register.csv: there is no column 'Reports'. Did you mean 'Report'?",
        (
            "defect_register.csv: there is no column 'Quantity'. It has 'Report', 'Date', 'Inspector', 'Lot size', "
            "'total_inspected', 'Broken stitch', 'Open seam', 'Other minor' and 1 more"
        ),
    ]
    assert said(read_defect_register, write(tmp_path, "r.csv", "a,b,A\n"), **AS_REGISTER) == [
        "r.csv: column 'A' appears twice. Keep one of the two"
    ]


def test_every_wrong_row_of_a_register_is_named(tmp_path: Path) -> None:
    text = REGISTER.read_text("utf-8").replace("1200,80,2,", "1200,many,-2,").replace("500,50", "40,50")
    assert said(read_defect_register, write(tmp_path, "r.csv", text), **AS_REGISTER) == [
        "r.csv, row 2, column total_inspected: must be a whole number, 0 or more, got 'many'",
        "r.csv, row 2, column Broken stitch: must be a whole number, 0 or more, got '-2'",
        "r.csv, row 3: inspected must be at most 40, the size of the lot, got 50",
    ]
    ragged = write(tmp_path, "r.csv", text + "R-103\n")
    assert said(read_defect_register, ragged, **AS_REGISTER)[0].startswith("r.csv, row 4: must have 9 cells")


def test_a_register_keeps_the_date() -> None:
    how = AS_REGISTER | {"date": "Date", "ignore": ["Inspector", "total_defects"]}
    first, _ = read_defect_register(REGISTER, **how)
    assert str(first.header.inspection.date) == "2026-11-03"


# A measurement sheet.


def test_a_measurement_sheet_gives_one_row_per_reading() -> None:
    rows = read_measurement_sheet(SHEET, **AS_SHEET)
    assert rows == [
        {"item": "1", "term": "chest", "value": "52.0"},
        {"item": "2", "term": "chest", "value": "52.4"},
        {"item": "3", "term": "chest", "value": "51.7"},
        {"item": "1", "term": "sleeve", "value": "61.2"},
        {"item": "2", "term": "sleeve", "value": "60.8"},
    ]
    how = AS_SHEET | {"items": {"S1": 11, "S2": "SN-7"}, "unit": "Unit", "ignore": ["Spec", "Tol", "S3"]}
    assert read_measurement_sheet(SHEET, **how)[1] == {
        "item": "SN-7",
        "term": "chest",
        "value": "52.4",
        "unit": "cm",
    }


def test_every_check_point_has_a_term_or_is_ignored() -> None:
    assert said(read_measurement_sheet, SHEET, **AS_SHEET | {"terms": {"Chest width": "chest"}}) == [
        (
            "measurement_sheet.csv, row 3, column Check point: check point 'Sleeve length' has no term. "
            "Add it to terms, or to ignore"
        )
    ]
    how = {"terms": {"Chest width": "chest"}, "ignore": ["Spec", "Tol", "Unit", "Sleeve length"]}
    assert {row["term"] for row in read_measurement_sheet(SHEET, **AS_SHEET | how)} == {"chest"}


# A SafetyCulture export.


def test_an_export_gives_one_row_per_answer() -> None:
    rows = read_safety_culture(EXPORT, **AS_EXPORT)
    assert len(rows) == 7
    assert rows[3] == {
        "item": "2",
        "term": "sharp-edge",
        "value": "Fail",
        "photo": "IMG_0002.jpg",
        "note": "burr at the handle, 2 mm",
    }
    numbered = read_safety_culture(
        EXPORT, **AS_EXPORT | {"item": None, "ignore": [*AS_EXPORT["ignore"], "Unit number"]}
    )
    assert numbered == rows


def test_every_answered_question_has_a_term_or_is_ignored() -> None:
    assert said(read_safety_culture, EXPORT, **AS_EXPORT | {"ignore": []}) == [
        (
            "safety_culture.csv, row 3: questions without a term: 'Site' and 'Conducted on'. "
            "Add them to terms, or to ignore"
        )
    ]


def test_every_section_names_its_item(tmp_path: Path) -> None:
    lines = EXPORT.read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if ",Unit number,2," not in line)
    assert said(read_safety_culture, write(tmp_path, "export.csv", text), **AS_EXPORT) == [
        f"export.csv, row {row}, column {question}: the section has no answer to 'Unit number', which names its item"
        for row, question in ((11, "Wall thickness"), (12, "Sharp edges"))
    ]


def test_one_of_several_audits_is_chosen(tmp_path: Path) -> None:
    text = EXPORT.read_text("utf-8")
    both = text + text.replace("audit_1", "audit_2").partition("\n")[2]
    path = write(tmp_path, "export.csv", both)
    assert said(read_safety_culture, path, **AS_EXPORT) == [
        "audit must be one of the audits audit_1 and audit_2 of 'export.csv', got None."
    ]
    assert read_safety_culture(path, audit="audit_2", **AS_EXPORT) == read_safety_culture(EXPORT, **AS_EXPORT)


def test_another_file_is_no_export() -> None:
    faults = said(read_safety_culture, SHEET, **AS_EXPORT)
    assert len(faults) == 6
    assert faults[0].startswith("measurement_sheet.csv: there is no column 'Label'. It has 'Check point', ")
