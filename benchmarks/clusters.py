"""Measure `aql.score_lots` on Spark with two local cores, compared with a hand-written query for the same verdicts.

``python benchmarks/clusters.py [FINDINGS]`` prints a table; needs the extra `spark` and Java. No test asserts a speed.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

import aql

FINDINGS = 10_000_000
CONTRACT = aql.Contract.load(
    {
        "order": {"id": "PO-1"},
        "classes": [
            {"name": "critical", "aql": 0},
            {"name": "major", "aql": 2.5},
            {"name": "minor", "aql": 4},
        ],
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


def session() -> Any:
    """Return a session of Spark with two local cores."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.memory", "4g").config("spark.sql.shuffle.partitions", "8")
    spark = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def write_frames(folder: Path, findings: int) -> None:
    """Write findings, and lots with ten of them on average."""
    rng = np.random.default_rng(20260117)
    lots = findings // 10
    classes = rng.choice(["critical", "major", "minor"], findings, p=[0.01, 0.4, 0.59])
    columns = {
        "lot": rng.integers(0, lots, findings),
        "item": rng.integers(1, 81, findings),
        "class": classes,
    }
    parquet.write_table(pa.table(columns), folder / "findings.parquet")
    sizes = {"lot": np.arange(lots), "size": np.full(lots, 1200), "inspected": np.full(lots, 80)}
    parquet.write_table(pa.table(sizes), folder / "lots.parquet")


def seconds(work: Callable[[], Any]) -> tuple[float, list[tuple[str, int]]]:
    """Return the time of a query, and how many lots have each decision."""
    begin = perf_counter()
    rows = work().groupBy("decision").count().orderBy("decision").collect()
    return perf_counter() - begin, [(row["decision"], row["count"]) for row in rows]


def main() -> None:
    """Print the table; each query runs twice, and the second time counts."""
    warnings.simplefilter("ignore", FutureWarning)
    number = int(sys.argv[1]) if len(sys.argv) > 1 else FINDINGS
    spark = session()
    with TemporaryDirectory() as folder:
        write_frames(Path(folder), number)
        findings, lots = (spark.read.parquet(f"{folder}/{name}.parquet") for name in ("findings", "lots"))
        findings.createOrReplaceTempView("findings")
        lots.createOrReplaceTempView("lots")
        works: dict[str, Callable[[], Any]] = {
            "Spark SQL by hand": lambda: spark.sql(QUERY),
            "score_lots, validate=False": lambda: (
                aql.score_lots(findings, lots, CONTRACT, validate=False).lots
            ),
            "score_lots": lambda: aql.score_lots(findings, lots, CONTRACT).lots,
        }
        results = {name: [seconds(work) for _ in range(2)][1] for name, work in works.items()}
    (least, wanted), *others = results.values()
    if any(decisions != wanted for _, decisions in others):
        raise SystemExit(f"the verdicts differ: {results}")
    lines = [f"{name:28} {time:7.2f} s {time / least:6.2f}" for name, (time, _) in results.items()]
    sys.stdout.write("\n".join([f"{number:,} findings, Spark local[2]", *lines, ""]))


if __name__ == "__main__":
    main()
