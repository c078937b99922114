"""Helpers for distributions whose arguments can be numbers or arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Array = NDArray[np.float64] | NDArray[np.integer[Any]]

__all__ = ["all_numbers", "each", "floats"]


def all_numbers(*values: Any) -> bool:
    """Return whether every argument of a distribution is a Python number, so that no arrays are needed.

    Examples
    --------
    >>> all_numbers(1, 0.5), all_numbers(1, [0.5])
    (True, False)
    """
    for value in values:  # noqa: SIM110 - twice as fast as all(...)
        if not isinstance(value, (int, float)):
            return False
    return True


def floats(*values: Any) -> tuple[Floats, ...]:
    """Return the arguments of a distribution as arrays of floats of one shape."""
    import numpy as np

    return np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in values))


def each(probability: Callable[..., float], *values: Any) -> Floats:
    """Return an array of probabilities, computed one by one: series for different counts share no work.

    Examples
    --------
    >>> each(max, [1, 5], 3)
    array([3., 5.])
    """
    import numpy as np

    arrays = floats(*values)
    found = [probability(*one) for one in zip(*(array.ravel().tolist() for array in arrays), strict=True)]
    return np.array(found, dtype=float).reshape(arrays[0].shape)
