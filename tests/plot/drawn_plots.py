"""Every public plot of small fixed cases, artist by artist; run as a module, it writes the file of them again.

python -m tests.plot.drawn_plots
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text

import aql.plot as plots
from aql import MultiplePlan, Scheme, SinglePlan
from aql.assurance import worth_opening
from aql.plans import posterior
from aql.plot import parts
from aql.scheme import LotRecord
from tests.assurance.test_worth import counted

DRAWN = Path(__file__).parents[1] / "golden" / "drawn.txt"
DOUBLE = MultiplePlan((50, 50), (2, 6), (5, 7))
FIVE = MultiplePlan((20,) * 5, (None, 1, 2, 4, 6), (4, 5, 6, 7, 7))
SCHEME = Scheme.lookup(1200, aql=2.5)
SHORT = [0.0, 0.01, 0.03, 0.06, 0.1]

Draw = Callable[..., Axes]
CASES: dict[str, tuple[Draw, dict[str, Any]]] = {
    "oc": (plots.oc, {"plan": SinglePlan(80, 2), "aql": 0.01}),
    "oc, notes that find room": (plots.oc, {"plan": SinglePlan(315, 21), "aql": 0.02}),
    "oc, notes of a flat curve": (plots.oc, {"plan": SinglePlan(5, 3), "aql": 0.4}),
    "oc, notes of few items": (plots.oc, {"plan": SinglePlan(2, 0), "aql": 0.3}),
    "oc, notes of a steep curve": (plots.oc, {"plan": SinglePlan(1250, 30), "aql": 0.025}),
    "oc, a note below": (plots.oc, {"plan": SinglePlan(2, 3), "aql": 0.025}),
    "oc, a note at the foot": (plots.oc, {"plan": SinglePlan(80, 2), "p": SHORT, "aql": 0.06}),
    "oc of a small lot": (
        plots.oc,
        {"plan": SinglePlan(5, 0), "model": "hypergeometric", "lot_size": 12, "beta": None},
    ),
    "oc of a large lot": (
        plots.oc,
        {"plan": SinglePlan(20, 1), "model": "hypergeometric", "lot_size": 900, "alpha": None},
    ),
    "oc of nonconformities": (
        plots.oc,
        {"plan": SinglePlan(8, 1), "aql": 0, "model": "poisson", "unit": "100 items"},
    ),
    "compare": (
        plots.compare,
        {"plans": [SinglePlan(n, ac) for n in (13, 50, 80) for ac in (0, 1, 2)], "p": SHORT},
    ),
    "compare, the legend below": (plots.compare, {"plans": [SinglePlan(400, 40)], "p": SHORT[:4]}),
    "compare, the legend above": (
        plots.compare,
        {"plans": [SinglePlan(400, 40), SinglePlan(500, 0)], "p": SHORT[:4]},
    ),
    "compare in a lot": (
        plots.compare,
        {"plans": {"one": DOUBLE}, "p": [0.0, 0.05], "model": "hypergeometric", "lot_size": 200},
    ),
    "severities": (plots.severities, {"lot_size": 1200, "aql": 2.5, "p": SHORT}),
    "severities of nonconformities": (plots.severities, {"letter": "F", "aql": 15, "p": [0, 15, 60]}),
    "types": (plots.types, {"plan": SinglePlan(20, 1), "lot_size": 25, "p": [0.03, 0.1, 0.25]}),
    "aoq": (plots.aoq, {"plan": SinglePlan(52, 2), "lot_size": 5000, "p": SHORT}),
    "aoq of nonconformities": (
        plots.aoq,
        {"plan": SinglePlan(52, 2), "p": [0.0, 4, 9], "model": "poisson", "unit": "100 items"},
    ),
    "asn": (plots.asn, {"plan": DOUBLE, "p": SHORT}),
    "asn, five samples": (plots.asn, {"plan": FIVE, "p": SHORT}),
    "asn of a scheme": (plots.asn, {"plan": SCHEME, "p": SHORT}),
    "asn of a lot": (
        plots.asn,
        {"plan": FIVE, "p": [0.0, 0.1], "model": "hypergeometric", "lot_size": 50},
    ),
    "ati": (plots.ati, {"plan": SinglePlan(52, 2), "lot_size": 5000, "p": SHORT}),
    "ati of half the lot": (plots.ati, {"plan": SinglePlan(50, 2), "lot_size": 100, "p": SHORT}),
    "ati of a little less": (plots.ati, {"plan": SinglePlan(50, 2), "lot_size": 101, "p": SHORT}),
    "posterior": (plots.posterior, {"known": posterior(1, 13, 30), "aql": 0.1, "content": 0.9}),
    "posterior of few numbers": (plots.posterior, {"known": posterior(0, 8, 10), "aql": 0.9}),
    "posterior of one number": (plots.posterior, {"known": posterior(1, 30, 30)}),
    "posterior, a curve": (plots.posterior, {"known": posterior(5, 80, 1200), "aql": 0.025}),
    "history": (plots.history, {"series": SCHEME.run([0] * 11 + [7, 6, 8, 1])}),
    "history with names": (
        plots.history,
        {"series": SCHEME.run([LotRecord(found=0, id="A7"), LotRecord(found=2, id="A8")])},
    ),
    "history that ends": (
        plots.history,
        {"series": SCHEME.run([9, LotRecord(found=1, id="1", resubmitted=True), *[9] * 6])},
    ),
    "scheme": (plots.scheme, {"of": SCHEME, "p": SHORT}),
    "scheme of nonconformities": (plots.scheme, {"of": Scheme.lookup(30, aql=25), "p": [0, 25, 90]}),
    "worth": (plots.worth, {"expected": None, "line": "minor"}),
    "worth, a chance unknown": (plots.worth, {"expected": None, "line": "minor", "fee": "10"}),
    "worth, always a loss": (plots.worth, {"expected": None, "line": "minor", "upheld_if_rejected": 0.01}),
}


def drawn(name: str) -> Axes:
    """Draw a case on new axes."""
    draw, given = CASES[name]
    if draw is plots.worth:
        claim, verdict = counted({"major": 1, "minor": 0}, lot_size=30, inspected=8)
        chance = None if "fee" in given else given.get("upheld_if_rejected", 0.5)
        expected = worth_opening(claim, verdict, fee="10", refund="100", upheld_if_rejected=chance)
        given = {"expected": expected, "line": given["line"]}
    return draw(**given, ax=Figure(figsize=(6.0, 3.8)).subplots())


# What is drawn, in words ------------------------------------------------------------------------------------------


def number(value: Any) -> str:
    """Write a number to four significant digits."""
    return f"{float(value) + 0.0:.4g}"


def numbers(values: Any) -> str:
    """Write all of a few numbers; of many, how many there are and nine of them."""
    found = np.asarray(values, dtype=float).ravel()
    if len(found) <= 16:
        return " ".join(map(number, found))
    chosen = found[np.linspace(0, len(found) - 1, 9).astype(int)]
    return f"{len(found)}: " + " ".join(map(number, chosen))


def colour(value: Any) -> str:
    return to_hex(value, keep_alpha=True)


def size(value: Any) -> str:
    return number(value.get_fontsize())


def dashes(line: Line2D) -> str:
    start, lengths = line._unscaled_dash_pattern  # type: ignore[attr-defined]
    return f"{number(start)}, {numbers(lengths)}" if lengths else "solid"


def line_facts(line: Line2D) -> Iterator[tuple[str, Any]]:
    yield "x", numbers(line.get_xdata())
    yield "y", numbers(line.get_ydata())
    yield "colour", colour(line.get_color())
    yield "dashes", dashes(line) if line.get_linestyle() != "None" else "none"
    yield "width", number(line.get_linewidth())
    if line.get_marker() not in {"None", None}:
        yield "marker", f"{line.get_marker()} {number(line.get_markersize())} {line.get_markerfacecolor()}"
    yield "cap", line.get_solid_capstyle()
    yield "clipped", line.get_clip_on()


def patch_facts(patch: Patch) -> Iterator[tuple[str, Any]]:
    box = patch.get_path().get_extents(patch.get_patch_transform())
    yield "box", numbers(box.extents)
    yield from surface_facts(patch)


def surface_facts(of: Any) -> Iterator[tuple[str, Any]]:
    """The fill, edge and hatching of a patch or a collection."""
    many = isinstance(of, Collection)
    for name, value in (("fill", of.get_facecolor()), ("edge", of.get_edgecolor())):
        yield name, " ".join(map(colour, value)) if many else colour(value)
    yield "width", numbers(of.get_linewidth())
    yield "hatch", of.get_hatch()


def collection_facts(collection: Collection) -> Iterator[tuple[str, Any]]:
    for path in collection.get_paths():
        points = np.asarray(path.vertices)
        yield "x", numbers(points[:, 0])
        yield "y", numbers(points[:, 1])
    yield from surface_facts(collection)


def text_facts(text: Text) -> Iterator[tuple[str, Any]]:
    yield "text", repr(text.get_text())
    yield "at", numbers(text.get_position())
    yield "aligned", f"{text.get_horizontalalignment()} {text.get_verticalalignment()}"
    yield "size", size(text)
    if (spacing := text._linespacing) not in {"normal", 1.2}:  # type: ignore[attr-defined]
        yield "spacing", number(spacing)
    if isinstance(text, Annotation):
        yield "of", numbers(text.xy)
        yield "in", text.anncoords
        if text.arrowprops:
            yield "arrow", sorted(text.arrowprops.items())
    if (box := text.get_bbox_patch()) is not None:
        style: Any = box.get_boxstyle()
        yield "behind", f"{colour(box.get_facecolor())} {colour(box.get_edgecolor())} {number(style.pad)}"


def legend_facts(legend: Legend) -> Iterator[tuple[str, Any]]:
    anchor = legend.get_bbox_to_anchor().transformed(legend.axes.transAxes.inverted())
    yield "texts", [text.get_text() for text in legend.get_texts()]
    yield "place", legend._loc  # type: ignore[attr-defined]
    yield "anchor", numbers(anchor.p0)
    yield "columns", legend._ncols  # type: ignore[attr-defined]
    yield "size", size(legend.get_texts()[0])
    yield "frame", legend.get_frame_on()
    yield "handles", number(legend.handlelength)


KINDS: dict[type[Artist], Callable[[Any], Iterator[tuple[str, Any]]]] = {
    Line2D: line_facts,
    Patch: patch_facts,
    Collection: collection_facts,
    Text: text_facts,
    Legend: legend_facts,
}


def artist(one: Artist) -> str:
    """Describe an artist in a line."""
    kind, facts = next((kind, facts) for kind, facts in KINDS.items() if isinstance(one, kind))
    label = str(one.get_label())
    name = "" if label.startswith("_") or kind is Text else f" {label!r}"
    said = "; ".join(f"{fact} {value}" for fact, value in facts(one))
    return f"  {kind.__name__}{name}: {said}; above {number(one.get_zorder())}"


def axis(ax: Axes, name: str) -> str:
    """Describe an axis: its label, limits and ticks."""
    one, limits = (ax.xaxis, ax.get_xlim()) if name == "x" else (ax.yaxis, ax.get_ylim())
    ticks = [float(at) for at in one.get_majorticklocs() if limits[0] <= at <= limits[1]]
    words = [words for at, words in zip(ticks, one.get_major_formatter().format_ticks(ticks), strict=True)]
    angles = {f"{label.get_rotation():g} {size(label)}" for label in one.get_ticklabels()}
    return f"  {name}: {one.label.get_text()!r}; {numbers(limits)}; ticks {words}, {sorted(angles)}"


def surroundings(ax: Axes) -> str:
    """Describe the grid and the frame."""
    grid, other = ax.get_ygridlines()[0], ax.get_xgridlines()[0]
    look = f"{colour(grid.get_color())} {grid.get_alpha()} {number(grid.get_linewidth())}"
    spines = [side for side, spine in ax.spines.items() if spine.get_visible()]
    return f"  grid: {look}; x {other.get_visible()}; below {ax.get_axisbelow()}; spines {spines}"


def described(name: str) -> str:
    """Describe a case: its axes, and all that is drawn on them, in the order of drawing."""
    with mpl.rc_context(), mock.patch.object(parts, "_extent", _extent):
        mpl.rcdefaults()
        ax = drawn(name)
        title = ax._left_title  # type: ignore[attr-defined]
        inside = {*ax.spines.values(), ax.xaxis, ax.yaxis, ax.title, title, ax._right_title, ax.patch}  # type: ignore[attr-defined]
        return "\n".join(
            (
                name,
                f"  title: {title.get_text()!r}; size {size(title)}",
                axis(ax, "x"),
                axis(ax, "y"),
                surroundings(ax),
                *(artist(one) for one in ax.get_children() if one not in inside),
            )
        )


def _extent(ax: Axes, one: Artist) -> tuple[float, float]:
    """A width and a height in data units that no font decides: 1.3 % of the axes per letter, 6 % per line."""
    texts = one.get_texts() if isinstance(one, Legend) else [one]
    lines = [line for text in texts for line in text.get_text().splitlines()]  # type: ignore[attr-defined]
    (left, right), (foot, top) = ax.get_xlim(), ax.get_ylim()
    return 0.013 * max(map(len, lines)) * (right - left), 0.06 * len(lines) * (top - foot)


def sections() -> dict[str, str]:
    """Return the parts of the file by the name of their case."""
    parts = re.split(r"\n(?! )", DRAWN.read_text("utf-8").rstrip("\n"))
    return {part.partition("\n")[0]: part for part in parts}


if __name__ == "__main__":
    DRAWN.write_text("\n".join(map(described, CASES)) + "\n", "utf-8")
