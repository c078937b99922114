"""What a verdict keeps: the facts of the header, every reading as a number, every note; each part prints as one line."""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from pydantic import BaseModel

import aql
from aql.report.page import report_html
from aql.scoring.defects import Count
from aql.scoring.readings import LogNote, Reading
from aql.scoring.reasons import Reason
from aql.strategies import verdicts
from tests.profiles import examples
from tests.report.cases import CASES
from tests.scoring.builders import (
    Values,
    cls,
    contract,
    counted,
    log,
    lot_term,
    measured,
    readings,
    seen,
    single,
    term,
    verdict,
)
from tests.scoring.test_verdict_laws import rich_inspections

FIVE = cls(plan=single(5, 5))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_facts_of_header_and_order_are_kept(case: Any) -> None:
    agreed, found = case()
    kept = aql.score(agreed, found)
    assert kept.header == found.header.without_findings()
    assert (kept.order, kept.lot, kept.lot_size) == (
        agreed.order.id,
        found.header.lot.id,
        found.header.lot.size,
    )
    assert (kept.supplier, kept.product) == (agreed.order.supplier, agreed.order.product)
    assert (kept.ordered, kept.shipment_date) == (agreed.order.quantity, agreed.order.shipment_date)
    assert (kept.clause, kept.agreed) == (agreed.inspection, agreed.terms)
    assert kept.reinspection_of == found.header.inspection.reinspection_of


def test_money_and_cover_are_not_kept() -> None:
    """A verdict goes to people who need not know them."""
    agreed, _ = aql.examples.tablet_order()
    text = aql.score(*aql.examples.tablet_order()).to_json()
    assert agreed.order.unit_price is not None
    assert agreed.cover is not None
    for secret in ("41.50", "unit_price", '"cover"', str(agreed.cover.initial_payment)):
        assert secret not in text


@examples(100)
@given(rich=rich_inspections())
def test_every_reading_is_kept_as_a_number(rich: tuple[aql.Contract, list[Values], int]) -> None:
    agreed, rows, inspected = rich
    kept = aql.score(agreed, log(rows, 50, inspected))
    assert [one.term for one in kept.readings] == [one.id for one in agreed.terms if one.is_read]
    for one in kept.readings:
        logged = {row["item"]: row["value"] for row in rows if row.get("term") == one.term}
        assert {reading.item: reading.text for reading in one.readings} == logged
        assert [reading.item for reading in one.readings] == sorted(logged)
        wrong = {defect.item: defect for defect in kept.defects if defect.term == one.term}
        assert set(wrong) == {reading.item for reading in one.readings if not reading.conforms}
        for reading in one.readings:
            if agreed.term(one.term).tested_as == "measured":
                assert reading.number == reading.compared == Decimal(reading.text)
                assert reading.number is not None
                assert reading.conforms == (
                    (one.lower is None or reading.number >= one.lower)
                    and (one.upper is None or reading.number <= one.upper)
                )
            else:
                assert (reading.number, reading.compared, one.unit) == (None, None, "")
            beyond = wrong[reading.item].difference if reading.item in wrong else None
            assert reading.difference == beyond


def test_a_reading_keeps_what_was_logged_beside_what_was_compared() -> None:
    agreed = contract(FIVE, [measured("width", max="5.0", rounding="0.1", guard="0.2")])
    rows = readings("width", ["4,84", "4,86", "0"])
    (kept,) = verdict(agreed, rows, inspected=3, findings={"decimal": ","}).readings
    assert (kept.unit, kept.lower, kept.upper) == ("mm", None, Decimal("4.8"))
    assert kept.readings == (
        Reading(1, "4.84", Decimal("4.84"), Decimal("4.8"), True, None),
        Reading(2, "4.86", Decimal("4.86"), Decimal("4.9"), False, Decimal("0.1")),
        Reading(3, "0", Decimal(0), Decimal("0.0"), True, None),
    )


