"""Rules of scoring at their borders, in bulk as lot by lot: the verdicts and the problems are the same."""

import math
from collections.abc import Sequence
from datetime import date, datetime
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import aql
from tests.scoring.builders import Values, cls, contract, lot_term, measured, single, staged, term
from tests.scoring.bulk.frames import arrow, rows_of
from tests.scoring.bulk.many_lots import FINDINGS, LOTS
from tests.scoring.bulk.test_equal_to_score import in_bulk, one_by_one

AGREED = contract(cls(plan=single(10, 1)), [term("dent")])


def lots_of(inspected: Sequence[int | None], size: int = 100, **more: Any) -> list[Values]:
    return [
        {"lot": f"L{place}", "size": size, "inspected": done, **more} for place, done in enumerate(inspected)
    ]


def rows_on(lot: int, *rows: Values) -> list[Values]:
    return [{"lot": f"L{lot}", **row} for row in rows]


def test_each_stage_continues_to_the_next() -> None:
    agreed = contract(cls(plan=staged((5, 5, 5), (0, 1, 3), (3, 4, 4))), [term("dent")])
    inspected = (0, 4, 5, 7, 10, 14, 15, 20, None)
    lots = lots_of(inspected * 4)
    rows: list[Values] = []
    for place in range(len(lots)):
        found = (0, 1, 2, 3)[place // len(inspected)]
        upto = inspected[place % len(inspected)] or 0
        rows += rows_on(
            place, *({"item": item, "term": "dent"} for item in range(1, found + 1) if item <= upto)
        )
    case = agreed, lots, rows
    decided = {verdict.decision for verdict in one_by_one(case)[0].values()}
    assert decided == {"accept", "continue", "hold", "reject"}
    in_bulk("polars", case)


@pytest.mark.parametrize("sizes", [(2, 5, 8), (5, 2, 8), (8, 5, 2)])
def test_counts_of_three_classes_that_may_hide_one_another(sizes: tuple[int, ...]) -> None:
    """Each class records its classified items; those of a more serious one may lie outside its sample."""
    names = ("critical", "major", "minor")
    agreed = contract(
        [cls(name, plan=single(n, 1)) for name, n in zip(names, sizes, strict=True)], [term("dent")]
    )
    counts = [
        (*each, number)
        for each in product((0, 1, 4), repeat=2)
        for number in (0, 1)
        if sum(each) + number <= 8
    ]
    lots = lots_of([8] * len(counts) + [None, 6, 0], size=20)
    rows = [
        {"lot": f"L{place}", "class": name, "count": number}
        for place, each in enumerate([*counts, (2, 2, 2), (1, 2, 2), (0, 0, 0)])
        for name, number in zip(names, each, strict=True)
    ]
    in_bulk("polars", (agreed, lots, rows))


@pytest.mark.parametrize(
    "read",
    [
        measured("width", "major", max="5", sample=3),
        measured("width", "critical", max="5"),
        measured("width", "major", max="5", not_applicable=True),
    ],
    ids=["own line", "other class", "same class"],
)
def test_readings_of_another_line_leave_room_for_counted_items(read: Values) -> None:
    """Readings of a class say that nothing else was found in it; those of its terms with their own plans do not."""
    agreed = contract([cls("critical", plan=single(3, 2)), cls("major", plan=single(8, 0))], [read])
    texts = ["5"] * 7 + ["NA" if "not_applicable" in read else "5"]
    rows = [{"item": item, "term": "width", "value": text} for item, text in enumerate(texts, start=1)]
    in_bulk("polars", (agreed, lots_of([8]), rows_on(0, *rows, {"class": "critical", "count": 2})))


def test_a_reading_near_a_limit_holds_its_own_line_alone() -> None:
    terms = [measured("width", "major", max="5.1"), measured("height", "minor", max="5.1")]
    agreed = contract([cls("major", plan=single(1, 0)), cls("minor", plan=single(1, 0))], terms)
    lots = pd.DataFrame({"lot": ["A"], "size": 100, "inspected": 1})
    findings = pd.DataFrame({"lot": "A", "item": 1, "term": ["width", "height"], "value": [5.1 + 1e-10, 5.0]})
    scores = aql.score_lots(findings, lots, agreed)
    assert scores.lines["decision"].tolist() == ["hold", "accept"]


def test_what_does_not_apply_is_not_missing() -> None:
    agreed = contract(cls(plan=single(4, 0)), [measured("width", max="5", not_applicable=True)])
    texts = (["NA", "4", "NA", "5"], ["NA"] * 4, ["NA", "6", "4", "4"], ["NA", "NA", "NA", ""])
    rows = [
        {"lot": f"L{place}", "item": item, "term": "width", "value": text}
        for place, each in enumerate(texts)
        for item, text in enumerate(each, start=1)
    ]
    case = agreed, lots_of([4] * 4), rows
    decided = [verdict.decision for verdict in one_by_one(case)[0].values()]
    assert decided == ["accept", "accept", "reject", "hold"]
    in_bulk("polars", case)


CLASS, DENT, SCRATCH = {"class": "major"}, {"term": "dent"}, {"term": "scratch"}


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([CLASS | {"count": 1}, DENT | {"count": 1}], True),  # the class and its term, which may be the same item
        ([DENT | {"count": 1}, CLASS | {"count": 1}], True),
        ([CLASS | {"count": 0}, DENT | {"count": 1}], False),
        ([CLASS | {"count": 1}, DENT | {"count": 0}], False),
        ([DENT | {"count": 1}, SCRATCH | {"count": 1}], False),
        ([DENT | {"count": 1, "stage": 1}, SCRATCH | {"count": 1}], True),  # one with a stage, one without
        ([SCRATCH | {"count": 1}, DENT | {"count": 1, "stage": 1}], True),
        ([DENT | {"count": 1, "stage": 1}, SCRATCH | {"count": 1, "stage": 1}], False),
        ([CLASS | {"count": 0}], False),
        ([CLASS | {"count": 10}], False),
        ([CLASS | {"count": 11}], True),  # more than were inspected
        ([CLASS | {"count": 1, "stage": 2}], True),  # a stage that the plan does not have
        ([CLASS | {"count": 1}, DENT | {"item": 1}], True),  # one count and one item
        ([DENT | {"item": 10}], False),
        ([DENT | {"item": 3, "count": 0}, DENT | {"item": 4, "count": 1}], False),  # 0 says that it was not found
        ([DENT | {"item": 11}], True),
        ([DENT | {"item": 10, "value": "OK"}], False),
        ([{"item": 11, "value": "OK"}], True),
        ([DENT | {"item": 3}, {"item": 3, "value": "OK"}], True),
        ([DENT | {"item": 3}, {"item": 4, "value": "OK"}], False),
    ],
)  # fmt: skip
def test_rows_that_contradict_one_another_and_their_neighbours_that_do_not(
    rows: list[Values], wrong: bool
) -> None:
    agreed = contract(cls(plan=single(10, 1)), [term("dent"), term("scratch")])
    case = agreed, lots_of([10]), rows_on(0, *rows)
    assert bool(one_by_one(case)[1]) is wrong
    in_bulk("polars", case)


