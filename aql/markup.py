"""Small pieces of HTML and inline SVG, escaped; every HTML form of a value is built from them.

Knows no domain. Text that comes in is escaped; only `Html`, which these functions return, is not escaped again.
Colours follow the reader's theme, light or dark, and nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

__all__ = ["STYLE", "Html", "badge", "block", "curve", "element", "facts", "items", "table"]

_LIGHT = (
    "--aql-ink:#1b2530;--aql-dim:#586472;--aql-line:#d3dae1;--aql-soft:#f4f6f8;"
    "--aql-good:#17703f;--aql-bad:#b3261e;--aql-wait:#855400;--aql-info:#285a9e"
)
_DARK = (
    "--aql-ink:#e4e9ee;--aql-dim:#a3afbb;--aql-line:#46525e;--aql-soft:#242c34;"
    "--aql-good:#6fd49a;--aql-bad:#ff9d94;--aql-wait:#f2c063;--aql-info:#8fbcf5"
)

STYLE = (
    f".aql{{{_LIGHT};color:var(--aql-ink);font:14px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',"
    "'DejaVu Sans',sans-serif;max-width:60rem;margin:.4rem 0;text-align:left}"
    f"@media (prefers-color-scheme:dark){{.aql{{{_DARK}}}}}"
    f"[data-jp-theme-light='true'] .aql,[data-theme='light'] .aql{{{_LIGHT}}}"
    f"[data-jp-theme-light='false'] .aql,[data-theme='dark'] .aql,.vscode-dark .aql{{{_DARK}}}"
    ".aql .aql-title{font-size:1.1rem;font-weight:600;margin:0 0 .4rem}"
    ".aql .aql-part{font-weight:600;margin:.8rem 0 .25rem}"
    ".aql p{margin:.25rem 0}.aql ul{margin:.25rem 0;padding-left:1.2rem}.aql li{margin:.1rem 0}"
    ".aql .aql-dim{color:var(--aql-dim)}"
    ".aql .aql-scroll{overflow-x:auto}"
    ".aql table{border-collapse:collapse;border:0;margin:.3rem 0;font-size:inherit;color:inherit;"
    "background:transparent}"
    ".aql th,.aql td{border:0;border-bottom:1px solid var(--aql-line);padding:.3rem .7rem .3rem 0;text-align:left;"
    "vertical-align:top;background:transparent;color:inherit;white-space:normal;max-width:28rem}"
    ".aql th{color:var(--aql-dim);font-weight:600}"
    ".aql .aql-number{text-align:right;font-variant-numeric:tabular-nums}"
    ".aql .aql-badge{display:inline-block;border:1.5px solid currentColor;border-radius:.35rem;padding:0 .45rem;"
    "font-weight:600;white-space:nowrap}"
    ".aql .aql-good{color:var(--aql-good)}.aql .aql-bad{color:var(--aql-bad)}"
    ".aql .aql-wait{color:var(--aql-wait)}.aql .aql-info{color:var(--aql-info)}"
    ".aql svg{display:block;max-width:100%}"
)
"""Style sheet of the pieces; it reaches only what stands inside an element of class ``aql``."""

_SIGNS = {"good": "✓", "bad": "✗", "wait": "‖", "info": "→"}


class Html(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


def element(tag: str, *children: Any, **attributes: Any) -> Html:
    """Return an element; children and attributes are escaped unless they are `Html`.

    Parameters
    ----------
    tag : str
        Name of the element.
    *children
        Text, or `Html`; None is left out.
    **attributes
        Attributes; a trailing underscore is dropped, other underscores become hyphens, None is left out.

    Examples
    --------
    >>> element("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = "".join(
        child if isinstance(child, Html) else escape(str(child)) for child in children if child is not None
    )
    return Html(f"<{tag}{written}>{inside}</{tag}>")


def block(title: Any, *children: Any) -> Html:
    """Return a self-contained block with its style sheet: what ``_repr_html_`` returns."""
    head = element("div", title, class_="aql-title") if title else None
    return element("div", element("style", Html(STYLE)), head, *children, class_="aql")


def badge(tone: str, text: str) -> Html:
    """Return a short label with a sign and a colour; tones are good, bad, wait and info."""
    return element("span", f"{_SIGNS[tone]} {text}", class_=f"aql-badge aql-{tone}")


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, numbers: Iterable[str] = ()) -> Html:
    """Return a table; the columns named in `numbers` stand right."""
    right = set(numbers)
    kinds = ["aql-number" if column in right else None for column in columns]
    head = [
        element("th", column, class_=kind, scope="col") for column, kind in zip(columns, kinds, strict=True)
    ]
    body = [
        element("tr", *(element("td", cell, class_=kind) for cell, kind in zip(row, kinds, strict=True)))
        for row in rows
    ]
    grid = element("table", element("thead", element("tr", *head)), element("tbody", *body))
    return element("div", grid, class_="aql-scroll")


def facts(pairs: Iterable[tuple[str, Any]]) -> Html:
    """Return names and values side by side; a value of None is left out."""
    rows = [
        element("tr", element("th", name, scope="row"), element("td", value))
        for name, value in pairs
        if value is not None
    ]
    return element("table", element("tbody", *rows))


def items(lines: Iterable[Any]) -> Html | None:
    """Return a list, or None where there is nothing to list."""
    listed = [element("li", line) for line in lines]
    return element("ul", *listed) if listed else None


def curve(
    points: Sequence[tuple[float, float]],
    *,
    label: str,
    x_text: Sequence[tuple[float, str]],
    mark: tuple[float, float, str] | None = None,
    width: int = 220,
    height: int = 120,
) -> Html:
    """Return a small curve as inline SVG, from 0 to 1 upwards.

    Parameters
    ----------
    points : sequence of (x, y)
        Points of the curve, x rising from 0, y between 0 and 1.
    label : str
        What the picture shows, for readers who cannot see it.
    x_text : sequence of (x, text)
        Numbers below the axis.
    mark : (x, y, text), optional
        A point to mark, with a few words.
    width, height : int
        Size. [px]
    """
    left, right, top, bottom = 30, 8, 8, 20
    span = points[-1][0] or 1.0

    def across(x: float) -> float:
        return round(left + (width - left - right) * x / span, 1)

    def up(y: float) -> float:
        return round(top + (height - top - bottom) * (1 - y), 1)

    pieces = [
        element(
            "line",
            x1=left,
            x2=width - right,
            y1=up(y),
            y2=up(y),
            stroke="currentColor",
            stroke_opacity=strength,
        )
        for y, strength in ((0.0, 0.6), (0.5, 0.2), (1.0, 0.2))
    ]
    pieces += [_label(text, left - 4, up(y) + 3, "end") for y, text in ((0.0, "0"), (0.5, "0.5"), (1.0, "1"))]
    pieces += [
        _label(text, across(x), height - 6, "end" if x == span else "start" if x == 0 else "middle")
        for x, text in x_text
    ]
    path = " ".join(f"{across(x)},{up(y)}" for x, y in points)
    pieces.append(element("polyline", points=path, fill="none", stroke="currentColor", stroke_width=1.6))
    if mark is not None:
        x, y, text = mark
        pieces.append(element("circle", cx=across(x), cy=up(y), r=3, fill="currentColor"))
        pieces.append(_label(text, across(x) + 6, max(up(y) + 4, top + 8), "start"))
    return element(
        "svg",
        element("title", label),
        *pieces,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
    )


def _label(text: str, x: float, y: float, anchor: str) -> Html:
    return element("text", text, x=x, y=y, text_anchor=anchor, font_size=10, fill="currentColor")
