"""Measures compare as decimals, exactly, and say what was agreed in words."""

import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.contract.answers import is_not_applicable, says_conforming, yes_or_no
from aql.contract.colour import Colour, colour_difference, lab_triple
from aql.contract.judgement import Judgement
from aql.contract.measures import Allowed, Answer, Equals, Measured
from aql.contract.terms import Term
from aql.documents.decimals import rounded
from aql.errors import MissingExtraError

numbers = st.decimals(min_value=-10_000, max_value=10_000, places=3, allow_nan=False)
BLACK = Colour(reference="Lab(20.5, 0.1, -0.4)", illuminant="D50", observer="2", max=Decimal("2.0"))


@pytest.mark.parametrize(
    ("measure", "agreed"),
    [
        (Measured(unit="mAh", min=Decimal(3000)), "at least 3000 mAh"),
        (Measured(unit="g", max=Decimal("0.50")), "at most 0.50 g"),
        (Measured(unit="1", min=Decimal(1), max=Decimal(2)), "1 to 2"),
        (Measured(unit="mm", nominal=Decimal(246), plus=Decimal(1), minus=Decimal("0.5")), "245.5 to 247 mm"),
        (Measured(unit="mm", nominal=Decimal(246)), "246 mm"),
        (Measured(unit="mm"), "no limit"),
        (Measured(unit="pieces", min=Decimal(16), max=Decimal(16)), "exactly 16 pieces"),
        (Measured(unit="1", nominal=Decimal(16), plus=Decimal(0), minus=Decimal(0)), "exactly 16"),
        (BLACK, "dE2000 at most 2.0 from Lab(20.5, 0.1, -0.4) (D50, 2° observer)"),
        (Colour(), "dE2000 at most ? from no colour"),
        (Allowed(allowed=("black", "white")), "one of black, white"),
        (Equals(equals="4006381333931"), "exactly 4006381333931"),
        (Answer(answer="no"), "no"),
    ],
    ids=repr,
)
def test_what_was_agreed_is_said(measure: Measured | Colour | Allowed | Equals | Answer, agreed: str) -> None:
    assert measure.agreed() == agreed


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("Scratch longer than 5 mm", 'judged by eye: "Scratch longer than 5 mm"'),
        ("Notch of 2 mm or more", 'judged by eye: "Notch of 2 mm or more"'),
        ("No crack after thermal shock", 'judged by eye: "No crack after thermal shock"'),
        ("Export carton, 5 layers", 'judged by eye: "Export carton, 5 layers"'),
        ("without burrs", 'judged by eye: "without burrs"'),
        ("The seam must be closed", 'judged by eye: "The seam must be closed"'),
    ],
)
def test_a_text_that_may_be_a_requirement_is_never_turned_into_its_opposite(text: str, agreed: str) -> None:
    assert Term(id="seen", class_="major", text=text, kind="visual").agreed() == agreed


@given(
    value=numbers,
    low=numbers,
    width=st.decimals(min_value=0, max_value=100, places=3),
    guard=st.none() | st.decimals(min_value=0, max_value=10, places=2),
)
def test_a_reading_conforms_exactly_when_it_lies_in_the_guarded_limits(
    value: Decimal, low: Decimal, width: Decimal, guard: Decimal | None
) -> None:
    """Decimals are compared as they are written, against exact fractions."""
    high = low + width
    judged = Measured(unit="mm", min=low, max=high).judge(str(value), rounding=None, guard=guard)
    margin = Fraction(guard or 0)
    inside = Fraction(low) + margin <= Fraction(value) <= Fraction(high) - margin
    assert judged.conforms == inside
    assert judged.found == f"{value:f} mm"
    assert (judged.difference is None) == inside
    if judged.difference is not None and Fraction(value) < Fraction(low) + margin:
        assert Fraction(judged.difference) == Fraction(value) - Fraction(low) - margin


