"""What a breach says: the findings that count, and those that do not, marked as such."""

from decimal import Decimal
from io import StringIO

import pytest

import aql
from aql.cli import output, printing
from aql.display.breaches import Words
from tests.scoring.builders import (
    Values,
    cls,
    contract,
    line,
    measured,
    notes,
    readings,
    seen,
    single,
    staged,
    term,
    verdict,
    words,
)

AGREED = contract(
    cls(plan=single(125, 7)),
    [measured("sleeve", unit="cm", nominal="66", plus="1", minus="1", sample=20), term("dent")],
)
GOOD = ["66"] * 20
LATE = {"item": 119, "term": "sleeve", "class": "major", "value": "60.0", "unit": "cm"}


def sleeves(*wrong: tuple[int, str]) -> list[Values]:
    """Readings of all twenty, those at the items given as given, and one far off on item 119."""
    values = list(GOOD)
    for item, value in wrong:
        values[item - 1] = value
    return [*readings("sleeve", values), LATE]


ALONE = verdict(AGREED, sleeves(), size=3000, inspected=125)
BESIDE = verdict(AGREED, sleeves((7, "64"), (12, "68.5")), size=3000, inspected=125)


def printed(found: aql.Verdict, monkeypatch: pytest.MonkeyPatch) -> str:
    stream = StringIO()
    monkeypatch.setattr("sys.stdout", stream)
    monkeypatch.setattr(output, "PIPE_WIDTH", 400)
    printing.print_verdict(found)
    return stream.getvalue()


def shown(found: aql.Verdict) -> str:
    return found._repr_html_()


def test_a_breach_of_which_nothing_counts_says_so() -> None:
    (breach,) = ALONE.breaches
    assert (ALONE.decision, line(ALONE, "sleeve").found) == ("accept", 0)
    assert words(ALONE, breach).found == "not counted, outside the sample: 60.0 cm"
    assert (breach.count, breach.found, breach.difference) == (0, "60.0 cm", Decimal("-5.0"))
    assert (breach.items, breach.not_counted) == ((), (119,))
    assert [(one.item, one.found, one.not_counted) for one in ALONE.defects] == [
        (119, "60.0 cm", "outside-sample")
    ]


