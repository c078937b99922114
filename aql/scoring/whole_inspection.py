"""Probability that a lot passes the whole inspection: every class of its contract."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from aql.checks import lot_size as checked_lot_size
from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.plans.plan import Plan, SinglePlan
from aql.plans.quality import parse_quality
from aql.scoring.common_drawing import all_accept
from aql.scoring.decision_line import Line, decision_lines
from aql.scoring.drawing_with_limits import SampledLine, items_accept, nonconformities_accept
from aql.types import LotSize, Model
from aql.words import listed

__all__ = ["class_pas", "whole_inspection_pa"]

# Shares may exceed 1 in total by this much, for rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class _Case:
    """Checked arguments: the lines with their plans and qualities, where AQL 0 has the largest sample of all."""

    classes: tuple[Line, ...]
    apart: tuple[Line, ...]
    limits: tuple[Line, ...]
    plans: Mapping[str, Plan]
    values: Mapping[str, float]
    model: Model
    lot_size: int

    def pa(self, line: Line) -> float:
        """Probability that one line accepts."""
        plan, value = self.plans[line.name], self.values[line.name]
        if self.model == "hypergeometric":
            size = line.cartons or self.lot_size
            return plan.pa(nonconforming=value, model=self.model, lot_size=size)
        return plan.pa(value, model=self.model)


def whole_inspection_pa(
    contract: Contract,
    lot_size: LotSize,
    qualities: Mapping[str, float],
    *,
    exclusive: bool = False,
    model: Model = "binomial",
    cartons: int | None = None,
) -> float:
    r"""Probability that a lot passes the whole inspection: every class of a contract.

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
    cartons : int, optional
        Number of cartons in the lot; required if `qualities` names a term of cartons.

    Returns
    -------
    float
        Probability of acceptance.

    Raises
    ------
    DomainError
        If a quality is missing, unknown or impossible, or the model does not fit the contract. If the contract has
        limits and is one for which they are not computed (see the notes), or `qualities` names a term that judges the
        readings of another, which are not independent of it.

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

    A limit counts the items that are nonconforming in any of its members, or all their nonconformities, on its own
    sample. It is computed for items of a process (not hypergeometric) if it has no weights, its members are classes or
    terms with their own plans and qualities, and every class, member and limit has a single sample.

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
    case = _checked(contract, lot_size, qualities, model, cartons)
    by_items = contract.inspection.counting == "items"
    if exclusive:
        _exclusive(case, by_items=by_items)
    members = {name for line in case.limits for name in line.of}
    product = math.prod(case.pa(line) for line in case.apart if line.name not in members)
    if any(map(math.isnan, case.values.values())):
        return math.nan
    if case.limits:
        lines = _sampled(case, members)
        if by_items:
            return product * min(items_accept(lines, exclusive=exclusive), 1.0)
        return product * min(nonconformities_accept(lines, model=case.model), 1.0)
    if not by_items:
        return product * math.prod(map(case.pa, case.classes))
    finite = case.lot_size if case.model == "hypergeometric" else None
    plans = [case.plans[line.name] for line in case.classes]
    values = [case.values[line.name] for line in case.classes]
    return product * min(all_accept(plans, values, lot_size=finite, exclusive=exclusive), 1.0)


def class_pas(
    contract: Contract, lot_size: LotSize, qualities: Mapping[str, float], *, model: Model = "binomial"
) -> dict[str, float]:
    """Probability that a lot passes each class in the whole inspection, each class counted separately.

    Parameters and errors are those of `whole_inspection_pa`; terms with their own plans, and limits, are left out.

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
    case = _checked(contract, lot_size, qualities, model, None)
    return {line.name: case.pa(line) for line in case.classes}


def _checked(
    contract: Contract, lot_size: LotSize, given: Mapping[str, float], model: Model, cartons: int | None
) -> _Case:
    size = checked_lot_size(lot_size)
    shared = [term.id for term in contract.terms if term.reading_of is not None and term.id in given]
    if shared:
        raise DomainError(
            f"qualities must not name {listed(shared)}, which judges the readings of another term: the two are not "
            "independent",
            todo="Leave it out to get an upper bound",
        )
    counted = tuple(term for term in contract.terms if term.of == "items" or term.id in given)
    lines = decision_lines(contract.model_copy(update={"terms": counted}), size, cartons=cartons)
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
    limits = [line for line in lines if line.kind == "limit"]
    drawn = max((line.lot_plan.total for line in (*classes, *limits)), default=0)
    plans = {
        line.name: SinglePlan(drawn, 0) if line.not_allowed and line.kind != "term" else line.lot_plan
        for line in (*classes, *apart, *limits)
    }
    return _Case(tuple(classes), tuple(apart), tuple(limits), plans, values, model, size)


def _sampled(case: _Case, members: Collection[str]) -> list[SampledLine]:
    """The classes, the terms that are members of limits, and the limits, or an error that says what is not covered."""
    terms = [line for line in case.apart if line.name in members]
    lines = [*case.classes, *terms, *case.limits]
    places = {line.name: place for place, line in enumerate(lines[: len(case.classes) + len(terms)])}
    named = listed(line.name for line in case.limits)
    problems: dict[str, Sequence[str]] = {
        "a process, not a finite lot": [case.model] if case.model == "hypergeometric" else [],
        "limits without weights": [line.name for line in case.limits if line.weights],
        "members with their own qualities": sorted(members - places.keys()),
        "single samples": [line.name for line in lines if len(case.plans[line.name].stages) > 1],
    }
    for needed, got in problems.items():
        if got:
            raise DomainError(
                f"a contract with limits ({named}) must have {needed}, got {listed(got)}",
                todo="Leave out the limits to get an upper bound",
                value=got,
            )
    return [
        SampledLine(
            stage.total,
            stage.re - 1,
            case.values.get(line.name, 0.0),
            line.kind,
            tuple(places[name] for name in line.of),
        )
        for line in lines
        for stage in case.plans[line.name].stages
    ]


def _value(line: Line, quality: float, model: Model, size: int) -> float:
    """The quality of a line as a fraction, or as the number nonconforming in a finite lot."""
    size = line.cartons or size
    found = parse_quality(quality, model=model, lot_size=size if model == "hypergeometric" else None).values
    if not isinstance(found, float):
        raise DomainError(f"the quality of {line.name} must be one number, got an array", value=quality)
    return found


def _exclusive(case: _Case, *, by_items: bool) -> None:
    if not by_items:
        raise DomainError("exclusive must be False for a contract that counts nonconformities, got True")
    total = math.fsum(case.values[line.name] for line in case.classes) / (
        case.lot_size if case.model == "hypergeometric" else 1
    )
    if total > 1 + _ROUNDING:
        raise DomainError(
            f"the qualities of exclusive classes must add up to at most 1, got {total:.6g}",
            todo="Count every item only in its most serious class",
            value=total,
        )
