"""Sample size code letters by lot size and inspection level."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, cast, overload

from aql import tables
from aql.checks import LARGEST_LOT, choice
from aql.errors import DomainError
from aql.plans.arrays import SeriesLike, SeriesT, alike, series_in
from aql.standards.arguments import SMALLEST_LOT, lot_size_number
from aql.standards.editions import DEFAULT_STANDARD, edition
from aql.types import LEVELS, Level, Severity, StandardName
from aql.words import short_repr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    import numpy as np
    from numpy.typing import NDArray

    Items: TypeAlias = int | float | Decimal | np.integer | np.floating
    LotSizes: TypeAlias = (
        Sequence[Items]
        | Sequence[Sequence[Items]]
        | NDArray[np.integer]
        | NDArray[np.floating]
        | NDArray[np.object_]
    )

__all__ = [
    "Items",
    "LotSizes",
    "band_of",
    "code_letter",
    "is_array",
    "letter_bands",
    "lot_size_array",
    "sample_size",
    "scalar_code_letter",
]


@overload
def code_letter(lot_size: SeriesT, level: Level = ..., *, standard: StandardName = ...) -> SeriesT: ...
@overload
def code_letter(
    lot_size: LotSizes, level: Level = ..., *, standard: StandardName = ...
) -> NDArray[np.str_]: ...
@overload
def code_letter(lot_size: Items, level: Level = ..., *, standard: StandardName = ...) -> str: ...
def code_letter(
    lot_size: Items | LotSizes | SeriesLike, level: Level = "II", *, standard: StandardName = DEFAULT_STANDARD
) -> str | NDArray[np.str_] | SeriesLike:
    """Sample size code letter of a lot at an inspection level.

    Parameters
    ----------
    lot_size : int, array_like of int, or Series
        Lot size, 2 or more. [items]
    level : {"S-1", "S-2", "S-3", "S-4", "I", "II", "III"}
        Inspection level; defaults to ``"II"``.
    standard : str
        Edition, one of `STANDARDS`; defaults to the first.

    Returns
    -------
    str, ndarray of str, or Series
        Letter A to R without I and O; an array of the same shape for an array, a Series with the same index for a
        Series.

    Raises
    ------
    DomainError
        If a lot size is not a whole number of 2 or more, or level or standard is unknown.

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
    if not is_array(lot_size):
        return scalar_code_letter(lot_size_number(cast("Items", lot_size)), level, standard)
    import numpy as np

    sizes = lot_size_array(cast("LotSizes", lot_size))
    starts, letters = letter_bands(edition(standard).folder, _checked(level, standard))
    found: NDArray[np.str_] = np.array(letters)[band_of(sizes, starts)]
    given = series_in(lot_size)
    return found if given is None else alike(found, given)


def scalar_code_letter(lot_size: int, level: Level, standard: StandardName) -> str:
    """Return the code letter of one valid lot size."""
    starts, letters = letter_bands(edition(standard).folder, _checked(level, standard))
    return letters[bisect_right(starts, lot_size) - 1]


def _checked(level: Level, standard: StandardName) -> Level:
    book = edition(standard)
    if book.letter_only:
        raise book.unverified("The table of code letters")
    return choice(level, "level", LEVELS)


@cache
def sample_size(folder: str, severity: Severity, letter: str) -> int:
    """Return the sample size of a code letter in the single sampling table of a severity."""
    return tables.master_table(folder, f"single_{severity}").sample_sizes[letter]


@cache
def letter_bands(folder: str, level: Level) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the smallest lot size and the code letter of every band at a level."""
    bands = [band for band in tables.code_letters(folder)[1] if band.level == level]
    return tuple(band.first for band in bands), tuple(band.letter for band in bands)


def band_of(sizes: NDArray[np.int64], starts: tuple[int, ...]) -> NDArray[np.uint8]:
    """Return the index of the band of code letters for every valid lot size.

    There are so few bands that comparisons are faster than a binary search.
    """
    import numpy as np

    band = np.zeros(sizes.shape, dtype=np.uint8)
    for start in starts[1:]:
        band += sizes >= start
    return band


def is_array(value: object) -> bool:
    """Whether code letters are asked for an array, a Series or a sequence of lot sizes rather than for one."""
    if isinstance(value, (int, float, str, bytes)) or value is None:
        return False
    shape = getattr(value, "shape", None)
    return shape != () if isinstance(shape, tuple) else hasattr(value, "__len__")


def lot_size_array(values: LotSizes | SeriesLike, *, least: int = SMALLEST_LOT) -> NDArray[np.int64]:
    """Return lot sizes for code letters as a new int64 array; an invalid one raises an error with its index."""
    import numpy as np

    try:
        array = np.asarray(values)
    except ValueError:
        raise DomainError(
            f"lot sizes must be whole numbers, {least} or more, got {short_repr(values)}", value=values
        ) from None
    if array.size == 0:
        return np.zeros(array.shape, dtype=np.int64)
    if array.dtype.kind == "O":
        sizes = [
            lot_size_number(one, name=_placed(place), least=least) for place, one in enumerate(array.ravel())
        ]
        return np.array(sizes, dtype=np.int64).reshape(array.shape)
    if array.dtype.kind not in "iuf":
        raise DomainError(f"lot sizes must be whole numbers, {least} or more, got {array.dtype}")
    is_float = array.dtype.kind == "f"
    array = array.astype(np.float64) if is_float else array  # the largest lot does not fit into 16 bits
    good = (array >= least) & (array <= LARGEST_LOT)
    if is_float:
        good &= array == np.floor(array)
    if not good.all():
        place = int(np.flatnonzero(~good)[0])
        lot_size_number(array.ravel()[place].item(), name=_placed(place), least=least)  # raises the error
    return array.astype(np.int64)


def _placed(place: int) -> str:
    return f"lot_sizes[{place}]"
