"""Every order of conforming and nonconforming items in a small lot, inspected as an inspector does, and counted.

A lot of N items is drawn in some order; all that matters is which places have a nonconforming item. There are 2^N such
patterns. With d nonconforming items all C(N, d) patterns are equally likely when the items are drawn at random, so the
share of them that is accepted is the probability of acceptance in the hypergeometric model, as a fraction.

The inspector does not know the plan. He asks how many items to draw, draws them, and asks again with all items drawn so
far, until the answer is accept or reject. He works in one of three ways:

"full"       draws what he is told to draw
"semi"       draws the first sample as a whole, later ones item by item
"curtailed"  draws item by item from the beginning
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import comb
from typing import NamedTuple

__all__ = ["Answer", "Ending", "Pattern", "Tally", "every_pattern", "inspect", "inspect_all"]

Pattern = tuple[int, ...]
"""1 for a nonconforming item and 0 for a conforming one, in the order drawn."""


class Answer(NamedTuple):
    """What is said to the items drawn so far: a decision, and how many items to draw where there is none yet."""

    decision: str
    draw: int


class Ending(NamedTuple):
    """How an inspection ended, after how many items."""

    accepted: bool
    inspected: int


Ask = Callable[[Pattern], Answer]


class Tally(NamedTuple):
    """For 0, 1, ..., N nonconforming items: the share of the patterns that was accepted, and the mean items inspected."""

    accepted: tuple[Fraction, ...]
    inspected: tuple[Fraction, ...]


def every_pattern(size: int, ending: Callable[[Pattern], Ending]) -> Tally:
    """Inspect all 2^N patterns of a lot of N items."""
    accepted, inspected = [0] * (size + 1), [0] * (size + 1)
    for pattern in product((0, 1), repeat=size):
        end = ending(pattern)
        accepted[sum(pattern)] += end.accepted
        inspected[sum(pattern)] += end.inspected
    ways = [comb(size, number) for number in range(size + 1)]
    return Tally(tuple(map(Fraction, accepted, ways)), tuple(map(Fraction, inspected, ways)))


def inspect(pattern: Pattern, ask: Ask, start: Answer, way: str = "full") -> Ending:
    """Draw and ask until there is a decision; `start` is the answer to an empty log."""
    answer, drawn = start, 0
    while answer.decision in {"hold", "continue"}:
        if not 0 < answer.draw <= len(pattern) - drawn:
            raise AssertionError(f"{answer} after {drawn} items of a lot of {len(pattern)}")
        alone = way == "curtailed" or (way == "semi" and drawn > 0)
        drawn += 1 if alone else answer.draw
        answer = ask(pattern[:drawn])
    return Ending(answer.decision == "accept", drawn)


def inspect_all(pattern: Pattern, ask: Ask) -> Ending:
    """Inspect the whole lot, write down all that is found, and ask once."""
    answer = ask(pattern)
    if answer.decision not in {"accept", "reject"}:
        raise AssertionError(f"{answer} to a lot that was inspected whole")
    return Ending(answer.decision == "accept", len(pattern))
