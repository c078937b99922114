"""The picture of a plan: curve, AQL and words agree with the plan."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.plans.curve_grid import oc_points
from aql.plans.operating_characteristic import pa as acceptance_probability
from aql.report.plan_pictures import _ticks, oc_picture, oc_words
from aql.scoring.line_result import LineResult
from aql.strategies import single_plans
from aql.types import Counting
from tests.pages import Page, needs_nothing
from tests.scoring.builders import cls, contract, line, single, verdict

ITEMS: Counting = "items"
NONCONFORMITIES: Counting = "nonconformities"


def a_line(size: int = 3000, counting: Counting = ITEMS, **how: Any) -> LineResult:
    return line(verdict(contract(cls(**how), counting=counting), (), size))


def drawn(result: LineResult, *, counting: Counting = ITEMS, lot_size: int = 3000) -> Page:
    picture = oc_picture(result, counting=counting, lot_size=lot_size)
    assert picture is not None
    assert needs_nothing(picture)
    return Page(picture)


def texts(made: Page) -> list[str]:
    return [one.text for one in made.all("text")]


# The picture ---------------------------------------------------------------------------------------------------


def test_the_curve_falls_and_the_aql_lies_on_it() -> None:
    result = a_line(aql=2.5)
    made = drawn(result)
    points = pixels(made, "polyline")
    assert all(left[0] < right[0] and left[1] <= right[1] for left, right in pairwise(points))
    (dot,) = made.all("circle")
    x, y = float(dot.attributes["cx"] or 0), float(dot.attributes["cy"] or 0)
    before, after = next((left, right) for left, right in pairwise(points) if left[0] <= x <= right[0])
    assert before[1] <= y <= after[1]
    top, bottom = points[0][1], pixels(made, "polygon")[0][1]
    exact = acceptance_probability(aql.SinglePlan(125, 7), 0.025)
    assert (bottom - y) / (bottom - top) == pytest.approx(exact, abs=0.001)


def pixels(made: Page, tag: str) -> list[tuple[float, float]]:
    """The points of a line or an area of a picture."""
    pairs = [pair.split(",") for pair in str(made.all(tag)[0].attributes["points"]).split()]
    return [(float(x), float(y)) for x, y in pairs]


def test_the_axes_are_named_in_words() -> None:
    assert texts(drawn(a_line(aql=2.5))) == [
        "0",
        "50 %",
        "100 %",
        "0",
        "5",
        "10",
        "percent nonconforming",
        "AQL 2.5",
    ]
    made = drawn(a_line(aql=15, counting=NONCONFORMITIES), counting=NONCONFORMITIES)
    assert "nonconformities per 100 items" in texts(made)
    assert made.all("title")[0].text == (
        "Operating characteristic of major: share of lots accepted by nonconformities per 100 items."
    )


@pytest.mark.parametrize("how", [{"aql": 0}, {"plan": single(50, 2)}])
def test_without_an_aql_there_is_no_mark(how: dict[str, Any]) -> None:
    assert drawn(a_line(**how)).all("circle") == []


def test_an_aql_beyond_the_curve_is_not_marked() -> None:
    far = replace(a_line(aql=2.5), lot_plan=aql.SinglePlan(1000, 0))
    assert drawn(far).all("circle") == []
    assert oc_words(far, counting=ITEMS, lot_size=3000) == (
        "Of 100 lots with 2.5 % nonconforming (the AQL), the plan accepts fewer than 1; with 0.069 %, 50; with 0.23 %, 10."
    )


def test_a_lot_that_is_inspected_whole_leaves_nothing_to_chance() -> None:
    result = a_line(inspect="all", ac=3)
    assert oc_picture(result, counting=ITEMS, lot_size=3000) is None
    assert oc_words(result, counting=ITEMS, lot_size=3000) == (
        "Every item of the lot is inspected, so there is no sampling risk."
    )


# The words -----------------------------------------------------------------------------------------------------

# Quality at which Pa is 0.50 and 0.10: bisected on exact sums by the words' own test below.
WORDS = [
    (
        {"aql": 2.5},
        ITEMS,
        "Of 100 lots with 2.5 % nonconforming (the AQL), the plan accepts 99; with 6.1 %, 50; with 9.2 %, 10.",
    ),
    ({"aql": 0}, ITEMS, "Of 100 lots with 0.55 % nonconforming, the plan accepts 50; with 1.8 %, 10."),
    (
        {"plan": single(5, 0)},
        ITEMS,
        "Of 100 lots with 13 % nonconforming, the plan accepts 50; with 37 %, 10.",
    ),
    (
        {"plan": single(20, 5, 8)},
        NONCONFORMITIES,
        "Of 100 lots with 38 nonconformities per 100 items, the plan accepts 50; with 59, 10.",
    ),
    ({"plan": single(5, 9)}, ITEMS, "The plan accepts more than half of all lots, whatever their quality."),
    (
        {"plan": single(3, 2)},
        ITEMS,
        "Of 100 lots with 79 % nonconforming, the plan accepts 50; with 97 %, 10.",
    ),
]


@pytest.mark.parametrize(("how", "counting", "said"), WORDS)
def test_the_words_say_what_the_picture_shows(how: dict[str, Any], counting: Counting, said: str) -> None:
    assert oc_words(a_line(counting=counting, **how), counting=counting, lot_size=3000) == said


def test_an_aql_above_ten_goes_by_nonconformities() -> None:
    result = a_line(aql=40, counting=NONCONFORMITIES)
    assert oc_words(result, counting=NONCONFORMITIES, lot_size=3000).startswith(
        "Of 100 lots with 40 nonconformities per 100 items (the AQL), the plan accepts"
    )
    assert oc_words(result, counting=ITEMS, lot_size=3000) == oc_words(
        result, counting=NONCONFORMITIES, lot_size=3000
    )


def test_a_plan_that_hardly_ever_rejects_at_the_aql_says_more_than_99() -> None:
    result = replace(a_line(aql=2.5), lot_plan=aql.SinglePlan(20, 5))
    assert "(the AQL), the plan accepts more than 99;" in oc_words(result, counting=ITEMS, lot_size=3000)


@pytest.mark.parametrize(("quality", "said"), [("0.5", "more than 99"), ("0.6", "99")])
def test_no_share_is_said_to_be_all(quality: str, said: str) -> None:
    """A plan of one item without defects accepts 99.5 % of the lots of which 0.5 % is nonconforming."""
    line = a_line(aql=2.5)
    assert line.lookup is not None
    result = replace(line, lot_plan=aql.SinglePlan(1, 0), lookup=replace(line.lookup, aql=quality))
    assert f"(the AQL), the plan accepts {said};" in oc_words(result, counting=ITEMS, lot_size=3000)


@given(plan=single_plans(max_n=400, max_ac=12, gaps=False))
def test_the_qualities_named_are_accepted_as_often_as_is_said(plan: aql.SinglePlan) -> None:
    result = replace(a_line(plan=single(500, 3)), lot_plan=plan)
    said = oc_words(result, counting=NONCONFORMITIES, lot_size=3000)
    half, tenth = said.removeprefix("Of 100 lots with ").split("; with ")
    for text, share in ((half.split()[0], 0.5), (tenth.split(",")[0], 0.1)):
        digits = len(text.partition(".")[2])
        near = (float(text) - 0.6 * 10**-digits, float(text) + 0.6 * 10**-digits)
        low, high = (acceptance_probability(plan, max(x, 0.0) / 100, model="poisson") for x in near)
        assert high <= share <= low


@given(st.floats(1e-6, 1e6))
def test_ticks_are_round_few_and_inside(end: float) -> None:
    ticks = _ticks(end)
    assert ticks[0] == 0
    assert ticks[-1] <= end * (1 + 1e-9)
    assert 3 <= len(ticks) <= 6
    assert all(float(f"{tick:.1e}") == pytest.approx(tick) for tick in ticks)


@pytest.mark.parametrize(
    ("end", "ticks"),
    [
        (5.0, [0, 1, 2, 3, 4, 5]),
        (5.1, [0, 2, 4]),
        (1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (2.5, [0, 0.5, 1, 1.5, 2, 2.5]),
        (10.0, [0, 2, 4, 6, 8, 10]),
        (99.0, [0, 20, 40, 60, 80]),
    ],
)
def test_at_most_five_steps_of_1_2_or_5_reach_the_end(end: float, ticks: list[float]) -> None:
    assert _ticks(end) == pytest.approx(ticks)


def test_the_ticks_end_where_the_curve_does_and_the_shares_are_in_percent() -> None:
    line = a_line(aql=2.5)
    ticks = _ticks(100 * oc_points(line.lot_plan, model="binomial")[-1][0])
    found = texts(drawn(line))
    assert found[:3] == ["0", "50 %", "100 %"]
    assert found[3 : 3 + len(ticks)] == [f"{tick:g}" for tick in ticks]


@pytest.mark.parametrize(("beyond", "marked"), [(0, True), (1, False)])
def test_an_aql_at_the_end_of_the_curve_is_marked(
    monkeypatch: pytest.MonkeyPatch, beyond: int, marked: bool
) -> None:
    points = [(0.0, 1.0), (0.02, 0.9), (0.025 if not beyond else 0.0249, 0.8)]
    monkeypatch.setattr("aql.report.plan_pictures.oc_points", lambda *_, **__: points)
    assert bool(drawn(a_line(aql=2.5)).all("circle")) == marked
