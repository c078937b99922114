"""One lot of a series, as it is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from aql.plans.plan import Plan
from aql.scheme.outcome import Found
from aql.standards.iso2859_1.lookup import Lookup
from aql.types import Severity

__all__ = ["LotRecord"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRecord:
    """One lot of a series.

    Attributes
    ----------
    found : int or tuple of int
        Number found in the sample; for a plan of several stages, the cumulative numbers of the stages drawn.
    id : str
        Name of the lot; "" for its number in the series.
    order : object
        A date or number that must not fall from one lot to the next; None if the lots are in order as given.
    lot_size : int or None
        Size of this lot, if it differs from the scheme's. [items]
    plan : SinglePlan, MultiplePlan, Lookup or None
        The plan used on this lot, if it is not the scheme's.
    tighter_ac : int or None
        For such a plan with Ac 2 or more: Ac of the plan one AQL step tighter.
    severity : str or None
        The severity that was used, to be compared with the one in force.
    steady : bool
        Whether production is steady.
    authority : bool
        Whether the responsible authority allows reduced inspection.
    resubmitted : bool
        Whether the lot was submitted before; such a lot does not count.
    resume : bool
        Whether inspection, discontinued before this lot, was resumed with it after corrective action.
    """

    found: Found
    id: str = ""
    order: object = None
    lot_size: int | None = None
    plan: Plan | Lookup | None = None
    tighter_ac: int | None = None
    severity: Severity | None = None
    steady: bool = True
    authority: bool = True
    resubmitted: bool = False
    resume: bool = False
