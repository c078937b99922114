"""Rule 2: a limit counts the findings of its members on the items of its own sample, in addition, and takes nothing."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

import aql
from aql.contract import Contract
from aql.scoring import LineResult
from tests.profiles import examples
from tests.scoring.builders import (
    ORDER,
    Values,
    basis,
    cls,
    counted,
    decisions,
    line,
    log,
    measured,
    reasons,
    seen,
    single,
    term,
    verdict,
)
from tests.scoring.test_same_in_every_form import Truth, rows_of, truths


def limited(
    limits: list[Values], classes: list[Values], terms: Sequence[Values] = (), **clause: Any
) -> Contract:
    return Contract.load(
        {
            "order": {"id": ORDER, "quantity": 1000},
            "inspection": clause,
            "classes": classes,
            "terms": list(terms),
            "limits": limits,
        }
    )


FOOD = limited(
    [{"name": "total", "of": ["critical", "major", "minor"], "plan": single(84, 9)}],
    [cls("critical", plan=single(84, 0)), cls("major", plan=single(84, 3)), cls("minor", plan=single(84, 9))],
    counting="nonconformities",
)


@pytest.mark.parametrize(
    ("major", "minor", "decision"), [(3, 8, "reject"), (3, 6, "accept"), (4, 0, "reject"), (0, 10, "reject")]
)
def test_a_total_beside_its_parts(major: int, minor: int, decision: str) -> None:
    """7 CFR 42.107: of 84 at most 3 major and 9 in all; 3 major and 8 minor are 11."""
    rows = [*counted(major, class_="major"), *counted(minor, class_="minor")]
    found = verdict(FOOD, rows, 6000, 84)
    assert found.decision == decision
    assert (line(found, "total").found, line(found, "major").found) == (major + minor, major)


def test_a_limit_on_a_term_comes_on_top_of_its_class() -> None:
    """Not more than 2 open seams, and 5 majors in all."""
    agreed = limited(
        [{"name": "seams", "of": ["seam"], "plan": single(10, 2)}],
        [cls("major", plan=single(10, 5))],
        [term("seam"), term("stain")],
    )
    assert verdict(agreed, [*seen("seam", 1, 2), *seen("stain", 3, 4, 5)], inspected=10).decision == "accept"
    found = verdict(agreed, seen("seam", 1, 2, 3), inspected=10)
    assert decisions(found) == {"major": "accept", "seams": "reject"}
    assert reasons(found, "seams") == ("3 nonconforming items in the sample of 10, Ac 2, Re 3",)
    assert basis(line(found, "seams")) == "plan stated in the contract; counts seam"
    assert line(found, "seams").items == (1, 2, 3)
    assert found.limits == found.lines[-1:]
    assert aql.Verdict.from_json(found.to_json()) == found


def test_an_item_counts_once_in_a_limit_wherever_it_counts_elsewhere() -> None:
    """Also outside the sample of its class, up to the limit's own n; and a term with its own plan where it is named."""
    agreed = limited(
        [{"name": "total", "of": ["major", "minor", "drop"], "plan": single(20, 1)}],
        [cls("major", plan=single(5, 5)), cls("minor", plan=single(5, 5))],
        [term("dent"), term("scratch", "minor"), term("drop", sample=3, ac=3)],
    )
    rows = [*seen("dent", 1), *seen("scratch", 1), *seen("drop", 1), *seen("scratch", 25)]
    assert line(verdict(agreed, rows, inspected=30), "total").found == 1
    found = verdict(agreed, [*rows, *seen("scratch", 20)], inspected=30)
    assert (line(found, "total").found, found.decision) == (2, "reject")
    assert line(found, "minor").found == 0


def test_a_class_in_a_limit_leaves_out_its_terms_with_their_own_plans() -> None:
    agreed = limited(
        [{"name": "total", "of": ["major"], "plan": single(10, 0)}],
        [cls("major", plan=single(10, 5))],
        [term("drop", sample=3, ac=3)],
    )
    assert verdict(agreed, seen("drop", 1), inspected=10).decision == "accept"


WEIGHED = limited(
    [
        {
            "name": "failures",
            "of": ["major"],
            "plan": single(20, 2),
            "weights": {"chimney": "0.25", "leak": "0.5"},
        }
    ],
    [cls("major", plan=single(20, 20))],
    [term("chimney"), term("leak"), term("crack")],
    counting="nonconformities",
)


