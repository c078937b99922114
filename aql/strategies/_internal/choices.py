"""Choices in a log: drawn, or the simplest of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from hypothesis import strategies as st

__all__ = ["Choices"]

Option = TypeVar("Option")


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices in a log.

    Hypothesis prefers the example with the fewest choices. The simplest log therefore makes none, and others make one
    only where there are options.

    Attributes
    ----------
    draw : callable or None
        Draws from a strategy; None for the simplest choice of each kind.
    """

    draw: st.DrawFn | None = None

    def whole(self, low: int, high: int) -> int:
        """A whole number; the smallest is the simplest."""
        return low if self.draw is None or low == high else self.draw(_whole(low, high))

    def one_of(self, options: Sequence[Option]) -> Option:
        """One of the options; the first is the simplest."""
        return options[self.whole(0, len(options) - 1)]

    def flag(self) -> bool:
        """True or False; False is the simplest."""
        return bool(self.whole(0, 1))


@lru_cache(maxsize=1024)
def _whole(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)
