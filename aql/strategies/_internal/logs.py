"""The log of an inspection, combined from the findings of every decision line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aql.contract.contract import Contract
from aql.inspection.inspection import Inspection
from aql.scoring.decision_line import Line
from aql.strategies._internal.choices import Choices
from aql.strategies._internal.drawings import cartons_of
from aql.strategies._internal.line_logs import LineLog
from aql.strategies._internal.log_forms import LOG_FORMS, LogForm
from aql.strategies._internal.log_rows import Row
from aql.strategies._internal.lot_term_answers import LotTermAnswer

__all__ = ["combined_log", "load_inspection"]

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
