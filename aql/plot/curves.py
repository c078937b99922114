"""The numbers behind every picture of a plan, as pandas frames whose columns name their units.

Every frame is tidy: one row a point, the quality first. The name of the quality's column says what it is:

==================================  ======================================================================
``fraction_nonconforming``          of the process, or of the lot in the hypergeometric model [1]
``nonconforming_items``             in the lot, in the hypergeometric model [items]
``nonconformities_per_item``        of the process, in the Poisson model
``nonconformities_per_100_items``   the same with ``unit="100 items"``
==================================  ======================================================================
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aql.errors import DomainError
from aql.plans.operating_characteristic import pa, pr
from aql.plans.outgoing_quality import aoq, aoql, ati
from aql.plans.plan import Plan
from aql.plans.quality_levels import quality_at
from aql.plans.stage_probabilities import asn
from aql.plot.quality_axis import a_plan, limit_of, row_of, whole_numbers

if TYPE_CHECKING:
    from aql.plans.lot_posterior import LotPosterior

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
    plan: Plan,
    p: Any = None,
    *,
    model: str = "binomial",
    lot_size: int | None = None,
    unit: str = "item",
    also: Iterable[float] = (),
) -> pd.DataFrame:
    """Operating characteristic of a plan.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    p : sequence of float, optional
        Two or more qualities, as in `aql.plans.operating_characteristic.pa`. Without them the curve goes from quality 0 to where
        hardly a lot is accepted; in a finite lot by whole items.
    model, lot_size, unit
        As in `aql.plans.operating_characteristic.pa`.
    also : iterable of float
        Qualities that the curve has to have among its own, where there is no `p`.

    Returns
    -------
    DataFrame
        Quality and ``probability_of_acceptance``.

    Raises
    ------
    DomainError
        If `plan` is no plan, or an argument is not possible.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> oc_curve(SinglePlan(n=80, ac=2), [0.0, 0.01, 0.05]).round(4)
       fraction_nonconforming  probability_of_acceptance
    0                    0.00                     1.0000
    1                    0.01                     0.9534
    2                    0.05                     0.2306
    """
    row = row_of([a_plan(plan)], p, model, lot_size, unit, also)
    return row.frame(probability_of_acceptance=pa(plan, **row.given))


def oc_marks(
    plan: Plan,
    *,
    aql: float | None = None,
    alpha: float | None = 0.05,
    beta: float | None = 0.10,
    model: str = "binomial",
    lot_size: int | None = None,
    unit: str = "item",
) -> pd.DataFrame:
    """Points of an operating characteristic that the two sides agree on, with their risks.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    aql : float, optional
        Acceptance quality limit, in the unit of the quality: 0.025 for AQL 2.5. Without it the producer's point is
        the quality of the producer's risk `alpha` (PRQ).
    alpha, beta : float or None
        Producer's and consumer's risk; None leaves the point out.
    model, lot_size, unit
        As in `aql.plans.operating_characteristic.pa`.

    Returns
    -------
    DataFrame
        ``mark`` (AQL or PRQ, CRQ), quality, ``probability_of_acceptance``, and ``risk``: the probability that the
        producer's point is rejected, or the consumer's accepted. A risk that the plan cannot have has no row.

    Raises
    ------
    DomainError
        As `oc_curve`, and for a risk that is not between 0 and 1.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> oc_marks(SinglePlan(n=80, ac=2), aql=0.01).round(4)
      mark  fraction_nonconforming  probability_of_acceptance    risk
    0  AQL                  0.0100                     0.9534  0.0466
    1  CRQ                  0.0652                     0.1000  0.1000
    """
    law: dict[str, Any] = {"model": model, "lot_size": lot_size}
    row = row_of([a_plan(plan)], [0.0, 0.0], model, lot_size, unit)
    for name, risk in (("alpha", alpha), ("beta", beta)):
        _check_risk(name, risk)
    worst = 0.0 if model == "poisson" else float(pa(plan, 1.0, **law))
    found: list[tuple[str, float, bool]] = []
    if aql is not None:
        found.append(("AQL", limit_of(aql, model, unit), True))
    elif alpha is not None and worst < 1 - alpha:
        found.append(("PRQ", quality_at(plan, pr=alpha, **law), True))
    if beta is not None and worst < beta:
        found.append(("CRQ", quality_at(plan, beta, **law), False))
    at = np.array([quality for _, quality, _ in found])
    accepted, rejected = pa(plan, at, **law), pr(plan, at, **law)
    producer = np.array([side for _, _, side in found], dtype=bool)
    return pd.DataFrame(
        {
            "mark": pd.Series([mark for mark, _, _ in found], dtype=object),
            row.name: at * row.scale,
            "probability_of_acceptance": accepted,
            "risk": np.where(producer, rejected, accepted),
        }
    )


def _check_risk(name: str, risk: Any) -> None:
    if risk is not None and not (isinstance(risk, float) and 0 < risk < 1):
        raise DomainError(
            f"{name} {risk!r} is no risk",
            "a risk lies above 0 and below 1",
            "Write 0.05 for 5 percent",
            value=risk,
        )


def aoq_curve(
    plan: Plan,
    p: Any = None,
    *,
    lot_size: int | None = None,
    found: str = "replaced",
    model: str = "binomial",
    unit: str = "item",
) -> pd.DataFrame:
    """Average outgoing quality over incoming quality; without `p` its limit is one of the points.

    Parameters
    ----------
    plan, p, model, unit
        As in `oc_curve`.
    lot_size, found
        As in `aql.plans.outgoing_quality.aoq`.

    Returns
    -------
    DataFrame
        Quality, and the same with ``outgoing_`` before its name.

    Raises
    ------
    DomainError
        As `aql.plans.outgoing_quality.aoq`; without `p`, if the plan rejects nothing, so that there is no limit.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> aoq_curve(SinglePlan(n=52, ac=2), [0.015, 0.043], lot_size=5000).round(4)
       fraction_nonconforming  outgoing_fraction_nonconforming
    0                   0.015                           0.0142
    1                   0.043                           0.0260
    """
    finite = lot_size if model == "hypergeometric" else None
    scale = 100.0 if unit == "100 items" else 1.0
    limit = (
        [] if p is not None else [aoql(a_plan(plan), lot_size=lot_size, found=found, model=model).at * scale]
    )
    row = row_of([a_plan(plan)], p, model, finite, unit, limit)
    outgoing = aoq(plan, **{**row.given, "lot_size": lot_size, "found": found})
    return row.frame(**{f"outgoing_{row.name}": outgoing * row.scale})


def asn_curve(
    plan: Plan,
    p: Any = None,
    *,
    inspection: str = "full",
    model: str = "binomial",
    lot_size: int | None = None,
    unit: str = "item",
) -> pd.DataFrame:
    """Average sample number over quality.

    Parameters
    ----------
    plan, p, model, lot_size, unit
        As in `oc_curve`.
    inspection : {"full", "semi", "curtailed"}
        As in `aql.plans.stage_probabilities.asn`.

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
    row = row_of([a_plan(plan)], p, model, lot_size, unit)
    return row.frame(average_sample_number_items=asn(plan, inspection=inspection, **row.given))


