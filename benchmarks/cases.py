"""The cases of the benchmarks and how they are timed. Imports no aql, so that peers can run without it."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Plan = dict[str, list[int]]
"""Sample sizes, cumulative acceptance and rejection numbers; -1 means that the stage cannot accept."""

POINTS = 100_000
LOT = 1_000_000
RESULTS = Path(__file__).parent / "results.json"


class Case(NamedTuple):
    """One thing to compute: a plan, a model and the points."""

    name: str
    plan: Plan
    model: str
    points: Floats
    wanted: str = ""


class Demand(NamedTuple):
    """The producer's and consumer's risk that a single plan must meet, binomial."""

    prq: tuple[float, float]
    crq: tuple[float, float]


class Measured(NamedTuple):
    """The time a library took, the number of points, and its results."""

    seconds: float
    points: int
    values: Floats


Work = Callable[[Floats], Any]

DEMANDS = [
    Demand((0.01, 0.05), (0.05, 0.10)),
    Demand((0.005, 0.05), (0.015, 0.10)),
    Demand((0.001, 0.01), (0.005, 0.05)),
]


def cases(double: Plan, five: Plan) -> list[Case]:
    """The OC curves that are measured."""
    rng = np.random.default_rng(2859)
    single = {"n": [315], "ac": [21], "re": [22]}
    zero = {"n": [80], "ac": [0], "re": [1]}
    large = {"n": [100_000], "ac": [5000], "re": [5001]}
    curve = np.linspace(1e-4, 0.2, POINTS)
    return [
        Case("single (315, 21)", single, "binomial", curve, "3 ms"),
        Case("double, letter L, AQL 4.0", double, "binomial", curve, "6 ms"),
        Case("five stages, letter L, AQL 4.0, with ASN", five, "binomial", curve, "12 ms"),
        Case("single (80, 0)", zero, "binomial", curve),
        Case("single (100 000, 5 000)", large, "binomial", np.linspace(0.04, 0.06, POINTS), "-"),
        Case("single (315, 21), Poisson", single, "poisson", curve),
        Case(
            "single (315, 21), lot of 10^6",
            single,
            "hypergeometric",
            rng.integers(0, LOT // 5, POINTS).astype(float),
            "100 ms",
        ),
        Case("one scalar, single (315, 21)", single, "binomial", np.array([0.05]), "15 us"),
    ]


def best(work: Callable[[], Any], *, seconds: float = 0.6) -> float:
    """Shortest time of a call, in seconds, after one call that is not counted."""
    work()
    shortest, end = float("inf"), time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        work()
        now = time.perf_counter()
        shortest = min(shortest, now - start)
        if now > end:
            return shortest


def measure(case: Case, work: Work, *, most: int = POINTS) -> Measured:
    """Time a function of the points, on at most `most` of them, evenly spaced."""
    points = case.points[:: max(1, -(-case.points.size // most))]
    values = np.asarray(work(points), dtype=float).ravel()
    return Measured(best(lambda: work(points)), points.size, values)


def say(text: str = "") -> None:
    """Write one line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def written(seconds: float) -> str:
    """A time in a suitable unit."""
    for unit, scale in (("s", 1.0), ("ms", 1e3), ("us", 1e6)):
        if seconds * scale >= 1:
            return f"{seconds * scale:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def machine() -> str:
    """The processor, the number of cores, the system and the Python version."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [
            row.partition(":")[2].strip() for row in info.read_text().splitlines() if "model name" in row
        ]
        name = models[0] if models else name
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def keep(part: str, results: dict[str, Any]) -> None:
    """Save the results of a benchmark in results.json, replacing its earlier ones."""
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    kept[part] = results
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    say(f"written: {RESULTS.name}, part {part}")
