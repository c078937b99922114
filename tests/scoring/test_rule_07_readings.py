"""Rule 7: readings. Every term that is read needs one for every item of its line's sample; they are compared exactly."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import aql
from aql.contract.colour import colour_difference
from aql.display.breaches import Words
from tests.scoring.builders import (
    Values,
    cls,
    contract,
    counts,
    decisions,
    line,
    lot_term,
    measured,
    problems,
    readings,
    reasons,
    seen,
    single,
    staged,
    term,
    verdict,
    words,
)

ONE = cls(plan=single(1, 0))
GOLDEN = Path(__file__).parents[1] / "golden" / "ciede2000_pairs.csv"

KINDS: dict[str, tuple[Values, str, str]] = {
    "measured": (measured("x", max="1"), "1", "1.1"),
    "colour": (
        term("x", measure={"unit": "dE2000", "reference": "Lab(50, 0, 0)", "max": "1"}),
        "0.9",
        "1.1",
    ),
    "allowed": (term("x", measure={"allowed": ["S", "M"]}), "M", "L"),
    "text": (term("x", measure={"equals": "4006381333931"}), "4006381333931", "4006381333930"),
    "yes-no": (term("x", measure={"answer": "yes"}), "yes", "no"),
}
every_kind = pytest.mark.parametrize(("read", "good", "bad"), KINDS.values(), ids=KINDS)


def conforms(value: str, one: Values, **parts: Any) -> bool:
    """Whether one reading of a term accepts a sample of one."""
    found = verdict(contract(ONE, [one]), readings(one["id"], [value]), inspected=1, **parts)
    assert found.decision in {"accept", "reject"}
    assert (found.decision == "accept") == (found.breaches == ())
    return found.decision == "accept"


# Which readings are needed.


@every_kind
def test_a_term_that_is_read_conforms_or_not(read: Values, good: str, bad: str) -> None:
    assert conforms(good, read)
    assert not conforms(bad, read)


@every_kind
def test_a_reading_is_needed_for_every_item_of_the_sample(read: Values, good: str, bad: str) -> None:
    """Rule 7: a missing one holds."""
    agreed = contract(cls(plan=single(5, 1)), [read])
    assert verdict(agreed, readings("x", [good] * 5), inspected=5).decision == "accept"
    found = verdict(agreed, readings("x", [good, bad, good], first=2), inspected=5)
    assert found.decision == "hold"
    assert [(one.term, one.items) for one in line(found).missing] == [("x", (1, 5))]
    assert "no reading of x on 2 items: 1 and 5" in reasons(found)


@pytest.mark.parametrize(
    "other",
    [
        term("x"),
        lot_term("x", "mark", effect="note"),
        lot_term("x", "quantity", effect="note"),
        lot_term("x", "shipment-date", effect="note"),
    ],
    ids=["visual", "mark", "quantity", "shipment-date"],
)
def test_what_is_seen_or_judged_for_the_lot_needs_no_reading(other: Values) -> None:
    """Rule 7: every term except visual and lot-level ones."""
    agreed = contract(cls(plan=single(5, 1)), [other], order={"shipment_date": "2026-12-15"})
    found = verdict(agreed, inspected=5)
    assert line(found).missing == ()
    assert found.decision == "accept"


def test_every_missing_term_is_named() -> None:
    agreed = contract(cls(plan=single(2, 0)), [measured("width", max="1"), measured("height", max="1")])
    found = verdict(agreed, readings("height", [1]), inspected=2)
    assert [(one.term, one.items) for one in line(found).missing] == [("width", (1, 2)), ("height", (2,))]


def test_items_outside_the_sample_need_no_reading() -> None:
    """Rule 7: of its line's sample."""
    agreed = contract(cls(plan=single(2, 0)), [measured("width", max="1")])
    assert verdict(agreed, readings("width", [1, 1]), inspected=10).decision == "accept"


def test_a_reading_outside_the_sample_does_not_count() -> None:
    """Rules 4 and 7: it is listed where it does not conform."""
    agreed = contract(cls(plan=single(2, 0)), [measured("width", max="1")])
    found = verdict(agreed, readings("width", [1, 1, 2, 1]), inspected=10)
    assert found.decision == "accept"
    assert [(one.item, one.term, one.found) for one in found.outside] == [(3, "width", "2 mm")]


def test_readings_of_a_stage_that_is_not_reached_are_not_needed() -> None:
    """Rules 4 and 7: the first sample accepts, so that nothing of the second is missing."""
    agreed = contract(cls(plan=staged((3, 3), (0, 1), (2, 2))), [measured("width", max="1")])
    assert verdict(agreed, readings("width", [1, 1, 1]), inspected=6).decision == "accept"
    found = verdict(agreed, readings("width", [2, 1, 1]), inspected=6)
    assert found.decision == "hold"
    assert line(found).missing[0].items == (4, 5, 6)


