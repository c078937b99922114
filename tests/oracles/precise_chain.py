"""The long run of a scheme in fifty digits: the chain that its steps span, solved by dense elimination with mpmath.

The outcomes of a lot come from the raw counts of its stages, and the states from `Scheme.step` on plain integers; nothing
of the elimination, the lumping by ranges or the probabilities of the library is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mpmath import mp, mpf

from aql import Scheme
from aql.plans.plan import Plan
from aql.scheme.chain import essential
from aql.types import SEVERITIES

__all__ = ["precise_long_run"]


def counts_of(plan: Plan, p: Any) -> Iterator[tuple[tuple[int, ...], Any]]:
    """Yield the cumulative counts by stage with which the plan decides, and their probability."""
    alive: dict[tuple[int, ...], Any] = {(): mpf(1)}
    for place, stage in enumerate(plan.stages):
        after: dict[tuple[int, ...], Any] = {}
        for had, chance in alive.items():
            before = had[-1] if had else 0
            for k in range(stage.n + 1):
                count = before + k
                here = (*had, min(count, stage.re))
                weight = chance * mp.binomial(stage.n, k) * p**k * (1 - p) ** (stage.n - k)
                done = count >= stage.re or place == len(plan.stages) - 1
                if done or (stage.ac is not None and count <= stage.ac):
                    yield here, weight
                else:
                    after[here] = after.get(here, mpf(0)) + weight
        alive = after


def precise_long_run(scheme: Scheme, quality: float) -> tuple[Any, Any, int]:
    """Return Pa and 1 - Pa in the long run, each from positive terms alone, and the number of states."""
    with mp.workdps(50):
        p = mpf(quality)
        rest = essential(scheme.rules, scheme.forces[0], reduced=True, discontinuation=False)
        merged: dict[str, dict[tuple[int, ...], Any]] = {}
        for severity in SEVERITIES:
            found: dict[tuple[int, ...], Any] = {}
            for counts, chance in counts_of(scheme.plans[severity].plan, p):
                found[counts] = found.get(counts, mpf(0)) + chance
            merged[severity] = found
        states = [rest(scheme.start())]
        places = {states[0]: 0}
        ways: list[dict[int, Any]] = []
        good: list[Any] = []
        bad: list[Any] = []
        for state in states:  # grows while it is read
            row: dict[int, Any] = {}
            ends = [mpf(0), mpf(0)]
            for counts, chance in merged[state.severity].items():
                done = scheme.step(state, counts)
                to = places.setdefault(rest(done.state), len(states))
                if to == len(states):
                    states.append(rest(done.state))
                row[to] = row.get(to, mpf(0)) + chance
                ends[done.decision == "reject"] += chance
            ways.append(row)
            good.append(ends[0])
            bad.append(ends[1])
        visits = _visits(ways)
        total = sum(visits)
        return (
            sum(one * chance for one, chance in zip(visits, good, strict=True)) / total,
            sum(one * chance for one, chance in zip(visits, bad, strict=True)) / total,
            len(states),
        )


def _visits(ways: list[dict[int, Any]]) -> list[Any]:
    """The stationary weights, by taking the states out from the last to the first (Grassmann, Taksar and Heyman)."""
    rows = [dict(row) for row in ways]
    into: list[set[int]] = [set() for _ in rows]
    for place, row in enumerate(rows):
        row.pop(place, None)
        for to in row:
            into[to].add(place)
    order = []
    left = set(range(1, len(rows)))
    while left:
        state = min(left, key=lambda one: len(into[one]) * len(rows[one]))
        left.remove(state)
        out = rows[state]
        total = sum(out.values())
        before = {one: rows[one].pop(state) / total for one in into[state]}
        for one, share in before.items():
            for to, chance in out.items():
                if to != one:
                    rows[one][to] = rows[one].get(to, mpf(0)) + share * chance
                    into[to].add(one)
        for to in out:
            into[to].discard(state)
        order.append((state, before))
    visits = [mpf(1)] * len(rows)
    for state, before in reversed(order):
        visits[state] = sum(visits[one] * share for one, share in before.items())
    return visits
