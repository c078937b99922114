"""Write docs/reference/speed.md from the measurements in benchmarks/results.json.

Run from the project's folder: ``python docs/make_speed_page.py``. The page is committed, and a test checks that it is up
to date.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE / "reference" / "speed.md"
RESULTS = HERE.parent / "benchmarks" / "results.json"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

Results = dict[str, Any]


def page() -> str:
    """The text of the page."""
    kept: Results = json.loads(RESULTS.read_text("utf-8"))
    lines = [
        "# Speed",
        "",
        *wrapped(
            "Written by `python docs/make_speed_page.py` from `benchmarks/results.json`; do not edit. These are "
            "measurements; no test asserts them."
        ),
        "",
    ]
    if "operating" in kept:
        lines += operating(kept["operating"])
    if "engine" in kept:
        lines += engine(kept["engine"])
    if "everyday" in kept:
        lines += everyday(kept["everyday"])
    if "bulk" in kept:
        lines += bulk(kept["bulk"])
    if "bulk_growth" in kept:
        lines += bulk_growth(kept["bulk_growth"])
    for cluster in ("spark", "dask"):
        if f"clusters_{cluster}" in kept:
            lines += clusters(kept[f"clusters_{cluster}"])
    return "\n".join(lines).rstrip("\n") + "\n"


def operating(kept: Results) -> list[str]:
    """The sections on OC curves, average sample numbers, designs and memory."""
    versions = ", ".join(f"{name} {number}" for name, number in kept["versions"].items())
    plans = "; ".join(f"{name}: {numbers(plan)}" for name, plan in kept["plans"].items())
    return [
        "## Operating characteristics",
        "",
        *wrapped(
            f"Measured on {kept['machine']}; {versions}. Each time is the shortest of many runs. *Ratio* is the time divided "
            "by that of this library. *Differs* is the largest relative difference from this library's results, for values "
            "above 1e-290; for accuracy see [Accuracy](accuracy.md). A library that takes one point at a time was given "
            "fewer of the same points (*from*), and its time was scaled up.",
            "",
            f"The staged plans are those of letter L at AQL 4.0 ({plans}; samples, then Ac/Re). To repeat the measurement, "
            "run `python benchmarks/operating.py`, which measures other libraries if they are installed.",
        ),
        "",
        "| case | library | time | target | ratio | differs |",
        "|---|---|--:|--:|--:|--:|",
        *curve_rows(kept["curves"]),
        "",
        *wrapped(
            "For the five stages, this library also computes the average sample number, as does scipy.stats in the same "
            "loop. Along with a curve, mistat computes AOQ and ATI, and lotsampling computes AOQ and average fraction "
            "inspected. mfgqc chooses its own 300 points."
        ),
        "",
        "## Average sample number",
        "",
        f"{grouped(kept['sample_numbers'][0]['points'])} points, by kind of inspection.",
        "",
        "| plan, model, inspection | time | scipy.stats | ratio |",
        "|---|--:|--:|--:|",
        *(
            f"| {one['case']} | {time_of(one['seconds'])} | "
            + (
                f"{time_of(one['scipy'])} | {ratio(one['scipy'] / one['seconds'])} |"
                if "scipy" in one
                else "– | – |"
            )
            for one in kept["sample_numbers"]
        ),
        "",
        "## The first call of a plan",
        "",
        *wrapped(
            "A plan is compiled once and then recognised by its value. The first call, with one quality, takes longer than "
            "later calls:"
        ),
        "",
        "| samples | time |",
        "|---|--:|",
        *(f"| {samples(one['plan'])} | {time_of(one['seconds'])} |" for one in kept["first_calls"]),
        "",
        "## Design",
        "",
        *wrapped(
            "`aql.design` over a grid of qualities, distances between them and risks: every requirement that needs at most "
            "100 000 items. Target: under 1 ms each."
        ),
        "",
        "| model | requirements | largest sample | median | worst | under 1 ms |",
        "|---|--:|--:|--:|--:|--:|",
        *(
            f"| {one['model']} | {one['demands']} | {grouped(one['largest'])} | {time_of(one['median'])} | "
            f"{time_of(one['worst'])} | {one['within']} |"
            for one in kept["designs"]
        ),
        "",
        *worst_designs(kept["designs"]),
        "",
        "Compared with other libraries, binomial:",
        "",
        "| requirement | library | plan | time | ratio |",
        "|---|---|---|--:|--:|",
        *design_rows(kept["designs_beside_others"]),
        "",
        *memory(kept.get("memory")),
    ]


def curve_rows(curves: list[Results]) -> Iterator[str]:
    """Rows of the table of OC curves."""
    for case in curves:
        wanted = case["wanted"].strip("-")
        named = case["case"] + (f", {grouped(case['points'])} points" if case["points"] > 1 else "")
        mine = time_of(case["seconds"])
        yield f"| **{named}** | aql | **{mine}** | {micro(wanted)} | 1 | |"
        for peer in case["peers"]:
            share = "" if peer["points"] == case["points"] else f", from {grouped(peer['points'])} points"
            yield (
                f"| | {peer['library']}{share} | {time_of(peer['seconds'])} | | "
                f"{ratio(peer['seconds'] / case['seconds'])} | {amount(peer['differs'])} |"
            )


def worst_designs(designs: list[Results]) -> list[str]:
    """Name the slowest designs."""
    texts = (
        f"{one['model']}, `prq={tuple(one['worst_prq'])}, crq={tuple(one['worst_crq'])}`, which gives "
        f"`{one['worst_plan']}`"
        for one in designs
    )
    return wrapped(f"The slowest are {'; '.join(texts)}.")


def design_rows(designs: list[Results]) -> Iterator[str]:
    """Rows of the table that compares designs with those of other libraries."""
    for case in designs:
        yield f"| **{case['case'].removeprefix('design, ')}** | aql | {plan(case)} | **{time_of(case['seconds'])}** | 1 |"
        for peer in case["peers"]:
            if peer["seconds"] is None:
                yield f"| | {peer['library']} | none found | – | – |"
                continue
            share = ratio(peer["seconds"] / case["seconds"])
            yield f"| | {peer['library']} | {plan(peer)} | {time_of(peer['seconds'])} | {share} |"


def memory(kept: Results | None) -> list[str]:
    """The section on peak memory."""
    if kept is None:
        return []
    return [
        "## Memory",
        "",
        *wrapped(
            f"Peak memory for {grouped(kept['points'])} points, not counting the points and the results. Each case ran in its "
            f"own process. Target: under {kept['wanted']} GiB. Measured with `python benchmarks/operating.py --memory`."
        ),
        "",
        "| case | memory | time |",
        "|---|--:|--:|",
        *(
            f"| {one['case']} | failed | – |"
            if one["gib"] is None
            else f"| {one['case']} | {one['gib']:.2f} GiB | {time_of(one['seconds'])} |"
            for one in kept["cases"]
        ),
        "",
    ]


def engine(kept: Results) -> list[str]:
    """The section on every plan of the standards, finite lots and closed forms."""
    return [
        "## Every plan of the standards, and finite lots",
        "",
        *wrapped(
            f"Measured on {kept['machine']} with `python benchmarks/engine.py`. Arrays have {grouped(kept['points'])} points. "
            "*Worst* is the slowest of all plans of ISO 2859-1 and MIL-STD-105E, one probability per call; those with a lot, "
            f"a quality level (`crq`) or a design have a lot of {grouped(kept['lot'])} if no other is named. The ratio of "
            "another library is its time divided by that of this library; libRmath was called from a loop in C.",
        ),
        "",
        "| what | time | target | others, with ratio |",
        "|---|--:|---|---|",
        *(
            f"| {one['what']} | {time_of(one['seconds'])} | {micro(one['wanted'])} | "
            + ", ".join(
                f"{name} {time_of(seconds)} ({ratio(seconds / one['seconds'])})"
                for name, seconds in one["others"].items()
            )
            + " |"
            for one in kept["rows"]
        ),
        "",
    ]


def everyday(kept: Results) -> list[str]:
    """The section on lookups, scoring, the report and the command line."""
    return [
        "## Lookup, score, report, command line",
        "",
        *wrapped(f"Measured on {kept['machine']} with `python benchmarks/run.py`."),
        "",
        "| what | shortest | median | target |",
        "|---|--:|--:|--:|",
        *(
            f"| {one['what']} | {time_of(one['shortest'])} | {time_of(one['median'])} | {micro(one['wanted'])} |"
            for one in kept["figures"]
        ),
        "",
    ]


def bulk(kept: Results) -> list[str]:
    """The section on verdicts in bulk."""
    return [
        "## Verdicts in bulk",
        "",
        *wrapped(
            f"Measured on {kept['machine']} with `python benchmarks/bulk.py --findings {kept['findings']}`, on a tenth as many "
            "lots: three classes and two measured terms. *By hand* is a query written in the same engine for this contract "
            "alone, which gives the same frames; the ratios are to it. *Processor* is the time of all cores together, which "
            "other programs on the machine do not change; memory is the peak beyond the frames that came. `duckdb-files` "
            "reads and writes Parquet files with at most 1 GiB of memory. For what the times depend on, see "
            "[What verdicts in bulk cost](../explanation/what_bulk_costs.md)."
        ),
        "",
        "| engine | processor by hand | aql | ratio | memory by hand | aql | ratio |",
        "|---|--:|--:|--:|--:|--:|--:|",
        *(
            f"| {one['what']} | {time_of(hand['processor'])} | {time_of(ours['processor'])} "
            f"| {ratio(ours['processor'] / hand['processor'])} | {ratio(hand['mebibytes'])} MiB "
            f"| {ratio(ours['mebibytes'])} MiB | {ratio(ours['mebibytes'] / hand['mebibytes'])} |"
            for one in kept["figures"]
            if (ours := one["aql"]) and (hand := one["by_hand"])
        ),
        "",
        *(
            line
            for one in kept["figures"]
            if not one["by_hand"]
            for line in (f"{one['what']}: {time_of(one['aql']['processor'])}.", "")
        ),
    ]


def bulk_growth(kept: Results) -> list[str]:
    """The section on how the time of verdicts in bulk grows."""
    figures = {(one["findings"], one["engine"], one["threads"]): one for one in kept["growth"]}
    numbers_of = sorted({findings for findings, _, threads in figures if threads == 2})
    return [
        "### More and more findings",
        "",
        *wrapped(
            f"Measured on {kept['machine']} with `python benchmarks/bulk.py --growth`, from Parquet files to Parquet files, with "
            "validation, ten findings per lot. The time is that of all cores together; memory is the peak of the process beyond "
            "what it needs to start. DuckDB may use 4 GiB and writes the rest to the disk."
        ),
        "",
        "| findings | polars | memory | DuckDB | memory |",
        "|--:|--:|--:|--:|--:|",
        *(
            f"| {grouped(number)} | {_cells(figures.get((number, 'polars', 2)))} | {_cells(figures.get((number, 'duckdb', 2)))} |"
            for number in numbers_of
        ),
        "",
        *wrapped(
            "The same with one thread and with two, again the time of all cores together: where it stays the same, two idle "
            "cores take about half the time on the clock."
        ),
        "",
        "| findings | engine | one thread | two threads | ratio |",
        "|--:|---|--:|--:|--:|",
        *(
            f"| {grouped(number)} | {engine} | {time_of(one['processor'])} | {time_of(two['processor'])} "
            f"| {ratio(two['processor'] / one['processor'])} |"
            for (number, engine, threads), one in figures.items()
            if threads == 1 and (two := figures[number, engine, 2])
        ),
        "",
    ]


def _cells(figure: dict[str, Any] | None) -> str:
    """Time and memory of a run; not measured if it is missing."""
    return (
        f"{time_of(figure['processor'])} | {ratio(figure['mebibytes'])} MiB" if figure else "not measured | "
    )


def clusters(kept: Results) -> list[str]:
    """The section on verdicts with Spark or Dask on one machine."""
    figures = {(one["cores"], one["what"]): one["processor"] for one in kept["figures"]}
    cores = sorted({number for number, _ in figures})
    engine = kept["figures"][0]["engine"]
    return [
        f"### {engine.capitalize()} on one machine",
        "",
        *wrapped(
            f"Measured on {kept['machine']} with `python benchmarks/clusters.py --engine {engine} --findings {kept['findings']}`: "
            "the time of all cores together, of all processes, for the number of lots by decision; the least of the runs, in "
            "turn. *By hand* is a query for this contract alone."
        ),
        "",
        f"| query | {' | '.join('one core' if one == 1 else f'{one} cores' for one in cores)} |",
        f"|---|{'--:|' * len(cores)}",
        *(
            f"| {what} | {' | '.join(time_of(figures[one, what]) for one in cores)} |"
            for what in dict.fromkeys(what for _, what in figures)
        ),
        "",
    ]


# Numbers ---------------------------------------------------------------------------------------------------------------


def time_of(seconds: float) -> str:
    """A time with three digits, in a suitable unit.

    Examples
    --------
    >>> time_of(0.00123456), time_of(2.0), time_of(1e-7)
    ('1.23 ms', '2.00 s', '100 ns')
    """
    unit, scale = next(
        ((unit, scale) for unit, scale in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)) if seconds * scale >= 1),
        ("ns", 1e9),
    )
    return f"{plain(seconds * scale)} {unit}"


def amount(value: float) -> str:
    """A small number with two digits and no spaces, so that browsers do not break it across lines.

    Examples
    --------
    >>> amount(0.0), amount(2.21e-15)
    ('0', '2.2×10⁻¹⁵')
    """
    digits, _, power = f"{value:.1e}".partition("e")
    return "0" if value == 0 else f"{digits}×10{str(int(power)).translate(RAISED)}"


def ratio(value: float) -> str:
    """A ratio of times with three digits."""
    return plain(value)


def plain(value: float) -> str:
    """A number with three digits, without an exponent and with its thousands separated."""
    return f"{value:#.3g}".rstrip(".") if value < 999.5 else grouped(round(float(f"{value:.3g}")))


def grouped(number: int) -> str:
    """A whole number with no-break spaces between the thousands."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def micro(text: str) -> str:
    """A target with "µs" and "under" instead of "us" and "<"."""
    return text.replace("us", "µs").replace("<", "under")


def numbers(plan: dict[str, list[int]]) -> str:
    """A staged plan in short: the samples, then Ac/Re of each."""
    limits = (f"{'#' if ac < 0 else ac}/{re}" for ac, re in zip(plan["ac"], plan["re"], strict=True))
    return f"{len(plan['n'])} × {plan['n'][0]}, {' '.join(limits)}"


def samples(text: str) -> str:
    """The sample sizes of a plan, such as `100 000` or `50 + 50`."""
    return " + ".join(grouped(int(one)) for one in text.split(" + "))


def plan(found: Results) -> str:
    """A single plan as `(n, Ac)`."""
    n, ac = found["plan"]
    return f"({n}, {ac})"


def wrapped(*paragraphs: str) -> list[str]:
    """Paragraphs wrapped at 118 characters."""
    return [
        line
        for text in paragraphs
        for line in textwrap.wrap(text, 118, break_long_words=False, break_on_hyphens=False) or [""]
    ]


if __name__ == "__main__":
    text = page()
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE.name}, {len(text.splitlines())} lines\n")