def test_a_further_sample_is_due_only_once_the_first_is_read() -> None:
    """Rules 7 and 9: a missing reading could still reject."""
    agreed = contract(cls(plan=staged((3, 3), (0, 1), (2, 2))), [measured("width", max="1")])
    assert verdict(agreed, readings("width", [2, 1, 1]), inspected=3).decision == "continue"
    assert verdict(agreed, readings("width", [2, 1]), inspected=3).decision == "hold"


def test_aql_0_needs_the_readings_of_its_sample_only() -> None:
    """Rules 3 and 7: lot 30 is letter D, n 8."""
    agreed = contract(cls(aql=0), [measured("width", max="1")])
    assert verdict(agreed, readings("width", [1] * 8), size=30, inspected=30).decision == "accept"
    assert verdict(agreed, readings("width", [1] * 7), size=30, inspected=30).decision == "hold"
    rows = [*readings("width", [1] * 8), *readings("width", [2], first=30)]
    assert verdict(agreed, rows, size=30, inspected=30).decision == "reject"


def test_a_blank_reading_is_not_yet_read() -> None:
    """A row with an item and no value is a placeholder: nothing but a missing reading."""
    agreed = contract(cls(plan=single(3, 0)), [measured("width", max="1")])
    blank = verdict(agreed, readings("width", [1, "", 1]), inspected=3)
    absent = verdict(agreed, [*readings("width", [1]), *readings("width", [1], first=3)], inspected=3)
    assert blank.decision == "hold"
    assert blank.lines == absent.lines
    assert line(blank).missing[0].items == (2,)


def test_a_blank_reading_beside_a_reading_of_the_same_item_is_no_second_reading() -> None:
    agreed = contract(ONE, [measured("width", max="1")])
    rows = [*readings("width", [""]), *readings("width", [1])]
    assert verdict(agreed, rows, inspected=1).decision == "accept"


def test_a_count_that_reaches_re_rejects_although_readings_are_missing() -> None:
    """Rules 7 and 9."""
    agreed = contract(cls(plan=single(5, 1)), [measured("width", max="1")])
    found = verdict(agreed, readings("width", [2, 2]), inspected=5)
    assert found.decision == "reject"
    assert line(found).missing[0].items == (3, 4, 5)
    found = verdict(agreed, readings("width", [2, 2]), inspected=2)
    assert found.decision == "reject"


def test_a_missing_reading_of_one_line_does_not_hold_another() -> None:
    classes = [cls("major", plan=single(2, 0)), cls("minor", plan=single(2, 0))]
    agreed = contract(classes, [measured("width", max="1"), term("scratch", "minor")])
    assert decisions(verdict(agreed, inspected=2)) == {"major": "hold", "minor": "accept"}


# Units and forms of a reading.


def test_the_unit_is_the_terms_or_left_out() -> None:
    """Rule 7: the unit is the term's."""
    agreed = contract(ONE, [measured("width", max="1", unit="mm")])
    for unit in ("mm", "", " mm "):
        rows = [{"item": 1, "term": "width", "value": "1", "unit": unit}]
        assert verdict(agreed, rows, inspected=1).decision == "accept"


@pytest.mark.parametrize("unit", ["MM", "cm", "m m", "1"])
def test_another_unit_is_an_error_and_never_a_conversion(unit: str) -> None:
    """Rule 7: another text is an error."""
    rows = [{"item": 1, "term": "width", "value": "1", "unit": unit}]
    with pytest.raises(aql.LogError) as raised:
        verdict(contract(ONE, [measured("width", max="1", unit="mm")]), rows, inspected=1)
    assert problems(raised.value) == [
        (f"findings, row 1, column unit: must be 'mm', the unit of 'width', got {unit!r}")
    ]


def test_a_plain_number_has_the_unit_1() -> None:
    one = measured("teeth", unit="1", min="32", max="32")
    assert conforms("32", one)
    assert conforms("32.000", one)
    assert not conforms("31", one)


@pytest.mark.parametrize(("text", "met"), [("A1", True), ("B1", False), ("A 1", False), ("A1.", False)])
def test_a_text_is_compared_letter_by_letter(text: str, met: bool) -> None:
    assert conforms(text, term("x", measure={"equals": "A1"})) is met
    assert conforms(text, term("x", measure={"allowed": ["B2", "A1"]})) is met


@pytest.mark.parametrize("good", ["yes", "no"])
@pytest.mark.parametrize("said", ["yes", "no", "YES", "No"])
def test_the_answer_that_conforms_is_the_contracts(good: str, said: str) -> None:
    assert conforms(said, term("x", measure={"answer": good})) is (said.lower() == good)


# Numbers are decimals.


