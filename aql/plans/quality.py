"""Qualities as people give them: checked once, scalars and arrays alike, and turned into what the laws take."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from aql.errors import DomainError

if TYPE_CHECKING:
    from aql.distributions import Floats

__all__ = ["MODELS", "Model", "Qualities", "Unit", "by_blocks", "lot_size_of", "qualities", "shaped"]

Model = Literal["binomial", "hypergeometric", "poisson"]
Unit = Literal["item", "100 items"]
MODELS = ("binomial", "hypergeometric", "poisson")
UNITS = ("item", "100 items")

_ULPS = 4
_BLOCK = 131_072
_LARGEST = float(np.finfo(float).max)


@dataclass(frozen=True, slots=True, eq=False)
class Qualities:
    """Checked qualities of a process or lots.

    Attributes
    ----------
    model : str
        The law.
    values : ndarray
        Fractions nonconforming, nonconformities per item, or numbers nonconforming in the lot.
    scalar : bool
        True where a single number was given.
    lot_size : int or None
        Lot size of the hypergeometric law.
    """

    model: Model
    values: Floats
    scalar: bool
    lot_size: int | None = None

    @property
    def fractions(self) -> Floats:
        """The same as fractions nonconforming or nonconformities per item."""
        return self.values if self.lot_size is None else self.values / self.lot_size


def qualities(
    p: Any,
    *,
    model: str = "binomial",
    lot_size: Any = None,
    nonconforming: Any = None,
    unit: str = "item",
) -> Qualities:
    """Check a quality and its model.

    Parameters
    ----------
    p : array_like of float or None
        Fraction nonconforming [1]; nonconformities per item, or per 100 items, with the Poisson model.
    model : {"binomial", "hypergeometric", "poisson"}
        The law.
    lot_size : int, optional
        Lot size; needed by the hypergeometric law and refused by the others. [items]
    nonconforming : array_like of int, optional
        Number nonconforming in the lot, in place of `p`.
    unit : {"item", "100 items"}
        What nonconformities are counted per, with the Poisson model.

    Returns
    -------
    Qualities
        Checked values.

    Raises
    ------
    DomainError
        If a value is outside its range, an argument is missing, or an argument does not go with the model.

    Examples
    --------
    >>> qualities(0.05, model="hypergeometric", lot_size=120).values
    array(6.)
    """
    if model not in MODELS:
        raise DomainError(
            f"model {model!r} is not known",
            "a model is one of " + ", ".join(MODELS),
            "Use one of them",
            value=model,
        )
    if unit not in UNITS or (unit != "item" and model != "poisson"):
        raise DomainError(
            f"unit {unit!r} with the {model} model",
            'nonconformities of the poisson model are per "item" or per "100 items"',
            'Leave unit out, or use model="poisson"',
            value=unit,
        )
    if model == "hypergeometric":
        return _finite(p, lot_size, nonconforming)
    for name, value in (("lot_size", lot_size), ("nonconforming", nonconforming)):
        if value is not None:
            raise DomainError(
                f"{name} {value!r} with the {model} model",
                f"{name} goes with the hypergeometric model of a finite lot",
                f'Leave {name} out, or use model="hypergeometric"',
                value=value,
            )
    values, scalar = _floats(p, "p")
    if model == "binomial":
        _within(values, "p", 1, "a fraction nonconforming lies between 0 and 1", "Write 0.01 for one percent")
    else:
        _within(values, "p", _LARGEST, "nonconformities per item are 0 or more", "Give a finite number")
        values = values / 100 if unit == "100 items" else values
    return Qualities(model, values, scalar)  # type: ignore[arg-type]


def _finite(p: Any, lot_size: Any, nonconforming: Any) -> Qualities:
    size = lot_size_of(lot_size)
    if (p is None) == (nonconforming is None):
        raise DomainError(
            "both p and nonconforming" if p is not None else "neither p nor nonconforming",
            "the hypergeometric model takes one of them",
            "Give p, or the number nonconforming in the lot",
        )
    if nonconforming is not None:
        values, scalar = _floats(nonconforming, "nonconforming")
        _within(
            values,
            "nonconforming",
            size,
            f"a lot of {size} has a whole number of 0 to {size} nonconforming items",
            "Give such a number",
            whole=True,
        )
        return Qualities("hypergeometric", values, scalar, size)
    values, scalar = _floats(p, "p")
    _within(values, "p", 1, "a fraction nonconforming lies between 0 and 1", "Write 0.01 for one percent")
    given = Qualities("hypergeometric", values, scalar, size)
    return replace(given, values=by_blocks(_whole_items, given))


def _whole_items(given: Qualities) -> Floats:
    """Numbers nonconforming from the fractions of a lot."""
    size = given.lot_size or 0
    counts = given.values * size
    whole = np.rint(counts)
    off = np.abs(counts - whole) > _ULPS * np.spacing(counts)
    if off.any():
        first = float(given.values[off][0]) if off.ndim else float(given.values)
        low = math.floor(first * size)
        raise DomainError(
            f"p {first!r} of a lot of {size} is {first * size:.6g} items",
            f"a finite lot has a whole number; the nearest are {low}/{size} and {low + 1}/{size}",
            f"Use nonconforming={low} or nonconforming={low + 1}",
            value=first,
            nearest=(low, low + 1),
        )
    return np.asarray(whole)


def by_blocks(work: Callable[[Qualities], Floats], given: Qualities) -> Floats:
    """Work on some of the qualities at a time, so that the memory needed does not grow with their number.

    Examples
    --------
    >>> given = qualities(np.full((2, 100_000), 0.25))
    >>> by_blocks(lambda some: 4 * some.values, given).shape
    (2, 100000)
    """
    values = given.values
    if values.size <= _BLOCK:
        return work(given)
    flat, found = values.reshape(-1), np.empty(values.size)
    for start in range(0, values.size, _BLOCK):
        part = slice(start, start + _BLOCK)
        found[part] = work(replace(given, values=flat[part], scalar=False))
    return found.reshape(values.shape)


def lot_size_of(value: Any) -> int:
    """Return a lot size as an int.

    Examples
    --------
    >>> lot_size_of(1200)
    1200
    """
    number = value if isinstance(value, int) and not isinstance(value, bool) else None
    if number is None and hasattr(value, "__index__") and not isinstance(value, bool):
        number = value.__index__()
    if number is None or not 1 <= number < 2**53:
        raise DomainError(
            f"lot_size {value!r}",
            "a lot has a whole number of items, 1 or more",
            "Give the lot size",
            value=value,
        )
    return int(number)


def _floats(value: Any, name: str) -> tuple[Floats, bool]:
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "fiu":
            raise TypeError
        values = array.astype(float, copy=False)
    except (TypeError, ValueError):
        raise DomainError(
            f"{name} {value!r} is no number",
            f"{name} is a number or an array of numbers",
            "Give one",
            value=value,
        ) from None
    return values, values.ndim == 0


def _within(values: Floats, name: str, most: float, allowed: str, todo: str, *, whole: bool = False) -> None:
    """Raise at the first value below 0, above `most`, or with `whole` between whole numbers; NaN passes."""
    flat = values.reshape(-1)
    for start in range(0, flat.size, _BLOCK):
        part = flat[start : start + _BLOCK]
        bad = (part < 0) | (part > most)
        if whole:
            bad |= np.floor(part) < part
        if bad.any():
            first = float(part[bad][0])
            raise DomainError(f"{name} {first:.6g} is not possible", allowed, todo, value=first)


def shaped(values: Floats, given: Qualities) -> Any:
    """Return a float where a scalar was given, the array otherwise."""
    return float(values) if given.scalar else values
