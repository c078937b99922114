"""The verdict on a lot: a decision for every line and for the lot, with everything it is based on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self, cast

from pydantic import Field, ModelWrapValidatorHandler, PlainSerializer, computed_field, model_validator

from aql.contract.contract import InspectionClause
from aql.contract.terms import Term
from aql.documents.fields import Positive
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.json_values import JsonValue
from aql.documents.problems import read_or_say, table_of_keys
from aql.errors import AqlError, DocumentError, DomainError
from aql.inspection.header import InspectionHeader
from aql.markup import Shown, as_html, in_words
from aql.scoring.breaches import Breach
from aql.scoring.by_sku import SkuResult
from aql.scoring.defects import Count, Defect
from aql.scoring.drawing import Drawing
from aql.scoring.line_result import LineResult, count_in_brief
from aql.scoring.lot_terms import LotTermResult
from aql.scoring.readings import LogNote, TermReadings
from aql.scoring.reasons import Reason
from aql.scoring.stored_verdict import contradictions
from aql.scoring.verdict_notes import item_notes, line_notes, lot_notes, reading_notes
from aql.types import COUNTED_OF, CountedOf, Counting, Decision
from aql.words import in_brief, listed, short_repr

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Evidence", "Verdict"]

SCHEMA: Literal["aql.verdict/2"] = "aql.verdict/2"
"""Name and version of the format in which a verdict is stored."""

_as_document = PlainSerializer(lambda document: document.to_dict())
_AsReasons = tuple[Annotated[Reason, PlainSerializer(Reason.to_dict)], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Evidence:
    """Checksums and versions of what the verdict is based on.

    Attributes
    ----------
    contract_sha256, header_sha256, findings_sha256 : str
        SHA-256 of the contract, of the header and of the rows of the log.
    tables_sha256 : str
        SHA-256 of the tables.
    library_version : str
        Version of aql-sampling that scored the inspection.
    """

    contract_sha256: str
    header_sha256: str
    findings_sha256: str
    tables_sha256: str
    library_version: str

    def __repr__(self) -> str:
        return in_brief(
            "Evidence", f"aql-sampling {self.library_version}, contract {self.contract_sha256[:12]}"
        )


@dataclass(frozen=True, slots=True, repr=False)
class Verdict(JsonValue, Shown):
    """The verdict on a lot, as facts; `explain` and the report put them into sentences.

    Attributes
    ----------
    decision : "accept", "reject", "continue" or "hold"
        ``"continue"``: a further sample is due; ``"hold"``: something that the contract requires is missing.
    header : InspectionHeader
        The header of the inspection (lot, date, inspector, remarks, photographs), without the source of its findings.
    supplier, product : str or None
        Supplier and product in the order.
    ordered : int or None
        Quantity ordered. [items]
    shipment_date : date or None
        Last date of shipment in the order.
    clause : InspectionClause
        The inspection settings of the contract.
    agreed : tuple of Term
        The terms of the contract.
    classes : tuple of LineResult
        Results of the classes, most serious first.
    terms : tuple of LineResult
        Results of the terms with their own plans.
    lot_terms : tuple of LotTermResult
        Results of the lot terms.
    defects : tuple of Defect
        Every defect on an item, in item order, with the line in which it counts or the reason that it does not.
    counts : tuple of Count
        Counts in the log without item numbers.
    readings : tuple of TermReadings
        Every reading, by term in the order of the contract.
    breaches : tuple of Breach
        Every term that was not met, whether or not the breach rejects the lot.
    unlisted : int
        Number of nonconforming items, or nonconformities, that count but are not listed as a term: they are not grounds
        for a claim.
    log_notes : tuple of LogNote
        Notes in the log that belong to neither a defect nor a count.
    limits : tuple of LineResult
        Results of the limits on several classes or terms.
    evidence : Evidence
        Checksums, and the version of the library.
    skus : tuple of SkuResult
        What was found on each SKU; empty if the log states no SKU.
    drawing : Drawing or None
        How the sample was drawn, if the header states it.

    Examples
    --------
    >>> from aql import examples, score
    >>> verdict = score(*examples.tablet_order())
    >>> verdict
    <Verdict PO-2026-0117 L1: reject, critical 1 of 125 (Ac 0)>
    >>> defect = verdict.defects[0]
    >>> defect.item, defect.term, defect.found, str(defect.difference), defect.counts_in
    (3, 'battery-capacity', '2870 mAh', '-130', 'battery-capacity')
    """

    decision: Decision
    header: Annotated[InspectionHeader, _as_document]
    supplier: str | None
    product: str | None
    ordered: Positive | None
    shipment_date: date | None
    clause: Annotated[InspectionClause, _as_document]
    agreed: tuple[Annotated[Term, _as_document], ...]
    classes: tuple[LineResult, ...]
    terms: tuple[LineResult, ...]
    lot_terms: tuple[LotTermResult, ...]
    defects: tuple[Defect, ...]
    counts: tuple[Count, ...]
    readings: tuple[TermReadings, ...]
    breaches: tuple[Breach, ...]
    unlisted: int
    log_notes: tuple[LogNote, ...]
    evidence: Evidence
    skus: tuple[SkuResult, ...] = ()
    limits: tuple[LineResult, ...] = ()
    drawing: Drawing | None = None
    schema_: Annotated[Literal["aql.verdict/2"], Field(alias="schema")] = field(default=SCHEMA, repr=False)

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data: object, read: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(data, cls):
            return data
        verdict = cast(Self, read_or_say(cls, _fields(data), read, source="the Verdict"))
        problems = list(contradictions(verdict))
        if problems:
            raise DocumentError("the Verdict", problems)
        return verdict

    @property
    def order(self) -> str:
        """Id of the order."""
        return self.header.contract

    @property
    def lot(self) -> str:
        """Id of the lot."""
        return self.header.lot.id

    @property
    def lot_size(self) -> int:
        """Number of items in the lot."""
        return self.header.lot.size

    @property
    def counting(self) -> Counting:
        """Whether items or nonconformities are counted."""
        return self.clause.counting

    @property
    def severity(self) -> str:
        """Severity of inspection in words: one, or each with the lines inspected at it."""
        found: dict[str, list[str]] = {}
        for line in self.lines:
            if line.severity is not None:
                found.setdefault(line.severity, []).append(line.name)
        if len(found) < 2:
            return next(iter(found), self.clause.severity)
        return listed(f"{severity} ({', '.join(names)})" for severity, names in found.items())

    @property
    def reinspection_of(self) -> str:
        """Id of the rejected inspection that this one repeats, or ""."""
        return self.header.inspection.reinspection_of

    @property
    def lines(self) -> tuple[LineResult, ...]:
        """All decision lines: the classes, the terms with their own plans, the limits."""
        return self.classes + self.terms + self.limits

    @property
    def outside(self) -> tuple[Defect, ...]:
        """Defects on items outside the sample of their line, up to the stage reached."""
        return tuple(one for one in self.defects if one.not_counted in {"outside-sample", "later-sample"})

    @computed_field(return_type=_AsReasons)  # type: ignore[prop-decorator]
    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons for the decision on each line: codes, facts and sentences."""
        return tuple(one for line in self.lines for one in line.reasons)

    @computed_field(return_type=_AsReasons)  # type: ignore[prop-decorator]
    @property
    def notes(self) -> tuple[Reason, ...]:
        """What a reader must know besides the counts: codes, facts and sentences."""
        return (
            *line_notes(self.lines, self.clause),
            *reading_notes(self.readings, self.counted_of),
            *item_notes(
                self.header.inspection,
                [one for one in self.defects if self.counted_of(one.term) == "items"],
                self.skus,
            ),
            *lot_notes(
                self.clause,
                outside={
                    of: [one.item for one in self.outside if self.counted_of(one.term) == of]
                    for of in COUNTED_OF
                },
                unlisted=self.unlisted,
                lot_size=self.lot_size,
                ordered=self.ordered,
            ),
        )

    def term(self, name: str) -> Term | None:
        """Return the term with that id; None if the contract has no such term."""
        return _by_id(self.agreed).get(name)

    def counted_of(self, term: str) -> CountedOf:
        """Whether the term of that id is of items or of cartons."""
        found = self.term(term)
        return "items" if found is None else found.of

    def explain(self, *, language: str | None = None) -> str:
        """Return the verdict and its reasons in plain sentences, one line per decision line and per breach.

        `language` is ``"en"``, the default, or ``"zh"`` for simplified Chinese.
        """
        return in_words(self, language=language)

    def to_html(self, *, language: str | None = None) -> str:
        """Return it as the block of HTML that a notebook shows, in English or in the language named."""
        return as_html(self, language=language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per decision line, with plan, count and decision, as a pandas frame.

        Column `n` is the sample size of the line up to the stage reached; `inspected` is the number of items inspected
        according to the header, repeated in each row if the header gives one number for all lines. `origin` says where
        the plan comes from; `aql` and `letter` say what was looked up, and are missing if the contract states the plan.
        """
        import pandas as pd

        rows = [
            {
                "line": line.name,
                "kind": line.kind,
                "class": line.class_name,
                "n": line.sample,
                "ac": line.ac,
                "re": line.re,
                "inspected": line.inspected,
                "found": line.found,
                "at_most": line.at_most,
                "decision": line.decision,
                "draw": line.draw,
                "origin": line.origin,
                "aql": line.lookup.aql if line.lookup is not None else None,
                "letter": line.lookup.plan_letter if line.lookup is not None else None,
            }
            for line in self.lines
        ]
        return pd.DataFrame(rows).astype({"ac": "Int64", "inspected": "Int64"})

    def to_dict(self) -> dict[str, object]:
        """Return the verdict as plain values that JSON can represent; `from_dict` restores an equal verdict.

        Its reasons and notes are included, each with code, facts and text, though they follow from the rest.
        """
        return {"schema": self.schema_} | super(Verdict, self).to_dict()

    @classmethod
    def from_dict(cls, data: Mapping[str, object], *, limits: InputLimits = DEFAULT_LIMITS) -> Self:
        """Build a verdict from what `to_dict` returned, if it is not larger than `limits`.

        Raises
        ------
        AqlError
            If the verdict was stored in the format of another version of the library; the message names that version.
        DocumentError
            If the values are not those of a verdict, or do not agree with each other: the counts with the defects, the
            decisions with the counts, the lot with its lines. It lists every problem.
        """
        return super(Verdict, cls).from_dict(_fields(data), limits=limits)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        return in_brief("Verdict", f"{self.order} {self.lot}: {self.decision}, {_cause(self)}")


def _cause(verdict: Verdict) -> str:
    """The first line or lot term whose decision is that of the lot."""
    for line in verdict.lines:
        if line.decision == verdict.decision:
            return f"{line.name} {count_in_brief(line)}"
    cause = (f"{one.term} {one.status}" for one in verdict.lot_terms if one.decision == verdict.decision)
    return next(cause, "nothing judged")


def _fields(data: object) -> dict[str, object]:
    """The fields in stored values, without reasons and notes, which follow from them; raise if it is another format."""
    values = table_of_keys(data, source="the Verdict")
    schema = values.get("schema")
    if not isinstance(schema, str) or schema != SCHEMA:
        raise _other_form(values.get("schema"), values.get("evidence"))
    return {name: value for name, value in values.items() if name not in {"reasons", "notes"}}


def _other_form(schema: object, evidence: object) -> AqlError:
    """The error for a verdict in another format, naming the version of the library that stored it."""
    if not isinstance(schema, str) or not schema.startswith("aql.verdict/"):
        return DomainError(f'schema must be "{SCHEMA}", got {short_repr(schema)}', value=schema)
    version = evidence.get("library_version", "unknown") if isinstance(evidence, Mapping) else "unknown"
    return AqlError(
        f"the verdict was stored by aql-sampling {version} as {schema}, but this version reads {SCHEMA}",
        todo="Score the contract and the inspection again, or load the verdict with that version",
        code="other-version",
        schema=schema,
        version=version,
    )


_LATEST: list[tuple[tuple[Term, ...], dict[str, Term]]] = [((), {})]


def _by_id(agreed: tuple[Term, ...]) -> dict[str, Term]:
    """The terms by id; kept for the latest verdict, of which a report asks for each term many times."""
    terms, by_id = _LATEST[0]
    if terms is not agreed:
        by_id = {term.id: term for term in reversed(agreed)}
        _LATEST[0] = (agreed, by_id)
    return by_id
