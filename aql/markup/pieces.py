"""Elements, badges, tables and lists of HTML, and the block that contains them with its style sheet.

Colours are mixed from the colour of the surrounding text, and the font is that of the page if it defines one by a name
known here. The elements therefore follow any theme (JupyterLab, the documentation, an editor, or the media query of a
page), even in a light box on a dark page, which neither the name of a theme nor a media query reveals.

A notebook that is not trusted loses the style sheet and the tags of pictures. What must survive that is therefore in
the elements: line breaks, blanks between pieces, strong titles, and the alignment of each cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from aql.words import visible

__all__ = [
    "STYLE",
    "Html",
    "badge",
    "badges",
    "block",
    "element",
    "facts",
    "items",
    "part",
    "table",
    "with_small",
]

_SIGNS = {"good": "✓", "bad": "✗", "wait": "!", "info": "i", "next": "→", "open": "○"}

# Repeating the class three times makes these rules more specific than those of notebooks for tables and paragraphs.
_RULES = """
& {color:inherit;font-weight:400;font-size:var(--jp-content-font-size1,14px);line-height:1.5;
font-family:var(--jp-content-font-family,var(--pst-font-family-base,system-ui,-apple-system,'Segoe UI',Roboto,
'Noto Sans','DejaVu Sans',sans-serif));
--aql-dim:color-mix(in srgb,currentColor 72%,transparent);--aql-line:color-mix(in srgb,currentColor 20%,transparent);
max-width:62rem;margin:.5rem 0 .9rem;text-align:left;container-type:inline-size;contain-intrinsic-inline-size:40rem}
& *{box-sizing:border-box}
& .aql-title{font-size:1.3em;font-weight:650;line-height:1.3;margin:0 0 .45rem;overflow-wrap:anywhere}
& .aql-part{font-size:.92em;font-weight:650;margin:1.1rem 0 .1rem;color:var(--aql-dim)}
& p{margin:.35rem 0;text-align:left}
& ul{margin:.35rem 0;padding-left:1.15rem;list-style:disc}
& li{margin:.15rem 0}
& .aql-dim{color:var(--aql-dim);max-width:46rem}
& .aql-lead{font-size:1.2em}
& .aql-lead .aql-badge{font-size:1em;padding:.12rem .7rem;margin-right:.35rem}
& .aql-scroll{overflow-x:auto}
& table{border-collapse:collapse;border:0;margin:.15rem 0 .5rem;font-size:inherit;color:inherit;background:none;
table-layout:auto}
& thead,& tr,& tbody tr:nth-child(n),& tbody tr:hover{border:0;background:none;text-align:left}
& th,& td{border:0;border-bottom:1px solid var(--aql-line);padding:.38rem 1.1rem .38rem 0;text-align:left;
vertical-align:baseline;background:none;color:inherit;line-height:1.4;white-space:normal;max-width:26rem;
font-variant-numeric:tabular-nums;overflow-wrap:break-word}
& th:last-child,& td:last-child{padding-right:0}
& th{color:var(--aql-dim);font-weight:600}
& thead th{font-size:.92em;vertical-align:bottom;border-bottom-color:currentColor}
& .aql-facts th,& .aql-facts td{border:0;padding-top:.1rem;padding-bottom:.1rem}
& .aql-facts td{max-width:44rem}
& .aql-wide{width:100%}
& .aql-number{text-align:right}
& br{display:none}
& strong{font-weight:inherit}
& small{display:block;font-size:.85em;color:var(--aql-dim)}
& .aql-badge{--aql-tone:currentColor;display:inline-block;color:color-mix(in oklab,var(--aql-tone) 62%,currentColor);
background:color-mix(in srgb,var(--aql-tone) 14%,transparent);border:1px solid;border-radius:99px;padding:0 .55rem;
font-weight:600;line-height:1.45;white-space:nowrap}
& .aql-badge+.aql-badge{margin-left:.4rem}
& .aql-row{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem 2rem}
& .aql-good{--aql-tone:#188a50}
& .aql-bad{--aql-tone:#d5322c}
& .aql-wait{--aql-tone:#b97a00}
& .aql-info,& .aql-next,& .aql-open{--aql-tone:#2b72d6}
& svg{display:block;max-width:100%;height:auto}
@container (max-width:36rem){
& .aql-grid,& .aql-grid tbody,& .aql-grid tr,& .aql-grid td{display:block;max-width:none}
& .aql-grid thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
& .aql-grid tbody tr:nth-child(n){border-bottom:1px solid var(--aql-line);padding:.5rem 0}
& .aql-grid td{border:0;padding:.08rem 0 .08rem 6.2rem;position:relative;min-height:1.5em;text-align:left!important}
& .aql-grid td::before{content:attr(data-label);position:absolute;left:0;width:5.8rem;font-size:.85em;
color:var(--aql-dim)}
& .aql-numbers td.aql-number{display:inline-block;padding:.08rem 1.1rem .08rem 0;min-height:0}
& .aql-numbers td.aql-number::before{position:static;width:auto;margin-right:.4em}
& .aql-grid td:empty{display:none}
& .aql-grid td:first-child{font-weight:600;padding-left:0;min-height:0}
& .aql-grid td:first-child::before{content:none}
& .aql-facts th{padding-right:.7rem}
}
"""

STYLE = _RULES.strip().replace("&", ".aql.aql.aql").replace("\n", "")
"""Style sheet of the elements; it applies only inside an element of class ``aql``."""


class Html(str):
    """Text that is already HTML and must not be escaped again."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell template engines that this needs no escaping."""
        return str(self)


def element(tag: str, *children: object, **attributes: object) -> Html:
    """Return a piece of HTML, an element; children and attributes are escaped unless they are `Html`.

    Parameters
    ----------
    tag : str
        Name of the element.
    *children
        Text or `Html`; None is left out.
    **attributes
        Attributes. A trailing underscore is dropped, other underscores become hyphens, and None is left out.

    Examples
    --------
    >>> element("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(visible(str(value)))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = "".join(
        child if isinstance(child, Html) else escape(visible(str(child)))
        for child in children
        if child is not None
    )
    return Html(f"<{tag}{written}>{inside}</{tag}>")


def block(title: object, *children: object) -> Html:
    """Return a self-contained block of HTML pieces with its style sheet: what ``_repr_html_`` returns."""
    head = element("div", element("strong", title), class_="aql-title") if title else None
    return element("div", element("style", Html(STYLE)), head, *children, class_="aql")


def badge(tone: str, text: str) -> Html:
    """Return a piece of HTML: a short label with a sign and a colour; tones are good, bad, wait, info, next and open.

    Examples
    --------
    >>> badge("bad", "reject")
    '<span class="aql-badge aql-bad">✗ reject</span>'
    """
    return element("span", f"{_SIGNS[tone]} {text}", class_=f"aql-badge aql-{tone}")


def badges(*marks: Html | None) -> Html | None:
    """Return a piece of HTML: badges in a row, without those that are None; None if there are none."""
    shown = [mark for mark in marks if mark is not None]
    return element("p", Html(" ".join(shown))) if shown else None


def with_small(text: object, small: object) -> Html:
    """Return a piece of HTML: text with smaller text on a line below it.

    Examples
    --------
    >>> with_small("245 to 247 mm", "Width")
    '<span>245 to 247 mm<br><small>Width</small></span>'
    """
    return element("span", text, Html("<br>"), element("small", small))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Iterable[str] = ()) -> Html:
    """Return a piece of HTML: a table without empty columns, and with those in `numbers` aligned on the right.

    On a narrow screen, each row becomes a card, unless all columns but one are numbers.
    """
    full = [[cell for cell, _ in zip(row, columns, strict=True)] for row in rows]
    kept = [
        place
        for place in range(len(columns))
        if not full or any(row[place] not in {None, ""} for row in full)
    ]
    columns, rows = [columns[place] for place in kept], [[row[place] for place in kept] for row in full]
    right = set(numbers).intersection(columns)
    kinds = ["aql-number" if column in right else None for column in columns]
    head = [
        element("th", column, class_=kind, scope="col", style=_side(kind))
        for column, kind in zip(columns, kinds, strict=True)
    ]
    body = [
        element(
            "tr",
            *(
                element("td", cell, class_=kind, data_label=column or None, style=_side(kind))
                for cell, kind, column in zip(row, kinds, columns, strict=True)
            ),
        )
        for row in rows
    ]
    words = len(columns) - len(right)
    marks = ["aql-grid"] + ["aql-wide"] * (words > 2) + ["aql-numbers"] * (len(right) > 1)
    kind = " ".join(marks) if words > 1 else None
    grid = element("table", element("thead", element("tr", *head)), element("tbody", *body), class_=kind)
    return element("div", grid, class_="aql-scroll")


def _side(kind: str | None = None) -> str:
    return f"text-align:{'left' if kind is None else 'right'}"


def part(title: str) -> Html:
    """Return a piece of HTML: the heading of a part of a block."""
    return element("div", element("strong", title), class_="aql-part")


def facts(pairs: Iterable[tuple[str, object]]) -> Html:
    """Return a piece of HTML: a table of names and values; a value of None is left out."""
    rows = [
        element("tr", element("th", name, scope="row", style=_side()), element("td", value, style=_side()))
        for name, value in pairs
        if value is not None
    ]
    return element("table", element("tbody", *rows), class_="aql-facts")


def items(lines: Iterable[object]) -> Html | None:
    """Return a piece of HTML: a list, or None if there is nothing to list."""
    listed = [element("li", line) for line in lines]
    return element("ul", *listed) if listed else None
