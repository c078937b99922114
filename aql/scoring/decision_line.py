"""The decision lines of a contract for a lot, each with its plan and where the plan comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from aql.contract.contract import Contract
from aql.contract.limits import Limit
from aql.contract.terms import Class, Minimum, Term
from aql.errors import DomainError
from aql.plans.plan import Plan, SinglePlan, on_lot
from aql.scoring.minimum import at_least
from aql.standards.arguments import NOT_ALLOWED
from aql.standards.editions import edition
from aql.standards.iso2859_1.code_letters import code_letter, sample_size
from aql.standards.iso2859_1.lookup import Lookup, lookup
from aql.types import AqlColumn, CountedOf, Level, LineKind, PlanOrigin, Severity

__all__ = ["Line", "decision_lines"]


@dataclass(frozen=True, slots=True)
class Line:
    """A decision line: a class, a term with its own plan, or a limit on several of these.

    Attributes
    ----------
    name : str
        Name of the class or limit, or id of the term.
    kind : "class", "term" or "limit"
        What the line judges.
    class_name : str
        The class; for a term, the class of the term; "" for a limit.
    plan : SinglePlan or MultiplePlan
        The plan as stated in the contract or found in the table.
    lot_plan : SinglePlan or MultiplePlan
        The plan as applied to this lot, whose size limits the samples.
    origin : str
        Where the plan comes from, one of `aql.types.PLAN_ORIGINS`.
    lookup : Lookup or None
        The lookup that gave the plan, with its trace; None if the contract states the plan.
    common_letter : str
        The code letter used for all classes if the contract says ``sample = "largest"``; "" if each class uses its own.
    minimum : Minimum or None
        The smallest sample that the contract states for a class.
    raised_from : str
        The code letter of the lot if the minimum led to a later one; "" if it did not.
    cartons : int or None
        Number of cartons in the lot if the line counts cartons instead of items.
    of : tuple of str
        The classes and terms that a limit counts.
    weights : tuple of (str, Decimal)
        What a finding of a class or term weighs in a limit; 1 if it is not named.
    """

    name: str
    kind: LineKind
    class_name: str
    plan: Plan
    lot_plan: Plan
    origin: PlanOrigin
    lookup: Lookup | None = None
    common_letter: str = ""
    minimum: Minimum | None = None
    raised_from: str = ""
    cartons: int | None = None
    of: tuple[str, ...] = ()
    weights: tuple[tuple[str, Decimal], ...] = ()

    @property
    def severity(self) -> Severity | None:
        """Severity of inspection that the plan depends on; None for a plan that never switches."""
        if self.lookup is None or self.origin in {"not-allowed", "lot-of-one"}:
            return None
        return self.lookup.severity

    @property
    def not_allowed(self) -> bool:
        """True for AQL 0, where a defect counts whichever item it is on."""
        return self.origin == "not-allowed"

    @property
    def counted_of(self) -> CountedOf:
        """Whether the line is of items or of cartons."""
        return "items" if self.cartons is None else "cartons"

    @property
    def practice(self) -> bool:
        """True if the plan is trade practice rather than a plan of the standard."""
        return self.origin in {"not-allowed", "letter", "lot-of-one"}


SeverityOf = Callable[[str, str], Severity | None]
"""Severity of a line by its name and class; None for that of the contract."""


def decision_lines(
    contract: Contract, lot_size: int, *, cartons: int | None = None, severity_of: SeverityOf | None = None
) -> tuple[Line, ...]:
    """Return the decision lines of a contract for a lot: the classes, the terms with their own plans, the limits.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.
    lot_size : int
        Lot size. [items]
    cartons : int, optional
        Number of cartons in the lot, which is the lot of a term of cartons.
    severity_of : callable, optional
        Severity of a line by its name and class, such as `severity_for` of the header; defaults to that of the contract.

    Returns
    -------
    tuple of Line
        The lines with their plans.

    Notes
    -----
    ``per-class``: each class has the plan of its own lookup. ``largest``: all classes are looked up at the letter of
    the largest plan; the arrows followed may lead to a larger plan, so this is repeated until no new letter appears.
    ``letter``: the sample size of the lot's letter, with Ac and Re from the end of the arrow. This is trade practice.

    Examples
    --------
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> [(line.name, line.plan, line.origin) for line in decision_lines(contract, 1200)]
    [('major', SinglePlan(n=80, ac=5), 'table')]
    """
    stated = severity_of or _not_stated
    severities = {
        one.name: stated(one.name, one.name) or contract.inspection.severity for one in contract.classes
    }
    found = {
        one.name: _class_lookup(contract, lot_size, one, severities[one.name])
        for one in contract.classes
        if one.aql is not None
    }
    # Only a minimum leads to a lookup by letter, without a level.
    raised = {name for name, one in found.items() if one.level is None}
    common, letter = 0, ""
    if contract.inspection.sample == "largest":
        found, common, letter = _largest(contract, lot_size, found)
    lines = [
        _stated_class(one, lot_size)
        if one.name not in found
        else replace(
            _class_line(contract, lot_size, one, found[one.name], common, letter),
            minimum=one.minimum,
            raised_from=_letter_of_lot(contract, lot_size) if one.name in raised else "",
        )
        for one in contract.classes
    ]
    by_name = {one.name: one for one in contract.classes}
    lines += [
        _term_line(contract, lot_size, term, by_name[term.class_], severity)
        if term.of == "items"
        else _carton_line(contract, cartons, term, by_name[term.class_], severity)
        for term in contract.terms
        if term.own_line and term.class_ is not None
        for severity in [stated(term.id, term.class_) or contract.inspection.severity]
    ]
    limits = [
        _limit_line(contract, lot_size, one, stated(one.name, "") or contract.inspection.severity)
        for one in contract.limits
    ]
    return (*lines, *limits)


def _not_stated(_line: str, _class_name: str) -> None:
    """No severity is stated, so that of the contract applies."""


def _class_lookup(contract: Contract, lot_size: int, one: Class, severity: Severity) -> Lookup:
    """Look up the AQL of a class at the letter of the lot, or at a later one if the class has a minimum."""
    aql = cast("Decimal", one.aql)
    found = _look(contract, lot_size, aql, severity)
    if one.minimum is None:
        return found
    return at_least(
        contract, one.minimum, found, lambda letter: _look(contract, lot_size, aql, severity, letter=letter)
    )


def _look(
    contract: Contract,
    lot_size: int,
    aql: AqlColumn,
    severity: Severity,
    *,
    level: Level | None = None,
    letter: str = "",
) -> Lookup:
    """Look up an AQL with the settings of the contract, at its level or another one, or by letter."""
    clause = contract.inspection
    return lookup(
        lot_size,
        aql=aql,
        letter=letter or None,
        level=level or clause.level,
        severity=severity,
        sampling=clause.sampling,
        standard=clause.standard,
        counting=clause.counting,
    )


_LAST_ROW = "S"


def _largest(
    contract: Contract, lot_size: int, found: dict[str, Lookup]
) -> tuple[dict[str, Lookup], int, str]:
    """Look up all classes at the letter of the largest plan until no new letter appears.

    Returns the lookups, their largest sample size (0 if there is none) and that letter.
    """
    sized = [one for one in found.values() if not one.practice]
    entered: list[str] = []
    while sized:
        largest = max(sized, key=lambda one: (one.plan.total, one.plan_letter))
        # Row S is reached only by an arrow. It is the last row, so there is no larger plan anyway.
        if largest.plan_letter in {*entered, _LAST_ROW}:
            break
        entered.append(largest.plan_letter or "")
        found = {
            name: one
            if one.practice
            else _look(contract, lot_size, one.aql, one.severity, letter=entered[-1])
            for name, one in found.items()
        }
        sized = [one for one in found.values() if not one.practice]
    common = max((one.plan.total for one in sized), default=0)
    return found, common, entered[-1] if entered else ""


def _line(
    name: str,
    owner: str,
    plan: Plan,
    lot_size: int,
    origin: PlanOrigin,
    found: Lookup | None = None,
    *,
    kind: LineKind,
) -> Line:
    return Line(name, kind, owner, plan, on_lot(plan, lot_size), origin, found)


def _stated_class(one: Class, lot_size: int) -> Line:
    """The line of a class whose plan is stated in the contract."""
    if one.plan is not None:
        return _line(one.name, one.name, one.plan.plan(), lot_size, "plan", kind="class")
    return _line(one.name, one.name, SinglePlan(lot_size, one.ac or 0), lot_size, "all", kind="class")


def _class_line(
    contract: Contract, lot_size: int, one: Class, found: Lookup, common: int, letter: str
) -> Line:
    """The line of a class whose plan was looked up; `common` and `letter` are the sample that all classes share, if any."""
    plan, origin = found.plan, _origin(found)
    if found.practice and common < max(1, _least(contract, one)):
        letter = ""
    elif found.practice:
        plan = SinglePlan(common, 0)
    elif contract.inspection.sample == "letter":
        plan = _plan_at_letter(contract, found)
        origin = "table" if found.plan_letter == found.letter else "letter"
    line = _line(one.name, one.name, plan, lot_size, origin, found, kind="class")
    return replace(line, common_letter=letter)


def _least(contract: Contract, one: Class) -> int:
    """The smallest sample of a class that its minimum allows, by n and by the sample size of its letter."""
    minimum = one.minimum or Minimum()
    folder = edition(contract.inspection.standard).folder
    by_letter = 0 if minimum.letter is None else sample_size(folder, "normal", minimum.letter)
    return max(minimum.n or 0, by_letter)


def _letter_of_lot(contract: Contract, lot_size: int) -> str:
    return code_letter(lot_size, level=contract.inspection.level, standard=contract.inspection.standard)


def _origin(found: Lookup) -> PlanOrigin:
    if found.aql == NOT_ALLOWED:
        return "not-allowed"
    return "lot-of-one" if found.letter is None else "table"


def _plan_at_letter(contract: Contract, found: Lookup) -> SinglePlan:
    """The plan with the sample size of the lot's letter, and Ac and Re from the end of the arrow."""
    clause = contract.inspection
    n = sample_size(edition(clause.standard).folder, found.severity, found.letter)
    return SinglePlan(n, found.plan.final_ac, found.plan.stages[-1].re)


