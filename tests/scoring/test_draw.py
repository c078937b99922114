"""Drawing the sample of a contract: its numbers, its record, what replaces what, and what each SKU is protected by."""

import pickle
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.inspection.header import InspectionHeader
from aql.plans.stage import steps_of
from aql.scoring.draw import drawn_as_stated
from aql.scoring.sku_protection import SkuProtection, acceptance_by_sku, limiting_number
from tests.scoring.builders import cls, contract, header, single, staged, term

CARTONS = [
    {"numbers": "1-20", "units": 12, "sku": "A"},
    {"numbers": "21-39", "units": 12, "sku": "B"},
    {"numbers": 40, "units": 12, "sku": "C", "packed": False},
]
LOT = {"id": "L1", "size": 480, "carton": CARTONS}
PLAIN = {"id": "L1", "size": 480, "carton": [{"numbers": "1-40", "units": 12}]}
NONCE = "00112233445566778899aabbccddeeff"


def agreed(**clause: Any) -> aql.Contract:
    return contract(
        [cls("critical", aql=0), cls(aql=2.5), cls("minor", aql=4.0)],
        [term("drop", of="cartons", level="S-1")],
        **clause,
    )


def test_every_line_has_its_numbers() -> None:
    drawing = aql.draw(agreed(), LOT, seed=1)
    assert {one.line: (one.of, one.totals) for one in drawing.samples} == {
        "critical": ("items", (50,)),
        "major": ("items", (50,)),
        "minor": ("items", (50,)),
        "drop": ("cartons", (5,)),
    }
    assert [one.number for one in drawing.items] == list(range(1, 51))
    assert [one.number for one in drawing.cartons] == [1, 2, 3, 4, 5]
    assert all(one.carton != 40 for one in drawing.cartons)
    assert Counter(one.sku for one in drawing.items) == {"A": 25, "B": 24, "C": 1}
    assert len(drawing.open_cartons()) == 7
    assert drawing.open_cartons(sku="C") == (40,)
    listed = drawing.in_carton_order()
    assert [(one.carton, one.piece) for one in listed] == sorted(
        (one.carton, one.piece) for one in drawing.items
    )


def test_stages_and_further_samples() -> None:
    plans = [
        cls(plan=staged([20, 20], [0, 2], [2, 3])),
        cls("minor", plan=staged([8, 8, 30], [0, 1, 2], [2, 3, 3])),
    ]
    drawing = aql.draw(contract(plans), PLAIN, seed=5)
    assert drawing.stages == 3
    assert Counter(one.stage for one in drawing.items) == {1: 20, 2: 20, 3: 6}
    assert len({one.place for one in drawing.items}) == 46
    first = aql.draw(contract(cls(plan=single(20, 0))), PLAIN, seed=5)
    assert first.items == drawing.items[:20]


def test_seed_order_and_lot_decide_and_nothing_else() -> None:
    drawing = aql.draw(agreed(), LOT, seed=20260117)
    assert aql.draw(agreed(), LOT, seed=20260117) == drawing
    assert aql.draw(agreed(), LOT, seed=20260118).items != drawing.items
    assert aql.draw(agreed(), LOT | {"id": "L2"}, seed=20260117).items != drawing.items
    other = contract([cls("critical", aql=0), cls(aql=2.5)], order={"id": "PO-2"})
    assert aql.draw(other, LOT, seed=20260117).items != drawing.items


def test_a_header_brings_its_severity() -> None:
    values = header(480)
    values["lot"]["carton"] = PLAIN["carton"]
    values["inspection"]["severity"] = "reduced"
    reduced = aql.draw(contract(cls(aql=2.5)), InspectionHeader.from_dict(values), seed=1)
    assert reduced.samples[0].totals == (20,)
    values["contract"] = "PO-9"
    with pytest.raises(aql.AqlError, match="the header must be of order 'PO-1', got 'PO-9'"):
        aql.draw(contract(cls(aql=2.5)), InspectionHeader.from_dict(values), seed=1)


def test_a_whole_lot_and_a_lot_without_cartons() -> None:
    whole = aql.draw(contract(cls(inspect="all")), {"id": "L1", "size": 30}, seed=1)
    assert sorted(one.piece or 0 for one in whole.items) == list(range(1, 31))
    assert whole.by == "items"
    assert "the lot lists no cartons" in whole.explain()
    every = aql.draw(contract(cls(plan=single(9, 0)), cartons="all"), PLAIN, seed=1)
    assert len(every.open_cartons()) == 9
    more = aql.draw(contract(cls(plan=single(60, 0)), cartons="sqrt+1"), PLAIN, seed=1)
    assert len(more.open_cartons()) == 8


