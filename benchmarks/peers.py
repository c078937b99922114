"""Time other libraries on the same cases: scipy, Python packages and an R package.

``python benchmarks/peers.py < asked.json`` measures the Python packages of the environment it runs in. `operating.py`
calls it with the interpreter of another environment.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from cases import DEMANDS, LOT, POINTS, Case, Demand, Floats, Measured, Plan, best, cases, measure

DISTRIBUTIONS = {
    "capstat_core": "capstat-core",
    "mistat": "mistat",
    "mfgqc": "mfgqc",
    "lotsampling": "lotsampling",
}

Designed = tuple[float, int, int]
"""Seconds, and the plan: sample size and acceptance number."""


# scipy -----------------------------------------------------------------------------------------------------------


def by_scipy(case: Case) -> Iterator[tuple[str, Measured]]:
    """The usual way to compute it with scipy."""
    from scipy import special, stats

    n, ac, re = case.plan["n"], case.plan["ac"], case.plan["re"]
    if case.name.startswith("one scalar"):
        yield "scipy.stats", measure(case, lambda _points: stats.binom.cdf(21, 315, 0.05))
        yield "scipy.special", measure(case, lambda _points: special.bdtr(21, 315, 0.05))
    elif case.model == "hypergeometric":
        yield "scipy.stats", measure(case, lambda d: stats.hypergeom.cdf(ac[0], LOT, d, n[0]), most=20_000)
    elif len(n) > 1:
        yield "scipy.stats", measure(case, lambda p: stages_by_scipy(p, n, ac, re)[0], most=20_000)
    elif case.model == "poisson":
        yield "scipy.stats", measure(case, lambda p: stats.poisson.cdf(ac[0], n[0] * p))
        yield "scipy.special", measure(case, lambda p: special.pdtr(ac[0], n[0] * p))
    else:
        yield "scipy.stats", measure(case, lambda p: stats.binom.cdf(ac[0], n[0], p))
        yield "scipy.special", measure(case, lambda p: special.bdtr(ac[0], n[0], p))


def stages_by_scipy(
    p: Floats, n: list[int], ac: list[int], re: list[int], model: str = "binomial"
) -> tuple[Floats, Floats]:
    """Probability of acceptance and average sample number of a staged plan with scipy.stats, count by count."""
    from scipy import stats

    law: Any = (
        (lambda size: stats.binom(size, p)) if model == "binomial" else lambda size: stats.poisson(size * p)
    )
    accepted, inspected = np.zeros_like(p), np.zeros_like(p)
    reached = {0: np.ones_like(p)}
    for place, size in enumerate(n):
        inspected += size * sum(reached.values())
        onward: dict[int, Floats] = {}
        found = law(size)
        for before, share in reached.items():
            if ac[place] >= before:
                accepted += share * found.cdf(ac[place] - before)
            for count in range(max(ac[place] + 1, before), re[place]):
                onward[count] = onward.get(count, 0.0) + share * found.pmf(count - before)
        reached = onward
    return accepted, inspected


# Python packages -------------------------------------------------------------------------------------------------


def by_capstat(case: Case) -> Measured | None:
    """capstat-core: one point at a time."""
    peer: Any = import_module("capstat_core.acceptance_sampling")

    if len(case.plan["n"]) > 1:
        return None
    lot = LOT if case.model == "hypergeometric" else None
    plan = peer.SamplingPlan(
        sample_size=case.plan["n"][0], acceptance_number=case.plan["ac"][0], lot_size=lot
    )
    if case.name.startswith("one scalar"):
        return measure(case, lambda _points: peer.probability_of_acceptance(plan, 0.05))
    if lot is not None:
        return measure(
            case, lambda d: peer.oc_curve(plan, d / LOT, model=case.model).probability_accept, most=500
        )
    return measure(
        case, lambda points: peer.oc_curve(plan, points, model=case.model).probability_accept, most=2000
    )


def by_mistat(case: Case) -> Measured | None:
    """mistat: single and double plans on arrays (AOQ and ATI with them), more stages point by point, without ASN."""
    peer: Any = import_module("mistat.acceptanceSampling")

    n, ac, re = case.plan["n"], case.plan["ac"], case.plan["re"]
    if case.name.startswith("one scalar"):
        return measure(case, lambda _points: peer.SSPlanBinomial(LOT, n[0], ac[0], p=[0.05]).OC)
    if len(n) == 1 and case.model == "binomial":
        return measure(case, lambda points: peer.SSPlanBinomial(LOT, n[0], ac[0], p=points).OC)
    if len(n) == 1 and case.model == "poisson":
        return measure(case, lambda points: peer.SSPlanPoisson(LOT, n[0], ac[0], p=points).OC)
    if len(n) == 1:
        return measure(case, lambda d: peer.SSPlanHyper(LOT, n[0], ac[0], p=d / LOT).OC, most=20_000)
    if len(n) == 2:
        double = (LOT, *n, ac[0], re[0], ac[1])
        return measure(case, lambda points: peer.DSPlanBinomial(*double, p=points).OC, most=20_000)
    return measure(
        case,
        lambda points: peer.OperatingCharacteristics2c(n, ac, rejection_numbers=re, pd=points).paccept,
        most=2,
    )


def by_mfgqc(case: Case) -> Measured | None:
    """mfgqc: single plans, on 300 points of its own choice."""
    peer: Any = import_module("mfgqc.sampling")

    if len(case.plan["n"]) > 1 or case.name.startswith("one scalar"):
        return None
    lot = LOT if case.model == "hypergeometric" else None
    plan = peer.sampling_plan(case.plan["n"][0], case.plan["ac"][0], lot_size=lot, model=case.model)
    curve = plan.oc_curve()
    grid = np.rint(curve.p_grid * LOT) if lot is not None else curve.p_grid
    return Measured(best(plan.oc_curve), 300, np.stack([grid, curve.pa]).ravel())


def by_lotsampling(case: Case) -> Measured | None:
    """lotsampling: acceptance number 0, on evenly spaced points (AOQ and AFI with them)."""
    peer: Any = import_module("lotsampling")

    if case.plan["ac"] != [0]:
        return None

    def work() -> Any:
        return peer.evaluate_binomial_plan(case.plan["n"][0], LOT, max_nonconformance=0.2, points=POINTS)

    result = work()
    grid = np.asarray(result.nonconformance_rates)
    accepted = np.asarray(result.acceptance_probabilities)
    return Measured(best(work), POINTS, np.stack([grid, accepted]).ravel())


PEERS: dict[str, Callable[[Case], Measured | None]] = {
    "capstat_core": by_capstat,
    "mistat": by_mistat,
    "mfgqc": by_mfgqc,
    "lotsampling": by_lotsampling,
}


def designed_by_capstat(demand: Demand) -> Designed:
    """Design a plan with capstat-core."""
    peer: Any = import_module("capstat_core.acceptance_sampling")

    (good, alpha), (poor, beta) = demand

    def work() -> Any:
        return peer.design_single_sampling_plan(good, poor, producer_risk=alpha, consumer_risk=beta)

    plan = work()
    return best(work), plan.sample_size, plan.acceptance_number


def designed_by_mfgqc(demand: Demand) -> Designed:
    """Design a plan with mfgqc."""
    peer: Any = import_module("mfgqc.sampling")

    (good, alpha), (poor, beta) = demand

    def work() -> Any:
        return peer.find_plan(good, poor, alpha=alpha, beta=beta)

    plan = work()
    return best(work), int(plan.n), int(plan.c)


# mistat cannot design plans in the binomial model.
DESIGNERS: dict[str, Callable[[Demand], Designed]] = {
    "capstat_core": designed_by_capstat,
    "mfgqc": designed_by_mfgqc,
}


# R ---------------------------------------------------------------------------------------------------------------

R_CURVE = """
suppressMessages(library(AcceptanceSampling))
points <- scan("points.txt", quiet = TRUE)
args <- list(n = c({n}), c = c({ac}), r = c({re}), type = "{model}"{more})
work <- function() do.call(OC2c, c(args, list(pd = points)))@paccept
values <- work()
seconds <- Inf
for (turn in 1:5) seconds <- min(seconds, system.time(for (k in 1:{inner}) work())[["elapsed"]] / {inner})
cat(format(seconds, digits = 6), format(values, digits = 17))
"""
R_DESIGN = """
suppressMessages(library(AcceptanceSampling))
work <- function() find.plan(PRP = c({good!r}, {kept!r}), CRP = c({poor!r}, {beta!r}))
plan <- work()
seconds <- Inf
for (turn in 1:5) seconds <- min(seconds, system.time(for (k in 1:5) work())[["elapsed"]] / 5)
cat(format(seconds, digits = 6), plan$n, plan$c)
"""


def by_r(case: Case, rscript: str) -> Measured | None:
    """The R package AcceptanceSampling, without ASN, which it does not compute."""
    if min(case.plan["ac"]) < 0:
        return None
    scalar = case.points.size == 1
    most = 1 if scalar else 500 if len(case.plan["n"]) > 1 else POINTS
    points = case.points[:: max(1, -(-case.points.size // most))]
    model = {"hypergeometric": "hypergeom"}.get(case.model, case.model)
    finite = model == "hypergeom"
    text = R_CURVE.format(
        **{key: ", ".join(map(str, case.plan[key])) for key in ("n", "ac", "re")},
        model=model,
        more=f", N = {LOT}" if finite else "",
        inner=200 if scalar else 1,
    )
    seconds, *values = run_r(rscript, text, points / LOT if finite else points)
    return Measured(seconds, points.size, np.array(values))


def designed_by_r(demand: Demand, rscript: str) -> Designed:
    """Design a plan with the R package AcceptanceSampling."""
    (good, alpha), (poor, beta) = demand
    seconds, n, ac = run_r(rscript, R_DESIGN.format(good=good, kept=1 - alpha, poor=poor, beta=beta))
    return seconds, int(n), int(ac)


def run_r(rscript: str, text: str, points: Floats | None = None) -> list[float]:
    """Run an R script and return the numbers that it prints."""
    with tempfile.TemporaryDirectory() as folder:
        if points is not None:
            np.savetxt(Path(folder) / "points.txt", points, fmt="%.17g")
        (Path(folder) / "work.R").write_text(text, encoding="utf-8")
        found = subprocess.run([rscript, "work.R"], cwd=folder, capture_output=True, text=True, check=True)
    return [*map(float, found.stdout.split())]


def version_of_r(rscript: str) -> str:
    """Versions of the package and of R; empty if the package is not installed."""
    asked = [
        "-e",
        'cat(as.character(packageVersion("AcceptanceSampling")), "with R", as.character(getRversion()))',
    ]
    done = subprocess.run([rscript, *asked], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


# Another environment ---------------------------------------------------------------------------------------------


def serve() -> None:
    """Measure the peers of this environment; read the plans and write the results as JSON."""
    asked = json.load(sys.stdin)
    answer: dict[str, Any] = {"versions": {}, "curves": [], "designs": []}
    here = [module for module in DISTRIBUTIONS if find_spec(module) is not None]
    for module in here:
        answer["versions"][DISTRIBUTIONS[module]] = version(DISTRIBUTIONS[module])
        for place, case in enumerate(cases(asked["double"], asked["five"])):
            found = PEERS[module](case)
            if found is not None:
                row = [place, DISTRIBUTIONS[module], found.seconds, found.points, found.values.tolist()]
                answer["curves"].append(row)
        if module in DESIGNERS:
            for place, demand in enumerate(DEMANDS):
                try:
                    answer["designs"].append([place, DISTRIBUTIONS[module], *DESIGNERS[module](demand)])
                except ValueError as error:
                    answer["designs"].append([place, DISTRIBUTIONS[module], None, str(error), None])
    sys.stdout.write("\n" + json.dumps(answer))


def measured_by(python: str, asked: dict[str, Plan]) -> dict[str, Any]:
    """Measure the peers of the environment with this interpreter."""
    done = subprocess.run(
        [python, "-W", "ignore", __file__],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.stderr.write(done.stderr)
        raise SystemExit(f"{python} could not measure the peers")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


if __name__ == "__main__":
    serve()
