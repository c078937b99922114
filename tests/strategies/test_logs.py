"""The logs that strategies write: a file of them by fixed choices, and what each part of them promises.

If a change of the file is meant, write it again with ``python -m tests.strategies.drawn_logs``.
"""

from itertools import product
from typing import Any

import pytest

import aql
from aql.scoring.decision_line import decision_lines
from aql.strategies._internal.log_forms import LOG_FORMS
from aql.strategies._internal.logs import defect_rows
from aql.strategies._internal.stage_counts import CountRanges, count_ranges, stage_counts
from aql.types import DECISIONS, Decision
from tests.scoring.builders import cls, contract, term
from tests.strategies.drawn_logs import CONTRACTS, WRITTEN, of_contract

AnyPlan = aql.SinglePlan | aql.MultiplePlan


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_same_choices_give_the_same_logs(name: str) -> None:
    lines = WRITTEN.read_text("utf-8").splitlines()
    places = [place for place, line in enumerate(lines) if line.startswith(f"{name}, ")]
    last = next((end for end in range(places[-1] + 1, len(lines)) if lines[end][0] != " "), len(lines))
    assert [*of_contract(name)] == lines[places[0] : last]


def test_a_defect_of_no_term_says_that_it_is_not_listed() -> None:
    """A term seen by eye has the defect; the reading of a term is itself one nonconformity, the others are of no term."""
    agreed = contract(cls(aql=2.5), [term("dent"), term("switch", measure={"answer": "yes"})])
    line, (dent, switch) = decision_lines(agreed, 100)[0], agreed.terms
    times = {4: 1, 2: 3}
    unlisted = {"class": "major", "note": "not listed"}
    assert defect_rows(line, dent, times) == [
        {"item": 2, "term": "dent", "count": 3},
        {"item": 4, "term": "dent"},
    ]
    assert defect_rows(line, switch, times) == [
        {"item": 2, "class": "major", "count": 2, "note": "not listed"},
    ]
    assert defect_rows(line, None, times) == [
        {"item": 2, "count": 3} | unlisted,
        {"item": 4} | unlisted,
    ]
    assert defect_rows(line, switch, {1: 2}) == [{"item": 1} | unlisted]


def test_cartons_of_one_defect_each_are_named_in_their_own_column() -> None:
    agreed = contract(cls(aql=2.5), [term("dent"), term("drop", of="cartons", sample=3, ac=1)])
    named = LOG_FORMS[4]

    def header() -> dict[str, Any]:
        return {"lot": {"id": "L1", "size": 30}, "inspection": {"inspected": {"major": 2, "drop": 3}}}

    rows = [{"item": 1, "term": "dent"}, {"item": 3, "term": "drop"}, {"class": "major", "count": 1}]
    given = header()
    assert named(agreed, given, rows) == [
        {"item": "SN-1001", "term": "dent"},
        {"carton": "3", "term": "drop"},
        {"class": "major", "count": 1},
    ]
    assert given["inspection"] == {
        "inspected": {"major": 2, "drop": 3},
        "items": ["SN-1001", "SN-1002", "SN-1003"],
    }
    twice, kept = header(), [*rows, {"item": 2, "term": "drop", "count": 2}]
    assert named(agreed, twice, kept) == kept
    assert twice == header()


# Counts by stage, against every count there is -------------------------------------------------------------------

PLANS: list[AnyPlan] = [
    aql.SinglePlan(3, 0),
    aql.SinglePlan(3, 1, 3),
    aql.SinglePlan(1, 0),
    aql.SinglePlan(2, 3),
    aql.MultiplePlan((3, 3), (0, 3), (3, 4)),
    aql.MultiplePlan((3, 2), (None, 1), (2, 3)),
    aql.MultiplePlan((1, 2, 1), (None, 0, 2), (2, 3, 4)),
    aql.MultiplePlan((2, 1), (0, 0), (1, 1)),
]
ROOMS = (0, 1, 2, 5)


def ends(plan: AnyPlan, counts: tuple[int, ...]) -> Decision | None:
    """How inspection ends after as many stages as there are counts; None if it ended before."""
    total = 0
    for place, (stage, count) in enumerate(zip(plan.stages, counts, strict=False)):
        total += count
        is_last = place == len(plan.stages) - 1
        said: Decision = "continue"
        if total >= stage.re:
            said = "reject"
        elif is_last or (stage.ac is not None and total <= stage.ac):
            said = "accept"
        if place == len(counts) - 1:
            return said
        if said != "continue":
            return None
    return None


class Given:
    """Choices as given, then the first of each kind; it keeps what it could choose."""

    def __init__(self, given: tuple[int, ...]) -> None:
        self.left, self.asked = list(given), list[tuple[int, int]]()

    def whole(self, low: int, high: int) -> int:
        self.asked.append((low, high))
        return self.left.pop(0) if self.left else low


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("plan", PLANS, ids=str)
def test_the_counts_of_a_decision_are_all_those_that_lead_to_it(plan: AnyPlan, decision: Decision) -> None:
    for room in product(ROOMS, repeat=len(plan.stages)):
        found = count_ranges(decision, plan, room)
        assert [one.stage for one in found] == sorted({one.stage for one in found})
        for stage in range(1, len(plan.stages) + 1):
            ranges = [one for one in found if one.stage == stage]
            total, here = plan.stages[stage - 1].total, plan.stages[stage - 1]
            counts = set(product(*(range(number + 1) for number in room[:stage])))
            if decision == "hold":
                least = total - here.n + (stage > 1)
                leading = {
                    one
                    for one in counts
                    if one[-1] == 0
                    and sum(one) < here.re
                    and (stage == 1 or ends(plan, one[:-1]) == "continue")
                    and least < total
                }
            else:
                least = total
                leading = {one for one in counts if ends(plan, one) == decision and sum(one) <= here.re + 3}
            drawn = {one for each in ranges for one in all_counts(each)}
            assert drawn == leading, (room, stage)
            assert all(one.inspected == least for one in ranges)


def all_counts(ranges: CountRanges) -> set[tuple[int, ...]]:
    """All counts that can be drawn from ranges."""
    found: set[tuple[int, ...]] = set()
    waiting: list[tuple[int, ...]] = [()]
    while waiting:
        given = waiting.pop()
        choices: Any = Given(given)
        counts = stage_counts(choices, ranges)
        if len(given) == len(choices.asked):
            found.add(tuple(counts))
        else:
            low, high = choices.asked[len(given)]
            waiting += [(*given, one) for one in range(low, high + 1)]
    return found
