"""Time OC curves, average sample numbers and designs, compared with other libraries on the same points.

    python benchmarks/operating.py                          compare with the libraries installed here
    python benchmarks/operating.py --peers PYTHON           compare with those of another environment (its interpreter)
    python benchmarks/operating.py --memory                 measure only the peak memory for 10^8 points
    python benchmarks/operating.py --peers PYTHON --keep    measure everything and save it in results.json

Peers, measured if they are installed: scipy, capstat-core, mistat, mfgqc, lotsampling and the R package
AcceptanceSampling. A library that takes one point at a time gets fewer of the same points, and its time is scaled up.
"ratio" is the peer's time divided by that of this library. "differs" is the largest relative difference between the
results of the peer and those of this library.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import Any

import numpy as np
from cases import (
    DEMANDS,
    LOT,
    POINTS,
    Case,
    Demand,
    Floats,
    Measured,
    Plan,
    Work,
    best,
    cases,
    keep,
    machine,
    measure,
    say,
    written,
)
from memory import HUGE, WANTED, memory
from peers import DISTRIBUTIONS, by_r, by_scipy, designed_by_r, measured_by, stages_by_scipy, version_of_r

import aql
from aql.errors import DomainError
from aql.plans.acceptance.ends import compiled

TINY = 1e-290
LARGEST = 100_000
WITHIN = "1 ms"


# This library ----------------------------------------------------------------------------------------------------


def plan_of(plan: Plan) -> Any:
    """The plan as a value of this library."""
    if len(plan["n"]) == 1:
        return aql.SinglePlan(plan["n"][0], plan["ac"][0], plan["re"][0])
    return aql.MultiplePlan(plan["n"], [None if ac < 0 else ac for ac in plan["ac"]], plan["re"])


def numbers_of(plan: Any) -> Plan:
    """A plan of this library as numbers."""
    stages = plan.stages
    return {
        "n": [one.n for one in stages],
        "ac": [-1 if one.ac is None else one.ac for one in stages],
        "re": [one.re for one in stages],
    }


def ours(case: Case) -> Work:
    """Probability of acceptance by this library; for five stages, the average sample number as well."""
    plan = plan_of(case.plan)
    if case.name.startswith("one scalar"):
        return lambda _points: plan.pa(0.05)
    if case.model == "hypergeometric":
        return lambda points: plan.pa(nonconforming=points, model=case.model, lot_size=LOT)
    if len(case.plan["n"]) == 5:
        return lambda points: (plan.pa(points), plan.asn(points))[0]
    return lambda points: plan.pa(points, model=case.model)


# Comparing -------------------------------------------------------------------------------------------------------


def differs(case: Case, values: Floats, library: str) -> float:
    """Largest relative difference from this library's results."""
    if library in {"mfgqc", "lotsampling"}:
        points, theirs = values.reshape(2, -1)
    else:
        points = case.points[:: max(1, -(-case.points.size // values.size))]
        theirs = values
    mine = np.atleast_1d(np.asarray(ours(case)(points), dtype=float))
    large = mine > TINY
    return float(np.max(np.abs(theirs[large] / mine[large] - 1))) if large.any() else 0.0


def curves(double: Plan, five: Plan, others: dict[str, Any], rscript: str | None) -> list[dict[str, Any]]:
    """Time probabilities of acceptance and print the table."""
    say(f"  {'':<22} {'time':>9} {'ratio':>10} {'differs':>9}")
    results = []
    for place, case in enumerate(cases(double, five)):
        mine = measure(case, ours(case)).seconds
        say(case.name)
        wanted = f"wanted: {case.wanted}" if case.wanted else ""
        say(f"  {'aql':<22} {written(mine):>9} {1:>10} {'':>9}   {wanted}")
        rows = []
        theirs = [*by_scipy(case)]
        theirs += [
            (library, Measured(seconds, points, np.array(values)))
            for at, library, seconds, points, values in others["curves"]
            if at == place
        ]
        in_r = by_r(case, rscript) if rscript is not None else None
        if in_r is not None:
            theirs.append(("R AcceptanceSampling", in_r))
        for library, found in theirs:
            scaled = found.seconds * case.points.size / found.points
            share = "" if found.points == case.points.size else f"from {found.points} points"
            apart = differs(case, found.values, library)
            say(f"  {library:<22} {written(scaled):>9} {scaled / mine:>10.3g} {apart:>9.1e}   {share}")
            rows.append({"library": library, "seconds": scaled, "points": found.points, "differs": apart})
        results.append(
            {
                "case": case.name,
                "wanted": case.wanted,
                "points": case.points.size,
                "seconds": mine,
                "peers": rows,
            }
        )
    return results


def sample_numbers(double: Plan, five: Plan) -> list[dict[str, Any]]:
    """Time average sample numbers for the three kinds of inspection; for full inspection, compare with scipy."""
    say("average sample number")
    points = np.linspace(1e-4, 0.2, POINTS)
    results = []
    single = {"n": [315], "ac": [21], "re": [22]}
    for name, numbers in (("single (315, 21)", single), ("double", double), ("five stages", five)):
        plan = plan_of(numbers)
        for model in ("binomial", "poisson"):
            for way in ("full", "semi", "curtailed"):
                if len(numbers["n"]) == 1 and way != "curtailed":
                    continue

                def work(points: Floats, plan: Any = plan, model: str = model, way: str = way) -> Any:
                    return plan.asn(points, model=model, inspection=way)

                case = Case(f"{name}, {model}, {way}", numbers, model, points)
                mine = measure(case, work).seconds
                row: dict[str, Any] = {"case": case.name, "points": POINTS, "seconds": mine}
                compared = ""
                if way == "full":
                    args = (numbers["n"], numbers["ac"], numbers["re"], model)
                    found = measure(case, lambda p, args=args: stages_by_scipy(p, *args)[1], most=20_000)
                    row["scipy"] = found.seconds * POINTS / found.points
                    compared = f"scipy.stats {written(row['scipy'])}, {row['scipy'] / mine:.3g} times as long"
                say(f"  {case.name:<32} {written(mine):>9}   {compared}")
                results.append(row)
    return results


def first_calls(*staged: Plan) -> list[dict[str, Any]]:
    """Time the first call of a plan, which compiles it."""
    say("first call of a plan, one scalar")
    single, large = ({"n": [n], "ac": [ac], "re": [ac + 1]} for n, ac in ((315, 21), (100_000, 5000)))
    results = []
    for numbers in (single, *staged, large):
        plan = plan_of(numbers)

        def first(plan: Any = plan) -> None:
            compiled.cache_clear()
            plan.pa(0.05)

        label, seconds = " + ".join(map(str, numbers["n"])), best(first)
        say(f"  {label:<22} {written(seconds):>9}")
        results.append({"plan": label, "seconds": seconds})
    return results


# Designing -------------------------------------------------------------------------------------------------------


def demands() -> list[Demand]:
    """A grid of requirements: qualities, ratios between them, and risks."""
    return [
        Demand((good, alpha), (round(good * times, 12), beta))
        for good in (1e-5, 1e-4, 5e-4, 1e-3, 2.5e-3, 0.005, 0.01, 0.02, 0.04, 0.065, 0.1, 0.2, 0.4)
        for times in (1.1, 1.2, 1.35, 1.5, 2, 3, 5, 10, 25, 100)
        for alpha in (0.001, 0.01, 0.05, 0.1)
        for beta in (0.001, 0.01, 0.05, 0.1, 0.2)
        if good * times <= 0.95
    ]


def designs() -> list[dict[str, Any]]:
    """Time every design of the grid that needs at most 100 000 items; print the worst and the median time."""
    say(f"design over a grid of requirements, n up to {LARGEST}; target: {WITHIN} each")
    results = []
    for model in ("binomial", "poisson"):
        times: list[tuple[float, Demand, Any]] = []
        for demand in demands():

            def work(demand: Demand = demand, model: str = model) -> Any:
                return aql.design(prq=demand.prq, crq=demand.crq, model=model, max_n=LARGEST)

            try:
                plan = work()
            except DomainError:
                continue
            times.append((best(work, seconds=0.004), demand, plan))
        # Time the slowest again, for longer: other programs can disturb a short measurement.
        times.sort(key=lambda one: -one[0])
        for place, (seconds, demand, plan) in enumerate(times[:20]):
            again = best(
                lambda demand=demand, model=model: aql.design(
                    prq=demand.prq, crq=demand.crq, model=model, max_n=LARGEST
                ),
                seconds=0.1,
            )
            times[place] = (min(seconds, again), demand, plan)
        times.sort(key=lambda one: -one[0])
        worst, demand, plan = times[0]
        middle = median(seconds for seconds, _, _ in times)
        within = sum(seconds < 1e-3 for seconds, _, _ in times)
        say(
            f"  {model:<9} {len(times)} requirements: median {written(middle)}, worst {written(worst)} "
            f"({plan!r} for {demand.prq}, {demand.crq}); {within} under {WITHIN}"
        )
        results.append(
            {
                "model": model,
                "demands": len(times),
                "largest": max(plan.n for _, _, plan in times),
                "median": middle,
                "worst": worst,
                "worst_plan": repr(plan),
                "worst_prq": demand.prq,
                "worst_crq": demand.crq,
                "within": within,
            }
        )
    return results


def designs_beside_others(others: dict[str, Any], rscript: str | None) -> list[dict[str, Any]]:
    """Time some binomial designs, compared with the peers that design plans, and print the table."""
    results = []
    for place, demand in enumerate(DEMANDS):
        seconds = best(lambda demand=demand: aql.design(prq=demand.prq, crq=demand.crq))
        plan = aql.design(prq=demand.prq, crq=demand.crq)
        name = f"design, prq {demand.prq}, crq {demand.crq}"
        say(name)
        say(f"  {'aql':<22} {written(seconds):>9} {1:>10}   ({plan.n}, {plan.ac})")
        theirs = [tuple(row[1:]) for row in others["designs"] if row[0] == place]
        if rscript is not None:
            theirs.append(("R AcceptanceSampling", *designed_by_r(demand, rscript)))
        rows = []
        for library, time, n, ac in theirs:
            if time is None:
                say(f"  {library:<22} {'none':>9}")
                rows.append({"library": library, "seconds": None, "plan": None})
                continue
            say(f"  {library:<22} {written(time):>9} {time / seconds:>10.3g}   ({n}, {ac})")
            rows.append({"library": library, "seconds": time, "plan": [n, ac]})
        results.append({"case": name, "seconds": seconds, "plan": [plan.n, plan.ac], "peers": rows})
    return results


# Putting it together ---------------------------------------------------------------------------------------------


def compare(python: str) -> dict[str, Any]:
    """Measure and print everything except memory."""
    double, five = (
        numbers_of(aql.lookup(letter="L", aql=4.0, sampling=kind).plan) for kind in ("double", "multiple")
    )
    say(machine())
    others = measured_by(python, {"double": double, "five": five})
    rscript = shutil.which("Rscript")
    of_r = version_of_r(rscript) if rscript is not None else ""
    rscript = rscript if of_r else None
    try:
        versions = {"aql-sampling": version("aql-sampling")}
    except PackageNotFoundError:
        versions = {"aql-sampling": "checkout"}
    versions |= {name: version(name) for name in ("numpy", "scipy")} | others["versions"]
    if of_r:
        versions["R AcceptanceSampling"] = of_r
    say(", ".join(f"{name} {number}" for name, number in versions.items()))
    for name in DISTRIBUTIONS.values():
        if name not in others["versions"]:
            say(f"{name} is not installed: not measured")
    if rscript is None:
        say("Rscript with AcceptanceSampling is not installed: not measured")
    say(f"double {double}, five stages {five}")
    say(f"{POINTS} points, except where a row names another number")
    say()
    return {
        "machine": machine(),
        "versions": versions,
        "plans": {"double": double, "five stages": five},
        "curves": curves(double, five, others, rscript),
        "sample_numbers": sample_numbers(double, five),
        "first_calls": first_calls(double, five),
        "designs": designs(),
        "designs_beside_others": designs_beside_others(others, rscript),
    }


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(
        description="Time OC curves, average sample numbers and designs, compared with other libraries."
    )
    parser.add_argument(
        "--peers",
        default=sys.executable,
        metavar="PYTHON",
        help="interpreter of the environment with the peers",
    )
    parser.add_argument("--memory", action="store_true", help="measure only peak memory")
    parser.add_argument("--keep", action="store_true", help="measure everything and save it in results.json")
    options = parser.parse_args()
    results = {} if options.memory and not options.keep else compare(options.peers)
    if options.memory or options.keep:
        results["memory"] = {"points": HUGE, "wanted": WANTED, "cases": memory()}
    if options.keep:
        keep("operating", results)


if __name__ == "__main__":
    main()
