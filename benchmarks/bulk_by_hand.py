"""The verdicts of `bulk.py` by hand: one query in each engine for its contract alone, written without aql."""

from __future__ import annotations

from typing import Any

import aql

CONTRACT: dict[str, Any] = {
    "order": {"id": "PO-2026-0117"},
    "classes": [
        {"name": "critical", "aql": 0},
        {"name": "major", "aql": 2.5},
        {"name": "minor", "aql": 4.0},
    ],
    "terms": [
        {"id": "edge", "class": "critical", "text": "Sharp edge", "kind": "visual"},
        {"id": "dent", "class": "major", "text": "Dent in the housing", "kind": "visual"},
        {"id": "scratch", "class": "minor", "text": "Scratch longer than 5 mm", "kind": "visual"},
        {
            "id": "width",
            "class": "major",
            "text": "Width 246 mm, plus or minus 1 mm",
            "measure": {"unit": "mm", "nominal": "246", "plus": "1", "minus": "1"},
            "sample": 3,
        },
        {
            "id": "mass",
            "class": "minor",
            "text": "Mass of at most 510 g",
            "measure": {"unit": "g", "max": "510"},
            "sample": 3,
        },
    ],
}
LINES = ("critical", "major", "minor", "width", "mass")
STARTS = (2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10001, 35001)
"""The lot sizes at which the bands of level II begin."""

SEVERITIES = ("normal", "tightened", "reduced")


def plan_rows() -> list[dict[str, Any]]:
    """Return the plan of each class by the first size of a band and severity."""
    rows = []
    for start in STARTS:
        for severity in SEVERITIES:
            row: dict[str, Any] = {"band": start, "severity": severity}
            for line, level in (("critical", 0), ("major", "2.5"), ("minor", "4.0")):
                strict: dict[str, Any] = {} if level == 0 else {"severity": severity}
                stage = aql.lookup(start, aql=level, **strict).plan.stages[0]
                row |= {f"n_{line}": stage.n, f"ac_{line}": stage.ac, f"re_{line}": stage.re}
            rows.append(row)
    return rows


def polars(findings: Any, lots: Any) -> tuple[Any, Any]:
    """Return the verdicts on lazy frames of polars."""
    import polars as pl

    plans = pl.LazyFrame(plan_rows())
    band = pl.lit(STARTS[0])
    for start in STARTS[1:]:
        band = pl.when(pl.col("size") >= start).then(pl.lit(start)).otherwise(band)
    sizes = [f"n_{line}" for line in LINES]
    planned = (
        lots.with_columns(band=band)
        .join(plans.with_columns(pl.col("band").cast(pl.Int32)), on=["band", "severity"])
        .with_columns(n_width=pl.lit(3), ac_width=pl.lit(0), re_width=pl.lit(1))
        .with_columns(n_mass=pl.lit(3), ac_mass=pl.lit(0), re_mass=pl.lit(1))
        .with_columns(pl.min_horizontal(name, "size").cast(pl.Int64).alias(name) for name in sizes)
    )
    term, item, value = pl.col("term"), pl.col("item"), pl.col("value").cast(pl.Float64)
    rows = findings.join(planned.select("lot", "n_major", "n_minor"), on="lot")
    seen = (
        rows.filter(term.is_in(["edge", "dent", "scratch"]))
        .select(
            "lot",
            "item",
            edge=term == "edge",
            dent=(term == "dent") & (item <= pl.col("n_major")),
            scratch=(term == "scratch") & (item <= pl.col("n_minor")),
        )
        .group_by("lot", "item")
        .agg(pl.col("edge", "dent", "scratch").max())
        .select(
            "lot",
            critical="edge",
            major=pl.col("dent") & ~pl.col("edge"),
            minor=pl.col("scratch") & ~pl.col("edge") & ~pl.col("dent"),
        )
        .group_by("lot")
        .agg(pl.col("critical", "major", "minor").sum())
    )
    read = (
        findings.filter(term.is_in(["width", "mass"]) & (item <= 3))
        .select(
            "lot",
            width=(term == "width") & ~value.is_between(245, 247),
            mass=(term == "mass") & (value > 510),
            read_width=term == "width",
            read_mass=term == "mass",
        )
        .group_by("lot")
        .agg(pl.col("width", "mass", "read_width", "read_mass").sum())
    )
    names = [*LINES, "read_width", "read_mass"]
    wide = (
        planned.join(seen, on="lot", how="left")
        .join(read, on="lot", how="left")
        .with_columns(pl.col(names).fill_null(0).cast(pl.Int64))
    )
    for line in LINES:
        found, n, inspected = pl.col(line), pl.col(f"n_{line}"), pl.col("inspected")
        held = inspected < n
        if line in {"width", "mass"}:
            held = held | (pl.col(f"read_{line}") < n)
        decision = pl.when(found >= pl.col(f"re_{line}")).then(pl.lit("reject"))
        wide = wide.with_columns(
            decision.when(held).then(pl.lit("hold")).otherwise(pl.lit("accept")).alias(f"decision_{line}"),
            pl.when((found < pl.col(f"re_{line}")) & (inspected < n))
            .then(n - inspected)
            .otherwise(0)
            .alias(f"draw_{line}"),
        )
    done = wide.collect().lazy()
    return _polars_lots(done), _polars_lines(done)


