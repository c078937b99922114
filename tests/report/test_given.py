"""What the writers take: another kind of value is an error that says which one is wanted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import aql
from aql import examples
from aql.report.page import report_html

CONTRACT, INSPECTION = examples.tablet_order()
VERDICT = aql.score(CONTRACT, INSPECTION)
NO_VERDICT = "1 is no verdict; a verdict is what aql.score returns. Write aql.score(contract, inspection)."
NO_CONTRACT = "1 is no contract; a contract is loaded first. Write aql.Contract.load(...)."
NO_INSPECTION = "2 is no inspection; an inspection is loaded first. Write aql.Inspection.load(...)."
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
        (lambda at: ANY.write_sheet(1, at), NO_CONTRACT),
        (lambda _: ANY_PAGE(VERDICT, contract=None, inspection=2), NO_CONTRACT.replace("1", "None")),
    ],
    ids=["report", "contract", "inspection", "page", "workbook", "log", "sheet", "none"],
)
def test_another_value_is_named_before_anything_is_written(
    tmp_path: Path, write: Callable[[Path], Any], says: str
) -> None:
    with pytest.raises(aql.DomainError) as caught:
        write(tmp_path)
    assert str(caught.value) == says
    assert list(tmp_path.iterdir()) == []
