"""Plans beside each other: what each does at the same qualities, as a tidy frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from aql.errors import DomainError
from aql.plans.operating_characteristic import pa, pr
from aql.plans.plan import MultiplePlan, Plan, SinglePlan, plan_in_short
from aql.plans.quality import Model, Unit, lot_size_of, qualities
from aql.plans.quality_levels import quality_at

if TYPE_CHECKING:
    import pandas as pd

    from aql.distributions import Floats

__all__ = ["compare"]

# A grid ends where the plan that is hardest to fail accepts this share of lots.
_END = 0.01


def compare(
    plans: Iterable[Plan] | Mapping[str, Plan],
    p: Any = None,
    *,
    names: Sequence[str] | None = None,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Any = None,
    unit: Unit = "item",
    inspection: str = "full",
    points: int = 101,
) -> pd.DataFrame:
    """What several plans do at the same qualities.

    Parameters
    ----------
    plans : iterable of SinglePlan or MultiplePlan, or mapping of names to them
        The plans.
    p : array_like of float, optional
        Qualities, as in `aql.plans.operating_characteristic.pa`. Without `p` and `nonconforming`: `points` of them, evenly spaced
        from 0 to where every plan that can reject accepts at most one lot in a hundred; in a finite lot whole
        numbers of nonconforming items, so perhaps fewer.
    names : sequence of str, optional
        A name for each plan, all different; those of the mapping, or else the numbers of the plan, unless said.
    model, lot_size, nonconforming, unit
        As in `aql.plans.operating_characteristic.pa`.
    inspection : {"full", "semi", "curtailed"}
        How the average sample number is counted, as in `aql.plans.stage_probabilities.asn`.
    points : int
        Number of qualities where none are given, 2 or more.

    Returns
    -------
    pandas.DataFrame
        One row a plan and quality, plans in the order given and qualities within them:

        - ``plan``, category in the order given: name of the plan;
        - ``p``, float64: the quality in its unit, of a finite lot the fraction nonconforming;
        - ``nonconforming``, Int64, only with the hypergeometric model: number nonconforming in the lot;
        - ``pa``, float64: probability of acceptance;
        - ``pr``, float64: probability of rejection, accurate by itself;
        - ``asn``, float64: average sample number. [items]

    Raises
    ------
    DomainError
        If there is no plan, something else is among them, names do not fit, or a quality is not possible.

    Examples
    --------
    >>> from aql import MultiplePlan, SinglePlan
    >>> plans = {"single": SinglePlan(n=80, ac=5), "double": MultiplePlan((50, 50), (2, 6), (5, 7))}
    >>> print(compare(plans, [0.02, 0.10]).round(4).to_string(index=False))
      plan    p     pa     pr     asn
    single 0.02 0.9946 0.0054 80.0000
    single 0.10 0.1769 0.8231 80.0000
    double 0.02 0.9946 0.0054 53.7609
    double 0.10 0.1666 0.8334 65.9735
    """
    import pandas as pd

    from aql.plans.stage_probabilities import asn

    listed, called = _named(plans, names)
    if p is None and nonconforming is None:
        if model == "hypergeometric":
            nonconforming = _counts(listed, lot_size_of(lot_size), points)
        else:
            qualities(0.0, model=model, lot_size=lot_size, unit=unit)
            p = _grid(listed, model, unit, points)
    given = qualities(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    values = np.ravel(given.values)
    at: dict[str, Any]
    if given.lot_size is None:
        at = {"p": np.ravel(np.asarray(p, dtype=float)), "unit": unit}
        columns = {"p": at["p"]}
    else:
        at = {"nonconforming": values, "lot_size": lot_size}
        columns = {"p": values / given.lot_size, "nonconforming": values}
    codes = np.repeat(np.arange(len(listed)), values.size)
    frame: dict[str, Any] = {"plan": pd.Categorical.from_codes(codes, categories=pd.Index(called))}
    frame |= {name: np.tile(column, len(listed)) for name, column in columns.items()}
    for name, of in (("pa", pa), ("pr", pr), ("asn", partial(asn, inspection=inspection))):
        frame[name] = np.concatenate([of(plan, model=model, **at) for plan in listed])
    found = pd.DataFrame(frame)
    return found if given.lot_size is None else found.astype({"nonconforming": "Int64"})


def _named(
    plans: Iterable[Plan] | Mapping[str, Plan], names: Sequence[str] | None
) -> tuple[list[Plan], list[str]]:
    if isinstance(plans, Mapping):
        names = list(plans) if names is None else names
        plans = plans.values()
    given: Any = plans
    listed: list[Any] = list(given) if isinstance(given, Iterable) else []
    strange = [plan for plan in listed if not isinstance(plan, SinglePlan | MultiplePlan)]
    if strange or not listed:
        raise DomainError(
            f"{strange[0]!r} among the plans" if strange else f"plans {plans!r}",
            "plans are one or more of SinglePlan and MultiplePlan, in a list or named in a dict",
            "Give such plans",
            value=plans,
        )
    short = [plan_in_short(plan) for plan in listed]
    if names is None:
        # Plans of many stages may look alike in short.
        names = [
            name if short.count(name) == 1 else repr(plan) for name, plan in zip(short, listed, strict=True)
        ]
    called = [str(name) for name in names]
    if len(called) != len(listed) or len(set(called)) != len(called):
        raise DomainError(
            f"names {called!r} for {len(listed)} plans",
            "every plan has a name of its own",
            "Give as many different names as plans",
            value=names,
        )
    return listed, called


def _grid(plans: list[Plan], model: str, unit: Unit, points: int) -> Floats:
    ends = [
        quality_at(plan, _END, model=model, unit=unit)
        for plan in plans
        if model == "poisson" or pa(plan, 1.0) < _END
    ]
    return np.linspace(0.0, max(ends, default=1.0), _enough(points))


def _counts(plans: list[Plan], lot_size: int, points: int) -> Floats:
    lot: dict[str, Any] = {"model": "hypergeometric", "lot_size": lot_size}
    ends = [
        quality_at(plan, _END, **lot) * lot_size
        for plan in plans
        if pa(plan, nonconforming=lot_size, **lot) < _END
    ]
    # One more nonconforming item than is accepted that often.
    last = min(round(max(ends, default=lot_size)) + 1, lot_size)
    return np.unique(np.rint(np.linspace(0.0, last, _enough(points))))


def _enough(points: int) -> int:
    if points < 2:
        raise DomainError(f"{points} points", "a grid has 2 or more", "Leave points out", value=points)
    return points
