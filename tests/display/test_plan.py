"""A plan in words and as HTML: numbers, curve and points are those of the plan."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import MultiplePlan, SinglePlan
from aql.display import lookup as explaining
from aql.display.plan import plan_html, plan_in_words, plan_title, stage_table
from aql.plans.plan import FractionalPlan, Plan, plan_in_short
from aql.strategies import single_plans
from aql.types import ProcessModel
from tests.pages import Page, needs_nothing

DOUBLE = MultiplePlan((50, 50), (None, 6), (5, 7))
PLANS = single_plans(max_n=400, max_ac=12, gaps=False) | st.just(DOUBLE)


@pytest.mark.parametrize(
    ("plan", "words", "short"),
    [
        (SinglePlan(13, 0), "inspect 13 items, accept on 0, reject on 1 or more", "n 13, Ac 0"),
        (SinglePlan(1, 2), "inspect 1 item, accept on 2 or fewer, reject on 3 or more", "n 1, Ac 2"),
        (
            SinglePlan(13, 1, 4),
            (
                "inspect 13 items, accept on 1 or fewer, reject on 4 or more "
                "(a count between them accepts this lot and ends reduced inspection)"
            ),
            "n 13, Ac 1, Re 4",
        ),
        (
            DOUBLE,
            (
                "draw 50 items, then 50 more as needed; after 50, no acceptance yet, reject on 5 or more; "
                "after 100, accept on 6 or fewer, reject on 7 or more"
            ),
            "n 50 + 50, Ac # 6, Re 5 7",
        ),
        (
            MultiplePlan((8, 8, 10), (0, 1, 2), (2, 3, 3)),
            (
                "draw 8 items, then 8, 10 more as needed; after 8, accept on 0, reject on 2 or more; "
                "after 16, accept on 1 or fewer, reject on 3 or more; after 26, accept on 2 or fewer, reject on 3 or more"
            ),
            "n 8 + 8 + 10, last Ac 2",
        ),
        (MultiplePlan((8,) * 3, (0, 1, 2), (2, 3, 3)), None, "n 3 × 8, last Ac 2"),
    ],
    ids=str,
)
def test_a_plan_in_words(plan: Any, words: str | None, short: str) -> None:
    assert words is None or plan_in_words(plan) == words
    assert plan_in_short(plan) == short


def test_a_fractional_plan_in_words() -> None:
    from fractions import Fraction

    plan = FractionalPlan(20, Fraction(1, 3))
    assert plan_in_words(plan) == "inspect 20 items, acceptance number 1/3"
    assert plan_title(plan) == "Inspect 20 items, acceptance number 1/3"
    assert stage_table(plan) is None


def test_the_words_of_a_lookup_are_the_same() -> None:
    assert explaining.plan_in_words is plan_in_words


@given(plan=PLANS)
def test_the_curve_falls_and_its_points_lie_on_it(plan: Plan) -> None:
    html = plan_html(plan)
    assert needs_nothing(html)
    page = Page(html)
    (line,) = page.all("polyline")
    points = [tuple(map(float, pair.split(","))) for pair in str(line.attributes["points"]).split()]
    assert all(left[0] <= right[0] and left[1] <= right[1] for left, right in pairwise(points))
    model: ProcessModel = "poisson" if plan.pa(1.0) == 1 else "binomial"
    cells = [one.text for one in page.all("td")][-6:]
    for words, quality in zip(cells[::2], cells[1::2], strict=True):
        number = float(quality.removesuffix(" %")) / 100
        assert plan.pa(number, model=model) == pytest.approx(float(words.removesuffix(" %")) / 100, abs=0.02)
        assert quality.endswith(" %") == (model == "binomial")


def test_a_plan_shows_itself() -> None:
    html = SinglePlan(80, 2)._repr_html_()
    assert html == plan_html(SinglePlan(80, 2))
    page = Page(html)
    assert [one.text for one in page.all("td")] == ["95 %", "1.03 %", "50 %", "3.33 %", "10 %", "6.52 %"]
    assert [one.text for one in page.all("text")] == [
        *("", "95 %", "50 %", "10 %"),
        *("1.03", "3.33", "6.52"),
        "% nonconforming",
    ]
    assert "Inspect 80 items, accept on 2 or fewer, reject on 3 or more" in html


def test_the_stages_stand_in_a_table() -> None:
    page = Page(DOUBLE._repr_html_())
    assert [one.text for one in page.all("td")][:10] == [
        "1",
        "50",
        "50",
        "#",
        "5",
        "2",
        "50",
        "100",
        "6",
        "7",
    ]
    assert "Draw 50 items, then 50 more as needed" in page.text


def test_texts_that_would_touch_are_left_out_below_the_curve() -> None:
    page = Page(SinglePlan(13, 0)._repr_html_())
    assert [one.text for one in page.all("text")][4:7] == ["", "5.19", "16.2"]
    assert "0.394 %" in page.text


def test_a_plan_that_accepts_every_count_of_items_is_drawn_for_nonconformities() -> None:
    page = Page(SinglePlan(2, 3)._repr_html_())
    assert (
        "A sample of 2 cannot contain enough nonconforming items to reject a lot, so the curve counts nonconformities."
    ) in page.text
    assert [one.text for one in page.all("text")][-1] == "nonconformities per 100 items"
    assert [one.text for one in page.all("td")][1::2] == ["68.3", "184", "334"]
