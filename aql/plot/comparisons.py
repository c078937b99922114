"""The data of plots with several curves, as pandas frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from aql.checks import lot_size as checked_lot_size
from aql.errors import DomainError
from aql.plans.arrays import Numbers, SeriesLike
from aql.plans.compare import named_plans
from aql.plans.curve_grid import checked_points, whole_numbers
from aql.plans.plan import Plan, on_lot, plan_in_short
from aql.plot.curves import oc_curve
from aql.plot.quality_columns import Drawn, checked_curve, checked_plan, row_of
from aql.types import SEVERITIES, AqlColumn, Level, LotSize, Model, Sampling, Standard, Unit

if TYPE_CHECKING:
    from aql.standards.iso2859_1.lookup import Lookup
from aql.words import short_repr

__all__ = ["oc_curves", "severity_curves", "severity_lookups", "type_curves"]


def oc_curves(
    plans: Iterable[Drawn] | Mapping[str, Drawn],
    p: Numbers | SeriesLike | None = None,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
) -> pd.DataFrame:
    """Data of a comparison plot: operating characteristics of several plans at the same qualities.

    Parameters
    ----------
    plans : iterable of plans, or mapping of names to plans
        Plans, schemes or skip-lot inspections; without names, a plan is named by its n and Ac.
    p, model, lot_size, unit
        As in `oc_curve`.

    Returns
    -------
    DataFrame
        ``plan`` (its name), quality and ``probability_of_acceptance``, one plan after the other.

    Raises
    ------
    DomainError
        If there is no plan, or the same plan occurs twice without names; otherwise as `oc_curve`.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> oc_curves([SinglePlan(80, 2), SinglePlan(80, 3)], [0.01, 0.05]).round(4)
             plan  fraction_nonconforming  probability_of_acceptance
    0  n 80, Ac 2                    0.01                     0.9534
    1  n 80, Ac 2                    0.05                     0.2306
    2  n 80, Ac 3                    0.01                     0.9913
    3  n 80, Ac 3                    0.05                     0.4284
    """
    named = {name: checked_curve(plan) for name, plan in named_plans(plans).items()}
    row = row_of(named.values(), p, model, lot_size, unit)
    parts = [row.frame(probability_of_acceptance=plan.pa(row.values, **row.law)) for plan in named.values()]
    for name, part in zip(named, parts, strict=True):
        part.insert(0, "plan", name)
    return pd.concat(parts, ignore_index=True)


def severity_lookups(
    lot_size: LotSize | None = None,
    *,
    aql: AqlColumn,
    letter: str | None = None,
    level: Level = "II",
    sampling: Sampling = "single",
    standard: Standard | None = None,
) -> dict[str, Lookup]:
    """Look up the plans of all severities for a comparison plot; parameters as in `severity_curves`.

    Examples
    --------
    >>> {severity: found.plan for severity, found in severity_lookups(aql=2.5, letter="J").items()}
    {'normal': SinglePlan(n=80, ac=5), 'tightened': SinglePlan(n=80, ac=3), 'reduced': SinglePlan(n=32, ac=3)}
    """
    from aql.standards.arguments import NOT_ALLOWED
    from aql.standards.editions import DEFAULT_STANDARD
    from aql.standards.iso2859_1.lookup import lookup

    found: dict[str, Lookup] = {
        one: lookup(
            lot_size,
            aql=aql,
            letter=letter,
            level=level,
            severity=one,
            sampling=sampling,
            standard=standard or DEFAULT_STANDARD,
        )
        for one in SEVERITIES
    }
    if found["normal"].aql == NOT_ALLOWED:
        raise DomainError(
            f"aql must be above 0 to have severities, got {short_repr(aql)}",
            todo="Plot its plan with plot.oc",
            value=aql,
        )
    return found


def severity_curves(
    lot_size: LotSize | None = None,
    p: Numbers | SeriesLike | None = None,
    *,
    aql: AqlColumn,
    letter: str | None = None,
    level: Level = "II",
    sampling: Sampling = "single",
    standard: Standard | None = None,
) -> pd.DataFrame:
    """Data of a comparison plot: normal, tightened and reduced inspection for one letter and AQL.

    Parameters
    ----------
    lot_size, aql, letter, level, sampling, standard
        As in `aql.lookup`; the AQL is that of the table, such as 2.5 for 2.5 percent.
    p : sequence of float, optional
        As in `oc_curve`: nonconformities per 100 items for an AQL above 10, otherwise a fraction nonconforming.

    Returns
    -------
    DataFrame
        ``severity``, ``plan`` in short form, quality and ``probability_of_acceptance``.

    Raises
    ------
    DomainError
        As `aql.lookup`; also for AQL 0, which has the same plan for all severities.

    Examples
    --------
    >>> severity_curves(aql=2.5, letter="J", p=[0.025, 0.1]).round(3)
        severity        plan  fraction_nonconforming  probability_of_acceptance
    0     normal  n 80, Ac 5                   0.025                      0.985
    1     normal  n 80, Ac 5                   0.100                      0.177
    2  tightened  n 80, Ac 3                   0.025                      0.859
    3  tightened  n 80, Ac 3                   0.100                      0.035
    4    reduced  n 32, Ac 3                   0.025                      0.992
    5    reduced  n 32, Ac 3                   0.100                      0.600
    """
    found = severity_lookups(
        lot_size, aql=aql, letter=letter, level=level, sampling=sampling, standard=standard
    )
    plans = {one: checked_plan(each.lot_plan) for one, each in found.items()}
    per_hundred = found["normal"].per_hundred_items
    frame = oc_curves(plans, p, model="poisson", unit="100 items") if per_hundred else oc_curves(plans, p)
    frame = frame.rename(columns={"plan": "severity"})
    frame.insert(1, "plan", frame["severity"].map({one: plan_in_short(plan) for one, plan in plans.items()}))
    return frame


def type_curves(
    plan: Plan, p: Numbers | SeriesLike | None = None, *, lot_size: int, points: int = 61
) -> pd.DataFrame:
    """Data of a comparison plot: one lot (Type A) and the process that makes such lots (Type B).

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan, applied to the lot as in `aql.plans.on_lot`.
    p : sequence of float, optional
        Qualities of the process; Type A has points at whole numbers of items between the smallest and the largest.
    lot_size : int
        Lot size. [items]
    points : int
        Maximum number of points for Type A, evenly spaced.

    Returns
    -------
    DataFrame
        ``type`` (``"A"`` or ``"B"``), ``fraction_nonconforming`` and ``probability_of_acceptance``.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> curves = type_curves(SinglePlan(n=20, ac=1), [0.0, 0.05, 0.1], lot_size=20)
    >>> curves[curves["type"] == "A"].round(4)
      type  fraction_nonconforming  probability_of_acceptance
    0    A                    0.00                        1.0
    1    A                    0.05                        1.0
    2    A                    0.10                        0.0
    """
    size = checked_lot_size(lot_size)
    checked_points(points)
    done = on_lot(checked_plan(plan), size)
    process = oc_curve(done, p)
    quality = process["fraction_nonconforming"]
    # Treat a quality that is a whole number of items except for rounding as that number.
    first, last = np.ceil(quality.min() * size - 1e-9), np.floor(quality.max() * size + 1e-9)
    bad = whole_numbers(int(first), int(last), points)
    lot = pd.DataFrame(
        {
            "fraction_nonconforming": bad / size,
            "probability_of_acceptance": done.pa(nonconforming=bad, model="hypergeometric", lot_size=size),
        }
    )
    for name, part in (("A", lot), ("B", process)):
        part.insert(0, "type", name)
    return pd.concat([lot, process], ignore_index=True)
