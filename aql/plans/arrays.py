"""Numbers, arrays and Series as arguments: converts them to floats, and results back to the same type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar, overload

from aql.errors import DomainError
from aql.words import short_repr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Number = float | np.floating | np.integer
    Numbers = Sequence[Number] | Sequence[Sequence[Number]] | NDArray[np.floating | np.integer]
else:
    # These names are used only in annotations, so NumPy need not be imported before there is an array.
    Floats = Number = Numbers = object

__all__ = ["Floats", "Number", "Numbers", "SeriesLike", "SeriesT", "Values", "alike", "numbers", "series_in"]


class SeriesLike(Protocol):
    """A pandas or polars Series: a named column whose values NumPy can read."""

    @property
    def name(self) -> object:
        """Name of the column."""

    def to_numpy(self) -> object:
        """Values as an array."""

    def to_list(self) -> Sequence[object]:
        """Values as a list."""

    def head(self, n: int = ..., /) -> object:
        """First values."""


SeriesT = TypeVar("SeriesT", bound=SeriesLike)
Values = TypeVar("Values", float, Floats)


def numbers(value: object, name: str) -> float | Floats:
    """Return a number as a float, or a sequence or array of numbers as an array of floats.

    Examples
    --------
    >>> numbers(1, "p"), numbers([0.1, 0.2], "p")
    (1.0, array([0.1, 0.2]))
    >>> numbers("ten percent", "p")
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: p must be a number or an array of numbers, got 'ten percent'.
    """
    if isinstance(value, float) or type(value) is int:
        try:
            return float(value)
        except OverflowError:
            raise _no_numbers(value, name) from None
    import numpy as np

    try:
        array = np.asarray(value)
        if array.dtype.kind == "O" and getattr(getattr(value, "dtype", None), "kind", "O") in "fiu":
            # A nullable pandas column, whose missing values are not floats.
            array = value.to_numpy(dtype=float, na_value=np.nan)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        raise _no_numbers(value, name) from None
    if array.dtype.kind not in "fiu":
        raise _no_numbers(value, name)
    found: Floats = array.astype(np.float64, copy=False)
    return float(found) if found.ndim == 0 else found


def _no_numbers(value: object, name: str) -> DomainError:
    return DomainError(
        f"{name} must be a number or an array of numbers, got {short_repr(value)}", value=value
    )


def series_in(value: object) -> SeriesLike | None:
    """Return an argument if it is a Series rather than an array, else None; results keep its type, name and index."""
    members = ("name", "to_numpy", "to_list", "head")
    return value if all(hasattr(value, one) for one in members) else None  # type: ignore[return-value]


@overload
def alike(found: Floats | NDArray[np.str_], given: SeriesLike) -> SeriesLike: ...
@overload
def alike(found: Floats, given: SeriesLike | None) -> float | Floats | SeriesLike: ...
def alike(
    found: Floats | NDArray[np.str_], given: SeriesLike | None
) -> float | Floats | NDArray[np.str_] | SeriesLike:
    """Return an array of results in the type of the argument: a Series for a Series, a float for a number.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> alike(np.array(0.5), None)
    0.5
    >>> alike(np.array([0.5, 0.1]), pd.Series([1, 2], index=["a", "b"], name="p"))
    a    0.5
    b    0.1
    Name: p, dtype: float64
    """
    if given is None:
        return float(found) if found.ndim == 0 else found
    index = getattr(given, "index", None)
    if index is None:
        return type(given)(given.name, found)  # type: ignore[call-arg]
    return type(given)(found, index=index, name=given.name)  # type: ignore[call-arg]
