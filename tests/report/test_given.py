"""Arguments of the writers: an error names the kind of value that is expected."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import aql
from aql import examples
from aql.report.page import report_html

CONTRACT, INSPECTION = examples.tablet_order()
VERDICT = aql.score(CONTRACT, INSPECTION)
NO_VERDICT = (
    "verdict must be an aql.Verdict, got 1. Make one with aql.score, or load one with aql.Verdict.from_json."
)
NO_CONTRACT = "contract must be an aql.Contract, got 1. Load one with aql.Contract.load."
NO_LIMITS = "limits must be an InputLimits, got 5."
NO_INSPECTION = "inspection must be an aql.Inspection, got 2. Load one with aql.Inspection.load."
ANY: Any = aql
ANY_PAGE: Any = report_html


@pytest.mark.parametrize(
    ("write", "says"),
    [
        (lambda at: ANY.write_report(1, at / "x.html", contract=1, inspection=2), NO_VERDICT),
        (lambda at: ANY.write_report(VERDICT, at / "x.html", contract=1, inspection=2), NO_CONTRACT),
        (lambda at: ANY.write_report(VERDICT, at / "x.html", contract=CONTRACT, inspection=2), NO_INSPECTION),
        (lambda _: ANY_PAGE(1, contract=CONTRACT, inspection=INSPECTION), NO_VERDICT),
        (lambda at: ANY.write_workbook(1, at / "x.xlsx"), NO_VERDICT),
        (lambda at: ANY.write_workbook(VERDICT, at / "x.xlsx", inspection=2), NO_INSPECTION),
        (lambda at: ANY.write_workbook(VERDICT, at / "x.xlsx", contract=1), NO_CONTRACT),
        (lambda at: ANY.write_sheet(1, at), NO_CONTRACT),
        (lambda _: ANY_PAGE(VERDICT, contract=None, inspection=2), NO_INSPECTION),
        (lambda _: ANY_PAGE(VERDICT, limits=5), NO_LIMITS),
        (lambda at: ANY.write_report(VERDICT, at / "x.html", limits=5), NO_LIMITS),
    ],
    ids=[
        *("report", "contract", "inspection", "page", "workbook", "log", "terms", "sheet", "none"),
        *("limits of a page", "limits of a report"),
    ],
)
def test_another_value_is_named_before_anything_is_written(
    tmp_path: Path, write: Callable[[Path], Any], says: str
) -> None:
    with pytest.raises(aql.DomainError) as caught:
        write(tmp_path)
    assert str(caught.value) == says
    assert list(tmp_path.iterdir()) == []
