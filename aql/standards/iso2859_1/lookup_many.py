"""Looks up the plans for an array of lot sizes at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aql.plans.plan import SinglePlan
from aql.standards.arguments import SMALLEST_LOT
from aql.standards.editions import DEFAULT_STANDARD, edition
from aql.standards.iso2859_1.code_letters import band_of, letter_bands, lot_size_array
from aql.standards.iso2859_1.lookup import Lookup, lookup
from aql.types import AqlColumn, Counting, Level, Severity, Standard
from aql.words import in_brief, plural

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from aql.plans.arrays import SeriesLike
    from aql.standards.iso2859_1.code_letters import LotSizes

__all__ = ["ManyLookups", "lookup_many"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ManyLookups:
    """Single sampling plans of many lots, as arrays with the shape of the lot sizes.

    Attributes
    ----------
    standard, aql, level, severity : str
        The arguments of the lookup.
    letter, plan_letter : ndarray of str
        Code letter of each lot, and letter of its plan.
    n, ac, re : ndarray of int64
        Sample size, acceptance number and rejection number.
    inspect_all : ndarray of bool
        Whether the sample is at least as large as the lot.
    """

    standard: Standard
    aql: str
    level: Level
    severity: Severity
    letter: NDArray[np.str_]
    plan_letter: NDArray[np.str_]
    n: NDArray[np.int64]
    ac: NDArray[np.int64]
    re: NDArray[np.int64]
    inspect_all: NDArray[np.bool_]

    def to_frame(self) -> pd.DataFrame:
        """Return the arrays as the columns of a pandas frame, one row per lot."""
        import pandas as pd

        names = ("letter", "plan_letter", "n", "ac", "re", "inspect_all")
        return pd.DataFrame({name: getattr(self, name).ravel() for name in names})

    def __repr__(self) -> str:
        lots = plural(self.n.size, "lot")
        return in_brief(
            "ManyLookups", f"{self.standard}, {lots}, level {self.level}, AQL {self.aql}, {self.severity}"
        )


def lookup_many(
    lot_sizes: LotSizes | SeriesLike,
    *,
    aql: AqlColumn,
    level: Level = "II",
    severity: Severity = "normal",
    standard: Standard = DEFAULT_STANDARD,
    counting: Counting | None = None,
) -> ManyLookups:
    """Look up single sampling plans for an array of lot sizes.

    Parameters
    ----------
    lot_sizes : array_like of int, any shape
        Lot sizes, 2 or more. [items]
    aql, level, severity, standard, counting
        As in `lookup`; one value for all lots.

    Returns
    -------
    ManyLookups
        Arrays ``letter``, ``plan_letter``, ``n``, ``ac``, ``re`` and ``inspect_all`` of the same shape.

    Raises
    ------
    DomainError
        If a lot size is invalid; the message has its index. Otherwise as `lookup`.

    References
    ----------
    ISO 2859-1:1999, Tables 1 and 2; MIL-STD-105E, Tables I and II.

    Examples
    --------
    >>> found = lookup_many([30, 1200, 40000], aql=4.0)
    >>> found.n.tolist(), found.ac.tolist()
    ([13, 80, 315], [1, 7, 21])
    """
    import numpy as np

    sizes = lot_size_array(lot_sizes)

    def found_for(lot_size: int) -> Lookup:
        return lookup(lot_size, aql=aql, level=level, severity=severity, standard=standard, counting=counting)

    found_for(SMALLEST_LOT)  # raises for arguments that are invalid for every lot
    starts, letters = letter_bands(edition(standard).folder, level)
    found = [found_for(start) for start in starts]
    plans = [one.plan for one in found if isinstance(one.plan, SinglePlan)]
    band = band_of(sizes, starts)
    n = np.array([plan.n for plan in plans])[band]
    return ManyLookups(
        standard=standard,
        aql=found[0].aql,
        level=level,
        severity=severity,
        letter=np.array(letters)[band],
        plan_letter=np.array([one.plan_letter for one in found])[band],
        n=n,
        ac=np.array([plan.ac for plan in plans])[band],
        re=np.array([plan.re for plan in plans])[band],
        inspect_all=n >= sizes,
    )
