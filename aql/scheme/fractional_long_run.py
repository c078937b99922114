"""What a scheme with fractional acceptance numbers does in the long run: the chain of the very steps used lot by lot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol, Unpack, cast, overload

from aql.checks import flag
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector
from aql.plans.plan import FractionalPlan, SinglePlan, on_lot
from aql.plans.protocols import Sampled
from aql.plans.quality import Quality, parse_quality
from aql.scheme.chain import Chain, Forces, essential
from aql.scheme.elimination import Elimination, elimination_of
from aql.scheme.long_run_averages import Ran, RanSampled, asn_at, by_severity, plain_of
from aql.scheme.long_run_chain import evaluated, ways_of
from aql.scheme.lot_outcomes import Kind, PlanInForce, kinds
from aql.scheme.outcome import Outcome
from aql.scheme.plan_in_force import tighter_ac_of
from aql.scheme.rules import Rules
from aql.scheme.state import State, start_of
from aql.scheme.stepped import Step
from aql.standards.iso2859_1.lookup import FractionalLookup, Lookup
from aql.types import SEVERITIES, InspectionExtent, Model, Severity, Unit

__all__ = ["Fractional", "asn", "pa", "pr", "shares"]

# From this acceptance score on, one nonconforming item is accepted, and every clean lot only adds to it.
_ENOUGH = 9
_NOTHING = 1e-285


class Fractional(Protocol):
    """Anything with fractional acceptance numbers that steps lot by lot, such as a fractional scheme."""

    @property
    def rules(self) -> Rules:
        """The switching rules."""

    @property
    def varying(self) -> bool:
        """Whether the acceptance score decides."""

    @property
    def plans(self) -> Mapping[Severity, Lookup | FractionalLookup]:
        """The plans by severity."""

    def step(self, state: State, found: int, *, authority: bool = ...) -> Step:
        """Decide on a lot."""


@dataclass(frozen=True, slots=True)
class _Reference:
    """The plans whose outcomes are wanted."""

    rules: Rules
    forces: Forces
    seed: None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Lasting:
    """The chain, ready for any quality; `accepted` has the outcomes that accept, by state."""

    reference: _Reference
    chain: Chain
    elimination: Elimination
    flows: tuple[tuple[int, ...], ...]
    accepted: tuple[frozenset[int], ...]


def _force(one: Lookup | FractionalLookup, severity: Severity) -> PlanInForce:
    """The plan in force; of a fractional one, the plan that accepts one item."""
    plan = SinglePlan(one.plan.n, 1) if isinstance(one.plan, FractionalPlan) else one.plan
    tighter = tighter_ac_of(one) if isinstance(one, Lookup) else None
    return PlanInForce(severity, plan, plan if one.lot_size is None else on_lot(plan, one.lot_size), tighter)


def _kinds(rules: Rules, one: Lookup | FractionalLookup, force: PlanInForce) -> tuple[Kind, ...]:
    """The outcomes of a lot; under a fractional plan: nothing found, one item, or more."""
    if not isinstance(one.plan, FractionalPlan):
        return kinds(rules, force)
    accepted = Outcome(True, rules.score_small_points)
    one_item = Kind(force.severity, replace(accepted, found=1), ((0, 1, 1),))
    return Kind(force.severity, accepted, ((0, 0, 0),)), one_item, Kind(force.severity, Outcome(False))


@lru_cache(maxsize=256)
def _lasting(scheme: Fractional, reduced: bool) -> _Lasting:
    """Explore the steps of a scheme, without discontinuation."""
    endless = scheme.rules.agreed(discontinue_after=0)
    stepping: Any = replace(cast("Any", scheme), rules=endless)
    first, second, third = (_force(one, severity) for severity, one in scheme.plans.items())
    forces = first, second, third
    every = tuple(
        _kinds(endless, one, force) for one, force in zip(scheme.plans.values(), forces, strict=True)
    )
    rest = essential(endless, first, reduced=reduced, discontinuation=False)

    def matters(state: State) -> State:
        fractional = isinstance(scheme.plans[state.severity].plan, FractionalPlan)
        clean = state.clean_lots if fractional else 0
        score = min(state.acceptance_score, _ENOUGH) if fractional else 0
        return replace(rest(state), clean_lots=clean, acceptance_score=score)

    states = [matters(start_of(endless))]
    places = {states[0]: 0}
    following: list[tuple[int, ...]] = []
    accepted: list[frozenset[int]] = []
    base = [0, len(every[0]), len(every[0]) + len(every[1])]
    for state in states:  # grows while it is read
        severity = SEVERITIES.index(state.severity)
        after, good = [], set()
        for number, kind in enumerate(every[severity]):
            found = kind.ranges[0][1] if kind.ranges else forces[severity].on_lot.stages[0].re
            done = stepping.step(state, found, authority=reduced)
            place = places.setdefault(matters(done.state), len(states))
            if place == len(states):
                states.append(matters(done.state))
            after.append(place)
            if done.decision == "accept":
                good.add(base[severity] + number)
        following.append(tuple(after))
        accepted.append(frozenset(good))
    chain = Chain(tuple(states), every, tuple(following))
    ways, flows = ways_of(chain)
    elimination = elimination_of(len(states), ways)
    return _Lasting(_Reference(endless, forces), chain, elimination, flows, tuple(accepted))


def _visits(ready: _Lasting, chances: list[Any]) -> list[Any]:
    """The share of lots in each state."""
    flows = [sum(chances[kind] for kind in some) for some in ready.flows]
    visits = ready.elimination.visits(flows, scaled=True)
    total = sum(visits)
    # A state that is never entered has what the elimination puts instead of 0.
    return [value / total * (value > _NOTHING * total) for value in visits]


def _decided(ready: _Lasting, chances: list[Any], *, accept: bool) -> Any:
    """The share of lots accepted, or not accepted."""
    total: Any = 0.0
    base = [0, len(ready.chain.kinds[0]), len(ready.chain.kinds[0]) + len(ready.chain.kinds[1])]
    for state, share, good in zip(ready.chain.states, _visits(ready, chances), ready.accepted, strict=True):
        severity = SEVERITIES.index(state.severity)
        for kind in range(base[severity], base[severity] + len(ready.chain.kinds[severity])):
            if (kind in good) == accept:
                total = total + share * chances[kind]
    return total


def _shares(ready: _Lasting, chances: list[Any]) -> list[Any]:
    """The share of lots on each severity."""
    by: list[Any] = [0.0 * chances[0]] * 3
    for state, share in zip(ready.chain.states, _visits(ready, chances), strict=True):
        place = SEVERITIES.index(state.severity)
        by[place] = by[place] + share
    return by


def _evaluated(
    scheme: Fractional,
    given: Quality,
    inspector: Inspector | None,
    reduced: bool,
    finish: Callable[[_Lasting, list[Any]], Any],
) -> Any:
    ready = _lasting(cast("Any", scheme), flag(reduced, "reduced"))
    return evaluated(ready.reference, ready.chain, given, inspector, lambda chances: finish(ready, chances))


@overload
def pa(scheme: Fractional, p: Number, **law: Unpack[Ran]) -> float: ...
@overload
def pa(scheme: Fractional, p: SeriesT, **law: Unpack[Ran]) -> SeriesT: ...
@overload
def pa(scheme: Fractional, p: Numbers, **law: Unpack[Ran]) -> Floats: ...
def pa(
    scheme: Fractional,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    reduced: bool = True,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Share of lots that a fractional scheme accepts in the long run, in lots of the same size; unverified.

    Parameters, result and errors are those of `aql.Scheme.pa`. Without switching, the value of a constant plan is that of
    the chain plan ChSP-1 [1]_.

    References
    ----------
    .. [1] H. F. Dodge, "Chain sampling inspection plan", Industrial Quality Control 11 (1955) 10-13.

    Examples
    --------
    >>> from aql.scheme import FractionalScheme
    >>> print(FractionalScheme.lookup(letter="G", aql=0.65).pa([0.0, 0.005, 0.02]).round(4))
    [1.     0.9697 0.5337]
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return cast(
        "float | Floats | SeriesLike",
        _evaluated(scheme, given, inspector, reduced, lambda *of: _decided(*of, accept=True)),
    )


@overload
def pr(scheme: Fractional, p: Number, **law: Unpack[Ran]) -> float: ...
@overload
def pr(scheme: Fractional, p: SeriesT, **law: Unpack[Ran]) -> SeriesT: ...
@overload
def pr(scheme: Fractional, p: Numbers, **law: Unpack[Ran]) -> Floats: ...
def pr(
    scheme: Fractional,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    reduced: bool = True,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Share of lots that a fractional scheme does not accept in the long run, computed directly rather than as 1 - `pa`.

    Examples
    --------
    >>> from aql.scheme import FractionalScheme
    >>> print("%.4g" % FractionalScheme.lookup(letter="G", aql=0.65).pr(1e-6))
    7.54e-10
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return cast(
        "float | Floats | SeriesLike",
        _evaluated(scheme, given, inspector, reduced, lambda *of: _decided(*of, accept=False)),
    )


@overload
def asn(scheme: Fractional, p: Number, **law: Unpack[RanSampled]) -> float: ...
@overload
def asn(scheme: Fractional, p: SeriesT, **law: Unpack[RanSampled]) -> SeriesT: ...
@overload
def asn(scheme: Fractional, p: Numbers, **law: Unpack[RanSampled]) -> Floats: ...
def asn(
    scheme: Fractional,
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
    """Average sample number of a fractional scheme in the long run; parameters as in `aql.Scheme.asn`.

    Examples
    --------
    >>> from aql.scheme import FractionalScheme
    >>> round(FractionalScheme.lookup(letter="G", aql=0.65).asn(0.005), 2)
    18.28
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    plain = plain_of(given)
    parts = _evaluated(scheme, plain, inspector, reduced, _by_plan)
    forces = _lasting(cast("Any", scheme), reduced).reference.forces
    # Each severity with the plan that accepts one item, or any number of a whole one, and with the one that does not.
    used = [plan for force in forces for plan in (force.on_lot, SinglePlan(force.on_lot.total, 0))]
    law: Sampled = {"model": model, "inspector": inspector, "inspection": inspection}
    total: Any = 0.0
    for part, plan in zip(parts, used, strict=True):
        total = total + part * asn_at(plan, plain, law)
    return total if isinstance(total, float) else given.alike(total)