def _carton_line(
    contract: Contract, cartons: int | None, term: Term, owner: Class, severity: Severity
) -> Line:
    """The line of a term whose items are the cartons of the lot."""
    if cartons is None:
        raise DomainError(
            f"cartons is required, because term {term.id!r} is of cartons",
            todo="State cartons under [lot], or pass the number of cartons",
            code="missing-value",
        )
    return replace(_term_line(contract, cartons, term, owner, severity), cartons=cartons)


def _limit_line(contract: Contract, lot_size: int, limit: Limit, severity: Severity) -> Line:
    """The line of a limit, with the plan stated or looked up for the lot."""
    if limit.plan is not None:
        line = _line(limit.name, "", limit.plan.plan(), lot_size, "plan", kind="limit")
    else:
        found = _look(contract, lot_size, cast("Decimal", limit.aql), severity)
        line = _line(limit.name, "", found.plan, lot_size, _origin(found), found, kind="limit")
    return replace(line, of=limit.of, weights=limit.weights)


def _term_line(contract: Contract, lot_size: int, term: Term, owner: Class, severity: Severity) -> Line:
    """The line of a term with its own plan, sample, AQL or level."""
    found: Lookup | None = None
    origin: PlanOrigin
    plan: Plan
    if term.plan is not None:
        plan, origin = term.plan.plan(), "plan"
    elif term.sample is not None:
        plan, origin = SinglePlan(term.sample, term.ac or 0), "sample"
    elif term.inspect is not None:
        plan, origin = SinglePlan(lot_size, term.ac or 0), "all"
    else:
        # A term with only a level takes the AQL of its class; the check makes sure that the class has one.
        aql = cast("Decimal", owner.aql if term.aql is None else term.aql)
        found = _look(contract, lot_size, aql, severity, level=term.level)
        plan, origin = found.plan, _origin(found)
    return _line(term.id, owner.name, plan, lot_size, origin, found, kind="term")
