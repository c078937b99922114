"""Laws of the verdict, over random contracts and logs."""

import csv
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import aql
from aql import strategies
from tests.oracles.naive_scoring import Line, Plan, Result, Row, naive_score
from tests.profiles import examples
from tests.scoring.builders import (
    Values,
    cls,
    contract,
    header,
    log,
    lot_term,
    measured,
    term,
)
from tests.strategies.reaching import reached

MOST = 60

# Random plans, contracts and logs.


def plans() -> st.SearchStrategy[Plan]:
    """A plan of one to five stages, small, with gaps and with stages where acceptance is not permitted."""
    return strategies.plans(max_stages=5, max_n=12, max_step=2).map(in_stages)


def in_stages(plan: aql.SinglePlan | aql.MultiplePlan) -> Plan:
    """The plan in the form of the second implementation."""
    n, ac, re = zip(*((stage.n, stage.ac, stage.re) for stage in plan.stages), strict=True)
    return Plan(n, ac, re)


def stated(plan: Plan) -> Values:
    """The plan as a contract states it."""
    if len(plan.n) == 1:
        return {"n": plan.n[0], "ac": plan.ac[0], "re": plan.re[0]}
    return {"n": list(plan.n), "ac": ["#" if one is None else one for one in plan.ac], "re": list(plan.re)}


@dataclass(frozen=True)
class Case:
    """A contract of visual defects, and a log with one entry per row: item, term and times."""

    lines: tuple[Line, ...]
    owners: tuple[str, ...]
    not_allowed: bool
    by_items: bool
    size: int
    inspected: int
    rows: tuple[Row, ...]

    def contract(self) -> aql.Contract:
        """Each class has a term ``t-CLASS``; a term with its own line is named as the line."""
        classes = [cls("critical", aql=0)] if self.not_allowed else []
        terms = [term("t-critical", "critical")] if self.not_allowed else []
        classes += [cls(line.name, plan=stated(line.plan)) for line in self.lines if line.is_class]
        terms += [term(f"t-{line.name}", line.name) for line in self.lines if line.is_class]
        owners = iter(self.owners)
        terms += [
            term(line.name, next(owners), plan=stated(line.plan)) for line in self.lines if not line.is_class
        ]
        return contract(classes, terms, counting="items" if self.by_items else "nonconformities")

    def is_class(self, name: str) -> bool:
        return name == "critical" or any(line.name == name and line.is_class for line in self.lines)

    def log_rows(self) -> list[Values]:
        return [
            {
                "item": row.item,
                "term": f"t-{row.line}" if self.is_class(row.line) else row.line,
                "count": row.times,
            }
            for row in self.rows
        ]

    def inspection(self) -> aql.Inspection:
        return log(self.log_rows(), self.size, self.inspected)

    def verdict(self) -> aql.Verdict:
        return aql.score(self.contract(), self.inspection())


@st.composite
def cases(draw: st.DrawFn, *, not_allowed: bool = False) -> Case:
    # With few lines a further sample is due more often: none of them may hold.
    classes = draw(st.sampled_from((1, 1, 1, 2, 3)))
    owners = tuple(draw(st.lists(st.sampled_from([f"c{k}" for k in range(classes)]), max_size=classes - 1)))
    lines = tuple(Line(f"c{k}", draw(plans()), True) for k in range(classes)) + tuple(
        Line(f"own{k}", draw(plans()), False) for k in range(len(owners))
    )
    zero = not_allowed and draw(st.booleans())
    size = draw(st.integers(2, MOST))
    # A further sample is due only where every line has completed a stage, and little was found.
    first = min(max(line.plan.n[0] for line in lines), size)
    inspected = draw(
        st.one_of(st.integers(0, size), st.sampled_from(ends(lines, size)), st.just(first), st.just(first))
    )
    names = [line.name for line in lines] + (["critical"] if zero else [])
    rows: st.SearchStrategy[list[Row]] = st.just([])
    if inspected:
        row = st.builds(Row, st.integers(1, inspected), st.sampled_from(names), st.integers(1, 3))
        rows = st.lists(row, max_size=3) | st.lists(row, max_size=15)
    return Case(lines, owners, zero, draw(st.booleans()), size, inspected, tuple(draw(rows)))


