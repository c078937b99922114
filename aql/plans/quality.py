"""Qualities as arguments: checked once, and converted to what the distributions need."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from aql.checks import choice
from aql.checks import lot_size as checked_lot_size
from aql.errors import DomainError
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, alike, numbers, series_in
from aql.types import MODELS, UNITS, Model, Unit
from aql.words import short_repr

__all__ = ["Quality", "Work", "parse_quality"]

Work = Callable[[Floats], Floats]
"""A function that computes results from a one-dimensional array of qualities."""

_ULPS = 4
_BLOCK = 131_072
_LARGEST = 1.7976931348623157e308


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """Checked qualities of a process or of lots.

    Attributes
    ----------
    model : str
        The model.
    values : float or ndarray
        Fractions nonconforming, nonconformities per item, or numbers nonconforming in the lot.
    lot_size : int or None
        Lot size of the hypergeometric model. [items]
    scale : float
        Factor that converts a quality per item to the given unit: 1 or 100.
    series : SeriesLike or None
        The Series that was given; results keep its type, name and index.
    """

    model: Model
    values: float | Floats
    lot_size: int | None = None
    scale: float = 1.0
    series: SeriesLike | None = None

    def with_values(self, values: float | Floats) -> Quality:
        """Return a copy with other qualities."""
        return Quality(self.model, values, self.lot_size, self.scale, self.series)

    def evaluate(self, work: Work) -> Floats:
        """Return the results of `work`, which is called with one-dimensional blocks of the qualities.

        Because of the blocks, the additional memory does not grow with the number of qualities. If `work` returns
        several rows of results, so does this function.

        Examples
        --------
        >>> import numpy as np
        >>> given = parse_quality(np.full((2, 100_000), 0.25))
        >>> given.evaluate(lambda values: 4 * values).shape
        (2, 100000)
        """
        import numpy as np

        values = np.asarray(self.values)
        flat = values.reshape(-1)
        if flat.size <= _BLOCK:
            found = work(flat)
        else:
            first = work(flat[:_BLOCK])
            found = np.empty((*first.shape[:-1], flat.size))
            found[..., :_BLOCK] = first
            for start in range(_BLOCK, flat.size, _BLOCK):
                part = slice(start, start + _BLOCK)
                found[..., part] = work(flat[part])
        return found.reshape(found.shape[:-1] + values.shape)

    def alike(self, found: Floats) -> float | Floats | SeriesLike:
        """Return results in the type in which the qualities were given."""
        return alike(found, self.series)


def parse_quality(
    p: Number | Numbers | SeriesLike | None = None,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
) -> Quality:
    """Check a quality and its model.

    Parameters
    ----------
    p : number, array_like of numbers, or Series
        Fraction nonconforming [1]; nonconformities per item, or per 100 items, with the Poisson model.
    model : {"binomial", "hypergeometric", "poisson"}
        The model.
    lot_size : int, optional
        Lot size, required by the hypergeometric model and not allowed with the others. [items]
    nonconforming : number, array_like of numbers, or Series
        Number nonconforming in the lot, instead of `p`. [items]
    unit : {"item", "100 items"}
        Unit of nonconformities with the Poisson model.

    Returns
    -------
    Quality
        Checked values.

    Raises
    ------
    DomainError
        If a value is outside its range, an argument is missing, or an argument does not fit the model.

    Examples
    --------
    >>> parse_quality(0.05, model="hypergeometric", lot_size=120).values
    6.0
    """
    choice(model, "model", MODELS)
    choice(unit, "unit", UNITS)
    if unit != "item" and model != "poisson":
        raise DomainError(f'unit must be "item" with model="{model}", got {short_repr(unit)}', value=unit)
    if model == "hypergeometric":
        return _of_lot(p, lot_size, nonconforming)
    for name, given in (("lot_size", lot_size), ("nonconforming", nonconforming)):
        if given is not None:
            raise DomainError(
                f'{name} requires model="hypergeometric", got {name}={short_repr(given)} with model="{model}"',
                value=given,
            )
    values = numbers(p, "p")
    if model == "binomial":
        _check_fractions(values)
    else:
        _check(values, "p must be 0 or more and finite, got {}", _LARGEST)
    scale = 100.0 if unit == "100 items" else 1.0
    values = values if scale == 1.0 else values / scale
    return Quality(model, values, None, scale, None if isinstance(values, float) else series_in(p))


def _of_lot(
    p: Number | Numbers | SeriesLike | None,
    lot_size: int | None,
    nonconforming: Number | Numbers | SeriesLike | None,
) -> Quality:
    """Check qualities of a finite lot, and convert fractions to numbers of items."""
    size = checked_lot_size(lot_size)
    if (p is None) == (nonconforming is None):
        got = "neither" if p is None else "both"
        raise DomainError(f'pass either p or nonconforming with model="hypergeometric", got {got}')
    if nonconforming is not None:
        values = numbers(nonconforming, "nonconforming")
        _check(values, f"nonconforming must be a whole number from 0 to {size}, got {{}}", size, whole=True)
    else:
        values = numbers(p, "p")
        _check_fractions(values)
        values = _whole_items(values, size)
    given = p if nonconforming is None else nonconforming
    return Quality(
        "hypergeometric", values, size, 1.0, None if isinstance(values, float) else series_in(given)
    )


def _check_fractions(values: float | Floats) -> None:
    _check(values, "p must be from 0 to 1, got {}", 1)


def _check(values: float | Floats, message: str, most: float, *, whole: bool = False) -> None:
    """Raise for the first value that is below 0, above `most` or, with `whole`, not whole; NaN is valid."""
    if isinstance(values, float):
        if math.isnan(values) or (0 <= values <= most and not (whole and values % 1)):
            return
        first = values
    else:
        import numpy as np

        flat = values.reshape(-1)
        for start in range(0, flat.size, _BLOCK):
            part = flat[start : start + _BLOCK]
            bad = (part < 0) | (part > most)
            if whole:
                bad |= np.floor(part) < part
            if bad.any():
                first = float(part[bad][0])
                break
        else:
            return
    hint = f"Write {first / 100:.6g} for {first:.6g} %" if most == 1 and 1 < first <= 100 else ""
    raise DomainError(message.format(f"{first:.6g}"), todo=hint, value=first)


def _whole_items(values: float | Floats, size: int) -> float | Floats:
    """Convert fractions nonconforming in a lot to numbers of items."""
    if isinstance(values, float):
        if math.isnan(values):
            return values
        count = values * size
        whole = float(round(count))
        if abs(count - whole) > _ULPS * math.ulp(count):
            raise _between_items(values, size)
        return whole
    import numpy as np

    def rounded(part: Floats) -> Floats:
        counts = part * size
        whole: Floats = np.rint(counts)
        off = np.abs(counts - whole) > _ULPS * np.spacing(counts)
        if off.any():
            raise _between_items(float(part[off][0]), size)
        return whole

    return Quality("hypergeometric", values, size).evaluate(rounded)


def _between_items(fraction: float, size: int) -> DomainError:
    count = fraction * size
    low = math.floor(count)
    return DomainError(
        f"p must mean a whole number of items in a lot of {size}, got {fraction!r}, which is {count:.6g} items",
        todo=f"Use nonconforming={low} or nonconforming={low + 1}",
        value=fraction,
        nearest=(low, low + 1),
    )
