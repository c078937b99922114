"""Time verdicts in bulk and a query written by hand in the same engine, which gives the same frames.

    python benchmarks/bulk.py                          a million findings on 100 000 lots, every engine
    python benchmarks/bulk.py --findings 10_000_000    ten million, on a million lots
    python benchmarks/bulk.py --growth                 from 10^4 findings to --findings, in Parquet files, polars and DuckDB
    python benchmarks/bulk.py --keep                   also save the figures in results.json, for the page about bulk

Both queries run in turn in one process, and their results are compared first. Peak memory is measured in processes of
their own, and needs Linux. Besides the time on the clock there is that of the processor, which another program that runs
at the same time does not change. Needs the extras `polars` and `duckdb`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from typing import Any, NamedTuple

import bulk_by_hand as by_hand
import numpy as np
from cases import keep, machine, say

import aql

Frames = tuple[Any, Any]
PER_LOT = 10
WANTED = 1.3
COUNTED_LOTS = 250_000
MOST_IN_PART = 10_000_000
"""Findings in one Parquet file."""


def write_case(folder: Path, findings: int) -> None:
    """Write the lots and their findings as Parquet files, in parts: ten rows per lot, six of them readings."""
    for name in ("findings", "lots"):
        (folder / name).mkdir(exist_ok=True)
    for part in range(-(-findings // MOST_IN_PART)):
        first = part * MOST_IN_PART
        _write_part(folder, part, first // PER_LOT, min(MOST_IN_PART, findings - first))


def _write_part(folder: Path, part: int, first_lot: int, findings: int) -> None:
    import polars as pl

    rng = np.random.default_rng((2859, part))
    lots = findings // PER_LOT
    size = np.exp(rng.uniform(np.log(51), np.log(35000), lots)).astype(np.int64)
    severity = rng.choice(by_hand.SEVERITIES, lots, p=(0.8, 0.1, 0.1))
    inspected = np.where(rng.random(lots) < 0.01, 20, np.minimum(size, 200))
    names = np.arange(first_lot, first_lot + lots)
    frame = pl.DataFrame({"lot": names, "size": size, "inspected": inspected, "severity": severity})
    frame.write_parquet(folder / "lots" / f"{part:04}.parquet")
    lot = np.repeat(np.arange(lots), PER_LOT)
    place = np.tile(np.arange(PER_LOT), lots)
    item = np.where(place < 6, place % 3 + 1, rng.integers(1, inspected[lot] + 1))
    seen = rng.choice(np.array(["edge", "dent", "scratch"]), findings, p=(0.02, 0.38, 0.6))
    term = np.where(place < 3, "width", np.where(place < 6, "mass", seen))
    width, mass = np.round(rng.normal(246, 0.35, findings), 2), np.round(rng.normal(505, 1.6, findings), 1)
    rows = pl.DataFrame({"lot": names[lot], "item": item, "term": term, "width": width, "mass": mass})
    value = pl.when(pl.col("term") == "width").then(pl.col("width").cast(pl.String))
    value = value.when(pl.col("term") == "mass").then(pl.col("mass").cast(pl.String))
    rows = rows.select("lot", "item", "term", value=value)
    rows.filter((pl.int_range(pl.len()) % 997) > 0).write_parquet(folder / "findings" / f"{part:04}.parquet")


class Polars:
    """Lazy frames of polars, with their rows in memory."""

    def __init__(self, folder: Path) -> None:
        import polars as pl

        self.findings, self.lots = (
            pl.read_parquet(folder / name / "*.parquet").lazy() for name in ("findings", "lots")
        )

    def by_hand(self, *, validate: bool) -> Frames:
        """The frames of the query by hand."""
        if validate and by_hand.polars_check(self.findings, self.lots):
            raise ValueError
        return self._rows(by_hand.polars(self.findings, self.lots))

    def ours(self, *, validate: bool) -> Frames:
        """The frames of the library."""
        scores = aql.score_lots(self.findings, self.lots, agreed(), validate=validate)
        return self._rows((scores.lots, scores.lines))

    def _rows(self, frames: Frames) -> Frames:
        import polars as pl

        lots, lines = pl.collect_all(frames)
        return lots, lines


class PolarsFiles(Polars):
    """Parquet files, read and written by polars a batch at a time."""

    def __init__(self, folder: Path) -> None:
        import polars as pl

        self.folder = folder
        self.findings, self.lots = (
            pl.scan_parquet(folder / name / "*.parquet") for name in ("findings", "lots")
        )

    def _rows(self, frames: Frames) -> Frames:
        import polars as pl

        paths = [self.folder / f"result_{name}.parquet" for name in ("lots", "lines")]
        pl.collect_all(
            [frame.sink_parquet(path, lazy=True) for frame, path in zip(frames, paths, strict=True)]
        )
        return str(paths[0]), str(paths[1])


class DuckDB:
    """Tables of DuckDB in memory."""

    def __init__(self, folder: Path) -> None:
        import duckdb

        self.con = duckdb.connect()
        for name in ("findings", "lots"):
            self.con.execute(f"CREATE TABLE {name} AS FROM '{folder / name}/*.parquet'")
        self.names = ("findings", "lots")

    def by_hand(self, *, validate: bool) -> Frames:
        """The frames of the query by hand."""
        if validate and by_hand.duckdb_check(self.con, *self.names):
            raise ValueError
        return self._rows(by_hand.duckdb(self.con, *self.names))

    def ours(self, *, validate: bool) -> Frames:
        """The frames of the library."""
        findings, lots = (self.con.sql(f"FROM {name}") for name in self.names)
        scores = aql.score_lots(findings, lots, agreed(), validate=validate)
        return self._rows((scores.lots, scores.lines))

    def _rows(self, frames: Frames) -> Frames:
        lots, lines = (frame.to_arrow_table() for frame in frames)
        return lots, lines


class DuckDBFiles(DuckDB):
    """Parquet files, read and written by DuckDB with at most 1 GiB of memory."""

    def __init__(self, folder: Path) -> None:
        import duckdb

        self.folder = folder
        self.con = duckdb.connect(config={"memory_limit": "1GiB", "temp_directory": str(folder / "spill")})
        self.con.execute("SET preserve_insertion_order = false")
        self.names = (f"'{folder}/findings/*.parquet'", f"'{folder}/lots/*.parquet'")

    def _rows(self, frames: Frames) -> Frames:
        paths = [str(self.folder / f"result_{name}.parquet") for name in ("lots", "lines")]
        for path, frame in zip(paths, frames, strict=True):
            frame.write_parquet(path)
        return paths[0], paths[1]


ENGINES: dict[str, Any] = {"polars": Polars, "duckdb": DuckDB, "duckdb-files": DuckDBFiles}
FILES: dict[str, Any] = {"polars": PolarsFiles, "duckdb": DuckDBFiles}
QUERIES = ("by_hand", "ours")


class Figure(NamedTuple):
    """The time on the clock, the time of the processor and the peak memory of a query."""

    seconds: float
    processor: float
    mebibytes: float = 0.0


def agreed() -> aql.Contract:
    """Return the contract."""
    return aql.Contract.load(by_hand.CONTRACT)


def sorted_rows(frames: Frames) -> Frames:
    """Return frames or files as frames of polars, in the order of their lots and lines."""
    import polars as pl

    read = [
        pl.read_parquet(one) if isinstance(one, str) else pl.DataFrame(one, infer_schema_length=None)
        for one in frames
    ]
    lots, lines = (
        frame.with_columns(pl.col(pl.Int32, pl.Decimal).cast(pl.Int64)).select(sorted(frame.columns))
        for frame in read
    )
    return lots.sort("lot"), lines.sort("lot", "line")


def timed(work: Callable[[], Any]) -> Figure:
    """Return the times that some work takes."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Figure(time.perf_counter() - clock, time.process_time() - processor)


