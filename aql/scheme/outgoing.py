"""The outgoing quality and the total inspection of a scheme in the long run, if lots not accepted are screened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Unpack, cast, overload

from aql.checks import choice
from aql.checks import lot_size as checked_lot_size
from aql.errors import DomainError
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector
from aql.plans.largest_plans import computed_steps
from aql.plans.outgoing_quality import Aoql, largest
from aql.plans.outgoing_quality import aoq as plan_aoq
from aql.plans.plan import on_lot
from aql.plans.protocols import Process, Screened
from aql.plans.quality import parse_quality
from aql.plans.total_inspection import ati as plan_ati
from aql.scheme.chain import Forces
from aql.scheme.long_run_averages import plain_of
from aql.scheme.long_run_chain import Switching, evaluated, solved
from aql.scheme.rules import Rules
from aql.types import FOUND, Found, Model, Unit

__all__ = ["afi", "aoq", "aoql", "ati"]


class SchemeProcess(Process, total=False):
    """Keyword arguments of `aql.Scheme.ati`, without the lot size."""

    reduced: bool


class SchemeScreened(Screened, total=False):
    """Keyword arguments of `aql.Scheme.aoq`, without the lot size."""

    reduced: bool


@dataclass(frozen=True, slots=True)
class _OnLot:
    """A scheme applied to lots of a size."""

    rules: Rules
    forces: Forces
    seed: int | None


def _on_lot(scheme: Switching, lot_size: int | None) -> Switching:
    if lot_size is None:
        return scheme
    size = checked_lot_size(lot_size)
    first, second, third = (replace(force, on_lot=on_lot(force.on_lot, size)) for force in scheme.forces)
    return _OnLot(scheme.rules, (first, second, third), scheme.seed)


@overload
def aoq(
    scheme: Switching, p: Number, *, lot_size: int | None = ..., **how: Unpack[SchemeScreened]
) -> float: ...
@overload
def aoq(
    scheme: Switching, p: SeriesT, *, lot_size: int | None = ..., **how: Unpack[SchemeScreened]
) -> SeriesT: ...
@overload
def aoq(
    scheme: Switching, p: Numbers, *, lot_size: int | None = ..., **how: Unpack[SchemeScreened]
) -> Floats: ...
@overload
def aoq(
    scheme: Switching, *, nonconforming: Number, lot_size: int | None = ..., **how: Unpack[SchemeScreened]
) -> float: ...
@overload
def aoq(
    scheme: Switching, *, nonconforming: Numbers, lot_size: int | None = ..., **how: Unpack[SchemeScreened]
) -> Floats: ...
def aoq(
    scheme: Switching,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    reduced: bool = True,
    lot_size: int | None = None,
    found: Found = "replaced",
    model: Model = "binomial",
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Average outgoing quality of a scheme in the long run, if lots not accepted are screened.

    Parameters
    ----------
    scheme : Scheme
        The scheme.
    p, reduced, model, nonconforming, unit, inspector
        As in `aql.Scheme.pa`.
    lot_size, found
        As in `aql.plans.aoq`.

    Returns
    -------
    float, ndarray of float64, or Series
        Outgoing quality in the unit of the incoming quality, in its type and shape.

    Raises
    ------
    DomainError
        As `aql.plans.aoq`.

    Examples
    --------
    >>> from aql import Scheme
    >>> scheme = Scheme.lookup(1200, aql=2.5)
    >>> round(scheme.aoq(0.03, lot_size=1200), 5), round(scheme.normal.plan.aoq(0.03, lot_size=1200), 5)
    (0.02793, 0.02707)
    """
    choice(found, "found", FOUND)
    if found == "removed" and (lot_size is None or inspector is not None):
        # The function of a plan says what is missing.
        plan_aoq(scheme.forces[0].on_lot, 0.0, lot_size=lot_size, found=found, inspector=inspector)
    on = _on_lot(scheme, lot_size)
    how: Any = {"lot_size": lot_size, "model": model, "inspector": inspector}
    given, total = _weighted(on, p, nonconforming, unit, how, reduced=reduced, formula=plan_aoq)
    if found == "removed":
        total = _of_delivered(total, plain_of(given).values / (given.lot_size or 1))
    total = total * given.scale
    return total if isinstance(total, float) else given.alike(total)


_POINTS = 200
"""Fewer than for a plan, because each of the states of the chain takes memory for each of them."""


def _of_delivered(bad: Any, incoming: Any) -> Any:
    """The share of nonconforming items among those that are delivered, if the others found are removed; 0 if none are."""
    import numpy as np

    left = (1.0 - incoming) + bad
    if isinstance(left, float):
        return bad / left if left > 0 else 0.0
    return np.divide(bad, left, out=np.zeros_like(left), where=left > 0)


def _weighted(
    scheme: Switching, p: Any, nonconforming: Any, unit: Unit, how: Any, *, reduced: bool, formula: Any
) -> tuple[Any, Any]:
    """The checked quality, and the mean of a property of the plans, weighted by the shares of the severities."""
    finite = how["lot_size"] if how["model"] == "hypergeometric" else None
    given = parse_quality(p, model=how["model"], lot_size=finite, nonconforming=nonconforming, unit=unit)
    ready = solved(scheme, reduced=reduced)
    plain = plain_of(given)
    shares = evaluated(scheme, ready.chain, plain, how["inspector"], ready.shares)
    name = "p" if given.lot_size is None else "nonconforming"
    total: Any = 0.0
    for share, force in zip(shares, scheme.forces, strict=True):
        total = total + share * formula(force.on_lot, **{name: plain.values}, **how)
    return given, total