def test_weights_are_added_as_decimals() -> None:
    """Three leaks and two chimneys weigh 2; a third chimney is above Ac 2."""
    found = verdict(WEIGHED, [*seen("leak", 1, 2, 3), *seen("chimney", 1, 4)], inspected=20)
    assert (line(found, "failures").count, found.decision) == ("2", "accept")
    found = verdict(WEIGHED, [*seen("leak", 1, 2, 3), *seen("chimney", 1, 4, 5)], inspected=20)
    assert (line(found, "failures").count, line(found, "failures").found, found.decision) == (
        "2.25",
        3,
        "reject",
    )
    assert reasons(found, "failures") == ("a weighted total of 2.25 in the sample of 20, Ac 2",)
    assert basis(line(found, "failures")).endswith("counts major, weights chimney × 0.25, leak × 0.5")
    again = aql.Verdict.from_json(found.to_json())
    assert (again, again.explain()) == (found, found.explain())


def test_an_item_counts_with_the_largest_of_its_weights() -> None:
    agreed = limited(
        [{"name": "failures", "of": ["major"], "plan": single(20, 2), "weights": {"chimney": "0.25"}}],
        [cls("major", plan=single(20, 20))],
        [term("chimney"), term("crack")],
    )
    found = verdict(agreed, [*seen("chimney", 1, 2), *seen("crack", 1)], inspected=20)
    assert line(found, "failures").weighted == (Decimal("1.25"), Decimal("1.25"))
    found = verdict(agreed, counted(3, class_="major"), inspected=20)
    assert line(found, "failures").weighted == (Decimal("0.75"), Decimal(3))
    assert reasons(found, "failures")[0] == "a weighted total of 0.75 to 3 in the sample of 20, Ac 2"
    assert found.decision == "hold"


def test_a_limit_by_aql_has_the_plan_of_the_table_and_aql_0_counts_any_item() -> None:
    agreed = limited(
        [
            {"name": "total", "of": ["major", "minor"], "aql": 4.0},
            {"name": "none", "of": ["major"], "aql": 0},
        ],
        [cls("major", aql=2.5), cls("minor", aql=4.0)],
    )
    found = verdict(agreed, [], 1200, 80)
    assert line(found, "total").plan == aql.lookup(1200, aql=4.0).plan
    found = verdict(agreed, [{"item": 100, "class": "major"}], 1200, 100)
    assert decisions(found) == {"major": "accept", "minor": "accept", "total": "accept", "none": "reject"}


def test_the_number_inspected_of_a_limit_is_that_of_its_members() -> None:
    classes = [cls("major", plan=single(10, 1)), cls("minor", plan=single(5, 1))]
    agreed = limited([{"name": "total", "of": ["major", "minor"], "plan": single(10, 1)}], classes)
    found = verdict(agreed, [], inspected={"major": 10, "minor": 5})
    assert (line(found, "total").inspected, found.decision) == (5, "hold")
    assert verdict(agreed, [], inspected={"major": 10, "minor": 5, "total": 10}).decision == "accept"
    assert line(verdict(agreed, [], inspected={"major": 10}), "total").inspected is None


def test_a_limit_needs_the_readings_of_its_members() -> None:
    agreed = limited(
        [{"name": "wide", "of": ["width"], "plan": single(5, 0)}],
        [cls("major", plan=single(3, 1))],
        [measured("width", max="5")],
    )
    rows = [{"item": item, "term": "width", "value": "4"} for item in (1, 2, 3)]
    assert decisions(verdict(agreed, rows, inspected=5)) == {"major": "accept", "wide": "hold"}
    assert decisions(verdict(agreed, counted(0, term="width"), inspected=5)) == {
        "major": "accept",
        "wide": "accept",
    }


@examples(120)
@given(truth=truths())
def test_no_form_of_a_log_puts_a_limit_beyond_its_bounds(truth: Truth) -> None:
    """Limits on every member alone and on all of them; a form may hold where the items decide."""
    names = [*truth.agreed.class_names(), *(one.id for one in truth.agreed.terms if one.own_line)]
    members = [*([name] for name in names), names, [one.id for one in truth.agreed.terms[::2]]]
    limits: list[Values] = [
        {"name": f"limit-{place}", "of": of, "plan": single(3 + 4 * place, place % 3)}
        for place, of in enumerate(members)
    ]
    weighted = [
        one | {"name": f"weighted-{place}", "weights": {one["of"][0]: "0.5"}}
        for place, one in enumerate(limits)
    ]
    agreed = Contract.from_dict(truth.agreed.to_dict() | {"limits": [*limits, *weighted]})
    scored = {}
    for form in ("items", "classified", "tallies"):
        rows = [row for name in names for row in rows_of(truth, name, form)]
        scored[form] = aql.score(agreed, log(rows, truth.size, truth.inspected)).limits
    for one, *others in zip(*scored.values(), strict=True):
        exact = by_hand(truth, agreed, one)
        assert total(one) == (exact, exact)
        for other in others:
            least, most = total(other)
            assert least <= exact <= most
            assert other.decision in {one.decision, "hold"}


