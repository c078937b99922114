"""The demand on a design: a producer's and a consumer's point (quality and risk), checked once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real
from typing import Any

from aql.checks import choice, is_bool, share, whole_number
from aql.checks import lot_size as checked_lot_size
from aql.errors import DomainError
from aql.types import DESIGN_UNITS, MODELS, DesignUnit, Model
from aql.words import either, short_repr

__all__ = ["Demand", "Point", "demand_of", "quality_of", "setting_of"]

_UNITS: dict[Model, tuple[DesignUnit, ...]] = {
    "binomial": ("item",),
    "poisson": ("item", "100 items"),
    "hypergeometric": ("item", "lot"),
}
# Largest sample of the search.
_MOST = 10**7
# Largest number of nonconformities per item.
_DENSEST = 1000
# Relative accuracy of a probability: a risk that is exceeded by no more than this is met.
_EXACT = 1e-12
# A product of a fraction and a lot size this close to a whole number is that number.
_ULPS = 4


@dataclass(frozen=True, slots=True)
class Point:
    """A quality, and the largest risk allowed at it.

    Attributes
    ----------
    quality : float or int
        Fraction nonconforming, nonconformities per item, or number nonconforming in the lot.
    risk : float
        Largest probability of rejection (producer's point) or acceptance (consumer's point).
    text : str
        The quality as it was given.
    """

    quality: float
    risk: float
    text: str

    @property
    def limit(self) -> float:
        """The risk, increased by the accuracy of a computed probability."""
        return self.risk * (1 + _EXACT)


@dataclass(frozen=True, slots=True)
class Demand:
    """Two points that a plan must meet.

    Attributes
    ----------
    model : str
        The model.
    prq, crq : Point
        Producer's and consumer's point; `prq` has the better quality.
    lot_size : int or None
        Lot size of the hypergeometric model.
    """

    model: Model
    prq: Point
    crq: Point
    lot_size: int | None

    @property
    def most(self) -> int:
        """Largest sample of the search."""
        return self.lot_size or _MOST

    def __str__(self) -> str:
        return f"Pr({self.prq.text}) <= {self.prq.risk!r} and Pa({self.crq.text}) <= {self.crq.risk!r}"


def demand_of(prq: object, crq: object, *, model: Model, lot_size: object, unit: DesignUnit) -> Demand:
    """Check a demand: two points with model, lot size and unit; the caller must check which quality is better.

    Examples
    --------
    >>> print(demand_of((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item"))
    Pr(0.01) <= 0.05 and Pa(0.05) <= 0.1
    """
    size = setting_of(model, lot_size, unit)
    good, poor = (_point(pair, name, model, size, unit) for pair, name in ((prq, "prq"), (crq, "crq")))
    return Demand(model, good, poor, size)


def setting_of(model: Model, lot_size: object, unit: DesignUnit) -> int | None:
    """Check that model, lot size and unit of a demand fit together; return the lot size."""
    choice(model, "model", MODELS)
    if choice(unit, "unit", DESIGN_UNITS) not in _UNITS[model]:
        raise DomainError(
            f'unit must be {either(_UNITS[model])} with model="{model}", got {short_repr(unit)}', value=unit
        )
    if model == "hypergeometric":
        return checked_lot_size(lot_size)
    if lot_size is not None:
        raise DomainError(
            f'lot_size requires model="hypergeometric", got lot_size={short_repr(lot_size)} with model="{model}"',
            value=lot_size,
        )
    return None


def quality_of(
    value: object, name: str, *, model: Model, lot_size: int | None, unit: DesignUnit
) -> tuple[float, str]:
    """Check the quality of a demand; return it in the form that the model needs, and as text."""
    if unit == "lot":
        whole = int(value) if isinstance(value, float) and value.is_integer() else value
        count = whole_number(whole, name, most=lot_size or 0)
        return count, f"{count} of {lot_size}"
    if model != "poisson":
        quality = share(value, name)
        return (quality if lot_size is None else _count(quality, name, lot_size)), repr(quality)
    most = _DENSEST * (100 if unit == "100 items" else 1)
    try:
        quality = float(value) if isinstance(value, Real) and not is_bool(value) else math.nan
    except OverflowError:
        quality = math.nan
    if not 0 <= quality <= most:
        raise DomainError(
            f"{name} must be from 0 to {most} nonconformities per {unit}, got {short_repr(value)}",
            value=value,
        )
    return (quality / 100 if unit == "100 items" else quality), repr(quality)


def _point(pair: Any, name: str, model: Model, lot_size: int | None, unit: DesignUnit) -> Point:
    try:
        quality, risk = pair
    except (TypeError, ValueError):
        raise DomainError(
            f"{name} must be a pair of quality and risk, such as (0.01, 0.05), got {short_repr(pair)}",
            value=pair,
        ) from None
    number, text = quality_of(quality, f"{name} quality", model=model, lot_size=lot_size, unit=unit)
    return Point(number, share(risk, f"{name} risk", ends=False), text)


def _count(fraction: float, name: str, lot_size: int) -> int:
    count = fraction * lot_size
    nearest = round(count)
    if abs(count - nearest) > _ULPS * math.ulp(max(count, 1.0)):
        low = math.floor(count)
        raise DomainError(
            f"{name} must mean a whole number of items in a lot of {lot_size}, got {fraction!r}, which is {count:.6g} items",
            todo=f'Use {low} or {low + 1} with unit="lot"',
            value=fraction,
            nearest=(low, low + 1),
        )
    return nearest
