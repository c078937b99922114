"""The strategies that ``st.from_type`` uses for the values that `aql` exports."""

from __future__ import annotations

from importlib import import_module

from hypothesis import strategies as st

from aql.contract.contract import Contract
from aql.contract.findings import Finding, Findings
from aql.inspection.inspection import Inspection
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.scoring.verdict import Verdict
from aql.standards.iso2859_1.lookup import Lookup

__all__ = ["register"]

_STRATEGIES: dict[type, tuple[str, str]] = {
    Contract: ("contracts", "contracts"),
    Finding: ("findings", "each_finding"),
    Findings: ("findings", "findings"),
    Inspection: ("inspections", "inspections"),
    Lookup: ("lookups", "lookups"),
    MultiplePlan: ("plans", "multiple_plans"),
    SinglePlan: ("plans", "single_plans"),
    Verdict: ("verdicts", "verdicts"),
}
"""File and name of each strategy, which is imported when it is first asked for."""


def register() -> None:
    """Register every strategy with Hypothesis."""
    for value in _STRATEGIES:
        st.register_type_strategy(value, _strategy)


def _strategy(value: type[object]) -> st.SearchStrategy[object]:
    file, name = _STRATEGIES[value]
    strategy: st.SearchStrategy[object] = getattr(import_module(f"aql.strategies._internal.{file}"), name)()
    return strategy
