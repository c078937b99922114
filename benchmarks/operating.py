"""Operating characteristics: this library beside others, on the same points. One command prints a table with ratios.

    python benchmarks/operating.py                          what is installed here
    python benchmarks/operating.py --peers PYTHON           peers from another environment: the path of its interpreter
    python benchmarks/operating.py --memory                 10^8 points and what they take beyond input and output

Peers that can do a case, and are measured where they are installed: capstat-core, mistat, mfgqc, lotsampling, and the R
package AcceptanceSampling. Those that take one point at a time get fewer of the same points; the time is scaled up.
A ratio is how many times as long a peer takes as this library. "differs" is the largest relative difference between its
results and those of this library.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Plan = dict[str, list[int]]
"""Sample sizes, cumulative acceptance and rejection numbers; an acceptance number of -1 is none."""

POINTS = 100_000
LOT = 1_000_000
HUGE = 100_000_000
TINY = 1e-290

DISTRIBUTIONS = {
    "capstat_core": "capstat-core",
    "mistat": "mistat",
    "mfgqc": "mfgqc",
    "lotsampling": "lotsampling",
}


class Case(NamedTuple):
    """One thing to compute: a plan, a model and the points."""

    name: str
    plan: Plan
    model: str
    points: Floats
    wanted: str = ""


class Measured(NamedTuple):
    """What a library needed for how many of the points, and its results there."""

    seconds: float
    points: int
    values: Floats


Work = Callable[[Floats], Any]


def cases(double: Plan, five: Plan) -> list[Case]:
    """The cases, the same in every process."""
    rng = np.random.default_rng(2859)
    single = {"n": [315], "ac": [21], "re": [22]}
    zero = {"n": [80], "ac": [0], "re": [1]}
    large = {"n": [100_000], "ac": [5000], "re": [5001]}
    curve = np.linspace(1e-4, 0.2, POINTS)
    return [
        Case("single (315, 21)", single, "binomial", curve, "3 ms"),
        Case("double, letter L, AQL 4.0", double, "binomial", curve, "6 ms"),
        Case("five stages, letter L, AQL 4.0, with ASN", five, "binomial", curve, "12 ms"),
        Case("single (80, 0)", zero, "binomial", curve),
        Case("single (100 000, 5 000)", large, "binomial", np.linspace(0.04, 0.06, POINTS), "-"),
        Case("single (315, 21), Poisson", single, "poisson", curve),
        Case(
            "single (315, 21), lot of 10^6",
            single,
            "hypergeometric",
            rng.integers(0, LOT // 5, POINTS).astype(float),
            "100 ms",
        ),
        Case("one scalar, single (315, 21)", single, "binomial", np.array([0.05]), "15 us"),
    ]


def best(work: Callable[[], Any], *, seconds: float = 0.6) -> float:
    """Shortest time of one call, in seconds, after one that is not counted."""
    work()
    shortest, end = float("inf"), time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        work()
        now = time.perf_counter()
        shortest = min(shortest, now - start)
        if now > end:
            return shortest


def measure(case: Case, work: Work, *, most: int = POINTS) -> Measured:
    """Time a function of the points, on no more of them than `most`, evenly spaced."""
    points = case.points[:: max(1, -(-case.points.size // most))]
    values = np.asarray(work(points), dtype=float).ravel()
    return Measured(best(lambda: work(points)), points.size, values)


# This library ----------------------------------------------------------------------------------------------------


def plan_of(plan: Plan) -> Any:
    """The plan as a value of this library."""
    import aql

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
    """Probability of acceptance by this library; of the five stages, the average sample number as well."""
    plan = plan_of(case.plan)
    if case.name.startswith("one scalar"):
        return lambda _points: plan.pa(0.05)
    if case.model == "hypergeometric":
        return lambda points: plan.pa(nonconforming=points, model=case.model, lot_size=LOT)
    if len(case.plan["n"]) == 5:
        return lambda points: (plan.pa(points), plan.asn(points))[0]
    return lambda points: plan.pa(points, model=case.model)


# Others ----------------------------------------------------------------------------------------------------------


def by_scipy(case: Case) -> Iterator[tuple[str, Measured]]:
    """What one writes with scipy."""
    from scipy import special, stats

    n, ac, re = case.plan["n"], case.plan["ac"], case.plan["re"]
    if case.name.startswith("one scalar"):
        yield "scipy.stats", measure(case, lambda _points: stats.binom.cdf(21, 315, 0.05))
        yield "scipy.special", measure(case, lambda _points: special.bdtr(21, 315, 0.05))
    elif case.model == "hypergeometric":
        yield "scipy.stats", measure(case, lambda d: stats.hypergeom.cdf(ac[0], LOT, d, n[0]), most=20_000)
    elif len(n) > 1:
        yield "scipy.stats", measure(case, lambda p: stages_by_scipy(p, n, ac, re), most=20_000)
    elif case.model == "poisson":
        yield "scipy.stats", measure(case, lambda p: stats.poisson.cdf(ac[0], n[0] * p))
        yield "scipy.special", measure(case, lambda p: special.pdtr(ac[0], n[0] * p))
    else:
        yield "scipy.stats", measure(case, lambda p: stats.binom.cdf(ac[0], n[0], p))
        yield "scipy.special", measure(case, lambda p: special.bdtr(ac[0], n[0], p))


def stages_by_scipy(p: Floats, n: list[int], ac: list[int], re: list[int]) -> Floats:
    """A staged plan with the laws of scipy.stats, count by count; the average sample number on the way."""
    from scipy import stats

    accepted, inspected = np.zeros_like(p), np.zeros_like(p)
    reached = {0: np.ones_like(p)}
    for place, size in enumerate(n):
        inspected += size * sum(reached.values())
        onward: dict[int, Floats] = {}
        for before, share in reached.items():
            if ac[place] >= before:
                accepted += share * stats.binom.cdf(ac[place] - before, size, p)
            for count in range(max(ac[place] + 1, before), re[place]):
                chance = share * stats.binom.pmf(count - before, size, p)
                onward[count] = onward.get(count, 0.0) + chance
        reached = onward
    return accepted


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

R_SCRIPT = """
suppressMessages(library(AcceptanceSampling))
points <- scan("points.txt", quiet = TRUE)
args <- list(n = c({n}), c = c({ac}), r = c({re}), type = "{model}"{more})
work <- function() do.call(OC2c, c(args, list(pd = points)))@paccept
values <- work()
seconds <- Inf
for (turn in 1:5) seconds <- min(seconds, system.time(for (k in 1:{inner}) work())[["elapsed"]] / {inner})
cat(format(seconds, digits = 6), format(values, digits = 17))
"""


def by_r(case: Case, rscript: str) -> Measured | None:
    """The R package AcceptanceSampling; it has no ASN."""
    import tempfile

    if min(case.plan["ac"]) < 0:
        return None
    scalar = case.points.size == 1
    most = 1 if scalar else 500 if len(case.plan["n"]) > 1 else POINTS
    points = case.points[:: max(1, -(-case.points.size // most))]
    model = {"hypergeometric": "hypergeom"}.get(case.model, case.model)
    finite = model == "hypergeom"
    with tempfile.TemporaryDirectory() as folder:
        np.savetxt(Path(folder) / "points.txt", points / LOT if finite else points, fmt="%.17g")
        text = R_SCRIPT.format(
            **{key: ", ".join(map(str, case.plan[key])) for key in ("n", "ac", "re")},
            model=model,
            more=f", N = {LOT}" if finite else "",
            inner=200 if scalar else 1,
        )
        (Path(folder) / "work.R").write_text(text, encoding="utf-8")
        found = subprocess.run([rscript, "work.R"], cwd=folder, capture_output=True, text=True, check=True)
    seconds, *values = map(float, found.stdout.split())
    return Measured(seconds, points.size, np.array(values))


# Putting it together -----------------------------------------------------------------------------------------------


def say(text: str = "") -> None:
    """Write one line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def serve() -> None:
    """Measure the peers of this environment; cases come as JSON and so do the results."""
    asked = json.load(sys.stdin)
    answer: dict[str, Any] = {"versions": {}, "results": []}
    for module, distribution in DISTRIBUTIONS.items():
        if find_spec(module) is not None:
            answer["versions"][distribution] = version(distribution)
    for place, case in enumerate(cases(asked["double"], asked["five"])):
        for module, work in PEERS.items():
            if find_spec(module) is None:
                continue
            found = work(case)
            if found is not None:
                answer["results"].append(
                    [place, DISTRIBUTIONS[module], found.seconds, found.points, found.values.tolist()]
                )
    sys.stdout.write("\n" + json.dumps(answer))


