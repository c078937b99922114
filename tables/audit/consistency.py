"""Consistency of the master tables: risks of the plans, compared along rows and diagonals.

The tables are built on preferred numbers: from one letter to the next the sample grows by the same factor by which the
AQL shrinks from one column to the next on its left. Along a diagonal, therefore, the acceptance number and the expected
count at the AQL are the same, and every risk should be. A cell that differs from its diagonal is a misprint or lies at the
edge of the table.

All figures are Poisson, because only Poisson probabilities depend on nothing but the product of sample size and quality.
Differences are *shifts*: the natural logarithm of the ratio of two qualities, so 0.10 is about ten percent.
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
    """Return the producer's risk and the diagonal of every plan; arguments as in `aql.lookup`.

    Returns
    -------
    DataFrame
        One row per cell that contains a plan: diagonal (a number that grows with letter and AQL), letter, aql, plan,
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
    """Return the spread of the producer's risk along each diagonal.

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
    """Compare double or multiple plans with the single plan of the same cell, where that accepts 95, 50 and 10 percent.

    Returns
    -------
    DataFrame
        One row per plan: letter, aql, plan, single, ``d95``, ``d50``, ``d10`` (probability of acceptance minus that
        of the single plan), disputed.

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
    """Compare tightened with normal inspection for every cell, with arrows followed.

    Returns
    -------
    DataFrame
        One row per cell: letter, aql, normal, tightened (the plans), ``d95``, ``d50``, ``d10`` (probability of
        acceptance under tightened minus that under normal, where normal accepts 95, 50 and 10 percent), disputed.

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
    """Return the quality that is rejected with probability 0.05."""
    return quality(plan, 0.95)


@lru_cache(maxsize=4096)
def quality(plan: Plan, accepted: float) -> float:
    return float(quality_at(plan, accepted, model="poisson"))


def shift(plan: Plan, other: Plan) -> float:
    """Return the logarithm of the ratio of the qualities that `plan` and `other` accept with probability 0.5."""
    return math.log(quality(plan, 0.5) / quality(other, 0.5))


def _differences(plan: Plan, other: Plan) -> dict[str, float]:
    at = [quality(other, one) for one in _POINTS]
    found = np.asarray(pa(plan, at, model="poisson")) - _POINTS
    return dict(zip((f"d{100 * one:g}" for one in _POINTS), found.tolist(), strict=True))


def entered_cells(
    standard: Standard, sampling: Sampling
) -> tuple[dict[tuple[str, str], DerivedCell], dict[tuple[str, str], DerivedCell]]:
    """Return the cells of normal inspection, and those of tightened inspection that normal inspection also has."""
    normal, tightened = (
        {(cell.letter, cell.aql): cell for cell in plan_cells(standard, severity, sampling, arrows=True)}
        for severity in ("normal", "tightened")
    )
    return normal, {key: cell for key, cell in tightened.items() if key in normal}


def held_cells(standard: Standard, severity: Severity, sampling: Sampling) -> tuple[DerivedCell, ...]:
    """Return the cells of a table that contain a plan."""
    return tuple(cell for cell in plan_cells(standard, severity, sampling) if cell.mark == "plan")


def ranks(standard: Standard, severity: Severity) -> Callable[[DerivedCell], int]:
    """Return the function that numbers the diagonals: the number grows with letter and AQL."""
    table = tables.master_table(edition(standard).folder, master_name("single", severity))

    def rank(cell: DerivedCell) -> int:
        return table.letters.index(cell.letter) + table.aqls.index(cell.aql)

    return rank
