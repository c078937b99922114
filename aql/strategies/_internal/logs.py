"""The log of an inspection, combined from the findings of every decision line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.inspection.inspection import Inspection
from aql.scoring.decision_line import Line
from aql.strategies._internal.choices import Choices
from aql.strategies._internal.drawings import cartons_of
from aql.strategies._internal.log_forms import LOG_FORMS, LogForm, Row
from aql.strategies._internal.lot_term_answers import LotTermAnswer
from aql.strategies._internal.readings import conforming_to_all, has_shared_counts, nonconforming_to_one
from aql.strategies._internal.stage_counts import UNLIMITED, CountRanges, count_ranges, stage_counts
from aql.types import Decision

__all__ = [
    "LineLog",
    "combined_log",
    "defect_rows",
    "line_count_ranges",
    "line_log",
    "line_terms",
    "load_inspection",
    "reading_rows",
]

Inspected = int | dict[str, int]


def combined_log(
    choices: Choices, lot_size: int, found: Sequence[LineLog], needed: Mapping[str, int]
) -> tuple[Inspected, list[Row]]:
    """Draw the number of items inspected, in all or by line, and return it with the log of all lines.

    Parameters
    ----------
    choices : Choices
        The choices.
    lot_size : int
        Lot size. [items]
    found : sequence of LineLog
        The findings of every line but the limits.
    needed : mapping of str to int
        Number of items and of cartons that must be inspected, if it is more than each line needs.
    """
    staged = choices.flag()
    rows = [_with_stage(one.line, row) if staged else row for one in found for row in one.rows]
    cartons = {
        one.line.name: max(one.inspected, needed.get("cartons", 0))
        for one in found
        if one.line.cartons is not None
    }
    of_items = [one for one in found if one.line.cartons is None]
    inspected, outside = _items_inspected(choices, lot_size, of_items, needed.get("items"))
    if cartons and isinstance(inspected, int):
        inspected = dict.fromkeys((one.line.name for one in of_items), inspected)
    return inspected if isinstance(inspected, int) else inspected | cartons, rows + outside


def _with_stage(line: Line, row: Row) -> Row:
    """The row with the stage of its item or, in a single sample, of its count."""
    stages = line.lot_plan.stages
    number = next((at for at, one in enumerate(stages, start=1) if row.get("item", 1) <= one.total), None)
    return row if number is None or line.not_allowed else row | {"stage": number}


def _items_inspected(
    choices: Choices, lot_size: int, found: Sequence[LineLog], needed: int | None
) -> tuple[Inspected, list[Row]]:
    """Choose the number of items inspected, in all or by line, and a finding outside the samples."""
    numbers = {one.line.name: one.inspected for one in found}
    # Chosen for every decision; otherwise a log that decides nothing would count as the simplest.
    by_line, extra, has_outside = choices.flag(), choices.whole(0, _MOST_EXTRA), choices.flag()
    is_decided = all(one.decision in {"accept", "reject"} for one in found)
    is_counted = any("item" not in row for one in found for row in one.rows)
    if needed is not None:
        return min(needed + extra, lot_size), []
    if len(set(numbers.values())) > 1 and (by_line or is_counted or not is_decided):
        return numbers, []
    inspected = max(numbers.values())
    # A count is of everything inspected, so it must not be more than the sample.
    if is_decided and not is_counted:
        inspected = min(inspected + extra, lot_size)
        return inspected, _outside(found, inspected) if has_outside else []
    return inspected, []


_MOST_EXTRA = 200


def _outside(found: Sequence[LineLog], inspected: int) -> list[Row]:
    """Return a row with a finding outside the sample of its class, if any class can have one."""
    for one in found:
        line = one.line
        by_item = all("item" in row for row in one.rows)
        if line.kind == "class" and not line.not_allowed and by_item and line.lot_plan.total < inspected:
            return [{"item": inspected, "class": line.name, "note": "outside"}]
    return []


def load_inspection(
    contract: Contract,
    lot_size: int,
    inspected: Inspected,
    rows: list[Row],
    answers: Sequence[LotTermAnswer],
    *,
    form: LogForm = LOG_FORMS[0],
) -> Inspection:
    """Return the inspection with a drawn log, in one of its forms, and these answers about the lot."""
    lot: Row = {"id": "L1", "size": lot_size}
    if any(term.of == "cartons" for term in contract.terms):
        lot["cartons"] = cartons_of(lot_size)
    visit: Row = {"inspected": inspected}
    rows = [*(row for answer in answers for row in answer.rows), *rows]
    for answer in answers:
        lot |= answer.lot
        visit |= answer.visit
    header: Row = {"contract": contract.order.id, "lot": lot, "inspection": visit}
    rows = form(contract, header, rows)
    return Inspection.load(header, findings=rows)


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


def line_terms(contract: Contract, line: Line) -> list[Term]:
    """Return the terms for which a drawn log has rows in a line."""
    terms = [term for term in contract.terms if not term.for_the_lot]
    if line.kind == "term":
        return [term for term in terms if term.own_line and term.id == line.name]
    return [term for term in terms if not term.own_line and term.class_ == line.name]


def reading_rows(
    terms: Iterable[Term], items: Sequence[int], reading: Callable[[Term, int], str]
) -> list[Row]:
    """Return rows of a drawn log with a reading of every term on every item."""
    return [{"item": item, "term": term.id, "value": reading(term, item)} for term in terms for item in items]


def defect_rows(line: Line, term: Term | None, times: Mapping[int, int]) -> list[Row]:
    """Return rows of a drawn log with the defects on items: of a visual term, or of no term.

    For a term with readings, the reading itself is one nonconformity; any more on the item belong to no term.
    """
    rows: list[Row] = []
    is_read = term is not None and term.is_read
    for item, number in sorted(times.items()):
        count = number - is_read
        if count:
            named = {"term": term.id} if term is not None and not is_read else {"class": line.class_name}
            note = {} if "term" in named else {"note": "not listed"}
            rows.append({"item": item} | named | ({"count": count} if count > 1 else {}) | note)
    return rows
