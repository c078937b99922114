"""Comparison of several plans at the same qualities, as a pandas frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar, Unpack, overload

from aql.errors import DomainError
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike, SeriesT, numbers
from aql.plans.curve_grid import curve_end, evenly
from aql.plans.plan import MultiplePlan, SinglePlan, plan_in_short
from aql.plans.protocols import Accepting, Law, Sampled
from aql.plans.quality import parse_quality
from aql.types import InspectionExtent, Model, Unit
from aql.words import short_repr

if TYPE_CHECKING:
    import pandas as pd


__all__ = ["Comparable", "compare", "name_of", "named_plans"]


class Comparable(Accepting, Protocol):
    """Anything with probabilities of acceptance and rejection and an average sample number, such as a plan."""

    @overload
    def asn(self, p: Number, **law: Unpack[Sampled]) -> float: ...
    @overload
    def asn(self, p: SeriesT, **law: Unpack[Sampled]) -> SeriesT: ...
    @overload
    def asn(self, p: Numbers, **law: Unpack[Sampled]) -> Floats: ...


Compared = TypeVar("Compared", bound=Comparable)


def compare(
    plans: Iterable[Comparable] | Mapping[str, Comparable],
    p: Number | Numbers | SeriesLike | None = None,
    *,
    names: Sequence[str] | None = None,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspection: InspectionExtent = "full",
    points: int = 101,
) -> pd.DataFrame:
    """Compare several plans at the same qualities.

    Parameters
    ----------
    plans : iterable of SinglePlan or MultiplePlan, or mapping of names to them
        The plans.
    p : number, array_like of numbers, or Series, optional
        Qualities, as in `aql.plans.pa`. Without `p` and `nonconforming`: `points` qualities, evenly spaced from 0 to
        where every plan that can reject accepts at most one lot in a hundred. In a finite lot these are whole numbers of
        nonconforming items, so there may be fewer.
    names : sequence of str, optional
        A different name for each plan; defaults to the keys of the mapping, or to n, Ac and Re of the plan.
    model, lot_size, nonconforming, unit
        As in `aql.plans.pa`.
    inspection : {"full", "semi", "curtailed"}
        As in `aql.plans.asn`.
    points : int
        Number of qualities if none are given, 2 or more.

    Returns
    -------
    pandas.DataFrame
        One row per plan and quality, ordered by plan as given, then by quality:

        - ``plan``, category in the order given: name of the plan;
        - ``p``, float64: the quality in its unit; in a finite lot, the fraction nonconforming;
        - ``nonconforming``, Int64, only with the hypergeometric model: number nonconforming in the lot;
        - ``pa``, float64: probability of acceptance;
        - ``pr``, float64: probability of rejection, accurate even when it is tiny;
        - ``asn``, float64: average sample number. [items]

    Raises
    ------
    DomainError
        If there is no plan, `plans` contains something else, the names do not fit, or a quality is invalid.

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
    import numpy as np
    import pandas as pd

    named = named_plans(plans, names)
    law: Law = {"model": model, "lot_size": lot_size, "unit": unit}
    if p is None and nonconforming is None:
        parse_quality(0.0, model=model, lot_size=lot_size, unit=unit)
        ends = [end for plan in named.values() if (end := curve_end(plan, law)) is not None]
        p = evenly(max(ends, default=1.0), points, lot_size)
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    values = np.ravel(given.values)
    at = np.ravel(numbers(p, "p")) if given.lot_size is None else values / given.lot_size
    columns: dict[str, object] = {
        "plan": pd.Categorical.from_codes(
            np.repeat(np.arange(len(named)), at.size), categories=pd.Index(named)
        ),
        "p": np.tile(at, len(named)),
    }
    if given.lot_size is not None:
        columns["nonconforming"] = pd.array(np.tile(values, len(named)), dtype="Int64")
    compared = named.values()
    columns["pa"] = np.concatenate([plan.pa(at, **law) for plan in compared])
    columns["pr"] = np.concatenate([plan.pr(at, **law) for plan in compared])
    columns["asn"] = np.concatenate([plan.asn(at, **law, inspection=inspection) for plan in compared])
    return pd.DataFrame(columns)


def name_of(plan: object) -> str:
    """Return the name of a plan in a comparison, or of anything with a `short_name`, such as a scheme.

    Examples
    --------
    >>> name_of(SinglePlan(n=80, ac=5))
    'n 80, Ac 5'
    """
    if isinstance(plan, SinglePlan | MultiplePlan):
        return plan_in_short(plan)
    return str(getattr(plan, "short_name", None) or repr(plan))


def named_plans(
    plans: Iterable[Compared] | Mapping[str, Compared], names: Sequence[str] | None = None
) -> dict[str, Compared]:
    """Return the plans to compare by name: the given names, the keys of a mapping, or else n, Ac and Re of each plan.

    Examples
    --------
    >>> named_plans([SinglePlan(n=80, ac=5), MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))])
    {'n 80, Ac 5': SinglePlan(n=80, ac=5), 'n 50 + 50, Ac 2 6, Re 5 7': MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))}
    """
    if isinstance(plans, Mapping):
        names, plans = list(plans) if names is None else names, plans.values()
    try:
        listed = list(plans)
    except TypeError:
        listed = []
    strange = [one for one in listed if not all(hasattr(one, name) for name in ("pa", "pr", "asn"))]
    if strange or not listed:
        got = strange[0] if strange else plans
        raise DomainError(
            f"plans must be one or more plans, in a list or a dict, got {short_repr(got)}", value=got
        )
    if names is None:
        short = [name_of(plan) for plan in listed]
        # Different plans of many stages can have the same short name.
        names = [
            name if short.count(name) == 1 else repr(plan) for name, plan in zip(short, listed, strict=True)
        ]
    try:
        names = list(names)
    except TypeError:
        raise DomainError(f"names must be a list of names, got {short_repr(names)}", value=names) from None
    try:
        named = {str(name): plan for name, plan in zip(names, listed, strict=False)}
        "".join(named).encode()  # half of a surrogate pair cannot be shown
    except (ValueError, RecursionError):
        raise DomainError(f"names must be text, got {short_repr(names)}", value=names) from None
    if not len(named) == len(names) == len(listed):
        raise DomainError(
            f"names must be {len(listed)} different names, one per plan, got {short_repr(list(names))}",
            value=names,
        )
    return named
