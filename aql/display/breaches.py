"""Breaches and lot terms in words: what was agreed, what was found, and the difference."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from aql.contract.measures import Answer
from aql.display.reasons import found_in_words, named_items
from aql.languages import day, marked, numeral, say, say_plural
from aql.words import plural, ranges, signed

if TYPE_CHECKING:
    from decimal import Decimal

    from aql.contract.terms import Term
    from aql.scoring.breaches import Breach
    from aql.scoring.lot_terms import LotTermResult
    from aql.scoring.verdict import Verdict
    from aql.types import CountedOf

__all__ = ["Words", "breach_words", "breached_items", "lot_term_words", "reading_in_words"]


@dataclass(frozen=True, slots=True)
class Words:
    """What was agreed, what was found, and how far that is beyond the limit ("" if nothing is measured)."""

    agreed: str
    found: str
    beyond: str


def breach_words(breach: Breach, verdict: Verdict) -> Words:
    """Say in words what was agreed and what was found for a breach.

    Examples
    --------
    >>> from aql import examples, score
    >>> verdict = score(*examples.tablet_order())
    >>> breach_words(verdict.breaches[1], verdict)
    Words(agreed='at least 3000 mAh', found='2870 mAh', beyond='-130')
    """
    for result in verdict.lot_terms:
        if result.term == breach.term:
            return lot_term_words(result, verdict)
    term = verdict.term(breach.term)
    beyond = "" if breach.difference is None else signed(breach.difference)
    return Words("" if term is None else term.agreed(), _found(breach, verdict), beyond)


def _found(breach: Breach, verdict: Verdict) -> str:
    items = len(breach.items or breach.not_counted)
    of = verdict.counted_of(breach.term)
    on_items = plural(items, "carton" if of == "cartons" else "item")
    if not items:
        return found_in_words(breach.count, verdict.counting, of)
    if breach.found:
        found = reading_in_words(breach.found, verdict.term(breach.term))
        if items > 1 and breach.difference is None:
            found = say("{found} on {items}", found=found, items=on_items)
        elif items > 1:
            found = say("{found}, the worst of {items}", found=found, items=on_items)
    else:
        times = items
        if verdict.counting != "items":
            times = sum(
                one.times
                for one in verdict.defects
                if one.term == breach.term and one.counts is bool(breach.items)
            )
        found = on_items
        if times != items:
            found = say("{found} on {items}", found=found_in_words(times, verdict.counting), items=on_items)
    return found if breach.items else say("not counted, outside the sample: {found}", found=found)


def reading_in_words(found: str, term: Term | None) -> str:
    """Return what was found in words: the answer to a yes-or-no question, or the reading as it is.

    Examples
    --------
    >>> reading_in_words("2870 mAh", None)
    '2870 mAh'
    """
    return say(found) if term is not None and isinstance(term.measure, Answer) else found


def breached_items(breach: Breach, *, most: int = 12, bare: bool = False, of: CountedOf = "items") -> str:
    """Name in words the items, or cartons, of a breach, and those that do not count; `bare` leaves out the word.

    Examples
    --------
    >>> from aql.scoring.breaches import Breach
    >>> breached_items(Breach("sleeve", "major", 1, items=(7,), not_counted=(19,)))
    'item 7; not counted: item 19'
    """
    parts = []
    for items, text in ((breach.items, "{items}"), (breach.not_counted, marked("not counted: {items}"))):
        if items:
            named = ranges(items, most=most) if bare else named_items(items, most=most, of=of)
            parts.append(say(text, items=named))
    return say("; ").join(parts)


def lot_term_words(result: LotTermResult, verdict: Verdict) -> Words:
    """Say in words what was agreed and what was found for a lot term, breached or not.

    Examples
    --------
    >>> from aql import examples, score
    >>> verdict = score(*examples.tablet_order())
    >>> print(lot_term_words(verdict.lot_terms[-1], verdict).found)
    not shipped on 10 December 2026
    """
    if result.kind == "quantity":
        return _quantity(result, verdict)
    if result.kind == "packed-share":
        return _share(result, verdict)
    if result.kind == "shipment-date":
        return _shipment(result, verdict)
    term = verdict.term(result.term)
    agreed = "" if term is None else term.agreed()
    found = say(result.answer) if result.answer in _ANSWERS else result.answer or say("not answered")
    if not result.compared and term is not None and term.reference is not None:
        found = say(
            "{found}; {reference} was not compared with its SHA-256, because it was not there",
            found=found,
            reference=term.reference.named(),
        )
    return Words(agreed, found, "")


_ANSWERS = (marked("yes"), marked("no"))


def _quantity(result: LotTermResult, verdict: Verdict) -> Words:
    made = verdict.header.lot.produced
    term = verdict.term(result.term)
    agreed = (
        term.agreed()
        if term is not None and term.measure is not None
        else say("at least {number} items", number=numeral(result.lower or 0))
    )
    found = say("not stated") if made is None else say("{number} produced", number=made)
    return Words(agreed, found, "" if result.difference is None else signed(result.difference))


def _share(result: LotTermResult, verdict: Verdict) -> Words:
    packed, ordered = verdict.header.lot.packed, verdict.ordered
    agreed = say(
        "at least {percent} of the ordered items packed", percent=_rounded_percent(result.lower or 0)
    )
    if packed is None:
        return Words(agreed, say("number packed not stated"), "")
    if ordered is None:
        return Words(agreed, say("number ordered not stated"), "")
    percent = _rounded_percent(Fraction(packed, ordered))
    found = say("{packed} of {ordered} packed, {percent}", packed=packed, ordered=ordered, percent=percent)
    return Words(agreed, found, "" if result.difference is None else _rounded_percent(result.difference))


def _shipment(result: LotTermResult, verdict: Verdict) -> Words:
    shipped, inspected = verdict.header.lot.shipped_on, verdict.header.inspection.date
    if shipped is not None:
        found = say("shipped on {date}", date=day(shipped))
    elif inspected:
        found = say("not shipped on {date}", date=day(inspected))
    else:
        found = say("no date stated")
    late = ""
    if result.difference is not None:
        late = say_plural("{number} day late", "{number} days late", int(result.difference))
    last = verdict.shipment_date
    return Words("" if last is None else say("shipped by {date}", date=day(last)), found, late)


def _rounded_percent(share: Fraction | Decimal | int) -> str:
    """Write a share as a percentage with at most four significant digits.

    Examples
    --------
    >>> _rounded_percent(Fraction(2600, 3000)), _rounded_percent(0)
    ('86.67 %', '0 %')
    """
    return f"{float(100 * share):.4g} %"
