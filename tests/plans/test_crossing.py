"""Roots of decreasing functions, and the last number at which a condition holds."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.plans.crossing import crossing, last_whole, last_whole_above

positive = st.floats(1e-300, 1e300)


def counted(root: float, power: float, most: float) -> tuple[float, int]:
    """The crossing of a power of the distance from a root, and how often the function was asked."""
    asked = 0

    def excess(x: float) -> float:
        nonlocal asked
        asked += 1
        return math.copysign(abs(math.log(root / x)) ** power, root - x)

    return crossing(excess, most), asked


@given(root=positive, power=st.sampled_from([0.2, 1.0, 3.0]))
def test_a_root_of_any_size_is_found_to_the_last_digits(root: float, power: float) -> None:
    found, _ = counted(root, power, math.inf)
    assert abs(found - root) <= 3 * math.ulp(root)


@given(root=st.floats(1e-300, 1))
def test_a_fraction_takes_few_steps_where_the_function_is_smooth(root: float) -> None:
    found, asked = counted(root, 1.0, 1.0)
    assert abs(found - root) <= 3 * math.ulp(root)
    assert asked < 40


@given(root=positive)
def test_a_step_is_found(root: float) -> None:
    found = crossing(lambda x: math.inf if x < root else -math.inf, math.inf)
    assert abs(found - root) <= 3 * math.ulp(root)


@pytest.mark.parametrize("value", [1.0, math.inf])
def test_without_a_crossing_it_is_the_end(value: float) -> None:
    assert crossing(lambda _: value, 1.0) == 1.0
    assert crossing(lambda _: value, math.inf) > 1e308
    assert crossing(lambda _: -value, 1.0) < 1e-300


@given(low=st.integers(-5, 100), more=st.integers(0, 200), share=st.floats(0, 1))
def test_the_last_number_that_holds(low: int, more: int, share: float) -> None:
    last = low + round(share * more)
    asked: list[int] = []

    def holds(number: int) -> bool:
        asked.append(number)
        return number <= last

    assert last_whole(holds, low, low + more) == last
    assert len(asked) <= more.bit_length()
    assert low not in asked


@given(
    low=st.integers(-5, 100),
    more=st.integers(0, 10_000),
    share=st.floats(0, 1),
    power=st.sampled_from([1, 3, 9]),
    on_it=st.booleans(),
)
def test_the_last_number_of_a_function_that_is_not_negative(
    low: int, more: int, share: float, power: int, on_it: bool
) -> None:
    """Straight or bent, it takes at most twice the calls of a bisection, and few where it is straight."""
    last = low + round(share * more)
    asked: list[int] = []

    def excess(number: int) -> float:
        asked.append(number)
        return float((last + (0 if on_it else 0.5) - number) ** power)

    assert last_whole_above(excess, low, low + more) == last
    assert low not in asked
    assert len(asked) <= 2 * more.bit_length() + 2


def test_a_straight_line_takes_few_calls() -> None:
    """A bisection of 10^12 numbers takes 40 calls; the place where a line crosses zero is computed."""
    asked: list[int] = []

    def excess(number: int) -> float:
        asked.append(number)
        return 314_159_265_358.5 - number

    assert last_whole_above(excess, 0, 10**12) == 314_159_265_358
    assert len(asked) <= 12