def test_a_colour_read_by_its_coordinates_is_kept_as_its_difference() -> None:
    colour = {"unit": "dE2000", "reference": "Lab(50, 2.6772, -79.7751)", "max": "2"}
    agreed = contract(FIVE, [term("shade", measure=colour)])
    (kept,) = verdict(agreed, readings("shade", ["50 0 -82.7485", "0.30"]), inspected=2).readings
    assert (kept.unit, kept.lower, kept.upper) == ("", None, Decimal(2))
    assert [(one.text, one.number, one.compared) for one in kept.readings] == [
        ("50 0 -82.7485", Decimal("2.0425"), Decimal("2.0425")),
        ("0.30", Decimal("0.30"), Decimal("0.3000")),
    ]


def test_a_reading_outside_the_sample_is_kept() -> None:
    agreed = contract(cls(plan=single(2, 0)), [measured("width", max="5")])
    (kept,) = verdict(agreed, readings("width", ["4", "4", "6"]), inspected=3).readings
    assert [one.item for one in kept.readings] == [1, 2, 3]


def test_every_note_of_the_log_is_kept_where_it_belongs() -> None:
    agreed = contract(
        [FIVE, cls("minor", plan=single(5, 5))],
        [measured("width", max="5"), term("dent"), lot_term("mark", "mark"), term("spot", "minor")],
    )
    rows = [
        {"item": 1, "term": "width", "value": "6", "note": "read twice"},
        {"item": 2, "term": "width", "value": "4", "note": "cold"},
        {"item": 3, "term": "width", "note": "dropped"},
        *seen("dent", 4, note="lower edge"),
        {"term": "mark", "value": "yes", "note": "smudged"},
        {"term": "spot", "count": 2, "note": "on the back"},
    ]
    kept = verdict(agreed, rows, inspected=5)
    assert [(one.item, one.found, one.note) for one in kept.defects] == [
        (1, "6 mm", "read twice"),
        (4, "", "lower edge"),
    ]
    assert kept.log_notes == (
        LogNote("mark", None, "smudged"),
        LogNote("width", 2, "cold"),
        LogNote("width", 3, "dropped"),
    )
    assert kept.counts == (Count("minor", "spot", 2, "on the back"),)


def test_answers_that_say_the_same_give_the_same_verdict_in_any_order() -> None:
    agreed = contract(FIVE, [lot_term("mark", "mark")])
    rows = [{"term": "mark", "value": "yes"}, {"term": "mark", "value": "Yes"}]
    one, other = verdict(agreed, rows, inspected=5), verdict(agreed, rows[::-1], inspected=5)
    assert (one.lot_terms, one.decision) == (other.lot_terms, other.decision) == (one.lot_terms, "accept")


# A line for a log.


def values(part: Any) -> list[Any]:
    """A value and everything in it that has fields."""
    if isinstance(part, tuple):
        return [value for one in part for value in values(one)]
    if isinstance(part, BaseModel) or not is_dataclass(part) or isinstance(part, type):
        return []
    return [part] + [value for field in fields(part) for value in values(getattr(part, field.name))]


OWN = ("aql.scoring", "aql.inspection")


@examples(40)
@given(kept=verdicts())
def test_every_part_is_shown_in_one_short_line(kept: aql.Verdict) -> None:
    for part in values(kept):
        if type(part).__module__.startswith(OWN):
            assert len(repr(part)) <= 120
            assert "\n" not in repr(part)
            assert repr(part).startswith(f"<{type(part).__name__} ")


def test_long_and_broken_text_stays_in_one_line() -> None:
    name = "wide " * 40
    agreed = contract(cls(f"c {name}".strip(), plan=single(5, 0)), [term("dent", f"c {name}".strip())])
    kept = verdict(agreed, seen("dent", 1, note="deep\n" * 60), inspected=5)
    for part in values(kept):
        assert len(repr(part)) <= 120 or not type(part).__module__.startswith(OWN)
        assert "\n" not in repr(part)


