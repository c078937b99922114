"""Why a line was decided as it was, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aql.scoring.deciding import Decision, Outcome
from aql.scoring.decision_lines import Line
from aql.scoring.verdict import BreachedItem, MissingReadings

__all__ = ["breached_items", "item_ranges", "line_reasons", "named_items"]


def item_ranges(items: Sequence[int], *, most: int = 12) -> str:
    """Write item numbers as ranges.

    Examples
    --------
    >>> item_ranges([1, 2, 3, 7, 9, 10])
    '1-3, 7, 9-10'
    """
    ranges: list[list[int]] = []
    for item in items:
        if ranges and item == ranges[-1][1] + 1:
            ranges[-1][1] = item
        else:
            ranges.append([item, item])
    texts = [str(low) if low == high else f"{low}-{high}" for low, high in ranges]
    return ", ".join(texts[:most]) + (f" and {len(texts) - most} more" if len(texts) > most else "")


def named_items(items: Iterable[int], *, most: int = 12) -> str:
    """Write item numbers as ranges after the word, each number once.

    Examples
    --------
    >>> named_items([7]), named_items([9, 7, 8, 7])
    ('item 7', 'items 7-9')
    """
    numbers = sorted(set(items))
    return f"{'item' if len(numbers) == 1 else 'items'} {item_ranges(numbers, most=most)}"


def breached_items(items: Sequence[BreachedItem], *, most: int = 12, bare: bool = False) -> str:
    """Write the items of a breach, those that do not count apart; `bare` leaves out the word "item".

    Examples
    --------
    >>> breached_items([BreachedItem(7, "64 cm"), BreachedItem(19, "60 cm", counted=False)])
    'item 7; not counted: item 19'
    """
    parts = []
    for counted, before in ((True, ""), (False, "not counted: ")):
        numbers = sorted({one.item for one in items if one.counted is counted})
        if numbers:
            said = item_ranges(numbers, most=most) if bare else named_items(numbers, most=most)
            parts.append(before + said)
    return "; ".join(parts)


def line_reasons(
    line: Line,
    outcome: Outcome,
    decision: Decision,
    missing: Sequence[MissingReadings],
    inspected: int | None,
    *,
    counting: str,
) -> tuple[str, ...]:
    """Say why a line was decided as it was, one sentence each without its full stop."""
    stage = line.lot_plan.stages[outcome.stage - 1]
    one = "nonconforming item" if counting == "items" else "nonconformity"
    what = one if outcome.found == 1 else "nonconforming items" if counting == "items" else "nonconformities"
    sample = (
        f"the sample of {stage.total}" if outcome.stage == 1 else f"the samples of {stage.total} together"
    )
    if line.not_allowed and inspected is not None and inspected > stage.total:
        sample = f"the {inspected} inspected, all of which count; the sample is {stage.total}"
    reasons = [f"{outcome.found} {what} in {sample}, {_numbers(stage.ac, stage.re)}"]
    if decision == "continue":
        items = f"items {outcome.within + 1} to {outcome.within + outcome.draw}"
        reasons.append(f"a further sample of {outcome.draw} is due: {items}")
    if outcome.decision == "hold":
        if inspected is None:
            reasons.append(f"the number inspected is not stated; {stage.total} are needed")
        else:
            needed = f"{outcome.draw} more {'is' if outcome.draw == 1 else 'are'} needed"
            reasons.append(f"only {inspected} of {stage.total} were inspected; {needed}")
    if outcome.gap and decision == "accept":
        reasons.append("the count lies between Ac and Re: the lot is accepted, and normal inspection is due")
    if decision == "hold":
        reasons += [
            f"{one.term} was not read on {len(one.items)} {'item' if len(one.items) == 1 else 'items'}: "
            f"{item_ranges(one.items)}"
            for one in missing
        ]
    return tuple(reasons)


def _numbers(ac: int | None, re: int) -> str:
    return f"Ac {'not permitted yet' if ac is None else ac}, Re {re}"