def compared(engine: str, folder: Path, *, validate: bool, runs: int) -> dict[str, Figure]:
    """Return the shortest times of both queries, which are run in turn; raise if their frames differ."""
    case = ENGINES[engine](folder)
    by = {query: getattr(case, query) for query in QUERIES}
    one, other = (sorted_rows(by[query](validate=validate)) for query in QUERIES)
    if not all(first.equals(second) for first, second in zip(one, other, strict=True)):
        raise ValueError(f"{engine}: the frames differ")
    del one, other
    times: dict[str, list[Figure]] = {query: [] for query in QUERIES}
    for _ in range(runs):
        for query, work in by.items():
            times[query].append(timed(lambda work=work: work(validate=validate)))
    return {query: Figure(*map(min, zip(*each, strict=True))) for query, each in times.items()}


def peak(engine: str, query: str, folder: Path, *, validate: bool) -> float:
    """Return the peak memory of a query in MiB beyond that of its frames."""
    command = [sys.executable, __file__, "--probe", engine, query, str(folder), str(int(validate))]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def probe(engine: str, query: str, folder: str, validate: str) -> None:
    """Run one query in this process and print its peak memory."""
    case = ENGINES[engine](Path(folder))
    before = status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    frames = getattr(case, query)(validate=validate == "1")
    say(str((status("VmHWM") - before) / 1024))
    del frames


