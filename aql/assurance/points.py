"""The points of a claim: what the verdict, the contract, the events and the buyer say is not as agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from aql.assurance.claim_choices import ComplaintKind
from aql.assurance.claim_facts import ClaimFacts, Complaint
from aql.assurance.keys import EvidenceKind
from aql.assurance.reasons import GroundReason
from aql.contract.contract import Contract
from aql.contract.findings import Findings
from aql.contract.terms import TermKind
from aql.contract.vague_words import vague_words
from aql.scoring.verdict import Verdict

__all__ = ["GroundKind", "Point", "points_of", "unmeasurable_terms"]

GroundKind = ComplaintKind | Literal["term", "class", "unlisted", "default-inspection"]
"""What a ground is about."""

_LOT_TERMS: dict[TermKind, tuple[GroundKind, GroundReason]] = {
    "quantity": ("short-quantity", "short-quantity"),
    "packed-share": ("packing", "packing-not-as-agreed"),
    "mark": ("marks", "marks-not-as-agreed"),
    "reference": ("term", "sample-missed"),
}

_BASES: dict[ComplaintKind, GroundReason] = {
    "workmanship": "default-inspection-failed",
    "short-quantity": "short-quantity",
    "packing": "packing-not-as-agreed",
    "marks": "marks-not-as-agreed",
    "seized": "customs-seizure",
    "not-received": "not-received",
    "transport-damage": "transport-damage",
    "fee": "fee-not-a-breach",
    "freight": "freight-demand",
    "destination-cost": "destination-cost",
    "price-raised": "price-raised",
    "after-sales": "after-sales",
    "unkept-promise": "unkept-promise",
    "changed-mind": "expectation",
}

_STANDARDS: dict[str, GroundReason] = {
    "contract": "term-missed",
    "sample": "sample-missed",
    "platform-chat": "only-in-platform-chat",
    "messenger": "only-in-messenger",
    "email": "only-in-email",
    "phone": "only-by-phone",
    "offline-contract": "only-in-offline-contract",
    "product-page": "only-on-product-page",
    "unknown": "standard-unknown",
    "nowhere": "not-in-contract",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that may be a ground, with the facts that decide it.

    Attributes
    ----------
    kind, subject : str
        What it is about.
    base : str
        The reason that its kind gives.
    complaint : Complaint or None
        The complaint that raised it.
    agreed, found : str
        What was agreed and found, in words.
    share : Decimal or None
        Share of the goods affected. [1]
    found_on : date or None
        Day on which it was found.
    lot : str
        Lot of the verdict.
    within : bool
        Whether the contract's sampling accepts it all the same.
    undecided : bool
        Whether the verdict has not decided.
    """

    kind: GroundKind
    subject: str
    base: GroundReason
    complaint: Complaint | None = None
    agreed: str = ""
    found: str = ""
    share: Decimal | None = None
    found_on: date | None = None
    lot: str = ""
    within: bool = False
    undecided: bool = False


def points_of(
    contract: Contract, verdicts: Sequence[Verdict], facts: ClaimFacts, findings: Findings
) -> tuple[Point, ...]:
    """Return every point of a claim: complaints first, then verdicts, then what the contract itself shows."""
    points = [_complained(contract, one, findings, facts) for one in facts.complaints]
    known = {one.subject for one in points}
    for verdict in verdicts:
        points += [one for one in _found(verdict) if one.subject not in known]
    known |= {one.subject for one in points}
    points += [one for one in _vague(contract, findings) if one.subject not in known]
    if not any(one.kind in {"workmanship", "default-inspection"} for one in points):
        points.append(
            Point(
                kind="default-inspection",
                subject="completeness, marks, workmanship",
                base="default-inspection",
            )
        )
    return tuple(points)


def _complained(contract: Contract, complaint: Complaint, findings: Findings, facts: ClaimFacts) -> Point:
    agreed = complaint.agreed or ""
    term = next((one for one in contract.terms if one.id == complaint.term), None)
    if complaint.kind == "quality":
        base = _standard(contract, complaint, findings)
        if _genuine(base, facts):
            base = "only-in-genuine-messages"
        if term is not None:
            agreed = agreed or term.agreed()
    elif complaint.kind in _BASES:
        base = _BASES[complaint.kind]
    else:
        base = _shipment_base(complaint.kind)
    return Point(
        kind=complaint.kind,
        subject=complaint.term or complaint.about or complaint.kind,
        base=base,
        complaint=complaint,
        agreed=agreed,
        found=complaint.found or "",
        share=complaint.share,
        found_on=complaint.found_on,
    )


