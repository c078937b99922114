"""Code letters: from lot size and level to the row of the tables."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any, overload

from aql import tables
from aql.errors import DomainError
from aql.standards.arguments import LEVELS, SMALLEST_LOT, choice, lot_size_number
from aql.standards.editions import DEFAULT_STANDARD, edition

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["band_of", "code_letter", "letter_bands", "lot_size_array", "scalar_code_letter"]

_LARGEST = 2**62


@overload
def code_letter(lot_size: int, level: str = ..., *, standard: str = ...) -> str: ...
@overload
def code_letter(lot_size: ArrayLike, level: str = ..., *, standard: str = ...) -> Any: ...
def code_letter(lot_size: Any, level: str = "II", *, standard: str = DEFAULT_STANDARD) -> Any:
    """Sample size code letter of a lot at an inspection level.

    Parameters
    ----------
    lot_size : int, or array_like of int
        Lot size, 2 or more. [items]
    level : str
        Inspection level: ``"S-1"`` to ``"S-4"``, ``"I"``, ``"II"`` or ``"III"``.
    standard : str
        Edition, one of `STANDARDS`.

    Returns
    -------
    str, or ndarray of str
        Letter A to R without I and O; an array of the same shape for an array of lot sizes.

    Raises
    ------
    DomainError
        If a lot size is no whole number of 2 or more, or level or standard are unknown.

    References
    ----------
    ISO 2859-1:1999, Table 1; MIL-STD-105E, Table I.

    Examples
    --------
    >>> code_letter(1200)
    'J'
    >>> code_letter([50, 3000], level="III").tolist()
    ['E', 'L']
    """
    if _is_array(lot_size):
        found, sizes = edition(standard), lot_size_array(lot_size)
        starts, letters = letter_bands(found.folder, _checked(level, standard))
        import numpy as np

        return np.array(letters)[band_of(sizes, starts)]
    return scalar_code_letter(lot_size_number(lot_size), level, standard)


def scalar_code_letter(lot_size: int, level: str, standard: str) -> str:
    """Code letter of one checked lot size."""
    starts, letters = letter_bands(edition(standard).folder, _checked(level, standard))
    return letters[bisect_right(starts, lot_size) - 1]


def _checked(level: str, standard: str) -> str:
    found = edition(standard)
    if found.letter_only:
        raise found.unverified("The table of code letters")
    return choice(level, "level", LEVELS)


@cache
def letter_bands(folder: str, level: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """First lot sizes and letters of the bands at a level."""
    bands = [band for band in tables.code_letters(folder)[1] if band.level == level]
    return tuple(band.first for band in bands), tuple(band.letter for band in bands)


def band_of(sizes: NDArray[np.int64], starts: tuple[int, ...]) -> NDArray[np.uint8]:
    """Index of the band of every checked lot size; comparisons beat a binary search over so few bands."""
    import numpy as np

    band = np.zeros(sizes.shape, dtype=np.uint8)
    for start in starts[1:]:
        band += sizes >= start
    return band


def _is_array(value: Any) -> bool:
    if isinstance(value, (int, float, str, bytes)) or value is None:
        return False
    shape = getattr(value, "shape", None)
    return shape != () if isinstance(shape, tuple) else hasattr(value, "__len__")


def lot_size_array(values: Any) -> NDArray[np.int64]:
    """Return lot sizes as an int64 array; the first bad one raises with its place."""
    import numpy as np

    array = np.asarray(values)
    if array.dtype.kind in "iu":
        bad = (array < SMALLEST_LOT) | (array > _LARGEST)
    elif array.dtype.kind == "f":
        bad = ~((array >= SMALLEST_LOT) & (array == np.floor(array)) & (array <= _LARGEST))
    elif array.size == 0:
        return np.zeros(array.shape, dtype=np.int64)
    elif array.dtype.kind == "O":
        return np.array([lot_size_number(value) for value in array.ravel()], dtype=np.int64).reshape(
            array.shape
        )
    else:
        raise DomainError(
            f"lot sizes of type {array.dtype}",
            "lot sizes are whole numbers, 2 or more",
            "Give the numbers of items as integers",
            value=values,
        )
    if bad.any():
        place = int(np.flatnonzero(bad)[0])
        raise DomainError(
            f"lot size {array.ravel()[place]} at place {place} is not possible",
            "a lot size is a whole number, 2 or more",
            "Mend it, or leave the lot out",
            value=array.ravel()[place],
            place=place,
        )
    return array.astype(np.int64, copy=False)
