"""Apps write one row for every item: a row that says OK, or 0, reports no defect, and is never contradicted in silence."""

from pathlib import Path
from typing import Any

import pytest

import aql
from tests.scoring.builders import (
    Values,
    cls,
    contract,
    measured,
    notes,
    problems,
    seen,
    single,
    term,
    verdict,
)

AGREED = contract(
    [cls("major", plan=single(10, 0)), cls("minor", plan=single(20, 1))],
    [term("dent"), term("scratch", "minor"), measured("width", min="245")],
)
WIDTHS: list[Values] = [{"item": item, "term": "width", "value": "246"} for item in range(1, 11)]


def decided(rows: list[Values], **how: Any) -> tuple[str, list[int]]:
    found = verdict(AGREED, [*WIDTHS, *rows], inspected=20, **how)
    return found.decision, [line.found for line in found.lines]


def faults(rows: list[Values], **how: Any) -> list[str]:
    with pytest.raises(aql.LogError) as raised:
        verdict(AGREED, rows, inspected=20, **how)
    return problems(raised.value)


CLEAR: list[Values] = [
    {"item": 7, "value": "OK"},
    {"item": 7, "value": "pass", "note": "as the sample"},
    {"item": 7, "count": 0},
    {"item": 7, "class": "major", "count": 0},
    {"item": 7, "class": "major", "value": "ok"},
    {"item": 7, "term": "dent", "value": "Pass"},
    {"item": 7, "term": "dent", "value": "0"},
    {"item": 7, "term": "dent", "count": 0},
    {"item": 7, "term": "dent", "value": "OK", "count": 0},
]
FOUND: list[Values] = [
    {"item": 7, "term": "dent"},
    {"item": 7, "term": "dent", "value": "NG"},
    {"item": 7, "term": "dent", "value": "fail", "count": 2},
    {"item": 7, "term": "dent", "value": 1},
    {"item": 7, "class": "major", "value": "Failed"},
]


@pytest.mark.parametrize("row", CLEAR, ids=str)
def test_a_row_that_says_ok_reports_no_defect(row: Values) -> None:
    assert decided([row]) == ("accept", [0, 0])


@pytest.mark.parametrize("row", FOUND, ids=str)
def test_a_row_that_says_not_ok_reports_a_defect(row: Values) -> None:
    assert decided([row]) == ("reject", [1, 0])


def test_the_header_declares_other_words() -> None:
    words = {"answers": {"conforming": ["Ja"], "nonconforming": ["Nein"]}}
    assert decided([{"item": 7, "term": "dent", "value": "ja"}], findings=words) == ("accept", [0, 0])
    assert decided([{"item": 7, "term": "dent", "value": "Nein"}], findings=words) == ("reject", [1, 0])
    assert decided([{"item": 7, "value": "Ja"}], findings=words) == ("accept", [0, 0])


def test_the_note_of_a_row_that_says_ok_is_kept() -> None:
    found = verdict(AGREED, [*WIDTHS, CLEAR[1], CLEAR[5] | {"note": "0.2 mm"}], inspected=20)
    assert [(one.term, one.item, one.note) for one in found.log_notes] == [
        ("", 7, "as the sample"),
        ("dent", 7, "0.2 mm"),
    ]
    assert aql.Verdict.from_json(found.to_json()) == found


def test_one_row_for_every_item_reads_as_the_defects_alone() -> None:
    every = [{"item": item, "value": "OK"} for item in range(1, 21) if item != 15]
    assert decided([*every, *seen("scratch", 15)]) == decided(seen("scratch", 15)) == ("accept", [0, 1])


def test_counts_are_not_mixed_with_items_by_rows_that_say_ok() -> None:
    rows: list[Values] = [{"item": 7, "term": "scratch", "value": "OK"}, {"term": "scratch", "count": 1}]
    assert decided(rows)[0] in {"accept", "hold"}


@pytest.mark.parametrize("row", [CLEAR[0], CLEAR[2], CLEAR[3], CLEAR[5], CLEAR[7]], ids=str)
def test_a_defect_on_an_item_that_is_ok_is_an_error(row: Values) -> None:
    told = "says that nothing was found on item 7, but another row reports dent. Keep one"
    assert faults([row, *seen("dent", 7), *seen("dent", 8)]) == [f"findings, row 1: {told}"]
    assert faults([*seen("dent", 7), row]) == [f"findings, row 2: {told}"]


def test_a_row_that_says_ok_speaks_of_its_own_term_class_and_item_only() -> None:
    rows: list[Values] = [
        {"item": 7, "term": "dent", "value": "OK"},
        {"item": 7, "class": "major", "value": "OK"},
        {"item": 8, "value": "OK"},
    ]
    assert decided([*rows, *seen("scratch", 7)]) == ("accept", [0, 1])
    assert faults([{"item": 7, "value": "OK"}, {"item": 7, "class": "minor"}]) == [
        "findings, row 1: says that nothing was found on item 7, but another row reports a defect of class minor. Keep one"
    ]


def test_a_reading_is_judged_by_the_contract_whatever_a_row_says() -> None:
    rows: list[Values] = [{"item": 1, "value": "OK"}, {"item": 1, "term": "width", "value": "244"}]
    assert verdict(AGREED, rows, inspected=20).decision == "reject"


