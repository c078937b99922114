"""Both ends of every range are drawn, and nothing beyond them: in 10 to 250 draws that prefer the ends."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import strategies as st

import aql
from aql.standards.editions import DEFAULT_STANDARD
from aql.strategies import (
    claim_assessments,
    claim_events,
    claim_facts,
    claim_orders,
    contracts,
    inspections,
    lot_sizes,
    lots,
    multiple_plans,
    plans,
    single_plans,
)
from aql.strategies._internal import classes, terms
from aql.strategies._internal.contract_limits import contract_limits
from aql.strategies._internal.flawed_contracts import ALL_FLAWS
from aql.strategies._internal.measures import colour_limits, limits, read_texts
from aql.strategies._internal.names import names
from aql.strategies._internal.orders import covers, orders
from aql.strategies._internal.stated_plans import stated_double_plans, stated_plans
from tests.strategies.range_ends import ends

Table = dict[str, Any]
FIRST, DAY = date(2026, 1, 5), timedelta(days=1)
SHIPPED = date(2026, 12, 15)


def units(text: str | None) -> int | None:
    """The digits of a decimal number, without the point."""
    return None if text is None else int(text.replace(".", ""))


# Public strategies -----------------------------------------------------------------------------------------------


def gap(plan: aql.SinglePlan) -> int:
    return plan.re - plan.ac - 1


def rises(plan: aql.MultiplePlan) -> list[int]:
    """By how much each acceptance number is above the one before it, or above 0; of plans that can always accept."""
    acs = [0, *(one for one in plan.ac if one is not None)]
    return [] if None in plan.ac else [after - before for before, after in pairwise(acs)]


def beyond(plan: aql.MultiplePlan) -> list[int]:
    """By how much each rejection number is above the least that there can be."""
    least = [0, *plan.re[:-1]]
    acs = [0 if one is None else one for one in plan.ac]
    return [
        re - max(ac + 1, before)
        for ac, re, before, seen in zip(acs, plan.re, least, plan.ac, strict=True)
        if seen is not None
    ]


def of_stages(key: Any) -> tuple[Any, Any]:
    """The least and the most of what a key gives for each stage."""
    return (
        lambda plan: min(key(plan), default=None),
        lambda plan: max(key(plan), default=None),
    )


def test_single_plans() -> None:
    keys = (lambda plan: plan.n, lambda plan: plan.ac, gap)
    assert ends(single_plans(), *keys) == [(1, 500), (0, 20), (0, 4)]
    assert ends(single_plans(max_n=7, max_ac=3, gaps=False), *keys) == [(1, 7), (0, 3), (0, 0)]


@pytest.mark.parametrize(
    ("asked", "stages", "n", "step"),
    [
        ({}, (2, 7), (1, 500), (0, 4)),
        ({"min_stages": 3, "max_stages": 4, "max_n": 9, "max_step": 2}, (3, 4), (1, 9), (0, 2)),
    ],
    ids=["by default", "as asked"],
)
def test_multiple_plans(asked: Any, stages: Any, n: Any, step: Any) -> None:
    found = ends(
        multiple_plans(**asked),
        lambda plan: len(plan.stages),
        *of_stages(lambda plan: plan.n),
        *of_stages(rises),
        *of_stages(beyond),
        draws=100,
    )
    (least_n, _), (_, most_n), (least_rise, _), (_, most_rise), (least_gap, _), (_, most_gap) = found[1:]
    assert found[0] == stages
    assert (least_n, most_n) == n
    assert (least_rise, most_rise) == step
    assert (least_gap, most_gap) == step


def test_plans() -> None:
    keys = (
        lambda plan: len(plan.stages),
        lambda plan: plan.stages[0].n,
        lambda plan: plan.ac if isinstance(plan, aql.SinglePlan) else None,
    )
    assert ends(plans(), *keys) == [(1, 7), (1, 500), (0, 8)]
    assert ends(plans(max_stages=3, max_n=9, max_step=1), *keys) == [(1, 3), (1, 9), (0, 2)]
    assert ends(plans(max_stages=1), *keys)[0] == (1, 1)


def test_sizes_of_lots() -> None:
    assert ends(lot_sizes(), int) == [(2, 1_000_000)]
    assert ends(lot_sizes("II", min_size=30, max_size=80), int) == [(30, 80)]
    assert ends(lots(0), lambda lot: lot.size) == [(2, 500)]
    assert ends(inspections(), lambda one: one.header.lot.size, draws=12) == [(2, 500)]


def test_contracts() -> None:
    keys = (lambda one: len(one.classes), lambda one: len(one.terms))
    assert ends(contracts(), *keys, draws=15) == [(1, 3), (1, 4)]
    assert ends(contracts(max_classes=4, max_terms=6), *keys, draws=25) == [(1, 4), (1, 6)]
    assert ends(contracts(max_classes=2, max_terms=2), *keys, draws=25) == [(1, 2), (1, 2)]


def test_drawings() -> None:
    """Of lots of 1 to 40 cartons with 2 to 12 items each."""
    assert ends(
        st.from_type(aql.Drawing),
        lambda one: one.lot.size // one.lot.carton[0].units,
        lambda one: one.lot.carton[0].units,
        lambda one: one.seed,
        draws=25,
    ) == [(1, 40), (2, 12), (0, 2**32)]


# Claims ----------------------------------------------------------------------------------------------------------


def test_orders_of_claims() -> None:
    assert ends(
        claim_orders(),
        lambda one: str(one.amount),
        lambda one: one.amount,
        lambda one: one.remaining_limit,
        lambda one: one.dispatch_date,
        lambda one: one.delivery_date,
    )[1:] == [
        (Decimal(1), Decimal(100_000)),
        (Decimal(0), Decimal(200_000)),
        (FIRST, FIRST + 36 * DAY),
        (FIRST, FIRST + 72 * DAY),
    ]


def test_facts_of_claims() -> None:
    assert ends(
        claim_facts(),
        lambda facts: len(facts.payments),
        lambda facts: len(facts.complaints),
        lambda facts: len(facts.evidence),
        lambda facts: facts.payments[0].date if facts.payments else None,
        lambda facts: facts.payments[0].amount / facts.order.amount if facts.payments else None,
        draws=25,
    ) == [(0, 3), (0, 3), (0, 3), (FIRST, FIRST + 12 * DAY), (0, 1)]
    assert ends(claim_assessments(), lambda one: one.as_of, draws=15) == [(FIRST, FIRST + 200 * DAY)]


def day(event: Any) -> date:
    return event.at.astimezone(UTC).date() if isinstance(event.at, datetime) else event.at


def test_events_of_claims() -> None:
    def first(events: Any) -> int | None:
        """Days to the first event before a dispute."""
        return (day(events[0]) - FIRST).days if events and events[0].note is None else None

    def between(events: Any) -> int | None:
        """Days between the first two steps of a dispute."""
        steps = [day(one) for one in events if one.note is not None]
        return (steps[1] - steps[0]).days if len(steps) > 1 else None

    def at(events: Any) -> str | None:
        times = [one.at for one in events if isinstance(one.at, datetime)]
        return f"{times[0]:%H:%M}" if times else None

    assert ends(claim_events(rules="current", most=8), first, between, at, len) == [
        (0, 12),
        (1, 13),
        ("08:30", "15:30"),
        (0, 13),
    ]


# Parts of contracts ----------------------------------------------------------------------------------------------


def number_at(path: str) -> Any:
    """A key: the number at a path of a table, such as ``measure.min``; None where there is none."""

    def key(table: Any) -> Any:
        for name in path.split("."):
            if isinstance(table, list):
                table = table[int(name)]
            elif isinstance(table, dict) and name in table:
                table = table[name]
            else:
                return None
        if isinstance(table, list):
            return len(table)
        return Decimal(str(table).rstrip("%").removeprefix("PO-").removeprefix("S-"))

    return key


def check_ends(strategy: st.SearchStrategy[Any], expected: dict[str, tuple[str, str]]) -> None:
    """Check the ends of the number at each path."""
    found = ends(strategy, *map(number_at, expected))
    as_drawn = {path: (str(least), str(most)) for path, (least, most) in zip(expected, found, strict=True)}
    assert as_drawn == expected


BY_PLANS: Any = {"standard": DEFAULT_STANDARD, "counting": "items", "by_tables": False}
JUDGED = {"id": "w", "class": "major", "measure": {"min": "3", "unit": "g"}}
TWO_CLASSES = [{"name": "major"}, {"name": "minor"}]
TWO_TERMS = [{"id": "dent", "class": "major"}, {"id": "scratch", "class": "major"}]
ENDS: list[tuple[Any, dict[str, tuple[str, str]]]] = [
    (
        orders(),
        {"id": ("1", "9999"), "quantity": ("1", "100000"), "unit_price": ("0.00", "100.00")},
    ),
    (covers({"quantity": 2, "unit_price": "1.50"}), {"limit": ("3.00", "1003.00")}),
    (
        limits().map(lambda one: one["measure"]).filter(lambda one: "%" in str(one)),
        {"nominal": ("100", "5000"), "plus": ("0.0", "10.0"), "minus": ("0.0", "10.0")},
    ),
    (
        colour_limits().map(lambda one: {"guard": "0.0"} | one),
        {"measure.max": ("0.0", "5.0"), "guard": ("0.0", "2.0")},
    ),
    (read_texts["allowed"], {"allowed": ("1", "3")}),
    (classes._minimums(small=False), {"n": ("2", "20")}),
    (classes._judged_by(**BY_PLANS), {"ac": ("0", "3")}),
    (
        terms._own_lines(**BY_PLANS, by_level=False),
        {"sample": ("1", "20"), "ac": ("0", "3")},
    ),
    (terms._judging(JUDGED), {"measure.min": ("-17", "3"), "sample": ("1", "5")}),
    (
        terms._lot_terms(9, has_packed_share=True),
        {"reference.seal": ("1", "999")},
    ),
    (
        contract_limits(classes=TWO_CLASSES, terms=TWO_TERMS, **BY_PLANS).map(lambda found: {"found": found}),
        {"found": ("1", "2"), "found.0.of": ("1", "3")},
    ),
    (
        stated_double_plans(50),
        {
            "n.0": ("1", "22"),
            "n.1": ("1", "20"),
            "ac.0": ("0", "2"),
            "re.0": ("2", "6"),
            "ac.1": ("0", "4"),
            "re.1": ("2", "6"),
        },
    ),
    (stated_double_plans(2), {"n.0": ("1", "2"), "ac.0": ("0", "1")}),
    (stated_double_plans(1), {"n.0": ("1", "1"), "ac.0": ("0", "0")}),
]


@pytest.mark.parametrize(("strategy", "expected"), ENDS)
def test_parts_of_contracts(strategy: Any, expected: dict[str, tuple[str, str]]) -> None:
    check_ends(strategy, expected)


def test_names() -> None:
    assert ends(names(), len) == [(1, 7)]


def test_days_of_shipment() -> None:
    days = (date(2000, 1, 1), date(2100, 12, 31))
    assert ends(orders(), lambda one: date.fromisoformat(one["shipment_date"])) == [days]


def test_a_contract_states_plans_of_up_to_four_stages_of_30_items() -> None:
    def n(plan: Table) -> list[int]:
        return plan["n"] if isinstance(plan["n"], list) else [plan["n"]]

    found = ends(
        stated_plans(),
        lambda plan: len(n(plan)),
        lambda plan: min(n(plan)),
        lambda plan: max(n(plan)),
        lambda plan: plan["ac"] if isinstance(plan["ac"], int) else None,
    )
    (least, _), (_, most) = found[1:3]
    assert (found[0], least, most, found[3]) == ((1, 4), 1, 30, (0, 4))


def test_limits_in_units_of_their_last_place() -> None:
    """From -50 to 1000 steps of up to 10, less the guard of up to 20; the range between them from 0 to 100."""

    def measure(parts: Table, key: str) -> str | None:
        return None if "%" in str(parts) else parts["measure"].get(key)

    def room(parts: Table) -> int | None:
        low, high = (units(measure(parts, key)) for key in ("min", "max"))
        return None if low is None or high is None else high - low - 2 * (units(parts.get("guard")) or 0)

    def tolerance(parts: Table) -> tuple[int, int] | None:
        both = [units(measure(parts, key)) for key in ("plus", "minus")]
        return None if both[0] is None or both[1] is None else (both[0], both[1])

    assert ends(
        limits(),
        lambda parts: units(measure(parts, "min")),
        lambda parts: len((measure(parts, "min") or "0").partition(".")[2]),
        room,
        lambda parts: units(parts.get("guard", "0")),
        lambda parts: units(parts.get("rounding")),
        lambda parts: (both := tolerance(parts)) and sum(both) - 2 * (units(parts.get("guard")) or 0),
        lambda parts: (both := tolerance(parts)) and Fraction(both[1], sum(both) or 1),
        draws=250,
    ) == [(-520, 10_000), (0, 3), (0, 100), (0, 20), (1, 10), (0, 100), (0, 1)]


def test_colours() -> None:
    """L from 0 to 100, a and b from -60 to 60."""

    def numbers(parts: Table) -> list[int]:
        return [int(one) for one in parts["measure"]["reference"].strip("Lab()").split(", ")]

    assert ends(colour_limits(), *(lambda one, at=at: numbers(one)[at] for at in range(3))) == [
        (0, 100),
        (-60, 60),
        (-60, 60),
    ]


# Flaws -----------------------------------------------------------------------------------------------------------

PLAIN: Table = {
    "order": {"id": "PO-1", "quantity": 1000, "shipment_date": str(SHIPPED)},
    "classes": [{"name": "major", "aql": "2.5"}],
    "terms": [{"id": "scratch", "class": "major", "text": "Scratch longer than 5 mm", "kind": "visual"}],
}


@st.composite
def flawed(draw: st.DrawFn, code: str, place: int = 0) -> Table:
    """A plain contract with a flaw, the one at this place of those with the code; and the term that it added."""
    flaw = [one for one in ALL_FLAWS if one.code == code][place]
    document = deepcopy(PLAIN)
    flaw.change(draw, document)
    added = [one for one in document["terms"] if one["id"] != "scratch"]
    return document | ({"term": added[0]} if added else {})


FLAWED: list[tuple[str, int, dict[str, tuple[str, str]]]] = [
    ("no-currency", 0, {"order.unit_price": ("0", "50")}),
    ("bad-amount", 0, {"order.unit_price": ("-50.00", "-0.01")}),
    ("bad-amount", 1, {"cover.limit": ("0", "500"), "cover.remaining_limit": ("1", "509")}),
    ("bad-amount", 2, {"cover.initial_payment": ("-50.00", "-0.01")}),
    ("above-cover", 0, {"order.unit_price": ("1", "100"), "cover.limit": ("0", "99999")}),
    ("bad-share", 0, {"inspection.packed_share": ("0", "100")}),
    ("two-plans", 1, {"term.sample": ("1", "20")}),
    ("ac-alone", 0, {"classes.-1.ac": ("0", "5")}),
    ("ac-alone", 1, {"term.ac": ("0", "5")}),
    ("line-for-the-lot", 0, {"term.sample": ("1", "20")}),
    ("bad-minimum", 0, {"classes.-1.minimum.n": ("1", "50")}),
    ("own-line", 0, {"term.sample": ("1", "20")}),
    ("no-unit", 0, {"term.measure.min": ("1", "99")}),
    ("no-nominal", 0, {"term.measure.plus": ("1", "99")}),
    ("no-nominal", 1, {"term.measure.minus": ("1", "99")}),
    ("bad-tolerance", 0, {"term.measure.plus": ("-99", "-1")}),
    ("bad-tolerance", 1, {"term.measure.minus": ("-99", "-1")}),
    ("empty-range", 0, {"term.measure.min": ("100", "199"), "term.measure.max": ("1", "99")}),
    ("empty-range", 1, {"term.guard": ("1.01", "1.99")}),
    ("empty-range", 2, {"term.measure.min": ("11", "991"), "term.measure.max": ("19", "999")}),
    ("empty-range", 3, {"term.guard": ("3", "101")}),
    ("bad-rounding", 0, {"term.rounding": ("-9", "0")}),
    ("bad-guard", 0, {"term.guard": ("-99", "-1")}),
]


@pytest.mark.parametrize(("code", "place", "expected"), FLAWED)
def test_flaws(code: str, place: int, expected: dict[str, tuple[str, str]]) -> None:
    check_ends(flawed(code, place), expected)


def test_a_share_in_percent_is_2_or_more() -> None:
    percent = flawed("bad-share").map(lambda one: one["inspection"]["packed_share"])
    assert ends(percent, lambda one: one or None) == [(2, 100)]


def test_an_aql_that_is_no_column_is_below_10() -> None:
    """10 itself is a column."""
    ((least, most),) = ends(flawed("unknown-aql"), number_at("classes.-1.aql"))
    assert least == Decimal("0.001")
    assert 9 < most < 10


def test_more_is_left_than_the_limit_by_1_to_9() -> None:
    def more(document: Table) -> int:
        return int(document["cover"]["remaining_limit"]) - int(document["cover"]["limit"])

    assert ends(flawed("bad-amount", 1), more) == [(1, 9)]


def test_a_contract_is_dated_1_to_400_days_too_late() -> None:
    def late(document: Table) -> int:
        return (date.fromisoformat(document["order"]["created"]) - SHIPPED).days

    assert ends(flawed("bad-date"), late) == [(1, 400)]


def test_a_text_states_another_limit_from_100_to_199() -> None:
    assert ends(flawed("text-contradicts-measure"), lambda one: int(one["term"]["text"].split()[4])) == [
        (100, 199)
    ]
