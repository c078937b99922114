"""Assessments of claims on inspections of every kind."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from aql.assurance.assessing import assess_claim
from aql.assurance.assessment import ClaimAssessment
from aql.scoring.score import score
from aql.strategies._internal.inspections import inspected_contracts

__all__ = ["claim_assessments"]


def claim_assessments() -> st.SearchStrategy[ClaimAssessment]:
    """Assessments of what can be claimed for inspections of every kind, before any payment or event.

    Returns
    -------
    SearchStrategy of ClaimAssessment
        Assessments from `aql.assess_claim`.

    Examples
    --------
    >>> from hypothesis import find
    >>> type(find(claim_assessments(), lambda claim: True)).__name__
    'ClaimAssessment'
    """
    return _assessments()


@st.composite
def _assessments(draw: st.DrawFn) -> ClaimAssessment:
    contract, inspection = draw(inspected_contracts())
    rules = None if contract.cover is not None else _RULES
    return assess_claim(contract, score(contract, inspection), rules=rules, as_of=draw(_DAYS))


_RULES = "2017"
_DAYS = st.just(date(2026, 12, 15)) | st.dates(date(2026, 1, 1), date(2028, 12, 31))
