"""The assessment of a claim: grounds, cover, evidence, clock and settlement under a rule set, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import PlainSerializer

from aql.assurance.claim_facts import ClaimFacts
from aql.assurance.cover import CoverAnswer
from aql.assurance.dispute_clock import Clock
from aql.assurance.evidence import EvidenceCheck
from aql.assurance.grounds import Ground
from aql.assurance.money import stated
from aql.assurance.rule_sets import RuleSet
from aql.assurance.settlement import settle
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.json_values import JsonValue
from aql.documents.problems import table_of_keys
from aql.errors import DomainError
from aql.markup import Shown, in_words
from aql.words import in_brief, short_repr

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["AssessmentNote", "ClaimAssessment"]

SCHEMA = "aql.claim-assessment/1"
"""Name and version of the format in which an assessment is stored."""

_as_document = PlainSerializer(lambda document: document.to_dict(), return_type=dict)

AssessmentNote = Literal[
    "named-rules-differ",
    "boundary-inferred",
    "countries-unknown",
    "cover-type-left-out",
    "zone-of-rules",
    "events-after",
    "payments-after",
    "no-verdict",
]
"""What a reader of an assessment must know."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ClaimAssessment(JsonValue, Shown):
    """What can be claimed, until when, and how much comes back.

    Attributes
    ----------
    order : str
        Id of the order.
    supplier, product : str or None
        Supplier and product in the contract.
    currency : str or None
        Currency of the order.
    as_of : date
        Day of the assessment.
    rules : RuleSet
        The rule set.
    chosen_by : "name" or "date"
        How it was chosen.
    facts : ClaimFacts
        Order, payments, events, complaints and evidence.
    grounds : tuple of Ground
        Every ground with its answer.
    cover : CoverAnswer
        How much is covered.
    evidence : tuple of EvidenceCheck
        The checklist of evidence.
    clock : Clock
        State of the dispute and every deadline.
    unknown : tuple of str
        Keys of entries on which the rule set is silent.
    notes : tuple of str
        Codes of notes.
    contract_sha256 : str
        SHA-256 of the contract.
    library_version : str
        Version of aql-sampling that made the assessment.
    """

    order: str
    supplier: str | None
    product: str | None
    currency: str | None
    as_of: date
    rules: Annotated[RuleSet, _as_document]
    chosen_by: Literal["name", "date"]
    facts: Annotated[ClaimFacts, _as_document]
    grounds: tuple[Ground, ...]
    cover: CoverAnswer
    evidence: tuple[EvidenceCheck, ...]
    clock: Clock
    unknown: tuple[str, ...]
    notes: tuple[AssessmentNote, ...]
    contract_sha256: str
    library_version: str

    settlement = settle

    @property
    def admitted(self) -> tuple[Ground, ...]:
        """The grounds that would be admitted."""
        return tuple(one for one in self.grounds if one.answer == "yes")

    def ground(self, subject: str) -> Ground | None:
        """Return the first ground with that subject or kind; None if there is none."""
        found = [one for one in self.grounds if one.subject == subject]
        return next(iter(found or [one for one in self.grounds if one.kind == subject]), None)

    def explain(self) -> str:
        """Return the assessment in plain sentences."""
        return in_words(self)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per ground, with its answer, deciding reason, its rule and sources, proof and ceiling."""
        import pandas as pd

        rows = [
            {
                "kind": one.kind,
                "subject": one.subject,
                "answer": one.answer,
                "reason": one.reason,
                "rule": one.reasons[0].rule,
                "sources": ", ".join(self._sources(one.reasons[0].rule)),
                "proof": one.proof,
                "relief": one.relief,
                "ceiling": None if one.ceiling is None else one.ceiling.amount,
                "currency": None if one.ceiling is None else one.ceiling.currency,
                "lot": one.lot,
            }
            for one in self.grounds
        ]
        return pd.DataFrame(rows)

    def _sources(self, rule: str) -> tuple[str, ...]:
        """Ids of the sources of a rule."""
        entry = self.rules.find(rule)
        return () if entry is None else entry.source

    def to_dict(self) -> dict[str, object]:
        """Return the assessment as plain values that JSON can represent; `from_dict` restores an equal one."""
        return {"schema": SCHEMA} | super(ClaimAssessment, self).to_dict()

    @classmethod
    def from_dict(cls, data: Mapping[str, object], *, limits: InputLimits = DEFAULT_LIMITS) -> Self:
        """Build an assessment from what `to_dict` returned, if it is not larger than `limits`.

        Raises
        ------
        DomainError
            If the values are of another document or version.
        DocumentError
            If the values are not those of an assessment; it lists every problem.
        """
        values = table_of_keys(data, source="the assessment")
        schema = values.pop("schema", None)
        if not isinstance(schema, str) or schema != SCHEMA:
            raise DomainError(f'schema must be "{SCHEMA}", got {short_repr(schema)}', value=schema)
        return super(ClaimAssessment, cls).from_dict(values, limits=limits)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        yes = sum(one.answer == "yes" for one in self.grounds)
        maybe = sum(one.answer == "unclear" for one in self.grounds)
        return in_brief(
            "ClaimAssessment",
            f"{self.order} under {self.rules.name}: {yes} admitted, {maybe} unclear, cover {stated(self.cover.amount)}",
        )
