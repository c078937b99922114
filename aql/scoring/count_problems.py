"""Problems that the counts of a log can have: two forms in one class, more than were inspected, and wrong stages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from aql.contract.contract import Contract
from aql.errors import Problem
from aql.inspection.header import InspectionHeader
from aql.inspection.log import LogRow
from aql.scoring.decision_line import Line

__all__ = ["count_problems", "stage_problems"]


def count_problems(
    contract: Contract,
    header: InspectionHeader,
    lines: Mapping[str, Line],
    rows: Mapping[str, Sequence[LogRow]],
    with_item: Collection[str],
) -> Iterator[Problem]:
    """Yield problems of counts: rows with a count above 0 by line, and the lines whose rows have items."""
    for name, mine in rows.items():
        of_class = [row for row in mine if not row.term]
        if name in with_item:
            message = f"{name} also has rows with items. Give the items here too, or only counts for {name}"
            yield from (row.problem(message, column="item", code="mixed-forms") for row in mine)
        elif len(of_class) < len(mine):
            message = (
                f"{name} also has counts by term, which may be of the same items. "
                f"Count {name} by term only, or as a class only"
            )
            yield from (row.problem(message, column="term", code="mixed-counts") for row in of_class)
        unstaged = [row for row in mine if row.stage is None]
        if len(unstaged) < len(mine):
            message = f"must be the stage, as in the other counts of {name}"
            yield from (row.problem(message, column="stage", code="no-stage") for row in unstaged)
    if contract.inspection.counting == "items":
        yield from _impossible(contract, header, lines, rows)
        for name, mine in rows.items():
            yield from _impossible_in_a_stage(header, lines[name], mine)


def _impossible_in_a_stage(header: InspectionHeader, line: Line, rows: Sequence[LogRow]) -> Iterator[Problem]:
    """Yield counts of a stage above the items inspected in it."""
    inspected = header.inspection.inspected_for(line.name)
    done = (line.cartons or header.lot.size) if inspected is None else inspected
    for number, stage in enumerate(line.lot_plan.stages, start=1):
        most = max(0, min(stage.n, done - (stage.total - stage.n)))
        mine = [row for row in rows if row.stage == number and not line.not_allowed]
        for same in _by_term(mine).values():
            total = sum(row.count or 0 for row in same)
            if total > most:
                message = f"must be at most {most} nonconforming {line.counted_of}, those inspected in stage {number}, got {total}"
                yield same[-1].problem(message, column="count", code="count-above-inspected")


def _by_term(rows: Sequence[LogRow]) -> dict[str, list[LogRow]]:
    found: dict[str, list[LogRow]] = {}
    for row in rows:
        found.setdefault(row.term, []).append(row)
    return found


def stage_problems(row: LogRow, line: Line) -> Iterator[Problem]:
    """Yield problems of counts by stage: the plan has no such stage, or the item of the row is in another."""
    if row.stage is None or line.not_allowed:
        return
    stages = line.lot_plan.stages
    if row.stage > len(stages):
        message = f"must be at most {len(stages)}, the stages of {line.name}, got {row.stage}"
        yield row.problem(message, column="stage")
    elif row.item is not None and row.item <= stages[-1].total:
        own = next(number for number, stage in enumerate(stages, start=1) if row.item <= stage.total)
        if own != row.stage:
            message = f"must be {own} for item {row.item} of {line.name}, got {row.stage}"
            yield row.problem(message, column="stage")


def _impossible(
    contract: Contract,
    header: InspectionHeader,
    lines: Mapping[str, Line],
    rows: Mapping[str, Sequence[LogRow]],
) -> Iterator[Problem]:
    """Yield counts above the number of items inspected: of one term, of one class, and of all classes together."""
    together = 0
    classified: list[LogRow] = []
    for name, mine in rows.items():
        inspected = header.inspection.inspected_for(name)
        line = lines[name]
        last = (line.cartons or header.lot.size) if inspected is None else inspected
        whole = "the size of the lot" if line.cartons is None else "the number of cartons"
        what = whole if inspected is None else f"the number inspected for {name}"
        for term, same in _by_term(mine).items():
            number = sum(row.count or 0 for row in same)
            if number > last:
                message = f"must be at most {last} nonconforming {line.counted_of}, {what}, got {number}"
                yield same[-1].problem(message, column="count", code="count-above-inspected")
                return
            if not term:
                classified += same
                together += number
    sizes = [header.inspection.inspected_for(name) for name in contract.class_names()]
    most = max(header.lot.size if size is None else size for size in sizes)
    if together > most:
        message = (
            f"the classes have {together} nonconforming items together, but only {most} were inspected. "
            "Count each item once, in its most serious class"
        )
        yield classified[-1].problem(message, column="count", code="count-above-inspected")
