"""Qualities along the axis of a picture: those that were asked for, or a range on which the curve says something."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aql.errors import DomainError
from aql.plans.operating_characteristic import pa
from aql.plans.plan import MultiplePlan, Plan, SinglePlan
from aql.plans.quality import qualities
from aql.plans.quality_levels import quality_at

if TYPE_CHECKING:
    from aql.distributions import Floats

__all__ = ["Row", "a_plan", "limit_of", "quality_column", "row_of", "whole_numbers"]

_POINTS = 201
_COLUMNS = {
    ("binomial", "item"): "fraction_nonconforming",
    ("hypergeometric", "item"): "fraction_nonconforming",
    ("poisson", "item"): "nonconformities_per_item",
    ("poisson", "100 items"): "nonconformities_per_100_items",
}
_END, _BETA = 0.01, 0.10
_ROOM = 1.6  # times the quality of the consumer's risk: the curve is down, and there is room for words


@dataclass(frozen=True, slots=True)
class Row:
    """Qualities of a curve, and the form that a property takes them in.

    Attributes
    ----------
    columns : dict
        The columns that begin the frame of the curve.
    given : dict
        The keywords that a property of a plan takes the qualities by.
    name : str
        The column of the quality.
    scale : float
        What a quality per item is multiplied by to stand in that column.
    """

    columns: dict[str, Any]
    given: dict[str, Any]
    name: str
    scale: float

    def frame(self, **values: Any) -> pd.DataFrame:
        """Return a frame of the qualities and what was computed at them."""
        return pd.DataFrame({**self.columns, **values})


def quality_column(frame: pd.DataFrame) -> str:
    """Return the column of a frame that holds the quality of its points, a fraction where there is one.

    Examples
    --------
    >>> quality_column(pd.DataFrame({"nonconforming_items": [0, 1], "fraction_nonconforming": [0.0, 0.1]}))
    'fraction_nonconforming'
    """
    return next(name for name in _COLUMNS.values() if name in frame)


def a_plan(plan: Any) -> Plan:
    """Return a plan that can be drawn; anything else raises."""
    if not isinstance(plan, SinglePlan | MultiplePlan):
        raise DomainError(
            f"{plan!r} is no plan",
            "a curve is that of a SinglePlan or a MultiplePlan",
            "Build one, as with SinglePlan(n=80, ac=2), or look one up: lookup(1200, aql=2.5).plan",
            value=plan,
        )
    return plan


def row_of(
    plans: list[Plan], p: Any, model: str, lot_size: Any, unit: str, also: Iterable[float] = ()
) -> Row:
    """Return the qualities `p`, or a range for these plans together with the qualities in `also`."""
    checked = qualities(0.0 if p is None else p, model=model, lot_size=lot_size, unit=unit)
    name, scale = _COLUMNS[model, unit], 100.0 if unit == "100 items" else 1.0
    more = np.asarray([*also], dtype=float) / scale
    values: Floats = _range(plans, model, checked.lot_size, more) if p is None else checked.values  # noqa: PD011
    if p is not None and (values.ndim != 1 or values.size < 2 or np.isnan(values).any()):
        raise DomainError(
            f"p {p!r} makes no curve", "a curve has a row of two or more qualities", "Leave p out", value=p
        )
    if checked.lot_size is None:
        return Row({name: values * scale}, {"p": values, "model": model}, name, scale)
    bad = values.astype(int)
    given = {"nonconforming": bad, "model": model, "lot_size": checked.lot_size}
    return Row({"nonconforming_items": bad, name: bad / checked.lot_size}, given, name, scale)


def _range(plans: list[Plan], model: str, lot_size: int | None, more: Floats) -> Floats:
    """From quality 0 to where the last of the curves is down; each curve has its own steps."""
    ends = [_end(plan, model, lot_size) for plan in plans]
    if lot_size is not None:
        steps = [
            whole_numbers(0, round(max(ends) * lot_size), _POINTS),
            np.rint(more * lot_size),
        ]
    else:
        steps = [*(np.linspace(0.0, end, _POINTS) for end in ends), more]
    return np.asarray(np.unique(np.concatenate(steps)), dtype=float)


def _end(plan: Plan, model: str, lot_size: int | None) -> float:
    law: dict[str, Any] = {"model": model, "lot_size": lot_size}
    if model != "poisson" and pa(plan, 1.0, **law) > _END:
        return 1.0
    low, high = quality_at(plan, [_BETA, _END], **law)
    end = max(_ROOM * low, high)
    if model == "poisson":
        return float(end)
    return min(float(end), 1.0) if lot_size is None else min(float(end) + 1 / lot_size, 1.0)


def whole_numbers(first: int, last: int, points: int) -> Any:
    """Whole numbers from the first to the last, all or at most so many."""
    count = min(last - first + 1, points)
    return np.unique(np.rint(np.linspace(first, last, count)).astype(np.int64))


def limit_of(aql: Any, model: str, unit: str) -> float:
    """Return an acceptance quality limit as a fraction nonconforming or as nonconformities per item.

    Examples
    --------
    >>> limit_of(2.5, "poisson", "100 items")
    0.025
    """
    number = aql if isinstance(aql, int | float) and not isinstance(aql, bool) else math.nan
    if model == "poisson" and 0 <= number < math.inf:
        return number / 100 if unit == "100 items" else float(number)
    if 0 <= number <= 1:
        return float(number)
    allowed = "nonconformities are 0 or more" if model == "poisson" else "a fraction lies between 0 and 1"
    todo = "Give a finite number" if model == "poisson" else "Write 0.025 for AQL 2.5"
    raise DomainError(f"aql {aql!r} is not possible", allowed, todo, value=aql)
