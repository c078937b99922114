"""Measure `aql.score_lots` on Spark and Dask, compared with a query by hand in Spark SQL for the same verdicts.

    python benchmarks/clusters.py                      Spark on one and on two local cores, ten million findings
    python benchmarks/clusters.py --engine dask        Dask, with one and with two threads
    python benchmarks/clusters.py --keep               also save the figures in results.json, for the page about speed

The queries run in turn, each as often as `--runs` says, and the shortest times count: on the clock, and of the processor,
which other programs do not change. Both check the frames where it says so. Needs Linux, and the extra `spark` and Java, or the extra `dask`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
from cases import keep, machine, say
from pyarrow import parquet

import aql

FINDINGS = 10_000_000
WANTED = 1.3
CLASSES = ("critical", "major", "minor")
CONTRACT = aql.Contract.load(
    {
        "order": {"id": "PO-1"},
        "classes": [{"name": name, "aql": aql_} for name, aql_ in zip(CLASSES, (0, 2.5, 4), strict=True)],
    }
)
# In lots of 1200 with 80 inspected: Ac 0, 5 and 7. An item counts once, in its most serious class.
QUERY = """
WITH items AS (
  SELECT lot, item, min(CASE class WHEN 'critical' THEN 0 WHEN 'major' THEN 1 ELSE 2 END) AS class
  FROM findings GROUP BY lot, item
), counts AS (
  SELECT lot, sum(int(class = 0)) AS critical, sum(int(class = 1)) AS major, sum(int(class = 2)) AS minor
  FROM items GROUP BY lot
)
SELECT lots.lot,
  CASE WHEN coalesce(critical, 0) > 0 OR coalesce(major, 0) > 5 OR coalesce(minor, 0) > 7
  THEN 'reject' ELSE 'accept' END AS decision
FROM lots LEFT JOIN counts ON lots.lot = counts.lot
"""
CHECK = """
SELECT
  (SELECT count(*) FROM findings LEFT JOIN lots ON findings.lot = lots.lot
   WHERE inspected IS NULL OR item IS NULL OR item < 1 OR item > inspected
     OR class NOT IN ('critical', 'major', 'minor'))
  + (SELECT count(*) FROM lots WHERE size < 1 OR inspected > size)
  + (SELECT count(*) FROM (SELECT lot FROM lots GROUP BY lot HAVING count(*) > 1)) AS wrong
"""
Decisions = list[tuple[str, int]]
Works = Mapping[str, Callable[[], Decisions]]


def write_frames(folder: Path, findings: int) -> None:
    """Write findings, and lots with ten of them on average."""
    rng = np.random.default_rng(20260117)
    lots = findings // 10
    columns = {
        "lot": rng.integers(0, lots, findings),
        "item": rng.integers(1, 81, findings),
        "class": rng.choice(np.array(CLASSES), findings, p=[0.01, 0.4, 0.59]),
    }
    parquet.write_table(pa.table(columns), folder / "findings.parquet", row_group_size=2**20)
    sizes = {"lot": np.arange(lots), "size": np.full(lots, 1200), "inspected": np.full(lots, 80)}
    parquet.write_table(pa.table(sizes), folder / "lots.parquet")


def on_spark(folder: Path, cores: int) -> Works:
    """Return the queries on Spark with local cores."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.memory", "4g").config("spark.sql.shuffle.partitions", "8")
    spark = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    findings, lots = (spark.read.parquet(str(folder / f"{name}.parquet")) for name in ("findings", "lots"))
    findings.createOrReplaceTempView("findings")
    lots.createOrReplaceTempView("lots")

    def counted(verdicts: Any) -> Decisions:
        rows = verdicts.groupBy("decision").count().orderBy("decision").collect()
        return [(row["decision"], row["count"]) for row in rows]

    def by_hand(*, validate: bool) -> Decisions:
        if validate and spark.sql(CHECK).collect()[0]["wrong"]:
            raise ValueError
        return counted(spark.sql(QUERY))

    def ours(*, validate: bool) -> Decisions:
        spark.catalog.clearCache()
        return counted(aql.score_lots(findings, lots, CONTRACT, validate=validate).lots)

    return {
        "Spark SQL by hand": lambda: by_hand(validate=False),
        "score_lots, validate=False": lambda: ours(validate=False),
        "Spark SQL by hand, with checks": lambda: by_hand(validate=True),
        "score_lots": lambda: ours(validate=True),
    }


