"""The long run of a scheme as one value, which says how it was computed and how far it can be off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, Unpack, overload

from aql.checks import flag
from aql.errors import DomainError
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT
from aql.plans.inspection_error import Inspector
from aql.plans.protocols import Sampled
from aql.plans.quality import parse_quality
from aql.scheme.chain import Chain
from aql.scheme.lasting import Lasting, Switching, evaluated, lasting
from aql.scheme.long_run import RanSampled, accepted_share, asn_at, by_severity, plain_of
from aql.scheme.lot_outcomes import kinds
from aql.scheme.simulation import chances_by_severity, simulated
from aql.scheme.state import start_of
from aql.scheme.streaks import Streaks
from aql.types import InspectionExtent, Model, Severity, Unit
from aql.words import in_brief

__all__ = ["LongRun", "Method", "long_run"]

Method = Literal["exact", "iterated", "simulated"]
"""How the shares of the severities were computed.

``"exact"``: by elimination; ``"iterated"``: lot by lot, for chains of many states; ``"simulated"``: for chains that are
too large.
"""


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
        Number of lots simulated at each quality, and the seed.
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
    lots: int = 200_000,
    inspection: InspectionExtent = "full",
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> LongRun[float] | LongRun[Floats] | LongRun[SeriesT]:
    """Steady state of a scheme: what it does in the long run, and how that was computed.

    Up to a million states, the Markov chain is solved; larger ones are simulated. They occur under limit numbers if the
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
        Seed of the simulation; required if the chain is too large. Each quality starts from it.
    lots : int
        Number of lots to simulate, 10 000 or more.
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
    <LongRun pa 0.99..., asn 6...; simulated, 10000 lots, seed 1, standard error 0.000...>
    """
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    plain = plain_of(given)
    ready: Lasting | Streaks | None = None
    try:
        ready = lasting(start_of(scheme.rules), scheme.forces, flag(reduced, "reduced"))
        chain = ready.chain
    except DomainError as error:
        if error.code != "too-many-states" or seed is None:
            raise
        chain = Chain((), tuple(kinds(scheme.rules, force) for force in scheme.forces), ())

    def shares_and_error(chances: list[Any]) -> list[Any]:
        if isinstance(ready, Lasting):
            return [*ready.shares(chances), 0.0 * chances[0]]
        if isinstance(ready, Streaks):
            return ready.shares_and_residual(chances)
        return _simulated(scheme, chances, lots=lots, seed=seed or 0, reduced=reduced)

    def finish(chances: list[Any]) -> list[Any]:
        *shares, off = shares_and_error(chances)
        both = [accepted_share(chain, chances, shares, accepted=one) for one in (True, False)]
        return [*both, *shares, off]

    found: Any = evaluated(scheme, chain, plain, inspector, finish)
    accepted, rejected, *shares, off = found
    law: Sampled = {"model": model, "inspector": inspector, "inspection": inspection}
    items = sum(
        share * asn_at(force.on_lot, plain, law) for share, force in zip(shares, scheme.forces, strict=True)
    )
    if not isinstance(accepted, float):
        accepted, rejected, items, off, *shares = map(given.alike, (accepted, rejected, items, off, *shares))
    shared: Any = by_severity(shares)
    if ready is None:
        return LongRun(accepted, rejected, items, shared, "simulated", off, None, lots, seed)
    method: Method = "exact" if isinstance(ready, Lasting) else "iterated"
    return LongRun(accepted, rejected, items, shared, method, off, ready.states)


def _simulated(scheme: Switching, chances: list[Any], *, lots: int, seed: int, reduced: bool) -> list[Any]:
    """The shares of the severities and the standard error of the share accepted, quality by quality."""
    import numpy as np

    sizes = [len(kinds(scheme.rules, force)) for force in scheme.forces]
    columns = []
    for column in np.stack([np.atleast_1d(np.asarray(one, dtype=float)) for one in chances]).T:
        some = chances_by_severity(list(column), sizes)
        one = simulated(scheme.rules, scheme.forces, some, lots=lots, seed=seed, reduced=reduced)
        columns.append([*one.shares, one.error])
    found = np.array(columns).T
    return [float(row[0]) for row in found] if isinstance(chances[0], float) else list(found)
