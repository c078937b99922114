"""What the writers are given: a value of another kind is named before anything is done with it."""

from __future__ import annotations

from typing import Any

from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.inspection.inspection import Inspection
from aql.scoring.verdict import Verdict

__all__ = ["check_given"]


_KINDS = {
    Verdict: ("verdict", "a verdict is what aql.score returns", "Write aql.score(contract, inspection)"),
    Contract: ("contract", "a contract is loaded first", "Write aql.Contract.load(...)"),
    Inspection: ("inspection", "an inspection is loaded first", "Write aql.Inspection.load(...)"),
}


def check_given(value: Any, kind: type[Verdict | Contract | Inspection]) -> None:
    """Raise a DomainError where the value is not of the kind that it is given as."""
    if not isinstance(value, kind):
        name, allowed, todo = _KINDS[kind]
        raise DomainError(f"{value!r} is no {name}", allowed, todo, value=value)
