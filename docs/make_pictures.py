"""Draw the pictures of the explanation pages with `aql.plot`: ``python docs/make_pictures.py``.

Run it again after a change to `aql.plot` or to the plans on the pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import aql
from aql.plans import Plan, posterior
from aql.plot import parts

RESULTS = Path(__file__).parents[1] / "benchmarks" / "results.json"
FOLDER = Path(__file__).parent / "explanation" / "pictures"
WIDTH, HEIGHT = 7.2, 3.6


def main() -> None:
    """Write every picture as an SVG with text as text and without a date, so that a rerun changes nothing."""
    mpl.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "aql", "font.size": 9.5}
    FOLDER.mkdir(exist_ok=True)
    for name, draw in pictures().items():
        figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
        draw(figure.subplots())
        path = FOLDER / f"{name}.svg"
        figure.savefig(path, metadata={"Date": None, "Creator": None})
        lines = [line.rstrip() for line in path.read_text("utf-8").splitlines()]
        path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


def pictures() -> dict[str, Callable[[Axes], object]]:
    """The names of the pictures, each with the function that draws it."""
    plan: Any = aql.lookup(1200, aql=2.5).plan
    plans: Any = {
        kind: aql.lookup(1200, aql=2.5, sampling=kind).plan for kind in ("single", "double", "multiple")
    }
    small, arrow = aql.SinglePlan(8, 1), aql.SinglePlan(13, 1)
    return {
        "operating_characteristic": lambda ax: aql.plot.oc(plan, aql=0.025, ax=ax),
        "arrow": lambda ax: aql.plot.compare(
            {"table: 13 items, Ac 1": arrow, "n kept: 8 items, Ac 1": small}, ax=ax
        ),
        "type_a_and_b": lambda ax: aql.plot.types(aql.SinglePlan(20, 1), lot_size=40, ax=ax),
        "scheme": lambda ax: aql.plot.scheme(aql.Scheme.lookup(1200, aql=2.5), ax=ax),
        "sample_numbers": lambda ax: sample_numbers(plans, ax),
        "bulk_growth": bulk_growth,
        "what_passing_says": lambda ax: aql.plot.posterior(posterior(5, 80, 1200), aql=0.025, ax=ax),
    }


def bulk_growth(ax: Axes) -> None:
    """Draw the measured time of verdicts on more and more findings."""
    kept = json.loads(RESULTS.read_text("utf-8"))["bulk_growth"]["growth"]
    for engine, style in zip(("polars", "duckdb"), parts.LINES, strict=False):
        rows = [one for one in kept if one["engine"] == engine and one["threads"] == 2]
        label = {"polars": "polars", "duckdb": "DuckDB"}[engine]
        ax.plot([one["findings"] for one in rows], [one["processor"] for one in rows], label=label, **style)
    ax.set(xscale="log", yscale="log", xlabel="Findings", ylabel="Time of all cores [s]")
    ax.legend(frameon=False, loc="upper left")
    ax.spines[["top", "right"]].set_visible(False)


def sample_numbers(plans: dict[str, Plan], ax: Axes) -> None:
    """Draw the average sample numbers of several plans."""
    frame = aql.compare(plans, [one / 1000 for one in range(161)])
    for (name, rows), style in zip(frame.groupby("plan", observed=True), parts.LINES, strict=False):
        ax.plot(100 * rows["p"], rows["asn"], label=name, **style)
    ax.set(xlabel="Process quality [% nonconforming]", ylabel="Average sample number [items]")
    ax.set(xlim=(0, 16), ylim=(0, 95))
    ax.legend(frameon=False, loc="lower left", ncols=3)
    ax.spines[["top", "right"]].set_visible(False)


if __name__ == "__main__":
    main()
