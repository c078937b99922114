"""The check of measures exactly at their borders: what one value still fulfils is no error."""

from typing import Any

import pytest

import aql
from tests.scoring.builders import cls, contract, single

LAB = {"unit": "dE2000", "reference": "Lab(20.5, 0.1, -0.4)", "illuminant": "D50", "observer": "2"}


def codes(measure: dict[str, str], text: str, **parts: Any) -> list[str]:
    """The codes of what the check finds in a term."""
    term = {"id": "a", "class": "major", "text": text, "measure": measure} | parts
    agreed = contract(cls(plan=single(5, 0)), [term])
    return [one.code for one in aql.check(agreed) if one.path.startswith("terms")]


@pytest.mark.parametrize(
    ("limits", "parts", "code"),
    [
        ({"min": "1", "max": "1"}, {}, None),
        ({"min": "1.01", "max": "1"}, {}, "empty-range"),
        ({"min": "1", "max": "2"}, {"guard": "0.5"}, None),
        ({"min": "1", "max": "2"}, {"guard": "0.51"}, "empty-range"),
        ({"min": "1", "max": "2"}, {"guard": "0"}, None),
        ({"min": "1", "max": "2"}, {"guard": "-0.01"}, "bad-guard"),
        ({"min": "1.5", "max": "2"}, {"rounding": "1"}, None),
        ({"min": "1", "max": "1.5"}, {"rounding": "1"}, None),
        ({"min": "1.01", "max": "1.99"}, {"rounding": "1"}, "empty-range"),
        ({"min": "1", "max": "3"}, {"rounding": "1", "guard": "1"}, None),
        ({"min": "1.01", "max": "3"}, {"rounding": "1", "guard": "0.99"}, None),
        ({"min": "1.01", "max": "2.98"}, {"rounding": "1", "guard": "0.99"}, "empty-range"),
        ({"min": "1", "max": "2"}, {"rounding": "0.01"}, None),
        ({"min": "1", "max": "2"}, {"rounding": "0"}, "bad-rounding"),
    ],
)
def test_a_range_is_empty_only_if_nothing_fits(
    limits: dict[str, str], parts: dict[str, str], code: str | None
) -> None:
    assert codes({"unit": "mm"} | limits, "The width", **parts) == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("most", "guard", "code"),
    [
        ("0", None, None),
        ("-0.01", None, "unmeasurable"),
        ("2", "2", None),
        ("2", "2.01", "empty-range"),
        ("2", "0", None),
    ],
)
def test_a_difference_of_colour_may_be_0(most: str, guard: str | None, code: str | None) -> None:
    parts = {} if guard is None else {"guard": guard}
    assert codes(LAB | {"max": most}, "The colour", **parts) == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("limits", "text", "contradicts"),
    [
        ({"nominal": "5", "minus": "5", "plus": "1"}, "Gap of 0 -6 mm", False),
        ({"nominal": "5", "minus": "4", "plus": "1"}, "Gap of 1 -6 mm", False),
        (
            {"nominal": "5", "minus": "6", "plus": "1"},
            "Gap of -6 mm",
            False,
        ),  # an amount below the nominal value
        (
            {"nominal": "5", "minus": "7", "plus": "1"},
            "Gap of -6 mm",
            True,
        ),  # a value of -6 mm, which is not a limit
        ({"min": "-5", "max": "5"}, "Gap from -5 mm", False),
        ({"min": "-1", "max": "5"}, "Warp of -5 mm", True),
        ({"min": "0", "max": "5"}, "Gap up to 6 mm", True),
    ],
)
def test_a_dash_is_that_of_a_range_where_nothing_below_0_is_allowed(
    limits: dict[str, str], text: str, contradicts: bool
) -> None:
    found = codes({"unit": "mm"} | limits, text)
    assert found == (["text-contradicts-measure"] if contradicts else [])


@pytest.mark.parametrize("zero", ["0", "5%", "0%"])
def test_a_percentage_of_a_nominal_value_of_0_is_0(zero: str) -> None:
    limits = {"unit": "mm", "nominal": "0", "plus": zero, "minus": "1"}
    assert codes(limits, "Play of 0 mm, -1 mm, 0.05 mm at 20 N") == []
    assert codes(limits, "Play of 0.05 mm") == ["text-contradicts-measure"]
    assert codes(limits, "Play of 1 mm below, 0.07 mm at 20 N") == []


@pytest.mark.parametrize(
    ("tolerance", "is_bad"), [("-5%", True), ("-0.1", True), ("0%", False), ("0", False)]
)
@pytest.mark.parametrize("nominal", ["0", "8", "-8"])
@pytest.mark.parametrize("side", ["plus", "minus"])
def test_no_tolerance_is_below_0(tolerance: str, is_bad: bool, nominal: str, side: str) -> None:
    limits = {"unit": "mm", "nominal": nominal, "plus": "1", "minus": "1"} | {side: tolerance}
    assert codes(limits, "The width") == (["bad-tolerance"] if is_bad else [])
