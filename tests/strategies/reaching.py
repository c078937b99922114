"""What a strategy draws in a given number of draws, and what it shrinks to, repeatably."""

from collections import Counter
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from hypothesis import find, given, seed, settings
from hypothesis import strategies as st

Value = TypeVar("Value")


def reached(
    strategy: st.SearchStrategy[Any], *keys: Callable[[Any], Hashable], draws: int = 300, tests: int = 1
) -> list[Counter[Any]]:
    """How often each key took each value; at default settings, so a failing health check fails the test.

    The draws of one test resemble each other, as Hypothesis varies what it has seen; with `tests`, that many tests draw,
    each with its own seed.
    """
    seen: list[Counter[Any]] = [Counter() for _ in keys]

    @settings(
        settings.get_profile("default"), max_examples=draws, derandomize=True, database=None, deadline=None
    )
    @given(strategy)
    def collect(value: Any) -> None:
        for counter, key in zip(seen, keys, strict=True):
            counter[key(value)] += 1

    for number in range(tests):
        (seed(number)(collect) if tests > 1 else collect)()
    return seen


def simplest(
    strategy: st.SearchStrategy[Value], condition: Callable[[Value], bool] = lambda _: True
) -> Value:
    """What a strategy shrinks to, among the values that meet a condition."""
    return find(strategy, condition, settings=settings(settings.get_profile("ci"), max_examples=2000))
