"""What a scheme does in the long run: the stationary distribution of its Markov chain, and properties averaged over it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Unpack, cast, overload

from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector
from aql.plans.plan import Plan
from aql.plans.protocols import Law, Sampled
from aql.plans.quality import Quality, parse_quality
from aql.plans.sample_number import asn as plan_asn
from aql.scheme.chain import Chain
from aql.scheme.long_run_chain import Switching, evaluated, solved
from aql.types import SEVERITIES, InspectionExtent, Model, Severity, Unit

__all__ = [
    "Ran",
    "RanSampled",
    "accepted_share",
    "asn",
    "asn_at",
    "by_severity",
    "pa",
    "plain_of",
    "pr",
    "shares",
]


class Ran(Law, total=False):
    """Keyword arguments of `aql.Scheme.pa`."""

    reduced: bool


class RanSampled(Sampled, total=False):
    """Keyword arguments of `aql.Scheme.asn`."""

    reduced: bool


def accepted_share(chain: Chain, chances: list[Any], shares: list[Any], *, accepted: bool) -> Any:
    """Return the share of lots accepted in the long run, or not accepted, from the shares of the severities."""
    total: Any = 0.0
    place = 0
    for share, kinds in zip(shares, chain.kinds, strict=True):
        for kind in kinds:
            if kind.outcome.accepted == accepted:
                total = total + share * chances[place]
            place += 1
    return total


def _probability(
    scheme: Switching, given: Quality, inspector: Inspector | None, *, reduced: bool, accepted: bool
) -> Any:
    ready = solved(scheme, reduced=reduced)

    def finish(chances: list[Any]) -> Any:
        return accepted_share(ready.chain, chances, ready.shares(chances), accepted=accepted)

    return evaluated(scheme, ready.chain, given, inspector, finish)


@overload
def pa(scheme: Switching, p: Number, **law: Unpack[Ran]) -> float: ...
@overload
def pa(scheme: Switching, p: SeriesT, **law: Unpack[Ran]) -> SeriesT: ...
@overload
def pa(scheme: Switching, p: Numbers, **law: Unpack[Ran]) -> Floats: ...
@overload
def pa(scheme: Switching, *, nonconforming: Number, **law: Unpack[Ran]) -> float: ...
@overload
def pa(scheme: Switching, *, nonconforming: SeriesT, **law: Unpack[Ran]) -> SeriesT: ...
@overload
def pa(scheme: Switching, *, nonconforming: Numbers, **law: Unpack[Ran]) -> Floats: ...
def pa(
    scheme: Switching,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    reduced: bool = True,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Share of lots that a scheme accepts in the long run, at a constant quality.

    Parameters
    ----------
    scheme : Scheme
        The scheme.
    p, model, lot_size, nonconforming, unit, inspector
        As in `aql.plans.pa`; every lot has this quality.
    reduced : bool
        Whether the authority allows reduced inspection; production is steady.

    Returns
    -------
    float, ndarray of float64, or Series
        In the type and shape of the quality; NaN where it is NaN. The relative error is below 1e-12, unless the chain has
        more than a million states and is simulated; `aql.Scheme.long_run` says which, and states the error.

    Raises
    ------
    DomainError
        If a quality is invalid, an argument does not fit the model, or the chain has more than a million states and the
        scheme has no seed.

    Notes
    -----
    The stationary distribution of the Markov chain of the switching rules, without discontinuation: a series that can be
    discontinued has no long run. Without reduced inspection, the value is that of Stephens and Larson [1]_.

    References
    ----------
    .. [1] K. S. Stephens and K. E. Larson, "An evaluation of the MIL-STD-105D system of sampling plans", Industrial
       Quality Control 23 (1967) 310-319.

    Examples
    --------
    >>> from aql import Scheme
    >>> scheme = Scheme.lookup(letter="D", aql=4.0)
    >>> print(scheme.pa([0.0, 0.01, 0.04, 0.12]).round(6))
    [1.       0.997122 0.916371 0.290589]
    >>> round(scheme.pa(0.04, reduced=False), 6)
    0.889169
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return cast(
        "float | Floats | SeriesLike",
        _probability(scheme, given, inspector, reduced=reduced, accepted=True),
    )


@overload
def pr(scheme: Switching, p: Number, **law: Unpack[Ran]) -> float: ...
@overload
def pr(scheme: Switching, p: SeriesT, **law: Unpack[Ran]) -> SeriesT: ...
@overload
def pr(scheme: Switching, p: Numbers, **law: Unpack[Ran]) -> Floats: ...
@overload
def pr(scheme: Switching, *, nonconforming: Number, **law: Unpack[Ran]) -> float: ...
@overload
def pr(scheme: Switching, *, nonconforming: SeriesT, **law: Unpack[Ran]) -> SeriesT: ...
@overload
def pr(scheme: Switching, *, nonconforming: Numbers, **law: Unpack[Ran]) -> Floats: ...
def pr(
    scheme: Switching,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    reduced: bool = True,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Share of lots that a scheme does not accept in the long run, computed directly rather than as 1 - `pa`.

    Parameters, result and errors are those of `aql.Scheme.pa`.

    Examples
    --------
    >>> from aql import Scheme
    >>> print("%.6g" % Scheme.lookup(letter="D", aql=4.0).pr(1e-6))
    2.79999e-11
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return cast(
        "float | Floats | SeriesLike",
        _probability(scheme, given, inspector, reduced=reduced, accepted=False),
    )


@overload
def shares(scheme: Switching, p: Number, **law: Unpack[Ran]) -> Mapping[Severity, float]: ...
@overload
def shares(scheme: Switching, p: SeriesT, **law: Unpack[Ran]) -> Mapping[Severity, SeriesT]: ...
@overload
def shares(scheme: Switching, p: Numbers, **law: Unpack[Ran]) -> Mapping[Severity, Floats]: ...
@overload
def shares(scheme: Switching, *, nonconforming: Number, **law: Unpack[Ran]) -> Mapping[Severity, float]: ...
@overload
def shares(
    scheme: Switching, *, nonconforming: SeriesT, **law: Unpack[Ran]
) -> Mapping[Severity, SeriesT]: ...
@overload
def shares(scheme: Switching, *, nonconforming: Numbers, **law: Unpack[Ran]) -> Mapping[Severity, Floats]: ...
def shares(
    scheme: Switching,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    reduced: bool = True,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> Mapping[Severity, float] | Mapping[Severity, Floats] | Mapping[Severity, SeriesT]:
    """Share of lots on each severity in the long run.

    Parameters and errors are those of `aql.Scheme.pa`.

    Returns
    -------
    mapping of severity to float, ndarray or Series
        Shares that add up to 1, in the type and shape of the quality.

    Examples
    --------
    >>> from aql import Scheme
    >>> found = Scheme.lookup(letter="D", aql=4.0).shares(0.04)
    >>> {severity: round(share, 6) for severity, share in found.items()}
    {'normal': 0.511323, 'tightened': 0.114427, 'reduced': 0.37425}
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    ready = solved(scheme, reduced=reduced)
    found = evaluated(scheme, ready.chain, given, inspector, ready.shares)
    return by_severity(found)


