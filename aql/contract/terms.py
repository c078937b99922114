"""Terms and classes: what counts, how seriously, and by which plan it is judged."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from aql.contract.colour import Colour
from aql.contract.judgement import Judgement
from aql.contract.measures import Allowed, Answer, Equals, Measure, Measured
from aql.documents.document import Document
from aql.documents.fields import DecimalText, FileName, Name, Number, Sha256, Text
from aql.errors import DomainError
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.types import Effect, Level, TermKind

__all__ = ["Class", "Level", "PlanSpec", "Reference", "Term", "TermKind"]

LOT_KINDS: tuple[TermKind, ...] = ("quantity", "packed-share", "shipment-date", "mark", "reference")
"""Kinds of terms that are judged once for the lot, not item by item."""

_MEASURED_AS: dict[type[Document], TermKind] = {
    Measured: "measured",
    Colour: "colour",
    Allowed: "allowed",
    Equals: "text",
    Answer: "yes-no",
}


Whole = Annotated[int, Field(strict=True, ge=0)]
NotPermitted = Annotated[
    Whole | None,
    BeforeValidator(lambda value: None if value == "#" else value),
    PlainSerializer(lambda value: "#" if value is None else value, return_type=int | str),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "#"}]}),
]
"""An acceptance number of a stage, or ``"#"`` where acceptance is not permitted."""


class PlanSpec(Document):
    """A plan stated in the contract: numbers for a single plan, lists for one of several stages.

    In lists `ac` is cumulative and ``"#"`` means that acceptance is not permitted.
    """

    n: Whole | tuple[Whole, ...]
    ac: Whole | tuple[NotPermitted, ...]
    re: Whole | tuple[Whole, ...] | None = None

    @model_validator(mode="after")
    def _possible(self) -> PlanSpec:
        self.plan()
        return self

    def plan(self) -> SinglePlan | MultiplePlan:
        """Return the plan as a value."""
        if isinstance(self.n, int) and isinstance(self.ac, int) and not isinstance(self.re, tuple):
            return SinglePlan(self.n, self.ac, self.re)
        if isinstance(self.n, tuple) and isinstance(self.ac, tuple) and isinstance(self.re, tuple):
            return MultiplePlan(self.n, self.ac, self.re)
        raise DomainError(
            "n, ac and re must be numbers, or lists of one length; only a number re may be left out"
        )


class Class(Document):
    """A class of nonconformity with the AQL or the plan that judges it.

    Attributes
    ----------
    name : str
        Name of the class, such as ``"major"``.
    aql : Decimal or None
        AQL; 0 for "not allowed".
    plan : PlanSpec or None
        A plan that is used instead of the table's.
    inspect : "all" or None
        Inspect every item and accept on `ac` or fewer.
    ac : int or None
        Acceptance number with ``inspect = "all"``; defaults to 0.
    """

    name: Name
    aql: Number | None = None
    plan: PlanSpec | None = None
    inspect: Literal["all"] | None = None
    ac: Whole | None = None


class Reference(Document):
    """A reference image or sample: a file and its SHA-256."""

    file: FileName
    sha256: Sha256


class Term(Document):
    """One term of the contract.

    Attributes
    ----------
    id : str
        Name of the term; the log uses it.
    class_ : str
        Class of nonconformity; ``class`` in a document.
    text : str
        The term as agreed, in words.
    measure : Measured, Colour, Allowed, Equals, Answer or None
        What is measured or read, and what conforms.
    kind : str or None
        What sort of term this is; defaults to what follows from the measure.
    level, sample, ac, aql, plan, inspect
        A decision line of its own: an inspection level, a number of items, an AQL or a plan.
    rounding : Decimal or None
        Readings are rounded half-even to a multiple of this before they are compared.
    guard : Decimal or None
        Limits are narrowed by this much.
    reference : Reference or None
        Reference image or sample.
    effect : "reject", "hold" or "note"
        What a breach of a lot-level term does to the lot.
    """

    id: Name
    class_: Name | None = Field(default=None, alias="class")
    text: Text
    measure: Measure | None = None
    kind: TermKind | None = None
    level: Level | None = None
    sample: Annotated[int, Field(strict=True, ge=1)] | None = None
    ac: Whole | None = None
    aql: Number | None = None
    plan: PlanSpec | None = None
    inspect: Literal["all"] | None = None
    rounding: DecimalText | None = None
    guard: DecimalText | None = None
    reference: Reference | None = None
    effect: Effect | None = None

    @property
    def tested_as(self) -> TermKind | None:
        """The kind that is stated, or follows from the measure or the reference; None where nothing is measurable."""
        if self.kind is not None:
            return self.kind
        if self.measure is not None:
            return _MEASURED_AS[type(self.measure)]
        return "reference" if self.reference is not None else None

    @property
    def for_the_lot(self) -> bool:
        """Whether the term is judged once for the lot."""
        return self.tested_as in LOT_KINDS

    @property
    def is_read(self) -> bool:
        """Whether every item of the sample needs a reading."""
        return self.tested_as in {"measured", "colour", "allowed", "text", "yes-no"}

    @property
    def own_line(self) -> bool:
        """Whether the term has a level, sample, AQL or plan of its own."""
        return any(part is not None for part in (self.level, self.sample, self.aql, self.plan, self.inspect))

    def agreed(self) -> str:
        """Return what was agreed, in words: the measure's limits, or the text."""
        if self.measure is not None:
            return self.measure.agreed()
        return f"none of: {self.text}" if self.tested_as == "visual" else self.text

    def judged(self, text: str) -> Judgement:
        """Compare the text of a reading with the measure; see `Judgement`."""
        if self.measure is None:
            raise ValueError(self.id)
        return self.measure.judge(text, rounding=self.rounding, guard=self.guard)
