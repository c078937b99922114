"""Confidence bounds and posteriors in sentences: what an inspection says about its lot or its process."""

from __future__ import annotations

from aql.plans.confidence_bounds import LotBound, ProcessBound
from aql.plans.lot_posterior import LotPosterior
from aql.types import Side
from aql.words import percent

__all__ = ["explain_lot_bound", "explain_posterior", "explain_process_bound"]


def explain_lot_bound(bound: LotBound) -> str:
    """Say in words what a confidence bound is evidence of for a lot.

    Examples
    --------
    >>> from aql.plans import lot_quality_bound
    >>> print(explain_lot_bound(lot_quality_bound(0, 125, 3000)))
    All 125 items inspected conform. With 95 % confidence, at most 69 (2.30 %) of the 3000 items in the lot do not
    conform.
    """
    found = _found(bound.d, bound.n, bound.stage)
    if bound.n == bound.lot_size:
        return f"The whole lot was inspected. {_found(bound.d, bound.n)}"
    low, high = (f"{one} ({100 * one / bound.lot_size:.2f} %)" for one in (bound.lower, bound.upper))
    included = ", including those found" if bound.d else ""
    return (
        f"{found} With {percent(bound.confidence)} confidence, {_between(low, high, bound.side)} of the "
        f"{bound.lot_size} items in the lot do not conform{included}."
    )


def explain_process_bound(bound: ProcessBound) -> str:
    """Say in words what a confidence bound is evidence of for the process.

    Examples
    --------
    >>> from aql.plans import process_bound
    >>> print(explain_process_bound(process_bound(25, 100, model="poisson", side="two-sided")))
    25 nonconformities were found on the 100 items inspected. With 95 % confidence, the process makes 16.18 to
    36.9 nonconformities per 100 items.
    """
    items = bound.model == "binomial"
    low, high = (f"{100 * one:.4g}" for one in (bound.lower, bound.upper))
    return (
        f"{_found(bound.d, bound.n, bound.stage, items=items)} With {percent(bound.confidence)} confidence, the "
        f"process makes {_between(low, high, bound.side)} "
        f"{'nonconforming items' if items else 'nonconformities'} per 100 items."
    )


def explain_posterior(known: LotPosterior) -> str:
    """Say in words what the posterior of a lot is evidence of.

    Examples
    --------
    >>> from aql.plans import posterior
    >>> print(explain_posterior(posterior(5, 80, 1200)))
    5 of the 80 items inspected do not conform. With a beta(1, 1) prior, the lot of 1200 contains 86.95 nonconforming
    items on average, and 34 to 162 with a probability of 95 %.
    """
    low, high = known.interval()
    a, b = known.prior
    return (
        f"{_found(known.d, known.n)} With a beta({a:g}, {b:g}) prior, the lot of {known.lot_size} contains "
        f"{known.mean:.4g} nonconforming items on average, and {low} to {high} with a probability of {percent(0.95)}."
    )


def _between(low: str, high: str, side: Side) -> str:
    return {"upper": f"at most {high}", "lower": f"at least {low}", "two-sided": f"{low} to {high}"}[side]


def _found(d: int, n: int, stage: int | None = None, *, items: bool = True) -> str:
    """Say what was found on the items inspected."""
    if items and not d:
        text = f"All {n} items inspected conform"
    elif items:
        text = f"{d} of the {n} items inspected {'does' if d == 1 else 'do'} not conform"
    else:
        noun = "nonconformity was" if d == 1 else "nonconformities were"
        text = f"{d or 'No'} {noun} found on the {n} items inspected"
    return f"{text}." if stage is None else f"{text}; the plan decided at stage {stage}."