def on_dask(folder: Path, cores: int) -> Works:
    """Return the queries on Dask with threads."""
    import dask
    import dask.dataframe

    dask.config.set(scheduler="threads", num_workers=cores)
    dd: Any = dask.dataframe
    findings, lots = (
        dd.read_parquet(folder / f"{name}.parquet", split_row_groups=True) for name in ("findings", "lots")
    )
    findings, lots = findings.repartition(npartitions=8), lots.repartition(npartitions=8)

    def ours(*, validate: bool) -> Decisions:
        verdicts = aql.score_lots(findings, lots, CONTRACT, validate=validate).lots
        found = verdicts.groupby("decision").size().compute().sort_index()
        return [(str(decision), int(number)) for decision, number in found.items()]

    return {
        "score_lots, validate=False": lambda: ours(validate=False),
        "score_lots": lambda: ours(validate=True),
    }


ENGINES = {"spark": on_spark, "dask": on_dask}


def processor() -> float:
    """Return the processor time of this process and its descendants, among them those of Spark, in seconds."""
    own: dict[int, tuple[int, int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            cells = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            own[int(path.parent.name)] = int(cells[1]), sum(map(int, cells[11:15]))
    found, family = 0, [os.getpid()]
    for parent in family:  # grows while it is read
        found += own.get(parent, (0, 0))[1]
        family += [one for one, (above, _) in own.items() if above == parent]
    return found / os.sysconf("SC_CLK_TCK")


def measured(works: Works, runs: int) -> dict[str, tuple[float, float]]:
    """Return the shortest times of each query, on the clock and of the processor; raise if their verdicts differ."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    verdicts = {name: work() for name, work in works.items()}
    if len({*map(str, verdicts.values())}) > 1:
        raise SystemExit(f"the verdicts differ: {verdicts}")
    for _ in range(runs):
        for name, work in works.items():
            clock, before = perf_counter(), processor()
            work()
            times[name].append((perf_counter() - clock, processor() - before))
    return {name: (min(one for one, _ in each), min(one for _, one in each)) for name, each in times.items()}


def main() -> None:
    """Print the tables, each number of cores in its own process."""
    parser = argparse.ArgumentParser(description="Time verdicts on Spark and Dask.")
    parser.add_argument("--findings", type=int, default=FINDINGS, help="how many findings, ten per lot")
    parser.add_argument("--engine", choices=ENGINES, default="spark", help="which engine")
    parser.add_argument("--cores", type=int, action="append", help="how many cores; 1 and 2 by default")
    parser.add_argument("--runs", type=int, default=3, help="how often each query runs")
    parser.add_argument("--keep", action="store_true", help="save the figures in results.json")
    parser.add_argument("--probe", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.probe:
        warnings.simplefilter("ignore", FutureWarning)
        times = measured(ENGINES[options.engine](Path(options.probe), options.cores[0]), options.runs)
        say("\n".join(f"{clock} {work} {name}" for name, (clock, work) in times.items()))
        return
    figures: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        write_frames(Path(folder), options.findings)
        for cores in options.cores or (1, 2):
            say(
                f"{options.findings:,} findings, {options.engine}, cores: {cores}; wanted: at most {WANTED} times by hand"
            )
            command = [sys.executable, __file__, "--probe", folder, "--engine", options.engine]
            command += ["--cores", str(cores), "--runs", str(options.runs)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            for line in done.stdout.strip().splitlines()[-4 if options.engine == "spark" else -2 :]:
                clock, work, name = line.split(" ", 2)
                figures.append(
                    {
                        "engine": options.engine,
                        "cores": cores,
                        "what": name,
                        "seconds": float(clock),
                        "processor": float(work),
                    }
                )
                say(f"  {name:<32} {float(clock):7.2f} s, processor {float(work):7.2f} s")
    if options.keep:
        keep(
            f"clusters_{options.engine}",
            {"machine": machine(), "findings": options.findings, "figures": figures},
        )


if __name__ == "__main__":
    main()
