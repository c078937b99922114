"""Time lookups, scoring, the report and the command line.

    python benchmarks/run.py           print the times
    python benchmarks/run.py --keep    also save them in results.json, for the page about speed

Needs the extras `cli` and `report`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from cases import keep, machine, say

import aql
from aql import examples

RUNS = 15
FIGURES: list[dict[str, Any]] = []


def best(work: Callable[[], object], *, inner: int = 1, runs: int = RUNS) -> tuple[float, float]:
    """Shortest and median time of a call, in seconds, after one call that is not counted."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        for _ in range(inner):
            work()
        times.append((time.perf_counter() - start) / inner)
    return min(times), median(times)


def process(*command: str, runs: int = RUNS) -> tuple[float, float]:
    """Shortest and median time of a whole process, in seconds."""
    return best(lambda: subprocess.run(command, check=True, capture_output=True), runs=runs)


def line(what: str, figure: tuple[float, float], *, unit: str = "ms", target: str = "") -> None:
    """Print a time and remember it for results.json."""
    scale = {"us": 1e6, "ms": 1e3, "s": 1.0}[unit]
    shortest, middle = (value * scale for value in figure)
    say(f"{what:<52} {shortest:9.2f} {middle:9.2f} {unit:<3} {target}")
    FIGURES.append({"what": what, "shortest": figure[0], "median": figure[1], "wanted": target})


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(description="Time lookups, scoring, the report and the command line.")
    parser.add_argument("--keep", action="store_true", help="save the times in results.json")
    options = parser.parse_args()
    say(machine())
    say(f"{'':<52} {'shortest':>9} {'median':>9}     wanted")

    line("one lookup, warm", best(lambda: aql.lookup(30, aql=4.0), inner=2000), unit="us", target="< 15 us")
    double = {"aql": "0.65", "sampling": "double", "severity": "tightened"}
    line(
        "one lookup, double, tightened",
        best(lambda: aql.lookup(5000, **double), inner=2000),
        unit="us",
        target="< 15 us",
    )
    sizes = np.random.default_rng(2859).integers(2, 1_000_000, 1_000_000)
    line("lookup_many, 10^6 lots", best(lambda: aql.lookup_many(sizes, aql=2.5)), target="< 60 ms")

    bare = process(sys.executable, "-c", "pass")
    with_aql = process(sys.executable, "-c", "import aql")
    # On a busy machine the difference of two times can be negative.
    difference = (max(with_aql[0] - bare[0], 0.0), max(with_aql[1] - bare[1], 0.0))
    line("import aql, above bare Python", difference, target="< 60 ms")

    contract, inspection = examples.tablet_order()
    header, rows = inspection.header, ten_terms(125)
    wide = aql.Contract.load(ten_term_contract())
    log = aql.Inspection.load(header.to_dict() | {"contract": "PO"}, findings=rows)
    line("score, 125 items by 10 terms", best(lambda: aql.score(wide, log)), target="< 20 ms")
    line("score, one lot of the example", best(lambda: aql.score(contract, inspection), inner=20))
    verdict = aql.score(contract, inspection)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"

        def report() -> object:
            return aql.write_report(verdict, path, contract=contract, inspection=inspection)

        line("HTML report, warm", best(report), target="< 500 ms")
    code = (
        "import aql, tempfile; c, i = aql.examples.tablet_order(); "
        "f = tempfile.mkdtemp() + '/report.html'; aql.write_report(aql.score(c, i), f, contract=c, inspection=i)"
    )
    whole = process(sys.executable, "-c", code)
    line("load, score and report, whole process", whole)
    line("aql plan, whole process", process(sys.executable, "-m", "aql", "plan", "3000"), target="< 700 ms")
    line("aql demo, whole process", process(sys.executable, "-m", "aql", "demo"))
    if options.keep:
        keep("everyday", {"machine": machine(), "figures": FIGURES})


def ten_term_contract() -> dict[str, object]:
    """Return a contract with ten measured terms in one class."""
    limits = {"unit": "mm", "min": "10", "max": "20"}
    terms = [{"id": f"t{k}", "class": "major", "text": f"Size {k}", "measure": limits} for k in range(10)]
    return {"order": {"id": "PO"}, "classes": [{"name": "major", "aql": 2.5}], "terms": terms}


def ten_terms(items: int) -> list[dict[str, object]]:
    """Return a reading for every item and term."""
    return [
        {"item": item, "term": f"t{k}", "value": f"{10 + (item * 7 + k) % 10}.5", "unit": "mm"}
        for item in range(1, items + 1)
        for k in range(10)
    ]


if __name__ == "__main__":
    main()
