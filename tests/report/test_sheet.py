"""The sheet to fill in: it loads back, scores as on hold while it is empty, and decides once it is filled in."""

import csv
from pathlib import Path
from typing import Any

import pytest

import aql
from aql import examples
from aql.documents.input_limits import InputLimits
from aql.inspection.inspection import Inspection
from aql.scoring.decision_line import Line, decision_lines


def order(**changes: Any) -> aql.Contract:
    data: dict[str, Any] = {
        "order": {"id": "PO-1", "quantity": 100},
        "inspection": {"sampling": "double"},
        "classes": [{"name": "major", "aql": 6.5}],
        "terms": [
            {
                "id": "width",
                "class": "major",
                "text": "Width at least 5 mm",
                "measure": {"unit": "mm", "min": "5"},
            },
            {"id": "dent", "class": "major", "text": "Dent longer than 2 mm", "kind": "visual"},
        ],
    }
    return aql.Contract.load(data | changes)


def filled(path: Path, value: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(row | {"value": value} for row in rows)


@pytest.mark.parametrize("workbook", [False, True], ids=["csv", "workbook"])
def test_it_loads_back_unchanged_and_holds(tmp_path: Path, workbook: bool) -> None:
    contract, _ = examples.tablet_order()
    header, findings = aql.write_sheet(contract, tmp_path, workbook=workbook)
    assert findings.name == ("findings.xlsx" if workbook else "findings.csv")
    inspection = aql.Inspection.load(header)
    needed = {line.name: line.lot_plan.total for line in aql.score(contract, inspection).lines}
    per_term = {
        "width": 125,
        "colour": 125,
        "starts": 125,
        "battery-capacity": 5,
        "carton-drop": 5,
        "barcode": 20,
    }
    assert {name: needed[name] for name in ("battery-capacity", "carton-drop", "barcode")} == {
        "battery-capacity": 5,
        "carton-drop": 5,
        "barcode": 20,
    }
    for term, count in per_term.items():
        assert [row.item for row in inspection.rows if row.term == term] == list(range(1, count + 1))
    assert {row.unit for row in inspection.rows if row.term == "battery-capacity"} == {"mAh"}
    assert inspection.header.lot.size == 3000
    assert aql.score(contract, inspection).decision == "hold"


def test_both_forms_say_the_same(tmp_path: Path) -> None:
    contract, _ = examples.tablet_order()
    csv_header, _ = aql.write_sheet(contract, tmp_path / "a")
    book_header, _ = aql.write_sheet(contract, tmp_path / "b", workbook=True)
    assert Inspection.load(csv_header).rows == Inspection.load(book_header).rows


def test_a_filled_sheet_decides(tmp_path: Path) -> None:
    contract = order()
    header, findings = aql.write_sheet(contract, tmp_path)
    filled(findings, "5.1")
    header.write_text(header.read_text("utf-8").replace("inspected = 0 ", "inspected = 13 "), "utf-8")
    assert aql.score(contract, aql.Inspection.load(header)).decision == "accept"


def test_a_later_sample_has_a_sheet_of_its_own(tmp_path: Path) -> None:
    contract = order()
    header, first = aql.write_sheet(contract, tmp_path)
    before = header.read_text("utf-8")
    (second,) = aql.write_sheet(contract, tmp_path, stage=2)
    assert second.name == "findings-2.csv"
    assert header.read_text("utf-8") == before
    names = f'file = ["{first.name}", "{second.name}"]'
    header.write_text(
        before.replace('file = "findings.csv"', names).replace("inspected = 0 ", "inspected = 26 "), "utf-8"
    )
    inspection = aql.Inspection.load(header)
    assert [row.item for row in inspection.rows] == list(range(1, 27))
    assert "(major): Dent longer than 2 mm" in before


@pytest.mark.parametrize(
    ("changes", "asked", "expected"),
    [
        ({"order": {"id": "PO-1"}}, {}, "lot_size is required because the order of the contract has no quantity."),
        ({}, {"stage": 3}, "stage must be at most 2, the last stage of any plan, got 3."),
    ],
    ids=["quantity", "stage"],
)  # fmt: skip
def test_what_cannot_be_written(
    tmp_path: Path, changes: dict[str, Any], asked: dict[str, Any], expected: str
) -> None:
    with pytest.raises(aql.AqlError) as caught:
        aql.write_sheet(order(**changes), tmp_path, **asked)
    assert str(caught.value) == expected
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    aql.write_sheet(order(), tmp_path)
    with pytest.raises(aql.AqlError) as caught:
        aql.write_sheet(order(), tmp_path)
    assert str(caught.value) == (
        f"inspection.toml and findings.csv already exist in {str(tmp_path)!r}. "
        "Choose another folder, or pass overwrite=True (--force)."
    )
    assert len(aql.write_sheet(order(), tmp_path, overwrite=True)) == 2


def test_a_folder_that_is_not_there_is_made_once_the_sheet_can_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "below"
    with pytest.raises(aql.AqlError, match="stage must be at most 2"):
        aql.write_sheet(order(), folder, stage=3)
    assert not folder.parent.exists()
    assert [path.parent for path in aql.write_sheet(order(), folder)] == [folder, folder]
    with pytest.raises(aql.AqlError) as caught:
        aql.write_sheet(order(), folder / "inspection.toml")
    assert str(caught.value) == (
        f"folder {str(folder / 'inspection.toml')!r} cannot be created: File exists."
    )


def test_a_flawed_contract_gets_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(aql.DocumentError, match="Class 'major' has no AQL or plan"):
        aql.write_sheet(order(classes=[{"name": "major"}]), tmp_path)


def test_the_lot_size_may_be_given(tmp_path: Path) -> None:
    header, _ = aql.write_sheet(order(order={"id": "PO-1"}), tmp_path, lot_size=20, lot='L "2"')
    assert aql.Inspection.load(header).header.lot.id == 'L "2"'
    assert aql.Inspection.load(header).header.lot.size == 20


def test_names_cannot_carry_a_formula(tmp_path: Path) -> None:
    terms = [
        {
            "id": "=cmd()",
            "class": "major",
            "text": "Width at least 5 mm",
            "measure": {"unit": "mm", "min": "5"},
        }
    ]
    header, findings = aql.write_sheet(order(terms=terms), tmp_path)
    assert "1,'=cmd(),major" in findings.read_text("utf-8-sig")
    assert {row.term for row in aql.Inspection.load(header).rows} == {"=cmd()"}


def test_where_first_samples_differ_every_line_has_its_number(tmp_path: Path) -> None:
    classes = [{"name": "critical", "aql": 0}, {"name": "major", "aql": 6.5}]
    header, _ = aql.write_sheet(order(classes=classes), tmp_path)
    text = header.read_text("utf-8")
    assert "inspected = { critical = 0, major = 0 }" in text
    assert "the first samples need critical 20, major 13" in text
    assert aql.Inspection.load(header).header.inspection.inspected == (("critical", 0), ("major", 0))


def test_the_sheet_says_what_was_agreed(tmp_path: Path) -> None:
    terms = [
        {
            "id": "width",
            "class": "major",
            "text": "Width at least 5 mm",
            "measure": {"unit": "mm", "min": "5"},
        },
        {"id": "mark", "text": "Mark", "kind": "mark", "measure": {"equals": "PB-600"}},
        {"id": "label", "text": "Label on every carton", "kind": "mark"},
    ]
    header, _ = aql.write_sheet(order(terms=terms), tmp_path)
    text = header.read_text("utf-8")
    for line in (
        "#   width (major): at least 5 mm",
        "#   mark: exactly PB-600",
        "#   label: yes or no: Label on every carton",
    ):
        assert line in text


def test_a_sheet_has_as_many_rows_as_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agreed = order()
    rows = sum(line.lot_plan.stages[0].total for line in _lines_of(agreed))
    for most, fits in ((rows, True), (rows - 1, False)):
        monkeypatch.setattr("aql.report.sheet.DEFAULT_LIMITS", InputLimits(rows=most))
        folder = tmp_path / str(most)
        if fits:
            assert len(aql.write_sheet(agreed, folder)) == 2
            continue
        with pytest.raises(aql.AqlError, match=f"a sheet can have at most {most} rows"):
            aql.write_sheet(agreed, folder)


def _lines_of(agreed: aql.Contract) -> tuple[Line, ...]:
    return decision_lines(agreed, agreed.order.quantity or 0)