@given(value=numbers, step=st.sampled_from(["0.1", "0.25", "5", "0.001", "0.3"]).map(Decimal))
def test_rounding_is_half_even_to_a_multiple(value: Decimal, step: Decimal) -> None:
    result = Fraction(rounded(value, step))
    multiple = result / Fraction(step)
    assert multiple.denominator == 1
    distance = abs(result - Fraction(value))
    assert distance <= Fraction(step) / 2
    if distance == Fraction(step) / 2:
        assert multiple.numerator % 2 == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3012.5", None),
        ("-1e2", None),
        ("3,5", "must be a decimal number such as 3012.5"),
        ("NaN", "must be a decimal number such as 3012.5"),
    ],
)
def test_a_measured_reading_is_a_number(text: str, problem: str | None) -> None:
    assert Measured(unit="mm", min=Decimal(1)).problem(text) == problem


@pytest.mark.parametrize(
    ("text", "fine"),
    [("1.5", True), ("20.5 0.1 -0.4", True), ("Lab(20.5, 0.1, -0.4)", False), ("-1", False), ("20.5 0.1", False), ("101 0 0", False), ("a b c", False)],
)  # fmt: skip
def test_a_colour_reading_is_a_triple_or_a_difference(text: str, fine: bool) -> None:
    problem = BLACK.problem(text)
    assert (problem is None) == fine
    if problem:
        assert problem == "must be three numbers L a b separated by spaces, or a difference of 0 or more"


def test_a_colour_is_judged_by_triple_or_difference() -> None:
    assert BLACK.judge("20.5 0.1 -0.4", rounding=None, guard=None).conforms
    far = BLACK.judge("30 0.1 -0.4", rounding=None, guard=None)
    assert not far.conforms
    assert far.difference is not None
    assert BLACK.judge("2.00004", rounding=None, guard=None).found == "dE2000 2.0000"
    assert BLACK.judge("2.04", rounding=Decimal("0.1"), guard=None).conforms
    assert not BLACK.judge("1.9", rounding=None, guard=Decimal("0.2")).conforms


def test_answers_and_texts() -> None:
    assert Answer().judge("YES").conforms
    assert Answer(answer="no").judge("false").conforms
    assert Answer().problem("maybe") == 'must be "yes" or "no", unless the header declares it under answers'
    assert Answer().problem("True") is None
    assert not Equals(equals="A1").judge("a1").conforms
    assert Allowed(allowed=("a",)).judge("a").conforms
    assert Equals(equals="A1").problem("x") is None
    assert Allowed(allowed=("a",)).problem("x") is None


def test_what_is_no_reading_is_never_judged() -> None:
    cases: list[tuple[Measured | Colour, str]] = [
        (Measured(unit="mm", min=Decimal(1)), "x"),
        (Colour(max=Decimal(1)), "1 1 1"),
    ]
    for measure, text in cases:
        with pytest.raises(ValueError, match=text):
            measure.judge(text, rounding=None, guard=None)


def test_lab_triples() -> None:
    assert lab_triple("Lab(1,2,3)") == (1.0, 2.0, 3.0)
    assert lab_triple("1,2,3") is None
    assert lab_triple("Lab(1, 2)") is None
    assert lab_triple("0 1 -2") == (0.0, 1.0, -2.0)
    assert lab_triple("100 0 0") == (100.0, 0.0, 0.0)
    assert lab_triple("100.1 0 0") is lab_triple("-0.1 0 0") is lab_triple("1 2 3 4") is None


def test_without_coloraide_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "coloraide", None)
    with pytest.raises(MissingExtraError) as caught:
        colour_difference((1, 2, 3), (1, 2, 3))
    assert str(caught.value) == (
        "a colour difference from a Lab reading needs coloraide, which is not installed. "
        "Install it with: python -m pip install 'aql-sampling[color]'."
    )


