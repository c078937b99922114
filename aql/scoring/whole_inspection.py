"""The whole inspection: how likely a lot passes every class of its contract."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from aql.checks import lot_size as checked_lot_size
from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.plans.plan import Plan, SinglePlan
from aql.plans.quality import parse_quality
from aql.scoring.common_drawing import all_accept
from aql.scoring.decision_line import Line, decision_lines
from aql.types import LotSize, Model
from aql.words import listed

__all__ = ["class_pas", "whole_inspection_pa"]

# Shares that add up to 1 may do so with this much of rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class _Case:
    """A contract on a lot, checked: the plans of its classes and their qualities; the same of the terms apart."""

    names: tuple[str, ...]
    plans: tuple[Plan, ...]
    values: tuple[float, ...]
    apart: tuple[tuple[Plan, float], ...]
    model: Model
    lot_size: int

    def pa(self, plan: Plan, value: float) -> float:
        """Probability that one line accepts."""
        if self.model == "hypergeometric":
            return plan.pa(nonconforming=value, model=self.model, lot_size=self.lot_size)
        return plan.pa(value, model=self.model)


def whole_inspection_pa(
    contract: Contract,
    lot_size: LotSize,
    qualities: Mapping[str, float],
    *,
    exclusive: bool = False,
    model: Model = "binomial",
) -> float:
    r"""Probability that a lot passes every class of a contract.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error, with its convention for samples and its way of counting.
    lot_size : int
        Items in the lot.
    qualities : mapping of str to float
        For every class its quality: fraction nonconforming [1], or nonconformities per item with the Poisson model,
        by what counts in the class. A term with a line of its own does not; it takes part when it is given a quality
        too, and is left out otherwise.
    exclusive : bool
        False: an item can be nonconforming in several classes, independently. True: an item is nonconforming in one
        class or good, and the qualities are the shares of the items by their worst class.
    model : {"binomial", "hypergeometric", "poisson"}
        The law: a process; this lot (a share times the lot size is a whole number); nonconformities of a process.

    Returns
    -------
    float
        Probability of acceptance.

    Raises
    ------
    DomainError
        If a quality is missing, unknown or not possible, or the model does not go with the contract.

    Notes
    -----
    The samples lie within each other: items 1 to n of the common drawing are the sample of a class with n items.
    Where items are counted, an item counts once, in the most serious of its classes whose sample holds it. So a
    lesser class is counted on what the more serious ones leave, and accepts more often than by itself. The
    counts are carried from one sample size, or end of a stage, to the next; a sample of several stages holds the
    items of all of them. Where nonconformities are counted every class counts for itself, and the result is the
    product of `class_pas`.

    AQL 0 counts on every item inspected: as many as the largest sample of a class has, all stages included. Terms
    with a line of their own count by themselves, so they multiply the result. What is judged once for the lot
    (quantity, shares, dates) is left out.

    In a finite lot whose classes overlap (hypergeometric, not exclusive, items counted) every class but the least
    serious must have a single plan.

    Examples
    --------
    >>> contract = Contract.load(
    ...     {
    ...         "order": {"id": "PO-1"},
    ...         "classes": [{"name": "major", "aql": 2.5}, {"name": "minor", "aql": 4.0}],
    ...     }
    ... )
    >>> quality = {"major": 0.05, "minor": 0.08}
    >>> round(whole_inspection_pa(contract, 3000, quality), 6)
    0.452268
    >>> round(whole_inspection_pa(contract, 3000, quality, exclusive=True), 6)
    0.405512
    """
    case = _checked(contract, lot_size, qualities, model)
    by_items = contract.inspection.counting == "items"
    if exclusive:
        _exclusive(case, by_items=by_items)
    product = math.prod(case.pa(plan, value) for plan, value in case.apart)
    if any(math.isnan(value) for value in case.values) or math.isnan(product):
        return math.nan
    if not by_items:
        return product * math.prod(map(case.pa, case.plans, case.values))
    finite = case.lot_size if case.model == "hypergeometric" else None
    return product * min(all_accept(case.plans, case.values, lot_size=finite, exclusive=exclusive), 1.0)


def class_pas(
    contract: Contract, lot_size: LotSize, qualities: Mapping[str, float], *, model: Model = "binomial"
) -> dict[str, float]:
    """Probability that a lot passes each class of a contract, every class counted for itself.

    Parameters and errors are those of `whole_inspection_pa`; the terms' own lines are left out.

    Returns
    -------
    dict of str to float
        By class, the most serious first.

    Examples
    --------
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> {name: round(chance, 4) for name, chance in class_pas(contract, 1200, {"major": 0.05}).items()}
    {'major': 0.7892}
    """
    case = _checked(contract, lot_size, qualities, model)
    return dict(zip(case.names, map(case.pa, case.plans, case.values), strict=True))


def _checked(contract: Contract, lot_size: LotSize, given: Mapping[str, float], model: Model) -> _Case:
    size = checked_lot_size(lot_size)
    lines = decision_lines(contract, size)
    classes = [line for line in lines if line.kind == "class"]
    own = {line.name: line for line in lines if line.kind == "term"}
    names = [line.name for line in classes]
    missing = [name for name in names if name not in given]
    unknown = [name for name in given if name not in names and name not in own]
    if missing or unknown:
        terms = f", and may name the terms {listed(own)}" if own else ""
        wrong = f"{listed(missing)} is missing" if missing else f"got one for {listed(unknown)}"
        raise DomainError(
            f"qualities must name every class, {listed(names)}{terms}; {wrong}",
            todo="Give 0 for a class in which nothing is nonconforming" if missing else "",
            missing=missing,
            unknown=unknown,
        )
    if model == "poisson" and contract.inspection.counting == "items":
        raise DomainError(
            'model must be "binomial" or "hypergeometric" for a contract that counts items, got \'poisson\'',
            value=model,
        )
    # A term that is a class too by its name is the class.
    apart = [line for name, line in own.items() if name in given and name not in names]
    values = {line.name: _value(line, given[line.name], model, size) for line in (*classes, *apart)}
    drawn = max((line.lot_plan.total for line in classes), default=0)
    return _Case(
        tuple(names),
        tuple(SinglePlan(drawn, 0) if line.not_allowed else line.lot_plan for line in classes),
        tuple(values[name] for name in names),
        tuple((line.lot_plan, values[line.name]) for line in apart),
        model,
        size,
    )


def _value(line: Line, quality: float, model: Model, size: int) -> float:
    """The quality of a line, or its number nonconforming in a finite lot."""
    found = parse_quality(quality, model=model, lot_size=size if model == "hypergeometric" else None).values
    if not isinstance(found, float):
        raise DomainError(f"the quality of {line.name} must be one number, got an array", value=quality)
    return found


def _exclusive(case: _Case, *, by_items: bool) -> None:
    if not by_items:
        raise DomainError(
            "exclusive must be False for a contract that counts nonconformities: each counts in its own class"
        )
    total = math.fsum(case.values) / (case.lot_size if case.model == "hypergeometric" else 1)
    if total > 1 + _ROUNDING:
        raise DomainError(
            f"the shares of exclusive classes must add up to at most 1, got {total:.6g}",
            todo="Count every item in its worst class alone",
            value=total,
        )
