"""Measure `aql.run_streams`: many lots in many streams and in one, compared with the sort by stream and order alone.

``python benchmarks/streams.py [LOTS]`` prints a table; no test asserts a speed. Peak memory needs Linux.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

import aql

LOTS = 10_000_000
MANY = 10_000
SCHEME = aql.Scheme.lookup(1200, aql=2.5)
COLUMNS: dict[str, Any] = {"stream": "supplier", "order": "day", "found": "found"}
CASES = (("pandas", MANY), ("polars", MANY), ("pandas", 1), ("polars", 1))


def columns_of(lots: int, streams: int) -> Mapping[str, Any]:
    """Return lots of a good process, those of one stream in order, those of many in any order."""
    rng = np.random.default_rng(20260117)
    day = np.arange(lots) if streams == 1 else rng.permutation(lots)
    found = rng.binomial(80, 0.012, lots)
    return {"supplier": rng.integers(0, streams, lots), "day": day, "found": np.minimum(found, 9)}


def frame_of(engine: str, columns: Mapping[str, Any]) -> Any:
    """Return the columns as a frame of an engine."""
    import pandas as pd
    import polars as pl

    return pd.DataFrame(columns) if engine == "pandas" else pl.DataFrame(columns)


def sort_of(engine: str, frame: Any) -> Callable[[], object]:
    """Return the engine's own sort of the places of the rows by stream and order."""
    if engine == "polars":
        return lambda: frame.lazy().with_row_index().sort("supplier", "day").select("index").collect()
    key = frame["supplier"].to_numpy() * len(frame) + frame["day"].to_numpy()
    return lambda: np.argsort(key)


def seconds(work: Callable[[], object], repeats: int = 3) -> float:
    """Return the shortest time of a call."""
    times = []
    for _ in range(repeats):
        begin = perf_counter()
        work()
        times.append(perf_counter() - begin)
    return min(times)


def peak() -> int:
    """Return the peak memory of this process in bytes."""
    with Path("/proc/self/status").open(encoding="utf-8") as file:
        return 1024 * next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))


def reset_peak() -> None:
    """Begin to measure peak memory anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")


def measured(case: tuple[str, int, int]) -> tuple[str, ...]:
    """Return the row of a case."""
    engine, streams, lots = case
    frame = frame_of(engine, columns_of(lots, streams))

    def run() -> Any:
        return aql.run_streams(frame, SCHEME, **COLUMNS)

    aql.run_streams(frame.head(100) if streams == 1 else frame.head(0), SCHEME, **COLUMNS)
    reset_peak()
    before = peak()
    done = run()
    added = done[["severity", "decision", "score", "next", "state"]]
    own = added.memory_usage(index=False, deep=False).sum() if engine == "pandas" else added.estimated_size()
    memory = (peak() - before - own) / lots
    del done, added
    sort, whole = seconds(sort_of(engine, frame)), seconds(run)
    return (
        engine,
        f"{streams:,}",
        f"{sort:.2f} s",
        f"{whole:.2f} s",
        f"{max(0.0, whole - sort):.2f} s",
        f"{memory:.0f}",
    )


def main() -> None:
    """Print the table, each case measured in its own process."""
    lots = int(sys.argv[1]) if len(sys.argv) > 1 else LOTS
    rows = [("engine", "streams", "sort alone", "run_streams", "beyond the sort", "bytes per lot")]
    for engine, streams in CASES:
        with get_context("spawn").Pool(1) as pool:
            rows.append(pool.apply(measured, [(engine, streams, lots)]))
    lines = ["  ".join(f"{cell:>15}" for cell in row) for row in rows]
    sys.stdout.write("\n".join([f"{lots:,} lots on {os.cpu_count()} cores", *lines, ""]))


if __name__ == "__main__":
    main()
