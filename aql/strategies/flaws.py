"""Strategies over contracts with one thing wrong, which the check must find."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from aql.contract.contract import Contract
from aql.contract.findings import Finding
from aql.standards.arguments import choice
from aql.strategies.agreements import agreed_values
from aql.strategies.flaws_of_plans import PLAN_FLAWS
from aql.strategies.flaws_of_terms import TERM_FLAWS
from aql.strategies.wrongs import Wrong

__all__ = ["FLAWS", "Flawed", "flawed_contracts"]

_WRONGS: tuple[Wrong, ...] = (*PLAN_FLAWS, *TERM_FLAWS)

FLAWS: tuple[str, ...] = tuple(dict.fromkeys(wrong.code for wrong in _WRONGS))
"""Codes of all that `aql.check` can find."""


@dataclass(frozen=True, slots=True)
class Flawed:
    """A contract with one thing wrong.

    Attributes
    ----------
    contract : Contract
        The contract.
    severity : "error", "warning" or "note"
        How serious the finding is.
    code : str
        Code of the finding that `aql.check` must give, the only one.
    path : str
        Where it stands.
    """

    contract: Contract
    severity: str
    code: str
    path: str

    def is_all_of(self, findings: Iterable[Finding]) -> bool:
        """Return whether the findings are this one and nothing else."""
        found = [(finding.severity, finding.code, finding.path) for finding in findings]
        return found == [(self.severity, self.code, self.path)]


def flawed_contracts(code: str | None = None, *, severity: str | None = None) -> st.SearchStrategy[Flawed]:
    """Contracts in which one thing is wrong and all else is right, each with the finding that `aql.check` must give.

    Parameters
    ----------
    code : str, optional
        Draw only this flaw, one of `FLAWS`.
    severity : {"error", "warning", "note"}, optional
        Draw only flaws of this severity.

    Returns
    -------
    SearchStrategy of Flawed
        The contracts of `contracts`, each with one flaw put in.

    Raises
    ------
    DomainError
        If code or severity is not known.

    Examples
    --------
    >>> import aql
    >>> from hypothesis import find
    >>> flawed = find(flawed_contracts("empty-range"), lambda one: True)
    >>> flawed.severity, flawed.path, flawed.is_all_of(aql.check(flawed.contract))
    ('error', 'terms[0].measure', True)
    """
    if code is not None:
        choice(code, "flaw", FLAWS)
    if severity is not None:
        choice(severity, "severity", ("error", "warning", "note"))
    wrongs = [wrong for wrong in _WRONGS if code in {None, wrong.code} and severity in {None, wrong.severity}]
    if not wrongs:
        choice(
            code, f"flaw of severity {severity}", [one.code for one in _WRONGS if one.severity == severity]
        )
    return _flawed(wrongs)


@st.composite
def _flawed(draw: st.DrawFn, wrongs: list[Wrong]) -> Flawed:
    wrong = draw(st.sampled_from(wrongs))
    data: dict[str, Any] = deepcopy(draw(agreed_values(**wrong.base)))
    path = wrong.put(draw, data)
    return Flawed(Contract.load(data), wrong.severity, wrong.code, path)