@pytest.mark.parametrize(
    ("limits", "reading", "met"),
    [
        ({"max": "120.1"}, "120.1", True),
        ({"max": "120.1"}, "120.10", True),
        ({"max": "120.1"}, "1.201E2", True),
        ({"max": "120.1"}, "120.1000000000000000000000001", False),
        ({"min": "3000"}, "3000", True),
        ({"min": "3000"}, "2999.999999999999999999999", False),
        ({"min": "3000"}, "2999.999999999999999999999999", False),
        ({"nominal": "246", "plus": "1", "minus": "1"}, "245", True),
        ({"nominal": "246", "plus": "1", "minus": "1"}, "247", True),
        ({"nominal": "246", "plus": "1", "minus": "1"}, "247.0000001", False),
        ({"nominal": "246", "plus": "1", "minus": "1"}, "244.9999999", False),
        ({"nominal": "0.3", "plus": "0.1", "minus": "0.2"}, "0.4", True),
        ({"nominal": "0.3", "plus": "0.1", "minus": "0.2"}, "0.1", True),
        ({"min": "-5", "max": "-1"}, "-5", True),
        ({"min": "-5", "max": "-1"}, "-0.999", False),
        ({"max": "0"}, "-0", True),
    ],
)
def test_readings_are_compared_as_decimals(limits: Values, reading: str, met: bool) -> None:
    """The documents: numbers that decide a verdict are decimal text; a limit of 120.1 accepts 120.1."""
    assert conforms(reading, measured("x", **limits)) is met


@pytest.mark.parametrize(
    ("step", "limits", "reading", "met"),
    [
        ("0.1", {"max": "1.0"}, "1.05", True),
        ("0.1", {"max": "1.0"}, "1.050000000000000000000001", False),
        ("0.1", {"max": "1.1"}, "1.15", False),
        ("0.1", {"min": "1.1"}, "1.05", False),
        ("0.1", {"min": "1.2"}, "1.15", True),
        ("0.1", {"max": "-1.0"}, "-0.95", True),
        ("1", {"max": "2"}, "2.5", True),
        ("1", {"max": "3"}, "3.5", False),
        ("5", {"max": "10"}, "12.5", True),
        ("5", {"max": "15"}, "17.5", False),
        ("0.25", {"max": "0.5"}, "0.625", True),
        ("0.5", {"min": "3"}, "2.75", True),
    ],
)
def test_readings_are_rounded_half_even_before_they_are_compared(
    step: str, limits: Values, reading: str, met: bool
) -> None:
    """The documents: `rounding = "0.1"`; a half goes to the even multiple of the step."""
    assert conforms(reading, measured("x", rounding=step, **limits)) is met


@pytest.mark.parametrize(
    ("guard", "limits", "reading", "met"),
    [
        ("0.2", {"max": "1"}, "0.8", True),
        ("0.2", {"max": "1"}, "0.8000001", False),
        ("0.2", {"min": "1"}, "1.2", True),
        ("0.2", {"min": "1"}, "1.1999999", False),
        ("1", {"nominal": "10", "plus": "1", "minus": "1"}, "10", True),
        ("1", {"nominal": "10", "plus": "1", "minus": "1"}, "10.1", False),
        ("0", {"max": "1"}, "1", True),
    ],
)
def test_a_guard_narrows_the_limits(guard: str, limits: Values, reading: str, met: bool) -> None:
    """The documents: `guard = "0.2"`, limits are narrowed by it."""
    assert conforms(reading, measured("x", guard=guard, **limits)) is met


def test_a_reading_is_rounded_before_it_meets_the_guarded_limit() -> None:
    one = measured("x", max="1.00", rounding="0.1", guard="0.15")
    assert conforms("0.84", one)
    assert not conforms("0.86", one)


def test_a_breach_says_what_was_agreed_what_was_found_and_how_far_beyond() -> None:
    agreed = contract(cls(plan=single(3, 3)), [measured("width", nominal="246", plus="1", minus="1")])
    found = verdict(agreed, readings("width", ["244.5", "247.25", "246"]), inspected=3)
    (breach,) = found.breaches
    assert (breach.found, breach.difference, breach.count) == ("244.5 mm", Decimal("-0.5"), 2)
    assert words(found, breach) == Words("245 to 247 mm", "244.5 mm, the worst of 2 items", "-0.5")
    assert [(one.item, one.found, one.difference) for one in found.defects] == [
        (1, "244.5 mm", Decimal("-0.5")),
        (2, "247.25 mm", Decimal("0.25")),
    ]


def test_a_decimal_comma_is_read_where_the_header_declares_it() -> None:
    one = measured("x", max="120.1")
    assert (
        verdict(
            contract(ONE, [one]), readings("x", ["120,1"]), inspected=1, findings={"decimal": ","}
        ).breaches
        == ()
    )
    assert verdict(
        contract(ONE, [one]), readings("x", ["120,11"]), inspected=1, findings={"decimal": ","}
    ).breaches


