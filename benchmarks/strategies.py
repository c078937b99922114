"""Measure how fast the strategies draw examples.

Times are processor times, so that other programs on the machine do not count.
"""

from __future__ import annotations

import os
import platform
import time
from typing import Any

import hypothesis
from hypothesis import given, settings

import aql
from aql import strategies

DRAWS = 1000
RUNS = 2


def draw(strategy: Any, draws: int) -> int:
    """Draw values as a test does; return how many, which can be fewer than requested: there are only 16 letters."""
    count = 0

    @settings(max_examples=draws, derandomize=True, database=None, deadline=None)
    @given(strategy)
    def test(value: object) -> None:  # noqa: ARG001
        nonlocal count
        count += 1

    test()
    return count


def milliseconds(strategy: Any) -> float:
    """Time of a draw in the fastest run, in milliseconds of processor time, after a run that is not counted."""
    draw(strategy, 50)
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        count = draw(strategy, DRAWS)
        times.append((time.process_time() - start) / count)
    return 1e3 * min(times)


def main() -> None:
    """Measure every strategy."""
    what = f"Python {platform.python_version()}, Hypothesis {hypothesis.__version__}"
    print(f"{what}, {platform.machine()}, {os.cpu_count()} cores")  # noqa: T201
    contract, _ = aql.examples.tablet_order()
    measured = {
        "code_letters()": strategies.code_letters(),
        "lot_sizes()": strategies.lot_sizes(),
        "aqls()": strategies.aqls(),
        "single_plans()": strategies.single_plans(),
        "multiple_plans()": strategies.multiple_plans(),
        "lookups()": strategies.lookups(),
        "contracts()": strategies.contracts(),
        "flawed_contracts()": strategies.flawed_contracts(),
        "inspections(contract)": strategies.inspections(contract),
        "findings_frames(contract)": strategies.findings_frames(contract),
        "lots(0.025)": strategies.lots(0.025),
        "verdicts()": strategies.verdicts(),
    }
    for name, strategy in measured.items():
        print(f"{name:<28} {milliseconds(strategy):7.2f} ms per draw")  # noqa: T201


if __name__ == "__main__":
    main()
