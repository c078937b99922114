"""A small curve as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence

from aql.markup.pieces import Html, element

__all__ = ["curve"]


def curve(
    points: Sequence[tuple[float, float]],
    *,
    label: str,
    x_text: Sequence[tuple[float, str]],
    y_text: Sequence[tuple[float, str]] = ((0.0, "0"), (0.5, "0.5"), (1.0, "1")),
    x_title: str = "",
    mark: tuple[float, float, str] | None = None,
    width: int = 240,
    height: int = 130,
) -> Html:
    """Return a small curve as inline SVG, with a vertical axis from 0 to 1.

    Parameters
    ----------
    points : sequence of (x, y)
        Points of the curve: x in ascending order from 0, y between 0 and 1.
    label : str
        What the picture shows, for readers who cannot see it.
    x_text, y_text : sequence of (number, text)
        Tick labels of the axes.
    x_title : str
        Title of the horizontal axis.
    mark : (x, y, text), optional
        A point to mark, with a short label.
    width, height : int
        Size. [px]
    """
    left, right, top = 36, 10, 12
    bottom = 34 if x_title else 20
    span = points[-1][0] or 1.0

    def across(x: float) -> float:
        return round(left + (width - left - right) * x / span, 1)

    def up(y: float) -> float:
        return round(top + (height - top - bottom) * (1 - y), 1)

    pieces = [
        _line(left, up(y), width - right, up(y), stroke_opacity=0.55 if y == 0 else 0.16) for y, _ in y_text
    ]
    pieces += [_label(text, left - 6, up(y) + 3.5, "end") for y, text in y_text]
    for x, text in x_text:
        near_end = across(x) > width - right - 12
        pieces.append(_line(across(x), up(0), across(x), up(0) + 3, stroke_opacity=0.55))
        pieces.append(
            _label(text, width if near_end else across(x), up(0) + 14, "end" if near_end else "middle")
        )
    if x_title:
        pieces.append(_label(x_title, width - right, height - 4, "end", fill_opacity=0.75))
    path = " ".join(f"{across(x)},{up(y)}" for x, y in points)
    under = f"{across(0)},{up(0)} {path} {across(span)},{up(0)}"
    pieces.append(element("polygon", points=under, fill="currentColor", fill_opacity=0.07))
    pieces.append(
        element(
            "polyline",
            points=path,
            fill="none",
            stroke="currentColor",
            stroke_width=1.8,
            stroke_linejoin="round",
        )
    )
    if mark is not None:
        x, y, text = mark
        pieces.append(_line(across(x), up(0), across(x), up(y), stroke_dasharray="2 2.5", stroke_opacity=0.7))
        pieces.append(element("circle", cx=across(x), cy=up(y), r=3.6, fill="currentColor"))
        side, anchor = (-5, "end") if across(x) > width * 0.7 else (5, "start")
        pieces.append(_label(text, across(x) + side, up(0) - 6, anchor, font_weight=600))
    return element(
        "svg",
        element("title", label),
        " ",
        *pieces,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
    )


def _line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> Html:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke="currentColor", **attributes)


def _label(text: str, x: float, y: float, anchor: str, **attributes: object) -> Html:
    label = element(
        "text", text, x=x, y=y, text_anchor=anchor, font_size=10, fill="currentColor", **attributes
    )
    return Html(f"{label} ")
