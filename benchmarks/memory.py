"""Peak memory for 10^8 points, not counting the points, the results and the imported library; needs Linux."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

from cases import LOT, say

HUGE = 100_000_000
WANTED = 1.2

# The limit of 10 GiB, eight times the target, stops a case that uses far too much before it exhausts the machine.
PROBE = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (10 * 2**30, 10 * 2**30))
import numpy as np
import aql
def kib(name):
    # getrusage would start from the peak of the parent process.
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name))
plan = aql.lookup(letter="L", aql=4.0, sampling="{sampling}").plan
def work(points):
    return {work}
work(np.linspace(0, 1000, 1001) / {scale})
before = kib("VmRSS")
points = np.linspace(0, 200, {size})
points /= {scale}
{round}
found = work(points)
print(kib("VmHWM") - before, points.nbytes + found.nbytes)
"""


def memory() -> list[dict[str, Any]]:
    """Measure and print each case, in its own process."""
    say(f"{HUGE} points, peak memory beyond input and output")
    process, finite = (
        "plan.pa(points)",
        f'plan.pa(nonconforming=points, model="hypergeometric", lot_size={LOT})',
    )
    results: list[dict[str, Any]] = []
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
            results.append({"case": name, "gib": None, "seconds": None})
            continue
        peak, held = map(int, done.stdout.split())
        beyond, seconds = (peak * 1024 - held) / 2**30, time.perf_counter() - start
        say(f"  {name:<22} {beyond:>6.2f} GiB, wanted: < {WANTED} GiB   ({seconds:.1f} s)")
        results.append({"case": name, "gib": round(beyond, 3), "seconds": round(seconds, 1)})
    return results
