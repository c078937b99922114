"""The protocol that the formulas for quality levels require, and the keyword arguments that formulas share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypedDict, Unpack, overload

from aql.plans.arrays import Floats, Number, Numbers, SeriesT
from aql.types import Found, InspectionExtent, Model, Unit

if TYPE_CHECKING:
    from aql.plans.inspection_error import Inspector

__all__ = ["Accepting", "Law", "Process", "Sampled", "Screened"]


class Process(TypedDict, total=False):
    """Keyword arguments of `aql.plans.pa`, without the lot size."""

    model: Model
    unit: Unit
    inspector: Inspector | None


class Law(Process, total=False):
    """Keyword arguments that define what a quality means; see `aql.plans.pa`."""

    lot_size: int | None


class Sampled(Law, total=False):
    """Keyword arguments of `aql.plans.asn`."""

    inspection: InspectionExtent


class Screened(Process, total=False):
    """Keyword arguments of `aql.plans.aoq`, without the lot size."""

    found: Found


class Accepting(Protocol):
    """Anything with probabilities of acceptance and rejection by quality, such as a plan."""

    @overload
    def pa(self, p: Number, **law: Unpack[Law]) -> float: ...
    @overload
    def pa(self, p: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
    @overload
    def pa(self, p: Numbers, **law: Unpack[Law]) -> Floats: ...

    @overload
    def pr(self, p: Number, **law: Unpack[Law]) -> float: ...
    @overload
    def pr(self, p: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
    @overload
    def pr(self, p: Numbers, **law: Unpack[Law]) -> Floats: ...
