"""What the formulas need of what they are asked about, and the keywords that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypedDict, Unpack, overload

from aql.plans.arrays import Floats, Number, Numbers, SeriesT
from aql.types import Found, InspectionExtent, Model, Unit

if TYPE_CHECKING:
    from aql.plans.inspection_error import Inspector

__all__ = ["Accepting", "Law", "Process", "Sampled", "Screened"]


class Process(TypedDict, total=False):
    """The keywords of `aql.plans.pa`, less the lot size."""

    model: Model
    unit: Unit
    inspector: Inspector | None


class Law(Process, total=False):
    """The keywords that say what a quality is: see `aql.plans.pa`."""

    lot_size: int | None


class Sampled(Law, total=False):
    """The keywords of `aql.plans.asn`."""

    inspection: InspectionExtent


class Screened(Process, total=False):
    """The keywords of `aql.plans.aoq`, less the lot size."""

    found: Found


class Accepting(Protocol):
    """What accepts a lot of a quality with one probability and rejects it with another: a plan."""

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
