"""Measure schemes: exploring and compiling the chain, many qualities, one quality, and lots through the step.

``python benchmarks/schemes.py`` prints a table; no test asserts a speed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from aql import Scheme, skip_lot
from aql.scheme import chain, limit_numbers, long_run_chain, lot_outcomes

CASES: tuple[dict[str, Any], ...] = (
    {"letter": "J", "aql": 2.5},
    {"letter": "D", "aql": 4.0},
    {"letter": "J", "aql": 2.5, "sampling": "double"},
    {"letter": "J", "aql": 2.5, "sampling": "multiple"},
    {"letter": "F", "aql": 2.5, "standard": "MIL-STD-105E"},
)
QUALITIES = np.linspace(0.0005, 0.2, 1_000)
REPEATS = 5


def best(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the shortest time of a call in milliseconds."""
    times = []
    for _ in range(repeats):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return 1000 * min(times)


def compiled(scheme: Scheme) -> object:
    """Explore and compile the chain again, as if it were new."""
    for cached in (long_run_chain.lasting, chain._explored, lot_outcomes.kinds, limit_numbers.windows):
        cached.cache_clear()
    return long_run_chain.lasting(scheme.rules, scheme.forces, True)


def main() -> None:
    """Print the table."""
    head = (
        "scheme",
        "states",
        "compile",
        "1000 qualities",
        "one quality",
        "quality_at",
        "1000 lots",
        "skip-lot",
    )
    rows = [head]
    for case in CASES:
        scheme = Scheme.lookup(**case)
        skipping = skip_lot(scheme, f=0.25, i=4)
        compile_time = best(lambda scheme=scheme: compiled(scheme))
        ready = long_run_chain.lasting(scheme.rules, scheme.forces, True)
        figures = [
            compile_time,
            best(lambda scheme=scheme: scheme.pa(QUALITIES)),
            best(lambda scheme=scheme: scheme.pa(0.02), 50),
            best(lambda scheme=scheme: scheme.quality_at(0.95)),
        ]
        if "sampling" not in case:
            figures.append(best(lambda scheme=scheme: scheme.run([0] * 1000)))
            figures.append(best(lambda skipping=skipping: skipping.pa(0.02)))
        name = f"{scheme.short_name}, {case.get('sampling', case.get('standard', 'single'))}"
        cells = [f"{one:.2f} ms" for one in figures]
        rows.append((name, str(ready.states), *cells, *[""] * (6 - len(cells))))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        sys.stdout.write(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        )


if __name__ == "__main__":
    main()