def _polars_lots(wide: Any) -> Any:
    import polars as pl

    decisions = [f"decision_{line}" for line in LINES]
    different = wide.select(decisions).unique().collect()
    words = pl.LazyFrame([{**row, **_in_words(list(row.values()))} for row in different.to_dicts()])
    wide = wide.join(words, on=decisions)
    return wide.select("lot", "decision", "why", "accepted", "continued", "held", "rejected")


def _in_words(decisions: list[str]) -> dict[str, Any]:
    worst = next((one for one in ("reject", "hold") if one in decisions), "accept")
    deciding = [
        line for line, one in zip(LINES, decisions, strict=True) if one == worst and worst != "accept"
    ]
    return {
        "decision": worst,
        "why": ", ".join(deciding),
        "accepted": decisions.count("accept"),
        "continued": 0,
        "held": decisions.count("hold"),
        "rejected": decisions.count("reject"),
    }


def _polars_lines(wide: Any) -> Any:
    import polars as pl

    return pl.concat(
        wide.select(
            "lot",
            pl.lit(line).alias("line"),
            *(pl.col(f"{name}_{line}").cast(pl.Int64).alias(name) for name in ("n", "ac", "re")),
            "inspected",
            pl.col(line).alias("found"),
            pl.col(line).alias("at_most"),
            pl.col(f"decision_{line}").alias("decision"),
            pl.lit(1, pl.Int64).alias("stage"),
            pl.col(f"draw_{line}").cast(pl.Int64).alias("draw"),
        )
        for line in LINES
    )


def polars_check(findings: Any, lots: Any) -> int:
    """Return how many rows of lazy frames of polars are wrong."""
    import polars as pl

    term, item, value = pl.col("term"), pl.col("item"), pl.col("value")
    read = term.is_in(["width", "mass"])
    rows = findings.join(lots.select("lot", "inspected"), on="lot", how="left")
    wrong = [
        rows.filter(
            pl.col("inspected").is_null()
            | (item < 1)
            | (item > pl.col("inspected"))
            | item.is_null()
            | ~term.is_in((*LINES[3:], "edge", "dent", "scratch"))
            | (read & value.cast(pl.Float64, strict=False).is_null())
            | (~read & value.is_not_null())
        ),
        findings.filter(read).group_by("lot", "term", "item").len().filter(pl.col("len") > 1),
        lots.filter(
            (pl.col("size") < 1)
            | (pl.col("inspected") > pl.col("size"))
            | ~pl.col("severity").is_in(SEVERITIES)
        ),
        lots.group_by("lot").len().filter(pl.col("len") > 1),
    ]
    return sum(frame.select(pl.len()).collect().item() for frame in wrong)


def _arrow(rows: list[dict[str, Any]]) -> Any:
    import pyarrow as pa

    return pa.Table.from_pylist(rows)


