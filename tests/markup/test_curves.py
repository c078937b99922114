"""A small curve: points, grid, tick labels and the mark lie where the numbers say, inside the picture."""

from typing import Any

import pytest

from aql import markup
from tests.pages import Page

POINTS = [(0.0, 1.0), (1.3, 0.5), (2.0, 1 / 3), (4.0, 0.0)]
LEFT, RIGHT, TOP, WIDTH, HEIGHT = 36, 10, 12, 240, 130


def drawn(x_text: Any = (), **how: Any) -> Page:
    return Page(markup.curve(POINTS, label="a curve", x_text=x_text, **how))


def numbers(element: Any, *names: str) -> list[float]:
    return [float(element.attributes[name]) for name in names]


def across(x: float, width: int = WIDTH) -> float:
    """Where a quality lies: from the left edge to the right one."""
    return LEFT + (width - LEFT - RIGHT) * x / 4


def up(y: float, height: int = HEIGHT, bottom: int = 20) -> float:
    """Where a share lies: 0 at the bottom, 1 at the top."""
    return TOP + (height - TOP - bottom) * (1 - y)


@pytest.mark.parametrize(
    ("width", "height", "x_title"), [(240, 130, ""), (280, 160, "percent"), (100, 90, "")]
)
def test_the_points_fill_the_picture(width: int, height: int, x_title: str) -> None:
    page = drawn(width=width, height=height, x_title=x_title)
    bottom = 34 if x_title else 20
    path = page.all("polyline")[0].attributes["points"] or ""
    places = [tuple(map(float, pair.split(","))) for pair in path.split()]
    assert places == [(round(across(x, width), 1), round(up(y, height, bottom), 1)) for x, y in POINTS]
    area = (page.all("polygon")[0].attributes["points"] or "").split()
    assert " ".join(area[1:-1]) == path
    assert [tuple(map(float, pair.split(","))) for pair in (area[0], area[-1])] == [
        (LEFT, up(0, height, bottom)),
        (width - RIGHT, up(0, height, bottom)),
    ]
    titles = [one for one in page.all("text") if one.text == x_title]
    assert [numbers(one, "x", "y") for one in titles if x_title] == [[width - RIGHT, height - 4]] * bool(
        x_title
    )


def test_the_grid_is_at_the_labels_and_the_axis_is_the_darkest() -> None:
    page = drawn()
    lines = page.all("line")
    assert [numbers(one, "x1", "x2") for one in lines] == [[LEFT, WIDTH - RIGHT]] * 3
    assert [numbers(one, "y1", "y2") for one in lines] == [[up(y)] * 2 for y in (0, 0.5, 1)]
    assert [one.attributes["stroke-opacity"] for one in lines] == ["0.55", "0.16", "0.16"]
    labels = page.all("text")
    assert [(one.text.strip(), one.attributes["text-anchor"]) for one in labels] == [
        ("0", "end"),
        ("0.5", "end"),
        ("1", "end"),
    ]
    for label, line in zip(labels, lines, strict=True):
        (x, y), (middle,) = numbers(label, "x", "y"), numbers(line, "y1")
        assert x < LEFT
        assert 0 < y - middle < 5  # its middle is at the line: a digit is 7 px high


def test_a_tick_is_below_its_label_which_stays_in_the_picture() -> None:
    page = drawn([(0.0, "0"), (2.0, "2"), (4.0, "4")])
    ticks = page.all("line")[3:]
    assert [numbers(one, "x1", "x2", "y1", "y2") for one in ticks] == [
        [across(x), across(x), up(0), up(0) + 3] for x in (0, 2, 4)
    ]
    labels = page.all("text")[3:]
    assert [(*numbers(one, "x", "y"), one.attributes["text-anchor"]) for one in labels] == [
        (across(0), up(0) + 14, "middle"),
        (across(2), up(0) + 14, "middle"),
        (WIDTH, up(0) + 14, "end"),
    ]
    edge = 4 * (WIDTH - RIGHT - 12 - LEFT) / (WIDTH - LEFT - RIGHT)  # 12 px from the right end of the axis
    for x, anchor in ((edge, "middle"), (edge + 0.01, "end")):
        assert drawn([(x, "x")]).all("text")[3].attributes["text-anchor"] == anchor


@pytest.mark.parametrize(("x", "side", "anchor"), [(1.0, 5, "start"), (3.9, -5, "end")])
def test_a_mark_has_a_line_down_and_words_beside_it(x: float, side: int, anchor: str) -> None:
    page = drawn(mark=(x, 0.25, "AQL"))
    at, height = round(across(x), 1), round(up(0.25), 1)
    line = page.all("line")[-1]
    assert numbers(line, "x1", "y1", "x2", "y2") == [at, up(0), at, height]
    assert "stroke-dasharray" in line.attributes
    (dot,) = page.all("circle")
    assert numbers(dot, "cx", "cy") == [at, height]
    assert 2 < numbers(dot, "r")[0] < 4  # visible, and smaller than what it marks
    words = page.all("text")[-1]
    assert (words.text.strip(), words.attributes["text-anchor"]) == ("AQL", anchor)
    assert numbers(words, "x", "y") == [pytest.approx(at + side), up(0) - 6]


def test_every_opacity_is_a_share() -> None:
    page = drawn([(0.0, "0")], x_title="percent", mark=(1.0, 0.5, "AQL"))
    found = [
        float(value or 0)
        for one in page.elements
        for name, value in one.attributes.items()
        if name.endswith("opacity")
    ]
    assert len(found) == 7
    assert all(0 < share < 1 for share in found)


def test_a_curve_without_a_span_stands_at_the_left() -> None:
    page = Page(markup.curve([(0.0, 1.0)], label="", x_text=[(0.0, "0")]))
    assert page.all("polyline")[0].attributes["points"] == "36.0,12.0"
    assert numbers(page.all("text")[3], "x") == [LEFT]
    assert (page.all("polygon")[0].attributes["points"] or "").split()[-1] == "230.0,110"