@pytest.mark.parametrize(
    "drawing",
    [
        aql.draw(agreed(sampling="double"), LOT, seed=7, nonce=NONCE),
        aql.draw(agreed(), LOT, seed=2**128 - 1, by="items"),
    ],
)
def test_the_record_is_a_value(drawing: aql.Drawing) -> None:
    changed = drawing.replace(3, reason="crushed").replace_carton(drawing.items[8].carton or 0, reason="wet")
    for one in (drawing, changed):
        assert aql.Drawing.from_json(one.to_json()) == one
        assert aql.Drawing.from_dict(one.to_dict()) == one
        assert pickle.loads(pickle.dumps(one)) == one
        assert hash(one) == hash(aql.Drawing.from_dict(one.to_dict()))
        frame = one.to_frame()
        assert frame["item"].tolist() == [pick.number for pick in one.items]
        assert one._repr_html_().startswith("<div")
    assert str(changed) == changed.explain()
    assert "crushed" in str(changed)
    assert "seed" in repr(drawing)
    assert len(repr(drawing)) <= 120


def test_the_commitment_is_kept() -> None:
    drawing = aql.draw(agreed(), LOT, seed=7, nonce=NONCE.upper())
    assert drawing.nonce == NONCE
    assert drawing.commitment is not None
    assert drawing.commitment in drawing.explain()
    assert aql.draw(agreed(), LOT, seed=7).commitment is None


