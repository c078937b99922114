"""The section on tests and measurements of the report: the readings of each term, and a picture of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from aql import markup
from aql.contract.terms import Term
from aql.display.breaches import reading_in_words
from aql.languages import numeral, say
from aql.report.reading_pictures import reading_picture
from aql.scoring.defects import Defect
from aql.scoring.readings import LogNote, TermReadings
from aql.scoring.verdict import Verdict
from aql.words import ranges, signed

__all__ = ["ReadTerm", "read_terms"]

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadTerm:
    """The readings of one term.

    Attributes
    ----------
    term : Term
        The term.
    agreed : str
        What was agreed, with rounding and guard.
    read : int
        Number of items with a reading.
    missing : str
        Items of the sample without a reading, or "".
    smallest, largest : str
        Smallest and largest reading of a measured term as logged, with unit; otherwise "".
    values : tuple of (str, int)
        For a term that is not measured, its distinct readings, each with how often it occurs.
    nonconforming : tuple of (Defect, str)
        Nonconforming readings, each with how far it is beyond the limit.
    counted : int
        Number nonconforming if the log gives a count instead of readings.
    notes : tuple of LogNote
        Notes with a conforming reading, or instead of a reading.
    picture : Html or None
        The readings and limits on an axis.
    instrument : str
        What it was measured with; "" if that is not stated.
    """

    term: Term
    agreed: str
    read: int
    missing: str
    smallest: str
    largest: str
    values: tuple[tuple[str, int], ...]
    nonconforming: tuple[tuple[Defect, str], ...]
    counted: int
    notes: tuple[LogNote, ...]
    picture: markup.Html | None
    instrument: str


def read_terms(verdict: Verdict) -> tuple[ReadTerm, ...]:
    """Collect the readings in the report, for every term that has any.

    Parameters
    ----------
    verdict : Verdict
        The verdict.

    Returns
    -------
    tuple of ReadTerm
        In the order of the contract.
    """
    terms = {term.id: term for term in verdict.agreed}
    return tuple(
        _read_term(terms[one.term], one, verdict) for one in verdict.readings if terms[one.term].is_read
    )


def _read_term(term: Term, found: TermReadings, verdict: Verdict) -> ReadTerm:
    numbers = sorted(one.number for one in found.readings if one.number is not None)
    texts = Counter(
        reading_in_words(one.answer or one.text, term) for one in found.readings if one.number is None
    )
    wrong = tuple(one for one in verdict.defects if one.term == term.id)
    missing = [gap.items for line in verdict.lines for gap in line.missing if gap.term == term.id]
    return ReadTerm(
        term=term,
        agreed=_agreed(term),
        read=len(found.readings),
        missing=ranges(missing[0], most=_ALL) if missing else "",
        smallest=_with_unit(numbers[0], found.unit) if numbers else "",
        largest=_with_unit(numbers[-1], found.unit) if numbers else "",
        values=tuple(sorted(texts.items())),
        nonconforming=tuple((one, "" if one.difference is None else signed(one.difference)) for one in wrong),
        counted=sum(one.number for one in verdict.counts if one.term == term.id),
        notes=tuple(one for one in verdict.log_notes if one.term == term.id),
        picture=reading_picture(found, term.agreed()) if len(numbers) > 1 else None,
        instrument=dict(verdict.header.inspection.instruments).get(term.id, ""),
    )


def _with_unit(number: Decimal, unit: str) -> str:
    return f"{numeral(number)} {unit}".strip()


def _agreed(term: Term) -> str:
    parts = [term.agreed()]
    if term.rounding is not None:
        parts.append(say("readings rounded to {step}", step=numeral(term.rounding)))
    if term.guard is not None:
        parts.append(say("limits narrowed by {guard}", guard=numeral(term.guard)))
    return say("; ").join(parts)
