"""Terms and classes: what was agreed, how serious a failure is, and the plan that decides."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema, model_validator
from pydantic.config import JsonDict

from aql.contract.colour import Colour
from aql.contract.judgement import Judgement
from aql.contract.kinds import checked_kind
from aql.contract.measures import Allowed, Answer, Equals, Measure, Measured
from aql.documents.document import Document
from aql.documents.fields import Count, DecimalText, FileName, Name, Number, Positive, Sha256, Text
from aql.documents.floats import FloatBits
from aql.errors import DomainError
from aql.languages import say
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.types import CountedOf, Effect, Level, TermKind, TextCase

__all__ = ["Class", "Level", "Minimum", "PlanSpec", "Reference", "Term", "TermKind"]

LOT_KINDS: tuple[TermKind, ...] = ("quantity", "packed-share", "shipment-date", "mark", "reference")
"""Kinds of lot terms, which are judged once for the lot, not item by item."""

_MEASURED_AS: dict[type[Document], TermKind] = {
    Measured: "measured",
    Colour: "colour",
    Allowed: "allowed",
    Equals: "text",
    Answer: "yes-no",
}


_REQUIREMENT = re.compile(r"^(no|not|none|never|without|free (?:of|from))\b|\b(must|shall)\b", re.IGNORECASE)

NotPermitted = Annotated[
    Count | None,
    BeforeValidator(lambda value: None if value == "#" else value),
    PlainSerializer(lambda value: "#" if value is None else value, return_type=int | str),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "#"}]}),
]
"""An acceptance number of a stage, or ``"#"`` if acceptance is not permitted."""


class PlanSpec(Document):
    """A plan stated in the contract: numbers for a single plan, lists for a plan of several stages.

    In lists, `ac` and `re` are cumulative, and an `ac` of ``"#"`` means that acceptance is not permitted.
    """

    n: Count | tuple[Count, ...]
    ac: Count | tuple[NotPermitted, ...]
    re: Count | tuple[Count, ...] | None = None

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
            "n, ac and re must be numbers, or lists of equal length; re can be left out only with numbers"
        )


class Minimum(Document):
    """The smallest sample of a class: a code letter, a number of items, or both."""

    letter: Annotated[str, Field(strict=True, pattern="^[A-HJ-NP-R]$")] | None = None
    n: Positive | None = None


class Class(Document):
    """A class of nonconformity, with its AQL or plan.

    Attributes
    ----------
    name : str
        Name of the class, such as ``"major"``.
    aql : Decimal or None
        AQL; 0 for "not allowed".
    plan : PlanSpec or None
        A plan to use instead of a plan of the table.
    inspect : "all" or None
        Inspect every item and accept on `ac` or fewer.
    ac : int or None
        Acceptance number with ``inspect = "all"``; defaults to 0.
    minimum : Minimum or None
        A letter or a sample size that the plan of the AQL has at least.
    """

    HINTS: ClassVar[dict[str, str]] = dict.fromkeys(
        ("sample", "n", "sample_size"),
        "A class takes its sample from its AQL. Write plan = { n = 50, ac = 2 } for a stated one",
    )

    name: Name
    aql: Number | None = None
    minimum: Minimum | None = None
    plan: PlanSpec | None = None
    inspect: Literal["all"] | None = None
    ac: Count | None = None


_GIVEN: JsonDict = {name: {"type": "string"} for name in ("file", "sha256", "seal")}


class Reference(Document):
    """A reference image or sample: a file with its SHA-256, or a sealed physical sample with the number of its seal."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["file", "sha256"], "properties": _GIVEN},
                {
                    "required": ["seal"],
                    "properties": _GIVEN,
                    "not": {"anyOf": [{"required": ["file"]}, {"required": ["sha256"]}]},
                },
            ]
        }
    )

    file: FileName | None = None
    sha256: Sha256 | None = None
    seal: Name | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Reference:
        if self.file is not None and self.sha256 is None:
            raise DomainError(
                f"sha256 is required with file {self.file!r}",
                todo="Use the checksum that 'aql hash FILE' prints",
                code="missing-key",
            )
        if (self.file is None) == (self.seal is None) or (self.file is None and self.sha256 is not None):
            raise DomainError(
                "a reference must be a file with its sha256, or a sealed sample with its seal",
                todo='Write { file = "...", sha256 = "..." } or { seal = "..." }',
                code="missing-key" if self.file is None and self.seal is None else "bad-value",
            )
        return self

    def named(self) -> str:
        """Return the file or the seal in words.

        Examples
        --------
        >>> Reference(seal="A-0117").named()
        'sealed sample A-0117'
        """
        return self.file if self.file is not None else say("sealed sample {seal}", seal=self.seal)