def ati_curve(
    plan: Plan, p: Any = None, *, lot_size: int, model: str = "binomial", unit: str = "item"
) -> pd.DataFrame:
    """Average total inspection over quality, rejected lots screened.

    Parameters
    ----------
    plan, p, model, unit
        As in `oc_curve`.
    lot_size : int
        Lot size. [items]

    Returns
    -------
    DataFrame
        Quality and ``average_total_inspection_items``, items a lot.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> ati_curve(SinglePlan(n=52, ac=2), [0.0, 0.01], lot_size=5000).round(2)
       fraction_nonconforming  average_total_inspection_items
    0                    0.00                           52.00
    1                    0.01                          127.96
    """
    row = row_of([a_plan(plan)], p, model, lot_size if model == "hypergeometric" else None, unit)
    return row.frame(average_total_inspection_items=ati(plan, **{**row.given, "lot_size": lot_size}))


def posterior_distribution(known: LotPosterior, *, points: int = 401) -> pd.DataFrame:
    """Distribution of the number nonconforming in a lot after its inspection, where it is not negligible.

    Parameters
    ----------
    known : LotPosterior
        What `aql.plans.lot_posterior.posterior` returned.
    points : int
        At most so many numbers, evenly spread.

    Returns
    -------
    DataFrame
        ``nonconforming_items``, ``fraction_nonconforming``, ``probability`` of the number, and
        ``probability_at_most``. The numbers that are left out on either side have 0.01 percent or less together.

    Raises
    ------
    DomainError
        If `known` is no posterior.

    Examples
    --------
    >>> from aql.plans.lot_posterior import posterior
    >>> numbers = posterior_distribution(posterior(d=0, n=8, lot_size=10))
    >>> numbers[["nonconforming_items", "probability"]].round(4)
       nonconforming_items  probability
    0                    0       0.8182
    1                    1       0.1636
    2                    2       0.0182
    """
    from aql.plans.lot_posterior import LotPosterior

    if not isinstance(known, LotPosterior):
        raise DomainError(
            f"{known!r} is no posterior",
            "what is known of a lot is a LotPosterior",
            "Build one, as with posterior(d=5, n=80, lot_size=1200) of aql.plans.lot_posterior",
            value=known,
        )
    bad = whole_numbers(*known.interval(_CONTENT), points)
    return pd.DataFrame(
        {
            "nonconforming_items": bad,
            "fraction_nonconforming": bad / known.lot_size,
            "probability": known.pmf(bad),
            "probability_at_most": known.cdf(bad),
        }
    )
