"""Rule 2: a decision line is a class, or a term with its own level, sample, AQL or plan."""

from typing import Any

import pytest

import aql
from tests.scoring.builders import (
    basis,
    cls,
    contract,
    counts,
    decisions,
    line,
    measured,
    plan_of,
    readings,
    seen,
    single,
    staged,
    term,
    verdict,
)

OWN: dict[str, dict[str, Any]] = {
    "level": {"level": "S-2"},
    "sample": {"sample": 4},
    "aql": {"aql": 6.5},
    "plan": {"plan": single(7, 2)},
    "inspect": {"inspect": "all"},
}


@pytest.mark.parametrize("own", OWN.values(), ids=OWN)
def test_a_term_with_its_own_sample_is_a_line_and_one_without_is_not(own: dict[str, Any]) -> None:
    """Rule 2: level, sample, AQL or plan of its own make a term a line."""
    found = verdict(contract(cls(aql=2.5), [term("scratch"), term("dent", **own)]))
    assert [(one.name, one.kind, one.class_name) for one in found.lines] == [
        ("major", "class", "major"),
        ("dent", "term", "major"),
    ]
    assert [one.name for one in found.classes] == ["major"]
    assert [one.name for one in found.terms] == ["dent"]


def test_every_line_has_its_own_n_ac_re_count_and_decision() -> None:
    """Rule 2: each line has its own n, Ac, Re, count and decision."""
    agreed = contract(
        [cls("major", plan=single(20, 1)), cls("minor", plan=single(10, 2, 5))],
        [term("dent"), term("scratch", "minor"), term("drop", sample=5, ac=1)],
    )
    rows = [*seen("dent", 1, 2), *seen("scratch", 5, 6), *seen("drop", 3)]
    found = verdict(agreed, rows, inspected=20)
    numbers = {one.name: (one.plan.total, one.ac, one.re, one.found, one.decision) for one in found.lines}
    assert numbers == {
        "major": (20, 1, 2, 2, "reject"),
        "minor": (10, 2, 5, 2, "accept"),
        "drop": (5, 1, 2, 1, "accept"),
    }
    assert found.decision == "reject"


def test_a_term_with_its_own_line_does_not_enter_the_count_of_its_class() -> None:
    """Rule 2: a term with its own line does not enter its class's count."""
    agreed = contract(cls(plan=single(10, 0)), [term("scratch"), term("drop", sample=5, ac=3)])
    found = verdict(agreed, seen("drop", 1, 2, 3), inspected=10)
    assert counts(found) == {"major": 0, "drop": 3}
    assert decisions(found) == {"major": "accept", "drop": "accept"}
    found = verdict(agreed, [*seen("drop", 1), *seen("scratch", 1)], inspected=10)
    assert counts(found) == {"major": 1, "drop": 1}


def test_readings_of_a_term_with_its_own_line_are_needed_on_its_own_sample_only() -> None:
    """Rules 2 and 7: the sample of the line says which items are read."""
    agreed = contract(cls(plan=single(10, 0)), [measured("force", max="1", sample=2)])
    found = verdict(agreed, readings("force", [1, 1]), inspected=10)
    assert found.decision == "accept"
    found = verdict(agreed, readings("force", [1]), inspected=10)
    assert decisions(found) == {"major": "accept", "force": "hold"}


def test_a_sample_without_ac_accepts_on_none() -> None:
    """Rule 2: `sample = k` without `ac` means Ac 0 and looks no AQL up."""
    found = verdict(contract(cls(aql=2.5), [term("drop", sample=50)]))
    assert line(found, "drop").plan == aql.SinglePlan(50, 0)
    assert line(found, "drop").lookup is None
    assert basis(line(found, "drop")) == "sample stated in the contract"


def test_a_sample_with_ac_has_that_ac() -> None:
    assert plan_of(cls(aql=2.5), 1000, "drop", [term("drop", sample=50, ac=2)]) == aql.SinglePlan(50, 2)


def test_a_sample_looks_no_aql_up_even_where_its_class_is_not_allowed() -> None:
    """Rule 2: a term with `sample` in a class of AQL 0 has that sample and Ac 0."""
    found = verdict(contract(cls("critical", aql=0), [term("burst", "critical", sample=3)]))
    assert line(found, "burst").plan == aql.SinglePlan(3, 0)
    assert line(found, "burst").lookup is None