def duckdb(con: Any, findings: str, lots: str) -> tuple[Any, Any]:
    """Return the verdicts on tables or files of DuckDB, as relations."""
    con.register("plan_rows", _arrow(plan_rows()))
    con.execute("CREATE OR REPLACE TEMP TABLE plans AS FROM plan_rows")
    whens = " ".join(f"WHEN size >= {start} THEN {start}" for start in reversed(STARTS))
    band = f"CASE {whens} END"
    judged = ", ".join(
        f"CASE WHEN found_{line} >= re_{line} THEN 'reject' WHEN inspected < n_{line}"
        + (f" OR read_{line} < n_{line}" if line in {"width", "mass"} else "")
        + f" THEN 'hold' ELSE 'accept' END AS decision_{line}, "
        f"CASE WHEN found_{line} < re_{line} AND inspected < n_{line} THEN n_{line} - inspected ELSE 0 END AS draw_{line}"
        for line in LINES
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE wide AS
        WITH planned AS (
            SELECT lot, size, inspected,
                least(n_critical, size) AS n_critical, ac_critical, re_critical,
                least(n_major, size) AS n_major, ac_major, re_major,
                least(n_minor, size) AS n_minor, ac_minor, re_minor,
                least(3, size) AS n_width, 0 AS ac_width, 1 AS re_width,
                least(3, size) AS n_mass, 0 AS ac_mass, 1 AS re_mass
            FROM {lots} AS l JOIN plans AS p ON {band} = p.band AND l.severity = p.severity
        ), seen AS (
            SELECT lot, item, max(term = 'edge') AS edge, max(term = 'dent' AND item <= n_major) AS dent,
                max(term = 'scratch' AND item <= n_minor) AS scratch
            FROM {findings} JOIN planned USING (lot) WHERE term IN ('edge', 'dent', 'scratch') GROUP BY ALL
        ), counted AS (
            SELECT lot, count_if(edge) AS found_critical, count_if(dent AND NOT edge) AS found_major,
                count_if(scratch AND NOT edge AND NOT dent) AS found_minor
            FROM seen GROUP BY lot
        ), read AS (
            SELECT lot, count_if(term = 'width' AND NOT value::DOUBLE BETWEEN 245 AND 247) AS found_width,
                count_if(term = 'mass' AND value::DOUBLE > 510) AS found_mass,
                count_if(term = 'width') AS read_width, count_if(term = 'mass') AS read_mass
            FROM {findings} WHERE term IN ('width', 'mass') AND item <= 3 GROUP BY lot
        ), summed AS (
            SELECT planned.*, coalesce(found_critical, 0) AS found_critical,
                coalesce(found_major, 0) AS found_major, coalesce(found_minor, 0) AS found_minor,
                coalesce(found_width, 0) AS found_width, coalesce(found_mass, 0) AS found_mass,
                coalesce(read_width, 0) AS read_width, coalesce(read_mass, 0) AS read_mass
            FROM planned LEFT JOIN counted USING (lot) LEFT JOIN read USING (lot)
        )
        SELECT *, {judged} FROM summed"""
    )
    decisions = [f"decision_{line}" for line in LINES]
    different = con.sql(f"SELECT DISTINCT {', '.join(decisions)} FROM wide").fetchall()
    words = [dict(zip(decisions, row, strict=True)) | _in_words(list(row)) for row in different]
    con.register("word_rows", _arrow(words))
    con.execute("CREATE OR REPLACE TEMP TABLE words AS FROM word_rows")
    lots_ = con.sql(
        "SELECT lot, decision, why, accepted, continued, held, rejected "
        f"FROM wide JOIN words USING ({', '.join(decisions)})"
    )
    lines = con.sql(
        " UNION ALL ".join(
            f"SELECT lot, '{line}' AS line, n_{line} AS n, ac_{line} AS ac, re_{line} AS re, inspected, "
            f"found_{line} AS found, found_{line} AS at_most, decision_{line} AS decision, 1 AS stage, "
            f"draw_{line} AS draw FROM wide"
            for line in LINES
        )
    )
    return lots_, lines


def duckdb_check(con: Any, findings: str, lots: str) -> int:
    """Return how many rows of tables or files of DuckDB are wrong."""
    wrong = con.sql(
        f"""SELECT
        (SELECT count(*) FROM {findings} LEFT JOIN (SELECT lot, inspected FROM {lots}) USING (lot)
            WHERE inspected IS NULL OR item < 1 OR item IS NULL OR item > inspected
                OR term NOT IN ('edge', 'dent', 'scratch', 'width', 'mass')
                OR (term IN ('width', 'mass')) <> (TRY_CAST(value AS DOUBLE) IS NOT NULL)),
        (SELECT count(*) FROM (SELECT lot, term, item FROM {findings} WHERE term IN ('width', 'mass')
            GROUP BY ALL HAVING count(*) > 1)),
        (SELECT count(*) FROM {lots} WHERE size < 1 OR inspected > size
            OR severity NOT IN ('normal', 'tightened', 'reduced')),
        (SELECT count(*) FROM (SELECT lot FROM {lots} GROUP BY lot HAVING count(*) > 1))"""
    ).fetchall()
    return sum(wrong[0])