def test_a_guard_narrows_both_limits_and_a_float_next_to_a_limit_is_too_near() -> None:
    measure = Measured(min=Decimal(1), max=Decimal(2))
    assert measure.limits(Decimal("0.1")) == (Decimal("1.1"), Decimal("1.9"))
    assert measure.judge("1.9999999999", bits=64).too_near == Decimal(2)
    assert measure.judge("1.9999999", bits=64).too_near is None


RANGE = Measured(unit="mm", min=Decimal(1), max=Decimal(2))
PLAIN = Measured(unit="1", min=Decimal(1))


@pytest.mark.parametrize(
    ("measure", "text", "how", "conforms", "found", "difference"),
    [
        (RANGE, "0.99", {}, False, "0.99 mm", "-0.01"),
        (RANGE, "1", {}, True, "1 mm", None),
        (RANGE, "2.00", {}, True, "2.00 mm", None),
        (RANGE, "2.01", {}, False, "2.01 mm", "0.01"),
        (RANGE, "1.2", {"guard": "0.2"}, True, "1.2 mm", None),
        (RANGE, "1.19", {"guard": "0.2"}, False, "1.19 mm", "-0.01"),
        (RANGE, "1.81", {"guard": "0.2"}, False, "1.81 mm", "0.01"),
        (RANGE, "2.05", {"rounding": "0.1"}, True, "2.0 mm", None),
        (RANGE, "2.051", {"rounding": "0.1"}, False, "2.1 mm", "0.1"),
        (RANGE, "2.0000000001", {"rounding": "0.1", "bits": 64}, True, "2.0 mm", None),
        (RANGE, "2", {"bits": 64}, True, "2 mm", None),
        (PLAIN, "0", {}, False, "0", "-1"),
        (Measured(max=Decimal(1)), "2", {}, False, "2", "1"),
        (BLACK, "2", {}, True, "dE2000 2.0000", None),
        (BLACK, "2.00005", {}, True, "dE2000 2.0000", None),
        (BLACK, "2.0001", {}, False, "dE2000 2.0001", "0.0001"),
        (BLACK, "1.5001", {"guard": "0.5"}, False, "dE2000 1.5001", "0.0001"),
        (BLACK, "2.2", {"rounding": "0.5"}, True, "dE2000 2.0", None),
        (Colour(), "0", {}, True, "dE2000 0.0000", None),
        (Colour(), "0.1", {}, False, "dE2000 0.1000", "0.1000"),
    ],
)
def test_a_judgement_says_what_was_compared_and_how_far_it_is_beyond(
    measure: Measured | Colour,
    text: str,
    how: dict[str, Any],
    conforms: bool,
    found: str,
    difference: str | None,
) -> None:
    numbers: Any = {key: value if key == "bits" else Decimal(value) for key, value in how.items()}
    judged = measure.judge(text, **numbers)
    beyond = None if difference is None else Decimal(difference)
    number = Decimal(found.removesuffix(" mm").removeprefix("dE2000 "))
    assert judged == Judgement(conforms, found, beyond, number)
    assert (judged.difference is None) == (difference is None)


@pytest.mark.parametrize("text", ["1.9999999999", "2.0000000001", "0.9999999999", "1.0000000001"])
def test_a_float_next_to_either_limit_is_not_judged(text: str) -> None:
    judged = RANGE.judge(text, bits=64)
    near = Decimal(2 if Decimal(text) > Decimal("1.5") else 1)
    assert judged == Judgement(False, f"{text} mm", None, Decimal(text), near)


@pytest.mark.parametrize("text", ["yes", "Y", " true ", "1"])
def test_yes_is_said_in_these_words(text: str) -> None:
    assert yes_or_no(text) == yes_or_no(text, conforming="no") == "yes"
    assert says_conforming(text) is None


@pytest.mark.parametrize("text", ["no", "N", "False", "0"])
def test_no_is_said_in_these_words(text: str) -> None:
    assert yes_or_no(text) == yes_or_no(text, conforming="no") == "no"
    assert says_conforming(text) is None


