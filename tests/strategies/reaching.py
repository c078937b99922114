"""What a strategy reaches in a stated number of draws, the same in every run."""

from collections import Counter
from collections.abc import Callable, Hashable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st


def reached(
    strategy: st.SearchStrategy[Any], *keys: Callable[[Any], Hashable], draws: int = 300
) -> list[Counter[Hashable]]:
    """How often each key took each value; at default settings, so a failing health check fails the test."""
    seen: list[Counter[Hashable]] = [Counter() for _ in keys]

    @settings(
        settings.get_profile("default"), max_examples=draws, derandomize=True, database=None, deadline=None
    )
    @given(strategy)
    def collect(value: Any) -> None:
        for counter, key in zip(seen, keys, strict=True):
            counter[key(value)] += 1

    collect()
    return seen
