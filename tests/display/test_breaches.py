"""What was agreed and found for each breach, in words: one item or several, with a number beyond the limit or without."""

from typing import Any

import pytest

from aql.display.breaches import breached_items, lot_term_words
from aql.scoring.breaches import Breach
from tests.scoring.builders import (
    cls,
    contract,
    counted,
    lot_result,
    lot_term,
    measured,
    readings,
    seen,
    single,
    term,
    verdict,
    words,
)

PLUG = term("plug", text="Plug", measure={"allowed": ["EU", "UK"]})
STARTS = term("starts", text="Does it start?", measure={"answer": "yes"})
MASS = measured("mass", unit="g", min="200")
DROP = term("drop", of="cartons", sample=3, ac=0)
AGREED = contract(cls(plan=single(5, 0)), [PLUG, STARTS, MASS, DROP, term("dent")])
GOOD: list[dict[str, Any]] = [
    *readings("plug", ["EU"] * 5),
    *readings("starts", ["yes"] * 5),
    *readings("mass", ["201"] * 5),
]


def found(*bad: dict[str, Any]) -> str:
    """The words of the one breach, where these rows stand instead of good ones."""
    named = {(one["item"], one["term"]) for one in bad}
    rows = [*(one for one in GOOD if (one["item"], one["term"]) not in named), *bad]
    scored = verdict(AGREED, rows, 500, {"major": 5, "drop": 3}, cartons=20)
    (breach,) = scored.breaches
    return words(scored, breach).found


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (readings("plug", ["US"]), "US"),
        (readings("plug", ["US", "US"]), "US on 2 items"),
        (readings("starts", ["no"]), "no"),
        (readings("starts", ["no", "no"]), "no on 2 items"),
        (readings("mass", ["199.5"]), "199.5 g"),
        (readings("mass", ["199.5", "198"]), "198 g, the worst of 2 items"),
        (seen("dent", 2), "1 item"),
        (seen("dent", 2, 4), "2 items"),
        (seen("drop", 2), "1 carton"),
        (seen("drop", 1, 2), "2 cartons"),
    ],
)
def test_a_breach_says_what_was_found_on_how_many(bad: list[dict[str, Any]], said: str) -> None:
    assert found(*bad) == said


def test_a_count_without_items_says_how_many() -> None:
    agreed = contract(cls(plan=single(5, 0)), [term("dent")])
    scored = verdict(agreed, counted(3, term="dent"), 500, 5)
    assert words(scored, scored.breaches[0]).found == "3 nonconforming items"
    nonconformities = contract(cls(plan=single(5, 0)), [term("dent")], counting="nonconformities")
    scored = verdict(nonconformities, seen("dent", 2, count=4), 500, 5)
    assert words(scored, scored.breaches[0]).found == "4 nonconformities on 1 item"
    scored = verdict(nonconformities, seen("dent", 2, 3), 500, 5)
    assert words(scored, scored.breaches[0]).found == "2 items"


def test_items_are_named_and_those_that_do_not_count() -> None:
    breach = Breach("dent", "major", 2, items=(7, 8), not_counted=(19,))
    assert breached_items(breach) == "items 7 and 8; not counted: item 19"
    assert breached_items(breach, bare=True) == "7 and 8; not counted: 19"
    assert breached_items(breach, of="cartons") == "cartons 7 and 8; not counted: carton 19"
    assert breached_items(Breach("dent", "major", 2, items=(7,))) == "item 7"
    many = Breach("dent", "major", 14, items=tuple(range(1, 28, 2)))
    assert breached_items(many) == "items 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and 2 more"


LOT = contract(
    cls(plan=single(5, 0)),
    [
        lot_term("packed", "packed-share"),
        lot_term("count", "quantity"),
        lot_term("day", "shipment-date"),
        lot_term("label", "mark"),
    ],
    order={"quantity": 1000, "shipment_date": "2026-12-01"},
    packed_share=0.8,
)


@pytest.mark.parametrize(
    ("name", "known", "agreed", "said", "beyond"),
    [
        ("packed", {"packed": 700}, "at least 80 % of the ordered items packed", "700 of 1000 packed, 70 %", "-10 %"),
        ("packed", {"packed": 800}, "at least 80 % of the ordered items packed", "800 of 1000 packed, 80 %", ""),
        ("packed", {}, "at least 80 % of the ordered items packed", "number packed not stated", ""),
        ("count", {"produced": 990}, "at least 1000 items", "990 produced", "-10"),
        ("count", {}, "at least 1000 items", "not stated", ""),
        ("day", {"shipped_on": "2026-12-02"}, "shipped by 1 December 2026", "shipped on 2 December 2026", "1 day late"),
        ("day", {"shipped_on": "2026-12-05"}, "shipped by 1 December 2026", "shipped on 5 December 2026", "4 days late"),
        ("day", {"shipped_on": "2026-12-01"}, "shipped by 1 December 2026", "shipped on 1 December 2026", ""),
        ("day", {"date": "2026-11-30"}, "shipped by 1 December 2026", "not shipped on 30 November 2026", ""),
        ("day", {}, "shipped by 1 December 2026", "no date stated", ""),
        ("label", {}, "The label of the lot", "not answered", ""),
    ],
)  # fmt: skip
def test_a_lot_term_says_what_was_agreed_and_found(
    name: str, known: dict[str, Any], agreed: str, said: str, beyond: str
) -> None:
    scored = verdict(LOT, [], 500, 5, **known)
    shown = lot_term_words(lot_result(scored, name), scored)
    assert (shown.agreed, shown.found, shown.beyond) == (agreed, said, beyond)


def test_a_reference_that_was_not_there_is_told() -> None:
    marked = lot_term("logo", "mark", reference={"file": "logo.png", "sha256": "0" * 64})
    scored = verdict(contract(cls(plan=single(5, 0)), [marked]), [{"term": "logo", "value": "yes"}], 500, 5)
    assert lot_term_words(lot_result(scored, "logo"), scored).found == (
        "yes; logo.png was not compared with its SHA-256, because it was not there"
    )
    plain = verdict(LOT, [{"term": "label", "value": "yes"}], 500, 5)
    assert lot_term_words(lot_result(plain, "label"), plain).found == "yes"