@pytest.mark.parametrize("answers", [["yes"], ["yes", "yes"], ["no", "no"], ["yes", "no"], ["no", "yes"], []])
def test_answers_to_a_lot_term_agree(answers: list[str]) -> None:
    agreed = contract(cls(plan=single(10, 1)), [lot_term("mark", "mark", effect="reject")])
    rows = rows_on(0, *({"term": "mark", "value": answer} for answer in answers))
    other = rows_on(1, {"term": "mark", "value": "no"})
    in_bulk("polars", (agreed, lots_of([10, 10]), [*rows, *other]))


@pytest.mark.parametrize(
    ("frame", "moment"),
    [(pd.DataFrame, datetime), (pl.DataFrame, date), (pl.DataFrame, datetime)],
    ids=["pandas", "polars days", "polars moments"],
)
def test_a_day_may_be_a_date_or_a_midnight(frame: Any, moment: Any) -> None:
    agreed = contract(cls(plan=single(10, 1)), [term("dent")], order={"shipment_date": "2026-06-01"})
    days = [moment(2026, 6, 1), moment(2026, 6, 2), moment(2026, 5, 31), None]
    lots = frame({"lot": list("ABCD"), "size": [100] * 4, "inspected": [10] * 4, "shipped_on": days})
    findings = frame({"lot": ["A"], "item": [1], "term": ["dent"]})
    scores = aql.score_lots(findings, lots, agreed)
    assert {row["lot"]: row["decision"] for row in rows_of(scores.lots)} == {
        "A": "accept",
        "B": "reject",
        "C": "accept",
        "D": "accept",
    }


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (10.0, ""),
        (0.0, ""),
        (float("nan"), ""),
        (9.5, "bad"),
        (9.04, "bad"),
        (-1.0, "bad"),
        (0.5, "bad"),
        (-0.5, "bad"),
    ],
)
def test_whole_numbers_may_come_as_floats(number: float, code: str) -> None:
    lots = pd.DataFrame({"lot": ["A"], "size": [100], "inspected": [number]})
    findings = pd.DataFrame({"lot": ["A"], "term": ["dent"], "count": [0]})
    found = aql.validate_findings(findings, lots, AGREED)
    assert [one[:3] for one in found["code"]] == ([code] if code else [])
    if not code:
        scores = aql.score_lots(findings, lots, AGREED)
        assert scores.lots["decision"].tolist() == ["accept" if number == 10 else "hold"]
        assert [row["inspected"] for row in rows_of(scores.lines)] == [None if math.isnan(number) else number]


