"""Measure the accuracy of the library and write docs/accuracy.csv.

Run from the project's folder: ``python docs/measure_accuracy.py``, which takes a few minutes, and then
``python docs/make_accuracy_page.py``, which writes the page. Commit both.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import numpy as np

from aql.plans.operating_characteristic import pa, pr
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.quality_levels import quality_at
from aql.plans.sample_number import asn
from tests.oracles import exact_probability as exact
from tests.plans import test_golden as golden
from tests.plans.acceptance import test_accuracy as points

MEASURED = HERE / "accuracy.csv"
COLUMNS = (
    *("part", "of", "model", "what", "plans", "points", "relative", "places", "least", "worst"),
    *("plan", "lot_size", "quality"),
)

LEAST = points.LEAST
STANDARDS = ("ISO 2859-1:1999", "MIL-STD-105E")
LOT_SIZES = (1.01, 1.7, 40, 5000)
SEVEN = (1, 5, 20, 80, 315, 1250, 14_000)
# Qualities for which the reference value is itself found by a search in floats, with fewer digits than the library gives.
SEARCHED = {"aoql at", "quality"}

AnyPlan = SinglePlan | MultiplePlan
Point = tuple[AnyPlan, str, float, int | None]
"""A plan, a model, a quality (in a lot: the number nonconforming) and the lot size, or None for a process."""


class Worst(NamedTuple):
    """The largest relative error in a group of points, where it occurs, and how much was compared."""

    plans: int
    points: int
    least: float
    worst: float
    at: Point | None


# The points ------------------------------------------------------------------------------------------------------------


def groups() -> Iterator[tuple[str, Iterable[Point]]]:
    """The fixed points, by kind of plan."""
    single = [SinglePlan(n, ac) for n, ac in points.SINGLE]
    above = [SinglePlan(n, ac) for n, ac in points.ABOVE]
    standards = [plan for one in STANDARDS for plan in points.staged_plans(one)]
    yield "single", process(single, "binomial")
    yield "single", process([*single, *above], "poisson")
    lots = [plan for plan in single if plan.n <= 10_000 and plan.ac <= 500]
    largest: Point = (SinglePlan(100_000, 5000), "hypergeometric", 430_000, 10**7)
    yield "single", [*finite(lots, LOT_SIZES), largest]
    yield "single, near 1e-290", edge(single, "binomial")
    yield "single, near 1e-290", edge([*single, *above], "poisson")
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
    """Plans of seven samples of one size, with narrow and wide limits; some cannot accept at the first two stages."""
    for ready in sorted({0, size // 50, min(size // 8, 40)}):
        step = max(1, ready // 3)
        ac = [ready + step * stage for stage in range(7)]
        for width in sorted({1, step + 1, min(3 * step, 60)}):
            re = [min(one + width, ac[-1] + 1) for one in ac[:-1]]
            yield MultiplePlan([size] * 7, [None, None, *ac[2:]], [*re, ac[-1] + 1])
            yield MultiplePlan([size] * 7, ac, [*re, ac[-1] + 1])


def process(plans: Sequence[AnyPlan], model: str, *, every: int = 1) -> Iterator[Point]:
    """Qualities at which a rejection number is a given number of standard deviations from the mean."""
    for turn, plan in enumerate(plans):
        for far in points.FAR[turn % every :: every]:
            yield plan, model, points.at(plan, model, -1, far), None


def edge(plans: Sequence[AnyPlan], model: str) -> Iterator[Point]:
    """Qualities at which Pa or Pr is close to 1e-290, below which no accuracy is promised."""
    for plan in plans:
        for least in (2e-290, 1e-280):
            for wanted in ({"pa": least}, {"pr": least}):
                yield plan, model, float(quality_at(plan, model=model, **wanted)), None


def finite(plans: Sequence[AnyPlan], times: Sequence[float], *, every: int = 1) -> Iterator[Point]:
    """The same as `process`, in lots of given multiples of the sample size and at most 10 000 000 items."""
    for turn, plan in enumerate(plans):
        for many in times:
            size = max(1, min(round(plan.total * many), 10**7))
            offsets = points.FAR[turn % every :: every]
            for bad in sorted({round(points.at(plan, "binomial", -1, far) * size) for far in offsets}):
                yield plan, "hypergeometric", bad, size


# Measuring -------------------------------------------------------------------------------------------------------------


def law_of(point: Point) -> exact.Law:
    """The exact distribution of a point."""
    _, model, quality, size = point
    return points.law_of(model, quality, size)


def how_of(point: Point) -> dict[str, Any]:
    """The arguments of a point for the library's functions."""
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
    """Compare average sample numbers with the definition, for the standards' plans of at most 200 items."""
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
    """For every source and property: the largest differences from the published values and from the definition."""
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
    """For every group of points: the largest relative error compared with the definition."""
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


def property_of(row: dict[str, str]) -> str:
    """The property that a published value is of."""
    return "quality" if row["measure"].startswith("quality at ") else row["measure"]


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
        "plan": f"{type(plan).__name__}(n={plan.n}, ac={plan.ac}, re={plan.re})",
        "lot_size": size or "",
        "quality": repr(quality),
    }


def say(text: str) -> None:
    """Write one line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    measure()
