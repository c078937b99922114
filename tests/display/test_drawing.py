"""A drawing in words: the numbers of every line, the cartons of every stage, and each piece with its item number."""

from itertools import pairwise
from typing import Any

import pytest

import aql
from aql.display.drawing import by_carton, lines_in_words, opened_in_words, protection_rows
from tests.lots_of_cartons import OF_24
from tests.pages import Page
from tests.scoring.builders import cls, contract, single, staged, term

AGREED = contract(
    [cls("major", plan=staged((3, 3), (0, 1), (2, 2))), cls("minor", plan=single(1, 0))],
    [term("drop", of="cartons", sample=2, ac=0), term("tape", of="cartons", sample=1, ac=0)],
)
ONE_STAGE = contract(cls(plan=single(3, 0)))


def draw(by: Any = "cartons", lot: Any = OF_24, agreed: Any = AGREED) -> aql.Drawing:
    return aql.draw(agreed, lot, seed=7, by=by)


def test_each_line_says_which_numbers_it_inspects() -> None:
    assert list(lines_in_words(draw())) == [
        "major: items 1 to 3; further sample items 4 to 6.",
        "minor: item 1.",
        "drop: whole cartons 1 to 2.",
        "tape: whole carton 1.",
    ]


@pytest.mark.parametrize("by", ["cartons", "items"])
def test_each_stage_says_which_cartons_to_open_and_which_pieces_to_take(by: Any) -> None:
    drawing = draw(by)
    lines = drawing.explain().splitlines()
    for stage in (1, 2):
        cartons = drawing.open_cartons(stage)
        (opened,) = (line for line in lines if line.startswith(f"Stage {stage}, "))
        assert opened.startswith(f"Stage {stage}, {len(cartons)} cartons to open: {cartons[0]}")
        for carton, sku, picks in by_carton(drawing, stage):
            pieces = ", ".join(f"{pick.piece} ({pick.number})" for pick in picks)
            packed = "" if picks[0].packed else ", not packed"
            assert f"Carton {carton}{packed} ({sku}): {pieces}." in lines
    assert ("Carton 8, not packed (B)" in drawing.explain()) == (by == "items")
    one, two = (f"{pick.carton} ({pick.number})" for pick in drawing.cartons)
    assert f"Whole cartons, in the order drawn: {one} and {two}." in lines


def test_one_stage_has_no_number_and_no_column() -> None:
    drawing = draw(agreed=ONE_STAGE)
    (cartons,) = (line for line in drawing.explain().splitlines() if "to open:" in line)
    assert cartons.startswith("2 cartons to open: ")
    assert "Whole cartons" not in drawing.explain()
    assert [one.text for one in Page(drawing._repr_html_()).all("th")][:3] == [
        "carton",
        "SKU",
        "pieces (item)",
    ]
    assert [one.text for one in Page(draw()._repr_html_()).all("th")][:4] == [
        "stage",
        "carton",
        "SKU",
        "pieces (item)",
    ]
    assert "Whole cartons" in Page(draw()._repr_html_()).text


def test_a_lot_without_cartons_has_numbered_items() -> None:
    said = draw("items", {"id": "L1", "size": 24}, ONE_STAGE).explain()
    assert "drawn from all items alike; the lot lists no cartons, so items are numbered 1 to the end" in said
    assert "\nItems of the lot: " in said
    assert "to open" not in said
    assert "lists no cartons" not in draw("items").explain()


def test_cartons_to_open_may_be_said_by_sku() -> None:
    drawing = draw()
    for stage in (1, 2):
        cartons = drawing.open_cartons(stage)
        (whole,) = opened_in_words(drawing, stage)
        assert whole.startswith(f"Open {len(cartons)} cartons: {cartons[0]}")
        for said, sku in zip(opened_in_words(drawing, stage, by_sku=True), "AB", strict=True):
            own = drawing.open_cartons(stage, sku)
            assert said.startswith(f"Open {len(own)} carton")
            assert f" of {sku}: {own[0]}" in said
    assert list(opened_in_words(draw("items", {"id": "L1", "size": 24}, ONE_STAGE), 1)) == []


def test_a_replacement_says_what_and_where() -> None:
    drawing = draw()
    drawn = drawing.items[1]
    found = drawing.replace(2, reason="crushed").replace(1, reason="lost", of="cartons")
    by, carton = found.items[1], found.cartons[0]
    lines = found.explain().splitlines()
    assert (
        f"Item 2: carton {drawn.carton}, piece {drawn.piece} replaced by carton {by.carton}, piece {by.piece}: crushed."
    ) in lines
    assert (
        f"Whole carton 1: carton {drawing.cartons[0].carton} replaced by carton {carton.carton}: lost."
        in lines
    )
    loose = draw("items", {"id": "L1", "size": 24}, ONE_STAGE)
    other = loose.replace(2, reason="crushed")
    assert (
        f"Item 2: piece {loose.items[1].piece} replaced by piece {other.items[1].piece}: crushed."
        in other.explain()
    )


def test_the_commitment_is_said_with_its_nonce() -> None:
    nonce = "00112233445566778899aabbccddeeff"
    drawing = aql.draw(ONE_STAGE, OF_24, seed=7, nonce=nonce)
    assert (
        f"Seed 7, algorithm aql.draw/1, commitment {drawing.commitment}, nonce {nonce}." in drawing.explain()
    )
    assert "nonce" not in draw().explain()


def test_the_protection_of_each_sku_has_its_share_in_percent() -> None:
    drawing = draw()
    rows = list(protection_rows(drawing))
    assert [row[:3] for row in rows[:3]] == [
        ("major", "whole lot", "6 of 24"),
        ("major", "A", "3 of 12"),
        ("major", "B", "3 of 12"),
    ]
    for row, one in zip(rows, drawing.protection, strict=True):
        shares = [(row[3], one.limiting)] + [(row[5], one.own_limiting)] * bool(one.sku)
        for said, number in shares:
            percent = f"{number} ({100 * (number or 0) / one.quantity:.1f} %)"
            assert said == (f"more than all {one.quantity}" if number is None else percent)
        assert row[4] == (str(one.own_sample) if one.sku else "")
        sentence = (
            f"{one.line}, {row[1]}: sample {row[2]}; passes one time in ten with {row[3]} nonconforming"
        )
        own = f"; as its own lot, sample {row[4]}, with {row[5]}" if one.sku else ""
        assert f"{sentence}{own}." in drawing.explain().splitlines()
    page = Page(drawing._repr_html_())
    assert "What the sample says about each SKU" in page.text
    heads = [(one.text, "aql-number" in one.classes) for one in page.all("th")][-6:]
    assert heads == [
        ("line", False),
        ("SKU", False),
        ("sample", True),
        ("passes with", True),
        ("own lot", True),
        ("own lot passes with", True),
    ]


def test_cartons_come_in_ascending_order() -> None:
    for stage in (1, 2):
        places = [(carton or 0, sku) for carton, sku, _ in by_carton(draw(), stage)]
        assert all(before < after for before, after in pairwise(places))