def test_a_lot_that_no_contract_has_is_named_whichever_contracts_there_are() -> None:
    lots = pd.DataFrame({"lot": ["A", "B"], "size": 100, "inspected": 10, "contract": ["x", "y"]})
    findings = pd.DataFrame({"lot": ["B", "Z", "A"], "item": [1, 2, 3], "term": "dent"})
    for chosen in (lots, lots[:1], lots[1:]):
        found = aql.validate_findings(findings, chosen, {"x": AGREED, "y": AGREED})
        known = set(chosen["lot"])
        assert set(found["lot"]) == {"A", "B", "Z"} - known
        assert set(found["code"]) == {"other-lot"}


@pytest.mark.parametrize(("key", "hint"), [("shoos", ". Did you mean 'shoes'?"), ("hats", "")])
def test_a_key_of_no_contract_has_a_hint_if_one_is_near(key: str, hint: str) -> None:
    lots = pd.DataFrame({"lot": ["A"], "size": [100], "inspected": [10], "contract": [key]})
    with pytest.raises(aql.LogError) as raised:
        aql.score_lots(pd.DataFrame({"lot": ["A"], "item": [1], "term": ["dent"]}), lots, {"shoes": AGREED})
    (problem,) = raised.value.problems
    assert problem.message == f"must be a key of the contracts, 'shoes', got {key!r}{hint}"


