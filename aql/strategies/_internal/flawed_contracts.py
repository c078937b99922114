"""Contracts with exactly one problem, which the check must find."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from hypothesis import strategies as st

from aql.checks import choice
from aql.contract.contract import Contract
from aql.contract.findings import Finding
from aql.strategies._internal.class_flaws import CLASS_FLAWS
from aql.strategies._internal.contracts import contract_documents
from aql.strategies._internal.flaw import Flaw
from aql.strategies._internal.limit_flaws import LIMIT_FLAWS
from aql.strategies._internal.measure_flaws import MEASURE_FLAWS
from aql.strategies._internal.order_flaws import ORDER_FLAWS
from aql.strategies._internal.term_flaws import TERM_FLAWS
from aql.strategies._internal.toml_table import TomlTable
from aql.types import FINDING_SEVERITIES, FindingSeverity

__all__ = ["ALL_FLAWS", "FLAWS", "Flawed", "flawed_contracts", "with_flaws"]

ALL_FLAWS = (*ORDER_FLAWS, *CLASS_FLAWS, *TERM_FLAWS, *MEASURE_FLAWS, *LIMIT_FLAWS)

FLAWS: tuple[str, ...] = tuple(dict.fromkeys(flaw.code for flaw in ALL_FLAWS))
"""Codes of all findings of `aql.check`."""


@dataclass(frozen=True, slots=True)
class Flawed:
    """A contract with exactly one problem.

    Attributes
    ----------
    contract : Contract
        The contract.
    severity : "error", "warning" or "note"
        Severity of the finding.
    code : str
        Code of the only finding that `aql.check` must return.
    path : str
        Path of the finding.
    """

    contract: Contract
    severity: FindingSeverity
    code: str
    path: str

    def is_all_of(self, findings: Iterable[Finding]) -> bool:
        """Return whether the findings are this one and no other, except for a note on terms with their own plans."""
        told = [one for one in findings if one.code != "own-line" or self.code == "own-line"]
        found = [(finding.severity, finding.code, finding.path) for finding in told]
        return found == [(self.severity, self.code, self.path)]


def flawed_contracts(
    code: str | None = None, *, severity: FindingSeverity | None = None
) -> st.SearchStrategy[Flawed]:
    """Strategy for contracts with exactly one problem, each with the finding that `aql.check` must return.

    Parameters
    ----------
    code : str, optional
        Draw only this flaw, one of `FLAWS`.
    severity : {"error", "warning", "note"}, optional
        Draw only flaws of this severity.

    Returns
    -------
    SearchStrategy of Flawed
        Contracts drawn from `contracts`, each with one flaw.

    Raises
    ------
    DomainError
        If the code or severity is unknown, or no flaw of that severity has the code.

    Examples
    --------
    >>> import aql
    >>> from hypothesis import find
    >>> flawed = find(flawed_contracts("empty-range"), lambda one: True)
    >>> flawed.severity, flawed.path, flawed.is_all_of(aql.check(flawed.contract))
    ('error', 'terms[0].measure', True)
    """
    flaws = list(ALL_FLAWS)
    if severity is not None:
        choice(severity, "severity", FINDING_SEVERITIES)
        flaws = [flaw for flaw in flaws if flaw.severity == severity]
    if code is not None:
        choice(code, "code", tuple(dict.fromkeys(flaw.code for flaw in flaws)))
        flaws = [flaw for flaw in flaws if flaw.code == code]
    return with_flaws(flaws)


@st.composite
def with_flaws(draw: st.DrawFn, flaws: list[Flaw]) -> Flawed:
    """Strategy for contracts with one of these flaws."""
    flaw = draw(st.sampled_from(flaws))
    document = deepcopy(draw(contract_documents(flaw.clause)))
    path = flaw.change(draw, document)
    if not path.startswith("limits"):
        _without_stale_limits(document)
    return Flawed(Contract.load(document), flaw.severity, flaw.code, path)


def _without_stale_limits(document: TomlTable) -> None:
    """Drop the limits that name a class or term which the flaw took away; they would be a second problem."""
    there = {one["name"] for one in document["classes"]} | {one["id"] for one in document["terms"]}
    if "limits" in document:
        document["limits"] = [limit for limit in document["limits"] if there.issuperset(limit["of"])]


st.register_type_strategy(Flawed, lambda _: flawed_contracts())
