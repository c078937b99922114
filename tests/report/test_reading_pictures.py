"""The picture of readings: where ticks, crosses, limits and the agreed range are."""

import re
from decimal import Decimal

import pytest

from aql.report.reading_pictures import reading_picture
from aql.scoring.readings import Reading, TermReadings
from tests.pages import Element, Page

WIDTH, END = 260, 4


def drawn(numbers: list[str], low: str | None, high: str | None) -> Page:
    limits = [None if one is None else Decimal(one) for one in (low, high)]
    least, most = (
        one if one is not None else Decimal(f"{sign}Infinity") for one, sign in zip(limits, "-+", strict=True)
    )
    readings = tuple(
        Reading(place, one, Decimal(one), Decimal(one), least <= Decimal(one) <= most, None)
        for place, one in enumerate(numbers, 1)
    )
    return Page(reading_picture(TermReadings("width", "mm", limits[0], limits[1], readings), "246 mm"))


def number(element: Element, name: str) -> float:
    return float(element.attributes[name] or "nan")


@pytest.mark.parametrize(("low", "high"), [("245", "247"), (None, "247"), ("245", None)])
def test_everything_is_where_its_number_says(low: str | None, high: str | None) -> None:
    page = drawn(["244", "246", "248"], low, high)
    # 244 to 248, and a margin of 6 % of that on either side, cover the axis.
    axis, *_ = [one for one in page.all("line") if one.attributes["y1"] == one.attributes["y2"]]
    assert (number(axis, "x1"), number(axis, "x2"), number(axis, "y1")) == (END, WIDTH - END, 26)

    def across(reading: float) -> float:
        return END + (WIDTH - 2 * END) * (reading - 243.76) / 4.48

    left = END if low is None else across(245)
    right = WIDTH - END if high is None else across(247)
    (agreed,) = page.all("rect")
    assert number(agreed, "x") == pytest.approx(left, abs=0.06)
    assert number(agreed, "x") + number(agreed, "width") == pytest.approx(right, abs=0.11)
    assert number(agreed, "y") + number(agreed, "height") == 26
    assert [one.text for one in page.all("text")] == [one for one in (low, high) if one]
    paths = {"beyond" in one.classes: one.attributes["d"] or "" for one in page.all("path")}
    ticks = [float(x) for x in re.findall(r"M([\d.]+) 8v12", paths[False])]
    crosses = [float(x) + 3 for x in re.findall(r"M([\d.]+) 4l6 6m0 -6l-6 6", paths[True])]
    conforming = [one for one in (244, 246, 248) if left < across(one) < right]
    assert ticks == pytest.approx([across(one) for one in conforming], abs=0.06)
    assert sorted([*ticks, *crosses]) == pytest.approx([across(one) for one in (244, 246, 248)], abs=0.11)


def test_the_number_of_a_limit_stays_inside() -> None:
    anchors = {one.text: one.attributes["text-anchor"] for one in drawn(["5"], "0", "10").all("text")}
    assert anchors == {"0": "start", "10": "end"}
    assert drawn(["0", "10"], "5", None).all("text")[0].attributes["text-anchor"] == "middle"


def test_equal_readings_are_in_the_middle() -> None:
    page = drawn(["5", "5"], None, None)
    assert [one.attributes["d"] for one in page.all("path")] == ["M130.0 8v12 M130.0 8v12"]
    assert "2 readings of width from 5 to 5 mm; agreed: 246 mm" in page.text
