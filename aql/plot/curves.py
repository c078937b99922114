"""The data of the plots of one plan, as pandas frames whose column names include the units.

Every frame has one row per point, with the quality first. The name of its column says what the quality is:

==================================  ======================================================================
``fraction_nonconforming``          of the process, or of the lot in the hypergeometric model [1]
``nonconforming_items``             in the lot, in the hypergeometric model [items]
``nonconformities_per_item``        of the process, in the Poisson model
``nonconformities_per_100_items``   the same with ``unit="100 items"``
==================================  ======================================================================
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from aql.checks import share
from aql.errors import DomainError
from aql.plans.arrays import Numbers, SeriesLike
from aql.plans.curve_grid import checked_points, whole_numbers
from aql.plans.lot_posterior import LotPosterior
from aql.plans.plan import Plan
from aql.plot.quality_columns import Drawn, checked_curve, limit_of, row_of
from aql.scheme.scheme import Scheme
from aql.types import Found, InspectionExtent, Model, Unit
from aql.words import short_repr

__all__ = [
    "aoq_curve",
    "asn_curve",
    "ati_curve",
    "oc_curve",
    "oc_marks",
    "posterior_distribution",
]

_CONTENT = 0.9998


def oc_curve(
    plan: Drawn,
    p: Numbers | SeriesLike | None = None,
    *,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
    also: Iterable[float] = (),
) -> pd.DataFrame:
    """Data of the plot of one curve: operating characteristic of a plan.

    Parameters
    ----------
    plan : SinglePlan, MultiplePlan, Scheme or SkipLot
        The plan.
    p : array_like of numbers or Series, optional
        Two or more qualities, as in `aql.plans.pa`. Without them, the curve extends from quality 0 to a quality at
        which hardly any lots are accepted; in a finite lot, in whole items.
    model, lot_size, unit
        As in `aql.plans.pa`.
    also : iterable of float
        Qualities to include if there is no `p`.

    Returns
    -------
    DataFrame
        Quality and ``probability_of_acceptance``.

    Raises
    ------
    DomainError
        If `plan` is not a plan, or an argument is invalid.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> oc_curve(SinglePlan(n=80, ac=2), [0.0, 0.01, 0.05]).round(4)
       fraction_nonconforming  probability_of_acceptance
    0                    0.00                     1.0000
    1                    0.01                     0.9534
    2                    0.05                     0.2306
    """
    row = row_of([checked_curve(plan)], p, model, lot_size, unit, also)
    return row.frame(probability_of_acceptance=plan.pa(row.values, **row.law))


def oc_marks(
    plan: Drawn,
    *,
    aql: float | None = None,
    alpha: float | None = 0.05,
    beta: float | None = 0.10,
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
) -> pd.DataFrame:
    """Data of the plot of one curve: points that matter to producer and consumer, with their risks.

    Parameters
    ----------
    plan : SinglePlan, MultiplePlan, Scheme or SkipLot
        The plan.
    aql : float, optional
        Acceptance quality limit in the unit of the quality, such as 0.025 for AQL 2.5. Without it, the producer's point
        is the producer's risk quality (PRQ) for `alpha`.
    alpha, beta : float or None
        Producer's and consumer's risk; None leaves the point out.
    model, lot_size, unit
        As in `aql.plans.pa`.

    Returns
    -------
    DataFrame
        ``mark`` (AQL or PRQ, CRQ), quality, ``probability_of_acceptance``, and ``risk``: the probability that the
        producer's point is rejected or the consumer's point accepted. A risk that the plan cannot have has no row.

    Raises
    ------
    DomainError
        As `oc_curve`; also for a risk that is not between 0 and 1.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> oc_marks(SinglePlan(n=80, ac=2), aql=0.01).round(4)
      mark  fraction_nonconforming  probability_of_acceptance    risk
    0  AQL                  0.0100                     0.9534  0.0466
    1  CRQ                  0.0652                     0.1000  0.1000
    """
    row = row_of([checked_curve(plan)], [0.0, 0.0], model, lot_size, unit)
    law = row.law
    for name, risk in (("alpha", alpha), ("beta", beta)):
        if risk is not None:
            share(risk, name, ends=False)
    worst = 0.0 if model == "poisson" else plan.pa(1.0, **law)
    found: list[tuple[str, float]] = []
    if aql is not None:
        found.append(("AQL", limit_of(aql, model)))
    elif alpha is not None and worst < 1 - alpha:
        found.append(("PRQ", plan.quality_at(pr=alpha, **law)))
    if beta is not None and worst < beta:
        found.append(("CRQ", plan.quality_at(beta, **law)))
    at = np.array([quality for _, quality in found])
    accepted, rejected = plan.pa(at, **law), plan.pr(at, **law)
    consumer = np.array([mark == "CRQ" for mark, _ in found], dtype=bool)
    return pd.DataFrame(
        {
            "mark": pd.Series([mark for mark, _ in found], dtype=object),
            row.name: at,
            "probability_of_acceptance": accepted,
            "risk": np.where(consumer, accepted, rejected),
        }
    )


def aoq_curve(
    plan: Plan | Scheme,
    p: Numbers | SeriesLike | None = None,
    *,
    lot_size: int | None = None,
    found: Found = "replaced",
    model: Model = "binomial",
    unit: Unit = "item",
) -> pd.DataFrame:
    """Data of the plot of one curve: average outgoing quality; without `p`, the AOQL is one of the points.

    Parameters
    ----------
    plan, p, model, unit
        As in `oc_curve`.
    lot_size, found
        As in `aql.plans.aoq`.

    Returns
    -------
    DataFrame
        Incoming quality, and outgoing quality in a column with the prefix ``outgoing_``.

    Raises
    ------
    DomainError
        As `aql.plans.aoq`; without `p`, also if the plan rejects nothing, so that there is no AOQL.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> aoq_curve(SinglePlan(n=52, ac=2), [0.015, 0.043], lot_size=5000).round(4)
       fraction_nonconforming  outgoing_fraction_nonconforming
    0                   0.015                           0.0142
    1                   0.043                           0.0260
    """
    checked_curve(plan, "aoq")
    finite = lot_size if model == "hypergeometric" else None
    limit = [] if p is not None else [plan.aoql(lot_size=lot_size, found=found, model=model, unit=unit).at]
    row = row_of([plan], p, model, finite, unit, limit)
    outgoing = plan.aoq(row.values, lot_size=lot_size, found=found, model=model, unit=unit)
    return row.frame(**{f"outgoing_{row.name}": outgoing})


def asn_curve(
    plan: Drawn,
    p: Numbers | SeriesLike | None = None,
    *,
    inspection: InspectionExtent = "full",
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: Unit = "item",
) -> pd.DataFrame:
    """Data of the plot of one curve: average sample number by quality.

    Parameters
    ----------
    plan, p, model, lot_size, unit
        As in `oc_curve`.
    inspection : {"full", "semi", "curtailed"}
        As in `aql.plans.asn`.

    Returns
    -------
    DataFrame
        Quality and ``average_sample_number_items``.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> asn_curve(MultiplePlan((50, 50), (2, 6), (5, 7)), [0.0, 0.05]).round(2)
       fraction_nonconforming  average_sample_number_items
    0                    0.00                         50.00
    1                    0.05                          67.79
    """
    row = row_of([checked_curve(plan)], p, model, lot_size, unit)
    return row.frame(average_sample_number_items=plan.asn(row.values, inspection=inspection, **row.law))


def ati_curve(
    plan: Plan | Scheme,
    p: Numbers | SeriesLike | None = None,
    *,
    lot_size: int,
    model: Model = "binomial",
    unit: Unit = "item",
) -> pd.DataFrame:
    """Data of the plot of one curve: average total inspection by quality, if rejected lots are screened.

    Parameters
    ----------
    plan, p, model, unit
        As in `oc_curve`.
    lot_size : int
        Lot size. [items]

    Returns
    -------
    DataFrame
        Quality and ``average_total_inspection_items``, per lot.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> ati_curve(SinglePlan(n=52, ac=2), [0.0, 0.01], lot_size=5000).round(2)
       fraction_nonconforming  average_total_inspection_items
    0                    0.00                           52.00
    1                    0.01                          127.96
    """
    row = row_of(
        [checked_curve(plan, "ati")], p, model, lot_size if model == "hypergeometric" else None, unit
    )
    items = plan.ati(row.values, lot_size=lot_size, model=model, unit=unit)
    return row.frame(average_total_inspection_items=items)


def posterior_distribution(known: LotPosterior, *, points: int = 401) -> pd.DataFrame:
    """Data of the plot of one curve: posterior of a lot, without its negligible tails.

    Parameters
    ----------
    known : LotPosterior
        The posterior, from `aql.plans.posterior`.
    points : int
        Maximum number of points, evenly spaced.

    Returns
    -------
    DataFrame
        ``nonconforming_items``, ``fraction_nonconforming``, ``probability`` of the number, and
        ``probability_at_most``. Each tail that is left out has a probability of at most 0.01 percent.

    Raises
    ------
    DomainError
        If `known` is not a posterior.

    Examples
    --------
    >>> from aql.plans import posterior
    >>> numbers = posterior_distribution(posterior(d=0, n=8, lot_size=10))
    >>> numbers[["nonconforming_items", "probability"]].round(4)
       nonconforming_items  probability
    0                    0       0.8182
    1                    1       0.1636
    2                    2       0.0182
    """
    if not isinstance(known, LotPosterior):
        raise DomainError(
            f"known must be a LotPosterior, got {short_repr(known)}",
            todo="Build one, for example with aql.plans.posterior(d=5, n=80, lot_size=1200)",
            value=known,
        )
    checked_points(points)
    bad = whole_numbers(*known.interval(_CONTENT), points)
    return pd.DataFrame(
        {
            "nonconforming_items": bad,
            "fraction_nonconforming": bad / known.lot_size,
            "probability": known.pmf(bad),
            "probability_at_most": known.cdf(bad),
        }
    )