@pytest.mark.parametrize(("text", "conforms"), [("OK", True), ("Pass", True), ("passed", True), ("NG", False), ("fail", False), ("FAILED", False)])  # fmt: skip
def test_ok_means_the_conforming_answer(text: str, conforms: bool) -> None:
    assert says_conforming(text) is conforms
    assert yes_or_no(text) == ("yes" if conforms else "no")
    assert yes_or_no(text, conforming="no") == ("no" if conforms else "yes")


@pytest.mark.parametrize(("text", "is_so"), [("N/A", True), ("na", True), ("n.a.", True), ("Not  applicable", True), ("none", False), ("", False)])  # fmt: skip
def test_not_applicable_is_said_in_these_words(text: str, is_so: bool) -> None:
    assert is_not_applicable(text) is is_so


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        ({}, Measured),
        ({"unit": "mm", "max": "1"}, Measured),
        ({"unit": "dE2000"}, Colour),
        ({"reference": "Lab(1, 2, 3)"}, Colour),
        ({"illuminant": "D50"}, Colour),
        ({"observer": "2"}, Colour),
        ({"allowed": ["S"]}, Allowed),
        ({"equals": "A1"}, Equals),
        ({"answer": "no"}, Answer),
    ],
    ids=str,
)
def test_the_keys_of_a_measure_say_what_it_is(keys: dict[str, Any], kind: Any) -> None:
    built = kind(**keys)
    for measure in (keys, built):
        term = Term.from_dict({"id": "a", "text": "A", "measure": measure})
        assert type(term.measure) is kind
        assert term.measure == built


def test_of_agreed_texts_that_differ_in_case_alone_the_first_is_near() -> None:
    sizes = Allowed(allowed=("Xl", "xL", "S"))
    assert sizes.spellings.near_in_case("XL") == "Xl"
    assert sizes.spellings.near_in_case("xL") is None
    assert sizes.judge("XL", text_case="ignore") == Judgement(True, "Xl")
    assert sizes.judge("XL", text_case="exact") == sizes.judge("XL") == Judgement(False, "XL")
    assert sizes.judge("M", text_case="ignore") == Judgement(False, "M")
    assert sizes.spellings is sizes.spellings
    copy = sizes.model_copy(update={"allowed": ("M",)})
    assert copy.judge("M").conforms
    assert not copy.judge("S").conforms


@pytest.mark.parametrize(
    ("text", "is_rounded"),
    [("4.00638E+12", True), ("4,00638e+12", True), ("4E+12", True), ("4.00638E-12", False), ("4006381333931", False)],
)  # fmt: skip
def test_a_code_that_a_spreadsheet_rounded_is_a_problem_unless_it_is_the_code(
    text: str, is_rounded: bool
) -> None:
    message = "must be a code from a column formatted as text, not a number rounded by a spreadsheet"
    assert Equals(equals="A1").problem(text) == (message if is_rounded else None)
    assert Equals(equals=text).problem(text) is None
    assert Allowed(allowed=("A1", text)).problem(text) is None


@pytest.mark.parametrize(
    ("plus", "minus", "low", "high"),
    [("5%", "10%", "-220", "-190"), ("5 %", "0", "-200", "-190"), ("0.5", "0.25%", "-200.5", "-199.5")],
)
def test_a_percentage_is_of_the_size_of_the_nominal_value(plus: str, minus: str, low: str, high: str) -> None:
    given = {"unit": "g", "nominal": "-200", "plus": plus, "minus": minus}
    term = Term.from_dict({"id": "a", "text": "A", "measure": given})
    assert isinstance(term.measure, Measured)
    assert (term.measure.lower, term.measure.upper) == (Decimal(low), Decimal(high))
    assert term.to_dict()["measure"] == given | {"plus": plus.replace(" ", "")}
