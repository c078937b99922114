"""Designs the double plan for two risks that has the smallest average sample number at a given quality."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

from aql.checks import choice, whole_number
from aql.errors import DomainError
from aql.plans.acceptance.curve import accepted, rejected
from aql.plans.design.demands import Demand, quality_of
from aql.plans.design.guesses import LARGEST_COUNT, bounded, likely_count, likely_size
from aql.plans.design.risks import consumer_met, producer_met
from aql.plans.design.search import first, smallest
from aql.plans.design.single import checked_demand, too_close
from aql.plans.design.stages import candidates
from aql.plans.largest_plans import computed_steps
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.types import DesignUnit, Model

__all__ = ["design_double"]

# Average sample numbers with a smaller relative difference are equal except for rounding.
_SAME = 1e-12
_RARE = 1e-13
_FIRST_RE = ("last", "any")
_AT = ("prq", "crq")
# Largest ratio, and the largest search, which takes about two seconds.
_MOST_TIMES, _MOST_WORK = 20, 30_000


def design_double(
    *,
    prq: tuple[float, float],
    crq: tuple[float, float],
    ratio: int = 1,
    at: Literal["prq", "crq"] | float = "prq",
    first_re: Literal["last", "any"] = "last",
    model: Model = "binomial",
    lot_size: int | None = None,
    unit: DesignUnit = "item",
) -> MultiplePlan:
    r"""Double plan that meets two risks with the smallest average sample number.

    Parameters
    ----------
    prq, crq : (float, float)
        Producer's and consumer's point: a quality and the risk allowed at it, as in `design`.
    ratio : int
        Size of the second sample divided by that of the first, up to 20; 1 and 2 are common.
    at : {"prq", "crq"} or float
        Quality at which to minimize the average sample number.
    first_re : {"last", "any"}
        ``"last"``: both samples have the same rejection number, Ac2 + 1. ``"any"``: that of the first sample can be
        smaller, which saves items if lots are bad.
    model, lot_size, unit
        As in `design`.

    Returns
    -------
    MultiplePlan
        Among all plans with n2 = `ratio` n1, 0 <= Ac1, Ac1 + 2 <= Re1 <= Ac2 + 1 and Re2 = Ac2 + 1 that meet both risks,
        the one with the smallest average sample number (without curtailment). If several are equal to 12 digits, the one
        with the smallest n1, then Ac2, Ac1 and Re1.

    Raises
    ------
    DomainError
        As `design`; also if no such plan fits into the lot, or if the search would take more than about two seconds.

    Notes
    -----
    The search is exhaustive. It starts at the smallest n1 for which a single sample of the size of both could meet the
    risks (for smaller samples, by the Neyman-Pearson lemma, no double plan can) and ends at the smallest average sample
    number found so far. For every n1, all acceptance numbers are tried at once [1]_. The time grows faster than the
    sample: about 20 ms if the single plan has 130 items, and a second if it has a few thousand.

    References
    ----------
    .. [1] E. G. Schilling and D. V. Neubauer, Acceptance Sampling in Quality Control, 3rd ed., CRC Press, 2017.

    Examples
    --------
    >>> design_double(prq=(0.01, 0.05), crq=(0.05, 0.10))
    MultiplePlan(n=(69, 69), ac=(0, 3), re=(4, 4))
    """
    demand = checked_demand(prq, crq, model=model, lot_size=lot_size, unit=unit)
    times = whole_number(ratio, "ratio", least=1, most=_MOST_TIMES)
    choice(first_re, "first_re", _FIRST_RE)
    single = _feasible(demand, times, free=first_re == "any")
    if isinstance(at, str):
        where = (demand.prq if choice(at, "at", _AT) == "prq" else demand.crq).quality
    else:
        where = quality_of(at, "at", model=model, lot_size=demand.lot_size, unit=unit)[0]
    plan, size = _search(demand, times, where, math.inf, free=False)
    if first_re == "any":
        plan, _ = _search(demand, times, where, size * (1 + 2 * _SAME), free=True)
    if plan is None:
        raise DomainError(
            f"no double plan with a second sample {times} times the first meets {demand}"
            + (f" in a lot of {demand.lot_size}" if demand.lot_size else ""),
            todo=f"Use {single!r}, the smallest single plan that does, or another ratio",
            nearest=single,
        )
    return plan


def _feasible(demand: Demand, times: int, *, free: bool) -> SinglePlan:
    """Return the smallest single plan; raise an error if it is so large that the search would take long."""
    single = smallest(demand)
    if single is None:
        raise too_close(demand)
    # Measured: the number of samples tried, times the arrays of acceptance numbers for each.
    tried = (1 + times) ** 0.7 + single.ac**2 * (1 + times) / 3500
    work = single.n * tried * (2 if free else 1)
    if work > _MOST_WORK:
        raise DomainError(
            f"{demand} must be further apart for a double plan with ratio {times}: the search would take "
            f"{work / _MOST_WORK:.2g} times as long as allowed",
            todo=f"Use {single!r}, the smallest single plan{', or a smaller ratio' if times > 1 else ''}",
            nearest=single,
        )
    return single


def _search(
    demand: Demand, times: int, where: float, size: float, *, free: bool
) -> tuple[MultiplePlan | None, float]:
    """The plan with the smallest average sample number below `size`, and that number."""
    last = demand.most // (1 + times)
    best = None
    # Counts that good lots exceed much less often than the producer's risk need not be tried.
    rare = replace(demand, prq=replace(demand.prq, risk=demand.prq.risk * _RARE))
    n = -(-_smallest_total(demand) // (1 + times))
    while n <= last and n < size:
        top = max(_smallest_count(rare, (1 + times) * n), 1)
        found = None
        for one in candidates(demand, n, times, where, top=top, free=free, below=size * (1 - _SAME)):
            if found is not None and one.size > found.size * (1 + _SAME):
                break
            plan = MultiplePlan(n=(n, times * n), ac=(one.ac1, one.ac2), re=(one.re1, one.ac2 + 1))
            order = (one.ac2, one.ac1, one.re1)
            if (found is None or order < (found.ac2, found.ac1, found.re1)) and (
                one.sure or _meets(demand, plan)
            ):
                best, size, found = plan, one.size, one
        n += 1
    return best, size


def _smallest_total(demand: Demand) -> int:
    """Smallest sample with which a single plan, or a random choice between two of them, can meet both risks."""

    def near(n: int) -> bool:
        return consumer_met(demand, n, _smallest_count(demand, n) - 1)

    return first(near, bounded(likely_size(demand), demand.most), 0, demand.most)


def _smallest_count(demand: Demand, n: int) -> int:
    """Smallest acceptance number with which a single sample meets the producer's point."""
    return first(lambda c: producer_met(demand, n, c), likely_count(demand, n), -1, LARGEST_COUNT)


def _meets(demand: Demand, plan: MultiplePlan) -> bool:
    steps, law = computed_steps(plan), (demand.model, demand.lot_size)
    return (
        rejected(steps, float(demand.prq.quality), *law) <= demand.prq.limit
        and accepted(steps, float(demand.crq.quality), *law) <= demand.crq.limit
    )
