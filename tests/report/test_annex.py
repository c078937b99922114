"""The sampling record and the annexes: what was drawn, each plan once, and what rejected the lot apart from the rest."""

from typing import Any

import pytest

import aql
from aql.report.not_met import terms_not_met
from aql.report.page import report_html
from aql.report.plan_lines import plan_curves
from tests.pages import Page
from tests.report.cases import tablet, trade
from tests.scoring.builders import cls, contract, counted, log, seen, single, staged, term

CARTONS = [
    {"numbers": "1-30", "units": 20, "sku": "A"},
    {"numbers": "31-48", "units": 20, "sku": "B"},
    {"numbers": "49-50", "units": 20, "sku": "B", "packed": False},
]
LOT = {"id": "L1", "size": 1000, "carton": CARTONS}


def test_a_report_with_its_drawing_shows_cartons_seed_and_pick_list() -> None:
    agreed = contract([cls(plan=single(20, 1))], [{**term("drop"), "of": "cartons", "sample": 2, "ac": 0}])
    verdict = aql.score(agreed, log([], 1000, {"major": 20, "drop": 2}, lot=LOT))
    drawing = aql.draw(agreed, verdict.header.lot, seed=7).replace(1, reason="crushed")
    page = Page(report_html(verdict, drawing=drawing))
    quantity = page.section("Quantity and sampling")
    assert "Seed 7, algorithm" in quantity
    assert "replaced by" in quantity
    assert "Whole cartons, in the order drawn" in quantity
    for sku in ("A", "B"):
        cartons = drawing.open_cartons(1, sku)
        assert f" {sku}{len(cartons)}{aql.words.ranges(cartons)}" in quantity
    picks = page.section("Annex: pick list")
    for pick in drawing.items:
        assert f"{pick.piece} ({pick.number})" in picks
    assert "Annex: pick list" not in report_html(verdict)


def test_a_drawing_of_stages_without_cartons_is_shown_too() -> None:
    agreed = contract(cls(plan=staged([5, 5], [0, 1], [2, 2])))
    verdict = aql.score(agreed, log([], 1000, 5))
    page = Page(report_html(verdict, drawing=aql.draw(agreed, verdict.header.lot, seed=7), language="zh"))
    assert "抽样清单" in page.text


def test_another_drawing_is_refused() -> None:
    verdict = aql.score(contract(), log([], 1000, 10))
    with pytest.raises(
        aql.AqlError, match="must be that of order PO-1, lot L1 of 1000 items, got order PO-1, lot L2"
    ):
        report_html(verdict, drawing=aql.draw(contract(), {"id": "L2", "size": 1000}, seed=1))
    with pytest.raises(aql.DomainError, match=r"drawing must be an aql\.Drawing"):
        report_html(verdict, drawing=7)  # type: ignore[arg-type]


def test_each_plan_has_one_curve() -> None:
    curves = plan_curves(aql.score(*tablet()))
    assert [one.lines for one in curves] == [
        ("critical",),
        ("major",),
        ("minor",),
        ("battery-capacity", "carton-drop"),
        ("barcode",),
    ]


def effects(verdict: aql.Verdict) -> dict[str, list[str]]:
    return {group.decision: [one.name for one in group.terms] for group in terms_not_met(verdict, {})}


def test_what_rejected_the_lot_is_apart_from_what_was_within_ac() -> None:
    assert effects(aql.score(*tablet())) == {
        "reject": ["sharp-edge", "battery-capacity"],
        "accept": ["starts", "colour", "dead-pixel", "width", "scratch", "dust"],
    }
    assert effects(aql.score(*trade())) == {"reject": ["day"], "accept": ["count"]}


def test_a_breach_on_an_item_that_counts_elsewhere_did_not_reject_the_lot() -> None:
    agreed = contract(
        [cls("major", plan=single(9, 0)), cls("minor", plan=single(9, 0))],
        [term("dent"), term("dust", "minor")],
    )
    both = aql.score(agreed, log([*seen("dent", 1), *seen("dust", 1)], 1000, 9))
    assert effects(both) == {"reject": ["dent"], "accept": ["dust"]}


