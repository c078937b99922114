"""Cost of load, check, score and report against size: straight lines with a slope of about 1, as both are logarithms.

    python benchmarks/growth.py           print the times and slopes
    python benchmarks/growth.py --keep    also save them in results.json, and the picture in growth.svg

Needs the extras `plot` and `report`. Times are of the processor, so that other programs count less.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from cases import keep, machine, say

import aql

PICTURE = Path(__file__).with_name("growth.svg")
SIZES = {"rows": (1_500, 3_000, 6_000, 12_000, 24_000), "terms": (125, 250, 500, 1_000, 2_000)}
STEEPEST = 1.3
MEASURE = {"unit": "mm", "min": "10", "max": "20"}


def rows(size: int) -> tuple[dict[str, object], str]:
    """A contract of ten measured terms, and a log of this many rows as CSV; one reading in ten is out of the limits."""
    terms = [{"id": f"t{k}", "class": "major", "text": f"Size {k}", "measure": MEASURE} for k in range(10)]
    lines = [f"{at // 10 + 1},t{at % 10},{9 if at % 97 == 0 else 15}.5,mm" for at in range(size)]
    return contract(terms), "\n".join(["item,term,value,unit", *lines])


def terms(size: int) -> tuple[dict[str, object], str]:
    """A contract of this many terms, and a log of a row for each."""
    made = [
        {"id": f"t{k}", "class": "minor", "text": f"Dent number {k}", "kind": "visual"} for k in range(size)
    ]
    lines = [f"{at + 1},t{at},," for at in range(size)]
    return contract(made), "\n".join(["item,term,value,unit", *lines])


def contract(terms: list[dict[str, object]]) -> dict[str, object]:
    """A contract with these terms."""
    classes = [{"name": "major", "aql": 2.5}, {"name": "minor", "aql": 4.0}]
    return {"order": {"id": "PO"}, "classes": classes, "terms": terms}


def steps(values: dict[str, object], log: str, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is measured, in turn."""
    path = folder / "log.csv"
    path.write_text(log, "utf-8")
    inspected = log.count("\n")
    lot = {"id": "L", "size": 100_000}
    header = {"contract": "PO", "lot": lot, "inspection": {"inspected": inspected}}
    agreed = aql.Contract.from_dict(values)
    inspection = aql.Inspection.load(header, findings=path)
    verdict = aql.score(agreed, inspection)
    stored = verdict.to_json()
    yield "load the contract", lambda: aql.Contract.from_dict(values)
    yield "check", lambda: aql.check(agreed)
    yield "load the log", lambda: aql.Inspection.load(header, findings=path)
    yield "score", lambda: aql.score(agreed, inspection)
    yield "report", lambda: aql.write_report(verdict, folder / "report.html")
    yield "store", verdict.to_json
    yield "read the verdict", lambda: aql.Verdict.from_json(stored)


def seconds(call: Callable[[], object]) -> float:
    """Shortest of three times of the processor."""
    times = []
    for _ in range(3):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def slope(sizes: tuple[int, ...], times: list[float]) -> float:
    """The slope of the line through the points, as logarithms, by least squares."""
    x, y = [math.log(size) for size in sizes], [math.log(one) for one in times]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    products = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return products / sum((a - mean_x) ** 2 for a in x)


def measured() -> dict[str, dict[str, list[float]]]:
    """The times of each step for each size, by what grows."""
    found: dict[str, dict[str, list[float]]] = {}
    for grows, make in (("rows", rows), ("terms", terms)):
        times: dict[str, list[float]] = {}
        for size in SIZES[grows]:
            with tempfile.TemporaryDirectory() as folder:
                for step, call in steps(*make(size), Path(folder)):
                    times.setdefault(step, []).append(seconds(call))
        # A step that does not depend on the size is left out.
        found[grows] = {step: one for step, one in times.items() if one[-1] > 2 * one[0]}
    return found


def draw(found: dict[str, dict[str, list[float]]]) -> None:
    """Draw the times against the sizes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["svg.hashsalt"] = "growth"
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    for axes, (grows, times) in zip(figure.subplots(1, 2, sharey=True), found.items(), strict=True):
        for step, one in times.items():
            axes.loglog(SIZES[grows], one, marker="o", label=f"{step}: slope {slope(SIZES[grows], one):.2f}")
        axes.set_xlabel(f"{grows} of the {'log' if grows == 'rows' else 'contract'}")
        axes.grid(visible=True, which="both", alpha=0.3)
        axes.legend(fontsize=8)
    figure.axes[0].set_ylabel("time of the processor [s]")
    figure.savefig(PICTURE, metadata={"Date": None})


def main() -> int:
    """Measure; the exit code is 1 if a step is steeper than linear."""
    parser = argparse.ArgumentParser(description="Time load, check, score and report against size.")
    parser.add_argument("--keep", action="store_true", help="save the times and the picture")
    options = parser.parse_args()
    say(machine())
    found = measured()
    steep = []
    for grows, times in found.items():
        for step, one in times.items():
            rising = slope(SIZES[grows], one)
            say(f"{grows:<6} {step:<18} slope {rising:4.2f}  {'  '.join(f'{1e3 * t:7.1f}' for t in one)} ms")
            steep += [f"{step} by {grows}"] if rising > STEEPEST else []
    if options.keep:
        keep("growth", {"machine": machine(), "sizes": SIZES, "seconds": found})
        draw(found)
    say(f"steeper than linear: {', '.join(steep) or 'nothing'}")
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
