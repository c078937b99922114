"""A log never gets contrary verdicts, whichever form it is written in; one form may hold where another decides."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.scoring import decision_lines
from tests.profiles import examples
from tests.scoring.builders import Values, cls, contract, log, single, term
from tests.scoring.test_verdict_laws import plans, stated

Found = dict[int, dict[str, int]]
"""What is wrong with each item: how often it has each defect."""


FORMS = ("items", "classified", "tallies", "classified by stage", "tallies by stage")


class Truth(NamedTuple):
    """A contract with two terms in each class, and what an inspection of its lot found."""

    agreed: aql.Contract
    size: int
    inspected: int
    found: Found


@st.composite
def several(draw: st.DrawFn, members: list[str]) -> Values:
    """A limit on several classes and terms, or weighted defects."""
    of = draw(st.lists(st.sampled_from(members), min_size=1, unique=True))
    limit: Values = {"name": "total", "of": of, "plan": stated(draw(plans()))}
    if draw(st.booleans()):
        limit["plan"] = single(draw(st.integers(1, 20)), draw(st.integers(0, 3)))
        limit["weights"] = {draw(st.sampled_from(of)): draw(st.sampled_from(["0.5", "0.25", "2", "0"]))}
    return {"limits": [limit]}


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    names = ["critical", "major", "minor"][3 - draw(st.integers(1, 3)) :]
    classes = [cls(name, plan=stated(draw(plans()))) for name in names]
    if draw(st.booleans()):
        classes[0] = cls(names[0], aql=0)
    terms = [term(f"{name}-{number}", name) for name in names for number in (1, 2)]
    if draw(st.booleans()):
        terms.append(term("own", names[-1], plan=stated(draw(plans()))))
    limits = draw(st.none() | several([*names, *(one["id"] for one in terms)]))
    counting = draw(st.sampled_from(["items", "nonconformities"]))
    agreed = aql.Contract.from_dict(contract(classes, terms, counting=counting).to_dict() | (limits or {}))
    size = draw(st.integers(2, 40))
    inspected = draw(st.integers(1, size))
    defects = st.dictionaries(st.sampled_from([one["id"] for one in terms]), st.integers(1, 2), min_size=1)
    found = draw(st.dictionaries(st.integers(1, inspected), defects, max_size=8))
    return Truth(agreed, size, inspected, found)


def rows_of(truth: Truth, name: str, form: str) -> list[Values]:
    """The rows of one line in one form; with stages, a row for each stage of its plan."""
    if not form.endswith("by stage"):
        return rows_in(truth, name, form)
    form = form.removesuffix(" by stage")
    lines = {line.name: line for line in decision_lines(truth.agreed, truth.size)}
    stages = lines[name].lot_plan.stages
    if stages[-1].total < truth.inspected or lines[name].not_allowed:
        return rows_in(truth, name, form)
    rows: list[Values] = []
    for number, stage in enumerate(stages, start=1):
        items = range(stage.total - stage.n + 1, stage.total + 1)
        found = {item: defects for item, defects in truth.found.items() if item in items}
        rows += [row | {"stage": number} for row in rows_in(truth._replace(found=found), name, form)]
    return rows


def rows_in(truth: Truth, name: str, form: str) -> list[Values]:
    """The rows of one line without stages."""
    terms = [one.id for one in truth.agreed.terms if name == (one.id if one.own_line else one.class_)]
    once = truth.agreed.inspection.counting == "items"
    if form == "items":
        return [
            {"item": item, "term": one, "count": times}
            for item, defects in truth.found.items()
            for one, times in defects.items()
            if one in terms
        ]
    tallies = Counter[str]()
    for defects in truth.found.values():
        tallies.update({one: 1 if once else times for one, times in defects.items()})
    if form == "tallies" or name == "own":
        return [{"term": one, "count": tallies[one]} for one in terms]
    number = sum(tallies[one] for one in terms)
    if once:
        number = [most_serious(truth.agreed, defects) for defects in truth.found.values()].count(name)
    return [{"class": name, "count": number}]


def most_serious(agreed: aql.Contract, defects: Sequence[str] | dict[str, int]) -> str:
    """The class of an item; a term with its own plan does not count in one."""
    of_item = {agreed.term(one).class_ for one in defects if not agreed.term(one).own_line}
    return next((name for name in agreed.class_names() if name in of_item), "")


def compare(truth: Truth, forms: Sequence[str]) -> None:
    """Score the exact log and the log in these forms, one per line, and compare every line and the lot."""
    names = [*truth.agreed.class_names(), *(one.id for one in truth.agreed.terms if one.own_line)]
    exact = aql.score(
        truth.agreed,
        log([row for name in names for row in rows_of(truth, name, "items")], truth.size, truth.inspected),
    )
    rows = [row for name, form in zip(names, forms, strict=False) for row in rows_of(truth, name, form)]
    other = aql.score(truth.agreed, log(rows, truth.size, truth.inspected))
    for one, again in zip(exact.lines, other.lines, strict=True):
        assert again.decision in {one.decision, "hold"}
        stage = min(len(one.by_stage), len(again.by_stage)) - 1
        assert again.by_stage[stage][0] <= one.by_stage[stage][0] <= again.by_stage[stage][1]
    assert other.decision in {exact.decision, "hold"}


@examples(150)
@given(truth=truths(), data=st.data())
def test_no_form_of_a_log_contradicts_another(truth: Truth, data: st.DataObject) -> None:
    forms = data.draw(
        st.sampled_from([[form] * 4 for form in FORMS])
        | st.lists(st.sampled_from(FORMS), min_size=4, max_size=4),
        label="forms",
    )
    compare(truth, forms)


BOTH = {"major-1": 1, "major-2": 1}
MAJOR_AND_MINOR = {"major-1": 1, "minor-1": 1}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("plans_of", "inspected", "found"),
    [
        ({"major": {"n": 5, "ac": 1}}, 5, {1: BOTH}),
        ({"major": {"n": 5, "ac": 1}}, 9, {1: BOTH, 6: BOTH, 7: BOTH}),
        ({"major": {"n": [5, 5], "ac": [0, 1], "re": [2, 2]}}, 10, {1: BOTH}),
        ({"major": {"n": 5, "ac": 0}, "minor": {"n": 10, "ac": 0}}, 10, {8: MAJOR_AND_MINOR}),
    ],
    ids=["two defects on an item", "more inspected", "two stages", "outside the sample of its class"],
)
def test_no_form_contradicts_another_where_counts_say_less(
    form: str, plans_of: dict[str, Values], inspected: int, found: Found
) -> None:
    classes = [cls(name, plan=plan) for name, plan in plans_of.items()]
    terms = [term(f"{name}-{number}", name) for name in plans_of for number in (1, 2)]
    compare(Truth(contract(classes, terms), 40, inspected, found), [form] * 4)
