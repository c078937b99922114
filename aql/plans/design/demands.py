"""What a plan is designed for: two points of quality and risk, checked once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real
from operator import index
from typing import Any, Literal

from aql.checks import lot_size as lot_size_of
from aql.errors import DomainError
from aql.types import MODELS, Model

__all__ = [
    "Demand",
    "DesignUnit",
    "Point",
    "demand_of",
    "point_of",
    "quality_of",
    "risk_of",
    "setting_of",
    "whole",
]

DesignUnit = Literal["item", "100 items", "lot"]
"""What a quality is counted per; ``"lot"``: the number nonconforming in a finite lot."""

_UNITS = {"binomial": ("item",), "poisson": ("item", "100 items"), "hypergeometric": ("item", "lot")}
# Samples beyond this are not searched for.
_MOST = 10**9
# Nor are more nonconformities on an item.
_DENSEST = 1000
# A probability is exact to about this much, so a plan that meets a risk exactly is one that meets it.
_EXACT = 1e-12
# A product of a fraction and a lot size is a whole number when it is this close to one.
_ULPS = 4


@dataclass(frozen=True, slots=True)
class Point:
    """A quality, and the risk that is allowed there.

    Attributes
    ----------
    quality : float or int
        Fraction nonconforming, nonconformities per item, or number nonconforming in the lot.
    risk : float
        Largest probability of rejecting (producer's point) or of accepting (consumer's point).
    text : str
        The quality as it was given.
    """

    quality: float
    risk: float
    text: str

    @property
    def limit(self) -> float:
        """The risk with the last digits of a computed probability added."""
        return self.risk * (1 + _EXACT)


@dataclass(frozen=True, slots=True)
class Demand:
    """Two points that a plan has to meet.

    Attributes
    ----------
    model : str
        The law.
    prq, crq : Point
        Producer's and consumer's point; `prq` is the better quality.
    lot_size : int or None
        Lot size of the hypergeometric law.
    """

    model: Model
    prq: Point
    crq: Point
    lot_size: int | None

    @property
    def most(self) -> int:
        """Largest sample that is searched for."""
        return self.lot_size or _MOST

    def __str__(self) -> str:
        return f"Pr({self.prq.text}) <= {self.prq.risk!r} and Pa({self.crq.text}) <= {self.crq.risk!r}"


def demand_of(prq: Any, crq: Any, *, model: Model, lot_size: Any, unit: str) -> Demand:
    """Check two points and what goes with them; which of them is better is left to the caller.

    Examples
    --------
    >>> print(demand_of((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item"))
    Pr(0.01) <= 0.05 and Pa(0.05) <= 0.1
    """
    size = setting_of(model, lot_size, unit)
    good = point_of(prq, "prq", model=model, lot_size=size, unit=unit)
    poor = point_of(crq, "crq", model=model, lot_size=size, unit=unit)
    return Demand(model, good, poor, size)


def setting_of(model: Model, lot_size: Any, unit: str) -> int | None:
    """Check that model, lot size and unit go together; return the lot size."""
    if model not in MODELS:
        raise DomainError(
            f"model {model!r} is not known",
            "a model is one of " + ", ".join(MODELS),
            "Use one of them",
            value=model,
        )
    if unit not in _UNITS[model]:
        raise DomainError(
            f"unit {unit!r} with the {model} model",
            "its unit is one of " + ", ".join(f'"{one}"' for one in _UNITS[model]),
            "Use one of them",
            value=unit,
        )
    if model == "hypergeometric":
        return lot_size_of(lot_size)
    if lot_size is not None:
        raise DomainError(
            f"lot_size {lot_size!r} with the {model} model",
            "lot_size goes with the hypergeometric model of a finite lot",
            'Leave lot_size out, or use model="hypergeometric"',
            value=lot_size,
        )
    return None


def point_of(pair: Any, name: str, *, model: str, lot_size: int | None, unit: str) -> Point:
    """Check a pair of quality and risk."""
    try:
        quality, risk = pair
    except (TypeError, ValueError):
        raise DomainError(
            f"{name} {pair!r} is no point",
            f"{name} is a quality with the risk allowed there",
            f"Give a pair such as {name}=(0.01, 0.05)",
            value=pair,
        ) from None
    number, text = quality_of(quality, name, model=model, lot_size=lot_size, unit=unit)
    return Point(number, risk_of(risk, f"{name} risk"), text)


def risk_of(value: Any, name: str) -> float:
    """Check a risk."""
    risk = _real(value)
    if not 0 < risk < 1:
        raise DomainError(
            f"{name} {value!r} is not possible",
            "a risk lies between 0 and 1, both excluded",
            "Write 0.05 for five percent",
            value=value,
        )
    return risk


def quality_of(value: Any, name: str, *, model: str, lot_size: int | None, unit: str) -> tuple[float, str]:
    """Check a quality; return it as the law takes it and as it was given."""
    quality = _real(value)
    most = lot_size if unit == "lot" and lot_size else _DENSEST if model == "poisson" else 1
    if unit == "100 items":
        most *= 100
    if not 0 <= quality <= most or (unit == "lot" and quality != int(quality)):
        allowed, todo = {
            "lot": (
                f"a lot of {lot_size} has a whole number of 0 to {lot_size} nonconforming items",
                "Give such a number",
            ),
            "poisson": (f"nonconformities per {unit} are 0 to {most}", "Give such a number"),
        }.get(
            unit if unit == "lot" else model,
            ("a fraction nonconforming lies between 0 and 1", "Write 0.01 for one percent"),
        )
        raise DomainError(f"{name} quality {value!r} is not possible", allowed, todo, value=value)
    if unit == "lot":
        return int(quality), f"{int(quality)} of {lot_size}"
    if lot_size is not None:
        return _count(quality, name, lot_size), repr(quality)
    return (quality / 100 if unit == "100 items" else quality), repr(quality)


def whole(value: Any, name: str) -> int:
    """Check a whole number of 1 or more."""
    try:
        number = 0 if isinstance(value, bool) else index(value)
    except TypeError:
        number = 0
    if number < 1:
        raise DomainError(
            f"{name} {value!r} is not allowed",
            f"{name} is a whole number, 1 or more",
            "Give a whole number",
            value=value,
        )
    return number


def _real(value: Any) -> float:
    return math.nan if isinstance(value, bool) or not isinstance(value, Real) else float(value)


def _count(fraction: float, name: str, lot_size: int) -> int:
    count = fraction * lot_size
    nearest = round(count)
    if abs(count - nearest) > _ULPS * math.ulp(max(count, 1.0)):
        low = math.floor(count)
        raise DomainError(
            f"{name} quality {fraction!r} of a lot of {lot_size} is {count:.6g} items",
            f"a finite lot has a whole number; the nearest are {low}/{lot_size} and {low + 1}/{lot_size}",
            f'Use one of these, or {low} or {low + 1} with unit="lot"',
            value=fraction,
            nearest=(low, low + 1),
        )
    return nearest
