"""The strategies that ``st.from_type`` uses for the values that `aql` exports."""

from __future__ import annotations

from hypothesis import strategies as st

from aql.assurance.assessment import ClaimAssessment
from aql.contract.contract import Contract
from aql.contract.findings import Finding, Findings
from aql.inspection.inspection import Inspection
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.scheme.scheme import Scheme
from aql.scoring.drawing import Drawing
from aql.scoring.verdict import Verdict
from aql.standards.iso2859_1.lookup import Lookup

__all__ = ["register"]

_VALUES = (
    ClaimAssessment,
    Contract,
    Drawing,
    Finding,
    Findings,
    Inspection,
    Lookup,
    MultiplePlan,
    Scheme,
    SinglePlan,
    Verdict,
)


def register() -> None:
    """Register the strategies of all values with Hypothesis, for ``st.from_type``."""
    for value in _VALUES:
        st.register_type_strategy(value, _strategy)


def _strategy(value: type[object]) -> st.SearchStrategy[object]:
    """Return the strategy of a value; the strategies are loaded when the first one is needed."""
    from aql.strategies._internal.claims import claim_assessments
    from aql.strategies._internal.contracts import contracts
    from aql.strategies._internal.drawings import drawings
    from aql.strategies._internal.findings import each_finding, findings
    from aql.strategies._internal.inspections import inspections
    from aql.strategies._internal.lookups import lookups
    from aql.strategies._internal.plans import multiple_plans, single_plans
    from aql.strategies._internal.schemes import schemes
    from aql.strategies._internal.verdicts import verdicts

    strategies: dict[type, st.SearchStrategy[object]] = {
        ClaimAssessment: claim_assessments(),
        Contract: contracts(),
        Drawing: drawings(),
        Finding: each_finding(),
        Findings: findings(),
        Inspection: inspections(),
        Lookup: lookups(),
        MultiplePlan: multiple_plans(),
        Scheme: schemes(),
        SinglePlan: single_plans(),
        Verdict: verdicts(),
    }
    return strategies[value]
