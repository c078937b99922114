"""The section of the report on a claim."""

from datetime import date

import pytest

import aql
from aql.errors import AqlError, DomainError
from aql.report.page import report_html


def test_the_report_has_a_section_on_the_claim_if_one_is_given() -> None:
    contract, inspection = aql.examples.tablet_order()
    verdict = aql.score(contract, inspection)
    claim = aql.assess_claim(
        contract, verdict, facts=aql.examples.tablet_claim(), rules="current", as_of=date(2026, 12, 12)
    )
    page = report_html(verdict, claim=claim)
    for words in (
        "<h2>Claim</h2>",
        "Covered: 37350.00 USD.",
        "Last day to open a dispute",
        "Not legal advice",
    ):
        assert words in page
    assert "<h2>Claim</h2>" not in report_html(verdict)
    with pytest.raises(DomainError, match=r"claim must be an aql\.ClaimAssessment"):
        report_html(verdict, claim=verdict)  # type: ignore[arg-type]
    other = aql.Contract.load({"order": {"id": "PO-2"}})
    with pytest.raises(AqlError, match="based on the contract of the verdict"):
        report_html(verdict, claim=aql.assess_claim(other, rules="2017", as_of=date(2026, 12, 12)))
