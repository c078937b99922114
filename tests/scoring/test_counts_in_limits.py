"""What a limit may count where the log gives numbers: the least and the most, worked out by hand for each form of a log."""

from typing import Any

import pytest

from tests.scoring.builders import Values, cls, counted, line, seen, single, staged, term, verdict
from tests.scoring.test_rule_02_limits import limited, total

CLASSES = [cls("major", plan=single(10, 9)), cls("minor", plan=single(10, 9))]
TERMS = [term("dent"), term("crack"), term("scratch", "minor")]
DENTS, CRACKS, SCRATCHES = (
    counted(number, term=name) for number, name in ((3, "dent"), (2, "crack"), (2, "scratch"))
)
MAJORS, MINORS = counted(3, class_="major"), counted(2, class_="minor")


@pytest.mark.parametrize(
    ("rows", "weight", "inspected", "bounds"),
    [
        (DENTS, None, 10, (3, 3)),
        (DENTS + CRACKS, None, 10, (3, 5)),  # an item may have both
        (DENTS + SCRATCHES, None, 10, (3, 5)),
        (MAJORS + MINORS, None, 10, (5, 5)),  # an item is classified once
        (MAJORS + SCRATCHES, None, 10, (3, 5)),
        (seen("dent", 1, 2, 3) + SCRATCHES, None, 10, (3, 5)),
        (DENTS + SCRATCHES, "0.5", 10, (3, 4)),
        (MAJORS + MINORS, "2", 10, (7, 10)),  # a major item may have minor defects too
        (DENTS, None, 12, (1, 3)),  # 2 of the 12 items inspected are outside the sample of 10
        (DENTS, None, 13, (0, 3)),
        (DENTS, None, 14, (0, 3)),
        (MAJORS, None, 12, (1, 3)),
        (MAJORS + MINORS, None, 12, (3, 5)),
        (MAJORS + MINORS, "2", 12, (3, 10)),  # the 2 minor items may be outside
        (MAJORS + MINORS, None, 15, (0, 5)),
    ],
)  # fmt: skip
def test_items_in_a_limit(rows: Any, weight: str | None, inspected: int, bounds: tuple[Any, Any]) -> None:
    limit = {"name": "all", "of": ["major", "minor"], "plan": single(10, 9)}
    limit |= {"weights": {"minor": weight}} if weight else {}
    found = verdict(limited([limit], CLASSES, TERMS), rows, inspected=inspected)
    assert total(line(found, "all")) == bounds


@pytest.mark.parametrize(
    ("rows", "inspected", "bounds"),
    [
        (DENTS + CRACKS, 10, (5, 5)),
        (MAJORS + MINORS, 10, (5, 5)),
        (MAJORS + MINORS, 11, (0, 5)),
        (DENTS + seen("scratch", 4, count=7), 10, (10, 10)),
        (DENTS + seen("scratch", 4, count=7), 11, (7, 10)),
    ],
)
def test_nonconformities_in_a_limit(rows: Any, inspected: int, bounds: tuple[int, int]) -> None:
    limit = {"name": "all", "of": ["major", "minor"], "plan": single(10, 9)}
    agreed = limited([limit], CLASSES, TERMS, counting="nonconformities")
    assert total(line(verdict(agreed, rows, inspected=inspected), "all")) == bounds


def at_stage(stage: int, **counts: int) -> list[Values]:
    return [{"term": name, "count": number, "stage": stage} for name, number in counts.items()]


@pytest.mark.parametrize(
    ("counting", "by_stage"),
    [("items", ((4, 5), (5, 6))), ("nonconformities", ((8, 8), (9, 9)))],
)
def test_counts_of_the_stages_of_a_plan(counting: str, by_stage: Any) -> None:
    """Of the first 5 items 4 have dents and 4 have cracks, so 4 or 5 are nonconforming; of the next 5, one is."""
    plan = staged((5, 5), ("#", 9), (9, 10))
    limit = {"name": "all", "of": ["major"], "plan": plan}
    agreed = limited([limit], [cls("major", plan=plan)], TERMS[:2], counting=counting)
    found = verdict(agreed, [*at_stage(1, dent=4, crack=4), *at_stage(2, dent=1)], inspected=10)
    assert line(found, "major").by_stage == line(found, "all").by_stage == by_stage


def test_counts_of_stages_beside_counts_of_the_whole_sample() -> None:
    """1 dent and 2 dents are 3 items; the 2 minor ones, wherever they are, may be others."""
    plan = staged((5, 5), ("#", 9), (9, 10))
    limit = {"name": "all", "of": ["major", "minor"], "plan": plan}
    classes = [cls("major", plan=plan), cls("minor", plan=single(10, 9))]
    rows = [*at_stage(1, dent=1), *at_stage(2, dent=2), *MINORS]
    assert line(verdict(limited([limit], classes, TERMS), rows, inspected=10), "all").by_stage == (
        (1, 3),
        (3, 5),
    )


def test_nonconformities_of_a_later_stage_are_not_bounded_by_its_items() -> None:
    agreed = limited(
        [], [cls("major", plan=staged((5, 5), ("#", 9), (9, 10)))], TERMS[:1], counting="nonconformities"
    )
    found = verdict(agreed, seen("dent", 7, count=12), inspected=10)
    assert (found.decision, line(found).by_stage) == ("reject", ((0, 0), (12, 12)))


def test_a_huge_number_of_nonconformities_on_an_item_is_counted() -> None:
    agreed = limited(
        [{"name": "all", "of": ["major"], "plan": single(10, 9)}],
        CLASSES[:1],
        TERMS[:1],
        counting="nonconformities",
    )
    found = verdict(agreed, seen("dent", 7, count=10**12 - 1), inspected=10)
    assert (line(found).found, line(found, "all").found, line(found).items) == (10**12 - 1, 10**12 - 1, (7,))
