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
from aql.plans.outgoing_quality import Aoql, check_aoql_of_lot
from aql.plans.outgoing_quality import aoq as plan_aoq
from aql.plans.plan import on_lot
from aql.plans.protocols import Process, Screened
from aql.plans.quality import Work, parse_quality
from aql.plans.total_inspection import ati as plan_ati
from aql.scheme.chain import MOST_STATES, Forces, normal_states
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
        As `aql.Scheme.aoq`; also if a plan of the scheme rejects nothing, or the chain has more than 50 000 states.

    Examples
    --------
    >>> from aql import Scheme
    >>> limit = Scheme.lookup(letter="J", aql=2.5).aoql()
    >>> round(limit.value, 5), round(limit.at, 5)
    (0.03219, 0.0364)
    """
    import numpy as np

    from aql.plans.acceptance.ends import compiled

    states = normal_states(scheme.rules, scheme.forces[0]) if reduced else 1
    if _MOST_STATES < states <= MOST_STATES:
        raise DomainError(
            f"the chain must have at most {_MOST_STATES} states for an AOQL, got {states}",
            todo="Take aoq at some qualities, or agree on rules without limit numbers, rules.agreed(limit_numbers=False)",
            code="too-many-states",
            value=states,
        )
    forces = _on_lot(scheme, lot_size).forces
    in_a_lot = model == "hypergeometric"
    if in_a_lot:
        size = checked_lot_size(lot_size)
        for force in forces:
            check_aoql_of_lot(force.on_lot, size)
        low, top, name = 1.0, float(size), "nonconforming"
    else:
        codes = [compiled(computed_steps(force.on_lot), model == "poisson") for force in scheme.forces]
        if any(code.always for code in codes):
            raise DomainError(f"every plan must be able to reject for an AOQL, got {scheme!r}", value=scheme)
        pivots = [code.pivot for code in codes]
        low, top, name = min(pivots) / 1000, 1.0 if model == "binomial" else 40 * max(pivots) + 40, "p"
    grid = np.concatenate([np.geomspace(low, top, _GRID), np.linspace(low, top, _GRID)])
    grid = np.unique(np.rint(grid) if in_a_lot else grid)
    how: Any = {"lot_size": lot_size, "found": found, "model": model}
    value, at = _largest(
        lambda points: cast(Any, aoq)(scheme, **{name: points}, reduced=reduced, **how),
        [cast(Any, plan_aoq)(force.on_lot, **{name: grid}, **how) for force in forces],
        grid,
        whole=in_a_lot,
    )
    scale = parse_quality(0.0, model=model, unit=unit).scale if not in_a_lot else 1.0
    return Aoql(scale * value, at / size if in_a_lot else scale * at)


# Qualities at which the plans are compared, at first and in each refinement; relative width at which it ends.
_GRID, _COARSE, _FINE, _SAME = 2000, 33, 17, 5e-4
_MOST_STATES = 50_000
"""Most states of a chain for an AOQL: about 90 qualities are worked out, each from all states."""


def _largest(outgoing: Work, by_plan: list[Floats], grid: Floats, *, whole: bool) -> tuple[float, float]:
    """Return the largest outgoing quality of a scheme and where it is, from those of its plans on a grid of qualities.

    A plan takes far less time than a scheme, whose outgoing quality is a mean of those of its plans. So it is never
    above the largest of these, and is searched for where they are at least as large as a value it is known to have.
    """
    import numpy as np

    known = outgoing(np.unique([grid[np.argmax(values)] for values in by_plan])).max()
    possible = np.flatnonzero(np.max(by_plan, axis=0) >= (1 - 1e-9) * known)
    left, right = grid[max(possible[0] - 1, 0)], grid[min(possible[-1] + 1, grid.size - 1)]
    points = np.geomspace(left, right, _COARSE)
    while True:
        points = np.unique(np.rint(points)) if whole else points
        values = outgoing(points)
        best = int(np.argmax(values))
        left, right = points[max(best - 1, 0)], points[min(best + 1, points.size - 1)]
        if right - left <= (2 if whole else _SAME * right):
            break
        points = np.linspace(left, right, _FINE)
    if not whole and 0 < best < points.size - 1:
        # The top of the parabola through the three best points.
        before, middle, after = values[best - 1 : best + 2]
        bend = (middle - before) + (middle - after)
        top = np.array(
            [points[best] + 0.5 * (points[1] - points[0]) * ((after - before) / bend if bend > 0 else 0.0)]
        )
        points, values, best = top, outgoing(top), 0
    return float(values[best]), float(points[best])


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
