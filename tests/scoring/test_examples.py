"""The examples that come with the library, scored by hand."""

import csv
from collections import Counter
from decimal import Decimal

import pytest

import aql
from aql.display.breaches import Words
from aql.examples import example_file, orange_juice, tablet_order
from tests.scoring.builders import Plan, counts, decisions, line, lot_result, words

TABLETS = aql.score(*tablet_order())


def test_the_tablets_are_rejected() -> None:
    """Class critical is not allowed and item 31 has a burr; one battery of five is below 3000 mAh."""
    assert TABLETS.decision == "reject"
    assert decisions(TABLETS) == {
        "critical": "reject",
        "major": "accept",
        "minor": "accept",
        "battery-capacity": "reject",
        "carton-drop": "accept",
        "barcode": "accept",
    }


PLANS: dict[str, Plan] = {
    "critical": aql.SinglePlan(125, 0),
    "major": aql.SinglePlan(125, 7),
    "minor": aql.SinglePlan(125, 10),
    "battery-capacity": aql.SinglePlan(5, 0),
    "carton-drop": aql.SinglePlan(5, 0),
    "barcode": aql.SinglePlan(20, 1),
}


@pytest.mark.parametrize("name", PLANS)
def test_the_plans_of_the_tablets_are_the_printed_ones(name: str) -> None:
    """Lot 3000: II is K; S-2 is D, with an arrow up to C; S-3 is F (ISO 2859-1:1999, Tables 1 and 2-A)."""
    assert line(TABLETS, name).plan == PLANS[name]


def test_the_tablets_are_counted_by_hand() -> None:
    """Items 9 and 31 have a defect of a lesser class too, which does not count again."""
    rows = list(csv.DictReader(example_file("tablet_order/findings.csv").read_text("utf-8").splitlines()))
    on = {
        name: {int(row["item"]) for row in rows if row["term"] == name and row["item"]}
        for name in ("sharp-edge", "dead-pixel", "scratch", "dust")
    }
    wide = {
        int(row["item"])
        for row in rows
        if row["term"] == "width" and not 245 <= round(float(row["value"]), 1) <= 247
    }
    dark = {int(row["item"]) for row in rows if row["term"] == "starts" and row["value"] != "yes"}
    unlisted = {int(row["item"]) for row in rows if row["class"] == "minor"}
    shade = {
        int(row["item"])
        for row in rows
        if row["term"] == "colour" and " " not in row["value"] and float(row["value"]) > 2
    }
    critical = on["sharp-edge"]
    major = (on["dead-pixel"] | dark | shade) - critical
    minor = (on["scratch"] | on["dust"] | wide | unlisted) - critical - major
    assert counts(TABLETS) == {
        "critical": len(critical),
        "major": len(major),
        "minor": len(minor),
        "battery-capacity": 1,
        "carton-drop": 0,
        "barcode": 0,
    }
    assert line(TABLETS, "critical").items == tuple(sorted(critical)) == (31,)
    assert line(TABLETS, "major").items == tuple(sorted(major))
    assert line(TABLETS, "minor").items == tuple(sorted(minor))
    assert line(TABLETS, "battery-capacity").items == (3,)


def test_the_terms_of_the_tablet_lot_are_met_or_open() -> None:
    """2600 of 3000 packed, 3000 produced, both rows answered, five days before shipment."""
    assert {one.term: one.status for one in TABLETS.lot_terms} == {
        "quantity": "met",
        "shipping-mark": "met",
        "approved-sample": "met",
        "packed-share": "met",
        "shipment-date": "open",
    }
    assert words(TABLETS, lot_result(TABLETS, "packed-share")).found == "2600 of 3000 packed, 86.67 %"


def test_the_breaches_of_the_tablets_are_the_terms_that_were_not_met() -> None:
    assert [(breach.term, breach.count) for breach in TABLETS.breaches] == [
        ("sharp-edge", 1),
        ("battery-capacity", 1),
        ("starts", 2),
        ("colour", 2),
        ("dead-pixel", 3),
        ("width", 4),
        ("scratch", 4),
        ("dust", 2),
    ]
    battery = next(breach for breach in TABLETS.breaches if breach.term == "battery-capacity")
    assert (battery.found, battery.difference) == ("2870 mAh", Decimal(-130))
    assert words(TABLETS, battery) == Words("at least 3000 mAh", "2870 mAh", "-130")
    assert TABLETS.unlisted == 1
    assert TABLETS.outside == ()


def leaks() -> dict[str, int]:
    """Leaking cans of each of the 54 samples, read by themselves."""
    text = example_file("orange_juice/samples.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {row["sample"]: int(row["nonconforming"]) for row in csv.DictReader(lines)}


@pytest.mark.parametrize(("column", "ac"), [(6.5, 7), (10, 10), ("6.5", 7), ("10", 10)], ids=repr)
def test_54_lots_of_orange_juice_are_decided_by_their_counts(column: float | str, ac: int) -> None:
    """Lots of 500 are letter H, n 50: Ac 7 at 6.5 and Ac 10 at 10. Samples: Montgomery 1991, pp. 152-155."""
    contract, inspections = orange_juice(column)
    found = {inspection.header.lot.id: aql.score(contract, inspection) for inspection in inspections}
    assert len(found) == 54
    assert {one.lines[0].plan for one in found.values()} == {aql.SinglePlan(50, ac)}
    expected = {lot: "accept" if count <= ac else "reject" for lot, count in leaks().items()}
    assert {lot: one.decision for lot, one in found.items()} == expected
    assert {lot: one.lines[0].found for lot, one in found.items()} == leaks()
    assert len(Counter(expected.values())) == 2
