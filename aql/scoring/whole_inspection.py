"""Probability that a lot passes the whole inspection: every class of its contract."""

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

# Shares may exceed 1 in total by this much, for rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class _Case:
    """Checked arguments: plans and qualities of the classes, and of the terms with their own plans (`apart`)."""

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
        A contract whose check finds no error. Its sample convention and its counting apply.
    lot_size : int
        Number of items in the lot.
    qualities : mapping of str to float
        Quality of every class: fraction nonconforming [1], or nonconformities per item with the Poisson model. A term
        with its own plan does not count in its class; give it its own quality to include it, or leave it out.
    exclusive : bool
        False: an item can be nonconforming in several classes, independently. True: an item is nonconforming in at most
        one class, and the qualities are the shares of items by their most serious class.
    model : {"binomial", "hypergeometric", "poisson"}
        ``"binomial"``: items of a process; ``"hypergeometric"``: items of this lot, where quality times lot size must be
        a whole number; ``"poisson"``: nonconformities of a process.

    Returns
    -------
    float
        Probability of acceptance.

    Raises
    ------
    DomainError
        If a quality is missing, unknown or impossible, or the model does not fit the contract.

    Notes
    -----
    The samples are nested: the sample of a class with n items consists of items 1 to n of one common drawing. When
    items are counted, an item counts once, in the most serious of its classes whose sample contains it. A less serious
    class therefore counts only the items that the more serious classes leave, and accepts more often than it would
    alone. The counts are carried from one sample size, or end of a stage, to the next; a sample of several stages
    contains the items of all stages. When nonconformities are counted, the classes are independent and the result is
    the product of `class_pas`.

    AQL 0 counts on every item inspected, that is on the largest sample of any class, all stages included. Terms with
    their own plans are independent and multiply the result. Lot terms (quantity, packed share, dates) are left out.

    In a finite lot whose classes can overlap (hypergeometric, not exclusive, items counted), every class except the
    least serious must have a single plan.

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
    """Probability that a lot passes each class of a contract, each class counted separately.

    Parameters and errors are those of `whole_inspection_pa`; terms with their own plans are left out.

    Returns
    -------
    dict of str to float
        Probabilities by class, most serious first.

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
    if contract.limits:
        limits = listed(limit.name for limit in contract.limits)
        raise DomainError(
            f"contract must have no limits, whose counts depend on those of the classes, got {limits}",
            todo="Leave out limits to get an upper bound",
        )
    of_items = tuple(term for term in contract.terms if term.of == "items")
    lines = decision_lines(contract.model_copy(update={"terms": of_items}), size)
    classes = [line for line in lines if line.kind == "class"]
    own = {line.name: line for line in lines if line.kind == "term"}
    names = [line.name for line in classes]
    missing = [name for name in names if name not in given]
    unknown = [name for name in given if name not in names and name not in own]
    if missing or unknown:
        terms = f", and may name {listed(own)}" if own else ""
        wrong = f"{listed(missing)} is missing" if missing else f"got {listed(unknown)}"
        raise DomainError(
            f"qualities must name every class, {listed(names)}{terms}; {wrong}",
            todo="Use 0 for a class without nonconforming items" if missing else "",
            missing=missing,
            unknown=unknown,
        )
    if model == "poisson" and contract.inspection.counting == "items":
        raise DomainError(
            'model must be "binomial" or "hypergeometric" for a contract that counts items, got \'poisson\'',
            value=model,
        )
    # A name that is both a class and a term means the class.
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
    """The quality of a line as a fraction, or as the number nonconforming in a finite lot."""
    found = parse_quality(quality, model=model, lot_size=size if model == "hypergeometric" else None).values
    if not isinstance(found, float):
        raise DomainError(f"the quality of {line.name} must be one number, got an array", value=quality)
    return found


def _exclusive(case: _Case, *, by_items: bool) -> None:
    if not by_items:
        raise DomainError("exclusive must be False for a contract that counts nonconformities, got True")
    total = math.fsum(case.values) / (case.lot_size if case.model == "hypergeometric" else 1)
    if total > 1 + _ROUNDING:
        raise DomainError(
            f"the qualities of exclusive classes must add up to at most 1, got {total:.6g}",
            todo="Count every item only in its most serious class",
            value=total,
        )
