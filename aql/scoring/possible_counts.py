"""How many findings may be in a sample: exact where the log names items, between two bounds where it gives counts.

A count is of everything inspected. Counts of a class are classified items: each item once, in its most serious class.
Counts of terms are tallies: one item may be in several of them, and in those of other classes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from aql.scoring.decision_line import Line

__all__ = ["Form", "Recorded", "Span", "possible_counts"]

Span = tuple[int, int]
"""The smallest and the largest number that may count."""

Form = Literal["items", "classified", "tallies", "none"]
"""How the findings of a line are recorded: with items, as counts of its class, as counts of terms, or not at all."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the log says of one decision line.

    Attributes
    ----------
    line : Line
        The line.
    inspected : int
        Number of items inspected for it; the lot size if it is not stated. [items]
    form : str
        How its findings are recorded.
    items : mapping of int to int, ascending
        How often each item counts in it, in its sample or not needed by it.
    outside : sequence of int
        Items with a finding outside its sample.
    classified : int
        Count of the class itself.
    tallies : mapping of str to int
        Counts by term.
    stages : sequence of mapping of str to int
        The counts of each stage by term, "" for the class itself; empty if the log does not say the stage of each count.
    """

    line: Line
    inspected: int
    form: Form
    items: Mapping[int, int] = field(default_factory=dict)
    outside: Sequence[int] = ()
    classified: int = 0
    tallies: Mapping[str, int] | None = None
    stages: Sequence[Mapping[str, int]] = ()

    def parts(self) -> Iterator[tuple[int, int, Mapping[str, int]]]:
        """Each part of the drawing that has counts of its own: items after, up to, and the counts by term, "" for the class."""
        if not self.stages:
            yield 0, self.inspected, {"": self.classified, **(self.tallies or {})}
            return
        begin = 0
        for counts, stage in zip(self.stages, self.line.lot_plan.stages, strict=True):
            end = min(stage.total, self.inspected)
            yield begin, end, counts
            begin = end

    @property
    def most(self) -> int:
        """The largest possible number of nonconforming items among all inspected."""
        return min(self.classified + sum((self.tallies or {}).values()), self.inspected)

    @property
    def drawn(self) -> int:
        """Size of its sample, all stages together; everything inspected under AQL 0."""
        return self.inspected if self.line.not_allowed else self.line.lot_plan.total

    @property
    def ends(self) -> tuple[int, ...]:
        """Number inspected at the end of each stage; everything inspected under AQL 0."""
        if self.line.not_allowed:
            return (self.inspected,)
        return tuple(min(stage.total, self.inspected) for stage in self.line.lot_plan.stages)


def possible_counts(recorded: Sequence[Recorded], *, by_items: bool) -> dict[str, tuple[Span, ...]]:
    """Return for each line the bounds of its count at the end of each stage.

    Parameters
    ----------
    recorded : sequence of Recorded
        The classes, most serious first, then the terms with their own plans.
    by_items : bool
        True if items are counted, False if nonconformities are.

    Returns
    -------
    dict of str to tuple of (int, int)
        Smallest and largest possible count by line and stage; equal where the log leaves nothing open.

    Notes
    -----
    d classified items of M inspected put max(0, d − (M − n)) to min(d, n) into a sample of n. Tallies stand for at least
    the largest of them, less the items that more serious classes may take, and for at most their sum. A more serious
    item outside the smaller sample of its own class may count in a less serious class that records only its classified
    items.

    Examples
    --------
    >>> from aql.plans.plan import SinglePlan
    >>> plan = SinglePlan(n=50, ac=3)
    >>> line = Line("major", "class", "major", plan, plan, "plan")
    >>> possible_counts([Recorded(line, 100, "classified", classified=5)], by_items=True)
    {'major': ((0, 5),)}
    >>> possible_counts([Recorded(line, 50, "tallies", tallies={"dent": 2, "crack": 2})], by_items=True)
    {'major': ((2, 4),)}
    """
    found: dict[str, tuple[Span, ...]] = {}
    serious: list[tuple[Recorded, int]] = []
    for one in recorded:
        spans = tuple(
            _span(one, place, end, serious, by_items=by_items) for place, end in enumerate(one.ends)
        )
        found[one.line.name] = spans
        if by_items and one.line.kind == "class":
            serious.append((one, spans[-1][1]))
    return found


def _span(
    one: Recorded, place: int, end: int, serious: Sequence[tuple[Recorded, int]], *, by_items: bool
) -> Span:
    """The bounds of a line's count in items 1 to `end`; `serious` has the more serious classes and their largest counts."""
    above = serious if one.line.kind == "class" else ()
    left_out = one.inspected - end
    if one.form in {"items", "none"}:
        number = sum(times for item, times in one.items.items() if one.line.not_allowed or item <= end)
        taken = sum(most for other, most in above if other.form != "items")
        hidden = _hidden(one, end, above) if one.form == "none" else 0
        return max(0, number - taken), number + hidden
    if one.stages:
        return _staged_span(one, place, end, above, by_items=by_items)
    if not by_items:
        total = one.classified + sum((one.tallies or {}).values())
        return (total if left_out <= 0 else 0), total
    if one.form == "classified":
        return max(0, one.classified - left_out), min(one.classified + _hidden(one, end, above), end)
    taken = sum(most for _, most in above)
    largest = max((one.tallies or {}).values(), default=0)
    return max(0, largest - taken - left_out), min(one.most, end)


def _staged_span(
    one: Recorded, place: int, end: int, above: Sequence[tuple[Recorded, int]], *, by_items: bool
) -> Span:
    """The bounds of a count whose stages are known: those of each stage, added up."""
    least = most = 0
    for counts, stage in zip(one.stages[: place + 1], one.line.lot_plan.stages, strict=False):
        total, largest = sum(counts.values()), max(counts.values(), default=0)
        least += largest if by_items else total
        most += min(total, stage.n) if by_items else total
    if not by_items:
        return least, most
    if one.form == "classified":
        return least, min(most + _hidden(one, end, above), end)
    return max(0, least - sum(largest for _, largest in above)), min(most, end)


def _hidden(one: Recorded, end: int, above: Sequence[tuple[Recorded, int]]) -> int:
    """The largest number of more serious items, outside the samples of their classes, that may count in items 1 to `end`.

    The log of a class without any rows says nothing of the items that the more serious classes have classified; one
    with classified items says nothing of any more serious item.
    """
    number = 0
    for other, _ in sorted(above, key=lambda pair: -pair[0].drawn):
        room = end - other.drawn
        if room > 0 and (one.form == "classified" or other.form == "classified"):
            own = sum(1 for item in other.outside if item <= end) + other.most
            number = min(number + own, room)
    return number