@pytest.mark.parametrize(
    "rows", [[{"term": "box", "item": 2}], [{"term": "dent", "count": 1}, {"term": "box", "count": 2}], []]
)
def test_terms_of_cartons(rows: list[Values]) -> None:
    """The plan of the term is that of the number of cartons; what is not stated was perhaps inspected in all of them."""
    agreed = contract(
        cls(plan=single(10, 1)), [term("dent"), term("box", of="cartons", aql="4.0", level="S-4")]
    )
    cartons = [1, 4, 40, 500, 40]
    lots = [
        one | {"cartons": number}
        for one, number in zip(lots_of([None, None, None, None, 10], size=3000), cartons, strict=True)
    ]
    log = [row for place in (0, 1, 2, 3, 4) for row in rows_on(place, *rows)]
    verdicts, wrong = one_by_one((agreed, lots, log))
    assert (
        len({next(one for one in each.lines if one.name == "box").sample for each in verdicts.values()}) > 1
    )
    kinds = LOTS | {"cartons": int}
    frames = pl.DataFrame(arrow(log, FINDINGS)), pl.DataFrame(arrow(lots, kinds))
    found = rows_of(aql.validate_findings(*frames, agreed))
    assert sorted((row["lot"], row["message"]) for row in found) == sorted(
        (lot, text) for lot, _, text in wrong
    )
    sound = (
        frames[0].filter(pl.col("lot").is_in(list(verdicts))),
        frames[1].filter(pl.col("lot").is_in(list(verdicts))),
    )
    for row in rows_of(aql.score_lots(*sound, agreed).lines):
        one = next(line for line in verdicts[row["lot"]].lines if line.name == row["line"])
        assert (row["n"], row["found"], row["at_most"], row["decision"]) == (
            one.sample,
            one.found,
            one.at_most,
            one.decision,
        )


@pytest.mark.parametrize("weight", ["0.5", "0.1234567890123456789"])
def test_a_limit_with_weights_counts_nothing_where_nothing_was_found(weight: str) -> None:
    document = contract([cls("major", plan=single(8, 9)), cls("minor", plan=single(8, 9))]).to_dict()
    limit = {"name": "all", "of": ["major", "minor"], "plan": single(8, 0), "weights": {"minor": weight}}
    agreed = aql.Contract.from_dict(document | {"limits": [limit]})
    in_bulk("polars", (agreed, lots_of([8, 8]), []))
    in_bulk("polars", (agreed, lots_of([8, 8]), rows_on(1, {"item": 1, "class": "minor"})))


@pytest.mark.parametrize(("number", "code"), [(None, []), (0, ["unknown-name"]), (5, ["unknown-name"])])
def test_a_number_inspected_of_no_line_is_a_problem_even_if_it_is_0(
    number: int | None, code: list[str]
) -> None:
    lots = pl.DataFrame(
        {
            "lot": ["A"],
            "size": [100],
            "inspected_major": [10],
            "inspected_other": pl.Series([number], dtype=pl.Int64),
        }
    )
    found = aql.validate_findings(pl.DataFrame({"lot": ["A"], "item": [1], "term": ["dent"]}), lots, AGREED)
    assert found["lot"].to_list() == ["A"] * len(code)


def test_a_visit_after_the_last_day_of_shipment_is_late_unless_the_lot_was_shipped() -> None:
    agreed = contract(cls(plan=single(10, 1)), [term("dent")], order={"shipment_date": "2026-06-01"})
    days = [None, "2026-06-01", "2026-06-02", "2026-06-02"]
    lots = pl.DataFrame(
        {
            "lot": list("ABCD"),
            "size": 100,
            "inspected": 10,
            "date": days,
            "shipped_on": [None, None, None, "2026-05-31"],
        }
    )
    scores = aql.score_lots(pl.DataFrame({"lot": ["A"], "item": [1], "term": ["dent"]}), lots, agreed)
    expected = {}
    for name, day, shipped in zip("ABCD", days, lots["shipped_on"], strict=True):
        lot = {"id": name, "size": 100} | ({"shipped_on": shipped} if shipped else {})
        visit = {"inspected": 10} | ({"date": day} if day else {})
        header = {"contract": agreed.order.id, "lot": lot, "inspection": visit}
        expected[name] = aql.score(agreed, aql.Inspection.load(header, findings=[])).decision
    assert {row["lot"]: row["decision"] for row in rows_of(scores.lots)} == expected
    assert set(expected.values()) == {"accept", "reject"}


