"""On-site tests and measurements: what was read for each term, and a picture of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aql import markup
from aql.contract.contract import Contract
from aql.contract.measures import Colour, Measured
from aql.contract.terms import Term
from aql.documents.fields import exact_decimal
from aql.inspection.inspection import Inspection
from aql.scoring.reasons import item_ranges
from aql.scoring.verdict import BreachedItem, Verdict

__all__ = ["TermReadings", "term_readings", "unit_of", "with_unit"]

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class TermReadings:
    """What was read for one term.

    Attributes
    ----------
    term : Term
        The term.
    agreed : str
        What was agreed, with rounding and guard.
    read : int
        Items read.
    missing : str
        Items of the sample that were not read, or "".
    smallest, largest : str
        The extreme readings of a measured term as logged, with their unit; else "".
    values : tuple of (str, int)
        For a term that is not measured, its readings and how often each was read.
    nonconforming : tuple of BreachedItem
        Items that do not conform.
    counted : int
        Nonconforming, where the log gives a count in place of readings.
    notes : tuple of (int, str)
        Items with a note beside a reading that conforms, or in place of one.
    picture : Html or None
        The readings on a line, against the limits.
    """

    term: Term
    agreed: str
    read: int
    missing: str
    smallest: str
    largest: str
    values: tuple[tuple[str, int], ...]
    nonconforming: tuple[BreachedItem, ...]
    counted: int
    notes: tuple[tuple[int, str], ...]
    picture: markup.Html | None


def term_readings(verdict: Verdict, contract: Contract, inspection: Inspection) -> tuple[TermReadings, ...]:
    """Gather what was read for every term that is read item by item.

    Parameters
    ----------
    verdict : Verdict
        The verdict.
    contract : Contract
        The contract it rests on.
    inspection : Inspection
        The inspection it rests on.

    Returns
    -------
    tuple of TermReadings
        In the order of the contract.
    """
    return tuple(_of_term(term, verdict, inspection) for term in contract.terms if term.is_read)


def unit_of(term: Term | None) -> str:
    """Return the unit of a measured term, or ""."""
    measure = term.measure if term is not None else None
    return measure.unit or "" if isinstance(measure, Measured) and measure.unit != "1" else ""


def with_unit(number: str, term: Term | None) -> str:
    """Write a difference with the unit of its term."""
    unit = unit_of(term)
    return f"{number} {unit}" if number and unit else number


def _of_term(term: Term, verdict: Verdict, inspection: Inspection) -> TermReadings:
    comma = inspection.header.findings.decimal == ","
    rows = [row for row in inspection.rows if row.term == term.id]
    read = {row.item: row.value for row in rows if row.item is not None and row.value}
    breach = next((one for one in verdict.breaches if one.term == term.id), None)
    wrong = breach.items if breach is not None else ()
    wrong_items = {one.item for one in wrong}
    numbers: dict[int, Decimal] = {}
    if isinstance(term.measure, (Measured, Colour)):
        for item, text in read.items():
            numbers[item] = _number(text.replace(",", ".") if comma else text, term)
    ends = sorted(numbers.values())
    unit = "" if isinstance(term.measure, Colour) else unit_of(term)
    return TermReadings(
        term=term,
        agreed=_agreed(term),
        read=len(read),
        missing=_missing(term, verdict),
        smallest=f"{ends[0]:f} {unit}".strip() if ends else "",
        largest=f"{ends[-1]:f} {unit}".strip() if ends else "",
        values=() if numbers else tuple(sorted(Counter(read.values()).items())),
        nonconforming=wrong,
        counted=sum(row.count or 0 for row in rows if row.item is None),
        notes=tuple(
            (row.item, row.note) for row in rows if row.item and row.note and row.item not in wrong_items
        ),
        picture=_strip(numbers, wrong_items, term, unit) if len(numbers) > 1 else None,
    )


def _number(text: str, term: Term) -> Decimal:
    """A reading as a number; a colour read as coordinates becomes its difference."""
    number = exact_decimal(text)
    return number if number is not None else Decimal(term.judged(text).found.removeprefix("dE2000 "))


def _agreed(term: Term) -> str:
    parts = [term.agreed()]
    if term.rounding is not None:
        parts.append(f"readings rounded to {term.rounding:f}")
    if term.guard is not None:
        parts.append(f"limits narrowed by {term.guard:f}")
    return "; ".join(parts)


def _missing(term: Term, verdict: Verdict) -> str:
    gaps = [gap.items for line in verdict.lines for gap in line.missing if gap.term == term.id]
    return item_ranges(gaps[0], most=_ALL) if gaps else ""


def _limits(term: Term) -> tuple[Decimal | None, Decimal | None]:
    """The limits that readings are compared with: those agreed, narrowed by the guard."""
    measure, guard = term.measure, term.guard or Decimal(0)
    low = measure.lower if isinstance(measure, Measured) else None
    high = measure.upper if isinstance(measure, Measured) else getattr(measure, "max", None)
    return None if low is None else low + guard, None if high is None else high - guard


def _strip(numbers: dict[int, Decimal], wrong: set[int], term: Term, unit: str) -> markup.Html:
    """Readings as strokes on a line; the agreed range is shaded, readings outside it are crosses."""
    low, high = _limits(term)
    marks = [float(one) for one in (*numbers.values(), low, high) if one is not None]
    first, last = min(marks), max(marks)
    margin = (last - first) * 0.06 or 1.0
    first, last, width, base = first - margin, last + margin, 260, 26

    def across(number: float | Decimal) -> float:
        return round(4 + (width - 8) * (float(number) - first) / (last - first), 1)

    left, right = across(first if low is None else low), across(last if high is None else high)
    good = " ".join(f"M{across(number)} 8v12" for item, number in numbers.items() if item not in wrong)
    bad = " ".join(
        f"M{across(number) - 3:.1f} 4l6 6m0 -6l-6 6" for item, number in numbers.items() if item in wrong
    )
    said = f"{len(numbers)} readings of {term.id} from {min(numbers.values()):f} to {max(numbers.values()):f} {unit}"
    return markup.element(
        "svg",
        markup.element("title", f"{said.strip()}; agreed: {term.agreed()}"),
        markup.element("rect", x=left, y=2, width=round(right - left, 1), height=base - 2, class_="agreed"),
        *_bounds(((low, left), (high, right)), base, width),
        markup.element(
            "line", x1=4, x2=width - 4, y1=base, y2=base, stroke="currentColor", stroke_opacity=0.4
        ),
        markup.element("path", d=good, stroke="currentColor", stroke_opacity=0.45) if good else None,
        markup.element("path", d=bad, fill="none", class_="beyond") if bad else None,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} 42",
        width=width,
        height=42,
        role="img",
        class_="strip",
    )


def _bounds(ends: Sequence[tuple[Decimal | None, float]], base: int, width: int) -> Iterator[markup.Html]:
    """The limits: an upright line and its number each."""
    for number, x in ends:
        if number is None:
            continue
        anchor = "start" if x < 30 else "end" if x > width - 30 else "middle"
        yield markup.element("line", x1=x, x2=x, y1=2, y2=base + 3, stroke="currentColor", stroke_width=1.5)
        yield markup.element(
            "text", f"{number:f}", x=x, y=base + 13, text_anchor=anchor, font_size=10, fill="currentColor"
        )
