"""Findings of `aql.check`."""

from __future__ import annotations

from hypothesis import strategies as st

from aql.contract.check import check
from aql.contract.findings import Finding, Findings
from aql.strategies._internal.flawed_contracts import flawed_contracts

__all__ = ["each_finding", "findings"]


def each_finding() -> st.SearchStrategy[Finding]:
    """Strategy for every finding that a check can return."""
    return flawed_contracts().map(lambda flawed: check(flawed.contract)[0])


def findings() -> st.SearchStrategy[Findings]:
    """Strategy for no finding, one finding or several."""
    return st.lists(each_finding(), max_size=3).map(Findings)
