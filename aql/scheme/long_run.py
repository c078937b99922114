"""The long run of a scheme as one value, which says how it was computed and how far it can be off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, Unpack, overload

from aql.checks import LARGEST_SEED, whole_number
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector
from aql.plans.protocols import Sampled
from aql.plans.quality import parse_quality
from aql.scheme.long_run_averages import RanSampled, accepted_share, asn_at, by_severity, plain_of
from aql.scheme.long_run_chain import Method, Switching, evaluated, solved
from aql.scheme.simulated_streaks import LOTS, SimulatedStreaks
from aql.types import InspectionExtent, Model, Severity, Unit
from aql.words import in_brief

__all__ = ["LongRun", "long_run"]

T = TypeVar("T")


class RanLong(RanSampled, total=False):
    """Keyword arguments of `aql.Scheme.long_run`."""

    seed: int | None
    lots: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LongRun(Generic[T]):
    """What a scheme does in the long run, at one quality or several.

    Attributes
    ----------
    pa, pr : float, ndarray or Series
        Share of lots accepted and not accepted.
    asn : float, ndarray or Series
        Mean number of items inspected per lot. [items]
    shares : mapping of severity to float, ndarray or Series
        Share of lots on each severity.
    method : "exact", "iterated" or "simulated"
        How the shares were computed; see `Method`.
    error : float, ndarray or Series
        0 if exact; the relative residual if iterated; the standard error of `pa` if simulated.
    states : int or None
        Number of states; None if simulated.
    lots, seed : int or None
        Number of accepted lots drawn to simulate it at each quality, and the seed.
    """

    pa: T
    pr: T
    asn: T
    shares: Mapping[Severity, T]
    method: Method
    error: T
    states: int | None
    lots: int | None = None
    seed: int | None = None

    def __repr__(self) -> str:
        import numpy as np

        worst = np.nanmax(np.asarray(self.error))

        def between(given: object) -> str:
            values = np.asarray(given)
            ends = sorted({f"{one:.6g}" for one in (np.nanmin(values), np.nanmax(values))}, key=float)
            return " to ".join(ends)

        how = {
            "exact": f"exact, {self.states} states",
            "iterated": f"iterated, {self.states} states, residual {worst:.2g}",
            "simulated": f"simulated, {self.lots} lots, seed {self.seed}, standard error {worst:.2g}",
        }[self.method]
        return in_brief("LongRun", f"pa {between(self.pa)}, asn {between(self.asn)}; {how}")


@overload
def long_run(scheme: Switching, p: Number, **law: Unpack[RanLong]) -> LongRun[float]: ...
@overload
def long_run(scheme: Switching, p: SeriesT, **law: Unpack[RanLong]) -> LongRun[SeriesT]: ...
@overload
def long_run(scheme: Switching, p: Numbers, **law: Unpack[RanLong]) -> LongRun[Floats]: ...
@overload
def long_run(scheme: Switching, *, nonconforming: Number, **law: Unpack[RanLong]) -> LongRun[float]: ...
@overload
def long_run(scheme: Switching, *, nonconforming: SeriesT, **law: Unpack[RanLong]) -> LongRun[SeriesT]: ...
@overload
def long_run(scheme: Switching, *, nonconforming: Numbers, **law: Unpack[RanLong]) -> LongRun[Floats]: ...
def long_run(
    scheme: Switching,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    reduced: bool = True,
    seed: int | None = None,
    lots: int = LOTS,
    inspection: InspectionExtent = "full",
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> LongRun[float] | LongRun[Floats] | LongRun[SeriesT]:
    """Steady state of a scheme: what it does in the long run, and how that was computed.

    Up to a million states, the Markov chain is solved; of larger ones, the streaks of accepted lots are simulated. They occur under limit numbers if the
    acceptance number of a single plan is 7 or more, or that of a plan of several stages about as large.

    Parameters
    ----------
    scheme : Scheme
        The scheme.
    p, model, lot_size, nonconforming, unit, inspector
        As in `aql.plans.pa`; every lot has this quality.
    reduced : bool
        Whether the authority allows reduced inspection.
    seed : int, optional
        Seed of the simulation of a chain that is too large; defaults to that of the scheme. Each quality starts from it.
    lots : int
        Number of accepted lots drawn to simulate it, 10 000 to 10 million.
    inspection : {"full", "semi", "curtailed"}
        As in `aql.plans.asn`.

    Returns
    -------
    LongRun
        Shares and probabilities in the type and shape of the quality, the method, and how far it can be off.

    Raises
    ------
    DomainError
        If the chain is too large and no seed is given, or an argument is invalid.

    Examples
    --------
    >>> from aql import Scheme
    >>> Scheme.lookup(letter="F", aql=2.5, standard="MIL-STD-105E").long_run(0.025)
    <LongRun pa 0.90391, asn 20.5542; exact, 187 states>
    >>> Scheme.lookup(letter="J", aql=1.5, standard="MIL-STD-105E").long_run([0.01, 0.03])
    <LongRun pa 0.619771 to 0.996486, asn 50.3614 to 79.9988; iterated, 18449 states, residual ...>
    >>> large = Scheme.lookup(letter="J", aql=4.0, standard="MIL-STD-105E")
    >>> large.long_run(0.04, seed=1, lots=10_000)
    <LongRun pa 0.98..., asn 6...; simulated, 10000 lots, seed 1, standard error 0.000...>
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    plain = plain_of(given)
    ready = solved(
        scheme,
        reduced=reduced,
        seed=None if seed is None else whole_number(seed, "seed", most=LARGEST_SEED),
        lots=lots,
    )

    def finish(chances: list[Any]) -> list[Any]:
        *shares, off = ready.shares_and_error(chances)
        both = [accepted_share(ready.chain, chances, shares, accepted=one) for one in (True, False)]
        return [*both, *shares, off]

    found: Any = evaluated(scheme, ready.chain, plain, inspector, finish)
    accepted, rejected, *shares, off = found
    law: Sampled = {"model": model, "inspector": inspector, "inspection": inspection}
    items = sum(
        share * asn_at(force.on_lot, plain, law) for share, force in zip(shares, scheme.forces, strict=True)
    )
    if not isinstance(accepted, float):
        accepted, rejected, items, off, *shares = map(given.alike, (accepted, rejected, items, off, *shares))
    shared: Any = by_severity(shares)
    drawn = (ready.lots, ready.seed) if isinstance(ready, SimulatedStreaks) else (None, None)
    return LongRun(accepted, rejected, items, shared, ready.method, off, ready.states, *drawn)
