"""A draft of the text of a claim, for people to edit: the term agreed, what was found, the evidence, what is asked, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aql.assurance.assessment import ClaimAssessment
from aql.assurance.grounds import Ground
from aql.assurance.keys import EvidenceKind
from aql.assurance.money import Money, stated
from aql.checks import day
from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.markup import in_words
from aql.words import in_brief, short_repr

__all__ = ["ClaimDraft", "claim_draft"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ClaimDraft(JsonValue):
    """The contents of a claim's text.

    Attributes
    ----------
    order, supplier, product : str or None
        The order, its supplier and its product.
    grounds : tuple of Ground
        The grounds that the claim names.
    evidence : tuple of str
        The evidence that is attached.
    asked : Money or None
        What is asked for; None if it is left open.
    answer_by : date or None
        Day by which an answer is expected; None if it is left open.
    placeholders : bool
        Whether something is left open, marked with brackets in the text.
    """

    order: str
    supplier: str | None
    product: str | None
    grounds: tuple[Ground, ...]
    evidence: tuple[EvidenceKind, ...]
    asked: Money | None
    answer_by: date | None

    @property
    def placeholders(self) -> bool:
        """Whether something is left open."""
        return self.asked is None or self.answer_by is None or not self.evidence

    def __str__(self) -> str:
        return in_words(self)

    def __repr__(self) -> str:
        return in_brief(
            "ClaimDraft", f"{self.order}: {len(self.grounds)} grounds, asks for {stated(self.asked, 'open')}"
        )


def claim_draft(
    claim: ClaimAssessment, *, asked: str | None = None, answer_by: date | None = None
) -> ClaimDraft:
    """Return the draft of a claim; ``str`` of it is the text.

    Parameters
    ----------
    claim : ClaimAssessment
        The claim.
    asked : str, optional
        Amount asked for; defaults to the highest ceiling of the grounds. [currency of the order]
    answer_by : date, optional
        Day by which the supplier should answer; defaults to the last day of the negotiation, if it has begun.

    Raises
    ------
    DomainError
        If no ground would be admitted or is unclear.

    Examples
    --------
    >>> import aql
    >>> contract, inspection = aql.examples.tablet_order()
    >>> claim = aql.assess_claim(contract, aql.score(contract, inspection), as_of=date(2026, 12, 20))
    >>> print(str(claim_draft(claim, asked="37350")).splitlines()[0])
    Claim on order PO-2026-0117, 10.1 inch tablet
    """
    if not isinstance(claim, ClaimAssessment):
        raise DomainError(
            f"claim must be an aql.ClaimAssessment, got {short_repr(claim)}",
            todo="Make one with aql.assess_claim",
            value=claim,
        )
    named = tuple(
        one
        for one in claim.grounds
        if one.answer == "yes" and one.kind not in {"default-inspection", "class"}
    )
    if not named:
        named = tuple(one for one in claim.grounds if one.answer != "no" and one.kind != "default-inspection")
    if not named:
        raise DomainError(
            "a claim needs a ground that is not refused", todo="See claim.explain() for the reasons"
        )
    if answer_by is not None:
        day(answer_by, "answer_by")
    ceilings = [one.ceiling for one in named if one.ceiling is not None]
    wanted = max(ceilings, key=lambda one: one.amount, default=None)
    if asked is not None:
        if claim.currency is None:
            raise DomainError("asked needs the currency of the order", code="missing-value", value=asked)
        wanted = Money.of(asked, claim.currency)
    answers = claim.clock.deadline("supplier-answers")
    last = answer_by or (None if answers is None else answers.day)
    attached = tuple(dict.fromkeys(one.kind for one in claim.evidence if one.status in {"there", "unclear"}))
    return ClaimDraft(
        order=claim.order,
        supplier=claim.supplier,
        product=claim.product,
        grounds=named,
        evidence=attached,
        asked=wanted,
        answer_by=last,
    )
