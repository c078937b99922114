"""The long run of a scheme as one value, which says how it was computed and how far it can be off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aql.checks import flag
from aql.errors import DomainError
from aql.plans.inspection_error import Inspector, seen
from aql.plans.protocols import Sampled
from aql.plans.quality import parse_quality
from aql.scheme.chain import Chain
from aql.scheme.iterated import Iterated
from aql.scheme.lasting import Switching, kind_chances, lasting
from aql.scheme.long_run import asn_at, by_severity, plain_of
from aql.scheme.lot_outcomes import kinds
from aql.scheme.simulation import chances_by_severity, simulated
from aql.scheme.state import start_of
from aql.types import InspectionExtent, ProcessModel, Severity, Unit
from aql.words import in_brief

__all__ = ["LongRun", "long_run"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LongRun:
    """What a scheme does in the long run at one quality.

    Attributes
    ----------
    pa, pr : float
        Share of lots accepted and not accepted.
    asn : float
        Mean number of items inspected per lot. [items]
    shares : mapping of severity to float
        Share of lots on each severity.
    method : "elimination", "iteration" or "simulation"
        How the shares were computed: exactly; by iteration, for chains of many states; or by simulation, for chains that
        are too large.
    error : float
        0 for elimination; the last relative change for iteration; the standard error of `pa` for simulation.
    states : int or None
        Number of states of the chain; None for simulation.
    lots : int or None
        Number of lots simulated.
    """

    pa: float
    pr: float
    asn: float
    shares: Mapping[Severity, float]
    method: Literal["elimination", "iteration", "simulation"]
    error: float
    states: int | None
    lots: int | None = None

    def __repr__(self) -> str:
        how = f"{self.states} states" if self.lots is None else f"{self.lots} lots"
        off = f", error {self.error:.2g}" if self.error else ""
        return in_brief("LongRun", f"pa {self.pa:.6g}, asn {self.asn:.6g}; {self.method}, {how}{off}")


def long_run(
    scheme: Switching,
    p: float,
    *,
    reduced: bool = True,
    seed: int | None = None,
    lots: int = 200_000,
    inspection: InspectionExtent = "full",
    model: ProcessModel = "binomial",
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> LongRun:
    """What a scheme does in the long run at one quality, and how that was computed.

    Up to a million states, the Markov chain is solved; larger ones are simulated. They occur under limit numbers if the
    acceptance number is 5 or more, or if the plan has several stages.

    Parameters
    ----------
    scheme : Scheme
        The scheme.
    p : float
        Quality, as in `aql.plans.pa`.
    reduced : bool
        Whether the authority allows reduced inspection.
    seed : int, optional
        Seed of the simulation; required if the chain is too large.
    lots : int
        Number of lots to simulate, 10 000 or more.
    inspection, model, unit, inspector
        As in `aql.Scheme.asn`.

    Returns
    -------
    LongRun
        Shares and probabilities, the method, and how far it can be off.

    Raises
    ------
    DomainError
        If the chain is too large and no seed is given, or an argument is invalid.

    Examples
    --------
    >>> from aql import Scheme
    >>> Scheme.lookup(letter="F", aql=2.5, standard="MIL-STD-105E").long_run(0.025)
    <LongRun pa 0.90391, asn 20.5542; elimination, 406 states>
    >>> large = Scheme.lookup(letter="J", aql=2.5, standard="MIL-STD-105E")
    >>> large.long_run(0.025, seed=1, lots=10_000)
    <LongRun pa 0.98..., asn 6...; simulation, 10000 lots, error 0.000...>
    """
    given = parse_quality(p, model=model, unit=unit)
    if not isinstance(given.values, float):
        raise DomainError(f"p must be one quality, got {p!r}", value=p)
    apparent = seen(given, inspector).values
    states, used = None, None
    try:
        ready = lasting(start_of(scheme.rules), scheme.forces, flag(reduced, "reduced"))
    except DomainError as error:
        if error.code != "too-many-states" or seed is None:
            raise
        every = tuple(kinds(scheme.rules, force) for force in scheme.forces)
        chain = Chain((), every, ())
        chances = kind_chances(scheme, chain, apparent, model, None)
        some = chances_by_severity(chances, [len(one) for one in every])
        result = simulated(scheme.rules, scheme.forces, some, lots=lots, seed=seed, reduced=reduced)
        shares, method, off, used = list(result.shares), "simulation", result.error, lots
    else:
        chain, states = ready.chain, len(ready.chain.states)
        chances = kind_chances(scheme, chain, apparent, model, None)
        shares, method, off = ready.shares(chances), "elimination", 0.0
        if isinstance(ready, Iterated):
            method, off = "iteration", ready.residual
    law: Sampled = {"model": model, "inspector": inspector, "inspection": inspection}
    accepted = rejected = items = 0.0
    place = 0
    for share, force, one in zip(shares, scheme.forces, chain.kinds, strict=True):
        accepted += share * sum(chances[place : place + len(one) - 1])
        rejected += share * chances[place + len(one) - 1]
        items += share * asn_at(force.on_lot, plain_of(given), law)
        place += len(one)
    how: Literal["elimination", "iteration", "simulation"] = method  # type: ignore[assignment]
    return LongRun(accepted, rejected, items, by_severity(shares), how, off, states, used)