def total(one: LineResult) -> tuple[Decimal | int, Decimal | int]:
    return one.weighted or (one.found, one.at_most)


def by_hand(truth: Truth, agreed: Contract, one: LineResult) -> Decimal:
    """What a limit counts, item by item."""
    total = Decimal(0)
    weights = dict(one.weights)
    for item, defects in truth.found.items():
        on_item = Counter[Decimal]()
        for name, times in defects.items():
            of = agreed.term(name)
            if item <= one.lot_plan.total and (name in one.of or (of.class_ in one.of and not of.own_line)):
                weight = weights.get(name) or weights.get(str(of.class_)) or Decimal(1)
                on_item[weight] += times
        if on_item:
            once = agreed.inspection.counting == "items"
            total += max(on_item) if once else sum(weight * times for weight, times in on_item.items())
    return total


# The check.


def codes(limit: Values, **clause: Any) -> list[str]:
    terms = [term("dent"), term("mark", None, kind="mark")]
    agreed = limited([limit], [cls("major", plan=single(10, 1))], terms, **clause)
    return [one.code for one in aql.check(agreed).errors]


PLAN = single(10, 1)


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ({"name": "major", "of": ["dent"], "plan": PLAN}, "repeated-name"),
        ({"name": "dent", "of": ["dent"], "plan": PLAN}, "repeated-name"),
        ({"name": "total", "of": ["major"]}, "no-plan"),
        ({"name": "total", "of": ["major"], "plan": PLAN, "aql": 2.5}, "two-plans"),
        ({"name": "total", "of": ["major"], "aql": 2.6}, "unknown-aql"),
        ({"name": "total", "of": ["mayor"], "plan": PLAN}, "unknown-member"),
        ({"name": "total", "of": [], "plan": PLAN}, "unknown-member"),
        ({"name": "total", "of": ["mark"], "plan": PLAN}, "unknown-member"),
        ({"name": "total", "of": ["major"], "plan": PLAN, "weights": {"minor": "2"}}, "bad-weight"),
        ({"name": "total", "of": ["major"], "plan": PLAN, "weights": {"dent": "-1"}}, "bad-weight"),
        (
            {"name": "total", "of": ["major"], "plan": single(10, 1, 3), "weights": {"dent": "2"}},
            "weights-with-stages",
        ),
        (
            {
                "name": "total",
                "of": ["major"],
                "plan": {"n": [5, 5], "ac": [0, 1], "re": [2, 2]},
                "weights": {"dent": "2"},
            },
            "weights-with-stages",
        ),
    ],
)
def test_a_limit_that_cannot_be_judged_is_an_error(limit: Values, code: str) -> None:
    assert codes(limit) == [code]


def test_weights_by_aql_require_single_sampling() -> None:
    limit = {"name": "total", "of": ["major"], "aql": 2.5, "weights": {"dent": "2"}}
    assert codes(limit) == []
    assert codes(limit, sampling="double") == ["weights-with-stages"]


def test_the_check_says_which_terms_leave_their_class() -> None:
    agreed = limited([], [cls("major", plan=single(10, 1))], [term("drop", sample=5)])
    (note,) = [one for one in aql.check(agreed).notes if one.code == "own-line"]
    assert (note.path, note.problem) == (
        "terms",
        "drop has its own plan and does not count in its class.",
    )
    assert (
        note.rewrite
        == 'To count in both, state the plan in [[limits]] with of = ["drop"] instead of the term.'
    )
    agreed = limited([], [cls("major", plan=single(10, 1))], [term("drop", sample=5), term("bend", sample=5)])
    (note,) = [one for one in aql.check(agreed).notes if one.code == "own-line"]
    assert (note.path, note.problem) == (
        "terms",
        "drop and bend have their own plans and do not count in their classes.",
    )


def test_weights_survive_toml() -> None:
    assert Contract.from_toml(WEIGHED.to_toml()) == WEIGHED
    assert hash(WEIGHED) == hash(Contract.from_dict(WEIGHED.to_dict()))
