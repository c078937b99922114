"""Time the acceptance engine, compared with scipy and libRmath.

    python benchmarks/engine.py

Numbers: complete public calls for every plan of ISO 2859-1 and MIL-STD-105E; it prints the longest time and the median,
and the times of scipy and libRmath for the slowest plan. Arrays: 100 000 points. libRmath is called from a C loop without
the overhead of Python, and is measured only if a C compiler and the library are installed (on Debian, r-mathlib).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from functools import partial
from operator import itemgetter
from statistics import median
from typing import Any

import numpy as np
from cases import POINTS, best, keep, machine, say, written
from peers import stages_by_scipy
from rmath import Rmath, rmath
from scipy import stats

import aql
from aql.errors import AqlError
from aql.plans.acceptance.ends import compiled

STANDARDS: tuple[aql.types.Standard, ...] = ("ISO 2859-1:1999", "MIL-STD-105E")
LETTERS = "ABCDEFGHJKLMNPQR"
AQLS = [f"{step * 10.0**power:.6g}" for power in range(-2, 3) for step in (1, 1.5, 2.5, 4, 6.5)] + ["1000"]
LOT = 10_000
MODELS: tuple[aql.types.Model, ...] = ("binomial", "poisson", "hypergeometric")

Plan = aql.SinglePlan | aql.MultiplePlan


def timed(work: Callable[..., Any], *args: Any, seconds: float = 0.6, **how: Any) -> float:
    """Shortest time of a call, in seconds."""
    return best(partial(work, *args, **how), seconds=seconds)


KEPT: list[dict[str, Any]] = []
"""Every row printed so far."""


def row(name: str, seconds: float, wanted: str = "", **others: float) -> None:
    """Print and keep the time of this library, then the times of others with their ratios to it."""
    KEPT.append({"what": name, "seconds": seconds, "wanted": wanted, "others": others})
    others_written = ", ".join(
        f"{other} {written(time)} ({time / seconds:.3g})" for other, time in others.items()
    )
    say(f"  {name:<62} {written(seconds):>9}   {wanted and f'wanted {wanted}':<18} {others_written}")


def in_short(plan: Plan) -> str:
    """A plan as its samples and last acceptance number."""
    return f"{' + '.join(str(stage.n) for stage in plan.stages)}, Ac {plan.final_ac}"


# Numbers ---------------------------------------------------------------------------------------------------------


def plans(sampling: aql.types.Sampling) -> list[Plan]:
    """All distinct plans in the tables of the standards."""
    found: dict[Plan, None] = {}
    for standard, letter, severity, column in itertools.product(
        STANDARDS, LETTERS, aql.types.SEVERITIES, AQLS
    ):
        try:
            asked = aql.lookup(
                letter=letter, aql=column, severity=severity, sampling=sampling, standard=standard
            )
        except AqlError:
            continue
        if isinstance(asked.plan, Plan):
            found[asked.plan] = None
    return list(found)


def worst(works: Iterable[tuple[Callable[[], Any], Any]]) -> tuple[float, Any, float]:
    """The longest time, the plan or requirement that took it, and the median."""
    times = [[best(work, seconds=0.001), work, of] for work, of in works]
    # Time the slowest again, for longer: other programs can disturb a short measurement.
    for one in sorted(times, key=itemgetter(0))[-20:]:
        one[0] = min(one[0], best(one[1], seconds=0.1))
    seconds, _, of = max(times, key=itemgetter(0))
    return seconds, of, median(map(itemgetter(0), times))


def asked(model: aql.types.Model, plan: Plan) -> tuple[Callable[[], float], float]:
    """A call at a quality that the plan often accepts and often rejects, and that quality for the distribution function."""
    quality = (plan.final_ac + 0.7) / (plan.total + 0.4)
    if model == "poisson":
        return partial(plan.pa, quality, model="poisson"), quality
    if model == "binomial":
        quality = min(quality, 0.5)
        return partial(plan.pa, quality), quality
    bad = min(round(quality * LOT), LOT)
    return partial(plan.pa, nonconforming=bad, model="hypergeometric", lot_size=LOT), float(bad)


def numbers(in_r: Rmath | None) -> None:
    """Time one probability at a time."""
    wanted = {("single", model): "15 us" for model in MODELS} | {("double", "hypergeometric"): "100 us"}
    for sampling in aql.types.SAMPLINGS:
        every = plans(sampling)
        say(f"{len(every)} {sampling} plans of the standards, one number")
        for model in MODELS:
            seconds, plan, middle = worst((asked(model, plan)[0], plan) for plan in every)
            others = {"median": middle}
            if isinstance(plan, aql.SinglePlan):
                others |= one_number(in_r, model, plan.ac, plan.n, asked(model, plan)[1])
            name = f"{sampling}, {model}, worst: {in_short(plan)}"
            row(name, seconds, wanted.get((sampling, model), ""), **others)
        first = median(map(first_call, every[::10]))
        say(f"  {'median of the first call of a plan':<46} {written(first):>9}")


def one_number(
    in_r: Rmath | None, model: aql.types.Model, k: int, n: int, quality: float
) -> dict[str, float]:
    """Time the same probability with scipy, and with libRmath in a C loop."""
    law, args = {
        "binomial": (stats.binom, (n, quality)),
        "poisson": (stats.poisson, (n * quality,)),
        "hypergeometric": (stats.hypergeom, (LOT, quality, n)),
    }[model]
    times = {"scipy.stats": timed(law.cdf, k, *args, seconds=0.2)}
    if in_r is not None:
        size = LOT if model == "hypergeometric" else None
        times["libRmath"] = timed(in_r.cdf, model, np.full(1000, quality), k, n, size, seconds=0.1) / 1000
    return times


def first_call(plan: Plan) -> float:
    """Time a call that compiles the plan."""
    call, _ = asked("hypergeometric", plan)

    def first() -> None:
        compiled.cache_clear()
        call()

    return best(first, seconds=0.02)


def lots() -> None:
    """Time qualities and designs in a lot, which are searches for whole numbers."""
    say(f"in a lot of {LOT}")
    lot: dict[str, Any] = {"model": "hypergeometric", "lot_size": LOT}
    for sampling in aql.types.SAMPLINGS:
        every = plans(sampling)[::4]
        seconds, plan, middle = worst((partial(plan.crq, 0.1, **lot), plan) for plan in every)
        row(f"crq of {sampling} plans, worst: {in_short(plan)}", seconds, "500 us", median=middle)
    demands = [
        {"prq": (good, alpha), "crq": (good * times, beta)}
        for good in (0.001, 0.005, 0.01, 0.02, 0.05, 0.1)
        for times in (2, 3, 5, 10)
        for alpha in (0.01, 0.05, 0.1)
        for beta in (0.01, 0.05, 0.1)
        if good * times <= 0.6
    ]
    for size in (1000, LOT):
        lot["lot_size"] = size
        seconds, demand, middle = worst((partial(aql.design, **demand, **lot), demand) for demand in demands)
        row(f"design, lot of {size}, worst of {len(demands)}", seconds, "500 us", median=middle)
        say(f"    {demand}: {aql.design(**demand, **lot)!r}")


def large() -> None:
    """Time one probability of plans larger than those in the tables."""
    say("larger plans, one number")
    lot: dict[str, Any] = {"model": "hypergeometric", "seconds": 0.2}
    for n, ac in ((10_000, 500), (100_000, 5000), (1_000_000, 50_000)):
        plan, p, size = aql.SinglePlan(n, ac), ac / n, 10 * n
        scipys = timed(stats.binom.cdf, ac, n, p, seconds=0.2)
        row(f"binomial ({n}, {ac}), one number", timed(plan.pa, p, seconds=0.2), **{"scipy.stats": scipys})
        scipys = timed(stats.hypergeom.cdf, ac, size, 10 * ac, n, seconds=0.2)
        row(
            f"lot of {size} ({n}, {ac}), one number",
            timed(plan.pa, p, lot_size=size, **lot),
            **{"scipy.stats": scipys},
        )
    double = aql.MultiplePlan((5000, 5000), (200, 500), (400, 501))
    row("double 2 x 5000, binomial, one number", timed(double.pa, 0.05, seconds=0.2))
    row("double 2 x 5000, lot of 100000, one number", timed(double.pa, 0.05, lot_size=100_000, **lot))


# Arrays ----------------------------------------------------------------------------------------------------------


def arrays(in_r: Rmath | None) -> None:
    """Time many points of a process."""
    say(f"{POINTS} points")
    curve, near = np.linspace(1e-4, 0.2, POINTS), np.linspace(0.04, 0.06, POINTS)
    for n, ac, p, wanted in ((315, 21, curve, "scipy / 5"), (100_000, 5000, near, "scipy / 3")):
        others = {"scipy.stats": timed(stats.binom.cdf, ac, n, p)}
        if in_r is not None:
            others["libRmath"] = timed(in_r.cdf, "binomial", p, ac, n)
        row(f"binomial ({n}, {ac})", timed(aql.SinglePlan(n, ac).pa, p), wanted, **others)
    closed = best(lambda: np.exp(80 * np.log1p(-curve)))
    row("binomial (80, 0)", timed(aql.SinglePlan(80, 0).pa, curve), "numpy x 1.2", numpy=closed)
    others = {"scipy.stats": timed(stats.poisson.cdf, 21, 315 * curve)}
    if in_r is not None:
        others["libRmath"] = timed(in_r.cdf, "poisson", curve, 21, 315)
    row("Poisson (315, 21)", timed(aql.SinglePlan(315, 21).pa, curve, model="poisson"), "", **others)
    few = curve[:: POINTS // 5000]
    for sampling in ("double", "multiple"):
        plan = aql.lookup(letter="L", aql=4.0, sampling=sampling).plan
        numbers = zip(
            *((one.n, -1 if one.ac is None else one.ac, one.re) for one in plan.stages), strict=True
        )
        scipys = timed(stages_by_scipy, few, *map(list, numbers)) * POINTS / few.size
        row(f"{sampling}, letter L, AQL 4.0", timed(plan.pa, curve), **{"scipy.stats": scipys})


def arrays_of_lots(in_r: Rmath | None) -> None:
    """Time many lots."""
    rng = np.random.default_rng(2859)
    for n, ac, size in (
        (20, 0, 200),
        (80, 2, 10_000),
        (315, 21, 10_000),
        (80, 2, 1_000_000),
        (315, 21, 1_000_000),
        (2000, 21, 1_000_000),
        (10_000, 500, 1_000_000),
    ):
        bad = rng.integers(0, size // 5, POINTS, endpoint=True).astype(float)
        few = bad[:5000]
        others = {"scipy.stats": timed(stats.hypergeom.cdf, ac, size, few, n) * POINTS / few.size}
        if in_r is not None:
            others["libRmath"] = timed(in_r.cdf, "hypergeometric", bad, ac, n, size)
        lot: dict[str, Any] = {"model": "hypergeometric", "lot_size": size}
        mine = timed(aql.SinglePlan(n, ac).pa, nonconforming=bad, **lot)
        row(f"lot of {size} ({n}, {ac})", mine, "libRmath", **others)


def main() -> None:
    """Measure and print everything."""
    in_r = rmath()
    say(machine())
    if in_r is None:
        say("libRmath or a C compiler is not installed: not measured")
    say("in brackets: the time divided by that of this library")
    arrays(in_r)
    arrays_of_lots(in_r)
    numbers(in_r)
    lots()
    large()
    keep("engine", {"machine": machine(), "points": POINTS, "lot": LOT, "rows": KEPT})


if __name__ == "__main__":
    main()
