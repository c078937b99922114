"""The readings of an inspection by term, each with the number that was compared if the term is measured."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from aql.contract.colour import Colour
from aql.contract.measures import Measured
from aql.contract.terms import Term
from aql.documents.fields import exact_decimal
from aql.words import in_brief

__all__ = ["LogNote", "Reading", "TermReadings", "judged_reading", "term_readings"]


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """A reading of a term on an item.

    Attributes
    ----------
    item : int
        Item number.
    text : str
        The reading as logged, with a decimal point.
    number : Decimal or None
        The reading as a number before any rounding; for a colour logged as coordinates, the colour difference. None
        if the term is not measured. [the term's unit]
    compared : Decimal or None
        The number that was compared with the limits. [the term's unit]
    conforms : bool
        Whether the reading meets the term.
    difference : Decimal or None
        How far the reading is beyond the limit; None if it conforms or nothing is measured. [the term's unit]
    """

    item: int
    text: str
    number: Decimal | None
    compared: Decimal | None
    conforms: bool
    difference: Decimal | None

    def __repr__(self) -> str:
        return in_brief(
            "Reading", f"item {self.item}: {self.text}, {'' if self.conforms else 'not '}conforming"
        )


@dataclass(frozen=True, slots=True, repr=False)
class TermReadings:
    """All readings of one term.

    Attributes
    ----------
    term : str
        Id of the term.
    unit : str
        Unit of the readings; "" for plain numbers and for text.
    lower, upper : Decimal or None
        The limits that the readings are compared with, narrowed by any guard; None if there is no such limit.
        [the unit]
    readings : tuple of Reading
        The readings in item order, including those outside the sample.
    """

    term: str
    unit: str
    lower: Decimal | None
    upper: Decimal | None
    readings: tuple[Reading, ...]

    def __repr__(self) -> str:
        wrong = sum(not one.conforms for one in self.readings)
        return in_brief("TermReadings", f"{self.term}: {len(self.readings)}, {wrong} not conforming")


@dataclass(frozen=True, slots=True, repr=False)
class LogNote:
    """A note in the log that belongs to no defect: with a reading, instead of a reading, or about the lot.

    Attributes
    ----------
    term : str
        Id of the term.
    item : int or None
        Item number; None for a lot term.
    note : str
        The note.
    """

    term: str
    item: int | None
    note: str

    def __repr__(self) -> str:
        where = "the lot" if self.item is None else f"item {self.item}"
        return in_brief("LogNote", f"{self.term}, {where}: {self.note}")


def term_readings(term: Term, readings: dict[int, Reading]) -> TermReadings:
    """Collect the readings of a term, with the limits they were compared with.

    Parameters
    ----------
    term : Term
        A term with readings.
    readings : dict of int to Reading
        Its readings by item.

    Returns
    -------
    TermReadings
        The readings in item order.
    """
    lower: Decimal | None = None
    upper: Decimal | None = None
    unit = ""
    if isinstance(term.measure, Measured):
        lower, upper = term.measure.limits(term.guard)
        unit = "" if term.measure.unit in {None, "1"} else str(term.measure.unit)
    elif isinstance(term.measure, Colour):
        upper = term.measure.limit(term.guard)
    return TermReadings(term.id, unit, lower, upper, tuple(readings[item] for item in sorted(readings)))


def judged_reading(item: int, text: str, term: Term) -> tuple[Reading, str]:
    """Compare a reading with its term; return the result, and the compared value as text.

    Examples
    --------
    >>> term = Term.from_dict(
    ...     {"id": "width", "text": "Width", "measure": {"unit": "mm", "max": "5"}, "rounding": "0.1"}
    ... )
    >>> reading, found = judged_reading(7, "5.26", term)
    >>> reading.number, reading.compared, reading.difference, found
    (Decimal('5.26'), Decimal('5.3'), Decimal('0.3'), '5.3 mm')
    """
    judged = term.judged(text)
    number = judged.compared
    if number is not None and (term.rounding is not None or isinstance(term.measure, Colour)):
        written = exact_decimal(text)
        # The coordinates of a colour are not a single number, but their colour difference is.
        number = number if written is None else written
    return Reading(item, text, number, judged.compared, judged.conforms, judged.difference), judged.found
