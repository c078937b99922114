"""Root finding for decreasing functions, and the last whole number at which a condition holds."""

from __future__ import annotations

import math
from collections.abc import Callable

__all__ = ["crossing", "last_whole", "last_whole_above"]

_SMALLEST, _LARGEST = 5e-324, 1.7976931348623157e308


def crossing(excess: Callable[[float], float], most: float) -> float:
    """Return the positive float at which a decreasing function crosses zero.

    Parameters
    ----------
    excess : callable
        The function, which can be infinite: positive up to the crossing, not positive after it.
    most : float
        A number at which it is certainly not positive, or infinity if none is known.

    Returns
    -------
    float
        The crossing, correct to the last digit or two; `most` or the largest float if there is none.

    Notes
    -----
    Bisection of the logarithm until both ends have the same magnitude, then the method of Chandrupatla [1]_: inverse
    quadratic interpolation where it is safe, otherwise bisection.

    References
    ----------
    .. [1] T. R. Chandrupatla, "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
       without using derivatives", Adv. Eng. Softw. 28 (1997) 145-149.

    Examples
    --------
    >>> crossing(lambda x: 2 - x * x, math.inf), crossing(lambda x: 1e-250 - x, 1.0)
    (1.4142135623730951, 1e-250)
    """
    low, high = _SMALLEST, min(most, 1.0)
    while most == math.inf and high < _LARGEST and excess(high) > 0:
        low, high = high, min(2 * high, _LARGEST)
    while high > 4 * low:
        middle = math.sqrt(low) * math.sqrt(high)
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return _between(excess, low, high)


def _between(excess: Callable[[float], float], low: float, high: float) -> float:
    """The crossing between two numbers of the same magnitude."""
    new, other, part = low, high, 0.5
    at_new, at_other = excess(low), excess(high)
    while True:
        middle = new + part * (other - new)
        at_middle = excess(middle)
        if (at_middle > 0) == (at_new > 0):
            old, at_old = new, at_new
        else:
            old, at_old, other, at_other = other, at_other, new, at_new
        new, at_new = middle, at_middle
        best, at_best = (new, at_new) if abs(at_new) < abs(at_other) else (other, at_other)
        width = abs(other - new)
        if at_best == 0 or width <= 2 * math.ulp(best):
            return best
        least = math.ulp(best) / width
        part = min(max(_part(new, at_new, other, at_other, old, at_old), least), 1 - least)


def _part(new: float, at_new: float, other: float, at_other: float, old: float, at_old: float) -> float:
    """Estimated position of the crossing as a share of the interval: by inverse quadratic interpolation if it is safe."""
    if at_old == at_other:
        return 0.5
    place = (new - other) / (old - other)
    height = (at_new - at_other) / (at_old - at_other)
    if not (height * height < place and (1 - height) ** 2 < 1 - place):
        return 0.5
    one = at_new / (at_other - at_new) * at_old / (at_other - at_old)
    two = (old - new) / (other - new) * at_new / (at_old - at_new) * at_other / (at_old - at_other)
    return one + two


def last_whole(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return the whole number at which a condition crosses from true to false: the last up to `high`, or `low`.

    The condition must hold up to some number and at none after it.

    Examples
    --------
    >>> last_whole(lambda number: number * number < 200, 0, 1000)
    14
    """
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def last_whole_above(excess: Callable[[int], float], low: int, high: int) -> int:
    """Return the last whole number up to `high` at which a function is 0 or more, or `low` if there is none above `low`.

    Parameters
    ----------
    excess : callable
        The function, 0 or more up to some number and negative after it. The more it resembles a straight line there, the
        fewer calls are made.
    low, high : int
        The ends; the function is not called at `low`.

    Returns
    -------
    int
        The number.

    Notes
    -----
    Each step is the place where the straight line between two known values crosses zero; a step that does not at least
    halve the interval is followed by a bisection.

    Examples
    --------
    >>> last_whole_above(lambda number: 200.0 - number * number, 0, 1000)
    14
    """
    at_low, at_high, halve = math.nan, math.nan, True
    high += 1  # the first number known, or taken, to be too large
    while high - low > 1:
        width = high - low
        # Numbers of nonconforming items are sought most often, and most are a small part of the lot.
        number = low + max(width // (8 if math.isnan(at_low) else 2), 1)
        if not halve:
            share = at_low / (at_low - at_high)
            number = min(max(low + round(width * share), low + 1), high - 1) if 0 <= share <= 1 else number
        value = excess(number)
        if value >= 0:
            low, at_low = number, value
        else:
            high, at_high = number, value
        halve = (not halve and 2 * (high - low) > width) or math.isnan(at_low + at_high)
    return low