def status(name: str) -> int:
    """Return a figure of this process in KiB."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(row.split()[1]) for row in text.splitlines() if row.startswith(name))


def counted(runs: int) -> Figure:
    """Time lots of which only counts are known, in pandas."""
    import pandas as pd

    rng = np.random.default_rng(2859)
    size = np.exp(rng.uniform(np.log(51), np.log(35000), COUNTED_LOTS)).astype(np.int64)
    lots = pd.DataFrame({"lot": np.arange(COUNTED_LOTS), "size": size, "inspected": np.minimum(size, 200)})
    rows = {
        "lot": np.repeat(np.arange(COUNTED_LOTS), 3),
        "class": np.tile(np.array(["critical", "major", "minor"]), COUNTED_LOTS),
        "count": rng.poisson(np.tile(np.array([0.01, 2, 4]), COUNTED_LOTS)),
    }
    findings = pd.DataFrame(rows)
    contract = aql.Contract.load({name: by_hand.CONTRACT[name] for name in ("order", "classes")})
    work = [timed(lambda: aql.score_lots(findings, lots, contract)) for _ in range(runs)]
    return Figure(*map(min, zip(*work, strict=True)))


def growth(folder: Path, most: int) -> list[dict[str, Any]]:
    """Time more and more findings in Parquet files, each ten times as many, and ten million with one thread as well."""
    found: list[dict[str, Any]] = []
    findings = 10_000
    while findings <= most:
        place = folder / str(findings)
        place.mkdir()
        write_case(place, findings)
        for engine in FILES:
            for threads in (1, 2) if findings == MOST_IN_PART else (2,):
                figure = from_files(engine, place, threads, runs=2 if findings <= MOST_IN_PART else 1)
                say(
                    f"{findings:>12} {engine:<8} threads {threads} {figure.seconds:8.2f} s, "
                    f"processor {figure.processor:8.2f} s, {figure.mebibytes:7.0f} MiB"
                )
                found.append({"findings": findings, "engine": engine, "threads": threads, **figure._asdict()})
        rmtree(place)
        findings *= 10
    return found


def from_files(engine: str, folder: Path, threads: int, *, runs: int) -> Figure:
    """Return the shortest times of several runs from files to files, and the largest memory, each run in its own process."""
    command = [sys.executable, __file__, "--files", engine, str(folder), str(threads)]
    limits = os.environ | {"POLARS_MAX_THREADS": str(threads)}
    done = [
        subprocess.run(command, check=True, capture_output=True, text=True, env=limits) for _ in range(runs)
    ]
    figures = [[float(one) for one in each.stdout.split()[-3:]] for each in done]
    seconds, processor, mebibytes = zip(*figures, strict=True)
    return Figure(min(seconds), min(processor), max(mebibytes))


def probe_files(engine: str, folder: str, threads: str) -> None:
    """Score files in this process, and print the times and the peak memory."""
    case = FILES[engine](Path(folder))
    if engine == "duckdb":
        case.con.execute(f"SET threads = {int(threads)}")
        case.con.execute("SET memory_limit = '4GiB'")
    before = status("VmRSS")
    figure = timed(lambda: case.ours(validate=True))
    say(f"{figure.seconds} {figure.processor} {(status('VmHWM') - before) / 1024}")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description="Time verdicts in bulk and the same query by hand.")
    parser.add_argument("--findings", type=int, default=1_000_000, help="how many findings, ten per lot")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="only this engine")
    parser.add_argument("--runs", type=int, default=3, help="how often each query runs")
    parser.add_argument("--growth", action="store_true", help="time more and more findings instead")
    parser.add_argument("--keep", action="store_true", help="save the figures in results.json")
    parser.add_argument("--probe", nargs=4, help=argparse.SUPPRESS)
    parser.add_argument("--files", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.files:
        probe_files(*options.files)
        return
    if options.probe:
        probe(*options.probe)
        return
    say(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.growth:
            results: dict[str, Any] = {"machine": machine(), "growth": growth(folder, options.findings)}
        else:
            write_case(folder, options.findings)
            results = {"machine": machine(), "findings": options.findings, "figures": table(folder, options)}
    if options.keep:
        keep("bulk_growth" if options.growth else "bulk", json.loads(json.dumps(results)))


def table(folder: Path, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Print and return the figures of each engine, with and without validation."""
    say(f"{options.findings} findings; wanted: at most {WANTED} times the query by hand")
    say(f"{'':<28}{'by hand':>22}{'aql':>22}{'ratio':>22}")
    rows: list[dict[str, Any]] = []
    for engine in options.engine or ENGINES:
        for validate in (False, True):
            times = compared(engine, folder, validate=validate, runs=options.runs)
            both = {
                query: times[query]._replace(mebibytes=peak(engine, query, folder, validate=validate))
                for query in QUERIES
            }
            hand, ours = both["by_hand"], both["ours"]
            cells = [f"{one.seconds:6.2f} s {one.mebibytes:7.0f} MiB" for one in (hand, ours)]
            ratios = [mine / other for mine, other in zip(ours, hand, strict=True)]
            cells.append("clock {:.2f} processor {:.2f} memory {:.2f}".format(*ratios))
            what = f"{engine}, {'validated' if validate else 'unvalidated'}"
            say(f"{what:<28}{cells[0]:>22}{cells[1]:>22}  {cells[2]}")
            rows.append({"what": what, "by_hand": hand._asdict(), "aql": ours._asdict()})
    if not options.engine:
        figure = counted(options.runs)
        say(f"{COUNTED_LOTS} lots with counts alone, pandas: {figure.seconds:.2f} s, wanted: < 1 s")
        rows.append({"what": "counts alone, pandas", "by_hand": None, "aql": figure._asdict()})
    return rows


if __name__ == "__main__":
    main()
