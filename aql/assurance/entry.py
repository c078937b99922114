"""An entry of a rule set: a number, a word or a yes/no, with its sources, or the statement that it is unknown."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from aql.documents.decimals import exact_decimal
from aql.documents.document import Document
from aql.documents.fields import IsoDate, Name, Text
from aql.errors import AqlError
from aql.words import short_repr

__all__ = ["RELIABILITIES", "Conflict", "Entry", "Reliability", "RuleSource", "Value"]

Reliability = Literal["A", "B", "C", "D", "E"]
"""A: page of the platform; B: copy of one; C: law firm or sourcing company; D: first-hand report; E: content site."""
RELIABILITIES: tuple[Reliability, ...] = ("A", "B", "C", "D", "E")


def _value(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (str, int, list, tuple)):
        raise AqlError(
            f"must be a whole number, text or a list of texts, got {short_repr(value)}",
            todo='Write a decimal number as text, and yes or no as "yes" or "no"',
            code="bad-value",
        )
    return tuple(value) if isinstance(value, (list, tuple)) else value


Value = Annotated[
    int | str | tuple[str, ...],
    BeforeValidator(_value),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "array"}]}),
]
"""A whole number, text (decimal numbers too), or a list of texts."""

Names = Annotated[tuple[Name, ...], Field(min_length=1)]


class RuleSource(Document):
    """A source of entries.

    Attributes
    ----------
    id : str
        Short name, used by the entries.
    what : str
        What it is: title, page or publisher.
    url : str or None
        Where it is.
    dated : str
        Date of the page or article, or ``"undated"``.
    reliability : "A" to "E"
        A: page of the platform itself; B: copy of such a page; C: law firm or sourcing company; D: first-hand report;
        E: content site.
    """

    id: Name
    what: Text
    url: Text | None = None
    dated: Text
    reliability: Reliability


class Conflict(Document):
    """Another value of the same entry, in another source."""

    value: Value
    source: Names
    note: Text | None = None


class Entry(Document):
    """One rule: a value with its sources, or the statement that the sources are silent.

    Attributes
    ----------
    key : str
        Which rule; `aql.assurance.KEYS` lists them.
    value : int, str or tuple of str, or None
        The value; None if it is unknown.
    unit : str or None
        Currency of an amount.
    source : tuple of str
        Sources that state it; of an unknown entry, those that were read and are silent.
    date : str or None
        Date of the rule, if it differs from that of its source.
    since, until : date or None
        First and last day on which it applies, by date of payment.
    inferred : bool
        Whether it is concluded from the wording rather than stated.
    conflict : tuple of Conflict
        Other values in other sources.
    note : str or None
        What a reader must know.
    part : str
        The file that holds it, if a rule set takes it from another file.
    """

    key: Name
    value: Value | None = None
    unknown: Literal[True] | None = None
    unit: Name | None = None
    source: Names
    date: Text | None = None
    since: IsoDate | None = None
    until: IsoDate | None = None
    inferred: bool = False
    conflict: tuple[Conflict, ...] = ()
    note: Text | None = None
    part: str = ""

    @property
    def number(self) -> int:
        """The value as a whole number."""
        if not isinstance(self.value, int):
            raise TypeError(self.key)
        return self.value

    @property
    def decimal(self) -> Decimal:
        """The value as a decimal number."""
        number = exact_decimal(str(self.value))
        if number is None:
            raise TypeError(self.key)
        return number

    @property
    def words(self) -> tuple[str, ...]:
        """The value as a list of words."""
        return self.value if isinstance(self.value, tuple) else (str(self.value),)

    def __str__(self) -> str:
        if self.value is None:
            return "unknown"
        text = ", ".join(self.words)
        return f"{text} {self.unit}" if self.unit else text