def by_severity(values: Any) -> MappingProxyType[Severity, Any]:
    """Return values of the long run in the order of the severities as a read-only mapping."""
    return MappingProxyType(dict(zip(SEVERITIES, values, strict=True)))


@overload
def asn(scheme: Switching, p: Number, **law: Unpack[RanSampled]) -> float: ...
@overload
def asn(scheme: Switching, p: SeriesT, **law: Unpack[RanSampled]) -> SeriesT: ...
@overload
def asn(scheme: Switching, p: Numbers, **law: Unpack[RanSampled]) -> Floats: ...
@overload
def asn(scheme: Switching, *, nonconforming: Number, **law: Unpack[RanSampled]) -> float: ...
@overload
def asn(scheme: Switching, *, nonconforming: SeriesT, **law: Unpack[RanSampled]) -> SeriesT: ...
@overload
def asn(scheme: Switching, *, nonconforming: Numbers, **law: Unpack[RanSampled]) -> Floats: ...
def asn(
    scheme: Switching,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    reduced: bool = True,
    inspection: InspectionExtent = "full",
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Average sample number of a scheme in the long run: mean number of items inspected per lot.

    Parameters
    ----------
    scheme : Scheme
        The scheme.
    p, reduced, model, lot_size, nonconforming, unit, inspector
        As in `aql.Scheme.pa`.
    inspection : {"full", "semi", "curtailed"}
        As in `aql.plans.asn`.

    Returns
    -------
    float, ndarray of float64, or Series
        Average sample number, in the type and shape of the quality. [items]

    Raises
    ------
    DomainError
        As `aql.Scheme.pa`; also if `inspection` is unknown.

    Examples
    --------
    >>> from aql import Scheme
    >>> round(Scheme.lookup(letter="D", aql=4.0).asn(0.04), 4)
    11.9297
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    ready = solved(scheme, reduced=reduced)
    plain = plain_of(given)
    parts = evaluated(scheme, ready.chain, plain, inspector, ready.shares)
    law: Sampled = {"model": model, "unit": "item", "inspector": inspector, "inspection": inspection}
    total: Any = 0.0
    for share, force in zip(parts, scheme.forces, strict=True):
        total = total + share * asn_at(force.on_lot, plain, law)
    return total if isinstance(total, float) else given.alike(total)


def plain_of(given: Quality) -> Quality:
    """Return the quality in the long run per item, without the Series that it may have come in."""
    return Quality(given.model, given.values, given.lot_size)


def asn_at(plan: Plan, given: Quality, law: Sampled) -> Any:
    """Return the average sample number of a plan for the long run of its scheme, in arrays at checked qualities."""
    values: Any = given.values
    law = {**law, "lot_size": given.lot_size}
    return (
        plan_asn(plan, values, **law)
        if given.lot_size is None
        else plan_asn(plan, nonconforming=values, **law)
    )