def test_the_parts_say_what_a_person_needs() -> None:
    agreed = contract(
        [cls(plan=single(125, 7)), cls("minor", plan=single(5, 0))],
        [term("dent"), term("spot", "minor"), measured("width", max="5", sample=3), lot_term("mark", "mark")],
    )
    rows = [*seen("dent", *range(1, 9)), *counted(0, term="spot"), *readings("width", ["6", "4"])]
    kept = verdict(agreed, rows, size=3000, inspected=125)
    assert repr(kept) == "<Verdict PO-1 L1: reject, major 8 of 125 (Ac 7)>"
    assert [repr(one) for one in kept.lines] == [
        "<LineResult major: reject, 8 of 125 (Ac 7)>",
        "<LineResult minor: accept, 0 of 5 (Ac 0)>",
        "<LineResult width: reject, 1 of 3 (Ac 0)>",
    ]
    assert repr(kept.defects[0]) == "<Defect item 1, dent: counts in major; seen>"
    assert repr(kept.defects[1]) == "<Defect item 1, width: counts in width; 6 mm>"
    assert [repr(one) for one in kept.breaches] == ["<Breach dent: 8>", "<Breach width: 1, worst 6 mm>"]
    assert repr(kept.counts[0]) == "<Count 0 in minor, spot>"
    assert repr(kept.readings[0]) == "<TermReadings width: 2, 1 not conforming>"
    assert repr(kept.readings[0].readings[0]) == "<Reading item 1: 6, not conforming>"
    assert repr(kept.lot_terms[0]) == "<LotTermResult mark: unknown, hold>"
    assert repr(kept.terms[0].missing[0]) == "<MissingReadings width, items 3>"
    assert repr(kept.evidence).startswith("<Evidence aql-sampling 0.1.0, contract ")
    assert repr(LogNote("mark", None, "torn")) == "<LogNote mark, the lot: torn>"
    assert repr(verdict(agreed, inspected=125, size=3000)) == "<Verdict PO-1 L1: hold, width 0 of 3 (Ac 0)>"
    late = contract(FIVE, order={"shipment_date": "2026-12-15"})
    assert (
        repr(verdict(late, inspected=5, date="2026-12-16"))
        == "<Verdict PO-1 L1: reject, shipment-date breached>"
    )


@examples(40)
@given(kept=verdicts())
def test_a_page_is_written_from_any_verdict_that_was_stored(kept: aql.Verdict) -> None:
    again = aql.Verdict.from_json(kept.to_json())
    assert report_html(again) == report_html(kept)


def test_a_reason_prints_what_it_is_about_if_anything() -> None:
    for one in aql.score(*aql.examples.tablet_order()).reasons:
        about = f" of {one.about}" if one.about else ""
        assert repr(one).startswith(f"<Reason {one.code}{about}: ")


def test_the_facts_of_a_reason_are_plain_in_a_dict() -> None:
    facts: dict[str, Any] = {
        "found": 7,
        "at_most": 7,
        "ac": 7,
        "re": 8,
        "counting": "items",
        "sample": 125,
        "any_item": False,
    }
    more: dict[str, Any] = {
        "weighted": None,
        "inspected": Decimal("125.0"),
        "counted": (3, 5),
        "stage": 1,
        "stages": 1,
    }
    kept = Reason("count", "major", tuple((facts | more).items())).to_dict()
    assert {name: kept[name] for name in facts} == facts
    assert {name: kept[name] for name in more} == more | {"inspected": "125.0", "counted": [3, 5]}
    assert type(kept["found"]) is int


def test_a_defect_says_where_it_counts_or_why_it_does_not() -> None:
    found = verdict(contract(cls(plan=single(8, 1)), [term("dent")]), seen("dent", 3, 9), 100, 10)
    inside, outside = map(repr, found.defects)
    assert "counts in major" in inside
    assert "outside-sample" in outside
