"""Simulated whole inspections: how often scoring accepts, compared with the computed probability.

Lots are made at random, their items are drawn, and an inspector submits the findings to `aql.score` until it accepts or
rejects. The number of lots accepted is binomial with the computed probability P, so the probabilities of at most and of
at least the observed number are known; they are summed term by term with 400 digits. A test fails if one of them is below
half of `FALSE_ALARM`. If P is right, it fails for at most one seed in 1 / FALSE_ALARM, and the seed is fixed.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

import aql
from aql.scoring.whole_inspection import class_pas, whole_inspection_pa
from aql.types import Model
from tests.oracles import exact_probability as exact
from tests.profiles import exhaustive
from tests.scoring.builders import Values, cls, contract, log, single, staged, term

SIZE = 30
LOTS = 3000
SEED = 28591
FALSE_ALARM = 1e-6

DEFECTS = {"critical": "crack", "major": "dent", "minor": "scratch"}
CONVENTIONS = ("per-class", "largest", "letter")

TABLE = [cls("critical", aql=0), cls("major", aql=2.5), cls("minor", aql=4.0)]
STATED = [
    cls("critical", plan=single(20, 1)),
    cls("major", plan=single(20, 6)),
    cls("minor", plan=staged((10, 15), (2, 5), (5, 6))),
]
# Nonconforming items of each class in a lot of 30; of a process, the same shares.
FEW = {"critical": 1, "major": 2, "minor": 4}
MANY = {"critical": 1, "major": 7, "minor": 8}

Case = tuple[list[Values], str, dict[str, int]]
CASES: dict[str, Case] = {name: (TABLE, name, FEW) for name in CONVENTIONS} | {
    "stated": (STATED, "per-class", MANY)
}


def agreed(name: str) -> aql.Contract:
    classes, sample, _ = CASES[name]
    return contract(classes, [term(defect, owner) for owner, defect in DEFECTS.items()], sample=sample)


def computed(name: str, *, exclusive: bool, model: Model) -> float:
    return whole_inspection_pa(agreed(name), SIZE, shares(name), exclusive=exclusive, model=model)


def shares(name: str) -> dict[str, float]:
    return {owner: number / SIZE for owner, number in CASES[name][2].items()}


# Lots at random -------------------------------------------------------------------------------------------------------


def lots(numbers: dict[str, int], *, exclusive: bool, model: Model) -> Iterator[np.ndarray]:
    """For every lot, its items in the order drawn: a row for each, and whether it is nonconforming in each class."""
    rng = np.random.default_rng(SEED)
    bad = [*numbers.values()]
    kinds = np.repeat(np.arange(len(bad)), bad)
    edges = np.cumsum(bad) / SIZE
    for _ in range(LOTS):
        items = np.zeros((SIZE, len(bad)), dtype=bool)
        if model == "binomial":
            if exclusive:
                kind = np.searchsorted(edges, rng.random(SIZE), side="right")
                for place in range(len(bad)):
                    items[:, place] = kind == place
            else:
                items[:] = rng.random((SIZE, len(bad))) < np.array(bad) / SIZE
        elif exclusive:
            items[rng.permutation(SIZE)[: kinds.size], kinds] = True
        else:
            for place, number in enumerate(bad):
                items[rng.permutation(SIZE)[:number], place] = True
        yield items


@cache
def accepted(name: str, *, exclusive: bool, model: Model) -> int:
    """How many of the lots the score accepts."""
    clause = agreed(name)
    headers = [log((), SIZE, drawn).header for drawn in range(SIZE + 1)]
    rows = [
        log(tuple({"item": k, "term": defect} for k in range(1, SIZE + 1)), SIZE, SIZE).rows
        for defect in DEFECTS.values()
    ]
    start = aql.score(clause, aql.Inspection(headers[0]))
    total = 0
    for items in lots(CASES[name][2], exclusive=exclusive, model=model):
        verdict, drawn = start, 0
        while verdict.decision in {"hold", "continue"}:
            drawn += max(line.draw for line in verdict.lines)
            found = tuple(rows[place][item] for item, place in np.argwhere(items[:drawn]).tolist())
            verdict = aql.score(clause, aql.Inspection(headers[drawn], found))
        total += verdict.decision == "accept"
    return total


# The bound ------------------------------------------------------------------------------------------------------------


@cache
def bounds(probability: float) -> tuple[int, int]:
    """The smallest and largest number of accepted lots that the test lets pass."""
    terms = exact.binomial(probability)(0, 0, LOTS, LOTS)
    low, high, below, above = 0, LOTS, terms[0], terms[-1]
    while below <= FALSE_ALARM / 2:
        low += 1
        below += terms[low]
    while above <= FALSE_ALARM / 2:
        high -= 1
        above += terms[high]
    return low, high


def passes(number: int, probability: float) -> bool:
    low, high = bounds(probability)
    return low <= number <= high


def test_the_bound_is_the_smallest_interval_that_keeps_the_false_alarms() -> None:
    low, high = bounds(0.2)
    terms = exact.binomial(0.2)(0, 0, LOTS, LOTS)
    assert abs(sum(terms) - 1) < 1e-300
    assert sum(terms[:low]) <= FALSE_ALARM / 2 < sum(terms[: low + 1])
    assert sum(terms[high + 1 :]) <= FALSE_ALARM / 2 < sum(terms[high:])
    # Some 4.9 standard deviations to each side.
    assert high - low == pytest.approx(2 * 4.9 * (LOTS * 0.2 * 0.8) ** 0.5, rel=0.02)


# Comparing ------------------------------------------------------------------------------------------------------------


@pytest.mark.exhaustive
@pytest.mark.parametrize("model", ["binomial", exhaustive("hypergeometric")])
@pytest.mark.parametrize("exclusive", [False, exhaustive(True)])
@pytest.mark.parametrize("name", [*map(exhaustive, CONVENTIONS), "stated"])
def test_the_score_accepts_as_often_as_computed(name: str, exclusive: bool, model: Model) -> None:
    probability = computed(name, exclusive=exclusive, model=model)
    number = accepted(name, exclusive=exclusive, model=model)
    assert passes(number, probability), (number, LOTS * probability, bounds(probability))


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", CONVENTIONS)
def test_the_simulation_tells_the_conventions_apart(name: str) -> None:
    number = accepted(name, exclusive=False, model="binomial")
    others = [other for other in CONVENTIONS if other != name]
    assert not any(passes(number, computed(other, exclusive=False, model="binomial")) for other in others)


def test_the_simulation_sees_that_an_item_counts_once_and_that_a_lot_is_no_process() -> None:
    number = accepted("stated", exclusive=False, model="binomial")
    apart = class_pas(agreed("stated"), SIZE, shares("stated"))
    assert not passes(number, apart["critical"] * apart["major"] * apart["minor"])
    assert not passes(number, computed("stated", exclusive=True, model="binomial"))
    assert not passes(number, computed("stated", exclusive=False, model="hypergeometric"))