@pytest.mark.parametrize(
    ("lot", "keywords", "message"),
    [
        (PLAIN, {"seed": 1.0}, "seed must be a whole number, 0 or more, got 1.0"),
        (PLAIN, {"seed": "1"}, "seed must be a whole number"),
        (PLAIN, {"seed": True}, "seed must be a whole number"),
        (PLAIN, {"seed": None}, "seed must be a whole number"),
        (PLAIN, {"seed": -1}, "seed must be a whole number"),
        (PLAIN, {"seed": 2**128}, r"seed must be a whole number, 0 to 2\*\*128 - 1"),
        (PLAIN, {"seed": 1, "nonce": "abc"}, "nonce must be 32 hexadecimal digits"),
        (PLAIN, {"seed": 1, "by": "carton"}, 'by must be "cartons" or "items"'),
        ({"id": "L1", "size": 9}, {"seed": 1, "by": "cartons"}, "the lot must list its cartons to draw by cartons"),
        ({"id": "L1", "size": 0}, {"seed": 1}, "size: must be 1 or more, got 0"),
        ("L1", {"seed": 1}, r"lot must be a Lot, an InspectionHeader or the values of \[lot\]"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn(lot: Any, keywords: Any, message: str) -> None:
    with pytest.raises(aql.AqlError, match=message):
        aql.draw(contract(cls(aql=2.5)), lot, **keywords)


def test_a_contract_with_an_error_is_not_drawn_from() -> None:
    with pytest.raises(aql.DocumentError, match="the contract has"):
        aql.draw(contract([cls(aql=2.5), cls(aql=4.0)]), PLAIN, seed=1)
    with pytest.raises(aql.DomainError, match="cartons is required"):
        aql.draw(agreed(), {"id": "L1", "size": 480}, seed=1)


# Replacements.


def test_a_piece_is_replaced_in_its_carton_then_in_the_next() -> None:
    drawing = aql.draw(contract(cls(plan=single(20, 0))), PLAIN, seed=3)
    pick = drawing.item(4)
    inside = sum(one.carton == pick.carton for one in drawing.items)
    once = drawing.replace(4, reason="missing")
    assert once.item(4).carton == pick.carton
    assert once.replaced == (aql_replacement(once, pick, "missing"),)
    now = drawing
    for _ in range(12 - inside):
        now = now.replace(4, reason="missing")
        assert now.item(4).carton == pick.carton
    beyond = now.replace(4, reason="missing")
    assert beyond.item(4).carton not in drawing.open_cartons()
    gone = [one.drawn.place for one in beyond.replaced]
    assert len({*gone, *(one.place for one in beyond.items)}) == len(gone) + 20


def aql_replacement(drawing: aql.Drawing, drawn: Any, reason: str) -> Any:
    from aql.scoring.drawing import Replacement

    return Replacement("items", drawn, drawing.item(drawn.number), reason)


@given(seed=st.integers(0, 10**6), by=st.sampled_from(["cartons", "items"]))
def test_a_carton_is_replaced_by_the_next(seed: int, by: Any) -> None:
    drawing = aql.draw(agreed(sampling="double"), LOT, seed=seed, by=by)
    carton = next(one.carton for one in drawing.items if one.sku == "A") or 0
    found = drawing.replace_carton(carton, reason="under water")
    assert all(one.carton != carton for one in (*found.items, *found.cartons))
    assert [one.sku for one in found.items] == [one.sku for one in drawing.items]
    assert len({one.place for one in found.items}) == len(drawing.items)
    if by == "cartons":
        for stage in (1, 2):
            new = set(found.open_cartons(stage)) - set(drawing.open_cartons(stage))
            assert len(new) == (carton in drawing.open_cartons(stage))


def test_whole_cartons_are_replaced() -> None:
    drawing = aql.draw(agreed(), LOT, seed=3)
    found = drawing.replace(2, reason="lost", of="cartons")
    assert found.items == drawing.items
    assert found.cartons[1].carton not in {one.carton for one in drawing.cartons}
    every = drawing
    for _ in range(39 - 5):
        every = every.replace(2, reason="lost", of="cartons")
    with pytest.raises(aql.DomainError, match="no carton is left"):
        every.replace(2, reason="lost", of="cartons")
    assert f"Whole carton 2: carton {drawing.cartons[1].carton} replaced by" in found.explain()


def test_as_many_replacements_as_the_limit_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aql.scoring.drawing._MOST_REPLACED", 2 * 20)
    drawing = aql.draw(contract(cls(plan=single(20, 0))), PLAIN, seed=3)
    twice = drawing.replace(4, reason="missing").replace(5, reason="missing")
    with pytest.raises(aql.DomainError, match="at most 2 items of a sample of 20 can be replaced"):
        twice.replace(6, reason="missing")


@pytest.mark.parametrize(
    ("place", "change"),
    [(0, {"number": 2}), (1, {"sku": "B"}), (2, {"piece": 13}), (3, {"piece": 0}), (4, {"carton": 99})],
)
def test_a_record_with_an_item_that_is_not_in_the_lot_is_refused(place: int, change: Any) -> None:
    drawing = aql.draw(contract(cls(plan=single(20, 0))), PLAIN, seed=3)
    items = list(drawing.items)
    items[place] = replace(items[place], **change)
    with pytest.raises(aql.DomainError, match=f"item {place + 1} must be in the lot, got"):
        replace(drawing, items=tuple(items))


def test_nothing_left_and_wrong_numbers() -> None:
    drawing = aql.draw(contract(cls(plan=single(20, 0))), LOT, seed=3)
    number = next(one.number for one in drawing.items if one.sku == "C")
    with pytest.raises(aql.DomainError, match=f"item {number} cannot be replaced: no item of SKU C is left"):
        drawing.replace_carton(40, reason="gone")
    for call in (
        lambda: drawing.replace(21, reason="x"),
        lambda: drawing.item(0),
        lambda: drawing.replace(1, reason="x", of="cartons"),
    ):
        with pytest.raises(aql.DomainError, match="number must be that of one of the"):
            call()
    with pytest.raises(aql.DomainError, match="reason must be text"):
        drawing.replace(1, reason=" ")
    with pytest.raises(aql.DomainError, match="reason must be text"):
        drawing.replace_carton(drawing.open_cartons()[0], reason="")
    with pytest.raises(aql.DomainError, match="carton must be one of the cartons drawn, got 99"):
        drawing.replace_carton(99, reason="x")


# What the sample says about each SKU.


@given(
    data=st.data(),
    quantity=st.integers(1, 9),
    ac=st.lists(st.integers(0, 2), min_size=1, max_size=2),
)
def test_the_chance_of_passing_is_that_of_every_possible_sample(
    data: Any, quantity: int, ac: list[int]
) -> None:
    acs = sorted(ac)
    res = [acs[-1] + 1] * len(acs)
    plan = (
        aql.MultiplePlan(n=(20,) * len(acs), ac=tuple(acs), re=tuple(res))
        if len(acs) > 1
        else aql.SinglePlan(20, acs[0])
    )
    steps = steps_of(plan)
    first = data.draw(st.integers(0, quantity))
    drawn = [first, data.draw(st.integers(0, quantity - first))][: len(acs)]
    bad = data.draw(st.integers(0, quantity))
    assert acceptance_by_sku(steps, drawn, bad, quantity) == pytest.approx(
        float(by_enumeration(steps, drawn, bad, quantity)), rel=1e-11
    )


def by_enumeration(steps: Any, drawn: list[int], bad: int, quantity: int) -> Fraction:
    """The share of all samples, stage by stage, with which the plan accepts."""

    def from_stage(at: int, left: frozenset[int], count: int) -> Fraction:
        total = Fraction(0)
        for sample in combinations(sorted(left), drawn[at]):
            found = count + sum(one < bad for one in sample)
            _, _, ac, re = steps[at]
            if found <= ac:
                total += 1
            elif found < re:
                total += from_stage(at + 1, left - set(sample), found)
        return total / comb(len(left), drawn[at])

    return from_stage(0, frozenset(range(quantity)), 0)


def test_the_limiting_number_is_the_smallest() -> None:
    steps = steps_of(aql.SinglePlan(n=125, ac=7))
    at = limiting_number(steps, [42], 1000)
    assert at is not None
    assert acceptance_by_sku(steps, [42], at, 1000) <= 0.10 < acceptance_by_sku(steps, [42], at - 1, 1000)
    assert limiting_number(steps, [7], 1000) is None
    assert limiting_number(steps, [0], 1000) is None


def test_the_protection_of_each_sku_is_kept_and_shown() -> None:
    drawing = aql.draw(agreed(), LOT, seed=1)
    rows = {(one.line, one.sku): one for one in drawing.protection}
    assert {line for line, _ in rows} == {"critical", "major", "minor"}
    whole, sku = rows["major", ""], rows["major", "A"]
    assert (whole.quantity, whole.sample) == (480, 50)
    assert (sku.quantity, sku.sample, sku.own_sample) == (240, 25, 32)
    assert sku.limiting is not None
    assert sku.own_limiting is not None
    assert sku.limiting / 240 > sku.own_limiting / 240
    assert rows["major", "C"].limiting is None
    assert "more than all 12" in drawing.explain()
    assert "What the sample says about each SKU" in drawing._repr_html_()
    assert repr(sku).startswith("<SkuProtection major, A: 25 of 240 items, limiting quality")
    assert "never rejected" in repr(rows["major", "C"])
    assert aql.draw(agreed(), PLAIN, seed=1).protection == ()


@pytest.mark.parametrize("name", ["sample", "limiting", "own_sample", "own_limiting"])
def test_no_number_of_a_sku_is_larger_than_the_sku(name: str) -> None:
    numbers: dict[str, Any] = dict.fromkeys(("sample", "limiting", "own_sample", "own_limiting"), 12)
    kept = SkuProtection("major", "A", 12, **numbers)
    for number in (13, -1):
        changed: dict[str, Any] = {name: number}
        with pytest.raises(aql.DomainError, match=f"{name} must be a whole number, 0"):
            replace(kept, **changed)
    with pytest.raises(aql.DomainError, match="quantity must be a whole number, 1 or more, got 0"):
        replace(kept, quantity=0)


def test_what_a_header_says_was_replaced_is_replaced_in_the_drawing() -> None:
    replaced = [{"item": 3, "reason": "crushed"}, {"carton": 1, "reason": "wet"}]
    values = header(480)
    values["lot"]["carton"] = [{"numbers": "1-40", "units": 12}]
    values["inspection"]["drawing"] = {"seed": 7, "replaced": replaced}
    agreed = contract(cls(plan=single(80, 0)), cartons="all")
    drawing = aql.draw(agreed, PLAIN, seed=7)
    first = drawing.replace(3, reason="crushed")
    found = drawn_as_stated(agreed, InspectionHeader.from_dict(values))
    assert found == first.replace_carton(1, reason="wet")


def test_a_limit_takes_part_in_the_drawing() -> None:
    values = agreed().to_dict() | {
        "limits": [{"name": "all", "of": ["major", "minor"], "plan": {"n": 80, "ac": 9}}]
    }
    drawing = aql.draw(aql.Contract.from_dict(values), LOT, seed=1)
    assert len(drawing.items) == 80
    assert "all" not in {one.line for one in drawing.protection}


def test_the_record_says_why_another_number_of_cartons_is_opened() -> None:
    few = aql.draw(contract(cls(plan=single(3, 0))), aql.draw(agreed(), PLAIN, seed=1).lot, seed=1)
    assert "7 of 40 (fewer where there are fewer items to take)" in few.explain()
    small = {"id": "L1", "size": 40, "carton": [{"numbers": "1-40", "units": 1}]}
    many = aql.draw(contract(cls(plan=single(20, 0))), small, seed=1)
    assert "7 of 40 (more are opened where these hold too few items, or each SKU needs one)" in many.explain()


def test_cartons_without_a_list_are_numbered_from_1() -> None:
    drawing = aql.draw(agreed(), {"id": "L1", "size": 480, "cartons": 40}, seed=1)
    assert len({one.carton for one in drawing.cartons}) == 5
    assert all(1 <= (one.carton or 0) <= 40 and one.sku == "" for one in drawing.cartons)