def ends(lines: Sequence[Line], size: int) -> list[int]:
    """Where a stage ends: the numbers of inspected items at which most is decided."""
    return [min(end, size) for line in lines for end in accumulate(line.plan.n)]


cases_with_aql_0 = cases(not_allowed=True)


# (a) More defects never help.


def rank(case: Case) -> dict[str, int]:
    """Seriousness of the classes, 0 for the worst."""
    names = ["critical", *(line.name for line in case.lines if line.is_class)]
    return {name: place for place, name in enumerate(names)}


def counted_in(case: Case, found: aql.Verdict, item: int) -> int:
    """Seriousness of the class in which an item counts; -1 where it counts in none."""
    ranks = rank(case)
    held = [
        ranks[row.line]
        for row in case.rows
        if row.item == item
        and row.line in ranks
        and (row.line == "critical" or item <= total_of(found, row.line))
    ]
    return min(held, default=-1)


def total_of(found: aql.Verdict, name: str) -> int:
    return next(one.lot_plan.total for one in found.lines if one.name == name)


@examples(400)
@given(case=cases_with_aql_0, data=st.data())
def test_a_further_defect_never_turns_a_rejection_into_anything_else(case: Case, data: st.DataObject) -> None:
    """On an item that counts nowhere, or of the same or a lesser class than the one in which the item counts."""
    found = case.verdict()
    assume(found.decision == "reject")
    item = data.draw(st.integers(1, case.inspected), label="item")
    ranks = rank(case)
    worst = counted_in(case, found, item) if case.by_items else -1
    names = [line.name for line in case.lines] + (["critical"] if case.not_allowed else [])
    allowed = [name for name in names if ranks.get(name, worst) >= worst]
    line = data.draw(st.sampled_from(allowed), label="line")
    more = replace(case, rows=(*case.rows, Row(item, line, data.draw(st.integers(1, 3), label="times"))))
    assert more.verdict().decision == "reject"


@examples(200)
@given(case=cases_with_aql_0, data=st.data())
def test_a_further_defect_never_lowers_the_count_of_nonconformities(case: Case, data: st.DataObject) -> None:
    case = replace(case, by_items=False)
    assume(case.inspected > 0)
    item = data.draw(st.integers(1, case.inspected))
    line = data.draw(st.sampled_from([line.name for line in case.lines]))
    more = replace(case, rows=(*case.rows, Row(item, line, 1)))
    order = {"accept": 0, "continue": 1, "hold": 1, "reject": 2}
    before, after = case.verdict(), more.verdict()
    for one, other in zip(before.lines, after.lines, strict=True):
        assert other.stage >= one.stage or other.decision == "reject"
        if other.stage == one.stage:
            assert other.found >= one.found
            assert order[other.decision] >= order[one.decision]


@examples(200)
@given(case=cases_with_aql_0)
def test_the_breaches_hold_what_the_lines_count(case: Case) -> None:
    """Each line here has one term; counting items, classes share an item, so together they hold it."""
    found = case.verdict()
    breaches = {one.term: one for one in found.breaches}
    held = {name: set(breach.items) for name, breach in breaches.items()}
    left = {name: set(breach.not_counted) for name, breach in breaches.items()}
    for name, breach in breaches.items():
        mine = [one for one in found.defects if one.term == name]
        assert set(breach.items) == {one.item for one in mine if one.counts}
        assert set(breach.not_counted) == {one.item for one in mine if not one.counts}
    terms = {one.name: one.name if one.kind == "term" else f"t-{one.name}" for one in found.lines}
    for one in found.lines if not case.by_items else found.terms:
        assert held.get(terms[one.name], set()) == set(one.items)
        assert (breaches[terms[one.name]].count if terms[one.name] in breaches else 0) == one.found
    classes = [terms[one.name] for one in found.classes]
    assert set().union(*(held.get(name, set()) for name in classes)) == {
        item for one in found.classes for item in one.items
    }
    for out in found.outside:
        assert out.item in left[out.term]
    assert {item for items in left.values() for item in items} == {out.item for out in found.outside}


