"""Whether the master tables agree with themselves: what their plans do, compared along rows and diagonals.

The tables are built on preferred numbers: one letter on, the sample grows by the factor by which the AQL shrinks one
column to the left. So a diagonal holds one acceptance number, the expected count at the AQL stays, and so should
every risk. A cell that leaves its diagonal is mistyped, or lies where the table ends.

All figures here are Poisson, since only that law depends on the product of sample size and quality alone. Differences
are *shifts*, the natural logarithm of the ratio of two qualities: 0.10 means ten percent.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aql import tables
from aql.plans.operating_characteristic import pa, pr
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.quality_levels import quality_at
from aql.standards.editions import edition
from aql.standards.iso2859_1.arrows import master_name
from aql.standards.iso2859_1.plan_cells import DerivedCell, plan_cells
from aql.types import Sampling, Severity, Standard

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Plan",
    "diagonal_risks",
    "diagonal_spread",
    "entered_cells",
    "good_quality",
    "held_cells",
    "ranks",
    "shift",
    "staged_against_single",
    "tightened_against_normal",
]

_POINTS = (0.95, 0.50, 0.10)

Plan = SinglePlan | MultiplePlan


def diagonal_risks(standard: Standard, severity: Severity, sampling: Sampling = "single") -> pd.DataFrame:
    """Producer's risk of every plan with its diagonal; arguments as in `aql.lookup`.

    Returns
    -------
    DataFrame
        One row per cell that holds a plan: diagonal (a number that grows with letter and AQL), letter, aql, plan,
        expected (nonconformities expected in the letter's single sample at the AQL), risk, disputed.

    Examples
    --------
    >>> frame = diagonal_risks("ISO 2859-1:1999", "normal")
    >>> frame[frame.diagonal == 18].risk.round(3).agg(["min", "median", "max"]).tolist()
    [0.041, 0.047, 0.054]
    """
    import pandas as pd

    rank = ranks(standard, severity)
    rows = [
        {
            "diagonal": rank(cell),
            "letter": cell.letter,
            "aql": cell.aql,
            "plan": cell.plan,
            "expected": cell.n * float(cell.aql) / 100,
            "risk": float(pr(cell.plan, float(cell.aql) / 100, model="poisson")),
            "disputed": cell.disputed,
        }
        for cell in held_cells(standard, severity, sampling)
    ]
    return pd.DataFrame(rows)


def diagonal_spread(standard: Standard, severity: Severity, sampling: Sampling = "single") -> pd.DataFrame:
    """Spread of the producer's risk along each diagonal.

    Returns
    -------
    DataFrame
        One row per diagonal: diagonal, cells (how many), smallest, median, largest (risks), disputed (how many).

    Examples
    --------
    >>> print(diagonal_spread("ISO 2859-1:1999", "normal").round(3).head(2).to_string(index=False))
     diagonal  cells  smallest  median  largest  disputed
           14     15     0.113   0.118    0.122         0
           17     16     0.075   0.090    0.096         0
    """
    groups = diagonal_risks(standard, severity, sampling).groupby("diagonal")
    found = groups.agg(
        cells=("risk", "size"),
        smallest=("risk", "min"),
        median=("risk", "median"),
        largest=("risk", "max"),
        disputed=("disputed", "sum"),
    )
    return found.reset_index()


def staged_against_single(standard: Standard, severity: Severity, sampling: Sampling) -> pd.DataFrame:
    """Double or multiple plans against the single plan of the same cell, where that accepts 95, 50 and 10 percent.

    Returns
    -------
    DataFrame
        One row per plan of several stages: letter, aql, plan, single, ``d95``, ``d50``, ``d10`` (probability of
        acceptance less that of the single plan), disputed.

    Examples
    --------
    >>> frame = staged_against_single("ISO 2859-1:1999", "normal", "double")
    >>> frame[(frame.letter == "J") & (frame.aql == "2.5")][["d95", "d50", "d10"]].round(3).values.tolist()
    [[-0.0, -0.015, -0.001]]
    """
    import pandas as pd

    rows = []
    for cell in held_cells(standard, severity, sampling):
        differences = _differences(cell.plan, cell.single)
        head = {"letter": cell.letter, "aql": cell.aql, "plan": cell.plan, "single": cell.single}
        rows.append({**head, **differences, "disputed": cell.disputed})
    return pd.DataFrame(rows)


def tightened_against_normal(standard: Standard, sampling: Sampling = "single") -> pd.DataFrame:
    """Tightened against normal inspection of every cell that can be entered, arrows followed.

    Returns
    -------
    DataFrame
        letter, aql, normal, tightened (the plans), ``d95``, ``d50``, ``d10`` (probability of acceptance under
        tightened less that under normal, where normal accepts 95, 50 and 10 percent), disputed.

    Examples
    --------
    >>> frame = tightened_against_normal("ISO 2859-1:1999")
    >>> bool((frame[["d95", "d50", "d10"]] < 1e-12).all(axis=None))
    True
    """
    import pandas as pd

    normal, tightened = entered_cells(standard, sampling)
    rows = []
    for key, cell in tightened.items():
        head = {"letter": cell.letter, "aql": cell.aql, "normal": normal[key].plan, "tightened": cell.plan}
        disputed = cell.disputed or normal[key].disputed
        rows.append({**head, **_differences(cell.plan, normal[key].plan), "disputed": disputed})
    return pd.DataFrame(rows)


def good_quality(plan: Plan) -> float:
    """Return the quality that is rejected one time in twenty."""
    return quality(plan, 0.95)


@lru_cache(maxsize=4096)
def quality(plan: Plan, accepted: float) -> float:
    return float(quality_at(plan, accepted, model="poisson"))


def shift(plan: Plan, other: Plan) -> float:
    """Return how much worse a quality `plan` accepts one time in two than `other` does, as a logarithm."""
    return math.log(quality(plan, 0.5) / quality(other, 0.5))


def _differences(plan: Plan, other: Plan) -> dict[str, float]:
    at = [quality(other, one) for one in _POINTS]
    found = np.asarray(pa(plan, at, model="poisson")) - _POINTS
    return dict(zip((f"d{100 * one:g}" for one in _POINTS), found.tolist(), strict=True))


def entered_cells(
    standard: Standard, sampling: Sampling
) -> tuple[dict[tuple[str, str], DerivedCell], dict[tuple[str, str], DerivedCell]]:
    """Return the cells of normal and of tightened inspection that can be entered in both."""
    normal, tightened = (
        {(cell.letter, cell.aql): cell for cell in plan_cells(standard, severity, sampling, arrows=True)}
        for severity in ("normal", "tightened")
    )
    return normal, {key: cell for key, cell in tightened.items() if key in normal}


def held_cells(standard: Standard, severity: Severity, sampling: Sampling) -> tuple[DerivedCell, ...]:
    """Return the cells of a table that hold a plan."""
    return tuple(cell for cell in plan_cells(standard, severity, sampling) if cell.mark == "plan")


def ranks(standard: Standard, severity: Severity) -> Callable[[DerivedCell], int]:
    """Return the function that numbers the diagonals: the number grows with letter and AQL."""
    table = tables.master_table(edition(standard).folder, master_name("single", severity))

    def rank(cell: DerivedCell) -> int:
        return table.letters.index(cell.letter) + table.aqls.index(cell.aql)

    return rank