def test_a_limit_and_a_count_reject_through_their_members_and_too_few_items_leave_open() -> None:
    limits = {"limits": [{"name": "total", "of": ["dent"], "plan": single(10, 0)}]}
    agreed = aql.Contract.load(contract(cls(plan=single(10, 3)), [term("dent")]).to_dict() | limits)
    assert effects(aql.score(agreed, log(seen("dent", 1), 1000, 10))) == {"reject": ["dent"]}
    plain = contract(cls(plan=single(10, 1)), [term("dent")])
    assert effects(aql.score(plain, log(counted(2, term="dent"), 1000, 10))) == {"reject": ["dent"]}
    assert effects(aql.score(plain, log(seen("dent", 1), 1000, 5))) == {"hold": ["dent"]}


STATED = {
    "seed": 7,
    "by": "cartons",
    "nonce": "00112233445566778899aabbccddeeff",
    "replaced": [{"item": 1, "reason": "crushed"}],
}


def test_a_drawing_that_the_header_states_is_in_the_verdict_and_its_report() -> None:
    agreed = contract([cls(plan=single(20, 1))])
    found = log([], 1000, {"major": 20}, lot=LOT, drawing=STATED)
    verdict = aql.score(agreed, found)
    drawn = aql.draw(agreed, found.header, seed=7, by="cartons", nonce=STATED["nonce"])  # type: ignore[arg-type]
    assert verdict.drawing == drawn.replace(1, reason="crushed")
    carton = drawn.open_cartons()[0]
    closed = STATED | {"by": None, "replaced": [{"carton": carton, "reason": "wet"}]}
    again = aql.score(agreed, log([], 1000, {"major": 20}, lot=LOT, drawing=closed))
    assert again.drawing == drawn.replace_carton(carton, reason="wet")
    page = report_html(aql.Verdict.from_json(verdict.to_json()))
    assert page == report_html(verdict, drawing=verdict.drawing)
    assert "Seed 7, algorithm" in Page(page).section("Quantity and sampling")
    assert "Annex: pick list" in page
    other = drawn.replace(2, reason="wet")
    assert "Annex: pick list" in report_html(verdict, drawing=other) != page


def test_a_stored_drawing_is_the_one_that_the_header_states() -> None:
    stored = aql.score(contract(), log([], 1000, 10, drawing={"seed": 7})).to_dict()
    changed: list[tuple[Any, str]] = [
        (stored | {"drawing": stored["drawing"] | {"seed": 8}}, "must be of the order, the lot and the seed"),  # type: ignore[operator]
        (
            aql.score(contract(), log([], 1000, 10)).to_dict() | {"drawing": stored["drawing"]},
            "must be absent",
        ),
    ]
    for values, expected in changed:
        with pytest.raises(aql.DocumentError, match=expected):
            aql.Verdict.from_dict(values)
    assert (
        aql.Verdict.from_dict({name: one for name, one in stored.items() if name != "drawing"}).drawing
        is None
    )


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ({"seed": "7"}, "inspection.drawing.seed: must be a whole number, got '7'. Write 7 without quotation marks"),
        ({"seed": 7.5}, "inspection.drawing.seed: must be a whole number, got 7.5"),
        ({"seed": -1}, "inspection.drawing.seed: must be 0 or more, got -1"),
        ({"seed": 2**128}, "inspection.drawing.seed: seed must be a whole number, 0 to 2**128 - 1"),
        ({"seed": 7, "by": "sku"}, "inspection.drawing.by"),
        ({"seed": 7, "nonce": "12"}, "inspection.drawing.nonce"),
        ({"seed": 7, "replaced": [{"reason": "wet"}]}, "replaced must name an item or a carton, got neither"),
        ({"seed": 7, "replaced": [{"item": 1, "carton": 2, "reason": "wet"}]}, "got both"),
    ],
)  # fmt: skip
def test_a_drawing_that_cannot_be_read(drawing: Any, expected: str) -> None:
    with pytest.raises(aql.DocumentError) as caught:
        log([], 1000, 10, drawing=drawing)
    assert expected in str(caught.value)


def test_a_drawing_that_cannot_be_drawn() -> None:
    wanting = {"seed": 7, "replaced": [{"item": 11, "reason": "wet"}]}
    with pytest.raises(aql.DomainError, match="the lot must list its cartons to draw by cartons"):
        aql.score(contract(), log([], 1000, 10, drawing={"seed": 7, "by": "cartons"}))
    with pytest.raises(aql.DomainError, match="number must be that of one of the 10 items drawn, got 11"):
        aql.score(contract(), log([], 1000, 10, drawing=wanting))