@examples(200)
@given(case=cases_with_aql_0)
def test_every_defect_says_where_it_counts_or_why_it_does_not(case: Case) -> None:
    """By the words of rule 4, asked of each defect alone; the lines hold what their defects say."""
    found = case.verdict()
    lines = {one.name: one for one in found.lines}
    assert len(found.defects) == len(case.rows)
    for one in found.defects:
        assert (one.counts_in, one.not_counted) == place_of(case, found, one.item, one.line)
    for name, line in lines.items():
        here = [one for one in found.defects if one.counts_in == name]
        assert set(line.items) == {one.item for one in here}
        assert line.found == (len(line.items) if case.by_items else sum(one.times for one in here))


def place_of(case: Case, found: aql.Verdict, item: int, name: str) -> tuple[str, str | None]:
    """Where a defect counts, and why not."""
    if name != "critical" and item > total_of(found, name):
        return "", "outside-sample"
    if not reached_by(found, name, item):
        return "", "later-sample"
    counted = counted_in(case, found, item) if case.by_items and case.is_class(name) else -1
    owner = name if counted < 0 else {place: one for one, place in rank(case).items()}[counted]
    return (owner, None) if reached_by(found, owner, item) else ("", "taken")


def reached_by(found: aql.Verdict, name: str, item: int) -> bool:
    """Whether the sample of a line, up to the stage that decided, holds an item; all do under AQL 0."""
    return name == "critical" or item <= next(one.sample for one in found.lines if one.name == name)


# (b), (c) The order of rows and the number of files say nothing.


@st.composite
def rich_inspections(draw: st.DrawFn) -> tuple[aql.Contract, list[Values], int]:
    """A contract with every kind of term and a log that touches it, complete or not."""
    plan = draw(plans())
    agreed = contract(
        [cls("major", plan=stated(plan)), cls("minor", plan={"n": 12, "ac": 2})],
        [
            term("dent"),
            term("scratch", "minor"),
            measured("width", nominal="10", plus="1", minus="1"),
            term("size", "minor", measure={"allowed": ["S", "M"]}),
            measured("force", max="5", sample=3),
            lot_term("mark", "mark"),
        ],
        counting=draw(st.sampled_from(["items", "nonconformities"])),
    )
    inspected = draw(st.integers(1, 40))
    rows: list[Values] = []
    items = st.integers(1, inspected)
    for name, values in (("width", ["9", "10", "11.5", "8"]), ("size", ["S", "L"]), ("force", ["4", "6"])):
        rows += [
            {"item": item, "term": name, "value": draw(st.sampled_from(values))}
            for item in draw(st.sets(items, max_size=20))
        ]
    notes = st.sampled_from(["", "left", "right, 5 mm", 'a "quoted" one\nin two lines'])
    rows += [
        {"item": draw(items), "term": name, "note": draw(notes), "count": draw(st.integers(1, 3))}
        for name in draw(st.lists(st.sampled_from(["dent", "scratch"]), max_size=8))
    ]
    rows += [
        {"item": draw(items), "class": name, "note": draw(notes)}
        for name in draw(st.lists(st.sampled_from(["major", "minor"]), max_size=4))
    ]
    if draw(st.booleans()):
        rows.append({"term": "mark", "value": draw(st.sampled_from(["yes", "no"]))})
    return agreed, rows, inspected


@examples(150)
@given(rich=rich_inspections(), data=st.data())
def test_the_order_of_rows_never_matters(
    rich: tuple[aql.Contract, list[Values], int], data: st.DataObject
) -> None:
    agreed, rows, inspected = rich
    found = aql.score(agreed, log(rows, 50, inspected))
    shuffled = aql.score(agreed, log(data.draw(st.permutations(rows)), 50, inspected))
    assert shuffled == found
    assert shuffled.explain() == found.explain()
    assert shuffled.to_json() == found.to_json()


COLUMNS = ("item", "term", "class", "value", "count", "note")


def write_csv(path: Path, rows: Sequence[Values]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)


