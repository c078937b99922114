"""Write docs/reference/speed.md from what the benchmarks kept in benchmarks/results.json.

Run from the project's folder: ``python docs/make_speed_page.py``. The page is committed; a test writes it again and
compares.
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
            "Written by `python docs/make_speed_page.py` from `benchmarks/results.json`; do not edit. Speed is measured, "
            "and asserted in no test."
        ),
        "",
    ]
    if "operating" in kept:
        lines += operating(kept["operating"])
    if "everyday" in kept:
        lines += everyday(kept["everyday"])
    return "\n".join(lines).rstrip("\n") + "\n"


def operating(kept: Results) -> list[str]:
    """Operating characteristics, sample numbers, designs and memory."""
    versions = ", ".join(f"{name} {number}" for name, number in kept["versions"].items())
    plans = "; ".join(f"{name}: {numbers(plan)}" for name, plan in kept["plans"].items())
    return [
        "## Operating characteristics",
        "",
        *wrapped(
            f"On {kept['machine']}; {versions}. A time is the shortest of many runs. *Ratio*: how many times as long as "
            "this library. *Differs*: the largest relative difference from this library's results, of values above "
            "1e-290; how right these are is told in [accuracy](accuracy.md). A library that takes one point at a time "
            "was given fewer of the same points (*from*) and its time scaled up.",
            "",
            f"The staged plans are those of letter L at AQL 4.0 ({plans}; samples, then Ac/Re). To measure again: "
            "`python benchmarks/operating.py`; other libraries are measured where they are installed.",
        ),
        "",
        "| case | library | time | wanted | ratio | differs |",
        "|---|---|--:|--:|--:|--:|",
        *curve_rows(kept["curves"]),
        "",
        *wrapped(
            "With the five stages this library computes the average sample number too; so does scipy.stats, in the same "
            "loop. mistat computes AOQ and ATI with a curve, lotsampling AOQ and average fraction inspected, and mfgqc "
            "takes 300 points of its own choice."
        ),
        "",
        "## Average sample number",
        "",
        f"{grouped(kept['sample_numbers'][0]['points'])} points, by the way of inspection.",
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
            "A plan is compiled once and then known by its value. The first call, with one quality, takes longer than "
            "the next ones:"
        ),
        "",
        "| samples | time |",
        "|---|--:|",
        *(f"| {samples(one['plan'])} | {time_of(one['seconds'])} |" for one in kept["first_calls"]),
        "",
        "## Design",
        "",
        *wrapped(
            "`aql.design` over a grid of qualities, distances between them and risks, every demand that takes 100 000 items "
            "at most. Wanted: under 1 ms each."
        ),
        "",
        "| model | demands | largest sample | median | worst | under 1 ms |",
        "|---|--:|--:|--:|--:|--:|",
        *(
            f"| {one['model']} | {one['demands']} | {grouped(one['largest'])} | {time_of(one['median'])} | "
            f"{time_of(one['worst'])} | {one['within']} |"
            for one in kept["designs"]
        ),
        "",
        *worst_designs(kept["designs"]),
        "",
        "Beside others, binomial:",
        "",
        "| demand | library | plan | time | ratio |",
        "|---|---|---|--:|--:|",
        *design_rows(kept["designs_beside_others"]),
        "",
        *memory(kept.get("memory")),
    ]


def curve_rows(curves: list[Results]) -> Iterator[str]:
    """Rows of the table of operating characteristics."""
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
    """Where the slowest designs lie."""
    texts = (
        f"{one['model']}, `prq={tuple(one['worst_prq'])}, crq={tuple(one['worst_crq'])}`, which gives "
        f"`{one['worst_plan']}`"
        for one in designs
    )
    return wrapped(f"The slowest are {'; '.join(texts)}.")


def design_rows(designs: list[Results]) -> Iterator[str]:
    """Rows of the table of designs beside others."""
    for case in designs:
        yield f"| **{case['case'].removeprefix('design, ')}** | aql | {plan(case)} | **{time_of(case['seconds'])}** | 1 |"
        for peer in case["peers"]:
            if peer["seconds"] is None:
                yield f"| | {peer['library']} | none found | – | – |"
                continue
            share = ratio(peer["seconds"] / case["seconds"])
            yield f"| | {peer['library']} | {plan(peer)} | {time_of(peer['seconds'])} | {share} |"


def memory(kept: Results | None) -> list[str]:
    """Peak memory of very many points."""
    if kept is None:
        return []
    return [
        "## Memory",
        "",
        *wrapped(
            f"Peak memory of {grouped(kept['points'])} points beyond the points and the results, each case in a process of "
            f"its own. Wanted: under {kept['wanted']} GiB. `python benchmarks/operating.py --memory`."
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


def everyday(kept: Results) -> list[str]:
    """Lookups, scoring, the report and the command line."""
    return [
        "## Lookup, score, report, command line",
        "",
        *wrapped(f"On {kept['machine']}. `python benchmarks/run.py`."),
        "",
        "| what | shortest | median | wanted |",
        "|---|--:|--:|--:|",
        *(
            f"| {one['what']} | {time_of(one['shortest'])} | {time_of(one['median'])} | {micro(one['wanted'])} |"
            for one in kept["figures"]
        ),
        "",
    ]


# Numbers ---------------------------------------------------------------------------------------------------------------


def time_of(seconds: float) -> str:
    """A time with three digits, in a unit that suits it.

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
    """A small number in two digits, which no browser breaks in two.

    Examples
    --------
    >>> amount(0.0), amount(2.21e-15)
    ('0', '2.2×10⁻¹⁵')
    """
    digits, _, power = f"{value:.1e}".partition("e")
    return "0" if value == 0 else f"{digits}×10{str(int(power)).translate(RAISED)}"


def ratio(value: float) -> str:
    """How many times as long, with three digits."""
    return plain(value)


def plain(value: float) -> str:
    """Three digits without an exponent, thousands apart."""
    return f"{value:#.3g}".rstrip(".") if value < 999.5 else grouped(round(float(f"{value:.3g}")))


def grouped(number: int) -> str:
    """A whole number, its thousands apart and kept together."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def micro(text: str) -> str:
    """A wanted figure with the sign of microseconds, safe in Markdown."""
    return text.replace("us", "µs").replace("<", "under")


def numbers(plan: dict[str, list[int]]) -> str:
    """A staged plan in few signs: samples, then Ac/Re of each."""
    limits = (f"{'#' if ac < 0 else ac}/{re}" for ac, re in zip(plan["ac"], plan["re"], strict=True))
    return f"{len(plan['n'])} × {plan['n'][0]}, {' '.join(limits)}"


def samples(text: str) -> str:
    """The samples of a plan, as `100 000` or `50 + 50`."""
    return " + ".join(grouped(int(one)) for one in text.split(" + "))


def plan(found: Results) -> str:
    """A single plan."""
    n, ac = found["plan"]
    return f"({n}, {ac})"


def wrapped(*paragraphs: str) -> list[str]:
    """Paragraphs in lines of some 120 characters."""
    return [
        line
        for text in paragraphs
        for line in textwrap.wrap(text, 118, break_long_words=False, break_on_hyphens=False) or [""]
    ]


if __name__ == "__main__":
    text = page()
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE.name}, {len(text.splitlines())} lines\n")
