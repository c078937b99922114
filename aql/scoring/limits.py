"""What a limit counts: the findings of several classes or terms on the items of its own sample, once more.

A limit takes nothing from the lines of its members. Where items are counted, an item counts once; with weights, it counts
with the largest of its weights. Nonconformities count as often as they were found, each with its weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.scoring.decision_line import Line
from aql.scoring.defects import Defect
from aql.scoring.possible_counts import Recorded

__all__ = ["LimitCounts", "counts_in_limit", "judged_in_limit"]

Number = int | Decimal
"""A count, or a weighted count."""


def judged_in_limit(term: Term, line: Line) -> bool:
    """Whether a limit counts the findings of a term."""
    return term.id in line.of or (term.class_ in line.of and not term.own_line)


def counts_in_limit(defect: Defect, line: Line) -> bool:
    """Whether a limit counts a defect, if its item is in the sample of the limit."""
    return defect.term in line.of or defect.line in line.of


@dataclass(frozen=True, slots=True)
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
        return sorted({one.item for one in self.defects if counts_in_limit(one, self.line)})

    def spans(self) -> tuple[tuple[Number, Number], ...]:
        """Return the smallest and the largest possible count at the end of each stage."""
        if self.line.not_allowed:
            return (self._span(self.inspected),)
        return tuple(self._span(min(stage.total, self.inspected)) for stage in self.line.lot_plan.stages)

    @property
    def _by_items(self) -> bool:
        return self.contract.inspection.counting == "items"

    def _span(self, end: int) -> tuple[Number, Number]:
        exact = self._on_items(end)
        least, most = exact, exact
        together: list[tuple[Number, Number]] = []
        for one in self.recorded:
            left_out = max(0, one.inspected - end)
            for number, low, high, certain in self._counts(one):
                if not self._by_items:
                    least += number * low if certain and left_out == 0 else 0
                    most += number * high
                    continue
                inside = max(0, number - left_out)
                if certain and one.form == "classified":
                    together.append((number, low))
                elif certain:
                    least = max(least, inside * low)
                most += min(number, end) * high
        if together:
            left_out = max(0, max(one.inspected for one in self.recorded) - end)
            least = max(least, _without_heaviest(together, left_out))
        if self._by_items:
            most = min(most, end * self._heaviest)
        return least, most

    def _on_items(self, end: int) -> Number:
        """What counts on items 1 to `end` according to rows with items."""
        weights: dict[int, Number] = {}
        for one in self.defects:
            if counts_in_limit(one, self.line) and one.item <= end:
                weight = self._weight(one.term, one.class_name)
                before = weights.get(one.item, 0)
                weights[one.item] = max(before, weight) if self._by_items else before + one.times * weight
        return sum(weights.values())

    def _counts(self, one: Recorded) -> Iterator[tuple[int, Number, Number, bool]]:
        """Each count of a line: the number, its smallest and largest weight, and whether the limit certainly counts it."""
        name, of = one.line.name, self.line.of
        for term, number in (one.tallies or {}).items():
            if number and (term in of or name in of):
                weight = self._weight(term, one.line.class_name)
                yield number, weight, weight, True
        if one.classified and (name in of or self._may_hide_findings(name)):
            yield one.classified, *self._weights_of(name), name in of
        if (
            self._by_items
            and one.line.kind == "class"
            and name not in of
            and one.form in {"items", "tallies"}
        ):
            hidden = len({*one.items, *one.outside}) if one.form == "items" else one.most
            if hidden and self._hides_in_classified(name):
                yield hidden, self._heaviest, self._heaviest, False

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
        return [term for term in self.contract.terms if term.id in self.line.of and not term.own_line]

    @property
    def _weights(self) -> Mapping[str, Decimal]:
        return dict(self.line.weights)

    def _weight(self, term: str, class_name: str) -> Number:
        return self._weights.get(term, self._weights.get(class_name, 1))

    def _weights_of(self, name: str) -> tuple[Number, Number]:
        """The smallest and the largest weight of a count of a class, whose items may have less serious findings too."""
        terms = [term.id for term in self.contract.terms if term.class_ == name and not term.own_line]
        weights = [self._weight(term, name) for term in ("", *terms)]
        return min(weights), self._heaviest if self._by_items else max(weights)

    @property
    def _heaviest(self) -> Number:
        """The largest weight that a finding can have in the limit."""
        terms = [term for term in self.contract.terms if judged_in_limit(term, self.line)]
        weights: Iterable[Number] = (self._weight(term.id, term.class_ or "") for term in terms)
        return max([*weights, *(self._weight("", name) for name in self.line.of)], default=1)


def _without_heaviest(counts: Sequence[tuple[Number, Number]], left_out: int) -> Number:
    """The total of counts with their weights, less the heaviest `left_out` items."""
    total: Number = 0
    for number, weight in sorted(counts, key=lambda pair: -pair[1]):
        out = min(number, left_out)
        left_out -= int(out)
        total += (number - out) * weight
    return total