def _by_plan(ready: _Lasting, chances: list[Any]) -> list[Any]:
    """The share of lots on each severity, with one item accepted and not accepted under a fractional plan."""
    parts: list[Any] = [0.0 * chances[0]] * 6
    base = [0, len(ready.chain.kinds[0]), len(ready.chain.kinds[0]) + len(ready.chain.kinds[1])]
    for state, share, good in zip(ready.chain.states, _visits(ready, chances), ready.accepted, strict=True):
        severity = SEVERITIES.index(state.severity)
        last_good = base[severity] + len(ready.chain.kinds[severity]) - 2
        place = 2 * severity + (last_good not in good)
        parts[place] = parts[place] + share
    return parts


@overload
def shares(scheme: Fractional, p: Number, **law: Unpack[Ran]) -> Mapping[Severity, float]: ...
@overload
def shares(scheme: Fractional, p: SeriesT, **law: Unpack[Ran]) -> Mapping[Severity, SeriesT]: ...
@overload
def shares(scheme: Fractional, p: Numbers, **law: Unpack[Ran]) -> Mapping[Severity, Floats]: ...
def shares(
    scheme: Fractional,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    reduced: bool = True,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> Mapping[Severity, float] | Mapping[Severity, Floats] | Mapping[Severity, SeriesT]:
    """Share of lots on each severity of a fractional scheme in the long run.

    Examples
    --------
    >>> from aql.scheme import FractionalScheme
    >>> found = FractionalScheme.lookup(letter="G", aql=0.65).shares(0.005)
    >>> {severity: round(share, 3) for severity, share in found.items()}
    {'normal': 0.249, 'tightened': 0.028, 'reduced': 0.722}
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return by_severity(_evaluated(scheme, given, inspector, reduced, _shares))