@pytest.mark.parametrize("item", [0, 1, 11, None])
def test_a_problem_shows_the_item_of_its_row(item: int | None) -> None:
    lots = pl.DataFrame({"lot": ["A"], "size": [100], "inspected": [10]})
    rows = pl.DataFrame({"lot": ["A"], "item": pl.Series([item], dtype=pl.Int64), "term": ["dint"]})
    found = aql.validate_findings(rows, lots, AGREED)
    assert found["item"].to_list()[:1] == [item]


def test_stages_of_lots_of_several_sizes_begin_at_their_own_items() -> None:
    """The first sample is 13 items of a lot of 100 and 32 of a lot of 400, so item 20 is of stage 2 or of stage 1."""
    agreed = contract(cls(aql="2.5"), [term("dent")], sampling="double")
    lots: list[Values] = [
        {"lot": f"{size} {stage}", "size": size, "inspected": 2 * n}
        for size, n in ((100, 13), (400, 32))
        for stage in (1, 2)
    ]
    rows = [{"lot": one["lot"], "item": 20, "term": "dent", "stage": int(one["lot"][-1])} for one in lots]
    case = agreed, lots, rows
    assert {lot for lot, *_ in one_by_one(case)[1]} == {"100 1", "400 2"}
    in_bulk("polars", case)


@pytest.mark.parametrize("ac", [0, 1])
def test_lots_with_counts_with_items_with_both_and_with_neither(ac: int) -> None:
    agreed = contract([cls("major", plan=single(10, ac)), cls("minor", plan=single(10, ac))], [term("dent")])
    count, item = {"class": "minor", "count": 1}, {"item": 3, "class": "major"}
    logs: list[list[Values]] = [[], [count], [item], [count, item], [{**count, "count": 0}, item]]
    rows = [row for place, log in enumerate(logs) for row in rows_on(place, *log)]
    in_bulk("polars", (agreed, lots_of([10] * len(logs)), rows))


@pytest.mark.parametrize(
    ("kind", "value", "decision"),
    [
        ("float32", 5.3, "accept"),  # it is 5.3000001907..., and the shortest text that gives it is 5.3
        ("float64", 5.3, "accept"),
        ("float64", 5.3 + 1e-10, "hold"),
        ("float64", 5.30000019, "reject"),
    ],
)
def test_a_float_is_the_shortest_number_of_its_width(kind: str, value: float, decision: str) -> None:
    agreed = contract(cls(plan=single(1, 0)), [measured("width", max="5.3")])
    findings = pd.DataFrame(
        {"lot": ["A"], "item": [1], "term": ["width"], "value": np.array([value], dtype=kind)}
    )
    lots = pd.DataFrame({"lot": ["A"], "size": [100], "inspected": [1]})
    assert aql.score_lots(findings, lots, agreed).lots["decision"].tolist() == [decision]


def test_the_last_stage_accepts_below_its_rejection_number() -> None:
    """A plan for reduced inspection has a gap there: 2 and 3 are above Ac 1 and below Re 4, and accepted."""
    agreed = contract(cls(plan=staged((5, 5), (0, 1), (3, 4))), [term("dent")])
    rows = [
        {"lot": f"L{found}", "item": item, "term": "dent"}
        for found in range(5)
        for item in ([1, 7, 8, 9][:found])
    ]
    case = agreed, lots_of([10] * 5), rows
    decided = [verdict.decision for verdict in one_by_one(case)[0].values()]
    assert decided == ["accept", "accept", "accept", "accept", "reject"]
    in_bulk("polars", case)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [(DENT | {"item": 1}, True), (CLASS | {"count": 1}, True), (CLASS | {"count": 0}, False)],
)
def test_nothing_is_found_where_nothing_was_inspected(row: Values, wrong: bool) -> None:
    case = AGREED, lots_of([0]), rows_on(0, row)
    assert bool(one_by_one(case)[1]) is wrong
    in_bulk("polars", case)


def test_a_row_that_names_nothing_is_a_problem() -> None:
    case = AGREED, lots_of([10]), rows_on(0, {"count": 1}, DENT | {"count": 1})
    assert one_by_one(case)[1]
    in_bulk("polars", case)
