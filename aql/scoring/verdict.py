"""The verdict on a lot: a decision for every line and for the lot, with everything it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from aql.errors import AqlError
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.scoring.deciding import Decision
from aql.scoring.lot_terms import LotTermResult
from aql.standards.iso2859_1.lookup import Lookup

if TYPE_CHECKING:
    import pandas as pd
    from pydantic import TypeAdapter

__all__ = ["Breach", "BreachedItem", "Evidence", "LineResult", "MissingReadings", "Outside", "Verdict"]

SCHEMA = "aql.verdict/1"


@dataclass(frozen=True, slots=True)
class MissingReadings:
    """Items of a sample that a term was not read on."""

    term: str
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of one decision line.

    Attributes
    ----------
    name, kind, class_name : str
        The line: a class, or a term with a plan of its own and its class.
    decision : "accept", "reject", "continue" or "hold"
        Decision of the line.
    found : int
        Nonconforming items, or nonconformities, that count.
    items : tuple of int
        The items behind the count; empty where the log gives counts only.
    inspected : int or None
        Items inspected, as the header says for this line or for all; the sample may hold fewer. None where the header
        does not say. [items]
    plan : SinglePlan or MultiplePlan
        The plan.
    lot_plan : SinglePlan or MultiplePlan
        The plan as carried out on this lot.
    stage : int
        Stage that was reached, from 1.
    sample : int
        Items in the sample up to that stage. [items]
    draw : int
        Items still to inspect before the plan decides. [items]
    basis : str
        How the plan was reached.
    lookup : Lookup or None
        The lookup behind it, with its trace.
    practice : bool
        True where the plan is the trade's practice and no plan of the standard.
    reinstates_normal : bool
        True where the count lies between Ac and Re: the lot is accepted and reduced inspection ends.
    missing : tuple of MissingReadings
        Readings that the sample needs and the log does not have.
    reasons : tuple of str
        Why, in words.
    """

    name: str
    kind: Literal["class", "term"]
    class_name: str
    decision: Decision
    found: int
    items: tuple[int, ...]
    inspected: int | None
    plan: SinglePlan | MultiplePlan
    lot_plan: SinglePlan | MultiplePlan
    stage: int
    sample: int
    draw: int
    basis: str
    lookup: Lookup | None
    practice: bool
    reinstates_normal: bool
    missing: tuple[MissingReadings, ...]
    reasons: tuple[str, ...]

    @property
    def ac(self) -> int | None:
        """Acceptance number at the stage that was reached; None where acceptance is not permitted yet."""
        return self.lot_plan.stages[self.stage - 1].ac

    @property
    def re(self) -> int:
        """Rejection number at the stage that was reached."""
        return self.lot_plan.stages[self.stage - 1].re


