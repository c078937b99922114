"""Write docs/reference/accuracy.md from the golden catalogue and from errors measured against the definition.

Run from the project's folder. ``python docs/make_accuracy_page.py`` writes the page from the catalogue and from
docs/accuracy.csv; with ``--measure`` it first computes that file anew, which takes some minutes. Both are committed, and
a test writes the page again and compares.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import numpy as np

from aql.plans.operating import pa, pr
from aql.plans.risk import quality_at
from aql.plans.stages import asn
from aql.plans.values import MultiplePlan, SinglePlan
from tests.oracles import exact_probability as exact
from tests.plans import test_accuracy as points
from tests.plans import test_golden as golden

PAGE = HERE / "reference" / "accuracy.md"
MEASURED = HERE / "accuracy.csv"
COLUMNS = (
    *("part", "of", "model", "what", "plans", "points", "relative", "places", "least", "worst"),
    *("plan", "lot_size", "quality"),
)

LEAST = points.LEAST
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
STANDARDS = ("ISO 2859-1:1999", "MIL-STD-105E")
LOT_SIZES = (1.01, 1.7, 40, 5000)
SEVEN = (1, 5, 20, 80, 315, 1250, 14_000)
NAMES = {
    "pa": "Pa",
    "pr": "Pr",
    "asn full": "ASN",
    "asn semi": "ASN, semi-curtailed",
    "asn curtailed": "ASN, curtailed",
    "aoq": "AOQ",
    "aoq removed": "AOQ, items removed",
    "aoql": "AOQL",
    "aoql at": "quality at the AOQL",
    "ati": "ATI",
    "quality": "quality accepted with a given probability",
}

# Qualities that the catalogue's test searches for with floats, so that it knows fewer digits than the library.
SEARCHED = {"aoql at", "quality"}

AnyPlan = SinglePlan | MultiplePlan
Point = tuple[AnyPlan, str, float, int | None]
"""A plan, a model, a quality (number nonconforming in a lot) and the lot size, if there is one."""


class Worst(NamedTuple):
    """The largest relative error among the points of a group, where it is, and what was compared."""

    plans: int
    points: int
    least: float
    worst: float
    at: Point | None


# The points ------------------------------------------------------------------------------------------------------------


def groups() -> Iterator[tuple[str, Iterable[Point]]]:
    """The fixed points, by the kind of plan."""
    single = [SinglePlan(n, ac) for n, ac in points.SINGLE]
    above = [SinglePlan(n, ac) for n, ac in points.ABOVE]
    yield "single, near 1e-290", edge(single, "binomial")
    yield "single, near 1e-290", edge([*single, *above], "poisson")
    standards = [plan for one in STANDARDS for plan in points.staged_plans(one)]
    yield "single", process(single, "binomial")
    yield "single", process([*single, *above], "poisson")
    lots = [plan for plan in single if plan.n <= 10_000 and plan.ac <= 500]
    largest: Point = (SinglePlan(100_000, 5000), "hypergeometric", 430_000, 10**7)
    yield "single", [*finite(lots, LOT_SIZES), largest]
    for model in ("binomial", "poisson"):
        yield "double and multiple of the standards", process(standards, model, every=4)
    yield "double and multiple of the standards", finite(standards[::4], (0.76, 1.01, 3, 40), every=4)
    staged = [plan for size in SEVEN for plan in seven_stages(size)]
    for model in ("binomial", "poisson"):
        yield "seven stages", process(staged, model, every=2)
    yield "seven stages", finite([plan for plan in staged if plan.total <= 10_000], (0.6, 1.3, 40), every=2)
    for model in ("binomial", "poisson"):
        hard = [(plan, model, quality, None) for plan, law, quality in points.HARD if law == model]
        yield "worst known", hard
    yield "worst known", [(plan, "hypergeometric", bad, size) for plan, size, bad in points.HARD_LOTS]


def seven_stages(size: int) -> Iterator[MultiplePlan]:
    """Plans of seven samples of a size: narrow and wide ones, and some that do not accept at first."""
    for ready in sorted({0, size // 50, min(size // 8, 40)}):
        step = max(1, ready // 3)
        ac = [ready + step * stage for stage in range(7)]
        for width in sorted({1, step + 1, min(3 * step, 60)}):
            re = [min(one + width, ac[-1] + 1) for one in ac[:-1]]
            yield MultiplePlan([size] * 7, [None, None, *ac[2:]], [*re, ac[-1] + 1])
            yield MultiplePlan([size] * 7, ac, [*re, ac[-1] + 1])


def process(plans: Sequence[AnyPlan], model: str, *, every: int = 1) -> Iterator[Point]:
    """Qualities at which a rejection number lies so many standard deviations off the mean."""
    for turn, plan in enumerate(plans):
        for far in points.FAR[turn % every :: every]:
            yield plan, model, points.at(plan, model, -1, far), None


def edge(plans: Sequence[AnyPlan], model: str) -> Iterator[Point]:
    """Qualities at which Pa, or Pr, is the smallest that is promised to be right, and a little more."""
    for plan in plans:
        for least in (2e-290, 1e-280):
            for wanted in ({"pa": least}, {"pr": least}):
                yield plan, model, float(quality_at(plan, model=model, **wanted)), None


def finite(plans: Sequence[AnyPlan], times: Sequence[float], *, every: int = 1) -> Iterator[Point]:
    """The same in lots of so many times the sample, 10 000 000 items at most."""
    for turn, plan in enumerate(plans):
        for many in times:
            size = max(1, min(round(plan.total * many), 10**7))
            offsets = points.FAR[turn % every :: every]
            for bad in sorted({round(points.at(plan, "binomial", -1, far) * size) for far in offsets}):
                yield plan, "hypergeometric", bad, size


# Measuring -------------------------------------------------------------------------------------------------------------


def law_of(point: Point) -> exact.Law:
    """The law of a point, with all digits."""
    _, model, quality, size = point
    return points.law_of(model, quality, size)


def how_of(point: Point) -> dict[str, Any]:
    """The arguments that ask the library for a point."""
    _, model, quality, size = point
    if size is None:
        return {"p": quality, "model": model}
    return {"nonconforming": quality, "model": model, "lot_size": size}


def worst_of(group: Iterable[Point]) -> dict[str, Worst]:
    """Compare Pa and Pr of every point with the definition; probabilities below 1e-290 are left out."""
    plans: dict[str, set[AnyPlan]] = {"pa": set(), "pr": set()}
    found = {what: Worst(0, 0, 1.0, -1.0, None) for what in plans}
    for point in group:
        plan, _, _, size = point
        through = exact.walk(exact.plan_of(plan, size), law_of(point))
        for what, function, parts in (("pa", pa, through.accepted), ("pr", pr, through.rejected)):
            wanted = sum(parts)
            if wanted < LEAST:
                continue
            error = exact.relative_error(function(plan, **how_of(point)), wanted)
            plans[what].add(plan)
            _, number, least, worst, at = found[what]
            if error > worst:
                worst, at = error, point
            found[what] = Worst(len(plans[what]), number + 1, min(least, float(wanted)), worst, at)
    return found


def worst_asn(inspection: str, model: str) -> Worst:
    """The same of average sample numbers, over the plans of the standards that inspect 200 items at most."""
    chosen = [plan for one in STANDARDS for plan in points.staged_plans(one) if plan.total <= 200]
    number, worst, at = 0, -1.0, None
    group = (
        finite(chosen, (1.01, 40), every=6) if model == "hypergeometric" else process(chosen, model, every=4)
    )
    for point in group:
        plan, _, _, size = point
        wanted = exact.asn(exact.plan_of(plan, size), law_of(point), inspection)
        error = exact.relative_error(asn(plan, inspection=inspection, **how_of(point)), wanted)
        number += 1
        if error > worst:
            worst, at = error, point
    return Worst(len(set(chosen)), number, 1.0, worst, at)


def measure() -> None:
    """Compute docs/accuracy.csv."""
    rows = [*printed_figures(), *defined_figures()]
    with MEASURED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def printed_figures() -> Iterator[dict[str, object]]:
    """For every source and property of the catalogue: the largest differences from print and from the definition."""
    for source, what in dict.fromkeys((row["source"], property_of(row)) for row in golden.PRINTED):
        relative = places = error = 0.0
        mine = [row for row in golden.PRINTED if (row["source"], property_of(row)) == (source, what)]
        for row in mine:
            found, printed = golden.found(row), float(row["printed"])
            relative = max(relative, abs(found / printed - 1) if printed else abs(found))
            places = max(places, abs(found - printed) / float(row["unit"]))
            if what not in SEARCHED:
                error = max(error, exact.relative_error(found, golden.defined(row)))
        yield {
            "part": "printed",
            "of": source,
            "what": what,
            "points": len(mine),
            "relative": f"{relative:.1e}",
            "places": f"{places:.2f}",
            "worst": "" if what in SEARCHED else f"{error:.1e}",
        }


def defined_figures() -> Iterator[dict[str, object]]:
    """For every group of points: the largest relative error against the definition."""
    for name, group in groups():
        listed = list(group)
        for what, found in worst_of(listed).items():
            yield row_of(name, listed[0][1], what, found)
            say(f"{name}, {listed[0][1]}, {what}: {found.worst:.1e} of {found.points}")
    for inspection in ("full", "semi", "curtailed"):
        for model in points.MODELS:
            found = worst_asn(inspection, model)
            yield row_of("double and multiple of the standards", model, f"asn {inspection}", found)
            say(f"asn {inspection}, {model}: {found.worst:.1e} of {found.points}")


def row_of(name: str, model: str, what: str, found: Worst) -> dict[str, object]:
    """A row of docs/accuracy.csv."""
    plan, _, quality, size = found.at or (None, "", "", None)
    return {
        "part": "defined",
        "of": name,
        "model": model,
        "what": what,
        "plans": found.plans,
        "points": found.points,
        "least": f"{found.least:.1e}",
        "worst": f"{found.worst:.1e}",
        "plan": repr(plan),
        "lot_size": size or "",
        "quality": repr(quality),
    }


def say(text: str) -> None:
    """Write one line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


