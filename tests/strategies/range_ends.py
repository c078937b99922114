"""The ends of what a strategy draws: each whole number is mostly an end of its range, so that few draws reach both."""

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, PrimitiveProvider

_NAME = "ends of ranges"
_AT_AN_END = 0.75  # of the whole numbers; the others are anywhere in their range


class Ends(PrimitiveProvider):
    """A backend of Hypothesis that draws the ends of ranges, with the same random numbers in every test."""

    def __init__(self, conjecturedata: Any, /) -> None:
        super().__init__(conjecturedata)
        self.random = Random(1)

    def draw_boolean(self, p: float = 0.5) -> bool:
        return self.random.random() < p

    def draw_integer(self, min_value: int | None = None, max_value: int | None = None, **_how: Any) -> int:
        assert min_value is not None
        assert max_value is not None
        ends = (min_value, max_value)
        return self.random.choice(ends) if self.random.random() < _AT_AN_END else self.random.randint(*ends)

    def draw_string(self, intervals: Any, *, min_size: int = 0, max_size: int = 0) -> str:
        size = self.draw_integer(min_size, max_size)
        return "".join(chr(intervals[self.random.randrange(len(intervals))]) for _ in range(size))

    def draw_float(self, **_how: Any) -> float:
        raise NotImplementedError

    def draw_bytes(self, min_size: int = 0, max_size: int = 0) -> bytes:
        raise NotImplementedError


AVAILABLE_PROVIDERS[_NAME] = f"{__name__}.{Ends.__name__}"


def ends(
    strategy: st.SearchStrategy[Any], *keys: Callable[[Any], Any], draws: int = 60
) -> list[tuple[Any, Any]]:
    """The least and the most that each key took in so many draws; None is no number."""
    seen: list[set[Any]] = [set() for _ in keys]

    @settings(
        settings.get_profile("default"),
        max_examples=draws,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        backend=_NAME,
    )
    @given(strategy)
    def collect(value: Any) -> None:
        for one, key in zip(seen, keys, strict=True):
            one.add(key(value))

    collect()
    numbers = [one - {None} for one in seen]
    return [(min(one), max(one)) for one in numbers]
