"""The decision lines of a contract on a lot: each with its plan, and how it came by it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aql.contract.contract import Contract
from aql.contract.terms import Class, Term
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.whole_lot import on_lot
from aql.standards.editions import edition
from aql.standards.iso2859_1.arrows import sample_size
from aql.standards.iso2859_1.code_letters import code_letter
from aql.standards.iso2859_1.lookup import Lookup, lookup

__all__ = ["Line", "decision_lines"]

Plan = SinglePlan | MultiplePlan


@dataclass(frozen=True, slots=True)
class Line:
    """A decision line: a class, or a term that has a plan of its own.

    Attributes
    ----------
    name : str
        The class, or the term.
    kind : "class" or "term"
        Which of the two.
    class_name : str
        The class.
    plan : SinglePlan or MultiplePlan
        The plan that applies.
    lot_plan : SinglePlan or MultiplePlan
        The plan as it is carried out on this lot.
    basis : str
        How the plan was reached, in words.
    lookup : Lookup or None
        The lookup behind it; None where the contract states the plan.
    practice : bool
        True where the plan is the trade's practice and no plan of the standard.
    not_allowed : bool
        True for AQL 0, where any finding counts.
    note : str
        What a reader of the verdict has to know about the samples, or "".
    """

    name: str
    kind: str
    class_name: str
    plan: Plan
    lot_plan: Plan
    basis: str
    lookup: Lookup | None = None
    practice: bool = False
    not_allowed: bool = False
    note: str = ""


def decision_lines(contract: Contract, lot_size: int) -> tuple[Line, ...]:
    """Return the decision lines of a contract on a lot: the classes in order, then the terms' own lines.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.
    lot_size : int
        Lot size. [items]

    Returns
    -------
    tuple of Line
        The lines with their plans.

    Notes
    -----
    ``per-class``: each class has the plan of its own lookup. ``largest``: all classes are entered at the letter
    of the largest plan, the arrows are followed, and this repeats until the letters repeat. ``letter``: the
    sample size of the letter entered, with the numbers from where the arrow points; a practice of the trade.
    """
    found = {one.name: _look(contract, lot_size, one.aql) for one in contract.classes if one.aql is not None}
    common: int | None = None
    way = note = ""
    if contract.inspection.sample == "largest":
        found, common, way, note = _largest(contract, lot_size, found)
    lines = [_class_line(contract, lot_size, one, found.get(one.name), common) for one in contract.classes]
    lines = [
        replace(line, basis="; ".join(filter(None, (line.basis, way))), note=note)
        if line.lookup is not None
        else line
        for line in lines
    ]
    by_name = {one.name: one for one in contract.classes}
    lines += [
        _term_line(contract, lot_size, term, by_name[term.class_])
        for term in contract.terms
        if term.own_line and term.class_ is not None
    ]
    return tuple(lines)


def _look(contract: Contract, lot_size: int, aql: Any, **other: Any) -> Lookup:
    clause = contract.inspection
    asked: dict[str, Any] = {"level": clause.level} | other
    found: Lookup = lookup(
        lot_size,
        aql=aql,
        severity=clause.severity,
        sampling=clause.sampling,
        standard=clause.standard,
        counting=clause.counting,
        **asked,
    )
    return found


def _largest(
    contract: Contract, lot_size: int, found: dict[str, Lookup]
) -> tuple[dict[str, Lookup], int | None, str, str]:
    """Enter all classes at the letter of the largest plan until the letters repeat."""
    sized = [one for one in found.values() if not one.practice]
    if not sized:
        return found, None, "", ""
    entered: list[str] = []
    while True:
        largest = max(sized, key=lambda one: (_total(one), one.plan_letter))
        # Row S cannot be entered; it is the last, so no larger plan follows.
        if largest.plan_letter in {*entered, _LAST_ROW}:
            break
        entered.append(largest.plan_letter)
        found = {
            name: one if one.practice else _look(contract, lot_size, one.aql, letter=entered[-1])
            for name, one in found.items()
        }
        sized = [one for one in found.values() if not one.practice]
    totals = {_total(one) for one in sized}
    way = f"all classes entered at letter {entered[-1]}, that of the largest plan" if entered else ""
    note = ""
    if len(totals) > 1:
        sizes = " and ".join(map(str, sorted(totals)))
        at = f" at letter {entered[-1]}" if entered else ", one of them of row S"
        note = f"the samples still differ ({sizes}){at}, so each class keeps its plan of that round"
    return found, max(totals), way, note


def _total(found: Lookup) -> int:
    return found.plan.total


def _class_line(
    contract: Contract, lot_size: int, one: Class, found: Lookup | None, common: int | None
) -> Line:
    if found is None:
        plan = one.plan.plan() if one.plan is not None else SinglePlan(lot_size, one.ac or 0)
        basis = (
            "plan stated in the contract" if one.plan is not None else "every item, as the contract states"
        )
        return Line(one.name, "class", one.name, plan, on_lot(plan, lot_size), basis)
    if found.practice:
        plan = SinglePlan(common or _total(found), 0)
        basis = _NOT_ALLOWED + (
            " on the common sample" if common else f" on the sample of letter {found.letter}"
        )
        return Line(one.name, "class", one.name, plan, on_lot(plan, lot_size), basis, found, True, True)
    if contract.inspection.sample == "letter":
        return _letter_line(contract, lot_size, one, found)
    plan = found.plan
    return Line(one.name, "class", one.name, plan, on_lot(plan, lot_size), _looked_up(found), found)


_LAST_ROW = "S"
_NOT_ALLOWED = 'AQL 0, "not allowed": practice of the trade,'


def _looked_up(found: Lookup) -> str:
    way = f"letter {found.letter}"
    if found.plan_letter != found.letter:
        way += f", arrow to {found.plan_letter}"
    return f"{found.standard}, table {found.table}, AQL {found.aql}, {way}"


def _letter_line(contract: Contract, lot_size: int, one: Class, found: Lookup) -> Line:
    clause = contract.inspection
    entered = code_letter(lot_size, clause.level, standard=clause.standard)
    n = sample_size(edition(clause.standard).folder, clause.severity, entered)
    source = found.plan
    plan = SinglePlan(n, source.final_ac, source.stages[-1].re)
    practice = found.plan_letter != entered
    basis = _looked_up(found)
    if practice:
        basis += f"; the sample of letter {entered} with the numbers of {found.plan_letter}, a practice of the trade"
    return Line(one.name, "class", one.name, plan, on_lot(plan, lot_size), basis, found, practice)


def _term_line(contract: Contract, lot_size: int, term: Term, owner: Class) -> Line:
    if term.plan is not None or term.sample is not None or term.inspect is not None:
        if term.plan is not None:
            plan, basis = term.plan.plan(), "plan stated in the contract"
        elif term.sample is not None:
            plan, basis = SinglePlan(term.sample, term.ac or 0), "sample stated in the contract"
        else:
            plan, basis = SinglePlan(lot_size, term.ac or 0), "every item, as the contract states"
        return Line(term.id, "term", owner.name, plan, on_lot(plan, lot_size), basis)
    aql = term.aql if term.aql is not None else owner.aql
    found = _look(contract, lot_size, aql, level=term.level or contract.inspection.level)
    plan = found.plan
    basis = f"{_NOT_ALLOWED} on the sample of letter {found.letter}" if found.practice else _looked_up(found)
    if term.level is not None:
        basis += f", level {term.level}"
    return Line(
        term.id,
        "term",
        owner.name,
        plan,
        on_lot(plan, lot_size),
        basis,
        found,
        found.practice,
        found.practice,
    )
