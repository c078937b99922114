"""The first page: who and for whom, a summary of the sections, and the table of defects."""

import base64
import io
import json
from pathlib import Path

import pytest
from PIL import Image

import aql
from aql.report.defect_table import defect_table
from aql.report.defects import line_defects
from aql.report.page import report_html
from aql.report.sections import section_results
from tests.pages import Page
from tests.report.cases import CASES, fabric, page_of, tablet
from tests.scoring.builders import (
    cls,
    contract,
    counted,
    header,
    log,
    lot_term,
    measured,
    readings,
    seen,
    single,
    term,
    unlisted,
)

every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def test_the_head_names_who_and_for_whom(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 4), "navy").save(picture, "PNG")
    (tmp_path / "logo.png").write_bytes(picture.getvalue())
    who = {"company": "C Ltd", "client": "B GmbH", "factory": "Plant 2", "report": "R-7", "logo": "logo.png"}
    (tmp_path / "i.json").write_text(json.dumps(header(1000, 10, **who, date="2026-12-10")), "utf-8")
    found = aql.Inspection.load(tmp_path / "i.json", findings=[])
    made = Page(report_html(aql.score(contract(), found), inspection=found))
    head = " ".join(made.all("header")[0].text.split())
    for said in (
        "C Ltd",
        "Report no. R-7",
        "ClientB GmbH",
        "FactoryPlant 2",
        "Lot size1000 items",
        "10 December 2026",
    ):
        assert said in head
    (logo,) = made.of("logo")
    assert (logo.attributes["src"] or "").endswith(base64.b64encode(picture.getvalue()).decode())


# The summary ---------------------------------------------------------------------------------------------------


def results(agreed: aql.Contract, found: aql.Inspection) -> dict[str, str]:
    return {one.name: one.result for one in section_results(aql.score(agreed, found))}


def test_a_section_fails_passes_is_pending_or_noted() -> None:
    assert results(*tablet()) == {
        "Workmanship": "fail",
        "Tests and measurements": "fail",
        "Quantity and packing": "pass",
        "Marking and labels": "pass",
        "Approved sample": "pass",
        "Shipment": "not due yet",
    }
    terms = [
        measured("width", max="5"),
        lot_term("mark", "mark"),
        lot_term("count", "quantity", effect="note"),
    ]
    agreed = contract(cls(plan=single(2, 1)), terms)
    found = log(readings("width", ["4", "6"]), 1000, 2, produced=900)
    assert results(agreed, found) == {
        "Workmanship": "pass",
        "Tests and measurements": "noted",
        "Quantity and packing": "noted",
        "Marking and labels": "pending",
        "Approved sample": "not agreed",
        "Shipment": "not agreed",
    }
    assert results(agreed, log([], 1000, 2, produced=1000))["Tests and measurements"] == "pending"


@every_case
def test_the_summary_agrees_with_the_verdict(case: object) -> None:
    """A lot is rejected if and only if a section fails, and accepted only if none is pending."""
    verdict = aql.score(*case())  # type: ignore[operator]
    said = {one.result for one in section_results(verdict)}
    assert ("fail" in said) is (verdict.decision == "reject")
    if verdict.decision == "accept":
        assert "pending" not in said


# The table of defects ------------------------------------------------------------------------------------------


def test_a_row_is_a_defect_and_a_column_a_class() -> None:
    verdict = aql.score(*tablet())
    table = defect_table(verdict, line_defects(verdict))
    assert [(one.line.name, one.line.count, one.aql, one.level) for one in table.columns] == [
        ("critical", "1", "0", "II"),
        ("major", "7", "2.5", "II"),
        ("minor", "9", "4.0", "II"),
    ]
    assert [(one.name or one.text, one.column, one.found) for one in table.rows] == [
        ("sharp-edge", 0, 1),
        ("starts", 1, 2),
        ("colour", 1, 2),
        ("dead-pixel", 1, 3),
        ("width", 2, 4),
        ("scratch", 2, 4),
        ("dust", 2, 2),
        ("print on the box smudged", 2, 1),
    ]
    assert [(one.name, one.found) for one in table.own] == [("battery-capacity", 1)]
    assert table.none == ()


@pytest.mark.parametrize("sample", ["per-class", "letter", "largest"])
def test_a_column_has_the_level_unless_its_plan_is_stated(sample: str) -> None:
    classes = [cls("major", aql=2.5), cls("minor", aql=4), cls("other", plan=single(8, 1))]
    verdict = aql.score(contract(classes, level="S-2", sample=sample), log([], 1000, 80))
    columns = defect_table(verdict, line_defects(verdict)).columns
    assert [(one.aql, one.level) for one in columns] == [("2.5", "S-2"), ("4.0", "S-2"), ("—", "—")]


def test_a_class_with_defects_that_do_not_count_is_not_said_to_have_none() -> None:
    agreed = contract([cls("major", plan=single(8, 1)), cls("minor", plan=single(8, 1))], [term("dent")])
    verdict = aql.score(agreed, log(seen("dent", 9), 1000, 10))
    assert [line.found for line in verdict.lines] == [0, 0]
    assert defect_table(verdict, line_defects(verdict)).none == ("minor",)


def test_a_class_without_a_defect_is_said_to_have_none() -> None:
    agreed = contract([cls("critical", aql=0), cls("major", aql=2.5)], [term("dent")])
    said = page_of(agreed, seen("dent", 3), 1000, 80).section("Defects found")
    assert "Critical: none." in said
    assert "Major: none." not in said


def test_nonconformities_counts_and_defects_without_a_term_have_rows() -> None:
    verdict = aql.score(*fabric())
    rows = defect_table(verdict, line_defects(verdict)).rows
    assert [(one.name, one.found) for one in rows] == [("hole", 6), ("slub", 10), ("knot", 2)]
    agreed = contract(cls(plan=single(10, 3)), [term("dent")])
    rows = defect_table(
        one := aql.score(agreed, log(counted(2, term="dent"), 1000, 10)), line_defects(one)
    ).rows
    assert [(row.name, row.found) for row in rows] == [("dent", 2)]
    notes = [{"item": 1, "class": "major", "note": "dust"}, {"item": 2, "class": "major", "note": "dust"}]
    one = aql.score(agreed, log([*notes, *unlisted("major", 3)], 1000, 10))
    assert [(row.text, row.found) for row in defect_table(one, line_defects(one)).rows] == [
        ("dust", 2),
        ("", 1),
    ]
    one = aql.score(agreed, log(counted(1, class_="major"), 1000, 10))
    assert [(row.text, row.found) for row in defect_table(one, line_defects(one)).rows] == [("", 1)]
