"""What skip-lot inspection does in the long run: the chain of its stages, over a plan or a whole scheme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, Unpack, cast, overload

from aql.errors import DomainError
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector
from aql.plans.plan import Plan
from aql.plans.protocols import Law, Sampled
from aql.plans.quality import Quality, parse_quality
from aql.scheme.chain import Chain, Forces, explored
from aql.scheme.elimination import Elimination, elimination_of
from aql.scheme.long_run_averages import asn_at, plain_of
from aql.scheme.long_run_chain import MOST_ELIMINATED, evaluated
from aql.scheme.lot_outcomes import Kind, PlanInForce
from aql.scheme.outcome import Outcome
from aql.scheme.rules import Rules
from aql.scheme.skip_stages import SkipStage, stage_after
from aql.scheme.state import start_of
from aql.types import SEVERITIES, InspectionExtent, Model, Unit

__all__ = ["Skipping", "asn", "fraction_inspected", "pa", "pr"]

_NOTHING = 1e-285


class Skipping(Protocol):
    """Anything with stages over a plan or a scheme, such as skip-lot inspection."""

    @property
    def stages(self) -> tuple[SkipStage, ...]:
        """The stages, the first first."""

    @property
    def rules(self) -> Rules | None:
        """The switching rules of the scheme; None over a single plan."""

    @property
    def forces(self) -> Forces:
        """The plans in force on normal, tightened and reduced inspection; three times the same over a single plan."""


@dataclass(frozen=True, slots=True)
class _Reference:
    """The plans whose outcomes are wanted."""

    rules: Rules
    forces: Forces
    seed: None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Lasting:
    """The chain of inspected lots, ready for any quality: for each state, its severity and frequency."""

    chain: Chain
    elimination: Elimination
    flows: tuple[tuple[int, ...], ...]
    severities: tuple[int, ...]
    frequencies: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Lots:
    """Lots in one unit: inspected ones by severity, those of them accepted and not accepted, and skipped ones."""

    inspected: list[Any]
    accepted: Any
    rejected: Any
    skipped: Any

    @property
    def total(self) -> Any:
        """All lots."""
        return sum(self.inspected) + self.skipped


# The chain of a plan alone: one state, which every lot leads back to; its rules never apply.
_NO_RULES = Rules(
    standard="ISO 2859-1:1999", tightened_rejected=1, tightened_window=1, normal_accepted=1, reduced_by="lots"
)
_OF_PLAN = Chain(
    (start_of(_NO_RULES),),
    ((Kind("normal", Outcome(True), ((0, 0, 0),), whole=True), Kind("normal", Outcome(False))), (), ()),
    ((0, 0),),
)


_MOST_STATES = 50_000


def _check_number(states: int) -> None:
    if states > _MOST_STATES:
        raise DomainError(
            f"the chain of skip-lot inspection must have at most {_MOST_STATES} states, but has more",
            todo="Use fewer lots in a row",
            code="too-many-states",
        )


@lru_cache(maxsize=256)
def _lasting(rules: Rules | None, forces: Forces, stages: tuple[SkipStage, ...]) -> _Lasting:
    """The chain of a skip-lot inspection, found by exploring its stages together with the switching rules."""
    chain = (
        _OF_PLAN if rules is None else explored(start_of(rules), forces, reduced=True, discontinuation=False)
    )
    if len(chain.states) > MOST_ELIMINATED:
        raise DomainError(
            f"the chain of the scheme must have at most {MOST_ELIMINATED} states to skip lots, got {len(chain.states)}",
            code="too-many-states",
        )
    first = [0, len(chain.kinds[0]), len(chain.kinds[0]) + len(chain.kinds[1])]
    states = [(0, 0, 0, 0)]
    places = {states[0]: 0}
    ways: dict[tuple[int, int], list[int]] = {}
    for place, (at, *stage) in enumerate(states):  # grows while it is read
        severity = SEVERITIES.index(chain.states[at].severity)
        for number, (kind, to) in enumerate(zip(chain.kinds[severity], chain.following[at], strict=True)):
            after = (to, *stage_after(stages, *stage, lot_accepted=kind.outcome.accepted))
            other = places.setdefault(after, len(states))
            if other == len(states):
                states.append(after)
                _check_number(len(states))
            if other != place:
                ways.setdefault((place, other), []).append(first[severity] + number)
    return _Lasting(
        chain,
        elimination_of(len(states), ways),
        tuple(map(tuple, ways.values())),
        tuple(SEVERITIES.index(chain.states[at].severity) for at, *_ in states),
        tuple(stages[stage].frequency for _, stage, *_ in states),
    )


def _lots(ready: _Lasting, chances: list[Any]) -> _Lots:
    flows = []
    for kinds in ready.flows:
        flow = chances[kinds[0]]
        for number in kinds[1:]:
            flow = flow + chances[number]
        flows.append(flow)
    visits = ready.elimination.visits(flows, scaled=True)
    # A state that is never entered has what the elimination puts instead of 0.
    all_visits = sum(visits)
    visits = [value * (value > _NOTHING * all_visits) for value in visits]
    inspected: list[Any] = [0.0, 0.0, 0.0]
    skipped: Any = 0.0
    for severity, frequency, value in zip(ready.severities, ready.frequencies, visits, strict=True):
        inspected[severity] = inspected[severity] + value
        skipped = skipped + value * ((1.0 - frequency) / frequency)
    ends: dict[bool, Any] = {True: 0.0, False: 0.0}
    for chance, (place, kind) in zip(chances, _kinds(ready.chain), strict=True):
        ends[kind.outcome.accepted] = ends[kind.outcome.accepted] + inspected[place] * chance
    return _Lots(inspected, ends[True], ends[False], skipped)


def _kinds(chain: Chain) -> Iterator[tuple[int, Kind]]:
    """All kinds of outcome with the place of their severity."""
    for severity, kinds in enumerate(chain.kinds):
        for kind in kinds:
            yield severity, kind


def _evaluated(
    skipping: Skipping, given: Quality, inspector: Inspector | None, finish: Callable[[_Lots], Any]
) -> Any:
    """Return what `finish` makes of the lots, in the type and shape of the quality."""
    ready = _lasting(skipping.rules, skipping.forces, skipping.stages)
    reference = _Reference(skipping.rules or _NO_RULES, skipping.forces)
    return evaluated(reference, ready.chain, given, inspector, lambda chances: finish(_lots(ready, chances)))


def _accepted(lots: _Lots) -> Any:
    """Share of lots that are accepted: inspected and accepted, or skipped."""
    return (lots.accepted + lots.skipped) / lots.total


def _rejected(lots: _Lots) -> Any:
    return lots.rejected / lots.total


def _inspected(lots: _Lots) -> Any:
    return sum(lots.inspected) / lots.total


def _by_severity(lots: _Lots) -> Any:
    return [one / lots.total for one in lots.inspected]


@overload
def pa(skipping: Skipping, p: Number, **law: Unpack[Law]) -> float: ...
@overload
def pa(skipping: Skipping, p: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
@overload
def pa(skipping: Skipping, p: Numbers, **law: Unpack[Law]) -> Floats: ...
def pa(
    skipping: Skipping,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    r"""Share of lots accepted under skip-lot inspection in the long run, whether inspected or skipped.

    Parameters
    ----------
    skipping : SkipLot
        The skip-lot inspection.
    p, model, lot_size, nonconforming, unit, inspector
        As in `aql.plans.pa`; every lot has this quality.

    Returns
    -------
    float, ndarray of float64, or Series
        In the type and shape of the quality; NaN where it is NaN.

    Raises
    ------
    DomainError
        If a quality is invalid, or an argument does not fit the model.

    Notes
    -----
    For SkSP-2 over a plan [1]_:

    .. math:: P_a = \frac{f P + (1 - f) P^i}{f + (1 - f) P^i}

    References
    ----------
    .. [1] R. L. Perry, "Skip-lot sampling plans", J. Qual. Technol. 5 (1973) 123-130.

    Examples
    --------
    >>> from aql import SinglePlan, skip_lot
    >>> print(skip_lot(SinglePlan(n=20, ac=1), f=0.25, i=4).pa([0.01, 0.05]).round(4))
    [0.9956 0.8595]
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return cast("float | Floats | SeriesLike", _evaluated(skipping, given, inspector, _accepted))


