"""Nonconformities in a log: a defect on an item, or a count without item numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from aql.types import NotCounted
from aql.words import in_brief

__all__ = ["Count", "Defect"]


@dataclass(frozen=True, slots=True, repr=False)
class Defect:
    """A nonconformity on an item.

    Attributes
    ----------
    item : int
        Item number.
    line : str
        Decision line of the term or class.
    class_name : str
        Class of the term, or of the row if the contract lists no such term.
    term : str
        Id of the term; "" for a defect that the contract does not list.
    found : str
        The reading that was compared, with its unit; "" for a defect found by eye.
    note : str
        Note in the log.
    times : int
        Number of nonconformities of this kind on the item.
    difference : Decimal or None
        How far the reading is beyond the limit: negative below a minimum, positive above a maximum; None if nothing is
        measured. [the term's unit]
    counts_in : str
        Decision line in which the item counts, possibly a more serious class; "" if it does not count.
    not_counted : str or None
        Why it does not count, one of `aql.types.NOT_COUNTED`; None if it counts.
    sku, carton, photo : str
        SKU and carton of the item, and a photograph of the defect; "" if the log states none.
    """

    item: int
    line: str
    class_name: str
    term: str = ""
    found: str = ""
    note: str = ""
    times: int = 1
    difference: Decimal | None = None
    counts_in: str = ""
    not_counted: NotCounted | None = None
    sku: str = ""
    carton: str = ""
    photo: str = ""

    @property
    def counts(self) -> bool:
        """Whether it counts in any line."""
        return self.counts_in != ""

    def __repr__(self) -> str:
        where = f"counts in {self.counts_in}" if self.counts else self.not_counted or "not placed"
        what = self.found or self.note or "seen"
        return in_brief("Defect", f"item {self.item}, {self.term or self.line}: {where}; {what}")


@dataclass(frozen=True, slots=True, repr=False)
class Count:
    """A count of nonconforming items, or nonconformities, without item numbers.

    Attributes
    ----------
    line : str
        Decision line in which it counts.
    term : str
        Id of the term; "" if the row names only a class.
    number : int
        The count.
    note : str
        Note in the log.
    stage : int or None
        Stage of the plan in which they were found; None if the log does not say.
    sku, carton : str
        SKU and carton of the row; "" if it states none.
    """

    line: str
    term: str
    number: int
    note: str = ""
    stage: int | None = None
    sku: str = ""
    carton: str = ""

    def __repr__(self) -> str:
        return in_brief("Count", f"{self.number} in {self.line}, {self.term or 'no term'}")
