"""Findings in one decision line that lead to a given decision, and the rows of the log for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.scoring.decision_line import Line
from aql.strategies._internal.choices import Choices
from aql.strategies._internal.log_rows import Row, defect_rows, line_terms, reading_rows
from aql.strategies._internal.readings_of_terms import (
    conforming_to_all,
    has_shared_counts,
    nonconforming_to_one,
)
from aql.strategies._internal.stage_counts import UNLIMITED, CountRanges, count_ranges, stage_counts
from aql.types import Decision

__all__ = ["LineLog", "line_count_ranges", "line_log"]


@dataclass(frozen=True, slots=True)
class LineLog:
    """The findings of a line.

    Attributes
    ----------
    line : Line
        The line.
    decision : str
        Its decision.
    inspected : int
        Number of items inspected for it. [items]
    rows : list of dict
        Rows of the log.
    items : frozenset of int
        Items that count in it; empty if the log gives only a count.
    """

    line: Line
    decision: Decision
    inspected: int
    rows: list[Row] = field(default_factory=list)
    items: frozenset[int] = frozenset()


def line_count_ranges(
    contract: Contract, line: Line, decision: Decision, taken: frozenset[int] = frozenset()
) -> list[CountRanges]:
    """Return the counts for the log of a line that lead to a decision, if other classes have taken some items."""
    stages = line.lot_plan.stages
    room = [UNLIMITED] * len(stages)
    if _counts_once(contract, line):
        room = [len(_free_items(line, place, taken)) for place in range(len(stages))]
    if line.kind == "term" and not _logged(contract, line):
        room = [0] * len(stages)  # Its readings belong to another term, and all of them conform.
    found = count_ranges(decision, line.lot_plan, room)
    if decision == "hold" and any(term.is_read for term in _logged(contract, line)):
        nothing_found = count_ranges("accept", line.lot_plan, [0] * len(stages))
        found += [replace(ranges, one_unread=True) for ranges in nothing_found]
    return found


def _logged(contract: Contract, line: Line) -> list[Term]:
    """The terms of a line that have rows of their own: not those that judge another term's readings."""
    return [term for term in line_terms(contract, line) if term.reading_of is None]


def _counts_once(contract: Contract, line: Line) -> bool:
    """Whether an item counts at most once: because items are counted, or because the line has only one reading."""
    if contract.inspection.counting == "items":
        return True
    return line.kind == "term" and any(term.is_read for term in line_terms(contract, line))


def _free_items(line: Line, place: int, taken: frozenset[int]) -> Sequence[int]:
    """Return the items of a stage that can count in a line: in a class, those that no other class has taken."""
    stage = line.lot_plan.stages[place]
    items = range(stage.total - stage.n + 1, stage.total + 1)
    return items if line.kind == "term" or not taken else [item for item in items if item not in taken]


def line_log(
    choices: Choices,
    contract: Contract,
    line: Line,
    decision: Decision,
    ranges: CountRanges,
    taken: frozenset[int] = frozenset(),
    *,
    units: bool = False,
) -> LineLog:
    """Draw the log of a line: findings that lead to the decision, on items that no other class has taken."""
    stages = line.lot_plan.stages
    inspected = ranges.inspected
    if decision == "hold" and not ranges.one_unread:
        inspected = choices.whole(inspected, stages[ranges.stage - 1].total - 1)
    counts = stage_counts(choices, ranges)
    times = _times(choices, contract, line, counts, taken)
    terms = _logged(contract, line)
    read = [term for term in terms if term.is_read]
    shown_by: Term | None = None
    if times:
        shown_by = choices.one_of(terms if line.kind == "term" else [*terms, None])
    # The log can give a count instead of items, but the count of a class does not replace readings.
    is_final = len(stages) == 1 and decision in {"accept", "reject"} and not has_shared_counts(contract)
    if is_final and _can_count(contract, line, read) and choices.whole(0, 3) == _COUNT_ONLY:
        named = {"term": line.name} if line.kind == "term" else {"class": line.class_name}
        most = UNLIMITED if contract.inspection.counting == "nonconformities" else stages[0].total
        return LineLog(line, decision, inspected, [named | {"count": min(sum(counts), most)}])
    last = min(stages[ranges.stage - 1].total, inspected)
    rows = _readings(choices, contract, read, last, shown_by, frozenset(times), units=units)
    if ranges.one_unread:
        unread = choices.one_of(read).id, choices.whole(1, last)
        rows = [row for row in rows if (row["term"], row["item"]) != unread]
    return LineLog(line, decision, inspected, rows + defect_rows(line, shown_by, times), frozenset(times))


def _can_count(contract: Contract, line: Line, read: Sequence[Term]) -> bool:
    """Whether a count without items says as much as items: a counted class leaves open what the classes after it count."""
    if line.kind == "term":
        return True
    once = contract.inspection.counting == "items"
    return not read and (not once or line.name == contract.classes[-1].name)


_COUNT_ONLY = 3  # one of four logs that can


def _times(
    choices: Choices, contract: Contract, line: Line, counts: Sequence[int], taken: frozenset[int]
) -> dict[int, int]:
    """Number of findings on each item: in every stage, on a run of items that starts anywhere."""
    times: dict[int, int] = {}
    for place, count in enumerate(counts):
        if count:
            free = _free_items(line, place, taken)
            once = _counts_once(contract, line)
            number = count if once else choices.whole(1, min(count, len(free)))
            start = choices.whole(0, len(free) - 1)
            items = [free[(start + step) % len(free)] for step in range(number)]
            times |= dict.fromkeys(items, 1)
            times[items[0]] += count - number
    return times


def _readings(
    choices: Choices,
    contract: Contract,
    read: Sequence[Term],
    last: int,
    shown_by: Term | None,
    items: frozenset[int],
    *,
    units: bool,
) -> list[Row]:
    """Readings of the terms on items 1 to `last`; those of `shown_by` do not conform on `items`.

    The conforming readings of a term are all the same, or all that it has, in turn from any of them on.
    """
    rows: list[Row] = []
    for term in read:
        good = conforming_to_all(contract, term)
        first = choices.whole(0, len(good))
        good = (good[0],) if first == 0 else (*good[first - 1 :], *good[: first - 1])
        good += ("N/A",) if first and term.not_applicable else ()
        bad = choices.one_of(nonconforming_to_one(contract, term)) if term is shown_by else ""
        unit = getattr(term.measure, "unit", None)
        with_unit = {"unit": unit} if unit and units else {}

        def reading(term: Term, item: int, good: tuple[str, ...] = good, bad: str = bad) -> str:
            return bad if term is shown_by and item in items else good[item % len(good)]

        rows += [row | with_unit for row in reading_rows([term], range(1, last + 1), reading)]
    return rows
