"""The derived tables of the standards, recomputed from the master tables alone.

Operating characteristic values, producer's risks, consumer's risk qualities, average outgoing quality limits and
average sample numbers of every cell, as pandas frames with one row per cell.

Which model applies to which cell
---------------------------------
An AQL of 10 or less means percent nonconforming or nonconformities per 100 items; an AQL above 10 means only the
latter. Percent nonconforming is binomial; nonconformities that occur at random and independently are Poisson. Public
paraphrases of ISO 2859-1:1999 say that Tables 7, 8 and 10 make that assumption (clause 4.1) and that Tables 6 and 7
both contain consumer's risk qualities [1]_, which suggests that Tables 6 are for percent nonconforming and Tables 7
for nonconformities. Above an AQL of 10, every function here therefore uses the Poisson model.

The printed tables also use the Poisson model as an approximation to the binomial. From which sample size they do so
could not be checked in a public text, so it is an argument: `binomial_up_to`, the largest sample size of the letter's
single plan for which the binomial model is used (None: all sizes, 0: none). The defaults follow common descriptions of
the printed tables and are **not verified**:

==============================  ===============================  ==================
values                          printed in                       ``binomial_up_to``
==============================  ===============================  ==================
operating characteristics       ISO Table 10, 105E Table X       80
producer's risks                ISO Table 5                      None
consumer's risk qualities       ISO Tables 6 and 7, 105E VI      None
average outgoing quality limit  ISO Table 8, 105E Table V        0
average sample numbers          ISO Table 9, 105E Table IX       0
==============================  ===============================  ==================

``model="binomial"`` or ``model="poisson"`` uses one model throughout. Every frame names the model of each row.

Which cells have a row
----------------------
Every cell with a plan has a row, and every ``*`` and ``++`` has one with the plan that it refers to (column `mark`).
A cell with an arrow only repeats the plan at the end of the arrow, so it has a row only with ``arrows=True``; then
`letter` is that of the cell and `plan_letter` that of the plan. Above an AQL of 10 the binomial model is meaningless,
so ``model="binomial"`` leaves these rows out.

References
----------
.. [1] ISO 2859-1:1999, list of changes, as quoted at https://www.pinzhi.org/thread-103021-1-1.html.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aql.checks import choice, whole_number
from aql.plans.operating_characteristic import pa, pr
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.quality_levels import quality_at
from aql.plans.sample_number import asn
from aql.standards.arguments import over_ten
from aql.standards.iso2859_1.plan_cells import DerivedCell, plan_cells
from aql.types import PROCESS_MODELS, SAMPLINGS, ProcessModel, Sampling, Severity, Standard

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ACCEPTANCE",
    "aoqls",
    "asn_ratios",
    "consumer_risk_qualities",
    "law_of",
    "oc_values",
    "producer_risks",
]

ACCEPTANCE = (0.99, 0.95, 0.90, 0.75, 0.50, 0.25, 0.10, 0.05, 0.01)
"""Probabilities of acceptance of the tabulated operating characteristics."""

Plan = SinglePlan | MultiplePlan
_REMEMBERED = 8192


def law_of(
    aql: str, n: int, *, model: ProcessModel | None = None, binomial_up_to: int | None = None
) -> ProcessModel | None:
    """Model for the values of a derived table; None if `model` does not apply to the AQL of a cell.

    Parameters
    ----------
    aql : str
        AQL column.
    n : int
        Sample size of the letter's single plan. [items]
    model : {"binomial", "poisson"}, optional
        The model to use throughout.
    binomial_up_to : int, optional
        Largest `n` for which an AQL of 10 or less is binomial; None for all.

    Examples
    --------
    >>> law_of("2.5", 80, binomial_up_to=80), law_of("2.5", 125, binomial_up_to=80), law_of("15", 13)
    ('binomial', 'poisson', 'poisson')
    """
    whole_number(n, "n", least=1)
    if binomial_up_to is not None:
        whole_number(binomial_up_to, "binomial_up_to")
    if model is not None:
        choice(model, "model", PROCESS_MODELS)
        return None if model == "binomial" and over_ten(aql) else model
    if over_ten(aql) or (binomial_up_to is not None and n > binomial_up_to):
        return "poisson"
    return "binomial"


def oc_values(
    standard: Standard,
    severity: Severity,
    sampling: Sampling = "single",
    model: ProcessModel | None = None,
    *,
    binomial_up_to: int | None = 80,
    arrows: bool = False,
) -> pd.DataFrame:
    """Derived table: qualities that each plan accepts with probability 99, 95, 90, 75, 50, 25, 10, 5 and 1 percent.

    Parameters
    ----------
    standard, severity, sampling : str
        Edition and table, as in `aql.lookup`.
    model : {"binomial", "poisson"}, optional
        The model; defaults to the convention of the standards, see the page "Derived tables, recomputed".
    binomial_up_to : int, optional
        Largest single sample size for which an AQL of 10 or less is binomial; None for all.
    arrows : bool
        Include rows for cells with an arrow.

    Returns
    -------
    DataFrame
        One row per cell: letter, aql, mark, plan_letter, plan, model, disputed; then ``p99`` to ``p1``. [percent
        nonconforming with the binomial model, nonconformities per 100 items with the Poisson model]

    Raises
    ------
    DomainError
        If an argument has an unknown value, or the edition does not have the table.

    Examples
    --------
    >>> frame = oc_values("MIL-STD-105E", "normal")
    >>> row = frame[(frame.letter == "J") & (frame.aql == "1.0")].iloc[0]
    >>> print(row.plan, row.model, round(row.p95, 2), round(row.p10, 2))
    SinglePlan(n=80, ac=2) binomial 1.03 6.52
    """

    def figures(cell: DerivedCell, law: ProcessModel) -> Mapping[str, float]:
        names = (f"p{round(100 * one)}" for one in ACCEPTANCE)
        return dict(zip(names, _qualities(cell.plan, law, ACCEPTANCE), strict=True))

    return _frame(standard, severity, sampling, model, binomial_up_to, arrows, figures)


def producer_risks(
    standard: Standard,
    severity: Severity,
    sampling: Sampling = "single",
    model: ProcessModel | None = None,
    *,
    binomial_up_to: int | None = None,
    arrows: bool = False,
) -> pd.DataFrame:
    """Derived table: probability that each plan rejects a lot at the AQL; column `risk`, otherwise as `oc_values`.

    Examples
    --------
    >>> frame = producer_risks("ISO 2859-1:1999", "normal")
    >>> round(frame[(frame.letter == "J") & (frame.aql == "1.0")].risk.item(), 4)
    0.0466
    """

    def figures(cell: DerivedCell, law: ProcessModel) -> Mapping[str, float]:
        return {"risk": float(pr(cell.plan, float(cell.aql) / 100, model=law))}

    return _frame(standard, severity, sampling, model, binomial_up_to, arrows, figures)


def consumer_risk_qualities(
    standard: Standard,
    severity: Severity,
    sampling: Sampling = "single",
    model: ProcessModel | None = None,
    *,
    beta: float = 0.10,
    binomial_up_to: int | None = None,
    arrows: bool = False,
) -> pd.DataFrame:
    """Derived table: quality that each plan accepts with probability `beta`; column `crq`, otherwise as `oc_values`.

    Examples
    --------
    >>> frame = consumer_risk_qualities("ISO 2859-1:1999", "normal")
    >>> round(frame[(frame.letter == "J") & (frame.aql == "1.0")].crq.item(), 2)
    6.52
    """

    def figures(cell: DerivedCell, law: ProcessModel) -> Mapping[str, float]:
        return {"crq": _qualities(cell.plan, law, (beta,))[0]}

    return _frame(standard, severity, sampling, model, binomial_up_to, arrows, figures)


def aoqls(
    standard: Standard,
    severity: Severity,
    sampling: Sampling = "single",
    model: ProcessModel | None = None,
    *,
    binomial_up_to: int | None = 0,
    arrows: bool = False,
) -> pd.DataFrame:
    """Derived table: average outgoing quality limit of each plan, for lots much larger than the sample.

    Columns `aoql` and `at`, the incoming quality at which the limit is reached; otherwise as `oc_values`. For single
    sampling, the limit for a lot of N is about ``aoql * (1 - n / N)``; `plan.aoql` computes it exactly.

    Examples
    --------
    >>> frame = aoqls("MIL-STD-105E", "normal")
    >>> round(frame[(frame.letter == "J") & (frame.aql == "0.15")].aoql.item(), 2)
    0.46
    """

    def figures(cell: DerivedCell, law: ProcessModel) -> Mapping[str, float]:
        return dict(zip(("aoql", "at"), _outgoing_limit(cell.plan, law), strict=True))

    return _frame(standard, severity, sampling, model, binomial_up_to, arrows, figures)


def asn_ratios(
    standard: Standard,
    severity: Severity,
    sampling: Sampling = "double",
    model: ProcessModel | None = None,
    *,
    accepted: tuple[float, ...] = (0.99, 0.95, 0.50, 0.10),
    binomial_up_to: int | None = 0,
) -> pd.DataFrame:
    """Derived table: average sample number of each double or multiple plan, relative to the single plan.

    Parameters
    ----------
    standard, severity, sampling, model, binomial_up_to
        As in `oc_values`; `sampling` is ``"double"`` or ``"multiple"``.
    accepted : tuple of float
        The qualities for the ratios, each given as the probability that the single plan accepts it.

    Returns
    -------
    DataFrame
        As `oc_values`, for cells with a plan of several stages; columns `single`, ``ratio_0`` (no nonconforming
        items), ``ratio_aql`` and one for each of `accepted`, such as ``ratio_p95``. Samples are not curtailed.

    Examples
    --------
    >>> frame = asn_ratios("ISO 2859-1:1999", "normal", "double")
    >>> row = frame[(frame.letter == "J") & (frame.aql == "2.5")].iloc[0]
    >>> print(row.single, row.ratio_0, round(row.ratio_aql, 3))
    SinglePlan(n=80, ac=5) 0.625 0.702
    """
    choice(sampling, "sampling", SAMPLINGS[1:])

    def figures(cell: DerivedCell, law: ProcessModel) -> Mapping[str, object]:
        at = [0.0, float(cell.aql) / 100, *(one / 100 for one in _qualities(cell.single, law, accepted))]
        ratios = np.asarray(asn(cell.plan, at, model=law)) / cell.single.n
        names = ["ratio_0", "ratio_aql", *(f"ratio_p{100 * one:g}" for one in accepted)]
        return {"single": cell.single, **dict(zip(names, ratios.tolist(), strict=True))}

    frame = _frame(standard, severity, sampling, model, binomial_up_to, False, figures)
    staged = [isinstance(plan, MultiplePlan) for plan in frame["plan"]]
    return frame[staged].reset_index(drop=True)


def _frame(
    standard: Standard,
    severity: Severity,
    sampling: Sampling,
    model: ProcessModel | None,
    binomial_up_to: int | None,
    arrows: bool,
    figures: Callable[[DerivedCell, ProcessModel], Mapping[str, object]],
) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for cell in plan_cells(standard, severity, sampling, arrows=arrows):
        law = law_of(cell.aql, cell.n, model=model, binomial_up_to=binomial_up_to)
        if law is not None:
            names = ("letter", "aql", "mark", "plan_letter", "plan")
            head = {name: getattr(cell, name) for name in names}
            rows.append({**head, "model": law, "disputed": cell.disputed, **figures(cell, law)})
    return pd.DataFrame(rows)


@lru_cache(maxsize=_REMEMBERED)
def _qualities(plan: Plan, law: ProcessModel, accepted: tuple[float, ...]) -> tuple[float, ...]:
    """Qualities in percent or per 100 items; they exist because every plan of the tables can reject."""
    return tuple((100 * np.asarray(quality_at(plan, list(accepted), model=law))).tolist())


@lru_cache(maxsize=_REMEMBERED)
def _outgoing_limit(plan: Plan, law: ProcessModel) -> tuple[float, float]:
    """Largest product of quality and acceptance, and the quality there; in percent or per 100 items."""
    at = _qualities(plan, law, (0.999, 0.001))
    grid = np.geomspace(at[0] / 100, at[1] / 100, 97)
    for _ in range(6):
        outgoing = grid * pa(plan, grid, model=law)
        best = int(np.argmax(outgoing))
        grid = np.linspace(grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)], 33)
    return 100 * float(outgoing[best]), 100 * float(grid[16])
