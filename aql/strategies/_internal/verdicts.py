"""Verdicts for contracts and inspections of every kind."""

from __future__ import annotations

from hypothesis import strategies as st

from aql.contract.contract import Contract
from aql.inspection.inspection import Inspection
from aql.scoring.score import score
from aql.scoring.verdict import Verdict
from aql.strategies._internal.inspections import inspected_contracts
from aql.types import Decision

__all__ = ["verdicts"]


def verdicts(*, decision: Decision | None = None) -> st.SearchStrategy[Verdict]:
    """Strategy for verdicts on contracts and inspections of every kind; see `contracts` and `inspections`.

    Parameters
    ----------
    decision : {"accept", "reject", "hold", "continue"}, optional
        The decision on the lot; defaults to any.

    Returns
    -------
    SearchStrategy of Verdict
        Verdicts from `aql.score`.

    Raises
    ------
    DomainError
        If the decision is unknown.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(verdicts(decision="hold"), lambda verdict: True).decision
    'hold'
    """
    return inspected_contracts(decision=decision).flatmap(_scored)


def _scored(pair: tuple[Contract, Inspection]) -> st.SearchStrategy[Verdict]:
    """The verdict of an inspection, built so that Hypothesis prints a failing example as this call."""
    return st.builds(_score, *map(st.just, pair))


def _score(contract: Contract, inspection: Inspection) -> Verdict:
    return score(contract, inspection)


_score.__name__ = "aql.score"  # what Hypothesis prints