def aoql(
    scheme: Switching,
    *,
    reduced: bool = True,
    lot_size: int | None = None,
    found: Found = "replaced",
    model: Model = "binomial",
    unit: Unit = "item",
) -> Aoql:
    """Average outgoing quality limit of a scheme: the largest `aql.Scheme.aoq` over all incoming qualities.

    Parameters
    ----------
    scheme : Scheme
        The scheme.
    reduced, lot_size, found, model, unit
        As in `aql.Scheme.aoq`.

    Returns
    -------
    Aoql
        The limit and the incoming quality at which it is reached, in the given unit.

    Raises
    ------
    DomainError
        As `aql.Scheme.aoq`; also if a plan of the scheme rejects nothing.

    Examples
    --------
    >>> from aql import Scheme
    >>> limit = Scheme.lookup(letter="J", aql=2.5).aoql()
    >>> round(limit.value, 5), round(limit.at, 5)
    (0.03219, 0.0364)
    """
    import numpy as np

    if model == "hypergeometric":
        size = checked_lot_size(lot_size)
        bad = np.arange(size + 1)
        outgoing = aoq(
            scheme, nonconforming=bad, lot_size=size, found=found, model="hypergeometric", reduced=reduced
        )
        best = int(np.argmax(outgoing))
        return Aoql(float(outgoing[best]), best / size)
    from aql.plans.acceptance.ends import compiled

    scale = parse_quality(0.0, model=model, unit=unit).scale
    codes = [compiled(computed_steps(force.on_lot), model == "poisson") for force in scheme.forces]
    if any(code.always for code in codes):
        raise DomainError(f"every plan must be able to reject for an AOQL, got {scheme!r}", value=scheme)
    pivots = [code.pivot for code in codes]
    top = 1.0 if model == "binomial" else 40 * max(pivots) + 40
    return largest(
        lambda grid: aoq(scheme, grid, lot_size=lot_size, found=found, model=model, reduced=reduced),
        min(pivots) / 1000,
        top,
        scale,
        _POINTS,
    )


@overload
def ati(scheme: Switching, p: Number, *, lot_size: int, **how: Unpack[SchemeProcess]) -> float: ...
@overload
def ati(scheme: Switching, p: SeriesT, *, lot_size: int, **how: Unpack[SchemeProcess]) -> SeriesT: ...
@overload
def ati(scheme: Switching, p: Numbers, *, lot_size: int, **how: Unpack[SchemeProcess]) -> Floats: ...
@overload
def ati(
    scheme: Switching, *, nonconforming: Number, lot_size: int, **how: Unpack[SchemeProcess]
) -> float: ...
@overload
def ati(
    scheme: Switching, *, nonconforming: Numbers, lot_size: int, **how: Unpack[SchemeProcess]
) -> Floats: ...
def ati(
    scheme: Switching,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    lot_size: int,
    reduced: bool = True,
    model: Model = "binomial",
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Average total inspection per lot of a scheme in the long run, if outgoing lots that were not accepted are screened.

    Parameters and errors are those of `aql.plans.ati`; `reduced` is that of `aql.Scheme.pa`.

    Returns
    -------
    float, ndarray of float64, or Series
        Items inspected per lot, in the type and shape of the quality. [items]

    Examples
    --------
    >>> from aql import Scheme
    >>> round(Scheme.lookup(1200, aql=2.5).ati(0.03, lot_size=1200), 1)
    82.6
    """
    size = checked_lot_size(lot_size)
    how: Any = {"lot_size": size, "model": model, "inspector": inspector}
    given, total = _weighted(
        _on_lot(scheme, size), p, nonconforming, unit, how, reduced=reduced, formula=plan_ati
    )
    return total if isinstance(total, float) else cast("Floats | SeriesLike", given.alike(total))


@overload
def afi(
    scheme: Switching, p: Number, *, lot_size: int, reduced: bool = ..., model: Model = ..., unit: Unit = ...
) -> float: ...
@overload
def afi(
    scheme: Switching, p: Numbers, *, lot_size: int, reduced: bool = ..., model: Model = ..., unit: Unit = ...
) -> Floats: ...
def afi(
    scheme: Switching,
    p: Number | Numbers,
    *,
    lot_size: int,
    reduced: bool = True,
    model: Model = "binomial",
    unit: Unit = "item",
) -> float | Floats:
    """Average fraction inspected of a scheme in the long run, screening included: `aql.Scheme.ati` as a share of the lot.

    Examples
    --------
    >>> from aql import Scheme
    >>> round(Scheme.lookup(1200, aql=2.5).afi(0.03, lot_size=1200), 4)
    0.0688
    """
    import numpy as np

    total = ati(
        scheme, np.asarray(p, dtype=float), lot_size=lot_size, reduced=reduced, model=model, unit=unit
    )
    found = np.asarray(total) / lot_size
    return float(found) if found.ndim == 0 else found