def test_a_row_without_term_and_class_says_ok_or_nothing() -> None:
    told = 'must be "OK" in a row without a term or class'
    assert faults(
        [{"item": 7, "value": "NG"}, {"item": 8, "value": "blue"}, {"item": 99, "value": "OK"}]
    ) == [
        f"findings, row 1, column value: {told}, got 'NG'",
        f"findings, row 2, column value: {told}, got 'blue'",
        "findings, row 3, column item: must be at most 20, the number inspected for minor, got 99",
    ]


@pytest.mark.parametrize(
    ("value", "count", "says"),
    [("OK", 2, "must be 0 next to 'OK', got 2"), ("NG", 0, "must be 1 or more next to 'NG', got 0")],
)
def test_an_answer_and_a_count_agree(value: str, count: int, says: str) -> None:
    assert faults([{"item": 7, "term": "dent", "value": value, "count": count}]) == [
        f"findings, row 1, column count: {says}"
    ]


def test_a_wide_sheet_reads_as_the_same_rows_in_a_log() -> None:
    wide: list[Values] = [
        {"item": item, "width": "246", "dent": "OK", "scratch": "NG" if item == 3 else "OK"}
        for item in range(1, 11)
    ]
    loaded = verdict(AGREED, wide, inspected=20, findings={"wide": True})
    assert (loaded.decision, [line.found for line in loaded.lines]) == decided(seen("scratch", 3))


@pytest.mark.parametrize(
    ("row", "times"),
    [
        ({}, 1),
        ({"count": 0}, 0),
        ({"count": 3}, 3),
        ({"value": "NG"}, 1),
        ({"value": "1"}, 1),
        ({"value": "NG", "count": 2}, 2),
        ({"value": "OK"}, 0),
        ({"value": "0"}, 0),
        ({"value": "OK", "count": 0}, 0),
    ],
)
def test_how_often_a_row_says_that_a_defect_was_seen(row: Values, times: int) -> None:
    agreed = contract(cls(plan=single(8, 1)), [term("dent")], counting="nonconformities")
    found = verdict(agreed, [{"item": 3, "term": "dent"} | row], inspected=8)
    assert [one.times for one in found.defects] == [times][: bool(times)]


@pytest.mark.parametrize("name", ["dent", "class"])
def test_what_cannot_occur_is_said_of_a_term_that_allows_it(name: str) -> None:
    """Of a class, or with a count, "NA" is not an answer."""
    agreed = contract(cls(plan=single(8, 1)), [term("dent", not_applicable=True)])
    row: Values = {"item": 3, "value": "NA"} | ({"class": "major"} if name == "class" else {"term": name})
    for more, allowed in (({}, name == "dent"), ({"count": 1}, False)):
        if allowed:
            assert verdict(agreed, [row | more], inspected=8).defects == ()
        else:
            with pytest.raises(aql.LogError):
                verdict(agreed, [row | more], inspected=8)


def test_a_defect_may_be_not_applicable_where_its_term_says_so(tmp_path: Path) -> None:
    """The item stays in the sample, and is listed apart."""
    sleeve = term("sleeve", not_applicable=True)
    agreed = contract([cls("major", plan=single(10, 0))], [sleeve, term("dent")])
    rows: list[Values] = [{"item": 3, "term": "sleeve", "value": " n/a ", "note": "no sleeve"}]
    assert not aql.check(agreed).errors
    found = verdict(agreed, rows, inspected=10)
    assert (found.decision, found.lines[0].found) == ("accept", 0)
    assert "sleeve: not applicable on item 3." in notes(found)
    assert aql.Verdict.from_json(found.to_json()) == found
    page = aql.write_report(found, tmp_path / "r.html").read_text("utf-8")
    assert "sleeve, item 3: no sleeve" in page
    with pytest.raises(aql.LogError) as raised:
        verdict(agreed, [{"item": 3, "term": "dent", "value": "N/A"}], inspected=10)
    assert problems(raised.value) == [
        (
            'findings, row 1, column value: must be empty, "OK" or "NG" unless \'dent\' states not_applicable = true, '
            "got 'N/A'"
        )
    ]
    with pytest.raises(aql.LogError, match="nothing was found on item 3, but another row reports sleeve"):
        verdict(agreed, [*rows, *seen("sleeve", 3)], inspected=10)


def test_notes_of_the_log_are_in_the_report(tmp_path: Path) -> None:
    rows = [CLEAR[1], CLEAR[5] | {"note": "0.2 mm"}]
    rows += [WIDTHS[0] | {"note": "near the edge"}, {"term": "scratch", "count": 0, "note": "all clean"}]
    found = verdict(AGREED, [*WIDTHS[1:], *rows], inspected=20)
    page = aql.write_report(found, tmp_path / "r.html").read_text("utf-8").replace("\u00a0", " ")
    for note in ("item 7: as the sample", "dent, item 7: 0.2 mm", "scratch, 0 counted: all clean"):
        assert page.count(note) == 1
    assert page.count("near the edge") == 1