def test_a_stated_plan_wins_over_the_table() -> None:
    """Rule 2: `plan` in the contract wins over the table."""
    plan = staged((3, 4), ("#", 1), (2, 3))
    found = verdict(
        contract([cls("major", plan=single(9, 3)), cls("minor", plan=plan)], [term("dent", plan=plan)])
    )
    assert [one.plan for one in found.lines] == [
        aql.SinglePlan(9, 3),
        aql.MultiplePlan((3, 4), (None, 1), (2, 3)),
        aql.MultiplePlan((3, 4), (None, 1), (2, 3)),
    ]
    assert all(one.lookup is None for one in found.lines)
    assert {basis(one) for one in found.lines} == {"plan stated in the contract"}


def test_a_stated_plan_is_the_same_under_every_convention_of_samples() -> None:
    classes = [cls("major", plan=single(9, 3)), cls("minor", aql=4.0)]
    plans = {plan_of(classes, 1000, sample=sample) for sample in ("per-class", "largest", "letter")}
    assert plans == {aql.SinglePlan(9, 3)}


@pytest.mark.parametrize(
    ("level", "plan"),
    [
        ("S-1", aql.SinglePlan(5, 0)),
        ("S-2", aql.SinglePlan(5, 0)),
        ("S-3", aql.SinglePlan(20, 1)),
        ("S-4", aql.SinglePlan(32, 2)),
        ("I", aql.SinglePlan(50, 3)),
        ("II", aql.SinglePlan(125, 7)),
        ("III", aql.SinglePlan(200, 10)),
    ],
)
def test_a_term_with_a_level_is_looked_up_at_that_level_with_the_aql_of_its_class(
    level: str, plan: aql.SinglePlan
) -> None:
    """Rule 2, with the row of MIL-STD-105E for lots of 1201 to 3200 at AQL 2.5."""
    found = verdict(contract(cls(aql=2.5), [term("drop", level=level)]), size=3000)
    assert line(found, "drop").plan == plan
    assert line(found, "major").plan == aql.SinglePlan(125, 7)


def test_a_term_with_an_aql_is_looked_up_at_the_level_of_the_inspection() -> None:
    terms = [term("drop", aql=4.0), term("fall", aql=4.0, level="S-4")]
    found = verdict(contract(cls(aql=2.5), terms), size=3000)
    assert line(found, "drop").plan == aql.SinglePlan(125, 10)
    assert line(found, "fall").plan == aql.SinglePlan(32, 3)


def test_a_term_with_an_aql_needs_no_aql_of_its_class() -> None:
    found = verdict(contract(cls(plan=single(10, 0)), [term("drop", aql=4.0)]), size=3000)
    assert line(found, "drop").plan == aql.SinglePlan(125, 10)


def test_a_term_with_a_level_in_a_class_that_is_not_allowed_has_that_letter_and_ac_0() -> None:
    """Rules 2 and 3: letter D (n 8) at S-2 for 3000, and any finding counts."""
    agreed = contract(cls("critical", aql=0), [term("burst", "critical", level="S-2")])
    found = verdict(agreed, seen("burst", 100), size=3000, inspected=125)
    assert line(found, "burst").plan == aql.SinglePlan(8, 0)
    assert line(found, "burst").practice
    assert decisions(found) == {"critical": "accept", "burst": "reject"}


def test_a_class_that_is_inspected_wholly_takes_the_lot_and_the_stated_ac() -> None:
    """Rule 2: `inspect = "all", ac = 0`."""
    assert plan_of(cls(inspect="all", ac=2), 37) == aql.SinglePlan(37, 2)
    assert plan_of(cls(inspect="all"), 37) == aql.SinglePlan(37, 0)
    stated: list[tuple[dict[str, Any], int]] = [({}, 0), ({"ac": 1}, 1)]
    for own, ac in stated:
        terms = [term("drop", inspect="all", **own)]
        assert plan_of(cls(aql=2.5), 37, "drop", terms) == aql.SinglePlan(37, ac)
