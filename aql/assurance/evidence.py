"""The evidence for each ground: what is there, what is missing, what does not count, and by when it is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from aql.assurance.case import Case
from aql.assurance.grounds import QUALITY, Ground
from aql.assurance.inspectors import own_report
from aql.assurance.keys import EVIDENCE_KINDS, EvidenceKind
from aql.assurance.points import GroundKind
from aql.documents.json_values import JsonValue
from aql.words import in_brief

__all__ = ["EvidenceCheck", "evidence_of"]

EvidenceStatus = Literal["there", "missing", "does-not-count", "unclear"]
"""State of a piece of evidence."""

_NEEDS: dict[GroundKind, str] = {
    "short-quantity": "quantity",
    "packing": "packing",
    "marks": "packing",
    "late-shipment": "late",
    "late-delivery": "late",
    "not-shipped": "not-shipped",
    "seized": "seized",
}
_RETURNING = {"return-agreed", "return-sent", "return-received", "condition-disputed"}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EvidenceCheck(JsonValue):
    """A piece of evidence for a ground.

    Attributes
    ----------
    ground : str
        Subject of the ground; "" if every ground needs it.
    kind : str
        Kind of evidence, one of `aql.assurance.EVIDENCE_KINDS`.
    status : "there", "missing", "does-not-count" or "unclear"
        Its state.
    due : date or None
        Day by which it is needed; None if that is unknown.
    needed : bool
        Whether the sources ask for it; evidence at hand that nobody asks for is listed too.
    """

    ground: str
    kind: EvidenceKind
    status: EvidenceStatus
    due: date | None
    needed: bool

    def __repr__(self) -> str:
        return in_brief("EvidenceCheck", f"{self.ground or 'every ground'}, {self.kind}: {self.status}")


def evidence_of(case: Case, grounds: Sequence[Ground]) -> tuple[EvidenceCheck, ...]:
    """Return the checklist of evidence of a claim: for every ground, then for each ground that is not refused."""
    checks = list(_checks(case, "", _needed(case, "always"), extra=True))
    for ground in grounds:
        if ground.answer == "no" or ground.kind == "default-inspection":
            continue
        group = _NEEDS.get(ground.kind, "quality" if ground.kind in QUALITY else "")
        if group:
            checks += _checks(case, ground.subject, _needed(case, group), extra=False)
    if case.clock.state in _RETURNING:
        checks += _checks(case, "return", _needed(case, "return"), extra=False)
    return tuple(dict.fromkeys(checks))


def _needed(case: Case, group: str) -> tuple[EvidenceKind, ...]:
    entry = case.rules.value(f"evidence.needs.{group}")
    words = () if entry is None else entry.words
    return tuple(kind for kind in EVIDENCE_KINDS if kind in words)


def _checks(
    case: Case, subject: str, needed: Sequence[EvidenceKind], *, extra: bool
) -> Iterator[EvidenceCheck]:
    due = _due(case)
    for kind in needed:
        yield EvidenceCheck(ground=subject, kind=kind, status=_status(kind, case), due=due, needed=True)
    if extra:
        for kind in EVIDENCE_KINDS:
            if kind not in needed and _there(kind, case):
                status = _status(kind, case)
                yield EvidenceCheck(ground=subject, kind=kind, status=status, due=due, needed=False)


def _there(kind: EvidenceKind, case: Case) -> bool:
    if kind == "designated-report":
        return case.report is not None or any(one.kind == kind for one in case.facts.evidence)
    if kind == "measurement" and case.verdicts:
        return True
    if kind == "own-report" and own_report(case.timeline, case.verdicts, case.rules):
        return True
    return any(one.kind == kind for one in case.facts.evidence)


def _status(kind: EvidenceKind, case: Case) -> EvidenceStatus:
    if not _there(kind, case):
        return "missing"
    items = [one for one in case.facts.evidence if one.kind == kind]
    if any(one.agreed_genuine or one.tied for one in items):
        return "there"
    entry = case.rules.value(f"evidence.{kind}")
    if entry is None:
        return "unclear"
    counted: dict[object, EvidenceStatus] = {"yes": "there", "no": "does-not-count", "unclear": "unclear"}
    return counted[entry.value]


def _due(case: Case) -> date | None:
    """The day set by the platform, or else the last day to open a dispute."""
    asked = case.clock.deadline("evidence-due")
    return asked.day if asked is not None and asked.status == "open" else case.clock.last_day
