"""What a limit counts: the findings of several classes or terms on the items of its own sample, once more.

A limit takes nothing from the lines of its members. Where items are counted, an item counts once; with weights, it counts
with the largest of its weights. Nonconformities count as often as they were found, each with its weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.inspection.header import InspectionHeader
from aql.scoring.decision_line import Line
from aql.scoring.defects import Defect
from aql.scoring.possible_counts import Recorded

__all__ = ["LimitCounts", "counts_in_limit", "inspected_for_limit", "judged_in_limit", "weight_in_limit"]

Number = int | Decimal
"""A count, or a weighted count."""


def judged_in_limit(term: Term, line: Line) -> bool:
    """Whether a limit counts the findings of a term."""
    return term.id in line.of or (term.class_ in line.of and not term.own_line)


def counts_in_limit(defect: Defect, line: Line) -> bool:
    """Whether a limit counts a defect, if its item is in the sample of the limit."""
    return defect.term in line.of or defect.line in line.of


def weight_in_limit(line: Line, term: str, class_name: str) -> Number:
    """Return what a finding of a term or class weighs in a limit."""
    weights = dict(line.weights)
    return weights.get(term, weights.get(class_name, 1))


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of findings or items after item `begin` and up to item `end`, each with a weight from `low` to `high`.

    `certain`: the limit counts them. `classified`: items in their most serious class, so they are in no other such count.
    """

    begin: int
    end: int
    number: int
    low: Number
    high: Number
    certain: bool = True
    classified: bool = False

    def inside(self, end: int) -> int:
        """The smallest number that may be on items up to `end`."""
        return max(0, self.number - max(0, self.end - end))