def _shipment_base(kind: ComplaintKind) -> GroundReason:
    bases: dict[ComplaintKind, GroundReason] = {
        "late-shipment": "shipped-late",
        "not-shipped": "not-shipped",
        "late-delivery": "delivered-late",
        "cancellation": "cancelled-in-time",
        "easy-return": "easy-return",
    }
    return bases[kind]


def _standard(contract: Contract, complaint: Complaint, findings: Findings) -> GroundReason:
    """What the contract says about the characteristic of a complaint."""
    if complaint.term is not None and complaint.term in unmeasurable_terms(contract, findings):
        return "vague-term"
    place = complaint.standard or ("nowhere" if complaint.term is None else "contract")
    if place == "contract" and complaint.term is None and complaint.agreed and vague_words(complaint.agreed):
        bare = not any(map(str.isdigit, complaint.agreed))
        return "vague-term" if bare else "term-missed"
    if place == "nowhere" and complaint.agreed:
        return "vague-term"
    return _STANDARDS[place]


_MESSAGES: dict[GroundReason, EvidenceKind] = {
    "only-in-messenger": "messenger-chat",
    "only-in-email": "email",
    "only-in-offline-contract": "offline-contract",
}


def _genuine(base: GroundReason, facts: ClaimFacts) -> bool:
    """Whether both sides accept as genuine what they agreed outside the platform."""
    return any(one.agreed_genuine and one.kind == _MESSAGES.get(base) for one in facts.evidence)


def _found(verdict: Verdict) -> Iterator[Point]:
    """What a verdict found: terms that were missed, lines that were rejected or held, and defects without a term."""
    day = verdict.header.inspection.date
    lines = {line.name: line for line in verdict.lines}
    lot_kinds = {one.term: one.kind for one in verdict.lot_terms}
    for breach in verdict.breaches:
        if lot_kinds.get(breach.term) == "shipment-date":
            continue
        term = verdict.term(breach.term)
        kind, base = _LOT_TERMS.get(lot_kinds.get(breach.term, "visual"), ("term", "term-missed"))
        line = lines.get(breach.term) or lines.get(breach.class_name)
        yield Point(
            kind=kind,
            subject=breach.term,
            base=base,
            agreed="" if term is None else term.agreed(),
            found=_found_words(breach.count, breach.found, for_lot=breach.term in lot_kinds),
            share=None if line is None or not line.sample else Decimal(breach.count) / Decimal(line.sample),
            found_on=day,
            lot=verdict.lot,
            within=line is not None and breach.term not in lot_kinds and line.decision == "accept",
            undecided=line is not None and line.decision in {"hold", "continue"},
        )
    for line in verdict.classes:
        if line.decision == "accept":
            continue
        yield Point(
            kind="class",
            subject=line.name,
            base="class-rejected",
            agreed=f"n {line.sample}, Ac {'#' if line.ac is None else line.ac}",
            found=str(line.found),
            found_on=day,
            lot=verdict.lot,
            undecided=line.decision in {"hold", "continue"},
        )
    if verdict.unlisted:
        yield Point(
            kind="unlisted",
            subject="defects without a term",
            base="not-in-contract",
            found=str(verdict.unlisted),
            found_on=day,
            lot=verdict.lot,
        )


def _found_words(count: int, worst: str, *, for_lot: bool) -> str:
    parts = [] if for_lot else [f"{count} in the sample"]
    return ", ".join([*parts, *([f"worst {worst}"] if worst else [])])


def _vague(contract: Contract, findings: Findings) -> Iterator[Point]:
    for name, text in unmeasurable_terms(contract, findings).items():
        yield Point(kind="term", subject=name, base="vague-term", agreed=text)


def unmeasurable_terms(contract: Contract, findings: Findings) -> dict[str, str]:
    """Return the terms that the check found unmeasurable, with their texts."""
    paths = {one.path.partition(".")[0] for one in findings if one.code == "unmeasurable"}
    return {term.id: term.text for place, term in enumerate(contract.terms) if f"terms[{place}]" in paths}
