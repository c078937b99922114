"""Breaches and lot terms in words: what was agreed, what was found, and the difference."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from aql.display.reasons import found_in_words, named_items
from aql.words import plural, ranges, signed

if TYPE_CHECKING:
    from decimal import Decimal

    from aql.scoring.breaches import Breach
    from aql.scoring.lot_terms import LotTermResult
    from aql.scoring.verdict import Verdict
    from aql.types import CountedOf

__all__ = ["Words", "breach_words", "breached_items", "lot_term_words"]


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
    on_items = plural(items, of[:-1])
    if not items:
        return found_in_words(breach.count, verdict.counting, verdict.counted_of(breach.term))
    if breach.found:
        more = f"{' on' if breach.difference is None else ', the worst of'} {on_items}" if items > 1 else ""
        found = f"{breach.found}{more}"
    else:
        times = sum(
            one.times
            for one in verdict.defects
            if one.term == breach.term and one.counts is bool(breach.items)
        )
        each = verdict.counting == "items" or times == items
        found = on_items if each else f"{found_in_words(times, verdict.counting)} on {on_items}"
    return found if breach.items else f"not counted, outside the sample: {found}"


def breached_items(breach: Breach, *, most: int = 12, bare: bool = False, of: CountedOf = "items") -> str:
    """Name in words the items, or cartons, of a breach, and those that do not count; `bare` leaves out the word.

    Examples
    --------
    >>> from aql.scoring.breaches import Breach
    >>> breached_items(Breach("sleeve", "major", 1, items=(7,), not_counted=(19,)))
    'item 7; not counted: item 19'
    """
    parts = []
    for items, before in ((breach.items, ""), (breach.not_counted, "not counted: ")):
        if items:
            parts.append(
                before + (ranges(items, most=most) if bare else named_items(items, most=most, of=of))
            )
    return "; ".join(parts)


def lot_term_words(result: LotTermResult, verdict: Verdict) -> Words:
    """Say in words what was agreed and what was found for a lot term, breached or not.

    Examples
    --------
    >>> from aql import examples, score
    >>> verdict = score(*examples.tablet_order())
    >>> print(lot_term_words(verdict.lot_terms[-1], verdict).found)
    not shipped on 2026-12-10
    """
    if result.kind == "quantity":
        return _quantity(result, verdict)
    if result.kind == "packed-share":
        return _share(result, verdict)
    if result.kind == "shipment-date":
        return _shipment(result, verdict)
    term = verdict.term(result.term)
    agreed = "" if term is None else term.agreed()
    found = result.answer or "not answered"
    if not result.compared and term is not None and term.reference is not None:
        found += f"; {term.reference.named()} was not compared with its SHA-256, because it was not there"
    return Words(agreed, found, "")


def _quantity(result: LotTermResult, verdict: Verdict) -> Words:
    made = verdict.header.lot.produced
    term = verdict.term(result.term)
    agreed = (
        term.agreed() if term is not None and term.measure is not None else f"at least {result.lower:f} items"
    )
    found = "not stated" if made is None else f"{made} produced"
    return Words(agreed, found, "" if result.difference is None else signed(result.difference))


def _share(result: LotTermResult, verdict: Verdict) -> Words:
    packed, ordered = verdict.header.lot.packed, verdict.ordered
    agreed = f"at least {_rounded_percent(result.lower or 0)} of the ordered items packed"
    if packed is None or ordered is None:
        return Words(agreed, f"number {'packed' if packed is None else 'ordered'} not stated", "")
    found = f"{packed} of {ordered} packed, {_rounded_percent(Fraction(packed, ordered))}"
    return Words(agreed, found, "" if result.difference is None else _rounded_percent(result.difference))


def _shipment(result: LotTermResult, verdict: Verdict) -> Words:
    shipped, inspected = verdict.header.lot.shipped_on, verdict.header.inspection.date
    found = f"not shipped on {inspected}" if inspected else "no date stated"
    if shipped is not None:
        found = f"shipped on {shipped}"
    late = "" if result.difference is None else f"{plural(int(result.difference), 'day')} late"
    return Words(f"shipped by {verdict.shipment_date}", found, late)


def _rounded_percent(share: Fraction | Decimal | int) -> str:
    """Write a share as a percentage with at most four significant digits.

    Examples
    --------
    >>> _rounded_percent(Fraction(2600, 3000)), _rounded_percent(0)
    ('86.67 %', '0 %')
    """
    return f"{float(100 * share):.4g} %"
