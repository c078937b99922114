"""A second, deliberately naive way to score a log of visual defects.

It shares nothing with the package. It follows the inspection as the inspector does, item by item and stage by stage, and
stops where the rules let him stop. Every plan is stated, so no table is needed.

Rules (see the documentation): 2 and 3 give each line its plan; 4 says what counts; 9 says which decision prevails; 10
fits a plan to a small lot.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Plan(NamedTuple):
    """Items of each stage; cumulative acceptance numbers (None: not permitted) and rejection numbers."""

    n: tuple[int, ...]
    ac: tuple[int | None, ...]
    re: tuple[int, ...]


class Line(NamedTuple):
    """A class, or a term with its own plan."""

    name: str
    plan: Plan
    is_class: bool


class Row(NamedTuple):
    """A defect that was seen on an item: the line it belongs to, and how many times it was seen there."""

    item: int
    line: str
    times: int


class Result(NamedTuple):
    """What became of a line."""

    decision: str
    found: int
    stage: int
    draw: int


def cut_to_lot(plan: Plan, lot_size: int) -> Plan:
    """Rule 10: take stages from the plan as long as items are left; the one that takes the last item is the last."""
    n: list[int] = []
    ac: list[int | None] = []
    re: list[int] = []
    left = lot_size
    for size, accept, reject in zip(plan.n, plan.ac, plan.re, strict=True):
        if size < left:
            n.append(size)
            ac.append(accept)
            re.append(reject)
            left -= size
        else:
            n.append(left)
            ac.append(plan.ac[-1])
            re.append(plan.re[-1])
            break
    return Plan(tuple(n), tuple(ac), tuple(re))


def marks(lines: Sequence[Line], rows: Sequence[Row], *, by_items: bool) -> dict[str, dict[int, int]]:
    """Rule 4: for each line, what counts on each item; `lines` are the classes, most serious first, then the terms."""
    marked: dict[str, dict[int, int]] = {line.name: {} for line in lines}
    for item in sorted({row.item for row in rows}):
        on_item = [row for row in rows if row.item == item]
        counted_in_a_class = False
        for line in lines:
            here = [row for row in on_item if row.line == line.name]
            if not here or item > sum(line.plan.n):
                continue
            if not by_items:
                marked[line.name][item] = sum(row.times for row in here)
            elif not line.is_class:
                marked[line.name][item] = 1
            elif not counted_in_a_class:
                marked[line.name][item] = 1
                counted_in_a_class = True
    return marked


def walk(plan: Plan, on_items: dict[int, int], inspected: int) -> Result:
    """Rule 9 for one line: inspect item by item, and say where it ends."""
    found = 0
    item = 0
    for stage, (size, accept, reject) in enumerate(zip(plan.n, plan.ac, plan.re, strict=True), start=1):
        end_of_stage = sum(plan.n[:stage])
        if stage > 1 and item == inspected:
            return Result("continue", found, stage - 1, size)
        while item < min(end_of_stage, inspected):
            item += 1
            found += on_items.get(item, 0)
        if found >= reject:
            return Result("reject", found, stage, 0)
        if item < end_of_stage:
            return Result("hold", found, stage, end_of_stage - item)
        is_last = stage == len(plan.n)
        if is_last or (accept is not None and found <= accept):
            return Result("accept", found, stage, 0)
    raise AssertionError("the last stage decides")


def naive_score(
    lines: Sequence[Line], rows: Sequence[Row], *, lot_size: int, inspected: int, by_items: bool
) -> tuple[str, dict[str, Result]]:
    """The decision on the lot, and what became of each line."""
    cut = [line._replace(plan=cut_to_lot(line.plan, lot_size)) for line in lines]
    marked = marks(cut, rows, by_items=by_items)
    results = {line.name: walk(line.plan, marked[line.name], inspected) for line in cut}
    for decision in ("reject", "hold", "continue"):
        if any(result.decision == decision for result in results.values()):
            return decision, results
    return "accept", results
