"""Time verdicts in bulk, each beside a query written by hand in the same engine, which gives the same frames.

    python benchmarks/bulk.py                          a million findings on 100 000 lots, every engine
    python benchmarks/bulk.py --findings 10_000_000    ten million, on a million lots
    python benchmarks/bulk.py --keep                   also save the figures in results.json

Both queries run in one process, in turn, and their results are compared first. Peak memory is measured in processes of
their own. Needs the extras `polars` and `duckdb`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bulk_by_hand as by_hand
import numpy as np
from cases import keep, machine, say

import aql

Frames = tuple[Any, Any]
PER_LOT = 10
WANTED = 1.3


def write_case(folder: Path, findings: int) -> None:
    """Write the lots and their findings as Parquet files: ten rows per lot, six of them readings."""
    import polars as pl

    rng = np.random.default_rng(2859)
    lots = findings // PER_LOT
    size = np.exp(rng.uniform(np.log(51), np.log(35000), lots)).astype(np.int64)
    severity = rng.choice(by_hand.SEVERITIES, lots, p=(0.8, 0.1, 0.1))
    inspected = np.minimum(size, 200)
    inspected = np.where(rng.random(lots) < 0.01, 20, inspected)
    frame = pl.DataFrame({"lot": np.arange(lots), "size": size, "inspected": inspected, "severity": severity})
    frame.write_parquet(folder / "lots.parquet")
    lot = np.repeat(np.arange(lots), PER_LOT)
    place = np.tile(np.arange(PER_LOT), lots)
    item = np.where(place < 6, place % 3 + 1, rng.integers(1, inspected[lot] + 1))
    seen = rng.choice(np.array(["edge", "dent", "scratch"]), findings, p=(0.02, 0.38, 0.6))
    term = np.where(place < 3, "width", np.where(place < 6, "mass", seen))
    width = np.round(rng.normal(246, 0.35, findings), 2)
    mass = np.round(rng.normal(505, 1.6, findings), 1)
    rows = pl.DataFrame({"lot": lot, "item": item, "term": term, "width": width, "mass": mass})
    value = pl.when(pl.col("term") == "width").then(pl.col("width").cast(pl.String))
    value = value.when(pl.col("term") == "mass").then(pl.col("mass").cast(pl.String))
    rows = rows.select("lot", "item", "term", value=value)
    rows.filter((pl.int_range(pl.len()) % 997) > 0).write_parquet(folder / "findings.parquet")


class Polars:
    """Lazy frames of polars, their rows in memory."""

    def __init__(self, folder: Path) -> None:
        import polars as pl

        self.findings = pl.read_parquet(folder / "findings.parquet").lazy()
        self.lots = pl.read_parquet(folder / "lots.parquet").lazy()

    def by_hand(self, *, validate: bool) -> Frames:
        if validate and by_hand.polars_check(self.findings, self.lots):
            raise ValueError
        return self._rows(by_hand.polars(self.findings, self.lots))

    def ours(self, *, validate: bool) -> Frames:
        scores = aql.score_lots(self.findings, self.lots, agreed(), validate=validate)
        return self._rows((scores.lots, scores.lines))

    def _rows(self, frames: Frames) -> Frames:
        import polars as pl

        lots, lines = pl.collect_all(frames)
        return lots, lines

    def same(self, one: Frames, other: Frames) -> bool:
        return all(
            first.sort(keys).equals(second.select(first.columns).sort(keys))
            for first, second, keys in zip(one, other, (["lot"], ["lot", "line"]), strict=True)
        )


class DuckDB:
    """Tables of DuckDB in memory."""

    def __init__(self, folder: Path) -> None:
        import duckdb

        self.con = duckdb.connect()
        for name in ("findings", "lots"):
            self.con.execute(f"CREATE TABLE {name} AS FROM '{folder / name}.parquet'")
        self.names = ("findings", "lots")

    def by_hand(self, *, validate: bool) -> Frames:
        if validate and by_hand.duckdb_check(self.con, *self.names):
            raise ValueError
        return self._rows(by_hand.duckdb(self.con, *self.names))

    def ours(self, *, validate: bool) -> Frames:
        findings, lots = (self.con.sql(f"FROM {name}") for name in self.names)
        scores = aql.score_lots(findings, lots, agreed(), validate=validate)
        return self._rows((scores.lots, scores.lines))

    def _rows(self, frames: Frames) -> Frames:
        lots, lines = (frame.to_arrow_table() for frame in frames)
        return lots, lines

    def same(self, one: Frames, other: Frames) -> bool:
        import polars as pl

        first, second = ((pl.DataFrame(lots), pl.DataFrame(lines)) for lots, lines in (one, other))
        return Polars.same(self, first, second)


class DuckDBFiles(DuckDB):
    """Parquet files read and written by DuckDB under a memory limit."""

    def __init__(self, folder: Path, limit: str = "1GiB") -> None:
        import duckdb

        self.folder = folder
        self.con = duckdb.connect(config={"memory_limit": limit, "temp_directory": str(folder / "spill")})
        self.names = (f"'{folder / 'findings.parquet'}'", f"'{folder / 'lots.parquet'}'")

    def _rows(self, frames: Frames) -> Frames:
        for name, frame in zip(("lots", "lines"), frames, strict=True):
            frame.write_parquet(str(self.folder / f"result_{name}.parquet"))
        return frames


ENGINES: dict[str, type] = {"polars": Polars, "duckdb": DuckDB, "duckdb-files": DuckDBFiles}


def agreed() -> aql.Contract:
    """The contract."""
    return aql.Contract.load(by_hand.CONTRACT)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


if __name__ == "__main__":
    folder = Path("/tmp/bulk/case")
    n = int(sys.argv[2])
    folder = Path(f"/tmp/bulk/case{n}")
    if not folder.exists():
        folder.mkdir(parents=True)
        write_case(folder, n)
    e = ENGINES[sys.argv[1]](folder)
    h = o = None
    only = sys.argv[3] if len(sys.argv) > 3 else ""
    for v in (False, True):
        for k in range(2):
            if only != "ours":
                t, h = timed(lambda: e.by_hand(validate=v))
                say(f"{sys.argv[1]} by hand validate={v} {t:.2f}")
            if only != "hand":
                t, o = timed(lambda: e.ours(validate=v))
                say(f"{sys.argv[1]} ours validate={v} {t:.2f}")
            if "files" not in sys.argv[1] and h and o and k==0: print("same", e.same(h, o))
