"""Terms that were not met: how often, on which items, and the worst reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.scoring.defects import Count, Defect
from aql.scoring.lot_terms import LotTermResult
from aql.words import in_brief

__all__ = ["Breach", "lot_breaches", "term_breaches"]


@dataclass(frozen=True, slots=True, repr=False)
class Breach:
    """A term that was not met.

    The individual defects are those in `Verdict.defects` with the same term.

    Attributes
    ----------
    term, class_name : str
        The term and its class; the class is "" for a term without one.
    count : int
        Number of nonconforming items, or nonconformities, that count; 1 for a lot term.
    items : tuple of int
        Items with the defect on which it counts; empty if the log gives only counts, and for a lot term.
    not_counted : tuple of int
        Items with the defect on which it does not count.
    found : str
        The worst of the readings that count, or of all if none counts; "" if the term has no readings.
    difference : Decimal or None
        How far that reading is beyond its limit, or how far the lot misses the term; None if nothing is measured.
    """

    term: str
    class_name: str
    count: int
    items: tuple[int, ...] = ()
    not_counted: tuple[int, ...] = ()
    found: str = ""
    difference: Decimal | None = None

    def __repr__(self) -> str:
        worst = f", worst {self.found}" if self.found else ""
        return in_brief("Breach", f"{self.term}: {self.count}{worst}")


def term_breaches(
    contract: Contract, defects: Sequence[Defect], counts: Sequence[Count], *, by_items: bool
) -> Iterator[Breach]:
    """Yield the terms that were not met on items, in the order of the contract.

    Parameters
    ----------
    contract : Contract
        The contract.
    defects : sequence of Defect
        All defects, each with the line in which it counts.
    counts : sequence of Count
        Counts in the log without item numbers.
    by_items : bool
        True if items are counted, False if nonconformities are.
    """
    found: dict[str, list[Defect]] = {}
    for one in defects:
        found.setdefault(one.term, []).append(one)
    numbers = Counter[str]()
    for count in counts:
        numbers[count.term] += count.number
    for term in contract.terms:
        if term.id in found or numbers[term.id]:
            yield _breach(term, found.get(term.id, ()), numbers[term.id], by_items=by_items)


def _breach(term: Term, mine: Sequence[Defect], number: int, *, by_items: bool) -> Breach:
    counting = [one for one in mine if one.counts]
    items = dict.fromkeys(one.item for one in counting)
    worst = max(counting or mine, key=lambda one: abs(one.difference or Decimal(0)), default=None)
    return Breach(
        term.id,
        term.class_ or "",
        number or (len(items) if by_items else sum(one.times for one in counting)),
        tuple(items),
        tuple(dict.fromkeys(one.item for one in mine if not one.counts)),
        "" if worst is None else worst.found,
        None if worst is None else worst.difference,
    )


def lot_breaches(contract: Contract, results: Sequence[LotTermResult]) -> Iterator[Breach]:
    """Yield the lot terms that were not met."""
    classes = {term.id: term.class_ or "" for term in contract.terms}
    for one in results:
        if one.status == "breached":
            yield Breach(one.term, classes.get(one.term, ""), 1, difference=one.difference)