# The page --------------------------------------------------------------------------------------------------------------


def property_of(row: dict[str, str]) -> str:
    """What a row of the catalogue is about."""
    return "quality" if row["measure"].startswith("quality at ") else row["measure"]


def measured() -> list[dict[str, str]]:
    """The rows of docs/accuracy.csv."""
    with MEASURED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def linked(source: str) -> str:
    """A source with its address behind its name."""
    words, sign, address = source.partition(", http")
    return f"[{words}](http{address})" if sign and " " not in address else source.replace("|", "\\|")


def amount(value: float) -> str:
    """A small number in two digits, which no browser breaks in two.

    Examples
    --------
    >>> amount(0.0), amount(2.21e-15)
    ('0', '2.2×10⁻¹⁵')
    """
    digits, _, power = f"{value:.1e}".partition("e")
    return "0" if value == 0 else f"{digits}×10{str(int(power)).translate(RAISED)}"


def grouped(number: int) -> str:
    """A whole number, its thousands apart and kept together."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def page() -> str:
    """The text of the page."""
    stored = measured()
    rows = golden.PRINTED
    sources = list(dict.fromkeys(row["source"] for row in rows))
    against = [row for row in stored if row["part"] == "defined"]
    compared, worst = sum(int(row["points"]) for row in against), max(float(row["worst"]) for row in against)
    lines = [
        "# Accuracy",
        "",
        *wrapped(
            "Written by `python docs/make_accuracy_page.py`; do not edit.",
            "",
            f"{len(rows)} values that others print, from {len(sources)} sources, are recomputed by every run of the "
            "tests, and agree to half a unit of their last place (to 1e-14 of themselves where all digits of a float are "
            "printed). Where there is no print, the definition is worked out "
            "in exact fractions or with 400 digits, and the library is held against that: in "
            f"{grouped(compared)} comparisons the largest relative error is {amount(worst)}. The tests fail at 1e-12.",
        ),
        "",
        "## Against print",
        "",
        *wrapped(
            "The values are in `tests/golden/operating_characteristics.csv`, each with its source and what was asked "
            "there. A print is rounded, so a difference from it says little; two columns tell what it does say. *Last "
            "place*: the largest difference in units of the last printed place; 0.5 is what rounding makes, and more stands "
            "where all digits of a float are printed. *Error*: the "
            "largest relative error of the library against the definition, at the very plans and qualities of the "
            "source.",
        ),
        "",
        "| source | property | values | largest relative difference from print | last place | error |",
        "|---|---|--:|--:|--:|--:|",
        *printed_rows(stored),
        "",
        *wrapped(
            "No error is given for qualities: the test searches for them with floats, and near a maximum a curve is flat, "
            "so that it knows fewer digits than the library.",
        ),
        "",
        "## Printed values that are not confirmed",
        "",
        *wrapped(
            f"{len(golden.WRONG)} values that were found in the same sources do not agree with their definition. "
            "[Printed numbers that are wrong](../explanation/printed_errors.md) tells why; the library gives what is "
            "under *right*.",
        ),
        "",
        "| source | property | printed | right | kind |",
        "|---|---|--:|--:|---|",
        *(
            f"| {linked(row['source'])} | {NAMES[property_of(row)]} | "
            f"{row['printed'] or '–'} | {row['right']} | {row['kind']} |"
            for row in golden.WRONG
        ),
        "",
        "## Against the definition",
        "",
        *wrapped(
            "A plan is gone through stage by stage as its definition says, in fractions or with 400 digits, for the very "
            "float that is asked for. The points are fixed.",
            "",
            f"*Single*: samples of 1 to {grouped(100_000)} and acceptance numbers to 5000; in lots, samples to "
            f"{grouped(10_000)} and acceptance numbers to 500 in lots of 1.01 to 5000 times the sample, and "
            f"({grouped(100_000)}, 5000) in one of {grouped(10**7)}. *Near 1e-290*: where a probability is 1e-280 and "
            "2e-290; what is smaller than 1e-290 is left out everywhere. *The standards*: every double and multiple plan of "
            f"{' and '.join(STANDARDS)}. *Seven stages*: samples of 1 to {grouped(14_000)} each, narrow and wide, with and "
            "without acceptance at the first stages. *Worst known*: points that were hard, among them plans with two large "
            "samples after a tiny one and acceptance numbers that cannot be reached. The other qualities put the mean number "
            "found from 30 standard deviations below the last rejection number to 34 above. The point of each largest error "
            "is in `docs/accuracy.csv`.",
        ),
        "",
        "| kind of plan | model | property | plans | points | smallest value | largest relative error |",
        "|---|---|---|--:|--:|--:|--:|",
        *(defined_row(row) for row in stored if row["part"] == "defined" and row["what"] in {"pa", "pr"}),
        "",
        "Average sample numbers, of the double and multiple plans of the standards that inspect 200 items at most:",
        "",
        "| property | model | plans | points | largest relative error |",
        "|---|---|--:|--:|--:|",
        *(
            f"| {NAMES[row['what']]} | {row['model']} | {row['plans']} | {row['points']} | {amount(float(row['worst']))} |"
            for row in stored
            if row["part"] == "defined" and row["what"].startswith("asn")
        ),
        "",
        "## On small lots, through the score",
        "",
        *wrapped(
            "The probabilities belong to what is done with a lot. For lots of N items all 2^N patterns of conforming and "
            "nonconforming items, in the order drawn, go through `aql.score` as an inspector would send them: every single "
            "and double plan that fits for N up to 7, and a sample of single, double and multiple plans for N up to 10. (Of "
            "double plans, those with Re = Ac + 1 at the second sample. A gap there changes no decision; plans that have one "
            "are tried for N up to 4, and in the sample.) "
            "For every number nonconforming the share accepted, a fraction, equals the definition, and `pa` in the "
            "hypergeometric model to 1e-13; so does the mean number of items inspected, and `asn` "
            "(`tests/inspection/test_chain_on_small_lots.py`).",
            "",
            "Whole inspections with critical, major and minor defects, by the three conventions for samples, are simulated "
            "through `aql.score` and held against their computed probability, with exact binomial bounds that a right "
            "library misses for one seed in a million (`tests/inspection/test_simulated_inspections.py`).",
        ),
    ]
    return "\n".join(lines) + "\n"


def wrapped(*paragraphs: str) -> list[str]:
    """Paragraphs in lines of some 120 characters."""
    import textwrap

    return [
        line
        for text in paragraphs
        for line in textwrap.wrap(text, 118, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def printed_rows(stored: Sequence[dict[str, str]]) -> Iterator[str]:
    """The catalogue by source and property."""
    before = ""
    for row in stored:
        if row["part"] == "printed":
            source = linked(row["of"]) if row["of"] != before else ""
            error = amount(float(row["worst"])) if row["worst"] else "–"
            relative = amount(float(row["relative"]))
            yield f"| {source} | {NAMES[row['what']]} | {row['points']} | {relative} | {row['places']} | {error} |"
            before = row["of"]


def defined_row(row: dict[str, str]) -> str:
    """One group of points."""
    return (
        f"| {row['of']} | {row['model']} | {NAMES[row['what']]} | {row['plans']} | {row['points']} | "
        f"{amount(float(row['least']))} | "
        f"{amount(float(row['worst']))} |"
    )


def main() -> None:
    """Read the options."""
    parser = argparse.ArgumentParser(description="Write docs/reference/accuracy.md.")
    parser.add_argument("--measure", action="store_true", help="first compute docs/accuracy.csv anew")
    if parser.parse_args().measure:
        measure()
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
