"""Findings of a check: what is wrong in a contract, where, and how to fix it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from aql.codes import FindingCode
from aql.documents.json_values import JsonValue
from aql.errors import Problem
from aql.markup import Shown
from aql.types import FINDING_SEVERITIES, FindingSeverity
from aql.words import in_brief, plural

__all__ = ["Finding", "Findings"]


@dataclass(frozen=True, slots=True, repr=False)
class Finding(JsonValue):
    """One problem found by a check.

    Attributes
    ----------
    severity : "error", "warning" or "note"
        An error prevents scoring; a warning weakens a claim; a note is for information.
    code : FindingCode
        Short name of the problem, for programs.
    path : str
        Location in the document, such as ``terms[2].measure.min``.
    problem : str
        What is wrong.
    rewrite : str
        A change that would fix it.
    name : str
        Id of the term or name of the class that `path` leads to; "" if it leads to neither.
    """

    severity: FindingSeverity
    code: FindingCode
    path: str
    problem: str
    rewrite: str
    name: str = ""

    @property
    def where(self) -> str:
        """The path, followed by the name of the term or class: ``terms[2] (drop)``."""
        return f"{self.path} ({self.name})" if self.name else self.path

    def as_problem(self) -> Problem:
        """Return the finding as a problem of the contract, for an error to list."""
        return Problem(self.where, f"{self.problem} {self.rewrite}", self.code, path=self.path)

    def __str__(self) -> str:
        return f"{self.severity}: {self.where}: {self.problem} {self.rewrite}"

    def __repr__(self) -> str:
        return in_brief("Finding", f"{self.severity} {self.code}: {self.path}: {self.problem}")


class Findings(tuple[Finding, ...], Shown):
    """All findings of a check: a tuple of `Finding`, errors first.

    Examples
    --------
    >>> found = Findings([Finding("note", "above-cover", "cover.limit", "A note.", "Nothing to do.")])
    >>> found.errors, len(found.notes)
    ((), 1)
    """

    __slots__ = ()

    def __new__(cls, findings: Iterable[Finding] = ()) -> Self:
        """Sort by severity, keeping the order of the document within each severity."""
        return super().__new__(
            cls, sorted(findings, key=lambda finding: FINDING_SEVERITIES.index(finding.severity))
        )

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that prevent scoring."""
        return tuple(finding for finding in self if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that weaken a claim."""
        return tuple(finding for finding in self if finding.severity == "warning")

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The findings that are for information."""
        return tuple(finding for finding in self if finding.severity == "note")

    def counts(self) -> str:
        """Return the numbers of errors, warnings and notes in words."""
        numbers = {"error": len(self.errors), "warning": len(self.warnings), "note": len(self.notes)}
        return ", ".join(plural(number, word) for word, number in numbers.items())

    def __repr__(self) -> str:
        return in_brief("Findings", self.counts())

    def __str__(self) -> str:
        return "\n".join(map(str, self)) or "nothing found"
