"""The qualities at which a curve is computed: those given, or a range that shows the whole curve."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from aql.checks import share
from aql.errors import DomainError
from aql.plans.arrays import Floats, Numbers, SeriesLike, numbers
from aql.plans.curve_grid import curve_end, evenly
from aql.plans.plan import MultiplePlan, Plan, SinglePlan
from aql.plans.protocols import Law
from aql.plans.quality import parse_quality
from aql.scheme.scheme import Scheme
from aql.scheme.skip_lot import SkipLot
from aql.types import Model, Unit
from aql.words import short_repr

__all__ = [
    "Drawn",
    "Row",
    "checked_curve",
    "checked_plan",
    "limit_of",
    "quality_column",
    "row_of",
    "value_of",
]

_POINTS = 201
_COLUMNS = {
    ("binomial", "item"): "fraction_nonconforming",
    ("hypergeometric", "item"): "fraction_nonconforming",
    ("poisson", "item"): "nonconformities_per_item",
    ("poisson", "100 items"): "nonconformities_per_100_items",
}


@dataclass(frozen=True, slots=True)
class Row:
    """Qualities of a curve, with the keyword arguments that plan properties need for them.

    Attributes
    ----------
    values : ndarray
        The qualities in their unit; in a finite lot, fractions nonconforming.
    law : Law
        Keyword arguments: model, unit and lot size.
    name : str
        Name of the quality column.
    """

    values: Floats
    law: Law
    name: str

    def frame(self, **values: Floats) -> pd.DataFrame:
        """Return a frame of the qualities and the values computed at them."""
        columns: dict[str, object] = {self.name: self.values, **values}
        size = self.law.get("lot_size")
        if size is not None:
            columns = {"nonconforming_items": np.rint(self.values * size).astype(np.int64), **columns}
        return pd.DataFrame(columns)


Drawn = Plan | Scheme | SkipLot
"""What has an operating characteristic: a plan, a scheme, or skip-lot inspection."""


def quality_column(frame: pd.DataFrame) -> str:
    """Return the name of the column of a frame for the quality axis, preferably a fraction.

    Examples
    --------
    >>> quality_column(pd.DataFrame({"nonconforming_items": [0, 1], "fraction_nonconforming": [0.0, 0.1]}))
    'fraction_nonconforming'
    """
    return next(name for name in _COLUMNS.values() if name in frame)


def checked_plan(plan: Plan) -> Plan:
    """Return the plan if it can be plotted over a quality axis; otherwise raise."""
    if not isinstance(plan, SinglePlan | MultiplePlan):
        raise DomainError(
            f"plan must be a SinglePlan or a MultiplePlan, got {short_repr(plan)}",
            todo="Build one, for example SinglePlan(n=80, ac=2), or look one up: lookup(1200, aql=2.5).plan",
            value=plan,
        )
    return plan


def checked_curve(plan: Drawn, needed: str = "pa") -> Drawn:
    """Return a plan, scheme or skip-lot inspection that has a property, to plot it over a quality axis; else raise."""
    if not isinstance(plan, Scheme | SkipLot):
        return checked_plan(plan)
    if not hasattr(plan, needed):
        raise DomainError(f"{needed} is a property of plans and schemes, got {plan!r}", value=plan)
    return plan


def _others(also: Iterable[float]) -> Floats:
    """Further qualities on the axis."""
    try:
        return np.asarray([*also], dtype=float)
    except (TypeError, ValueError):
        raise DomainError(f"also must be numbers, got {short_repr(also)}", value=also) from None


def row_of(
    plans: Iterable[Drawn],
    p: Numbers | SeriesLike | None,
    model: Model,
    lot_size: int | None,
    unit: Unit,
    also: Iterable[float] = (),
) -> Row:
    """Return the qualities on the axis: `p`, or else a range for these plans that includes those in `also`.

    The range extends from 0 to where all curves have fallen to nearly 0, and includes evenly spaced points for each.
    """
    given = parse_quality(0.0 if p is None else p, model=model, lot_size=lot_size, unit=unit)
    law: Law = {"model": model, "unit": unit}
    if given.lot_size is not None:
        law["lot_size"] = given.lot_size
    name = _COLUMNS[model, unit]
    if p is None:
        ends = [curve_end(plan, law, room=True) or 1.0 for plan in plans]
        if given.lot_size is None:
            steps = [evenly(end, _POINTS) for end in ends]
        else:
            steps = [evenly(max(ends), _POINTS, given.lot_size)]
        values = np.unique(np.concatenate([*steps, _others(also)]))
        return Row(values, law, name)
    values = np.asarray(given.values)
    if values.ndim != 1 or values.size < 2 or np.isnan(values).any():
        raise DomainError(f"p must be a sequence of two or more qualities, got {short_repr(p)}", value=p)
    return Row(np.asarray(numbers(p, "p")) if given.lot_size is None else values / given.lot_size, law, name)


def limit_of(aql: float, model: Model) -> float:
    """Return an acceptance quality limit, checked, in the unit of the quality axis.

    Examples
    --------
    >>> limit_of(0.025, "binomial"), limit_of(2.5, "poisson")
    (0.025, 2.5)
    """
    if model != "poisson":
        return share(aql, "aql")
    number = numbers(aql, "aql")
    if not isinstance(number, float) or not 0 <= number < math.inf:
        raise DomainError(f"aql must be 0 or more and finite, got {short_repr(aql)}", value=aql)
    return number


_AFTER = {
    "fraction_nonconforming": " %",
    "nonconformities_per_item": " per item",
    "nonconformities_per_100_items": " per 100",
}


def value_of(column: str, value: float) -> str:
    """Write a quality with its unit, for a part of a plot.

    Examples
    --------
    >>> value_of("fraction_nonconforming", 0.065), value_of("nonconformities_per_100_items", 15)
    ('6.5 %', '15 per 100')
    """
    return f"{value * (100 if column == 'fraction_nonconforming' else 1):.3g}{_AFTER[column]}"
