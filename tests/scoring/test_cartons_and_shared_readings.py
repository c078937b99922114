"""Rules 2, 4 and 7: terms of cartons, terms that judge another term's readings, and percent tolerances."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.contract.measures import Measured
from aql.contract.tolerance import Percent
from aql.report.sheet import write_sheet
from aql.scoring.decision_line import decision_lines
from aql.scoring.whole_inspection import whole_inspection_pa
from aql.strategies import SimulatedLot
from tests.scoring.builders import (
    Values,
    basis,
    cls,
    contract,
    decisions,
    line,
    lot_term,
    measured,
    notes,
    problems,
    readings,
    reasons,
    seen,
    single,
    staged,
    term,
    verdict,
)

DROP = term("drop", text="Carton passes ISTA 1A", measure={"answer": "yes"}, of="cartons", sample=3)
TWO = [cls("major", plan=single(10, 1)), cls("minor", plan=single(10, 2))]


def dropped(rows: Any, inspected: Any, *terms: Values, **lot: Any) -> aql.Verdict:
    agreed = contract(TWO, [DROP, term("dent"), *terms])
    return verdict(agreed, rows, size=500, inspected=inspected, **({"cartons": 20} | lot))


EACH = {"major": 10, "minor": 10, "drop": 3}
NAMES = [f"SN-{number}" for number in range(1, 11)]


# Cartons.


def test_a_term_of_cartons_has_numbers_of_its_own() -> None:
    """Carton 2 is not item 2: a defect on each counts in its own line."""
    rows = [*readings("drop", ["yes", "no", "yes"]), *seen("dent", 2)]
    found = dropped(rows, EACH)
    assert decisions(found) == {"major": "accept", "minor": "accept", "drop": "reject"}
    assert line(found, "major").items == (2,)
    assert basis(line(found, "drop")) == "sample stated in the contract; the lot is 20 cartons"


def test_the_lot_of_a_term_of_cartons_is_the_cartons() -> None:
    """150 cartons are letter F at level II; 3000 items would be letter K."""
    by_level = {**DROP, "level": "II", "aql": 4.0}
    del by_level["sample"]
    agreed = contract(TWO, [by_level])
    *_, drop = decision_lines(agreed, 3000, cartons=150)
    assert drop.lookup is not None
    assert (drop.lookup.letter, drop.plan) == ("F", aql.SinglePlan(20, 2))
    every = {**DROP, "inspect": "all"}
    del every["sample"]
    assert decision_lines(contract(TWO, [every]), 3000, cartons=150)[-1].plan.total == 150


def test_one_number_inspected_is_of_items() -> None:
    """How many cartons were inspected is then unknown, and holds."""
    found = dropped(readings("drop", ["yes"] * 3), 10)
    assert decisions(found) == {"major": "accept", "minor": "accept", "drop": "hold"}
    assert "the number inspected is not stated; 3 are needed" in reasons(found, "drop")
    assert found.header.inspection.inspected == 10
    assert aql.Verdict.from_json(found.to_json()) == found


@pytest.mark.parametrize(
    ("inspected", "last", "what"),
    [(EACH, 3, "the number inspected for drop"), (10, 20, "the number of cartons")],
    ids=str,
)
def test_a_carton_above_those_there_are_is_an_error(inspected: Any, last: int, what: str) -> None:
    with pytest.raises(aql.LogError) as raised:
        dropped(readings("drop", ["yes"], first=last + 1), inspected)
    assert problems(raised.value) == [
        f"findings, row 1, column item: must be at most {last}, {what}, got {last + 1}"
    ]


def test_cartons_are_logged_by_their_own_column_where_items_have_names() -> None:
    rows: list[Values] = [
        {"carton": carton, "term": "drop", "value": value} for carton, value in (("1", "yes"), ("2.0", "no"))
    ]
    rows += [{"item": "SN-2", "term": "dent"}, {"carton": "3", "term": "drop", "value": "yes"}]
    found = verdict(contract(TWO, [DROP, term("dent")]), rows, 500, EACH, cartons=20, items=NAMES)
    assert decisions(found) == {"major": "accept", "minor": "accept", "drop": "reject"}
    assert (line(found, "drop").items, line(found, "major").items) == ((2,), (2,))
    assert "Items are numbered in the order drawn: 2 is SN-2." in notes(found)
    with pytest.raises(aql.LogError) as raised:
        verdict(
            contract(TWO, [DROP]),
            [
                {"item": "SN-2", "term": "drop", "value": "yes"},
                {"carton": "C-7", "term": "drop", "value": "yes"},
            ],
            500,
            EACH,
            cartons=20,
            items=NAMES,
        )
    assert problems(raised.value) == [
        (
            "findings, row 1, column item: must be empty, because 'drop' is of cartons and the header names items. "
            "Put the number of the carton, in the order drawn, in the column carton"
        ),
        (
            "findings, row 2, column carton: must be the number of the carton in the order drawn, or in the column item, "
            "got 'C-7'"
        ),
    ]


def test_what_is_said_of_cartons_says_cartons(tmp_path: Path) -> None:
    rows = readings("drop", ["yes", "no", "N/A"])
    rows += [{"item": 4, "term": "drop", "value": "no"}]
    agreed = contract(TWO, [{**DROP, "not_applicable": True}])
    found = verdict(agreed, rows, 500, {**EACH, "drop": 4}, cartons=20)
    assert reasons(found, "drop")[0] == "1 nonconforming carton in the sample of 3, Ac 0, Re 1"
    said = found.explain()
    assert "Counted: carton 2." in said
    assert "not counted: carton 4" in said
    assert "drop: not applicable on carton 3." in said
    assert "1 finding is outside the sample of its class or term and does not count: carton 4." in said
    page = aql.write_report(found, tmp_path / "r.html").read_text("utf-8")
    assert "Counted on carton" in page
    held = dropped(readings("drop", ["yes"]), EACH)
    assert reasons(held, "drop")[1] == "no reading of drop on 2 cartons: 2 and 3"
    few = dropped(readings("drop", ["yes"]), {**EACH, "drop": 1})
    assert "cartons" not in reasons(few, "major")[0]


def test_ok_of_an_item_does_not_contradict_a_defect_on_a_carton() -> None:
    wet = {**term("wet"), "of": "cartons", "sample": 3, "ac": 0}
    rows: list[Values] = [{"item": 2, "value": "OK"}, {"item": 2, "term": "wet"}]
    found = verdict(contract(TWO, [wet]), rows, 500, {"major": 10, "minor": 10, "wet": 3}, cartons=20)
    assert decisions(found) == {"major": "accept", "minor": "accept", "wet": "reject"}
    rows[0]["term"] = "wet"
    with pytest.raises(aql.LogError, match="nothing was found on carton 2"):
        verdict(contract(TWO, [wet]), rows, 500, {"major": 10, "minor": 10, "wet": 3}, cartons=20)


def test_a_count_of_cartons_is_at_most_the_cartons() -> None:
    with pytest.raises(aql.LogError, match="at most 20 nonconforming cartons, the number of cartons, got 21"):
        dropped([{"term": "drop", "count": 21}], 10)


def test_a_limit_counts_no_cartons() -> None:
    agreed = aql.Contract.load(
        contract(TWO, [DROP]).to_dict()
        | {"limits": [{"name": "total", "of": ["drop"], "plan": single(10, 1)}]}
    )
    assert [one.code for one in aql.check(agreed).errors] == ["unknown-member"]


def test_the_number_of_cartons_is_needed() -> None:
    agreed = contract(TWO, [DROP])
    with pytest.raises(aql.DomainError, match="cartons is required, because term 'drop' is of cartons"):
        verdict(agreed, [], size=500, inspected=10)


def test_the_chance_to_pass_is_of_items() -> None:
    agreed = contract(TWO, [DROP])
    assert whole_inspection_pa(agreed, 500, {"major": 0.0, "minor": 0.0}) == 1.0


def test_a_sheet_has_a_row_for_each_carton(tmp_path: Path) -> None:
    header, _ = write_sheet(contract(TWO, [DROP]), tmp_path, lot_size=500, cartons=20)
    text = header.read_text("utf-8")
    assert "cartons = 20" in text
    assert "inspected = { major = 0, minor = 0, drop = 0 }" in text
    inspection = aql.Inspection.load(header)
    assert [(row.item, row.term) for row in inspection.rows] == [(1, "drop"), (2, "drop"), (3, "drop")]


# One reading, two limits.

T1 = measured("net-t1", "minor", unit="g", min="191")
T2 = measured("net-t2", "major", unit="g", min="182", reading_of="net-t1")


def test_one_reading_is_judged_by_two_terms() -> None:
    agreed = contract(
        [
            cls("major", plan=staged((3, 3), (0, 0), (1, 1))),
            cls("minor", plan=staged((3, 3), (1, 2), (3, 3))),
        ],
        [T1, T2],
    )
    found = verdict(agreed, readings("net-t1", ["201", "190", "191"]), inspected=3)
    assert decisions(found) == {"major": "accept", "minor": "accept"}
    assert [(one.term, len(one.readings)) for one in found.readings] == [("net-t1", 3), ("net-t2", 3)]
    found = verdict(agreed, readings("net-t1", ["201", "181.9", "191"]), inspected=3)
    assert found.decision == "reject"
    assert [(one.term, one.class_name, one.found) for one in found.breaches] == [
        ("net-t1", "minor", "181.9 g"),
        ("net-t2", "major", "181.9 g"),
    ]


def test_it_is_what_logging_the_reading_twice_gave() -> None:
    classes = [cls("major", plan=single(4, 0)), cls("minor", plan=single(4, 1))]
    once = contract(classes, [T1, T2])
    twice = contract(classes, [T1, {key: one for key, one in T2.items() if key != "reading_of"}])
    for values in (["200"] * 4, ["190", "200", "190", "200"], ["181", "200", "200", "200"], ["200", "200"]):
        a = verdict(once, readings("net-t1", values), inspected=4)
        b = verdict(twice, [*readings("net-t1", values), *readings("net-t2", values)], inspected=4)
        assert (a.decision, a.lines, a.defects, a.readings) == (b.decision, b.lines, b.defects, b.readings)


def test_a_term_that_judges_readings_has_none_of_its_own() -> None:
    agreed = contract(TWO, [T1, T2])
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, readings("net-t2", ["200"]), inspected=10)
    assert problems(raised.value) == [
        "findings, row 1: 'net-t2' judges the readings of 'net-t1'. Remove the row"
    ]


def test_what_is_not_applicable_is_so_for_both() -> None:
    agreed = contract(
        [cls("major", plan=single(2, 0)), cls("minor", plan=single(2, 0))],
        [{**T1, "not_applicable": True}, T2],
    )
    found = verdict(agreed, readings("net-t1", ["200", "N/A"]), inspected=2)
    assert found.decision == "accept"
    assert [one.not_applicable for one in found.readings] == [(2,), (2,)]


def test_a_sheet_has_one_row_for_a_reading(tmp_path: Path) -> None:
    _, log = write_sheet(contract(TWO, [T1, T2]), tmp_path, lot_size=500)
    assert "net-t2" not in log.read_text("utf-8-sig")


@pytest.mark.parametrize(
    "other",
    [
        measured("x", unit="g", min="1", reading_of="x"),
        measured("x", unit="g", min="1", reading_of="nothing"),
        measured("x", unit="g", min="1", reading_of="net-t2"),
        measured("x", unit="mm", min="1", reading_of="net-t1"),
        measured("x", unit="g", min="1", reading_of="net-t1", of="cartons", sample=3),
        term("x", measure={"answer": "yes"}, reading_of="net-t1"),
        term("x", measure={"equals": "a"}, reading_of="dent"),
        lot_term("x", "mark", reading_of="net-t1"),
    ],
    ids=str,
)
def test_the_readings_are_of_another_term_in_the_same_unit(other: Values) -> None:
    agreed = contract(TWO, [T1, T2, term("dent"), other])
    assert [(one.code, one.path) for one in aql.check(agreed).errors] == [
        ("bad-reading-of", "terms[3].reading_of")
    ]


def test_a_simulated_lot_refuses_what_it_does_not_have() -> None:
    lot = SimulatedLot(30, (("drop", (2, 20)),))
    with pytest.raises(aql.DomainError, match="must have no term with reading_of"):
        lot.inspection(contract(TWO, [T1, T2]))
    found = aql.score(contract(TWO, [DROP]), lot.inspection(contract(TWO, [DROP])))
    assert (found.header.lot.cartons, line(found, "drop").items) == (3, (2,))


# Percent tolerances.


@given(
    nominal=st.decimals(-1000, 1000, places=2),
    plus=st.decimals(0, 100, places=1),
    minus=st.decimals(0, 100, places=1),
)
def test_a_percentage_is_of_the_nominal_value_and_exact(
    nominal: Decimal, plus: Decimal, minus: Decimal
) -> None:
    measure = Measured(unit="g", nominal=nominal, plus=Percent(plus), minus=Percent(minus))
    size = abs(Fraction(nominal)) / 100
    assert measure.lower is not None
    assert measure.upper is not None
    assert Fraction(measure.lower) == Fraction(nominal) - size * Fraction(minus)
    assert Fraction(measure.upper) == Fraction(nominal) + size * Fraction(plus)
    again = Measured.from_json(measure.to_json())
    assert again == measure
    assert again.checksum == measure.checksum


def test_a_percentage_and_its_amount_agree_on_the_same() -> None:
    percent, amount = (
        measured("net", unit="g", nominal="520", plus=plus, minus="2.5 %") for plus in ("5%", "26")
    )
    for one in (percent, amount):
        agreed = contract(TWO, [one])
        assert agreed.terms[0].agreed() == "507 to 546 g"
        assert aql.check(agreed).errors == ()
    assert contract(TWO, [percent]).to_dict()["terms"][0]["measure"]["plus"] == "5%"  # type: ignore[index]


@pytest.mark.parametrize("wrong", ["x%", "%", "5%%", "5 percent %"])
def test_a_percentage_is_a_number(wrong: str) -> None:
    with pytest.raises(aql.DocumentError, match="must be an exact decimal number as text"):
        contract(TWO, [measured("net", unit="g", nominal="520", plus=wrong, minus="1")])


def test_a_percentage_below_0_is_an_error() -> None:
    agreed = contract(TWO, [measured("net", unit="g", nominal="520", plus="-5%", minus="1")])
    assert [one.code for one in aql.check(agreed).errors] == ["bad-tolerance"]