@examples(60)
@given(rich=rich_inspections(), data=st.data())
def test_splitting_a_log_into_files_never_matters(
    rich: tuple[aql.Contract, list[Values], int], data: st.DataObject
) -> None:
    agreed, rows, inspected = rich
    cut = data.draw(st.integers(0, len(rows)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = []
        for label, parts in (
            ("whole", [rows]),
            ("split", [rows[:cut], rows[cut:]]),
            ("turned", [rows[cut:], rows[:cut]]),
        ):
            files = [f"{label}-{place}.csv" for place in range(len(parts))]
            for file, part in zip(files, parts, strict=True):
                write_csv(folder / file, part)
            document = header(50, inspected, findings={"file": files})
            (folder / f"{label}.json").write_text(json.dumps(document), "utf-8")
            found.append(aql.score(agreed, aql.Inspection.load(folder / f"{label}.json")))
    found.append(aql.score(agreed, log(rows, 50, inspected)))
    assert all(one == found[0] for one in found)


# (d) Nothing found, nothing missing: accepted.


@st.composite
def complete_logs(draw: st.DrawFn) -> tuple[aql.Contract, list[Values], int, int]:
    """Every kind of term, on plans of any number of stages, every item read and every reading conforming."""
    size = draw(st.integers(2, MOST))
    good = {
        "width": st.decimals("9", "11", places=draw(st.integers(0, 6))).map(str),
        "shade": st.decimals("0", "1", places=4).map(str),
        "size": st.sampled_from(["S", "M"]),
        "code": st.just("A-1"),
        "starts": st.sampled_from(["yes", "Yes", "YES"]),
    }
    colour = {"unit": "dE2000", "reference": "Lab(50, 0, 0)", "max": "1"}
    measures: dict[str, Values] = {
        "width": {"unit": "mm", "nominal": "10", "plus": "1", "minus": "1"},
        "shade": colour,
        "size": {"allowed": ["S", "M"]},
        "code": {"equals": "A-1"},
        "starts": {"answer": "yes"},
    }
    classes = [cls("critical", aql=0)] if draw(st.booleans()) else []
    classes += [cls(f"c{k}", plan=stated(draw(plans()))) for k in range(draw(st.integers(1, 2)))]
    names = [one["name"] for one in classes]
    own: st.SearchStrategy[Values] = st.sampled_from(
        [{}, {"sample": 3}, {"plan": {"n": [2, 3], "ac": ["#", 1], "re": [2, 2]}}]
    )
    terms = [
        term(name, draw(st.sampled_from(names)), measure=measure, **draw(own))
        for name, measure in measures.items()
    ]
    agreed = contract(
        classes,
        [*terms, term("dent", names[0]), lot_term("mark", "mark"), lot_term("quantity", "quantity")],
        counting=draw(st.sampled_from(["items", "nonconformities"])),
        order={"shipment_date": "2026-12-15"},
        packed_share=0.8,
    )
    rows = [
        {"item": item, "term": name, "value": draw(good[name])}
        for name in measures
        for item in range(1, size + 1)
    ]
    return agreed, [*rows, {"term": "mark", "value": "yes"}], size, size


@examples(60)
@given(case=complete_logs())
def test_a_complete_log_in_which_every_reading_conforms_accepts(
    case: tuple[aql.Contract, list[Values], int, int],
) -> None:
    agreed, rows, size, inspected = case
    found = aql.score(agreed, log(rows, size, inspected, produced=1000, packed=800, shipped_on="2026-12-15"))
    assert found.decision == "accept"
    assert {one.decision for one in found.lines} == {"accept"}
    assert all(one.found == 0 and one.missing == () and one.draw == 0 for one in found.lines)
    assert (found.breaches, found.outside, found.unlisted) == ((), (), 0)


# (e) A verdict survives JSON.


@examples(100)
@given(rich=rich_inspections())
def test_a_verdict_survives_json(rich: tuple[aql.Contract, list[Values], int]) -> None:
    agreed, rows, inspected = rich
    found = aql.score(agreed, log(rows, 50, inspected))
    assert aql.Verdict.from_json(found.to_json()) == found
    assert aql.Verdict.from_dict(found.to_dict()) == found
    assert aql.Verdict.from_json(found.to_json()).to_json() == found.to_json()


SAMPLINGS = st.sampled_from(
    [("single", "per-class"), ("single", "letter"), ("double", "largest"), ("multiple", "per-class")]
)


@examples(80)
@given(
    sampling=SAMPLINGS,
    severity=st.sampled_from(["normal", "tightened", "reduced"]),
    standard=st.sampled_from(["ISO 2859-1:1999", "ANSI/ASQ Z1.4", "MIL-STD-105E"]),
    columns=st.lists(
        st.sampled_from([0, 0.10, 0.65, 1.5, 2.5, 6.5, 10, 65]), min_size=1, max_size=3, unique=True
    ),
    size=st.integers(2, 20_000),
)
def test_a_verdict_by_the_tables_survives_json(
    sampling: tuple[str, str], severity: str, standard: str, columns: list[float], size: int
) -> None:
    classes = [cls(f"c{column}", aql=column) for column in sorted(columns)]
    agreed = contract(
        classes,
        sampling=sampling[0],
        sample=sampling[1],
        severity=severity,
        standard=standard,
        counting="nonconformities",
    )
    found = aql.score(agreed, log([{"item": 1, "class": classes[-1]["name"]}], size, size))
    assert aql.Verdict.from_json(found.to_json()) == found


def test_the_frame_of_a_verdict_has_a_row_for_every_line() -> None:
    agreed = contract(
        [
            cls("major", plan={"n": [3, 4], "ac": ["#", 1], "re": [2, 2]}),
            cls("minor", plan={"n": 9, "ac": 1}),
        ],
        [term("dent"), term("drop", sample=2)],
    )
    frame = aql.score(
        agreed, log([{"item": 1, "term": "dent"}], inspected={"major": 3, "drop": 2})
    ).to_frame()
    shown = ["line", "kind", "class", "n", "ac", "re", "inspected", "found", "at_most", "decision", "draw"]
    rows = frame[shown].astype(object).where(frame[shown].notna(), None).to_numpy().tolist()
    assert rows == [
        ["major", "class", "major", 3, None, 2, 3, 1, 1, "continue", 4],
        ["minor", "class", "minor", 9, 1, 2, None, 0, 0, "hold", 9],
        ["drop", "term", "major", 2, 0, 1, 2, 0, 0, "accept", 0],
    ]
    assert list(frame.columns) == [*shown, "origin", "aql", "letter"]
    assert list(frame["origin"]) == ["plan", "plan", "sample"]


# (f) A second implementation agrees.


def by_naive(case: Case) -> tuple[str, dict[str, Result]]:
    return naive_score(
        case.lines, case.rows, lot_size=case.size, inspected=case.inspected, by_items=case.by_items
    )


def agrees(case: Case) -> None:
    decision, results = by_naive(case)
    found = case.verdict()
    assert {one.name: Result(one.decision, one.found, one.stage, one.draw) for one in found.lines} == results
    assert found.decision == decision


@examples(500)
@given(case=cases())
def test_the_naive_implementation_agrees(case: Case) -> None:
    """Single, double and multiple plans, both ways of counting, inspected between none and the lot."""
    agrees(case)


@examples(200)
@given(case=cases(), data=st.data())
def test_the_naive_implementation_agrees_where_a_stage_was_just_completed(
    case: Case, data: st.DataObject
) -> None:
    inspected = data.draw(st.sampled_from(ends(case.lines, case.size)))
    rows = tuple(row for row in case.rows if row.item <= inspected)
    agrees(replace(case, inspected=inspected, rows=rows))


@pytest.mark.exhaustive
def test_the_random_cases_reach_every_decision() -> None:
    """The laws would say nothing if they were asked of one kind of lot only."""
    (seen,) = reached(
        cases_with_aql_0, lambda case: (case.verdict().decision, case.by_items), draws=100, tests=10
    )
    assert set(seen) == {
        (name, counting) for name in ("accept", "reject", "continue", "hold") for counting in (True, False)
    }