def peers(python: str, asked: dict[str, Plan]) -> dict[str, Any]:
    """Measure the peers of another environment, or of this one."""
    done = subprocess.run(
        [python, "-W", "ignore", __file__, "--serve"],
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


def written(seconds: float) -> str:
    """A time in a unit that suits it."""
    for unit, scale in (("s", 1.0), ("ms", 1e3), ("us", 1e6)):
        if seconds * scale >= 1:
            return f"{seconds * scale:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def line(library: str, found: Measured, case: Case, mine: float) -> None:
    """Write one row of a peer."""
    scaled = found.seconds * case.points.size / found.points
    share = "" if found.points == case.points.size else f"from {found.points} points"
    apart = differs(case, found.values, library)
    say(f"  {library:<22} {written(scaled):>9} {scaled / mine:>10.3g} {apart:>9.1e}   {share}")


def machine() -> str:
    """Processor, cores and interpreter."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [
            row.partition(":")[2].strip() for row in info.read_text().splitlines() if "model name" in row
        ]
        name = models[0] if models else name
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def compare(python: str) -> None:
    """Print the table."""
    import aql

    double, five = (
        numbers_of(aql.lookup(letter="L", aql=4.0, sampling=kind).plan) for kind in ("double", "multiple")
    )
    say(machine())
    known = [f"{name} {version(name)}" for name in ("numpy", "scipy")]
    others = peers(python, {"double": double, "five": five})
    known += [f"{name} {number}" for name, number in others["versions"].items()]
    rscript = shutil.which("Rscript")
    if rscript is not None:
        asked = ["-e", 'cat(R.version$version.string, as.character(packageVersion("AcceptanceSampling")))']
        done = subprocess.run([rscript, *asked], capture_output=True, text=True, check=False)
        rscript = rscript if done.returncode == 0 else None
        known.append(f"AcceptanceSampling with {done.stdout}" if rscript else "")
    try:
        known.insert(0, f"aql-sampling {version('aql-sampling')}")
    except PackageNotFoundError:
        known.insert(0, "aql-sampling, checkout")
    say(", ".join(one for one in known if one))
    for name in DISTRIBUTIONS.values():
        if name not in others["versions"]:
            say(f"{name} is not installed: not measured")
    if rscript is None:
        say("Rscript with AcceptanceSampling is not installed: not measured")
    say(f"double {double}, five stages {five}")
    say(f"{POINTS} points where not said otherwise")
    say()
    say(f"  {'':<22} {'time':>9} {'ratio':>10} {'differs':>9}")
    for place, case in enumerate(cases(double, five)):
        mine = measure(case, ours(case)).seconds
        say(case.name)
        say(
            f"  {'aql':<22} {written(mine):>9} {1:>10} {'':>9}   {f'wanted: {case.wanted}' if case.wanted else ''}"
        )
        for library, found in by_scipy(case):
            line(library, found, case, mine)
        for at, library, seconds, points, values in others["results"]:
            if at == place:
                line(library, Measured(seconds, points, np.array(values)), case, mine)
        in_r = by_r(case, rscript) if rscript is not None else None
        if in_r is not None:
            line("R AcceptanceSampling", in_r, case, mine)
    cold(double, five)


def cold(*staged: Plan) -> None:
    """Time the first call of a plan, which compiles it."""
    from aql.plans.paths import compiled

    say("first call of a plan, one scalar")
    single, large = ({"n": [n], "ac": [ac], "re": [ac + 1]} for n, ac in ((315, 21), (100_000, 5000)))
    for numbers in (single, *staged, large):
        plan = plan_of(numbers)

        def first(plan: Any = plan) -> None:
            compiled.cache_clear()
            plan.pa(0.05)

        label = " + ".join(map(str, numbers["n"]))
        say(f"  {label:<22} {written(best(first)):>9}")


# Memory ----------------------------------------------------------------------------------------------------------

# Eight times as much as is wanted is enough to see that it is too much, and spares the machine.
PROBE = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (10 * 2**30, 10 * 2**30))
import numpy as np
import aql
plan = aql.lookup(letter="L", aql=4.0, sampling="{sampling}").plan
def work(points):
    return {work}
work(np.linspace(0, 1000, 1001) / {scale})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
points = np.linspace(0, 200, {size})
points /= {scale}
{round}
found = work(points)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, points.nbytes + found.nbytes)
"""


def memory() -> None:
    """Peak memory of 10^8 points, beyond what is there before them, the points and the result."""
    say(machine())
    say(f"{HUGE} points, each case in a process of its own: peak memory beyond input and output")
    process, finite = (
        "plan.pa(points)",
        f'plan.pa(nonconforming=points, model="hypergeometric", lot_size={LOT})',
    )
    for name, sampling, work, scale in (
        ("single", "single", process, 1000),
        ("double", "double", process, 1000),
        ("five stages", "multiple", process, 1000),
        ("single, Poisson", "single", 'plan.pa(points, model="poisson")', 1000),
        ("five stages, ASN", "multiple", "plan.asn(points)", 1000),
        ("single, lot of 10^6", "single", finite, 0.001),
    ):
        whole = "np.rint(points, out=points)" if scale < 1 else ""
        text = PROBE.format(sampling=sampling, work=work, scale=scale, size=HUGE, round=whole)
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
        if done.returncode:
            say(f"  {name:<22} failed: {(done.stderr.splitlines() or [f'code {done.returncode}'])[-1]}")
            continue
        peak, held = map(int, done.stdout.split())
        beyond = (peak * 1024 - held) / 2**30
        say(f"  {name:<22} {beyond:>6.2f} GiB, wanted: < 1.2 GiB   ({time.perf_counter() - start:.1f} s)")


def main() -> None:
    """Read the options."""
    parser = argparse.ArgumentParser(description="Operating characteristics: this library beside others.")
    parser.add_argument(
        "--peers", default=sys.executable, metavar="PYTHON", help="interpreter that has the peers"
    )
    parser.add_argument("--memory", action="store_true", help="10^8 points: peak memory")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve()
    elif options.memory:
        memory()
    else:
        compare(options.peers)


if __name__ == "__main__":
    main()
