"""What was found nonconforming: on an item, or as a number without items."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from aql.types import NotCounted
from aql.words import in_brief

__all__ = ["Count", "Defect"]


@dataclass(frozen=True, slots=True, repr=False)
class Defect:
    """Something nonconforming on an item.

    Attributes
    ----------
    item : int
        The item.
    line : str
        Decision line that it belongs to.
    class_name : str
        Class of the term, or of the row where no term lists the defect.
    term : str
        The term; "" for a defect that no term lists.
    found : str
        The reading as it was compared, with its unit; "" for a defect found by eye.
    note : str
        What was noted.
    times : int
        Nonconformities of this kind on the item.
    difference : Decimal or None
        How far beyond the limit: negative below a minimum, positive above a maximum; None where nothing is measured.
        [the term's unit]
    counts_in : str
        Decision line in whose count the item is, which may be a more serious class; "" where it does not count.
    not_counted : str or None
        Why it does not count, one of `aql.types.NOT_COUNTED`; None where it counts.
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

    @property
    def counts(self) -> bool:
        """Whether it counts in some line."""
        return self.counts_in != ""

    def __repr__(self) -> str:
        where = f"counts in {self.counts_in}" if self.counts else self.not_counted or "not placed"
        what = self.found or self.note or "seen"
        return in_brief("Defect", f"item {self.item}, {self.term or self.line}: {where}; {what}")


@dataclass(frozen=True, slots=True, repr=False)
class Count:
    """A number of nonconforming items, or nonconformities, that the log gives without items.

    Attributes
    ----------
    line : str
        Decision line in which it counts.
    term : str
        The term; "" where the number is of the class itself.
    number : int
        How many.
    note : str
        What was noted.
    """

    line: str
    term: str
    number: int
    note: str = ""

    def __repr__(self) -> str:
        return in_brief("Count", f"{self.number} in {self.line}, {self.term or 'no term'}")