def test_the_worst_value_is_one_that_counts() -> None:
    (breach,) = BESIDE.breaches
    assert line(BESIDE, "sleeve").found == 2
    assert (breach.count, breach.found, breach.difference) == (2, "68.5 cm", Decimal("1.5"))
    assert words(BESIDE, breach) == Words("65 to 67 cm", "68.5 cm, the worst of 2 items", "+1.5")
    assert [(one.item, one.difference, one.counts) for one in BESIDE.defects] == [
        (7, -1, True),
        (12, Decimal("1.5"), True),
        (119, -5, False),
    ]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            ALONE,
            (
                "sleeve: agreed: 65 to 67 cm; found: not counted, outside the sample: 60.0 cm (-5.0)"
                "{}not counted: item 119"
            ),
        ),
        (
            BESIDE,
            (
                "sleeve: agreed: 65 to 67 cm; found: 68.5 cm, the worst of 2 items (+1.5)"
                "{}items 7 and 12; not counted: item 119"
            ),
        ),
    ],
)
def test_the_command_and_explain_mark_what_does_not_count(
    found: aql.Verdict, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"Not met: {said.format(', ')}." in found.explain().splitlines()
    assert f"- {said.format('; ')}" in [one.rstrip() for one in printed(found, monkeypatch).splitlines()]
    assert said.rpartition("{}")[2].replace("items ", "").replace("item ", "") in shown(found)


def test_the_note_names_the_items() -> None:
    note = "1 finding is outside the sample of its class or term and does not count: item 119."
    assert note in notes(ALONE)
    assert note in notes(BESIDE)


@pytest.mark.parametrize(
    ("counting", "count", "found"),
    [("items", 2, "2 items"), ("nonconformities", 5, "5 nonconformities on 2 items")],
)
def test_defects_seen_outside_the_sample_add_nothing(counting: str, count: int, found: str) -> None:
    agreed = contract(cls(plan=single(10, 5)), [term("dent")], counting=counting)
    rows = [*seen("dent", 3, count=2), *seen("dent", 8, count=3), *seen("dent", 11, count=4)]
    scored = verdict(agreed, rows, inspected=20)
    (breach,) = scored.breaches
    assert (breach.count, words(scored, breach).found) == (count, found)
    assert (breach.items, breach.not_counted) == ((3, 8), (11,))


def test_an_item_that_counts_in_a_more_serious_class_counts() -> None:
    """Rule 4: it counts once, and both terms were found on an item that counts."""
    agreed = contract(
        [cls("major", plan=single(10, 2)), cls("minor", plan=single(20, 2))],
        [term("dent"), term("spot", "minor")],
    )
    found = verdict(agreed, [*seen("dent", 3), *seen("spot", 3, 15)], inspected=20)
    spot = found.breaches[1]
    assert line(found, "minor").items == (15,)
    assert (spot.term, spot.count, words(found, spot).found) == ("spot", 2, "2 items")
    assert (spot.items, spot.not_counted) == ((3, 15), ())
    assert [(one.item, one.term, one.counts_in) for one in found.defects] == [
        (3, "dent", "major"),
        (3, "spot", "major"),
        (15, "spot", "minor"),
    ]


@pytest.mark.parametrize("counting", ["items", "nonconformities"])
def test_a_further_sample_that_was_not_needed_does_not_count(counting: str) -> None:
    agreed = contract(cls(plan=staged((10, 10), (0, 2), (2, 3))), [term("dent")], counting=counting)
    found = verdict(agreed, seen("dent", 15), inspected=20)
    (breach,) = found.breaches
    assert (breach.count, words(found, breach).found) == (0, "not counted, outside the sample: 1 item")
    assert [one.not_counted for one in found.defects] == ["later-sample"]


def test_an_item_taken_by_a_class_that_did_not_need_it_counts_nowhere() -> None:
    """Rule 4: where an item counts does not depend on how many stages were needed."""
    agreed = contract(
        [cls("major", plan=staged((10, 10), (0, 2), (2, 3))), cls("minor", plan=single(20, 0))],
        [term("dent"), term("spot", "minor")],
    )
    found = verdict(agreed, [*seen("dent", 15), *seen("spot", 15)], inspected=20)
    assert [(one.term, one.count, one.items, one.not_counted) for one in found.breaches] == [
        ("dent", 0, (), (15,)),
        ("spot", 0, (), (15,)),
    ]
    assert [(one.term, one.counts_in, one.not_counted) for one in found.defects] == [
        ("dent", "", "later-sample"),
        ("spot", "", "taken"),
    ]
    assert [one.term for one in found.outside] == ["dent"]


@pytest.mark.parametrize("counting", ["items", "nonconformities"])
def test_every_finding_of_aql_0_counts(counting: str) -> None:
    agreed = contract(cls("critical", aql=0), [term("burst", "critical")], counting=counting)
    found = verdict(agreed, seen("burst", 30), size=30, inspected=30)
    (breach,) = found.breaches
    assert (breach.count, words(found, breach).found, breach.items) == (1, "1 item", (30,))


def test_the_worst_reading_of_a_breach_is_one_that_counts() -> None:
    """Item 9, which is further off, is outside the sample of 8."""
    agreed = contract(cls(plan=single(8, 0)), [measured("width", max="5")])
    rows = [
        {"item": k, "term": "width", "value": {3: "5.1", 5: "5.2", 9: "8"}.get(k, "5")} for k in range(1, 10)
    ]
    (breach,) = verdict(agreed, rows, 100, 9).breaches
    assert breach.difference == Decimal("0.2")
