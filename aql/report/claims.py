"""The section of a report on the claim: grounds, cover, deadlines and evidence as plain values for the template."""

from __future__ import annotations

from dataclasses import dataclass

from aql.assurance.assessment import ClaimAssessment
from aql.display.claim import (
    LEGAL,
    alike_grounds,
    ceiling_words,
    cover_sentences,
    deadline_words,
    evidence_rows,
    next_sentence,
    unknown_sentence,
    weekday_words,
    zone_sentence,
)
from aql.display.claim_reasons import DEADLINES, NOTES, PROOFS, STATES, cited_sources, ground_reasons
from aql.errors import AqlError, DomainError
from aql.languages import say
from aql.scoring.verdict import Verdict
from aql.words import short_repr

__all__ = ["ClaimSection", "claim_section"]

_TONES = {"yes": "good", "no": "bad", "unclear": "wait"}
_STATUSES = {"there": "good", "missing": "wait", "does-not-count": "bad", "unclear": "open"}


@dataclass(frozen=True, slots=True)
class ClaimSection:
    """What the section on the claim shows; each row is a tuple of texts."""

    rules: str
    day: str
    grounds: tuple[tuple[str, str, str, str, str, str], ...]
    cover: tuple[str, ...]
    state: str
    deadlines: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str, str, str, str], ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    legal: str


def claim_section(claim: ClaimAssessment | None, verdict: Verdict) -> ClaimSection | None:
    """Return the section of the report on a claim; None without one.

    Raises
    ------
    DomainError
        If `claim` is not an assessment.
    AqlError
        If it is based on another contract than the verdict.
    """
    if claim is None:
        return None
    if not isinstance(claim, ClaimAssessment):
        raise DomainError(
            f"claim must be an aql.ClaimAssessment, got {short_repr(claim)}",
            todo="Make one with aql.assess_claim",
            value=claim,
        )
    if claim.order != verdict.order or claim.contract_sha256 != verdict.evidence.contract_sha256:
        raise AqlError(
            f"the claim must be based on the contract of the verdict, order {verdict.order}, got order {claim.order}",
            code="other-contract",
            value=claim.order,
        )
    return ClaimSection(
        rules=f"{claim.rules.name}: {claim.rules.title}",
        day=weekday_words(claim.as_of),
        grounds=tuple(
            (
                _TONES[one.answer],
                say(one.answer),
                subjects,
                ground_reasons(one, claim.rules),
                ceiling_words(one),
                say(PROOFS[one.proof]),
            )
            for subjects, one in alike_grounds(claim)
        ),
        cover=tuple(cover_sentences(claim.cover)),
        state=f"{say(STATES[claim.clock.state])} {next_sentence(claim)} {zone_sentence(claim)}",
        deadlines=tuple((say(DEADLINES[one.code]), deadline_words(one)) for one in claim.clock.deadlines),
        evidence=tuple(
            (_STATUSES[status], say(status.replace("-", " ")), what, grounds, due)
            for status, what, grounds, due in evidence_rows(claim)
        ),
        unknown=tuple(unknown_sentence(claim, key) for key in claim.unknown),
        notes=tuple(say(NOTES[note]) for note in claim.notes),
        sources=cited_sources(claim),
        legal=say(LEGAL),
    )
