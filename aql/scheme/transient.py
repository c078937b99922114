"""What a scheme does lot by lot: the severities, acceptances and items of each lot of a series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aql.plans.arrays import Floats, Number, Numbers, SeriesLike
from aql.plans.inspection_error import Inspector
from aql.plans.protocols import Sampled
from aql.plans.quality import Quality
from aql.scheme.chain import explored
from aql.scheme.long_run_averages import asn_at, by_severity
from aql.scheme.long_run_chain import Switching
from aql.scheme.moves import moves_of
from aql.scheme.state import State, check_state, start_of
from aql.scheme.walk import chances_by_lot, qualities_by_lot
from aql.types import SEVERITIES, InspectionExtent, Model, Severity, Unit
from aql.words import in_brief, plural

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Transient", "transient"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Transient:
    """What a scheme does with each lot of a series.

    Attributes
    ----------
    shares : mapping of severity to ndarray
        Probability that each severity is in force on the lot.
    pa, pr : ndarray
        Probability that the lot is inspected and accepted, or inspected and not accepted.
    asn : ndarray
        Mean number of items inspected. [items]
    discontinued : ndarray
        Probability that inspection was discontinued before the lot.
    """

    shares: Mapping[Severity, Floats]
    pa: Floats
    pr: Floats
    asn: Floats
    discontinued: Floats

    def to_frame(self) -> pd.DataFrame:
        """Return one row per lot: its number, the three shares, and the other attributes.

        Examples
        --------
        >>> from aql import Scheme
        >>> found = Scheme.lookup(1200, aql=2.5).transient(0.08, lots=4)
        >>> print(found.to_frame().round(3).to_string(index=False))
          lot  normal  tightened  reduced    pa    pr  asn  discontinued
           1   1.000      0.000      0.0 0.375 0.625 80.0           0.0
           2   1.000      0.000      0.0 0.375 0.625 80.0           0.0
           3   0.609      0.391      0.0 0.271 0.729 80.0           0.0
           4   0.316      0.684      0.0 0.193 0.807 80.0           0.0
        """
        import numpy as np
        import pandas as pd

        columns: dict[str, object] = {"lot": np.arange(1, len(self.pa) + 1)}
        columns.update(dict(self.shares.items()))
        for name in ("pa", "pr", "asn", "discontinued"):
            columns[name] = getattr(self, name)
        return pd.DataFrame(columns)

    def __repr__(self) -> str:
        return in_brief(
            "Transient", f"{plural(len(self.pa), 'lot')}, pa {self.pa[0]:.4g} to {self.pa[-1]:.4g}"
        )


def transient(
    scheme: Switching,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    lots: int | None = None,
    state: State | None = None,
    reduced: bool = True,
    discontinuation: bool = False,
    inspection: InspectionExtent = "full",
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> Transient:
    """What a scheme does with each lot of a series, whose quality may change from lot to lot.

    Parameters
    ----------
    scheme : Scheme
        The scheme.
    p : number, or array_like of numbers with one per lot
        Quality, as in `aql.plans.pa`.
    lots : int, optional
        Number of lots; defaults to the number of qualities.
    state : State, optional
        The state before the first lot; defaults to the start, on normal inspection.
    reduced : bool
        Whether the authority allows reduced inspection; production is steady.
    discontinuation : bool
        Whether inspection can be discontinued; if so, it does not resume.
    inspection : {"full", "semi", "curtailed"}
        As in `aql.plans.asn`.
    model, lot_size, nonconforming, unit, inspector
        As in `aql.plans.pa`.

    Returns
    -------
    Transient
        Probabilities and mean number of items, one value per lot.

    Raises
    ------
    DomainError
        If a quality is invalid or unknown, or the number of qualities is not the number of lots.

    Examples
    --------
    >>> from aql import Scheme
    >>> shift = [0.01] * 20 + [0.08] * 6
    >>> found = Scheme.lookup(1200, aql=2.5).transient(shift)
    >>> found.shares["reduced"][[19, 20, 22]].round(3), round(float(found.shares["tightened"][-1]), 3)
    (array([0.986, 0.993, 0.557]), 0.4)
    """
    import numpy as np

    given, count = qualities_by_lot(
        p, lots, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit
    )
    first = start_of(scheme.rules) if state is None else state
    check_state(first, scheme.rules)
    chain = explored(first, scheme.forces, reduced=reduced, discontinuation=discontinuation)
    chances = chances_by_lot(scheme, chain, given, inspector)
    moves = moves_of(chain)
    stopped = np.array([one.discontinued for one in chain.states])
    places = np.array([SEVERITIES.index(one.severity) for one in chain.states])
    weights = np.zeros(moves.size)
    weights[0] = 1.0
    rows = np.empty((count, 4))
    for lot in range(count):
        inspected = np.where(stopped, 0.0, weights)
        rows[lot, :3] = np.bincount(places, weights=inspected, minlength=3)
        rows[lot, 3] = weights[stopped].sum()
        weights = moves.step(weights, chances[min(lot, len(chances) - 1)])
        weights[stopped] += rows[lot, 3] if stopped.any() else 0.0
    accepted = [sum(kind.outcome.accepted for kind in kinds) for kinds in chain.kinds]
    ends = np.cumsum([len(kinds) for kinds in chain.kinds])
    good = np.stack(
        [chances[:, end - yes - 1 : end - 1].sum(axis=1) for end, yes in zip(ends, accepted, strict=True)]
    )
    bad = chances[:, ends - 1].T
    law: Sampled = {"model": model, "inspector": inspector, "inspection": inspection}
    plain = Quality(given.model, np.atleast_1d(np.asarray(given.values)), given.lot_size)
    items = np.stack([asn_at(force.on_lot, plain, law) for force in scheme.forces])
    shares = rows[:, :3].T
    return Transient(
        by_severity(shares),
        (shares * good).sum(axis=0),
        (shares * bad).sum(axis=0),
        (shares * items).sum(axis=0),
        rows[:, 3],
    )