# Colours.


def colour(reference: str, limit: str, **parts: str) -> Values:
    return term("x", measure={"unit": "dE2000", "reference": f"Lab({reference})", "max": limit}, **parts)


def pairs() -> list[dict[str, str]]:
    lines = GOLDEN.read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_all_34_pairs_are_there() -> None:
    assert [row["pair"] for row in pairs()] == [str(number) for number in range(1, 35)]


every_pair = pytest.mark.parametrize("row", pairs(), ids=lambda row: row["pair"])


@every_pair
def test_the_colour_difference_is_the_published_one(row: dict[str, str]) -> None:
    """Sharma, Wu and Dalal 2005, Table 1, in both directions."""
    one = (float(row["L1"]), float(row["a1"]), float(row["b1"]))
    other = (float(row["L2"]), float(row["a2"]), float(row["b2"]))
    assert f"{colour_difference(one, other):.4f}" == row["difference"]
    assert f"{colour_difference(other, one):.4f}" == row["difference"]


@every_pair
def test_a_lab_reading_is_accepted_at_the_published_difference_and_not_a_step_below(
    row: dict[str, str],
) -> None:
    """Rule 7: rounded to 4 decimals before comparing, so that the printed number decides."""
    reading = f"{row['L2']} {row['a2']} {row['b2']}"
    reference = f"{row['L1']}, {row['a1']}, {row['b1']}"
    limit = row["difference"]
    below = f"{(int(limit.replace('.', '')) - 1) / 10_000:.4f}"
    assert conforms(reading, colour(reference, limit))
    assert not conforms(reading, colour(reference, below))


@pytest.mark.parametrize(
    ("reading", "met"),
    [
        ("2", True),
        ("2.00004", True),
        ("2.00005", True),
        ("2.0000500001", False),
        ("2.0001", False),
        ("1.99995", True),
        ("0", True),
    ],
)
def test_a_colour_difference_is_rounded_to_4_decimals_before_it_is_compared(reading: str, met: bool) -> None:
    """Rule 7, for a difference that the instrument gives."""
    assert conforms(reading, colour("50, 0, 0", "2.0")) is met


def test_a_colour_difference_obeys_rounding_and_guard_of_its_term() -> None:
    assert conforms("2.04", colour("50, 0, 0", "2.0", rounding="0.1"))
    assert not conforms("2.04", colour("50, 0, 0", "2.0"))
    assert not conforms("1.9", colour("50, 0, 0", "2.0", guard="0.2"))


def test_a_lab_triple_is_three_numbers_with_spaces() -> None:
    """Rule 7."""
    one = colour("20.5, 0.1, -0.4", "1.0")
    assert conforms("20.5 0.1 -0.4", one)
    assert conforms("20.5  0.1\t-0.4", one)
    assert not conforms("40 0.1 -0.4", one)


def test_a_lab_triple_may_have_declared_decimal_commas() -> None:
    """Rule 7: that is why the numbers stand with spaces."""
    assert conforms("20,5 0,1 -0,4", colour("20.5, 0.1, -0.4", "0"), findings={"decimal": ","})


@pytest.mark.parametrize(
    "reading", ["20.5 0.1", "20.5 0.1 -0.4 1", "-1 0 0", "101 0 0", "-0.1", "black", "20;0;0"]
)
def test_anything_else_is_no_reading_of_a_colour(reading: str) -> None:
    with pytest.raises(aql.LogError) as raised:
        conforms(reading, colour("20.5, 0.1, -0.4", "1.0"))
    assert problems(raised.value) == [
        (
            "findings, row 1, column value: must be three numbers L a b separated by spaces, "
            f"or a difference of 0 or more, got {reading!r}"
        )
    ]


def test_readings_and_defects_seen_count_together() -> None:
    """Rules 4 and 7: an item is nonconforming for either."""
    agreed = contract(cls(plan=single(3, 1)), [measured("width", max="1"), term("scratch")])
    rows = [*readings("width", [1, 2, 1]), *seen("scratch", 2, 3)]
    found = verdict(agreed, rows, inspected=3)
    assert counts(found) == {"major": 2}
    assert found.decision == "reject"


def test_missing_readings_are_listed_up_to_a_limit() -> None:
    agreed = contract(cls(plan=single(150_000, 0)), [measured("width", max="5")])
    (one,) = line(verdict(agreed, readings("width", [4]), 200_000, 100_001)).missing
    assert one.items == tuple(range(2, 100_002))
    with pytest.raises(aql.DomainError, match=r"missing on at most 100000 items, got 100001"):
        verdict(agreed, readings("width", [4]), 200_000, 100_002)