@dataclass(frozen=True)
class LimitCounts:
    """The findings that a limit may count.

    Attributes
    ----------
    contract : Contract
        The contract.
    line : Line
        The limit.
    inspected : int
        Number of items inspected for the limit. [items]
    defects : sequence of Defect
        All defects on items.
    recorded : sequence of Recorded
        What the log says of each class and term with its own plan.
    """

    contract: Contract
    line: Line
    inspected: int
    defects: Sequence[Defect]
    recorded: Sequence[Recorded]

    @property
    def items(self) -> list[int]:
        """Items with a finding that the limit counts, in ascending order."""
        return sorted({one.item for one in self._counted})

    @cached_property
    def _counted(self) -> list[Defect]:
        """The defects that the limit counts."""
        of = set(self.line.of)
        return [one for one in self.defects if one.term in of or one.line in of]

    def spans(self) -> tuple[tuple[Number, Number], ...]:
        """Return the smallest and the largest possible count at the end of each stage."""
        if self.line.not_allowed:
            return (self._span(self.inspected),)
        return tuple(self._span(min(stage.total, self.inspected)) for stage in self.line.lot_plan.stages)

    @property
    def _by_items(self) -> bool:
        return self.contract.inspection.counting == "items"

    def _span(self, end: int) -> tuple[Number, Number]:
        """The bounds of the count on items 1 to `end`."""
        exact = self._on_items(0, end)
        counts = [part for one in self.recorded for part in self._counts(one) if part.begin < end]
        if not self._by_items:
            inside = sum(one.number * one.low for one in counts if one.certain and one.end <= end)
            return exact + inside, exact + sum(one.number * one.high for one in counts)
        parts = {(one.begin, one.end): list[_Count]() for one in counts}
        for one in counts:
            parts[one.begin, one.end].append(one)
        most = sum(_heaviest(mine, min(end, last) - begin) for (begin, last), mine in parts.items())
        together = [one for one in counts if one.certain and one.classified]
        least = max(_without_heaviest(together, end), self._in_parts(parts, end))
        return least, min(exact + most, end * self._largest_weight)

    def _in_parts(self, parts: Mapping[tuple[int, int], Sequence[_Count]], end: int) -> Number:
        """The smallest count on items 1 to `end`, part by part; parts that overlap another are left out."""
        total: Number = 0
        reached = 0
        for begin, last in sorted(parts):
            if begin < reached:
                continue
            certain = [one for one in parts[begin, last] if one.certain]
            tallied = [one.inside(end) * one.low for one in certain if not one.classified]
            classified = _without_heaviest([one for one in certain if one.classified], end)
            here = max([self._on_items(begin, min(last, end)), classified, *tallied])
            total += self._on_items(reached, begin) + here
            reached = last
        return total + self._on_items(reached, end)

    def _on_items(self, begin: int, end: int) -> Number:
        """What counts after item `begin` and up to item `end` according to rows with items."""
        weights: dict[int, Number] = {}
        for one in self._counted:
            if begin < one.item <= end:
                weight = self._weight(one.term, one.class_name)
                before = weights.get(one.item, 0)
                weights[one.item] = max(before, weight) if self._by_items else before + one.times * weight
        return sum(weights.values())

    def _counts(self, one: Recorded) -> Iterator[_Count]:
        """Each count of a line that the limit counts or may count."""
        name, of = one.line.name, self.line.of
        for begin, end, numbers in one.parts():
            tallies = {term: number for term, number in numbers.items() if term and number}
            for term, number in tallies.items():
                if term in of or name in of:
                    weight = self._weight(term, one.line.class_name)
                    yield _Count(begin, end, number, weight, weight)
            classified = numbers.get("", 0)
            if classified and (name in of or self._may_hide_findings(name)):
                low, high = self._weights_of(name)
                yield _Count(begin, end, classified, low, high, name in of, classified=True)
            if one.form == "tallies" and tallies and self._may_be_classified(one):
                hidden = min(sum(tallies.values()), end - begin)
                yield _Count(begin, end, hidden, 0, self._largest_weight, certain=False)
        hidden = len({*one.items, *one.outside})
        if one.form == "items" and hidden and self._may_be_classified(one):
            yield _Count(0, one.inspected, hidden, 0, self._largest_weight, certain=False)

    def _may_be_classified(self, one: Recorded) -> bool:
        """Whether items of a class outside the limit may have findings that a classified member leaves out."""
        by_class = self._by_items and one.line.kind == "class" and one.line.name not in self.line.of
        return by_class and self._hides_in_classified(one.line.name)

    def _may_hide_findings(self, name: str) -> bool:
        """Whether items classified in a class that is not a member may have findings that the limit counts."""
        names = self.contract.class_names()
        open_forms = {one.line.name for one in self.recorded if one.form in {"classified", "none"}}
        later = names[names.index(name) + 1 :] if self._by_items else ()
        return any(
            other in open_forms
            and (other in self.line.of or any(t.class_ == other for t in self._member_terms()))
            for other in (name, *later)
        )

    def _hides_in_classified(self, name: str) -> bool:
        """Whether a less serious member records only the items classified in it, and so none of this class."""
        names = self.contract.class_names()
        classified = {one.line.name for one in self.recorded if one.form == "classified"}
        members = {*self.line.of, *(term.class_ for term in self._member_terms())}
        return any(other in classified and other in members for other in names[names.index(name) + 1 :])

    def _member_terms(self) -> list[Term]:
        of = set(self.line.of)
        return [term for term in self.contract.terms if term.id in of and not term.own_line]

    def _weight(self, term: str, class_name: str) -> Number:
        return self._weights_by_name.get(term, self._weights_by_name.get(class_name, 1))

    @cached_property
    def _weights_by_name(self) -> dict[str, Decimal]:
        return dict(self.line.weights)

    def _weights_of(self, name: str) -> tuple[Number, Number]:
        """The smallest and the largest weight of a count of a class, whose items may have less serious findings too."""
        terms = [term.id for term in self.contract.terms if term.class_ == name and not term.own_line]
        weights = [self._weight(term, name) for term in ("", *terms)]
        return min(weights), self._largest_weight if self._by_items else max(weights)

    @property
    def _largest_weight(self) -> Number:
        """The largest weight that a finding can have in the limit."""
        terms = [term for term in self.contract.terms if judged_in_limit(term, self.line)]
        weights: Iterable[Number] = (self._weight(term.id, term.class_ or "") for term in terms)
        return max([*weights, *(self._weight("", name) for name in self.line.of)], default=1)


def _heaviest(counts: Sequence[_Count], items: int) -> Number:
    """The largest total of counts on a number of items, each of which counts once."""
    total: Number = 0
    for one in sorted(counts, key=lambda one: -one.high):
        taken = min(one.number, items)
        items -= taken
        total += taken * one.high
    return total


def _without_heaviest(counts: Sequence[_Count], end: int) -> Number:
    """The smallest total on items 1 to `end` of counts that share no item: the heaviest items may be after `end`."""
    total: Number = 0
    left_out = max([0, *(one.end - end for one in counts)])
    for one in sorted(counts, key=lambda one: -one.low):
        out = min(one.number - one.inside(end), left_out)
        left_out -= out
        total += (one.number - out) * one.low
    return total


def inspected_for_limit(contract: Contract, header: InspectionHeader, line: Line) -> int | None:
    """Return the number inspected for the result of a limit: as stated, or the smallest of its members."""
    own = header.inspection.inspected_for(line.name)
    if own is not None:
        return own
    named = {term.id: term.id if term.own_line else term.class_ or "" for term in contract.terms}
    numbers = [header.inspection.inspected_for(named.get(name, name)) for name in line.of]
    return None if None in numbers else min(number for number in numbers if number is not None)