@overload
def pr(skipping: Skipping, p: Number, **law: Unpack[Law]) -> float: ...
@overload
def pr(skipping: Skipping, p: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
@overload
def pr(skipping: Skipping, p: Numbers, **law: Unpack[Law]) -> Floats: ...
def pr(
    skipping: Skipping,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Share of lots not accepted under skip-lot inspection in the long run, computed directly rather than as 1 - `pa`.

    Examples
    --------
    >>> from aql import SinglePlan, skip_lot
    >>> round(skip_lot(SinglePlan(n=20, ac=1), f=0.25, i=4).pr(0.05), 4)
    0.1405
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return cast("float | Floats | SeriesLike", _evaluated(skipping, given, inspector, _rejected))


@overload
def fraction_inspected(skipping: Skipping, p: Number, **law: Unpack[Law]) -> float: ...
@overload
def fraction_inspected(skipping: Skipping, p: SeriesT, **law: Unpack[Law]) -> SeriesT: ...
@overload
def fraction_inspected(skipping: Skipping, p: Numbers, **law: Unpack[Law]) -> Floats: ...
def fraction_inspected(
    skipping: Skipping,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Share of lots inspected under skip-lot inspection in the long run; parameters as in `aql.scheme.SkipLot.pa`.

    Examples
    --------
    >>> from aql import SinglePlan, skip_lot
    >>> round(skip_lot(SinglePlan(n=20, ac=1), f=0.25, i=4).fraction_inspected(0.05), 4)
    0.532
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    return cast("float | Floats | SeriesLike", _evaluated(skipping, given, inspector, _inspected))


@overload
def asn(skipping: Skipping, p: Number, **law: Unpack[Sampled]) -> float: ...
@overload
def asn(skipping: Skipping, p: SeriesT, **law: Unpack[Sampled]) -> SeriesT: ...
@overload
def asn(skipping: Skipping, p: Numbers, **law: Unpack[Sampled]) -> Floats: ...
def asn(
    skipping: Skipping,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    inspection: InspectionExtent = "full",
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> float | Floats | SeriesLike:
    """Average number of items inspected per lot under skip-lot inspection in the long run, skipped lots included.

    Parameters are those of `aql.Scheme.asn`. [items]

    Examples
    --------
    >>> from aql import SinglePlan, skip_lot
    >>> round(skip_lot(SinglePlan(n=20, ac=1), f=0.25, i=4).asn(0.05), 3)
    10.641
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    plain = plain_of(given)
    parts = _evaluated(skipping, plain, inspector, _by_severity)
    law: Sampled = {"model": model, "inspector": inspector, "inspection": inspection}
    total: Any = 0.0
    for part, force in zip(parts, skipping.forces, strict=True):
        total = total + part * asn_at(force.on_lot, plain, law)
    return total if isinstance(total, float) else given.alike(total)


def forces_of(plan: Plan) -> Forces:
    """Return a plan under skip-lot inspection as the plan of all three severities, for the long run."""
    one = PlanInForce("normal", plan, plan)
    return one, one, one