@dataclass(frozen=True, slots=True)
class BreachedItem:
    """An item that does not conform to a term.

    Attributes
    ----------
    item : int
        The item.
    found : str
        What was found on it.
    difference : str
        How far beyond the limit.
    counted : bool
        Whether the finding counts; False where the sample does not hold the item.
    """

    item: int
    found: str
    difference: str = ""
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Breach:
    """A term that was not met.

    Attributes
    ----------
    term, class_name : str
        The term and its class; the class is "" for a term without one.
    text : str
        The term as agreed, in words.
    agreed, found : str
        What was agreed, and the worst that was found on items that count. Where none counts, `found` says so.
    items : tuple of BreachedItem
        The items it was found on, with those that do not count; empty where the log gives counts only, or for the
        lot as a whole.
    count : int
        Nonconforming items, or nonconformities, that count; 0 where none does.
    difference : str
        The largest distance from what was agreed, on the same items as `found`.
    """

    term: str
    class_name: str
    text: str
    agreed: str
    found: str
    items: tuple[BreachedItem, ...]
    count: int
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """A finding that does not count, because the sample of its line does not hold the item."""

    item: int
    line: str
    term: str
    found: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the verdict rests on, by checksum.

    Attributes
    ----------
    contract_sha256, header_sha256, findings_sha256 : str
        SHA-256 of the contract, of the header and of the rows of the log.
    tables_sha256 : str
        SHA-256 of the tables.
    library_version : str
        Version of aql-sampling.
    """

    contract_sha256: str
    header_sha256: str
    findings_sha256: str
    tables_sha256: str
    library_version: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a lot.

    Attributes
    ----------
    decision : "accept", "reject", "continue" or "hold"
        ``"continue"``: a further sample is due; ``"hold"``: something the contract needs is missing.
    order, lot : str
        Order and lot.
    lot_size : int
        Items in the lot. [items]
    counting : "items" or "nonconformities"
        What was counted.
    classes : tuple of LineResult
        The classes, the most serious first.
    terms : tuple of LineResult
        The terms with a plan of their own.
    lot_terms : tuple of LotTermResult
        The terms judged once for the lot.
    breaches : tuple of Breach
        Every term that was not met, whether or not that rejects the lot.
    outside : tuple of Outside
        Findings that do not count.
    unlisted : int
        Defects that count and that no term lists; they cannot be claimed on as a term.
    notes : tuple of str
        What else a reader has to know.
    reinspection_of : str
        The rejected inspection that this one follows, or "".
    evidence : Evidence
        Checksums.
    """

    decision: Decision
    order: str
    lot: str
    lot_size: int
    counting: Literal["items", "nonconformities"]
    classes: tuple[LineResult, ...]
    terms: tuple[LineResult, ...]
    lot_terms: tuple[LotTermResult, ...]
    breaches: tuple[Breach, ...]
    outside: tuple[Outside, ...]
    unlisted: int
    notes: tuple[str, ...]
    reinspection_of: str
    evidence: Evidence

    @property
    def lines(self) -> tuple[LineResult, ...]:
        """All decision lines: the classes, then the terms with a plan of their own."""
        return self.classes + self.terms

    def explain(self) -> str:
        """Say the verdict and its reasons in plain sentences; see `aql.display.verdict.explain_verdict`."""
        from aql.display.verdict import explain_verdict

        return explain_verdict(self)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a decision line, with plan, count and decision, as a pandas frame.

        Column `n` holds the items in the line's sample up to the stage that was reached, `inspected` the items
        inspected as the header says; where it gives one number for all lines, that number stands in each.
        """
        import pandas as pd

        columns = (
            "line",
            "kind",
            "class",
            "n",
            "ac",
            "re",
            "inspected",
            "found",
            "decision",
            "draw",
            "basis",
        )
        rows = [
            (
                line.name,
                line.kind,
                line.class_name,
                line.sample,
                line.ac,
                line.re,
                line.inspected,
                line.found,
                line.decision,
                line.draw,
                line.basis,
            )
            for line in self.lines
        ]
        frame = pd.DataFrame(rows, columns=list(columns))
        return frame.astype({"ac": "Int64", "inspected": "Int64"})

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as plain values that JSON can carry."""
        data: dict[str, Any] = _adapter().dump_python(self, mode="json")
        return {"schema": SCHEMA} | data

    def to_json(self) -> str:
        """Return the verdict as JSON; `from_json` gives an equal verdict back."""
        import json

        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Verdict:
        """Build a verdict from what `to_dict` returned.

        Raises
        ------
        AqlError
            If the values are not those of a verdict.
        """
        from pydantic import ValidationError

        values = dict(data)
        schema = values.pop("schema", None)
        if schema != SCHEMA:
            raise AqlError(
                f"schema {schema!r} is no verdict", f"a verdict has {SCHEMA!r}", "Give what to_dict returned"
            )
        try:
            return _adapter().validate_python(values)
        except ValidationError as error:
            raise AqlError(
                f"these values are no verdict: {error}", "", "Give what to_dict returned"
            ) from None

    @classmethod
    def from_json(cls, text: str) -> Verdict:
        """Build a verdict from what `to_json` returned."""
        import json

        try:
            data = json.loads(text)
        except ValueError as error:
            raise AqlError(f"the text is no JSON: {error}", "", "Give what to_json returned") from None
        if not isinstance(data, dict):
            raise AqlError("the JSON holds no object", "a verdict is an object", "Give what to_json returned")
        return cls.from_dict(data)

    def __str__(self) -> str:
        return self.explain()

    def _repr_html_(self) -> str:
        from aql.display.inspection import verdict_html

        return verdict_html(self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        from aql import markup

        markup.pretty(self, printer)


@cache
def _adapter() -> TypeAdapter[Verdict]:
    from pydantic import TypeAdapter

    return TypeAdapter(Verdict)