def _kind(value: object) -> object:
    return None if value is None else checked_kind(value)


class Term(Document):
    """One term of the contract.

    Attributes
    ----------
    id : str
        Id of the term, used in the log.
    class_ : str
        Class of nonconformity; ``class`` in a document.
    text : str
        The term as agreed, in words.
    measure : Measured, Colour, Allowed, Equals, Answer or None
        What is measured or read, and what conforms.
    kind : str or None
        Kind of term, one of `aql.types.TERM_KINDS`; defaults to the kind that follows from the measure.
    of : "items" or "cartons"
        What the term is judged on. A term of cartons has the cartons as its lot, and its own numbers for them.
    reading_of : str or None
        Id of a term whose readings this term judges as well, by limits of its own.
    level, sample, ac, aql, plan, inspect
        The term's own plan: an inspection level, a number of items, an AQL, a plan, or ``"all"``.
    rounding : Decimal or None
        Readings are rounded half-even to a multiple of this before they are compared.
    guard : Decimal or None
        Each limit is narrowed by this amount.
    text_case : {"exact", "ignore"} or None
        What a text is that differs from the agreed one in case alone: a breach, or the same; None: an error.
    not_applicable : bool
        Whether "N/A" is allowed instead of a reading or a defect; the item then conforms to this term.
    reference : Reference or None
        Reference image or sample.
    effect : "reject", "hold" or "note"
        What a breach of a lot term does to the lot.
    """

    id: Name
    class_: Name | None = Field(default=None, alias="class")
    text: Text
    measure: Measure | None = None
    kind: Annotated[TermKind | None, BeforeValidator(_kind)] = None
    of: CountedOf = "items"
    reading_of: Name | None = None
    level: Level | None = None
    sample: Positive | None = None
    ac: Count | None = None
    aql: Number | None = None
    plan: PlanSpec | None = None
    inspect: Literal["all"] | None = None
    rounding: DecimalText | None = None
    guard: DecimalText | None = None
    text_case: TextCase | None = None
    not_applicable: Annotated[bool, Field(strict=True)] = False
    reference: Reference | None = None
    effect: Effect | None = None

    @property
    def tested_as(self) -> TermKind | None:
        """The stated kind, or the one that follows from the measure or reference; None if nothing is measurable."""
        if self.kind is not None:
            return self.kind
        if self.measure is not None:
            return _MEASURED_AS[type(self.measure)]
        return "reference" if self.reference is not None else None

    @property
    def for_the_lot(self) -> bool:
        """Whether this is a lot term."""
        return self.tested_as in LOT_KINDS

    @property
    def is_read(self) -> bool:
        """Whether every item of the sample needs a reading."""
        return self.tested_as in {"measured", "colour", "allowed", "text", "yes-no"}

    @property
    def own_line(self) -> bool:
        """Whether the term has its own plan, sample, AQL or level."""
        return any(part is not None for part in (self.level, self.sample, self.aql, self.plan, self.inspect))

    def agreed(self) -> str:
        """Return what was agreed, in words: the limits of the measure, the answer to the text, or the text.

        The text of a visual term is quoted: it describes a defect, but a text that states a requirement instead, such as
        "Export carton, 5 layers", must not read as its opposite.
        """
        if isinstance(self.measure, Answer):
            return say('{answer} to "{question}"', answer=self.measure.agreed(), question=self.text)
        if self.measure is not None:
            return self.measure.agreed()
        return say('judged by eye: "{text}"', text=self.text) if self.tested_as == "visual" else self.text

    @property
    def states_requirement(self) -> bool:
        """Whether the text of a visual term states what is required, such as "No crack", instead of a defect."""
        return self.tested_as == "visual" and _REQUIREMENT.search(self.text) is not None

    def judged(self, text: str, *, bits: FloatBits | None = None) -> Judgement:
        """Compare a reading or answer with the measure; a term without a measure asks for yes or no.

        `bits` is the width of the binary float that it came as, if any.
        """
        measure = self.measure or Answer()
        if isinstance(measure, (Measured, Colour)):
            return measure.judge(text, rounding=self.rounding, guard=self.guard, bits=bits)
        if isinstance(measure, Answer):
            return measure.judge(text)
        return measure.judge(text, text_case=self.text_case)

    def problem(self, text: str) -> str | None:
        """Say what is wrong with the text of a reading or answer, or return None."""
        measure = self.measure or Answer()
        problem = measure.problem(text)
        if problem is None and isinstance(measure, (Allowed, Equals)) and self.text_case is None:
            near = measure.spellings.near_in_case(text)
            if near is not None:
                return f'must be {near!r}, unless the term states text_case = "exact" or "ignore"'
        return problem
