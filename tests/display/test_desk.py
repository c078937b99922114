"""The state of a recording in words and as HTML: every line as it stands, what is missing, and chances that claim no more than is known."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from aql.desk.state import DeskLine, DeskState, Missing
from aql.display.desk import explain_desk, share_in_words
from tests.pages import Page

OPEN = DeskLine(
    name="major",
    kind="class",
    stage=1,
    sample=8,
    inspected=3,
    found=1,
    ac=0,
    re=2,
    progress="open",
    decided_at=None,
    quality=0.025,
    chance=0.8,
    chance_by_evidence=0.7,
)
STATE = DeskState(order="PO-1", lot="L1", events=3, inspected=3, next_item=4, lines=(OPEN,), chance=0.25)


def said(line: DeskLine) -> str:
    """The sentence of a line."""
    return explain_desk(replace(STATE, lines=(line,))).splitlines()[1]


def test_an_open_line_says_what_was_found_and_with_which_chance_it_accepts() -> None:
    assert said(OPEN) == (
        "major: 1 found (Ac 0, Re 2) in 3 of 8 items; it will be accepted with probability 80.0 % at quality 2.5 % "
        "and 70.0 % by what was found."
    )
    changes: list[tuple[dict[str, Any], str]] = [
        ({"chance": None}, "70.0 % by what was found"),
        ({"quality": None}, "70.0 % by what was found"),
        ({"chance_by_evidence": None}, "80.0 % at quality 2.5 %"),
    ]
    for known, chances in changes:
        assert said(replace(OPEN, **known)).endswith(f"accepted with probability {chances}.")
    assert said(replace(OPEN, chance=None, chance_by_evidence=None)) == (
        "major: 1 found (Ac 0, Re 2) in 3 of 8 items."
    )


def test_a_further_sample_cartons_and_weights_are_said() -> None:
    bare = replace(OPEN, chance=None, chance_by_evidence=None)
    assert said(replace(bare, stage=2, sample=16, ac=None)) == (
        "major: 1 found (Ac #, Re 2) in 3 of 16 items, stage 2."
    )
    assert said(replace(bare, of="cartons", sample=1, inspected=0)) == (
        "major: 1 found (Ac 0, Re 2) in 0 of 1 carton."
    )
    assert said(replace(bare, found=Decimal("1.5"))).startswith("major: 1.5 found")


def test_a_decided_line_says_where_it_was_decided() -> None:
    accepted = replace(OPEN, progress="accept", decided_at=8, found=0, chance=1.0)
    assert said(accepted) == "major is decided: accept at item 8, with 0 found (Ac 0, Re 2)."
    rejected = replace(OPEN, progress="reject", decided_at=3, found=2, of="cartons")
    assert said(rejected) == "major is decided: reject at carton 3, with 2 found (Ac 0, Re 2)."


def further(**known: Any) -> list[str]:
    """What is said after the lines."""
    return explain_desk(replace(STATE, **known)).splitlines()[2:]


@pytest.mark.parametrize(
    ("progress", "is_said"), [("open", True), ("hold", True), ("accept", False), ("reject", False)]
)
def test_the_chance_of_the_lot_is_said_until_it_is_decided(progress: str, is_said: bool) -> None:
    lines = (replace(OPEN, progress=progress),)  # type: ignore[arg-type]
    chance = "At these qualities, every line will be accepted with probability 25.0 %."
    assert (chance in further(lines=lines)) == is_said
    assert further(lines=lines, chance=None, next_item=None) == []
    assert further(lines=lines, chance=None) == ["Next item: 4."]


def test_the_first_items_that_lack_readings_are_said_with_them_and_the_others_by_number() -> None:
    missing = [Missing(number, ("mass", "size")) for number in (1, 2, 5, 6, 7)]
    first = [f"Item {number} needs mass and size." for number in (1, 2, 5)]
    for count, others in (
        (2, []),
        (3, []),
        (4, ["Item 6 needs readings too."]),
        (5, ["Items 6 and 7 need readings too."]),
    ):
        found = further(missing=tuple(missing[:count]), chance=None, next_item=None)
        assert found == [*first[:count], *others]


def test_notes_come_last() -> None:
    assert further(notes=("the clock went backwards",))[-1] == "Note: the clock went backwards."


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (None, "unknown"),
        (0, "0.0 %"),
        (1e-9, "below 0.1 %"),
        (0.000499, "below 0.1 %"),
        (0.0005, "0.1 %"),
        (0.5, "50.0 %"),
        (0.999499, "99.9 %"),
        (0.9995, "above 99.9 %"),
        (1 - 1e-9, "above 99.9 %"),
        (1, "100.0 %"),
    ],
)
def test_a_chance_is_certain_only_if_it_is(chance: float | None, words: str) -> None:
    assert share_in_words(chance) == words


def test_the_html_has_a_row_per_line() -> None:
    lines = (OPEN, replace(OPEN, name="minor", progress="accept", decided_at=3, ac=None, chance=None))
    html = replace(STATE, lines=lines)._repr_html_()
    page = Page(html)
    assert "L1: 3 items recorded, undecided" in page.text
    assert "○ undecided" in page.text
    assert "✓ accepted" in page.text
    for number in ("3 of 8", "80.0 %", "70.0 %", "unknown", "#"):
        assert number in page.text
    assert html.count('class="aql-number"') == (1 + 2) * 6


def test_a_state_prints_its_words_and_is_short_in_a_log() -> None:
    assert str(STATE) == STATE.explain() == explain_desk(STATE)
    assert repr(STATE) == "<DeskState L1: open, 3 items; major 1/0>"
    assert repr(OPEN) == "<DeskLine major: open, 1 found (Ac 0, Re 2), 3 of 8 inspected>"
    assert repr(replace(OPEN, ac=None)) == "<DeskLine major: open, 1 found (Ac #, Re 2), 3 of 8 inspected>"
    assert repr(Missing(3, ("mass", "size"))) == "<Missing item 3: mass, size>"
