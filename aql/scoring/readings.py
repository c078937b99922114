"""The readings of an inspection by term, each with the number that was compared if the term is measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from aql.contract.colour import Colour
from aql.contract.measures import Measured
from aql.contract.terms import Term
from aql.documents.decimals import exact_decimal
from aql.documents.floats import FloatBits, taken_number
from aql.words import in_brief, ranges

__all__ = ["LogNote", "Reading", "TermReadings", "TooNear", "judged_reading", "term_readings", "too_near"]


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
        The number that the reading was taken as, before any rounding: a binary float is taken at 15 significant digits.
        For a colour logged as coordinates, the colour difference. None if the term is not measured. [the term's unit]
    compared : Decimal or None
        The number that was compared with the limits. [the term's unit]
    conforms : bool
        Whether the reading meets the term.
    difference : Decimal or None
        How far the reading is beyond the limit; None if it conforms or nothing is measured. [the term's unit]
    too_near : Decimal or None
        The limit that a binary float is too near to be told from it; the reading is then not judged: `conforms` is
        False, but it does not count as a defect, and the line is held. [the term's unit]
    answer : str
        What a text or an answer says, as the contract spells it, such as "yes" for Y; "" if the term is measured.
    """

    item: int
    text: str
    number: Decimal | None
    compared: Decimal | None
    conforms: bool
    difference: Decimal | None
    too_near: Decimal | None = None
    answer: str = ""

    @property
    def taken_otherwise(self) -> bool:
        """Whether the number taken differs from the text, as 200 from 199.99999999999997."""
        return self.number is not None and exact_decimal(self.text) not in {None, self.number}

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
    not_applicable : tuple of int
        Items to which the term does not apply: they stay in the sample, and conform to this term.
    """

    term: str
    unit: str
    lower: Decimal | None
    upper: Decimal | None
    readings: tuple[Reading, ...]
    not_applicable: tuple[int, ...] = ()

    def __repr__(self) -> str:
        wrong = sum(not one.conforms for one in self.readings)
        return in_brief("TermReadings", f"{self.term}: {len(self.readings)}, {wrong} not conforming")


@dataclass(frozen=True, slots=True, repr=False)
class TooNear:
    """Readings of a term that came as binary floats and are too near to a limit to be told from it.

    Attributes
    ----------
    term : str
        Id of the term.
    items : tuple of int
        Item numbers in ascending order.
    text : str
        The first of these readings as logged.
    limit : Decimal
        The limit that it is too near to. [the term's unit]
    """

    term: str
    items: tuple[int, ...]
    text: str
    limit: Decimal

    def __repr__(self) -> str:
        return in_brief("TooNear", f"{self.term}, items {ranges(self.items)}: {self.text}, {self.limit:f}")


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


def term_readings(
    term: Term, readings: Mapping[int, Reading], not_applicable: Iterable[int] = ()
) -> TermReadings:
    """Collect the readings of a term, with the limits they were compared with.

    Parameters
    ----------
    term : Term
        A term with readings, or one judged by eye that does not apply to some items.
    readings : mapping of int to Reading
        Its readings by item.
    not_applicable : iterable of int
        Items to which the term does not apply.

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
    return TermReadings(
        term.id,
        unit,
        lower,
        upper,
        tuple(readings[item] for item in sorted(readings)),
        tuple(sorted(not_applicable)),
    )


def too_near(term: Term, readings: Iterable[Reading], last: int) -> TooNear | None:
    """Return the readings on items 1 to `last` that are too near to a limit; None if there are none."""
    found = sorted(
        (one.item, one.text, one.too_near)
        for one in readings
        if one.too_near is not None and one.item <= last
    )
    if not found:
        return None
    _, text, limit = found[0]
    return TooNear(term.id, tuple(item for item, _, _ in found), text, limit)


def judged_reading(item: int, text: str, term: Term, *, bits: FloatBits | None = None) -> tuple[Reading, str]:
    """Compare a reading with its term; return the reading with its result, and the compared value as text.

    Parameters
    ----------
    item : int
        Item number.
    text : str
        The reading, with a decimal point.
    term : Term
        A term with readings.
    bits : {32, 64}, optional
        Width of the binary float that the reading came as, if any.

    Examples
    --------
    >>> term = Term.from_dict(
    ...     {"id": "width", "text": "Width", "measure": {"unit": "mm", "max": "5"}, "rounding": "0.1"}
    ... )
    >>> reading, found = judged_reading(7, "5.26", term)
    >>> reading.number, reading.compared, reading.difference, found
    (Decimal('5.26'), Decimal('5.3'), Decimal('0.3'), '5.3 mm')
    """
    judged = term.judged(text, bits=bits)
    number = judged.compared
    if number is not None:
        taken = taken_number(text, bits)
        # The coordinates of a colour are not a single number, but their colour difference is.
        number = number if taken is None else taken.value
    reading = Reading(
        item,
        text,
        number,
        judged.compared,
        judged.conforms,
        judged.difference,
        judged.too_near,
        "" if number is not None else judged.found,
    )
    return reading, judged.found
